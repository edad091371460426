/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-settings.h"

#include "madang-error.h"
#include "madang-id.h"

#define EPOCH "epoch"
#define DEMO "demo"
#define CLOCK_OFFSET "programme-clock-offset"

gboolean
madang_settings_renew_epoch (MadangStorage *storage, GError **error)
{
  g_autofree char *epoch = madang_id_new ();

  return madang_storage_set_setting (storage, EPOCH, epoch, error);
}

gboolean
madang_settings_ensure (MadangStorage *storage, GError **error)
{
  g_autofree char *epoch = madang_settings_dup_epoch (storage);

  return epoch != NULL || madang_settings_renew_epoch (storage, error);
}

char *
madang_settings_dup_epoch (MadangStorage *storage)
{
  return madang_storage_dup_setting (storage, EPOCH);
}

gboolean
madang_settings_is_demo (MadangStorage *storage)
{
  g_autofree char *demo = madang_storage_dup_setting (storage, DEMO);

  return g_strcmp0 (demo, "1") == 0;
}

gboolean
madang_settings_mark_demo (MadangStorage *storage, GError **error)
{
  return madang_storage_set_setting (storage, DEMO, "1", error);
}

gboolean
madang_settings_set_programme_now (MadangStorage *storage,
                                   MadangClock *clock,
                                   gint64 now,
                                   GError **error)
{
  g_autofree char *offset = NULL;

  if (!madang_settings_is_demo (storage))
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_FORBIDDEN,
                           "only a demo database has a programme clock of its own");
      return FALSE;
    }
  offset = g_strdup_printf ("%" G_GINT64_FORMAT, now - madang_clock_get_real_now (clock));
  return madang_storage_set_setting (storage, CLOCK_OFFSET, offset, error);
}

void
madang_settings_apply_clock (MadangStorage *storage, MadangClock *clock)
{
  g_autofree char *text = madang_storage_dup_setting (storage, CLOCK_OFFSET);
  gint64 offset = 0;

  if (text != NULL && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &offset, NULL))
    madang_clock_set_programme_now (clock, madang_clock_get_real_now (clock) + offset);
}
