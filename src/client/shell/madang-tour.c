/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-client"

#include "config.h"

#include "madang-tour.h"

#include <glib/gstdio.h>

#include "madang-application-page.h"
#include "madang-choice-row.h"
#include "madang-demo-people.h"
#include "madang-form.h"
#include "madang-intake-page.h"
#include "madang-reading-page.h"
#include "madang-snapshot.h"

#define POLL 100     /* milliseconds */
#define SETTLE 8     /* polls from "it is there" to the picture: toasts and popovers move */
#define PATIENCE 600 /* polls that a step may take */
#define SAMPLES "/kr/madang/Madang/shell/madang-tour.ini"

struct _MadangTour
{
  GObject parent_instance;

  MadangWindow *window;   /* (owned) (nullable) */
  MadangSession *session; /* (owned) */
  char *directory;        /* (owned) */
  guint timer;
  guint step;
  guint polls;       /* of this step */
  guint calm;        /* polls since the step was ready */
  guint person;      /* index of the person who works */
  char *application; /* (owned) (nullable): id of the one that is played with */
};

typedef struct
{
  const char *picture;
  gboolean (*is_ready) (MadangTour *self);
  void (*act) (MadangTour *self);
} Step;

static guint done_signal;

G_DEFINE_FINAL_TYPE (MadangTour, madang_tour, G_TYPE_OBJECT)

/* --- looking and acting -------------------------------------------------------------------- */

static GtkWidget *
find_descendant (GtkWidget *widget, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found
          = G_TYPE_CHECK_INSTANCE_TYPE (child, type) ? child : find_descendant (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_enabled (MadangTour *self, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), action);
}

static void
activate (MadangTour *self, const char *action, GVariant *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->window), action, parameter);
}

static gboolean
shows_page (MadangTour *self, GType type)
{
  MadangPage *page = madang_window_get_page (self->window);

  return page != NULL && G_TYPE_CHECK_INSTANCE_TYPE (page, type);
}

/* The record in the form in view. (nullable) */
static MadangRecord *
get_record (MadangTour *self)
{
  MadangPage *page = madang_window_get_page (self->window);
  GtkWidget *form = page != NULL ? find_descendant (GTK_WIDGET (page), MADANG_TYPE_FORM) : NULL;

  return form != NULL ? madang_form_get_record (MADANG_FORM (form)) : NULL;
}

static gboolean
is_in_state (MadangTour *self, const char *state)
{
  MadangRecord *record = get_record (self);

  return record != NULL && g_str_equal (madang_record_get_state (record), state)
         && madang_record_get_waiting (record) == 0;
}

static void
type_into (MadangFieldRow *row, const char *text)
{
  GtkWidget *widget;

  if ((widget = find_descendant (GTK_WIDGET (row), GTK_TYPE_TEXT_VIEW)) != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), text, -1);
  else if ((widget = find_descendant (GTK_WIDGET (row), GTK_TYPE_ENTRY)) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (widget), text);
  else if (MADANG_IS_CHOICE_ROW (row))
    madang_choice_row_choose (MADANG_CHOICE_ROW (row), text);
}

static void
type_samples (GtkWidget *widget, GKeyFile *samples)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *text = NULL;

      if (!MADANG_IS_FIELD_ROW (child))
        {
          type_samples (child, samples);
          continue;
        }
      text = g_key_file_get_string (samples, "application",
                                    madang_field_row_get_field (MADANG_FIELD_ROW (child)), NULL);
      if (text != NULL)
        type_into (MADANG_FIELD_ROW (child), text);
    }
}

static void
switch_person (MadangTour *self, guint person)
{
  GPtrArray *people = madang_session_get_people (self->session);
  const MadangDemoPerson *next;

  self->person = person % people->len;
  next = people->pdata[self->person];
  activate (self, "switch-person", g_variant_new_string (next->login));
}

/* The day's page comes first; the work is in another area. */
static gboolean
is_in_area (MadangTour *self, const char *area, GType type)
{
  if (shows_page (self, type))
    return TRUE;
  if (madang_window_get_page (self->window) != NULL)
    activate (self, "area", g_variant_new_string (area));
  return FALSE;
}

/* --- the steps ----------------------------------------------------------------------------- */

static gboolean
at_application (MadangTour *self)
{
  return is_in_area (self, "application", MADANG_TYPE_APPLICATION_PAGE)
         && (is_enabled (self, "create") || is_in_state (self, "draft"));
}

static void
begin (MadangTour *self)
{
  if (is_enabled (self, "create"))
    activate (self, "create", NULL);
}

static gboolean
has_draft (MadangTour *self)
{
  return shows_page (self, MADANG_TYPE_APPLICATION_PAGE) && is_in_state (self, "draft");
}

static void
fill_in (MadangTour *self)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (SAMPLES, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GKeyFile) samples = g_key_file_new ();
  MadangPage *page = madang_window_get_page (self->window);

  g_free (self->application);
  self->application = g_strdup (madang_record_get_id (get_record (self)));
  g_key_file_load_from_bytes (samples, bytes, G_KEY_FILE_NONE, NULL);
  type_samples (GTK_WIDGET (page), samples);
}

static gboolean
can_submit (MadangTour *self)
{
  return shows_page (self, MADANG_TYPE_APPLICATION_PAGE) && is_enabled (self, "submit")
         && !madang_page_get_saving (madang_window_get_page (self->window));
}

static void
submit (MadangTour *self)
{
  activate (self, "submit", NULL);
}

static gboolean
is_submitted (MadangTour *self)
{
  return shows_page (self, MADANG_TYPE_APPLICATION_PAGE) && is_in_state (self, "submitted");
}

static void
leave_officer (MadangTour *self)
{
  switch_person (self, self->person + 1);
}

/* Whoever can open the application is at the city office; others are passed by. */
static gboolean
at_intake (MadangTour *self)
{
  MadangSync *sync = madang_session_get_sync (self->session);

  if (sync == NULL || madang_window_get_page (self->window) == NULL)
    return FALSE;
  if ((madang_actor_get_roles (madang_sync_get_actor (sync)) & MADANG_ROLE_CITY_COORDINATOR) == 0)
    {
      leave_officer (self);
      return FALSE;
    }
  return is_in_area (self, "intake", MADANG_TYPE_INTAKE_PAGE)
         && madang_intake_page_lists (MADANG_INTAKE_PAGE (madang_window_get_page (self->window)),
                                      self->application);
}

static void
open_application (MadangTour *self)
{
  activate (self, "open", g_variant_new_string (self->application));
}

static gboolean
can_receive (MadangTour *self)
{
  return shows_page (self, MADANG_TYPE_READING_PAGE) && is_enabled (self, "receive");
}

static void
receive (MadangTour *self)
{
  activate (self, "receive", NULL);
}

static gboolean
has_number (MadangTour *self)
{
  MadangRecord *record = get_record (self);

  return record != NULL && madang_record_is_set (record, "receipt_number");
}

static gboolean
is_received (MadangTour *self)
{
  return shows_page (self, MADANG_TYPE_READING_PAGE) && has_number (self);
}

static void
return_to_officer (MadangTour *self)
{
  switch_person (self, 0);
}

static gboolean
sees_number (MadangTour *self)
{
  return is_in_area (self, "application", MADANG_TYPE_APPLICATION_PAGE) && has_number (self);
}

static const Step steps[] = {
  { "begin", at_application, begin },
  { "draft", has_draft, fill_in },
  { "filled", can_submit, submit },
  { "submitted", is_submitted, leave_officer },
  { "intake", at_intake, open_application },
  { "reading", can_receive, receive },
  { "received", is_received, return_to_officer },
  { "receipt-number", sees_number, NULL },
};

/* --- running ------------------------------------------------------------------------------- */

static void
finish (MadangTour *self, gboolean complete)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_signal_emit (self, done_signal, 0, complete);
}

static gboolean
take_picture (MadangTour *self, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%02u-%s.png", self->step + 1, name);
  g_autofree char *path = g_build_filename (self->directory, file, NULL);
  g_autoptr (GError) error = NULL;

  if (madang_snapshot_save (GTK_WINDOW (self->window), path, &error))
    return TRUE;
  g_printerr ("madang: %s: %s\n", path, error->message);
  return FALSE;
}

static gboolean
poll_cb (gpointer user_data)
{
  MadangTour *self = user_data;
  const Step *step = &steps[self->step];

  if (++self->polls > PATIENCE)
    {
      g_printerr ("madang: the tour waits in vain for “%s”\n", step->picture);
      take_picture (self, "stuck");
      finish (self, FALSE);
      return G_SOURCE_REMOVE;
    }
  self->calm = step->is_ready (self) ? self->calm + 1 : 0;
  if (self->calm < SETTLE)
    return G_SOURCE_CONTINUE;
  if (!take_picture (self, step->picture))
    {
      finish (self, FALSE);
      return G_SOURCE_REMOVE;
    }
  if (step->act != NULL)
    step->act (self);
  self->polls = self->calm = 0;
  if (++self->step < G_N_ELEMENTS (steps))
    return G_SOURCE_CONTINUE;
  finish (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
madang_tour_dispose (GObject *object)
{
  MadangTour *self = MADANG_TOUR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->window);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (madang_tour_parent_class)->dispose (object);
}

static void
madang_tour_finalize (GObject *object)
{
  g_free (MADANG_TOUR (object)->directory);
  g_free (MADANG_TOUR (object)->application);

  G_OBJECT_CLASS (madang_tour_parent_class)->finalize (object);
}

static void
madang_tour_class_init (MadangTourClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = madang_tour_dispose;
  object_class->finalize = madang_tour_finalize;
  done_signal = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
madang_tour_init (MadangTour *self)
{
}

MadangTour *
madang_tour_new (MadangWindow *window, MadangSession *session, const char *directory)
{
  MadangTour *self;

  g_return_val_if_fail (MADANG_IS_WINDOW (window), NULL);
  g_return_val_if_fail (madang_session_get_people (session) != NULL, NULL);

  self = g_object_new (MADANG_TYPE_TOUR, NULL);
  self->window = g_object_ref (window);
  self->session = g_object_ref (session);
  self->directory = g_strdup (directory);
  return self;
}

void
madang_tour_start (MadangTour *self)
{
  g_return_if_fail (MADANG_IS_TOUR (self));
  g_return_if_fail (self->timer == 0);

  self->timer = g_timeout_add (POLL, poll_cb, self);
}
