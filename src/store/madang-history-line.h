/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* One change in the history of a record, ready to be shown. */
typedef struct
{
  gint64 moment; /* the same for all that one step changed; below 0: not sent yet */
  gint64 at;     /* programme clock; of what was not sent, the device's real one */
  char *who;     /* displayed name (nullable): the server, or an account that is gone */
  gboolean own;
  gboolean waiting;         /* the server does not know it yet */
  char *event;              /* (nullable): an edit */
  char *path;               /* (nullable): the state; MADANG_HISTORY_REASON */
  const MadangField *field; /* (nullable): the innermost of the path */
  gboolean is_row;          /* a row came or went: the values are lists of that row */
  GVariant *before;         /* (nullable): unset, or hidden */
  GVariant *after;          /* (nullable) */
  gboolean hidden;          /* what stood before is not for this person */
} MadangHistoryLine;

/* What is known of a record's past. */
typedef struct
{
  GPtrArray *lines; /* MadangHistoryLine, newest first */
  gint64 next;      /* where the older ones go on; 0: there are none */
  gint64 fetched;   /* when the server was last asked, real clock; 0: never */
  gboolean reached; /* the server has just answered */
  gboolean refused; /* it has none for this person */
} MadangHistory;

MadangHistoryLine *madang_history_line_new (void);
void madang_history_line_free (MadangHistoryLine *self);
MadangHistory *madang_history_new (void);
void madang_history_free (MadangHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangHistoryLine, madang_history_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangHistory, madang_history_free)

G_END_DECLS
