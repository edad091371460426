/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-agency-choice.h"

#include <glib/gi18n.h>

#include "madang-calls.h"
#include "madang-search-entry.h"

struct _MadangAgencyChoice
{
  GtkWidget parent_instance;

  MadangRecordStore *records; /* (owned) (nullable) until set */
  GPtrArray *shown;           /* (owned) (element-type MadangRecord): in the list's order */
  char *agency;               /* (owned) (nullable) */
  GtkWidget *box;
  MadangSearchEntry *search;
  GtkListBox *list;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (MadangAgencyChoice, madang_agency_choice, GTK_TYPE_WIDGET)

static void
append_row (MadangAgencyChoice *self, MadangRecord *agency)
{
  const char *name = madang_record_get_text (agency, "name_ko");
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "choice-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->shown, g_object_ref (agency));
}

static void
remove_rows (MadangAgencyChoice *self)
{
  GtkListBoxRow *row;

  gtk_list_box_unselect_all (self->list);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_ptr_array_set_size (self->shown, 0);
}

/* There are some fifty of them. */
static void
fill (MadangAgencyChoice *self)
{
  g_autoptr (MadangQuery) query = madang_query_new ("agency");
  g_autoptr (GPtrArray) found = NULL;

  remove_rows (self);
  madang_query_set_order (query, "name_ko", 0);
  madang_search_entry_apply (self->search, query);
  found = madang_record_store_find (self->records, query, NULL);
  for (guint i = 0; found != NULL && i < found->len; i++)
    if (madang_call_admits (found->pdata[i]) && madang_record_get_flag (found->pdata[i], "active"))
      append_row (self, found->pdata[i]);
}

static void
entered_cb (MadangAgencyChoice *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
row_selected_cb (MadangAgencyChoice *self, GtkListBoxRow *row)
{
  const char *id = NULL;

  if (row != NULL)
    id = madang_record_get_id (self->shown->pdata[gtk_list_box_row_get_index (row)]);
  if (g_strcmp0 (id, self->agency) == 0)
    return;
  g_free (self->agency);
  self->agency = g_strdup (id);
  g_signal_emit (self, chosen_signal, 0);
}

static void
madang_agency_choice_dispose (GObject *object)
{
  MadangAgencyChoice *self = MADANG_AGENCY_CHOICE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->records);

  G_OBJECT_CLASS (madang_agency_choice_parent_class)->dispose (object);
}

static void
madang_agency_choice_finalize (GObject *object)
{
  g_ptr_array_unref (MADANG_AGENCY_CHOICE (object)->shown);
  g_free (MADANG_AGENCY_CHOICE (object)->agency);

  G_OBJECT_CLASS (madang_agency_choice_parent_class)->finalize (object);
}

static void
madang_agency_choice_class_init (MadangAgencyChoiceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_agency_choice_dispose;
  G_OBJECT_CLASS (klass)->finalize = madang_agency_choice_finalize;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (MADANG_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/programme/madang-agency-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangAgencyChoice, box);
  gtk_widget_class_bind_template_child (widget_class, MadangAgencyChoice, search);
  gtk_widget_class_bind_template_child (widget_class, MadangAgencyChoice, list);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_agency_choice_init (MadangAgencyChoice *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->search, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "entered", G_CALLBACK (entered_cb), self,
                           G_CONNECT_SWAPPED);
}

void
madang_agency_choice_set_records (MadangAgencyChoice *self, MadangRecordStore *records)
{
  g_return_if_fail (MADANG_IS_AGENCY_CHOICE (self));
  g_return_if_fail (self->records == NULL && MADANG_IS_RECORD_STORE (records));

  self->records = g_object_ref (records);
  fill (self);
}

const char *
madang_agency_choice_get_agency (MadangAgencyChoice *self)
{
  g_return_val_if_fail (MADANG_IS_AGENCY_CHOICE (self), NULL);
  return self->agency;
}
