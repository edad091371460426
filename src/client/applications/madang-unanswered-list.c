/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-unanswered-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "madang-column-memory.h"
#include "madang-palette-match.h"
#include "madang-record-column.h"
#include "madang-system-entry.h"

struct _MadangUnansweredList
{
  AdwBin parent_instance;

  MadangSync *sync;    /* (owned) (nullable) until set */
  GPtrArray *agencies; /* (owned) (nullable): all of them */
  GListStore *shown;   /* (owned): of MadangRecord */
  char *text;          /* (owned): what is looked for */
  GtkColumnView *view; /* (owned) */
};

static guint activated_signal;

G_DEFINE_FINAL_TYPE (MadangUnansweredList, madang_unanswered_list, ADW_TYPE_BIN)

/* --- cells ------------------------------------------------------------------------------------ */

/* The personal part is here only for whoever may read it. */
static char *
dup_officer (MadangRecord *application)
{
  const char *name;
  const char *phone;

  if (application == NULL || !madang_record_has_part (application, MADANG_PART_PERSONAL))
    return NULL;
  name = madang_record_get_text (application, "officer_name");
  phone = madang_record_get_text (application, "phone");
  return *name != '\0' ? g_strdup_printf ("%s %s", name, phone) : NULL;
}

static char *
dup_contact (MadangRecord *agency, gpointer user_data)
{
  MadangUnansweredList *self = user_data;
  MadangRecordStore *records = madang_sync_get_records (self->sync);
  g_autoptr (GPtrArray) entries
      = records != NULL ? madang_system_entry_list (records, madang_record_get_id (agency)) : NULL;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const MadangSystemEntry *entry = entries->pdata[i];
      g_autofree char *officer = dup_officer (entry->application);
      const char *department = madang_system_entry_get_text (entry, "department");

      if (officer != NULL)
        return g_steal_pointer (&officer);
      if (*department != '\0')
        /* Translators: %s is a department of an agency */
        return g_strdup_printf (_ ("%s (proposal system)"), department);
    }
  return g_strdup ("–");
}

static char *
dup_row_name (MadangRecord *agency, gpointer user_data)
{
  g_autofree char *contact = dup_contact (agency, user_data);

  return g_strdup_printf ("%s, %s", madang_record_get_text (agency, "name_ko"), contact);
}

static void
append_column (MadangUnansweredList *self, GtkColumnViewColumn *column, int width)
{
  gtk_column_view_column_set_sorter (column, NULL);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (self->view, column);
  g_object_unref (column);
}

static void
append_columns (MadangUnansweredList *self)
{
  const MadangKind *kind = madang_kind_find ("agency");
  GtkColumnViewColumn *name = madang_record_column_new (_ ("Agency"), "name_ko", NULL, NULL);
  GtkColumnViewColumn *contact = madang_record_column_new (_ ("Contact"), NULL, dup_contact, self);

  madang_record_column_set_row_name (name, dup_row_name, self);
  madang_record_column_set_id (contact, "contact");
  append_column (self, name, 140);
  append_column (
      self,
      madang_record_column_new (madang_field_get_label (madang_kind_find_field (kind, "kind")),
                                "kind", NULL, NULL),
      110);
  append_column (self, contact, 0);
  madang_column_memory_install (self->view, "unanswered");
}

/* --- rows ------------------------------------------------------------------------------------- */

/* Districts before institutions, as the plan lists them; each by name. */
static int
compare_agencies (gconstpointer a, gconstpointer b)
{
  MadangRecord *first = *(MadangRecord *const *)a;
  MadangRecord *second = *(MadangRecord *const *)b;
  const int order = g_str_equal (madang_record_get_text (second, "kind"), "district")
                    - g_str_equal (madang_record_get_text (first, "kind"), "district");

  return order != 0 ? order
                    : strcmp (madang_record_get_text (first, "name_ko"),
                              madang_record_get_text (second, "name_ko"));
}

static void
show (MadangUnansweredList *self)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; self->agencies != NULL && i < self->agencies->len; i++)
    if (*self->text == '\0'
        || madang_palette_match (self->text,
                                 madang_record_get_text (self->agencies->pdata[i], "name_ko"))
               >= 0)
      g_ptr_array_add (shown, self->agencies->pdata[i]);
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       shown->pdata, shown->len);
}

static gboolean
are_same (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return a == b;
  for (guint i = 0; i < a->len; i++)
    {
      g_autofree char *first = madang_record_dup_digest (a->pdata[i]);
      g_autofree char *second = madang_record_dup_digest (b->pdata[i]);

      if (!g_str_equal (first, second))
        return FALSE;
    }
  return TRUE;
}

static void
row_activated_cb (MadangUnansweredList *self, guint position)
{
  g_autoptr (MadangRecord) agency = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (agency != NULL)
    g_signal_emit (self, activated_signal, 0, madang_record_get_id (agency));
}

/* --- object ----------------------------------------------------------------------------------- */

static void
madang_unanswered_list_dispose (GObject *object)
{
  MadangUnansweredList *self = MADANG_UNANSWERED_LIST (object);

  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_pointer (&self->agencies, g_ptr_array_unref);
  g_clear_object (&self->shown);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (madang_unanswered_list_parent_class)->dispose (object);
}

static void
madang_unanswered_list_finalize (GObject *object)
{
  g_free (MADANG_UNANSWERED_LIST (object)->text);

  G_OBJECT_CLASS (madang_unanswered_list_parent_class)->finalize (object);
}

static void
madang_unanswered_list_class_init (MadangUnansweredListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = madang_unanswered_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = madang_unanswered_list_finalize;
  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
madang_unanswered_list_init (MadangUnansweredList *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->text = g_strdup ("");
  self->shown = g_list_store_new (MADANG_TYPE_RECORD);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (
      GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown))))));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  madang_record_column_set_list_name (self->view, _ ("Agencies That Have Not Applied"));
  append_columns (self);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), scroller);
}

void
madang_unanswered_list_set_sync (MadangUnansweredList *self, MadangSync *sync)
{
  g_return_if_fail (MADANG_IS_UNANSWERED_LIST (self));
  g_set_object (&self->sync, sync);
}

/* Rows stay as they are when they are the same. */
void
madang_unanswered_list_set_agencies (MadangUnansweredList *self, GPtrArray *agencies)
{
  g_autoptr (GPtrArray) former = NULL;

  g_return_if_fail (MADANG_IS_UNANSWERED_LIST (self));

  former = g_steal_pointer (&self->agencies);
  self->agencies = agencies != NULL ? g_ptr_array_ref (agencies) : NULL;
  if (self->agencies != NULL)
    g_ptr_array_sort (self->agencies, compare_agencies);
  if (!are_same (former, self->agencies))
    show (self);
}

GPtrArray *
madang_unanswered_list_get_agencies (MadangUnansweredList *self)
{
  g_return_val_if_fail (MADANG_IS_UNANSWERED_LIST (self), NULL);
  return self->agencies;
}

void
madang_unanswered_list_search (MadangUnansweredList *self, const char *text)
{
  g_return_if_fail (MADANG_IS_UNANSWERED_LIST (self));

  if (g_str_equal (text, self->text))
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  show (self);
}

guint
madang_unanswered_list_count_shown (MadangUnansweredList *self)
{
  g_return_val_if_fail (MADANG_IS_UNANSWERED_LIST (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->shown));
}

GtkColumnView *
madang_unanswered_list_get_view (MadangUnansweredList *self)
{
  g_return_val_if_fail (MADANG_IS_UNANSWERED_LIST (self), NULL);
  return self->view;
}

GListModel *
madang_unanswered_list_dup_shown (MadangUnansweredList *self)
{
  GListStore *shown = g_list_store_new (MADANG_TYPE_RECORD);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i++)
    {
      g_autoptr (MadangRecord) agency = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      g_list_store_append (shown, agency);
    }
  return G_LIST_MODEL (shown);
}
