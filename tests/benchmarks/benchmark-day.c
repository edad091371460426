/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of the day over 100,000 applications of which every one is due or waits: what the main
 * thread does to bring it into view, to show a change, and for a frame while it is scrolled. */

#include "window-benchmark.h"

#include "madang-today-page.h"
#include "scroll-frames.h"
#include "static-list.h"

#include <stdlib.h>

#define N_RECORDS 100000
#define SIGHT 600000 /* us: until all lines are there */

/* --- the first sight ------------------------------------------------------------------------ */

/* Another page of the same day, in a window that is there already. Its longest step. */
static double
look (WindowBenchmark *benchmark, AdwBin *place, guint *n_rows)
{
  gint64 end = g_get_monotonic_time () + SIGHT;
  double longest = 0;
  BusyTime start = busy_time_get ();

  adw_bin_set_child (
      place, GTK_WIDGET (madang_today_page_new (madang_session_get_sync (benchmark->session))));
  longest = busy_time_since (&start).work;
  while (g_get_monotonic_time () < end)
    {
      start = busy_time_get ();
      g_main_context_iteration (NULL, TRUE);
      longest = MAX (longest, busy_time_since (&start).work);
    }
  *n_rows = window_benchmark_count (GTK_WIDGET (place), "GtkListBoxRow");
  adw_bin_set_child (place, NULL);
  return longest;
}

static gboolean
measure_first_sight (WindowBenchmark *benchmark, guint n_rounds)
{
  g_autoptr (GArray) longest = g_array_new (FALSE, FALSE, sizeof (double));
  GtkWidget *place = adw_bin_new ();
  guint n_rows = 0;
  double median;

  window_benchmark_add_bare (benchmark, place);
  for (guint i = 0; i < n_rounds; i++)
    {
      const double value = look (benchmark, ADW_BIN (place), &n_rows);

      g_array_append_val (longest, value);
    }
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (place)));
  median = benchmark_percentile (longest, 50);
  g_print (
      "today, first sight of %u lines: the longest step %.1f ms, most %.1f (gate: median within a "
      "frame, %.1f ms)\n",
      n_rows, median, benchmark_percentile (longest, 100), benchmark_get_frame ());
  return median <= benchmark_get_frame ();
}

/* The one in view: there is another for a day without any work. */
static gboolean
is_viewport (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_VIEWPORT (widget) && gtk_widget_get_mapped (widget);
}

int
main (void)
{
  const PageSwitch ways[] = {
    { "win.area", (const char *const[]){ "today", NULL } },
    { "win.area", (const char *const[]){ "intake", NULL } },
  };
  g_autoptr (FilledProfile) profile
      = filled_profile_new_busy_office (benchmark_get_records (N_RECORDS));
  g_autoptr (WindowBenchmark) benchmark = NULL;
  GtkWidget *page, *view, *bare;
  gboolean passed;

  busy_time_watch ();
  benchmark = window_benchmark_new (profile);
  passed = window_benchmark_switch (benchmark, "applications and today", ways,
                                    benchmark_get_rounds (15));
  passed = measure_first_sight (benchmark, benchmark_get_rounds (9)) && passed;
  window_benchmark_go (benchmark, "today");
  page = GTK_WIDGET (madang_window_get_page (MADANG_WINDOW (benchmark->window)));
  view = window_benchmark_find (page, is_viewport, NULL);
  bare = static_list_new (N_RECORDS);
  window_benchmark_add_bare (benchmark, bare);
  bare = window_benchmark_find (bare, window_benchmark_is_type, "GtkColumnView");
  passed = scroll_frames_measure ("today", view, bare, 100 * benchmark_get_rounds (3)) && passed;
  return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
