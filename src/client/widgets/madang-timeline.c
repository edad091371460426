/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-timeline.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "madang-day.h"

#define HEAD_GAP 4          /* pixels around the names of the months */
#define MARGIN 6            /* that the focus needs at the sides */
#define LINE 2              /* width of today's line */
#define MONTH_GAP 6         /* at least so much between the names of two months */
#define MOST_DAYS (2 * 366) /* on either side of the middle one of the days */

struct _MadangTimeline
{
  GtkWidget parent_instance;

  GPtrArray *steps;   /* (element-type MadangTimelineStep), children */
  GtkWidget *current; /* (nullable): the step that has the focus or had it last */
  MadangTimelineScale scale;
  int head; /* height of the line that names today and the months */
};

static guint picked_signal;

G_DEFINE_FINAL_TYPE (MadangTimeline, madang_timeline, GTK_TYPE_WIDGET)

/* --- size and place ------------------------------------------------------------------------- */

static PangoLayout *
create_small (MadangTimeline *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *small = pango_attr_list_new ();

  pango_attr_list_insert (small, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, small);
  pango_attr_list_unref (small);
  return layout;
}

/* Two lines: today, and below it the months. */
static int
get_head (MadangTimeline *self)
{
  g_autoptr (PangoLayout) layout = create_small (self, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return 2 * height + 3 * HEAD_GAP;
}

static void
madang_timeline_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  MadangTimeline *self = MADANG_TIMELINE (widget);
  int total = 0;

  for (guint i = 0; i < self->steps->len; i++)
    {
      const int size = for_size > 0 ? MAX (for_size - 2 * MARGIN, 1) : -1;
      int step, usual;

      gtk_widget_measure (self->steps->pdata[i], orientation, size, &step, &usual, NULL, NULL);
      total = orientation == GTK_ORIENTATION_VERTICAL ? total + usual : MAX (total, step);
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = get_head (self) + total;
  else
    {
      *minimum = total + 2 * MARGIN;
      *natural = MADANG_TIMELINE_WIDE + 2 * MARGIN;
    }
}

static GtkSizeRequestMode
madang_timeline_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
madang_timeline_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MadangTimeline *self = MADANG_TIMELINE (widget);
  const int inner = width - 2 * MARGIN;
  int top;

  self->head = get_head (self);
  self->scale.left = (float)madang_timeline_get_label_width (inner);
  self->scale.width = (float)inner - self->scale.left;
  top = self->head;
  for (guint i = 0; i < self->steps->len; i++)
    {
      GtkWidget *step = self->steps->pdata[i];
      int usual;

      gtk_widget_measure (step, GTK_ORIENTATION_VERTICAL, inner, NULL, &usual, NULL, NULL);
      madang_timeline_step_set_scale (MADANG_TIMELINE_STEP (step), &self->scale);
      gtk_widget_size_allocate (step, &(GtkAllocation){ MARGIN, top, inner, usual }, -1);
      top += usual;
    }
}

/* --- drawing -------------------------------------------------------------------------------- */

static int
compare_days (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

static void
collect (GArray *days, const MadangTimelineSpan *span)
{
  if (span->first != 0)
    g_array_append_val (days, span->first);
  if (span->last != 0)
    g_array_append_val (days, span->last);
}

/* In order. */
static GArray *
collect_days (MadangTimeline *self)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < self->steps->len; i++)
    {
      collect (days, madang_timeline_step_get_planned (self->steps->pdata[i]));
      collect (days, madang_timeline_step_get_actual (self->steps->pdata[i]));
    }
  g_array_sort (days, compare_days);
  return days;
}

static int
get_month_start (int day)
{
  g_autofree char *text = madang_day_from_number (day);

  memcpy (text + 8, "01", 2);
  return madang_day_get_number (text);
}

static int
get_month_length (int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32)day);
  return g_date_get_days_in_month (g_date_get_month (&date), g_date_get_year (&date));
}

/* From the first day of the first month to the last of the last. One day that is typed wrong, such
 * as the year 9999, must not press all others into a line: what lies far from the middle one of
 * the days ends at the edge. */
static void
update_days (MadangTimeline *self)
{
  g_autoptr (GArray) days = collect_days (self);
  MadangTimelineSpan *scale = &self->scale.days;
  int middle;

  scale->first = scale->last = 0;
  if (days->len == 0)
    return;
  middle = g_array_index (days, int, days->len / 2);
  for (guint i = 0; i < days->len; i++)
    {
      const int day = g_array_index (days, int, i);

      if (ABS (day - middle) > MOST_DAYS)
        continue;
      scale->first = scale->first == 0 ? day : scale->first;
      scale->last = day;
    }
  scale->first = get_month_start (scale->first);
  scale->last = get_month_start (scale->last);
  scale->last += get_month_length (scale->last) - 1;
}

static float
get_x (MadangTimeline *self, int day)
{
  return (float)MARGIN + madang_timeline_scale_get_x (&self->scale, day);
}

static void
append_text (GtkSnapshot *snapshot, PangoLayout *layout, float x, float y, const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

/* The name of a month that has no room is left out: the next one tells where it is. */
static void
append_months (MadangTimeline *self, GtkSnapshot *snapshot, const GdkRGBA *text)
{
  const int height = gtk_widget_get_height (GTK_WIDGET (self));
  const gboolean high = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GdkRGBA grid = *text;
  float taken = 0;

  grid.alpha *= high ? 0.6f : 0.15f;
  for (int day = self->scale.days.first; day <= self->scale.days.last;)
    {
      g_autofree char *name = madang_day_from_number (day);
      /* Translators: the name of a month over a timeline, by its number */
      g_autofree char *label = g_strdup_printf (_ ("M%d"), atoi (name + 5));
      g_autoptr (PangoLayout) layout = create_small (self, label);
      const float x = get_x (self, day);
      int width, tall;

      pango_layout_get_pixel_size (layout, &width, &tall);
      gtk_snapshot_append_color (snapshot, &grid,
                                 &GRAPHENE_RECT_INIT (x, (float)(tall + 2 * HEAD_GAP), 1,
                                                      (float)(height - tall - 2 * HEAD_GAP)));
      if (x >= taken)
        {
          append_text (snapshot, layout, x + 3, (float)(tall + 2 * HEAD_GAP), text);
          taken = x + (float)(width + MONTH_GAP);
        }
      day += get_month_length (day);
    }
}

static void
append_today (MadangTimeline *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *day = NULL;
  g_autofree char *letter = NULL;
  g_autofree char *label = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA colour;
  float x;
  int width, tall;

  if (self->scale.today < self->scale.days.first || self->scale.today > self->scale.days.last)
    return;
  day = madang_day_from_number (self->scale.today);
  letter = madang_day_format_letter (day);
  /* Translators: over the line of a timeline that stands for today; %s is the day */
  label = g_strdup_printf (_ ("Today %s"), strchr (letter, ' ') + 1);
  layout = create_small (self, label);
  pango_layout_get_pixel_size (layout, &width, &tall);
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "error_color",
                                       &colour))
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  x = get_x (self, self->scale.today);
  /* Between its name and the steps stand the names of the months, which it leaves readable; where
   * labels stand above the bars each step draws its own part. */
  if (self->scale.left > 0)
    gtk_snapshot_append_color (
        snapshot, &colour,
        &GRAPHENE_RECT_INIT (x, (float)self->head, LINE,
                             (float)(gtk_widget_get_height (widget) - self->head)));
  x = CLAMP (x - (float)width / 2, (float)MARGIN,
             (float)(gtk_widget_get_width (widget) - MARGIN - width));
  append_text (snapshot, layout, x, HEAD_GAP, &colour);
}

static void
madang_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MadangTimeline *self = MADANG_TIMELINE (widget);
  GdkRGBA text;

  if (self->scale.days.first != 0)
    {
      gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
      append_months (self, snapshot, &text);
    }
  GTK_WIDGET_CLASS (madang_timeline_parent_class)->snapshot (widget, snapshot);
  if (self->scale.days.first != 0)
    append_today (self, snapshot);
}

/* --- focus ---------------------------------------------------------------------------------- */

static gboolean
madang_timeline_focus (GtkWidget *widget, GtkDirectionType direction)
{
  MadangTimeline *self = MADANG_TIMELINE (widget);
  guint place;

  if (self->current == NULL)
    return FALSE;
  if (gtk_widget_get_focus_child (widget) == NULL)
    return gtk_widget_grab_focus (self->current);
  if (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN)
    return FALSE;
  if (!g_ptr_array_find (self->steps, self->current, &place))
    return FALSE;
  if (direction == GTK_DIR_UP && place > 0)
    return gtk_widget_grab_focus (self->steps->pdata[place - 1]);
  if (direction == GTK_DIR_DOWN && place + 1 < self->steps->len)
    return gtk_widget_grab_focus (self->steps->pdata[place + 1]);
  /* At either end one stays. */
  return TRUE;
}

static void
focus_entered_cb (GtkEventController *controller, MadangTimeline *self)
{
  self->current = gtk_event_controller_get_widget (controller);
  gtk_widget_queue_draw (self->current);
}

static void
clicked_cb (MadangTimeline *self, MadangTimelineStep *step)
{
  g_signal_emit (self, picked_signal, 0, madang_timeline_step_get_id (step));
}

static void
redraw (MadangTimeline *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    gtk_widget_queue_draw (self->steps->pdata[i]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
madang_timeline_dispose (GObject *object)
{
  madang_timeline_remove_all (MADANG_TIMELINE (object));

  G_OBJECT_CLASS (madang_timeline_parent_class)->dispose (object);
}

static void
madang_timeline_finalize (GObject *object)
{
  g_ptr_array_unref (MADANG_TIMELINE (object)->steps);

  G_OBJECT_CLASS (madang_timeline_parent_class)->finalize (object);
}

static void
madang_timeline_class_init (MadangTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_timeline_dispose;
  G_OBJECT_CLASS (klass)->finalize = madang_timeline_finalize;
  widget_class->measure = madang_timeline_measure;
  widget_class->get_request_mode = madang_timeline_get_request_mode;
  widget_class->size_allocate = madang_timeline_size_allocate;
  widget_class->snapshot = madang_timeline_snapshot;
  widget_class->focus = madang_timeline_focus;
  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_timeline_init (MadangTimeline *self)
{
  self->steps = g_ptr_array_new ();
  g_signal_connect_object (adw_style_manager_get_default (), "notify", G_CALLBACK (redraw), self,
                           G_CONNECT_SWAPPED);
}

void
madang_timeline_remove_all (MadangTimeline *self)
{
  g_return_if_fail (MADANG_IS_TIMELINE (self));

  self->current = NULL;
  for (guint i = 0; i < self->steps->len; i++)
    gtk_widget_unparent (self->steps->pdata[i]);
  g_ptr_array_set_size (self->steps, 0);
}

void
madang_timeline_add_step (MadangTimeline *self,
                          const char *id,
                          const char *const *title_and_text,
                          const MadangTimelineSpan *planned,
                          const MadangTimelineSpan *actual)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *step;

  g_return_if_fail (MADANG_IS_TIMELINE (self));
  g_return_if_fail (title_and_text != NULL);

  step = madang_timeline_step_new (id, title_and_text[0], title_and_text[1]);
  madang_timeline_step_set_spans (MADANG_TIMELINE_STEP (step), planned, actual);
  g_signal_connect_object (focus, "enter", G_CALLBACK (focus_entered_cb), self, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), step,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (step, focus);
  g_signal_connect_object (step, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (step, GTK_WIDGET (self));
  g_ptr_array_add (self->steps, step);
  if (self->current == NULL)
    self->current = step;
  update_days (self);
}

void
madang_timeline_set_today (MadangTimeline *self, int day)
{
  g_return_if_fail (MADANG_IS_TIMELINE (self));

  if (self->scale.today == day)
    return;
  self->scale.today = day;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
