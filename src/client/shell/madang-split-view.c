/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-split-view.h"

struct _MadangSplitView
{
  GtkWidget parent_instance;

  GtkWidget *sidebar; /* (nullable) */
  GtkWidget *content; /* (nullable) */
  gboolean collapsed;
  gboolean show_content;
  double fraction;
  int min_width;
  int max_width;
  int collapse_width;
  guint notify_id;
};

typedef enum
{
  PROP_SIDEBAR = 1,
  PROP_CONTENT,
  PROP_COLLAPSED,
  PROP_SHOW_CONTENT,
  PROP_FRACTION,
  PROP_MIN_WIDTH,
  PROP_MAX_WIDTH,
  PROP_COLLAPSE_WIDTH,
} MadangSplitViewProperty;

static GParamSpec *properties[PROP_COLLAPSE_WIDTH + 1];

G_DEFINE_FINAL_TYPE (MadangSplitView, madang_split_view, GTK_TYPE_WIDGET)

static int
measure_sidebar (MadangSplitView *self, int width)
{
  return CLAMP ((int)(width * self->fraction), self->min_width,
                MAX (self->min_width, self->max_width));
}

/* Legal during allocation, since it queues no resize. */
static void
show_panes (MadangSplitView *self)
{
  if (self->sidebar != NULL)
    gtk_widget_set_child_visible (self->sidebar, !self->collapsed || !self->show_content);
  if (self->content != NULL)
    gtk_widget_set_child_visible (self->content, !self->collapsed || self->show_content);
}

/* The hidden pane must not keep the focus, or keys would go where nobody looks. */
static void
move_focus (MadangSplitView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *hidden = self->show_content ? self->sidebar : self->content;
  GtkWidget *shown = self->show_content ? self->content : self->sidebar;
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!self->collapsed || hidden == NULL || shown == NULL || focus == NULL)
    return;
  if (focus == hidden || gtk_widget_is_ancestor (focus, hidden))
    gtk_widget_child_focus (shown, GTK_DIR_TAB_FORWARD);
}

static gboolean
notify_collapsed_cb (gpointer user_data)
{
  MadangSplitView *self = user_data;

  self->notify_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLLAPSED]);
  move_focus (self);
  return G_SOURCE_REMOVE;
}

static void
set_collapsed (MadangSplitView *self, gboolean collapsed)
{
  if (collapsed == self->collapsed)
    return;
  self->collapsed = collapsed;
  /* Notify outside the layout phase: bound widgets will queue a resize. */
  if (self->notify_id == 0)
    self->notify_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, notify_collapsed_cb, self, NULL);
}

static void
allocate_pane (GtkWidget *pane, int x, int width, int height, int baseline)
{
  GtkAllocation place = { x, 0, width, height };

  if (pane != NULL && gtk_widget_should_layout (pane))
    gtk_widget_size_allocate (pane, &place, baseline);
}

static void
set_pane (MadangSplitView *self, GtkWidget **pane, GtkWidget *widget, GParamSpec *pspec)
{
  if (*pane == widget)
    return;
  g_clear_pointer (pane, gtk_widget_unparent);
  *pane = widget;
  if (widget != NULL)
    {
      /* The sidebar comes first in the order of the tab key whenever it was set. */
      if (pane == &self->sidebar)
        gtk_widget_insert_before (widget, GTK_WIDGET (self), self->content);
      else
        gtk_widget_set_parent (widget, GTK_WIDGET (self));
    }
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
measure_pane (GtkWidget *pane, GtkOrientation orientation, int for_size, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  if (pane != NULL && gtk_widget_get_visible (pane))
    gtk_widget_measure (pane, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
madang_split_view_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  MadangSplitView *self = MADANG_SPLIT_VIEW (widget);
  int sidebar_minimum, sidebar_natural, content_minimum, content_natural;

  measure_pane (self->sidebar, orientation, -1, &sidebar_minimum, &sidebar_natural);
  measure_pane (self->content, orientation, -1, &content_minimum, &content_natural);
  /* One pane must fit alone: the larger of the two minimums, not their sum. */
  *minimum = MAX (sidebar_minimum, content_minimum);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (sidebar_natural, self->min_width) + content_natural;
  else
    *natural = MAX (sidebar_natural, content_natural);
}

static void
madang_split_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MadangSplitView *self = MADANG_SPLIT_VIEW (widget);
  int sidebar_width;

  set_collapsed (self, width < self->collapse_width);
  show_panes (self);

  if (self->collapsed)
    {
      allocate_pane (self->show_content ? self->content : self->sidebar, 0, width, height,
                     baseline);
      return;
    }
  sidebar_width = measure_sidebar (self, width);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      allocate_pane (self->sidebar, width - sidebar_width, sidebar_width, height, baseline);
      allocate_pane (self->content, 0, width - sidebar_width, height, baseline);
      return;
    }
  allocate_pane (self->sidebar, 0, sidebar_width, height, baseline);
  allocate_pane (self->content, sidebar_width, width - sidebar_width, height, baseline);
}

static void
madang_split_view_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  MadangSplitView *self = MADANG_SPLIT_VIEW (object);

  switch ((MadangSplitViewProperty)property_id)
    {
    case PROP_SIDEBAR:
      g_value_set_object (value, self->sidebar);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_COLLAPSED:
      g_value_set_boolean (value, self->collapsed);
      break;
    case PROP_SHOW_CONTENT:
      g_value_set_boolean (value, self->show_content);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_MIN_WIDTH:
      g_value_set_int (value, self->min_width);
      break;
    case PROP_MAX_WIDTH:
      g_value_set_int (value, self->max_width);
      break;
    case PROP_COLLAPSE_WIDTH:
      g_value_set_int (value, self->collapse_width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
madang_split_view_set_property (GObject *object,
                                guint property_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  MadangSplitView *self = MADANG_SPLIT_VIEW (object);

  switch ((MadangSplitViewProperty)property_id)
    {
    case PROP_SIDEBAR:
      madang_split_view_set_sidebar (self, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      madang_split_view_set_content (self, g_value_get_object (value));
      break;
    case PROP_SHOW_CONTENT:
      madang_split_view_set_show_content (self, g_value_get_boolean (value));
      break;
    case PROP_FRACTION:
      self->fraction = g_value_get_double (value);
      break;
    case PROP_MIN_WIDTH:
      self->min_width = g_value_get_int (value);
      break;
    case PROP_MAX_WIDTH:
      self->max_width = g_value_get_int (value);
      break;
    case PROP_COLLAPSE_WIDTH:
      self->collapse_width = g_value_get_int (value);
      break;
    case PROP_COLLAPSED:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
madang_split_view_dispose (GObject *object)
{
  MadangSplitView *self = MADANG_SPLIT_VIEW (object);

  g_clear_handle_id (&self->notify_id, g_source_remove);
  g_clear_pointer (&self->sidebar, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (madang_split_view_parent_class)->dispose (object);
}

static void
madang_split_view_class_init (MadangSplitViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = madang_split_view_get_property;
  object_class->set_property = madang_split_view_set_property;
  object_class->dispose = madang_split_view_dispose;
  widget_class->measure = madang_split_view_measure;
  widget_class->size_allocate = madang_split_view_size_allocate;

  properties[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_COLLAPSED] = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE,
                                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_CONTENT] = g_param_spec_boolean ("show-content", NULL, NULL, FALSE, flags);
  properties[PROP_FRACTION]
      = g_param_spec_double ("sidebar-width-fraction", NULL, NULL, 0, 1, 0.25, flags);
  properties[PROP_MIN_WIDTH]
      = g_param_spec_int ("min-sidebar-width", NULL, NULL, 0, G_MAXINT, 180, flags);
  properties[PROP_MAX_WIDTH]
      = g_param_spec_int ("max-sidebar-width", NULL, NULL, 0, G_MAXINT, 280, flags);
  properties[PROP_COLLAPSE_WIDTH]
      = g_param_spec_int ("collapse-width", NULL, NULL, 0, G_MAXINT, 600, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "splitview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_split_view_init (MadangSplitView *self)
{
  self->fraction = 0.25;
  self->min_width = 180;
  self->max_width = 280;
  self->collapse_width = 600;
}

gboolean
madang_split_view_get_collapsed (MadangSplitView *self)
{
  g_return_val_if_fail (MADANG_IS_SPLIT_VIEW (self), FALSE);
  return self->collapsed;
}

void
madang_split_view_set_show_content (MadangSplitView *self, gboolean show_content)
{
  g_return_if_fail (MADANG_IS_SPLIT_VIEW (self));

  show_content = !!show_content;
  if (self->show_content == show_content)
    return;
  self->show_content = show_content;
  /* Only the allocation changes: both panes were measured for either case. */
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  show_panes (self);
  move_focus (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_CONTENT]);
}

void
madang_split_view_set_sidebar (MadangSplitView *self, GtkWidget *sidebar)
{
  g_return_if_fail (MADANG_IS_SPLIT_VIEW (self));
  set_pane (self, &self->sidebar, sidebar, properties[PROP_SIDEBAR]);
}

void
madang_split_view_set_content (MadangSplitView *self, GtkWidget *content)
{
  g_return_if_fail (MADANG_IS_SPLIT_VIEW (self));
  set_pane (self, &self->content, content, properties[PROP_CONTENT]);
}
