/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The coordinator's list of 100,000 applications: scrolled from top to bottom, again and again, it
 * keeps no more in memory than after the first time, and it scrolls like a column view over a few
 * strings that never change. And what it costs to read an application and come back. */

#include "window-benchmark.h"

#include "madang-record-list.h"
#include "scroll-frames.h"
#include "static-list.h"

#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#define N_RECORDS 100000
#define N_READ 5        /* different applications, one after the other */
#define PASS_FRAMES 150 /* of one way from top to bottom */
#define SETTLING 300    /* ms, after a change */
#define MOST_SORTED 4.0 /* times the order that has an index of its own */
#define MOST_GROWTH 5   /* hundredths */
/* The pages of the list, and what the view holds at most. */
#define MOST_ALIVE (16 * 128 + 512)

static GtkWidget *
find_view (GtkWidget *start)
{
  return window_benchmark_find (start, window_benchmark_is_type, "GtkColumnView");
}

/* --- records that are alive ----------------------------------------------------------------- */

typedef struct
{
  GHashTable *alive; /* records that were seen and are not gone */
  guint most;
} Census;

static void
record_gone_cb (gpointer data, GObject *record)
{
  g_hash_table_remove (((Census *)data)->alive, record);
}

/* Everything that the list holds on the page of this position. */
static void
count_around (Census *self, GListModel *model, guint position)
{
  const guint n_items = g_list_model_get_n_items (model);
  const guint first = position - MIN (position, 128);

  for (guint i = first; i < MIN (first + 256, n_items); i++)
    {
      g_autoptr (GObject) record = g_list_model_get_item (model, i);

      if (g_hash_table_add (self->alive, record))
        g_object_weak_ref (record, record_gone_cb, self);
    }
  self->most = MAX (self->most, g_hash_table_size (self->alive));
}

static void
forget (Census *self)
{
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, &record, NULL))
    g_object_weak_unref (record, record_gone_cb, self);
  g_hash_table_unref (self->alive);
}

/* --- scrolling ------------------------------------------------------------------------------ */

/* From the top to the bottom in so many frames. */
static void
scroll_through (GtkWidget *view, guint n_frames, Census *census, Times *times)
{
  GtkAdjustment *adjustment = scroll_frames_get_adjustment (view);
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  const guint n_items = g_list_model_get_n_items (model);

  for (guint i = 0; i <= n_frames; i++)
    {
      const double end
          = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

      scroll_frames_step (view, end * i / n_frames, times);
      if (census != NULL)
        count_around (census, model, (guint)((guint64)(n_items - 1) * i / n_frames));
    }
}

static double
measure_heap (void)
{
  struct mallinfo2 info;

  malloc_trim (0);
  info = mallinfo2 ();
  return (double)(info.uordblks + info.hblkhd) / 1e6;
}

static double
measure_resident (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) numbers = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    g_error ("no /proc/self/statm");
  numbers = g_strsplit (text, " ", 3);
  return (double)g_ascii_strtoull (numbers[1], NULL, 10) * (double)sysconf (_SC_PAGESIZE) / 1e6;
}

static gboolean
report_growth (const char *what, double first, double last)
{
  const double growth = 100 * (last - first) / first;

  g_print ("%s: %.1f MB after the first time, %.1f at the end: %+.1f %% (gate: %d)\n", what, first,
           last, growth, MOST_GROWTH);
  return growth <= MOST_GROWTH;
}

static gboolean
measure_memory (GtkWidget *view, guint n_passes)
{
  Census census = { g_hash_table_new (NULL, NULL), 0 };
  g_auto (Times) times = times_make ();
  double heap = 0;
  double resident = 0;
  gboolean passed;

  for (guint pass = 0; pass < n_passes; pass++)
    {
      scroll_through (view, PASS_FRAMES, &census, &times);
      if (pass > 0)
        continue;
      heap = measure_heap ();
      resident = measure_resident ();
    }
  passed = report_growth ("heap", heap, measure_heap ());
  passed = report_growth ("resident", resident, measure_resident ()) && passed;
  g_print ("records alive: %u at most (gate: %u of %u)\n", census.most, MOST_ALIVE,
           benchmark_get_records (N_RECORDS));
  passed = passed && census.most <= MOST_ALIVE;
  forget (&census);
  return passed;
}

/* --- searching and sorting ------------------------------------------------------------------- */

static MadangRecordList *
get_list (GtkWidget *view)
{
  GtkSelectionModel *selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));

  return MADANG_RECORD_LIST (gtk_multi_selection_get_model (GTK_MULTI_SELECTION (selection)));
}

static void
wait_until_loaded (GtkWidget *view)
{
  do
    window_benchmark_run (SETTLING);
  while (madang_record_list_get_loading (get_list (view)));
}

static gboolean
is_editable (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_EDITABLE (widget);
}

/* What every application has: the list is as long as without it. */
static gboolean
measure_results (WindowBenchmark *benchmark, GtkWidget *view, GtkWidget *bare, guint n_frames)
{
  GtkWidget *entry = window_benchmark_find (GTK_WIDGET (benchmark->window),
                                            window_benchmark_is_type, "MadangSearchEntry");
  gboolean passed;

  gtk_editable_set_text (GTK_EDITABLE (window_benchmark_find (entry, is_editable, NULL)), "견본");
  wait_until_loaded (view);
  if (g_list_model_get_n_items (G_LIST_MODEL (get_list (view)))
      != benchmark_get_records (N_RECORDS))
    g_error ("the search did not find everything");
  passed = scroll_frames_measure ("what a search found", view, bare, n_frames);
  gtk_editable_set_text (GTK_EDITABLE (window_benchmark_find (entry, is_editable, NULL)), "");
  wait_until_loaded (view);
  return passed;
}

static void
sort (GtkWidget *view, GtkColumnViewColumn *column, Times *times)
{
  BusyTime time = busy_time_get ();

  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (view), column, GTK_SORT_ASCENDING);
  window_benchmark_paint (GTK_WINDOW (gtk_widget_get_root (view)), 0);
  time = busy_time_since (&time);
  times_add (times, &time);
  wait_until_loaded (view);
}

/* By the names of the agencies, which stand in other records, and back by the time. */
static gboolean
measure_sorting (GtkWidget *view, guint n_rounds)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (view));
  g_autoptr (GtkColumnViewColumn) agency = g_list_model_get_item (columns, 0);
  g_auto (Times) by_name = times_make ();
  g_auto (Times) by_time = times_make ();

  for (guint i = 0; i < n_rounds; i++)
    {
      sort (view, agency, &by_name);
      sort (view, NULL, &by_time);
    }
  g_print (
      "sorted by the name of the agency: work to the first frame %.1f ms, most %.1f; by the time "
      "%.1f ms; ratio %.2f (gate: %.1f)\n",
      benchmark_percentile (by_name.work, 50), benchmark_percentile (by_name.work, 100),
      benchmark_percentile (by_time.work, 50),
      benchmark_percentile (by_name.work, 50) / benchmark_percentile (by_time.work, 50),
      MOST_SORTED);
  return benchmark_percentile (by_name.work, 50)
         <= MAX (benchmark_get_frame (), MOST_SORTED * benchmark_percentile (by_time.work, 50));
}

/* --- reading -------------------------------------------------------------------------------- */

static gboolean
measure_reading (WindowBenchmark *benchmark, GtkWidget *view, guint n_rounds)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  g_auto (GStrv) ids = g_new0 (char *, N_READ + 1);
  const PageSwitch ways[] = { { "win.open", (const char *const *)ids }, { "win.back", NULL } };

  for (guint i = 0; i < N_READ; i++)
    {
      g_autoptr (MadangRecord) record = g_list_model_get_item (model, i);

      ids[i] = g_strdup (madang_record_get_id (record));
    }
  return window_benchmark_switch (benchmark, "list and reading", ways, n_rounds);
}

int
main (void)
{
  g_autoptr (FilledProfile) profile = filled_profile_new_office (benchmark_get_records (N_RECORDS));
  g_autoptr (WindowBenchmark) benchmark = NULL;
  GtkWidget *view, *bare;
  gboolean passed;

  busy_time_watch ();
  benchmark = window_benchmark_new (profile);
  view = find_view (GTK_WIDGET (benchmark->window));
  passed = measure_memory (view, benchmark_get_rounds (3));
  bare = static_list_new (benchmark_get_records (N_RECORDS));
  window_benchmark_add_bare (benchmark, bare);
  bare = find_view (bare);
  passed = scroll_frames_measure ("the list", view, bare, 100 * benchmark_get_rounds (3)) && passed;
  passed = measure_results (benchmark, view, bare, 100 * benchmark_get_rounds (3)) && passed;
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (bare)));
  passed = measure_sorting (view, benchmark_get_rounds (9)) && passed;
  passed = measure_reading (benchmark, view, benchmark_get_rounds (15)) && passed;
  return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
