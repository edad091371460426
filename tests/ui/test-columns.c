/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "madang-record-column.h"

#define WIDTH 164
#define WIDER 200

/* As much of a page as a column asks for. */
#define TYPE_NARROW_PAGE (narrow_page_get_type ())
G_DECLARE_FINAL_TYPE (NarrowPage, narrow_page, NARROW, PAGE, GtkWidget)

struct _NarrowPage
{
  GtkWidget parent_instance;
  gboolean collapsed;
};

G_DEFINE_FINAL_TYPE (NarrowPage, narrow_page, GTK_TYPE_WIDGET)

static void
narrow_page_set_property (GObject *object,
                          guint property_id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  NARROW_PAGE (object)->collapsed = g_value_get_boolean (value);
}

static void
narrow_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, NARROW_PAGE (object)->collapsed);
}

static void
narrow_page_class_init (NarrowPageClass *klass)
{
  G_OBJECT_CLASS (klass)->set_property = narrow_page_set_property;
  G_OBJECT_CLASS (klass)->get_property = narrow_page_get_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1,
                                   g_param_spec_boolean ("collapsed", NULL, NULL, FALSE,
                                                         G_PARAM_READWRITE
                                                             | G_PARAM_STATIC_STRINGS));
}

static void
narrow_page_init (NarrowPage *self)
{
}

static GtkColumnViewColumn *
new_column (GtkWidget *page)
{
  GtkColumnViewColumn *column = madang_record_column_new ("견본", "title", NULL, NULL);

  gtk_column_view_column_set_fixed_width (column, WIDTH);
  madang_record_column_hide_when_collapsed (column, page);
  return column;
}

static void
assert_column (GtkColumnViewColumn *column, gboolean visible, int fixed, int width)
{
  g_assert_true (gtk_column_view_column_get_visible (column) == visible);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (column), ==, fixed);
  g_assert_cmpint (madang_record_column_get_width (column), ==, width);
}

/* A hidden column takes no room, and has its width again when it is back. */
static void
test_hidden (void)
{
  g_autoptr (GtkWidget) page = g_object_ref_sink (g_object_new (TYPE_NARROW_PAGE, NULL));
  g_autoptr (GtkColumnViewColumn) column = new_column (page);

  assert_column (column, TRUE, WIDTH, WIDTH);
  g_object_set (page, "collapsed", TRUE, NULL);
  assert_column (column, FALSE, -1, WIDTH);
  g_object_set (page, "collapsed", FALSE, NULL);
  assert_column (column, TRUE, WIDTH, WIDTH);
}

/* The widths of the last time are read while the window is narrow. */
static void
test_width_of_hidden (void)
{
  g_autoptr (GtkWidget) page
      = g_object_ref_sink (g_object_new (TYPE_NARROW_PAGE, "collapsed", TRUE, NULL));
  g_autoptr (GtkColumnViewColumn) column = new_column (page);

  assert_column (column, FALSE, -1, WIDTH);
  madang_record_column_set_width (column, WIDER);
  assert_column (column, FALSE, -1, WIDER);
  g_object_set (page, "collapsed", FALSE, NULL);
  assert_column (column, TRUE, WIDER, WIDER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/columns/hidden", test_hidden);
  g_test_add_func ("/columns/width-of-hidden", test_width_of_hidden);

  return g_test_run ();
}
