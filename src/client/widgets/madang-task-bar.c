/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-task-bar.h"

#include <glib/gi18n.h>

#define PATIENCE 300 /* ms */

struct _MadangTaskBar
{
  AdwBin parent_instance;

  GCancellable *cancellable; /* (owned) (nullable): nothing is done */
  guint showing;             /* source; 0: shown already, or nothing to show */
  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *count;
  GtkProgressBar *progress;
};

G_DEFINE_FINAL_TYPE (MadangTaskBar, madang_task_bar, ADW_TYPE_BIN)

static gboolean
show_cb (gpointer data)
{
  MadangTaskBar *self = data;

  self->showing = 0;
  gtk_widget_set_visible (self->box, TRUE);
  return G_SOURCE_REMOVE;
}

static void
cancel_cb (MadangTaskBar *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
madang_task_bar_dispose (GObject *object)
{
  MadangTaskBar *self = MADANG_TASK_BAR (object);

  g_clear_handle_id (&self->showing, g_source_remove);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (madang_task_bar_parent_class)->dispose (object);
}

static void
madang_task_bar_class_init (MadangTaskBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_task_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/widgets/madang-task-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangTaskBar, box);
  gtk_widget_class_bind_template_child (widget_class, MadangTaskBar, title);
  gtk_widget_class_bind_template_child (widget_class, MadangTaskBar, count);
  gtk_widget_class_bind_template_child (widget_class, MadangTaskBar, progress);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
madang_task_bar_init (MadangTaskBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
madang_task_bar_begin (MadangTaskBar *self, const char *title, GCancellable *cancellable)
{
  g_return_if_fail (MADANG_IS_TASK_BAR (self));
  g_return_if_fail (self->cancellable == NULL);

  self->cancellable = g_object_ref (cancellable);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->count, "");
  gtk_progress_bar_set_fraction (self->progress, 0);
  self->showing = g_timeout_add (PATIENCE, show_cb, self);
}

gboolean
madang_task_bar_is_busy (MadangTaskBar *self)
{
  g_return_val_if_fail (MADANG_IS_TASK_BAR (self), FALSE);
  return self->cancellable != NULL;
}

void
madang_task_bar_set_progress (MadangTaskBar *self, guint n_done, guint n_total)
{
  /* Translators: how many of how many are done */
  g_autofree char *count = g_strdup_printf (_ ("%1$u of %2$u"), n_done, n_total);

  g_return_if_fail (MADANG_IS_TASK_BAR (self));
  gtk_label_set_label (self->count, count);
  gtk_progress_bar_set_fraction (self->progress, n_total > 0 ? (double)n_done / n_total : 0);
}

void
madang_task_bar_end (MadangTaskBar *self)
{
  g_return_if_fail (MADANG_IS_TASK_BAR (self));

  g_clear_handle_id (&self->showing, g_source_remove);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (self->box, FALSE);
}
