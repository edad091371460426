/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-storage.h"

G_DEFINE_INTERFACE (MadangStorage, madang_storage, G_TYPE_OBJECT)

static void
madang_storage_default_init (MadangStorageInterface *iface)
{
}

gboolean
madang_storage_begin (MadangStorage *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->begin (self, error);
}

gboolean
madang_storage_commit (MadangStorage *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->commit (self, error);
}

void
madang_storage_rollback (MadangStorage *self)
{
  g_return_if_fail (MADANG_IS_STORAGE (self));

  MADANG_STORAGE_GET_IFACE (self)->rollback (self);
}

gboolean
madang_storage_mark (MadangStorage *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->mark (self, error);
}

gboolean
madang_storage_keep (MadangStorage *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->keep (self, error);
}

void
madang_storage_undo (MadangStorage *self)
{
  g_return_if_fail (MADANG_IS_STORAGE (self));

  MADANG_STORAGE_GET_IFACE (self)->undo (self);
}

MadangRecordStore *
madang_storage_get_records (MadangStorage *self)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), NULL);

  return MADANG_STORAGE_GET_IFACE (self)->get_records (self);
}

gboolean
madang_storage_write_record (MadangStorage *self,
                             MadangRecord *record,
                             guint changed,
                             GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->write_record (self, record, changed, error);
}

gint64
madang_storage_get_head (MadangStorage *self, const char *scope)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), 0);

  return MADANG_STORAGE_GET_IFACE (self)->get_head (self, scope);
}

gboolean
madang_storage_read_feed (MadangStorage *self,
                          const char *scope,
                          gint64 after,
                          guint limit,
                          MadangFeedFunc func,
                          gpointer user_data,
                          GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->read_feed (self, scope, after, limit, func, user_data,
                                                     error);
}

gboolean
madang_storage_read_digest (MadangStorage *self, const char *scope, gint64 *count, guint64 *sum)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->read_digest (self, scope, count, sum);
}

MadangDone *
madang_storage_find_done (MadangStorage *self, const char *mid, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), NULL);

  return MADANG_STORAGE_GET_IFACE (self)->find_done (self, mid, error);
}

gboolean
madang_storage_add_done (MadangStorage *self, const MadangDone *done, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->add_done (self, done, error);
}

gboolean
madang_storage_forget_answers (MadangStorage *self,
                               const char *device,
                               gint64 up_to,
                               GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->forget_answers (self, device, up_to, error);
}

MadangDevice *
madang_storage_find_device (MadangStorage *self, const char *id, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), NULL);

  return MADANG_STORAGE_GET_IFACE (self)->find_device (self, id, error);
}

gboolean
madang_storage_put_device (MadangStorage *self, const MadangDevice *device, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->put_device (self, device, error);
}

gint64
madang_storage_next_number (MadangStorage *self,
                            const char *series,
                            const char *reset,
                            GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), 0);

  return MADANG_STORAGE_GET_IFACE (self)->next_number (self, series, reset, error);
}

gboolean
madang_storage_add_change (MadangStorage *self, const MadangChange *change, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->add_change (self, change, error);
}

GPtrArray *
madang_storage_list_changes (MadangStorage *self, const char *record, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), NULL);

  return MADANG_STORAGE_GET_IFACE (self)->list_changes (self, record, error);
}

gboolean
madang_storage_read_changes (MadangStorage *self,
                             const char *record,
                             MadangChangeFunc func,
                             gpointer user_data,
                             GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->read_changes (self, record, func, user_data, error);
}

gboolean
madang_storage_add_audit (MadangStorage *self, const MadangAudit *audit, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->add_audit (self, audit, error);
}

GPtrArray *
madang_storage_list_audit (MadangStorage *self, gint64 after, guint limit, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), NULL);

  return MADANG_STORAGE_GET_IFACE (self)->list_audit (self, after, limit, error);
}

MadangCredential *
madang_storage_find_credential (MadangStorage *self, const char *login, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), NULL);

  return MADANG_STORAGE_GET_IFACE (self)->find_credential (self, login, error);
}

gboolean
madang_storage_put_credential (MadangStorage *self,
                               const MadangCredential *credential,
                               GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->put_credential (self, credential, error);
}

MadangSession *
madang_storage_find_session (MadangStorage *self, const char *hash, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), NULL);

  return MADANG_STORAGE_GET_IFACE (self)->find_session (self, hash, error);
}

gboolean
madang_storage_put_session (MadangStorage *self, const MadangSession *session, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->put_session (self, session, error);
}

gboolean
madang_storage_end_session (MadangStorage *self, const char *hash, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->end_session (self, hash, error);
}

gboolean
madang_storage_end_sessions_of (MadangStorage *self, const char *account, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->end_sessions_of (self, account, error);
}

gint64
madang_storage_count_failures (MadangStorage *self,
                               const char *login,
                               const char *source,
                               gint64 since)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), G_MAXINT64);

  return MADANG_STORAGE_GET_IFACE (self)->count_failures (self, login, source, since);
}

gboolean
madang_storage_add_failure (
    MadangStorage *self, const char *login, const char *source, gint64 at, GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->add_failure (self, login, source, at, error);
}

gboolean
madang_storage_clear_failures (MadangStorage *self,
                               const char *login,
                               const char *source,
                               GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->clear_failures (self, login, source, error);
}

char *
madang_storage_dup_setting (MadangStorage *self, const char *name)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), NULL);

  return MADANG_STORAGE_GET_IFACE (self)->dup_setting (self, name);
}

gboolean
madang_storage_set_setting (MadangStorage *self,
                            const char *name,
                            const char *value,
                            GError **error)
{
  g_return_val_if_fail (MADANG_IS_STORAGE (self), FALSE);

  return MADANG_STORAGE_GET_IFACE (self)->set_setting (self, name, value, error);
}

void
madang_done_free (MadangDone *self)
{
  if (self == NULL)
    return;

  g_free (self->mid);
  g_free (self->device);
  g_free (self->fingerprint);
  g_clear_pointer (&self->result, g_bytes_unref);
  g_free (self);
}

void
madang_device_free (MadangDevice *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->account);
  g_free (self->public_key);
  g_free (self);
}

void
madang_session_free (MadangSession *self)
{
  if (self == NULL)
    return;

  g_free (self->hash);
  g_free (self->account);
  g_free (self->device);
  g_free (self);
}

void
madang_credential_free (MadangCredential *self)
{
  if (self == NULL)
    return;

  g_free (self->account);
  g_free (self->login);
  g_free (self->password);
  g_free (self);
}

void
madang_change_free (MadangChange *self)
{
  if (self == NULL)
    return;

  g_free (self->record);
  g_free (self->account);
  g_free (self->mid);
  g_free (self->event);
  g_free (self->path);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

void
madang_audit_free (MadangAudit *self)
{
  if (self == NULL)
    return;

  g_free (self->account);
  g_free (self->device);
  g_free (self->action);
  g_free (self->target);
  g_free (self->detail);
  g_free (self);
}
