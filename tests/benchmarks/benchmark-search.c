/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search of a cache with 100,000 records. The newest 50 that are found, against the newest 50
 * without a search, both read into records by the product. And a list in which somebody types: the
 * time to its first rows and its longest step on the main thread, against the time in which bare
 * SQLite reads the row ids of all that can be found, in their order. By turns in the same run. Also
 * how long the index takes to build, and how large it is. */

#include "bare-database.h"
#include "busy-time.h"
#include "filled-profile.h"
#include "madang-profile.h"
#include "madang-record-list.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>

#define N_RECORDS 100000
#define N_NEWEST 50
#define N_SEEN 30 /* rows on a screen */

/* Times the floor. Where words are frequent but seldom together, SQLite itself needs some of it; to
 * reload is to read all of the floor. */
#define MOST_NEWEST 8.0
#define MOST_FIRST_ROWS 1.0
#define MOST_STEP 1.25
#define MOST_RELOAD 3.0

typedef struct
{
  const char *what;
  const char *typed;
  MadangSearchFlags flags;
} Word;

/* What is typed on the way to 금천, a department that there is once, one that every record has,
 * and what none has though all of its pairs are frequent. */
static const Word words[] = {
  { "ㄱ", "ㄱ", MADANG_SEARCH_COMPOSING },
  { "그", "그", MADANG_SEARCH_COMPOSING },
  { "금", "금", MADANG_SEARCH_COMPOSING },
  { "금ㅊ", "금ㅊ", 0 },
  { "금처", "금처", MADANG_SEARCH_COMPOSING },
  { "금천", "금천", 0 },
  { "ㄱㅊ", "ㄱㅊ", 0 },
  { "rare", "견본 부서 7777", 0 },
  { "frequent", "견본", 0 },
  { "three syllables", "견본부", 0 },
  { "none", "부서견본", 0 },
};

/* Microseconds of this thread's processor time: what the machine does beside it does not count. */
static gint64
get_work (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now) != 0)
    g_error ("the processor time cannot be read");
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static double
measure_since (gint64 start)
{
  return (double)(get_work () - start) / 1000;
}

static void
add (GArray *values, double value)
{
  g_array_append_val (values, value);
}

static gboolean
report (const char *what, const char *word, GArray *own, GArray *floor, double most)
{
  const double median = benchmark_percentile (own, 50);
  const double floor_median = benchmark_percentile (floor, 50);

  g_print ("%s %s: %.2f ms, p99 %.2f; floor %.2f ms; ratio %.2f (gate: %.1f, or a frame)\n", what,
           word, median, benchmark_percentile (own, 99), floor_median, median / floor_median, most);
  /* What a step costs at least does not shrink with the records: the floor of a few may be less. */
  return median <= MAX (most * floor_median, FRAME);
}

/* --- the newest -------------------------------------------------------------------------------- */

static double
find_newest (MadangRecordStore *records, const Word *word, guint *n_found)
{
  static const char *const kinds[] = { "application", NULL };
  gint64 start = get_work ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found
      = madang_record_store_search (records, kinds, word->typed, word->flags, N_NEWEST, &error);

  if (found == NULL)
    g_error ("%s", error->message);
  *n_found = found->len;
  return measure_since (start);
}

/* The floor: what is left when nothing is searched. */
static double
read_newest (MadangRecordStore *records)
{
  g_autoptr (MadangQuery) query = madang_query_new ("application");
  gint64 start = get_work ();
  g_autoptr (GPtrArray) found = NULL;

  madang_query_set_order (query, NULL, MADANG_QUERY_DESCENDING);
  madang_query_set_limit (query, N_NEWEST);
  found = madang_record_store_find (records, query, NULL);
  if (found == NULL || found->len != N_NEWEST)
    g_error ("the newest records were not found");
  return measure_since (start);
}

static gboolean
measure_newest (MadangRecordStore *records, const Word *word, guint n_rounds)
{
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) floor = g_array_new (FALSE, FALSE, sizeof (double));
  guint n_found = 0;

  for (guint i = 0; i < n_rounds; i++)
    {
      add (own, find_newest (records, word, &n_found));
      add (floor, read_newest (records));
    }
  g_print ("%u found; ", n_found);
  return report ("the newest 50 for", word->what, own, floor, MOST_NEWEST);
}

/* --- the list ---------------------------------------------------------------------------------- */

static MadangQuery *
new_list_query (void)
{
  MadangQuery *query = madang_query_new ("application");

  madang_query_add_states (query, (const char *[]){ "submitted", "received", NULL });
  madang_query_set_order (query, "submitted_at", MADANG_QUERY_DESCENDING);
  return query;
}

/* The floor: what new_list_query() chooses from. */
static double
read_bare (sqlite3_stmt *statement, guint *n_rows)
{
  const gint64 start = get_work ();

  *n_rows = bare_statement_run (statement);
  return measure_since (start);
}

static void
look_at_screen (MadangRecordList *list)
{
  for (guint i = 0; i < N_SEEN; i++)
    {
      g_autoptr (MadangRecord) seen = g_list_model_get_item (G_LIST_MODEL (list), i);
    }
}

/* Until all is found; what the view reads of it in the meantime belongs to a step. */
static double
measure_longest_step (MadangRecordList *list)
{
  double longest = 0;

  while (madang_record_list_get_loading (list))
    {
      const gint64 start = get_work ();
      g_main_context_iteration (NULL, TRUE);
      look_at_screen (list);
      longest = MAX (longest, measure_since (start));
    }
  return longest;
}

typedef struct
{
  GArray *first; /* (element-type double) */
  GArray *step;
  GArray *reload; /* with nothing changed */
  GArray *floor;
} ListTimes;

static void
show (MadangRecordStore *records, const MadangQuery *query, ListTimes *times, guint *n_items)
{
  g_autoptr (MadangQuery) all = new_list_query ();
  g_autoptr (MadangRecordList) list = madang_record_list_new (records, all);
  gint64 start;

  look_at_screen (list);
  start = get_work ();
  madang_record_list_set_query (list, query);
  look_at_screen (list);
  add (times->first, measure_since (start));
  add (times->step, measure_longest_step (list));
  *n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  start = get_work ();
  madang_record_list_reload (list, NULL);
  add (times->reload, measure_since (start));
}

static gboolean
report_list (const Word *word, ListTimes *times)
{
  gboolean passed
      = report ("the first rows for", word->what, times->first, times->floor, MOST_FIRST_ROWS);

  passed
      = report ("the longest step for", word->what, times->step, times->floor, MOST_STEP) && passed;
  return report ("reloading for", word->what, times->reload, times->floor, MOST_RELOAD) && passed;
}

static gboolean
measure_list (MadangRecordStore *records, sqlite3_stmt *bare, const Word *word, guint n_rounds)
{
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) step = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) reload = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) floor = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (MadangQuery) query = new_list_query ();
  ListTimes times = { first, step, reload, floor };
  guint n_items = 0;
  guint n_all = 0;

  madang_query_set_search (query, word->typed, word->flags);
  for (guint i = 0; i < n_rounds; i++)
    {
      show (records, query, &times, &n_items);
      add (floor, read_bare (bare, &n_all));
    }
  g_print ("%u of %u:\n", n_items, n_all);
  return report_list (word, &times);
}

static gboolean
measure_lists (MadangRecordStore *records, const char *path)
{
  g_autoptr (BareDatabase) database = bare_database_open (path);
  g_autoptr (sqlite3_stmt) bare = bare_database_prepare (
      database, "SELECT record FROM k_application WHERE +state IN ('submitted', 'received')"
                " ORDER BY f_submitted_at DESC, record DESC");
  gboolean passed = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    passed = measure_list (records, bare, &words[i], MIN (benchmark_get_rounds (5), 50)) && passed;
  return passed;
}

/* --- the index --------------------------------------------------------------------------------- */

static gint64
measure_size (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? status.st_size : 0;
}

static void
build (const FilledProfile *profile)
{
  g_autoptr (MadangProfile) opened = madang_profile_open (profile->profile, FILLED_LOGIN, NULL);
  MadangRecordStore *records = madang_cache_get_records (opened->cache);
  g_autoptr (GArray) slices = g_array_new (FALSE, FALSE, sizeof (double));
  const gint64 before = measure_size (profile->database);
  const gint64 start = get_work ();
  gboolean more = TRUE;

  while (more)
    {
      const gint64 slice = get_work ();
      if (!madang_record_store_index_some (records, 200, &more, NULL))
        g_error ("the index was not built");
      add (slices, measure_since (slice));
    }
  g_print ("indexed in %.0f ms, a slice of 200 in %.1f ms, p99 %.1f; %.1f MB before\n",
           measure_since (start), benchmark_percentile (slices, 50),
           benchmark_percentile (slices, 99), (double)before / 1e6);
}

int
main (void)
{
  g_autoptr (FilledProfile) profile = filled_profile_new_office (benchmark_get_records (N_RECORDS));
  g_autoptr (MadangRecordStore) records = NULL;
  gboolean passed = TRUE;

  build (profile);
  g_print ("%.1f MB with the index\n", (double)measure_size (profile->database) / 1e6);
  records = madang_cache_open_reader (profile->database, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    passed = measure_newest (records, &words[i], MIN (benchmark_get_rounds (21), 200)) && passed;
  passed = measure_lists (records, profile->database) && passed;
  return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
