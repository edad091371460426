/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-node.h"
#include "madang-json-scan.h"

#include "madang-error.h"

#include <string.h>

/* --- parsing -------------------------------------------------------------------------------- */

JsonNode *
madang_json_parse_slice (MadangJsonSlice slice, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (json_parser_load_from_data (parser, slice.text, slice.length, NULL)
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
  if (!madang_json_scan (text, length, error))
    return NULL;
  return madang_json_parse_slice ((MadangJsonSlice){ text, length }, error);
}

JsonNode *
madang_json_parse_object (const char *text, gsize length, GError **error)
{
  return demand_object (madang_json_parse (text, length, error), error);
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
