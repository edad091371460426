/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sync.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *code;
  GStrv arguments; /* (nullable) */
} MadangRefusal;

/* What happened since the last bulletin. */
typedef struct
{
  MadangSyncState state;
  guint waiting;
  guint troubled;
  guint refused;
  gint64 last_contact;
  gboolean indexing;
  gboolean has_identity;    /* identity and actor are new, also when they are NULL */
  MadangIdentity *identity; /* (owned) (nullable) */
  MadangActor *actor;       /* (owned) (nullable) */
  GPtrArray *changed;       /* (owned): utf8, each once */
  GPtrArray *refusals;      /* (owned): MadangRefusal */
} MadangBulletin;

/**
 * MadangNews:
 *
 * From the engine's thread to the main thread: gathers what happens and delivers it in one
 * bulletin per turn of the main loop, however fast it comes. Made and closed on the main thread,
 * written to from any thread.
 */
typedef struct _MadangNews MadangNews;

/* bulletin is borrowed. */
typedef void (*MadangNewsFunc) (const MadangBulletin *bulletin, gpointer user_data);

MadangNews *madang_news_new (MadangNewsFunc func, gpointer user_data);
MadangNews *madang_news_ref (MadangNews *self);
void madang_news_unref (MadangNews *self);
/* Main thread: the function is not called any more. */
void madang_news_close (MadangNews *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangNews, madang_news_unref)

void madang_news_set_state (MadangNews *self, MadangSyncState state);
void madang_news_set_counts (MadangNews *self, guint waiting, guint troubled, guint refused);
void madang_news_set_last_contact (MadangNews *self, gint64 last_contact);
void madang_news_set_indexing (MadangNews *self, gboolean indexing);
/* Both are taken over. */
void madang_news_take_identity (MadangNews *self, MadangIdentity *identity, MadangActor *actor);
/* ids: (element-type utf8), copied. */
void madang_news_add_changed (MadangNews *self, GPtrArray *ids);
void madang_news_add_changed_id (MadangNews *self, const char *id);
void madang_news_add_refusal (MadangNews *self,
                              const char *id,
                              const char *code,
                              const char *const *arguments);

G_END_DECLS
