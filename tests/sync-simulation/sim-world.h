/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SimWorld:
 *
 * Time, chance and identity of a simulation. The linker puts these in the place of the real
 * sources of time, randomness and ids (see meson.build), so that the same seed gives the same run,
 * in one thread and as fast as the machine goes.
 */

void sim_world_start (guint32 seed);
void sim_world_end (void);

/* Chance. */
guint sim_pick (guint n); /* 0 … n - 1 */
gboolean sim_chance (guint percent);

/* Time: milliseconds since the start. Timers fire when the loop is run. */
gint64 sim_get_time (void);
void sim_advance (gint64 milliseconds);
/* Until the next timer; -1: there is none. */
gint64 sim_get_time_to_timer (void);
/* Runs what is ready. */
void sim_run (void);

/* The trace: every run of a seed must leave the same. */
void sim_trace (const char *format, ...) G_GNUC_PRINTF (1, 2);
void sim_trace_bytes (const char *what, GBytes *bytes);
const char *sim_get_trace_digest (void);
/* Prints the trace as it grows, for a person who looks for a fault. */
void sim_set_loud (gboolean loud);

G_END_DECLS
