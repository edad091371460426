/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-paper-view.h"

#include <math.h>

#include "madang-document-layout.h"

#define MARGIN 12     /* pixels around a page */
#define MAX_SCALE 1.6 /* a paper across a whole wide screen is hard to read */
#define DESCRIBE_AFTER 700

struct _MadangPaperView
{
  GtkWidget parent_instance;

  MadangDocumentLayout *layout; /* (owned) */
  char *highlight;              /* (owned) (nullable) */
  GtkAdjustment *adjustment;    /* (owned) (nullable): by which it is scrolled */
  guint first_drawn;            /* pages */
  guint last_drawn;
  guint describe_timer;
};

static guint picked_signal;

G_DEFINE_FINAL_TYPE (MadangPaperView, madang_paper_view, GTK_TYPE_WIDGET)

typedef struct
{
  double scale; /* pixels a point */
  double left;
  double width;
  double height; /* of a page */
} Place;

static gboolean
has_document (MadangPaperView *self)
{
  return madang_document_layout_get_document (self->layout) != NULL;
}

static void
measure_place (MadangPaperView *self, int width, Place *place)
{
  double page_width, page_height;

  madang_document_layout_get_page_size (self->layout, &page_width, &page_height);
  place->scale = CLAMP ((width - 2 * MARGIN) / page_width, 0.1, MAX_SCALE);
  place->width = page_width * place->scale;
  place->height = page_height * place->scale;
  place->left = floor (MAX (MARGIN, (width - place->width) / 2));
}

static double
get_top (const Place *place, guint page)
{
  return MARGIN + page * (place->height + MARGIN);
}

static int
measure_height (MadangPaperView *self, int width)
{
  Place place;

  measure_place (self, width, &place);
  return (int)ceil (get_top (&place, madang_document_layout_get_n_pages (self->layout)));
}

/* Where the highlighted field stands, in widget coordinates. */
static gboolean
find_highlight (MadangPaperView *self, graphene_rect_t *rect, guint *page)
{
  double x, y, width, height;
  Place place;

  if (self->highlight == NULL || !has_document (self)
      || !madang_document_layout_find (self->layout, self->highlight, page, &x, &y, &width,
                                       &height))
    return FALSE;
  measure_place (self, gtk_widget_get_width (GTK_WIDGET (self)), &place);
  graphene_rect_init (rect, place.left + x * place.scale, get_top (&place, *page) + y * place.scale,
                      width * place.scale, height * place.scale);
  return TRUE;
}

static void
scroll_to_highlight (MadangPaperView *self)
{
  graphene_rect_t rect;
  guint page;

  if (self->adjustment == NULL || gtk_widget_get_width (GTK_WIDGET (self)) == 0
      || !find_highlight (self, &rect, &page))
    return;
  gtk_adjustment_clamp_page (self->adjustment, rect.origin.y - 3 * MARGIN,
                             rect.origin.y + rect.size.height + 3 * MARGIN);
}

/* The pages in view; all of them where nothing scrolls. */
static void
find_visible_pages (MadangPaperView *self, const Place *place, guint *first, guint *last)
{
  const guint n_pages = madang_document_layout_get_n_pages (self->layout);
  const double step = place->height + MARGIN;
  double top, bottom;

  *first = 0;
  *last = MAX (n_pages, 1) - 1;
  if (self->adjustment == NULL)
    return;
  top = gtk_adjustment_get_value (self->adjustment);
  bottom = top + gtk_adjustment_get_page_size (self->adjustment);
  *first = MIN (*last, (guint)MAX (0, (top - MARGIN) / step));
  *last = MIN (*last, (guint)MAX (0, (bottom - MARGIN) / step));
}

static void
scrolled_cb (MadangPaperView *self)
{
  guint first, last;
  Place place;

  if (!has_document (self))
    return;
  measure_place (self, gtk_widget_get_width (GTK_WIDGET (self)), &place);
  find_visible_pages (self, &place, &first, &last);
  if (first < self->first_drawn || last > self->last_drawn)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
let_go_of_adjustment (MadangPaperView *self)
{
  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_object (&self->adjustment);
}

static void
madang_paper_view_root (GtkWidget *widget)
{
  MadangPaperView *self = MADANG_PAPER_VIEW (widget);
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  GTK_WIDGET_CLASS (madang_paper_view_parent_class)->root (widget);

  if (scroller == NULL)
    return;
  self->adjustment
      = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
madang_paper_view_unroot (GtkWidget *widget)
{
  let_go_of_adjustment (MADANG_PAPER_VIEW (widget));

  GTK_WIDGET_CLASS (madang_paper_view_parent_class)->unroot (widget);
}

/* The text of the paper is its description for those who do not see it. */
static gboolean
describe_cb (gpointer user_data)
{
  MadangPaperView *self = user_data;
  g_autoptr (GString) text = g_string_new (NULL);

  self->describe_timer = 0;
  for (guint i = 0; i < madang_document_layout_get_n_pages (self->layout); i++)
    {
      g_autofree char *page = madang_document_layout_dup_text (self->layout, i);

      g_string_append (text, page);
      g_string_append_c (text, '\n');
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->str, -1);
  return G_SOURCE_REMOVE;
}

static void
released_cb (MadangPaperView *self, int n_press, double x, double y)
{
  Place place;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!has_document (self))
    return;
  measure_place (self, gtk_widget_get_width (GTK_WIDGET (self)), &place);
  for (guint i = 0; i < madang_document_layout_get_n_pages (self->layout); i++)
    {
      const double page_x = (x - place.left) / place.scale;
      const double page_y = (y - get_top (&place, i)) / place.scale;
      const char *field = madang_document_layout_pick (self->layout, i, page_x, page_y);

      if (y < get_top (&place, i) || y > get_top (&place, i) + place.height || field == NULL)
        continue;
      g_signal_emit (self, picked_signal, 0, field);
      return;
    }
}

static void
snapshot_page (MadangPaperView *self, GtkSnapshot *snapshot, const Place *place, guint page)
{
  const graphene_rect_t bounds
      = GRAPHENE_RECT_INIT (place->left, get_top (place, page), place->width, place->height);
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA edge = { 0, 0, 0, 0.25 };
  GskRoundedRect outline;
  cairo_t *cr;

  gtk_snapshot_append_color (snapshot, &white, &bounds);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, bounds.origin.x, bounds.origin.y);
  cairo_scale (cr, place->scale, place->scale);
  madang_document_layout_draw (self->layout, cr, page);
  cairo_destroy (cr);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
}

static void
snapshot_highlight (MadangPaperView *self, GtkSnapshot *snapshot)
{
  /* The paper is white in every style, so the mark is fixed too. */
  const GdkRGBA fill = { 0.2, 0.5, 0.9, 0.10 };
  const GdkRGBA line = { 0.2, 0.5, 0.9, 0.75 };
  GskRoundedRect outline;
  graphene_rect_t rect;
  guint page;

  if (!find_highlight (self, &rect, &page))
    return;
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  gsk_rounded_rect_init_from_rect (&outline, &rect, 2);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1.5, 1.5, 1.5, 1.5 },
                              (GdkRGBA[4]){ line, line, line, line });
}

static void
madang_paper_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MadangPaperView *self = MADANG_PAPER_VIEW (widget);
  Place place;

  if (!has_document (self))
    return;
  measure_place (self, gtk_widget_get_width (widget), &place);
  find_visible_pages (self, &place, &self->first_drawn, &self->last_drawn);
  for (guint i = self->first_drawn; i <= self->last_drawn; i++)
    snapshot_page (self, snapshot, &place, i);
  snapshot_highlight (self, snapshot);
}

static GtkSizeRequestMode
madang_paper_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
madang_paper_view_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  MadangPaperView *self = MADANG_PAPER_VIEW (widget);
  const int narrow = 240;
  const int usual = 560;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = narrow;
      *natural = usual;
      return;
    }
  *minimum = *natural
      = has_document (self) ? measure_height (self, for_size > 0 ? for_size : usual) : 0;
}

static void
madang_paper_view_dispose (GObject *object)
{
  MadangPaperView *self = MADANG_PAPER_VIEW (object);

  g_clear_handle_id (&self->describe_timer, g_source_remove);
  let_go_of_adjustment (self);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->highlight, g_free);

  G_OBJECT_CLASS (madang_paper_view_parent_class)->dispose (object);
}

static void
madang_paper_view_class_init (MadangPaperViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_paper_view_dispose;
  widget_class->root = madang_paper_view_root;
  widget_class->unroot = madang_paper_view_unroot;
  widget_class->snapshot = madang_paper_view_snapshot;
  widget_class->measure = madang_paper_view_measure;
  widget_class->get_request_mode = madang_paper_view_get_request_mode;

  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "paperview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DOCUMENT);
}

static void
madang_paper_view_init (MadangPaperView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->layout = madang_document_layout_new ();
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
madang_paper_view_set_document (MadangPaperView *self, MadangDocument *document)
{
  guint n_pages = 0;

  g_return_if_fail (MADANG_IS_PAPER_VIEW (self));
  g_return_if_fail (MADANG_IS_DOCUMENT (document));

  if (has_document (self))
    n_pages = madang_document_layout_get_n_pages (self->layout);
  madang_document_layout_set_document (self->layout, document);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  madang_document_get_title (document), -1);
  if (self->describe_timer == 0)
    self->describe_timer = g_timeout_add (DESCRIBE_AFTER, describe_cb, self);
  if (madang_document_layout_get_n_pages (self->layout) != n_pages)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

MadangDocument *
madang_paper_view_get_document (MadangPaperView *self)
{
  g_return_val_if_fail (MADANG_IS_PAPER_VIEW (self), NULL);
  return madang_document_layout_get_document (self->layout);
}

void
madang_paper_view_highlight (MadangPaperView *self, const char *field)
{
  g_return_if_fail (MADANG_IS_PAPER_VIEW (self));

  if (g_strcmp0 (self->highlight, field) == 0)
    return;
  g_free (self->highlight);
  self->highlight = g_strdup (field);
  scroll_to_highlight (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
