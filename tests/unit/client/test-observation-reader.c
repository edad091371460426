/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "madang-error.h"
#include "madang-id.h"
#include "madang-observation-reader.h"

#define NOON G_GINT64_CONSTANT (1583722800000) /* 2020-03-09 12:00 in Seoul */
#define COLUMNS                                                                                    \
  "agency,system,observed_on,source,note,has_policy_debate,contest_mode,contest_per_year"

typedef struct
{
  MadangDatabase *database;
  MadangRecordStore *store;
  MadangActor *actor;
  char *agencies[3]; /* one system, two systems, none */
  char *first_system;
} Fixture;

static void
set_text (MadangRecord *record, const char *field, const char *text)
{
  g_assert_true (madang_record_set (record, field, g_variant_new_string (text), NULL));
}

/* Newly allocated id. */
static char *
put (Fixture *fixture, MadangRecord *record)
{
  g_autoptr (MadangRecord) owned = record;
  g_autoptr (GError) error = NULL;

  madang_record_set_scope (record, "directory");
  madang_record_store_put (fixture->store, record, &error);
  g_assert_no_error (error);
  return g_strdup (madang_record_get_id (record));
}

static MadangRecord *
new_record (const char *kind)
{
  g_autofree char *id = madang_id_new ();

  return madang_record_new (madang_kind_find (kind), id);
}

static char *
add_agency (Fixture *fixture, const char *name, const char *code)
{
  MadangRecord *agency = new_record ("agency");

  set_text (agency, "name_ko", name);
  set_text (agency, "kind", "district");
  if (code != NULL)
    set_text (agency, "code", code);
  return put (fixture, agency);
}

static char *
add_system (Fixture *fixture, const char *agency, const char *name)
{
  MadangRecord *system = new_record ("proposal_system");

  set_text (system, "agency", agency);
  set_text (system, "name", name);
  return put (fixture, system);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (GError) error = NULL;

  fixture->database
      = madang_database_open (":memory:", MADANG_DATABASE_CLIENT, MADANG_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  fixture->store = madang_record_store_new (fixture->database, &error);
  g_assert_no_error (error);
  fixture->actor = madang_actor_new ("0190a000-0000-7000-8000-000000000001");
  madang_actor_add_grant (fixture->actor, MADANG_ROLE_CITY_COORDINATOR, "programme", NULL);
  fixture->agencies[0] = add_agency (fixture, "견본하나구", "11991");
  fixture->agencies[1] = add_agency (fixture, "견본둘구", "11992");
  fixture->agencies[2] = add_agency (fixture, "견본없음구", "11993");
  fixture->first_system = add_system (fixture, fixture->agencies[0], "견본 광장");
  second = add_system (fixture, fixture->agencies[1], "견본 제안");
  third = add_system (fixture, fixture->agencies[1], "견본 게시판");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixture->agencies); i++)
    g_free (fixture->agencies[i]);
  g_free (fixture->first_system);
  madang_actor_unref (fixture->actor);
  g_object_unref (fixture->store);
  g_object_unref (fixture->database);
}

static MadangCsv *
parse (const char *columns, const char *rows)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n", columns, rows);
  g_autoptr (GError) error = NULL;
  MadangCsv *table = madang_csv_new_from_data_full (text, strlen (text), MADANG_CSV_UNEVEN, &error);

  g_assert_no_error (error);
  return table;
}

static MadangObservationReader *
new_reader (Fixture *fixture, const MadangCsv *table)
{
  g_autoptr (GError) error = NULL;
  MadangObservationReader *reader
      = madang_observation_reader_new (table, fixture->store, fixture->actor, NOON, &error);

  g_assert_no_error (error);
  return reader;
}

/* --- good rows ------------------------------------------------------------------------------ */

/* In every way in which people and programs write them. */
static void
test_good (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[] = {
    "견본하나구,견본 광장,2020-03-02,survey,견본 확인,y,periodic,2",
    "11991,견본 광장,2020. 3. 2.,Survey,견본 확인,Yes,Contests at fixed times,2",
    " 견본하나구 ,무엇이든,2020.3.2,SURVEY,\" 견본 확인\",O,periodic,2",
    /* The decomposed Hangul of some file systems. */
    "\u1100\u1167\u11ab\u1107\u1169\u11ab\u1112\u1161\u1102\u1161\u1100\u116e,,2020-03-02,survey,"
    "\u1100\u1167\u11ab\u1107\u1169\u11ab 확인,y,periodic,2",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MadangCsv) table = parse (COLUMNS, rows[i]);
      g_autoptr (MadangObservationReader) reader = new_reader (fixture, table);
      g_autofree char *reason = NULL;
      g_autoptr (MadangRecord) record = madang_observation_reader_read (reader, 0, &reason);

      g_assert_cmpstr (reason, ==, NULL);
      g_assert_nonnull (record);
      g_assert_cmpstr (madang_record_get_text (record, "agency"), ==, fixture->agencies[0]);
      g_assert_cmpstr (madang_record_get_text (record, "system"), ==, fixture->first_system);
      g_assert_cmpstr (madang_record_get_text (record, "observed_on"), ==, "2020-03-02");
      g_assert_cmpstr (madang_record_get_text (record, "source"), ==, "survey");
      g_assert_cmpstr (madang_record_get_text (record, "note"), ==, "견본 확인");
      g_assert_cmpstr (madang_record_get_text (record, "has_policy_debate"), ==, "y");
      g_assert_cmpint (madang_record_get_number (record, "contest_per_year", 0), ==, 2);
      g_assert_cmpstr (madang_record_get_scope (record), ==, "directory");
    }
}

/* What looks like a formula is text: as it is, and behind the apostrophe of an export. */
static void
test_formula (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangCsv) table = parse (COLUMNS, "견본하나구,,2020-03-01,survey,=1+1,–,-,\n"
                                                "견본하나구,,2020-03-02,survey,'=1+1,,,\n"
                                                "견본하나구,,2020-03-03,survey,'견본,,,");
  g_autoptr (MadangObservationReader) reader = new_reader (fixture, table);
  static const char *const notes[] = { "=1+1", "=1+1", "'견본" };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autofree char *reason = NULL;
      g_autoptr (MadangRecord) record = madang_observation_reader_read (reader, i, &reason);

      g_assert_cmpstr (reason, ==, NULL);
      g_assert_cmpstr (madang_record_get_text (record, "note"), ==, notes[i]);
      g_assert_false (madang_record_is_set (record, "has_policy_debate"));
    }
}

/* --- bad cells ------------------------------------------------------------------------------ */

static const struct
{
  const char *row;
  const char *reason; /* a part of it */
} bad[] = {
  { "견본하나구,,2020-03-02,survey", "has 4 values and should have 8" },
  { "견본하나구,,2020-03-02,survey,,,,,,", "has 10 values and should have 8" },
  { ",,2020-03-02,survey,,,,", "No agency of this name or code" },
  { "없는구,,2020-03-02,survey,,,,", "No agency of this name or code" },
  { "=견본하나구,,2020-03-02,survey,,,,", "No agency of this name or code" },
  { "견본둘구,,2020-03-02,survey,,,,", "several systems and none of this name" },
  { "견본둘구,다른 이름,2020-03-02,survey,,,,", "several systems and none of this name" },
  { "견본없음구,견본,2020-03-02,survey,,,,", "No system is entered for this agency" },
  { "견본하나구,,,survey,,,,", "Still empty: Observed on" },
  { "견본하나구,,2020-03-02,,,,,", "Still empty: Source" },
  { "견본하나구,,2020-02-30,survey,,,,", "“Observed on”" },
  { "견본하나구,,=TODAY(),survey,,,,", "“Observed on”" },
  { "견본하나구,,어제,survey,,,,", "“Observed on”" },
  { "견본하나구,,2020-03-10,survey,,,,", "lies in the future" },
  { "견본하나구,,2020-03-02,소문,,,,", "“Source” has a choice that does not exist" },
  { "견본하나구,,2020-03-02,survey,,=1+1,,", "“Debate on policies” has a choice" },
  { "견본하나구,,2020-03-02,survey,,,periodic,=1+1",
    "“Contests a year” has a value of another kind" },
  { "견본하나구,,2020-03-02,survey,,,periodic,1.5",
    "“Contests a year” has a value of another kind" },
  { "견본하나구,,2020-03-02,survey,,,periodic,13", "the most is 12" },
  { "견본하나구,,2020-03-02,survey,,,periodic,99999999999999999999", "“Contests a year”" },
  { "견본하나구,,2020-03-02,survey,벨\a,,,", "“note” has characters that cannot be read" },
  { "견본하나구,,2020-03-02,survey,\xc2\x85,,,", "“note” has characters that cannot be read" },
  { "견본\x01하나구,,2020-03-02,survey,,,,", "“agency” has characters that cannot be read" },
  { "견본하나구,,2020-03-02,survey,견\uFFFD,,,", "“note” has characters that cannot be read" },
};

static void
test_bad (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (MadangCsv) table = parse (COLUMNS, bad[i].row);
      g_autoptr (MadangObservationReader) reader = new_reader (fixture, table);
      g_autofree char *reason = NULL;
      g_autoptr (MadangRecord) record = madang_observation_reader_read (reader, 0, &reason);

      g_assert_cmpint (record == NULL, ==, reason != NULL);
      if (reason == NULL || strstr (reason, bad[i].reason) == NULL)
        g_error ("\"%s\": \"%s\" instead of \"%s\"", bad[i].row, reason, bad[i].reason);
    }
}

static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) note = g_string_new (NULL);
  g_autofree char *rows = NULL;
  g_autofree char *fits = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (MadangCsv) table = NULL;
  g_autoptr (MadangObservationReader) reader = NULL;
  g_autoptr (MadangRecord) longest = NULL;
  g_autoptr (MadangRecord) too_long = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append (note, "가");
  rows = g_strdup_printf ("견본하나구,,2020-03-01,survey,%s,,,\n"
                          "견본하나구,,2020-03-02,survey,%s나,,,",
                          note->str, note->str);
  table = parse (COLUMNS, rows);
  reader = new_reader (fixture, table);
  longest = madang_observation_reader_read (reader, 0, &fits);
  g_assert_cmpstr (fits, ==, NULL);
  g_assert_nonnull (longest);
  too_long = madang_observation_reader_read (reader, 1, &reason);
  g_assert_null (too_long);
  g_assert_nonnull (strstr (reason, "at most 500 characters and has 501"));
}

/* --- rows and records that say the same ------------------------------------------------------- */

static void
test_twice (Fixture *fixture, gconstpointer data)
{
  static const char *const reasons[]
      = { NULL, "Line 2 has the same", "Line 2 has the same", NULL, "has a choice", NULL };
  g_autoptr (MadangCsv) table = parse (COLUMNS, "견본하나구,,2020-03-02,survey,견본,,,\n"
                                                "11991,,2020. 3. 2.,Survey,견본,,,\n"
                                                "견본하나구,,2020-03-02,survey,다른 견본,,,\n"
                                                "견본하나구,,2020-03-02,press,견본,,,\n"
                                                "견본하나구,,2020-03-04,survey,견본,그렇다,,\n"
                                                "견본하나구,,2020-03-04,survey,견본,,,");
  g_autoptr (MadangObservationReader) reader = new_reader (fixture, table);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autofree char *reason = NULL;
      g_autoptr (MadangRecord) record = madang_observation_reader_read (reader, i, &reason);

      g_assert_cmpint (record != NULL, ==, reasons[i] == NULL);
      if (reasons[i] != NULL && strstr (reason, reasons[i]) == NULL)
        g_error ("row %u: \"%s\" instead of \"%s\"", i, reason, reasons[i]);
    }
}

/* The same file once more changes nothing; a correction of the same day does. */
static void
test_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangCsv) table = parse (COLUMNS, "견본하나구,,2020-03-02,survey,견본,,,");
  g_autoptr (MadangCsv) corrected = parse (COLUMNS, "견본하나구,,2020-03-02,survey,고친 견본,,,");
  g_autoptr (MadangObservationReader) first = new_reader (fixture, table);
  g_autoptr (MadangObservationReader) second = new_reader (fixture, table);
  g_autoptr (MadangObservationReader) third = new_reader (fixture, corrected);
  g_autofree char *reason = NULL;
  g_autofree char *none = NULL;
  g_autofree char *id = NULL;
  g_autoptr (MadangRecord) correction = NULL;

  id = put (fixture, madang_observation_reader_read (first, 0, &reason));
  g_assert_null (madang_observation_reader_read (second, 0, &reason));
  g_assert_cmpstr (reason, ==, "The same observation is there already.");
  correction = madang_observation_reader_read (third, 0, &none);
  g_assert_nonnull (correction);
}

/* --- columns -------------------------------------------------------------------------------- */

static void
assert_missing (Fixture *fixture, const char *columns, const char *label)
{
  g_autoptr (MadangCsv) table = parse (columns, "견본하나구");
  g_autoptr (GError) error = NULL;

  g_assert_null (
      madang_observation_reader_new (table, fixture->store, fixture->actor, NOON, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, label));
}

static void
test_columns (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangCsv) table = parse ("자치구,Observed on,source,비 고,=2+2,Note",
                                       "견본하나구,2020-03-02,survey,가,나,다");
  g_autoptr (MadangObservationReader) reader = new_reader (fixture, table);
  g_autofree char *passed_over = madang_observation_reader_dup_passed_over (reader);
  g_autofree char *title = madang_observation_reader_dup_title (reader, 0);
  g_autoptr (MadangCsv) whole = parse (COLUMNS, "\"견본\n하나구\",견본 광장\x02,,,,,,");
  g_autoptr (MadangObservationReader) other = new_reader (fixture, whole);
  g_autofree char *none = madang_observation_reader_dup_passed_over (other);
  g_autofree char *clean = madang_observation_reader_dup_title (other, 0);

  assert_missing (fixture, "이름,observed_on,source", "“Agency”");
  assert_missing (fixture, "agency,날짜,source", "“Observed on”");
  assert_missing (fixture, "agency,observed_on,어디서", "“Source”");
  g_assert_cmpstr (passed_over, ==, "비 고, =2+2");
  g_assert_cmpstr (title, ==, "견본하나구");
  g_assert_cmpstr (none, ==, NULL);
  g_assert_cmpstr (clean, ==, "견본 하나구 견본 광장");
}

/* Who may not write observations has every row refused, in words. */
static void
test_right (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangCsv) table = parse (COLUMNS, "견본하나구,,2020-03-02,survey,견본,,,");
  g_autoptr (MadangObservationReader) reader = NULL;
  g_autofree char *reason = NULL;

  madang_actor_unref (fixture->actor);
  fixture->actor = madang_actor_new ("0190a000-0000-7000-8000-000000000002");
  madang_actor_add_grant (fixture->actor, MADANG_ROLE_AUDITOR, "programme", NULL);
  reader = new_reader (fixture, table);
  g_assert_null (madang_observation_reader_read (reader, 0, &reason));
  g_assert_nonnull (strstr (reason, "Your role does not allow this"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name)                                                                                  \
  g_test_add ("/client/observation-reader/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  ADD (good);
  ADD (formula);
  ADD (bad);
  ADD (too_long);
  ADD (twice);
  ADD (there);
  ADD (columns);
  ADD (right);
#undef ADD

  return g_test_run ();
}
