/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-keys-window.h"

#include <glib/gi18n.h>

#include "madang-areas.h"
#include "madang-command-table.h"

#define WIDTH 520
#define HEIGHT 680

/* A group while it is gathered. */
typedef struct
{
  GPtrArray *lines;
  const char *group;
} Gathering;

static void
free_line (MadangKeysLine *self)
{
  g_free (self->group);
  g_free (self->title);
  g_free (self->keys);
  g_free (self);
}

/* The same key of the number pad goes without saying. */
static char *
dup_keys (const char *const *keys)
{
  g_autoptr (GString) text = g_string_new (keys[0]);

  for (guint i = 1; keys[i] != NULL; i++)
    if (strstr (keys[i], "KP_") == NULL)
      g_string_append_printf (text, " %s", keys[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_line (Gathering *gathering, const char *title, const char *const *keys)
{
  MadangKeysLine *line = g_new0 (MadangKeysLine, 1);

  line->group = g_strdup (gathering->group);
  line->title = madang_command_dup_plain_label (title);
  line->keys = dup_keys (keys);
  g_ptr_array_add (gathering->lines, line);
}

static void
add_command_cb (const MadangCommand *command, gpointer user_data)
{
  const char *const *keys = madang_command_table_get_keys (command);
  const char *label = madang_command_table_get_label (command);

  if (keys != NULL && label != NULL)
    add_line (user_data, label, keys);
}

static void
add_commands (Gathering *gathering, const MadangCommand *commands)
{
  for (; commands->action != NULL; commands++)
    add_command_cb (commands, gathering);
}

static void
add_areas (Gathering *gathering, guint roles)
{
  guint number = 0;

  gathering->group = _ ("Areas");
  for (const MadangArea *area = madang_area_next (NULL, roles); area != NULL;
       area = madang_area_next (area, roles))
    {
      g_autofree char *key = madang_area_dup_key (++number);

      if (key != NULL)
        add_line (gathering, madang_area_get_title (area), (const char *[]){ key, NULL });
    }
}

static void
add_page (Gathering *gathering, GType type)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);
  const MadangPageHelp *help = MADANG_PAGE_CLASS (klass)->help;

  gathering->group = help != NULL ? _ (help->title) : "";
  for (const MadangPageKey *key = help != NULL ? help->keys : NULL; key != NULL && key->key != NULL;
       key++)
    add_line (gathering, _ (key->label), (const char *[]){ key->key, NULL });
  madang_command_table_each_of_page (MADANG_PAGE_CLASS (klass), NULL, add_command_cb, gathering);
}

GPtrArray *
madang_keys_list (guint roles)
{
  g_autoptr (GArray) types = madang_area_dup_page_types (roles);
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)free_line);
  Gathering gathering = { lines, _ ("Every Page") };

  add_commands (&gathering, madang_command_table_list_window ());
  add_commands (&gathering, madang_command_table_list_application ());
  for (const MadangCommand *command = madang_command_table_list_standard ();
       command->action != NULL; command++)
    /* An event is called after its kind; the page that has it says so. */
    if (command->kind == NULL)
      add_command_cb (command, &gathering);
  add_areas (&gathering, roles);
  for (guint i = 0; i < types->len; i++)
    add_page (&gathering, g_array_index (types, GType, i));
  return lines;
}

/* --- the window ---------------------------------------------------------------------------- */

static GtkWidget *
create_row (const MadangKeysLine *line)
{
  GtkWidget *row = adw_action_row_new ();
  g_auto (GStrv) keys = g_strsplit (line->keys, " ", -1);
  g_autofree char *key = madang_command_dup_keys_text ((const char *const *)keys);
  g_autofree char *name = g_strdup_printf ("%s, %s", line->title, key);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->title);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      GtkWidget *label = gtk_shortcut_label_new (keys[i]);

      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (group, escaped);
  adw_preferences_page_add (page, group);
  return group;
}

static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

/* GTK's own window of shortcuts has columns that a narrow screen cuts; this one has a single one. */
GtkWindow *
madang_keys_window_new (GtkWindow *parent, guint roles)
{
  g_autoptr (GPtrArray) lines = madang_keys_list (roles);
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = NULL;
  GtkWidget *window;
  const char *title = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const MadangKeysLine *line = lines->pdata[i];

      if (g_strcmp0 (title, line->group) != 0)
        group = add_group (page, line->group);
      title = line->group;
      adw_preferences_group_add (group, create_row (line));
    }
  window = gtk_window_new ();
  gtk_window_set_titlebar (GTK_WINDOW (window), gtk_header_bar_new ());
  gtk_window_set_title (GTK_WINDOW (window), _ ("All Keys"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window),
                               MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))),
                               MIN (HEIGHT, gtk_widget_get_height (GTK_WIDGET (parent))));
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  close_on_escape (window);
  return GTK_WINDOW (window);
}
