/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record-store.h"

G_BEGIN_DECLS

/* Beyond it nobody counts: n_all of one line of a declaration ends there. */
#define MADANG_AGENDA_MOST_COUNTED 1000

/* What is due for somebody and what waits for them, from the declarations of all kinds
 * (MadangKind.deadlines and .tasks) and from the indexes alone: only the records that are given back
 * are read. On the thread of the store's database. */

/**
 * MadangAgendaItem:
 *
 * Either a day that is due (.deadline) or a step that waits (.task).
 */
typedef struct
{
  MadangRecord *record;           /* (owned) */
  const MadangDeadline *deadline; /* (nullable) */
  const MadangTask *task;         /* (nullable) */
  char *day; /* (owned) (nullable): of the deadline; of a task the first that is open for them */
} MadangAgendaItem;

void madang_agenda_item_free (MadangAgendaItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangAgendaItem, madang_agenda_item_free)

typedef struct
{
  const char *first; /* (nullable): from the beginning */
  const char *last;  /* (nullable): to the end; both belong to the span */
  gboolean overdue;  /* without the days that only come and go */
  guint limit;       /* how many at most */
} MadangAgendaSpan;

typedef enum
{
  MADANG_AGENDA_MINE,      /* their own to do */
  MADANG_AGENDA_TOLD,      /* to be acknowledged and no more: tasks with an event */
  MADANG_AGENDA_ELSEWHERE, /* what they sent and nobody has dealt with yet */
} MadangAgendaTurn;

/* (transfer full) (element-type MadangAgendaItem): the days of the span in their order. n_all
 * (nullable): how many there are without the limit, see MADANG_AGENDA_MOST_COUNTED. */
GPtrArray *madang_agenda_find_due (MadangRecordStore *records,
                                   const MadangActor *actor,
                                   const MadangAgendaSpan *span,
                                   guint *n_all,
                                   GError **error);
/* The same of what waits: first what has the nearest day, then what has waited longest. Notices
 * come newest first. */
GPtrArray *madang_agenda_find_waiting (MadangRecordStore *records,
                                       const MadangActor *actor,
                                       MadangAgendaTurn turn,
                                       guint limit,
                                       guint *n_all,
                                       GError **error);

G_END_DECLS
