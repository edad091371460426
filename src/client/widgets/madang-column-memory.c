/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-column-memory.h"

#include "madang-record-column.h"

#define MEMORY_DATA "madang-column-memory"
#define KEY "columns"
#define SETTLE 400 /* ms: a width that is being dragged is written once */
#define NARROWEST 24

typedef struct
{
  GtkColumnView *view; /* owns this */
  GSettings *settings; /* (owned) */
  char *list;          /* (owned) */
  guint settling;      /* source; 0: nothing to write */
} Memory;

static GtkColumnViewColumn *
get_column (GtkColumnView *view, guint position)
{
  g_autoptr (GtkColumnViewColumn) column
      = g_list_model_get_item (gtk_column_view_get_columns (view), position);

  return column; /* the view holds it */
}

static guint
count_columns (GtkColumnView *view)
{
  return g_list_model_get_n_items (gtk_column_view_get_columns (view));
}

/* --- writing -------------------------------------------------------------------------------- */

static GVariant *
describe (Memory *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(si)"));
  for (guint i = 0; i < count_columns (self->view); i++)
    {
      GtkColumnViewColumn *column = get_column (self->view, i);

      g_variant_builder_add (&builder, "(si)", madang_record_column_get_id (column),
                             madang_record_column_get_width (column));
    }
  return g_variant_builder_end (&builder);
}

static gboolean
write_cb (gpointer data)
{
  Memory *self = data;
  g_autoptr (GVariant) all = g_settings_get_value (self->settings, KEY);
  g_autoptr (GVariantDict) dict = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *list;
  GVariant *columns;

  self->settling = 0;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sa(si)}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_loop (&iter, "{&s@a(si)}", &list, &columns))
    if (!g_str_equal (list, self->list))
      g_variant_builder_add (&builder, "{s@a(si)}", list, columns);
  g_variant_builder_add (&builder, "{s@a(si)}", self->list, describe (self));
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (GtkColumnView *view)
{
  Memory *self = g_object_get_data (G_OBJECT (view), MEMORY_DATA);

  if (self != NULL && self->settling == 0)
    self->settling = g_timeout_add (SETTLE, write_cb, self);
}

/* --- reading -------------------------------------------------------------------------------- */

/* (nullable): a column of that name is no more. */
static GtkColumnViewColumn *
find_column (GtkColumnView *view, const char *id)
{
  for (guint i = 0; i < count_columns (view); i++)
    if (g_str_equal (madang_record_column_get_id (get_column (view, i)), id))
      return get_column (view, i);
  return NULL;
}

/* Columns that are new since then follow those that were there. */
static void
restore (Memory *self)
{
  g_autoptr (GVariant) all = g_settings_get_value (self->settings, KEY);
  g_autoptr (GVariant) columns = g_variant_lookup_value (all, self->list, G_VARIANT_TYPE ("a(si)"));
  GVariantIter iter;
  const char *id;
  int width;
  guint place = 0;

  if (columns == NULL)
    return;
  g_variant_iter_init (&iter, columns);
  while (g_variant_iter_next (&iter, "(&si)", &id, &width))
    {
      GtkColumnViewColumn *found = find_column (self->view, id);
      g_autoptr (GtkColumnViewColumn) column = NULL;

      if (found == NULL)
        continue;
      column = g_object_ref (found);
      if (get_column (self->view, place) != column)
        gtk_column_view_insert_column (self->view, place, column);
      place++;
      if (width >= NARROWEST)
        madang_record_column_set_width (column, width);
    }
}

static void
free_memory (Memory *self)
{
  g_clear_handle_id (&self->settling, g_source_remove);
  g_object_unref (self->settings);
  g_free (self->list);
  g_free (self);
}

/* A test or a benchmark may run where the program is not installed. */
static gboolean
has_schema (void)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (g_settings_schema_source_get_default () != NULL)
    schema = g_settings_schema_source_lookup (g_settings_schema_source_get_default (),
                                              APPLICATION_ID, TRUE);
  return schema != NULL && g_settings_schema_has_key (schema, KEY);
}

void
madang_column_memory_install (GtkColumnView *view, const char *list)
{
  Memory *self;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (list != NULL);

  if (!has_schema ())
    return;
  self = g_new0 (Memory, 1);
  self->view = view;
  self->settings = g_settings_new (APPLICATION_ID);
  self->list = g_strdup (list);
  g_object_set_data_full (G_OBJECT (view), MEMORY_DATA, self, (GDestroyNotify)free_memory);
  restore (self);
  for (guint i = 0; i < count_columns (view); i++)
    g_signal_connect_object (get_column (view, i), "notify::fixed-width", G_CALLBACK (changed_cb),
                             view, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed",
                           G_CALLBACK (changed_cb), view, G_CONNECT_SWAPPED);
}
