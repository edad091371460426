/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-limits.h"
#include "madang-json-reader.h"
#include "madang-json-text.h"
#include "madang-wire-forms.h"
#include "madang-wire-limits.h"
#include "madang-wire-messages.h"

#include "madang-error.h"
#include "madang-id.h"

#include <string.h>

#define MAX_ARGUMENTS 20

static const MadangJsonLimits reply_limits
    = { MADANG_WIRE_MAX_REPLY, MADANG_WIRE_MAX_MUTATIONS *MADANG_WIRE_MAX_VALUES };

static const char *const outcome_names[] = {
  [MADANG_OUTCOME_APPLIED] = "applied",         [MADANG_OUTCOME_MERGED] = "merged",
  [MADANG_OUTCOME_CONFLICT] = "conflict",       [MADANG_OUTCOME_REJECTED] = "rejected",
  [MADANG_OUTCOME_QUARANTINED] = "quarantined",
};

const char *
madang_outcome_get_name (MadangOutcome outcome)
{
  g_return_val_if_fail (outcome < G_N_ELEMENTS (outcome_names), NULL);

  return outcome_names[outcome];
}

/* --- one result ----------------------------------------------------------------------------- */

MadangPushResult *
madang_push_result_new (void)
{
  return g_new0 (MadangPushResult, 1);
}

void
madang_push_result_free (MadangPushResult *self)
{
  if (self == NULL)
    return;
  g_free (self->mid);
  g_free (self->code);
  g_strfreev (self->arguments);
  g_free (self->kind);
  g_free (self->id);
  g_free (self->home);
  g_free (self->state);
  for (guint part = 0; part < MADANG_N_PARTS; part++)
    g_free (self->docs[part]);
  g_free (self);
}

static void
add_record (GString *json, const MadangPushResult *self)
{
  madang_json_add_optional_text (json, "kind", self->kind);
  madang_json_add_optional_text (json, "id", self->id);
  madang_json_add_optional_text (json, "home", self->home);
  madang_json_add_optional_text (json, "state", self->state);
  if (self->deleted)
    madang_json_add_boolean (json, "deleted", TRUE);
  madang_json_add_name (json, "v");
  g_string_append_printf (json, "[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]",
                          self->versions[MADANG_PART_MAIN], self->versions[MADANG_PART_PERSONAL]);
  madang_json_add_name (json, "docs");
  madang_json_begin (json, '[');
  for (guint part = 0; part < MADANG_N_PARTS; part++)
    madang_json_add_element (json, self->docs[part] != NULL ? self->docs[part] : "null");
  madang_json_end (json, ']');
}

static void
append_result (GString *json, const MadangPushResult *self)
{
  madang_json_begin (json, '{');
  madang_json_add_integer (json, "n", self->number);
  madang_json_add_text (json, "mid", self->mid);
  madang_json_add_text (json, "outcome", madang_outcome_get_name (self->outcome));
  if (self->duplicate)
    madang_json_add_boolean (json, "dup", TRUE);
  madang_json_add_optional_text (json, "code", self->code);
  if (self->arguments != NULL)
    madang_json_add_texts (json, "args", (const char *const *)self->arguments);
  add_record (json, self);
  madang_json_end (json, '}');
}

GBytes *
madang_push_result_to_bytes (const MadangPushResult *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  json = g_string_sized_new (1024);
  append_result (json, self);
  return g_string_free_to_bytes (json);
}

static MadangOutcome
read_outcome (MadangJsonReader *reader)
{
  g_autofree char *name = madang_json_read_text (reader, "outcome", madang_wire_is_name);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (outcome_names); i++)
    if (g_str_equal (name, outcome_names[i]))
      return i;
  if (reader->error == NULL)
    g_set_error_literal (&reader->error, MADANG_ERROR, MADANG_ERROR_NEWER_SCHEMA,
                         "An unknown outcome");
  return MADANG_OUTCOME_QUARANTINED;
}

/* The parts stay as they came. */
static void
read_docs (MadangJsonReader *reader, MadangPushResult *self)
{
  g_autoptr (GArray) docs = madang_json_read_elements (reader, "docs", MADANG_N_PARTS);

  if (docs != NULL && docs->len != MADANG_N_PARTS)
    madang_json_reader_refuse (reader, "docs", "is no pair of parts");
  for (guint part = 0; reader->error == NULL && part < MADANG_N_PARTS; part++)
    {
      MadangJsonSlice doc = g_array_index (docs, MadangJsonSlice, part);

      if (*doc.text == '{' && doc.length <= MADANG_WIRE_MAX_RECORD)
        self->docs[part] = g_strndup (doc.text, doc.length);
      else if (*doc.text != 'n')
        madang_json_reader_refuse (reader, "docs", "is no pair of parts");
    }
}

static void
read_result (MadangJsonReader *reader, MadangPushResult *self)
{
  self->number = madang_json_read_integer (reader, "n", 1, G_MAXINT64);
  self->mid = madang_json_read_text (reader, "mid", madang_id_is_valid);
  self->outcome = read_outcome (reader);
  self->duplicate = madang_json_read_flag (reader, "dup");
  self->code = madang_json_read_optional_text (reader, "code", madang_wire_is_code);
  if (madang_json_reader_has (reader, "args"))
    self->arguments = madang_json_read_texts (reader, "args", madang_wire_is_text, MAX_ARGUMENTS);
  self->kind = madang_json_read_optional_text (reader, "kind", madang_wire_is_name);
  self->id = madang_json_read_optional_text (reader, "id", madang_id_is_valid);
  self->home = madang_json_read_optional_text (reader, "home", madang_wire_is_scope);
  self->state = madang_json_read_optional_text (reader, "state", madang_wire_is_name);
  self->deleted = madang_json_read_flag (reader, "deleted");
  madang_json_read_versions (reader, "v", self->versions);
  read_docs (reader, self);
}

static MadangPushResult *
read_opened_result (MadangJsonReader *reader, GError **error)
{
  g_autoptr (MadangPushResult) self = madang_push_result_new ();

  read_result (reader, self);
  return madang_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

MadangPushResult *
madang_push_result_from_bytes (GBytes *bytes, GError **error)
{
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;

  g_return_val_if_fail (bytes != NULL, NULL);

  madang_json_reader_open_bytes (&reader, bytes);
  return read_opened_result (&reader, error);
}

/* --- the whole answer ----------------------------------------------------------------------- */

MadangPushReply *
madang_push_reply_new (void)
{
  MadangPushReply *self = g_new0 (MadangPushReply, 1);

  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_push_result_free);
  return self;
}

void
madang_push_reply_free (MadangPushReply *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self);
}

GBytes *
madang_push_reply_to_bytes (const MadangPushReply *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  json = g_string_sized_new (4096);
  madang_json_begin (json, '{');
  madang_json_add_integer (json, "ack", self->acknowledged);
  madang_json_add_name (json, "results");
  madang_json_begin (json, '[');
  for (guint i = 0; i < self->results->len; i++)
    append_result (json, g_ptr_array_index (self->results, i));
  madang_json_end (json, ']');
  madang_json_end (json, '}');
  return g_string_free_to_bytes (json);
}

static void
read_results (MadangJsonReader *reader, GPtrArray *results)
{
  g_autoptr (GArray) items
      = madang_json_read_elements (reader, "results", MADANG_WIRE_MAX_MUTATIONS);

  for (guint i = 0; items != NULL && i < items->len && reader->error == NULL; i++)
    {
      g_auto (MadangJsonReader) item = MADANG_JSON_READER_INIT;
      MadangPushResult *result;

      madang_json_reader_open (&item, g_array_index (items, MadangJsonSlice, i));
      result = read_opened_result (&item, &reader->error);
      if (result != NULL)
        g_ptr_array_add (results, result);
    }
}

MadangPushReply *
madang_push_reply_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (MadangPushReply) self = NULL;
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;
  MadangJsonSlice text = { NULL };

  g_return_val_if_fail (bytes != NULL, NULL);

  text.text = g_bytes_get_data (bytes, &text.length);
  if (!madang_json_scan_within (text.text, text.length, &reply_limits, error))
    return NULL;
  madang_json_reader_open (&reader, text);
  self = madang_push_reply_new ();
  self->acknowledged = madang_json_read_integer (&reader, "ack", 0, G_MAXINT64);
  read_results (&reader, self->results);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}
