/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A cache with 100,000 records: opened with its newest 50 applications, against a bare query for
 * the newest 50 rows of the same file; and one edit until it is durable, against a bare commit of
 * the same bytes. By turns in the same run. */

#include "bare-database.h"
#include "busy-time.h"
#include "filled-profile.h"
#include "madang-profile.h"
#include "madang-record-list.h"

#include <stdlib.h>

#define N_RECORDS 100000
#define N_NEWEST 50
#define LEAST_FOR_P99 300 /* fewer say nothing about the slowest hundredth */
#define MOST_OPEN 6.6     /* times the floor */
#define MOST_EDIT 6.4

static double
measure_since (gint64 start)
{
  return (double)(g_get_monotonic_time () - start) / 1000;
}

/* Of this thread's processor time: what the machine does beside it does not count. */
static double
measure_work_since (const BusyTime *start)
{
  return busy_time_since (start).work;
}

static gboolean
report (const char *what, GArray *own, GArray *floor, double most)
{
  const double median = benchmark_percentile (own, 50);
  const double floor_median = benchmark_percentile (floor, 50);

  g_print ("%s: %.2f ms; floor %.2f ms; ratio %.1f; n = %u (gate: %.1f)\n", what, median,
           floor_median, median / floor_median, own->len, most);
  if (own->len >= LEAST_FOR_P99)
    g_print ("%s: p99 %.2f ms; floor %.2f ms\n", what, benchmark_percentile (own, 99),
             benchmark_percentile (floor, 99));
  return median <= most * floor_median;
}

static void
add (GArray *values, double value)
{
  g_array_append_val (values, value);
}

/* --- opening -------------------------------------------------------------------------------- */

static MadangQuery *
new_newest_query (void)
{
  MadangQuery *query = madang_query_new ("application");

  madang_query_add_states (query, (const char *[]){ "submitted", "received", NULL });
  madang_query_set_order (query, "submitted_at", MADANG_QUERY_DESCENDING);
  return query;
}

static double
open_cache (const FilledProfile *profile)
{
  const BusyTime start = busy_time_get ();
  g_autoptr (MadangRecordStore) records = madang_cache_open_reader (profile->database, NULL);
  g_autoptr (MadangQuery) query = new_newest_query ();
  g_autoptr (GPtrArray) found = NULL;

  madang_query_set_limit (query, N_NEWEST);
  found = madang_record_store_find (records, query, NULL);
  if (found == NULL || found->len != N_NEWEST)
    g_error ("the newest records were not found");
  return measure_work_since (&start);
}

static double
open_bare (const FilledProfile *profile)
{
  const BusyTime start = busy_time_get ();
  g_autoptr (BareDatabase) database = bare_database_open (profile->database);
  g_autoptr (sqlite3_stmt) newest
      = bare_database_prepare (database, "SELECT id, state, main, personal FROM record WHERE kind ="
                                         " 'application' ORDER BY rowid DESC LIMIT 50");

  if (bare_statement_run (newest) != N_NEWEST)
    g_error ("the newest rows were not found");
  return measure_work_since (&start);
}

/* What the page of the applications does: all row ids, and the records of the first page. */
static double
open_list (const FilledProfile *profile)
{
  g_autoptr (MadangRecordStore) records = madang_cache_open_reader (profile->database, NULL);
  g_autoptr (MadangQuery) query = new_newest_query ();
  const BusyTime start = busy_time_get ();
  g_autoptr (MadangRecordList) list = madang_record_list_new (records, query);
  g_autoptr (MadangRecord) first = g_list_model_get_item (G_LIST_MODEL (list), 0);

  if (first == NULL
      || g_list_model_get_n_items (G_LIST_MODEL (list)) != benchmark_get_records (N_RECORDS))
    g_error ("the list is not complete");
  return measure_work_since (&start);
}

static gboolean
measure_opening (const FilledProfile *profile, guint n_rounds)
{
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) floor = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < n_rounds; i++)
    {
      add (own, open_cache (profile));
      add (floor, open_bare (profile));
      add (list, open_list (profile));
    }
  g_print ("the whole list with its first page: %.1f ms\n", benchmark_percentile (list, 50));
  return report ("open, newest 50", own, floor, MOST_OPEN);
}

/* --- an edit -------------------------------------------------------------------------------- */

static MadangMutation *
new_edit (MadangRecord *record, guint number)
{
  MadangMutation *mutation
      = madang_mutation_new (MADANG_OPERATION_PATCH, "application", madang_record_get_id (record));
  g_autofree char *text = g_strdup_printf ("견본 부서 다음 %u", number);
  GVariant *from = madang_record_get (record, "dept_name");

  g_ptr_array_add (mutation->edits,
                   madang_edit_new ("dept_name", from, g_variant_new_string (text)));
  return mutation;
}

/* Each edit is of another record, as each is a mutation of its own then. */
static double
save_edit (MadangProfile *profile, MadangRecord *record, const MadangSigningKey *key, guint number)
{
  g_autoptr (MadangMutation) mutation = new_edit (record, number);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  if (!madang_cache_queue (profile->cache, mutation, key, g_get_real_time () / 1000, &error))
    g_error ("the edit was not saved: %s", error->message);
  return measure_since (start);
}

static double
save_bare (BareDatabase *database, sqlite3_stmt *update, sqlite3_stmt *insert, guint number)
{
  gint64 start = g_get_monotonic_time ();

  sqlite3_bind_int (update, 1, (int)number + 1);
  sqlite3_bind_int (insert, 1, (int)number + 1);
  bare_database_run (database, "BEGIN IMMEDIATE");
  bare_statement_run (update);
  bare_statement_run (insert);
  bare_database_run (database, "COMMIT");
  return measure_since (start);
}

static gboolean
measure_edit (const FilledProfile *filled, guint n_edits)
{
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) floor = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (MadangProfile) profile = madang_profile_open (filled->profile, FILLED_LOGIN, NULL);
  g_autoptr (MadangSigningKey) key = madang_signing_key_new ();
  g_autoptr (MadangQuery) query = new_newest_query ();
  g_autofree char *path = g_build_filename (filled->directory, "bare.db", NULL);
  g_autoptr (BareDatabase) database = bare_database_open (path);
  g_autoptr (sqlite3_stmt) update = NULL;
  g_autoptr (sqlite3_stmt) insert = NULL;
  g_autoptr (GPtrArray) records = NULL;

  /* A row of a usual size changes, and a change of a usual size is noted beside it. */
  bare_database_run (database, "CREATE TABLE record (rowid INTEGER PRIMARY KEY, main BLOB);"
                               "CREATE TABLE outbox (place INTEGER PRIMARY KEY, body BLOB);"
                               "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                               " WHERE i < 10000)"
                               " INSERT INTO record SELECT i, randomblob (3000) FROM n");
  update = bare_database_prepare (database, "UPDATE record SET main = randomblob (3000)"
                                            " WHERE rowid = ?1");
  insert = bare_database_prepare (database, "INSERT INTO outbox VALUES (?1, randomblob (300))");
  madang_query_set_limit (query, n_edits);
  records = madang_record_store_find (madang_cache_get_records (profile->cache), query, NULL);
  for (guint i = 0; i < n_edits; i++)
    {
      add (own, save_edit (profile, records->pdata[i], key, i));
      add (floor, save_bare (database, update, insert, i));
    }
  return report ("save an edit", own, floor, benchmark_get_gate (MOST_EDIT));
}

int
main (void)
{
  g_autoptr (FilledProfile) profile = filled_profile_new_office (benchmark_get_records (N_RECORDS));
  gboolean passed = measure_opening (profile, MIN (benchmark_get_rounds (21), 200));

  passed = measure_edit (profile, 10 * MIN (benchmark_get_rounds (30), 500)) && passed;
  return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
