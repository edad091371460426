/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "busy-time.h"

#include <time.h>

static GPollFunc poll_events;
static gint64 waited; /* in microseconds */

static int
poll_and_count (GPollFD *descriptors, guint n_descriptors, int timeout)
{
  gint64 start = g_get_monotonic_time ();
  int result = poll_events (descriptors, n_descriptors, timeout);

  waited += g_get_monotonic_time () - start;
  return result;
}

void
busy_time_watch (void)
{
  g_return_if_fail (poll_events == NULL);

  poll_events = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_and_count);
}

BusyTime
busy_time_get (void)
{
  struct timespec work;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &work);
  return (BusyTime){
    .work = (double)work.tv_sec * 1e3 + (double)work.tv_nsec / 1e6,
    .busy = (double)(g_get_monotonic_time () - waited) / 1e3,
  };
}

BusyTime
busy_time_since (const BusyTime *start)
{
  BusyTime now = busy_time_get ();

  return (BusyTime){ .work = now.work - start->work, .busy = now.busy - start->busy };
}

Times
times_make (void)
{
  return (Times){
    .work = g_array_new (FALSE, FALSE, sizeof (double)),
    .busy = g_array_new (FALSE, FALSE, sizeof (double)),
  };
}

void
times_clear (Times *self)
{
  g_array_unref (self->work);
  g_array_unref (self->busy);
}

void
times_add (Times *self, const BusyTime *time)
{
  g_array_append_val (self->work, time->work);
  g_array_append_val (self->busy, time->busy);
}

static guint
get_number (const char *variable, guint usual, guint least, guint most)
{
  const char *text = g_getenv (variable);
  guint64 number = usual;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, least, most, &number, NULL))
    g_error ("%s is no number from %u to %u: %s", variable, least, most, text);
  return (guint)number;
}

static gboolean
is_short (void)
{
  return g_getenv ("MADANG_BENCHMARK_SHORT") != NULL;
}

double
benchmark_get_frame (void)
{
  return is_short () ? 3 * FRAME : FRAME;
}

double
benchmark_get_gate (double most)
{
  return is_short () ? 2 * most : most;
}

gboolean
benchmark_is_within_frame (double value, double floor)
{
  return value <= MAX (benchmark_get_frame (), 1.5 * floor);
}

guint
benchmark_get_rounds (guint usual)
{
  return get_number ("MADANG_BENCHMARK_ROUNDS", is_short () ? MAX (usual / 3, 2) : usual, 2,
                     100000);
}

guint
benchmark_get_records (guint usual)
{
  return get_number ("MADANG_BENCHMARK_RECORDS", is_short () ? usual / 10 : usual, 500, 10000000);
}

static int
compare_doubles (gconstpointer one, gconstpointer other)
{
  const double *a = one;
  const double *b = other;

  return (*a > *b) - (*a < *b);
}

double
benchmark_percentile (GArray *values, guint hundredths)
{
  guint place;

  g_return_val_if_fail (values->len > 0 && hundredths <= 100, 0);

  g_array_sort (values, compare_doubles);
  place = (values->len * hundredths + 99) / 100;
  return g_array_index (values, double, MAX (place, 1) - 1);
}
