/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sync-indicator.h"

#include "madang-overflow-tip.h"
#include "madang-sync-popover.h"
#include "madang-sync-text.h"

struct _MadangSyncIndicator
{
  GtkWidget parent_instance;

  MadangSync *sync; /* (owned) (nullable) */
  GtkWidget *button;
  MadangSyncPopover *popover;
  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (MadangSyncIndicator, madang_sync_indicator, GTK_TYPE_WIDGET)

static void
update (MadangSyncIndicator *self)
{
  g_autofree char *text = NULL;
  g_autofree char *long_text = NULL;

  if (self->sync == NULL)
    return;
  text = madang_sync_dup_short_text (self->sync);
  long_text = madang_sync_dup_long_text (self->sync);
  gtk_image_set_from_icon_name (self->icon, madang_sync_get_icon_name (self->sync));
  gtk_label_set_label (self->label, text);
  gtk_widget_set_tooltip_text (self->button, long_text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, long_text, -1);
}

static void
madang_sync_indicator_dispose (GObject *object)
{
  MadangSyncIndicator *self = MADANG_SYNC_INDICATOR (object);

  if (self->button != NULL)
    madang_sync_indicator_set_sync (self, NULL);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (madang_sync_indicator_parent_class)->dispose (object);
}

static void
madang_sync_indicator_class_init (MadangSyncIndicatorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_sync_indicator_dispose;

  g_type_ensure (MADANG_TYPE_SYNC_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-sync-indicator.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangSyncIndicator, button);
  gtk_widget_class_bind_template_child (widget_class, MadangSyncIndicator, popover);
  gtk_widget_class_bind_template_child (widget_class, MadangSyncIndicator, icon);
  gtk_widget_class_bind_template_child (widget_class, MadangSyncIndicator, label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_sync_indicator_init (MadangSyncIndicator *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A menu button centres its child; a line of the sidebar begins at its start. */
  gtk_widget_set_halign (gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (self->label))),
                         GTK_ALIGN_FILL);
  madang_overflow_tip_install (GTK_WIDGET (self->label));
}

void
madang_sync_indicator_set_sync (MadangSyncIndicator *self, MadangSync *sync)
{
  g_return_if_fail (MADANG_IS_SYNC_INDICATOR (self));

  if (self->sync == sync)
    return;
  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_set_object (&self->sync, sync);
  madang_sync_popover_set_sync (self->popover, sync);
  if (sync != NULL)
    g_signal_connect_object (sync, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
madang_sync_indicator_popup (MadangSyncIndicator *self)
{
  g_return_if_fail (MADANG_IS_SYNC_INDICATOR (self));
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
