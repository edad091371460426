/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-node.h"
#include "madang-json-scan.h"

#include "madang-error.h"

#include <string.h>

/* --- parsing -------------------------------------------------------------------------------- */

static JsonNode *
parse_scanned (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (json_parser_load_from_data (parser, text, length, NULL)
      && json_parser_get_root (parser) != NULL)
    return json_parser_steal_root (parser);
  /* The words of json-glib quote the text, which may be personal. */
  g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "JSON: not understood");
  return NULL;
}

static JsonNode *
demand_object (JsonNode *node, GError **error)
{
  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    return node;
  json_node_unref (node);
  g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "JSON: no object");
  return NULL;
}

JsonNode *
madang_json_parse (const char *text, gsize length, GError **error)
{
  return madang_json_scan (text, length, error) ? parse_scanned (text, length, error) : NULL;
}

JsonNode *
madang_json_parse_object (const char *text, gsize length, GError **error)
{
  return demand_object (madang_json_parse (text, length, error), error);
}

JsonNode *
madang_json_parse_without (
    const char *text, gsize length, const char *name, MadangJsonSlice *value, GError **error)
{
  g_autoptr (GString) rest = NULL;
  gsize before;

  *value = (MadangJsonSlice){ NULL, 0 };
  if (!madang_json_find_member (text, length, name, value))
    return madang_json_parse_object (text, length, error);
  before = value->text - text;
  rest = g_string_new_len (text, before);
  g_string_append (rest, "null");
  g_string_append_len (rest, value->text + value->length, length - before - value->length);
  return madang_json_parse_object (rest->str, rest->len, error);
}

JsonNode *
madang_json_parse_bytes (GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return madang_json_parse_object (text, length, error);
}

/* --- canonical writing ---------------------------------------------------------------------- */

static void
append_object (GString *json, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  names = g_list_sort (names, (GCompareFunc)strcmp);
  madang_json_begin (json, '{');
  for (GList *at = names; at != NULL; at = at->next)
    {
      madang_json_add_name (json, at->data);
      madang_json_append_node (json, json_object_get_member (object, at->data));
    }
  madang_json_end (json, '}');
}

static void
append_array (GString *json, JsonArray *array)
{
  guint length = json_array_get_length (array);

  madang_json_begin (json, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      madang_json_append_node (json, json_array_get_element (array, i));
    }
  madang_json_end (json, ']');
}

static void
append_scalar (GString *json, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    madang_json_append_string (json, json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    g_string_append_printf (json, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (json, json_node_get_boolean (node) ? "true" : "false");
  else
    madang_json_append_real (json, json_node_get_double (node));
}

void
madang_json_append_node (GString *json, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (json, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      append_array (json, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      append_scalar (json, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (json, "null");
      break;
    }
}

/* --- reading members ------------------------------------------------------------------------ */

gboolean
madang_json_reader_finish (MadangJsonReader *self, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

void
madang_json_reader_refuse (MadangJsonReader *self, const char *name, const char *what)
{
  if (self->error == NULL)
    g_set_error (&self->error, MADANG_ERROR, MADANG_ERROR_INVALID, "Member “%s” %s", name, what);
}

/* The member, if nothing has failed so far and it is there. */
static JsonNode *
take_member (MadangJsonReader *self, const char *name)
{
  JsonNode *node;

  if (self->error != NULL)
    return NULL;
  node = json_object_get_member (self->object, name);
  if (node == NULL)
    madang_json_reader_refuse (self, name, "is missing");
  return node;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static JsonNode *
take_value (MadangJsonReader *self, const char *name, GType type)
{
  JsonNode *node = take_member (self, name);

  if (node == NULL || holds (node, type))
    return node;
  madang_json_reader_refuse (self, name, "has the wrong type");
  return NULL;
}

gboolean
madang_json_reader_has (MadangJsonReader *self, const char *name)
{
  JsonNode *node = self->error == NULL ? json_object_get_member (self->object, name) : NULL;

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

char *
madang_json_read_text (MadangJsonReader *self, const char *name, MadangJsonForm form)
{
  JsonNode *node = take_value (self, name, G_TYPE_STRING);

  if (node == NULL)
    return NULL;
  if (form (json_node_get_string (node)))
    return json_node_dup_string (node);
  madang_json_reader_refuse (self, name, "has the wrong form");
  return NULL;
}

char *
madang_json_read_optional_text (MadangJsonReader *self, const char *name, MadangJsonForm form)
{
  return madang_json_reader_has (self, name) ? madang_json_read_text (self, name, form) : NULL;
}

GStrv
madang_json_read_texts (MadangJsonReader *self, const char *name, MadangJsonForm form, guint most)
{
  JsonArray *array = madang_json_read_array (self, name);
  guint length = array != NULL ? json_array_get_length (array) : 0;
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  if (length > most)
    madang_json_reader_refuse (self, name, "has too many elements");
  for (guint i = 0; i < length && self->error == NULL; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text = holds (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;

      if (text != NULL && form (text))
        g_strv_builder_add (texts, text);
      else
        madang_json_reader_refuse (self, name, "has an element of the wrong form");
    }
  return self->error == NULL ? g_strv_builder_end (texts) : NULL;
}

gint64
madang_json_read_integer (MadangJsonReader *self, const char *name, gint64 least, gint64 greatest)
{
  JsonNode *node = take_value (self, name, G_TYPE_INT64);
  gint64 number = node != NULL ? json_node_get_int (node) : 0;

  if (node != NULL && (number < least || number > greatest))
    {
      madang_json_reader_refuse (self, name, "is out of range");
      return 0;
    }
  return number;
}

gboolean
madang_json_read_boolean (MadangJsonReader *self, const char *name)
{
  JsonNode *node = take_value (self, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

gboolean
madang_json_read_flag (MadangJsonReader *self, const char *name)
{
  return madang_json_reader_has (self, name) && madang_json_read_boolean (self, name);
}

void
madang_json_read_versions (MadangJsonReader *self,
                           const char *name,
                           gint64 versions[MADANG_N_PARTS])
{
  JsonArray *array = madang_json_read_array (self, name);
  gboolean valid = array != NULL && json_array_get_length (array) == MADANG_N_PARTS;

  for (guint i = 0; valid && i < MADANG_N_PARTS; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      valid = holds (node, G_TYPE_INT64) && json_node_get_int (node) >= 0;
      versions[i] = valid ? json_node_get_int (node) : 0;
    }
  if (!valid)
    madang_json_reader_refuse (self, name, "is no pair of versions");
}

JsonObject *
madang_json_read_object (MadangJsonReader *self, const char *name)
{
  JsonNode *node = take_member (self, name);

  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    return node != NULL ? json_node_get_object (node) : NULL;
  madang_json_reader_refuse (self, name, "is no object");
  return NULL;
}

JsonArray *
madang_json_read_array (MadangJsonReader *self, const char *name)
{
  JsonNode *node = take_member (self, name);

  if (node == NULL || JSON_NODE_HOLDS_ARRAY (node))
    return node != NULL ? json_node_get_array (node) : NULL;
  madang_json_reader_refuse (self, name, "is no array");
  return NULL;
}
