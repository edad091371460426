/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-system-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "madang-hangul.h"

#define NEWEST_OF_A_DAY 20 /* so many of one day are compared by when they were made */

/* --- reading -------------------------------------------------------------------------------- */

/* (transfer full): empty when it cannot be read. */
static GPtrArray *
find_by (MadangRecordStore *records, const char *kind, const char *field, const char *id)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind);
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  if (field != NULL)
    madang_query_add_equal (query, field, g_variant_new_string (id));
  found = madang_record_store_find (records, query, &error);
  if (found == NULL)
    g_debug ("%s cannot be read: %s", kind, error->message);
  return found != NULL ? found : g_ptr_array_new_with_free_func (g_object_unref);
}

/* Ids grow with time. */
static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  MadangRecord *first = *(MadangRecord *const *)a;
  MadangRecord *second = *(MadangRecord *const *)b;
  const int days = strcmp (madang_record_get_text (second, "observed_on"),
                           madang_record_get_text (first, "observed_on"));

  return days != 0 ? days : strcmp (madang_record_get_id (second), madang_record_get_id (first));
}

GPtrArray *
madang_system_entry_find_observations (MadangRecordStore *records, const char *system, guint limit)
{
  g_autoptr (MadangQuery) query = madang_query_new ("system_observation");
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  g_return_val_if_fail (MADANG_IS_RECORD_STORE (records), NULL);
  g_return_val_if_fail (system != NULL, NULL);

  madang_query_add_equal (query, "system", g_variant_new_string (system));
  madang_query_set_order (query, "observed_on", MADANG_QUERY_DESCENDING);
  if (limit > 0)
    madang_query_set_limit (query, MAX (limit, NEWEST_OF_A_DAY));
  found = madang_record_store_find (records, query, &error);
  if (found == NULL)
    {
      g_debug ("observations cannot be read: %s", error->message);
      return g_ptr_array_new_with_free_func (g_object_unref);
    }
  g_ptr_array_sort (found, compare_newest_first);
  if (limit > 0 && found->len > limit)
    g_ptr_array_set_size (found, (int)limit);
  return found;
}

static MadangRecord *
find_application (MadangRecordStore *records, const char *agency)
{
  g_autoptr (MadangQuery) query = madang_query_new ("application");
  g_autoptr (GPtrArray) found = NULL;

  madang_query_add_equal (query, "agency", g_variant_new_string (agency));
  madang_query_set_order (query, NULL, MADANG_QUERY_DESCENDING);
  madang_query_set_limit (query, 1);
  found = madang_record_store_find (records, query, NULL);
  return found != NULL && found->len > 0 ? g_object_ref (found->pdata[0]) : NULL;
}

static MadangSystemEntry *
new_entry (MadangRecordStore *records, MadangRecord *agency, MadangRecord *system)
{
  MadangSystemEntry *self = g_new0 (MadangSystemEntry, 1);
  g_autoptr (GPtrArray) newest = NULL;

  self->agency = g_object_ref (agency);
  self->application = find_application (records, madang_record_get_id (agency));
  if (system == NULL)
    return self;
  self->system = g_object_ref (system);
  newest = madang_system_entry_find_observations (records, madang_record_get_id (system), 1);
  if (newest->len > 0)
    self->newest = g_object_ref (newest->pdata[0]);
  return self;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (madang_record_get_id (*(MadangRecord *const *)a),
                 madang_record_get_id (*(MadangRecord *const *)b));
}

static void
add_entries (MadangRecordStore *records, MadangRecord *agency, GPtrArray *entries)
{
  g_autoptr (GPtrArray) systems
      = find_by (records, "proposal_system", "agency", madang_record_get_id (agency));

  g_ptr_array_sort (systems, compare_ids);
  for (guint i = 0; i < systems->len; i++)
    g_ptr_array_add (entries, new_entry (records, agency, systems->pdata[i]));
  if (systems->len == 0)
    g_ptr_array_add (entries, new_entry (records, agency, NULL));
}

/* "district" comes before "funded" and "invested", which are by name. */
static int
compare_agencies (gconstpointer a, gconstpointer b)
{
  static const char *const fields[] = { "kind", "code", "name_ko" };
  int order = 0;

  for (gsize i = 0; order == 0 && i < G_N_ELEMENTS (fields); i++)
    order = strcmp (madang_record_get_text (*(MadangRecord *const *)a, fields[i]),
                    madang_record_get_text (*(MadangRecord *const *)b, fields[i]));
  return order;
}

GPtrArray *
madang_system_entry_list (MadangRecordStore *records, const char *agency)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_system_entry_free);
  g_autoptr (GPtrArray) agencies = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD_STORE (records), entries);

  if (agency != NULL)
    {
      g_autoptr (MadangRecord) record = madang_record_store_get (records, agency, NULL);

      if (record != NULL)
        add_entries (records, record, entries);
      return entries;
    }
  agencies = find_by (records, "agency", NULL, NULL);
  g_ptr_array_sort (agencies, compare_agencies);
  for (guint i = 0; i < agencies->len; i++)
    add_entries (records, agencies->pdata[i], entries);
  return entries;
}

void
madang_system_entry_free (MadangSystemEntry *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->agency);
  g_clear_object (&self->system);
  g_clear_object (&self->newest);
  g_clear_object (&self->application);
  g_free (self);
}

/* --- what an entry says --------------------------------------------------------------------- */

MadangRecord *
madang_system_entry_find_holder (const MadangSystemEntry *self, const char *field)
{
  g_return_val_if_fail (self != NULL && field != NULL, NULL);

  MadangRecord *const holders[] = { self->newest, self->system, self->agency };

  for (gsize i = 0; i < G_N_ELEMENTS (holders); i++)
    if (holders[i] != NULL
        && madang_kind_find_field (madang_record_get_kind (holders[i]), field) != NULL
        && madang_record_is_set (holders[i], field))
      return holders[i];
  return NULL;
}

const char *
madang_system_entry_get_text (const MadangSystemEntry *self, const char *field)
{
  MadangRecord *holder;

  g_return_val_if_fail (self != NULL && field != NULL, "");

  if (g_str_equal (field, "application"))
    return self->application != NULL ? madang_record_get_state (self->application) : "";
  if (g_str_equal (field, "agency"))
    return madang_record_get_text (self->agency, "name_ko");
  holder = madang_system_entry_find_holder (self, field);
  return holder != NULL ? madang_record_get_text (holder, field) : "";
}

static char *
dup_observed (const MadangSystemEntry *self)
{
  g_autofree char *day = NULL;
  g_autofree char *source = NULL;

  if (self->newest == NULL)
    return g_strdup ("");
  day = madang_record_dup_display (self->newest, "observed_on");
  source = madang_record_dup_display (self->newest, "source");
  return g_strdup_printf ("%s · %s", day, source);
}

char *
madang_system_entry_dup_display (const MadangSystemEntry *self, const char *field)
{
  MadangRecord *holder;

  g_return_val_if_fail (self != NULL && field != NULL, NULL);

  if (g_str_equal (field, "agency"))
    return g_strdup (madang_record_get_text (self->agency, "name_ko"));
  if (g_str_equal (field, "observed"))
    return dup_observed (self);
  if (g_str_equal (field, "application"))
    return g_strdup (self->application != NULL
                         ? madang_kind_get_state_label (madang_record_get_kind (self->application),
                                                        madang_record_get_state (self->application))
                         : "");
  holder = madang_system_entry_find_holder (self, field);
  return holder != NULL ? madang_record_dup_display (holder, field) : g_strdup ("");
}

char *
madang_system_entry_dup_name (const MadangSystemEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%s, %s", madang_system_entry_get_text (self, "agency"),
                          self->system != NULL ? madang_system_entry_get_text (self, "name")
                                               : _ ("No system entered"));
}

MadangRecord *
madang_system_entry_get_item (const MadangSystemEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->system != NULL ? self->system : self->agency;
}

/* --- finding -------------------------------------------------------------------------------- */

/* Spaces and case count for nothing, on either side. Consonants that stand alone stay what a
 * keyboard writes. */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  g_autofree char *folded = g_utf8_casefold (normal != NULL ? normal : "", -1);
  GString *kept = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (kept, g_utf8_get_char (p));
  return g_string_free (kept, FALSE);
}

/* A consonant stands for any syllable that begins with it, and the last syllable may still grow. */
static gboolean
stands_for (gunichar typed, gboolean last, gunichar c)
{
  if (typed == c)
    return TRUE;
  if (madang_hangul_is_initial (typed))
    return madang_hangul_get_initial (c) == typed;
  return last && madang_hangul_is_open (typed) && madang_hangul_is_syllable (c)
         && madang_hangul_get_open (c) == typed;
}

static gboolean
begins_with (const char *text, const char *sought)
{
  while (*sought != '\0' && *text != '\0')
    {
      const char *next = g_utf8_next_char (sought);

      if (!stands_for (g_utf8_get_char (sought), *next == '\0', g_utf8_get_char (text)))
        return FALSE;
      sought = next;
      text = g_utf8_next_char (text);
    }
  return *sought == '\0';
}

static gboolean
holds (const char *text, const char *sought)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (begins_with (text, sought))
      return TRUE;
  return *sought == '\0';
}

gboolean
madang_system_entry_matches (const MadangSystemEntry *self, const char *typed)
{
  static const char *const fields[] = { "agency", "name", "department", "note" };
  g_autofree char *sought = fold (typed != NULL ? typed : "");

  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = fold (madang_system_entry_get_text (self, fields[i]));

      if (holds (text, sought))
        return TRUE;
    }
  return FALSE;
}
