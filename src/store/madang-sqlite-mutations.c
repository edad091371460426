/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sqlite-storage.h"

/* Mutations that have an outcome, the devices that sent them, the numbers they took. */

static MadangDone *
madang_sqlite_mutations_find_done (MadangStorage *storage, const char *mid, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage, "SELECT device, number, fingerprint, result FROM done WHERE mid = ?1", error);

  if (statement == NULL)
    return NULL;
  madang_statement_bind_id (statement, 1, mid);
  if (!madang_statement_step (statement, error))
    return NULL;

  MadangDone *done = g_new0 (MadangDone, 1);
  done->mid = g_strdup (mid);
  done->device = g_strdup (madang_statement_get_text (statement, 0));
  done->number = madang_statement_get_number (statement, 1);
  done->fingerprint = g_strdup (madang_statement_get_text (statement, 2));
  done->result = madang_statement_dup_bytes (statement, 3);
  return done;
}

static gboolean
madang_sqlite_mutations_add_done (MadangStorage *storage, const MadangDone *done, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage,
      "INSERT INTO done (mid, device, number, fingerprint, result) VALUES (?1, ?2, ?3, ?4, ?5)",
      error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, done->mid);
  madang_statement_bind_text (statement, 2, done->device);
  madang_statement_bind_number (statement, 3, done->number);
  madang_statement_bind_text (statement, 4, done->fingerprint);
  madang_statement_bind_bytes (statement, 5, done->result);
  return madang_statement_run (statement, error);
}

static gboolean
madang_sqlite_mutations_forget_answers (MadangStorage *storage,
                                        const char *device,
                                        gint64 up_to,
                                        GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage,
      "UPDATE done SET result = NULL WHERE device = ?1 AND number <= ?2 AND result IS NOT NULL",
      error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, device);
  madang_statement_bind_number (statement, 2, up_to);
  return madang_statement_run (statement, error);
}

static MadangDevice *
madang_sqlite_mutations_find_device (MadangStorage *storage, const char *id, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage, "SELECT account, public_key, last_number FROM device WHERE id = ?1", error);

  if (statement == NULL)
    return NULL;
  madang_statement_bind_text (statement, 1, id);
  if (!madang_statement_step (statement, error))
    return NULL;

  MadangDevice *device = g_new0 (MadangDevice, 1);
  device->id = g_strdup (id);
  device->account = g_strdup (madang_statement_get_text (statement, 0));
  device->public_key = g_strdup (madang_statement_get_text (statement, 1));
  device->last_number = madang_statement_get_number (statement, 2);
  return device;
}

static gboolean
madang_sqlite_mutations_put_device (MadangStorage *storage,
                                    const MadangDevice *device,
                                    GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage,
      "INSERT INTO device (id, account, public_key, last_number) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (id) DO UPDATE SET account = excluded.account,"
      " public_key = excluded.public_key, last_number = excluded.last_number",
      error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, device->id);
  madang_statement_bind_text (statement, 2, device->account);
  madang_statement_bind_text (statement, 3, device->public_key);
  madang_statement_bind_number (statement, 4, device->last_number);
  return madang_statement_run (statement, error);
}

static gint64
madang_sqlite_mutations_next_number (MadangStorage *storage,
                                     const char *series,
                                     const char *reset,
                                     GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage,
      "INSERT INTO series (name, reset, last) VALUES (?1, ?2, 1)"
      " ON CONFLICT (name, reset) DO UPDATE SET last = last + 1 RETURNING last",
      error);

  if (statement == NULL)
    return 0;
  madang_statement_bind_text (statement, 1, series);
  madang_statement_bind_text (statement, 2, reset != NULL ? reset : "");
  if (!madang_statement_step (statement, error))
    return 0;

  gint64 number = madang_statement_get_number (statement, 0);
  return madang_statement_run (statement, error) ? number : 0;
}

void
madang_sqlite_mutations_init (MadangStorageInterface *iface)
{
  iface->find_done = madang_sqlite_mutations_find_done;
  iface->add_done = madang_sqlite_mutations_add_done;
  iface->forget_answers = madang_sqlite_mutations_forget_answers;
  iface->find_device = madang_sqlite_mutations_find_device;
  iface->put_device = madang_sqlite_mutations_put_device;
  iface->next_number = madang_sqlite_mutations_next_number;
}
