/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-today-line.h"

G_BEGIN_DECLS

typedef enum
{
  MADANG_TODAY_OVERDUE,
  MADANG_TODAY_TODAY,
  MADANG_TODAY_WEEK,
  MADANG_TODAY_MINE,
  MADANG_TODAY_SENT,
  MADANG_TODAY_TOLD,
  MADANG_TODAY_N_GROUPS
} MadangTodayGroupId;

/* What the page of the day asks the cache. Given to the reader's thread. */
typedef struct
{
  MadangActor *actor; /* (owned) */
  char *today;        /* (owned) */
  GPtrArray *waiting; /* (owned) (nullable) (element-type MadangWaiting): own unsent changes */
  MadangSyncState state;
  guint limits[MADANG_TODAY_N_GROUPS];
} MadangTodayQuestion;

/* What it answers: every group in words. */
typedef struct
{
  GPtrArray *lines[MADANG_TODAY_N_GROUPS]; /* (owned) (element-type MadangTodayLine) */
  guint n_all[MADANG_TODAY_N_GROUPS];      /* with those beyond the limit */
  guint n_lines;                           /* of all groups */
  char *next; /* (owned) (nullable): the next that is due, where there is no line at all */
} MadangTodayAnswer;

void madang_today_question_free (MadangTodayQuestion *self);
void madang_today_answer_free (MadangTodayAnswer *self);

/* (transfer full): a group that cannot be read is empty; the cache has its own banner. For
 * MadangReading.read. */
gpointer
madang_today_question_answer (MadangRecordStore *records, gpointer question, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangTodayQuestion, madang_today_question_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangTodayAnswer, madang_today_answer_free)

G_END_DECLS
