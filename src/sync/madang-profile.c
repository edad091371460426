/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-sync"
#include "config.h"

#include "madang-profile.h"

#include "madang-identity.h"

#define SETTING_CLOCK_OFFSET "clock-offset"
#define SETTING_DEVICE "device"
#define SETTING_EPOCH "epoch"
#define SETTING_HELLO "hello"
#define SETTING_LAST_CONTACT "last-contact"

#define CONTACT_INTERVAL (60 * 1000)

static gint64
read_number (MadangCache *cache, const char *name)
{
  g_autofree char *text = madang_cache_dup_setting (cache, name);
  gint64 number = 0;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return 0;
  return number;
}

static gboolean
write_number (MadangCache *cache, const char *name, gint64 number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return madang_cache_set_setting (cache, name, text, error);
}

static MadangHello *
read_hello (MadangCache *cache)
{
  char *text = madang_cache_dup_setting (cache, SETTING_HELLO);
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL)
    return NULL;
  bytes = g_bytes_new_take (text, strlen (text));
  return madang_hello_from_bytes (bytes, NULL);
}

static gboolean
write_hello (MadangCache *cache, const MadangHello *hello, GError **error)
{
  g_autoptr (GBytes) bytes = madang_hello_to_bytes (hello);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return madang_cache_set_setting (cache, SETTING_HELLO, text, error);
}

char *
madang_profile_build_directory (const char *data_directory, const char *server, const char *login)
{
  g_autofree char *text = g_strconcat (server, "\n", login, NULL);
  g_autofree char *digest = madang_digest (text, strlen (text));

  digest[32] = '\0';
  return g_build_filename (data_directory, digest, NULL);
}

MadangProfile *
madang_profile_open (const char *directory, const char *login, GError **error)
{
  g_autoptr (MadangProfile) self = g_new0 (MadangProfile, 1);

  self->login = g_strdup (login);
  self->cache = madang_cache_open (directory, &self->rebuilt, error);
  if (self->cache == NULL)
    return NULL;
  self->hello = read_hello (self->cache);
  self->epoch = madang_cache_dup_setting (self->cache, SETTING_EPOCH);
  self->last_contact = self->saved_contact = read_number (self->cache, SETTING_LAST_CONTACT);
  return g_steal_pointer (&self);
}

static void
save_contact (MadangProfile *self)
{
  g_autoptr (GError) error = NULL;

  if (self->last_contact == self->saved_contact)
    return;
  /* Losing it costs nothing but an older "last contact" after the next start. */
  if (!write_number (self->cache, SETTING_LAST_CONTACT, self->last_contact, &error))
    g_debug ("The last contact is not written: %s", error->message);
  self->saved_contact = self->last_contact;
}

void
madang_profile_free (MadangProfile *self)
{
  if (self == NULL)
    return;
  if (self->cache != NULL)
    {
      save_contact (self);
      madang_cache_close (self->cache);
    }
  g_clear_object (&self->cache);
  g_clear_pointer (&self->pass, madang_device_pass_free);
  g_clear_pointer (&self->hello, madang_hello_free);
  g_free (self->epoch);
  g_free (self->login);
  g_free (self);
}

gboolean
madang_profile_matches (MadangProfile *self, const MadangDevicePass *pass)
{
  g_autofree char *device = madang_cache_dup_setting (self->cache, SETTING_DEVICE);

  return g_strcmp0 (device, pass->device) == 0;
}

gboolean
madang_profile_adopt (MadangProfile *self, MadangDevicePass *pass, GError **error)
{
  g_clear_pointer (&self->pass, madang_device_pass_free);
  self->pass = pass;
  return madang_profile_matches (self, pass)
         || madang_cache_rotate_device (self->cache, pass->device, pass->key, error);
}

gboolean
madang_profile_note_sign_in (MadangProfile *self, const MadangSignInReply *reply, GError **error)
{
  if (self->hello != NULL)
    return TRUE;
  self->hello = madang_hello_new_from_sign_in (reply);
  return write_hello (self->cache, self->hello, error);
}

void
madang_profile_set_clock (MadangProfile *self, MadangClock *clock)
{
  madang_clock_set_programme_offset (clock, read_number (self->cache, SETTING_CLOCK_OFFSET));
}

gboolean
madang_profile_take_hello (MadangProfile *self,
                           MadangHello *hello,
                           MadangClock *clock,
                           gboolean *new_epoch,
                           GPtrArray *changed,
                           GError **error)
{
  g_clear_pointer (&self->hello, madang_hello_free);
  self->hello = hello;
  madang_clock_set_programme_now (clock, hello->now);
  if (self->epoch == NULL)
    {
      if (!madang_cache_set_setting (self->cache, SETTING_EPOCH, hello->epoch, error))
        return FALSE;
      self->epoch = g_strdup (hello->epoch);
    }
  *new_epoch = g_strcmp0 (self->epoch, hello->epoch) != 0;
  return write_hello (self->cache, hello, error)
         && write_number (self->cache, SETTING_CLOCK_OFFSET,
                          madang_clock_get_programme_offset (clock), error)
         && madang_cache_set_scopes (self->cache, (const char *const *)hello->scopes, changed,
                                     error);
}

/* The epoch is noted last: when the program is killed before that, all of it is done again. */
gboolean
madang_profile_follow_new_epoch (MadangProfile *self, GError **error)
{
  g_return_val_if_fail (self->hello != NULL, FALSE);

  if (!madang_cache_reset_cursors (self->cache, error)
      || !madang_cache_replay_journal (self->cache, error)
      || !madang_cache_set_setting (self->cache, SETTING_EPOCH, self->hello->epoch, error))
    return FALSE;
  g_free (self->epoch);
  self->epoch = g_strdup (self->hello->epoch);
  return TRUE;
}

void
madang_profile_note_contact (MadangProfile *self, gint64 now)
{
  self->last_contact = now;
  /* Also when the clock was set back. */
  if (ABS (now - self->saved_contact) >= CONTACT_INTERVAL)
    save_contact (self);
}
