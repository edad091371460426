/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record-store.h"
#include "madang-waiting.h"
#include "madang-wire-messages.h"

G_BEGIN_DECLS

/**
 * MadangCache:
 *
 * The writing side of a client's database: what the server confirmed (shadow), what the person
 * sees (confirmed plus waiting changes), the outbox, the journal of sent changes, the scopes
 * and their cursors, and the salvage log, an append-only file beside the database from which
 * unsent changes are taken back when the database is lost. One per (server, account). Confined
 * to the engine's thread; every function is one transaction or none (FULL for a person's edit).
 */
#define MADANG_TYPE_CACHE (madang_cache_get_type ())
G_DECLARE_FINAL_TYPE (MadangCache, madang_cache, MADANG, CACHE, GObject)

/* directory: made with mode 0700. A damaged database is set aside as "damaged-N", a new one is
 * made and the salvage log is read into it: *rebuilt says so. A newer one is
 * MADANG_ERROR_NEWER_SCHEMA and untouched. */
MadangCache *madang_cache_open (const char *directory, gboolean *rebuilt, GError **error);
void madang_cache_close (MadangCache *self);
MadangRecordStore *madang_cache_get_records (MadangCache *self);
const char *madang_cache_get_path (MadangCache *self); /* of the database, for a reader */

/* Small texts: "device", "epoch", "account", "clock-offset", "last-contact" … */
char *madang_cache_dup_setting (MadangCache *self, const char *name);
gboolean
madang_cache_set_setting (MadangCache *self, const char *name, const char *value, GError **error);

/* --- a person's changes ----------------------------------------------------------------- */

/* Signs and queues a mutation and applies it to what the person sees: row, outbox and salvage log
 * or nothing of them. A patch is merged into an unsealed patch of the same record that waits
 * last, and takes the place of a refused change whose values it alters. Fills in mid, base, at
 * (real clock) and schema. A patch that changes nothing queues nothing. Errors: INVALID (a value
 * breaks a declared limit), TOO_LARGE, NOT_FOUND, CONFLICT (create: the id is taken), NO_SPACE. */
gboolean madang_cache_queue (MadangCache *self,
                             MadangMutation *mutation,
                             const MadangSigningKey *key,
                             gint64 at,
                             GError **error);
guint madang_cache_count_waiting (MadangCache *self);
guint madang_cache_count_troubled (MadangCache *self);
/* Those of them in which a change was refused; the others have an open conflict only. */
guint madang_cache_count_refused (MadangCache *self);

/* What waits or was refused, oldest first: (element-type MadangWaiting). */
GPtrArray *madang_cache_list_waiting (MadangCache *self, GError **error);
/* Gives a change up that was refused, or that is held because an earlier one was: the record shows
 * the server's values again. Takes an event back that is the record's last change and was never
 * sealed: as if it had not been. MADANG_ERROR_NOT_FOUND for any other. */
gboolean madang_cache_discard (MadangCache *self, const char *mid, GError **error);

/* --- push --------------------------------------------------------------------------------- */

/* Seals up to the wire's limits of waiting mutations (gives them their numbers) and returns them
 * with those already sealed; NULL without error when nothing waits. Repeating it returns the
 * same bytes. */
MadangPushRequest *madang_cache_seal (MadangCache *self, GError **error);
/* at: the real clock; the journal of what was sent goes back 30 days from it. A result also acts
 * like a row of a pull. Repeating one does nothing. changed (nullable): gets g_strdup'ed ids of
 * the records that are different now, after the commit. */
gboolean madang_cache_apply_results (
    MadangCache *self, const MadangPushReply *reply, gint64 at, GPtrArray *changed, GError **error);
/* The server expects another number, or knows a mutation with other content: take a new device
 * id, number the unsent anew and sign them with key; their mids stay. */
gboolean madang_cache_rotate_device (MadangCache *self,
                                     const char *device,
                                     const MadangSigningKey *key,
                                     GError **error);
/* The server lost answers: continue from this number. FALSE with MADANG_ERROR_CONFLICT when only
 * a rotation helps. */
gboolean madang_cache_resend_from (MadangCache *self, gint64 number, GError **error);
/* One mutation that the server cannot digest: its number is sent as a void, signed with key; its
 * content stays as refused, with the code "undigested". at: the real clock. */
gboolean madang_cache_void_mutation (
    MadangCache *self, const char *mid, const MadangSigningKey *key, gint64 at, GError **error);
/* Every sent mutation of the journal waits again, before what was never sent, with its number:
 * after a new epoch. What the server still has it answers as a duplicate. */
gboolean madang_cache_replay_journal (MadangCache *self, GError **error);

/* --- pull --------------------------------------------------------------------------------- */

/* Sets the scopes that may be followed; scopes that are gone are purged. */
gboolean madang_cache_set_scopes (MadangCache *self,
                                  const char *const *scopes,
                                  GPtrArray *changed,
                                  GError **error);
MadangPullRequest *madang_cache_build_pull (MadangCache *self, GError **error);
/* Collects lines and commits at each mark and done; at once at revoke. "end" says that all is told
 * that there was when the pull was built; an answer that there is nothing new is one as well. A line of a scope that is
 * not followed is passed over. "open" with another epoch than the setting "epoch" is
 * MADANG_ERROR_CONFLICT. After an error nothing more is taken until pull_finish. changed
 * (nullable): gets g_strdup'ed record ids after each commit. */
gboolean madang_cache_pull_line (MadangCache *self,
                                 const MadangPullLine *line,
                                 GPtrArray *changed,
                                 GError **error);
/* The response ended: with "end" or cut off. Drops what was not marked. */
void madang_cache_pull_finish (MadangCache *self);
/* A new epoch: all cursors to zero; rows stay until their scope is complete again, and whatever
 * version the server tells of them next counts. */
gboolean madang_cache_reset_cursors (MadangCache *self, GError **error);

/* Opens a second, reading, connection on the database: for another thread. */
MadangRecordStore *madang_cache_open_reader (const char *database_path, GError **error);

G_END_DECLS
