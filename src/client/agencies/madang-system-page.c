/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-system-page.h"

#include <glib/gi18n.h>

#include "madang-agency-background.h"
#include "madang-autosave.h"
#include "madang-field-row-factory.h"
#include "madang-id.h"
#include "madang-observation-page.h"
#include "madang-rights.h"
#include "madang-system-entry.h"

#define MOST_OBSERVATIONS 100 /* so many of the history are shown */

struct _MadangSystemPage
{
  MadangPage parent_instance;

  char *agency;             /* (owned): id */
  char *system;             /* (owned) (nullable): id */
  MadangAutosave *autosave; /* (owned) (nullable) until set up */
  GSimpleAction *observe;   /* borrowed from the page's actions */
  GSimpleAction *add;       /* borrowed from the page's actions */
  GPtrArray *rows;          /* (element-type GtkWidget): of the history */

  MadangAgencyBackground *background;
  GtkWidget *observe_button;
  GtkWidget *add_button;
  GtkWidget *system_section;
  MadangForm *form;
  AdwPreferencesGroup *history;
};

typedef enum
{
  PROP_AGENCY = 1,
  PROP_SYSTEM,
} MadangSystemPageProperty;

static GParamSpec *properties[PROP_SYSTEM + 1];

G_DEFINE_FINAL_TYPE (MadangSystemPage, madang_system_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "correct-row", N_ ("Correct This Row") },
  { "add-system", N_ ("Enter Another System of This Agency") },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Read what is known, of which day, and from whom."),
  N_ ("Correct the row when it is not true any more. It becomes a new observation."),
  N_ ("Open a day below to see all that was observed then."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("A Proposal System"),
  .purpose = N_ ("What is known of an agency’s proposal system, and what was observed of it when."),
  .steps = steps,
};

static MadangSync *
get_sync (MadangSystemPage *self)
{
  return madang_page_get_sync (MADANG_PAGE (self));
}

/* --- the history ---------------------------------------------------------------------------- */

static GtkWidget *
new_value_row (MadangRecord *observation, const MadangField *field)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *value = madang_record_dup_display (observation, field->name);
  g_autofree char *name = g_strdup_printf ("%s: %s", madang_field_get_label (field), value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), madang_field_get_label (field));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

/* Subtitles are markup unless the row says otherwise, and an expander row in libadwaita 1.2 has no
 * way to say so. */
static void
set_subtitle (AdwExpanderRow *row, MadangRecord *observation)
{
  g_autofree char *note = g_markup_escape_text (madang_record_get_text (observation, "note"), -1);

  adw_expander_row_set_subtitle (row, note);
}

static GtkWidget *
new_observation_row (MadangRecord *observation)
{
  GtkWidget *row = adw_expander_row_new ();
  const MadangField *field = madang_record_get_kind (observation)->fields;
  g_autofree char *day = madang_record_dup_display (observation, "observed_on");
  g_autofree char *source = madang_record_dup_display (observation, "source");
  g_autofree char *title = g_strdup_printf ("%s · %s", day, source);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  set_subtitle (ADW_EXPANDER_ROW (row), observation);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (; field->name != NULL; field++)
    if (field->type != MADANG_FIELD_REFERENCE && madang_record_is_set (observation, field->name))
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_value_row (observation, field));
  return row;
}

static void
update_history (MadangSystemPage *self, MadangRecordStore *records)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->history, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  if (self->system != NULL)
    found = madang_system_entry_find_observations (records, self->system, MOST_OBSERVATIONS);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      GtkWidget *row = new_observation_row (found->pdata[i]);

      adw_preferences_group_add (self->history, row);
      g_ptr_array_add (self->rows, row);
    }
  if (found != NULL && found->len == MOST_OBSERVATIONS)
    text = g_strdup_printf (_ ("The newest %u are shown."), found->len);
  adw_preferences_group_set_description (self->history, text);
  gtk_widget_set_visible (GTK_WIDGET (self->history), found != NULL && found->len > 0);
}

/* --- the rest ------------------------------------------------------------------------------- */

/* Whether this person may add a record of the kind for the agency. */
static gboolean
may_create (MadangSystemPage *self, const char *kind)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangRecord) record = madang_record_new (madang_kind_find (kind), id);
  g_autoptr (MadangVerdict) verdict = NULL;

  madang_record_set (record, "agency", g_variant_new_string (self->agency), NULL);
  verdict = madang_rights_check_create (madang_sync_get_actor (get_sync (self)), record);
  return !madang_verdict_is_no (verdict);
}

static void
update_commands (MadangSystemPage *self)
{
  const gboolean observes = self->system != NULL && may_create (self, "system_observation");
  const gboolean adds = may_create (self, "proposal_system");

  g_simple_action_set_enabled (self->observe, observes);
  g_simple_action_set_enabled (self->add, adds);
  gtk_widget_set_visible (self->observe_button, observes);
  gtk_widget_set_visible (self->add_button, adds);
}

static void
update_system (MadangSystemPage *self, MadangRecordStore *records)
{
  g_autoptr (MadangRecord) system
      = self->system != NULL ? madang_record_store_get (records, self->system, NULL) : NULL;

  gtk_widget_set_visible (self->system_section, system != NULL);
  if (system == NULL)
    return;
  if (madang_form_get_record (self->form) == NULL)
    madang_form_set_record (self->form, system);
  else
    madang_autosave_reload (self->autosave);
}

static void
reload (MadangSystemPage *self)
{
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));
  g_autoptr (GPtrArray) entries = NULL;
  const MadangSystemEntry *first;

  if (records == NULL)
    return;
  entries = madang_system_entry_list (records, self->agency);
  if (entries->len == 0)
    {
      madang_page_show_banner (MADANG_PAGE (self),
                               _ ("This agency is no longer here for you to read."), NULL, NULL);
      return;
    }
  first = entries->pdata[0];
  if (self->system == NULL && first->system != NULL)
    self->system = g_strdup (madang_record_get_id (first->system));
  madang_page_set_title (MADANG_PAGE (self), madang_system_entry_get_text (first, "agency"),
                         _ ("Proposal system"));
  madang_agency_background_show (self->background, records, self->agency, self->system);
  update_system (self, records);
  update_history (self, records);
  update_commands (self);
}

static void
observe_cb (MadangSystemPage *self)
{
  madang_autosave_flush (self->autosave);
  madang_page_open (MADANG_PAGE (self),
                    madang_observation_page_new (get_sync (self), self->agency, self->system));
}

static void
add_cb (MadangSystemPage *self)
{
  madang_page_open (MADANG_PAGE (self),
                    madang_observation_page_new (get_sync (self), self->agency, NULL));
}

static void
autosave_notify_cb (MadangSystemPage *self)
{
  const char *failure = madang_autosave_get_failure (self->autosave);

  madang_page_set_saving (MADANG_PAGE (self), madang_autosave_get_saving (self->autosave));
  madang_page_show_banner (MADANG_PAGE (self), failure, NULL, NULL);
}

/* An observation or a system may be new, so the ids alone do not say whether this page has it. */
static void
madang_system_page_changed (MadangPage *page, const char *const *ids)
{
  reload (MADANG_SYSTEM_PAGE (page));
}

static void
madang_system_page_shown (MadangPage *page)
{
  MadangSystemPage *self = MADANG_SYSTEM_PAGE (page);

  reload (self);
  if (gtk_widget_get_visible (self->observe_button))
    gtk_widget_grab_focus (self->observe_button);
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
madang_system_page_flush (MadangPage *page)
{
  madang_autosave_flush (MADANG_SYSTEM_PAGE (page)->autosave);
}

static void
madang_system_page_set_property (GObject *object,
                                 guint property_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  MadangSystemPage *self = MADANG_SYSTEM_PAGE (object);

  if (property_id == PROP_AGENCY)
    self->agency = g_value_dup_string (value);
  else if (property_id == PROP_SYSTEM)
    self->system = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_system_page_constructed (GObject *object)
{
  MadangSystemPage *self = MADANG_SYSTEM_PAGE (object);
  MadangSync *sync = get_sync (self);

  G_OBJECT_CLASS (madang_system_page_parent_class)->constructed (object);

  madang_form_set_up (self->form, madang_kind_find ("proposal_system"),
                      madang_sync_get_records (sync), madang_sync_get_actor (sync));
  self->autosave = madang_autosave_new (self->form, sync);
  g_signal_connect_object (self->autosave, "notify", G_CALLBACK (autosave_notify_cb), self,
                           G_CONNECT_SWAPPED);
  self->observe
      = madang_page_add_action (MADANG_PAGE (self), "correct-row", G_CALLBACK (observe_cb), self);
  self->add = madang_page_add_action (MADANG_PAGE (self), "add-system", G_CALLBACK (add_cb), self);
  reload (self);
}

static void
madang_system_page_dispose (GObject *object)
{
  g_clear_object (&MADANG_SYSTEM_PAGE (object)->autosave);

  G_OBJECT_CLASS (madang_system_page_parent_class)->dispose (object);
}

static void
madang_system_page_finalize (GObject *object)
{
  MadangSystemPage *self = MADANG_SYSTEM_PAGE (object);

  g_free (self->agency);
  g_free (self->system);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (madang_system_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  properties[PROP_AGENCY] = g_param_spec_string ("agency", NULL, NULL, NULL, flags);
  properties[PROP_SYSTEM] = g_param_spec_string ("system", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
madang_system_page_class_init (MadangSystemPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = madang_system_page_set_property;
  object_class->constructed = madang_system_page_constructed;
  object_class->dispose = madang_system_page_dispose;
  object_class->finalize = madang_system_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->changed = madang_system_page_changed;
  MADANG_PAGE_CLASS (klass)->shown = madang_system_page_shown;
  MADANG_PAGE_CLASS (klass)->flush = madang_system_page_flush;
  install_properties (object_class);

  madang_field_row_ensure_types ();
  g_type_ensure (MADANG_TYPE_AGENCY_BACKGROUND);
  g_type_ensure (MADANG_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/agencies/madang-system-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangSystemPage, background);
  gtk_widget_class_bind_template_child (widget_class, MadangSystemPage, observe_button);
  gtk_widget_class_bind_template_child (widget_class, MadangSystemPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, MadangSystemPage, system_section);
  gtk_widget_class_bind_template_child (widget_class, MadangSystemPage, form);
  gtk_widget_class_bind_template_child (widget_class, MadangSystemPage, history);
}

static void
madang_system_page_init (MadangSystemPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_system_page_new (MadangSync *sync, const char *agency, const char *system)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (agency != NULL, NULL);
  return g_object_new (MADANG_TYPE_SYSTEM_PAGE, "sync", sync, "agency", agency, "system", system,
                       NULL);
}
