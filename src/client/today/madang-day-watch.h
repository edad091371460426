/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-clock.h"

G_BEGIN_DECLS

/* Watches the day of the programme clock, whatever moves it: midnight, the server, or a machine
 * that slept over it. On the main thread. */
typedef struct _MadangDayWatch MadangDayWatch;

/* func is called with another day than before; not during this call. */
typedef void (*MadangDayFunc) (const char *day, gpointer user_data);
MadangDayWatch *madang_day_watch_new (MadangClock *clock, MadangDayFunc func, gpointer user_data);
void madang_day_watch_free (MadangDayWatch *self);
/* Looks now. Borrowed until it is looked again. */
const char *madang_day_watch_get_day (MadangDayWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangDayWatch, madang_day_watch_free)

G_END_DECLS
