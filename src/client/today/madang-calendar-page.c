/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-client"

#include "config.h"

#include "madang-calendar-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "madang-agenda-file.h"
#include "madang-agenda.h"
#include "madang-day-watch.h"
#include "madang-day.h"
#include "madang-month-grid.h"
#include "madang-today-group.h"
#include "madang-wrap-box.h"

#define MOST_LINES 500 /* in view; then so many more at a time */

struct _MadangCalendarPage
{
  MadangPage parent_instance;

  MadangDayWatch *watch; /* (owned) */
  char *chosen;          /* (owned): the day around which it shows */
  GSimpleAction *view;   /* "month", "week" or "list" */
  guint limit;
  gboolean stale;

  GtkLabel *month_label;
  GtkStack *stack;
  MadangMonthGrid *grid;
  MadangTodayGroup *day_group;
  GtkWidget *no_line_label;
  MadangTodayGroup *list_group;
  GtkWidget *no_list_label;
};

G_DEFINE_FINAL_TYPE (MadangCalendarPage, madang_calendar_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "view('month')", N_ ("Show the Month") },
  { "view('week')", N_ ("Show the Week") },
  { "view('list')", N_ ("Show as a List") },
  { "go-today", N_ ("Go to Today"), .keys = { "<Control>t" } },
  { "earlier", N_ ("Earlier"), .keys = { "<Control>Page_Up" } },
  { "later", N_ ("Later"), .keys = { "<Control>Page_Down" } },
  { "save-calendar", N_ ("Save as iCalendar…") },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Choose a day: what is due on it stands below the calendar."),
  N_ ("Days in red are Sundays and public holidays; working days are counted without them."),
  N_ ("Switch to the week or to the list when a month is too much."),
  N_ ("Save the days of the year as iCalendar to have them in the calendar of a mail program."),
  NULL,
};

static const MadangPageKey keys[] = {
  { "Left", N_ ("Day before") },
  { "Right", N_ ("Day after") },
  { "Up", N_ ("A week earlier") },
  { "Down", N_ ("A week later") },
  { "Page_Up", N_ ("Month or week before") },
  { "Page_Down", N_ ("Month or week after") },
  { "Return", N_ ("Open what is due on the day") },
  { NULL },
};

static const MadangPageHelp help = {
  .title = N_ ("Calendar"),
  .purpose = N_ ("The same days as under Today, and the steps of the programme, in a calendar."),
  .steps = steps,
  .keys = keys,
};

/* --- reading ------------------------------------------------------------------------------- */

static GPtrArray *
new_lines (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)madang_today_line_free);
}

/* (transfer full) (element-type MadangAgendaItem): none where it cannot be read */
static GPtrArray *
find_items (MadangCalendarPage *self, const char *first, const char *last, guint *n_all)
{
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));
  const MadangAgendaSpan span = { .first = first, .last = last, .limit = self->limit };
  MadangRecordStore *records = madang_sync_get_records (sync);
  g_autoptr (GError) error = NULL;
  GPtrArray *items = NULL;

  *n_all = 0;
  if (records != NULL && madang_sync_get_actor (sync) != NULL)
    items = madang_agenda_find_due (records, madang_sync_get_actor (sync), &span, n_all, &error);
  if (error != NULL)
    g_debug ("Cannot find what is due: %s", error->message);
  return items != NULL ? items : g_ptr_array_new ();
}

static MadangTodayLine *
new_line (MadangCalendarPage *self, const MadangAgendaItem *item)
{
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));

  return madang_today_line_new (madang_sync_get_records (sync), item,
                                madang_day_watch_get_day (self->watch));
}

/* (transfer full): day -> lines */
static GHashTable *
group_by_day (MadangCalendarPage *self, GPtrArray *items)
{
  GHashTable *days
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; i < items->len; i++)
    {
      const MadangAgendaItem *item = items->pdata[i];
      GPtrArray *lines = g_hash_table_lookup (days, item->day);

      if (lines == NULL)
        {
          lines = new_lines ();
          g_hash_table_insert (days, g_strdup (item->day), lines);
        }
      g_ptr_array_add (lines, new_line (self, item));
    }
  return days;
}

/* --- showing ------------------------------------------------------------------------------- */

static const char *
get_view (MadangCalendarPage *self)
{
  g_autoptr (GVariant) state = g_action_get_state (G_ACTION (self->view));

  return g_intern_string (g_variant_get_string (state, NULL));
}

static void
fill (MadangCalendarPage *self)
{
  MadangTodayGroup *const groups[] = { self->day_group, self->list_group };

  madang_today_groups_fill (GTK_WIDGET (self), groups, G_N_ELEMENTS (groups));
}

static void
show_day (MadangCalendarPage *self)
{
  g_autofree char *title = madang_day_format (self->chosen);
  g_autoptr (GPtrArray) items = NULL;
  GPtrArray *lines = new_lines ();
  guint n_all = 0;

  items = find_items (self, self->chosen, self->chosen, &n_all);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (lines, new_line (self, items->pdata[i]));
  madang_today_group_set_title (self->day_group, title);
  madang_today_group_set_lines (self->day_group, lines, n_all);
  fill (self);
  gtk_widget_set_visible (self->no_line_label, items->len == 0);
}

static void
show_grid (MadangCalendarPage *self, gboolean week)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GHashTable) days = NULL;
  gboolean narrow;
  guint n_all = 0;

  madang_month_grid_find_span (self->chosen, week, &first, &last);
  items = find_items (self, first, last, &n_all);
  days = group_by_day (self, items);
  g_object_get (self, "collapsed", &narrow, NULL);
  madang_month_grid_show (self->grid, &(MadangMonthView){
                                          .chosen = self->chosen,
                                          .today = madang_day_watch_get_day (self->watch),
                                          .week = week,
                                          .narrow = narrow,
                                          .lines = days,
                                      });
  show_day (self);
}

static void
show_list (MadangCalendarPage *self)
{
  g_autofree char *first = g_strdup_printf ("%.8s01", self->chosen);
  g_autofree char *next = madang_month_grid_add_months (first, 1);
  g_autofree char *last = madang_day_add (next, -1);
  g_autofree char *month = g_strndup (self->chosen, strlen ("2020-03"));
  g_autofree char *title = madang_month_format (month);
  g_autoptr (GPtrArray) items = NULL;
  GPtrArray *lines = new_lines ();
  guint n_all = 0;

  items = find_items (self, first, last, &n_all);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (lines, new_line (self, items->pdata[i]));
  madang_today_group_set_title (self->list_group, title);
  madang_today_group_set_lines (self->list_group, lines, n_all);
  fill (self);
  gtk_widget_set_visible (self->no_list_label, items->len == 0);
}

static void
show_heading (MadangCalendarPage *self)
{
  g_autofree char *month = g_strndup (self->chosen, strlen ("2020-03"));
  g_autofree char *text = madang_month_format (month);

  gtk_label_set_label (self->month_label, text);
  madang_page_set_title (MADANG_PAGE (self), _ ("Calendar"), text);
}

static void
show_all (MadangCalendarPage *self)
{
  const char *view = get_view (self);
  const gboolean list = g_str_equal (view, "list");

  self->stale = FALSE;
  show_heading (self);
  if (list)
    show_list (self);
  else
    show_grid (self, g_str_equal (view, "week"));
  gtk_stack_set_visible_child_name (self->stack, list ? "list" : "grid");
}

static void
reload (MadangCalendarPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_all (self);
  else
    self->stale = TRUE;
}

static void
day_came_cb (const char *day, gpointer user_data)
{
  reload (user_data);
}

static void
madang_calendar_page_changed (MadangPage *page, const char *const *ids)
{
  reload (MADANG_CALENDAR_PAGE (page));
}

static void
madang_calendar_page_map (GtkWidget *widget)
{
  MadangCalendarPage *self = MADANG_CALENDAR_PAGE (widget);

  GTK_WIDGET_CLASS (madang_calendar_page_parent_class)->map (widget);
  if (self->stale)
    show_all (self);
}

static void
madang_calendar_page_shown (MadangPage *page)
{
  MadangCalendarPage *self = MADANG_CALENDAR_PAGE (page);

  if (!g_str_equal (get_view (self), "list"))
    madang_month_grid_focus (self->grid);
  else
    madang_today_group_focus_first (self->list_group);
}

/* --- acting -------------------------------------------------------------------------------- */

static void
choose (MadangCalendarPage *self, const char *day)
{
  g_autofree char *former = self->chosen;

  self->chosen = g_strdup (day);
  self->limit = MOST_LINES;
  show_all (self);
}

static void
moved_cb (MadangCalendarPage *self, const char *day)
{
  choose (self, day);
}

/* One line is opened; among several the person goes on. */
static void
activated_cb (MadangCalendarPage *self)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (MadangTodayLine) line = NULL;
  guint n_all = 0;

  items = find_items (self, self->chosen, self->chosen, &n_all);
  if (items->len == 1)
    line = new_line (self, items->pdata[0]);
  if (line != NULL && line->id != NULL)
    madang_page_open_record (MADANG_PAGE (self), line->kind, line->id);
  else
    madang_today_group_focus_first (self->day_group);
}

static void
open_cb (MadangCalendarPage *self, const char *kind, const char *id)
{
  madang_page_open_record (MADANG_PAGE (self), kind, id);
}

static void
more_cb (MadangCalendarPage *self)
{
  self->limit += MOST_LINES;
  show_all (self);
}

static void
go (MadangCalendarPage *self, int direction)
{
  g_autofree char *day = NULL;

  if (g_str_equal (get_view (self), "week"))
    day = madang_day_add (self->chosen, 7 * direction);
  else
    day = madang_month_grid_add_months (self->chosen, direction);
  choose (self, day);
}

static void
earlier_cb (MadangCalendarPage *self)
{
  go (self, -1);
}

static void
later_cb (MadangCalendarPage *self)
{
  go (self, 1);
}

static void
go_today_cb (MadangCalendarPage *self)
{
  choose (self, madang_day_watch_get_day (self->watch));
  madang_calendar_page_shown (MADANG_PAGE (self));
}

static void
save_cb (MadangCalendarPage *self)
{
  g_autofree char *first = g_strdup_printf ("%.4s-01-01", self->chosen);
  g_autofree char *last = g_strdup_printf ("%.4s-12-31", self->chosen);

  madang_agenda_file_save (MADANG_PAGE (self), first, last);
}

/* --- class --------------------------------------------------------------------------------- */

static void
add_actions (MadangCalendarPage *self)
{
  MadangPage *page = MADANG_PAGE (self);

  self->view = g_simple_action_new_stateful ("view", G_VARIANT_TYPE_STRING,
                                             g_variant_new_string ("month"));
  g_signal_connect_object (self->view, "notify::state", G_CALLBACK (show_all), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (madang_page_get_actions (page)), G_ACTION (self->view));
  madang_page_add_action (page, "go-today", G_CALLBACK (go_today_cb), self);
  madang_page_add_action (page, "earlier", G_CALLBACK (earlier_cb), self);
  madang_page_add_action (page, "later", G_CALLBACK (later_cb), self);
  madang_page_add_action (page, "save-calendar", G_CALLBACK (save_cb), self);
}

static void
madang_calendar_page_constructed (GObject *object)
{
  MadangCalendarPage *self = MADANG_CALENDAR_PAGE (object);
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (object));

  G_OBJECT_CLASS (madang_calendar_page_parent_class)->constructed (object);

  self->watch = madang_day_watch_new (madang_sync_get_clock (sync), day_came_cb, self);
  self->chosen = g_strdup (madang_day_watch_get_day (self->watch));
  add_actions (self);
  g_signal_connect_object (self, "notify::collapsed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  show_all (self);
}

static void
madang_calendar_page_dispose (GObject *object)
{
  MadangCalendarPage *self = MADANG_CALENDAR_PAGE (object);

  g_clear_pointer (&self->watch, madang_day_watch_free);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_object (&self->view);

  G_OBJECT_CLASS (madang_calendar_page_parent_class)->dispose (object);
}

static void
madang_calendar_page_class_init (MadangCalendarPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MadangPageClass *page_class = MADANG_PAGE_CLASS (klass);

  object_class->constructed = madang_calendar_page_constructed;
  object_class->dispose = madang_calendar_page_dispose;
  widget_class->map = madang_calendar_page_map;
  page_class->help = &help;
  page_class->commands = commands;
  page_class->changed = madang_calendar_page_changed;
  page_class->shown = madang_calendar_page_shown;

  g_type_ensure (MADANG_TYPE_MONTH_GRID);
  g_type_ensure (MADANG_TYPE_TODAY_GROUP);
  g_type_ensure (MADANG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/today/madang-calendar-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangCalendarPage, month_label);
  gtk_widget_class_bind_template_child (widget_class, MadangCalendarPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangCalendarPage, grid);
  gtk_widget_class_bind_template_child (widget_class, MadangCalendarPage, day_group);
  gtk_widget_class_bind_template_child (widget_class, MadangCalendarPage, no_line_label);
  gtk_widget_class_bind_template_child (widget_class, MadangCalendarPage, list_group);
  gtk_widget_class_bind_template_child (widget_class, MadangCalendarPage, no_list_label);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
madang_calendar_page_init (MadangCalendarPage *self)
{
  self->limit = MOST_LINES;
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_calendar_page_new (MadangSync *sync)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  return g_object_new (MADANG_TYPE_CALENDAR_PAGE, "sync", sync, NULL);
}
