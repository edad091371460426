/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-intake-filters.h"

#include <glib/gi18n.h>

#include "madang-wrap-box.h"

/* What was never submitted stays with its agency, but for a paper form that the office enters. */
static const char *const at_office[] = {
  "submitted", "received",  "supplement", "under_review", "selected", "reserve", "not_selected",
  "confirmed", "withdrawn", "declined",   "late_entry",   "refused",  NULL,
};
static const char *const to_receive[] = { "submitted", NULL };
static const char *const in_supplement[] = { "supplement", NULL };
static const char *const in_received[] = { "received", NULL };
static const char *const in_review[]
    = { "under_review", "selected", "reserve", "not_selected", "confirmed", NULL };
static const char *const gone[] = { "withdrawn", "declined", "refused", NULL };

static const struct
{
  const char *name;
  const char *label;         /* msgid */
  const char *const *states; /* NULL: any */
  gboolean late;             /* paper forms only */
  gboolean rare;             /* not shown while there is none */
} filters[] = {
  { MADANG_INTAKE_ALL, N_ ("All"), at_office, FALSE, FALSE },
  { "submitted", N_ ("To Be Received"), to_receive, FALSE, FALSE },
  { "supplement", N_ ("In Supplement"), in_supplement, FALSE, FALSE },
  { "received", N_ ("Received"), in_received, FALSE, FALSE },
  { "late", N_ ("Late Entries"), NULL, TRUE, FALSE },
  { "review", N_ ("In Review or Decided"), in_review, FALSE, TRUE },
  { "withdrawn", N_ ("Withdrawn or Given Up"), gone, FALSE, TRUE },
  /* Translators: agencies that may apply and have not */
  { MADANG_INTAKE_UNANSWERED, N_ ("Not Applied"), NULL, FALSE, FALSE },
};

struct _MadangIntakeFilters
{
  AdwBin parent_instance;

  GtkWidget *buttons[G_N_ELEMENTS (filters)];
};

G_DEFINE_FINAL_TYPE (MadangIntakeFilters, madang_intake_filters, ADW_TYPE_BIN)

static GtkWidget *
new_button (gsize i)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (_ (filters[i].label));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.filter");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", filters[i].name);
  gtk_widget_add_css_class (button, "filter-chip");
  return button;
}

static void
madang_intake_filters_class_init (MadangIntakeFiltersClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_intake_filters_init (MadangIntakeFilters *self)
{
  GtkWidget *box = g_object_new (MADANG_TYPE_WRAP_BOX, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: for a screen reader */
                                  _ ("Show Only"), -1);
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      self->buttons[i] = new_button (i);
      gtk_widget_set_visible (self->buttons[i], !filters[i].rare);
      madang_wrap_box_append (MADANG_WRAP_BOX (box), self->buttons[i]);
    }
  adw_bin_set_child (ADW_BIN (self), box);
}

/* count: negative while it is not known. */
static void
show_count (MadangIntakeFilters *self, gsize i, gint64 count)
{
  GtkWidget *button = self->buttons[i];
  g_autofree char *label
      = count >= 0 ? g_strdup_printf ("%s %" G_GINT64_FORMAT, _ (filters[i].label), count)
                   : g_strdup (_ (filters[i].label));

  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) != 0)
    gtk_button_set_label (GTK_BUTTON (button), label);
  /* One that is chosen stays, or nobody would see what the list is narrowed down to. */
  gtk_widget_set_visible (button, !filters[i].rare || count > 0
                                      || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

gboolean
madang_intake_filter_is_known (const char *filter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    if (g_strcmp0 (filters[i].name, filter) == 0)
      return TRUE;
  return FALSE;
}

MadangQuery *
madang_intake_filter_new_query (const char *filter, const char *programme)
{
  MadangQuery *query = madang_query_new ("application");

  if (programme != NULL)
    madang_query_add_equal (query, "programme", g_variant_new_string (programme));
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      if (g_strcmp0 (filters[i].name, filter) != 0)
        continue;
      if (filters[i].states != NULL)
        madang_query_add_states (query, filters[i].states);
      if (filters[i].late)
        madang_query_add_equal (query, "late", g_variant_new_boolean (TRUE));
    }
  return query;
}

GArray *
madang_intake_filters_count (MadangRecordStore *records, const char *programme)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (MADANG_IS_RECORD_STORE (records), numbers);

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (MadangQuery) query = madang_intake_filter_new_query (filters[i].name, programme);
      gint64 number = -1;

      if (!g_str_equal (filters[i].name, MADANG_INTAKE_UNANSWERED))
        number = madang_record_store_count (records, query, NULL);
      g_array_append_val (numbers, number);
    }
  return numbers;
}

void
madang_intake_filters_show (MadangIntakeFilters *self, GArray *numbers, int n_unanswered)
{
  g_return_if_fail (MADANG_IS_INTAKE_FILTERS (self));
  g_return_if_fail (numbers != NULL && numbers->len == G_N_ELEMENTS (filters));

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    show_count (self, i,
                g_str_equal (filters[i].name, MADANG_INTAKE_UNANSWERED)
                    ? n_unanswered
                    : g_array_index (numbers, gint64, i));
}
