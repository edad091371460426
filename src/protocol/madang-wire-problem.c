/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-reader.h"
#include "madang-json-text.h"
#include "madang-wire-forms.h"
#include "madang-wire-messages.h"

#define MAX_ARGUMENTS 20

MadangProblem *
madang_problem_new (void)
{
  return g_new0 (MadangProblem, 1);
}

void
madang_problem_free (MadangProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_strfreev (self->arguments);
  g_free (self);
}

GBytes *
madang_problem_to_bytes (const MadangProblem *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  json = g_string_new (NULL);
  madang_json_begin (json, '{');
  madang_json_add_text (json, "code", self->code);
  madang_json_add_texts (json, "args", (const char *const *)self->arguments);
  if (self->expect != 0)
    madang_json_add_integer (json, "expect", self->expect);
  madang_json_add_integer (json, "status", self->status);
  madang_json_end (json, '}');
  return g_string_free_to_bytes (json);
}

MadangProblem *
madang_problem_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (MadangProblem) self = NULL;
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;

  g_return_val_if_fail (bytes != NULL, NULL);

  madang_json_reader_open_bytes (&reader, bytes);
  self = madang_problem_new ();
  self->code = madang_json_read_text (&reader, "code", madang_wire_is_code);
  if (madang_json_reader_has (&reader, "args"))
    self->arguments = madang_json_read_texts (&reader, "args", madang_wire_is_text, MAX_ARGUMENTS);
  if (madang_json_reader_has (&reader, "expect"))
    self->expect = madang_json_read_integer (&reader, "expect", 0, G_MAXINT64);
  self->status = madang_json_read_integer (&reader, "status", 400, 599);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}
