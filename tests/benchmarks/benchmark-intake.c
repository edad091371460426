/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The coordinator's list of 100,000 applications: scrolled from top to bottom, again and again, it
 * keeps no more in memory than after the first time, and it scrolls like a column view over a few
 * strings that never change. And what it costs to read an application and come back. */

#include "window-benchmark.h"

#include "static-list.h"

#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#define N_RECORDS 100000
#define N_READ 5        /* different applications, one after the other */
#define PASS_FRAMES 150 /* of one way from top to bottom */
#define SLOW_STEP 40    /* pixels a frame, as a wheel turns */
#define MOST_GROWTH 5   /* hundredths */
#define MOST_RATIO 1.5  /* of a frame to one of the floor */
/* The pages of the list, and what the view holds at most. */
#define MOST_ALIVE (16 * 128 + 512)

static GtkWidget *
find_view (GtkWidget *start)
{
  return window_benchmark_find (start, window_benchmark_is_type, "GtkColumnView");
}

static GtkAdjustment *
get_adjustment (GtkWidget *view)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
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

static void
scroll_to (GtkWidget *view, double value, Times *times)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (view));
  BusyTime time = busy_time_get ();

  gtk_adjustment_set_value (get_adjustment (view), value);
  window_benchmark_paint (window, 0);
  time = busy_time_since (&time);
  times_add (times, &time);
}

/* From the top to the bottom in so many frames. */
static void
scroll_through (GtkWidget *view, guint n_frames, Census *census, Times *times)
{
  GtkAdjustment *adjustment = get_adjustment (view);
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  const guint n_items = g_list_model_get_n_items (model);

  for (guint i = 0; i <= n_frames; i++)
    {
      const double end
          = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

      scroll_to (view, end * i / n_frames, times);
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
  g_print ("records alive: %u at most (gate: %u of %u)\n", census.most, MOST_ALIVE, N_RECORDS);
  passed = passed && census.most <= MOST_ALIVE;
  forget (&census);
  return passed;
}

static gboolean
report_frames (const char *what, Times *own, Times *floor)
{
  const double high = benchmark_percentile (own->work, 99);
  const double floor_high = benchmark_percentile (floor->work, 99);
  const double ratio
      = benchmark_percentile (own->work, 50) / benchmark_percentile (floor->work, 50);

  g_print (
      "%s: work a frame %.1f ms, p99 %.1f (busy p99 %.1f); floor %.1f ms, p99 %.1f; ratio %.2f "
      "(gate: p99 within a frame, ratio %.2f)\n",
      what, benchmark_percentile (own->work, 50), high, benchmark_percentile (own->busy, 99),
      benchmark_percentile (floor->work, 50), floor_high, ratio, MOST_RATIO);
  return benchmark_is_within_frame (high, floor_high) && ratio <= MOST_RATIO;
}

/* By turns in both windows. */
static gboolean
measure_frames (GtkWidget *view, GtkWidget *bare, guint n_frames)
{
  g_auto (Times) own = times_make ();
  g_auto (Times) floor = times_make ();

  scroll_to (view, 0, &own);
  scroll_to (bare, 0, &floor);
  for (guint i = 1; i <= n_frames; i++)
    {
      scroll_to (view, i * SLOW_STEP, &own);
      scroll_to (bare, i * SLOW_STEP, &floor);
    }
  return report_frames ("the wheel", &own, &floor);
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
  g_autoptr (FilledProfile) profile = filled_profile_new_office (N_RECORDS);
  g_autoptr (WindowBenchmark) benchmark = NULL;
  GtkWidget *view, *bare;
  gboolean passed;

  busy_time_watch ();
  benchmark = window_benchmark_new (profile);
  view = find_view (GTK_WIDGET (benchmark->window));
  passed = measure_memory (view, benchmark_get_rounds (3));
  bare = static_list_new (N_RECORDS);
  window_benchmark_add_bare (benchmark, bare);
  bare = find_view (bare);
  passed = measure_frames (view, bare, 100 * benchmark_get_rounds (3)) && passed;
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (bare)));
  passed = measure_reading (benchmark, view, benchmark_get_rounds (15)) && passed;
  return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
