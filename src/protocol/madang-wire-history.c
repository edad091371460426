/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-limits.h"
#include "madang-json-reader.h"
#include "madang-json-text.h"
#include "madang-wire-forms.h"
#include "madang-wire-limits.h"
#include "madang-wire-messages.h"
#include "madang-wire-record.h"

#include "madang-id.h"

#include <string.h>

static const MadangJsonLimits reply_limits = { MADANG_WIRE_MAX_HISTORY, MADANG_WIRE_MAX_VALUES };

/* --- the request ---------------------------------------------------------------------------- */

MadangHistoryRequest *
madang_history_request_new (void)
{
  MadangHistoryRequest *self = g_new0 (MadangHistoryRequest, 1);

  self->page = MADANG_WIRE_HISTORY_PAGE;
  return self;
}

void
madang_history_request_free (MadangHistoryRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->record);
  g_free (self);
}

GBytes *
madang_history_request_to_bytes (const MadangHistoryRequest *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  json = g_string_new (NULL);
  madang_json_begin (json, '{');
  madang_json_add_text (json, "record", self->record);
  madang_json_add_integer (json, "before", self->before);
  madang_json_add_integer (json, "page", self->page);
  madang_json_end (json, '}');
  return g_string_free_to_bytes (json);
}

MadangHistoryRequest *
madang_history_request_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (MadangHistoryRequest) self = NULL;
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;

  g_return_val_if_fail (bytes != NULL, NULL);

  madang_json_reader_open_bytes (&reader, bytes);
  self = madang_history_request_new ();
  self->record = madang_json_read_text (&reader, "record", madang_id_is_valid);
  self->before = madang_json_read_integer (&reader, "before", 0, G_MAXINT64);
  self->page = madang_json_read_integer (&reader, "page", 1, MADANG_WIRE_HISTORY_PAGE);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}

/* --- one change ----------------------------------------------------------------------------- */

MadangHistoryChange *
madang_history_change_new (void)
{
  return g_new0 (MadangHistoryChange, 1);
}

void
madang_history_change_free (MadangHistoryChange *self)
{
  if (self == NULL)
    return;
  g_free (self->who);
  g_free (self->event);
  g_free (self->path);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static void
add_optional_raw (GString *json, const char *name, const char *raw)
{
  if (raw != NULL)
    madang_json_add_raw (json, name, raw);
}

static void
append_change (GString *json, const MadangHistoryChange *self)
{
  madang_json_begin (json, '{');
  madang_json_add_integer (json, "n", self->number);
  madang_json_add_integer (json, "moment", self->moment);
  madang_json_add_integer (json, "at", self->at);
  madang_json_add_optional_text (json, "who", self->who);
  if (self->own)
    madang_json_add_boolean (json, "own", TRUE);
  madang_json_add_optional_text (json, "event", self->event);
  madang_json_add_optional_text (json, "path", self->path);
  madang_json_add_text (json, "part", madang_wire_get_part_name (self->part));
  add_optional_raw (json, "before", self->before);
  add_optional_raw (json, "after", self->after);
  if (self->hidden)
    madang_json_add_boolean (json, "hidden", TRUE);
  madang_json_end (json, '}');
}

GBytes *
madang_history_change_to_bytes (const MadangHistoryChange *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  json = g_string_new (NULL);
  append_change (json, self);
  return g_string_free_to_bytes (json);
}

/* A path of the record, or a word with an @ for what no field holds. */
static gboolean
is_history_path (const char *text)
{
  return *text == '@' ? madang_wire_is_name (text + 1) : madang_wire_is_path (text);
}

static MadangPart
read_part (MadangJsonReader *reader)
{
  g_autofree char *name = madang_json_read_text (reader, "part", madang_wire_is_name);

  for (MadangPart part = 0; name != NULL && part < MADANG_N_PARTS; part++)
    if (g_str_equal (name, madang_wire_get_part_name (part)))
      return part;
  madang_json_reader_refuse (reader, "part", "is no part of a record");
  return MADANG_PART_MAIN;
}

/* The value stays as it came. */
static char *
read_value (MadangJsonReader *reader, const char *name)
{
  MadangJsonSlice value = { NULL };

  if (madang_json_reader_has (reader, name))
    value = madang_json_read_slice (reader, name);
  if (value.length > MADANG_WIRE_MAX_RECORD)
    madang_json_reader_refuse (reader, name, "is longer than a record");
  return value.text != NULL ? g_strndup (value.text, value.length) : NULL;
}

static MadangHistoryChange *
read_change (MadangJsonReader *reader, GError **error)
{
  g_autoptr (MadangHistoryChange) self = madang_history_change_new ();

  self->number = madang_json_read_integer (reader, "n", 1, G_MAXINT64);
  self->moment = madang_json_read_integer (reader, "moment", self->number, G_MAXINT64);
  self->at = madang_json_read_integer (reader, "at", 0, MADANG_WIRE_MAX_NOW);
  self->who = madang_json_read_optional_text (reader, "who", madang_wire_is_short);
  self->own = madang_json_read_flag (reader, "own");
  self->event = madang_json_read_optional_text (reader, "event", madang_wire_is_name);
  self->path = madang_json_read_optional_text (reader, "path", is_history_path);
  self->part = read_part (reader);
  self->before = read_value (reader, "before");
  self->after = read_value (reader, "after");
  self->hidden = madang_json_read_flag (reader, "hidden");
  if (self->hidden && self->before != NULL)
    madang_json_reader_refuse (reader, "before", "is hidden and told");
  return madang_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

MadangHistoryChange *
madang_history_change_from_bytes (GBytes *bytes, GError **error)
{
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;
  MadangJsonSlice text = { NULL };

  g_return_val_if_fail (bytes != NULL, NULL);

  text.text = g_bytes_get_data (bytes, &text.length);
  if (!madang_json_scan_within (text.text, text.length, &reply_limits, error))
    return NULL;
  madang_json_reader_open (&reader, text);
  return read_change (&reader, error);
}

/* --- the answer ----------------------------------------------------------------------------- */

MadangHistoryReply *
madang_history_reply_new (void)
{
  MadangHistoryReply *self = g_new0 (MadangHistoryReply, 1);

  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_history_change_free);
  return self;
}

void
madang_history_reply_free (MadangHistoryReply *self)
{
  if (self == NULL)
    return;
  g_free (self->record);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

GBytes *
madang_history_reply_to_bytes (const MadangHistoryReply *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  json = g_string_sized_new (4096);
  madang_json_begin (json, '{');
  madang_json_add_text (json, "record", self->record);
  madang_json_add_name (json, "changes");
  madang_json_begin (json, '[');
  for (guint i = 0; i < self->changes->len; i++)
    append_change (json, g_ptr_array_index (self->changes, i));
  madang_json_end (json, ']');
  madang_json_add_integer (json, "next", self->next);
  madang_json_end (json, '}');
  return g_string_free_to_bytes (json);
}

/* Newest first, each number once: what asks for the next page relies on it. */
static void
read_changes (MadangJsonReader *reader, GPtrArray *changes)
{
  g_autoptr (GArray) items
      = madang_json_read_elements (reader, "changes", MADANG_WIRE_HISTORY_PAGE);
  gint64 last = G_MAXINT64;

  for (guint i = 0; items != NULL && i < items->len && reader->error == NULL; i++)
    {
      g_auto (MadangJsonReader) item = MADANG_JSON_READER_INIT;
      MadangHistoryChange *change;

      madang_json_reader_open (&item, g_array_index (items, MadangJsonSlice, i));
      change = read_change (&item, &reader->error);
      if (change == NULL)
        return;
      g_ptr_array_add (changes, change);
      if (change->number >= last)
        madang_json_reader_refuse (reader, "changes", "is not in its order");
      last = change->number;
    }
}

static void
check_next (MadangJsonReader *reader, const MadangHistoryReply *self)
{
  const MadangHistoryChange *last;

  if (reader->error != NULL || self->next == 0)
    return;
  last = self->changes->len > 0 ? g_ptr_array_index (self->changes, self->changes->len - 1) : NULL;
  if (last == NULL || self->next != last->number)
    madang_json_reader_refuse (reader, "next", "is not the last change of the page");
}

MadangHistoryReply *
madang_history_reply_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (MadangHistoryReply) self = NULL;
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;
  MadangJsonSlice text = { NULL };

  g_return_val_if_fail (bytes != NULL, NULL);

  text.text = g_bytes_get_data (bytes, &text.length);
  if (!madang_json_scan_within (text.text, text.length, &reply_limits, error))
    return NULL;
  madang_json_reader_open (&reader, text);
  self = madang_history_reply_new ();
  self->record = madang_json_read_text (&reader, "record", madang_id_is_valid);
  read_changes (&reader, self->changes);
  self->next = madang_json_read_integer (&reader, "next", 0, G_MAXINT64);
  check_next (&reader, self);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}
