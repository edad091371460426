/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-observation-page.h"

#include <glib/gi18n.h>

#include "madang-day.h"
#include "madang-error-text.h"
#include "madang-event.h"
#include "madang-field-row-factory.h"
#include "madang-form.h"
#include "madang-id.h"
#include "madang-system-entry.h"

struct _MadangObservationPage
{
  MadangPage parent_instance;

  char *agency;        /* (owned): id */
  char *system;        /* (owned) (nullable): id of the one that is there */
  GSimpleAction *save; /* borrowed from the page's actions */
  guint n_writes;      /* under way */
  gboolean saved;
  gboolean edited;

  GtkWidget *system_section;
  GtkWidget *name_rows;
  MadangForm *system_form;
  MadangForm *form;
  GtkLabel *problem;
};

typedef enum
{
  PROP_AGENCY = 1,
  PROP_SYSTEM,
} MadangObservationPageProperty;

static GParamSpec *properties[PROP_SYSTEM + 1];

G_DEFINE_FINAL_TYPE (MadangObservationPage, madang_observation_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "save-observation", N_ ("Save the Observation"), .keys = { "<Control>Return" } },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Enter the day and the source of what you know."),
  N_ ("Change what is not true any more; the fields begin as the newest observation was."),
  N_ ("Save. The earlier observations stay as they are."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("Correcting a Row"),
  .purpose = N_ ("A new observation of a proposal system. Nothing is overwritten."),
  .steps = steps,
};

static MadangSync *
get_sync (MadangObservationPage *self)
{
  return madang_page_get_sync (MADANG_PAGE (self));
}

/* --- what the forms begin with -------------------------------------------------------------- */

/* The values come from our own records, so a refusal is our own mistake. */
static void
set_text (MadangRecord *record, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (*text != '\0' && !madang_record_set (record, field, g_variant_new_string (text), &error))
    g_critical ("%s: %s", field, error->message);
}

/* What was printed belongs to the day on which it was printed. */
static gboolean
is_taken_over (const MadangField *field)
{
  static const char *const own[]
      = { "agency", "system", "observed_on", "source", "raw_name", "raw_note", NULL };

  return !g_strv_contains (own, field->name);
}

static void
take_over (MadangRecord *record, MadangRecord *newest)
{
  const MadangField *field = madang_record_get_kind (record)->fields;

  for (; newest != NULL && field->name != NULL; field++)
    if (is_taken_over (field) && madang_record_is_set (newest, field->name))
      madang_record_set (record, field->name, madang_record_get (newest, field->name), NULL);
}

static const char *
get_own_source (MadangObservationPage *self)
{
  const guint roles = madang_actor_get_roles (madang_sync_get_actor (get_sync (self)));

  return (roles & MADANG_ROLE_CITY_COORDINATOR) != 0 ? "survey" : "officer";
}

static MadangRecord *
new_record (MadangObservationPage *self, const char *kind)
{
  g_autofree char *id = madang_id_new ();
  MadangRecord *record = madang_record_new (madang_kind_find (kind), id);

  set_text (record, "agency", self->agency);
  return record;
}

static MadangRecord *
new_observation (MadangObservationPage *self)
{
  MadangSync *sync = get_sync (self);
  MadangRecord *record = new_record (self, "system_observation");
  MadangRecordStore *records = madang_sync_get_records (sync);
  g_autoptr (GPtrArray) newest = NULL;
  g_autofree char *today
      = madang_day_from_instant (madang_clock_get_programme_now (madang_sync_get_clock (sync)));

  set_text (record, "observed_on", today);
  set_text (record, "source", get_own_source (self));
  if (self->system == NULL || records == NULL)
    return record;
  set_text (record, "system", self->system);
  newest = madang_system_entry_find_observations (records, self->system, 1);
  take_over (record, newest->len > 0 ? newest->pdata[0] : NULL);
  return record;
}

/* --- keeping it ----------------------------------------------------------------------------- */

static void
show_problem (MadangObservationPage *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* What keeps the record of the form from being kept: a sentence; NULL: nothing does. */
static char *
dup_obstacle (MadangObservationPage *self, MadangForm *form)
{
  MadangRecord *record = madang_form_get_record (form);
  g_autofree char *problem = madang_form_dup_obstacle (form);
  g_autoptr (GPtrArray) missing = madang_record_find_missing (record, NULL);
  const MadangKind *kind = madang_record_get_kind (record);
  g_autoptr (MadangVerdict) verdict = NULL;
  MadangEventContext context = {
    .record = record,
    .actor = madang_sync_get_actor (get_sync (self)),
    .lookup = MADANG_LOOKUP (madang_sync_get_records (get_sync (self))),
    .now = madang_clock_get_programme_now (madang_sync_get_clock (get_sync (self))),
  };

  if (problem != NULL)
    return g_steal_pointer (&problem);
  if (missing->len > 0)
    {
      const MadangField *first = missing->pdata[0];

      verdict = madang_verdict_new_no ("field.missing", first->name, NULL);
      madang_form_focus_field (form, first->name);
    }
  else
    verdict = kind->check (&context);
  return madang_verdict_is_no (verdict) ? madang_verdict_dup_text (verdict, kind->name) : NULL;
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangObservationPage) self = user_data;
  g_autoptr (GError) error = NULL;

  self->n_writes--;
  if (!madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    {
      g_autofree char *text = madang_error_dup_text (error);

      self->saved = FALSE;
      show_problem (self, text);
    }
  if (get_sync (self) == NULL || self->n_writes > 0)
    return;
  madang_page_set_saving (MADANG_PAGE (self), FALSE);
  g_simple_action_set_enabled (self->save, TRUE);
  if (!self->saved)
    return;
  madang_page_toast (MADANG_PAGE (self), _ ("Kept as a new observation. The earlier ones stay."));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
create (MadangObservationPage *self, MadangRecord *record)
{
  g_autofree char *scope = madang_record_get_kind (record)->home_scope (record);

  madang_record_set_scope (record, scope);
  self->n_writes++;
  madang_sync_create_async (get_sync (self), record, created_cb, g_object_ref (self));
}

/* How often is asked for only while there are contests at fixed times. */
static void
drop_what_is_not_asked (MadangRecord *record)
{
  const MadangField *field = madang_record_get_kind (record)->fields;

  for (; field->name != NULL; field++)
    if (!madang_record_is_asked (record, field))
      madang_record_set (record, field->name, NULL, NULL);
}

/* The first observation of a system calls it what the system is called. */
static void
name_after_system (MadangObservationPage *self, MadangRecord *observation)
{
  MadangRecord *system = madang_form_get_record (self->system_form);

  set_text (observation, "name", madang_record_get_text (system, "name"));
  set_text (observation, "department", madang_record_get_text (system, "department"));
}

static void
write_all (MadangObservationPage *self)
{
  g_autoptr (MadangRecord) observation = madang_record_dup (madang_form_get_record (self->form));

  drop_what_is_not_asked (observation);
  if (self->system == NULL)
    name_after_system (self, observation);
  self->saved = TRUE;
  madang_page_set_saving (MADANG_PAGE (self), TRUE);
  g_simple_action_set_enabled (self->save, FALSE);
  /* Sync keeps the order: the system is there before what was observed of it. */
  if (self->system == NULL)
    create (self, madang_form_get_record (self->system_form));
  create (self, observation);
}

static void
save_cb (MadangObservationPage *self)
{
  g_autofree char *obstacle = NULL;

  if (self->system == NULL)
    obstacle = dup_obstacle (self, self->system_form);
  if (obstacle == NULL)
    obstacle = dup_obstacle (self, self->form);
  show_problem (self, obstacle);
  if (obstacle == NULL)
    write_all (self);
}

/* --- the page ------------------------------------------------------------------------------- */

static void
edited_cb (MadangObservationPage *self)
{
  self->edited = TRUE;
  show_problem (self, NULL);
}

static void
set_up_form (MadangObservationPage *self, MadangForm *form, MadangRecord *record)
{
  MadangSync *sync = get_sync (self);

  madang_form_set_up (form, madang_record_get_kind (record), madang_sync_get_records (sync),
                      madang_sync_get_actor (sync));
  madang_form_set_creating (form, TRUE);
  madang_form_set_record (form, record);
  g_signal_connect_object (form, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
}

static void
set_up_forms (MadangObservationPage *self)
{
  g_autoptr (MadangRecord) observation = new_observation (self);

  if (self->system == NULL)
    {
      g_autoptr (MadangRecord) system = new_record (self, "proposal_system");

      set_up_form (self, self->system_form, system);
      set_text (observation, "system", madang_record_get_id (system));
    }
  gtk_widget_set_visible (self->system_section, self->system == NULL);
  gtk_widget_set_visible (self->name_rows, self->system != NULL);
  set_up_form (self, self->form, observation);
}

static char *
madang_observation_page_dup_unsaved (MadangPage *page)
{
  MadangObservationPage *self = MADANG_OBSERVATION_PAGE (page);

  return self->edited && !self->saved ? g_strdup (_ ("The observation is not saved yet.")) : NULL;
}

static void
madang_observation_page_shown (MadangPage *page)
{
  MadangObservationPage *self = MADANG_OBSERVATION_PAGE (page);

  madang_form_focus_first (self->system == NULL ? self->system_form : self->form);
}

static void
madang_observation_page_set_property (GObject *object,
                                      guint property_id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  MadangObservationPage *self = MADANG_OBSERVATION_PAGE (object);

  if (property_id == PROP_AGENCY)
    self->agency = g_value_dup_string (value);
  else if (property_id == PROP_SYSTEM)
    self->system = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_observation_page_constructed (GObject *object)
{
  MadangObservationPage *self = MADANG_OBSERVATION_PAGE (object);
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));
  g_autoptr (MadangRecord) agency
      = records != NULL ? madang_record_store_get (records, self->agency, NULL) : NULL;

  G_OBJECT_CLASS (madang_observation_page_parent_class)->constructed (object);

  self->save
      = madang_page_add_action (MADANG_PAGE (self), "save-observation", G_CALLBACK (save_cb), self);
  madang_page_set_title (MADANG_PAGE (self),
                         self->system != NULL ? _ ("Correct This Row") : _ ("New System"),
                         agency != NULL ? madang_record_get_text (agency, "name_ko") : NULL);
  set_up_forms (self);
}

static void
madang_observation_page_finalize (GObject *object)
{
  g_free (MADANG_OBSERVATION_PAGE (object)->agency);
  g_free (MADANG_OBSERVATION_PAGE (object)->system);

  G_OBJECT_CLASS (madang_observation_page_parent_class)->finalize (object);
}

static void
madang_observation_page_class_init (MadangObservationPageClass *klass)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = madang_observation_page_set_property;
  object_class->constructed = madang_observation_page_constructed;
  object_class->finalize = madang_observation_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->shown = madang_observation_page_shown;
  MADANG_PAGE_CLASS (klass)->dup_unsaved = madang_observation_page_dup_unsaved;
  properties[PROP_AGENCY] = g_param_spec_string ("agency", NULL, NULL, NULL, flags);
  properties[PROP_SYSTEM] = g_param_spec_string ("system", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  madang_field_row_ensure_types ();
  g_type_ensure (MADANG_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/agencies/madang-observation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangObservationPage, system_section);
  gtk_widget_class_bind_template_child (widget_class, MadangObservationPage, name_rows);
  gtk_widget_class_bind_template_child (widget_class, MadangObservationPage, system_form);
  gtk_widget_class_bind_template_child (widget_class, MadangObservationPage, form);
  gtk_widget_class_bind_template_child (widget_class, MadangObservationPage, problem);
}

static void
madang_observation_page_init (MadangObservationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_observation_page_new (MadangSync *sync, const char *agency, const char *system)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (agency != NULL, NULL);
  return g_object_new (MADANG_TYPE_OBSERVATION_PAGE, "sync", sync, "agency", agency, "system",
                       system, NULL);
}
