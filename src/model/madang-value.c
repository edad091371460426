/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-value.h"

#include "madang-merge.h"
#include "madang-path.h"

#include <string.h>

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
append_children (GString *text, GVariant *value, gboolean sorted)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < g_variant_n_children (value); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);
      GString *child_text = g_string_new (NULL);

      madang_value_append_canonical (child_text, child);
      g_ptr_array_add (children, g_string_free (child_text, FALSE));
    }
  if (sorted)
    g_ptr_array_sort (children, compare_texts);

  g_string_append_printf (text, "[%u:", children->len);
  for (guint i = 0; i < children->len; i++)
    g_string_append (text, g_ptr_array_index (children, i));
  g_string_append_c (text, ']');
}

static void
append_text (GString *text, GVariant *value)
{
  gsize length;
  const char *content = g_variant_get_string (value, &length);

  g_string_append_printf (text, "s%" G_GSIZE_FORMAT ":", length);
  g_string_append_len (text, content, length);
}

void
madang_value_append_canonical (GString *text, GVariant *value)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_STRING:
      append_text (text, value);
      break;
    case G_VARIANT_CLASS_INT64:
      g_string_append_printf (text, "x%" G_GINT64_FORMAT ";", g_variant_get_int64 (value));
      break;
    case G_VARIANT_CLASS_BOOLEAN:
      g_string_append (text, g_variant_get_boolean (value) ? "b1;" : "b0;");
      break;
    case G_VARIANT_CLASS_VARIANT:
      {
        g_autoptr (GVariant) inner = g_variant_get_variant (value);

        madang_value_append_canonical (text, inner);
        break;
      }
    case G_VARIANT_CLASS_ARRAY:
      append_children (text, value, TRUE);
      break;
    default:
      append_children (text, value, FALSE);
      break;
    }
}

gboolean
madang_row_has_type (const MadangField *field, GVariant *row)
{
  GVariantIter iter;
  const char *name;
  GVariant *boxed;

  if (!g_variant_is_of_type (row, G_VARIANT_TYPE_VARDICT))
    return FALSE;

  g_variant_iter_init (&iter, row);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &boxed))
    {
      g_autoptr (GVariant) value = boxed;
      const MadangField *member = madang_field_find_member (field, name);

      if (member == NULL || !madang_value_has_type (member, value))
        return FALSE;
    }
  return TRUE;
}

gboolean
madang_value_has_type (const MadangField *field, GVariant *value)
{
  GVariantIter iter;
  const char *id;
  GVariant *member_row;

  if (!g_variant_is_of_type (value, madang_field_get_variant_type (field)))
    return FALSE;
  if (field->type != MADANG_FIELD_ROWS)
    return TRUE;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{&s@a{sv}}", &id, &member_row))
    {
      g_autoptr (GVariant) row = member_row;

      if (!madang_row_id_is_valid (id) || !madang_row_has_type (field, row))
        return FALSE;
    }
  return TRUE;
}

static GVariant *
normalize_set (GVariant *value)
{
  g_autofree const char **names = g_variant_get_strv (value, NULL);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  guint n_names = 0;

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer)names[i]);
  g_ptr_array_sort (sorted, compare_texts);

  for (guint i = 0; i < sorted->len; i++)
    {
      const char *name = g_ptr_array_index (sorted, i);

      if (n_names == 0 || !g_str_equal (names[n_names - 1], name))
        names[n_names++] = name;
    }
  return n_names > 0 ? g_variant_ref_sink (g_variant_new_strv (names, n_names)) : NULL;
}

GVariant *
madang_row_normalize (const MadangField *field, GVariant *row)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  for (const MadangField *member = field->members; member != NULL && member->name != NULL; member++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (row, member->name, NULL);
      g_autoptr (GVariant) kept = value != NULL ? madang_value_normalize (member, value) : NULL;

      if (kept != NULL)
        g_variant_builder_add (&builder, "{sv}", member->name, kept);
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static GVariant *
normalize_rows (const MadangField *field, GVariant *value)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sa{sv}}"));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GVariantIter iter;
  char *id;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{s@a{sv}}", &id, NULL))
    g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_texts);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *name = g_ptr_array_index (ids, i);
      g_autoptr (GVariant) row = madang_rows_get (value, name);
      g_autoptr (GVariant) kept = madang_row_normalize (field, row);

      if (i == 0 || !g_str_equal (g_ptr_array_index (ids, i - 1), name))
        g_variant_builder_add (&builder, "{s@a{sv}}", name, kept);
    }
  return ids->len > 0 ? g_variant_ref_sink (g_variant_builder_end (&builder)) : NULL;
}

GVariant *
madang_value_normalize (const MadangField *field, GVariant *value)
{
  if (value == NULL)
    return NULL;
  if (field->type == MADANG_FIELD_SET_OF)
    return normalize_set (value);
  if (field->type == MADANG_FIELD_ROWS)
    return normalize_rows (field, value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
      && g_variant_get_string (value, NULL)[0] == '\0')
    return NULL;

  return g_variant_ref (value);
}

GVariant *
madang_rows_get (GVariant *rows, const char *id)
{
  return rows != NULL ? g_variant_lookup_value (rows, id, G_VARIANT_TYPE_VARDICT) : NULL;
}

GVariant *
madang_rows_replace (GVariant *rows, const char *id, GVariant *row)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sa{sv}}"));
  GVariantIter iter;
  const char *other_id;
  GVariant *other_row;

  if (rows != NULL)
    {
      g_variant_iter_init (&iter, rows);
      while (g_variant_iter_loop (&iter, "{&s@a{sv}}", &other_id, &other_row))
        if (!g_str_equal (other_id, id))
          g_variant_builder_add (&builder, "{s@a{sv}}", other_id, other_row);
    }
  if (row != NULL)
    g_variant_builder_add (&builder, "{s@a{sv}}", id, row);

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

GVariant *
madang_row_replace (GVariant *row, const char *member, GVariant *value)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (row);

  if (value != NULL)
    g_variant_dict_insert_value (&dict, member, value);
  else
    g_variant_dict_remove (&dict, member);

  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

char *
madang_value_digest (GVariant *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (value != NULL, NULL);

  madang_value_append_canonical (text, value);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, text->len);
}

gboolean
madang_value_equal (GVariant *a, GVariant *b)
{
  g_autoptr (GString) text_a = NULL;
  g_autoptr (GString) text_b = NULL;

  if (a == NULL || b == NULL)
    return a == b;
  if (g_variant_equal (a, b))
    return TRUE;
  if (!g_variant_is_container (a) || !g_variant_is_container (b))
    return FALSE;

  text_a = g_string_new (NULL);
  text_b = g_string_new (NULL);
  madang_value_append_canonical (text_a, a);
  madang_value_append_canonical (text_b, b);
  return g_string_equal (text_a, text_b);
}
