/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-cache.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MadangPuller:
 *
 * Reads the lines of one pull into the cache. After each commit it lets the thread do other work
 * first, so that a person's edit never waits for more than one page. Confined to the thread.
 */
typedef struct _MadangPuller MadangPuller;

typedef enum
{
  MADANG_PULL_COMPLETE,
  MADANG_PULL_NEW_EPOCH,  /* another history than ours: nothing of it was stored */
  MADANG_PULL_BROKEN_OFF, /* cut off, or not to be understood: kept up to the last mark */
  MADANG_PULL_CACHE_FAILED,
} MadangPullEnd;

typedef struct
{
  MadangPullEnd end;
  gboolean more;     /* the server has more to say */
  gboolean progress; /* a cursor moved */
  gboolean revoked;  /* a scope was revoked */
  guint rows;
} MadangPullOutcome;

/* ids: (element-type utf8): records that differ after a commit. */
typedef void (*MadangPullChangedFunc) (GPtrArray *ids, gpointer user_data);
typedef void (*MadangPullDoneFunc) (const MadangPullOutcome *outcome, gpointer user_data);

/* epoch (nullable): the history that the cache follows. The functions are called until done was,
 * or until the puller is freed. */
MadangPuller *madang_puller_new (MadangCache *cache,
                                 const char *epoch,
                                 GInputStream *lines,
                                 MadangPullChangedFunc changed,
                                 MadangPullDoneFunc done,
                                 gpointer user_data);
void madang_puller_start (MadangPuller *self);
/* Also in the middle of reading, and within done: what was not marked is dropped. */
void madang_puller_free (MadangPuller *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangPuller, madang_puller_free)

G_END_DECLS
