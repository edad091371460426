/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-missing-list.h"

#include <glib/gi18n.h>

#include "madang-overflow-tip.h"
#include "madang-wrap-box.h"

#define FEW 5 /* links that stand there unfolded */

struct _MadangMissingList
{
  GtkWidget parent_instance;

  GPtrArray *fields; /* (owned) (element-type const MadangField) */
  gboolean unfolded;
  MadangWrapBox *links;
};

static guint picked_signal;

G_DEFINE_FINAL_TYPE (MadangMissingList, madang_missing_list, GTK_TYPE_WIDGET)

static void show_links (MadangMissingList *self);

static void
clicked_cb (GtkButton *button, MadangMissingList *self)
{
  const MadangField *field = g_object_get_data (G_OBJECT (button), "field");

  g_signal_emit (self, picked_signal, 0, field->name);
  if (!self->unfolded)
    return;
  self->unfolded = FALSE;
  show_links (self);
}

static void
unfold_cb (MadangMissingList *self)
{
  self->unfolded = TRUE;
  show_links (self);
  /* The button is gone; who came by keyboard goes on at the links. */
  gtk_widget_child_focus (GTK_WIDGET (self->links), GTK_DIR_TAB_FORWARD);
}

static void
append_heading (MadangMissingList *self)
{
  /* Translators: before links to the fields of a form that are still empty */
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u field is still empty:", "%u fields are still empty:", self->fields->len),
      self->fields->len);
  GtkWidget *heading = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "heading");
  madang_wrap_box_append (self->links, heading);
}

static void
append_link (MadangMissingList *self, const MadangField *field)
{
  GtkWidget *button = gtk_button_new_with_label (madang_field_get_label (field));
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  madang_overflow_tip_install (GTK_WIDGET (label));
  g_object_set_data (G_OBJECT (button), "field", (gpointer)field);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "link");
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  madang_wrap_box_append (self->links, button);
}

static void
append_unfold (MadangMissingList *self, guint n_folded)
{
  /* Translators: a button after links to fields; it shows the rest of them */
  g_autofree char *text = g_strdup_printf (ngettext ("%u More", "%u More", n_folded), n_folded);
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (unfold_cb), self, G_CONNECT_SWAPPED);
  madang_wrap_box_append (self->links, button);
}

static void
show_links (MadangMissingList *self)
{
  const guint n_fields = self->fields->len;
  const guint n_shown = self->unfolded || n_fields <= FEW ? n_fields : FEW - 1;

  madang_wrap_box_remove_all (self->links);
  append_heading (self);
  for (guint i = 0; i < n_shown; i++)
    append_link (self, self->fields->pdata[i]);
  if (n_shown < n_fields)
    append_unfold (self, n_fields - n_shown);
}

static gboolean
has_fields (MadangMissingList *self, GPtrArray *fields)
{
  return self->fields->len == fields->len
         && (fields->len == 0
             || memcmp (self->fields->pdata, fields->pdata, fields->len * sizeof (gpointer)) == 0);
}

static void
madang_missing_list_dispose (GObject *object)
{
  MadangMissingList *self = MADANG_MISSING_LIST (object);

  if (self->links != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->links));
  self->links = NULL;

  G_OBJECT_CLASS (madang_missing_list_parent_class)->dispose (object);
}

static void
madang_missing_list_finalize (GObject *object)
{
  g_ptr_array_unref (MADANG_MISSING_LIST (object)->fields);

  G_OBJECT_CLASS (madang_missing_list_parent_class)->finalize (object);
}

static void
madang_missing_list_class_init (MadangMissingListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_missing_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = madang_missing_list_finalize;

  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (MADANG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/widgets/madang-missing-list.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangMissingList, links);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_missing_list_init (MadangMissingList *self)
{
  self->fields = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
madang_missing_list_set_fields (MadangMissingList *self, GPtrArray *fields)
{
  g_return_if_fail (MADANG_IS_MISSING_LIST (self));

  /* Asked on every key; the links change rarely. */
  if (has_fields (self, fields))
    return;
  g_ptr_array_set_size (self->fields, 0);
  for (guint i = 0; i < fields->len; i++)
    g_ptr_array_add (self->fields, fields->pdata[i]);
  show_links (self);
  gtk_widget_set_visible (GTK_WIDGET (self), fields->len > 0);
}
