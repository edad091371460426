/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-system-filters.h"

#include <glib/gi18n.h>

#include "madang-search-entry.h"
#include "madang-wrap-box.h"

static const struct
{
  const char *kind;
  const char *field;
} choices[] = {
  { "agency", "kind" },
  { "agency", "region" },
  { "system_observation", "epeople_mode" },
  { "system_observation", "has_policy_debate" },
  { "system_observation", "links_democracy_seoul" },
};

struct _MadangSystemFilters
{
  AdwBin parent_instance;

  MadangSearchEntry *search;
  GtkDropDown *drop_downs[G_N_ELEMENTS (choices)];
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (MadangSystemFilters, madang_system_filters, ADW_TYPE_BIN)

static const MadangField *
get_field (gsize i)
{
  return madang_kind_find_field (madang_kind_find (choices[i].kind), choices[i].field);
}

static void
emit_changed (MadangSystemFilters *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static GtkDropDown *
new_drop_down (MadangSystemFilters *self, const MadangField *field)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  /* Translators: the first choice of a filter; %s is what is filtered, such as "Source" */
  g_autofree char *all = g_strdup_printf (_ ("%s: all"), madang_field_get_label (field));
  GtkWidget *drop_down;

  gtk_string_list_append (labels, all);
  for (const MadangChoice *choice = field->choices; choice->name != NULL; choice++)
    gtk_string_list_append (labels, madang_field_get_choice_label (field, choice->name));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  gtk_widget_set_tooltip_text (drop_down, madang_field_get_label (field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  madang_field_get_label (field), -1);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (emit_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_DROP_DOWN (drop_down);
}

static void
madang_system_filters_class_init (MadangSystemFiltersClass *klass)
{
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
madang_system_filters_init (MadangSystemFilters *self)
{
  GtkWidget *box = g_object_new (MADANG_TYPE_WRAP_BOX, NULL);

  self->search = MADANG_SEARCH_ENTRY (madang_search_entry_new (_ ("Search Agencies and Systems"),
                                                               _ ("Agency, system, department")));
  g_signal_connect_object (self->search, "changed", G_CALLBACK (emit_changed), self,
                           G_CONNECT_SWAPPED);
  madang_wrap_box_append (MADANG_WRAP_BOX (box), GTK_WIDGET (self->search));
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      self->drop_downs[i] = new_drop_down (self, get_field (i));
      madang_wrap_box_append (MADANG_WRAP_BOX (box), GTK_WIDGET (self->drop_downs[i]));
    }
  adw_bin_set_child (ADW_BIN (self), box);
}

gboolean
madang_system_filters_admit (MadangSystemFilters *self, const MadangSystemEntry *entry)
{
  g_return_val_if_fail (MADANG_IS_SYSTEM_FILTERS (self), FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      const guint selected = gtk_drop_down_get_selected (self->drop_downs[i]);

      if (selected != 0 && selected != GTK_INVALID_LIST_POSITION
          && !g_str_equal (get_field (i)->choices[selected - 1].name,
                           madang_system_entry_get_text (entry, choices[i].field)))
        return FALSE;
    }
  return madang_system_entry_matches (entry, madang_search_entry_get_text (self->search));
}

gboolean
madang_system_filters_are_set (MadangSystemFilters *self)
{
  g_return_val_if_fail (MADANG_IS_SYSTEM_FILTERS (self), FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    if (gtk_drop_down_get_selected (self->drop_downs[i]) != 0)
      return TRUE;
  return *madang_search_entry_get_text (self->search) != '\0';
}

void
madang_system_filters_focus_search (MadangSystemFilters *self)
{
  g_return_if_fail (MADANG_IS_SYSTEM_FILTERS (self));
  madang_search_entry_begin (self->search);
}
