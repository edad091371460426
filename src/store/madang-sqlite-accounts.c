/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-error.h"
#include "madang-sqlite-storage.h"

/* Who may come in: credentials, sessions, and the sign-ins that failed. */

#define FAILURES_KEPT ((gint64)24 * 60 * 60 * 1000) /* ms */

/* Runs a statement whose parameters are texts. */
static gboolean
run_with_texts (
    MadangStorage *storage, const char *sql, const char *first, const char *second, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (storage, sql, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, first);
  if (second != NULL)
    madang_statement_bind_text (statement, 2, second);
  return madang_statement_run (statement, error);
}

static gboolean
run_with_number (MadangStorage *storage, const char *sql, gint64 number, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (storage, sql, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, number);
  return madang_statement_run (statement, error);
}

/* Both or neither. */
static gboolean
end_marked (MadangStorage *storage, gboolean done, GError **error)
{
  MadangDatabase *database = madang_sqlite_storage_get_database (storage);

  if (done)
    return madang_database_keep (database, error);
  madang_database_undo (database);
  return FALSE;
}

/* --- credentials -------------------------------------------------------------------------- */

static MadangCredential *
madang_sqlite_accounts_find_credential (MadangStorage *storage, const char *login, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage, "SELECT account, password FROM credential WHERE login = ?1", error);

  if (statement == NULL)
    return NULL;
  madang_statement_bind_text (statement, 1, login);
  if (!madang_statement_step (statement, error))
    return NULL;

  MadangCredential *credential = g_new0 (MadangCredential, 1);
  credential->login = g_strdup (login);
  credential->account = g_strdup (madang_statement_get_text (statement, 0));
  credential->password = g_strdup (madang_statement_get_text (statement, 1));
  return credential;
}

static gboolean
write_credential (MadangStorage *storage, const MadangCredential *credential, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage, "INSERT INTO credential (login, account, password) VALUES (?1, ?2, ?3)", error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, credential->login);
  madang_statement_bind_text (statement, 2, credential->account);
  madang_statement_bind_text (statement, 3, credential->password);
  return madang_statement_run (statement, error);
}

static gboolean
madang_sqlite_accounts_put_credential (MadangStorage *storage,
                                       const MadangCredential *credential,
                                       GError **error)
{
  if (!madang_database_mark (madang_sqlite_storage_get_database (storage), error))
    return FALSE;

  gboolean done = run_with_texts (storage, "DELETE FROM credential WHERE account = ?1",
                                  credential->account, NULL, error)
                  && write_credential (storage, credential, error);
  return end_marked (storage, done, error);
}

/* --- sessions ----------------------------------------------------------------------------- */

static MadangSession *
madang_sqlite_accounts_find_session (MadangStorage *storage, const char *hash, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage, "SELECT account, device, expires, used FROM session WHERE hash = ?1", error);

  if (statement == NULL)
    return NULL;
  madang_statement_bind_text (statement, 1, hash);
  if (!madang_statement_step (statement, error))
    return NULL;

  MadangSession *session = g_new0 (MadangSession, 1);
  session->hash = g_strdup (hash);
  session->account = g_strdup (madang_statement_get_text (statement, 0));
  session->device = g_strdup (madang_statement_get_text (statement, 1));
  session->expires = madang_statement_get_number (statement, 2);
  session->used = madang_statement_get_number (statement, 3);
  return session;
}

static gboolean
write_session (MadangStorage *storage, const MadangSession *session, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage,
      "INSERT INTO session (hash, account, device, expires, used) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (hash) DO UPDATE SET account = excluded.account, device = excluded.device,"
      " expires = excluded.expires, used = excluded.used",
      error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, session->hash);
  madang_statement_bind_text (statement, 2, session->account);
  madang_statement_bind_text (statement, 3, session->device);
  madang_statement_bind_number (statement, 4, session->expires);
  madang_statement_bind_number (statement, 5, session->used);
  return madang_statement_run (statement, error);
}

static gboolean
madang_sqlite_accounts_put_session (MadangStorage *storage,
                                    const MadangSession *session,
                                    GError **error)
{
  if (!madang_database_mark (madang_sqlite_storage_get_database (storage), error))
    return FALSE;

  gboolean done
      = run_with_number (storage, "DELETE FROM session WHERE expires <= ?1", session->used, error)
        && write_session (storage, session, error);
  return end_marked (storage, done, error);
}

static gboolean
madang_sqlite_accounts_end_session (MadangStorage *storage, const char *hash, GError **error)
{
  return run_with_texts (storage, "DELETE FROM session WHERE hash = ?1", hash, NULL, error);
}

static gboolean
madang_sqlite_accounts_end_sessions_of (MadangStorage *storage, const char *account, GError **error)
{
  return run_with_texts (storage, "DELETE FROM session WHERE account = ?1", account, NULL, error);
}

/* --- failed sign-ins ---------------------------------------------------------------------- */

static gint64
madang_sqlite_accounts_count_failures (MadangStorage *storage,
                                       const char *login,
                                       const char *source,
                                       gint64 since)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage, "SELECT count (*) FROM failure WHERE login = ?1 AND source = ?2 AND at >= ?3",
      &error);

  if (statement != NULL)
    {
      madang_statement_bind_text (statement, 1, login);
      madang_statement_bind_text (statement, 2, source);
      madang_statement_bind_number (statement, 3, since);
      if (madang_statement_step (statement, &error))
        return madang_statement_get_number (statement, 0);
    }
  /* A door that cannot count stays shut. */
  g_debug ("failures cannot be counted: %s", error->message);
  return G_MAXINT64;
}

static gboolean
write_failure (
    MadangStorage *storage, const char *login, const char *source, gint64 at, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_sqlite_storage_prepare (
      storage, "INSERT INTO failure (login, source, at) VALUES (?1, ?2, ?3)", error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, login);
  madang_statement_bind_text (statement, 2, source);
  madang_statement_bind_number (statement, 3, at);
  return madang_statement_run (statement, error);
}

static gboolean
madang_sqlite_accounts_add_failure (
    MadangStorage *storage, const char *login, const char *source, gint64 at, GError **error)
{
  if (!madang_database_mark (madang_sqlite_storage_get_database (storage), error))
    return FALSE;

  gboolean done
      = run_with_number (storage, "DELETE FROM failure WHERE at <= ?1", at - FAILURES_KEPT, error)
        && write_failure (storage, login, source, at, error);
  return end_marked (storage, done, error);
}

static gboolean
madang_sqlite_accounts_clear_failures (MadangStorage *storage,
                                       const char *login,
                                       const char *source,
                                       GError **error)
{
  return run_with_texts (storage, "DELETE FROM failure WHERE login = ?1 AND source = ?2", login,
                         source, error);
}

void
madang_sqlite_accounts_init (MadangStorageInterface *iface)
{
  iface->find_credential = madang_sqlite_accounts_find_credential;
  iface->put_credential = madang_sqlite_accounts_put_credential;
  iface->find_session = madang_sqlite_accounts_find_session;
  iface->put_session = madang_sqlite_accounts_put_session;
  iface->end_session = madang_sqlite_accounts_end_session;
  iface->end_sessions_of = madang_sqlite_accounts_end_sessions_of;
  iface->count_failures = madang_sqlite_accounts_count_failures;
  iface->add_failure = madang_sqlite_accounts_add_failure;
  iface->clear_failures = madang_sqlite_accounts_clear_failures;
}
