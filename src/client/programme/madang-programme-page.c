/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-programme-page.h"

#include <glib/gi18n.h>

#include "madang-current-programme.h"

struct _MadangProgrammePage
{
  MadangPage parent_instance;

  GPtrArray *rows; /* (owned) (element-type GtkWidget): in the groups */
  GtkStack *stack;
  AdwPreferencesGroup *dates;
  AdwPreferencesGroup *budget;
  AdwPreferencesGroup *milestones;
  AdwPreferencesGroup *agencies;
};

G_DEFINE_FINAL_TYPE (MadangProgrammePage, madang_programme_page, MADANG_TYPE_PAGE)

static const char *const date_fields[]
    = { "call_open", "call_close", "selection_due", "period_start", "period_end", NULL };
static const char *const budget_fields[] = { "budget_total",
                                             "guide_per_agency",
                                             "target_agency_count",
                                             "account_path",
                                             "account_code",
                                             "funding_mode",
                                             NULL };

static const char *const steps[] = {
  N_ ("Look up the days of the call, of the selection and of the year’s milestones."),
  N_ ("Look up the money and which agencies take part."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("Programme"),
  .purpose = N_ ("The programme of the year: its dates, its money and its agencies."),
  .steps = steps,
};

static void
append_row (MadangProgrammePage *self,
            AdwPreferencesGroup *group,
            const char *title,
            const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (value);
  g_autofree char *name = g_strdup_printf ("%s: %s", title, value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
append_fields (MadangProgrammePage *self,
               AdwPreferencesGroup *group,
               MadangRecord *record,
               const char *const *fields)
{
  const MadangKind *kind = madang_record_get_kind (record);

  for (; *fields != NULL; fields++)
    {
      g_autofree char *value = NULL;

      if (!madang_record_is_set (record, *fields))
        continue;
      value = madang_record_dup_display (record, *fields);
      append_row (self, group, madang_field_get_label (madang_kind_find_field (kind, *fields)),
                  value);
    }
}

static GPtrArray *
find_all (MadangRecordStore *records, const char *kind, const char *order)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind);

  madang_query_set_order (query, order, 0);
  return madang_record_store_find (records, query, NULL);
}

static void
append_milestones (MadangProgrammePage *self, MadangRecordStore *records, MadangRecord *programme)
{
  g_autoptr (GPtrArray) found = find_all (records, "milestone", "planned_start");

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      MadangRecord *milestone = found->pdata[i];
      g_autofree char *title = NULL;
      g_autofree char *start = NULL;
      g_autofree char *end = NULL;
      g_autofree char *span = NULL;

      if (!g_str_equal (madang_record_get_text (milestone, "programme"),
                        madang_record_get_id (programme)))
        continue;
      title = madang_record_dup_display (milestone, "code");
      start = madang_record_dup_display (milestone, "planned_start");
      end = madang_record_dup_display (milestone, "planned_end");
      /* Translators: first and last day of a span of time */
      span = g_strdup_printf (_ ("%s – %s"), start, end);
      append_row (self, self->milestones, title, span);
    }
}

static void
append_agencies (MadangProgrammePage *self, MadangRecordStore *records)
{
  g_autoptr (GPtrArray) found = find_all (records, "agency", "name_ko");
  g_autofree char *count = NULL;

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      g_autofree char *kind = madang_record_dup_display (found->pdata[i], "kind");

      append_row (self, self->agencies, madang_record_get_text (found->pdata[i], "name_ko"), kind);
    }
  if (found != NULL)
    count = g_strdup_printf (ngettext ("%u agency", "%u agencies", found->len), found->len);
  adw_preferences_group_set_description (self->agencies, count);
}

static void
remove_rows (MadangProgrammePage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *group = gtk_widget_get_ancestor (self->rows->pdata[i], ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), self->rows->pdata[i]);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
reload (MadangProgrammePage *self)
{
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));
  MadangRecordStore *records = madang_sync_get_records (sync);
  g_autoptr (MadangRecord) programme = NULL;

  if (records == NULL)
    return;
  programme = madang_current_programme_find (sync);
  remove_rows (self);
  if (programme == NULL)
    {
      madang_page_set_title (MADANG_PAGE (self), _ ("Programme"), NULL);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  append_fields (self, self->dates, programme, date_fields);
  append_fields (self, self->budget, programme, budget_fields);
  append_milestones (self, records, programme);
  append_agencies (self, records);
  madang_page_set_title (MADANG_PAGE (self), madang_record_get_text (programme, "title"),
                         madang_kind_get_state_label (madang_record_get_kind (programme),
                                                      madang_record_get_state (programme)));
  gtk_stack_set_visible_child_name (self->stack, "page");
}

/* Kinds that are shown here; NULL ids: anything may have changed. */
static gboolean
concerns (MadangProgrammePage *self, const char *const *ids)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (MADANG_PAGE (self)));

  for (; ids != NULL && records != NULL && *ids != NULL; ids++)
    {
      g_autoptr (MadangRecord) record = madang_record_store_get (records, *ids, NULL);
      const char *kind = record != NULL ? madang_record_get_kind (record)->name : "";

      if (record == NULL || g_str_equal (kind, "programme") || g_str_equal (kind, "milestone")
          || g_str_equal (kind, "agency"))
        return TRUE;
    }
  return ids == NULL;
}

static void
madang_programme_page_changed (MadangPage *page, const char *const *ids)
{
  MadangProgrammePage *self = MADANG_PROGRAMME_PAGE (page);

  if (concerns (self, ids))
    reload (self);
}

/* Everything of the programme stands on the one page. */
static MadangPage *
madang_programme_page_find_record_page (MadangPage *page, const char *kind, const char *id)
{
  return page;
}

static void
madang_programme_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (madang_programme_page_parent_class)->constructed (object);
  reload (MADANG_PROGRAMME_PAGE (object));
}

static void
madang_programme_page_finalize (GObject *object)
{
  g_ptr_array_unref (MADANG_PROGRAMME_PAGE (object)->rows);

  G_OBJECT_CLASS (madang_programme_page_parent_class)->finalize (object);
}

static void
madang_programme_page_class_init (MadangProgrammePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = madang_programme_page_constructed;
  object_class->finalize = madang_programme_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->changed = madang_programme_page_changed;
  MADANG_PAGE_CLASS (klass)->find_record_page = madang_programme_page_find_record_page;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/programme/madang-programme-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, dates);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, budget);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, milestones);
  gtk_widget_class_bind_template_child (widget_class, MadangProgrammePage, agencies);
}

static void
madang_programme_page_init (MadangProgrammePage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_programme_page_new (MadangSync *sync)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  return g_object_new (MADANG_TYPE_PROGRAMME_PAGE, "sync", sync, NULL);
}
