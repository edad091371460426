/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-kind.h"
#include "storage-conformance-private.h"

#include "madang-error.h"
#include "madang-wire-record.h"

#define MAIN (1 << MADANG_PART_MAIN)
#define PERSONAL (1 << MADANG_PART_PERSONAL)
#define N_RANDOM_WRITES 1000

#define assert_feed(fixture, scope, expected)                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *feed_ = storage_fixture_dup_feed ((fixture)->storage, scope, 0, 1000);        \
    g_assert_cmpstr (feed_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static MadangRecord *
read_back (MadangStorage *storage, MadangRecord *record)
{
  g_autoptr (GError) error = NULL;
  MadangRecord *back = madang_record_store_get_any (madang_storage_get_records (storage),
                                                    madang_record_get_id (record), &error);

  g_assert_no_error (error);
  g_assert_nonnull (back);
  return back;
}

static void
move_to_agency (MadangRecord *record, const char *agency)
{
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);

  sample_set_text (record, "agency", agency);
  madang_record_set_scope (record, scope);
}

/* --- what goes where ---------------------------------------------------------------------- */

static void
test_new_record (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "제목");

  storage_fixture_write (fixture, record, 0);
  g_assert_cmpint (madang_record_get_version (record, MADANG_PART_MAIN), ==, 1);
  g_assert_cmpint (madang_record_get_version (record, MADANG_PART_PERSONAL), ==, 1);
  assert_feed (fixture, "agency:11010", "1 put main v1 draft, 2 put personal v1 draft");
  assert_feed (fixture, "office", "");
  assert_feed (fixture, "office-personal", "");
  g_assert_cmpint (madang_storage_get_head (fixture->storage, "agency:11010"), ==, 2);
  g_assert_cmpint (madang_storage_get_head (fixture->storage, "office"), ==, 0);

  g_autoptr (MadangRecord) back = read_back (fixture->storage, record);
  g_assert_cmpint (madang_record_get_version (back, MADANG_PART_PERSONAL), ==, 1);
}

static void
test_submit (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "제목");

  storage_fixture_write (fixture, record, 0);
  madang_record_set_state (record, "submitted");
  storage_fixture_write (fixture, record, 0);
  assert_feed (fixture, "agency:11010", "2 put personal v1 submitted, 3 put main v2 submitted");
  assert_feed (fixture, "office", "1 put main v2 submitted");
  assert_feed (fixture, "office-personal", "1 put personal v1 submitted");

  madang_record_set_state (record, "draft");
  storage_fixture_write (fixture, record, 0);
  assert_feed (fixture, "office", "2 left main");
  assert_feed (fixture, "office-personal", "2 left personal");
  madang_record_set_state (record, "submitted");
  storage_fixture_write (fixture, record, 0);
  assert_feed (fixture, "office", "3 put main v4 submitted");
  assert_feed (fixture, "office-personal", "3 put personal v1 submitted");
}

static void
test_changed_parts (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "제목");

  madang_record_set_state (record, "submitted");
  storage_fixture_write (fixture, record, 0);
  sample_set_text (record, "phone", "02-0000-0000");
  storage_fixture_write (fixture, record, PERSONAL);
  g_assert_cmpint (madang_record_get_version (record, MADANG_PART_MAIN), ==, 1);
  g_assert_cmpint (madang_record_get_version (record, MADANG_PART_PERSONAL), ==, 2);
  assert_feed (fixture, "agency:11010", "1 put main v1 submitted, 3 put personal v2 submitted");
  assert_feed (fixture, "office", "1 put main v1 submitted");
  assert_feed (fixture, "office-personal", "2 put personal v2 submitted");

  storage_fixture_write (fixture, record, MAIN | PERSONAL);
  assert_feed (fixture, "agency:11010", "4 put main v2 submitted, 5 put personal v3 submitted");
}

static void
test_moved_scope (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "제목");

  storage_fixture_write (fixture, record, 0);
  move_to_agency (record, "11020");
  storage_fixture_write (fixture, record, MAIN);
  assert_feed (fixture, "agency:11010", "3 left main, 4 left personal");
  assert_feed (fixture, "agency:11020", "1 put main v2 draft, 2 put personal v1 draft");
  move_to_agency (record, "11010");
  storage_fixture_write (fixture, record, MAIN);
  assert_feed (fixture, "agency:11010", "5 put main v3 draft, 6 put personal v1 draft");
  assert_feed (fixture, "agency:11020", "3 left main, 4 left personal");
}

static void
test_deleted (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "제목");
  gint64 count = -1;
  guint64 sum = 1;

  storage_fixture_write (fixture, record, 0);
  move_to_agency (record, "11020");
  storage_fixture_write (fixture, record, MAIN);
  madang_record_set_deleted (record, TRUE);
  storage_fixture_write (fixture, record, 0);
  assert_feed (fixture, "agency:11020", "3 del main v3, 4 del personal v2");
  assert_feed (fixture, "agency:11010", "3 left main, 4 left personal");
  g_assert_true (madang_storage_read_digest (fixture->storage, "agency:11020", &count, &sum));
  g_assert_cmpint (count, ==, 0);
  g_assert_cmpuint (sum, ==, 0);

  g_autoptr (MadangRecord) back = read_back (fixture->storage, record);
  g_assert_true (madang_record_get_deleted (back));
  g_assert_cmpint (madang_record_get_version (back, MADANG_PART_MAIN), ==, 3);
}

/* --- reading ------------------------------------------------------------------------------ */

static gboolean
keep_line (const MadangPullLine *line, gpointer user_data)
{
  MadangPullLine *kept = madang_pull_line_new ();

  kept->type = line->type;
  kept->scope = g_strdup (line->scope);
  kept->kind = g_strdup (line->kind);
  kept->id = g_strdup (line->id);
  kept->part = line->part;
  kept->version = line->version;
  kept->seq = line->seq;
  kept->home = g_strdup (line->home);
  kept->doc = g_strdup (line->doc);
  g_ptr_array_add (user_data, kept);
  return line->seq < 3;
}

static void
test_line_content (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "제목");
  g_autoptr (GPtrArray) lines
      = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_pull_line_free);
  g_autoptr (GError) error = NULL;

  sample_set_text (record, "phone", "02-0000-0000");
  storage_fixture_write (fixture, record, 0);
  madang_storage_read_feed (fixture->storage, "agency:11010", 0, 10, keep_line, lines, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, 2);
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    {
      const MadangPullLine *line = g_ptr_array_index (lines, part);
      g_autofree char *doc = madang_wire_encode_part (record, part);
      g_assert_cmpint (line->part, ==, part);
      g_assert_cmpstr (line->scope, ==, "agency:11010");
      g_assert_cmpstr (line->kind, ==, "sample");
      g_assert_cmpstr (line->id, ==, madang_record_get_id (record));
      g_assert_cmpstr (line->home, ==, "agency:11010");
      g_assert_cmpstr (line->doc, ==, doc);
    }
}

/* What is gone takes no content along. */
static void
test_gone_has_no_content (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "제목");
  g_autoptr (GPtrArray) lines
      = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_pull_line_free);

  storage_fixture_write (fixture, record, 0);
  move_to_agency (record, "11020");
  storage_fixture_write (fixture, record, MAIN);
  g_assert_true (
      madang_storage_read_feed (fixture->storage, "agency:11010", 0, 10, keep_line, lines, NULL));
  const MadangPullLine *line = g_ptr_array_index (lines, 0);
  g_assert_cmpint (line->type, ==, MADANG_PULL_LEFT);
  g_assert_cmpstr (line->id, ==, madang_record_get_id (record));
  g_assert_null (line->doc);
  g_assert_null (line->home);
  g_assert_null (line->state);
}

static void
test_pages (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (GPtrArray) lines
      = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_pull_line_free);

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (MadangRecord) record = sample_new ("11010", "제목");
      storage_fixture_write (fixture, record, 0);
    }
  g_autofree char *middle = storage_fixture_dup_feed (fixture->storage, "agency:11010", 2, 3);
  g_assert_cmpstr (middle, ==, "3 put main v1 draft, 4 put personal v1 draft, 5 put main v1 draft");
  g_autofree char *end = storage_fixture_dup_feed (fixture->storage, "agency:11010", 6, 3);
  g_assert_cmpstr (end, ==, "");
  g_autofree char *unknown = storage_fixture_dup_feed (fixture->storage, "agency:none", 0, 3);
  g_assert_cmpstr (unknown, ==, "");

  g_assert_true (
      madang_storage_read_feed (fixture->storage, "agency:11010", 0, 100, keep_line, lines, NULL));
  g_assert_cmpuint (lines->len, ==, 3);
}

static void
test_snapshot (StorageFixture *fixture, gconstpointer data)
{
  const StorageMaker *maker = data;
  g_autoptr (MadangStorage) reader = maker->open (fixture->place, MADANG_DATABASE_READ);
  g_autoptr (MadangRecord) record = sample_new ("11010", "제목");

  g_assert_true (madang_storage_begin (reader, NULL));
  storage_fixture_write (fixture, record, 0);
  g_assert_cmpint (madang_storage_get_head (reader, "agency:11010"), ==, 0);
  g_autofree char *before = storage_fixture_dup_feed (reader, "agency:11010", 0, 10);
  g_assert_cmpstr (before, ==, "");
  g_assert_true (madang_storage_commit (reader, NULL));
  g_assert_cmpint (madang_storage_get_head (reader, "agency:11010"), ==, 2);
}

static void
test_rollback (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "제목");
  g_autoptr (GError) error = NULL;

  g_assert_true (madang_storage_begin (fixture->storage, NULL));
  g_assert_true (madang_storage_write_record (fixture->storage, record, 0, NULL));
  madang_storage_rollback (fixture->storage);
  g_assert_cmpint (madang_storage_get_head (fixture->storage, "agency:11010"), ==, 0);
  g_assert_null (madang_record_store_get_any (madang_storage_get_records (fixture->storage),
                                              madang_record_get_id (record), &error));
  g_assert_no_error (error);
}

/* What came before the mark and what comes after it stays. */
static void
test_mark (StorageFixture *fixture, gconstpointer maker)
{
  MadangStorage *storage = fixture->storage;
  g_autoptr (MadangRecord) kept = sample_new ("11010", "제목");
  g_autoptr (MadangRecord) undone = sample_new ("11010", "지운 제목");
  g_autoptr (MadangRecord) last = sample_new ("11020", "마지막 제목");
  g_autoptr (GError) error = NULL;

  g_assert_true (madang_storage_begin (storage, NULL));
  g_assert_true (madang_storage_mark (storage, NULL));
  g_assert_true (madang_storage_write_record (storage, kept, 0, NULL));
  g_assert_true (madang_storage_keep (storage, NULL));
  g_assert_true (madang_storage_mark (storage, NULL));
  g_assert_true (madang_storage_write_record (storage, undone, 0, NULL));
  madang_storage_undo (storage);
  g_assert_true (madang_storage_write_record (storage, last, 0, NULL));
  g_assert_true (madang_storage_commit (storage, NULL));

  assert_feed (fixture, "agency:11010", "1 put main v1 draft, 2 put personal v1 draft");
  assert_feed (fixture, "agency:11020", "1 put main v1 draft, 2 put personal v1 draft");
  g_assert_null (madang_record_store_get_any (madang_storage_get_records (storage),
                                              madang_record_get_id (undone), &error));
  g_assert_no_error (error);
}

/* --- conflicts ---------------------------------------------------------------------------- */

static void
assert_write_conflicts (MadangStorage *storage, MadangRecord *record)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_storage_write_record (storage, record, MAIN, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_CONFLICT);
}

static void
test_stale (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (MadangRecord) record = sample_new ("11010", "제목");

  storage_fixture_write (fixture, record, 0);
  g_autoptr (MadangRecord) stale = read_back (fixture->storage, record);
  storage_fixture_write (fixture, record, MAIN);
  g_assert_true (madang_storage_begin (fixture->storage, NULL));
  assert_write_conflicts (fixture->storage, stale);
  g_assert_true (madang_storage_commit (fixture->storage, NULL));
  assert_feed (fixture, "agency:11010", "2 put personal v1 draft, 3 put main v2 draft");
}

static void
test_unique (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (MadangRecord) first = sample_new ("11010", "처음");
  g_autoptr (MadangRecord) second = sample_new ("11010", "둘째");
  g_autoptr (MadangRecord) third = sample_new ("11010", "셋째");

  sample_set_text (first, "code", "A-1");
  sample_set_text (second, "code", "A-1");
  storage_fixture_write (fixture, first, 0);
  g_assert_true (madang_storage_begin (fixture->storage, NULL));
  assert_write_conflicts (fixture->storage, second);
  g_assert_cmpint (madang_record_get_version (second, MADANG_PART_MAIN), ==, 0);
  g_assert_true (madang_storage_write_record (fixture->storage, third, 0, NULL));
  g_assert_true (madang_storage_commit (fixture->storage, NULL));
  g_assert_cmpint (madang_storage_get_head (fixture->storage, "agency:11010"), ==, 4);
  sample_set_text (second, "code", "A-2");
  storage_fixture_write (fixture, second, 0);
}

/* --- the digest --------------------------------------------------------------------------- */

static const char *const random_scopes[]
    = { "agency:11010", "agency:11020", "agency:11030", "office", "office-personal" };

/* A follower of one scope: what it holds is the whole truth of the feed. */
typedef struct
{
  GHashTable *held; /* "id/part" -> version */
  gint64 seq;
} Follower;

static gboolean
follow_line (const MadangPullLine *line, gpointer user_data)
{
  Follower *follower = user_data;
  g_autofree char *key = g_strdup_printf ("%s/%d", line->id, line->part);

  g_assert_cmpint (line->seq, >, follower->seq);
  follower->seq = line->seq;
  if (line->type == MADANG_PULL_PUT)
    g_hash_table_insert (follower->held, g_steal_pointer (&key),
                         GINT_TO_POINTER ((int)line->version));
  else
    g_hash_table_remove (follower->held, key);
  return TRUE;
}

static guint64
add_up (GHashTable *held)
{
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer version = NULL;
  guint64 sum = 0;

  g_hash_table_iter_init (&iter, held);
  while (g_hash_table_iter_next (&iter, &key, &version))
    {
      g_auto (GStrv) parts = g_strsplit (key, "/", 2);
      sum += madang_wire_digest_term (parts[0], atoi (parts[1]), GPOINTER_TO_INT (version));
    }
  return sum;
}

static void
catch_up (MadangStorage *storage, const char *scope, Follower *follower)
{
  gint64 count = -1;
  guint64 sum = 0;

  g_assert_true (madang_storage_read_feed (storage, scope, follower->seq, G_MAXINT, follow_line,
                                           follower, NULL));
  g_assert_true (madang_storage_read_digest (storage, scope, &count, &sum));
  g_assert_cmpint (count, ==, g_hash_table_size (follower->held));
  g_assert_cmpuint (sum, ==, add_up (follower->held));
  g_assert_cmpint (follower->seq, ==, madang_storage_get_head (storage, scope));
}

static guint
change_at_random (MadangRecord *record)
{
  static const char *const agencies[] = { "11010", "11020", "11030" };
  g_autofree char *text = g_strdup_printf ("글 %d", g_test_rand_int ());

  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      madang_record_set_deleted (record, TRUE);
      return 0;
    case 1:
      move_to_agency (record, agencies[g_test_rand_int_range (0, 3)]);
      return MAIN;
    case 2:
    case 3:
      madang_record_set_state (record, g_test_rand_bit () ? "submitted" : "draft");
      return 0;
    case 4:
    case 5:
      sample_set_text (record, "phone", text);
      return PERSONAL;
    default:
      sample_set_text (record, "title", text);
      return MAIN;
    }
}

static void
write_at_random (StorageFixture *fixture, GPtrArray *records)
{
  if (records->len < 5 || g_test_rand_int_range (0, 4) == 0)
    {
      MadangRecord *record = sample_new ("11010", "새것");
      g_ptr_array_add (records, record);
      storage_fixture_write (fixture, record, 0);
      return;
    }

  guint position = g_test_rand_int_range (0, records->len);
  MadangRecord *record = g_ptr_array_index (records, position);
  storage_fixture_write (fixture, record, change_at_random (record));
  if (madang_record_get_deleted (record))
    g_ptr_array_remove_index (records, position);
}

static void
test_digest (StorageFixture *fixture, gconstpointer maker)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  Follower steady[G_N_ELEMENTS (random_scopes)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (random_scopes); i++)
    steady[i].held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int i = 0; i < N_RANDOM_WRITES; i++)
    {
      write_at_random (fixture, records);
      if (i % 50 == 49)
        for (guint j = 0; j < G_N_ELEMENTS (random_scopes); j++)
          catch_up (fixture->storage, random_scopes[j], &steady[j]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (random_scopes); i++)
    {
      Follower fresh = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), 0 };
      catch_up (fixture->storage, random_scopes[i], &fresh);
      g_assert_cmpuint (g_hash_table_size (fresh.held), >, 0);
      g_assert_cmpuint (add_up (fresh.held), ==, add_up (steady[i].held));
      g_hash_table_unref (fresh.held);
      g_hash_table_unref (steady[i].held);
    }
}

const StorageTest storage_feed_tests[] = {
  { "feed/new-record", test_new_record },
  { "feed/submit", test_submit },
  { "feed/changed-parts", test_changed_parts },
  { "feed/moved-scope", test_moved_scope },
  { "feed/deleted", test_deleted },
  { "feed/line-content", test_line_content },
  { "feed/gone-has-no-content", test_gone_has_no_content },
  { "feed/pages", test_pages },
  { "feed/snapshot", test_snapshot },
  { "feed/rollback", test_rollback },
  { "feed/mark", test_mark },
  { "feed/stale", test_stale },
  { "feed/unique", test_unique },
  { "feed/digest", test_digest },
  { NULL },
};
