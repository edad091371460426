/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-record.h"

#include "madang-error.h"
#include "madang-path.h"
#include "madang-value.h"

typedef struct
{
  gboolean present;
  gint64 version;
  char *extra; /* (owned) (nullable) */
} Part;

struct _MadangRecord
{
  GObject parent_instance;

  const MadangKind *kind;
  char *id;    /* (owned) */
  char *scope; /* (owned) (nullable) */
  char *state; /* (owned) */
  gboolean deleted;
  guint waiting;
  gboolean troubled;

  Part parts[MADANG_N_PARTS];
  guint n_values;
  GVariant **values; /* (owned): one per field of the kind, NULL when unset */
  GHashTable *lent;  /* (owned) (nullable): path -> GVariant, rows and members that were lent */
};

G_DEFINE_FINAL_TYPE (MadangRecord, madang_record, G_TYPE_OBJECT)

static GVariant **
get_slot (MadangRecord *self, const MadangField *field)
{
  return &self->values[field - self->kind->fields];
}

static void
store_value (MadangRecord *self, const MadangField *field, GVariant *value)
{
  GVariant **slot = get_slot (self, field);
  GVariant *kept = madang_value_normalize (field, value);

  g_clear_pointer (slot, g_variant_unref);
  *slot = kept;
  if (field->type == MADANG_FIELD_ROWS)
    g_clear_pointer (&self->lent, g_hash_table_unref);
}

static void
madang_record_finalize (GObject *object)
{
  MadangRecord *self = MADANG_RECORD (object);

  for (guint i = 0; i < self->n_values; i++)
    g_clear_pointer (&self->values[i], g_variant_unref);
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->lent, g_hash_table_unref);
  for (guint i = 0; i < MADANG_N_PARTS; i++)
    g_clear_pointer (&self->parts[i].extra, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->scope, g_free);
  g_clear_pointer (&self->state, g_free);

  G_OBJECT_CLASS (madang_record_parent_class)->finalize (object);
}

static void
madang_record_class_init (MadangRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = madang_record_finalize;
}

static void
madang_record_init (MadangRecord *self)
{
}

MadangRecord *
madang_record_new (const MadangKind *kind, const char *id)
{
  MadangRecord *self;

  g_return_val_if_fail (kind != NULL && id != NULL, NULL);

  self = g_object_new (MADANG_TYPE_RECORD, NULL);
  self->kind = kind;
  self->id = g_strdup (id);
  self->state = g_strdup (madang_kind_get_initial_state (kind));
  self->n_values = madang_kind_count_fields (kind);
  self->values = g_new0 (GVariant *, self->n_values);
  self->parts[MADANG_PART_MAIN].present = TRUE;
  for (guint i = 0; i < self->n_values; i++)
    self->parts[madang_field_get_part (&kind->fields[i])].present = TRUE;

  return self;
}

MadangRecord *
madang_record_dup (MadangRecord *self)
{
  MadangRecord *copy;

  g_return_val_if_fail (MADANG_IS_RECORD (self), NULL);

  copy = madang_record_new (self->kind, self->id);
  madang_record_set_scope (copy, self->scope);
  madang_record_set_state (copy, self->state);
  copy->deleted = self->deleted;
  copy->waiting = self->waiting;
  copy->troubled = self->troubled;
  for (guint i = 0; i < MADANG_N_PARTS; i++)
    {
      copy->parts[i] = self->parts[i];
      copy->parts[i].extra = g_strdup (self->parts[i].extra);
    }
  for (guint i = 0; i < self->n_values; i++)
    if (self->values[i] != NULL)
      copy->values[i] = g_variant_ref (self->values[i]);

  return copy;
}

const MadangKind *
madang_record_get_kind (MadangRecord *self)
{
  g_return_val_if_fail (MADANG_IS_RECORD (self), NULL);

  return self->kind;
}

const char *
madang_record_get_id (MadangRecord *self)
{
  g_return_val_if_fail (MADANG_IS_RECORD (self), NULL);

  return self->id;
}

const char *
madang_record_get_scope (MadangRecord *self)
{
  g_return_val_if_fail (MADANG_IS_RECORD (self), NULL);

  return self->scope;
}

void
madang_record_set_scope (MadangRecord *self, const char *scope)
{
  g_autofree char *old = NULL;

  g_return_if_fail (MADANG_IS_RECORD (self));

  old = g_steal_pointer (&self->scope);
  self->scope = g_strdup (scope);
}

const char *
madang_record_get_state (MadangRecord *self)
{
  g_return_val_if_fail (MADANG_IS_RECORD (self), NULL);

  return self->state;
}

void
madang_record_set_state (MadangRecord *self, const char *state)
{
  g_autofree char *old = NULL;

  g_return_if_fail (MADANG_IS_RECORD (self) && state != NULL);

  old = g_steal_pointer (&self->state);
  self->state = g_strdup (state);
}

gint64
madang_record_get_version (MadangRecord *self, MadangPart part)
{
  g_return_val_if_fail (MADANG_IS_RECORD (self) && part < MADANG_N_PARTS, 0);

  return self->parts[part].version;
}

void
madang_record_set_version (MadangRecord *self, MadangPart part, gint64 version)
{
  g_return_if_fail (MADANG_IS_RECORD (self) && part < MADANG_N_PARTS);

  self->parts[part].version = version;
}

gboolean
madang_record_has_part (MadangRecord *self, MadangPart part)
{
  g_return_val_if_fail (MADANG_IS_RECORD (self) && part < MADANG_N_PARTS, FALSE);

  return self->parts[part].present;
}

void
madang_record_set_has_part (MadangRecord *self, MadangPart part, gboolean has_part)
{
  g_return_if_fail (MADANG_IS_RECORD (self) && part < MADANG_N_PARTS);

  self->parts[part].present = has_part;
  if (has_part)
    return;

  g_clear_pointer (&self->parts[part].extra, g_free);
  for (guint i = 0; i < self->n_values; i++)
    if (madang_field_get_part (&self->kind->fields[i]) == part)
      store_value (self, &self->kind->fields[i], NULL);
}

gboolean
madang_record_get_deleted (MadangRecord *self)
{
  g_return_val_if_fail (MADANG_IS_RECORD (self), FALSE);

  return self->deleted;
}

void
madang_record_set_deleted (MadangRecord *self, gboolean deleted)
{
  g_return_if_fail (MADANG_IS_RECORD (self));

  self->deleted = deleted;
}

guint
madang_record_get_waiting (MadangRecord *self)
{
  g_return_val_if_fail (MADANG_IS_RECORD (self), 0);

  return self->waiting;
}

void
madang_record_set_waiting (MadangRecord *self, guint waiting)
{
  g_return_if_fail (MADANG_IS_RECORD (self));

  self->waiting = waiting;
}

gboolean
madang_record_get_troubled (MadangRecord *self)
{
  g_return_val_if_fail (MADANG_IS_RECORD (self), FALSE);

  return self->troubled;
}

void
madang_record_set_troubled (MadangRecord *self, gboolean troubled)
{
  g_return_if_fail (MADANG_IS_RECORD (self));

  self->troubled = troubled;
}

/* --- values -------------------------------------------------------------------------------- */

static GVariant *
find_inner (MadangRecord *self, const MadangPath *path)
{
  g_autoptr (GVariant) row = madang_rows_get (*get_slot (self, path->field), path->row);

  if (row == NULL || path->member == NULL)
    return g_steal_pointer (&row);
  return g_variant_lookup_value (row, path->member->name, NULL);
}

/* Rows and members are taken out of the list on demand; the record keeps what it lent. */
static GVariant *
lend_inner (MadangRecord *self, const char *text, const MadangPath *path)
{
  GVariant *value = self->lent != NULL ? g_hash_table_lookup (self->lent, text) : NULL;

  if (value != NULL)
    return value;

  value = find_inner (self, path);
  if (value == NULL)
    return NULL;
  if (self->lent == NULL)
    self->lent
        = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_variant_unref);
  g_hash_table_insert (self->lent, g_strdup (text), value);
  return value;
}

GVariant *
madang_record_get (MadangRecord *self, const char *path)
{
  MadangPath parsed;

  g_return_val_if_fail (MADANG_IS_RECORD (self) && path != NULL, NULL);

  if (!madang_path_parse (self->kind, path, &parsed))
    return NULL;
  if (parsed.row[0] == '\0')
    return *get_slot (self, parsed.field);
  return lend_inner (self, path, &parsed);
}

static gboolean
set_inner (MadangRecord *self, const MadangPath *path, GVariant *value, GError **error)
{
  GVariant *rows = *get_slot (self, path->field);
  g_autoptr (GVariant) row = NULL;
  g_autoptr (GVariant) changed = NULL;

  if (path->member != NULL)
    {
      g_autoptr (GVariant) old = madang_rows_get (rows, path->row);

      if (old == NULL)
        {
          g_set_error (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND, "%s has no such row",
                       path->field->name);
          return FALSE;
        }
      row = madang_row_replace (old, path->member->name, value);
    }
  else if (value != NULL)
    {
      row = g_variant_ref (value);
    }

  changed = madang_rows_replace (rows, path->row, row);
  store_value (self, path->field, changed);
  return TRUE;
}

static gboolean
has_path_type (const MadangPath *path, GVariant *value)
{
  if (madang_path_is_row (path))
    return madang_row_has_type (path->field, value);
  return madang_value_has_type (madang_path_get_innermost (path), value);
}

gboolean
madang_record_set (MadangRecord *self, const char *path, GVariant *value, GError **error)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  MadangPath parsed;

  g_return_val_if_fail (MADANG_IS_RECORD (self) && path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!madang_path_parse (self->kind, path, &parsed)
      || (value != NULL && !has_path_type (&parsed, value)))
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "no such value in kind %s",
                   self->kind->name);
      return FALSE;
    }
  if (!self->parts[madang_field_get_part (parsed.field)].present)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_FORBIDDEN, "the part of %s is absent",
                   parsed.field->name);
      return FALSE;
    }
  if (parsed.row[0] != '\0')
    return set_inner (self, &parsed, value, error);

  store_value (self, parsed.field, value);
  return TRUE;
}

static GVariant *
get_typed (MadangRecord *self, const char *name, const GVariantType *type)
{
  const MadangField *field = madang_kind_find_field (self->kind, name);
  GVariant *value = field != NULL ? *get_slot (self, field) : NULL;

  return value != NULL && g_variant_is_of_type (value, type) ? value : NULL;
}

const char *
madang_record_get_text (MadangRecord *self, const char *field)
{
  GVariant *value;

  g_return_val_if_fail (MADANG_IS_RECORD (self) && field != NULL, "");

  value = get_typed (self, field, G_VARIANT_TYPE_STRING);
  return value != NULL ? g_variant_get_string (value, NULL) : "";
}

gint64
madang_record_get_number (MadangRecord *self, const char *field, gint64 fallback)
{
  GVariant *value;

  g_return_val_if_fail (MADANG_IS_RECORD (self) && field != NULL, fallback);

  value = get_typed (self, field, G_VARIANT_TYPE_INT64);
  return value != NULL ? g_variant_get_int64 (value) : fallback;
}

gboolean
madang_record_get_flag (MadangRecord *self, const char *field)
{
  GVariant *value;

  g_return_val_if_fail (MADANG_IS_RECORD (self) && field != NULL, FALSE);

  value = get_typed (self, field, G_VARIANT_TYPE_BOOLEAN);
  return value != NULL && g_variant_get_boolean (value);
}

gboolean
madang_record_is_set (MadangRecord *self, const char *field)
{
  return madang_record_get (self, field) != NULL;
}

char *
madang_record_dup_display (MadangRecord *self, const char *name)
{
  const MadangField *field;

  g_return_val_if_fail (MADANG_IS_RECORD (self) && name != NULL, NULL);

  field = madang_kind_find_path (self->kind, name, NULL);
  return field != NULL ? madang_field_format (field, madang_record_get (self, name))
                       : g_strdup ("");
}

const char *
madang_record_get_extra (MadangRecord *self, MadangPart part)
{
  g_return_val_if_fail (MADANG_IS_RECORD (self) && part < MADANG_N_PARTS, NULL);

  return self->parts[part].extra;
}

void
madang_record_set_extra (MadangRecord *self, MadangPart part, const char *extra)
{
  g_autofree char *old = NULL;

  g_return_if_fail (MADANG_IS_RECORD (self) && part < MADANG_N_PARTS);

  old = g_steal_pointer (&self->parts[part].extra);
  self->parts[part].extra = g_strdup (extra);
}
