/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-text.h"
#include "madang-wire-record.h"
#include "madang-wire-value.h"

#include "madang-crypto.h"
#include "madang-error.h"
#include "madang-id.h"

#include <string.h>

/* --- encoding ------------------------------------------------------------------------------- */

/* A member of the part: a set value, or what this build does not know. */
typedef struct
{
  const char *name;         /* (borrowed) */
  const MadangField *field; /* (nullable) */
  GVariant *value;          /* (borrowed): with .field */
  JsonNode *unknown;        /* (borrowed) (nullable): also of the rows of a list */
} Member;

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Member *left = a;
  const Member *right = b;

  return strcmp (left->name, right->name);
}

static void
collect_fields (GArray *members, MadangRecord *record, MadangPart part, JsonObject *extra)
{
  const MadangField *fields = madang_record_get_kind (record)->fields;

  for (const MadangField *field = fields; field->name != NULL; field++)
    {
      Member member = { field->name, field, NULL, NULL };

      if (madang_field_get_part (field) != part)
        continue;
      member.value = madang_record_get (record, field->name);
      if (extra != NULL)
        member.unknown = json_object_get_member (extra, field->name);
      if (member.value != NULL)
        g_array_append_val (members, member);
    }
}

static void
collect_unknown (GArray *members, MadangRecord *record, JsonObject *extra)
{
  const MadangKind *kind = madang_record_get_kind (record);
  g_autoptr (GList) names = json_object_get_members (extra);

  for (GList *at = names; at != NULL; at = at->next)
    {
      Member member = { at->data, NULL, NULL, json_object_get_member (extra, at->data) };

      if (madang_kind_find_field (kind, at->data) == NULL)
        g_array_append_val (members, member);
    }
}

static void
append_members (GString *json, GArray *members)
{
  madang_json_begin (json, '{');
  for (guint i = 0; i < members->len; i++)
    {
      Member *member = &g_array_index (members, Member, i);
      JsonNode *unknown = member->unknown;

      madang_json_add_name (json, member->name);
      if (member->field == NULL)
        madang_json_append_node (json, unknown);
      else
        madang_wire_append_value (json, member->field, member->value,
                                  unknown != NULL && JSON_NODE_HOLDS_OBJECT (unknown)
                                      ? json_node_get_object (unknown)
                                      : NULL);
    }
  madang_json_end (json, '}');
}

/**
 * madang_wire_encode_part:
 *
 * Returns: (transfer full) (nullable): canonical JSON; NULL when the record lacks the part
 */
char *
madang_wire_encode_part (MadangRecord *record, MadangPart part)
{
  const char *extra_text;
  g_autoptr (JsonNode) extra = NULL;
  JsonObject *unknown;
  g_autoptr (GArray) members = NULL;
  GString *json;

  g_return_val_if_fail (MADANG_IS_RECORD (record), NULL);
  g_return_val_if_fail (part < MADANG_N_PARTS, NULL);

  if (!madang_record_has_part (record, part))
    return NULL;
  extra_text = madang_record_get_extra (record, part);
  if (extra_text != NULL)
    extra = madang_json_parse_object (extra_text, strlen (extra_text), NULL);
  unknown = extra != NULL ? json_node_get_object (extra) : NULL;

  members = g_array_new (FALSE, FALSE, sizeof (Member));
  collect_fields (members, record, part, unknown);
  if (unknown != NULL)
    collect_unknown (members, record, unknown);
  g_array_sort (members, compare_members);

  json = g_string_sized_new (1024);
  append_members (json, members);
  return g_string_free (json, FALSE);
}

/**
 * madang_wire_encode_value:
 *
 * Returns: (transfer full): canonical JSON of the value; "null" for NULL
 */
char *
madang_wire_encode_value (const MadangField *field, GVariant *value)
{
  GString *json;

  g_return_val_if_fail (field != NULL, NULL);

  json = g_string_new (NULL);
  if (value != NULL)
    madang_wire_append_value (json, field, value, NULL);
  else
    g_string_append (json, "null");
  return g_string_free (json, FALSE);
}

/* --- decoding ------------------------------------------------------------------------------- */

typedef struct
{
  const MadangField *field;
  GVariant *value; /* (owned) (nullable) */
} Decoded;

static void
clear_decoded (gpointer data)
{
  Decoded *decoded = data;

  g_clear_pointer (&decoded->value, g_variant_unref);
}

static gboolean
decode_field (const MadangField *field,
              JsonObject *object,
              JsonObject *unknown,
              Decoded *decoded,
              GError **error)
{
  JsonNode *node = json_object_get_member (object, field->name);
  g_autoptr (JsonObject) unknown_rows = NULL;

  *decoded = (Decoded){ .field = field };
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (field->type == MADANG_FIELD_ROWS)
    unknown_rows = json_object_new ();
  decoded->value = madang_wire_read_value (field, node, unknown_rows, error);
  if (decoded->value != NULL && unknown_rows != NULL && json_object_get_size (unknown_rows) > 0)
    json_object_set_object_member (unknown, field->name, g_steal_pointer (&unknown_rows));
  return decoded->value != NULL;
}

/* Everything is read before anything is set, so that a bad text changes nothing. */
static GArray *
decode_fields (const MadangKind *kind,
               MadangPart part,
               JsonObject *object,
               JsonObject *unknown,
               GError **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (Decoded));

  g_array_set_clear_func (values, clear_decoded);
  for (const MadangField *field = kind->fields; field->name != NULL; field++)
    {
      Decoded decoded;

      if (madang_field_get_part (field) == part)
        {
          if (!decode_field (field, object, unknown, &decoded, error))
            return NULL;
          g_array_append_val (values, decoded);
        }
      else if (json_object_has_member (object, field->name))
        {
          g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID,
                       "Field “%s” does not belong to this part", field->name);
          return NULL;
        }
    }
  return g_steal_pointer (&values);
}

static void
keep_unknown_members (const MadangKind *kind, JsonObject *object, JsonObject *unknown)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *at = names; at != NULL; at = at->next)
    if (madang_kind_find_field (kind, at->data) == NULL)
      json_object_set_member (unknown, at->data,
                              json_node_ref (json_object_get_member (object, at->data)));
}

static char *
dup_extra (JsonObject *unknown)
{
  g_autoptr (JsonNode) node = NULL;
  GString *json;

  if (json_object_get_size (unknown) == 0)
    return NULL;
  node = json_node_init_object (json_node_alloc (), unknown);
  json = g_string_new (NULL);
  madang_json_append_node (json, node);
  return g_string_free (json, FALSE);
}

/**
 * madang_wire_decode_part:
 * @json: JSON text of a part, stored or from the wire
 * @error: (nullable): MADANG_ERROR_INVALID or MADANG_ERROR_TOO_LARGE
 *
 * Gives the record this part with exactly the values of the text; fields that the text lacks
 * become unset.
 *
 * Returns: FALSE when the text is not a part of this kind; the record has not changed then
 */
gboolean
madang_wire_decode_part (MadangRecord *record, MadangPart part, const char *json, GError **error)
{
  const MadangKind *kind;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonObject) unknown = json_object_new ();
  g_autoptr (GArray) values = NULL;
  g_autofree char *extra = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD (record), FALSE);
  g_return_val_if_fail (part < MADANG_N_PARTS, FALSE);
  g_return_val_if_fail (json != NULL, FALSE);

  kind = madang_record_get_kind (record);
  node = madang_json_parse_object (json, strlen (json), error);
  if (node == NULL)
    return FALSE;
  values = decode_fields (kind, part, json_node_get_object (node), unknown, error);
  if (values == NULL)
    return FALSE;
  keep_unknown_members (kind, json_node_get_object (node), unknown);

  madang_record_set_has_part (record, part, TRUE);
  for (guint i = 0; i < values->len; i++)
    {
      Decoded *decoded = &g_array_index (values, Decoded, i);

      if (!madang_record_set (record, decoded->field->name, decoded->value, error))
        return FALSE;
    }
  extra = dup_extra (unknown);
  madang_record_set_extra (record, part, extra);
  return TRUE;
}

/**
 * madang_wire_decode_value:
 * @error: (nullable): MADANG_ERROR_INVALID, MADANG_ERROR_TOO_LARGE or MADANG_ERROR_NEWER_SCHEMA
 *
 * Returns: (transfer full) (nullable): not floating; NULL without error for "null"
 */
GVariant *
madang_wire_decode_value (const MadangField *field, const char *json, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (json != NULL, NULL);

  node = madang_json_parse (json, strlen (json), error);
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  return madang_wire_read_value (field, node, NULL, error);
}

/**
 * madang_wire_digest_term:
 * @id: id of a record
 * @version: of the part, above 0
 *
 * Returns: the first 8 bytes of SHA-256 (id "/" part "/" version), big-endian
 */
guint64
madang_wire_digest_term (const char *id, MadangPart part, gint64 version)
{
  char text[MADANG_ID_LENGTH + 64];
  int length;

  g_return_val_if_fail (id != NULL && strlen (id) <= MADANG_ID_LENGTH, 0);
  g_return_val_if_fail (part < MADANG_N_PARTS, 0);

  length = g_snprintf (text, sizeof text, "%s/%s/%" G_GINT64_FORMAT, id,
                       madang_wire_get_part_name (part), version);
  return madang_digest_head (text, length);
}

const char *
madang_wire_get_part_name (MadangPart part)
{
  g_return_val_if_fail (part < MADANG_N_PARTS, NULL);

  return part == MADANG_PART_MAIN ? "main" : "personal";
}
