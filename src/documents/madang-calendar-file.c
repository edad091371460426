/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-calendar-file.h"

#include <libical/ical.h>
#include <string.h>

#include "madang-day.h"
#include "madang-error.h"
#include "madang-replace-file.h"
#include "madang-text.h"

#define PRODUCT "-//Madang//Madang " PACKAGE_VERSION "//KO"
#define UID_SUFFIX "@madang"
#define SECOND_MS 1000
#define FOLD "\r\n "
#define LINE_MAX_BYTES 75

struct _MadangCalendarFile
{
  icalcomponent *calendar; /* (owned) */
  struct icaltimetype made_at;
  GHashTable *ids; /* (owned): a set of strings (owned) */
};

static gboolean refuse (GError **error, MadangErrorCode code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError **error, MadangErrorCode code, const char *format, ...)
{
  g_autofree char *fact = NULL;
  va_list arguments;

  va_start (arguments, format);
  fact = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, MADANG_ERROR, code, fact);
  return FALSE;
}

/* --- days and times ------------------------------------------------------------------------ */

static gint64
floor_to_second (gint64 instant)
{
  return instant / SECOND_MS - (instant % SECOND_MS < 0);
}

/* FALSE outside the years 1 to 9999, which is all that the format can write. */
static gboolean
read_instant (gint64 instant, struct icaltimetype *time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (floor_to_second (instant));

  *time = icaltime_null_time ();
  if (date == NULL)
    return FALSE;
  g_date_time_get_ymd (date, &time->year, &time->month, &time->day);
  time->hour = g_date_time_get_hour (date);
  time->minute = g_date_time_get_minute (date);
  time->second = g_date_time_get_second (date);
  time->zone = icaltimezone_get_utc_timezone ();
  return TRUE;
}

static struct icaltimetype
read_day (const char *day)
{
  struct icaltimetype time = icaltime_null_date ();

  time.year = g_ascii_strtoull (day, NULL, 10);
  time.month = g_ascii_strtoull (day + strlen ("2020-"), NULL, 10);
  time.day = g_ascii_strtoull (day + strlen ("2020-03-"), NULL, 10);
  return time;
}

/* --- entries ------------------------------------------------------------------------------- */

static gboolean
check_id (MadangCalendarFile *self, const char *id, GError **error)
{
  gsize length = id != NULL ? strlen (id) : 0;

  if (length == 0 || length > MADANG_CALENDAR_FILE_MAX_ID)
    return refuse (error, MADANG_ERROR_INVALID, "An id of %" G_GSIZE_FORMAT " characters", length);
  for (const char *at = id; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-')
      return refuse (error, MADANG_ERROR_INVALID, "An id with other signs than letters and digits");
  if (g_hash_table_contains (self->ids, id))
    return refuse (error, MADANG_ERROR_INVALID, "Two entries with the id \"%s\"", id);
  return TRUE;
}

static gboolean
check_text (const char *id, const char *text, GError **error)
{
  g_autofree char *clean = NULL;

  if (text == NULL || strlen (text) <= MADANG_CALENDAR_FILE_MAX_TEXT)
    return TRUE;
  /* Only clean text can be counted. */
  clean = madang_text_clean (text, -1, MADANG_TEXT_BLOCK);
  if (madang_text_count (clean) <= MADANG_CALENDAR_FILE_MAX_TEXT)
    return TRUE;
  return refuse (error, MADANG_ERROR_TOO_LARGE, "Entry \"%s\": a text longer than %d characters",
                 id, MADANG_CALENDAR_FILE_MAX_TEXT);
}

static gboolean
check_entry (MadangCalendarFile *self, const MadangCalendarEntry *entry, GError **error)
{
  if (g_hash_table_size (self->ids) >= MADANG_CALENDAR_FILE_MAX_ENTRIES)
    return refuse (error, MADANG_ERROR_TOO_LARGE, "More than %d entries",
                   MADANG_CALENDAR_FILE_MAX_ENTRIES);
  return check_id (self, entry->id, error) && check_text (entry->id, entry->summary, error)
         && check_text (entry->id, entry->description, error)
         && check_text (entry->id, entry->place, error);
}

/* The end is the first day that does not belong to it any more. */
static gboolean
add_days (icalcomponent *event, const MadangCalendarEntry *entry, GError **error)
{
  const char *last_day = entry->last_day != NULL ? entry->last_day : entry->first_day;
  g_autofree char *end = NULL;

  if (!madang_day_is_valid (entry->first_day) || !madang_day_is_valid (last_day))
    return refuse (error, MADANG_ERROR_INVALID, "Entry \"%s\": no such day", entry->id);
  end = madang_day_add (last_day, 1);
  /* There is none after the last day of the calendar. */
  if (strcmp (end, last_day) == 0)
    return refuse (error, MADANG_ERROR_INVALID, "Entry \"%s\": no such day", entry->id);
  if (strcmp (last_day, entry->first_day) < 0)
    return refuse (error, MADANG_ERROR_INVALID, "Entry \"%s\": ends before it starts", entry->id);
  icalcomponent_add_property (event, icalproperty_new_dtstart (read_day (entry->first_day)));
  icalcomponent_add_property (event, icalproperty_new_dtend (read_day (end)));
  /* A due date does not make a person busy all day. */
  icalcomponent_add_property (event, icalproperty_new_transp (ICAL_TRANSP_TRANSPARENT));
  return TRUE;
}

static gboolean
add_times (icalcomponent *event, const MadangCalendarEntry *entry, GError **error)
{
  struct icaltimetype start;
  struct icaltimetype end;

  if (!read_instant (entry->start, &start) || !read_instant (MAX (entry->start, entry->end), &end))
    return refuse (error, MADANG_ERROR_INVALID, "Entry \"%s\": no such time", entry->id);
  icalcomponent_add_property (event, icalproperty_new_dtstart (start));
  if (floor_to_second (entry->end) > floor_to_second (entry->start))
    icalcomponent_add_property (event, icalproperty_new_dtend (end));
  return TRUE;
}

/* Nothing is written for nothing. */
static void
add_text (icalcomponent *event,
          icalproperty *(*create) (const char *),
          const char *text,
          MadangTextShape shape)
{
  g_autofree char *clean = text != NULL ? madang_text_clean (text, -1, shape) : NULL;

  if (clean != NULL && *clean != '\0')
    icalcomponent_add_property (event, create (clean));
}

static icalcomponent *
create_event (MadangCalendarFile *self, const MadangCalendarEntry *entry, GError **error)
{
  icalcomponent *event = icalcomponent_new_vevent ();
  g_autofree char *uid = g_strconcat (entry->id, UID_SUFFIX, NULL);
  gboolean placed;

  icalcomponent_add_property (event, icalproperty_new_uid (uid));
  icalcomponent_add_property (event, icalproperty_new_dtstamp (self->made_at));
  if (entry->first_day != NULL)
    placed = add_days (event, entry, error);
  else
    placed = add_times (event, entry, error);
  if (!placed)
    {
      icalcomponent_free (event);
      return NULL;
    }
  add_text (event, icalproperty_new_summary, entry->summary, MADANG_TEXT_LINE);
  add_text (event, icalproperty_new_description, entry->description, MADANG_TEXT_BLOCK);
  add_text (event, icalproperty_new_location, entry->place, MADANG_TEXT_LINE);
  return event;
}

gboolean
madang_calendar_file_add (MadangCalendarFile *self,
                          const MadangCalendarEntry *entry,
                          GError **error)
{
  icalcomponent *event;

  g_return_val_if_fail (self != NULL && entry != NULL, FALSE);

  if (!check_entry (self, entry, error))
    return FALSE;
  event = create_event (self, entry, error);
  if (event == NULL)
    return FALSE;
  icalcomponent_add_component (self->calendar, event);
  g_hash_table_add (self->ids, g_strdup (entry->id));
  return TRUE;
}

guint
madang_calendar_file_get_n_entries (MadangCalendarFile *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->ids);
}

/* --- the file ------------------------------------------------------------------------------ */

/* Under the name of the standard, and under the older one that most programs read. */
static void
add_title (icalcomponent *calendar, const char *title)
{
  g_autofree char *clean = madang_text_clean (title, -1, MADANG_TEXT_LINE);
  icalproperty *older;

  if (*clean == '\0')
    return;
  older = icalproperty_new_x (clean);
  icalproperty_set_x_name (older, "X-WR-CALNAME");
  icalcomponent_add_property (calendar, icalproperty_new_name (clean));
  icalcomponent_add_property (calendar, older);
}

MadangCalendarFile *
madang_calendar_file_new (const char *title, gint64 made_at)
{
  MadangCalendarFile *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_new0 (MadangCalendarFile, 1);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* A clock that is far off must not keep anyone from writing. */
  if (!read_instant (made_at, &self->made_at))
    read_instant (0, &self->made_at);
  self->calendar = icalcomponent_new_vcalendar ();
  icalcomponent_add_property (self->calendar, icalproperty_new_version ("2.0"));
  icalcomponent_add_property (self->calendar, icalproperty_new_prodid (PRODUCT));
  icalcomponent_add_property (self->calendar, icalproperty_new_calscale ("GREGORIAN"));
  add_title (self->calendar, title);
  return self;
}

void
madang_calendar_file_free (MadangCalendarFile *self)
{
  if (self == NULL)
    return;
  icalcomponent_free (self->calendar);
  g_hash_table_unref (self->ids);
  g_free (self);
}

static void
append_folded (GString *folded, const char *line)
{
  gsize room = LINE_MAX_BYTES;

  for (const char *at = line; *at != '\0';)
    {
      gsize length = g_utf8_next_char (at) - at;

      if (length > room)
        {
          g_string_append (folded, FOLD);
          room = LINE_MAX_BYTES - 1;
        }
      g_string_append_len (folded, at, length);
      room -= length;
      at += length;
    }
  g_string_append (folded, "\r\n");
}

/* The library folds lines after it has ended them, so that it can fold between the CR and the LF of
 * an end, which no reader understands. Its folds are taken out and made anew. */
static GBytes *
render (MadangCalendarFile *self)
{
  char *text = icalcomponent_as_ical_string_r (self->calendar);
  g_auto (GStrv) parts = g_strsplit (text, FOLD, -1);
  g_autofree char *unfolded = g_strjoinv (NULL, parts);
  g_auto (GStrv) lines = g_strsplit (unfolded, "\r\n", -1);
  GString *folded = g_string_sized_new (strlen (text));

  icalmemory_free_buffer (text);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      append_folded (folded, lines[i]);
  return g_string_free_to_bytes (folded);
}

gboolean
madang_calendar_file_write (MadangCalendarFile *self,
                            GFile *file,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL && G_IS_FILE (file), FALSE);

  /* A calendar without entries is none. */
  if (g_hash_table_size (self->ids) == 0)
    return refuse (error, MADANG_ERROR_INVALID, "No entry");
  bytes = render (self);
  return madang_replace_file (file, bytes, cancellable, error);
}
