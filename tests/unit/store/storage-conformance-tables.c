/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "storage-conformance-private.h"

#include "madang-error.h"
#include "madang-id.h"

#define DAY ((gint64)24 * 60 * 60 * 1000)

/* --- mutations ---------------------------------------------------------------------------- */

static void
add_done (
    MadangStorage *storage, const char *mid, const char *device, gint64 number, const char *result)
{
  g_autoptr (GBytes) bytes = g_bytes_new (result, strlen (result));
  MadangDone done = { .mid = (char *)mid,
                      .device = (char *)device,
                      .number = number,
                      .fingerprint = (char *)"f00d",
                      .result = bytes };
  g_autoptr (GError) error = NULL;

  madang_storage_add_done (storage, &done, &error);
  g_assert_no_error (error);
}

static void
test_done (StorageFixture *fixture, gconstpointer maker)
{
  g_autofree char *mid = madang_id_new ();
  g_autofree char *unknown = madang_id_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (madang_storage_find_done (fixture->storage, unknown, &error));
  g_assert_no_error (error);
  add_done (fixture->storage, mid, "laptop", 7, "{\"outcome\":\"applied\"}");

  g_autoptr (MadangDone) done = madang_storage_find_done (fixture->storage, mid, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (done->mid, ==, mid);
  g_assert_cmpstr (done->device, ==, "laptop");
  g_assert_cmpint (done->number, ==, 7);
  g_assert_cmpstr (done->fingerprint, ==, "f00d");
  g_assert_cmpmem (g_bytes_get_data (done->result, NULL), g_bytes_get_size (done->result),
                   "{\"outcome\":\"applied\"}", 21);

  /* Once is once: neither the mutation nor its number can be done again. */
  g_assert_false (madang_storage_add_done (fixture->storage, done, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_CONFLICT);
  g_clear_error (&error);
  g_free (done->mid);
  done->mid = g_strdup (unknown);
  g_assert_false (madang_storage_add_done (fixture->storage, done, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_CONFLICT);
}

static gboolean
has_result (MadangStorage *storage, const char *mid)
{
  g_autoptr (MadangDone) done = madang_storage_find_done (storage, mid, NULL);

  g_assert_nonnull (done);
  g_assert_cmpstr (done->fingerprint, ==, "f00d");
  return done->result != NULL;
}

static void
test_forget_answers (StorageFixture *fixture, gconstpointer maker)
{
  char *mids[4];

  for (int i = 0; i < 4; i++)
    mids[i] = madang_id_new ();
  add_done (fixture->storage, mids[0], "laptop", 1, "one");
  add_done (fixture->storage, mids[1], "laptop", 2, "two");
  add_done (fixture->storage, mids[2], "laptop", 3, "three");
  add_done (fixture->storage, mids[3], "desktop", 1, "other");
  g_assert_true (madang_storage_forget_answers (fixture->storage, "laptop", 2, NULL));
  g_assert_false (has_result (fixture->storage, mids[0]));
  g_assert_false (has_result (fixture->storage, mids[1]));
  g_assert_true (has_result (fixture->storage, mids[2]));
  g_assert_true (has_result (fixture->storage, mids[3]));
  for (int i = 0; i < 4; i++)
    g_free (mids[i]);
}

static void
test_devices (StorageFixture *fixture, gconstpointer maker)
{
  MadangDevice device = { (char *)"laptop", (char *)"kim", (char *)"key", 4 };
  g_autoptr (GError) error = NULL;

  g_assert_null (madang_storage_find_device (fixture->storage, "laptop", &error));
  g_assert_no_error (error);
  g_assert_true (madang_storage_put_device (fixture->storage, &device, NULL));
  device.last_number = 5;
  device.public_key = (char *)"other key";
  g_assert_true (madang_storage_put_device (fixture->storage, &device, NULL));
  g_autoptr (MadangDevice) found = madang_storage_find_device (fixture->storage, "laptop", NULL);
  g_assert_cmpstr (found->id, ==, "laptop");
  g_assert_cmpstr (found->account, ==, "kim");
  g_assert_cmpstr (found->public_key, ==, "other key");
  g_assert_cmpint (found->last_number, ==, 5);
}

static void
test_series (StorageFixture *fixture, gconstpointer maker)
{
  MadangStorage *storage = fixture->storage;

  g_assert_cmpint (madang_storage_next_number (storage, "receipt", "2020", NULL), ==, 1);
  g_assert_cmpint (madang_storage_next_number (storage, "receipt", "2020", NULL), ==, 2);
  g_assert_cmpint (madang_storage_next_number (storage, "receipt", "2021", NULL), ==, 1);
  g_assert_cmpint (madang_storage_next_number (storage, "meeting", NULL, NULL), ==, 1);
  g_assert_cmpint (madang_storage_next_number (storage, "meeting", NULL, NULL), ==, 2);

  /* A number that was not used is not lost. */
  g_assert_true (madang_storage_begin (storage, NULL));
  g_assert_cmpint (madang_storage_next_number (storage, "receipt", "2020", NULL), ==, 3);
  madang_storage_rollback (storage);
  g_assert_cmpint (madang_storage_next_number (storage, "receipt", "2020", NULL), ==, 3);
}

/* --- history ------------------------------------------------------------------------------ */

static void
test_changes (StorageFixture *fixture, gconstpointer maker)
{
  g_autofree char *record = madang_id_new ();
  g_autofree char *other = madang_id_new ();
  g_autofree char *mid = madang_id_new ();
  MadangChange edit = { .record = record,
                        .account = (char *)"kim",
                        .mid = mid,
                        .path = (char *)"phone",
                        .part = MADANG_PART_PERSONAL,
                        .before = (char *)"\"옛것\"",
                        .after = (char *)"\"새것\"",
                        .at = 20 };
  MadangChange event = { .record = record,
                         .account = (char *)"lee",
                         .event = (char *)"submit",
                         .part = MADANG_PART_MAIN,
                         .at = 10 };
  MadangChange elsewhere = { .record = other, .account = (char *)"kim", .at = 5 };
  g_autoptr (GError) error = NULL;

  g_assert_true (madang_storage_add_change (fixture->storage, &edit, NULL));
  g_assert_true (madang_storage_add_change (fixture->storage, &elsewhere, NULL));
  g_assert_true (madang_storage_add_change (fixture->storage, &event, NULL));
  g_autoptr (GPtrArray) changes = madang_storage_list_changes (fixture->storage, record, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 2);
  const MadangChange *first = g_ptr_array_index (changes, 0);
  g_assert_cmpstr (first->record, ==, record);
  g_assert_cmpstr (first->account, ==, "kim");
  g_assert_cmpstr (first->mid, ==, mid);
  g_assert_null (first->event);
  g_assert_cmpstr (first->path, ==, "phone");
  g_assert_cmpint (first->part, ==, MADANG_PART_PERSONAL);
  g_assert_cmpstr (first->before, ==, "\"옛것\"");
  g_assert_cmpstr (first->after, ==, "\"새것\"");
  g_assert_cmpint (first->at, ==, 20);
  const MadangChange *second = g_ptr_array_index (changes, 1);
  g_assert_cmpstr (second->event, ==, "submit");
  g_assert_null (second->mid);
  g_assert_null (second->before);
  g_assert_cmpint (first->number, <, second->number);
}

typedef struct
{
  GString *paths;
  guint most;
} Reading;

static gboolean
note_path_cb (const MadangChange *change, gpointer user_data)
{
  Reading *reading = user_data;

  g_string_append_printf (reading->paths, "%s ", change->path);
  return --reading->most > 0;
}

static void
test_changes_backwards (StorageFixture *fixture, gconstpointer maker)
{
  g_autofree char *record = madang_id_new ();
  g_autofree char *other = madang_id_new ();
  const char *const paths[] = { "a", "b", "c" };
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GString) some = g_string_new (NULL);
  Reading whole = { all, 10 };
  Reading two = { some, 2 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      MadangChange change
          = { .record = record, .account = (char *)"kim", .path = (char *)paths[i], .at = 5 };
      MadangChange elsewhere
          = { .record = other, .account = (char *)"kim", .path = (char *)"x", .at = 5 };

      g_assert_true (madang_storage_add_change (fixture->storage, &change, NULL));
      g_assert_true (madang_storage_add_change (fixture->storage, &elsewhere, NULL));
    }
  g_assert_true (
      madang_storage_read_changes (fixture->storage, record, note_path_cb, &whole, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (all->str, ==, "c b a ");
  g_assert_true (
      madang_storage_read_changes (fixture->storage, record, note_path_cb, &two, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (some->str, ==, "c b ");
}

static void
test_audit (StorageFixture *fixture, gconstpointer maker)
{
  MadangAudit failed
      = { .at = 100, .action = (char *)"sign-in-refused", .detail = (char *)"credentials" };
  MadangAudit done = { .at = 50,
                       .account = (char *)"kim",
                       .device = (char *)"laptop",
                       .action = (char *)"push",
                       .target = (char *)"record" };

  g_assert_true (madang_storage_add_audit (fixture->storage, &failed, NULL));
  g_assert_true (madang_storage_add_audit (fixture->storage, &done, NULL));
  g_assert_true (madang_storage_add_audit (fixture->storage, &failed, NULL));
  g_autoptr (GPtrArray) lines = madang_storage_list_audit (fixture->storage, 0, 2, NULL);
  g_assert_cmpuint (lines->len, ==, 2);
  const MadangAudit *first = g_ptr_array_index (lines, 0);
  const MadangAudit *second = g_ptr_array_index (lines, 1);
  g_assert_cmpint (first->number, ==, 1);
  g_assert_cmpint (first->at, ==, 100);
  g_assert_null (first->account);
  g_assert_cmpstr (first->action, ==, "sign-in-refused");
  g_assert_cmpstr (first->detail, ==, "credentials");
  g_assert_cmpint (second->number, ==, 2);
  g_assert_cmpstr (second->account, ==, "kim");
  g_assert_cmpstr (second->device, ==, "laptop");
  g_assert_cmpstr (second->target, ==, "record");
  g_autoptr (GPtrArray) rest = madang_storage_list_audit (fixture->storage, 2, 10, NULL);
  g_assert_cmpuint (rest->len, ==, 1);
}

/* --- accounts ----------------------------------------------------------------------------- */

static void
test_credentials (StorageFixture *fixture, gconstpointer maker)
{
  MadangCredential kim = { (char *)"kim-account", (char *)"kim", (char *)"hash-1" };
  MadangCredential lee = { (char *)"lee-account", (char *)"kim", (char *)"hash-2" };
  g_autoptr (GError) error = NULL;

  g_assert_true (madang_storage_put_credential (fixture->storage, &kim, NULL));
  g_assert_false (madang_storage_put_credential (fixture->storage, &lee, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_CONFLICT);
  g_autoptr (MadangCredential) found
      = madang_storage_find_credential (fixture->storage, "kim", NULL);
  g_assert_cmpstr (found->account, ==, "kim-account");
  g_assert_cmpstr (found->login, ==, "kim");
  g_assert_cmpstr (found->password, ==, "hash-1");

  kim.login = (char *)"kim2";
  kim.password = (char *)"hash-3";
  g_assert_true (madang_storage_put_credential (fixture->storage, &kim, NULL));
  g_clear_error (&error);
  g_assert_null (madang_storage_find_credential (fixture->storage, "kim", &error));
  g_assert_no_error (error);
  g_autoptr (MadangCredential) renamed
      = madang_storage_find_credential (fixture->storage, "kim2", NULL);
  g_assert_cmpstr (renamed->password, ==, "hash-3");
}

/* A refused credential must not take the old one away. */
static void
test_refused_credential_keeps_old (StorageFixture *fixture, gconstpointer maker)
{
  MadangCredential kim = { (char *)"kim-account", (char *)"kim", (char *)"hash-1" };
  MadangCredential lee = { (char *)"lee-account", (char *)"lee", (char *)"hash-2" };

  g_assert_true (madang_storage_put_credential (fixture->storage, &kim, NULL));
  g_assert_true (madang_storage_put_credential (fixture->storage, &lee, NULL));
  lee.login = (char *)"kim";
  g_assert_false (madang_storage_put_credential (fixture->storage, &lee, NULL));
  g_autoptr (MadangCredential) found
      = madang_storage_find_credential (fixture->storage, "lee", NULL);
  g_assert_nonnull (found);
  g_assert_cmpstr (found->password, ==, "hash-2");
}

static void
put_session (
    MadangStorage *storage, const char *hash, const char *account, gint64 expires, gint64 used)
{
  MadangSession session = { (char *)hash, (char *)account, (char *)"laptop", expires, used };
  g_autoptr (GError) error = NULL;

  madang_storage_put_session (storage, &session, &error);
  g_assert_no_error (error);
}

static gboolean
has_session (MadangStorage *storage, const char *hash)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangSession) session = madang_storage_find_session (storage, hash, &error);

  g_assert_no_error (error);
  return session != NULL;
}

static void
test_sessions (StorageFixture *fixture, gconstpointer maker)
{
  MadangStorage *storage = fixture->storage;

  put_session (storage, "h1", "kim", 1000, 10);
  put_session (storage, "h1", "kim", 1000, 20);
  put_session (storage, "h2", "kim", 1000, 20);
  put_session (storage, "h3", "lee", 500, 20);
  g_autoptr (MadangSession) session = madang_storage_find_session (storage, "h1", NULL);
  g_assert_cmpstr (session->hash, ==, "h1");
  g_assert_cmpstr (session->account, ==, "kim");
  g_assert_cmpstr (session->device, ==, "laptop");
  g_assert_cmpint (session->expires, ==, 1000);
  g_assert_cmpint (session->used, ==, 20);

  g_assert_true (madang_storage_end_session (storage, "h2", NULL));
  g_assert_false (has_session (storage, "h2"));
  put_session (storage, "h4", "park", 2000, 499);
  g_assert_true (has_session (storage, "h3"));
  put_session (storage, "h4", "park", 2000, 500);
  g_assert_false (has_session (storage, "h3"));
  g_assert_true (madang_storage_end_sessions_of (storage, "kim", NULL));
  g_assert_false (has_session (storage, "h1"));
  g_assert_true (has_session (storage, "h4"));
}

static void
test_failures (StorageFixture *fixture, gconstpointer maker)
{
  MadangStorage *storage = fixture->storage;

  g_assert_cmpint (madang_storage_count_failures (storage, "kim", "10.0.0.1", 0), ==, 0);
  g_assert_true (madang_storage_add_failure (storage, "kim", "10.0.0.1", 100, NULL));
  g_assert_true (madang_storage_add_failure (storage, "kim", "10.0.0.1", 200, NULL));
  g_assert_true (madang_storage_add_failure (storage, "kim", "10.0.0.2", 200, NULL));
  g_assert_true (madang_storage_add_failure (storage, "lee", "10.0.0.1", 200, NULL));
  g_assert_cmpint (madang_storage_count_failures (storage, "kim", "10.0.0.1", 0), ==, 2);
  g_assert_cmpint (madang_storage_count_failures (storage, "kim", "10.0.0.1", 101), ==, 1);
  g_assert_cmpint (madang_storage_count_failures (storage, "kim", "10.0.0.1", 200), ==, 1);
  g_assert_true (madang_storage_clear_failures (storage, "kim", "10.0.0.1", NULL));
  g_assert_cmpint (madang_storage_count_failures (storage, "kim", "10.0.0.1", 0), ==, 0);
  g_assert_cmpint (madang_storage_count_failures (storage, "kim", "10.0.0.2", 0), ==, 1);

  g_assert_true (madang_storage_add_failure (storage, "park", "10.0.0.3", 200 + DAY, NULL));
  g_assert_cmpint (madang_storage_count_failures (storage, "kim", "10.0.0.2", 0), ==, 0);
}

static void
test_settings (StorageFixture *fixture, gconstpointer maker)
{
  MadangStorage *storage = fixture->storage;

  g_assert_null (madang_storage_dup_setting (storage, "epoch"));
  g_assert_true (madang_storage_set_setting (storage, "epoch", "첫째", NULL));
  g_assert_true (madang_storage_set_setting (storage, "epoch", "둘째", NULL));
  g_autofree char *epoch = madang_storage_dup_setting (storage, "epoch");
  g_assert_cmpstr (epoch, ==, "둘째");
  g_assert_true (madang_storage_set_setting (storage, "epoch", NULL, NULL));
  g_assert_null (madang_storage_dup_setting (storage, "epoch"));
}

const StorageTest storage_table_tests[] = {
  { "done", test_done },
  { "forget-answers", test_forget_answers },
  { "devices", test_devices },
  { "series", test_series },
  { "changes", test_changes },
  { "changes-backwards", test_changes_backwards },
  { "audit", test_audit },
  { "credentials", test_credentials },
  { "credentials/refused", test_refused_credential_keeps_old },
  { "sessions", test_sessions },
  { "failures", test_failures },
  { "settings", test_settings },
  { NULL },
};
