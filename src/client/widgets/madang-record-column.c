/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-record-column.h"

#include "madang-overflow-tip.h"

#define COLUMN_DATA "madang-record-column"

typedef struct
{
  const char *field; /* (nullable) interned */
  const char *id;    /* interned */
  gboolean is_number;
  MadangCellFunc text; /* (nullable) */
  gpointer text_data;
  MadangCellFunc name; /* (nullable) */
  gpointer name_data;
  int width; /* of a hidden one, as the person left it */
} Column;

/* Which column was asked to compare, and nothing else: the view does not sort. */
static const char *asked_field;

static int
compare_nothing (gconstpointer a, gconstpointer b, gpointer user_data)
{
  asked_field = user_data;
  return -1;
}

static char *
dup_text (const Column *column, MadangRecord *record)
{
  if (column->text != NULL)
    return column->text (record, column->text_data);
  return madang_record_dup_display (record, column->field);
}

/* The row is the cell's grandparent; it has no name of its own before GTK 4.12. */
static void
name_row (GtkWidget *child, const char *name)
{
  GtkWidget *cell = gtk_widget_get_parent (child);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const Column *column)
{
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (inscription), column->is_number ? 1 : 0);
  madang_overflow_tip_install (inscription);
  gtk_list_item_set_child (item, inscription);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const Column *column)
{
  MadangRecord *record = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item);
  g_autofree char *text = dup_text (column, record);
  g_autofree char *name = NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (column->name == NULL)
    return;
  name = column->name (record, column->name_data);
  name_row (child, name);
}

GtkColumnViewColumn *
madang_record_column_new (const char *title,
                          const char *field,
                          MadangCellFunc text,
                          gpointer user_data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *view_column = gtk_column_view_column_new (title, factory);
  Column *column = g_new0 (Column, 1);

  g_assert (field != NULL || text != NULL);
  column->field = g_intern_string (field);
  column->id = g_intern_string (field != NULL ? field : title);
  column->text = text;
  column->text_data = user_data;
  g_object_set_data_full (G_OBJECT (view_column), COLUMN_DATA, column, g_free);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), column);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  if (field != NULL)
    {
      g_autoptr (GtkSorter) sorter
          = GTK_SORTER (gtk_custom_sorter_new (compare_nothing, (gpointer)column->field, NULL));

      gtk_column_view_column_set_sorter (view_column, sorter);
    }
  return view_column;
}

void
madang_record_column_set_row_name (GtkColumnViewColumn *column,
                                   MadangCellFunc name,
                                   gpointer user_data)
{
  Column *data = g_object_get_data (G_OBJECT (column), COLUMN_DATA);

  g_return_if_fail (data != NULL);

  data->name = name;
  data->name_data = user_data;
}

static Column *
get_column (GtkColumnViewColumn *column)
{
  return g_object_get_data (G_OBJECT (column), COLUMN_DATA);
}

void
madang_record_column_set_id (GtkColumnViewColumn *column, const char *id)
{
  g_return_if_fail (get_column (column) != NULL);
  get_column (column)->id = g_intern_string (id);
}

const char *
madang_record_column_get_id (GtkColumnViewColumn *column)
{
  g_return_val_if_fail (get_column (column) != NULL, NULL);
  return get_column (column)->id;
}

void
madang_record_column_set_number (GtkColumnViewColumn *column)
{
  g_return_if_fail (get_column (column) != NULL);
  get_column (column)->is_number = TRUE;
}

gboolean
madang_record_column_is_number (GtkColumnViewColumn *column)
{
  g_return_val_if_fail (get_column (column) != NULL, FALSE);
  return get_column (column)->is_number;
}

const char *
madang_record_column_get_plain_field (GtkColumnViewColumn *column)
{
  g_return_val_if_fail (get_column (column) != NULL, NULL);
  return get_column (column)->text == NULL ? get_column (column)->field : NULL;
}

char *
madang_record_column_dup_text (GtkColumnViewColumn *column, MadangRecord *record)
{
  g_return_val_if_fail (get_column (column) != NULL, NULL);
  return dup_text (get_column (column), record);
}

int
madang_record_column_get_width (GtkColumnViewColumn *column)
{
  g_return_val_if_fail (get_column (column) != NULL, -1);
  return gtk_column_view_column_get_visible (column)
             ? gtk_column_view_column_get_fixed_width (column)
             : get_column (column)->width;
}

void
madang_record_column_set_width (GtkColumnViewColumn *column, int width)
{
  g_return_if_fail (get_column (column) != NULL);

  if (gtk_column_view_column_get_visible (column))
    gtk_column_view_column_set_fixed_width (column, width);
  else
    get_column (column)->width = width;
}

/* GTK 4.8 takes hidden columns for as wide as they are set to be, and leaves the others no room. */
static void
narrowness_changed_cb (GtkColumnViewColumn *column, GParamSpec *property, GObject *page)
{
  const int width = madang_record_column_get_width (column);
  gboolean narrow;

  g_object_get (page, property->name, &narrow, NULL);
  if (gtk_column_view_column_get_visible (column) != narrow)
    return;
  get_column (column)->width = width;
  gtk_column_view_column_set_visible (column, !narrow);
  gtk_column_view_column_set_fixed_width (column, narrow ? -1 : width);
}

void
madang_record_column_hide_when_collapsed (GtkColumnViewColumn *column, GtkWidget *page)
{
  GParamSpec *property;

  g_return_if_fail (get_column (column) != NULL);
  g_return_if_fail (GTK_IS_WIDGET (page));

  property = g_object_class_find_property (G_OBJECT_GET_CLASS (page), "collapsed");
  g_return_if_fail (property != NULL);
  g_signal_connect_object (page, "notify::collapsed", G_CALLBACK (narrowness_changed_cb), column,
                           G_CONNECT_SWAPPED);
  narrowness_changed_cb (column, property, G_OBJECT (page));
}

/* GTK 4.8 does not tell by which column a view is sorted. But its sorter asks that column first,
 * and turns the answer round when the order is descending. */
const char *
madang_record_column_get_sort (GtkColumnView *view, gboolean *descending)
{
  GtkSorter *sorter;
  g_autoptr (GObject) a = NULL;
  g_autoptr (GObject) b = NULL;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);

  sorter = gtk_column_view_get_sorter (view);
  a = g_object_new (G_TYPE_OBJECT, NULL);
  b = g_object_new (G_TYPE_OBJECT, NULL);
  asked_field = NULL;
  *descending = gtk_sorter_compare (sorter, a, b) == GTK_ORDERING_LARGER;
  return asked_field;
}

/* The row of the headings is the view's first child; until GTK 4.12 it goes by its class's name. */
static void
name_headings (GtkColumnView *view)
{
  GtkWidget *headings = gtk_widget_get_first_child (GTK_WIDGET (view));
  GListModel *columns = gtk_column_view_get_columns (view);
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      g_string_append_printf (titles, "%s%s", titles->len > 0 ? ", " : "",
                              gtk_column_view_column_get_title (column));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (headings), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  titles->str, -1);
}

void
madang_record_column_set_list_name (GtkColumnView *view, const char *name)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed",
                           G_CALLBACK (name_headings), view, G_CONNECT_SWAPPED);
  name_headings (view);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (GTK_WIDGET (view))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
madang_record_column_focus_rows (GtkColumnView *view)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  /* The view itself takes no focus; its last child is the list of its rows. */
  gtk_widget_child_focus (gtk_widget_get_last_child (GTK_WIDGET (view)), GTK_DIR_TAB_FORWARD);
}
