/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-reader.h"
#include "madang-json-scan.h"
#include "madang-json-text.h"
#include "madang-wire-forms.h"
#include "madang-wire-limits.h"
#include "madang-wire-messages.h"

#include "madang-error.h"
#include "madang-id.h"

#include <string.h>

MadangPushItem *
madang_push_item_new (gint64 number, const char *signature, GBytes *body)
{
  MadangPushItem *self = g_new0 (MadangPushItem, 1);

  self->number = number;
  self->signature = g_strdup (signature);
  self->body = g_bytes_ref (body);
  return self;
}

void
madang_push_item_free (MadangPushItem *self)
{
  if (self == NULL)
    return;
  g_free (self->signature);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

MadangPushRequest *
madang_push_request_new (void)
{
  MadangPushRequest *self = g_new0 (MadangPushRequest, 1);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_push_item_free);
  return self;
}

void
madang_push_request_free (MadangPushRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->device);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

static void
append_item (GString *json, const MadangPushItem *item)
{
  gsize length;
  const char *body = g_bytes_get_data (item->body, &length);

  madang_json_begin (json, '{');
  madang_json_add_integer (json, "n", item->number);
  madang_json_add_text (json, "sig", item->signature);
  madang_json_end (json, '}');
  g_string_append_c (json, '\n');
  g_string_append_len (json, body, length);
  g_string_append_c (json, '\n');
}

GBytes *
madang_push_request_to_bytes (const MadangPushRequest *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  json = g_string_sized_new (4096);
  madang_json_begin (json, '{');
  madang_json_add_text (json, "device", self->device);
  madang_json_add_integer (json, "seen", self->seen);
  madang_json_end (json, '}');
  g_string_append_c (json, '\n');
  for (guint i = 0; i < self->items->len; i++)
    append_item (json, g_ptr_array_index (self->items, i));
  return g_string_free_to_bytes (json);
}

/* --- reading -------------------------------------------------------------------------------- */

/* The bytes of a request and how far they have been read. */
typedef struct
{
  GBytes *bytes; /* (borrowed) */
  gsize at;
} Lines;

/* The next line without its LF; NULL with error when there is none or its LF is missing. */
static GBytes *
take_line (Lines *lines, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (lines->bytes, &length);
  const char *start = text != NULL ? text + lines->at : NULL;
  const char *feed = start != NULL ? memchr (start, '\n', length - lines->at) : NULL;
  GBytes *line;

  if (feed == NULL)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "A push that is cut off");
      return NULL;
    }
  line = g_bytes_new_from_bytes (lines->bytes, lines->at, feed - start);
  lines->at += feed - start + 1;
  return line;
}

/* The reader of the next line; the caller keeps the line. */
static GBytes *
open_line (Lines *lines, MadangJsonReader *reader)
{
  GBytes *line = take_line (lines, &reader->error);

  if (line != NULL)
    madang_json_reader_open_bytes (reader, line);
  return line;
}

/* The bytes stay as they are: the device has signed them. */
static GBytes *
take_body (Lines *lines, GError **error)
{
  g_autoptr (GBytes) line = take_line (lines, error);
  const char *text;
  gsize length;

  if (line == NULL)
    return NULL;
  text = g_bytes_get_data (line, &length);
  if (length > MADANG_WIRE_MAX_RECORD)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE, "Too long a mutation");
      return NULL;
    }
  return madang_json_scan (text, length, error) ? g_steal_pointer (&line) : NULL;
}

static MadangPushItem *
take_item (Lines *lines, GError **error)
{
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;
  g_autoptr (GBytes) line = open_line (lines, &reader);
  gint64 number = madang_json_read_integer (&reader, "n", 1, G_MAXINT64);
  g_autofree char *signature = madang_json_read_text (&reader, "sig", madang_wire_is_signature);
  g_autoptr (GBytes) body = NULL;

  if (!madang_json_reader_finish (&reader, error))
    return NULL;
  body = take_body (lines, error);
  return body != NULL ? madang_push_item_new (number, signature, body) : NULL;
}

static gboolean
take_head (Lines *lines, MadangPushRequest *self, GError **error)
{
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;
  g_autoptr (GBytes) line = open_line (lines, &reader);

  self->device = madang_json_read_text (&reader, "device", madang_id_is_valid);
  self->seen = madang_json_read_integer (&reader, "seen", 0, G_MAXINT64);
  return madang_json_reader_finish (&reader, error);
}

/* The bodies are slices of bytes. Each is one JSON value; whether it is a mutation is for
 * madang_mutation_from_bytes() to say, for each alone. */
MadangPushRequest *
madang_push_request_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (MadangPushRequest) self = madang_push_request_new ();
  Lines lines = { bytes, 0 };

  g_return_val_if_fail (bytes != NULL, NULL);

  if (g_bytes_get_size (bytes) > MADANG_WIRE_MAX_REQUEST)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE, "Too long a push");
      return NULL;
    }
  if (!take_head (&lines, self, error))
    return NULL;
  while (lines.at < g_bytes_get_size (bytes))
    {
      MadangPushItem *item = take_item (&lines, error);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (self->items, item);
      if (self->items->len > MADANG_WIRE_MAX_MUTATIONS)
        {
          g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE, "Too many mutations");
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}
