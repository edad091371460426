/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the main thread does for a key in the longest text of an application of full length, from
 * the letter in the buffer to the saved draft, the list of what is missing and the paper beside;
 * by turns with the same key in a bare text view with the same text. And what it does to bring
 * another page into view. */

#include "window-benchmark.h"

#include "madang-cache.h"
#include "madang-field-row.h"

#include <stdlib.h>

#define ROOM 400        /* characters that fit into the text */
#define LEAST_KEYS 100  /* fewer say nothing about the slowest hundredth */
#define KEY_INTERVAL 25 /* ms: as fast as somebody types who is in a hurry */
#define SAVE_TIME 2500

/* --- keys ----------------------------------------------------------------------------------- */

static gboolean
is_row_of (GtkWidget *widget, gconstpointer field)
{
  return MADANG_IS_FIELD_ROW (widget)
         && g_strcmp0 (madang_field_row_get_field (MADANG_FIELD_ROW (widget)), field) == 0;
}

static GtkTextView *
find_text_view (GtkWidget *start)
{
  GtkWidget *row = window_benchmark_find (start, is_row_of, "plan");

  g_assert (row != NULL);
  return GTK_TEXT_VIEW (window_benchmark_find (row, window_benchmark_is_type, "GtkTextView"));
}

/* In the middle of the text, as one who mends it. */
static void
place_cursor (GtkTextBuffer *buffer)
{
  GtkTextIter middle;

  gtk_text_buffer_get_iter_at_offset (buffer, &middle, gtk_text_buffer_get_char_count (buffer) / 2);
  gtk_text_buffer_place_cursor (buffer, &middle);
}

static void
press_key (GtkTextView *view, Times *times)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view)));
  BusyTime time = busy_time_get ();

  gtk_text_buffer_insert_interactive_at_cursor (buffer, "가", -1, TRUE);
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
  window_benchmark_paint (window, KEY_INTERVAL);
  time = busy_time_since (&time);
  times_add (times, &time);
}

static GtkTextView *
add_floor (WindowBenchmark *benchmark, GtkTextView *view)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *bare = gtk_text_view_new_with_buffer (NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (bare), GTK_WRAP_WORD_CHAR);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (bare)), text, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), bare);
  window_benchmark_add_bare (benchmark, scroller);
  return GTK_TEXT_VIEW (bare);
}

/* What was typed stands in the cache, so saving belonged to what was measured. */
static gboolean
is_saved (const FilledProfile *profile, GtkTextView *view)
{
  g_autoptr (MadangRecordStore) records = madang_cache_open_reader (profile->database, NULL);
  g_autoptr (MadangQuery) query = madang_query_new ("application");
  g_autoptr (GPtrArray) found = madang_record_store_find (records, query, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return found->len == 1 && g_str_equal (madang_record_get_text (found->pdata[0], "plan"), text);
}

static gboolean
measure_keys (WindowBenchmark *benchmark, const FilledProfile *profile, guint n_keys)
{
  GtkTextView *view = find_text_view (GTK_WIDGET (benchmark->window));
  GtkTextView *bare = add_floor (benchmark, view);
  g_auto (Times) own = times_make ();
  g_auto (Times) floor = times_make ();
  double median, floor_median, high, floor_high;

  gtk_widget_grab_focus (GTK_WIDGET (view));
  place_cursor (gtk_text_view_get_buffer (view));
  place_cursor (gtk_text_view_get_buffer (bare));
  for (guint i = 0; i < n_keys; i++)
    {
      press_key (view, &own);
      press_key (bare, &floor);
    }
  window_benchmark_run (SAVE_TIME);
  if (!is_saved (profile, view))
    {
      g_print ("typing: what was typed is not saved\n");
      return FALSE;
    }
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (bare))));
  median = benchmark_percentile (own.work, 50);
  floor_median = benchmark_percentile (floor.work, 50);
  high = benchmark_percentile (own.work, 99);
  floor_high = benchmark_percentile (floor.work, 99);
  g_print ("a key: work %.1f ms, p99 %.1f (busy %.1f, p99 %.1f); bare view %.1f ms, p99 %.1f; "
           "ratio %.1f; n = %u (gate: p99 within a frame, %.1f ms)\n",
           median, high, benchmark_percentile (own.busy, 50), benchmark_percentile (own.busy, 99),
           floor_median, floor_high, median / floor_median, n_keys, benchmark_get_frame ());
  return benchmark_is_within_frame (high, floor_high);
}

int
main (void)
{
  const PageSwitch ways[] = {
    { "win.area", (const char *const[]){ "programme", NULL } },
    { "win.area", (const char *const[]){ "application", NULL } },
  };
  g_autoptr (FilledProfile) profile = filled_profile_new_agency (1, ROOM);
  g_autoptr (WindowBenchmark) benchmark = NULL;
  gboolean passed;

  busy_time_watch ();
  benchmark = window_benchmark_new (profile);
  passed = measure_keys (benchmark, profile, CLAMP (benchmark_get_rounds (150), LEAST_KEYS, ROOM));
  passed
      = window_benchmark_switch (benchmark, "form and programme", ways, benchmark_get_rounds (20))
        && passed;
  return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
