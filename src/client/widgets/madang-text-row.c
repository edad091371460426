/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-text-row.h"

#include "madang-clean-paste.h"
#include "madang-merge.h"

#include <math.h>

/* Beside the text while it can be edited; text to read stands in line with its label. */
#define MARGIN 9
#define WRITING_HEIGHT 74

struct _MadangTextRow
{
  MadangFieldRow parent_instance;

  GtkWidget *scroller;
  GtkTextView *view;
};

G_DEFINE_FINAL_TYPE (MadangTextRow, madang_text_row, MADANG_TYPE_FIELD_ROW)

static char *
madang_text_row_dup_text (MadangFieldRow *row)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (MADANG_TEXT_ROW (row)->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static char *
dup_clean_text (MadangTextRow *self)
{
  g_autofree char *text = madang_text_row_dup_text (MADANG_FIELD_ROW (self));

  return madang_text_clean (text, -1, MADANG_TEXT_BLOCK);
}

static void
update_count (MadangTextRow *self)
{
  g_autofree char *text = NULL;
  glong count = -1;

  if (madang_field_row_get_editable (MADANG_FIELD_ROW (self)))
    {
      text = dup_clean_text (self);
      count = madang_text_count (text);
    }
  madang_field_row_set_count (MADANG_FIELD_ROW (self), count);
}

static void
buffer_changed_cb (MadangTextRow *self)
{
  if (madang_field_row_get_declaration (MADANG_FIELD_ROW (self)) != NULL)
    update_count (self);
  /* Writing over a selection is first a deletion: the empty text between must not be saved. */
  madang_field_row_emit_edited_later (MADANG_FIELD_ROW (self));
}

static gboolean
can_scroll (GtkAdjustment *adjustment, double delta)
{
  const double value = gtk_adjustment_get_value (adjustment);

  if (delta < 0)
    return value > gtk_adjustment_get_lower (adjustment);
  return value < gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
}

/* As far as a scrolled window goes for one click of a wheel, or with the finger on a touchpad. */
static double
get_step (GtkAdjustment *adjustment, GdkScrollUnit unit)
{
  if (unit == GDK_SCROLL_UNIT_SURFACE)
    return 1;
  return pow (gtk_adjustment_get_page_size (adjustment), 2.0 / 3.0);
}

/* A wheel that rolls over the form must not get stuck in every text on its way: only a text that is
 * being written scrolls for itself, as far as it goes. */
static gboolean
scroll_cb (MadangTextRow *self, double dx, double dy, GtkEventControllerScroll *scroll)
{
  GtkScrolledWindow *inner = GTK_SCROLLED_WINDOW (self->scroller);
  GtkWidget *outer = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;

  if (outer == NULL
      || (gtk_widget_has_focus (GTK_WIDGET (self->view))
          && can_scroll (gtk_scrolled_window_get_vadjustment (inner), dy)))
    return FALSE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (outer));
  gtk_adjustment_set_value (
      adjustment, gtk_adjustment_get_value (adjustment)
                      + dy * get_step (adjustment, gtk_event_controller_scroll_get_unit (scroll)));
  return TRUE;
}

static void
pass_scrolling_on (MadangTextRow *self)
{
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->scroller, scroll);
}

static gboolean
madang_text_row_dup_value (MadangFieldRow *row, GVariant **value, char **problem)
{
  g_autofree char *text = dup_clean_text (MADANG_TEXT_ROW (row));

  *problem = NULL;
  *value = *text != '\0' ? g_variant_ref_sink (g_variant_new_string (text)) : NULL;
  return TRUE;
}

static void
madang_text_row_set_text (MadangFieldRow *row, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (MADANG_TEXT_ROW (row)->view);

  /* Undo goes back to what this person typed, not to another record. */
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
}

static void
madang_text_row_set_value (MadangFieldRow *row, GVariant *value)
{
  g_autofree char *shown = dup_clean_text (MADANG_TEXT_ROW (row));
  const char *text = value != NULL ? g_variant_get_string (value, NULL) : "";

  if (!g_str_equal (shown, text))
    madang_text_row_set_text (row, text);
}

static void
madang_text_row_set_editable (MadangFieldRow *row, gboolean editable)
{
  MadangTextRow *self = MADANG_TEXT_ROW (row);
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);

  gtk_text_view_set_editable (self->view, editable);
  gtk_text_view_set_left_margin (self->view, editable ? MARGIN : 0);
  gtk_text_view_set_right_margin (self->view, editable ? MARGIN : 0);
  gtk_scrolled_window_set_min_content_height (scroller, editable ? WRITING_HEIGHT : -1);
  /* To read, the text is as high as it is; to write, it scrolls in its place. */
  gtk_scrolled_window_set_policy (scroller, GTK_POLICY_NEVER,
                                  editable ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  if (madang_field_row_get_declaration (row) != NULL)
    update_count (self);
}

static void
madang_text_row_bound (MadangFieldRow *row, const MadangField *field)
{
  update_count (MADANG_TEXT_ROW (row));
}

static void
madang_text_row_class_init (MadangTextRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MadangFieldRowClass *row_class = MADANG_FIELD_ROW_CLASS (klass);

  row_class->bound = madang_text_row_bound;
  row_class->dup_value = madang_text_row_dup_value;
  row_class->set_value = madang_text_row_set_value;
  row_class->dup_text = madang_text_row_dup_text;
  row_class->set_text = madang_text_row_set_text;
  row_class->set_editable = madang_text_row_set_editable;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/widgets/madang-text-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangTextRow, scroller);
  gtk_widget_class_bind_template_child (widget_class, MadangTextRow, view);
}

static void
madang_text_row_init (MadangTextRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  madang_field_row_set_control (MADANG_FIELD_ROW (self), self->scroller, GTK_WIDGET (self->view));
  madang_clean_paste_install (GTK_WIDGET (self->view), MADANG_TEXT_BLOCK);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed",
                           G_CALLBACK (buffer_changed_cb), self, G_CONNECT_SWAPPED);
  pass_scrolling_on (self);
}
