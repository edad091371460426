/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-benchmark.h"

#include <glib/gi18n.h>
#include <locale.h>

#define PATIENCE 20000 /* ms until the first page must be there */
#define REST 400       /* ms for all that comes after it */

static gboolean
set_true_cb (gpointer flag)
{
  *(gboolean *)flag = TRUE;
  return G_SOURCE_REMOVE;
}

void
window_benchmark_run (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, set_true_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
painted_cb (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

void
window_benchmark_paint (GtkWindow *window, guint milliseconds)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gboolean painted = FALSE;
  gboolean over = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  g_timeout_add (milliseconds, set_true_cb, &over);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  while (!painted || !over)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
}

static void
wait_for_page (WindowBenchmark *self)
{
  gboolean over = FALSE;
  guint limit = g_timeout_add (PATIENCE, set_true_cb, &over);

  while (!over && madang_window_get_page (MADANG_WINDOW (self->window)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (over)
    g_error ("no page came into view");
  g_source_remove (limit);
  window_benchmark_run (REST);
}

WindowBenchmark *
window_benchmark_new (const FilledProfile *profile)
{
  WindowBenchmark *self = g_new0 (WindowBenchmark, 1);
  g_autoptr (GError) error = NULL;

  /* As the program itself starts: its words are the ones that are measured. */
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  self->application = adw_application_new ("kr.madang.Benchmark", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (self->application), "/kr/madang/Madang");
  if (!g_application_register (G_APPLICATION (self->application), NULL, &error))
    g_error ("%s", error->message);
  self->session = madang_session_new (profile->directory, NULL, NULL);
  self->window
      = GTK_WINDOW (madang_window_new (GTK_APPLICATION (self->application), self->session, NULL));
  gtk_window_present (self->window);
  madang_window_start (MADANG_WINDOW (self->window), FILLED_SERVER, FILLED_LOGIN);
  wait_for_page (self);
  /* The day's page comes first; the work is in the next area. */
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.area-number", "i", 2);
  window_benchmark_run (REST);
  return self;
}

void
window_benchmark_free (WindowBenchmark *self)
{
  gtk_window_destroy (self->window);
  madang_session_close (self->session);
  g_object_unref (self->session);
  g_object_unref (self->application);
  g_free (self);
}

void
window_benchmark_go (WindowBenchmark *self, const char *area)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.area", "s", area);
  window_benchmark_run (REST);
}

GtkWindow *
window_benchmark_add_bare (WindowBenchmark *self, GtkWidget *child)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (self->application));
  int width, height;

  gtk_window_get_default_size (self->window, &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  window_benchmark_run (REST);
  return GTK_WINDOW (window);
}

GtkWidget *
window_benchmark_find (GtkWidget *start, WidgetMatch match, gconstpointer data)
{
  for (GtkWidget *child = gtk_widget_get_first_child (start); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = match (child, data) ? child : window_benchmark_find (child, match, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
window_benchmark_is_type (GtkWidget *widget, gconstpointer data)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), data);
}

guint
window_benchmark_count (GtkWidget *start, const char *type)
{
  guint n = window_benchmark_is_type (start, type);

  for (GtkWidget *child = gtk_widget_get_first_child (start); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += window_benchmark_count (child, type);
  return n;
}

static void
switch_page (WindowBenchmark *self, const PageSwitch *way, guint round, Times *first, Times *all)
{
  BusyTime start = busy_time_get ();
  GVariant *target = NULL;
  BusyTime time;

  if (way->targets != NULL)
    target = g_variant_new_string (way->targets[round % g_strv_length ((GStrv)way->targets)]);
  gtk_widget_activate_action_variant (GTK_WIDGET (self->window), way->action, target);
  window_benchmark_paint (self->window, 0);
  time = busy_time_since (&start);
  times_add (first, &time);
  window_benchmark_run (REST);
  time = busy_time_since (&start);
  times_add (all, &time);
}

static gboolean
report_switch (const char *name, const char *way, Times *first, Times *all)
{
  double median = benchmark_percentile (first->work, 50);

  g_print ("%s, %s: work to the first frame %.1f ms, most %.1f (busy %.1f, most %.1f); until rest "
           "%.1f ms (gate: median within a frame, %.1f ms)\n",
           name, way, median, benchmark_percentile (first->work, 100),
           benchmark_percentile (first->busy, 50), benchmark_percentile (first->busy, 100),
           benchmark_percentile (all->work, 50), benchmark_get_frame ());
  return median <= benchmark_get_frame ();
}

gboolean
window_benchmark_switch (WindowBenchmark *self,
                         const char *name,
                         const PageSwitch ways[2],
                         guint n_rounds)
{
  static const char *const names[] = { "there", "back" };
  Times first[] = { times_make (), times_make () };
  Times all[] = { times_make (), times_make () };
  gboolean passed = TRUE;

  for (guint round = 0; round < n_rounds; round++)
    for (guint way = 0; way < 2; way++)
      switch_page (self, &ways[way], round, &first[way], &all[way]);
  for (guint way = 0; way < 2; way++)
    {
      passed = report_switch (name, names[way], &first[way], &all[way]) && passed;
      times_clear (&first[way]);
      times_clear (&all[way]);
    }
  return passed;
}
