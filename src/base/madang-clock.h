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
 */
#define MADANG_TYPE_CLOCK (madang_clock_get_type ())
G_DECLARE_FINAL_TYPE (MadangClock, madang_clock, MADANG, CLOCK, GObject)

MadangClock *madang_clock_new (void);
MadangClock *madang_clock_new_manual (gint64 real_now);
void madang_clock_advance (MadangClock *self, gint64 milliseconds);
gint64 madang_clock_get_real_now (MadangClock *self);
gint64 madang_clock_get_programme_now (MadangClock *self);
void madang_clock_set_programme_now (MadangClock *self, gint64 now);
gint64 madang_clock_get_programme_offset (MadangClock *self);
void madang_clock_set_programme_offset (MadangClock *self, gint64 milliseconds);

G_END_DECLS
