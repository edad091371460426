/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-today-group.h"

#include <glib/gi18n.h>

#include "madang-day.h"
#include "madang-width-first-layout.h"

#define FRAME_ROWS 2 /* that are made, measured and drawn in one frame */

struct _MadangTodayGroup
{
  GtkBox parent_instance;

  char *title;      /* (owned) */
  GPtrArray *lines; /* (owned) (element-type MadangTodayLine) */
  guint n_all;
  guint n_filled; /* so many of the lines have their rows; of the others some may have theirs */
  GtkLabel *heading;
  GtkListBox *list;
  GtkWidget *more_button;
};

G_DEFINE_FINAL_TYPE (MadangTodayGroup, madang_today_group, GTK_TYPE_BOX)

enum
{
  SIGNAL_OPEN,
  SIGNAL_EVENT,
  SIGNAL_MORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef enum
{
  PROP_TITLE = 1,
} MadangTodayGroupProperty;

/* --- a line -------------------------------------------------------------------------------- */

static GtkWidget *
append_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* Many lines come at once, each with labels that wrap. */
static GtkWidget *
create_frame (GtkWidget *labels)
{
  GtkWidget *bin = adw_bin_new ();

  gtk_widget_set_layout_manager (bin, g_object_new (MADANG_TYPE_WIDTH_FIRST_LAYOUT, NULL));
  adw_bin_set_child (ADW_BIN (bin), labels);
  return bin;
}

static GtkWidget *
create_words (const MadangTodayLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  append_label (box, line->what, NULL);
  if (line->which != NULL)
    append_label (box, line->which, "today-which");
  if (line->says != NULL)
    append_label (box, line->says, "today-which");
  return create_frame (box);
}

static GtkWidget *
create_day (const MadangTodayLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *day = madang_day_format (line->day);
  GtkWidget *left = append_label (box, line->left, line->late ? "today-late" : NULL);

  append_label (box, day, "today-which");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (GtkWidget *label = left; label != NULL; label = gtk_widget_get_next_sibling (label))
    {
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
      gtk_widget_add_css_class (label, "numeric");
    }
  return create_frame (box);
}

/* Of the lines that are shown; NULL: it was replaced. */
static MadangTodayLine *
get_line (gpointer row)
{
  return g_object_get_data (row, "line");
}

static void
set_line (gpointer row, MadangTodayLine *line)
{
  g_object_set_data (row, "line", line);
}

static void
button_clicked_cb (MadangTodayGroup *self, GtkButton *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  MadangTodayLine *line = get_line (row);

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, line->record, line->event->name);
}

static GtkWidget *
create_button (MadangTodayGroup *self, const MadangTodayLine *line)
{
  const char *label = madang_event_get_label (line->event);
  GtkWidget *button = gtk_button_new_with_label (label);
  /* Translators: what a button does, then to what: "Acknowledge: The call is extended" */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), label, line->what);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (button_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
create_row (MadangTodayGroup *self, MadangTodayLine *line)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *name = madang_today_line_dup_name (line);

  gtk_widget_add_css_class (box, "today-line");
  gtk_box_append (GTK_BOX (box), create_words (line));
  if (line->day != NULL)
    gtk_box_append (GTK_BOX (box), create_day (line));
  if (line->event != NULL)
    gtk_box_append (GTK_BOX (box), create_button (self, line));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), line->id != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  set_line (row, line);
  return row;
}

/* --- the lines ----------------------------------------------------------------------------- */

static void
row_activated_cb (MadangTodayGroup *self, GtkListBoxRow *row)
{
  const MadangTodayLine *line = get_line (row);

  g_signal_emit (self, signals[SIGNAL_OPEN], 0, line->kind, line->id);
}

static void
more_clicked_cb (MadangTodayGroup *self)
{
  g_signal_emit (self, signals[SIGNAL_MORE], 0);
}

/* The arrow keys go on into the next list. */
static gboolean
keynav_failed_cb (MadangTodayGroup *self, GtkDirectionType direction)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (root == NULL || (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN))
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_child_focus (root, direction == GTK_DIR_UP ? GTK_DIR_TAB_BACKWARD
                                                               : GTK_DIR_TAB_FORWARD);
}

static gboolean
is_same (MadangTodayGroup *self, GPtrArray *lines, guint n_all)
{
  if (self->lines->len != lines->len || self->n_all != n_all)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!madang_today_line_equal (self->lines->pdata[i], lines->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Among the lines; -1: none. */
static int
find_focused (MadangTodayGroup *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  guint index = 0;

  return child != NULL && g_ptr_array_find (self->lines, get_line (child), &index) ? (int)index
                                                                                   : -1;
}

/* The row of the next line; TRUE: it had to be made. */
static gboolean
fill_one (MadangTodayGroup *self)
{
  const int position = (int)self->n_filled++;
  MadangTodayLine *line = g_ptr_array_index (self->lines, position);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, position);

  if (row != NULL && get_line (row) == line)
    return FALSE;
  gtk_list_box_insert (self->list, create_row (self, line), position);
  return TRUE;
}

/* The line that had the focus, or the one in its place. */
static void
restore_focus (MadangTodayGroup *self, const char *key, guint index)
{
  GtkListBoxRow *row;

  for (guint i = 0; i < self->lines->len; i++)
    if (g_str_equal (((MadangTodayLine *)self->lines->pdata[i])->key, key))
      index = i;
  index = MIN (index, self->lines->len - 1);
  while (self->n_filled <= index)
    fill_one (self);
  row = gtk_list_box_get_row_at_index (self->list, (int)index);
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != GTK_WIDGET (row))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_heading (MadangTodayGroup *self)
{
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;
  const guint left = self->n_all - MIN (self->lines->len, self->n_all);

  if (self->n_all < MADANG_AGENDA_MOST_COUNTED)
    /* Translators: name of a group, then how many lines it has */
    text = g_strdup_printf (_ ("%s %u"), self->title, self->n_all);
  else
    /* Translators: name of a group that has so many lines or more */
    text = g_strdup_printf (_ ("%s %u+"), self->title, self->n_all);
  gtk_label_set_label (self->heading, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
  more = g_strdup_printf (ngettext ("Show More (%u Left)", "Show More (%u Left)", left), left);
  gtk_button_set_label (GTK_BUTTON (self->more_button), more);
  gtk_widget_set_visible (self->more_button, left > 0);
}

/* The first of the lines from there that looks like the row; their number: none does. */
static guint
find_same (GPtrArray *lines, guint from, gpointer row)
{
  while (from < lines->len && !madang_today_line_equal (get_line (row), lines->pdata[from]))
    from++;
  return from;
}

/* Rows whose lines are still there stay; the others are made when their turn comes. */
static void
take_lines (MadangTodayGroup *self, GPtrArray *lines)
{
  g_autoptr (GPtrArray) former = self->lines;
  guint next = 0;

  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL;)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
      const guint place = find_same (lines, next, row);

      if (place < lines->len)
        {
          set_line (row, lines->pdata[place]);
          next = place + 1;
          i++;
        }
      else
        {
          set_line (row, NULL);
          gtk_list_box_remove (self->list, GTK_WIDGET (row));
        }
    }
  self->lines = lines;
  self->n_filled = 0;
}

void
madang_today_group_set_lines (MadangTodayGroup *self, GPtrArray *lines, guint n_all)
{
  g_autoptr (GPtrArray) taken = lines;
  g_autofree char *focused = NULL;
  int index;

  g_return_if_fail (MADANG_IS_TODAY_GROUP (self));
  g_return_if_fail (lines != NULL);

  if (is_same (self, lines, n_all))
    return;
  index = find_focused (self);
  if (index >= 0)
    focused = g_strdup (((MadangTodayLine *)self->lines->pdata[index])->key);
  take_lines (self, g_steal_pointer (&taken));
  self->n_all = n_all;
  show_heading (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->lines->len > 0);
  if (focused != NULL && self->lines->len > 0)
    restore_focus (self, focused, (guint)index);
}

/* --- filling in frames ----------------------------------------------------------------------- */

/* In the order in which they stand. */
static gboolean
fill_cb (GtkWidget *page, GdkFrameClock *clock, gpointer groups)
{
  guint n_made = 0;

  for (MadangTodayGroup **group = groups; *group != NULL; group++)
    while ((*group)->n_filled < (*group)->lines->len)
      {
        if (n_made == FRAME_ROWS)
          return G_SOURCE_CONTINUE;
        n_made += fill_one (*group) ? 1 : 0;
      }
  g_object_set_data (G_OBJECT (page), "filling", NULL);
  return G_SOURCE_REMOVE;
}

void
madang_today_groups_fill (GtkWidget *page, MadangTodayGroup *const *groups, guint n_groups)
{
  MadangTodayGroup **list;

  g_return_if_fail (GTK_IS_WIDGET (page));

  if (g_object_get_data (G_OBJECT (page), "filling") != NULL)
    return;
  list = g_new0 (MadangTodayGroup *, n_groups + 1);
  for (guint i = 0; i < n_groups; i++)
    list[i] = groups[i];
  g_object_set_data (G_OBJECT (page), "filling", page);
  gtk_widget_add_tick_callback (page, fill_cb, list, g_free);
}

void
madang_today_group_set_title (MadangTodayGroup *self, const char *title)
{
  g_return_if_fail (MADANG_IS_TODAY_GROUP (self));

  g_free (self->title);
  self->title = g_strdup (title);
  show_heading (self);
}

guint
madang_today_group_get_n_lines (MadangTodayGroup *self)
{
  g_return_val_if_fail (MADANG_IS_TODAY_GROUP (self), 0);
  return self->lines->len;
}

gboolean
madang_today_group_focus_first (MadangTodayGroup *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (MADANG_IS_TODAY_GROUP (self), FALSE);

  if (self->n_filled == 0 && self->lines->len > 0)
    fill_one (self);
  row = gtk_list_box_get_row_at_index (self->list, 0);
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* --- class --------------------------------------------------------------------------------- */

static void
madang_today_group_set_property (GObject *object,
                                 guint property_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  switch ((MadangTodayGroupProperty)property_id)
    {
    case PROP_TITLE:
      madang_today_group_set_title (MADANG_TODAY_GROUP (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
madang_today_group_finalize (GObject *object)
{
  MadangTodayGroup *self = MADANG_TODAY_GROUP (object);

  g_free (self->title);
  g_ptr_array_unref (self->lines);

  G_OBJECT_CLASS (madang_today_group_parent_class)->finalize (object);
}

static void
madang_today_group_class_init (MadangTodayGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  object_class->set_property = madang_today_group_set_property;
  object_class->finalize = madang_today_group_finalize;
  g_object_class_install_property (object_class, PROP_TITLE,
                                   g_param_spec_string ("title", NULL, NULL, "",
                                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));

  signals[SIGNAL_OPEN] = g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, MADANG_TYPE_RECORD, G_TYPE_STRING);
  signals[SIGNAL_MORE]
      = g_signal_new ("more", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/today/madang-today-group.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangTodayGroup, heading);
  gtk_widget_class_bind_template_child (widget_class, MadangTodayGroup, list);
  gtk_widget_class_bind_template_child (widget_class, MadangTodayGroup, more_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, keynav_failed_cb);
}

static void
madang_today_group_init (MadangTodayGroup *self)
{
  self->title = g_strdup ("");
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_today_line_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
