/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-wrap-box.h"

#define SPACING 6
#define LINE_SPACING 2

struct _MadangWrapBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (MadangWrapBox, madang_wrap_box, GTK_TYPE_WIDGET)

/* Walks the lines at this width and returns their height; allocates if asked to. */
static int
lay_out (GtkWidget *widget, int width, gboolean allocate)
{
  int x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkRequisition natural;
      GtkAllocation place;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_get_preferred_size (child, NULL, &natural);
      place.width = MIN (natural.width, width);
      place.height = natural.height;
      if (place.width < natural.width)
        gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, place.width, NULL, &place.height, NULL,
                            NULL);
      if (x > 0 && x + place.width > width)
        {
          x = 0;
          y += line_height + LINE_SPACING;
          line_height = 0;
        }
      place.x = x;
      place.y = y;
      if (allocate)
        gtk_widget_size_allocate (child, &place, -1);
      x += place.width + SPACING;
      line_height = MAX (line_height, place.height);
    }
  return y + line_height;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + SPACING;
    }
}

static GtkSizeRequestMode
madang_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
madang_wrap_box_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  int width_minimum, width_natural;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, natural);
      return;
    }
  measure_width (widget, &width_minimum, &width_natural);
  /* Whoever asks without a width gets the height of the one line; the narrowest would be a column
   * of single letters. */
  *natural = *minimum = lay_out (widget, for_size > 0 ? for_size : width_natural, FALSE);
}

static void
madang_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (widget, width, TRUE);
}

static void
madang_wrap_box_dispose (GObject *object)
{
  madang_wrap_box_remove_all (MADANG_WRAP_BOX (object));

  G_OBJECT_CLASS (madang_wrap_box_parent_class)->dispose (object);
}

static void
madang_wrap_box_class_init (MadangWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_wrap_box_dispose;
  widget_class->get_request_mode = madang_wrap_box_get_request_mode;
  widget_class->measure = madang_wrap_box_measure;
  widget_class->size_allocate = madang_wrap_box_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_wrap_box_init (MadangWrapBox *self)
{
}

void
madang_wrap_box_append (MadangWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (MADANG_IS_WRAP_BOX (self));
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
madang_wrap_box_remove_all (MadangWrapBox *self)
{
  GtkWidget *child;

  g_return_if_fail (MADANG_IS_WRAP_BOX (self));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
