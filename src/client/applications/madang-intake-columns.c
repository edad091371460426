/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-intake-columns.h"

#include <glib/gi18n.h>

#include "madang-applications.h"
#include "madang-column-memory.h"
#include "madang-record-column.h"

struct _MadangIntakeColumns
{
  MadangPage *page;  /* outlives this */
  GHashTable *names; /* (owned): id of an agency -> its name */
};

const char *
madang_intake_columns_get_agency (MadangIntakeColumns *self, MadangRecord *application)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (self->page));
  const char *id = madang_record_get_text (application, "agency");
  const char *name = g_hash_table_lookup (self->names, id);
  g_autoptr (MadangRecord) agency = NULL;

  if (name != NULL || *id == '\0' || records == NULL)
    return name != NULL ? name : "";
  agency = madang_record_store_get (records, id, NULL);
  if (agency == NULL)
    return "";
  g_hash_table_insert (self->names, g_strdup (id),
                       g_strdup (madang_record_get_text (agency, "name_ko")));
  return g_hash_table_lookup (self->names, id);
}

/* --- cells ------------------------------------------------------------------------------------ */

static char *
dup_agency (MadangRecord *record, gpointer user_data)
{
  return g_strdup (madang_intake_columns_get_agency (user_data, record));
}

static char *
dup_state (MadangRecord *record, gpointer user_data)
{
  return g_strdup (madang_kind_get_state_label (madang_record_get_kind (record),
                                                madang_record_get_state (record)));
}

static char *
dup_number (MadangRecord *record, gpointer user_data)
{
  if (madang_record_is_set (record, "receipt_number"))
    return madang_record_dup_display (record, "receipt_number");
  /* Received here, but the server has not yet numbered it. */
  if (g_str_equal (madang_record_get_state (record), "received"))
    return g_strdup (_ ("Number to come"));
  return g_strdup ("–");
}

static char *
dup_missing (MadangRecord *record, gpointer user_data)
{
  g_autoptr (GPtrArray) missing = madang_record_find_missing (record, "submit");

  return missing->len > 0 ? g_strdup_printf ("%u", missing->len) : g_strdup ("–");
}

static char *
dup_late (MadangRecord *record, gpointer user_data)
{
  /* Translators: in the column of paper forms that came late */
  return g_strdup (madang_record_get_flag (record, "late") ? _ ("Late") : "–");
}

static char *
dup_row_name (MadangRecord *record, gpointer user_data)
{
  g_autofree char *state = dup_state (record, user_data);

  return g_strdup_printf ("%s, %s, %s", madang_intake_columns_get_agency (user_data, record),
                          madang_record_get_text (record, "dept_name"), state);
}

/* --- columns ---------------------------------------------------------------------------------- */

static const struct
{
  const char *id;
  const char *title;   /* msgid; NULL: the label of the field */
  const char *field;   /* by which it is sorted, or which it shows */
  MadangCellFunc text; /* NULL: the display of the field */
  int width;           /* 0: it takes the room that is left */
  gboolean is_number;
  gboolean narrow; /* also on a narrow window */
} columns[] = {
  { "agency", N_ ("Agency"), "agency", dup_agency, 140, FALSE, TRUE },
  { "state", N_ ("State"), "state", dup_state, 104, FALSE, TRUE },
  { "receipt_number", NULL, "receipt_number", dup_number, 128, FALSE, TRUE },
  { "submitted_at", NULL, "submitted_at", NULL, 164, FALSE, FALSE },
  { "received_at", NULL, "received_at", NULL, 164, FALSE, FALSE },
  /* Translators: heading of a column: how many required fields are empty */
  { "missing", N_ ("Empty"), NULL, dup_missing, 64, TRUE, FALSE },
  /* Translators: heading of a column: whether an agency page is wanted */
  { "page_request", N_ ("Page"), "page_request", NULL, 68, FALSE, FALSE },
  /* Translators: heading of a column: whether a link of the sites is wanted */
  { "link_request", N_ ("Link"), "link_request", NULL, 68, FALSE, FALSE },
  /* Translators: heading of a column: whether it is a pledge of the head of the agency */
  { "head_pledge", N_ ("Pledge"), "head_pledge", NULL, 68, FALSE, FALSE },
  /* Translators: heading of a column: whether a dedicated unit or staff is secured */
  { "dedicated_staff", N_ ("Unit, Staff"), "dedicated_staff", NULL, 68, FALSE, FALSE },
  /* Translators: heading of a column: whether it is a paper form that came late */
  { "late", N_ ("Late Entry"), "late", dup_late, 84, FALSE, FALSE },
  { "dept_name", NULL, "dept_name", NULL, 0, FALSE, FALSE },
};

static GtkColumnViewColumn *
new_column (MadangIntakeColumns *self, gsize i)
{
  const MadangField *field
      = columns[i].field != NULL
            ? madang_kind_find_field (&madang_application_kind, columns[i].field)
            : NULL;
  GtkColumnViewColumn *column
      = madang_record_column_new (columns[i].title != NULL ? _ (columns[i].title)
                                                           : madang_field_get_label (field),
                                  columns[i].field, columns[i].text, self);

  madang_record_column_set_id (column, columns[i].id);
  if (columns[i].is_number)
    madang_record_column_set_number (column);
  /* What no index carries is shown, but gives no order. */
  if (field != NULL && !field->indexed)
    gtk_column_view_column_set_sorter (column, NULL);
  return column;
}

static void
append_column (MadangIntakeColumns *self, GtkColumnView *view, gsize i)
{
  g_autoptr (GtkColumnViewColumn) column = new_column (self, i);

  if (i == 0)
    madang_record_column_set_row_name (column, dup_row_name, self);
  gtk_column_view_append_column (view, column);
  if (columns[i].width > 0)
    gtk_column_view_column_set_fixed_width (column, columns[i].width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  if (!columns[i].narrow)
    madang_record_column_hide_when_collapsed (column, GTK_WIDGET (self->page));
}

MadangIntakeColumns *
madang_intake_columns_new (MadangPage *page, GtkColumnView *view)
{
  MadangIntakeColumns *self;

  g_return_val_if_fail (MADANG_IS_PAGE (page), NULL);
  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);

  self = g_new0 (MadangIntakeColumns, 1);
  self->page = page;
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    append_column (self, view, i);
  madang_column_memory_install (view, "applications");
  return self;
}

void
madang_intake_columns_free (MadangIntakeColumns *self)
{
  g_hash_table_unref (self->names);
  g_free (self);
}

void
madang_intake_columns_forget_names (MadangIntakeColumns *self)
{
  g_hash_table_remove_all (self->names);
}
