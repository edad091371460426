/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-palette-records.h"

#include <glib/gi18n.h>

#include "madang-areas.h"
#include "madang-palette-match.h"
#include "madang-programme.h"

#define MOST_FOUND 20     /* of a kind */
#define MOST_REFERENCED 5 /* records whose names are in the titles of others */

/* One search, kind by kind. */
typedef struct
{
  MadangRecordStore *records;
  GPtrArray *hits;  /* (element-type MadangPaletteHit) */
  GHashTable *seen; /* (element-type utf8): ids */
} Search;

/* What is looked for. */
typedef struct
{
  char *typed; /* (owned) */
  guint roles;
} Question;

static void
free_question (Question *question)
{
  g_free (question->typed);
  g_free (question);
}

static void
free_hit (MadangPaletteHit *hit)
{
  g_object_unref (hit->record);
  g_free (hit->title);
  g_free (hit);
}

static const MadangField *
get_title_field (const MadangKind *kind)
{
  return kind->title_field != NULL ? madang_kind_find_field (kind, kind->title_field) : NULL;
}

static char *
dup_title (MadangRecordStore *records, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  const MadangField *field = get_title_field (kind);
  g_autoptr (MadangRecord) other = NULL;

  if (field == NULL || !madang_record_is_set (record, field->name))
    return g_strdup (madang_kind_get_label (kind));
  if (field->type != MADANG_FIELD_REFERENCE)
    return madang_record_dup_display (record, field->name);
  other = madang_record_store_get (records, madang_record_get_text (record, field->name), NULL);
  /* What a reference leads to is called by a name of its own, never by another reference. */
  if (other == NULL || madang_record_get_kind (other)->title_field == NULL)
    return g_strdup (madang_kind_get_label (kind));
  return madang_record_dup_display (other, madang_record_get_kind (other)->title_field);
}

/* (transfer full) (nullable): what the record belongs to, while there is another such year */
static MadangRecord *
find_programme (MadangRecordStore *records, MadangRecord *record)
{
  const MadangField *field = madang_record_get_kind (record)->fields;
  g_autoptr (MadangQuery) query = NULL;

  while (field->name != NULL && g_strcmp0 (field->reference, madang_programme_kind.name) != 0)
    field++;
  if (field->name == NULL || !madang_record_is_set (record, field->name))
    return NULL;
  query = madang_query_new (madang_programme_kind.name);
  if (madang_record_store_count (records, query, NULL) <= 1)
    return NULL;
  return madang_record_store_get (records, madang_record_get_text (record, field->name), NULL);
}

char *
madang_palette_dup_record_title (MadangRecordStore *records, MadangRecord *record)
{
  g_autofree char *title = dup_title (records, record);
  const char *kind = madang_kind_get_label (madang_record_get_kind (record));
  g_autoptr (MadangRecord) programme = find_programme (records, record);

  if (programme == NULL || g_str_equal (title, kind))
    return g_steal_pointer (&title);
  /* Translators: what a record is called, then the year of its programme */
  return g_strdup_printf (_ ("%s (%d)"), title,
                          (int)madang_record_get_number (programme, "year", 0));
}

static void
add_records (Search *search, GPtrArray *found)
{
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MadangRecord *record = found->pdata[i];
      MadangPaletteHit *hit;

      if (!g_hash_table_add (search->seen, g_strdup (madang_record_get_id (record))))
        continue;
      hit = g_new0 (MadangPaletteHit, 1);
      hit->record = g_object_ref (record);
      hit->title = madang_palette_dup_record_title (search->records, record);
      g_ptr_array_add (search->hits, hit);
    }
}

static GPtrArray *
find_by_text (Search *search, const char *kind, const char *text, guint limit)
{
  return madang_record_store_search (search->records, (const char *[]){ kind, NULL }, text,
                                     MADANG_SEARCH_COMPOSING, limit, NULL);
}

/* Records that are called by another's name, such as an application by its agency's. */
static void
add_by_reference (Search *search, const MadangKind *kind, const char *text)
{
  const MadangField *field = get_title_field (kind);
  g_autoptr (GPtrArray) others = NULL;

  if (field == NULL || field->type != MADANG_FIELD_REFERENCE || !field->indexed)
    return;
  others = find_by_text (search, field->reference, text, MOST_REFERENCED);
  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      g_autoptr (MadangQuery) query = madang_query_new (kind->name);
      g_autoptr (GPtrArray) found = NULL;

      madang_query_add_equal (query, field->name,
                              g_variant_new_string (madang_record_get_id (others->pdata[i])));
      madang_query_set_order (query, NULL, MADANG_QUERY_DESCENDING);
      madang_query_set_limit (query, MOST_FOUND);
      found = madang_record_store_find (search->records, query, NULL);
      add_records (search, found);
    }
}

/* What is looked for in records of this kind: the words but for those that name the kind. */
static char *
dup_text_for (const MadangKind *kind, const char *typed)
{
  g_auto (GStrv) words = g_strsplit (typed, " ", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (madang_palette_match (words[i], madang_kind_get_label (kind)) < 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_newest (Search *search, const MadangKind *kind)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind->name);
  g_autoptr (GPtrArray) found = NULL;

  madang_query_set_order (query, NULL, MADANG_QUERY_DESCENDING);
  madang_query_set_limit (query, MOST_FOUND);
  found = madang_record_store_find (search->records, query, NULL);
  add_records (search, found);
}

static void
add_of_kind (Search *search, const MadangKind *kind, const char *typed)
{
  g_autofree char *text = dup_text_for (kind, typed);
  g_autoptr (GPtrArray) found = NULL;

  if (*text == '\0')
    {
      add_newest (search, kind);
      return;
    }
  add_by_reference (search, kind, text);
  found = find_by_text (search, kind->name, text, MOST_FOUND);
  add_records (search, found);
}

static gpointer
find (MadangRecordStore *records, gpointer argument, GError **error)
{
  const Question *question = argument;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *hits = g_ptr_array_new_with_free_func ((GDestroyNotify)free_hit);
  Search search = { records, hits, seen };

  if (*question->typed == '\0')
    return hits;
  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    if (madang_area_find_for_kind ((*kind)->name, question->roles) != NULL)
      add_of_kind (&search, *kind, question->typed);
  return hits;
}

void
madang_palette_records_find_async (MadangSync *sync,
                                   const char *typed,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  MadangReading reading = {
    .read = find,
    .argument_free = (GDestroyNotify)free_question,
    .result_free = (GDestroyNotify)g_ptr_array_unref,
    .cancellable = cancellable,
  };
  MadangActor *actor;
  Question *question;

  g_return_if_fail (MADANG_IS_SYNC (sync));
  g_return_if_fail (typed != NULL);

  actor = madang_sync_get_actor (sync);
  question = g_new0 (Question, 1);
  question->typed = g_strdup (typed);
  question->roles = actor != NULL ? madang_actor_get_roles (actor) : 0;
  reading.argument = question;
  madang_sync_read_async (sync, &reading, callback, user_data);
}

GPtrArray *
madang_palette_records_find_finish (MadangSync *sync, GAsyncResult *result, GError **error)
{
  return madang_sync_read_finish (sync, result, error);
}
