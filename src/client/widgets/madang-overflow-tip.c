/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-overflow-tip.h"

static gboolean
is_wider (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width > gtk_widget_get_width (widget);
}

/* (nullable): what does not fit. */
static const char *
get_cut_text (GtkWidget *widget)
{
  const char *text;

  if (GTK_IS_LABEL (widget))
    return pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)))
               ? gtk_label_get_text (GTK_LABEL (widget))
               : NULL;
  if (GTK_IS_INSCRIPTION (widget))
    {
      text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));
      return text != NULL && is_wider (widget, text) ? text : NULL;
    }
  text = gtk_editable_get_text (GTK_EDITABLE (widget));
  return is_wider (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (widget))), text) ? text
                                                                                         : NULL;
}

static gboolean
query_tooltip_cb (GtkWidget *widget,
                  int x,
                  int y,
                  gboolean keyboard_mode,
                  GtkTooltip *tooltip,
                  gpointer user_data)
{
  const char *text = get_cut_text (widget);

  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

void
madang_overflow_tip_install (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_LABEL (widget) || GTK_IS_INSCRIPTION (widget) || GTK_IS_ENTRY (widget));

  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
