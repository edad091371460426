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
  GBytes *result; /* of madang_push_result_to_bytes() */
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
  char *mid;      /* (nullable) */
  char *event;    /* (nullable) */
  char *path;     /* (nullable) */
  MadangPart part;
  char *before;   /* JSON (nullable) */
  char *after;    /* JSON (nullable) */
  gint64 at;      /* programme clock */
} MadangChange;

/* One line of the audit log. It never holds personal data. */
typedef struct
{
  gint64 at; /* real clock */
  char *account; /* (nullable) */
  char *device;  /* (nullable) */
  char *action;  /* "sign-in", "sign-in-refused", "push", "account" … */
  char *target;  /* record or account id (nullable) */
  char *detail;  /* code (nullable) */
} MadangAudit;

typedef gboolean (*MadangFeedFunc) (const MadangPullLine *line, gpointer user_data);

struct _MadangStorageInterface
{
  GTypeInterface parent;

  gboolean (*begin) (MadangStorage *self, GError **error);
  gboolean (*commit) (MadangStorage *self, GError **error);
  void (*rollback) (MadangStorage *self);

  MadangRecordStore *(*get_records) (MadangStorage *self);

  /* Writes the record, raises the version of the parts named by changed (bits 1 << MadangPart),
   * and puts its feed rows: put for the audience, left for scopes that it was in before. */
  gboolean (*write_record) (MadangStorage *self, MadangRecord *record, guint changed,
                            GError **error);

  gint64 (*get_head) (MadangStorage *self, const char *scope);
  /* Lines of type PUT, DELETE and LEFT with seq > after, in order, at most limit. */
  gboolean (*read_feed) (MadangStorage *self, const char *scope, gint64 after, guint limit,
                         MadangFeedFunc func, gpointer user_data, GError **error);
  gboolean (*read_digest) (MadangStorage *self, const char *scope, gint64 *count, guint64 *sum);

  MadangDone *(*find_done) (MadangStorage *self, const char *mid, GError **error);
  gboolean (*add_done) (MadangStorage *self, const MadangDone *done, GError **error);
  gboolean (*forget_answers) (MadangStorage *self, const char *device, gint64 up_to,
                              GError **error);

  MadangDevice *(*find_device) (MadangStorage *self, const char *id, GError **error);
  gboolean (*put_device) (MadangStorage *self, const MadangDevice *device, GError **error);

  gint64 (*next_number) (MadangStorage *self, const char *series, const char *reset,
                         GError **error);

  gboolean (*add_change) (MadangStorage *self, const MadangChange *change, GError **error);
  GPtrArray *(*list_changes) (MadangStorage *self, const char *record, GError **error);
  gboolean (*add_audit) (MadangStorage *self, const MadangAudit *audit, GError **error);
  GPtrArray *(*list_audit) (MadangStorage *self, gint64 after, guint limit, GError **error);

  MadangCredential *(*find_credential) (MadangStorage *self, const char *login, GError **error);
  gboolean (*put_credential) (MadangStorage *self, const MadangCredential *credential,
                              GError **error);
  MadangSession *(*find_session) (MadangStorage *self, const char *hash, GError **error);
  gboolean (*put_session) (MadangStorage *self, const MadangSession *session, GError **error);
  gboolean (*end_session) (MadangStorage *self, const char *hash, GError **error);
  gboolean (*end_sessions_of) (MadangStorage *self, const char *account, GError **error);

  /* Failed sign-ins of (login, source) since an instant, and one more. */
  gint64 (*count_failures) (MadangStorage *self, const char *login, const char *source,
                            gint64 since);
  gboolean (*add_failure) (MadangStorage *self, const char *login, const char *source, gint64 at,
                           GError **error);
  gboolean (*clear_failures) (MadangStorage *self, const char *login, const char *source,
                              GError **error);

  char *(*dup_setting) (MadangStorage *self, const char *name);
  gboolean (*set_setting) (MadangStorage *self, const char *name, const char *value,
                           GError **error);
};

/* Each member above has a function madang_storage_NAME () with the same arguments. */

void madang_done_free (MadangDone *self);
void madang_device_free (MadangDevice *self);
void madang_session_free (MadangSession *self);
void madang_credential_free (MadangCredential *self);
void madang_change_free (MadangChange *self);
void madang_audit_free (MadangAudit *self);

/* The SQLite implementation. */
MadangStorage *madang_sqlite_storage_open (const char *path, MadangDatabaseFlags flags,
                                           GError **error);

G_END_DECLS
