/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-reader.h"
#include "madang-json-text.h"
#include "madang-wire-forms.h"
#include "madang-wire-limits.h"
#include "madang-wire-messages.h"
#include "madang-wire-record.h"

#include "madang-error.h"
#include "madang-id.h"

#include <string.h>

/* --- the request ---------------------------------------------------------------------------- */

MadangPullRequest *
madang_pull_request_new (void)
{
  MadangPullRequest *self = g_new0 (MadangPullRequest, 1);

  self->cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->page = MADANG_WIRE_PAGE;
  return self;
}

void
madang_pull_request_free (MadangPullRequest *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->cursors, g_hash_table_unref);
  g_free (self);
}

GBytes *
madang_pull_request_to_bytes (const MadangPullRequest *self)
{
  g_autoptr (GList) scopes = NULL;
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  scopes = g_list_sort (g_hash_table_get_keys (self->cursors), (GCompareFunc)strcmp);
  json = g_string_new (NULL);
  madang_json_begin (json, '{');
  madang_json_add_name (json, "have");
  madang_json_begin (json, '{');
  for (GList *at = scopes; at != NULL; at = at->next)
    madang_json_add_text (json, at->data, g_hash_table_lookup (self->cursors, at->data));
  madang_json_end (json, '}');
  madang_json_add_integer (json, "page", self->page);
  madang_json_end (json, '}');
  return g_string_free_to_bytes (json);
}

static void
read_cursors (MadangJsonReader *reader, GHashTable *cursors)
{
  MadangJsonSlice text = madang_json_read_slice (reader, "have");
  g_auto (MadangJsonReader) have = MADANG_JSON_READER_INIT;

  if (text.text == NULL)
    return;
  madang_json_reader_open (&have, text);
  for (guint i = 0; i < madang_json_reader_count (&have) && have.error == NULL; i++)
    {
      g_autofree char *scope = madang_json_reader_dup_name (&have, i);
      g_autofree char *cursor = madang_json_reader_dup_text (&have, i, madang_wire_is_cursor);

      if (!madang_wire_is_scope (scope))
        madang_json_reader_refuse (&have, "have", "has a scope of the wrong form");
      g_hash_table_insert (cursors, g_steal_pointer (&scope), g_steal_pointer (&cursor));
    }
  madang_json_reader_finish (&have, &reader->error);
}

MadangPullRequest *
madang_pull_request_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (MadangPullRequest) self = NULL;
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;

  g_return_val_if_fail (bytes != NULL, NULL);

  madang_json_reader_open_bytes (&reader, bytes);
  self = madang_pull_request_new ();
  read_cursors (&reader, self->cursors);
  self->page = madang_json_read_integer (&reader, "page", 1, MADANG_WIRE_PAGE);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}

/* --- the lines of the answer ---------------------------------------------------------------- */

static const char *const line_names[] = {
  [MADANG_PULL_OPEN] = "open",  [MADANG_PULL_RESET] = "reset",   [MADANG_PULL_PUT] = "put",
  [MADANG_PULL_DELETE] = "del", [MADANG_PULL_LEFT] = "left",     [MADANG_PULL_MARK] = "mark",
  [MADANG_PULL_DONE] = "done",  [MADANG_PULL_REVOKE] = "revoke", [MADANG_PULL_END] = "end",
};

MadangPullLine *
madang_pull_line_new (void)
{
  return g_new0 (MadangPullLine, 1);
}

void
madang_pull_line_free (MadangPullLine *self)
{
  if (self == NULL)
    return;
  g_free (self->scope);
  g_free (self->kind);
  g_free (self->id);
  g_free (self->state);
  g_free (self->home);
  g_free (self->doc);
  g_free (self->cursor);
  g_free (self->epoch);
  g_free (self->why);
  g_free (self);
}

/* What "put", "del" and "left" have in common: where a part stands in the feed. */
static void
add_place (GString *json, const MadangPullLine *self)
{
  madang_json_add_text (json, "kind", self->kind);
  madang_json_add_text (json, "id", self->id);
  madang_json_add_text (json, "part", madang_wire_get_part_name (self->part));
  if (self->type != MADANG_PULL_LEFT)
    madang_json_add_integer (json, "v", self->version);
  madang_json_add_integer (json, "seq", self->seq);
}

static void
add_put (GString *json, const MadangPullLine *self)
{
  add_place (json, self);
  madang_json_add_optional_text (json, "state", self->state);
  madang_json_add_text (json, "home", self->home);
  madang_json_add_raw (json, "doc", self->doc);
}

static void
add_done (GString *json, const MadangPullLine *self)
{
  madang_json_add_text (json, "cursor", self->cursor);
  madang_json_add_integer (json, "n", self->count);
  madang_json_add_name (json, "sum");
  g_string_append_printf (json, "\"%016" G_GINT64_MODIFIER "x\"", self->sum);
}

static void
add_line_members (GString *json, const MadangPullLine *self)
{
  madang_json_add_optional_text (json, "scope", self->scope);
  switch (self->type)
    {
    case MADANG_PULL_OPEN:
      madang_json_add_text (json, "epoch", self->epoch);
      madang_json_add_integer (json, "schema", self->schema);
      break;
    case MADANG_PULL_PUT:
      add_put (json, self);
      break;
    case MADANG_PULL_DELETE:
    case MADANG_PULL_LEFT:
      add_place (json, self);
      break;
    case MADANG_PULL_MARK:
      madang_json_add_text (json, "cursor", self->cursor);
      break;
    case MADANG_PULL_DONE:
      add_done (json, self);
      break;
    case MADANG_PULL_RESET:
    case MADANG_PULL_REVOKE:
      madang_json_add_text (json, "why", self->why);
      break;
    case MADANG_PULL_END:
      madang_json_add_boolean (json, "more", self->more);
      break;
    default:
      g_return_if_reached ();
    }
}

GBytes *
madang_pull_line_to_bytes (const MadangPullLine *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->type < G_N_ELEMENTS (line_names), NULL);

  json = g_string_sized_new (256 + (self->doc != NULL ? strlen (self->doc) : 0));
  madang_json_begin (json, '{');
  madang_json_add_text (json, "t", line_names[self->type]);
  add_line_members (json, self);
  madang_json_end (json, '}');
  g_string_append_c (json, '\n');
  return g_string_free_to_bytes (json);
}

static MadangPullLineType
read_line_type (MadangJsonReader *reader)
{
  g_autofree char *name = madang_json_read_text (reader, "t", madang_wire_is_name);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (line_names); i++)
    if (g_str_equal (name, line_names[i]))
      return i;
  if (reader->error == NULL)
    g_set_error_literal (&reader->error, MADANG_ERROR, MADANG_ERROR_NEWER_SCHEMA,
                         "An unknown line of a pull");
  return MADANG_PULL_END;
}

static MadangPart
read_part (MadangJsonReader *reader)
{
  g_autofree char *name = madang_json_read_text (reader, "part", madang_wire_is_name);

  for (guint part = 0; name != NULL && part < MADANG_N_PARTS; part++)
    if (g_str_equal (name, madang_wire_get_part_name (part)))
      return part;
  madang_json_reader_refuse (reader, "part", "is no part");
  return MADANG_PART_MAIN;
}

static guint64
read_sum (MadangJsonReader *reader)
{
  g_autofree char *text = madang_json_read_text (reader, "sum", madang_wire_is_sum);

  return text != NULL ? g_ascii_strtoull (text, NULL, 16) : 0;
}

static void
read_place (MadangJsonReader *reader, MadangPullLine *self)
{
  self->kind = madang_json_read_text (reader, "kind", madang_wire_is_name);
  self->id = madang_json_read_text (reader, "id", madang_id_is_valid);
  self->part = read_part (reader);
  self->seq = madang_json_read_integer (reader, "seq", 0, G_MAXINT64);
  if (self->type != MADANG_PULL_LEFT)
    self->version = madang_json_read_integer (reader, "v", 1, G_MAXINT64);
}

static void
read_line_members (MadangJsonReader *reader, MadangPullLine *self)
{
  if (self->type != MADANG_PULL_OPEN && self->type != MADANG_PULL_END)
    self->scope = madang_json_read_text (reader, "scope", madang_wire_is_scope);
  switch (self->type)
    {
    case MADANG_PULL_OPEN:
      self->epoch = madang_json_read_text (reader, "epoch", madang_wire_is_opaque);
      self->schema = madang_json_read_integer (reader, "schema", 1, G_MAXINT);
      break;
    case MADANG_PULL_PUT:
      read_place (reader, self);
      self->state = madang_json_read_optional_text (reader, "state", madang_wire_is_name);
      self->home = madang_json_read_text (reader, "home", madang_wire_is_scope);
      break;
    case MADANG_PULL_DELETE:
    case MADANG_PULL_LEFT:
      read_place (reader, self);
      break;
    case MADANG_PULL_DONE:
      self->count = madang_json_read_integer (reader, "n", 0, G_MAXINT64);
      self->sum = read_sum (reader);
      G_GNUC_FALLTHROUGH;
    case MADANG_PULL_MARK:
      self->cursor = madang_json_read_text (reader, "cursor", madang_wire_is_opaque);
      break;
    case MADANG_PULL_RESET:
    case MADANG_PULL_REVOKE:
      self->why = madang_json_read_text (reader, "why", madang_wire_is_name);
      break;
    case MADANG_PULL_END:
    default:
      self->more = madang_json_read_boolean (reader, "more");
      break;
    }
}

/* A part is not taken apart here: the store keeps its bytes as they came. */
static char *
read_doc (MadangJsonReader *reader)
{
  MadangJsonSlice doc = madang_json_read_slice (reader, "doc");

  if (doc.text == NULL)
    return NULL;
  if (*doc.text == '{' && doc.length <= MADANG_WIRE_MAX_RECORD)
    return g_strndup (doc.text, doc.length);
  if (*doc.text != '{')
    madang_json_reader_refuse (reader, "doc", "is no object");
  else
    g_set_error_literal (&reader->error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE, "Too long a part");
  return NULL;
}

/* One line, with or without its ending LF. */
MadangPullLine *
madang_pull_line_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (MadangPullLine) self = NULL;
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;

  g_return_val_if_fail (bytes != NULL, NULL);

  madang_json_reader_open_bytes (&reader, bytes);
  self = madang_pull_line_new ();
  self->type = read_line_type (&reader);
  read_line_members (&reader, self);
  if (self->type == MADANG_PULL_PUT)
    self->doc = read_doc (&reader);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}
