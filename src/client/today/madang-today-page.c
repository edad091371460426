/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-client"

#include "config.h"

#include "madang-today-page.h"

#include <glib/gi18n.h>

#include "madang-calendar-page.h"
#include "madang-conflict-page.h"
#include "madang-day-watch.h"
#include "madang-day.h"
#include "madang-error-text.h"
#include "madang-today-group.h"
#include "madang-work-days.h"

#define FIRST_LINES 20 /* of a group; then so many more at a time */
#define MORE_LINES 50

typedef enum
{
  GROUP_OVERDUE,
  GROUP_TODAY,
  GROUP_WEEK,
  GROUP_MINE,
  GROUP_SENT,
  GROUP_TOLD,
  N_GROUPS
} Group;

static const char *const group_names[N_GROUPS]
    = { "overdue", "today", "week", "mine", "sent", "told" };

struct _MadangTodayPage
{
  MadangPage parent_instance;

  MadangDayWatch *watch; /* (owned) */
  MadangPage *calendar;  /* (owned) (nullable): once it was opened */
  GPtrArray *waiting;    /* (owned) (nullable) (element-type MadangWaiting): own unsent changes */
  guint limits[N_GROUPS];
  guint reload_id;
  gboolean stale; /* not in view, and different by now */

  GtkStack *stack;
  AdwStatusPage *empty_page;
  MadangTodayGroup *groups[N_GROUPS];
};

G_DEFINE_FINAL_TYPE (MadangTodayPage, madang_today_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "show-calendar", N_ ("Calendar"), .keys = { "<Control>d" } },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Begin at the top: what is overdue comes first, then today and this week."),
  N_ ("Open a line to get to where the work is done. It goes from here by itself afterwards."),
  N_ ("Acknowledge a notice when you have read it; the others see that you know."),
  N_ ("The calendar shows the same days by month or week, and saves them for other calendars."),
  NULL,
};

static const MadangPageKey keys[] = {
  { "Down", N_ ("Next line") },
  { "Up", N_ ("Previous line") },
  { "Return", N_ ("Open the line") },
  { NULL },
};

static const MadangPageHelp help = {
  .title = N_ ("Today"),
  .purpose = N_ ("What is due and what waits for you, from all areas."),
  .steps = steps,
  .keys = keys,
};

/* --- what is shown ------------------------------------------------------------------------- */

/* One look at the cache. */
typedef struct
{
  MadangTodayPage *page;
  MadangRecordStore *records;
  const MadangActor *actor;
  const char *today;
  GHashTable *due; /* (element-type utf8): ids of the records that stand among the days already */
  guint n_lines;
} Reading;

static void
show_lines (Reading *reading, Group group, GPtrArray *lines, guint n_all)
{
  reading->n_lines += lines->len;
  madang_today_group_set_lines (reading->page->groups[group], lines, MAX (n_all, lines->len));
}

static GPtrArray *
new_lines (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)madang_today_line_free);
}

/* A cache that cannot be read has its own banner. */
static GPtrArray *
take_items (GPtrArray *items, const GError *error)
{
  if (items == NULL)
    {
      g_debug ("Cannot find what is due: %s", error->message);
      return g_ptr_array_new ();
    }
  return items;
}

static void
show_due (Reading *reading, Group group, const char *first, const char *last)
{
  const MadangAgendaSpan span = {
    .first = first,
    .last = last,
    .overdue = group == GROUP_OVERDUE,
    .limit = reading->page->limits[group],
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;
  GPtrArray *lines = new_lines ();
  guint n_all = 0;

  items = take_items (
      madang_agenda_find_due (reading->records, reading->actor, &span, &n_all, &error), error);
  for (guint i = 0; i < items->len; i++)
    {
      const MadangAgendaItem *item = items->pdata[i];

      g_hash_table_add (reading->due, g_strdup (madang_record_get_id (item->record)));
      g_ptr_array_add (lines, madang_today_line_new (reading->records, item, reading->today));
    }
  show_lines (reading, group, lines, n_all);
}

static void
append_unsent (Reading *reading, GPtrArray *lines)
{
  GPtrArray *waiting = reading->page->waiting;
  const MadangSyncState state
      = madang_sync_get_state (madang_page_get_sync (MADANG_PAGE (reading->page)));

  for (guint i = 0; waiting != NULL && i < MIN (waiting->len, reading->page->limits[GROUP_SENT]);
       i++)
    g_ptr_array_add (lines, madang_today_line_new_waiting (reading->records,
                                                           g_ptr_array_index (waiting, i), state));
}

/* What has its day in view already is not told twice, nor is what still has to be sent. */
static gboolean
is_told (Reading *reading, Group group, MadangRecord *record)
{
  return g_hash_table_contains (reading->due, madang_record_get_id (record))
         || (group == GROUP_SENT && madang_record_get_waiting (record) > 0);
}

static void
show_waiting (Reading *reading, Group group, MadangAgendaTurn turn)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = NULL;
  GPtrArray *lines = new_lines ();
  guint n_all = 0;

  if (group == GROUP_SENT)
    append_unsent (reading, lines);
  items = take_items (madang_agenda_find_waiting (reading->records, reading->actor, turn,
                                                  reading->page->limits[group], &n_all, &error),
                      error);
  for (guint i = 0; i < items->len; i++)
    {
      const MadangAgendaItem *item = items->pdata[i];

      if (is_told (reading, group, item->record))
        n_all--;
      else
        g_ptr_array_add (lines, madang_today_line_new (reading->records, item, reading->today));
    }
  if (group == GROUP_SENT && reading->page->waiting != NULL)
    n_all += reading->page->waiting->len;
  show_lines (reading, group, lines, n_all);
}

/* The next day that is due at all, when there is nothing before it. */
static void
show_next (Reading *reading)
{
  g_autofree char *tomorrow = madang_day_add (reading->today, 1);
  const MadangAgendaSpan span = { .first = tomorrow, .limit = 1 };
  g_autoptr (GPtrArray) items
      = madang_agenda_find_due (reading->records, reading->actor, &span, NULL, NULL);
  g_autoptr (MadangTodayLine) line = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (items != NULL && items->len > 0)
    {
      line = madang_today_line_new (reading->records, items->pdata[0], reading->today);
      name = madang_today_line_dup_name (line);
      /* Translators: %s is the next thing that is due, with its day */
      text = g_strdup_printf (_ ("Next: %s"), name);
    }
  escaped = g_markup_escape_text (text != NULL ? text : _ ("Nothing is due later either."), -1);
  adw_status_page_set_description (reading->page->empty_page, escaped);
}

static void
show_title (MadangTodayPage *self, const char *today)
{
  const MadangHoliday *holiday = madang_work_days_get_holiday (today);
  g_autofree char *day = madang_day_format (today);
  g_autofree char *text = NULL;

  /* Translators: a day and the holiday that it is */
  text = holiday != NULL ? g_strdup_printf (_ ("%s, %s"), day, madang_today_name_holiday (holiday))
                         : g_strdup (day);
  madang_page_set_title (MADANG_PAGE (self), _ ("Today"), text);
}

static void
show_days (Reading *reading)
{
  const char *today = reading->today;
  g_autofree char *yesterday = madang_day_add (today, -1);
  g_autofree char *tomorrow = madang_day_add (today, 1);
  g_autofree char *sunday = madang_day_add (today, G_DATE_SUNDAY - madang_day_get_weekday (today));

  show_due (reading, GROUP_OVERDUE, NULL, yesterday);
  show_due (reading, GROUP_TODAY, today, today);
  show_due (reading, GROUP_WEEK, tomorrow, sunday);
}

static void
show_all (MadangTodayPage *self)
{
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));
  g_autoptr (GHashTable) due = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = {
    .page = self,
    .records = madang_sync_get_records (sync),
    .actor = madang_sync_get_actor (sync),
    .today = madang_day_watch_get_day (self->watch),
    .due = due,
  };

  if (reading.records == NULL || reading.actor == NULL)
    return;
  self->stale = FALSE;
  show_title (self, reading.today);
  show_days (&reading);
  show_waiting (&reading, GROUP_MINE, MADANG_AGENDA_MINE);
  show_waiting (&reading, GROUP_SENT, MADANG_AGENDA_ELSEWHERE);
  show_waiting (&reading, GROUP_TOLD, MADANG_AGENDA_TOLD);
  if (reading.n_lines == 0)
    show_next (&reading);
  gtk_stack_set_visible_child_name (self->stack, reading.n_lines > 0 ? "list" : "empty");
}

/* --- when it changes ----------------------------------------------------------------------- */

static void
waiting_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangTodayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) waiting
      = madang_sync_list_waiting_finish (MADANG_SYNC (source), result, &error);

  if (self->watch == NULL)
    return;
  if (waiting == NULL)
    g_debug ("Cannot list what waits: %s", error->message);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  self->waiting = g_steal_pointer (&waiting);
  show_all (self);
}

static gboolean
reload_cb (gpointer user_data)
{
  MadangTodayPage *self = user_data;

  self->reload_id = 0;
  madang_sync_list_waiting_async (madang_page_get_sync (MADANG_PAGE (self)), waiting_listed_cb,
                                  g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Many changes come together; out of view none is worth a look. */
static void
reload (MadangTodayPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->stale = TRUE;
  else if (self->reload_id == 0)
    self->reload_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, reload_cb, self, NULL);
}

static void
day_came_cb (const char *day, gpointer user_data)
{
  reload (user_data);
}

static void
madang_today_page_changed (MadangPage *page, const char *const *ids)
{
  reload (MADANG_TODAY_PAGE (page));
}

static void
madang_today_page_map (GtkWidget *widget)
{
  MadangTodayPage *self = MADANG_TODAY_PAGE (widget);

  GTK_WIDGET_CLASS (madang_today_page_parent_class)->map (widget);
  /* At once, so that the first frame has the lines; what was not sent follows. */
  if (self->stale)
    show_all (self);
  reload (self);
}

static void
madang_today_page_shown (MadangPage *page)
{
  MadangTodayPage *self = MADANG_TODAY_PAGE (page);

  for (Group group = 0; group < N_GROUPS; group++)
    if (madang_today_group_focus_first (self->groups[group]))
      return;
}

/* --- acting -------------------------------------------------------------------------------- */

static void
open_cb (MadangTodayPage *self, const char *kind, const char *id)
{
  madang_page_open_record (MADANG_PAGE (self), kind, id);
}

static void
event_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangTodayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    {
      text = madang_error_dup_text (error);
      madang_page_toast (MADANG_PAGE (self), text);
    }
  if (self->watch != NULL)
    reload (self);
}

static void
event_cb (MadangTodayPage *self, MadangRecord *record, const char *event)
{
  madang_sync_event_async (madang_page_get_sync (MADANG_PAGE (self)), record, event, NULL,
                           event_done_cb, g_object_ref (self));
}

static void
more_cb (MadangTodayPage *self, MadangTodayGroup *group)
{
  for (Group i = 0; i < N_GROUPS; i++)
    if (self->groups[i] == group)
      self->limits[i] += MORE_LINES;
  show_all (self);
}

static void
show_calendar_cb (MadangTodayPage *self)
{
  if (self->calendar == NULL)
    {
      self->calendar = g_object_ref_sink (
          madang_calendar_page_new (madang_page_get_sync (MADANG_PAGE (self))));
      madang_page_set_kept (self->calendar, TRUE);
    }
  madang_page_open (MADANG_PAGE (self), self->calendar);
}

/* The area opens what no other one does: changes that wait for a decision. */
static MadangPage *
madang_today_page_find_record_page (MadangPage *page, const char *kind, const char *id)
{
  return madang_conflict_page_new (madang_page_get_sync (page));
}

/* --- class --------------------------------------------------------------------------------- */

static void
madang_today_page_constructed (GObject *object)
{
  MadangTodayPage *self = MADANG_TODAY_PAGE (object);
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (object));

  G_OBJECT_CLASS (madang_today_page_parent_class)->constructed (object);

  self->watch = madang_day_watch_new (madang_sync_get_clock (sync), day_came_cb, self);
  g_signal_connect_object (sync, "notify::waiting", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::state", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  madang_page_add_action (MADANG_PAGE (self), "show-calendar", G_CALLBACK (show_calendar_cb), self);
  show_all (self);
}

static void
madang_today_page_dispose (GObject *object)
{
  MadangTodayPage *self = MADANG_TODAY_PAGE (object);

  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_clear_pointer (&self->watch, madang_day_watch_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_object (&self->calendar);

  G_OBJECT_CLASS (madang_today_page_parent_class)->dispose (object);
}

static void
madang_today_page_class_init (MadangTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MadangPageClass *page_class = MADANG_PAGE_CLASS (klass);

  object_class->constructed = madang_today_page_constructed;
  object_class->dispose = madang_today_page_dispose;
  widget_class->map = madang_today_page_map;
  page_class->help = &help;
  page_class->commands = commands;
  page_class->changed = madang_today_page_changed;
  page_class->shown = madang_today_page_shown;
  page_class->find_record_page = madang_today_page_find_record_page;

  g_type_ensure (MADANG_TYPE_TODAY_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/today/madang-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangTodayPage, empty_page);
  for (Group group = 0; group < N_GROUPS; group++)
    gtk_widget_class_bind_template_child_full (widget_class, group_names[group], FALSE,
                                               (gssize)(G_STRUCT_OFFSET (MadangTodayPage, groups)
                                                        + group * sizeof (gpointer)));
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, event_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
madang_today_page_init (MadangTodayPage *self)
{
  for (Group group = 0; group < N_GROUPS; group++)
    self->limits[group] = FIRST_LINES;
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_today_page_new (MadangSync *sync)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  return g_object_new (MADANG_TYPE_TODAY_PAGE, "sync", sync, NULL);
}
