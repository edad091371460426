/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-help-sheet.h"

#include <glib/gi18n.h>

#include "madang-command-table.h"

struct _MadangHelpSheet
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *scroller;
  AdwWindowTitle *title;
  GtkLabel *purpose;
  GtkWidget *steps_heading;
  GtkGrid *steps;
  GtkWidget *keys_heading;
  GtkGrid *keys;
};

G_DEFINE_FINAL_TYPE (MadangHelpSheet, madang_help_sheet, GTK_TYPE_WIDGET)

static GtkWidget *
create_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static int
count_rows (GtkGrid *grid)
{
  int n = 0;

  while (gtk_grid_get_child_at (grid, 0, n) != NULL)
    n++;
  return n;
}

static void
append_line (GtkGrid *grid, const char *lead, const char *css_class, const char *text)
{
  const int row = count_rows (grid);
  GtkWidget *start = create_label (lead);
  GtkWidget *label = create_label (text);

  gtk_label_set_wrap (GTK_LABEL (start), FALSE);
  gtk_widget_set_valign (start, GTK_ALIGN_START);
  gtk_widget_set_halign (start, GTK_ALIGN_START);
  gtk_widget_add_css_class (start, css_class);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_grid_attach (grid, start, 0, row, 1, 1);
  gtk_grid_attach (grid, label, 1, row, 1, 1);
}

static void
append_key (GtkGrid *grid, const char *key, const char *text)
{
  g_autofree char *label = madang_command_dup_keys_text ((const char *[]){ key, NULL });

  append_line (grid, label, "help-key", text);
}

static void
append_command_cb (const MadangCommand *command, gpointer user_data)
{
  MadangHelpSheet *self = user_data;
  const char *const *keys = madang_command_table_get_keys (command);
  const char *label = madang_command_table_get_label (command);
  g_autofree char *plain = label != NULL ? madang_command_dup_plain_label (label) : NULL;

  if (keys != NULL && plain != NULL)
    append_key (self->keys, keys[0], plain);
}

static void
fill_steps (MadangHelpSheet *self, const MadangPageHelp *help)
{
  clear_grid (self->steps);
  for (guint i = 0; help != NULL && help->steps != NULL && help->steps[i] != NULL; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u.", i + 1);

      append_line (self->steps, number, "dim-label", _ (help->steps[i]));
    }
  gtk_widget_set_visible (self->steps_heading, count_rows (self->steps) > 0);
}

static void
fill_keys (MadangHelpSheet *self, MadangPage *page, const MadangPageHelp *help)
{
  clear_grid (self->keys);
  for (const MadangPageKey *key = help != NULL ? help->keys : NULL; key != NULL && key->key != NULL;
       key++)
    append_key (self->keys, key->key, _ (key->label));
  madang_command_table_each_of_page (MADANG_PAGE_GET_CLASS (page),
                                     G_ACTION_GROUP (madang_page_get_actions (page)),
                                     append_command_cb, self);
  gtk_widget_set_visible (self->keys_heading, count_rows (self->keys) > 0);
}

static gboolean
madang_help_sheet_grab_focus (GtkWidget *widget)
{
  /* So that the arrow keys turn the pages of it. */
  return gtk_widget_grab_focus (MADANG_HELP_SHEET (widget)->scroller);
}

static void
madang_help_sheet_dispose (GObject *object)
{
  g_clear_pointer (&MADANG_HELP_SHEET (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (madang_help_sheet_parent_class)->dispose (object);
}

static void
madang_help_sheet_class_init (MadangHelpSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_help_sheet_dispose;
  widget_class->grab_focus = madang_help_sheet_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-help-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangHelpSheet, box);
  gtk_widget_class_bind_template_child (widget_class, MadangHelpSheet, scroller);
  gtk_widget_class_bind_template_child (widget_class, MadangHelpSheet, title);
  gtk_widget_class_bind_template_child (widget_class, MadangHelpSheet, purpose);
  gtk_widget_class_bind_template_child (widget_class, MadangHelpSheet, steps_heading);
  gtk_widget_class_bind_template_child (widget_class, MadangHelpSheet, steps);
  gtk_widget_class_bind_template_child (widget_class, MadangHelpSheet, keys_heading);
  gtk_widget_class_bind_template_child (widget_class, MadangHelpSheet, keys);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_help_sheet_init (MadangHelpSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
madang_help_sheet_set_page (MadangHelpSheet *self, MadangPage *page)
{
  const MadangPageHelp *help;

  g_return_if_fail (MADANG_IS_HELP_SHEET (self));
  g_return_if_fail (MADANG_IS_PAGE (page));

  help = MADANG_PAGE_GET_CLASS (page)->help;
  adw_window_title_set_subtitle (self->title, help != NULL ? _ (help->title) : "");
  gtk_label_set_label (self->purpose, help != NULL ? _ (help->purpose) : "");
  fill_steps (self, help);
  fill_keys (self, page, help);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}
