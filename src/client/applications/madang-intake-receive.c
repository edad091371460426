/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-intake-receive.h"

#include <glib/gi18n.h>

#include "madang-applications.h"
#include "madang-bulk-event.h"
#include "madang-command.h"
#include "madang-confirm-dialog.h"
#include "madang-undo.h"

#define SOME_ROWS 64 /* between two frames */
#define MOST_NAMES 12
#define SINGLE_DATA "madang-intake-single" /* of a bulk event: the id of its only record */

struct _MadangIntakeReceive
{
  GObject parent_instance;

  MadangPage *page;             /* outlives this */
  MadangIntakeColumns *columns; /* outlives this */
  MadangTaskBar *bar;           /* (owned) */
  GtkSelectionModel *selection; /* (owned) */
  GSimpleAction *action;        /* borrowed from the page's actions */
  gboolean hidden;

  /* Of the selection that is being read, or received; all NULL while there is none. */
  GtkBitset *rows;           /* (owned): not yet read */
  GPtrArray *ids;            /* (owned) (nullable): what can be received */
  GCancellable *cancellable; /* (owned) */
  guint reading;             /* source */
  guint n_selected;
  MadangBulkEvent *bulk; /* (owned) (nullable): not yet run */
  GPtrArray *running;    /* (owned) (element-type MadangBulkEvent): not yet answered */
};

G_DEFINE_FINAL_TYPE (MadangIntakeReceive, madang_intake_receive, G_TYPE_OBJECT)

/* --- the command ------------------------------------------------------------------------------ */

static void
update (MadangIntakeReceive *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  const char *obstacle = NULL;

  if (self->hidden)
    obstacle = _ ("The list of applications is not in sight.");
  else if (gtk_bitset_is_empty (selected))
    obstacle = _ ("Select applications first: with Ctrl or Shift, or all with Ctrl+A.");
  else if (madang_task_bar_is_busy (self->bar) || self->rows != NULL)
    obstacle = _ ("Something else is still being done.");
  madang_command_set_obstacle (self->action, obstacle);
}

static void
end (MadangIntakeReceive *self)
{
  g_clear_handle_id (&self->reading, g_source_remove);
  g_clear_pointer (&self->rows, gtk_bitset_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  if (madang_task_bar_is_busy (self->bar))
    madang_task_bar_end (self->bar);
  update (self);
}

/* --- what came of it -------------------------------------------------------------------------- */

static char *
dup_names (MadangIntakeReceive *self, GPtrArray *ids)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (self->page));
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < ids->len && i < MOST_NAMES; i++)
    {
      g_autoptr (MadangRecord) record
          = records != NULL ? madang_record_store_get (records, ids->pdata[i], NULL) : NULL;
      const char *name
          = record != NULL ? madang_intake_columns_get_agency (self->columns, record) : "";

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", *name != '\0' ? name : "–");
    }
  if (ids->len > MOST_NAMES)
    /* Translators: after a list of names */
    g_string_append_printf (names, _ (" and %u more"), ids->len - MOST_NAMES);
  return g_string_free (names, FALSE);
}

static char *
dup_done (MadangBulkEvent *bulk)
{
  const guint n = madang_bulk_event_count_done (bulk);

  if (madang_bulk_event_count_waiting (bulk) > 0)
    return g_strdup_printf (ngettext ("%u application was received here and will be sent.",
                                      "%u applications were received here and will be sent.", n),
                            n);
  return g_strdup_printf (
      ngettext ("%u application was received.", "%u applications were received.", n), n);
}

/* One sentence for all of them: the first reason is nearly always that of the others. */
static void
tell_refused (MadangIntakeReceive *self, MadangBulkEvent *bulk)
{
  GPtrArray *refused = madang_bulk_event_get_refused (bulk);
  const char *reason = madang_bulk_event_get_reason (bulk);
  g_autofree char *done = dup_done (bulk);
  g_autofree char *names = dup_names (self, refused);
  g_autofree char *text = g_strdup_printf (
      /* Translators: %1$s is a sentence about what was received, %2$u how many were not, %3$s
       * their agencies, %4$s a sentence why, or nothing */
      ngettext ("%1$s %2$u was not: %3$s. %4$s", "%1$s %2$u were not: %3$s. %4$s", refused->len),
      done, refused->len, names, reason != NULL ? reason : "");

  madang_page_show_banner (self->page, g_strchomp (text), _ ("Close"), "win.stop-telling");
}

/* One alone can be taken back while nobody else knows of it. (nullable) */
static MadangRecord *
find_single (MadangIntakeReceive *self, MadangBulkEvent *bulk)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (self->page));
  const char *id = g_object_get_data (G_OBJECT (bulk), SINGLE_DATA);

  return id != NULL && records != NULL && madang_bulk_event_count_done (bulk) > 0
             ? madang_record_store_get (records, id, NULL)
             : NULL;
}

static void
written_cb (MadangIntakeReceive *self, MadangBulkEvent *bulk)
{
  const MadangSyncState state = madang_sync_get_state (madang_page_get_sync (self->page));
  const gboolean soon = state == MADANG_SYNC_CONNECTED || state == MADANG_SYNC_WORKING;
  g_autoptr (MadangRecord) single = find_single (self, bulk);
  g_autofree char *text = NULL;

  end (self);
  if (single != NULL)
    {
      madang_undo_offer (self->page, single,
                         madang_kind_find_event (&madang_application_kind, "receive"));
      return;
    }
  if (madang_bulk_event_count_waiting (bulk) == 0 || soon)
    return;
  text = dup_done (bulk);
  madang_page_toast (self->page, text);
}

static void
settled_cb (MadangIntakeReceive *self, MadangBulkEvent *bulk)
{
  g_autofree char *text = NULL;

  if (madang_bulk_event_get_refused (bulk)->len > 0)
    {
      tell_refused (self, bulk);
    }
  else if (g_object_get_data (G_OBJECT (bulk), SINGLE_DATA) == NULL
           && madang_bulk_event_count_done (bulk) > 0)
    {
      text = dup_done (bulk);
      madang_page_toast (self->page, text);
    }
  g_ptr_array_remove (self->running, bulk);
}

static void
stop_telling_cb (MadangIntakeReceive *self)
{
  madang_page_show_banner (self->page, NULL, NULL, NULL);
}

/* --- receiving -------------------------------------------------------------------------------- */

static void
progress_cb (MadangIntakeReceive *self, guint n_done, guint n_total)
{
  madang_task_bar_set_progress (self->bar, n_done, n_total);
}

static void
run (MadangIntakeReceive *self)
{
  g_autoptr (MadangBulkEvent) bulk = g_steal_pointer (&self->bulk);

  self->cancellable = g_cancellable_new ();
  madang_task_bar_begin (self->bar, _ ("Receiving"), self->cancellable);
  if (self->ids->len == 1)
    g_object_set_data_full (G_OBJECT (bulk), SINGLE_DATA, g_strdup (self->ids->pdata[0]), g_free);
  g_ptr_array_add (self->running, g_object_ref (bulk));
  g_signal_connect_object (bulk, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bulk, "written", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bulk, "settled", G_CALLBACK (settled_cb), self, G_CONNECT_SWAPPED);
  madang_bulk_event_run (bulk, g_steal_pointer (&self->ids), self->cancellable);
  update (self);
}

static void
confirmed_cb (MadangIntakeReceive *self)
{
  /* Nobody else may have begun meanwhile. */
  if (self->ids != NULL && self->bulk != NULL && !madang_task_bar_is_busy (self->bar))
    run (self);
}

static void
ask (MadangIntakeReceive *self)
{
  const guint n = self->ids->len;
  const guint n_others = self->n_selected - n;
  g_autofree char *names = dup_names (self, self->ids);
  g_autofree char *others
      = n_others > 0 ? g_strdup_printf (
            /* Translators: begins with a space; it follows the names of agencies and a full stop */
            ngettext (" %u more that is selected is not to be received and stays as it is.",
                      " %u more that are selected are not to be received and stay as they are.",
                      n_others),
            n_others)
                     : g_strdup ("");
  g_autofree char *heading
      = g_strdup_printf (ngettext ("Receive %u Application?", "Receive %u Applications?", n), n);
  /* Translators: %1$s are names of agencies, %2$s another sentence or nothing */
  g_autofree char *body = g_strdup_printf (_ ("%1$s. Each gets its receipt number, and its agency "
                                              "is told.%2$s"),
                                           names, others);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->page)));
  MadangConfirmDialog *dialog = madang_confirm_dialog_new (window, heading, body, _ ("Receive"));

  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (confirmed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- reading the selection -------------------------------------------------------------------- */

static void
read_row (MadangIntakeReceive *self, guint position)
{
  g_autoptr (MadangRecord) record
      = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (record != NULL && madang_bulk_event_admits (self->bulk, record))
    g_ptr_array_add (self->ids, g_strdup (madang_record_get_id (record)));
}

static void
selection_read (MadangIntakeReceive *self)
{
  const gboolean stopped = g_cancellable_is_cancelled (self->cancellable);
  g_autoptr (GPtrArray) ids = g_steal_pointer (&self->ids);

  end (self);
  if (stopped)
    return;
  if (ids->len == 0)
    {
      madang_page_toast (self->page, _ ("None of what is selected is to be received."));
      return;
    }
  self->ids = g_steal_pointer (&ids);
  if (self->n_selected == 1)
    run (self);
  else
    ask (self);
}

static gboolean
read_some_cb (gpointer data)
{
  MadangIntakeReceive *self = data;

  for (guint i = 0; i < SOME_ROWS && !gtk_bitset_is_empty (self->rows); i++)
    {
      const guint position = gtk_bitset_get_minimum (self->rows);

      read_row (self, position);
      gtk_bitset_remove (self->rows, position);
    }
  madang_task_bar_set_progress (self->bar,
                                self->n_selected - (guint)gtk_bitset_get_size (self->rows),
                                self->n_selected);
  if (!gtk_bitset_is_empty (self->rows) && !g_cancellable_is_cancelled (self->cancellable))
    return G_SOURCE_CONTINUE;
  self->reading = 0;
  selection_read (self);
  return G_SOURCE_REMOVE;
}

static void
receive_cb (MadangIntakeReceive *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);

  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_object (&self->bulk);
  self->bulk = madang_bulk_event_new (madang_page_get_sync (self->page), &madang_application_kind,
                                      "receive");
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->rows = gtk_bitset_copy (selected);
  self->n_selected = (guint)gtk_bitset_get_size (selected);
  self->cancellable = g_cancellable_new ();
  madang_task_bar_begin (self->bar, _ ("Looking at What Is Selected"), self->cancellable);
  self->reading = g_idle_add (read_some_cb, self);
  update (self);
}

/* What is read by place must not be moved meanwhile. */
static void
items_changed_cb (MadangIntakeReceive *self)
{
  if (self->reading != 0)
    {
      g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);

      g_ptr_array_set_size (self->ids, 0);
      g_clear_pointer (&self->rows, gtk_bitset_unref);
      self->rows = gtk_bitset_copy (selected);
      self->n_selected = (guint)gtk_bitset_get_size (selected);
    }
  update (self);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
madang_intake_receive_dispose (GObject *object)
{
  MadangIntakeReceive *self = MADANG_INTAKE_RECEIVE (object);

  g_clear_handle_id (&self->reading, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, gtk_bitset_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_object (&self->bulk);
  g_clear_pointer (&self->running, g_ptr_array_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->bar);

  G_OBJECT_CLASS (madang_intake_receive_parent_class)->dispose (object);
}

static void
madang_intake_receive_class_init (MadangIntakeReceiveClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = madang_intake_receive_dispose;
}

static void
madang_intake_receive_init (MadangIntakeReceive *self)
{
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
}

MadangIntakeReceive *
madang_intake_receive_new (MadangPage *page,
                           MadangIntakeColumns *columns,
                           MadangTaskBar *bar,
                           GtkSelectionModel *selection)
{
  MadangIntakeReceive *self;

  g_return_val_if_fail (MADANG_IS_PAGE (page), NULL);

  self = g_object_new (MADANG_TYPE_INTAKE_RECEIVE, NULL);
  self->page = page;
  self->columns = columns;
  self->bar = g_object_ref (bar);
  self->selection = g_object_ref (selection);
  self->action = madang_page_add_action (page, "receive-selected", G_CALLBACK (receive_cb), self);
  madang_page_add_action (page, "stop-telling", G_CALLBACK (stop_telling_cb), self);
  g_signal_connect_object (selection, "selection-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return self;
}

void
madang_intake_receive_set_hidden (MadangIntakeReceive *self, gboolean hidden)
{
  g_return_if_fail (MADANG_IS_INTAKE_RECEIVE (self));

  self->hidden = hidden;
  update (self);
}
