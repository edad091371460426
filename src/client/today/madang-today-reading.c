/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-client"

#include "config.h"

#include "madang-today-reading.h"

#include "madang-day.h"

/* One look at the cache. */
typedef struct
{
  const MadangTodayQuestion *question;
  MadangRecordStore *records;
  GHashTable *due; /* (element-type utf8): ids of the records that stand among the days already */
  MadangTodayAnswer *answer;
} Reading;

void
madang_today_question_free (MadangTodayQuestion *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->actor, madang_actor_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_free (self->today);
  g_free (self);
}

void
madang_today_answer_free (MadangTodayAnswer *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < MADANG_TODAY_N_GROUPS; i++)
    g_clear_pointer (&self->lines[i], g_ptr_array_unref);
  g_free (self->next);
  g_free (self);
}

/* Takes the lines. */
static void
answer_group (Reading *reading, MadangTodayGroupId group, GPtrArray *lines, guint n_all)
{
  reading->answer->lines[group] = lines;
  reading->answer->n_all[group] = MAX (n_all, lines->len);
  reading->answer->n_lines += lines->len;
}

static GPtrArray *
new_lines (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)madang_today_line_free);
}

static GPtrArray *
take_items (GPtrArray *items, const GError *error)
{
  if (items == NULL)
    {
      g_debug ("Cannot find what is due: %s", error->message);
      return g_ptr_array_new ();
    }
  return items;
}

static void
read_due (Reading *reading, MadangTodayGroupId group, const char *first, const char *last)
{
  const MadangTodayQuestion *question = reading->question;
  const MadangAgendaSpan span = {
    .first = first,
    .last = last,
    .overdue = group == MADANG_TODAY_OVERDUE,
    .limit = question->limits[group],
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;
  GPtrArray *lines = new_lines ();
  guint n_all = 0;

  items = take_items (
      madang_agenda_find_due (reading->records, question->actor, &span, &n_all, &error), error);
  for (guint i = 0; i < items->len; i++)
    {
      const MadangAgendaItem *item = items->pdata[i];

      g_hash_table_add (reading->due, g_strdup (madang_record_get_id (item->record)));
      g_ptr_array_add (lines, madang_today_line_new (reading->records, item, question->today));
    }
  answer_group (reading, group, lines, n_all);
}

/* A change that was refused waits for its author, any other one for the server. */
static gboolean
stands_in (MadangTodayGroupId group, const MadangWaiting *waiting)
{
  return group == (waiting->refused || waiting->held ? MADANG_TODAY_MINE : MADANG_TODAY_SENT);
}

/* Returns how many there are. */
static guint
append_unsent (Reading *reading, MadangTodayGroupId group, GPtrArray *lines)
{
  const MadangTodayQuestion *question = reading->question;
  const guint n_waiting = question->waiting != NULL ? question->waiting->len : 0;
  guint n_here = 0;

  for (guint i = 0; i < n_waiting; i++)
    {
      const MadangWaiting *waiting = g_ptr_array_index (question->waiting, i);

      if (stands_in (group, waiting) && n_here++ < question->limits[group])
        g_ptr_array_add (lines, madang_today_line_new_waiting (reading->records, waiting,
                                                               question->state));
    }
  return n_here;
}

/* What has its day in view already is not told twice, nor is what still has to be sent. */
static gboolean
is_told (Reading *reading, MadangTodayGroupId group, MadangRecord *record)
{
  return g_hash_table_contains (reading->due, madang_record_get_id (record))
         || (group == MADANG_TODAY_SENT && madang_record_get_waiting (record) > 0);
}

static void
read_waiting (Reading *reading, MadangTodayGroupId group, MadangAgendaTurn turn)
{
  const MadangTodayQuestion *question = reading->question;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;
  GPtrArray *lines = new_lines ();
  const guint n_unsent = append_unsent (reading, group, lines);
  guint n_all = 0;

  items = take_items (madang_agenda_find_waiting (reading->records, question->actor, turn,
                                                  question->limits[group], &n_all, &error),
                      error);
  for (guint i = 0; i < items->len; i++)
    {
      const MadangAgendaItem *item = items->pdata[i];

      if (is_told (reading, group, item->record))
        n_all--;
      else
        g_ptr_array_add (lines, madang_today_line_new (reading->records, item, question->today));
    }
  answer_group (reading, group, lines, n_all + n_unsent);
}

static void
read_days (Reading *reading)
{
  const char *today = reading->question->today;
  g_autofree char *yesterday = madang_day_add (today, -1);
  g_autofree char *tomorrow = madang_day_add (today, 1);
  g_autofree char *sunday = madang_day_add (today, G_DATE_SUNDAY - madang_day_get_weekday (today));

  read_due (reading, MADANG_TODAY_OVERDUE, NULL, yesterday);
  read_due (reading, MADANG_TODAY_TODAY, today, today);
  read_due (reading, MADANG_TODAY_WEEK, tomorrow, sunday);
}

/* The next day that is due at all, when there is nothing before it. */
static void
read_next (Reading *reading)
{
  const MadangTodayQuestion *question = reading->question;
  g_autofree char *tomorrow = madang_day_add (question->today, 1);
  const MadangAgendaSpan span = { .first = tomorrow, .limit = 1 };
  g_autoptr (GPtrArray) items
      = madang_agenda_find_due (reading->records, question->actor, &span, NULL, NULL);
  g_autoptr (MadangTodayLine) line = NULL;

  if (items == NULL || items->len == 0)
    return;
  line = madang_today_line_new (reading->records, items->pdata[0], question->today);
  reading->answer->next = madang_today_line_dup_name (line);
}

gpointer
madang_today_question_answer (MadangRecordStore *records, gpointer question, GError **error)
{
  g_autoptr (GHashTable) due = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = {
    .question = question,
    .records = records,
    .due = due,
    .answer = g_new0 (MadangTodayAnswer, 1),
  };

  read_days (&reading);
  read_waiting (&reading, MADANG_TODAY_MINE, MADANG_AGENDA_MINE);
  read_waiting (&reading, MADANG_TODAY_SENT, MADANG_AGENDA_ELSEWHERE);
  read_waiting (&reading, MADANG_TODAY_TOLD, MADANG_AGENDA_TOLD);
  if (reading.answer->n_lines == 0)
    read_next (&reading);
  return reading.answer;
}
