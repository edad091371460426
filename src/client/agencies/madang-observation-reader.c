/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-observation-reader.h"

#include <glib/gi18n.h>

#include "madang-day.h"
#include "madang-error.h"
#include "madang-event.h"
#include "madang-id.h"
#include "madang-rights.h"
#include "madang-sheet-csv.h"
#include "madang-system-entry.h"
#include "madang-text.h"

#define REPLACEMENT 0xFFFD  /* what a program writes for a character that it could not read */
#define MOST_TITLE 80       /* characters */
#define MOST_PASSED_OVER 12 /* columns that are named */

struct _MadangObservationReader
{
  const MadangCsv *table;
  MadangRecordStore *records; /* (owned) */
  MadangActor *actor;         /* (owned) */
  gint64 now;
  const MadangKind *kind;
  GHashTable *agencies; /* (owned): name or code (owned) -> id (owned) */
  GHashTable *systems;  /* (owned): id of an agency (owned) -> MadangSystemEntry array (owned) */
  GHashTable *said;     /* (owned): system, day and source of a good row (owned) -> its line */
  const char *agency_column;
  const char *system_column; /* (nullable) */
};

/* Other ways in which people and the annex call the columns. */
static const char *const agency_names[] = { "agency", "district_ko", "기관명", "자치구", NULL };
static const char *const system_names[] = { "system_name_fixed_ko", "시스템", "시스템명", NULL };

/* --- columns -------------------------------------------------------------------------------- */

/* (nullable): the column that holds the field. */
static const char *
find_column (MadangObservationReader *self, const MadangField *field)
{
  if (madang_csv_has_column (self->table, field->name))
    return field->name;
  return madang_csv_has_column (self->table, madang_field_get_label (field))
             ? madang_field_get_label (field)
             : NULL;
}

static const char *
find_any_column (MadangObservationReader *self, const char *field, const char *const *names)
{
  const char *column = find_column (self, madang_kind_find_field (self->kind, field));

  for (; column == NULL && *names != NULL; names++)
    if (madang_csv_has_column (self->table, *names))
      column = *names;
  return column;
}

static gboolean
require_column (const char *column, const char *label, GError **error)
{
  if (column != NULL)
    return TRUE;
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID,
               /* Translators: %s is the name of a column, such as "Source" */
               _ ("The column “%s” is missing. Add it to the first row and choose the file again."),
               label);
  return FALSE;
}

static gboolean
find_columns (MadangObservationReader *self, GError **error)
{
  static const char *const needed[] = { "observed_on", "source" };

  self->agency_column = find_any_column (self, "agency", agency_names);
  self->system_column = find_any_column (self, "system", system_names);
  if (self->system_column == NULL)
    self->system_column = find_column (self, madang_kind_find_field (self->kind, "name"));
  if (!require_column (self->agency_column,
                       madang_field_get_label (madang_kind_find_field (self->kind, "agency")),
                       error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      const MadangField *field = madang_kind_find_field (self->kind, needed[i]);

      if (!require_column (find_column (self, field), madang_field_get_label (field), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_read (MadangObservationReader *self, const char *column)
{
  if (g_strcmp0 (column, self->agency_column) == 0 || g_strcmp0 (column, self->system_column) == 0)
    return TRUE;
  for (const MadangField *field = self->kind->fields; field->name != NULL; field++)
    if (field->type != MADANG_FIELD_REFERENCE && g_strcmp0 (column, find_column (self, field)) == 0)
      return TRUE;
  return FALSE;
}

/* Newly allocated. */
static char *
dup_short (const char *text)
{
  g_autofree char *clean = madang_text_clean (text, -1, MADANG_TEXT_LINE);
  g_autofree char *start = NULL;

  if (madang_text_count (clean) <= MOST_TITLE)
    return g_steal_pointer (&clean);
  start = g_utf8_substring (clean, 0, MOST_TITLE - 1);
  return g_strconcat (start, "…", NULL);
}

/* --- whose it is ---------------------------------------------------------------------------- */

static void
learn_agencies (MadangObservationReader *self)
{
  g_autoptr (MadangQuery) query = madang_query_new ("agency");
  g_autoptr (GPtrArray) found = madang_record_store_find (self->records, query, NULL);
  static const char *const keys[] = { "name_ko", "code" };

  for (guint i = 0; found != NULL && i < found->len; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (keys); k++)
      if (madang_record_is_set (found->pdata[i], keys[k]))
        g_hash_table_insert (self->agencies,
                             g_strdup (madang_record_get_text (found->pdata[i], keys[k])),
                             g_strdup (madang_record_get_id (found->pdata[i])));
}

static GPtrArray *
get_systems (MadangObservationReader *self, const char *agency)
{
  GPtrArray *entries = g_hash_table_lookup (self->systems, agency);

  if (entries == NULL)
    {
      entries = madang_system_entry_list (self->records, agency);
      g_hash_table_insert (self->systems, g_strdup (agency), entries);
    }
  return entries;
}

static gboolean
is_called (const MadangSystemEntry *entry, const char *name)
{
  return entry->system != NULL
         && (g_str_equal (madang_record_get_text (entry->system, "name"), name)
             || g_str_equal (madang_system_entry_get_text (entry, "name"), name));
}

/* (nullable): by its name; an agency that has one system only means that one. */
static MadangRecord *
find_system (MadangObservationReader *self, const char *agency, const char *name)
{
  GPtrArray *entries = get_systems (self, agency);

  for (guint i = 0; i < entries->len; i++)
    if (is_called (entries->pdata[i], name))
      return ((MadangSystemEntry *)entries->pdata[i])->system;
  return entries->len == 1 ? ((MadangSystemEntry *)entries->pdata[0])->system : NULL;
}

static gboolean
set_reference (MadangRecord *record, const char *field, const char *id)
{
  return madang_record_set (record, field, g_variant_new_string (id), NULL);
}

static const char *
get_cell (MadangObservationReader *self, guint row, const char *column)
{
  const char *text = column != NULL ? madang_csv_get (self->table, row, column) : NULL;

  return text != NULL ? text : "";
}

static gboolean
read_owner (MadangObservationReader *self, guint row, MadangRecord *record, char **reason)
{
  g_autofree char *agency_name
      = madang_text_clean (get_cell (self, row, self->agency_column), -1, MADANG_TEXT_LINE);
  g_autofree char *system_name
      = madang_text_clean (get_cell (self, row, self->system_column), -1, MADANG_TEXT_LINE);
  const char *agency = g_hash_table_lookup (self->agencies, agency_name);
  MadangRecord *system = agency != NULL ? find_system (self, agency, system_name) : NULL;

  if (agency == NULL)
    *reason = g_strdup (_ ("No agency of this name or code is known. Correct the name."));
  else if (system == NULL && get_systems (self, agency)->len > 1)
    *reason = g_strdup (_ ("The agency has several systems and none of this name. Correct the "
                           "name of the system."));
  else if (system == NULL)
    *reason = g_strdup (_ ("No system is entered for this agency. Enter the system first."));
  return system != NULL && set_reference (record, "agency", agency)
         && set_reference (record, "system", madang_record_get_id (system));
}

/* --- values --------------------------------------------------------------------------------- */

/* A choice by its name or by its label; any other text stays and is refused by the field's check. */
static GVariant *
read_choice (const MadangField *field, const char *text)
{
  static const char *const words[][2] = { { "O", "y" }, { "X", "n" } };

  for (const MadangChoice *choice = field->choices; choice->name != NULL; choice++)
    if (g_ascii_strcasecmp (choice->name, text) == 0
        || g_str_equal (madang_field_get_choice_label (field, choice->name), text))
      return g_variant_new_string (choice->name);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (words[i][0], text) == 0)
      return g_variant_new_string (words[i][1]);
  return g_variant_new_string (text);
}

/* Floating; NULL: it is none of the field's type. */
static GVariant *
read_value (const MadangField *field, const char *text)
{
  g_autofree char *day = NULL;
  gint64 number;

  switch (field->type)
    {
    case MADANG_FIELD_ONE_OF:
      return read_choice (field, text);
    case MADANG_FIELD_DAY:
      day = madang_day_parse_input (text);
      return day != NULL ? g_variant_new_string (day) : NULL;
    case MADANG_FIELD_INTEGER:
      if (!g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &number, NULL))
        return NULL;
      return g_variant_new_int64 (number);
    default:
      return g_variant_new_string (text);
    }
}

/* What an export writes for silence. */
static gboolean
is_empty (const char *text)
{
  return *text == '\0' || g_str_equal (text, "–") || g_str_equal (text, "-");
}

static gboolean
read_field (MadangObservationReader *self,
            guint row,
            const MadangField *field,
            MadangRecord *record,
            char **reason)
{
  /* As an export of ours wrote it. */
  const char *raw
      = madang_sheet_csv_skip_apostrophe (get_cell (self, row, find_column (self, field)));
  g_autofree char *text
      = madang_text_clean (raw, -1,
                           field->type == MADANG_FIELD_TEXT ? MADANG_TEXT_BLOCK : MADANG_TEXT_LINE);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (MadangVerdict) verdict = NULL;

  if (is_empty (text))
    return TRUE;
  value = read_value (field, text);
  if (value == NULL)
    verdict = madang_verdict_new_no (field->type == MADANG_FIELD_DAY ? "field.day" : "field.type",
                                     field->name, NULL);
  else
    verdict = madang_field_check (field, g_variant_ref_sink (value));
  if (!madang_verdict_is_no (verdict))
    return madang_record_set (record, field->name, value, NULL);
  *reason = madang_verdict_dup_text (verdict, self->kind->name);
  return FALSE;
}

/* --- rules ---------------------------------------------------------------------------------- */

/* Takes verdict. */
static gboolean
heed (MadangObservationReader *self, MadangVerdict *verdict, char **reason)
{
  g_autoptr (MadangVerdict) taken = verdict;

  if (!madang_verdict_is_no (taken))
    return TRUE;
  *reason = madang_verdict_dup_text (taken, self->kind->name);
  return FALSE;
}

static gboolean
check_missing (MadangObservationReader *self, MadangRecord *record, char **reason)
{
  g_autoptr (GPtrArray) missing = madang_record_find_missing (record, NULL);

  if (missing->len == 0)
    return TRUE;
  return heed (self,
               madang_verdict_new_no ("field.missing",
                                      ((const MadangField *)missing->pdata[0])->name, NULL),
               reason);
}

/* What a record says of that which the file has columns for. A file that lacks some does not say
 * anything new by that. */
static char *
dup_content (MadangObservationReader *self, MadangRecord *record)
{
  GString *content = g_string_new (NULL);

  for (const MadangField *field = self->kind->fields; field->name != NULL; field++)
    {
      GVariant *value = madang_record_get (record, field->name);
      g_autofree char *text = NULL;

      if (value == NULL
          || (field->type != MADANG_FIELD_REFERENCE && find_column (self, field) == NULL))
        continue;
      text = g_variant_print (value, FALSE);
      g_string_append_printf (content, "%s=%s\n", field->name, text);
    }
  return g_string_free (content, FALSE);
}

static gboolean
is_there (MadangObservationReader *self, MadangRecord *record)
{
  g_autoptr (MadangQuery) query = madang_query_new (self->kind->name);
  g_autofree char *content = dup_content (self, record);
  g_autoptr (GPtrArray) found = NULL;

  madang_query_add_equal (query, "system", madang_record_get (record, "system"));
  madang_query_add_equal (query, "observed_on", madang_record_get (record, "observed_on"));
  found = madang_record_store_find (self->records, query, NULL);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      g_autofree char *other = dup_content (self, found->pdata[i]);

      if (g_str_equal (other, content))
        return TRUE;
    }
  return FALSE;
}

/* Two rows about one system, day and source would leave it to chance which of them is shown. */
static gboolean
check_new (MadangObservationReader *self, guint row, MadangRecord *record, char **reason)
{
  g_autofree char *about = g_strjoin ("\n", madang_record_get_text (record, "system"),
                                      madang_record_get_text (record, "observed_on"),
                                      madang_record_get_text (record, "source"), NULL);
  const guint earlier = GPOINTER_TO_UINT (g_hash_table_lookup (self->said, about));

  if (is_there (self, record))
    *reason = g_strdup (_ ("The same observation is there already."));
  else if (earlier > 0)
    *reason = g_strdup_printf (
        /* Translators: %u is the number of a line of a file */
        _ ("Line %u has the same system, day and source. Keep one of the two."), earlier);
  else
    g_hash_table_insert (self->said, g_steal_pointer (&about),
                         GUINT_TO_POINTER (madang_csv_get_line (self->table, row)));
  return *reason == NULL;
}

static gboolean
check_record (MadangObservationReader *self, guint row, MadangRecord *record, char **reason)
{
  MadangEventContext context = {
    .record = record,
    .actor = self->actor,
    .lookup = MADANG_LOOKUP (self->records),
    .now = self->now,
  };

  return check_missing (self, record, reason)
         && heed (self, madang_rights_check_create (self->actor, record), reason)
         && heed (self, self->kind->check (&context), reason)
         && check_new (self, row, record, reason);
}

static gboolean
is_readable (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      const gunichar c = g_utf8_get_char (text);

      if (c == REPLACEMENT || (g_unichar_iscntrl (c) && c != '\t' && c != '\n' && c != '\r'))
        return FALSE;
    }
  return TRUE;
}

/* A form drops such characters before the eyes of whoever pastes them. In a file they are a sign of
 * something that went wrong, and nobody looks. */
static gboolean
check_characters (MadangObservationReader *self, guint row, char **reason)
{
  for (const char *const *column = madang_csv_get_columns (self->table); *column != NULL; column++)
    if (is_read (self, *column) && !is_readable (get_cell (self, row, *column)))
      {
        *reason = g_strdup_printf (
            /* Translators: %s is the name of a column, such as "Source" */
            _ ("“%s” has characters that cannot be read. Correct them in the file."), *column);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_shape (MadangObservationReader *self, guint row, char **reason)
{
  const guint expected = g_strv_length ((char **)madang_csv_get_columns (self->table));
  const guint found = madang_csv_get_n_fields (self->table, row);

  if (found == expected)
    return TRUE;
  *reason = g_strdup_printf (
      /* Translators: the numbers of values that a row has and should have */
      _ ("The row has %u values and should have %u. Check its commas and quotes."), found,
      expected);
  return FALSE;
}

static gboolean
read_row (MadangObservationReader *self, guint row, MadangRecord *record, char **reason)
{
  if (!check_shape (self, row, reason) || !check_characters (self, row, reason)
      || !read_owner (self, row, record, reason))
    return FALSE;
  for (const MadangField *field = self->kind->fields; field->name != NULL; field++)
    if (field->type != MADANG_FIELD_REFERENCE && !read_field (self, row, field, record, reason))
      return FALSE;
  return check_record (self, row, record, reason);
}

/* --- public --------------------------------------------------------------------------------- */

MadangObservationReader *
madang_observation_reader_new (const MadangCsv *table,
                               MadangRecordStore *records,
                               MadangActor *actor,
                               gint64 now,
                               GError **error)
{
  g_autoptr (MadangObservationReader) self = NULL;

  g_return_val_if_fail (table != NULL, NULL);
  g_return_val_if_fail (MADANG_IS_RECORD_STORE (records), NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  self = g_new0 (MadangObservationReader, 1);
  self->table = table;
  self->records = g_object_ref (records);
  self->actor = madang_actor_ref (actor);
  self->now = now;
  self->kind = madang_kind_find ("system_observation");
  self->agencies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->systems
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!find_columns (self, error))
    return NULL;
  learn_agencies (self);
  return g_steal_pointer (&self);
}

void
madang_observation_reader_free (MadangObservationReader *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->records);
  madang_actor_unref (self->actor);
  g_hash_table_unref (self->agencies);
  g_hash_table_unref (self->systems);
  g_hash_table_unref (self->said);
  g_free (self);
}

char *
madang_observation_reader_dup_passed_over (MadangObservationReader *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const char *const *columns;
  guint n = 0;

  g_return_val_if_fail (self != NULL, NULL);

  columns = madang_csv_get_columns (self->table);
  for (; *columns != NULL && n <= MOST_PASSED_OVER; columns++)
    if (!is_read (self, *columns) && n++ < MOST_PASSED_OVER)
      {
        g_autofree char *name = dup_short (*columns);

        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
      }
  if (n > MOST_PASSED_OVER)
    g_string_append (names, ", …");
  return n > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

MadangRecord *
madang_observation_reader_read (MadangObservationReader *self, guint row, char **reason)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangRecord) record = NULL;
  g_autofree char *scope = NULL;

  g_return_val_if_fail (self != NULL && reason != NULL, NULL);

  *reason = NULL;
  record = madang_record_new (self->kind, id);
  if (!read_row (self, row, record, reason))
    return NULL;
  scope = self->kind->home_scope (record);
  madang_record_set_scope (record, scope);
  return g_steal_pointer (&record);
}

char *
madang_observation_reader_dup_title (MadangObservationReader *self, guint row)
{
  g_autofree char *title = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  title = g_strdup_printf ("%s %s", get_cell (self, row, self->agency_column),
                           get_cell (self, row, self->system_column));
  return dup_short (title);
}
