/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-text.h"
#include "madang-wire-forms.h"
#include "madang-wire-value.h"

#include "madang-error.h"

#include <string.h>

/* --- writing -------------------------------------------------------------------------------- */

/* A member of an object that is being written: a value, or what this build does not know. */
typedef struct
{
  const char *name;  /* (borrowed) */
  GVariant *value;   /* (owned) (nullable) */
  JsonNode *unknown; /* (borrowed): when there is no value */
} Member;

static void
clear_member (gpointer data)
{
  Member *member = data;

  g_clear_pointer (&member->value, g_variant_unref);
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Member *left = a;
  const Member *right = b;

  return strcmp (left->name, right->name);
}

static GArray *
new_members (void)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (Member));

  g_array_set_clear_func (members, clear_member);
  return members;
}

static GArray *
collect_row (const MadangField *field, GVariant *row, JsonObject *unknown)
{
  GArray *members = new_members ();
  g_autoptr (GList) names = unknown != NULL ? json_object_get_members (unknown) : NULL;
  GVariantIter iter;
  Member member = { NULL };

  g_variant_get_data (row); /* From now on the names stay where they are. */
  g_variant_iter_init (&iter, row);
  while (g_variant_iter_next (&iter, "{&sv}", &member.name, &member.value))
    g_array_append_val (members, member);
  member.value = NULL;
  for (GList *at = names; at != NULL; at = at->next)
    {
      member.name = at->data;
      member.unknown = json_object_get_member (unknown, member.name);
      if (madang_field_find_member (field, member.name) == NULL)
        g_array_append_val (members, member);
    }
  g_array_sort (members, compare_members);
  return members;
}

void
madang_wire_append_row (GString *json, const MadangField *field, GVariant *row, JsonObject *unknown)
{
  g_autoptr (GArray) members = collect_row (field, row, unknown);

  madang_json_begin (json, '{');
  for (guint i = 0; i < members->len; i++)
    {
      Member *member = &g_array_index (members, Member, i);
      const MadangField *declared = madang_field_find_member (field, member->name);

      if (declared == NULL && member->value != NULL)
        continue; /* A record refuses such a row; there is no type to write it by. */
      madang_json_add_name (json, member->name);
      if (member->value != NULL)
        madang_wire_append_value (json, declared, member->value, NULL);
      else
        madang_json_append_node (json, member->unknown);
    }
  madang_json_end (json, '}');
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
append_rows (GString *json, const MadangField *field, GVariant *rows, JsonObject *unknown)
{
  g_autoptr (GArray) members = new_members ();
  GVariantIter iter;
  Member row = { NULL };

  g_variant_get_data (rows);
  g_variant_iter_init (&iter, rows);
  while (g_variant_iter_next (&iter, "{&s@a{sv}}", &row.name, &row.value))
    g_array_append_val (members, row);
  g_array_sort (members, compare_members);

  madang_json_begin (json, '{');
  for (guint i = 0; i < members->len; i++)
    {
      Member *member = &g_array_index (members, Member, i);

      madang_json_add_name (json, member->name);
      madang_wire_append_row (json, field, member->value, get_object (unknown, member->name));
    }
  madang_json_end (json, '}');
}

static void
append_set (GString *json, GVariant *value)
{
  GVariantIter iter;
  const char *name;

  madang_json_begin (json, '[');
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "&s", &name))
    madang_json_add_text_element (json, name);
  madang_json_end (json, ']');
}

void
madang_wire_append_value (GString *json,
                          const MadangField *field,
                          GVariant *value,
                          JsonObject *unknown)
{
  switch (field->type)
    {
    case MADANG_FIELD_TIME:
    case MADANG_FIELD_WON:
    case MADANG_FIELD_INTEGER:
    case MADANG_FIELD_DECIMAL:
      g_string_append_printf (json, "%" G_GINT64_FORMAT, g_variant_get_int64 (value));
      break;
    case MADANG_FIELD_YES_NO:
      g_string_append (json, g_variant_get_boolean (value) ? "true" : "false");
      break;
    case MADANG_FIELD_SET_OF:
      append_set (json, value);
      break;
    case MADANG_FIELD_ROWS:
      append_rows (json, field, value, unknown);
      break;
    case MADANG_FIELD_LINE:
    case MADANG_FIELD_TEXT:
    case MADANG_FIELD_DAY:
    case MADANG_FIELD_MONTH:
    case MADANG_FIELD_ONE_OF:
    case MADANG_FIELD_REFERENCE:
    case MADANG_FIELD_ATTACHMENT:
    default:
      madang_json_append_string (json, g_variant_get_string (value, NULL));
      break;
    }
}

/* --- reading -------------------------------------------------------------------------------- */

static gpointer
refuse (const MadangField *field, GError **error)
{
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "Field “%s” has a value of another type",
               field->name);
  return NULL;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static GVariant *
read_set (const MadangField *field, JsonNode *node, GError **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (array == NULL)
    return refuse (field, error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *name = holds (element, G_TYPE_STRING) ? json_node_get_string (element) : NULL;

      if (name == NULL || (i > 0 && strcmp (g_ptr_array_index (names, i - 1), name) >= 0))
        return refuse (field, error);
      g_ptr_array_add (names, (gpointer)name);
    }
  return g_variant_ref_sink (
      g_variant_new_strv ((const char *const *)names->pdata, (gssize)names->len));
}

static gboolean
read_row_member (const MadangField *field,
                 const char *name,
                 JsonNode *node,
                 JsonObject *unknown,
                 GVariantBuilder *row,
                 GError **error)
{
  const MadangField *declared = madang_field_find_member (field, name);
  g_autoptr (GVariant) value = NULL;

  if (declared == NULL && unknown == NULL)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_NEWER_SCHEMA,
                   "Field “%s” has a row with an unknown member", field->name);
      return FALSE;
    }
  if (declared == NULL)
    json_object_set_member (unknown, name, json_node_ref (node));
  if (declared == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  value = madang_wire_read_value (declared, node, NULL, error);
  if (value == NULL)
    return FALSE;
  g_variant_builder_add (row, "{sv}", name, value);
  return TRUE;
}

GVariant *
madang_wire_read_row (const MadangField *field, JsonNode *node, JsonObject *unknown, GError **error)
{
  g_auto (GVariantBuilder) row = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autoptr (GList) names = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (field, error);
  object = json_node_get_object (node);
  names = g_list_sort (json_object_get_members (object), (GCompareFunc)strcmp);
  for (GList *at = names; at != NULL; at = at->next)
    {
      JsonNode *member = json_object_get_member (object, at->data);

      if (!read_row_member (field, at->data, member, unknown, &row, error))
        return NULL;
    }
  return g_variant_ref_sink (g_variant_builder_end (&row));
}

static gboolean
read_one_of_rows (const MadangField *field,
                  const char *id,
                  JsonNode *node,
                  JsonObject *unknown,
                  GVariantBuilder *rows,
                  GError **error)
{
  g_autoptr (JsonObject) unknown_members = unknown != NULL ? json_object_new () : NULL;
  g_autoptr (GVariant) row = NULL;

  if (!madang_wire_is_row (id))
    {
      refuse (field, error);
      return FALSE;
    }
  row = madang_wire_read_row (field, node, unknown_members, error);
  if (row == NULL)
    return FALSE;
  g_variant_builder_add (rows, "{s@a{sv}}", id, row);
  if (unknown_members != NULL && json_object_get_size (unknown_members) > 0)
    json_object_set_object_member (unknown, id, g_steal_pointer (&unknown_members));
  return TRUE;
}

static GVariant *
read_rows (const MadangField *field, JsonNode *node, JsonObject *unknown, GError **error)
{
  g_auto (GVariantBuilder) rows = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sa{sv}}"));
  g_autoptr (GList) ids = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (field, error);
  object = json_node_get_object (node);
  ids = g_list_sort (json_object_get_members (object), (GCompareFunc)strcmp);
  for (GList *at = ids; at != NULL; at = at->next)
    if (!read_one_of_rows (field, at->data, json_object_get_member (object, at->data), unknown,
                           &rows, error))
      return NULL;
  return g_variant_ref_sink (g_variant_builder_end (&rows));
}

GVariant *
madang_wire_read_value (const MadangField *field,
                        JsonNode *node,
                        JsonObject *unknown,
                        GError **error)
{
  switch (field->type)
    {
    case MADANG_FIELD_TIME:
    case MADANG_FIELD_WON:
    case MADANG_FIELD_INTEGER:
    case MADANG_FIELD_DECIMAL:
      if (!holds (node, G_TYPE_INT64))
        return refuse (field, error);
      return g_variant_ref_sink (g_variant_new_int64 (json_node_get_int (node)));
    case MADANG_FIELD_YES_NO:
      if (!holds (node, G_TYPE_BOOLEAN))
        return refuse (field, error);
      return g_variant_ref_sink (g_variant_new_boolean (json_node_get_boolean (node)));
    case MADANG_FIELD_SET_OF:
      return read_set (field, node, error);
    case MADANG_FIELD_ROWS:
      return read_rows (field, node, unknown, error);
    case MADANG_FIELD_LINE:
    case MADANG_FIELD_TEXT:
    case MADANG_FIELD_DAY:
    case MADANG_FIELD_MONTH:
    case MADANG_FIELD_ONE_OF:
    case MADANG_FIELD_REFERENCE:
    case MADANG_FIELD_ATTACHMENT:
    default:
      if (!holds (node, G_TYPE_STRING))
        return refuse (field, error);
      return g_variant_ref_sink (g_variant_new_string (json_node_get_string (node)));
    }
}
