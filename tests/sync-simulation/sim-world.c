/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sim-world.h"

#include "madang-crypto.h"
#include "madang-id.h"

#include <stdarg.h>
#include <string.h>

#define FIRST_ID_TIME G_GINT64_CONSTANT (1583712000000)

static struct
{
  GRand *random;    /* (owned) */
  GRand *ids;       /* (owned): apart, so that an id more does not change what people do */
  GChecksum *trace; /* (owned) */
  gint64 now;       /* microseconds */
  gint64 id_time;
  GList *timers; /* of SimTimer (unowned): attached ones */
  gboolean loud;
} world;

void
sim_world_start (guint32 seed)
{
  world.random = g_rand_new_with_seed (seed);
  world.ids = g_rand_new_with_seed (seed + 1);
  world.trace = g_checksum_new (G_CHECKSUM_SHA256);
  world.now = G_USEC_PER_SEC;
  world.id_time = FIRST_ID_TIME + ((gint64)seed << 24);
}

void
sim_world_end (void)
{
  g_assert_null (world.timers);
  g_clear_pointer (&world.random, g_rand_free);
  g_clear_pointer (&world.ids, g_rand_free);
  g_clear_pointer (&world.trace, g_checksum_free);
}

guint
sim_pick (guint n)
{
  return (guint)g_rand_int_range (world.random, 0, (gint32)n);
}

gboolean
sim_chance (guint percent)
{
  return sim_pick (100) < percent;
}

/* --- time ---------------------------------------------------------------------------------- */

typedef struct
{
  GSource source;
  gint64 due;
} SimTimer;

static gboolean
sim_timer_is_due (GSource *source)
{
  return ((SimTimer *)source)->due <= world.now;
}

static gboolean
sim_timer_prepare (GSource *source, gint *timeout)
{
  *timeout = -1;
  return sim_timer_is_due (source);
}

static gboolean
sim_timer_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback != NULL ? callback (user_data) : G_SOURCE_REMOVE;
}

static void
sim_timer_finalize (GSource *source)
{
  world.timers = g_list_remove (world.timers, source);
}

static GSourceFuncs sim_timer_funcs = {
  .prepare = sim_timer_prepare,
  .check = sim_timer_is_due,
  .dispatch = sim_timer_dispatch,
  .finalize = sim_timer_finalize,
};

GSource *__wrap_g_timeout_source_new (guint milliseconds);
GSource *__wrap_g_timeout_source_new_seconds (guint seconds);
gint64 __wrap_g_get_monotonic_time (void);
guint32 __wrap_g_random_int (void);
gint32 __wrap_g_random_int_range (gint32 begin, gint32 end);
char *__wrap_madang_id_new (void);
char *__wrap_madang_password_hash (const char *password, GError **error);
gboolean __wrap_madang_password_verify (const char *hash, const char *password, gboolean *outdated);

GSource *
__wrap_g_timeout_source_new (guint milliseconds)
{
  GSource *source = g_source_new (&sim_timer_funcs, sizeof (SimTimer));

  ((SimTimer *)source)->due = world.now + (gint64)milliseconds * 1000;
  world.timers = g_list_append (world.timers, source);
  return source;
}

GSource *
__wrap_g_timeout_source_new_seconds (guint seconds)
{
  return __wrap_g_timeout_source_new (seconds * 1000);
}

gint64
__wrap_g_get_monotonic_time (void)
{
  return world.now;
}

gint64
sim_get_time (void)
{
  return world.now / 1000;
}

void
sim_advance (gint64 milliseconds)
{
  world.now += milliseconds * 1000;
}

gint64
sim_get_time_to_timer (void)
{
  gint64 next = -1;

  for (GList *item = world.timers; item != NULL; item = item->next)
    {
      gint64 left = MAX (0, (((SimTimer *)item->data)->due - world.now + 999) / 1000);

      if (!g_source_is_destroyed (item->data) && (next < 0 || left < next))
        next = left;
    }
  return next;
}

void
sim_run (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* --- chance of the product ----------------------------------------------------------------- */

guint32
__wrap_g_random_int (void)
{
  return g_rand_int (world.random);
}

gint32
__wrap_g_random_int_range (gint32 begin, gint32 end)
{
  return g_rand_int_range (world.random, begin, end);
}

char *
__wrap_madang_id_new (void)
{
  guint8 bytes[MADANG_ID_BYTES];
  gint64 time = ++world.id_time;

  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8)(time >> (8 * (5 - i)));
  for (guint i = 6; i < MADANG_ID_BYTES; i++)
    bytes[i] = (guint8)g_rand_int (world.ids);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return madang_id_from_bytes (bytes);
}

/* A hash that is meant to take long is not what is tried here. */
char *
__wrap_madang_password_hash (const char *password, GError **error)
{
  return madang_digest (password, strlen (password));
}

gboolean
__wrap_madang_password_verify (const char *hash, const char *password, gboolean *outdated)
{
  g_autofree char *digest = madang_digest (password, strlen (password));

  *outdated = FALSE;
  return g_str_equal (hash, digest);
}

/* --- the trace ----------------------------------------------------------------------------- */

void
sim_trace (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_checksum_update (world.trace, (const guchar *)line, -1);
  g_checksum_update (world.trace, (const guchar *)"\n", 1);
  if (world.loud)
    g_printerr ("%8" G_GINT64_FORMAT " %s\n", sim_get_time (), line);
}

void
sim_trace_bytes (const char *what, GBytes *bytes)
{
  gsize length = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  sim_trace ("%s %.*s", what, (int)length, length > 0 ? (const char *)data : "");
}

const char *
sim_get_trace_digest (void)
{
  g_autoptr (GChecksum) copy = g_checksum_copy (world.trace);
  static char digest[65];

  g_strlcpy (digest, g_checksum_get_string (copy), sizeof digest);
  return digest;
}

void
sim_set_loud (gboolean loud)
{
  world.loud = loud;
}
