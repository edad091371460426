/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-cache.h"

G_BEGIN_DECLS

/* A cache in a directory of its own, which holds leaflets, and the server's side of a
 * conversation, told line by line. */

#define CACHE_DEVICE "0190a000-0000-7000-8000-000000000001"
#define CACHE_NOW G_GINT64_CONSTANT (1583712000000)
#define CACHE_OLD "{\"count\":1,\"note\":\"n\",\"title\":\"old\"}"
#define CACHE_DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

typedef struct
{
  char *directory;
  MadangCache *cache;
  MadangSigningKey *key;
  GPtrArray *changed; /* record ids, as the last calls told them */
  GHashTable *told;   /* scope -> what its feed holds, see cache_tell_done() */
} CacheFixture;

/* Starts the tests and registers the leaflet. */
void cache_init (int *argc, char ***argv);
void cache_set_up (CacheFixture *fixture, gconstpointer data);
void cache_tear_down (CacheFixture *fixture, gconstpointer data);
void cache_open (CacheFixture *fixture, gboolean rebuilt);
void cache_close (CacheFixture *fixture);
void cache_follow (CacheFixture *fixture, const char *first, ...) G_GNUC_NULL_TERMINATED;
gint64 cache_read_number (CacheFixture *fixture, const char *sql);
void cache_run (CacheFixture *fixture, const char *sql);

/* --- what the person does ------------------------------------------------------------------ */

MadangMutation *cache_new_patch (const char *id, const char *path, GVariant *from, GVariant *to);
void cache_queue (CacheFixture *fixture, MadangMutation *mutation);
/* These return the id of the mutation, interned. */
const char *cache_create (CacheFixture *fixture, const char *id, const char *title);
const char *cache_patch (
    CacheFixture *fixture, const char *id, const char *field, const char *from, const char *to);
const char *cache_patch_number (
    CacheFixture *fixture, const char *id, const char *field, gint64 from, gint64 to);
const char *cache_event (CacheFixture *fixture, const char *id, const char *event);

void cache_discard (CacheFixture *fixture, const char *mid);

/* --- what the person sees ------------------------------------------------------------------- */

MadangRecord *cache_get (CacheFixture *fixture, const char *id);
#define cache_assert_text(fixture, id, field, text)                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (MadangRecord) record_ = cache_get (fixture, id);                                    \
    g_assert_nonnull (record_);                                                                    \
    g_assert_cmpstr (madang_record_get_text (record_, field), ==, text);                           \
  }                                                                                                \
  G_STMT_END
#define cache_assert_state(fixture, id, state, n_waiting, is_troubled)                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (MadangRecord) record_ = cache_get (fixture, id);                                    \
    g_assert_nonnull (record_);                                                                    \
    g_assert_cmpstr (madang_record_get_state (record_), ==, state);                                \
    g_assert_cmpuint (madang_record_get_waiting (record_), ==, n_waiting);                         \
    g_assert_cmpint (madang_record_get_troubled (record_), ==, is_troubled);                       \
  }                                                                                                \
  G_STMT_END
gboolean cache_has (CacheFixture *fixture, const char *id);
/* MadangWaiting */
GPtrArray *cache_list_waiting (CacheFixture *fixture);
MadangWaiting *cache_get_waiting (GPtrArray *list, guint index);

/* --- what the server tells ------------------------------------------------------------------ */

gboolean cache_tell (CacheFixture *fixture, const MadangPullLine *line, GError **error);
/* state NULL: "draft". doc as JSON. */
void cache_tell_put (CacheFixture *fixture,
                     const char *scope,
                     const char *id,
                     MadangPart part,
                     gint64 version,
                     const char *state,
                     const char *doc);
/* The main part of a draft with that title. */
void cache_tell_title (
    CacheFixture *fixture, const char *scope, const char *id, gint64 version, const char *title);
void cache_tell_put_kind (CacheFixture *fixture,
                          const char *scope,
                          const char *kind,
                          const char *id,
                          gint64 version,
                          const char *state,
                          const char *doc);
void cache_tell_delete (
    CacheFixture *fixture, const char *scope, const char *id, MadangPart part, gint64 version);
void cache_tell_delete_kind (
    CacheFixture *fixture, const char *scope, const char *kind, const char *id, gint64 version);
void cache_tell_left (CacheFixture *fixture, const char *scope, const char *id, MadangPart part);
void cache_tell_reset (CacheFixture *fixture, const char *scope);
void cache_tell_mark (CacheFixture *fixture, const char *scope, const char *cursor);
/* With the count and the sum of all that was told of the scope since its last reset. */
void cache_tell_done (CacheFixture *fixture, const char *scope, const char *cursor);
void cache_tell_wrong_done (CacheFixture *fixture, const char *scope, const char *cursor);
/* put of one main part, done and finish. */
void cache_pull_one (CacheFixture *fixture,
                     const char *scope,
                     const char *id,
                     gint64 version,
                     const char *state,
                     const char *doc);
/* Follows "agency:a", where version 3 of that leaflet is CACHE_OLD. */
void cache_pull_old (CacheFixture *fixture, const char *id);
char *cache_dup_cursor (CacheFixture *fixture, const char *scope);
void cache_assert_cursor (CacheFixture *fixture, const char *scope, const char *cursor);

/* --- what the server answers ----------------------------------------------------------------- */

MadangPushRequest *cache_seal (CacheFixture *fixture);
/* From 0. */
const MadangPushItem *cache_get_item (const MadangPushRequest *request, guint index);
char *cache_dup_item_mid (const MadangPushRequest *request, guint index);
MadangPushResult *cache_new_result (const char *mid, MadangOutcome outcome);
/* The record after the mutation: main part only. */
void cache_result_record (
    MadangPushResult *result, const char *id, const char *state, gint64 version, const char *doc);
/* (transfer full) results, NULL at the end. */
void cache_answer (CacheFixture *fixture, MadangPushResult *first, ...) G_GNUC_NULL_TERMINATED;
void cache_answer_applied (CacheFixture *fixture,
                           const char *mid,
                           const char *id,
                           const char *state,
                           gint64 version,
                           const char *doc);
void cache_answer_rejected (CacheFixture *fixture, const char *mid, const char *code);

G_END_DECLS
