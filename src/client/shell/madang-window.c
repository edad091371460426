/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-window-private.h"

#include <glib/gi18n.h>

#include "madang-confirm-dialog.h"
#include "madang-error-text.h"
#include "madang-error.h"
#include "madang-side-layout.h"

G_DEFINE_FINAL_TYPE (MadangWindow, madang_window, ADW_TYPE_APPLICATION_WINDOW)

static void
notify_changed_cb (gpointer page, gpointer user_data)
{
  madang_page_notify_changed (page, user_data);
}

static void
records_changed_cb (MadangWindow *self, const char *const *ids)
{
  madang_sidebar_refresh (self->sidebar);
  madang_window_each_page (self, notify_changed_cb, (gpointer)ids);
}

static void
sync_notify_cb (MadangWindow *self)
{
  madang_window_update_notice (self);
}

static GStrv
dup_followed (MadangSync *sync)
{
  const MadangActor *actor = madang_sync_get_actor (sync);

  return actor != NULL ? madang_actor_dup_subscriptions (actor) : NULL;
}

static guint
get_roles (MadangSync *sync)
{
  const MadangActor *actor = madang_sync_get_actor (sync);

  return actor != NULL ? madang_actor_get_roles (actor) : 0;
}

static void
build (MadangWindow *self)
{
  g_strfreev (self->followed);
  self->followed = dup_followed (self->sync);
  self->roles = get_roles (self->sync);
  madang_sidebar_set_sync (self->sidebar, self->sync, madang_session_get_people (self->session));
  madang_window_build_pages (self);
  madang_window_update_notice (self);
}

static void
flush_page_cb (gpointer page, gpointer user_data)
{
  madang_page_flush (page);
}

/* Two roles may let the same be read, and yet do different things with it. */
static gboolean
has_other_roles (MadangWindow *self)
{
  g_auto (GStrv) followed = dup_followed (self->sync);

  return followed != NULL && self->followed != NULL
         && (get_roles (self->sync) != self->roles
             || !g_strv_equal ((const char *const *)followed, (const char *const *)self->followed));
}

/* A role was given or has ended: other pages are there now. What was being typed goes to the
 * outbox first, where it stays when the server does not take it any more. */
static void
identity_cb (MadangWindow *self)
{
  g_autofree char *area = NULL;

  if (!has_other_roles (self))
    return;
  area = g_strdup (self->area);
  madang_window_each_page (self, flush_page_cb, NULL);
  madang_window_drop_pages (self);
  build (self);
  if (area != NULL)
    madang_window_show_area (self, area);
  madang_window_show_toast (self, adw_toast_new (_ ("Your roles have changed.")));
}

static void
let_go_of_sync (MadangWindow *self)
{
  if (self->sync == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->sync, self);
  self->leave = NULL;
  madang_window_drop_pages (self);
  madang_sidebar_set_sync (self->sidebar, NULL, NULL);
  g_clear_object (&self->sync);
}

/* Somebody else works now, or nobody does. */
static void
session_sync_cb (MadangWindow *self)
{
  MadangSync *sync = madang_session_get_sync (self->session);

  let_go_of_sync (self);
  if (sync == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "sign-in");
      return;
    }
  self->sync = g_object_ref (sync);
  g_signal_connect_object (sync, "changed", G_CALLBACK (records_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify", G_CALLBACK (sync_notify_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::identity", G_CALLBACK (identity_cb), self,
                           G_CONNECT_SWAPPED);
  build (self);
  gtk_stack_set_visible_child_name (self->stack, "work");
}

static void
signed_in_cb (MadangWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "work");
}

static void
sign_in_dismissed_cb (MadangWindow *self)
{
  if (self->sync != NULL)
    gtk_stack_set_visible_child_name (self->stack, "work");
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (madang_session_finish (MADANG_SESSION (source), result, &error))
    return;
  if (!g_error_matches (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND))
    text = madang_error_dup_text (error);
  gtk_stack_set_visible_child_name (self->stack, "sign-in");
  madang_sign_in_page_ask (self->sign_in_page, text);
}

static void
prepare_leave_cb (gpointer page, gpointer user_data)
{
  gboolean *saving = user_data;

  madang_page_flush (page);
  *saving = *saving || madang_page_get_saving (page);
}

static void
find_unsaved_cb (gpointer page, gpointer user_data)
{
  char **unsaved = user_data;

  if (*unsaved == NULL)
    *unsaved = madang_page_dup_unsaved (page);
}

static void
ask_about_unsaved (MadangWindow *self,
                   const char *unsaved,
                   const char *label,
                   MadangLeaveFunc leave)
{
  MadangConfirmDialog *dialog
      = madang_confirm_dialog_new (GTK_WINDOW (self), _ ("Some entries are not saved"), unsaved,
                                   label);

  madang_confirm_dialog_set_destructive (dialog);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (leave), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
madang_window_may_leave (MadangWindow *self, const char *label, MadangLeaveFunc leave)
{
  g_autofree char *unsaved = NULL;
  gboolean saving = FALSE;

  g_return_val_if_fail (MADANG_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (label != NULL && leave != NULL, FALSE);

  self->leave = NULL;
  madang_window_each_page (self, prepare_leave_cb, &saving);
  /* The last key may still be on its way to the disk; a page tells when it is there. */
  if (saving)
    {
      self->leave = leave;
      self->leave_label = label;
      return FALSE;
    }
  madang_window_each_page (self, find_unsaved_cb, &unsaved);
  if (unsaved != NULL)
    ask_about_unsaved (self, unsaved, label, leave);
  return unsaved == NULL;
}

static void
save_size (MadangWindow *self)
{
  int width, height;

  if (self->settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
}

static void
close_window (MadangWindow *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
madang_window_close_request (GtkWindow *window)
{
  MadangWindow *self = MADANG_WINDOW (window);

  save_size (self);
  return !madang_window_may_leave (self, _ ("Close Anyway"), close_window)
         || GTK_WINDOW_CLASS (madang_window_parent_class)->close_request (window);
}

static void
madang_window_dispose (GObject *object)
{
  MadangWindow *self = MADANG_WINDOW (object);

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      let_go_of_sync (self);
    }
  g_clear_handle_id (&self->shown_id, g_source_remove);
  g_clear_weak_pointer (&self->toast);
  g_clear_weak_pointer (&self->helpless);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (madang_window_parent_class)->dispose (object);
}

static void
madang_window_finalize (GObject *object)
{
  MadangWindow *self = MADANG_WINDOW (object);

  g_ptr_array_unref (self->trail);
  g_free (self->area);
  g_free (self->next_login);
  g_strfreev (self->followed);

  G_OBJECT_CLASS (madang_window_parent_class)->finalize (object);
}

static void
madang_window_class_init (MadangWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = madang_window_dispose;
  object_class->finalize = madang_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = madang_window_close_request;

  g_type_ensure (MADANG_TYPE_HELP_SHEET);
  g_type_ensure (MADANG_TYPE_PALETTE);
  g_type_ensure (MADANG_TYPE_SIDE_LAYOUT);
  g_type_ensure (MADANG_TYPE_SPLIT_VIEW);
  g_type_ensure (MADANG_TYPE_SIDEBAR);
  g_type_ensure (MADANG_TYPE_SIGN_IN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, MadangWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, MadangWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, MadangWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, MadangWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, MadangWindow, palette);
  gtk_widget_class_bind_template_child (widget_class, MadangWindow, help_sheet);
  gtk_widget_class_bind_template_callback (widget_class, signed_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_dismissed_cb);
}

static void
madang_window_init (MadangWindow *self)
{
  self->trail = g_ptr_array_new ();
  madang_window_add_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangWindow *
madang_window_new (GtkApplication *application, MadangSession *session, GSettings *settings)
{
  MadangWindow *self;

  g_return_val_if_fail (MADANG_IS_SESSION (session), NULL);

  self = g_object_new (MADANG_TYPE_WINDOW, "application", application, "icon-name", APPLICATION_ID,
                       NULL);
  self->session = g_object_ref (session);
  madang_sign_in_page_set_session (self->sign_in_page, session);
  g_signal_connect_object (session, "notify::sync", G_CALLBACK (session_sync_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_set_default_size (GTK_WINDOW (self), 1280, 800);
  if (settings != NULL)
    {
      self->settings = g_object_ref (settings);
      gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                                   g_settings_get_int (settings, "window-height"));
      if (g_settings_get_boolean (settings, "window-maximized"))
        gtk_window_maximize (GTK_WINDOW (self));
    }
  return self;
}

void
madang_window_start (MadangWindow *self, const char *server, const char *login)
{
  g_return_if_fail (MADANG_IS_WINDOW (self));
  madang_session_open_async (self->session, server, login, started_cb, g_object_ref (self));
}
