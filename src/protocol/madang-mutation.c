/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-reader.h"
#include "madang-mutation.h"
#include "madang-wire-edit.h"
#include "madang-wire-forms.h"
#include "madang-wire-limits.h"

#include "madang-error.h"
#include "madang-id.h"

#include <string.h>

static const char *const operation_names[] = {
  [MADANG_OPERATION_CREATE] = "create",   [MADANG_OPERATION_PATCH] = "patch",
  [MADANG_OPERATION_DELETE] = "delete",   [MADANG_OPERATION_EVENT] = "event",
  [MADANG_OPERATION_RESOLVE] = "resolve", [MADANG_OPERATION_VOID] = "void",
};

/**
 * madang_mutation_new:
 *
 * A change that is made now by this build, with a new identity and without edits.
 *
 * Returns: (transfer full)
 */
MadangMutation *
madang_mutation_new (MadangOperation operation, const char *kind, const char *id)
{
  MadangMutation *self = g_new0 (MadangMutation, 1);

  self->mid = madang_id_new ();
  self->operation = operation;
  self->kind = g_strdup (kind);
  self->id = g_strdup (id);
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_edit_free);
  self->schema = MADANG_WIRE_SCHEMA;
  return self;
}

void
madang_mutation_free (MadangMutation *self)
{
  if (self == NULL)
    return;
  g_free (self->mid);
  g_free (self->kind);
  g_free (self->id);
  g_free (self->scope);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_free (self->event);
  g_clear_pointer (&self->arguments, g_variant_unref);
  g_free (self->seen);
  g_free (self->conflict);
  g_free (self);
}

const char *
madang_operation_get_name (MadangOperation operation)
{
  g_return_val_if_fail (operation < G_N_ELEMENTS (operation_names), NULL);

  return operation_names[operation];
}

/* --- writing -------------------------------------------------------------------------------- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
add_arguments (GString *json, GVariant *arguments)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GVariantIter iter;
  const char *name;

  g_variant_get_data (arguments); /* From now on the names stay where they are. */
  g_variant_iter_init (&iter, arguments);
  while (g_variant_iter_next (&iter, "{&sv}", &name, NULL))
    g_ptr_array_add (names, (gpointer)name);
  g_ptr_array_sort (names, compare_names);

  madang_json_add_name (json, "args");
  madang_json_begin (json, '{');
  for (guint i = 0; i < names->len; i++)
    {
      const char *text = "";

      g_variant_lookup (arguments, g_ptr_array_index (names, i), "&s", &text);
      madang_json_add_text (json, g_ptr_array_index (names, i), text);
    }
  madang_json_end (json, '}');
}

static void
add_base (GString *json, const gint64 base[MADANG_N_PARTS])
{
  madang_json_add_name (json, "base");
  g_string_append_printf (json, "[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]",
                          base[MADANG_PART_MAIN], base[MADANG_PART_PERSONAL]);
}

static void
add_edits (GString *json, const MadangMutation *self)
{
  const MadangKind *kind = madang_kind_find (self->kind);

  g_return_if_fail (kind != NULL);

  madang_json_add_name (json, "edits");
  madang_json_begin (json, '[');
  for (guint i = 0; i < self->edits->len; i++)
    madang_wire_append_edit (json, kind, g_ptr_array_index (self->edits, i));
  madang_json_end (json, ']');
}

/**
 * madang_mutation_to_bytes:
 *
 * Members without content are left out; those that are there stand in byte order.
 *
 * Returns: (transfer full): the canonical bytes, always the same for the same content
 */
GBytes *
madang_mutation_to_bytes (const MadangMutation *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  json = g_string_sized_new (512);
  madang_json_begin (json, '{');
  if (self->arguments != NULL)
    add_arguments (json, self->arguments);
  madang_json_add_integer (json, "at", self->at);
  add_base (json, self->base);
  madang_json_add_optional_text (json, "conflict", self->conflict);
  if (self->edits->len > 0)
    add_edits (json, self);
  madang_json_add_optional_text (json, "event", self->event);
  madang_json_add_text (json, "id", self->id);
  madang_json_add_text (json, "kind", self->kind);
  madang_json_add_text (json, "mid", self->mid);
  madang_json_add_text (json, "op", madang_operation_get_name (self->operation));
  madang_json_add_integer (json, "schema", self->schema);
  madang_json_add_optional_text (json, "scope", self->scope);
  madang_json_add_optional_text (json, "seen", self->seen);
  madang_json_end (json, '}');
  return g_string_free_to_bytes (json);
}

/* --- reading -------------------------------------------------------------------------------- */

static void
refuse_as_newer (MadangJsonReader *reader, const char *what)
{
  if (reader->error == NULL)
    g_set_error (&reader->error, MADANG_ERROR, MADANG_ERROR_NEWER_SCHEMA,
                 "A mutation with an unknown %s", what);
}

/* A member that this build does not know may change the meaning of all the others. */
static void
check_members (MadangJsonReader *reader)
{
  static const char *const known[] = { "args", "at",  "base", "conflict", "edits", "event", "id",
                                       "kind", "mid", "op",   "schema",   "scope", "seen",  NULL };

  for (guint i = 0; i < madang_json_reader_count (reader); i++)
    {
      g_autofree char *name = madang_json_reader_dup_name (reader, i);

      if (!g_strv_contains (known, name))
        refuse_as_newer (reader, "member");
    }
}

static MadangOperation
read_operation (MadangJsonReader *reader)
{
  g_autofree char *name = madang_json_read_text (reader, "op", madang_wire_is_name);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (operation_names); i++)
    if (g_str_equal (name, operation_names[i]))
      return i;
  refuse_as_newer (reader, "operation");
  return MADANG_OPERATION_VOID;
}

static GVariant *
read_arguments (MadangJsonReader *reader)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_auto (MadangJsonReader) arguments = MADANG_JSON_READER_INIT;

  if (!madang_json_reader_has (reader, "args"))
    return NULL;
  madang_json_reader_open (&arguments, madang_json_read_slice (reader, "args"));
  for (guint i = 0; i < madang_json_reader_count (&arguments) && arguments.error == NULL; i++)
    {
      g_autofree char *name = madang_json_reader_dup_name (&arguments, i);
      g_autofree char *text = madang_json_reader_dup_text (&arguments, i, madang_wire_is_text);

      if (!madang_wire_is_name (name))
        madang_json_reader_refuse (&arguments, "args", "has a name of the wrong form");
      if (text != NULL)
        g_variant_builder_add (&builder, "{sv}", name, g_variant_new_string (text));
    }
  if (!madang_json_reader_finish (&arguments, &reader->error))
    return NULL;
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* Values of records are the one thing in a mutation that needs a tree. */
static JsonNode *
parse_edits (MadangJsonReader *reader)
{
  g_autoptr (GArray) elements = NULL;

  if (!madang_json_reader_has (reader, "edits"))
    return NULL;
  elements = madang_json_read_elements (reader, "edits", MADANG_WIRE_MAX_MEMBERS);
  if (elements != NULL && elements->len > MADANG_WIRE_MAX_EDITS)
    g_set_error_literal (&reader->error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE, "Too many edits");
  if (reader->error != NULL)
    return NULL;
  return madang_json_parse_slice (madang_json_read_slice (reader, "edits"), &reader->error);
}

static void
read_edits (MadangJsonReader *reader, MadangMutation *self)
{
  g_autoptr (JsonNode) node = parse_edits (reader);
  const MadangKind *kind = reader->error == NULL ? madang_kind_find (self->kind) : NULL;
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;

  for (guint i = 0; kind != NULL && array != NULL && i < json_array_get_length (array); i++)
    {
      MadangEdit *edit
          = madang_wire_read_edit (kind, json_array_get_element (array, i), &reader->error);

      if (edit == NULL)
        return;
      g_ptr_array_add (self->edits, edit);
    }
}

/* What the operation names must be known here; a void carries nothing that is looked up. */
static void
check_names (MadangJsonReader *reader, const MadangMutation *self)
{
  const MadangKind *kind;

  if (reader->error != NULL || self->operation == MADANG_OPERATION_VOID)
    return;
  kind = madang_kind_find (self->kind);
  if (kind == NULL)
    refuse_as_newer (reader, "kind");
  else if (self->event != NULL && madang_kind_find_event (kind, self->event) == NULL)
    refuse_as_newer (reader, "event");
}

static gboolean
is_first_version (const MadangMutation *self)
{
  for (guint i = 0; i < self->edits->len; i++)
    {
      const MadangEdit *edit = g_ptr_array_index (self->edits, i);

      if (edit->from != NULL || edit->from_digest != NULL)
        return FALSE;
    }
  return self->base[MADANG_PART_MAIN] == 0 && self->base[MADANG_PART_PERSONAL] == 0;
}

/* Each operation has its members and no others, so that nothing a person did is passed over. */
static void
check_shape (MadangJsonReader *reader, const MadangMutation *self)
{
  gboolean creates = self->operation == MADANG_OPERATION_CREATE;
  gboolean happens = self->operation == MADANG_OPERATION_EVENT;
  gboolean settles = self->operation == MADANG_OPERATION_RESOLVE;

  if (reader->error != NULL)
    return;
  if (self->edits->len > 0 && !creates && !settles && self->operation != MADANG_OPERATION_PATCH)
    madang_json_reader_refuse (reader, "edits", "does not belong to this operation");
  if (creates && !is_first_version (self))
    madang_json_reader_refuse (reader, "base", "speaks of an earlier version");
  if (self->scope != NULL && !creates)
    madang_json_reader_refuse (reader, "scope", "does not belong to this operation");
  if ((self->event != NULL) != happens)
    madang_json_reader_refuse (reader, "event", "does not fit the operation");
  if ((self->arguments != NULL || self->seen != NULL) && !happens)
    madang_json_reader_refuse (reader, "args", "does not belong to this operation");
  if ((self->conflict != NULL) != settles)
    madang_json_reader_refuse (reader, "conflict", "does not fit the operation");
}

static void
open_mutation (MadangJsonReader *reader, GBytes *bytes)
{
  if (g_bytes_get_size (bytes) <= MADANG_WIRE_MAX_RECORD)
    madang_json_reader_open_bytes (reader, bytes);
  else
    g_set_error_literal (&reader->error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE,
                         "Too long a mutation");
}

static void
read_mutation (MadangJsonReader *reader, MadangMutation *self)
{
  self->schema = madang_json_read_integer (reader, "schema", MADANG_WIRE_SCHEMA_MIN, G_MAXINT);
  if (self->schema > MADANG_WIRE_SCHEMA)
    refuse_as_newer (reader, "schema");
  check_members (reader);
  self->mid = madang_json_read_text (reader, "mid", madang_id_is_valid);
  self->operation = read_operation (reader);
  self->kind = madang_json_read_text (reader, "kind", madang_wire_is_name);
  self->id = madang_json_read_text (reader, "id", madang_id_is_valid);
  self->scope = madang_json_read_optional_text (reader, "scope", madang_wire_is_scope);
  self->event = madang_json_read_optional_text (reader, "event", madang_wire_is_name);
  self->seen = madang_json_read_optional_text (reader, "seen", madang_wire_is_digest);
  self->conflict = madang_json_read_optional_text (reader, "conflict", madang_id_is_valid);
  self->at = madang_json_read_integer (reader, "at", 0, G_MAXINT64);
  madang_json_read_versions (reader, "base", self->base);
  self->arguments = read_arguments (reader);
  check_names (reader, self);
  read_edits (reader, self);
  check_shape (reader, self);
}

/**
 * madang_mutation_from_bytes:
 * @bytes: bytes from outside
 * @error: (nullable): MADANG_ERROR_INVALID, MADANG_ERROR_TOO_LARGE, or
 *   MADANG_ERROR_NEWER_SCHEMA: the schema, a member, the operation, the kind, the event or a path
 *   is one that this build does not know
 *
 * Returns: (transfer full) (nullable): NULL with error
 */
MadangMutation *
madang_mutation_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (MadangMutation) self = NULL;
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;

  g_return_val_if_fail (bytes != NULL, NULL);

  open_mutation (&reader, bytes);
  self = g_new0 (MadangMutation, 1);
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_edit_free);
  read_mutation (&reader, self);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * madang_mutation_read_mid:
 * @bytes: bytes from outside
 *
 * The identity alone, also of a mutation whose rest this build does not understand.
 *
 * Returns: (transfer full) (nullable): NULL with error
 */
char *
madang_mutation_read_mid (GBytes *bytes, GError **error)
{
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;
  g_autofree char *mid = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  open_mutation (&reader, bytes);
  mid = madang_json_read_text (&reader, "mid", madang_id_is_valid);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&mid) : NULL;
}

/**
 * madang_mutation_fingerprint:
 *
 * Returns: (transfer full): SHA-256 of the bytes in lower-case hexadecimal
 */
char *
madang_mutation_fingerprint (GBytes *bytes)
{
  gsize length;
  gconstpointer data;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);
  return madang_digest (data, length);
}
