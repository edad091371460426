/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "madang-error.h"
#include "madang-id.h"
#include "madang-salvage.h"
#include "madang-statement.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define A "0190a000-0000-7000-8000-00000000000a"
#define B "0190a000-0000-7000-8000-00000000000b"
#define AGENCY "agency:a"
#define KILL_ROUNDS 32
#define EDITS_A_RECORD 7

static char *
build_path (CacheFixture *fixture, const char *name)
{
  return g_build_filename (fixture->directory, name, NULL);
}

static gboolean
has_file (CacheFixture *fixture, const char *name)
{
  g_autofree char *path = build_path (fixture, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Overwrites bytes of the closed database; pages after the first, when whole is not set. */
static void
damage (CacheFixture *fixture, gboolean whole)
{
  g_autofree char *path = build_path (fixture, "madang.db");
  g_autofree char *content = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  memset (content + (whole ? 0 : 4096), 0x5a, length - (whole ? 0 : 4096));
  g_assert_true (g_file_set_contents (path, content, length, NULL));
}

/* --- damage ------------------------------------------------------------------------------- */

static void
fill (CacheFixture *fixture)
{
  cache_follow (fixture, AGENCY, NULL);
  cache_pull_one (fixture, AGENCY, A, 3, NULL, "{\"note\":\"n\",\"title\":\"old\"}");
  cache_patch (fixture, A, "title", "old", "mine");
  cache_create (fixture, B, "created");
  cache_patch (fixture, B, "note", NULL, "more");
  cache_event (fixture, B, "submit");
}

static void
assert_taken_back (CacheFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 4);
  cache_assert_text (fixture, B, "title", "created");
  cache_assert_text (fixture, B, "note", "more");
  cache_assert_state (fixture, B, "submitted", 3, FALSE);
  /* A change of a record is seen as soon as the record is there again. */
  g_assert_false (cache_has (fixture, A));
  cache_follow (fixture, AGENCY, NULL);
  cache_pull_one (fixture, AGENCY, A, 3, NULL, "{\"note\":\"n\",\"title\":\"old\"}");
  cache_assert_text (fixture, A, "title", "mine");
  cache_assert_text (fixture, A, "note", "n");

  /* The key may be another one now: the engine rotates. */
  g_autoptr (MadangSigningKey) key = madang_signing_key_new ();
  madang_cache_rotate_device (fixture->cache, CACHE_DEVICE, key, &error);
  g_assert_no_error (error);
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_assert_cmpuint (request->items->len, ==, 4);
}

static void
test_damaged (CacheFixture *fixture, gconstpointer data)
{
  fill (fixture);
  cache_close (fixture);
  damage (fixture, TRUE);
  cache_open (fixture, TRUE);
  g_assert_true (has_file (fixture, "damaged-1"));
  assert_taken_back (fixture);

  /* A second time the first one stays too. */
  cache_close (fixture);
  damage (fixture, TRUE);
  cache_open (fixture, TRUE);
  g_assert_true (has_file (fixture, "damaged-1"));
  g_assert_true (has_file (fixture, "damaged-2"));
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 4);
}

static void
test_damaged_inside (CacheFixture *fixture, gconstpointer data)
{
  fill (fixture);
  cache_close (fixture);
  damage (fixture, FALSE);
  cache_open (fixture, TRUE);
  g_assert_true (has_file (fixture, "damaged-1"));
  assert_taken_back (fixture);
}

/* Found at work, not at the start: the next start looks closely. */
static void
test_damage_found_later (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fill (fixture);
  cache_run (fixture,
             "CREATE TABLE filler (text TEXT) STRICT;"
             "INSERT INTO filler SELECT hex (zeroblob (3000)) FROM record, record AS more");
  gint64 root = cache_read_number (fixture, "SELECT rootpage FROM sqlite_schema"
                                            " WHERE name = 'record_by_kind'");
  cache_close (fixture);

  g_autofree char *path = build_path (fixture, "madang.db");
  g_autofree char *content = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  memset (content + (root - 1) * 4096, 0x5a, 4096);
  g_assert_true (g_file_set_contents (path, content, length, NULL));

  cache_open (fixture, FALSE);
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_CREATE, "leaflet",
                             "0190a000-0000-7000-8000-00000000000d");
  g_assert_false (madang_cache_queue (fixture->cache, mutation, fixture->key, CACHE_NOW, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_DAMAGED);
  cache_close (fixture);
  cache_open (fixture, TRUE);
  assert_taken_back (fixture);
}

static void
test_suspicion_unfounded (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "suspect");

  fill (fixture);
  cache_close (fixture);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  cache_open (fixture, FALSE);
  g_assert_false (has_file (fixture, "suspect"));
  cache_assert_text (fixture, A, "title", "mine");
}

static void
test_lost (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "madang.db");

  fill (fixture);
  cache_close (fixture);
  g_assert_cmpint (g_unlink (path), ==, 0);
  cache_open (fixture, TRUE);
  assert_taken_back (fixture);
}

/* What has an outcome is not taken back, and neither is what was given up. */
static void
test_only_unsent (CacheFixture *fixture, gconstpointer data)
{
  fill (fixture);
  const char *mid = cache_create (fixture, "0190a000-0000-7000-8000-00000000000d", "done");
  cache_answer_applied (fixture, mid, "0190a000-0000-7000-8000-00000000000d", "draft", 1,
                        "{\"title\":\"done\"}");
  const char *refused = cache_create (fixture, "0190a000-0000-7000-8000-00000000000e", "given up");
  cache_answer_rejected (fixture, refused, "R-A1");
  g_assert_true (madang_cache_discard (fixture->cache, refused, NULL));
  cache_close (fixture);
  damage (fixture, TRUE);
  cache_open (fixture, TRUE);
  assert_taken_back (fixture);
}

/* What the server may have got must stay as it is: it knows the mutation by its id. */
/* Killed between the log and the commit: the log says that a change is gone which is still there. */
static void
test_gone_too_early (CacheFixture *fixture, gconstpointer data)
{
  const char *mid = cache_create (fixture, A, "mine");
  const char *const gone[] = { mid, NULL };
  g_autofree char *path = build_path (fixture, "unsent.log");
  g_autoptr (GError) error = NULL;

  cache_close (fixture);
  g_autoptr (MadangSalvage) log = madang_salvage_open (path, &error);
  g_assert_true (madang_salvage_put_gone (log, gone, TRUE, &error));
  g_assert_no_error (error);
  cache_open (fixture, FALSE);
  g_assert_true (cache_has (fixture, A));
  cache_close (fixture);
  damage (fixture, TRUE);
  cache_open (fixture, TRUE);
  cache_assert_text (fixture, A, "title", "mine");
}

static void
test_taken_back_is_fixed (CacheFixture *fixture, gconstpointer data)
{
  cache_create (fixture, B, "created");
  const char *mid = cache_patch (fixture, B, "note", NULL, "more");
  g_autoptr (MadangPushRequest) before = cache_seal (fixture);
  cache_close (fixture);
  damage (fixture, TRUE);
  cache_open (fixture, TRUE);
  g_assert_true (madang_cache_set_setting (fixture->cache, "device", CACHE_DEVICE, NULL));
  g_assert_cmpstr (cache_patch (fixture, B, "note", "more", "most"), !=, mid);
  g_autoptr (MadangPushRequest) after = cache_seal (fixture);
  for (guint i = 0; i < 2; i++)
    {
      const MadangPushItem *one = g_ptr_array_index (before->items, i);
      const MadangPushItem *other = g_ptr_array_index (after->items, i);
      g_assert_true (g_bytes_equal (one->body, other->body));
    }
}

static void
test_damaged_log (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "unsent.log");
  g_autofree char *content = NULL;
  gsize length = 0;

  cache_create (fixture, A, "first");
  cache_create (fixture, B, "second");
  cache_close (fixture);
  damage (fixture, TRUE);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  content[60] = '#';
  g_assert_true (g_file_set_contents (path, content, length, NULL));
  cache_open (fixture, TRUE);
  g_assert_false (cache_has (fixture, A));
  cache_assert_text (fixture, B, "title", "second");
  /* For people who repair. */
  g_assert_true (has_file (fixture, "damaged-1.log"));

  /* The new log is whole: it does not take the old one to come back once more. */
  cache_close (fixture);
  damage (fixture, TRUE);
  cache_open (fixture, TRUE);
  cache_assert_text (fixture, B, "title", "second");
  g_assert_false (has_file (fixture, "damaged-2.log"));
}

/* A database that came from a copy: the log knows what came after it. */
static void
test_older_copy (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "madang.db");
  g_autofree char *content = NULL;
  gsize length = 0;

  cache_create (fixture, A, "first");
  cache_close (fixture);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  cache_open (fixture, FALSE);
  cache_create (fixture, B, "second");
  cache_close (fixture);
  g_assert_true (g_file_set_contents (path, content, length, NULL));
  cache_open (fixture, TRUE);
  cache_assert_text (fixture, A, "title", "first");
  cache_assert_text (fixture, B, "title", "second");
}

static gint64
get_log_size (CacheFixture *fixture)
{
  g_autofree char *path = build_path (fixture, "unsent.log");
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_size;
}

static void
test_log_is_compacted (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *before = g_strdup ("");

  const char *mid = cache_create (fixture, A, "first");
  g_assert_cmpint (get_log_size (fixture), >, 0);
  cache_answer_applied (fixture, mid, A, "draft", 1, "{\"title\":\"first\"}");
  g_assert_cmpint (get_log_size (fixture), ==, 0);

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *note = g_strnfill (19000, 'a' + i % 26);
      cache_patch (fixture, A, "note", *before != '\0' ? before : NULL, note);
      g_free (before);
      before = g_steal_pointer (&note);
    }
  g_assert_cmpint (get_log_size (fixture), <, 400 * 1024);
  cache_close (fixture);
  damage (fixture, TRUE);
  cache_open (fixture, TRUE);
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 1);
}

/* --- what is not ours to touch -------------------------------------------------------------- */

static void
test_newer (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "madang.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gboolean rebuilt = TRUE;
  gsize length_before = 0;
  gsize length_after = 0;

  fill (fixture);
  cache_run (fixture, "PRAGMA user_version = 1000");
  cache_close (fixture);
  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));
  g_assert_null (madang_cache_open (fixture->directory, &rebuilt, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NEWER_SCHEMA);
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
  g_assert_cmpint (get_log_size (fixture), >, 0);
  g_assert_false (has_file (fixture, "damaged-1"));
}

static void
test_modes (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *database = build_path (fixture, "madang.db");
  g_autofree char *log = build_path (fixture, "unsent.log");
  GStatBuf status;

  g_assert_cmpint (g_stat (fixture->directory, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (database, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (log, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpstr (madang_cache_get_path (fixture->cache), ==, database);
}

static void
test_settings (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *device = madang_cache_dup_setting (fixture->cache, "device");

  g_assert_cmpstr (device, ==, CACHE_DEVICE);
  g_assert_null (madang_cache_dup_setting (fixture->cache, "nothing"));
  g_assert_true (madang_cache_set_setting (fixture->cache, "account", "하나", NULL));
  g_assert_true (madang_cache_set_setting (fixture->cache, "account", "둘", NULL));
  cache_close (fixture);
  cache_open (fixture, FALSE);
  g_autofree char *account = madang_cache_dup_setting (fixture->cache, "account");
  g_assert_cmpstr (account, ==, "둘");
  g_assert_true (madang_cache_set_setting (fixture->cache, "account", NULL, NULL));
  g_assert_null (madang_cache_dup_setting (fixture->cache, "account"));
}

/* --- killed ------------------------------------------------------------------------------- */

/* Writes without an end, and says after each edit what is safe now. Records get several edits,
 * so that merging, sealing and answers are interrupted too. */
static G_GNUC_NORETURN void
write_until_killed (CacheFixture *fixture, int output)
{
  for (gint64 count = 0;; count++)
    {
      g_autofree char *id = madang_id_new ();
      const char *mid = cache_create (fixture, id, "0");

      for (guint i = 0; i < EDITS_A_RECORD; i++)
        {
          g_autofree char *from = g_strdup_printf ("%u", i);
          g_autofree char *to = g_strdup_printf ("%u", i + 1);
          cache_patch (fixture, id, "title", from, to);
          g_autofree char *line = g_strdup_printf ("%s %u\n", id, i + 1);
          if (write (output, line, strlen (line)) != (gssize)strlen (line))
            _exit (1);
        }
      if (count % 3 == 0)
        cache_answer_applied (fixture, mid, id, "draft", 1, "{\"title\":\"0\"}");
      if (count % 5 == 0)
        {
          g_autoptr (MadangPushRequest) request = cache_seal (fixture);
          g_assert_nonnull (request);
        }
    }
}

/* Reads on until that many lines are there, or to the end. */
static void
read_lines (int input, GString *text, guint n_lines)
{
  char buffer[64];
  ssize_t length;

  while (n_lines > 0 && (length = read (input, buffer, sizeof buffer)) > 0)
    {
      g_string_append_len (text, buffer, length);
      for (ssize_t i = 0; i < length && n_lines > 0; i++)
        n_lines -= buffer[i] == '\n';
    }
}

/* What the child said to be safe: id -> the last value. */
static GHashTable *
parse_acknowledged (const char *text)
{
  GHashTable *acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 2);
      g_hash_table_replace (acknowledged, g_strdup (words[0]), g_strdup (words[1]));
    }
  return acknowledged;
}

static guint
assert_all_there (CacheFixture *fixture, GHashTable *acknowledged)
{
  GHashTableIter iter;
  gpointer id;
  gpointer value;

  g_hash_table_iter_init (&iter, acknowledged);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      g_autoptr (MadangRecord) record = cache_get (fixture, id);
      g_assert_nonnull (record);
      /* The edit that was being written may be there as well. */
      gint64 title = g_ascii_strtoll (madang_record_get_text (record, "title"), NULL, 10);
      gint64 safe = g_ascii_strtoll (value, NULL, 10);
      g_assert_cmpint (title, >=, safe);
      g_assert_cmpint (title, <=, safe + 1);
    }
  return g_hash_table_size (acknowledged);
}

static pid_t
start_writer (CacheFixture *fixture, int *output)
{
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  pid_t child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      close (ends[0]);
      cache_open (fixture, FALSE);
      write_until_killed (fixture, ends[1]);
    }
  close (ends[1]);
  *output = ends[0];
  return child;
}

/* Some edits after its start, at any instant of the next ones. */
static GHashTable *
run_and_kill (CacheFixture *fixture)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int output = -1;
  int status = 0;
  pid_t child = start_writer (fixture, &output);

  read_lines (output, text, g_test_rand_int_range (1, 15));
  g_usleep (g_test_rand_int_range (0, 3000));
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  read_lines (output, text, G_MAXUINT);
  close (output);
  return parse_acknowledged (text->str);
}

static void
test_killed (CacheFixture *fixture, gconstpointer data)
{
  guint n_records = 0;

  cache_follow (fixture, AGENCY, NULL);
  for (guint round = 0; round < KILL_ROUNDS; round++)
    {
      cache_close (fixture);
      g_autoptr (GHashTable) acknowledged = run_and_kill (fixture);
      g_autoptr (GError) error = NULL;

      fixture->cache = madang_cache_open (fixture->directory, NULL, &error);
      g_assert_no_error (error);
      n_records += assert_all_there (fixture, acknowledged);
      if (round % 8 == 0)
        g_assert_true (madang_database_check (
            madang_record_store_get_database (madang_cache_get_records (fixture->cache)), NULL));
    }
  g_assert_cmpuint (n_records, >=, KILL_ROUNDS);
}

int
main (int argc, char *argv[])
{
  cache_init (&argc, &argv);

#define ADD(path, function)                                                                        \
  g_test_add (path, CacheFixture, NULL, cache_set_up, function, cache_tear_down)
  ADD ("/cache/damaged", test_damaged);
  ADD ("/cache/damaged/inside", test_damaged_inside);
  ADD ("/cache/damaged/found-later", test_damage_found_later);
  ADD ("/cache/damaged/unfounded", test_suspicion_unfounded);
  ADD ("/cache/damaged/lost", test_lost);
  ADD ("/cache/damaged/only-unsent", test_only_unsent);
  ADD ("/cache/damaged/gone-too-early", test_gone_too_early);
  ADD ("/cache/damaged/fixed", test_taken_back_is_fixed);
  ADD ("/cache/damaged/log", test_damaged_log);
  ADD ("/cache/damaged/older-copy", test_older_copy);
  ADD ("/cache/log/compacted", test_log_is_compacted);
  ADD ("/cache/newer", test_newer);
  ADD ("/cache/modes", test_modes);
  ADD ("/cache/settings", test_settings);
  ADD ("/cache/killed", test_killed);
  return g_test_run ();
}
