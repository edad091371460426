/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the main thread did between two looks, in milliseconds. */
typedef struct
{
  double work; /* its processor time: what the machine does beside it does not count */
  double busy; /* the time it was not waiting for events: also when it waited for a disk */
} BusyTime;

/* Watches the default main context from here on. Once, on the main thread. */
void busy_time_watch (void);
BusyTime busy_time_get (void);
BusyTime busy_time_since (const BusyTime *start);

/* Many of them. */
typedef struct
{
  GArray *work; /* (element-type double) */
  GArray *busy;
} Times;

Times times_make (void);
void times_clear (Times *self);
void times_add (Times *self, const BusyTime *time);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Times, times_clear)

#define FRAME (1000.0 / 60)

/* The milliseconds of one frame; of three in the short form, which is measured a few times only and
 * beside other work: it catches what collapses, the long form holds the promise. */
double benchmark_get_frame (void);
/* So many times the floor; twice as many in the short form. */
double benchmark_get_gate (double most);
/* One frame; or where even the floor misses it, not much more than that needs. */
gboolean benchmark_is_within_frame (double value, double floor);
/* How often to measure: MADANG_BENCHMARK_ROUNDS, or so often; a third of it in the short form, which
 * MADANG_BENCHMARK_SHORT asks for. */
guint benchmark_get_rounds (guint usual);
/* Over how many records: MADANG_BENCHMARK_RECORDS, or so many; a tenth of it in the short form. */
guint benchmark_get_records (guint usual);
/* The value that so many hundredths of the values do not exceed. values: (element-type double);
 * are sorted. */
double benchmark_percentile (GArray *values, guint hundredths);

G_END_DECLS
