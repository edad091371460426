/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-window-private.h"

#include <glib/gi18n.h>

#include "madang-conflict-page.h"
#include "madang-error-text.h"
#include "madang-keys-window.h"
#include "madang-search-entry.h"

static void
show_toast (MadangWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  madang_window_show_toast (self, adw_toast_new (escaped));
}

static void
area_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  madang_window_show_area (user_data, g_variant_get_string (parameter, NULL));
}

static void
area_number_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;
  int left = g_variant_get_int32 (parameter);
  const MadangArea *area = NULL;
  guint roles;

  if (self->sync == NULL)
    return;
  roles = madang_actor_get_roles (madang_sync_get_actor (self->sync));
  do
    area = madang_area_next (area, roles);
  while (area != NULL && --left > 0);
  if (area != NULL)
    madang_window_show_area (self, area->name);
}

static void
open_record_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *kind, *id;

  g_variant_get (parameter, "(&s&s)", &kind, &id);
  madang_window_open_record (user_data, kind, id);
}

static gboolean
is_working (MadangWindow *self)
{
  return madang_window_get_page (self) != NULL
         && g_str_equal (gtk_stack_get_visible_child_name (self->stack), "work");
}

static void
palette_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;

  if (madang_palette_is_open (self->palette))
    madang_palette_close (self->palette);
  else if (is_working (self))
    madang_palette_open (self->palette, madang_window_get_page (self));
}

static gboolean
has_focus (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

static void
close_help (MadangWindow *self)
{
  const gboolean focused = has_focus (GTK_WIDGET (self->help_sheet));

  gtk_widget_set_visible (GTK_WIDGET (self->help_sheet), FALSE);
  if (focused && self->helpless != NULL)
    gtk_root_set_focus (GTK_ROOT (self), self->helpless);
  else if (focused)
    madang_window_notify_shown (self);
  g_clear_weak_pointer (&self->helpless);
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;

  if (gtk_widget_get_visible (GTK_WIDGET (self->help_sheet)))
    {
      close_help (self);
      return;
    }
  if (!is_working (self))
    return;
  g_set_weak_pointer (&self->helpless, gtk_root_get_focus (GTK_ROOT (self)));
  madang_split_view_set_show_content (self->split_view, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->help_sheet), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->help_sheet));
}

static void
show_keys_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;

  if (self->sync != NULL)
    gtk_window_present (madang_keys_window_new (
        GTK_WINDOW (self), madang_actor_get_roles (madang_sync_get_actor (self->sync))));
}

/* Whether a search that the person is in had something to clear. */
static gboolean
leave_search (MadangWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *entry
      = focus != NULL ? gtk_widget_get_ancestor (focus, MADANG_TYPE_SEARCH_ENTRY) : NULL;

  if (entry == NULL || *madang_search_entry_get_text (MADANG_SEARCH_ENTRY (entry)) == '\0')
    return FALSE;
  madang_search_entry_clear (MADANG_SEARCH_ENTRY (entry));
  return TRUE;
}

/* One step back: from what lies over the page, then from the page. */
static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;

  if (madang_palette_is_open (self->palette))
    madang_palette_close (self->palette);
  else if (gtk_widget_get_visible (GTK_WIDGET (self->help_sheet))
           && has_focus (GTK_WIDGET (self->help_sheet)))
    close_help (self);
  else if (!leave_search (self))
    madang_window_go_back (self);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangPage *page = madang_window_get_page (user_data);

  if (page == NULL)
    return;
  madang_page_flush (page);
  show_toast (user_data, _ ("Saved on this computer"));
}

static void
try_now_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;

  if (self->sync != NULL)
    madang_sync_hint (self->sync);
}

static void
show_waiting_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;

  if (madang_split_view_get_collapsed (self->split_view))
    madang_split_view_set_show_content (self->split_view, FALSE);
  madang_sidebar_show_waiting (self->sidebar);
}

static void
show_conflicts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;

  if (self->sync == NULL || MADANG_IS_CONFLICT_PAGE (madang_window_get_page (self)))
    return;
  madang_split_view_set_show_content (self->split_view, TRUE);
  madang_window_open_page (self, madang_conflict_page_new (self->sync));
}

static void
dismiss_notice_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;

  self->rebuilt_seen = TRUE;
  madang_window_update_notice (self);
}

static void
flush_page_cb (gpointer page, gpointer user_data)
{
  madang_page_flush (page);
}

static void
sign_in_again_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;

  if (self->sync == NULL)
    return;
  madang_window_each_page (self, flush_page_cb, NULL);
  gtk_stack_set_visible_child_name (self->stack, "sign-in");
  madang_sign_in_page_ask_again (self->sign_in_page);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (madang_session_finish (MADANG_SESSION (source), result, &error))
    return;
  text = madang_error_dup_text (error);
  madang_sign_in_page_ask (self->sign_in_page, text);
}

/* What the switch of persons needs between signing out and signing in. */
typedef struct
{
  MadangWindow *window; /* (owned) */
  char *login;
} Switch;

static void
switched_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Switch *change = user_data;
  g_autoptr (MadangWindow) self = change->window;
  g_autofree char *login = change->login;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_free (change);
  if (madang_session_finish (MADANG_SESSION (source), result, &error))
    {
      madang_session_open_async (self->session, NULL, login, opened_cb, g_object_ref (self));
      return;
    }
  text = madang_error_dup_text (error);
  madang_sign_in_page_ask (self->sign_in_page, text);
}

static void
switch_person (MadangWindow *self)
{
  Switch *change;

  /* The session may have ended while the person was asked. */
  if (self->sync == NULL)
    return;
  change = g_new0 (Switch, 1);
  change->window = g_object_ref (self);
  change->login = g_strdup (self->next_login);
  madang_session_sign_out_async (self->session, switched_out_cb, change);
}

static void
switch_person_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;

  if (self->sync == NULL)
    return;
  g_free (self->next_login);
  self->next_login = g_variant_dup_string (parameter, NULL);
  if (madang_window_may_leave (self, _ ("Switch Anyway"), switch_person))
    switch_person (self);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!madang_session_finish (MADANG_SESSION (source), result, &error))
    text = madang_error_dup_text (error);
  madang_sign_in_page_ask (self->sign_in_page, text);
}

static void
sign_out (MadangWindow *self)
{
  if (self->sync != NULL)
    madang_session_sign_out_async (self->session, signed_out_cb, g_object_ref (self));
}

static void
sign_out_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangWindow *self = user_data;

  if (self->sync != NULL && madang_window_may_leave (self, _ ("Sign Out Anyway"), sign_out))
    sign_out (self);
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
}

void
madang_window_add_actions (MadangWindow *self)
{
  const GActionEntry entries[] = {
    { "area", area_cb, "s" },
    { "area-number", area_number_cb, "i" },
    { "open-record", open_record_cb, "(ss)" },
    { "back", back_cb },
    { "palette", palette_cb },
    { "help", help_cb },
    { "show-keys", show_keys_cb },
    { "save", save_cb },
    { "try-now", try_now_cb },
    { "show-waiting", show_waiting_cb },
    { "show-conflicts", show_conflicts_cb },
    { "dismiss-notice", dismiss_notice_cb },
    { "sign-in-again", sign_in_again_cb },
    { "switch-person", switch_person_cb, "s" },
    { "sign-out", sign_out_cb },
    { "close", close_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
