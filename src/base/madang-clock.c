/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-clock.h"

#include <time.h>

struct _MadangClock
{
  GObject parent_instance;

  GMutex lock; /* guards all below */
  gboolean manual;
  gint64 manual_real;
  gint64 manual_elapsed;
  gboolean told;       /* anchor and told_now are valid */
  gint64 anchor;       /* time since boot when the programme clock was told */
  gint64 told_now;     /* what it was then */
  gint64 known_offset; /* used while it was not told */
};

G_DEFINE_FINAL_TYPE (MadangClock, madang_clock, G_TYPE_OBJECT)

static gint64
read_real (MadangClock *self)
{
  return self->manual ? self->manual_real : g_get_real_time () / 1000;
}

/* The boot clock goes on while the machine sleeps; the monotonic clock of GLib does not. */
static gint64
read_elapsed (MadangClock *self)
{
  struct timespec now;

  if (self->manual)
    return self->manual_elapsed;
  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return g_get_monotonic_time () / 1000;
  return (gint64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static gint64
read_programme (MadangClock *self)
{
  if (self->told)
    return self->told_now + (read_elapsed (self) - self->anchor);
  return read_real (self) + self->known_offset;
}

static void
madang_clock_finalize (GObject *object)
{
  MadangClock *self = MADANG_CLOCK (object);

  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (madang_clock_parent_class)->finalize (object);
}

static void
madang_clock_class_init (MadangClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_clock_finalize;
}

static void
madang_clock_init (MadangClock *self)
{
  g_mutex_init (&self->lock);
}

MadangClock *
madang_clock_new (void)
{
  return g_object_new (MADANG_TYPE_CLOCK, NULL);
}

MadangClock *
madang_clock_new_manual (gint64 real_now)
{
  MadangClock *self = g_object_new (MADANG_TYPE_CLOCK, NULL);

  self->manual = TRUE;
  self->manual_real = real_now;
  return self;
}

void
madang_clock_advance (MadangClock *self, gint64 milliseconds)
{
  g_return_if_fail (MADANG_IS_CLOCK (self));
  g_return_if_fail (self->manual);
  g_return_if_fail (milliseconds >= 0);

  g_mutex_lock (&self->lock);
  self->manual_real += milliseconds;
  self->manual_elapsed += milliseconds;
  g_mutex_unlock (&self->lock);
}

void
madang_clock_step_real (MadangClock *self, gint64 milliseconds)
{
  g_return_if_fail (MADANG_IS_CLOCK (self));
  g_return_if_fail (self->manual);

  g_mutex_lock (&self->lock);
  self->manual_real += milliseconds;
  g_mutex_unlock (&self->lock);
}

gint64
madang_clock_get_real_now (MadangClock *self)
{
  gint64 now;

  g_return_val_if_fail (MADANG_IS_CLOCK (self), 0);

  g_mutex_lock (&self->lock);
  now = read_real (self);
  g_mutex_unlock (&self->lock);
  return now;
}

gint64
madang_clock_get_programme_now (MadangClock *self)
{
  gint64 now;

  g_return_val_if_fail (MADANG_IS_CLOCK (self), 0);

  g_mutex_lock (&self->lock);
  now = read_programme (self);
  g_mutex_unlock (&self->lock);
  return now;
}

void
madang_clock_set_programme_now (MadangClock *self, gint64 now)
{
  g_return_if_fail (MADANG_IS_CLOCK (self));

  g_mutex_lock (&self->lock);
  self->told = TRUE;
  self->told_now = now;
  self->anchor = read_elapsed (self);
  g_mutex_unlock (&self->lock);
}

gint64
madang_clock_get_programme_offset (MadangClock *self)
{
  gint64 offset;

  g_return_val_if_fail (MADANG_IS_CLOCK (self), 0);

  g_mutex_lock (&self->lock);
  offset = read_programme (self) - read_real (self);
  g_mutex_unlock (&self->lock);
  return offset;
}

void
madang_clock_set_programme_offset (MadangClock *self, gint64 milliseconds)
{
  g_return_if_fail (MADANG_IS_CLOCK (self));

  g_mutex_lock (&self->lock);
  self->known_offset = milliseconds;
  g_mutex_unlock (&self->lock);
}
