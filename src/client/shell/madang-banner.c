/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-banner.h"

#include "madang-width-first-layout.h"

struct _MadangBanner
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (MadangBanner, madang_banner, GTK_TYPE_WIDGET)

static void
madang_banner_dispose (GObject *object)
{
  g_clear_pointer (&MADANG_BANNER (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (madang_banner_parent_class)->dispose (object);
}

static void
madang_banner_class_init (MadangBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_banner_dispose;

  g_type_ensure (MADANG_TYPE_WIDTH_FIRST_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangBanner, box);
  gtk_widget_class_bind_template_child (widget_class, MadangBanner, label);
  gtk_widget_class_bind_template_child (widget_class, MadangBanner, button);
  gtk_widget_class_set_layout_manager_type (widget_class, MADANG_TYPE_WIDTH_FIRST_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "madangbanner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_banner_init (MadangBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
madang_banner_show (MadangBanner *self,
                    const char *title,
                    const char *button_label,
                    const char *action_name)
{
  g_return_if_fail (MADANG_IS_BANNER (self));

  gtk_widget_set_visible (self->box, title != NULL);
  if (title == NULL)
    return;
  /* The same words again would make a screen reader repeat them. */
  if (!g_str_equal (gtk_label_get_label (self->label), title))
    gtk_label_set_label (self->label, title);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
  gtk_button_set_label (self->button, button_label != NULL ? button_label : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
}
