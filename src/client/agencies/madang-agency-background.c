/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-agency-background.h"

#include <glib/gi18n.h>

#include "madang-system-entry.h"

struct _MadangAgencyBackground
{
  AdwBin parent_instance;

  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (MadangAgencyBackground, madang_agency_background, ADW_TYPE_BIN)

/* In the order of the annex. */
static const char *const shown_fields[] = {
  "department",          "platform_kind",      "url",
  "opened_on",           "planned_open",       "closed_on",
  "epeople_mode",        "links_idea_epeople", "links_democracy_seoul",
  "has_upvote_downvote", "has_policy_debate",  "shows_adoption_status",
  "contest_mode",        "contest_per_year",   "note",
};

/* Silence takes no line. */
static gboolean
says_nothing (const char *text)
{
  return *text == '\0' || g_str_equal (text, "none_stated") || g_str_equal (text, "unknown");
}

static GtkWidget *
new_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
append_line (GtkGrid *grid, int line, const char *label, const char *value)
{
  GtkWidget *text = new_text (value, NULL);

  gtk_widget_set_hexpand (text, TRUE);
  gtk_grid_attach (grid, new_text (label, "dim-label"), 0, line, 1, 1);
  gtk_grid_attach (grid, text, 1, line, 1, 1);
}

static GtkWidget *
new_grid (const MadangSystemEntry *entry)
{
  GtkWidget *grid = gtk_grid_new ();
  int line = 0;

  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (gsize i = 0; i < G_N_ELEMENTS (shown_fields); i++)
    {
      MadangRecord *holder = madang_system_entry_find_holder (entry, shown_fields[i]);
      g_autofree char *value = NULL;

      if (holder == NULL || says_nothing (madang_system_entry_get_text (entry, shown_fields[i])))
        continue;
      value = madang_record_dup_display (holder, shown_fields[i]);
      append_line (GTK_GRID (grid), line++,
                   madang_field_get_label (
                       madang_kind_find_field (madang_record_get_kind (holder), shown_fields[i])),
                   value);
    }
  return grid;
}

/* The words of the annex where ours differ from them. */
static void
append_raw (MadangAgencyBackground *self, MadangRecord *observation)
{
  static const char *const pairs[][2] = { { "raw_name", "name" }, { "raw_note", "note" } };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const char *raw = madang_record_get_text (observation, pairs[i][0]);
      g_autofree char *text = NULL;

      if (*raw == '\0' || g_str_equal (raw, madang_record_get_text (observation, pairs[i][1])))
        continue;
      text = g_strdup_printf ("%s: %s",
                              madang_field_get_label (madang_kind_find_field (
                                  madang_record_get_kind (observation), pairs[i][0])),
                              raw);
      gtk_box_append (self->box, new_text (text, "caption"));
    }
}

static void
append_entry (MadangAgencyBackground *self, const MadangSystemEntry *entry)
{
  g_autofree char *observed = NULL;
  g_autofree char *text = NULL;

  if (entry->system == NULL)
    {
      gtk_box_append (self->box,
                      new_text (_ ("No proposal system is entered for this agency."), "dim-label"));
      return;
    }
  gtk_box_append (self->box,
                  new_text (madang_system_entry_get_text (entry, "name"), "form-subheading"));
  gtk_box_append (self->box, new_grid (entry));
  if (entry->newest == NULL)
    {
      gtk_box_append (self->box, new_text (_ ("Nothing was observed of it yet."), "dim-label"));
      return;
    }
  append_raw (self, entry->newest);
  observed = madang_system_entry_dup_display (entry, "observed");
  /* Translators: %s is a day and a source */
  text = g_strdup_printf (_ ("As of %s"), observed);
  gtk_box_append (self->box, new_text (text, "caption"));
}

static void
madang_agency_background_class_init (MadangAgencyBackgroundClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_agency_background_init (MadangAgencyBackground *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_add_css_class (GTK_WIDGET (self), "background-panel");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Background of the agency"), -1);
}

void
madang_agency_background_show (MadangAgencyBackground *self,
                               MadangRecordStore *records,
                               const char *agency,
                               const char *system)
{
  g_autoptr (GPtrArray) entries = NULL;
  GtkWidget *child;

  g_return_if_fail (MADANG_IS_AGENCY_BACKGROUND (self));
  g_return_if_fail (agency != NULL);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  entries = records != NULL ? madang_system_entry_list (records, agency) : NULL;
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const MadangSystemEntry *entry = entries->pdata[i];

      if (system == NULL
          || (entry->system != NULL && g_str_equal (madang_record_get_id (entry->system), system)))
        append_entry (self, entry);
    }
}
