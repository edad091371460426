/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-long-text.h"

#include <glib/gi18n.h>

#include "madang-text.h"

#include <string.h>

#define MOST_LINES 6
#define MOST_CHARACTERS 240 /* what MOST_LINES hold on a narrow card */

struct _MadangLongText
{
  GtkWidget parent_instance;

  char *subject; /* (owned) (nullable) */
  GtkWidget *box;
  GtkLabel *label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (MadangLongText, madang_long_text, GTK_TYPE_WIDGET)

static void
show_whole (MadangLongText *self, gboolean whole)
{
  const char *caption = whole ? _ ("Show Less") : _ ("Show All");
  g_autofree char *name = NULL;

  gtk_label_set_lines (self->label, whole ? -1 : MOST_LINES);
  gtk_label_set_ellipsize (self->label, whole ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_button_set_label (GTK_BUTTON (self->button), caption);
  /* Translators: what a text is of, then a button: “Goal: Show All” */
  name = g_strdup_printf (_ ("%s: %s"), self->subject != NULL ? self->subject : "", caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
button_clicked_cb (MadangLongText *self)
{
  show_whole (self, gtk_label_get_ellipsize (self->label) != PANGO_ELLIPSIZE_NONE);
}

static gboolean
is_long (const char *text)
{
  guint lines = 1;

  for (const char *rest = strchr (text, '\n'); rest != NULL; rest = strchr (rest + 1, '\n'))
    lines++;
  return lines > MOST_LINES || madang_text_count (text) > MOST_CHARACTERS;
}

static void
madang_long_text_dispose (GObject *object)
{
  g_clear_pointer (&MADANG_LONG_TEXT (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (madang_long_text_parent_class)->dispose (object);
}

static void
madang_long_text_finalize (GObject *object)
{
  g_free (MADANG_LONG_TEXT (object)->subject);

  G_OBJECT_CLASS (madang_long_text_parent_class)->finalize (object);
}

static void
madang_long_text_class_init (MadangLongTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_long_text_dispose;
  G_OBJECT_CLASS (klass)->finalize = madang_long_text_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/widgets/madang-long-text.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangLongText, box);
  gtk_widget_class_bind_template_child (widget_class, MadangLongText, label);
  gtk_widget_class_bind_template_child (widget_class, MadangLongText, button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
madang_long_text_init (MadangLongText *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
madang_long_text_new (void)
{
  return g_object_new (MADANG_TYPE_LONG_TEXT, NULL);
}

void
madang_long_text_set_text (MadangLongText *self, const char *text, const char *subject)
{
  gboolean is_cut;

  g_return_if_fail (MADANG_IS_LONG_TEXT (self));
  g_return_if_fail (text != NULL);

  is_cut = is_long (text);
  g_free (self->subject);
  self->subject = g_strdup (subject);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (self->button, is_cut);
  show_whole (self, !is_cut);
}
