/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* In a set of moved scopes: rights changed, so every poll has to look again. */
#define MADANG_MOVED_EVERYTHING "*"

/**
 * MadangHeldPolls:
 *
 * Requests that wait for a change. Each ends exactly once: a scope of it moved, its time is over,
 * or its client left. Main loop only.
 */
typedef struct _MadangHeldPolls MadangHeldPolls;

typedef enum
{
  MADANG_HOLD_MOVED,
  MADANG_HOLD_TIME,
  MADANG_HOLD_GONE,
} MadangHoldEnd;

typedef void (*MadangHoldFunc) (MadangHoldEnd end, gpointer data);

MadangHeldPolls *madang_held_polls_new (void);
/* Ends nothing any more: what is held is forgotten. */
void madang_held_polls_free (MadangHeldPolls *self);
/* generation: of the database before the snapshot in which there was nothing new. A move that
 * came since ends the hold at once. until: monotonic time. socket (nullable) is watched. */
void madang_held_polls_add (MadangHeldPolls *self,
                            const char *const *scopes,
                            guint64 generation,
                            gint64 until,
                            GSocket *socket,
                            MadangHoldFunc func,
                            gpointer data);
void madang_held_polls_move (MadangHeldPolls *self, GHashTable *scopes, guint64 generation);
/* The server closes: the time of all of them is over. */
void madang_held_polls_end (MadangHeldPolls *self);
guint madang_held_polls_count (MadangHeldPolls *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangHeldPolls, madang_held_polls_free)

G_END_DECLS
