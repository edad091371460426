/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-query.h"

#include "madang-error.h"
#include "madang-search-text.h"

typedef struct
{
  char *field;     /* (owned) */
  GVariant *value; /* (owned) (nullable): unset */
} Equality;

struct _MadangQuery
{
  char *kind;            /* (owned) */
  GPtrArray *equalities; /* (owned): Equality */
  GStrv states;          /* (owned) (nullable): any */
  char *range_field;     /* (owned) (nullable) */
  GVariant *least;       /* (owned) (nullable) */
  GVariant *most;        /* (owned) (nullable) */
  char *order;           /* (owned) (nullable): order of arrival */
  MadangQueryFlags flags;
  gint64 limit; /* negative: none */
  char *search; /* (owned) (nullable): a pattern; any text */
};

static void
free_equality (Equality *equality)
{
  g_free (equality->field);
  g_clear_pointer (&equality->value, g_variant_unref);
  g_free (equality);
}

static gboolean
is_bindable (GVariant *value)
{
  return value == NULL || g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
         || g_variant_is_of_type (value, G_VARIANT_TYPE_INT64)
         || g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN);
}

static GVariant *
sink_or_null (GVariant *value)
{
  return value != NULL ? g_variant_ref_sink (value) : NULL;
}

static gboolean
is_same_value (GVariant *one, GVariant *other)
{
  if (one == NULL || other == NULL)
    return one == other;
  return g_variant_equal (one, other);
}

static gboolean
is_same_equality (const Equality *one, const Equality *other)
{
  return g_str_equal (one->field, other->field) && is_same_value (one->value, other->value);
}

static gboolean
is_same_states (GStrv one, GStrv other)
{
  if (one == NULL || other == NULL)
    return one == other;
  return g_strv_equal ((const char *const *)one, (const char *const *)other);
}

static char *
find_column (const MadangIndexTable *table, const char *field, GError **error)
{
  char *column = madang_index_table_dup_column (table, field);

  if (column == NULL)
    g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "%s.%s is not indexed",
                 madang_index_table_get_kind (table)->name, field);
  return column;
}

/* A condition each, in the order in which madang_query_bind() binds. */

static void
append_search (const MadangQuery *self, GString *where)
{
  if (self->search == NULL)
    return;
  g_string_append (where, " AND s.search MATCH ?");
  if (!madang_search_pattern_is_exact (self->search))
    g_string_append (where, " AND madang_search_matches (s.text, ?)");
}

static gboolean
append_equalities (const MadangQuery *self,
                   const MadangIndexTable *table,
                   GString *where,
                   GError **error)
{
  for (guint i = 0; i < self->equalities->len; i++)
    {
      const Equality *equality = g_ptr_array_index (self->equalities, i);
      g_autofree char *column = find_column (table, equality->field, error);
      if (column == NULL)
        return FALSE;
      /* IS uses an index as = does, and finds what is unset. */
      g_string_append_printf (where, " AND k.%s IS ?", column);
    }
  return TRUE;
}

static void
append_states (const MadangQuery *self, GString *where)
{
  if (self->states == NULL)
    return;

  /* An index by state would collect many states, or all days of one, and then sort; the order's own
   * index carries the state, so that nothing is sorted. "+" keeps SQLite from preferring the
   * former. */
  gboolean sorted = self->order != NULL && !g_str_equal (self->order, "state");
  gboolean several = self->states[0] != NULL && self->states[1] != NULL;
  gboolean ranged = g_strcmp0 (self->range_field, self->order) == 0;
  g_string_append_printf (where, " AND %sk.\"state\" IN (",
                          sorted && (several || ranged) ? "+" : "");
  for (guint i = 0; self->states[i] != NULL; i++)
    g_string_append (where, i > 0 ? ", ?" : "?");
  g_string_append (where, ")");
}

static gboolean
append_range (const MadangQuery *self,
              const MadangIndexTable *table,
              GString *where,
              GError **error)
{
  if (self->range_field == NULL)
    return TRUE;

  g_autofree char *column = find_column (table, self->range_field, error);
  if (column == NULL)
    return FALSE;
  if (self->least != NULL)
    g_string_append_printf (where, " AND k.%s >= ?", column);
  if (self->most != NULL)
    g_string_append_printf (where, " AND k.%s <= ?", column);
  return TRUE;
}

/* The field of the records that the order's references point to, by whose values it goes; NULL:
 * the order is by the column itself. */
static const MadangField *
find_title (const MadangQuery *self, const MadangIndexTable *table, const MadangKind **kind)
{
  const MadangField *field
      = self->order != NULL
            ? madang_kind_find_field (madang_index_table_get_kind (table), self->order)
            : NULL;
  const MadangField *title = NULL;

  if (field == NULL || field->type != MADANG_FIELD_REFERENCE)
    return NULL;
  *kind = madang_kind_find (field->reference);
  if (*kind != NULL && (*kind)->title_field != NULL)
    title = madang_kind_find_field (*kind, (*kind)->title_field);
  return title != NULL && madang_index_table_holds (*kind, title) ? title : NULL;
}

/* References are kept as texts, ids as bytes. There are far fewer titles than rows that refer to
 * them: SQLite reads them once. What refers to nothing that is held here stays in the list. */
static char *
build_titles (const MadangQuery *self, const MadangIndexTable *table)
{
  const MadangKind *kind = NULL;
  const MadangField *title = find_title (self, table, &kind);

  if (title == NULL)
    return g_strdup ("");
  return g_strdup_printf (
      " LEFT JOIN (SELECT lower (substr (hex (o.id), 1, 8) || '-' || substr (hex (o.id), 9, 4)"
      " || '-' || substr (hex (o.id), 13, 4) || '-' || substr (hex (o.id), 17, 4) || '-'"
      " || substr (hex (o.id), 21)) AS id, n.\"f_%s\" AS title FROM \"k_%s\" n"
      " JOIN record o ON o.rowid = n.record) t ON t.id = k.\"f_%s\"",
      title->name, kind->name, self->order);
}

static char *
build_order (const MadangQuery *self, const MadangIndexTable *table, GError **error)
{
  const char *direction = (self->flags & MADANG_QUERY_DESCENDING) != 0 ? "DESC" : "ASC";
  const MadangKind *kind = NULL;

  /* What is found comes from the search index in this order, so that nothing is sorted. */
  if (self->order == NULL)
    return g_strdup_printf ("%s %s", self->search != NULL ? "s.rowid" : "k.record", direction);
  g_autofree char *column = find_column (table, self->order, error);
  if (column == NULL)
    return NULL;
  if (find_title (self, table, &kind) != NULL)
    return g_strdup_printf ("t.title %s, k.record %s", direction, direction);
  return g_strdup_printf ("k.%s %s, k.record %s", column, direction, direction);
}

/* --- private to the folder ---------------------------------------------------------------- */

char *
madang_query_build_sql (const MadangQuery *self,
                        const MadangIndexTable *table,
                        const char *select,
                        gboolean join,
                        GError **error)
{
  g_autoptr (GString) where = g_string_new ("1");
  g_autofree char *order = build_order (self, table, error);
  g_autofree char *titles = build_titles (self, table);

  append_search (self, where);
  if (order == NULL || !append_equalities (self, table, where, error))
    return NULL;
  append_states (self, where);
  if (!append_range (self, table, where, error))
    return NULL;
  return g_strdup_printf ("SELECT %s FROM %s%s k%s%s%s WHERE %s ORDER BY %s LIMIT ?", select,
                          self->search != NULL ? "search s CROSS JOIN " : "",
                          madang_index_table_get_name (table),
                          self->search != NULL ? " ON k.record = s.rowid" : "",
                          join ? " JOIN record r ON r.rowid = k.record" : "", titles, where->str,
                          order);
}

void
madang_query_bind (const MadangQuery *self, MadangStatement *statement)
{
  int parameter = 1;

  if (self->search != NULL)
    {
      g_autofree char *expression = madang_search_pattern_dup_expression (self->search);
      madang_statement_bind_text (statement, parameter++, expression);
      if (!madang_search_pattern_is_exact (self->search))
        madang_statement_bind_text (statement, parameter++, self->search);
    }
  for (guint i = 0; i < self->equalities->len; i++)
    {
      const Equality *equality = g_ptr_array_index (self->equalities, i);
      madang_statement_bind_value (statement, parameter++, equality->value);
    }
  for (guint i = 0; self->states != NULL && self->states[i] != NULL; i++)
    madang_statement_bind_text (statement, parameter++, self->states[i]);
  if (self->least != NULL)
    madang_statement_bind_value (statement, parameter++, self->least);
  if (self->most != NULL)
    madang_statement_bind_value (statement, parameter++, self->most);
  madang_statement_bind_number (statement, parameter, self->limit);
}

gboolean
madang_query_is_search (const MadangQuery *self)
{
  return self->search != NULL;
}

const char *
madang_query_get_search (const MadangQuery *self)
{
  return self->search;
}

MadangQuery *
madang_query_copy_all (const MadangQuery *self)
{
  MadangQuery *copy = madang_query_copy (self);

  madang_query_set_search (copy, NULL, 0);
  madang_query_set_limit (copy, -1);
  return copy;
}

gboolean
madang_query_is_about_same (const MadangQuery *self, const MadangQuery *other)
{
  if (self->equalities->len != other->equalities->len)
    return FALSE;
  for (guint i = 0; i < self->equalities->len; i++)
    if (!is_same_equality (g_ptr_array_index (self->equalities, i),
                           g_ptr_array_index (other->equalities, i)))
      return FALSE;
  return g_str_equal (self->kind, other->kind) && is_same_states (self->states, other->states)
         && g_strcmp0 (self->range_field, other->range_field) == 0
         && is_same_value (self->least, other->least) && is_same_value (self->most, other->most)
         && g_strcmp0 (self->order, other->order) == 0 && self->flags == other->flags;
}

gint64
madang_query_get_limit (const MadangQuery *self)
{
  return self->limit;
}

/* --- public ------------------------------------------------------------------------------- */

/* Every live record of the kind, in order of arrival. */
MadangQuery *
madang_query_new (const char *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  MadangQuery *self = g_new0 (MadangQuery, 1);
  self->kind = g_strdup (kind);
  self->equalities = g_ptr_array_new_with_free_func ((GDestroyNotify)free_equality);
  self->limit = -1;
  return self;
}

MadangQuery *
madang_query_copy (const MadangQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  MadangQuery *copy = madang_query_new (self->kind);
  for (guint i = 0; i < self->equalities->len; i++)
    {
      const Equality *equality = g_ptr_array_index (self->equalities, i);
      madang_query_add_equal (copy, equality->field, equality->value);
    }
  copy->states = g_strdupv (self->states);
  if (self->range_field != NULL)
    madang_query_set_range (copy, self->range_field, self->least, self->most);
  madang_query_set_order (copy, self->order, self->flags);
  copy->limit = self->limit;
  copy->search = g_strdup (self->search);
  return copy;
}

void
madang_query_free (MadangQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_ptr_array_unref (self->equalities);
  g_strfreev (self->states);
  g_free (self->range_field);
  g_clear_pointer (&self->least, g_variant_unref);
  g_clear_pointer (&self->most, g_variant_unref);
  g_free (self->order);
  g_free (self->search);
  g_free (self);
}

const char *
madang_query_get_kind (const MadangQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kind;
}

/* value (nullable): NULL finds what is unset. A floating value is sunk. */
void
madang_query_add_equal (MadangQuery *self, const char *field, GVariant *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (field != NULL);
  g_return_if_fail (is_bindable (value));

  Equality *equality = g_new0 (Equality, 1);
  equality->field = g_strdup (field);
  equality->value = sink_or_null (value);
  g_ptr_array_add (self->equalities, equality);
}

/* Any of these states; a second call replaces the first. No state at all finds nothing. */
void
madang_query_add_states (MadangQuery *self, const char *const *states)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->states);
  self->states = g_strdupv ((GStrv)states);
}

/* Both ends belong to the range; NULL leaves that end open. Floating values are sunk. */
void
madang_query_set_range (MadangQuery *self, const char *field, GVariant *least, GVariant *most)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (field != NULL);
  g_return_if_fail (is_bindable (least));
  g_return_if_fail (is_bindable (most));

  g_autoptr (GVariant) former_least = self->least;
  g_autoptr (GVariant) former_most = self->most;
  g_free (self->range_field);
  self->range_field = g_strdup (field);
  self->least = sink_or_null (least);
  self->most = sink_or_null (most);
}

void
madang_query_set_order (MadangQuery *self, const char *field, MadangQueryFlags flags)
{
  g_return_if_fail (self != NULL);

  g_autofree char *former = self->order;
  self->order = g_strdup (field);
  self->flags = flags;
}

/* Negative: no limit, as in the beginning. */
void
madang_query_set_limit (MadangQuery *self, gint64 limit)
{
  g_return_if_fail (self != NULL);

  self->limit = limit;
}

void
madang_query_set_search (MadangQuery *self, const char *text, MadangSearchFlags flags)
{
  g_return_if_fail (self != NULL);

  g_autofree char *former = self->search;
  self->search = text != NULL ? madang_search_pattern_new (text, flags) : NULL;
}
