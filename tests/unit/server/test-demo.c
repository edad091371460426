/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-account-book.h"
#include "madang-agencies.h"
#include "madang-applications.h"
#include "madang-check.h"
#include "madang-demo.h"
#include "madang-programme.h"
#include "madang-proposal-systems.h"
#include "madang-record-text.h"
#include "madang-settings.h"
#include "temporary-folder.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct
{
  char *directory;
  char *path;
  MadangClock *clock;
  MadangStorage *storage;
} Demo;

static void
set_up (Demo *demo, gconstpointer data)
{
  g_autofree char *parent = temporary_folder_new ();
  g_autoptr (GError) error = NULL;

  demo->directory = g_build_filename (parent, "server", NULL);
  demo->clock = madang_clock_new_manual (G_GINT64_CONSTANT (1700000000000));
  demo->path = madang_demo_prepare (demo->directory, demo->clock, &error);
  g_assert_no_error (error);
  demo->storage = madang_sqlite_storage_open (demo->path, MADANG_DATABASE_READ, &error);
  g_assert_no_error (error);
}

static void
tear_down (Demo *demo, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (demo->directory);

  g_object_unref (demo->storage);
  g_object_unref (demo->clock);
  temporary_folder_remove (parent);
  g_free (demo->directory);
  g_free (demo->path);
}

static GPtrArray *
find_all (Demo *demo, const MadangKind *kind)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind->name);
  g_autoptr (GError) error = NULL;
  GPtrArray *found
      = madang_record_store_find (madang_storage_get_records (demo->storage), query, &error);

  g_assert_no_error (error);
  return found;
}

static guint
count_text (GPtrArray *records, const char *field, const char *text)
{
  guint count = 0;

  for (guint i = 0; i < records->len; i++)
    count += g_strcmp0 (madang_record_get_text (g_ptr_array_index (records, i), field), text) == 0;
  return count;
}

static guint
count_state (GPtrArray *records, const char *state)
{
  guint count = 0;

  for (guint i = 0; i < records->len; i++)
    count += g_strcmp0 (madang_record_get_state (g_ptr_array_index (records, i)), state) == 0;
  return count;
}

static void
test_agencies (Demo *demo, gconstpointer data)
{
  g_autoptr (GPtrArray) agencies = find_all (demo, &madang_agency_kind);

  g_assert_cmpuint (agencies->len, ==, 51);
  g_assert_cmpuint (count_text (agencies, "kind", "district"), ==, 25);
  g_assert_cmpuint (count_text (agencies, "kind", "invested"), ==, 5);
  g_assert_cmpuint (count_text (agencies, "kind", "funded"), ==, 21);
  g_assert_cmpuint (count_text (agencies, "head_title", "구청장"), ==, 25);
  g_assert_cmpuint (count_text (agencies, "code", "11545"), ==, 1);
  g_assert_cmpuint (count_text (agencies, "region", "central"), ==, 3);
}

/* Whether one of the texts of the observations holds it, once for each observation. */
static guint
count_holding (GPtrArray *records, const char *field, const char *part)
{
  guint count = 0;

  for (guint i = 0; i < records->len; i++)
    count += strstr (madang_record_get_text (g_ptr_array_index (records, i), field), part) != NULL;
  return count;
}

/* "n days … n endorsements", in the words of the annex. */
static guint
count_thresholds (GPtrArray *records)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\d+일(간|\\s*동안) .*공\\s?감", 0, 0, NULL);
  guint count = 0;

  for (guint i = 0; i < records->len; i++)
    count += g_regex_match (regex,
                            madang_record_get_text (g_ptr_array_index (records, i), "raw_note"), 0,
                            NULL);
  return count;
}

/* The figures that the programme's own count of annex 1 gives. */
static void
test_annex_counts (Demo *demo, gconstpointer data)
{
  g_autoptr (GPtrArray) systems = find_all (demo, &madang_proposal_system_kind);
  g_autoptr (GPtrArray) annex = find_all (demo, &madang_system_observation_kind);

  g_assert_cmpuint (systems->len, ==, 25);
  g_assert_cmpuint (annex->len, ==, 25);
  g_assert_cmpuint (count_text (annex, "observed_on", "2020-02-24"), ==, 25);
  g_assert_cmpuint (count_text (annex, "source", "annex_2020"), ==, 25);
  g_assert_cmpuint (count_text (annex, "department", "기획예산과"), ==, 21);
  g_assert_cmpuint (count_text (annex, "department", "기획조정과"), ==, 2);
  g_assert_cmpuint (count_text (annex, "department", "마을자치과"), ==, 1);
  g_assert_cmpuint (count_text (annex, "department", "마포1번가 연구단"), ==, 1);
  g_assert_cmpuint (count_holding (annex, "raw_note", "국민신문고"), ==, 9);
  g_assert_cmpuint (count_holding (annex, "raw_note", "통합운영"), ==, 6);
  g_assert_cmpuint (count_text (annex, "epeople_mode", "integrated")
                        + count_text (annex, "epeople_mode", "integrated_part"),
                    ==, 6);
  g_assert_cmpuint (count_text (annex, "links_idea_epeople", "y"), ==, 4);
  g_assert_cmpuint (count_holding (annex, "raw_note", "국민생각함"), ==, 4);
  g_assert_cmpuint (count_text (annex, "links_democracy_seoul", "y"), ==, 2);
  g_assert_cmpuint (count_holding (annex, "raw_note", "민주주의 서울"), ==, 2);
  g_assert_cmpuint (count_thresholds (annex), ==, 4);
  g_assert_cmpuint (count_text (annex, "contest_mode", "periodic"), ==, 3);
  g_assert_cmpuint (count_text (annex, "raw_note", ""), ==, 5);
}

static MadangRecord *
find_observation (Demo *demo, const char *agency_name)
{
  g_autoptr (GPtrArray) annex = find_all (demo, &madang_system_observation_kind);
  g_autofree char *agency = madang_account_book_find_agency (demo->storage, agency_name, NULL);

  for (guint i = 0; i < annex->len; i++)
    if (g_strcmp0 (madang_record_get_text (annex->pdata[i], "agency"), agency) == 0)
      return g_object_ref (annex->pdata[i]);
  return NULL;
}

/* What was printed stays as it was printed; what is shown is corrected. Silence is no "no". */
static void
test_annex_words (Demo *demo, gconstpointer data)
{
  g_autoptr (MadangRecord) gwanak = find_observation (demo, "관악구");
  g_autoptr (MadangRecord) songpa = find_observation (demo, "송파구");
  g_autoptr (MadangRecord) gangbuk = find_observation (demo, "강북구");

  g_assert_cmpstr (madang_record_get_text (gwanak, "raw_name"), ==, "온라인관약청");
  g_assert_cmpstr (madang_record_get_text (gwanak, "name"), ==, "온라인관악청");
  g_assert_nonnull (strstr (madang_record_get_text (songpa, "raw_note"), "1천명 공 감하면"));
  g_assert_nonnull (strstr (madang_record_get_text (songpa, "note"), "1천명 공감하면"));
  g_assert_cmpint (madang_record_get_number (songpa, "contest_per_year", 0), ==, 2);
  g_assert_cmpstr (madang_record_get_text (gangbuk, "raw_note"), ==,
                   "국민신문고와 통합운영 민주주의 서울 별도 링크 안내");
  g_assert_cmpstr (madang_record_get_text (gangbuk, "note"), ==,
                   "국민신문고와 통합운영; 민주주의 서울 별도 링크 안내");
  g_assert_cmpstr (madang_record_get_text (gangbuk, "has_policy_debate"), ==, "unknown");
}

static void
test_programme (Demo *demo, gconstpointer data)
{
  g_autoptr (GPtrArray) programmes = find_all (demo, &madang_programme_kind);
  g_autoptr (GPtrArray) milestones = find_all (demo, &madang_milestone_kind);
  MadangRecord *programme = g_ptr_array_index (programmes, 0);
  g_autoptr (GPtrArray) missing = madang_record_find_missing (programme, "open_call");

  g_assert_cmpuint (programmes->len, ==, 1);
  g_assert_cmpuint (milestones->len, ==, 7);
  g_assert_cmpuint (missing->len, ==, 0);
  g_assert_cmpstr (madang_record_get_state (programme), ==, "call_open");
  g_assert_cmpstr (madang_record_get_text (programme, "call_close"), ==, "2020-03-13");
  g_assert_cmpint (madang_record_get_number (programme, "budget_total", 0), ==, 100000000);
  g_assert_cmpint (madang_record_get_number (programme, "guide_per_agency", 0), ==, 20000000);
  g_assert_cmpstr (madang_record_get_text (programme, "plan_doc_number"), ==,
                   "서울민주주의담당관-1993");
}

/* Whoever sees a sample sees that it is one. */
static void
test_samples_say_so (Demo *demo, gconstpointer data)
{
  g_autoptr (GPtrArray) applications = find_all (demo, &madang_application_kind);

  g_assert_cmpuint (applications->len, ==, 8);
  g_assert_cmpuint (count_state (applications, "draft"), ==, 2);
  g_assert_cmpuint (count_state (applications, "submitted"), ==, 3);
  g_assert_cmpuint (count_state (applications, "received"), ==, 3);
  g_assert_cmpuint (count_text (applications, "receipt_number", "접수-2020-001"), ==, 1);
  g_assert_cmpuint (count_text (applications, "receipt_number", "접수-2020-003"), ==, 1);
  for (guint i = 0; i < applications->len; i++)
    {
      MadangRecord *application = g_ptr_array_index (applications, i);
      const char *phone = madang_record_get_text (application, "phone");
      const char *email = madang_record_get_text (application, "email");

      g_assert_true (
          g_str_has_prefix (madang_record_get_text (application, "direction"), "[견본] "));
      g_assert_true (
          g_str_has_prefix (madang_record_get_text (application, "officer_name"), "견본 "));
      g_assert_true (phone[0] == '\0' || g_str_has_prefix (phone, "02-000-"));
      g_assert_true (email[0] == '\0' || g_str_has_suffix (email, "@example.com"));
    }
}

static MadangRecord *
find_application (Demo *demo, const char *agency_name)
{
  g_autoptr (GPtrArray) applications = find_all (demo, &madang_application_kind);
  g_autofree char *agency = madang_account_book_find_agency (demo->storage, agency_name, NULL);

  for (guint i = 0; i < applications->len; i++)
    {
      MadangRecord *application = g_ptr_array_index (applications, i);

      if (g_strcmp0 (madang_record_get_text (application, "agency"), agency) == 0)
        return g_object_ref (application);
    }
  return NULL;
}

/* The main job of the demonstration: three things are left to fill in, then it can be handed in. */
static void
test_main_job (Demo *demo, gconstpointer data)
{
  g_autoptr (MadangRecord) draft = find_application (demo, "금천구");
  g_autoptr (GPtrArray) missing = madang_record_find_missing (draft, "submit");

  g_assert_cmpstr (madang_record_get_state (draft), ==, "draft");
  g_assert_cmpuint (missing->len, ==, 3);
  g_assert_cmpstr (((const MadangField *)g_ptr_array_index (missing, 0))->name, ==, "link_needs");
  g_assert_null (find_application (demo, "은평구"));
}

static void
test_accounts_file (Demo *demo, gconstpointer data)
{
  g_autofree char *path = g_build_filename (demo->directory, "accounts.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize n_groups;
  g_auto (GStrv) groups = NULL;
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (demo->directory, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  groups = g_key_file_get_groups (file, &n_groups);
  g_assert_cmpuint (n_groups, ==, 7);
  first = g_key_file_get_string (file, groups[0], "password", NULL);
  second = g_key_file_get_string (file, groups[1], "password", NULL);
  g_assert_cmpuint (strlen (first), ==, 20);
  g_assert_cmpstr (first, !=, second);
}

static void
test_clock_starts_in_march (Demo *demo, gconstpointer data)
{
  gint64 start = madang_record_text_read_time ("2020-03-09T10:00:00+09:00", NULL);

  g_assert_true (madang_settings_is_demo (demo->storage));
  madang_settings_apply_clock (demo->storage, demo->clock);
  g_assert_cmpint (madang_clock_get_programme_now (demo->clock), ==, start);
  madang_clock_advance (demo->clock, 3600000);
  madang_settings_apply_clock (demo->storage, demo->clock);
  g_assert_cmpint (madang_clock_get_programme_now (demo->clock), ==, start + 3600000);
}

static void
test_second_start_changes_nothing (Demo *demo, gconstpointer data)
{
  g_autofree char *path = g_build_filename (demo->directory, "accounts.ini", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *epoch = madang_settings_dup_epoch (demo->storage);
  g_autofree char *again = NULL;
  g_autofree char *same_epoch = NULL;

  g_file_get_contents (path, &before, NULL, NULL);
  again = madang_demo_prepare (demo->directory, demo->clock, NULL);
  g_file_get_contents (path, &after, NULL, NULL);
  same_epoch = madang_settings_dup_epoch (demo->storage);
  g_assert_cmpstr (again, ==, demo->path);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (same_epoch, ==, epoch);
}

static void
fault_cb (const char *what, gpointer user_data)
{
  g_test_message ("%s", what);
}

static void
test_feeds_are_sound (Demo *demo, gconstpointer data)
{
  guint n_faults = 1;

  g_assert_true (madang_check_database (demo->storage, fault_cb, NULL, &n_faults, NULL));
  g_assert_cmpuint (n_faults, ==, 0);
}

#define DEMO_TEST(path, func) g_test_add (path, Demo, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  DEMO_TEST ("/demo/agencies", test_agencies);
  DEMO_TEST ("/demo/annex-counts", test_annex_counts);
  DEMO_TEST ("/demo/annex-words", test_annex_words);
  DEMO_TEST ("/demo/programme", test_programme);
  DEMO_TEST ("/demo/samples", test_samples_say_so);
  DEMO_TEST ("/demo/main-job", test_main_job);
  DEMO_TEST ("/demo/accounts-file", test_accounts_file);
  DEMO_TEST ("/demo/clock", test_clock_starts_in_march);
  DEMO_TEST ("/demo/second-start", test_second_start_changes_nothing);
  DEMO_TEST ("/demo/feeds", test_feeds_are_sound);

  return g_test_run ();
}
