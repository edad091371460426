/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-agencies.h"
#include "madang-check.h"

static void
fault_cb (const char *what, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (what));
}

static GPtrArray *
check (ServerFixture *fixture)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  guint n_faults = 0;

  g_assert_true (madang_check_database (fixture->reader, fault_cb, faults, &n_faults, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_faults, ==, faults->len);
  return faults;
}

static void
test_sound (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangMutation) create
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  g_autoptr (MadangPushResult) result = NULL;
  g_autoptr (GPtrArray) faults = NULL;

  mutation_complete_application (create);
  result = person_push (officer, create);
  faults = check (fixture);
  g_assert_cmpstr (result->code, ==, NULL);
  g_assert_cmpuint (faults->len, ==, 0);
}

/* Behind the feed's back: the version of a record is not what its scopes were told. */
static gboolean
raise_version (MadangWrite *write, gpointer data, GError **error)
{
  ServerFixture *fixture = data;
  MadangRecordStore *records = madang_storage_get_records (write->storage);
  g_autoptr (MadangRecord) agency = madang_record_store_get (records, fixture->geumcheon, error);

  madang_record_set_version (agency, MADANG_PART_MAIN, 7);
  return madang_record_store_put (records, agency, error);
}

static gboolean
add_silently (MadangWrite *write, gpointer data, GError **error)
{
  MadangRecordStore *records = madang_storage_get_records (write->storage);
  g_autoptr (MadangRecord) agency
      = madang_record_new (&madang_agency_kind, "01a2039a-16e2-73fc-bf9f-6ccd00c53038");

  madang_record_set_scope (agency, "directory");
  madang_record_set_version (agency, MADANG_PART_MAIN, 1);
  return madang_record_set (agency, "name_ko", g_variant_new_string ("없는 구"), error)
         && madang_record_set (agency, "kind", g_variant_new_string ("district"), error)
         && madang_record_store_put (records, agency, error);
}

static gboolean
has_fault (GPtrArray *faults, const char *wanted)
{
  return g_ptr_array_find_with_equal_func (faults, wanted, g_str_equal, NULL);
}

static void
test_wrong_version (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) faults = NULL;

  server_fixture_write (fixture, raise_version, fixture);
  faults = check (fixture);
  g_assert_cmpuint (faults->len, ==, 2);
  g_assert_true (has_fault (faults, "scope directory: digest differs"));
}

static void
test_missing_in_the_feed (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) faults = NULL;

  server_fixture_write (fixture, add_silently, fixture);
  faults = check (fixture);
  g_assert_true (has_fault (faults, "scope directory: 51 parts instead of 52"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/check/sound", test_sound);
  FIXTURE_TEST ("/check/wrong-version", test_wrong_version);
  FIXTURE_TEST ("/check/missing", test_missing_in_the_feed);

  return g_test_run ();
}
