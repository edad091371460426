/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-record.h"

#include "madang-value.h"

#include <string.h>

/* What a record says as a whole: the order of its rows, what is missing in it, its digest. */

static GVariant *
get_value (MadangRecord *self, const MadangField *field)
{
  return madang_record_get (self, field->name);
}

/* --- rows ---------------------------------------------------------------------------------- */

typedef struct
{
  const char *id;
  GVariant *position; /* (owned) (nullable) */
} RowPlace;

static void
clear_place (gpointer data)
{
  RowPlace *place = data;

  g_clear_pointer (&place->position, g_variant_unref);
}

/* Rows without a position stand last. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const RowPlace *place_a = a;
  const RowPlace *place_b = b;
  int order = (place_a->position == NULL) - (place_b->position == NULL);

  if (order == 0 && place_a->position != NULL)
    order = g_variant_compare (place_a->position, place_b->position);
  return order != 0 ? order : strcmp (place_a->id, place_b->id);
}

GStrv
madang_record_dup_rows (MadangRecord *self, const char *field)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (RowPlace));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GVariant *rows;
  GVariantIter iter;
  const char *id;
  GVariant *row;

  g_return_val_if_fail (MADANG_IS_RECORD (self) && field != NULL, NULL);

  g_array_set_clear_func (places, clear_place);
  rows = madang_record_get (self, field);
  if (rows != NULL && g_variant_is_of_type (rows, G_VARIANT_TYPE ("a{sa{sv}}")))
    {
      g_variant_iter_init (&iter, rows);
      while (g_variant_iter_loop (&iter, "{&s@a{sv}}", &id, &row))
        {
          RowPlace place = { id, g_variant_lookup_value (row, "pos", NULL) };

          g_array_append_val (places, place);
        }
    }

  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    g_strv_builder_add (builder, g_array_index (places, RowPlace, i).id);
  return g_strv_builder_end (builder);
}

/* --- what is missing ----------------------------------------------------------------------- */

static gboolean
has_value (MadangRecord *self, const MadangField *field, const char *wanted)
{
  GVariant *value = get_value (self, field);

  if (value == NULL)
    return FALSE;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_str_equal (wanted, g_variant_get_boolean (value) ? "true" : "false");
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    {
      g_autofree const char **names = g_variant_get_strv (value, NULL);

      return g_strv_contains (names, wanted);
    }
  return g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
         && g_str_equal (wanted, g_variant_get_string (value, NULL));
}

gboolean
madang_record_is_asked (MadangRecord *self, const MadangField *field)
{
  const MadangField *condition;

  g_return_val_if_fail (MADANG_IS_RECORD (self) && field != NULL, FALSE);

  if (field->required_if == NULL)
    return TRUE;

  condition = madang_kind_find_field (madang_record_get_kind (self), field->required_if);
  g_return_val_if_fail (condition != NULL && condition != field, FALSE);

  return madang_record_is_asked (self, condition)
         && has_value (self, condition, field->required_is);
}

/* A list with a row that lacks one of its required members is as good as empty. */
static gboolean
has_incomplete_row (MadangRecord *self, const MadangField *field)
{
  g_auto (GStrv) ids = NULL;

  if (field->type != MADANG_FIELD_ROWS)
    return FALSE;

  ids = madang_record_dup_rows (self, field->name);
  for (guint i = 0; ids[i] != NULL; i++)
    for (const MadangField *member = field->members; member->name != NULL; member++)
      {
        g_autofree char *path = g_strjoin ("/", field->name, ids[i], member->name, NULL);

        if (member->required && !madang_record_is_set (self, path))
          return TRUE;
      }
  return FALSE;
}

static gboolean
is_missing (MadangRecord *self, const MadangField *field, const char *event)
{
  gboolean required
      = field->required || (event != NULL && g_strcmp0 (field->required_for, event) == 0);

  if (!madang_record_has_part (self, madang_field_get_part (field)))
    return FALSE;
  if (required && get_value (self, field) == NULL && madang_record_is_asked (self, field))
    return TRUE;
  return event != NULL && has_incomplete_row (self, field);
}

GPtrArray *
madang_record_find_missing (MadangRecord *self, const char *event)
{
  GPtrArray *missing = g_ptr_array_new ();

  g_return_val_if_fail (MADANG_IS_RECORD (self), missing);

  for (const MadangField *field = madang_record_get_kind (self)->fields; field->name != NULL;
       field++)
    if (is_missing (self, field, event))
      g_ptr_array_add (missing, (gpointer)field);

  return missing;
}

/* --- digest -------------------------------------------------------------------------------- */

static int
compare_fields (gconstpointer a, gconstpointer b)
{
  const MadangField *const *field_a = a;
  const MadangField *const *field_b = b;

  return strcmp ((*field_a)->name, (*field_b)->name);
}

/* By name, so that a declaration in another order gives the same digest. */
static void
append_part (MadangRecord *self, MadangPart part, GString *text)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();

  for (const MadangField *field = madang_record_get_kind (self)->fields; field->name != NULL;
       field++)
    if (madang_field_get_part (field) == part && !field->unseen && get_value (self, field) != NULL)
      g_ptr_array_add (fields, (gpointer)field);
  g_ptr_array_sort (fields, compare_fields);

  g_string_append_printf (text, "part %d\n", part);
  for (guint i = 0; i < fields->len; i++)
    {
      const MadangField *field = g_ptr_array_index (fields, i);

      g_string_append_printf (text, "%s=", field->name);
      madang_value_append_canonical (text, get_value (self, field));
      g_string_append_c (text, '\n');
    }
}

char *
madang_record_dup_digest (MadangRecord *self)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD (self), NULL);

  text = g_string_new ("madang-record-1\n");
  g_string_append_printf (text, "%s\n%s\n%s\n", madang_record_get_kind (self)->name,
                          madang_record_get_id (self), madang_record_get_state (self));
  for (guint i = 0; i < MADANG_N_PARTS; i++)
    if (madang_record_has_part (self, i))
      append_part (self, i, text);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, text->len);
}

char *
madang_record_dup_fingerprint (MadangRecord *self)
{
  g_autofree char *digest = madang_record_dup_digest (self);
  g_autofree char *upper = NULL;

  g_return_val_if_fail (digest != NULL, NULL);

  upper = g_ascii_strup (digest, 12);
  return g_strdup_printf ("%.4s-%.4s-%.4s", upper, upper + 4, upper + 8);
}
