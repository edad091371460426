/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-history-words.h"

#include <glib/gi18n.h>

#include "madang-day.h"
#include "madang-history.h"

char *
madang_history_dup_who (const MadangHistoryLine *line)
{
  if (line->own)
    return g_strdup (_ ("You"));
  /* Translators: who made a change, when no person did */
  return g_strdup (line->who != NULL ? line->who : _ ("The server"));
}

char *
madang_history_dup_time (const MadangHistoryLine *line)
{
  g_autofree char *time = madang_instant_format (line->at);

  if (!line->waiting)
    return g_steal_pointer (&time);
  /* Translators: %s is a day and a time */
  return g_strdup_printf (_ ("%s (not sent yet)"), time);
}

char *
madang_history_dup_event (const MadangHistoryLine *line, const MadangKind *kind)
{
  const MadangEvent *event;

  if (line->event == NULL)
    return g_strdup (_ ("Changed"));
  event = madang_kind_find_event (kind, line->event);
  /* It came into being by a step of another record. */
  return g_strdup (event != NULL ? madang_event_get_past (event) : _ ("Created"));
}

const MadangField *
madang_history_find_top (const MadangHistoryLine *line, const MadangKind *kind)
{
  const MadangField *top = NULL;

  if (line->field != NULL)
    madang_kind_find_path (kind, line->path, &top);
  return top;
}

char *
madang_history_dup_label (const MadangHistoryLine *line, const MadangKind *kind)
{
  const MadangField *top = madang_history_find_top (line, kind);

  if (top == NULL)
    return g_strdup (g_strcmp0 (line->path, MADANG_HISTORY_REASON) == 0 ? _ ("Reason")
                                                                        : _ ("State"));
  if (top == line->field)
    return g_strdup (madang_field_get_label (top));
  /* Translators: a list, then what stands in a row of it */
  return g_strdup_printf (_ ("%s: %s"), madang_field_get_label (top),
                          madang_field_get_label (line->field));
}

/* --- values -------------------------------------------------------------------------------- */

static char *
format_reference (GVariant *value, MadangRecordStore *records)
{
  const char *id = g_variant_get_string (value, NULL);
  g_autoptr (MadangRecord) record
      = records != NULL ? madang_record_store_get (records, id, NULL) : NULL;
  const char *title = record != NULL ? madang_record_get_kind (record)->title_field : NULL;

  return title != NULL ? madang_record_dup_display (record, title)
                       : g_strdup (_ ("(an entry that is not here)"));
}

/* "File name: scan.pdf, Place in the list: a" of a list of one row. */
static char *
format_row (const MadangField *list, GVariant *value)
{
  g_autoptr (GVariant) entry = g_variant_get_child_value (value, 0);
  g_autoptr (GVariant) row = g_variant_get_child_value (entry, 1);
  GString *text = g_string_new (NULL);

  for (const MadangField *member = list->members; member->name != NULL; member++)
    {
      g_autoptr (GVariant) inner = g_variant_lookup_value (row, member->name, NULL);
      g_autofree char *shown = inner != NULL ? madang_field_format (member, inner) : NULL;

      if (shown != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? ", " : "",
                                madang_field_get_label (member), shown);
    }
  return g_string_free (text, FALSE);
}

static char *
format_value (const MadangHistoryLine *line,
              const MadangKind *kind,
              MadangRecordStore *records,
              GVariant *value)
{
  if (line->field == NULL && line->path == NULL)
    return g_strdup (madang_kind_get_state_label (kind, g_variant_get_string (value, NULL)));
  if (line->field == NULL)
    return g_variant_dup_string (value, NULL);
  if (line->is_row && g_variant_n_children (value) == 1)
    return format_row (line->field, value);
  if (line->field->type == MADANG_FIELD_REFERENCE)
    return format_reference (value, records);
  return madang_field_format (line->field, value);
}

char *
madang_history_dup_value (const MadangHistoryLine *line,
                          const MadangKind *kind,
                          MadangRecordStore *records,
                          gboolean before)
{
  GVariant *value = before ? line->before : line->after;

  if (before && line->hidden)
    return g_strdup (_ ("(not for you to see)"));
  return value != NULL ? format_value (line, kind, records, value) : g_strdup (_ ("(empty)"));
}
