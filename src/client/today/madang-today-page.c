/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-client"

#include "config.h"

#include "madang-today-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "madang-calendar-page.h"
#include "madang-conflict-page.h"
#include "madang-day-watch.h"
#include "madang-day.h"
#include "madang-error-text.h"
#include "madang-today-group.h"
#include "madang-today-reading.h"
#include "madang-work-days.h"

#define FIRST_LINES 20 /* of a group; then so many more at a time */
#define MORE_LINES 50

static const char *const group_names[MADANG_TODAY_N_GROUPS]
    = { "overdue", "today", "week", "mine", "sent", "told" };

struct _MadangTodayPage
{
  MadangPage parent_instance;

  MadangDayWatch *watch; /* (owned) */
  MadangPage *calendar;  /* (owned) (nullable): once it was opened */
  GPtrArray *waiting;    /* (owned) (nullable) (element-type MadangWaiting): own unsent changes */
  guint limits[MADANG_TODAY_N_GROUPS];
  guint reload_id;
  gboolean stale;           /* not in view, and different by now */
  gboolean reading;         /* the answer will come */
  gboolean again;           /* and then has to be read anew */
  gboolean awaits_focus;    /* the page came into view without a line */
  gconstpointer focus_then; /* what had the focus then: is compared only */

  GtkStack *stack;
  AdwStatusPage *empty_page;
  MadangTodayGroup *groups[MADANG_TODAY_N_GROUPS];
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

static void
show_title (MadangTodayPage *self)
{
  const char *today = madang_day_watch_get_day (self->watch);
  const MadangHoliday *holiday = madang_work_days_get_holiday (today);
  g_autofree char *day = madang_day_format (today);
  g_autofree char *text = NULL;

  /* Translators: a day and the holiday that it is */
  text = holiday != NULL ? g_strdup_printf (_ ("%s, %s"), day, madang_today_name_holiday (holiday))
                         : g_strdup (day);
  madang_page_set_title (MADANG_PAGE (self), _ ("Today"), text);
}

static void
show_next (MadangTodayPage *self, const char *next)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (next != NULL)
    /* Translators: %s is the next thing that is due, with its day */
    text = g_strdup_printf (_ ("Next: %s"), next);
  escaped = g_markup_escape_text (text != NULL ? text : _ ("Nothing is due later either."), -1);
  adw_status_page_set_description (self->empty_page, escaped);
}

static gboolean
focus_first (MadangTodayPage *self)
{
  for (MadangTodayGroupId group = 0; group < MADANG_TODAY_N_GROUPS; group++)
    if (madang_today_group_focus_first (self->groups[group]))
      return TRUE;
  return FALSE;
}

static gconstpointer
get_focus (MadangTodayPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

static void
show_answer (MadangTodayPage *self, MadangTodayAnswer *answer)
{
  for (MadangTodayGroupId group = 0; group < MADANG_TODAY_N_GROUPS; group++)
    madang_today_group_set_lines (self->groups[group], g_steal_pointer (&answer->lines[group]),
                                  answer->n_all[group]);
  madang_today_groups_fill (GTK_WIDGET (self), self->groups, MADANG_TODAY_N_GROUPS);
  if (answer->n_lines == 0)
    show_next (self, answer->next);
  gtk_stack_set_visible_child_name (self->stack, answer->n_lines > 0 ? "list" : "empty");
  /* Who went elsewhere in the meantime stays there. */
  if (self->awaits_focus && self->focus_then == get_focus (self))
    focus_first (self);
  self->awaits_focus = FALSE;
}

/* --- reading ------------------------------------------------------------------------------- */

static MadangTodayQuestion *
new_question (MadangTodayPage *self)
{
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));
  MadangTodayQuestion *question = g_new0 (MadangTodayQuestion, 1);

  question->actor = madang_actor_ref (madang_sync_get_actor (sync));
  question->today = g_strdup (madang_day_watch_get_day (self->watch));
  question->waiting = self->waiting != NULL ? g_ptr_array_ref (self->waiting) : NULL;
  question->state = madang_sync_get_state (sync);
  memcpy (question->limits, self->limits, sizeof question->limits);
  return question;
}

static void read_all (MadangTodayPage *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangTodayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTodayAnswer) answer
      = madang_sync_read_finish (MADANG_SYNC (source), result, &error);

  self->reading = FALSE;
  if (self->watch == NULL)
    return;
  if (answer != NULL)
    show_answer (self, answer);
  else
    g_debug ("Cannot read what is due: %s", error->message);
  if (self->again)
    read_all (self);
}

/* One at a time: what changes in the meantime is read once, afterwards. */
static void
read_all (MadangTodayPage *self)
{
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));
  MadangReading reading = {
    .read = madang_today_question_answer,
    .argument_free = (GDestroyNotify)madang_today_question_free,
    .result_free = (GDestroyNotify)madang_today_answer_free,
  };

  self->again = self->reading;
  if (self->reading || madang_sync_get_actor (sync) == NULL)
    return;
  self->stale = FALSE;
  self->reading = TRUE;
  show_title (self);
  reading.argument = new_question (self);
  madang_sync_read_async (sync, &reading, read_cb, g_object_ref (self));
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
  read_all (self);
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
  /* At once; what was not sent follows. */
  if (self->stale)
    read_all (self);
  reload (self);
}

static void
madang_today_page_shown (MadangPage *page)
{
  MadangTodayPage *self = MADANG_TODAY_PAGE (page);

  self->awaits_focus = !focus_first (self);
  self->focus_then = get_focus (self);
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
  for (MadangTodayGroupId i = 0; i < MADANG_TODAY_N_GROUPS; i++)
    if (self->groups[i] == group)
      self->limits[i] += MORE_LINES;
  read_all (self);
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
  read_all (self);
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
  for (MadangTodayGroupId group = 0; group < MADANG_TODAY_N_GROUPS; group++)
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
  for (MadangTodayGroupId group = 0; group < MADANG_TODAY_N_GROUPS; group++)
    self->limits[group] = FIRST_LINES;
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Nobody knows yet that there is nothing. */
  gtk_stack_set_visible_child_name (self->stack, "list");
}

MadangPage *
madang_today_page_new (MadangSync *sync)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  return g_object_new (MADANG_TYPE_TODAY_PAGE, "sync", sync, NULL);
}
