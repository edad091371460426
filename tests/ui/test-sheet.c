/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "madang-application-sheet.h"
#include "madang-field-row.h"
#include "main-loop.h"

#define HEIGHT 500

typedef struct
{
  GtkWidget *window;
  GtkWidget *sheet;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer width)
{
  fixture->window = gtk_window_new ();
  fixture->sheet = g_object_new (MADANG_TYPE_APPLICATION_SHEET, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), GPOINTER_TO_INT (width), HEIGHT);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->sheet);
  gtk_window_present (GTK_WINDOW (fixture->window));
  run_until (gtk_widget_get_height (fixture->sheet) > 0);
}

static void
tear_down (Fixture *fixture, gconstpointer width)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* The first descendant of that type whose property has that value. */
static GtkWidget *
find (GtkWidget *widget, GType type, const char *property, const char *value)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *text = NULL;
      GtkWidget *found = NULL;

      if (g_type_is_a (G_OBJECT_TYPE (child), type))
        g_object_get (child, property, &text, NULL);
      found = g_strcmp0 (text, value) == 0 ? child : find (child, type, property, value);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_whole_in_view (GtkWidget *row)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (row, GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (row, viewport, &bounds));
  return bounds.origin.y > 0
         && bounds.origin.y + bounds.size.height < (float)gtk_widget_get_height (viewport);
}

/* A link to a field far below brings it into view with its label, not its edge alone. */
static void
test_reveal (Fixture *fixture, gconstpointer width)
{
  GtkWidget *row = find (fixture->sheet, MADANG_TYPE_FIELD_ROW, "field", "link_needs");

  g_assert_nonnull (row);
  g_assert_false (is_whole_in_view (row));
  g_assert_true (gtk_widget_grab_focus (row));
  run_until (is_whole_in_view (row));
  row = find (fixture->sheet, MADANG_TYPE_FIELD_ROW, "field", "dept_name");
  g_assert_true (gtk_widget_grab_focus (row));
  run_until (is_whole_in_view (row));
}

/* On a narrow window one half is pressed, however the pane was changed. */
static void
test_switch (Fixture *fixture, gconstpointer width)
{
  GtkWidget *form = find (fixture->sheet, GTK_TYPE_TOGGLE_BUTTON, "label", "Form");
  GtkWidget *paper = find (fixture->sheet, GTK_TYPE_TOGGLE_BUTTON, "label", "Paper");

  run_until (gtk_widget_get_mapped (form));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (form)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (paper), TRUE);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (form)));
  madang_application_sheet_focus_field (MADANG_APPLICATION_SHEET (fixture->sheet), "dept_name");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (form)));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (paper)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/client/sheet/reveal", Fixture, GINT_TO_POINTER (1200), set_up, test_reveal,
              tear_down);
  g_test_add ("/client/sheet/switch", Fixture, GINT_TO_POINTER (400), set_up, test_switch,
              tear_down);
  return g_test_run ();
}
