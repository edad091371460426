/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <libical/ical.h>
#include <string.h>

#include "madang-calendar-file.h"
#include "madang-error.h"
#include "madang-text.h"
#include "temporary-folder.h"

#define RECORD "0170bc2f-4d5e-7a6b-8c9d-0e1f2a3b4c5d"
/* 2020-03-13T14:05:07.900+09:00 */
#define MEETING G_GINT64_CONSTANT (1584075907900)
#define TWO_HOURS (2 * 60 * 60 * G_GINT64_CONSTANT (1000))
/* 2020-02-24T09:00:00+09:00 */
#define MADE_AT G_GINT64_CONSTANT (1582502400000)

typedef struct
{
  char *folder;                 /* (owned) */
  GFile *file;                  /* (owned) */
  MadangCalendarFile *calendar; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = temporary_folder_new ();
  fixture->file = g_file_new_build_filename (fixture->folder, "일정.ics", NULL);
  fixture->calendar = madang_calendar_file_new ("기관협력 일정, 2020", MADE_AT);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (g_file_peek_path (fixture->file));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing was left behind */
  g_free (fixture->folder);
  g_object_unref (fixture->file);
  madang_calendar_file_free (fixture->calendar);
}

static void
assert_adds (MadangCalendarFile *calendar, const MadangCalendarEntry *entry)
{
  g_autoptr (GError) error = NULL;

  madang_calendar_file_add (calendar, entry, &error);
  g_assert_no_error (error);
}

static char *
write_and_read (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  madang_calendar_file_write (fixture->calendar, fixture->file, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (g_file_peek_path (fixture->file), &content, NULL, &error);
  g_assert_no_error (error);
  return content;
}

/* See read_calendar.py. */
static char *
read_apart (Fixture *fixture)
{
  g_autofree char *script
      = g_test_build_filename (G_TEST_DIST, "unit", "documents", "read_calendar.py", NULL);
  const char *const arguments[]
      = { "/usr/bin/python3", script, g_file_peek_path (fixture->file), NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return g_steal_pointer (&output);
}

static void
assert_line (const char *output, const char *line)
{
  g_autofree char *between = g_strconcat ("\n", line, "\n", NULL);

  if (strstr (output, between) == NULL)
    g_error ("no line \"%s\" in:\n%s", line, output);
}

static icalcomponent *
parse (const char *content)
{
  icalcomponent *calendar = icalparser_parse_string (content);

  g_assert_nonnull (calendar);
  g_assert_cmpint (icalcomponent_isa (calendar), ==, ICAL_VCALENDAR_COMPONENT);
  g_assert_cmpint (icalcomponent_count_errors (calendar), ==, 0);
  g_assert_true (icalrestriction_check (calendar));
  return calendar;
}

/* --- what stands in the file --------------------------------------------------------------- */

static void
test_calendar (Fixture *fixture, gconstpointer data)
{
  const MadangCalendarEntry entry = { .id = RECORD, .first_day = "2020-03-13", .summary = "마감" };
  g_autofree char *content = NULL;
  g_autofree char *again = NULL;
  g_autofree char *output = NULL;

  assert_adds (fixture->calendar, &entry);
  content = write_and_read (fixture);
  again = write_and_read (fixture);
  g_assert_cmpstr (content, ==, again);
  output = read_apart (fixture);
  g_assert_true (g_str_has_prefix (output, "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:"));
  assert_line (output, "CALSCALE:GREGORIAN");
  assert_line (output, "NAME:%EA%B8%B0%EA%B4%80%ED%98%91%EB%A0%A5%20%EC%9D%BC%EC%A0%95%2C%202020");
  g_assert_nonnull (strstr (output, "\nX-WR-CALNAME:%EA%B8%B0%EA%B4%80"));
  assert_line (output, "UID:0170bc2f-4d5e-7a6b-8c9d-0e1f2a3b4c5d%40madang");
  assert_line (output, "DTSTAMP:20200224T000000Z");
}

/* The end of whole days is the first day after them. */
static void
test_days (Fixture *fixture, gconstpointer data)
{
  const MadangCalendarEntry call = {
    .id = "call", .first_day = "2020-02-24", .last_day = "2020-03-13", .summary = "신청서 접수"
  };
  const MadangCalendarEntry leap = { .id = "leap", .first_day = "2020-02-29", .summary = "하루" };
  g_autofree char *content = NULL;
  g_autofree char *output = NULL;
  icalcomponent *calendar;
  icalcomponent *event;

  assert_adds (fixture->calendar, &call);
  assert_adds (fixture->calendar, &leap);
  g_assert_cmpuint (madang_calendar_file_get_n_entries (fixture->calendar), ==, 2);
  content = write_and_read (fixture);
  output = read_apart (fixture);
  assert_line (output, "DTSTART;VALUE=DATE:20200224");
  assert_line (output, "DTEND;VALUE=DATE:20200314");
  assert_line (output, "DTSTART;VALUE=DATE:20200229");
  assert_line (output, "DTEND;VALUE=DATE:20200301");
  assert_line (output, "TRANSP:TRANSPARENT");
  calendar = parse (content);
  event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
  g_assert_true (icaltime_is_date (icalcomponent_get_dtstart (event)));
  g_assert_cmpint (icaldurationtype_as_int (icalcomponent_get_duration (event)), ==,
                   19 * 24 * 60 * 60);
  icalcomponent_free (calendar);
}

/* 14:05:07 in Seoul is 05:05:07 in UTC, whatever the time zone of the machine. */
static void
test_times (Fixture *fixture, gconstpointer data)
{
  const MadangCalendarEntry meeting
      = { .id = "meeting", .start = MEETING, .end = MEETING + TWO_HOURS, .summary = "회의" };
  const MadangCalendarEntry deadline = { .id = "deadline", .start = MADE_AT, .summary = "마감" };
  const MadangCalendarEntry early = { .id = "early", .start = -1, .end = -5, .summary = "옛날" };
  g_autofree char *content = NULL;
  g_autofree char *output = NULL;
  icalcomponent *calendar;
  icalcomponent *event;

  assert_adds (fixture->calendar, &meeting);
  assert_adds (fixture->calendar, &deadline);
  assert_adds (fixture->calendar, &early);
  content = write_and_read (fixture);
  output = read_apart (fixture);
  assert_line (output, "DTSTART:20200313T050507Z");
  assert_line (output, "DTEND:20200313T070507Z");
  assert_line (output, "DTSTART:20200224T000000Z");
  assert_line (output, "DTSTART:19691231T235959Z");
  g_assert_null (strstr (output, "DTEND:20200224"));
  g_assert_null (strstr (output, "DTEND:1969"));
  calendar = parse (content);
  event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
  g_assert_cmpint (icaltime_as_timet (icalcomponent_get_dtstart (event)), ==, MEETING / 1000);
  g_assert_cmpint (icaltime_as_timet (icalcomponent_get_dtend (event)), ==,
                   (MEETING + TWO_HOURS) / 1000);
  icalcomponent_free (calendar);
}

/* --- hostile texts ------------------------------------------------------------------------- */

static const char *const pieces[] = {
  ",",
  ";",
  ":",
  "\\",
  "\\n",
  "\\N",
  "\\,",
  "\"",
  "'",
  "^n",
  "^'",
  "\n",
  "\r",
  "\r\n",
  "\t",
  " ",
  "\n ",
  "\r\n ",
  "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n",
  "\nATTACH:http://example.com\n",
  "=",
  "%",
  "\x01",
  "\x0b",
  "\x7f",
  "\xff\xfe",
  "\xf0\x9f",
  "\xC2\x85",
  "\xE2\x80\xA8",
  "\xEF\xBB\xBF",
  "\xE2\x80\xAE",
  "금천구 주민참여 공론장",
  "😀😀😀",
  "가나다라마바사아자차카타파하",
  "abcdefghijklmn",
  "\xe1\x84\x80\xe1\x85\xb3\xe1\x86\xb7",
  "VALUE=DATE",
  "BEGIN:VALARM",
};

static char *
make_hostile_text (void)
{
  GString *text = g_string_new (NULL);
  guint n = g_test_rand_int_range (0, 12);

  for (guint i = 0; i < n; i++)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static void
expect_text (GString *expected, const char *name, const char *text, MadangTextShape shape)
{
  g_autofree char *clean = madang_text_clean (text, -1, shape);
  g_autofree char *quoted = g_uri_escape_string (clean, NULL, FALSE);

  if (*clean != '\0')
    g_string_append_printf (expected, "%s:%s\n", name, quoted);
}

static void
add_hostile_entry (MadangCalendarFile *calendar, GString *expected, guint i)
{
  g_autofree char *id = g_strdup_printf ("hostile-%u", i);
  g_autofree char *summary = make_hostile_text ();
  g_autofree char *description = make_hostile_text ();
  g_autofree char *place = make_hostile_text ();
  const MadangCalendarEntry entry = {
    .id = id, .start = MEETING, .summary = summary, .description = description, .place = place
  };

  assert_adds (calendar, &entry);
  g_string_append_printf (expected,
                          "BEGIN:VEVENT\nUID:%s%%40madang\nDTSTAMP:20200224T000000Z\n"
                          "DTSTART:20200313T050507Z\n",
                          id);
  expect_text (expected, "SUMMARY", summary, MADANG_TEXT_LINE);
  expect_text (expected, "DESCRIPTION", description, MADANG_TEXT_BLOCK);
  expect_text (expected, "LOCATION", place, MADANG_TEXT_LINE);
  g_string_append (expected, "END:VEVENT\n");
}

/* What two readers find is what was put in: no text breaks out of its line or its entry. */
static void
test_hostile_texts (Fixture *fixture, gconstpointer data)
{
  const guint n_entries = 2000;
  g_autoptr (GString) expected = g_string_new ("\n");
  g_autofree char *content = NULL;
  g_autofree char *output = NULL;
  icalcomponent *calendar;

  for (guint i = 0; i < n_entries; i++)
    add_hostile_entry (fixture->calendar, expected, i);
  g_string_append (expected, "END:VCALENDAR\n");
  content = write_and_read (fixture);
  output = read_apart (fixture);
  g_assert_cmpstr (strstr (output, "\nBEGIN:VEVENT\n"), ==, expected->str);
  calendar = parse (content);
  g_assert_cmpint (icalcomponent_count_components (calendar, ICAL_VEVENT_COMPONENT), ==, n_entries);
  icalcomponent_free (calendar);
}

/* Lines of every length, folded once, twice and not at all. */
static void
test_line_lengths (Fixture *fixture, gconstpointer data)
{
  static const char *const letters[] = { "a", " a", "가", "😀", "," };
  g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *content = NULL;
  g_autofree char *output = NULL;

  for (guint letter = 0; letter < G_N_ELEMENTS (letters); letter++)
    {
      g_autoptr (GString) text = g_string_new ("x");

      for (guint i = 0; i < 250; i++)
        {
          g_autofree char *id = g_strdup_printf ("line-%u-%u", letter, i);
          g_autofree char *quoted = g_uri_escape_string (text->str, NULL, FALSE);
          const MadangCalendarEntry entry
              = { .id = id, .first_day = "2020-03-13", .summary = text->str };

          assert_adds (fixture->calendar, &entry);
          g_ptr_array_add (expected, g_strconcat ("SUMMARY:", quoted, NULL));
          g_string_append (text, letters[letter]);
        }
    }
  content = write_and_read (fixture);
  output = read_apart (fixture);
  for (guint i = 0; i < expected->len; i++)
    assert_line (output, g_ptr_array_index (expected, i));
}

static void
test_read_by_library (Fixture *fixture, gconstpointer data)
{
  const MadangCalendarEntry entry = { .id = RECORD "-due",
                                      .first_day = "2020-03-13",
                                      .summary = "접수; 마감, \\ \"금천구\"",
                                      .description = "첫 줄\n둘째 줄: 보완, 재제출",
                                      .place = "시청 3층" };
  g_autofree char *content = NULL;
  icalcomponent *calendar;
  icalcomponent *event;

  assert_adds (fixture->calendar, &entry);
  content = write_and_read (fixture);
  calendar = parse (content);
  event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
  g_assert_cmpstr (icalcomponent_get_uid (event), ==, RECORD "-due@madang");
  g_assert_cmpstr (icalcomponent_get_summary (event), ==, entry.summary);
  g_assert_cmpstr (icalcomponent_get_description (event), ==, entry.description);
  g_assert_cmpstr (icalcomponent_get_location (event), ==, entry.place);
  icalcomponent_free (calendar);
}

/* --- limits and failures ------------------------------------------------------------------- */

static void
assert_refused (Fixture *fixture, const MadangCalendarEntry *entry, int code)
{
  guint before = madang_calendar_file_get_n_entries (fixture->calendar);
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_calendar_file_add (fixture->calendar, entry, &error));
  g_assert_error (error, MADANG_ERROR, code);
  g_assert_cmpuint (madang_calendar_file_get_n_entries (fixture->calendar), ==, before);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const MadangCalendarEntry good = { .id = "good", .first_day = "2020-03-13", .summary = "마감" };
  const MadangCalendarEntry bad[] = {
    good, /* for the second time */
    { .id = NULL, .first_day = "2020-03-13" },
    { .id = "", .first_day = "2020-03-13" },
    { .id = "two words", .first_day = "2020-03-13" },
    { .id = "a\r\nb", .first_day = "2020-03-13" },
    { .id = "1", .first_day = "2020-02-30" },
    { .id = "2", .first_day = "언젠가" },
    { .id = "3", .first_day = "2020-03-13", .last_day = "" },
    { .id = "4", .first_day = "2020-03-13", .last_day = "2020-03-12" },
    { .id = "5", .first_day = "9999-12-31" },
    { .id = "6", .start = G_MAXINT64 },
    { .id = "7", .start = G_MININT64 },
    { .id = "8", .start = MEETING, .end = G_MAXINT64 },
  };
  g_autofree char *content = NULL;

  assert_adds (fixture->calendar, &good);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (fixture, &bad[i], MADANG_ERROR_INVALID);
  content = write_and_read (fixture);
  g_assert_null (strstr (content, "언젠가"));
}

static void
test_limits (Fixture *fixture, gconstpointer data)
{
  MadangCalendarEntry entry = { .id = "long", .first_day = "2020-03-13", .summary = "마감" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MADANG_CALENDAR_FILE_MAX_TEXT; i++)
    g_string_append (text, "가");
  entry.description = text->str;
  assert_adds (fixture->calendar, &entry);
  g_string_append (text, "나");
  entry.id = "too-long";
  entry.description = text->str;
  assert_refused (fixture, &entry, MADANG_ERROR_TOO_LARGE);
  entry.description = NULL;
  for (guint i = 1; i < MADANG_CALENDAR_FILE_MAX_ENTRIES; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      entry.id = id;
      assert_adds (fixture->calendar, &entry);
    }
  entry.id = "one-more";
  assert_refused (fixture, &entry, MADANG_ERROR_TOO_LARGE);
}

static void
test_nothing_to_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_calendar_file_write (fixture->calendar, fixture->file, NULL, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
  g_assert_false (g_file_query_exists (fixture->file, NULL));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  const MadangCalendarEntry entry = { .id = "a", .first_day = "2020-03-13", .summary = "마감" };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  assert_adds (fixture->calendar, &entry);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      madang_calendar_file_write (fixture->calendar, fixture->file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_query_exists (fixture->file, NULL));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  add ("/calendar-file/calendar", test_calendar);
  add ("/calendar-file/days", test_days);
  add ("/calendar-file/times", test_times);
  add ("/calendar-file/hostile-texts", test_hostile_texts);
  add ("/calendar-file/line-lengths", test_line_lengths);
  add ("/calendar-file/read-by-library", test_read_by_library);
  add ("/calendar-file/refused", test_refused);
  add ("/calendar-file/limits", test_limits);
  add ("/calendar-file/nothing-to-write", test_nothing_to_write);
  add ("/calendar-file/cancelled", test_cancelled);
  status = g_test_run ();
  icalmemory_free_ring ();
  return status;
}
