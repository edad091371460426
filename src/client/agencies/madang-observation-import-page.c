/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-observation-import-page.h"

#include <glib/gi18n.h>

#include "madang-error-text.h"
#include "madang-error.h"
#include "madang-file-picker.h"
#include "madang-import-row.h"
#include "madang-observation-reader.h"
#include "madang-record-column.h"
#include "madang-table-file.h"

#define SLICE 4000     /* microseconds of checking between two frames */
#define MOST_WRITES 16 /* under way at a time */
#define STEP 4         /* rows that are shown at once */
#define MOST_ROWS 400  /* a list makes no widgets for rows that are further down */

struct _MadangObservationImportPage
{
  MadangPage parent_instance;

  GCancellable *cancellable;
  MadangCsv *table;                /* (owned) (nullable): while it is checked */
  MadangObservationReader *reader; /* (owned) (nullable): while it is checked */
  guint checking;                  /* idle */
  guint next_row;                  /* to be checked */
  GPtrArray *rows;                 /* (owned) (element-type MadangImportRow): all of them */
  guint n_good;

  GSimpleAction *choose; /* borrowed from the page's actions */
  GSimpleAction *import; /* borrowed from the page's actions */
  MadangSync *writing;   /* (owned) (nullable): while rows are being written */
  guint next_write;      /* row to be written */
  guint n_writes;        /* under way */
  guint n_taken;
  char *failure; /* (owned) (nullable) */

  GListStore *list;  /* (owned): of MadangImportRow, those that are shown */
  GPtrArray *shown;  /* (owned): what is to be in the list, borrowed from rows */
  gboolean emptying; /* what the list showed before goes first */
  guint filling;     /* idle */
  GtkStack *stack;
  GtkProgressBar *progress;
  GtkLabel *summary;
  GtkLabel *passed_over;
  GtkCheckButton *refused_only;
  GtkColumnView *view;
  GtkButton *import_button;
};

G_DEFINE_FINAL_TYPE (MadangObservationImportPage, madang_observation_import_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "choose-file", N_ ("Choose a CSV File…"), .keys = { "<Control>o" } },
  { "import-good", N_ ("Import What Is Good") },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Choose a CSV file or drop it on the page."),
  N_ ("Look through the rows: each is good, or says why it is refused."),
  N_ ("Import the good ones. Correct the others in the file and choose it again."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("Importing Observations"),
  .purpose = N_ ("Many observations of proposal systems at once, from a table."),
  .steps = steps,
};

static MadangSync *
get_sync (MadangObservationImportPage *self)
{
  return madang_page_get_sync (MADANG_PAGE (self));
}

/* --- what is shown -------------------------------------------------------------------------- */

static void
update_summary (MadangObservationImportPage *self)
{
  const guint n_refused = self->rows->len - self->n_good;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;

  if (self->n_taken > 0)
    /* Translators: rows imported, good rows, refused rows */
    text = g_strdup_printf (_ ("%u of %u imported, %u refused"), self->n_taken, self->n_good,
                            n_refused);
  else
    /* Translators: good rows, refused rows */
    text = g_strdup_printf (_ ("%u good, %u refused"), self->n_good, n_refused);
  gtk_label_set_label (self->summary, text);
  label = g_strdup_printf (ngettext ("Import %u Observation", "Import %u Observations",
                                     self->n_good - self->n_taken),
                           self->n_good - self->n_taken);
  gtk_button_set_label (self->import_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->import_button),
                          self->table == NULL && self->n_good > 0);
  g_simple_action_set_enabled (self->import, self->table == NULL && self->n_writes == 0
                                                 && self->n_taken < self->n_good);
  g_simple_action_set_enabled (self->choose, self->n_writes == 0);
}

/* Both ways only the first rows cost anything, and these go step by step. */
static void
take_rows_away (MadangObservationImportPage *self, guint n_before)
{
  const guint n_after = n_before > MOST_ROWS ? MOST_ROWS : n_before - MIN (n_before, STEP);

  g_list_store_splice (self->list, n_after, n_before - n_after, NULL, 0);
  self->emptying = n_after > 0;
}

static void
add_rows (MadangObservationImportPage *self, guint n_before)
{
  const guint n_left = self->shown->len - n_before;

  g_list_store_splice (self->list, n_before, 0, self->shown->pdata + n_before,
                       n_before < MOST_ROWS ? MIN (n_left, STEP) : n_left);
}

static gboolean
fill_cb (gpointer user_data)
{
  MadangObservationImportPage *self = user_data;
  const gint64 end = g_get_monotonic_time () + SLICE;

  while (g_get_monotonic_time () < end)
    {
      const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

      if (self->emptying)
        take_rows_away (self, n);
      else if (n < self->shown->len)
        add_rows (self, n);
      else
        {
          self->filling = 0;
          return G_SOURCE_REMOVE;
        }
    }
  return G_SOURCE_CONTINUE;
}

static void
append_shown (MadangObservationImportPage *self, gboolean good)
{
  for (guint i = 0; i < self->rows->len; i++)
    if ((madang_import_row_get_record (self->rows->pdata[i]) != NULL) == good)
      g_ptr_array_add (self->shown, self->rows->pdata[i]);
}

/* What will be taken stands before the rest, in which nobody would find it. */
static void
fill_list (MadangObservationImportPage *self)
{
  g_ptr_array_set_size (self->shown, 0);
  if (!gtk_check_button_get_active (self->refused_only))
    append_shown (self, TRUE);
  append_shown (self, FALSE);
  self->emptying = g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0;
  if (self->filling == 0)
    self->filling = g_idle_add_full (G_PRIORITY_LOW, fill_cb, self, NULL);
}

static void
show_failure (MadangObservationImportPage *self, const char *text)
{
  madang_page_show_banner (MADANG_PAGE (self), text, NULL, NULL);
}

/* --- checking ------------------------------------------------------------------------------- */

static void
end_checking (MadangObservationImportPage *self)
{
  g_clear_handle_id (&self->checking, g_source_remove);
  g_clear_pointer (&self->reader, madang_observation_reader_free);
  g_clear_pointer (&self->table, madang_csv_free);
}

static void
check_row (MadangObservationImportPage *self, guint row)
{
  g_autofree char *reason = NULL;
  g_autoptr (MadangRecord) record = madang_observation_reader_read (self->reader, row, &reason);
  g_autofree char *title = madang_observation_reader_dup_title (self->reader, row);

  g_ptr_array_add (self->rows, madang_import_row_new (madang_csv_get_line (self->table, row), title,
                                                      record, reason));
  self->n_good += record != NULL;
}

static gboolean
check_cb (gpointer user_data)
{
  MadangObservationImportPage *self = user_data;
  const guint n_rows = madang_csv_get_n_rows (self->table);
  const gint64 end = g_get_monotonic_time () + SLICE;

  while (self->next_row < n_rows && g_get_monotonic_time () < end)
    check_row (self, self->next_row++);
  gtk_progress_bar_set_fraction (self->progress, (double)self->next_row / MAX (n_rows, 1));
  if (self->next_row < n_rows)
    return G_SOURCE_CONTINUE;
  self->checking = 0;
  end_checking (self);
  gtk_check_button_set_active (self->refused_only, FALSE);
  fill_list (self);
  update_summary (self);
  gtk_stack_set_visible_child_name (self->stack, "rows");
  if (self->n_good > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->import_button));
  return G_SOURCE_REMOVE;
}

static void
show_passed_over (MadangObservationImportPage *self)
{
  g_autofree char *columns = madang_observation_reader_dup_passed_over (self->reader);
  g_autofree char *text = NULL;

  /* Translators: %s are names of columns of a file */
  text
      = columns != NULL ? g_strdup_printf (_ ("Columns that are not imported: %s"), columns) : NULL;
  gtk_label_set_label (self->passed_over, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->passed_over), text != NULL);
}

static void
begin_checking (MadangObservationImportPage *self)
{
  MadangSync *sync = get_sync (self);
  g_autoptr (GError) error = NULL;

  self->reader = madang_observation_reader_new (
      self->table, madang_sync_get_records (sync), madang_sync_get_actor (sync),
      madang_clock_get_programme_now (madang_sync_get_clock (sync)), &error);
  if (self->reader == NULL)
    {
      show_failure (self, error->message);
      end_checking (self);
      gtk_stack_set_visible_child_name (self->stack, "start");
      return;
    }
  show_passed_over (self);
  self->next_row = 0;
  /* Below drawing and input, so that the window stays alive. */
  self->checking = g_idle_add_full (G_PRIORITY_LOW, check_cb, self, NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangObservationImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangCsv) table = madang_table_file_load_finish (result, &error);

  if (get_sync (self) == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (table == NULL)
    {
      g_autofree char *text = error->domain == MADANG_ERROR ? g_strdup (error->message)
                                                            : madang_error_dup_text (error);

      show_failure (self, text);
      gtk_stack_set_visible_child_name (self->stack, "start");
      return;
    }
  self->table = g_steal_pointer (&table);
  begin_checking (self);
}

static void
load (MadangObservationImportPage *self, GFile *file)
{
  end_checking (self);
  g_ptr_array_set_size (self->rows, 0);
  fill_list (self);
  self->n_good = 0;
  self->n_taken = 0;
  self->next_write = 0;
  show_failure (self, NULL);
  update_summary (self);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "working");
  madang_table_file_load_async (file, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangObservationImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = madang_file_picker_open_finish (result, &error);

  if (file != NULL && get_sync (self) != NULL)
    load (self, file);
}

static void
choose_cb (MadangObservationImportPage *self)
{
  madang_file_picker_open_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 _ ("Choose a CSV File"), "csv", NULL, file_chosen_cb,
                                 g_object_ref (self));
}

static gboolean
dropped_cb (MadangObservationImportPage *self, const GValue *value)
{
  if (self->n_writes > 0)
    return FALSE;
  load (self, g_value_get_object (value));
  return TRUE;
}

/* --- writing -------------------------------------------------------------------------------- */

static void write_more (MadangObservationImportPage *self);

typedef struct
{
  MadangObservationImportPage *page; /* (owned) */
  MadangImportRow *row;              /* (owned) */
} Write;

/* Whoever leaves the page has asked for all rows none the less. */
static gboolean
is_left (MadangObservationImportPage *self)
{
  return get_sync (self) == NULL;
}

static void
end_writing (MadangObservationImportPage *self)
{
  g_clear_object (&self->writing);
  if (is_left (self))
    return;
  madang_page_set_saving (MADANG_PAGE (self), FALSE);
  show_failure (self, self->failure);
  update_summary (self);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Write *write = user_data;
  g_autoptr (MadangObservationImportPage) self = write->page;
  g_autoptr (MadangImportRow) row = write->row;
  g_autoptr (GError) error = NULL;

  g_free (write);
  self->n_writes--;
  if (madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    {
      madang_import_row_set_taken (row);
      self->n_taken++;
    }
  else if (self->failure == NULL)
    self->failure = madang_error_dup_text (error);
  write_more (self);
  if (self->n_writes == 0)
    end_writing (self);
}

static gboolean
is_to_be_written (MadangImportRow *row)
{
  return madang_import_row_get_record (row) != NULL && !madang_import_row_is_taken (row);
}

/* After a failure nothing new is begun; what was not written can be tried again. */
static void
write_more (MadangObservationImportPage *self)
{
  while (self->failure == NULL && self->n_writes < MOST_WRITES
         && self->next_write < self->rows->len)
    {
      MadangImportRow *row = self->rows->pdata[self->next_write++];
      Write *write;

      if (!is_to_be_written (row))
        continue;
      write = g_new0 (Write, 1);
      write->page = g_object_ref (self);
      write->row = g_object_ref (row);
      self->n_writes++;
      madang_sync_create_async (self->writing, madang_import_row_get_record (row), written_cb,
                                write);
    }
}

static void
import_cb (MadangObservationImportPage *self)
{
  g_clear_pointer (&self->failure, g_free);
  self->next_write = 0;
  g_set_object (&self->writing, get_sync (self));
  madang_page_set_saving (MADANG_PAGE (self), TRUE);
  write_more (self);
  update_summary (self);
}

/* --- the list ------------------------------------------------------------------------------- */

typedef char *(*TextFunc) (MadangImportRow *row);

static char *
dup_line (MadangImportRow *row)
{
  return g_strdup_printf ("%u", madang_import_row_get_line (row));
}

static char *
dup_title (MadangImportRow *row)
{
  return g_strdup (madang_import_row_get_title (row));
}

static char *
dup_words (MadangImportRow *row)
{
  return g_strdup (madang_import_row_get_words (row));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (inscription), 0);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_list_item_set_child (item, inscription);
}

static void
show_text (GtkWidget *child, const char *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
  gtk_widget_set_tooltip_text (child, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const TextFunc text_of = (TextFunc)user_data;
  g_autofree char *text = text_of (gtk_list_item_get_item (item));

  show_text (gtk_list_item_get_child (item), text);
}

/* The words alone change: when the row was written. */
static void
words_changed_cb (GtkListItem *item)
{
  show_text (gtk_list_item_get_child (item),
             madang_import_row_get_words (gtk_list_item_get_item (item)));
}

static void
bind_words_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  g_signal_connect_object (gtk_list_item_get_item (item), "notify::words",
                           G_CALLBACK (words_changed_cb), item, G_CONNECT_SWAPPED);
}

static void
unbind_words_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), words_changed_cb, item);
}

static void
append_column (MadangObservationImportPage *self, const char *title, TextFunc text, int width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer)text);
  if (text == dup_words)
    {
      g_signal_connect (factory, "bind", G_CALLBACK (bind_words_cb), NULL);
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_words_cb), NULL);
    }
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (self->view, column);
}

/* --- the page ------------------------------------------------------------------------------- */

static void
madang_observation_import_page_shown (MadangPage *page)
{
  gtk_widget_child_focus (GTK_WIDGET (MADANG_OBSERVATION_IMPORT_PAGE (page)->stack),
                          GTK_DIR_TAB_FORWARD);
}

static void
madang_observation_import_page_constructed (GObject *object)
{
  MadangObservationImportPage *self = MADANG_OBSERVATION_IMPORT_PAGE (object);
  MadangPage *page = MADANG_PAGE (object);

  G_OBJECT_CLASS (madang_observation_import_page_parent_class)->constructed (object);

  madang_page_set_title (page, _ ("Import Observations"), NULL);
  self->choose = madang_page_add_action (page, "choose-file", G_CALLBACK (choose_cb), self);
  self->import = madang_page_add_action (page, "import-good", G_CALLBACK (import_cb), self);
  update_summary (self);
}

static void
madang_observation_import_page_dispose (GObject *object)
{
  MadangObservationImportPage *self = MADANG_OBSERVATION_IMPORT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  end_checking (self);
  g_clear_handle_id (&self->filling, g_source_remove);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);

  G_OBJECT_CLASS (madang_observation_import_page_parent_class)->dispose (object);
}

static void
madang_observation_import_page_finalize (GObject *object)
{
  MadangObservationImportPage *self = MADANG_OBSERVATION_IMPORT_PAGE (object);

  g_clear_object (&self->writing);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->rows);
  g_object_unref (self->list);
  g_free (self->failure);

  G_OBJECT_CLASS (madang_observation_import_page_parent_class)->finalize (object);
}

static void
madang_observation_import_page_class_init (MadangObservationImportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = madang_observation_import_page_constructed;
  object_class->dispose = madang_observation_import_page_dispose;
  object_class->finalize = madang_observation_import_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->shown = madang_observation_import_page_shown;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/agencies/madang-observation-import-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangObservationImportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangObservationImportPage, progress);
  gtk_widget_class_bind_template_child (widget_class, MadangObservationImportPage, summary);
  gtk_widget_class_bind_template_child (widget_class, MadangObservationImportPage, passed_over);
  gtk_widget_class_bind_template_child (widget_class, MadangObservationImportPage, refused_only);
  gtk_widget_class_bind_template_child (widget_class, MadangObservationImportPage, view);
  gtk_widget_class_bind_template_child (widget_class, MadangObservationImportPage, import_button);
}

static void
madang_observation_import_page_init (MadangObservationImportPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_ptr_array_new ();
  self->list = g_list_store_new (MADANG_TYPE_IMPORT_ROW);
  gtk_widget_init_template (GTK_WIDGET (self));
  append_column (self, _ ("Line"), dup_line, 70);
  append_column (self, _ ("Agency and system"), dup_title, 240);
  append_column (self, _ ("Result"), dup_words, 0);
  madang_record_column_set_list_name (self->view, _ ("Rows of the file"));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (gtk_single_selection_new (
                                             g_object_ref (G_LIST_MODEL (self->list)))));
  g_signal_connect_object (self->refused_only, "toggled", G_CALLBACK (fill_list), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (drop, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

MadangPage *
madang_observation_import_page_new (MadangSync *sync)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  return g_object_new (MADANG_TYPE_OBSERVATION_IMPORT_PAGE, "sync", sync, NULL);
}
