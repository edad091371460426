/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "leaflet.h"
#include "temporary-folder.h"

#include "madang-statement.h"
#include "madang-wire-record.h"

#include <unistd.h>

/* What a killed process has written the kernel still has, so nothing here needs a disk; on one, the
 * waiting for it takes most of the time. */
void
cache_init (int *argc, char ***argv)
{
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) && access ("/dev/shm", W_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  g_test_init (argc, argv, NULL);
  leaflet_register ();
}

/* --- the cache ---------------------------------------------------------------------------- */

void
cache_open (CacheFixture *fixture, gboolean rebuilt)
{
  g_autoptr (GError) error = NULL;
  gboolean was_rebuilt = FALSE;

  fixture->cache = madang_cache_open (fixture->directory, &was_rebuilt, &error);
  g_assert_no_error (error);
  g_assert_cmpint (was_rebuilt, ==, rebuilt);
}

void
cache_close (CacheFixture *fixture)
{
  madang_cache_close (fixture->cache);
  g_assert_finalize_object (g_steal_pointer (&fixture->cache));
}

void
cache_set_up (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = temporary_folder_new ();
  fixture->key = madang_signing_key_new ();
  fixture->changed = g_ptr_array_new_with_free_func (g_free);
  fixture->told
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  cache_open (fixture, FALSE);
  madang_cache_set_setting (fixture->cache, "device", CACHE_DEVICE, &error);
  g_assert_no_error (error);
}

void
cache_tear_down (CacheFixture *fixture, gconstpointer data)
{
  if (fixture->cache != NULL)
    cache_close (fixture);
  madang_signing_key_free (fixture->key);
  g_ptr_array_unref (fixture->changed);
  g_hash_table_unref (fixture->told);
  temporary_folder_remove (fixture->directory);
  g_free (fixture->directory);
}

void
cache_follow (CacheFixture *fixture, const char *first, ...)
{
  g_autoptr (GPtrArray) scopes = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  va_list list;

  va_start (list, first);
  for (const char *scope = first; scope != NULL; scope = va_arg (list, const char *))
    g_ptr_array_add (scopes, (gpointer)scope);
  va_end (list);
  g_ptr_array_add (scopes, NULL);
  madang_cache_set_scopes (fixture->cache, (const char *const *)scopes->pdata, fixture->changed,
                           &error);
  g_assert_no_error (error);
}

static MadangDatabase *
get_database (CacheFixture *fixture)
{
  return madang_record_store_get_database (madang_cache_get_records (fixture->cache));
}

gint64
cache_read_number (CacheFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (get_database (fixture), sql, &error);

  g_assert_no_error (error);
  g_assert_true (madang_statement_step (statement, &error));
  g_assert_no_error (error);
  return madang_statement_get_number (statement, 0);
}

void
cache_run (CacheFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  madang_database_run (get_database (fixture), sql, &error);
  g_assert_no_error (error);
}

/* --- what the person does ------------------------------------------------------------------ */

static void
add_edit (MadangMutation *mutation, const char *path, GVariant *from, GVariant *to)
{
  g_ptr_array_add (mutation->edits, madang_edit_new (path, from, to));
}

static GVariant *
new_text (const char *text)
{
  return text != NULL ? g_variant_new_string (text) : NULL;
}

MadangMutation *
cache_new_patch (const char *id, const char *path, GVariant *from, GVariant *to)
{
  MadangMutation *mutation = madang_mutation_new (MADANG_OPERATION_PATCH, "leaflet", id);

  add_edit (mutation, path, from, to);
  return mutation;
}

void
cache_queue (CacheFixture *fixture, MadangMutation *mutation)
{
  g_autoptr (GError) error = NULL;

  madang_cache_queue (fixture->cache, mutation, fixture->key, CACHE_NOW, &error);
  g_assert_no_error (error);
}

const char *
cache_create (CacheFixture *fixture, const char *id, const char *title)
{
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_CREATE, "leaflet", id);

  mutation->scope = g_strdup ("agency:a");
  add_edit (mutation, "title", NULL, new_text (title));
  cache_queue (fixture, mutation);
  return g_intern_string (mutation->mid);
}

const char *
cache_patch (
    CacheFixture *fixture, const char *id, const char *field, const char *from, const char *to)
{
  g_autoptr (MadangMutation) mutation = cache_new_patch (id, field, new_text (from), new_text (to));

  cache_queue (fixture, mutation);
  return g_intern_string (mutation->mid);
}

const char *
cache_patch_number (
    CacheFixture *fixture, const char *id, const char *field, gint64 from, gint64 to)
{
  g_autoptr (MadangMutation) mutation
      = cache_new_patch (id, field, g_variant_new_int64 (from), g_variant_new_int64 (to));

  cache_queue (fixture, mutation);
  return g_intern_string (mutation->mid);
}

const char *
cache_event (CacheFixture *fixture, const char *id, const char *event)
{
  g_autoptr (MadangMutation) mutation = madang_mutation_new (MADANG_OPERATION_EVENT, "leaflet", id);

  mutation->event = g_strdup (event);
  cache_queue (fixture, mutation);
  return g_intern_string (mutation->mid);
}

MadangRecord *
cache_get (CacheFixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  MadangRecord *record
      = madang_record_store_get (madang_cache_get_records (fixture->cache), id, &error);

  g_assert_no_error (error);
  return record;
}

gboolean
cache_has (CacheFixture *fixture, const char *id)
{
  g_autoptr (MadangRecord) record = cache_get (fixture, id);

  return record != NULL;
}

GPtrArray *
cache_list_waiting (CacheFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = madang_cache_list_waiting (fixture->cache, &error);

  g_assert_no_error (error);
  return list;
}

MadangWaiting *
cache_get_waiting (GPtrArray *list, guint index)
{
  g_assert_cmpuint (list->len, >, index);
  return g_ptr_array_index (list, index);
}

void
cache_discard (CacheFixture *fixture, const char *mid)
{
  g_autoptr (GError) error = NULL;

  madang_cache_discard (fixture->cache, mid, &error);
  g_assert_no_error (error);
}

/* --- what the server tells ------------------------------------------------------------------ */

typedef struct
{
  char *id;
  MadangPart part;
  gint64 version;
} ToldPart;

static void
free_told (ToldPart *told)
{
  g_free (told->id);
  g_free (told);
}

static GHashTable *
get_told (CacheFixture *fixture, const char *scope)
{
  GHashTable *parts = g_hash_table_lookup (fixture->told, scope);

  if (parts != NULL)
    return parts;
  parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)free_told);
  g_hash_table_insert (fixture->told, g_strdup (scope), parts);
  return parts;
}

static char *
make_told_key (const char *id, MadangPart part)
{
  return g_strdup_printf ("%s/%d", id, part);
}

static void
note_told (CacheFixture *fixture, const MadangPullLine *line)
{
  GHashTable *parts = get_told (fixture, line->scope);
  g_autofree char *key = NULL;

  if (line->type == MADANG_PULL_RESET)
    g_hash_table_remove_all (parts);
  if (line->id == NULL)
    return;
  key = make_told_key (line->id, line->part);
  if (line->type != MADANG_PULL_PUT)
    {
      g_hash_table_remove (parts, key);
      return;
    }
  ToldPart *told = g_new0 (ToldPart, 1);
  told->id = g_strdup (line->id);
  told->part = line->part;
  told->version = line->version;
  g_hash_table_replace (parts, g_steal_pointer (&key), told);
}

gboolean
cache_tell (CacheFixture *fixture, const MadangPullLine *line, GError **error)
{
  return madang_cache_pull_line (fixture->cache, line, fixture->changed, error);
}

static void
tell (CacheFixture *fixture, MadangPullLine *line)
{
  g_autoptr (GError) error = NULL;

  note_told (fixture, line);
  cache_tell (fixture, line, &error);
  g_assert_no_error (error);
  madang_pull_line_free (line);
}

static MadangPullLine *
new_line (MadangPullLineType type, const char *scope)
{
  MadangPullLine *line = madang_pull_line_new ();

  line->type = type;
  line->scope = g_strdup (scope);
  return line;
}

static MadangPullLine *
new_row (MadangPullLineType type, const char *scope, const char *id, MadangPart part)
{
  MadangPullLine *line = new_line (type, scope);

  line->kind = g_strdup ("leaflet");
  line->id = g_strdup (id);
  line->part = part;
  return line;
}

void
cache_tell_put (CacheFixture *fixture,
                const char *scope,
                const char *id,
                MadangPart part,
                gint64 version,
                const char *state,
                const char *doc)
{
  MadangPullLine *line = new_row (MADANG_PULL_PUT, scope, id, part);

  line->version = version;
  line->state = g_strdup (state != NULL ? state : "draft");
  line->home = g_strdup ("agency:a");
  line->doc = g_strdup (doc);
  tell (fixture, line);
}

void
cache_tell_title (
    CacheFixture *fixture, const char *scope, const char *id, gint64 version, const char *title)
{
  g_autofree char *doc = g_strdup_printf ("{\"title\":\"%s\"}", title);

  cache_tell_put (fixture, scope, id, MADANG_PART_MAIN, version, NULL, doc);
}

void
cache_tell_put_kind (CacheFixture *fixture,
                     const char *scope,
                     const char *kind,
                     const char *id,
                     gint64 version,
                     const char *state,
                     const char *doc)
{
  MadangPullLine *line = new_row (MADANG_PULL_PUT, scope, id, MADANG_PART_MAIN);

  g_free (line->kind);
  line->kind = g_strdup (kind);
  line->version = version;
  line->state = g_strdup (state);
  line->home = g_strdup ("agency:a");
  line->doc = g_strdup (doc);
  tell (fixture, line);
}

void
cache_tell_delete (
    CacheFixture *fixture, const char *scope, const char *id, MadangPart part, gint64 version)
{
  MadangPullLine *line = new_row (MADANG_PULL_DELETE, scope, id, part);

  line->version = version;
  tell (fixture, line);
}

void
cache_tell_delete_kind (
    CacheFixture *fixture, const char *scope, const char *kind, const char *id, gint64 version)
{
  MadangPullLine *line = new_row (MADANG_PULL_DELETE, scope, id, MADANG_PART_MAIN);

  g_free (line->kind);
  line->kind = g_strdup (kind);
  line->version = version;
  tell (fixture, line);
}

void
cache_tell_left (CacheFixture *fixture, const char *scope, const char *id, MadangPart part)
{
  tell (fixture, new_row (MADANG_PULL_LEFT, scope, id, part));
}

void
cache_tell_reset (CacheFixture *fixture, const char *scope)
{
  tell (fixture, new_line (MADANG_PULL_RESET, scope));
}

void
cache_tell_mark (CacheFixture *fixture, const char *scope, const char *cursor)
{
  MadangPullLine *line = new_line (MADANG_PULL_MARK, scope);

  line->cursor = g_strdup (cursor);
  tell (fixture, line);
}

static MadangPullLine *
new_done (CacheFixture *fixture, const char *scope, const char *cursor)
{
  MadangPullLine *line = new_line (MADANG_PULL_DONE, scope);
  GHashTableIter iter;
  gpointer value;

  line->cursor = g_strdup (cursor);
  g_hash_table_iter_init (&iter, get_told (fixture, scope));
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const ToldPart *told = value;
      line->count++;
      line->sum += madang_wire_digest_term (told->id, told->part, told->version);
    }
  return line;
}

void
cache_tell_done (CacheFixture *fixture, const char *scope, const char *cursor)
{
  tell (fixture, new_done (fixture, scope, cursor));
}

void
cache_tell_wrong_done (CacheFixture *fixture, const char *scope, const char *cursor)
{
  MadangPullLine *line = new_done (fixture, scope, cursor);

  line->sum++;
  tell (fixture, line);
}

void
cache_pull_one (CacheFixture *fixture,
                const char *scope,
                const char *id,
                gint64 version,
                const char *state,
                const char *doc)
{
  g_autofree char *cursor = g_strdup_printf ("e.%s.%" G_GINT64_FORMAT, id, version);

  cache_tell_put (fixture, scope, id, MADANG_PART_MAIN, version, state, doc);
  cache_tell_done (fixture, scope, cursor);
  madang_cache_pull_finish (fixture->cache);
}

void
cache_pull_old (CacheFixture *fixture, const char *id)
{
  cache_follow (fixture, "agency:a", NULL);
  cache_pull_one (fixture, "agency:a", id, 3, NULL, CACHE_OLD);
}

char *
cache_dup_cursor (CacheFixture *fixture, const char *scope)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPullRequest) request = madang_cache_build_pull (fixture->cache, &error);

  g_assert_no_error (error);
  return g_strdup (g_hash_table_lookup (request->cursors, scope));
}

void
cache_assert_cursor (CacheFixture *fixture, const char *scope, const char *cursor)
{
  g_autofree char *found = cache_dup_cursor (fixture, scope);

  g_assert_cmpstr (found, ==, cursor);
}

/* --- what the server answers ----------------------------------------------------------------- */

MadangPushRequest *
cache_seal (CacheFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MadangPushRequest *request = madang_cache_seal (fixture->cache, &error);

  g_assert_no_error (error);
  return request;
}

MadangPushResult *
cache_new_result (const char *mid, MadangOutcome outcome)
{
  MadangPushResult *result = madang_push_result_new ();

  result->mid = g_strdup (mid);
  result->outcome = outcome;
  return result;
}

void
cache_result_record (
    MadangPushResult *result, const char *id, const char *state, gint64 version, const char *doc)
{
  result->kind = g_strdup ("leaflet");
  result->id = g_strdup (id);
  result->home = g_strdup ("agency:a");
  result->state = g_strdup (state);
  result->versions[MADANG_PART_MAIN] = version;
  result->docs[MADANG_PART_MAIN] = g_strdup (doc);
}

const MadangPushItem *
cache_get_item (const MadangPushRequest *request, guint index)
{
  g_assert_cmpuint (request->items->len, >, index);
  return g_ptr_array_index (request->items, index);
}

char *
cache_dup_item_mid (const MadangPushRequest *request, guint index)
{
  g_autoptr (GError) error = NULL;
  char *mid = madang_mutation_read_mid (cache_get_item (request, index)->body, &error);

  g_assert_no_error (error);
  return mid;
}

void
cache_answer (CacheFixture *fixture, MadangPushResult *first, ...)
{
  g_autoptr (MadangPushReply) reply = madang_push_reply_new ();
  g_autoptr (GError) error = NULL;
  va_list list;

  va_start (list, first);
  for (MadangPushResult *result = first; result != NULL; result = va_arg (list, MadangPushResult *))
    g_ptr_array_add (reply->results, result);
  va_end (list);
  madang_cache_apply_results (fixture->cache, reply, CACHE_NOW, fixture->changed, &error);
  g_assert_no_error (error);
}

void
cache_answer_applied (CacheFixture *fixture,
                      const char *mid,
                      const char *id,
                      const char *state,
                      gint64 version,
                      const char *doc)
{
  MadangPushResult *result = cache_new_result (mid, MADANG_OUTCOME_APPLIED);

  cache_result_record (result, id, state, version, doc);
  cache_answer (fixture, result, NULL);
}

void
cache_answer_rejected (CacheFixture *fixture, const char *mid, const char *code)
{
  MadangPushResult *result = cache_new_result (mid, MADANG_OUTCOME_REJECTED);

  result->code = g_strdup (code);
  result->arguments = g_strsplit ("title,2020-03-13", ",", -1);
  cache_answer (fixture, result, NULL);
}
