/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "madang-clock.h"
#include "madang-history-line.h"
#include "madang-merge.h"
#include "madang-reader.h"
#include "madang-record-store.h"
#include "madang-waiting.h"

G_BEGIN_DECLS

/**
 * MadangSync:
 *
 * The client's only way to write and to reach the network. It owns a thread with the cache's
 * writing connection, the sync engine and the SoupSession. Everything here is called on the main
 * thread; signals and notifies come on the main thread, after the commit. A person's edit never
 * waits for the network.
 *
 * Properties (read-only, with notify): "state" (MadangSyncState), "waiting" (uint: changes not
 * yet confirmed), "troubled" (uint: records with refused changes or open conflicts), "refused"
 * (uint: those of them with refused changes), "last-contact" (int64, real clock, 0: never),
 * "indexing" (boolean: a search does not find everything yet), "signed-in" (boolean: a profile is
 * open and can be read and written, also when its token has ended), "identity" (MadangIdentity; the
 * actor changes with it).
 *
 * Signal "changed" (GStrv ids): these records are different now.
 * Signal "refused" (id, code, GStrv arguments): a change of this record was refused by the rule of
 * that code, or is in conflict (code "conflict"), or was put aside because the right to the record
 * has ended (code "quarantined").
 */
#define MADANG_TYPE_SYNC (madang_sync_get_type ())
G_DECLARE_FINAL_TYPE (MadangSync, madang_sync, MADANG, SYNC, GObject)

typedef enum
{
  MADANG_SYNC_OFF, /* no account signed in */
  MADANG_SYNC_CONNECTING,
  MADANG_SYNC_WORKING,   /* pushing or pulling */
  MADANG_SYNC_CONNECTED, /* in step; a long poll is held */
  MADANG_SYNC_OFFLINE,   /* no answer; tries again by itself */
  MADANG_SYNC_PORTAL,    /* something answers that is not our server */
  MADANG_SYNC_SIGN_IN,   /* the token has ended: ask the person; nothing is lost */
  MADANG_SYNC_UPGRADE,   /* the program is too old for the server */
  MADANG_SYNC_FAILED,    /* the cache cannot be written: see the error */
} MadangSyncState;

#define MADANG_TYPE_SYNC_STATE (madang_sync_state_get_type ())
GType madang_sync_state_get_type (void);

/* Who is signed in, as the server last said; kept in the cache, so it is there offline too. */
typedef struct
{
  char *account;
  char *login;
  char *name;
  char *role; /* name of the first role */
  char *scope;
  char *agency;      /* (nullable): the first of all roles */
  char *agency_name; /* (nullable) */
  gint64 lease;      /* seconds that a computer may go without the server; 0: not known */
  gboolean demo;
} MadangIdentity;

#define MADANG_TYPE_IDENTITY (madang_identity_get_type ())
GType madang_identity_get_type (void);
MadangIdentity *madang_identity_copy (const MadangIdentity *self);
void madang_identity_free (MadangIdentity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangIdentity, madang_identity_free)

/* data_directory: the parent of the profiles, e.g. XDG_DATA_HOME/madang; a profile's folder is
 * named by a digest of server and login. server: see madang_sync_accepts_server(). Call it before other threads start: it settles what TLS
 * may agree on in this process. */
MadangSync *madang_sync_new (const char *server, const char *data_directory, MadangClock *clock);
/* Whether a token may be sent to this address: https, or http to this machine itself.
 * MADANG_ERROR_INVALID when not. */
gboolean madang_sync_accepts_server (const char *server, GError **error);
const char *madang_sync_get_server (MadangSync *self);
MadangClock *madang_sync_get_clock (MadangSync *self);

/* Signs in over the network and starts. The token goes to the Secret Service; without one it
 * lives in memory only. The profile of another login is closed first, also when this fails then.
 * A profile that is open for this login goes on with the new token. Errors: MADANG_ERROR_FORBIDDEN
 * (name or password), TRY_LATER, OFFLINE, NOT_OUR_SERVER, NEWER_SCHEMA, DAMAGED, NO_SPACE. */
void madang_sync_sign_in_async (MadangSync *self,
                                const char *login,
                                const char *password,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean madang_sync_sign_in_finish (MadangSync *self, GAsyncResult *result, GError **error);
/* Opens the profile of an earlier sign-in, with the token of the Secret Service when there is
 * one; without a token the cache opens, state is SIGN_IN and work goes on offline.
 * MADANG_ERROR_NOT_FOUND: this login never signed in here. */
void madang_sync_resume_async (MadangSync *self,
                               const char *login,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean madang_sync_resume_finish (MadangSync *self, GAsyncResult *result, GError **error);
/* Ends the token and closes the profile. Unsent changes stay in it. */
void
madang_sync_sign_out_async (MadangSync *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean madang_sync_sign_out_finish (MadangSync *self, GAsyncResult *result, GError **error);
/* Writes what is queued and stops the thread; at the end of the program. Waits for the
 * thread; no signal comes after it. */
void madang_sync_close (MadangSync *self);

MadangSyncState madang_sync_get_state (MadangSync *self);
guint madang_sync_get_waiting (MadangSync *self);
guint madang_sync_get_troubled (MadangSync *self);
guint madang_sync_get_refused (MadangSync *self);
gint64 madang_sync_get_last_contact (MadangSync *self);
/* When it ends, what a search shows is to be read anew. */
gboolean madang_sync_get_indexing (MadangSync *self);
const MadangIdentity *madang_sync_get_identity (MadangSync *self); /* (nullable) */
/* (transfer none) (nullable): what the rules need to explain themselves in the client. Another
 * object after "identity" has changed. */
MadangActor *madang_sync_get_actor (MadangSync *self);
/* (transfer none): the reading connection of the main thread; NULL when nobody is signed in. Another
 * one after the next sign-in. */
MadangRecordStore *madang_sync_get_records (MadangSync *self);
/* Reads what may take longer than a frame, on a thread of its own: see MadangReader. All that was
 * told by "changed" is seen. MADANG_ERROR_FAILED: nobody is signed in, or not any more. */
void madang_sync_read_async (MadangSync *self,
                             const MadangReading *reading,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* (transfer full) (nullable) */
gpointer madang_sync_read_finish (MadangSync *self, GAsyncResult *result, GError **error);
/* The cache was damaged and has been built anew at this start. */
gboolean madang_sync_get_rebuilt (MadangSync *self);

/* Writes. Each is durable when its callback comes without error; the server is told afterwards, and
 * what it refuses comes as "refused". Records are read before the call returns. */
void madang_sync_create_async (MadangSync *self,
                               MadangRecord *record,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* edits: (element-type MadangEdit), copied. */
void madang_sync_edit_async (MadangSync *self,
                             MadangRecord *record,
                             GPtrArray *edits,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* Keeps on this device what stands in a form and is no value of its field: it is neither sent nor
 * part of the record. texts: "a{sms}", by field; nothing: there is none any more. */
void madang_sync_keep_rough_async (MadangSync *self,
                                   const char *record,
                                   GVariant *texts,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* (transfer full): what was kept of a record, field -> text; maybe empty. */
GHashTable *madang_sync_load_rough (MadangSync *self, const char *record);
/* seen: the record as the person has it in front of them. arguments: "a{sv}" (nullable), a floating
 * reference is taken. */
void madang_sync_event_async (MadangSync *self,
                              MadangRecord *seen,
                              const char *event,
                              GVariant *arguments,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Settles a conflict record with a value for the field in question (nullable: unset); a floating
 * reference is taken. */
void madang_sync_resolve_async (MadangSync *self,
                                MadangRecord *conflict,
                                GVariant *value,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Gives up a refused change, or takes back an event that is the record's last change and was never
 * sent. mid: of MadangWaiting. MADANG_ERROR_NOT_FOUND for any other. */
void madang_sync_discard_async (MadangSync *self,
                                const char *mid,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* The finish of the writes above. MADANG_ERROR_NO_SPACE and others: nothing was written. */
gboolean madang_sync_write_finish (MadangSync *self, GAsyncResult *result, GError **error);

/* (transfer full): of MadangWaiting, oldest first. */
void
madang_sync_list_waiting_async (MadangSync *self, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *madang_sync_list_waiting_finish (MadangSync *self, GAsyncResult *result, GError **error);
/* The history of a record: asks the server for a page of it (before: the .next of an earlier answer;
 * 0: the newest) and gives all that is known then, the person's own unsent changes first. Without
 * the server it is what was fetched before; .reached and .refused say so. */
void madang_sync_fetch_history_async (MadangSync *self,
                                      const char *record,
                                      gint64 before,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* (transfer full) */
MadangHistory *
madang_sync_fetch_history_finish (MadangSync *self, GAsyncResult *result, GError **error);
/* The values of a conflict record (nullable: unset), read by the type of the field that it is about. */
gboolean madang_sync_read_conflict (MadangRecord *conflict,
                                    const MadangField **field,
                                    GVariant **theirs,
                                    GVariant **mine);
/* A hint, e.g. the machine woke up or the person asked: try now. That the network came up it
 * notices by itself. */
void madang_sync_hint (MadangSync *self);

G_END_DECLS
