/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-side-layout.h"

#define SHEET_WIDTH 320
#define LEAST_WORK_WIDTH 420 /* less is of no use beside a sheet */

struct _MadangSideLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (MadangSideLayout, madang_side_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkWidget *
get_work (GtkWidget *widget)
{
  return gtk_widget_get_first_child (widget);
}

/* NULL: it is not shown. */
static GtkWidget *
get_sheet (GtkWidget *widget)
{
  GtkWidget *sheet = gtk_widget_get_last_child (widget);

  return sheet != get_work (widget) && gtk_widget_get_visible (sheet) ? sheet : NULL;
}

static void
madang_side_layout_measure (GtkLayoutManager *manager,
                            GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  int sheet_minimum = 0, sheet_natural = 0;

  /* How wide each will be is not known before the width is: measured as when alone. */
  gtk_widget_measure (get_work (widget), orientation, -1, minimum, natural, NULL, NULL);
  if (get_sheet (widget) != NULL)
    gtk_widget_measure (get_sheet (widget), orientation, -1, &sheet_minimum, &sheet_natural, NULL,
                        NULL);
  *minimum = MAX (*minimum, sheet_minimum);
  *natural = MAX (*natural, *minimum);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *natural = MAX (*natural, sheet_minimum);
}

static void
madang_side_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *work = get_work (widget);
  GtkWidget *sheet = get_sheet (widget);
  const gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation place = { 0, 0, width, height };
  int minimum;

  gtk_widget_measure (work, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  minimum = MAX (minimum, LEAST_WORK_WIDTH);
  gtk_widget_set_child_visible (work, sheet == NULL || width >= minimum + SHEET_WIDTH);
  if (sheet != NULL)
    {
      if (gtk_widget_get_child_visible (work))
        place.width = SHEET_WIDTH;
      place.x = mirrored ? 0 : width - place.width;
      gtk_widget_size_allocate (sheet, &place, baseline);
      place.x = mirrored ? place.width : 0;
      place.width = width - place.width;
    }
  if (gtk_widget_get_child_visible (work))
    gtk_widget_size_allocate (work, &place, baseline);
}

static void
madang_side_layout_class_init (MadangSideLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = madang_side_layout_measure;
  layout_class->allocate = madang_side_layout_allocate;
}

static void
madang_side_layout_init (MadangSideLayout *self)
{
}
