/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * MadangClock:
 *
 * Two clocks. The real one serves tokens, TLS, ids and time-outs. The programme clock serves
 * the rules (when does the call close?); the server tells it, a client only follows it. All
 * instants are UTC milliseconds. Every function may be called from any thread.
 *
 * Once told, the programme clock is carried on by the time since boot, so that a person who sets
 * the clock of the machine does not move a deadline. While only its distance from the real clock
 * is known (a start without a network), it follows the real clock.
 */
#define MADANG_TYPE_CLOCK (madang_clock_get_type ())
G_DECLARE_FINAL_TYPE (MadangClock, madang_clock, MADANG, CLOCK, GObject)

MadangClock *madang_clock_new (void);
/* For tests: stands still at real_now until it is moved. */
MadangClock *madang_clock_new_manual (gint64 real_now);
/* Manual clocks only: time passes. */
void madang_clock_advance (MadangClock *self, gint64 milliseconds);
/* Manual clocks only: someone sets the clock of the machine; no time passes. */
void madang_clock_step_real (MadangClock *self, gint64 milliseconds);
gint64 madang_clock_get_real_now (MadangClock *self);
gint64 madang_clock_get_programme_now (MadangClock *self);
void madang_clock_set_programme_now (MadangClock *self, gint64 now);
/* The programme clock minus the real one. */
gint64 madang_clock_get_programme_offset (MadangClock *self);
/* Does nothing once the server has told the programme clock to this process. */
void madang_clock_set_programme_offset (MadangClock *self, gint64 milliseconds);

G_END_DECLS
