/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-keys-window.h"

#include <glib/gi18n.h>

#include "madang-areas.h"
#include "madang-command-table.h"

#define MOST_IN_COLUMN 16 /* lines of the window, headings included */

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

/* GTK 4.8 has no function that puts the parts of such a window together but the one for builders. */
static void
add_part (GtkBuilder *builder, gpointer whole, gpointer part)
{
  GTK_BUILDABLE_GET_IFACE (whole)->add_child (whole, builder, part, NULL);
}

static GtkWidget *
add_group (GtkBuilder *builder, gpointer section, const char *title)
{
  GtkWidget *group = g_object_new (GTK_TYPE_SHORTCUTS_GROUP, "title", title, NULL);

  add_part (builder, section, group);
  return group;
}

GtkWindow *
madang_keys_window_new (GtkWindow *parent, guint roles)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GPtrArray) lines = madang_keys_list (roles);
  GtkWindow *window = g_object_new (GTK_TYPE_SHORTCUTS_WINDOW, "transient-for", parent, "modal",
                                    TRUE, "section-name", "keys", NULL);
  GtkWidget *section = g_object_new (GTK_TYPE_SHORTCUTS_SECTION, "section-name", "keys",
                                     "max-height", MOST_IN_COLUMN, NULL);
  const char *title = NULL;
  GtkWidget *group = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const MadangKeysLine *line = lines->pdata[i];

      if (g_strcmp0 (title, line->group) != 0)
        group = add_group (builder, section, line->group);
      title = line->group;
      add_part (builder, group,
                g_object_new (GTK_TYPE_SHORTCUTS_SHORTCUT, "title", line->title, "accelerator",
                              line->keys, NULL));
    }
  gtk_widget_set_visible (section, TRUE);
  add_part (builder, window, section);
  return window;
}
