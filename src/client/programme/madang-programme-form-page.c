/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-programme-form-page.h"

#include <glib/gi18n.h>

#include "madang-autosave.h"
#include "madang-event.h"
#include "madang-field-row-factory.h"
#include "madang-history-page.h"
#include "madang-missing-list.h"
#include "madang-rights.h"
#include "madang-wrap-box.h"

#define MOST_FIELDS 6

struct _MadangProgrammeFormPage
{
  MadangPage parent_instance;

  char *first;              /* (owned) (nullable): the field to begin with */
  MadangAutosave *autosave; /* (owned) (nullable) until set up */
  GtkWidget *lead;
  GtkLabel *order_label;
  MadangMissingList *missing_list;
  MadangForm *form;
  GtkBox *sections;
};

G_DEFINE_FINAL_TYPE (MadangProgrammeFormPage, madang_programme_form_page, MADANG_TYPE_PAGE)

typedef struct
{
  const char *kind;
  const char *heading; /* msgid */
  const char *fields[MOST_FIELDS + 1];
} Section;

static const Section sections[] = {
  { "programme", N_ ("The Programme"), { "title", "period_start", "period_end" } },
  { "programme",
    N_ ("The Call"),
    { "call_open", "call_close", "selection_due", "target_agency_count" } },
  { "programme",
    N_ ("Budget"),
    { "budget_total", "guide_per_agency", "funding_mode", "account_path", "account_code" } },
  { "programme", N_ ("Selection"), { "criteria" } },
  { "programme",
    N_ ("The Plan"),
    { "plan_doc_number", "plan_approved_on", "disclosure", "basis" } },
  { "milestone", N_ ("Planned"), { "code", "planned_start", "planned_end" } },
  /* Translators: the days on which a step really began and ended */
  { "milestone", N_ ("Actual"), { "actual_start", "actual_end" } },
  { "milestone", N_ ("Remarks"), { "note" } },
};

static const char *const steps[] = {
  N_ ("Fill in the fields. They save themselves."),
  N_ ("What is still missing before the call can open stands above as links."),
  N_ ("Once the call is open its terms stand; only what is no term of it can be put right."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("Programme and Milestones"),
  .purpose = N_ ("Here the city coordinator writes the programme of a year, and the planned and "
                 "actual days of its steps."),
  .steps = steps,
};

static MadangSync *
get_sync (MadangProgrammeFormPage *self)
{
  return madang_page_get_sync (MADANG_PAGE (self));
}

static MadangRecord *
get_record (MadangPage *page)
{
  return madang_form_get_record (MADANG_PROGRAMME_FORM_PAGE (page)->form);
}

/* A rule between fields, such as their order; (nullable). */
static char *
dup_disorder (MadangProgrammeFormPage *self)
{
  MadangRecord *record = get_record (MADANG_PAGE (self));
  const MadangKind *kind = madang_record_get_kind (record);
  const MadangEventContext context = {
    .record = record,
    .actor = madang_sync_get_actor (get_sync (self)),
    .lookup = MADANG_LOOKUP (madang_sync_get_records (get_sync (self))),
    .now = madang_clock_get_programme_now (madang_sync_get_clock (get_sync (self))),
  };
  g_autoptr (MadangVerdict) verdict = kind->check (&context);

  return madang_verdict_is_no (verdict) ? madang_verdict_dup_text (verdict, kind->name) : NULL;
}

/* Days in disorder would be refused, often while they are being put in order: they wait together,
 * whatever pair it is. disorder (nullable). */
static void
hold_days (MadangProgrammeFormPage *self, const char *disorder)
{
  const MadangField *field = madang_record_get_kind (get_record (MADANG_PAGE (self)))->fields;
  g_autoptr (GStrvBuilder) days = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (; disorder != NULL && field->name != NULL; field++)
    if (field->type == MADANG_FIELD_DAY)
      g_strv_builder_add (days, field->name);
  names = g_strv_builder_end (days);
  madang_form_hold (self->form, (const char *const *)names);
}

/* What is typed but breaks a limit, or contradicts itself, is not saved. */
static char *
dup_obstacle (MadangProgrammeFormPage *self)
{
  char *obstacle = madang_form_dup_obstacle (self->form);

  return obstacle != NULL ? obstacle : dup_disorder (self);
}

static gboolean
may_write (MadangProgrammeFormPage *self, MadangRecord *record)
{
  const MadangField *field = madang_record_get_kind (record)->fields;
  MadangActor *actor = madang_sync_get_actor (get_sync (self));

  for (; actor != NULL && field->name != NULL; field++)
    {
      g_autoptr (MadangVerdict) verdict = madang_rights_check_update (actor, record, field);

      if (!madang_verdict_is_no (verdict))
        return TRUE;
    }
  return FALSE;
}

static void
update_lead (MadangProgrammeFormPage *self, MadangRecord *record)
{
  const gboolean draft = g_str_equal (madang_record_get_state (record), "draft");
  g_autoptr (GPtrArray) missing
      = draft ? madang_record_find_missing (record, "open_call") : g_ptr_array_new ();
  g_autofree char *disorder = dup_disorder (self);

  hold_days (self, disorder);
  gtk_label_set_label (self->order_label, disorder != NULL ? disorder : "");
  gtk_widget_set_visible (GTK_WIDGET (self->order_label), disorder != NULL);
  madang_missing_list_set_fields (self->missing_list, missing);
  gtk_widget_set_visible (self->lead, disorder != NULL || missing->len > 0);
}

static void
update (MadangProgrammeFormPage *self)
{
  MadangRecord *record = get_record (MADANG_PAGE (self));
  const char *failure = madang_autosave_get_failure (self->autosave);
  g_autofree char *title = NULL;
  g_autofree char *obstacle = NULL;
  const char *saved = NULL;

  if (record == NULL)
    return;
  title = madang_record_dup_display (record, madang_record_get_kind (record)->title_field);
  obstacle = dup_obstacle (self);
  if (may_write (self, record) && (obstacle != NULL || failure != NULL))
    saved = _ ("Not Saved");
  else if (may_write (self, record))
    saved = madang_autosave_get_saving (self->autosave) ? _ ("Saving…") : _ ("Saved");
  madang_page_set_title (MADANG_PAGE (self), title, saved);
  madang_page_show_banner (MADANG_PAGE (self), failure, failure != NULL ? _ ("Try Now") : NULL,
                           failure != NULL ? "win.save" : NULL);
  update_lead (self, record);
}

static void
autosave_notify_cb (MadangProgrammeFormPage *self)
{
  madang_page_set_saving (MADANG_PAGE (self), madang_autosave_get_saving (self->autosave));
  update (self);
}

static void
missing_picked_cb (MadangProgrammeFormPage *self, const char *field)
{
  madang_form_focus_field (self->form, field);
}

/* --- the rows ------------------------------------------------------------------------------- */

static GtkWidget *
new_section (const MadangKind *kind, const Section *section)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = gtk_label_new (_ (section->heading));

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (box, "form-section");
  gtk_box_append (GTK_BOX (box), heading);
  for (const char *const *field = section->fields; *field != NULL; field++)
    gtk_box_append (GTK_BOX (box),
                    madang_field_row_new_for (madang_kind_find_field (kind, *field)));
  return box;
}

static void
set_up (MadangProgrammeFormPage *self, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_str_equal (sections[i].kind, kind->name))
      gtk_box_append (self->sections, new_section (kind, &sections[i]));
  madang_form_set_up (self->form, kind, madang_sync_get_records (get_sync (self)),
                      madang_sync_get_actor (get_sync (self)));
  self->autosave = madang_autosave_new (self->form, get_sync (self));
  g_signal_connect_object (self->autosave, "notify", G_CALLBACK (autosave_notify_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "edited", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "shown", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  madang_history_page_add_command (MADANG_PAGE (self), get_record);
  madang_form_set_record (self->form, record);
}

/* --- the page ------------------------------------------------------------------------------- */

static void
madang_programme_form_page_changed (MadangPage *page, const char *const *ids)
{
  MadangProgrammeFormPage *self = MADANG_PROGRAMME_FORM_PAGE (page);

  if (ids == NULL || g_strv_contains (ids, madang_record_get_id (get_record (page))))
    madang_autosave_reload (self->autosave);
}

static void
madang_programme_form_page_shown (MadangPage *page)
{
  MadangProgrammeFormPage *self = MADANG_PROGRAMME_FORM_PAGE (page);
  g_autofree char *first = g_steal_pointer (&self->first);

  if (first != NULL && madang_form_focus_field (self->form, first))
    return;
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->form)) == NULL)
    madang_form_focus_first (self->form);
}

static void
madang_programme_form_page_flush (MadangPage *page)
{
  madang_autosave_flush (MADANG_PROGRAMME_FORM_PAGE (page)->autosave);
}

static char *
madang_programme_form_page_dup_unsaved (MadangPage *page)
{
  MadangProgrammeFormPage *self = MADANG_PROGRAMME_FORM_PAGE (page);
  const char *failure = madang_autosave_get_failure (self->autosave);

  return failure != NULL ? g_strdup (failure) : dup_obstacle (self);
}

static void
madang_programme_form_page_dispose (GObject *object)
{
  g_clear_object (&MADANG_PROGRAMME_FORM_PAGE (object)->autosave);

  G_OBJECT_CLASS (madang_programme_form_page_parent_class)->dispose (object);
}

static void
madang_programme_form_page_finalize (GObject *object)
{
  g_free (MADANG_PROGRAMME_FORM_PAGE (object)->first);

  G_OBJECT_CLASS (madang_programme_form_page_parent_class)->finalize (object);
}

static void
madang_programme_form_page_class_init (MadangProgrammeFormPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MadangPageClass *page_class = MADANG_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_programme_form_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = madang_programme_form_page_finalize;
  page_class->help = &help;
  page_class->changed = madang_programme_form_page_changed;
  page_class->shown = madang_programme_form_page_shown;
  page_class->flush = madang_programme_form_page_flush;
  page_class->dup_unsaved = madang_programme_form_page_dup_unsaved;

  g_type_ensure (MADANG_TYPE_FORM);
  g_type_ensure (MADANG_TYPE_MISSING_LIST);
  g_type_ensure (MADANG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/programme/madang-programme-form-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammeFormPage, lead);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammeFormPage, order_label);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammeFormPage, missing_list);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammeFormPage, form);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammeFormPage, sections);
  gtk_widget_class_bind_template_callback (widget_class, missing_picked_cb);
}

static void
madang_programme_form_page_init (MadangProgrammeFormPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_programme_form_page_new (MadangSync *sync, MadangRecord *record, const char *field)
{
  MadangProgrammeFormPage *self;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (MADANG_IS_RECORD (record), NULL);

  self = g_object_new (MADANG_TYPE_PROGRAMME_FORM_PAGE, "sync", sync, NULL);
  self->first = g_strdup (field);
  set_up (self, record);
  return MADANG_PAGE (self);
}
