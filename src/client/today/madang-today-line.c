/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-today-line.h"

#include <glib/gi18n.h>
#include <string.h>

#include "madang-day.h"
#include "madang-palette-records.h"
#include "madang-sync-text.h"

/* --- how far a day is ---------------------------------------------------------------------- */

static char *
dup_days (int days)
{
  if (days == 0)
    return g_strdup (_ ("Today"));
  if (days == 1)
    return g_strdup (_ ("Tomorrow"));
  if (days == -1)
    return g_strdup (_ ("Yesterday"));
  return g_strdup_printf (days > 0 ? ngettext ("In %d day", "In %d days", days)
                                   : ngettext ("%d day ago", "%d days ago", -days),
                          ABS (days));
}

/* From the one day, which does not count, to the other, which does. */
static int
count_working (const char *from, const char *to)
{
  g_autofree char *first = madang_day_add (from, 1);

  return madang_work_days_count (first, to);
}

char *
madang_today_dup_left (const char *today, const char *day)
{
  g_autofree char *days = NULL;
  g_autofree char *working = NULL;
  int distance;
  int n_working;

  g_return_val_if_fail (madang_day_is_valid (today) && madang_day_is_valid (day), NULL);

  distance = madang_day_get_number (day) - madang_day_get_number (today);
  days = dup_days (distance);
  /* Without the holidays of a year the working days would only be a guess. */
  if (ABS (distance) <= 1
      || !madang_work_days_are_known (distance > 0 ? today : day, distance > 0 ? day : today))
    return g_steal_pointer (&days);
  n_working = distance > 0 ? count_working (today, day) : count_working (day, today);
  working = g_strdup_printf (ngettext ("%d working day", "%d working days", n_working), n_working);
  /* Translators: first how far a day is, then the same in working days: "In 5 days (3 working
   * days)" */
  return g_strdup_printf (_ ("%s (%s)"), days, working);
}

const char *
madang_today_name_holiday (const MadangHoliday *holiday)
{
  const char *language = g_get_language_names ()[0];

  g_return_val_if_fail (holiday != NULL, NULL);

  return g_str_has_prefix (language, "ko") ? holiday->name_ko : holiday->name_en;
}

/* --- what it is about ---------------------------------------------------------------------- */

static char *
dup_which (MadangRecordStore *records, MadangRecord *record)
{
  const char *kind = madang_kind_get_label (madang_record_get_kind (record));
  g_autofree char *title = madang_palette_dup_record_title (records, record);

  if (g_str_equal (title, kind))
    return g_steal_pointer (&title);
  /* Translators: kind of record, then what the record is called */
  return g_strdup_printf (_ ("%s · %s"), kind, title);
}

/* A list is told by how much there is of it. */
static char *
dup_said (MadangRecord *record, const char *name)
{
  const MadangField *field = madang_kind_find_field (madang_record_get_kind (record), name);
  g_autofree char *value = NULL;

  if (field->type == MADANG_FIELD_ROWS)
    {
      g_auto (GStrv) rows = madang_record_dup_rows (record, name);
      const guint n_rows = g_strv_length (rows);

      value = g_strdup_printf (ngettext ("%u entry", "%u entries", n_rows), n_rows);
    }
  else
    {
      value = madang_record_dup_display (record, name);
    }
  if (field->type == MADANG_FIELD_TEXT)
    return g_steal_pointer (&value);
  /* Translators: a field's name and its value */
  return g_strdup_printf (_ ("%s: %s"), madang_field_get_label (field), value);
}

static char *
dup_says (MadangRecord *record, const MadangTask *task)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; task != NULL && task->says != NULL && task->says[i] != NULL; i++)
    {
      g_autofree char *said = NULL;

      if (!madang_record_is_set (record, task->says[i]))
        continue;
      said = dup_said (record, task->says[i]);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", said);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* (transfer full) (nullable): what a task is about may have gone, or never have been here. */
static MadangRecord *
find_subject (MadangRecordStore *records, const MadangAgendaItem *item)
{
  if (item->task == NULL || item->task->about == NULL)
    return g_object_ref (item->record);
  return madang_record_store_get (records, madang_record_get_text (item->record, item->task->about),
                                  NULL);
}

MadangTodayLine *
madang_today_line_new (MadangRecordStore *records, const MadangAgendaItem *item, const char *today)
{
  MadangTodayLine *self;
  g_autoptr (MadangRecord) subject = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD_STORE (records), NULL);
  g_return_val_if_fail (item != NULL && today != NULL, NULL);

  self = g_new0 (MadangTodayLine, 1);
  self->key = g_strconcat (madang_record_get_id (item->record), " ",
                           item->deadline != NULL ? item->deadline->field : "", NULL);
  subject = find_subject (records, item);
  if (item->task != NULL && item->task->event != NULL)
    self->what = madang_palette_dup_record_title (records, item->record);
  else
    self->what = g_strdup (item->deadline != NULL ? madang_deadline_get_label (item->deadline)
                                                  : madang_task_get_label (item->task));
  if (subject != NULL)
    {
      self->which = dup_which (records, subject);
      self->kind = g_strdup (madang_record_get_kind (subject)->name);
      self->id = g_strdup (madang_record_get_id (subject));
    }
  self->says = dup_says (item->record, item->task);
  if (item->day != NULL && madang_day_is_valid (item->day))
    {
      self->day = g_strdup (item->day);
      self->left = madang_today_dup_left (today, item->day);
      self->late
          = strcmp (item->day, today) < 0 && !(item->deadline != NULL && item->deadline->passes);
    }
  if (item->task != NULL && item->task->event != NULL)
    {
      self->record = g_object_ref (item->record);
      self->event
          = madang_kind_find_event (madang_record_get_kind (item->record), item->task->event);
    }
  return self;
}

MadangTodayLine *
madang_today_line_new_waiting (MadangRecordStore *records,
                               const MadangWaiting *waiting,
                               MadangSyncState state)
{
  MadangTodayLine *self;
  g_autoptr (MadangRecord) record = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD_STORE (records), NULL);
  g_return_val_if_fail (waiting != NULL, NULL);

  self = g_new0 (MadangTodayLine, 1);
  record = madang_record_store_get (records, waiting->id, NULL);
  self->key = g_strdup (waiting->mid);
  self->what = madang_waiting_dup_title (waiting);
  self->which = record != NULL ? dup_which (records, record) : NULL;
  self->says = madang_waiting_dup_reason (waiting, state);
  self->kind = g_strdup (waiting->kind);
  self->id = g_strdup (waiting->id);
  return self;
}

void
madang_today_line_free (MadangTodayLine *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->what);
  g_free (self->which);
  g_free (self->says);
  g_free (self->day);
  g_free (self->left);
  g_free (self->kind);
  g_free (self->id);
  g_clear_object (&self->record);
  g_free (self);
}

gboolean
madang_today_line_equal (const MadangTodayLine *self, const MadangTodayLine *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return g_str_equal (self->key, other->key) && g_str_equal (self->what, other->what)
         && g_strcmp0 (self->which, other->which) == 0 && g_strcmp0 (self->says, other->says) == 0
         && g_strcmp0 (self->day, other->day) == 0 && g_strcmp0 (self->left, other->left) == 0
         && self->event == other->event;
}

char *
madang_today_line_dup_name (const MadangTodayLine *self)
{
  g_autoptr (GString) name = NULL;
  g_autofree char *day = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  name = g_string_new (self->what);
  day = self->day != NULL ? madang_day_format (self->day) : NULL;
  for (guint i = 0; i < 4; i++)
    {
      const char *part = (const char *const[]){ self->which, day, self->left, self->says }[i];

      if (part != NULL)
        g_string_append_printf (name, ", %s", part);
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}
