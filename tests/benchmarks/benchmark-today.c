/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page of the day asks of a cache with 100,000 applications of which every one has a day or
 * waits: all its groups with their first lines and their counts as far as they
 * are counted, against a bare query each for the
 * same rows by an index of the same columns. By turns in the same run. */

#include "bare-database.h"
#include "busy-time.h"
#include "filled-profile.h"
#include "madang-agenda.h"
#include "madang-cache.h"

#include <stdlib.h>

#define N_RECORDS 100000
#define N_LINES 20
/* Times the floor, which only steps over the rows: the product makes records of eighty of them, on
 * the thread that reads for the pages. */
#define MOST 18.0

/* Microseconds of this thread's processor time: what the machine does beside it does not count. */
static gint64
get_work (void)
{
  const BusyTime now = busy_time_get ();

  return (gint64)(now.work * 1000);
}

/* --- what is measured ---------------------------------------------------------------------- */

static guint
find_due (MadangRecordStore *records, const MadangActor *actor, const char *first, const char *last)
{
  const MadangAgendaSpan span = { .first = first, .last = last, .limit = N_LINES };
  guint n_all = 0;
  g_autoptr (GPtrArray) items = madang_agenda_find_due (records, actor, &span, &n_all, NULL);

  if (items == NULL)
    g_error ("what is due was not found");
  return n_all;
}

static guint
find_waiting (MadangRecordStore *records, const MadangActor *actor, MadangAgendaTurn turn)
{
  guint n_all = 0;
  g_autoptr (GPtrArray) items
      = madang_agenda_find_waiting (records, actor, turn, N_LINES, &n_all, NULL);

  if (items == NULL)
    g_error ("what waits was not found");
  return n_all;
}

static double
read_agenda (MadangRecordStore *records, const MadangActor *actor)
{
  gint64 start = get_work ();
  guint n_due = find_due (records, actor, NULL, "2020-03-08")
                + find_due (records, actor, "2020-03-09", "2020-03-09")
                + find_due (records, actor, "2020-03-10", "2020-03-15");
  guint n_waiting = find_waiting (records, actor, MADANG_AGENDA_MINE);

  find_waiting (records, actor, MADANG_AGENDA_ELSEWHERE);
  find_waiting (records, actor, MADANG_AGENDA_TOLD);
  if (n_due < MADANG_AGENDA_MOST_COUNTED || n_waiting < MADANG_AGENDA_MOST_COUNTED)
    g_error ("%u due and %u waiting", n_due, n_waiting);
  return (double)(get_work () - start) / 1000;
}

/* --- the floor ----------------------------------------------------------------------------- */

static const char *const bare_texts[] = {
  "SELECT r.main FROM bare b JOIN record r ON r.rowid = b.record WHERE b.state = 'supplement'"
  " AND b.day <= '2020-03-08' ORDER BY b.day LIMIT 20",
  "SELECT record FROM bare WHERE state = 'supplement' AND day <= '2020-03-08' LIMIT 1000",
  "SELECT r.main FROM bare b JOIN record r ON r.rowid = b.record WHERE b.state = 'supplement'"
  " AND b.day = '2020-03-09' LIMIT 20",
  "SELECT record FROM bare WHERE state = 'supplement' AND day = '2020-03-09' LIMIT 1000",
  "SELECT r.main FROM bare b JOIN record r ON r.rowid = b.record WHERE b.state = 'supplement'"
  " AND b.day BETWEEN '2020-03-10' AND '2020-03-15' ORDER BY b.day LIMIT 20",
  "SELECT record FROM bare WHERE state = 'supplement' AND day BETWEEN '2020-03-10' AND"
  " '2020-03-15' LIMIT 1000",
  "SELECT r.main FROM bare b JOIN record r ON r.rowid = b.record WHERE b.state = 'submitted'"
  " ORDER BY b.day LIMIT 20",
  "SELECT record FROM bare WHERE state = 'submitted' LIMIT 1000",
};

static double
read_bare (sqlite3_stmt **statements)
{
  gint64 start = get_work ();

  for (guint i = 0; i < G_N_ELEMENTS (bare_texts); i++)
    bare_statement_run (statements[i]);
  return (double)(get_work () - start) / 1000;
}

static void
add_floor (BareDatabase *database)
{
  bare_database_run (database,
                     "CREATE TABLE bare (record INTEGER PRIMARY KEY, state TEXT, day TEXT) STRICT;"
                     "INSERT INTO bare SELECT record, state, f_supplement_due FROM k_application;"
                     "CREATE INDEX bare_state_day ON bare (state, day, record);");
}

int
main (void)
{
  const guint n_records = benchmark_get_records (N_RECORDS);
  g_autoptr (FilledProfile) profile = filled_profile_new_busy_office (n_records);
  g_autoptr (BareDatabase) database = bare_database_open (profile->database);
  g_autoptr (MadangActor) actor = madang_actor_new ("0170bc2f-8e3a-7c4d-9b21-5a6f70c1d201");
  g_autoptr (MadangRecordStore) records = NULL;
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) floor = g_array_new (FALSE, FALSE, sizeof (double));
  sqlite3_stmt *statements[G_N_ELEMENTS (bare_texts)];
  double median, least;

  add_floor (database);
  madang_actor_add_grant (actor, MADANG_ROLE_CITY_COORDINATOR, "programme", NULL);
  records = madang_cache_open_reader (profile->database, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bare_texts); i++)
    statements[i] = bare_database_prepare (database, bare_texts[i]);
  for (guint i = 0; i < benchmark_get_rounds (21); i++)
    {
      double value = read_agenda (records, actor);
      g_array_append_val (own, value);
      value = read_bare (statements);
      g_array_append_val (floor, value);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bare_texts); i++)
    sqlite3_finalize (statements[i]);

  median = benchmark_percentile (own, 50);
  least = benchmark_percentile (floor, 50);
  g_print ("today, %u records: %.2f ms; floor %.2f ms; ratio %.1f; n = %u (gate: %.1f; a frame is "
           "%.1f ms)\n",
           n_records, median, least, median / least, own->len, MOST, FRAME);
  return median <= MOST * least ? EXIT_SUCCESS : EXIT_FAILURE;
}
