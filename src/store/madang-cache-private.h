/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-cache.h"
#include "madang-salvage.h"
#include "madang-statement.h"

G_BEGIN_DECLS

/* Between the files of the cache. */

struct _MadangCache
{
  GObject parent_instance;

  char *directory;            /* (owned) */
  char *path;                 /* (owned): of the database */
  MadangDatabase *database;   /* (owned) */
  MadangRecordStore *records; /* (owned) */
  MadangSalvage *salvage;     /* (owned) */
  gint64 weighed_size;        /* of the salvage log when it was last held against the outbox */

  GPtrArray *lines; /* (owned) (element-type MadangPullLine): of a pull, not committed yet */
  gsize line_bytes; /* of what they say */
  gboolean broken;  /* a commit of this pull failed: its later marks must not count */

  /* Asked once in a transaction; -1: not yet. */
  int renewing;    /* versions of an earlier epoch may be lying about */
  int has_answers; /* there are members of MADANG_SCOPE_OF_ANSWERS */

  gint64 pulls; /* that were built since it was opened: the generation of such members */
};

/* --- transactions ------------------------------------------------------------------------- */

gboolean madang_cache_begin (MadangCache *self, GError **error);
/* Commits when worked, else rolls back and passes on why. Takes failure (nullable). */
gboolean madang_cache_end (MadangCache *self, gboolean worked, GError *failure, GError **error);

/* --- the outbox and the journal (madang-cache-outbox.c) ---------------------------------------- */

typedef struct
{
  gint64 place;
  char *mid;
  char *record;
  char *kind;
  char *operation;
  char *event; /* (nullable) */
  gint64 at;
  GBytes *body;
  char *signature;
  gint64 number; /* 0: not sealed */
  gboolean fixed;
  gboolean shown;
  gboolean held;
  gboolean refused;
  char *code;      /* (nullable) */
  char *arguments; /* (nullable) */
} MadangOutboxRow;

MadangOutboxRow *
madang_outbox_row_new (const MadangMutation *mutation, GBytes *body, const MadangSigningKey *key);
void madang_outbox_row_free (MadangOutboxRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangOutboxRow, madang_outbox_row_free)
gboolean madang_outbox_row_is (const MadangOutboxRow *self, MadangOperation operation);
/* It was never on its way: nobody but this device knows of it. */
gboolean madang_outbox_row_is_unsealed (const MadangOutboxRow *self);

/* What the person wrote with it: of MadangHistoryLine, without what stood before; newly allocated.
 * Empty: of a kind that this build does not know. */
GPtrArray *madang_cache_list_written (const MadangOutboxRow *row, const MadangMutation *mutation);

#define MADANG_OUTBOX_COLUMNS                                                                      \
  "place, mid, record, kind, operation, event, at, body, signature, number, fixed, shown, held, "  \
  "refused, code, arguments"

/* The rows that a statement selects as MADANG_OUTBOX_COLUMNS: (transfer container). */
GPtrArray *madang_cache_read_outbox (MadangStatement *statement, GError **error);
GPtrArray *madang_cache_list_outbox (MadangCache *self, GError **error);
GPtrArray *madang_cache_list_outbox_of (MadangCache *self, const char *record, GError **error);
/* (nullable): NULL without error when there is none. */
MadangOutboxRow *madang_cache_find_outbox (MadangCache *self, const char *mid, GError **error);
/* Whether the record has rows in the outbox; any: refused ones count too. */
gboolean madang_cache_has_outbox (
    MadangCache *self, const char *record, gboolean any, gboolean *has, GError **error);
/* place 0: last. */
gboolean madang_cache_add_outbox (MadangCache *self, const MadangOutboxRow *row, GError **error);
gboolean madang_cache_remove_outbox (MadangCache *self, const char *mid, GError **error);
/* Out of the outbox, into the journal. */
gboolean madang_cache_move_to_sent (
    MadangCache *self, const MadangOutboxRow *row, const char *outcome, gint64 at, GError **error);
/* Holds what would only fail after this row was refused. */
gboolean
madang_cache_hold_dependents (MadangCache *self, const MadangOutboxRow *row, GError **error);
/* Lets go what was held, when no refused row of the record is left. */
gboolean madang_cache_release_held (MadangCache *self, const char *record, GError **error);
/* The number that the device's next request begins with. */
gboolean madang_cache_find_lowest_number (MadangCache *self, gint64 *number, GError **error);
gboolean madang_cache_prune_sent (MadangCache *self, gint64 at, GError **error);
/* Writes the salvage log anew when it has grown, or its content is not the outbox's. */
gboolean madang_cache_compact_salvage (MadangCache *self, gboolean always, GError **error);

/* Run a statement with its only parameter. */
gboolean
madang_cache_run_with_id (MadangCache *self, const char *sql, const char *id, GError **error);
gboolean
madang_cache_run_with_number (MadangCache *self, const char *sql, gint64 number, GError **error);
gboolean
madang_cache_run_with_text (MadangCache *self, const char *sql, const char *text, GError **error);
/* The first column of the first row, or fallback. */
gboolean madang_cache_query_number (
    MadangCache *self, const char *sql, gint64 fallback, gint64 *number, GError **error);

/* --- confirmed and effective rows (madang-cache-effective.c, madang-cache-confirmed.c) --------- */

/* What the server confirmed: the shadow when the record has rows in the outbox, else the record
 * row. NULL without error: nothing, or a kind that this build does not know. */
MadangRecord *
madang_cache_load_confirmed (MadangCache *self, const char *id, gboolean waiting, GError **error);
/* Stores a new confirmed state, and what the person sees. */
gboolean madang_cache_save_confirmed (MadangCache *self,
                                      MadangRecord *record,
                                      gboolean waiting,
                                      GError **error);
/* The same of a record with rows in the outbox, when what the person sees is recomputed later. */
gboolean madang_cache_save_shadow (MadangCache *self, MadangRecord *record, GError **error);
gboolean
madang_cache_remove_confirmed (MadangCache *self, const char *id, gboolean waiting, GError **error);
/* Before the first row of a record enters the outbox. */
gboolean madang_cache_make_shadow (MadangCache *self, const char *id, GError **error);
/* Recomputes what the person sees; without rows in the outbox the confirmed state comes back. */
gboolean madang_cache_refresh (MadangCache *self, const char *id, GError **error);
/* Sets the values that the person typed, also where they will be in conflict. */
void madang_cache_show_edits (MadangRecord *record, const MadangMutation *mutation);
/* Recomputes only whether the record is in trouble. */
gboolean madang_cache_refresh_trouble (MadangCache *self, const char *id, GError **error);
/* The record that a conflict record is about; NULL for any other record. */
const char *madang_cache_get_conflict_target (MadangRecord *record);
gboolean
madang_cache_has_open_conflict (MadangCache *self, const char *id, gboolean *has, GError **error);

/* One part as the server told it. doc NULL: deleted. */
typedef struct
{
  const char *kind;
  const char *id;
  const char *state;
  const char *home;
  MadangPart part;
  gint64 version;
  const char *doc;
  gboolean again; /* in a new snapshot: also the version that is known already */
  gboolean quiet; /* what the person sees is recomputed afterwards by the caller */
} MadangConfirmedPart;

/* Whether some scope is not complete since the epoch changed. */
gboolean madang_cache_is_renewing (MadangCache *self, gboolean *renewing, GError **error);
/* Forgets what is left of the epoch before, when no scope is renewing any more
 * (madang-cache-epoch.c). */
gboolean madang_cache_finish_renewing (MadangCache *self, GPtrArray *touched, GError **error);
/* taken: FALSE when the version was known already. */
gboolean madang_cache_take_part (MadangCache *self,
                                 const MadangConfirmedPart *told,
                                 gboolean waiting,
                                 gboolean *taken,
                                 GError **error);
/* Removes a part from the confirmed state unless a followed scope holds it, or a change of the
 * record is on its way. */
gboolean
madang_cache_drop_part (MadangCache *self, const char *id, MadangPart part, GError **error);

/* The same for both parts: when a change of the record has got its outcome. */
gboolean madang_cache_drop_unheld (MadangCache *self, const char *id, GError **error);

/* --- membership and scopes (madang-cache-scopes.c, madang-cache-purge.c) ---------------------- */

#define MADANG_SCOPE_OF_ANSWERS 0 /* not a scope: see the table "member" */

typedef enum
{
  MADANG_SWEEP_NONE,
  MADANG_SWEEP_COLLECTING, /* a new snapshot is on its way; what it has not brought yet stays */
  MADANG_SWEEP_DUE,        /* it is complete: what it did not bring goes */
} MadangSweep;

typedef struct
{
  gint64 number;
  char *name;
  char *cursor;
  gint64 generation;
  gint64 count;
  guint64 sum;
  gboolean complete;
  gboolean doubted;
  MadangSweep sweeping;
  gboolean renewing;
} MadangCacheScope;

void madang_cache_scope_free (MadangCacheScope *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangCacheScope, madang_cache_scope_free)
/* Followed scopes by name. */
GHashTable *madang_cache_load_scopes (MadangCache *self, GError **error);
gboolean madang_cache_save_scope (MadangCache *self, const MadangCacheScope *scope, GError **error);
/* A new snapshot begins: what it does not bring will be swept. */
void madang_cache_scope_start_over (MadangCacheScope *self);
gboolean madang_cache_join_scope (MadangCache *self,
                                  MadangCacheScope *scope,
                                  const char *id,
                                  MadangPart part,
                                  gint64 version,
                                  GError **error);
gboolean madang_cache_leave_scope (
    MadangCache *self, MadangCacheScope *scope, const char *id, MadangPart part, GError **error);
gboolean madang_cache_remove_member (
    MadangCache *self, gint64 scope, const char *id, MadangPart part, GError **error);
/* The answer to a push told this part. */
gboolean
madang_cache_join_answers (MadangCache *self, const char *id, MadangPart part, GError **error);
gboolean madang_cache_is_held (
    MadangCache *self, const char *id, MadangPart part, gboolean *held, GError **error);
/* Finishes what a commit or a crash left to do: sweeps and purges, in small transactions. */
gboolean madang_cache_clear_scopes (MadangCache *self, GPtrArray *changed, GError **error);
/* A pull was told to its end: what an answer had told before the pull was built, and no feed holds,
 * is not for this person any more. */
gboolean madang_cache_clear_answers (MadangCache *self, GPtrArray *changed, GError **error);
/* Follows a scope no more. */
gboolean
madang_cache_purge_scope (MadangCache *self, const char *name, GPtrArray *changed, GError **error);

/* --- edits (madang-cache-edits.c) ------------------------------------------------------------ */

/* Adds later edits to an earlier list, so that the list does the same as both one by one. */
void madang_cache_fold_edits (GPtrArray *edits, GPtrArray *later);
gboolean madang_cache_edits_overlap (GPtrArray *a, GPtrArray *b);

G_END_DECLS
