/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-reader.h"
#include "madang-json-text.h"
#include "madang-wire-forms.h"
#include "madang-wire-limits.h"
#include "madang-wire-messages.h"

#include "madang-id.h"

#define MAX_GRANTS 1000 /* of one person, who has a handful */

MadangWireGrant *
madang_wire_grant_new (void)
{
  return g_new0 (MadangWireGrant, 1);
}

void
madang_wire_grant_free (MadangWireGrant *self)
{
  if (self == NULL)
    return;
  g_free (self->role);
  g_free (self->scope);
  g_free (self->agency);
  g_free (self->agency_name);
  g_free (self);
}

MadangHello *
madang_hello_new (void)
{
  MadangHello *self = g_new0 (MadangHello, 1);

  self->schema = MADANG_WIRE_SCHEMA;
  self->grants = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_wire_grant_free);
  return self;
}

void
madang_hello_free (MadangHello *self)
{
  if (self == NULL)
    return;
  g_free (self->epoch);
  g_free (self->account);
  g_free (self->login);
  g_free (self->name);
  g_clear_pointer (&self->grants, g_ptr_array_unref);
  g_strfreev (self->scopes);
  g_free (self);
}

static void
add_grants (GString *json, GPtrArray *grants)
{
  madang_json_add_name (json, "grants");
  madang_json_begin (json, '[');
  for (guint i = 0; i < grants->len; i++)
    {
      const MadangWireGrant *grant = g_ptr_array_index (grants, i);

      madang_json_begin (json, '{');
      madang_json_add_text (json, "role", grant->role);
      madang_json_add_text (json, "scope", grant->scope);
      madang_json_add_optional_text (json, "agency", grant->agency);
      madang_json_add_optional_text (json, "agency_name", grant->agency_name);
      madang_json_end (json, '}');
    }
  madang_json_end (json, ']');
}

GBytes *
madang_hello_to_bytes (const MadangHello *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  json = g_string_new (NULL);
  madang_json_begin (json, '{');
  madang_json_add_text (json, "epoch", self->epoch);
  madang_json_add_integer (json, "now", self->now);
  madang_json_add_integer (json, "schema", self->schema);
  madang_json_add_text (json, "account", self->account);
  madang_json_add_text (json, "login", self->login);
  madang_json_add_text (json, "name", self->name);
  madang_json_add_integer (json, "last_number", self->last_number);
  madang_json_add_integer (json, "lease", self->lease);
  madang_json_add_boolean (json, "demo", self->demo);
  add_grants (json, self->grants);
  madang_json_add_texts (json, "scopes", (const char *const *)self->scopes);
  madang_json_end (json, '}');
  return g_string_free_to_bytes (json);
}

static MadangWireGrant *
read_grant (MadangJsonSlice text, GError **error)
{
  g_autoptr (MadangWireGrant) grant = madang_wire_grant_new ();
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;

  madang_json_reader_open (&reader, text);
  grant->role = madang_json_read_text (&reader, "role", madang_wire_is_name);
  grant->scope = madang_json_read_text (&reader, "scope", madang_wire_is_scope);
  grant->agency = madang_json_read_optional_text (&reader, "agency", madang_id_is_valid);
  grant->agency_name
      = madang_json_read_optional_text (&reader, "agency_name", madang_wire_is_short);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&grant) : NULL;
}

static void
read_grants (MadangJsonReader *reader, GPtrArray *grants)
{
  g_autoptr (GArray) elements = madang_json_read_elements (reader, "grants", MAX_GRANTS);

  for (guint i = 0; elements != NULL && i < elements->len && reader->error == NULL; i++)
    {
      MadangWireGrant *grant
          = read_grant (g_array_index (elements, MadangJsonSlice, i), &reader->error);

      if (grant != NULL)
        g_ptr_array_add (grants, grant);
    }
}

MadangHello *
madang_hello_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (MadangHello) self = NULL;
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;

  g_return_val_if_fail (bytes != NULL, NULL);

  madang_json_reader_open_bytes (&reader, bytes);
  self = madang_hello_new ();
  self->epoch = madang_json_read_text (&reader, "epoch", madang_wire_is_opaque);
  self->now = madang_json_read_integer (&reader, "now", 0, MADANG_WIRE_MAX_NOW);
  self->schema = madang_json_read_integer (&reader, "schema", 1, G_MAXINT);
  self->account = madang_json_read_text (&reader, "account", madang_id_is_valid);
  self->login = madang_json_read_text (&reader, "login", madang_wire_is_short);
  self->name = madang_json_read_text (&reader, "name", madang_wire_is_short);
  self->last_number = madang_json_read_integer (&reader, "last_number", 0, G_MAXINT64);
  self->lease = madang_json_read_integer (&reader, "lease", 0, G_MAXINT64 / 1000);
  self->demo = madang_json_read_boolean (&reader, "demo");
  read_grants (&reader, self->grants);
  self->scopes
      = madang_json_read_texts (&reader, "scopes", madang_wire_is_scope, MADANG_WIRE_MAX_MEMBERS);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}
