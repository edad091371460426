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
  GPtrArray *lines;      /* (owned) (nullable) (element-type MadangTodayLine): of the grid */
  GCancellable *reading; /* (owned) (nullable): until the answer comes */

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

/* --- reading, on the reader's thread --------------------------------------------------------- */

/* Which days are looked for: of the grid or of the list, and the chosen one. */
typedef struct
{
  MadangActor *actor; /* (owned) */
  char *today;        /* (owned) */
  char *chosen;       /* (owned) */
  char *first;        /* (owned) */
  char *last;         /* (owned) */
  guint limit;
} Question;

/* What is due on them, in words. */
typedef struct
{
  GPtrArray *lines;        /* (owned) (element-type MadangTodayLine): of all days */
  GPtrArray *chosen_lines; /* (owned): of the chosen day */
  guint n_all;
  guint n_chosen;
} Answer;

static void
free_question (Question *question)
{
  madang_actor_unref (question->actor);
  g_free (question->today);
  g_free (question->chosen);
  g_free (question->first);
  g_free (question->last);
  g_free (question);
}

static void
free_answer (Answer *answer)
{
  g_clear_pointer (&answer->lines, g_ptr_array_unref);
  g_clear_pointer (&answer->chosen_lines, g_ptr_array_unref);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, free_answer)

/* (transfer full) (element-type MadangTodayLine): none where it cannot be read */
static GPtrArray *
read_lines (MadangRecordStore *records,
            const Question *question,
            const char *first,
            const char *last,
            guint *n_all)
{
  const MadangAgendaSpan span = { .first = first, .last = last, .limit = question->limit };
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_today_line_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items
      = madang_agenda_find_due (records, question->actor, &span, n_all, &error);

  if (items == NULL)
    g_debug ("Cannot find what is due: %s", error->message);
  for (guint i = 0; items != NULL && i < items->len; i++)
    g_ptr_array_add (lines, madang_today_line_new (records, items->pdata[i], question->today));
  return lines;
}

static gpointer
answer_question (MadangRecordStore *records, gpointer argument, GError **error)
{
  const Question *question = argument;
  Answer *answer = g_new0 (Answer, 1);

  answer->lines = read_lines (records, question, question->first, question->last, &answer->n_all);
  answer->chosen_lines
      = read_lines (records, question, question->chosen, question->chosen, &answer->n_chosen);
  return answer;
}

/* (transfer full): day -> lines, which belong to the array */
static GHashTable *
group_by_day (GPtrArray *all)
{
  GHashTable *days
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      MadangTodayLine *line = all->pdata[i];
      GPtrArray *lines = line->day != NULL ? g_hash_table_lookup (days, line->day) : NULL;

      if (lines == NULL && line->day != NULL)
        {
          lines = g_ptr_array_new ();
          g_hash_table_insert (days, g_strdup (line->day), lines);
        }
      if (lines != NULL)
        g_ptr_array_add (lines, line);
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
show_grid (MadangCalendarPage *self)
{
  g_autoptr (GHashTable) days = group_by_day (self->lines);
  gboolean narrow;

  g_object_get (self, "collapsed", &narrow, NULL);
  madang_month_grid_show (self->grid, &(MadangMonthView){
                                          .chosen = self->chosen,
                                          .today = madang_day_watch_get_day (self->watch),
                                          .week = g_str_equal (get_view (self), "week"),
                                          .narrow = narrow,
                                          .lines = days,
                                      });
}

static void
show_day (MadangCalendarPage *self, Answer *answer)
{
  const guint n_lines = answer->chosen_lines->len;
  g_autofree char *title = madang_day_format (self->chosen);

  madang_today_group_set_title (self->day_group, title);
  madang_today_group_set_lines (self->day_group, g_steal_pointer (&answer->chosen_lines),
                                answer->n_chosen);
  gtk_widget_set_visible (self->no_line_label, n_lines == 0);
}

static void
show_list (MadangCalendarPage *self, Answer *answer)
{
  const guint n_lines = answer->lines->len;
  g_autofree char *month = g_strndup (self->chosen, strlen ("2020-03"));
  g_autofree char *title = madang_month_format (month);

  madang_today_group_set_title (self->list_group, title);
  madang_today_group_set_lines (self->list_group, g_steal_pointer (&answer->lines), answer->n_all);
  gtk_widget_set_visible (self->no_list_label, n_lines == 0);
}

static void
show_answer (MadangCalendarPage *self, Answer *answer)
{
  MadangTodayGroup *const groups[] = { self->day_group, self->list_group };

  if (g_str_equal (get_view (self), "list"))
    {
      show_list (self, answer);
    }
  else
    {
      g_clear_pointer (&self->lines, g_ptr_array_unref);
      self->lines = g_steal_pointer (&answer->lines);
      show_grid (self);
      show_day (self, answer);
    }
  madang_today_groups_fill (GTK_WIDGET (self), groups, G_N_ELEMENTS (groups));
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
find_span (MadangCalendarPage *self, char **first, char **last)
{
  const char *view = get_view (self);
  g_autofree char *next = NULL;

  if (!g_str_equal (view, "list"))
    {
      madang_month_grid_find_span (self->chosen, g_str_equal (view, "week"), first, last);
      return;
    }
  *first = g_strdup_printf ("%.8s01", self->chosen);
  next = madang_month_grid_add_months (*first, 1);
  *last = madang_day_add (next, -1);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangCalendarPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Answer) answer = madang_sync_read_finish (MADANG_SYNC (source), result, &error);

  /* Another day is shown by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (answer != NULL)
    show_answer (self, answer);
  else
    g_debug ("Cannot read what is due: %s", error->message);
}

static void
stop_reading (MadangCalendarPage *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
read_all (MadangCalendarPage *self)
{
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));
  MadangReading reading = {
    .read = answer_question,
    .argument_free = (GDestroyNotify)free_question,
    .result_free = (GDestroyNotify)free_answer,
  };
  Question *question;

  stop_reading (self);
  if (madang_sync_get_actor (sync) == NULL)
    return;
  question = g_new0 (Question, 1);
  question->actor = madang_actor_ref (madang_sync_get_actor (sync));
  question->today = g_strdup (madang_day_watch_get_day (self->watch));
  question->chosen = g_strdup (self->chosen);
  question->limit = self->limit;
  find_span (self, &question->first, &question->last);
  self->reading = g_cancellable_new ();
  reading.argument = question;
  reading.cancellable = self->reading;
  madang_sync_read_async (sync, &reading, read_cb, g_object_ref (self));
}

static void
show_all (MadangCalendarPage *self)
{
  const gboolean list = g_str_equal (get_view (self), "list");

  self->stale = FALSE;
  show_heading (self);
  if (!list)
    show_grid (self);
  gtk_stack_set_visible_child_name (self->stack, list ? "list" : "grid");
  read_all (self);
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
  g_autoptr (GHashTable) days = group_by_day (self->lines);
  const GPtrArray *lines = g_hash_table_lookup (days, self->chosen);
  const MadangTodayLine *line = lines != NULL && lines->len == 1 ? lines->pdata[0] : NULL;

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

  stop_reading (self);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
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
