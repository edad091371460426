/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-day-watch.h"

#include "madang-day.h"

/* A timer counts no time while the machine sleeps, and the server may set the clock. */
#define MOST_WAIT 30000 /* ms */

struct _MadangDayWatch
{
  MadangClock *clock; /* (owned) */
  MadangDayFunc func;
  gpointer user_data;
  char *day; /* (owned) */
  guint source;
};

static void wait_for_next (MadangDayWatch *self);

static gboolean
is_new (MadangDayWatch *self)
{
  g_autofree char *day = madang_day_from_instant (madang_clock_get_programme_now (self->clock));

  if (g_strcmp0 (day, self->day) == 0)
    return FALSE;
  g_free (self->day);
  self->day = g_steal_pointer (&day);
  return TRUE;
}

static gboolean
look_cb (gpointer user_data)
{
  MadangDayWatch *self = user_data;
  const gboolean new_day = is_new (self);

  self->source = 0;
  wait_for_next (self);
  if (new_day)
    self->func (self->day, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
wait_for_next (MadangDayWatch *self)
{
  const gint64 left = madang_day_get_end (self->day) - madang_clock_get_programme_now (self->clock);

  self->source = g_timeout_add ((guint)CLAMP (left, 1, MOST_WAIT), look_cb, self);
}

MadangDayWatch *
madang_day_watch_new (MadangClock *clock, MadangDayFunc func, gpointer user_data)
{
  MadangDayWatch *self;

  g_return_val_if_fail (MADANG_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (MadangDayWatch, 1);
  self->clock = g_object_ref (clock);
  self->func = func;
  self->user_data = user_data;
  is_new (self);
  wait_for_next (self);
  return self;
}

void
madang_day_watch_free (MadangDayWatch *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self->clock);
  g_free (self->day);
  g_free (self);
}

const char *
madang_day_watch_get_day (MadangDayWatch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  is_new (self);
  return self->day;
}
