/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-index-table.h"

struct _MadangIndexTable
{
  const MadangKind *kind;
  MadangIndexTableFlags flags;
  GPtrArray *fields; /* (owned): const MadangField *, in order of declaration */
  char *name;        /* (owned) */
  char *definition;  /* (owned) */
  char *shape;       /* (owned) */
  char *put_sql;     /* (owned) */
  char *remove_sql;  /* (owned) */
};

/* --- what is indexed ---------------------------------------------------------------------- */

static gboolean
is_deadline (const MadangKind *kind, const MadangField *field)
{
  for (const MadangDeadline *deadline = kind->deadlines;
       deadline != NULL && deadline->field != NULL; deadline++)
    if (g_str_equal (deadline->field, field->name))
      return TRUE;
  return FALSE;
}

/* A list or a set has no single value to look up. */
static gboolean
fits_column (const MadangField *field)
{
  return !field->personal && field->type != MADANG_FIELD_ROWS && field->type != MADANG_FIELD_SET_OF;
}

static gboolean
is_indexed (const MadangKind *kind, const MadangField *field)
{
  return fits_column (field)
         && (field->indexed || field->unique || g_strcmp0 (kind->sort_field, field->name) == 0
             || is_deadline (kind, field));
}

static GPtrArray *
collect_fields (const MadangKind *kind)
{
  GPtrArray *fields = g_ptr_array_new ();

  for (const MadangField *field = kind->fields; field->name != NULL; field++)
    if (is_indexed (kind, field))
      g_ptr_array_add (fields, (gpointer)field);
  return fields;
}

static gboolean
holds_number (const MadangField *field)
{
  const GVariantType *type = madang_field_get_variant_type (field);

  return g_variant_type_equal (type, G_VARIANT_TYPE_INT64)
         || g_variant_type_equal (type, G_VARIANT_TYPE_BOOLEAN);
}

/* --- SQL from the declaration ------------------------------------------------------------- */

static void
assert_declared_name (const char *name)
{
  g_assert (*name != '\0');
  for (const char *p = name; *p != '\0'; p++)
    g_assert (g_ascii_islower (*p) || g_ascii_isdigit (*p) || *p == '_' || *p == '-');
}

static void
append_index (GString *sql,
              const MadangIndexTable *self,
              const char *name,
              const char *columns,
              gboolean unique)
{
  g_string_append_printf (sql, "CREATE %sINDEX \"k_%s.%s\" ON %s (%s);\n", unique ? "UNIQUE " : "",
                          self->kind->name, name, self->name, columns);
}

static gboolean
is_enforced (const MadangIndexTable *self, const MadangField *field)
{
  return field->unique && (self->flags & MADANG_INDEX_TABLE_UNIQUE) != 0;
}

/* Whose and by when, so that the days of one among many are a range of the index. */
static void
append_deadline_indexes (GString *sql, const MadangIndexTable *self)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const MadangDeadline *deadline = self->kind->deadlines;
       deadline != NULL && deadline->field != NULL; deadline++)
    {
      g_autofree char *name = NULL;
      g_autofree char *columns = NULL;

      if (deadline->whose == NULL)
        continue;
      name = g_strdup_printf ("due.%s.%s", deadline->whose, deadline->field);
      columns = g_strdup_printf ("\"f_%s\", \"f_%s\", record, \"state\"", deadline->whose,
                                 deadline->field);
      if (g_hash_table_add (done, g_strdup (name)))
        append_index (sql, self, name, columns, FALSE);
    }
}

/* What waits is found by state, and by whose it is, in its order. */
static void
append_task_indexes (GString *sql, const MadangIndexTable *self)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const MadangTask *task = self->kind->tasks; task != NULL && task->label != NULL; task++)
    {
      g_autoptr (GString) name = g_string_new ("task");
      g_autoptr (GString) columns = g_string_new (NULL);

      /* The index by state has the records in the order of their arrival. */
      if (task->whose == NULL && task->order == NULL && self->kind->sort_field == NULL)
        continue;
      if (task->whose != NULL)
        {
          g_string_append_printf (name, ".%s", task->whose);
          g_string_append_printf (columns, "\"f_%s\", ", task->whose);
        }
      g_string_append (columns, "\"state\"");
      if (task->order != NULL)
        {
          g_string_append_printf (name, "-%s", task->order);
          g_string_append_printf (columns, ", \"f_%s\"", task->order);
        }
      g_string_append (columns, ", record");
      if (g_hash_table_add (done, g_strdup (name->str)))
        append_index (sql, self, name->str, columns->str, FALSE);
    }
}

static char *
build_definition (const MadangIndexTable *self)
{
  GString *sql = g_string_new (NULL);
  g_autofree char *sort = madang_index_table_dup_column (self, self->kind->sort_field);
  g_autofree char *by_state = sort != NULL ? g_strconcat ("\"state\", ", sort, NULL) : NULL;

  g_string_append_printf (sql,
                          "CREATE TABLE %s (\n"
                          "  record INTEGER PRIMARY KEY REFERENCES record (rowid) "
                          "ON DELETE CASCADE,\n"
                          "  \"state\" TEXT NOT NULL",
                          self->name);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const MadangField *field = g_ptr_array_index (self->fields, i);
      g_string_append_printf (sql, ",\n  \"f_%s\" %s", field->name,
                              holds_number (field) ? "INTEGER" : "TEXT");
    }
  g_string_append (sql, "\n) STRICT;\n");

  append_index (sql, self, "state", by_state != NULL ? by_state : "\"state\"", FALSE);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const MadangField *field = g_ptr_array_index (self->fields, i);
      g_autofree char *name = g_strconcat ("f_", field->name, NULL);
      gboolean unique = is_enforced (self, field);
      /* With these two a list by this field in some states is read from the index alone. */
      g_autofree char *columns
          = g_strdup_printf ("\"%s\"%s", name, unique ? "" : ", record, \"state\"");
      append_index (sql, self, name, columns, unique);
    }
  append_deadline_indexes (sql, self);
  append_task_indexes (sql, self);
  return g_string_free (sql, FALSE);
}

static char *
build_put_sql (const MadangIndexTable *self)
{
  g_autoptr (GString) columns = g_string_new ("record, \"state\"");
  g_autoptr (GString) marks = g_string_new ("?1, ?2");
  g_autoptr (GString) updates = g_string_new ("\"state\" = excluded.\"state\"");

  for (guint i = 0; i < self->fields->len; i++)
    {
      const MadangField *field = g_ptr_array_index (self->fields, i);
      g_string_append_printf (columns, ", \"f_%s\"", field->name);
      g_string_append_printf (marks, ", ?%u", i + 3);
      g_string_append_printf (updates, ", \"f_%s\" = excluded.\"f_%s\"", field->name, field->name);
    }
  return g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (record) DO UPDATE SET %s",
                          self->name, columns->str, marks->str, updates->str);
}

/* --- private to the folder ---------------------------------------------------------------- */

MadangIndexTable *
madang_index_table_new (const MadangKind *kind, MadangIndexTableFlags flags)
{
  g_return_val_if_fail (kind != NULL, NULL);

  MadangIndexTable *self = g_new0 (MadangIndexTable, 1);
  self->kind = kind;
  self->flags = flags;
  self->fields = collect_fields (kind);
  assert_declared_name (kind->name);
  for (guint i = 0; i < self->fields->len; i++)
    assert_declared_name (((const MadangField *)g_ptr_array_index (self->fields, i))->name);

  self->name = g_strdup_printf ("\"k_%s\"", kind->name);
  self->definition = build_definition (self);
  self->shape = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->definition, -1);
  self->put_sql = build_put_sql (self);
  self->remove_sql = g_strdup_printf ("DELETE FROM %s WHERE record = ?1", self->name);
  return self;
}

void
madang_index_table_free (MadangIndexTable *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->fields);
  g_free (self->name);
  g_free (self->definition);
  g_free (self->shape);
  g_free (self->put_sql);
  g_free (self->remove_sql);
  g_free (self);
}

const MadangKind *
madang_index_table_get_kind (const MadangIndexTable *self)
{
  return self->kind;
}

const char *
madang_index_table_get_name (const MadangIndexTable *self)
{
  return self->name;
}

const char *
madang_index_table_get_definition (const MadangIndexTable *self)
{
  return self->definition;
}

const char *
madang_index_table_get_shape (const MadangIndexTable *self)
{
  return self->shape;
}

gboolean
madang_index_table_may_conflict (const MadangIndexTable *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (is_enforced (self, g_ptr_array_index (self->fields, i)))
      return TRUE;
  return FALSE;
}

gboolean
madang_index_table_holds (const MadangKind *kind, const MadangField *field)
{
  return is_indexed (kind, field);
}

/* "f_" keeps a field named "state" or "record" apart from the table's own columns. */
char *
madang_index_table_dup_column (const MadangIndexTable *self, const char *field)
{
  if (g_strcmp0 (field, "state") == 0)
    return g_strdup ("\"state\"");
  for (guint i = 0; i < self->fields->len; i++)
    {
      const MadangField *indexed = g_ptr_array_index (self->fields, i);
      if (g_strcmp0 (indexed->name, field) == 0)
        return g_strdup_printf ("\"f_%s\"", indexed->name);
    }
  return NULL;
}

gboolean
madang_index_table_put (const MadangIndexTable *self,
                        MadangDatabase *database,
                        MadangRecord *record,
                        gint64 row,
                        GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (database, self->put_sql, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, row);
  madang_statement_bind_text (statement, 2, madang_record_get_state (record));
  for (guint i = 0; i < self->fields->len; i++)
    {
      const MadangField *field = g_ptr_array_index (self->fields, i);
      madang_statement_bind_value (statement, i + 3, madang_record_get (record, field->name));
    }
  return madang_statement_run (statement, error);
}

gboolean
madang_index_table_remove (const MadangIndexTable *self,
                           MadangDatabase *database,
                           gint64 row,
                           GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (database, self->remove_sql, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, row);
  return madang_statement_run (statement, error);
}

void
madang_statement_bind_value (MadangStatement *statement, int parameter, GVariant *value)
{
  if (value == NULL)
    madang_statement_bind_null (statement, parameter);
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    madang_statement_bind_number (statement, parameter, g_variant_get_int64 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    madang_statement_bind_number (statement, parameter, g_variant_get_boolean (value));
  else
    madang_statement_bind_text (statement, parameter, g_variant_get_string (value, NULL));
}
