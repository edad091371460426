/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-id.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define TIME_BYTES 6
#define COUNTER_MAX 0xfff

/* Guarded by its lock: the last instant and counter that went into an id. */
static GMutex id_lock;
static gint64 last_time = 0;
static guint last_counter = 0;

static void
fill_random (guint8 *bytes, gsize length)
{
  /* Up to 256 bytes this fails only where the kernel has no random source at all. */
  if (getentropy (bytes, length) != 0)
    g_error ("The system gives no random bytes: %s", g_strerror (errno));
}

static void
set_version_and_variant (guint8 bytes[MADANG_ID_BYTES])
{
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
}

/* An id is later than every id before it, also within one millisecond and when the clock of the
 * machine is set back: the counter in bytes 6 and 7 rises, and when it is full the time does. */
static void
take_time (gint64 *time, guint *counter)
{
  gint64 now = g_get_real_time () / 1000;
  guint8 seed[2];

  fill_random (seed, sizeof seed);
  g_mutex_lock (&id_lock);
  if (now > last_time || last_counter == COUNTER_MAX)
    {
      last_time = MAX (now, last_time + 1);
      /* The top bit stays free, so that a burst has room before the time must move. */
      last_counter = (seed[0] << 8 | seed[1]) & (COUNTER_MAX >> 1);
    }
  else
    {
      last_counter++;
    }
  *time = last_time;
  *counter = last_counter;
  g_mutex_unlock (&id_lock);
}

/**
 * madang_id_new:
 *
 * Returns: (transfer full): a new id, greater than every id this process made before
 */
char *
madang_id_new (void)
{
  guint8 bytes[MADANG_ID_BYTES];
  gint64 time;
  guint counter;

  take_time (&time, &counter);
  for (guint i = 0; i < TIME_BYTES; i++)
    bytes[i] = time >> (8 * (TIME_BYTES - 1 - i)) & 0xff;
  bytes[6] = counter >> 8;
  bytes[7] = counter & 0xff;
  fill_random (bytes + 8, MADANG_ID_BYTES - 8);
  set_version_and_variant (bytes);
  return madang_id_from_bytes (bytes);
}

/**
 * madang_id_derive:
 * @source: a valid id
 * @ordinal: which of the ids that come from it
 *
 * The same arguments give the same id for ever. It sorts beside @source, whose time it keeps.
 *
 * Returns: (transfer full): the id
 */
char *
madang_id_derive (const char *source, guint ordinal)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = NULL;
  guint8 digest[32];
  gsize digest_length = sizeof digest;
  guint8 bytes[MADANG_ID_BYTES];

  g_return_val_if_fail (madang_id_to_bytes (source, bytes), NULL);

  text = g_strdup_printf ("%s/%u", source, ordinal);
  g_checksum_update (checksum, (const guchar *)text, -1);
  g_checksum_get_digest (checksum, digest, &digest_length);
  memcpy (bytes + TIME_BYTES, digest + TIME_BYTES, MADANG_ID_BYTES - TIME_BYTES);
  set_version_and_variant (bytes);
  return madang_id_from_bytes (bytes);
}

gboolean
madang_id_is_valid (const char *text)
{
  guint8 bytes[MADANG_ID_BYTES];

  return madang_id_to_bytes (text, bytes);
}

static gboolean
is_hyphen_place (guint i)
{
  return i == 8 || i == 13 || i == 18 || i == 23;
}

/**
 * madang_id_to_bytes:
 * @text: (nullable): any text
 * @bytes: (out): the id; undefined when the text is none
 *
 * Returns: whether the text is an id in its one valid form
 */
gboolean
madang_id_to_bytes (const char *text, guint8 bytes[MADANG_ID_BYTES])
{
  guint n = 0;

  if (text == NULL || strlen (text) != MADANG_ID_LENGTH)
    return FALSE;
  for (guint i = 0; i < MADANG_ID_LENGTH; i++)
    {
      if (is_hyphen_place (i))
        {
          if (text[i] != '-')
            return FALSE;
          continue;
        }
      if (!g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
        return FALSE;
      if (n % 2 == 0)
        bytes[n / 2] = g_ascii_xdigit_value (text[i]) << 4;
      else
        bytes[n / 2] |= g_ascii_xdigit_value (text[i]);
      n++;
    }
  return (bytes[6] & 0xf0) == 0x70 && (bytes[8] & 0xc0) == 0x80;
}

/**
 * madang_id_from_bytes:
 * @bytes: an id as it stands in a database
 *
 * Returns: (transfer full): its text; not checked for version and variant
 */
char *
madang_id_from_bytes (const guint8 bytes[MADANG_ID_BYTES])
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (MADANG_ID_LENGTH + 1);
  char *end = text;

  for (guint i = 0; i < MADANG_ID_BYTES; i++)
    {
      if (is_hyphen_place (end - text))
        *end++ = '-';
      *end++ = digits[bytes[i] >> 4];
      *end++ = digits[bytes[i] & 0x0f];
    }
  *end = '\0';
  return text;
}
