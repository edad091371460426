/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-client"

#include "config.h"

#include "madang-sync-popover.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "madang-sync-text.h"
#include "madang-undo.h"

#define MOST_SHOWN 50
#define MOST_WHOLE 4 /* rows that need no scrolling */
#define SCROLLED_HEIGHT 240

struct _MadangSyncPopover
{
  GtkPopover parent_instance;

  MadangSync *sync; /* (owned) (nullable) */
  GtkLabel *text;
  GtkWidget *scroller;
  GtkListBox *list;
  GtkWidget *sign_in_button;
  GtkWidget *conflicts_button;
};

G_DEFINE_FINAL_TYPE (MadangSyncPopover, madang_sync_popover, GTK_TYPE_POPOVER)

static void update (MadangSyncPopover *self);

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangSyncPopover) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  update (self);
  if (madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    return;
  text = madang_undo_dup_error_text (error);
  gtk_label_set_label (self->text, text);
}

static void
undo_clicked_cb (MadangSyncPopover *self, GtkButton *button)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  if (self->sync != NULL)
    madang_sync_discard_async (self->sync, g_object_get_data (G_OBJECT (button), "mid"), undone_cb,
                               g_object_ref (self));
}

static GtkWidget *
create_undo_button (MadangSyncPopover *self, const MadangWaiting *waiting, const char *title)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Undo"));
  /* Translators: %s is a change that waits, such as "Application: Submit" */
  g_autofree char *name = g_strdup_printf (_ ("Undo %s"), title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "mid", g_strdup (waiting->mid), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (undo_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
append_waiting (MadangSyncPopover *self, const MadangWaiting *waiting)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = madang_waiting_dup_title (waiting);
  g_autofree char *reason = madang_waiting_dup_reason (waiting, madang_sync_get_state (self->sync));
  g_autofree char *name = g_strconcat (title, ", ", reason, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (waiting->recallable)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_undo_button (self, waiting, title));
  gtk_list_box_append (self->list, row);
}

/* A few are shown whole; a popover that is open already would cut the last of them. */
static void
show_scroller (MadangSyncPopover *self, guint n_rows)
{
  gboolean scrolls = n_rows > MOST_WHOLE;

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  scrolls ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller),
                                              scrolls ? SCROLLED_HEIGHT : -1);
  gtk_widget_set_visible (self->scroller, n_rows > 0);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangSyncPopover) self = user_data;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *row;

  waiting = madang_sync_list_waiting_finish (MADANG_SYNC (source), result, &error);
  if (waiting == NULL)
    {
      g_debug ("Cannot list what waits: %s", error->message);
      return;
    }
  if (MADANG_SYNC (source) != self->sync)
    return;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < MIN (waiting->len, MOST_SHOWN); i++)
    append_waiting (self, waiting->pdata[i]);
  show_scroller (self, waiting->len);
}

static void
update (MadangSyncPopover *self)
{
  g_autofree char *text = NULL;

  if (self->sync == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  text = madang_sync_dup_long_text (self->sync);
  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (self->sign_in_button,
                          madang_sync_get_state (self->sync) == MADANG_SYNC_SIGN_IN);
  gtk_widget_set_visible (self->conflicts_button, madang_sync_get_troubled (self->sync) > 0);
  madang_sync_list_waiting_async (self->sync, listed_cb, g_object_ref (self));
}

static void
madang_sync_popover_show (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (madang_sync_popover_parent_class)->show (widget);
  update (MADANG_SYNC_POPOVER (widget));
}

static void
madang_sync_popover_dispose (GObject *object)
{
  madang_sync_popover_set_sync (MADANG_SYNC_POPOVER (object), NULL);

  G_OBJECT_CLASS (madang_sync_popover_parent_class)->dispose (object);
}

static void
madang_sync_popover_class_init (MadangSyncPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_sync_popover_dispose;
  widget_class->show = madang_sync_popover_show;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-sync-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangSyncPopover, text);
  gtk_widget_class_bind_template_child (widget_class, MadangSyncPopover, scroller);
  gtk_widget_class_bind_template_child (widget_class, MadangSyncPopover, list);
  gtk_widget_class_bind_template_child (widget_class, MadangSyncPopover, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, MadangSyncPopover, conflicts_button);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
madang_sync_popover_init (MadangSyncPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
madang_sync_popover_set_sync (MadangSyncPopover *self, MadangSync *sync)
{
  g_return_if_fail (MADANG_IS_SYNC_POPOVER (self));

  if (self->sync == sync)
    return;
  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_set_object (&self->sync, sync);
  if (sync != NULL)
    g_signal_connect_object (sync, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}
