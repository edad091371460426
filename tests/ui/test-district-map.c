/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "madang-district-map.h"
#include "madang-district-outline.h"
#include "madang-district-patch.h"
#include "main-loop.h"

#define N_DISTRICTS 25

static const MadangDistrictOutline *
find_outline (const char *name)
{
  guint n_outlines;
  const MadangDistrictOutline *outlines = madang_district_outline_list (&n_outlines);

  for (guint i = 0; i < n_outlines; i++)
    if (g_str_equal (outlines[i].name, name))
      return &outlines[i];
  g_assert_not_reached ();
}

/* Facts about the districts that do not come from the file's own making. */
static void
test_outlines (void)
{
  guint n_outlines;
  const MadangDistrictOutline *outlines = madang_district_outline_list (&n_outlines);
  float bottom = 0;

  g_assert_cmpuint (n_outlines, ==, N_DISTRICTS);
  for (guint i = 0; i < n_outlines; i++)
    {
      const graphene_rect_t *bounds = &outlines[i].bounds;

      g_assert_true (madang_district_outline_contains (&outlines[i], outlines[i].label.x,
                                                       outlines[i].label.y));
      for (guint j = 0; j < n_outlines; j++)
        g_assert_true (i == j
                       || !madang_district_outline_contains (&outlines[j], outlines[i].label.x,
                                                             outlines[i].label.y));
      g_assert_cmpfloat (bounds->origin.x, >=, -0.0001f);
      g_assert_cmpfloat (bounds->origin.x + bounds->size.width, <=, 1.0001f);
      bottom = MAX (bottom, bounds->origin.y + bounds->size.height);
    }
  g_assert_cmpfloat_with_epsilon (bottom, MADANG_DISTRICT_MAP_HEIGHT, 0.001f);
  /* Gangseo lies west of Gangdong, Dobong north of Seocho. */
  g_assert_cmpfloat (find_outline ("강서구")->label.x, <, find_outline ("강동구")->label.x);
  g_assert_cmpfloat (find_outline ("도봉구")->label.y, <, find_outline ("서초구")->label.y);
}

/* Every district can be reached from every other by the arrow keys. */
static void
test_reach (void)
{
  static const int ways[][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  g_autoptr (GQueue) waiting = g_queue_new ();
  guint n_outlines;
  const MadangDistrictOutline *outlines = madang_district_outline_list (&n_outlines);

  for (guint start = 0; start < n_outlines; start++)
    {
      g_hash_table_remove_all (reached);
      g_hash_table_add (reached, (gpointer)&outlines[start]);
      g_queue_push_tail (waiting, (gpointer)&outlines[start]);
      while (!g_queue_is_empty (waiting))
        {
          const MadangDistrictOutline *at = g_queue_pop_head (waiting);

          for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
            {
              const MadangDistrictOutline *next
                  = madang_district_outline_find_next (at, ways[i][0], ways[i][1]);

              if (next != NULL && g_hash_table_add (reached, (gpointer)next))
                g_queue_push_tail (waiting, (gpointer)next);
            }
        }
      g_assert_cmpuint (g_hash_table_size (reached), ==, N_DISTRICTS);
    }
}

static MadangDistrictPatch *
get_focused (GtkWidget *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return MADANG_IS_DISTRICT_PATCH (focus) ? MADANG_DISTRICT_PATCH (focus) : NULL;
}

static const char *
get_focused_name (GtkWidget *window)
{
  return get_focused (window) != NULL
             ? madang_district_patch_get_outline (get_focused (window))->name
             : "";
}

/* Tab takes one to the map and out of it; arrows move within and stop at the edge of the city. */
static void
test_keys (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *map = g_object_new (MADANG_TYPE_DISTRICT_MAP, "vexpand", TRUE, NULL);
  GtkWidget *button = gtk_button_new_with_label ("after");

  gtk_box_append (GTK_BOX (box), map);
  gtk_box_append (GTK_BOX (box), button);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 600);
  gtk_window_present (GTK_WINDOW (window));
  run_until (gtk_widget_get_height (map) > 0);

  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (gtk_widget_child_focus (map, GTK_DIR_TAB_FORWARD));
  g_assert_cmpstr (get_focused_name (window), ==, "종로구");
  gtk_widget_child_focus (map, GTK_DIR_LEFT);
  g_assert_cmpstr (get_focused_name (window), ==, "은평구");
  gtk_widget_child_focus (map, GTK_DIR_RIGHT);
  g_assert_cmpstr (get_focused_name (window), ==, "종로구");
  for (guint i = 0; i < N_DISTRICTS; i++)
    g_assert_true (gtk_widget_child_focus (map, GTK_DIR_DOWN));
  g_assert_cmpfloat (madang_district_patch_get_outline (get_focused (window))->label.y, >, 0.6f);
  g_assert_false (gtk_widget_child_focus (map, GTK_DIR_TAB_FORWARD));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
note_cb (MadangDistrictMap *map, const char *code, char **picked)
{
  g_free (*picked);
  *picked = g_strdup (code);
}

/* A click finds the district by its outline, not by the box around it. */
static void
test_pick (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *map = g_object_new (MADANG_TYPE_DISTRICT_MAP, NULL);
  g_autofree char *picked = NULL;
  GtkWidget *patch;
  guint n_outlines;
  const MadangDistrictOutline *outlines = madang_district_outline_list (&n_outlines);

  gtk_window_set_child (GTK_WINDOW (window), map);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 500);
  gtk_window_present (GTK_WINDOW (window));
  run_until (gtk_widget_get_height (map) > 0);
  g_signal_connect (map, "picked", G_CALLBACK (note_cb), &picked);
  for (guint i = 0; i < n_outlines; i++)
    {
      const int width = gtk_widget_get_width (map);
      const int height = gtk_widget_get_height (map);
      const float scale
          = MIN ((float)(width - 8), (float)(height - 8) / MADANG_DISTRICT_MAP_HEIGHT);

      patch = gtk_widget_pick (map,
                               (double)(((float)width - scale) / 2 + outlines[i].label.x * scale),
                               (double)(((float)height - scale * MADANG_DISTRICT_MAP_HEIGHT) / 2
                                        + outlines[i].label.y * scale),
                               GTK_PICK_DEFAULT);
      g_assert_true (MADANG_IS_DISTRICT_PATCH (patch));
      g_signal_emit_by_name (patch, "clicked");
      g_assert_cmpstr (picked, ==, outlines[i].code);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/district-map/outlines", test_outlines);
  g_test_add_func ("/district-map/reach", test_reach);
  g_test_add_func ("/district-map/keys", test_keys);
  g_test_add_func ("/district-map/pick", test_pick);

  return g_test_run ();
}
