/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record-store.h"
#include "madang-wire-messages.h"

G_BEGIN_DECLS

/**
 * MadangStorage:
 *
 * What the central server needs of a database, behind an interface: SQLite today, PostgreSQL as
 * a second implementation. One conformance suite tests both. A writer and several readers are
 * separate objects, each confined to the thread that uses it. Between begin and commit a reader
 * sees one snapshot.
 */
#define MADANG_TYPE_STORAGE (madang_storage_get_type ())
G_DECLARE_INTERFACE (MadangStorage, madang_storage, MADANG, STORAGE, GObject)

typedef struct
{
  char *mid;
  char *device;
  gint64 number;
  char *fingerprint;
  GBytes *result; /* of madang_push_result_to_bytes(); NULL once it is forgotten */
} MadangDone;

typedef struct
{
  char *id;
  char *account;
  char *public_key;
  gint64 last_number;
} MadangDevice;

typedef struct
{
  char *hash; /* of the token */
  char *account;
  char *device;
  gint64 expires; /* real clock */
  gint64 used;
} MadangSession;

typedef struct
{
  char *account;
  char *login;
  char *password; /* hash */
} MadangCredential;

/* One line of history: who changed what, when, from which state of the world. */
typedef struct
{
  char *record;
  char *account;
  char *mid;   /* (nullable) */
  char *event; /* (nullable) */
  char *path;  /* (nullable) */
  MadangPart part;
  char *before;  /* JSON (nullable) */
  char *after;   /* JSON (nullable) */
  gint64 at;     /* programme clock */
  gint64 number; /* its place among all changes, rising; reading fills it in */
} MadangChange;

/* One line of the audit log. It never holds personal data. */
typedef struct
{
  gint64 at;     /* real clock */
  char *account; /* (nullable) */
  char *device;  /* (nullable) */
  char *action;  /* "sign-in", "sign-in-refused", "push", "account" … */
  char *target;  /* record or account id (nullable) */
  char *detail;  /* code (nullable) */
  gint64 number; /* its place in the log: 1, 2, 3 …; list_audit() fills it in */
} MadangAudit;

typedef gboolean (*MadangChangeFunc) (const MadangChange *change, gpointer user_data);
typedef gboolean (*MadangFeedFunc) (const MadangPullLine *line, gpointer user_data);

struct _MadangStorageInterface
{
  GTypeInterface parent;

  /* Of a writer, a transaction that may write at once; of a reader, a snapshot. They do not nest.
   * When commit fails, nothing of the transaction stays. */
  gboolean (*begin) (MadangStorage *self, GError **error);
  gboolean (*commit) (MadangStorage *self, GError **error);
  void (*rollback) (MadangStorage *self);

  /* A part of a transaction that can be undone alone: what was written between mark and undo is as
   * if it had never been. In a transaction only. When keep fails, nothing since the mark stays. */
  gboolean (*mark) (MadangStorage *self, GError **error);
  gboolean (*keep) (MadangStorage *self, GError **error);
  void (*undo) (MadangStorage *self);

  /* (transfer none): in the same transaction. Read only: records are written by write_record(). */
  MadangRecordStore *(*get_records) (MadangStorage *self);

  /* Writes the record, raises the version of the parts named by changed (bits 1 << MadangPart),
   * and puts its feed rows: put for the audience, left for scopes that it was in before. The main
   * part counts as changed with the state and the home scope, every part with birth and deletion.
   * In a transaction only. MADANG_ERROR_CONFLICT: the record was not read in this transaction (its
   * versions are not the stored ones), or a unique field has a value that another live record has;
   * then nothing was written and the transaction may go on. */
  gboolean (*write_record) (MadangStorage *self,
                            MadangRecord *record,
                            guint changed,
                            GError **error);

  /* The number of the last change of a scope; 0: there was none. */
  gint64 (*get_head) (MadangStorage *self, const char *scope);
  /* Lines of type PUT, DELETE and LEFT with seq > after, in order, at most limit. A line is valid
   * during the call of func; func returns FALSE to stop, which is no error. */
  gboolean (*read_feed) (MadangStorage *self,
                         const char *scope,
                         gint64 after,
                         guint limit,
                         MadangFeedFunc func,
                         gpointer user_data,
                         GError **error);
  /* Of the live parts of a scope: how many, and the sum of madang_wire_digest_term(). */
  gboolean (*read_digest) (MadangStorage *self, const char *scope, gint64 *count, guint64 *sum);

  /* Finders return (transfer full) (nullable): NULL without error when there is none. */
  MadangDone *(*find_done) (MadangStorage *self, const char *mid, GError **error);
  /* MADANG_ERROR_CONFLICT: the mutation, or its number on that device, is done already. */
  gboolean (*add_done) (MadangStorage *self, const MadangDone *done, GError **error);
  /* Forgets the results of a device's mutations up to a number, never that they are done. */
  gboolean (*forget_answers) (MadangStorage *self,
                              const char *device,
                              gint64 up_to,
                              GError **error);

  MadangDevice *(*find_device) (MadangStorage *self, const char *id, GError **error);
  /* Adds it, or replaces the one of that id. */
  gboolean (*put_device) (MadangStorage *self, const MadangDevice *device, GError **error);

  /* The next number of a series for a reset value (nullable), from 1; 0 is an error. */
  gint64 (*next_number) (MadangStorage *self,
                         const char *series,
                         const char *reset,
                         GError **error);

  gboolean (*add_change) (MadangStorage *self, const MadangChange *change, GError **error);
  /* (transfer full) (element-type MadangChange): oldest first. */
  GPtrArray *(*list_changes) (MadangStorage *self, const char *record, GError **error);
  /* The same newest first, one by one: a change is valid during the call of func; func returns FALSE
   * to stop, which is no error. */
  gboolean (*read_changes) (MadangStorage *self,
                            const char *record,
                            MadangChangeFunc func,
                            gpointer user_data,
                            GError **error);
  gboolean (*add_audit) (MadangStorage *self, const MadangAudit *audit, GError **error);
  /* (transfer full) (element-type MadangAudit): oldest first, those with number > after. */
  GPtrArray *(*list_audit) (MadangStorage *self, gint64 after, guint limit, GError **error);

  MadangCredential *(*find_credential) (MadangStorage *self, const char *login, GError **error);
  /* An account has one credential: another login replaces it. MADANG_ERROR_CONFLICT: the login is
   * another account's. */
  gboolean (*put_credential) (MadangStorage *self,
                              const MadangCredential *credential,
                              GError **error);
  MadangSession *(*find_session) (MadangStorage *self, const char *hash, GError **error);
  /* Ended ones of anybody are swept away meanwhile (expires <= used of this one). */
  gboolean (*put_session) (MadangStorage *self, const MadangSession *session, GError **error);
  gboolean (*end_session) (MadangStorage *self, const char *hash, GError **error);
  gboolean (*end_sessions_of) (MadangStorage *self, const char *account, GError **error);

  /* Failed sign-ins of (login, source) since an instant, and one more. What cannot be counted is
   * G_MAXINT64. Failures are kept for a day. */
  gint64 (*count_failures) (MadangStorage *self,
                            const char *login,
                            const char *source,
                            gint64 since);
  gboolean (*add_failure) (
      MadangStorage *self, const char *login, const char *source, gint64 at, GError **error);
  gboolean (*clear_failures) (MadangStorage *self,
                              const char *login,
                              const char *source,
                              GError **error);

  /* NULL: there is none, or it cannot be read. value NULL forgets it. */
  char *(*dup_setting) (MadangStorage *self, const char *name);
  gboolean (*set_setting) (MadangStorage *self,
                           const char *name,
                           const char *value,
                           GError **error);
};

/* The members of the interface; what each does is said there. */
gboolean madang_storage_begin (MadangStorage *self, GError **error);
gboolean madang_storage_commit (MadangStorage *self, GError **error);
void madang_storage_rollback (MadangStorage *self);
gboolean madang_storage_mark (MadangStorage *self, GError **error);
gboolean madang_storage_keep (MadangStorage *self, GError **error);
void madang_storage_undo (MadangStorage *self);
MadangRecordStore *madang_storage_get_records (MadangStorage *self);
gboolean madang_storage_write_record (MadangStorage *self,
                                      MadangRecord *record,
                                      guint changed,
                                      GError **error);
gint64 madang_storage_get_head (MadangStorage *self, const char *scope);
gboolean madang_storage_read_feed (MadangStorage *self,
                                   const char *scope,
                                   gint64 after,
                                   guint limit,
                                   MadangFeedFunc func,
                                   gpointer user_data,
                                   GError **error);
gboolean
madang_storage_read_digest (MadangStorage *self, const char *scope, gint64 *count, guint64 *sum);
MadangDone *madang_storage_find_done (MadangStorage *self, const char *mid, GError **error);
gboolean madang_storage_add_done (MadangStorage *self, const MadangDone *done, GError **error);
gboolean madang_storage_forget_answers (MadangStorage *self,
                                        const char *device,
                                        gint64 up_to,
                                        GError **error);
MadangDevice *madang_storage_find_device (MadangStorage *self, const char *id, GError **error);
gboolean
madang_storage_put_device (MadangStorage *self, const MadangDevice *device, GError **error);
gint64 madang_storage_next_number (MadangStorage *self,
                                   const char *series,
                                   const char *reset,
                                   GError **error);
gboolean
madang_storage_add_change (MadangStorage *self, const MadangChange *change, GError **error);
GPtrArray *madang_storage_list_changes (MadangStorage *self, const char *record, GError **error);
gboolean madang_storage_read_changes (MadangStorage *self,
                                      const char *record,
                                      MadangChangeFunc func,
                                      gpointer user_data,
                                      GError **error);
gboolean madang_storage_add_audit (MadangStorage *self, const MadangAudit *audit, GError **error);
GPtrArray *
madang_storage_list_audit (MadangStorage *self, gint64 after, guint limit, GError **error);
MadangCredential *
madang_storage_find_credential (MadangStorage *self, const char *login, GError **error);
gboolean madang_storage_put_credential (MadangStorage *self,
                                        const MadangCredential *credential,
                                        GError **error);
MadangSession *madang_storage_find_session (MadangStorage *self, const char *hash, GError **error);
gboolean
madang_storage_put_session (MadangStorage *self, const MadangSession *session, GError **error);
gboolean madang_storage_end_session (MadangStorage *self, const char *hash, GError **error);
gboolean madang_storage_end_sessions_of (MadangStorage *self, const char *account, GError **error);
gint64 madang_storage_count_failures (MadangStorage *self,
                                      const char *login,
                                      const char *source,
                                      gint64 since);
gboolean madang_storage_add_failure (
    MadangStorage *self, const char *login, const char *source, gint64 at, GError **error);
gboolean madang_storage_clear_failures (MadangStorage *self,
                                        const char *login,
                                        const char *source,
                                        GError **error);
char *madang_storage_dup_setting (MadangStorage *self, const char *name);
gboolean madang_storage_set_setting (MadangStorage *self,
                                     const char *name,
                                     const char *value,
                                     GError **error);

void madang_done_free (MadangDone *self);
void madang_device_free (MadangDevice *self);
void madang_session_free (MadangSession *self);
void madang_credential_free (MadangCredential *self);
void madang_change_free (MadangChange *self);
void madang_audit_free (MadangAudit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangDone, madang_done_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangDevice, madang_device_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangSession, madang_session_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangCredential, madang_credential_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangChange, madang_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangAudit, madang_audit_free)

/* The SQLite implementation. */
MadangStorage *
madang_sqlite_storage_open (const char *path, MadangDatabaseFlags flags, GError **error);

G_END_DECLS
