/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-agenda-file.h"

#include <glib/gi18n.h>

#include "madang-agenda.h"
#include "madang-calendar-file.h"
#include "madang-day.h"
#include "madang-error-text.h"
#include "madang-file-picker.h"
#include "madang-today-line.h"

/* From the question where to the written file. */
typedef struct
{
  MadangPage *page;         /* (owned) */
  MadangCalendarFile *days; /* (owned): as they were when asked for */
  GFile *file;              /* (owned) (nullable) */
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->page);
  madang_calendar_file_free (saving->days);
  g_clear_object (&saving->file);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
show_error (MadangPage *page, const GError *error)
{
  g_autofree char *text = madang_error_dup_text (error);

  madang_page_toast (page, text);
}

/* The same day of the same record is the same entry, whenever it is written. */
static char *
dup_entry_id (const MadangAgendaItem *item)
{
  g_autofree char *field = g_strdelimit (g_strdup (item->deadline->field), "_", '-');

  return g_strconcat (madang_record_get_id (item->record), "-", field, NULL);
}

static gboolean
add_item (MadangCalendarFile *days,
          MadangRecordStore *records,
          const MadangAgendaItem *item,
          GError **error)
{
  g_autoptr (MadangTodayLine) line = madang_today_line_new (records, item, item->day);
  g_autofree char *id = dup_entry_id (item);
  g_autofree char *summary = NULL;
  const MadangCalendarEntry entry = {
    .id = id,
    .first_day = item->day,
    .summary = line->which == NULL
                   ? line->what
                   : (summary = g_strdup_printf (_ ("%s: %s"), line->what, line->which)),
    .description = line->says,
  };

  return madang_calendar_file_add (days, &entry, error);
}

/* (transfer full) (nullable): with the error */
static MadangCalendarFile *
collect (MadangSync *sync, const char *first, const char *last, GError **error)
{
  const MadangAgendaSpan span = { .first = first, .last = last, .limit = MADANG_AGENDA_FILE_MOST };
  MadangRecordStore *records = madang_sync_get_records (sync);
  g_autoptr (MadangCalendarFile) days = NULL;
  g_autoptr (GPtrArray) items = NULL;

  items = madang_agenda_find_due (records, madang_sync_get_actor (sync), &span, NULL, error);
  if (items == NULL)
    return NULL;
  days = madang_calendar_file_new (_ ("Madang: What Is Due"),
                                   madang_clock_get_real_now (madang_sync_get_clock (sync)));
  for (guint i = 0; i < items->len; i++)
    if (!add_item (days, records, items->pdata[i], error))
      return NULL;
  return g_steal_pointer (&days);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Saving *saving = task_data;
  GError *error = NULL;

  if (madang_calendar_file_write (saving->days, saving->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const Saving *saving = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  guint n_days;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      show_error (MADANG_PAGE (source), error);
      return;
    }
  name = g_file_get_basename (saving->file);
  n_days = madang_calendar_file_get_n_entries (saving->days);
  /* Translators: %u days, then the name of a file */
  text = g_strdup_printf (ngettext ("Saved %u day in “%s”", "Saved %u days in “%s”", n_days),
                          n_days, name);
  madang_page_toast (MADANG_PAGE (source), text);
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  saving->file = madang_file_picker_save_finish (result, &error);
  if (saving->file == NULL)
    return;
  task = g_task_new (saving->page, NULL, written_cb, NULL);
  g_task_set_source_tag (task, file_chosen_cb);
  g_task_set_task_data (task, g_steal_pointer (&saving), (GDestroyNotify)saving_free);
  g_task_run_in_thread (task, write_in_thread);
}

void
madang_agenda_file_save (MadangPage *page, const char *first, const char *last)
{
  MadangSync *sync;
  g_autoptr (MadangCalendarFile) days = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  Saving *saving;

  g_return_if_fail (MADANG_IS_PAGE (page));
  g_return_if_fail (madang_day_is_valid (first) && madang_day_is_valid (last));

  sync = madang_page_get_sync (page);
  if (madang_sync_get_records (sync) == NULL)
    return;
  days = collect (sync, first, last, &error);
  if (days == NULL)
    {
      show_error (page, error);
      return;
    }
  if (madang_calendar_file_get_n_entries (days) == 0)
    {
      madang_page_toast (page, _ ("Nothing is due in this year, so there is nothing to save."));
      return;
    }
  /* Translators: the name of a file; %.4s is the year */
  name = g_strdup_printf (_ ("Madang-Days-%.4s.ics"), first);
  saving = g_new0 (Saving, 1);
  saving->page = g_object_ref (page);
  saving->days = g_steal_pointer (&days);
  madang_file_picker_save_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                 _ ("Save as iCalendar"), name, NULL, file_chosen_cb, saving);
}
