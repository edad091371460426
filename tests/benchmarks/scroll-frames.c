/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scroll-frames.h"

#include "window-benchmark.h"

#define STEP 40        /* pixels a frame */
#define MOST_RATIO 1.5 /* of a frame to one of the floor */

GtkAdjustment *
scroll_frames_get_adjustment (GtkWidget *view)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
}

void
scroll_frames_step (GtkWidget *view, double value, Times *times)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (view));
  BusyTime time = busy_time_get ();

  gtk_adjustment_set_value (scroll_frames_get_adjustment (view), value);
  window_benchmark_paint (window, 0);
  time = busy_time_since (&time);
  times_add (times, &time);
}

/* Where the wheel is after so many steps. */
static double
find_place (GtkWidget *view, guint n_steps)
{
  GtkAdjustment *adjustment = scroll_frames_get_adjustment (view);
  const guint end
      = (guint)(gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment));
  const guint way = n_steps * STEP % (2 * end);

  return way <= end ? way : 2 * end - way;
}

static gboolean
report (const char *what, Times *own, Times *floor)
{
  const double high = benchmark_percentile (own->work, 99);
  const double floor_high = benchmark_percentile (floor->work, 99);
  const double ratio
      = benchmark_percentile (own->work, 50) / benchmark_percentile (floor->work, 50);

  g_print (
      "%s, by the wheel: work a frame %.1f ms, p99 %.1f (busy p99 %.1f); floor %.1f ms, p99 %.1f; "
      "ratio %.2f (gate: p99 within a frame, ratio %.2f)\n",
      what, benchmark_percentile (own->work, 50), high, benchmark_percentile (own->busy, 99),
      benchmark_percentile (floor->work, 50), floor_high, ratio, MOST_RATIO);
  return benchmark_is_within_frame (high, floor_high) && ratio <= MOST_RATIO;
}

gboolean
scroll_frames_measure (const char *what, GtkWidget *view, GtkWidget *floor, guint n_frames)
{
  GtkAdjustment *adjustment = scroll_frames_get_adjustment (view);
  g_auto (Times) own = times_make ();
  g_auto (Times) bare = times_make ();

  if (gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment))
    g_error ("%s: there is nothing to scroll", what);
  for (guint i = 0; i <= n_frames; i++)
    {
      scroll_frames_step (view, find_place (view, i), &own);
      scroll_frames_step (floor, find_place (floor, i), &bare);
    }
  return report (what, &own, &bare);
}
