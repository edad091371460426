/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MADANG_CALENDAR_FILE_MAX_ENTRIES 10000
#define MADANG_CALENDAR_FILE_MAX_TEXT 10000 /* characters */
#define MADANG_CALENDAR_FILE_MAX_ID 100

/**
 * MadangCalendarEntry:
 * @id: what makes the entry the same one when the file is read again: the id of the record, with a
 *     hyphen and a word when a record has several ("0170bc2f-…-due"). Letters, digits and hyphens.
 * @first_day: (nullable): of an entry of whole days; %NULL for one that has times
 * @last_day: (nullable): of the same, included; %NULL for the first one
 * @start: UTC milliseconds, of an entry with times
 * @end: UTC milliseconds, of the same; not after @start (as 0) for one that is a single instant
 * @summary: one line
 * @description: (nullable): may have several lines
 * @place: (nullable): one line
 */
typedef struct
{
  const char *id;
  const char *first_day;
  const char *last_day;
  gint64 start;
  gint64 end;
  const char *summary;
  const char *description;
  const char *place;
} MadangCalendarEntry;

/**
 * MadangCalendarFile:
 *
 * Days and times for other calendars, as iCalendar (RFC 5545). A day is written as a day, so that
 * it stays that day in every time zone; a time is written in UTC. An entry has the same UID whenever
 * it is written, by which a calendar that reads the file again replaces it.
 *
 * Texts are written as madang_text_clean() makes them, so any text may be given. Used by one thread
 * at a time.
 */
typedef struct _MadangCalendarFile MadangCalendarFile;

/* made_at: the instant of writing, of the caller's clock. */
MadangCalendarFile *madang_calendar_file_new (const char *title, gint64 made_at);
void madang_calendar_file_free (MadangCalendarFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangCalendarFile, madang_calendar_file_free)

/* Nothing is added on an error: MADANG_ERROR_INVALID (no such day or time, the last day before the
 * first, an id that is none or was there before), MADANG_ERROR_TOO_LARGE. */
gboolean madang_calendar_file_add (MadangCalendarFile *self,
                                   const MadangCalendarEntry *entry,
                                   GError **error);
guint madang_calendar_file_get_n_entries (MadangCalendarFile *self);

/**
 * madang_calendar_file_write:
 *
 * Writes the file (".ics"). A local file is replaced only when the new one is complete on the disk.
 * Blocks; any thread.
 *
 * Errors: MADANG_ERROR_INVALID (no entry), those of madang_replace_file().
 */
gboolean madang_calendar_file_write (MadangCalendarFile *self,
                                     GFile *file,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
