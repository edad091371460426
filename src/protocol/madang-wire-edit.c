/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-text.h"
#include "madang-wire-edit.h"
#include "madang-wire-forms.h"
#include "madang-wire-limits.h"
#include "madang-wire-value.h"

#include "madang-error.h"

#include <string.h>

/* What stands at a path: a value of a field, or a whole row of a list. */
typedef struct
{
  const MadangField *field;
  gboolean is_row;
} Place;

static gboolean
find_place (const MadangKind *kind, const char *path, Place *place)
{
  const char *row = strchr (path, '/');

  place->field = madang_kind_find_path (kind, path, NULL);
  place->is_row = row != NULL && strchr (row + 1, '/') == NULL;
  return place->field != NULL;
}

static void
append_value (GString *json, const Place *place, GVariant *value)
{
  if (value == NULL)
    g_string_append (json, "null");
  else if (place->is_row)
    madang_wire_append_row (json, place->field, value, NULL);
  else
    madang_wire_append_value (json, place->field, value, NULL);
}

static void
append_digest (GString *json, const char *digest)
{
  madang_json_begin (json, '{');
  madang_json_add_text (json, "sha256", digest);
  madang_json_end (json, '}');
}

static gboolean
is_long (GVariant *value, const char *json)
{
  gsize length = strlen (json);

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    g_variant_get_string (value, &length);
  return length > MADANG_WIRE_LONG_VALUE;
}

/* A row that looks like a digest goes as its digest too, so that reading is never in doubt. */
static void
append_seen (GString *json, const Place *place, GVariant *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_value (text, place, value);
  if (value != NULL && (is_long (value, text->str) || g_str_has_prefix (text->str, "{\"sha256\":")))
    {
      g_autofree char *digest = madang_value_digest (value);

      append_digest (json, digest);
    }
  else
    g_string_append_len (json, text->str, text->len);
}

void
madang_wire_append_edit (GString *json, const MadangKind *kind, const MadangEdit *edit)
{
  Place place;

  g_return_if_fail (find_place (kind, edit->path, &place));

  madang_json_begin (json, '[');
  madang_json_append_string (json, edit->path);
  g_string_append_c (json, ',');
  if (edit->from_digest != NULL)
    append_digest (json, edit->from_digest);
  else
    append_seen (json, &place, edit->from);
  g_string_append_c (json, ',');
  append_value (json, &place, edit->to);
  madang_json_end (json, ']');
}

/* The digest of {"sha256":DIGEST}, borrowed, or NULL. */
static const char *
get_digest (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *member;

  if (object == NULL || json_object_get_size (object) != 1)
    return NULL;
  member = json_object_get_member (object, "sha256");
  if (member == NULL || !JSON_NODE_HOLDS_VALUE (member)
      || json_node_get_value_type (member) != G_TYPE_STRING
      || !madang_wire_is_digest (json_node_get_string (member)))
    return NULL;
  return json_node_get_string (member);
}

static gboolean
read_value (const Place *place, JsonNode *node, GVariant **value, GError **error)
{
  *value = NULL;
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  *value = place->is_row ? madang_wire_read_row (place->field, node, NULL, error)
                         : madang_wire_read_value (place->field, node, NULL, error);
  return *value != NULL;
}

static gboolean
read_place (const MadangKind *kind, JsonNode *node, const char **path, Place *place, GError **error)
{
  *path = NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    *path = json_node_get_string (node);
  if (*path == NULL || !madang_wire_is_path (*path))
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "An edit without a path");
      return FALSE;
    }
  if (find_place (kind, *path, place))
    return TRUE;
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_NEWER_SCHEMA, "Unknown path “%s”", *path);
  return FALSE;
}

MadangEdit *
madang_wire_read_edit (const MadangKind *kind, JsonNode *node, GError **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GVariant) from = NULL;
  g_autoptr (GVariant) to = NULL;
  const char *digest;
  const char *path;
  MadangEdit *edit;
  Place place;

  if (array == NULL || json_array_get_length (array) != 3)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "An edit is no triple");
      return NULL;
    }
  if (!read_place (kind, json_array_get_element (array, 0), &path, &place, error))
    return NULL;
  digest = get_digest (json_array_get_element (array, 1));
  if (digest == NULL && !read_value (&place, json_array_get_element (array, 1), &from, error))
    return NULL;
  if (!read_value (&place, json_array_get_element (array, 2), &to, error))
    return NULL;
  edit = madang_edit_new (path, from, to);
  edit->from_digest = g_strdup (digest);
  return edit;
}
