/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-window-private.h"

#include <glib/gi18n.h>

#include "madang-command-table.h"
#include "madang-conflict-page.h"
#include "madang-sync-text.h"

static void page_open_cb (MadangWindow *self, MadangPage *page);

static void
page_toast_cb (MadangWindow *self, AdwToast *toast)
{
  madang_window_show_toast (self, g_object_ref (toast));
}

static void
page_saving_cb (MadangWindow *self)
{
  const MadangLeaveFunc leave = self->leave;

  if (leave != NULL && madang_window_may_leave (self, self->leave_label, leave))
    leave (self);
}

static void
adopt_page (MadangWindow *self, MadangPage *page, const char *name)
{
  if (gtk_widget_get_parent (GTK_WIDGET (page)) != NULL)
    return; /* it was kept */
  gtk_stack_add_named (self->pages, GTK_WIDGET (page), name);
  g_object_bind_property (self->split_view, "collapsed", page, "collapsed", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->help_sheet, "visible", page, "at-end",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  madang_command_table_install_page (gtk_window_get_application (GTK_WINDOW (self)),
                                     MADANG_PAGE_GET_CLASS (page));
  g_signal_connect_object (page, "open", G_CALLBACK (page_open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "toast", G_CALLBACK (page_toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "notify::saving", G_CALLBACK (page_saving_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The page's commands are the window's while it is in view. */
static void
lay_out_actions (MadangWindow *self, MadangPage *page)
{
  GSimpleActionGroup *group = madang_page_get_actions (page);
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (group));

  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (G_ACTION_MAP (self),
                             g_action_map_lookup_action (G_ACTION_MAP (group), names[i]));
}

static void
take_up_actions (MadangWindow *self, MadangPage *page)
{
  g_auto (GStrv) names
      = g_action_group_list_actions (G_ACTION_GROUP (madang_page_get_actions (page)));

  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_remove_action (G_ACTION_MAP (self), names[i]);
}

static gboolean
page_shown_cb (gpointer user_data)
{
  MadangWindow *self = user_data;

  self->shown_id = 0;
  if (madang_window_get_page (self) != NULL)
    madang_page_notify_shown (madang_window_get_page (self));
  return G_SOURCE_REMOVE;
}

void
madang_window_notify_shown (MadangWindow *self)
{
  /* After the first frame: rows of a list are there to be focused only then. */
  if (self->shown_id == 0)
    self->shown_id = g_idle_add_full (G_PRIORITY_LOW, page_shown_cb, self, NULL);
}

static void
bring_into_view (MadangWindow *self, MadangPage *page)
{
  lay_out_actions (self, page);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  madang_window_update_notice (self);
  madang_help_sheet_set_page (self->help_sheet, page);
  madang_window_notify_shown (self);
}

/* Leaves the page in view without showing another one. */
static void
leave_page (MadangWindow *self)
{
  MadangPage *page = madang_window_get_page (self);

  if (page == NULL)
    return;
  madang_page_flush (page);
  take_up_actions (self, page);
}

static void
drop_last (MadangWindow *self)
{
  MadangPage *page = g_ptr_array_steal_index (self->trail, self->trail->len - 1);

  if (madang_page_get_nested (page) && !madang_page_get_kept (page))
    gtk_stack_remove (self->pages, GTK_WIDGET (page));
}

static void
page_open_cb (MadangWindow *self, MadangPage *page)
{
  madang_window_open_page (self, page);
}

/* On the page in view alone: what stands on the others can be neither seen nor pressed. */
static void
show_notice (MadangWindow *self, const char *const *notice)
{
  MadangPage *shown = madang_window_get_page (self);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      MadangPage *page = MADANG_PAGE (child);

      if (page == shown)
        madang_page_show_notice (page, notice[0], notice[1], notice[2]);
      else
        madang_page_show_notice (page, NULL, NULL, NULL);
    }
}

MadangPage *
madang_window_get_page (MadangWindow *self)
{
  g_return_val_if_fail (MADANG_IS_WINDOW (self), NULL);

  if (self->trail->len == 0)
    return NULL;
  return self->trail->pdata[self->trail->len - 1];
}

void
madang_window_each_page (MadangWindow *self, GFunc func, gpointer user_data)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    func (child, user_data);
}

void
madang_window_show_toast (MadangWindow *self, AdwToast *toast)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  if (toast != NULL)
    adw_toast_overlay_add_toast (self->toasts, toast);
}

void
madang_window_build_pages (MadangWindow *self)
{
  const guint roles = madang_actor_get_roles (madang_sync_get_actor (self->sync));
  const char *first = NULL;

  for (const MadangArea *area = madang_area_next (NULL, roles); area != NULL;
       area = madang_area_next (area, roles))
    {
      adopt_page (self, area->create (self->sync), area->name);
      if (first == NULL)
        first = area->name;
    }
  if (first != NULL)
    madang_window_show_area (self, first);
}

void
madang_window_drop_pages (MadangWindow *self)
{
  GtkWidget *child;

  madang_palette_close (self->palette);
  leave_page (self);
  madang_window_show_toast (self, NULL);
  g_ptr_array_set_size (self->trail, 0);
  g_clear_pointer (&self->area, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, child);
}

void
madang_window_show_area (MadangWindow *self, const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, name);

  if (page == NULL)
    return;
  madang_split_view_set_show_content (self->split_view, TRUE);
  madang_sidebar_select (self->sidebar, name);
  if (g_strcmp0 (self->area, name) == 0 && self->trail->len == 1)
    {
      madang_window_notify_shown (self);
      return;
    }
  leave_page (self);
  while (self->trail->len > 0)
    drop_last (self);
  g_free (self->area);
  self->area = g_strdup (name);
  g_ptr_array_add (self->trail, page);
  bring_into_view (self, MADANG_PAGE (page));
}

void
madang_window_open_page (MadangWindow *self, MadangPage *page)
{
  madang_split_view_set_show_content (self->split_view, TRUE);
  leave_page (self);
  /* A page that was kept may lie open further down: back to it. */
  while (g_ptr_array_find (self->trail, page, NULL))
    drop_last (self);
  madang_page_set_nested (page, TRUE);
  adopt_page (self, page, NULL);
  g_ptr_array_add (self->trail, page);
  bring_into_view (self, page);
}

void
madang_window_open_record (MadangWindow *self, const char *kind, const char *id)
{
  const MadangArea *area = NULL;
  MadangPage *of_area = NULL;
  MadangPage *page = NULL;

  g_return_if_fail (MADANG_IS_WINDOW (self));
  g_return_if_fail (kind != NULL && id != NULL);

  if (self->sync != NULL)
    area = madang_area_find_for_kind (kind,
                                      madang_actor_get_roles (madang_sync_get_actor (self->sync)));
  if (area != NULL)
    {
      of_area = MADANG_PAGE (gtk_stack_get_child_by_name (self->pages, area->name));
      page = madang_area_find_record_page (of_area, kind, id);
    }
  else if (self->sync != NULL)
    page = madang_area_open_for_all (self->sync, kind, id);
  if (page == NULL)
    madang_window_show_toast (
        self, adw_toast_new (_ ("This can no longer be opened here. It may have been removed.")));
  else if (page == of_area)
    madang_window_show_area (self, area->name);
  else
    madang_window_open_page (self, page);
}

void
madang_window_go_back (MadangWindow *self)
{
  if (self->trail->len > 1)
    {
      leave_page (self);
      drop_last (self);
      bring_into_view (self, madang_window_get_page (self));
    }
  else if (madang_split_view_get_collapsed (self->split_view))
    madang_split_view_set_show_content (self->split_view, FALSE);
}

static gboolean
holds_no_role (MadangWindow *self)
{
  const MadangActor *actor = madang_sync_get_actor (self->sync);

  return actor != NULL && madang_actor_get_roles (actor) == 0;
}

/* (nullable): not before the server was sought in vain, and then until it is heard. */
static char *
dup_lease_text (MadangWindow *self)
{
  const MadangIdentity *identity = madang_sync_get_identity (self->sync);
  const MadangSyncState state = madang_sync_get_state (self->sync);

  if (state == MADANG_SYNC_OFFLINE)
    self->unheard = TRUE;
  else if (state != MADANG_SYNC_CONNECTING)
    self->unheard = FALSE;
  if (identity == NULL || !self->unheard)
    return NULL;
  return madang_sync_dup_lease_text (madang_sync_get_last_contact (self->sync), identity->lease,
                                     madang_clock_get_real_now (
                                         madang_sync_get_clock (self->sync)));
}

void
madang_window_update_notice (MadangWindow *self)
{
  const char *notice[3] = { NULL, NULL, NULL };
  g_autofree char *text = NULL;
  g_autofree char *lease = NULL;
  MadangSyncState state;

  if (self->sync == NULL)
    return;
  state = madang_sync_get_state (self->sync);
  if (state == MADANG_SYNC_SIGN_IN || state == MADANG_SYNC_FAILED || state == MADANG_SYNC_UPGRADE
      || state == MADANG_SYNC_PORTAL)
    notice[0] = text = madang_sync_dup_state_text (state);
  if (state == MADANG_SYNC_SIGN_IN)
    {
      notice[1] = _ ("Sign In");
      notice[2] = "win.sign-in-again";
    }
  else if (state == MADANG_SYNC_PORTAL || state == MADANG_SYNC_FAILED)
    {
      notice[1] = _ ("Try Now");
      notice[2] = "win.try-now";
    }
  else if (notice[0] == NULL && (lease = dup_lease_text (self)) != NULL)
    {
      notice[0] = lease;
      notice[1] = _ ("Try Now");
      notice[2] = "win.try-now";
    }
  else if (notice[0] == NULL && holds_no_role (self))
    {
      notice[0]
          = _ ("Your account holds no role any more, so you see nothing of the work. What you "
               "had not sent is kept on this computer.");
      notice[1] = madang_sync_get_troubled (self->sync) > 0 ? _ ("Show") : NULL;
      notice[2] = madang_sync_get_troubled (self->sync) > 0 ? "win.show-conflicts" : NULL;
    }
  else if (notice[0] == NULL && madang_sync_get_troubled (self->sync) > 0
           && !MADANG_IS_CONFLICT_PAGE (madang_window_get_page (self)))
    {
      notice[0] = _ ("A change of yours was not taken over as it is. Look at it and decide.");
      notice[1] = _ ("Show");
      notice[2] = "win.show-conflicts";
    }
  else if (notice[0] == NULL && madang_sync_get_rebuilt (self->sync) && !self->rebuilt_seen)
    {
      notice[0] = _ ("The data on this computer was damaged and has been built anew from the "
                     "server. Unsent changes were kept; check what you wrote last.");
      notice[1] = _ ("Close");
      notice[2] = "win.dismiss-notice";
    }
  show_notice (self, notice);
}
