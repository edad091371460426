/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-agenda.h"
#include "madang-sync.h"
#include "madang-work-days.h"

G_BEGIN_DECLS

/**
 * MadangTodayLine:
 *
 * What is due or waits, in words: made from what is declared, whatever the kind.
 */
typedef struct
{
  char *key;                /* (owned): tells it apart from all others */
  char *what;               /* (owned): "Supplement is due" */
  char *which;              /* (owned) (nullable): "Application · 서울특별시 금천구" */
  char *says;               /* (owned) (nullable): more of it */
  char *day;                /* (owned) (nullable): "2020-03-13" */
  char *left;               /* (owned) (nullable): how far the day is */
  gboolean late;            /* the day has passed, and that is a fault */
  char *kind;               /* (owned) (nullable): of the record that it opens */
  char *id;                 /* (owned) (nullable) */
  MadangRecord *record;     /* (owned) (nullable): that .event settles */
  const MadangEvent *event; /* (nullable): offered with the line */
} MadangTodayLine;

/* today: the day of the programme clock. */
MadangTodayLine *
madang_today_line_new (MadangRecordStore *records, const MadangAgendaItem *item, const char *today);
MadangTodayLine *madang_today_line_new_waiting (MadangRecordStore *records,
                                                const MadangWaiting *waiting,
                                                MadangSyncState state);
void madang_today_line_free (MadangTodayLine *self);
/* Whether they look the same. */
gboolean madang_today_line_equal (const MadangTodayLine *self, const MadangTodayLine *other);
/* All of it as one sentence, for those who hear it. */
char *madang_today_line_dup_name (const MadangTodayLine *self);

/* "in 3 days (2 working days)"; newly allocated. Both are valid days. */
char *madang_today_dup_left (const char *today, const char *day);

/* In the language of the interface; borrowed. */
const char *madang_today_name_holiday (const MadangHoliday *holiday);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangTodayLine, madang_today_line_free)

G_END_DECLS
