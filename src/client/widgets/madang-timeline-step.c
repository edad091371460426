/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-timeline-step.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "madang-day.h"

#define PAD 6         /* pixels above and below */
#define GAP 12        /* between a label and what stands beside it */
#define BAR 14        /* height of the planned span */
#define ACTUAL 6      /* height of the actual span, which lies in it */
#define LEAST_WIDTH 3 /* of a bar: a single day stays to be seen */
#define TODAY 2       /* width of today's line */
#define MOST_LABEL 250
#define DIM 0.7f

struct _MadangTimelineStep
{
  GtkWidget parent_instance;

  char *id;    /* (owned) */
  char *title; /* (owned) */
  MadangTimelineSpan planned;
  MadangTimelineSpan actual;
  MadangTimelineScale scale;
};

/* The texts of a line, laid out for a width. */
typedef struct
{
  PangoLayout *title; /* (owned) */
  PangoLayout *days;  /* (owned) */
  int title_width;
  int title_height;
  int days_width;
  int days_height;
} Label;

static guint clicked_signal;

G_DEFINE_FINAL_TYPE (MadangTimelineStep, madang_timeline_step, GTK_TYPE_WIDGET)

float
madang_timeline_scale_get_x (const MadangTimelineScale *self, int day)
{
  const int days = self->days.last - self->days.first + 1;
  const int place = CLAMP (day - self->days.first, 0, MAX (days, 0));

  return self->left + self->width * (float)place / (float)MAX (days, 1);
}

int
madang_timeline_get_label_width (int width)
{
  return width >= MADANG_TIMELINE_WIDE ? MIN (MOST_LABEL, width * 2 / 5) : 0;
}

/* --- the label ------------------------------------------------------------------------------- */

/* "2. 24." */
static char *
dup_short_day (int number)
{
  g_autofree char *day = madang_day_from_number (number);
  g_autofree char *letter = madang_day_format_letter (day);
  const char *month = strchr (letter, ' ');

  return g_strdup (month != NULL ? month + 1 : letter);
}

static char *
dup_days (const MadangTimelineSpan *span)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (span->first == 0 || span->last == 0)
    return g_strdup ("");
  first = dup_short_day (span->first);
  last = dup_short_day (span->last);
  return span->first == span->last ? g_steal_pointer (&first)
                                   /* Translators: first and last day of a span of time */
                                   : g_strdup_printf (_ ("%s – %s"), first, last);
}

static void
make_label (MadangTimelineStep *self, int width, Label *label)
{
  const int beside = madang_timeline_get_label_width (width);
  const int room = beside > 0 ? beside - GAP : width;
  g_autofree char *days = dup_days (&self->planned);
  PangoAttrList *small = pango_attr_list_new ();

  pango_attr_list_insert (small, pango_attr_scale_new (PANGO_SCALE_SMALL));
  label->title = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->title);
  pango_layout_set_wrap (label->title, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (label->title, MAX (room, 1) * PANGO_SCALE);
  pango_layout_get_pixel_size (label->title, &label->title_width, &label->title_height);
  label->days = gtk_widget_create_pango_layout (GTK_WIDGET (self), days);
  pango_layout_set_attributes (label->days, small);
  pango_layout_get_pixel_size (label->days, &label->days_width, &label->days_height);
  pango_attr_list_unref (small);
}

static void
clear_label (Label *label)
{
  g_clear_object (&label->title);
  g_clear_object (&label->days);
}

/* Above the bar both stand on one line where they fit. */
static gboolean
is_one_line (const Label *label, int width)
{
  return madang_timeline_get_label_width (width) == 0
         && label->title_width + GAP + label->days_width <= width;
}

static int
get_label_height (const Label *label, int width)
{
  return is_one_line (label, width) ? MAX (label->title_height, label->days_height)
                                    : label->title_height + label->days_height;
}

static void
madang_timeline_step_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  const int width = for_size > 0 ? for_size : MADANG_TIMELINE_WIDE;
  Label label;
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 200;
      *natural = MADANG_TIMELINE_WIDE;
      return;
    }
  make_label (MADANG_TIMELINE_STEP (widget), width, &label);
  height = get_label_height (&label, width);
  if (madang_timeline_get_label_width (width) == 0)
    height += BAR + 2;
  clear_label (&label);
  *minimum = *natural = MAX (height, BAR) + 2 * PAD;
}

static GtkSizeRequestMode
madang_timeline_step_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void
get_colour (GtkWidget *widget, const char *name, GdkRGBA *colour)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, colour))
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), colour);
}

static void
append_layout (GtkSnapshot *snapshot, PangoLayout *layout, float x, float y, const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

/* Returns where the bar's middle is. */
static float
append_label (MadangTimelineStep *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  const gboolean beside = madang_timeline_get_label_width (width) > 0;
  const gboolean high = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GdkRGBA colour, dim;
  float top = PAD, middle = (float)height / 2;
  Label label;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  dim = colour;
  dim.alpha *= high ? 1 : DIM;
  make_label (self, width, &label);
  if (beside)
    top = (float)(height - label.title_height - label.days_height) / 2;
  else
    middle = (float)height - PAD - (float)BAR / 2;
  append_layout (snapshot, label.title, 0, top, &colour);
  if (is_one_line (&label, width))
    append_layout (snapshot, label.days, (float)(width - label.days_width),
                   top + (float)(label.title_height - label.days_height) / 2, &dim);
  else
    append_layout (snapshot, label.days, 0, top + (float)label.title_height, &dim);
  clear_label (&label);
  return middle;
}

static void
init_bar (MadangTimelineStep *self,
          const MadangTimelineSpan *span,
          float middle,
          float height,
          GskRoundedRect *bar)
{
  const float left = madang_timeline_scale_get_x (&self->scale, span->first);
  const float right = madang_timeline_scale_get_x (&self->scale, span->last + 1);

  gsk_rounded_rect_init_from_rect (
      bar, &GRAPHENE_RECT_INIT (left, middle - height / 2, MAX (right - left, LEAST_WIDTH), height),
      height / 3);
}

/* The planned span is an outline with a faint fill: what was only planned has not happened. */
static void
append_planned (MadangTimelineStep *self, GtkSnapshot *snapshot, float middle)
{
  GdkRGBA edge, fill;
  GskRoundedRect bar;

  if (self->planned.first == 0 || self->planned.last == 0)
    return;
  init_bar (self, &self->planned, middle, BAR, &bar);
  get_colour (GTK_WIDGET (self), "accent_color", &edge);
  fill = edge;
  fill.alpha = 0.25f;
  gtk_snapshot_push_rounded_clip (snapshot, &bar);
  gtk_snapshot_append_color (snapshot, &fill, &bar.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &bar, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
}

/* One that has begun and not ended goes on until today. */
static void
append_actual (MadangTimelineStep *self, GtkSnapshot *snapshot, float middle)
{
  MadangTimelineSpan span = self->actual;
  GskRoundedRect bar;
  GdkRGBA colour;

  if (span.first == 0)
    return;
  if (span.last == 0)
    span.last = MAX (self->scale.today, span.first);
  init_bar (self, &span, middle, ACTUAL, &bar);
  get_colour (GTK_WIDGET (self), "accent_color", &colour);
  gtk_snapshot_push_rounded_clip (snapshot, &bar);
  gtk_snapshot_append_color (snapshot, &colour, &bar.bounds);
  gtk_snapshot_pop (snapshot);
}

/* Through the bar alone: above it stands the label. */
static void
append_today (MadangTimelineStep *self, GtkSnapshot *snapshot, float middle)
{
  const MadangTimelineScale *scale = &self->scale;
  GdkRGBA colour;

  if (scale->left > 0 || scale->today < scale->days.first || scale->today > scale->days.last)
    return;
  get_colour (GTK_WIDGET (self), "error_color", &colour);
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (madang_timeline_scale_get_x (scale, scale->today),
                                                  middle - (float)BAR / 2 - 2, TODAY,
                                                  (float)BAR + 4));
}

static void
append_focus (MadangTimelineStep *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GskRoundedRect frame;
  GdkRGBA colour;

  get_colour (widget, "accent_color", &colour);
  gsk_rounded_rect_init_from_rect (&frame,
                                   &GRAPHENE_RECT_INIT (-4, 0,
                                                        (float)gtk_widget_get_width (widget) + 8,
                                                        (float)gtk_widget_get_height (widget)),
                                   6);
  gtk_snapshot_append_border (snapshot, &frame, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ colour, colour, colour, colour });
}

static void
madang_timeline_step_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MadangTimelineStep *self = MADANG_TIMELINE_STEP (widget);
  const float middle = append_label (self, snapshot);

  append_planned (self, snapshot, middle);
  append_actual (self, snapshot, middle);
  append_today (self, snapshot, middle);
  if (gtk_widget_has_visible_focus (widget))
    append_focus (self, snapshot);
}

/* --- acting ---------------------------------------------------------------------------------- */

static void
released_cb (MadangTimelineStep *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, clicked_signal, 0);
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  g_signal_emit (widget, clicked_signal, 0);
  return TRUE;
}

static void
madang_timeline_step_finalize (GObject *object)
{
  g_free (MADANG_TIMELINE_STEP (object)->id);
  g_free (MADANG_TIMELINE_STEP (object)->title);

  G_OBJECT_CLASS (madang_timeline_step_parent_class)->finalize (object);
}

static void
madang_timeline_step_class_init (MadangTimelineStepClass *klass)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = madang_timeline_step_finalize;
  widget_class->measure = madang_timeline_step_measure;
  widget_class->get_request_mode = madang_timeline_step_get_request_mode;
  widget_class->snapshot = madang_timeline_step_snapshot;
  clicked_signal = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i], 0, activate_cb, NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
madang_timeline_step_init (MadangTimelineStep *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
madang_timeline_step_new (const char *id, const char *title, const char *text)
{
  MadangTimelineStep *self;

  g_return_val_if_fail (id != NULL && title != NULL && text != NULL, NULL);

  self = g_object_new (MADANG_TYPE_TIMELINE_STEP, NULL);
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return GTK_WIDGET (self);
}

const char *
madang_timeline_step_get_id (MadangTimelineStep *self)
{
  g_return_val_if_fail (MADANG_IS_TIMELINE_STEP (self), NULL);
  return self->id;
}

void
madang_timeline_step_set_spans (MadangTimelineStep *self,
                                const MadangTimelineSpan *planned,
                                const MadangTimelineSpan *actual)
{
  g_return_if_fail (MADANG_IS_TIMELINE_STEP (self));
  g_return_if_fail (planned != NULL && actual != NULL);

  self->planned = *planned;
  self->actual = *actual;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const MadangTimelineSpan *
madang_timeline_step_get_planned (MadangTimelineStep *self)
{
  g_return_val_if_fail (MADANG_IS_TIMELINE_STEP (self), NULL);
  return &self->planned;
}

const MadangTimelineSpan *
madang_timeline_step_get_actual (MadangTimelineStep *self)
{
  g_return_val_if_fail (MADANG_IS_TIMELINE_STEP (self), NULL);
  return &self->actual;
}

void
madang_timeline_step_set_scale (MadangTimelineStep *self, const MadangTimelineScale *scale)
{
  g_return_if_fail (MADANG_IS_TIMELINE_STEP (self));
  g_return_if_fail (scale != NULL);

  self->scale = *scale;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
