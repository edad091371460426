/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-application-sheet.h"

#include "madang-application-paper.h"
#include "madang-background-card.h"
#include "madang-field-row-factory.h"
#include "madang-split-view.h"

#define ROW_MARGIN 24 /* pixels that stay free above and below the field that is written */

struct _MadangApplicationSheet
{
  GtkWidget parent_instance;

  MadangSync *sync;  /* (owned) (nullable) until set up */
  char *agency_name; /* (owned) (nullable) */
  char *shown;       /* (owned) (nullable): id of the record on the paper */
  guint tick;
  GtkWidget *box;
  MadangSplitView *split_view;
  GtkViewport *viewport; /* of the form */
  MadangBackgroundCard *background;
  MadangForm *form;
  GtkWidget *arrived_row; /* seen only of what came on paper */
  MadangPaperView *paper_view;
};

static guint updated_signal;

G_DEFINE_FINAL_TYPE (MadangApplicationSheet, madang_application_sheet, GTK_TYPE_WIDGET)

static void
update_paper (MadangApplicationSheet *self)
{
  g_autoptr (MadangDocument) document
      = madang_application_paper_new (madang_form_get_record (self->form), self->agency_name);

  madang_paper_view_set_document (self->paper_view, document);
}

/* Several keys of one frame make one layout. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer user_data)
{
  MadangApplicationSheet *self = MADANG_APPLICATION_SHEET (widget);

  self->tick = 0;
  update_paper (self);
  g_signal_emit (self, updated_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
form_edited_cb (MadangApplicationSheet *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* A field comes into view with its label and what stands below it; a viewport by itself would
 * care for the control alone. */
static void
focus_changed_cb (MadangApplicationSheet *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *content = gtk_viewport_get_child (self->viewport);
  GtkWidget *row;
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, content))
    return;
  row = gtk_widget_get_ancestor (focus, MADANG_TYPE_FIELD_ROW);
  /* In the content's own coordinates: they do not change while it is scrolled. */
  if (gtk_widget_compute_bounds (row != NULL ? row : focus, content, &bounds))
    gtk_adjustment_clamp_page (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->viewport)),
                               bounds.origin.y - ROW_MARGIN,
                               bounds.origin.y + bounds.size.height + ROW_MARGIN);
}

static void
madang_application_sheet_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (madang_application_sheet_parent_class)->root (widget);

  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget",
                           G_CALLBACK (focus_changed_cb), widget, G_CONNECT_SWAPPED);
}

static void
madang_application_sheet_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), focus_changed_cb, widget);

  GTK_WIDGET_CLASS (madang_application_sheet_parent_class)->unroot (widget);
}

static void
field_focused_cb (MadangApplicationSheet *self, const char *field)
{
  /* The mark stays where the person wrote last, also while they look elsewhere. */
  if (field == NULL)
    return;
  madang_paper_view_highlight (self->paper_view, field);
}

static void
paper_picked_cb (MadangApplicationSheet *self, const char *field)
{
  madang_application_sheet_focus_field (self, field);
}

static void
find_agency_name (MadangApplicationSheet *self, MadangRecord *application)
{
  MadangRecordStore *records = madang_sync_get_records (self->sync);
  g_autoptr (MadangRecord) agency = NULL;

  g_clear_pointer (&self->agency_name, g_free);
  if (records != NULL && madang_record_is_set (application, "agency"))
    agency
        = madang_record_store_get (records, madang_record_get_text (application, "agency"), NULL);
  if (agency != NULL)
    self->agency_name = g_strdup (madang_record_get_text (agency, "name_ko"));
}

static void
scroll_to_top (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                            0);
}

static void
form_shown_cb (MadangApplicationSheet *self)
{
  MadangRecord *record = madang_form_get_record (self->form);

  find_agency_name (self, record);
  gtk_widget_set_visible (self->arrived_row, madang_record_get_flag (record, "late"));
  /* What was saved comes back while the next key is on its way: together they make one layout. */
  if (g_strcmp0 (self->shown, madang_record_get_id (record)) == 0)
    {
      form_edited_cb (self);
      return;
    }
  g_free (self->shown);
  self->shown = g_strdup (madang_record_get_id (record));
  scroll_to_top (GTK_WIDGET (self->form));
  scroll_to_top (GTK_WIDGET (self->paper_view));
  madang_paper_view_highlight (self->paper_view, NULL);
  update_paper (self);
  g_signal_emit (self, updated_signal, 0);
}

static void
madang_application_sheet_dispose (GObject *object)
{
  MadangApplicationSheet *self = MADANG_APPLICATION_SHEET (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (madang_application_sheet_parent_class)->dispose (object);
}

static void
madang_application_sheet_finalize (GObject *object)
{
  g_free (MADANG_APPLICATION_SHEET (object)->agency_name);
  g_free (MADANG_APPLICATION_SHEET (object)->shown);

  G_OBJECT_CLASS (madang_application_sheet_parent_class)->finalize (object);
}

static void
madang_application_sheet_class_init (MadangApplicationSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_application_sheet_dispose;
  G_OBJECT_CLASS (klass)->finalize = madang_application_sheet_finalize;
  widget_class->root = madang_application_sheet_root;
  widget_class->unroot = madang_application_sheet_unroot;

  updated_signal = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  madang_field_row_ensure_types ();
  g_type_ensure (MADANG_TYPE_BACKGROUND_CARD);
  g_type_ensure (MADANG_TYPE_FORM);
  g_type_ensure (MADANG_TYPE_PAPER_VIEW);
  g_type_ensure (MADANG_TYPE_SPLIT_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/applications/madang-application-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationSheet, box);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationSheet, split_view);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationSheet, viewport);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationSheet, background);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationSheet, form);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationSheet, arrived_row);
  gtk_widget_class_bind_template_child (widget_class, MadangApplicationSheet, paper_view);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_application_sheet_init (MadangApplicationSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->form, "edited", G_CALLBACK (form_edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "shown", G_CALLBACK (form_shown_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "field-focused", G_CALLBACK (field_focused_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->paper_view, "picked", G_CALLBACK (paper_picked_cb), self,
                           G_CONNECT_SWAPPED);
}

void
madang_application_sheet_set_up (MadangApplicationSheet *self, MadangSync *sync, gboolean writable)
{
  g_return_if_fail (MADANG_IS_APPLICATION_SHEET (self));
  g_return_if_fail (self->sync == NULL);

  self->sync = g_object_ref (sync);
  madang_background_card_set_up (self->background, self->form, madang_sync_get_records (sync),
                                 writable);
  madang_form_set_up (self->form, madang_kind_find ("application"), madang_sync_get_records (sync),
                      writable ? madang_sync_get_actor (sync) : NULL);
}

void
madang_application_sheet_set_record (MadangApplicationSheet *self, MadangRecord *record)
{
  g_return_if_fail (MADANG_IS_APPLICATION_SHEET (self));
  g_return_if_fail (self->sync != NULL);

  madang_form_set_record (self->form, record);
}

MadangRecord *
madang_application_sheet_get_record (MadangApplicationSheet *self)
{
  g_return_val_if_fail (MADANG_IS_APPLICATION_SHEET (self), NULL);
  return madang_form_get_record (self->form);
}

MadangForm *
madang_application_sheet_get_form (MadangApplicationSheet *self)
{
  g_return_val_if_fail (MADANG_IS_APPLICATION_SHEET (self), NULL);
  return self->form;
}

MadangPaperView *
madang_application_sheet_get_paper_view (MadangApplicationSheet *self)
{
  g_return_val_if_fail (MADANG_IS_APPLICATION_SHEET (self), NULL);
  return self->paper_view;
}

void
madang_application_sheet_add_above (MadangApplicationSheet *self, GtkWidget *widget)
{
  g_return_if_fail (MADANG_IS_APPLICATION_SHEET (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_box_prepend (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->form))), widget);
}

void
madang_application_sheet_focus_field (MadangApplicationSheet *self, const char *field)
{
  g_return_if_fail (MADANG_IS_APPLICATION_SHEET (self));

  madang_split_view_set_show_content (self->split_view, FALSE);
  madang_form_focus_field (self->form, field);
}

char *
madang_application_sheet_dup_file_name (MadangApplicationSheet *self, const char *suffix)
{
  g_return_val_if_fail (MADANG_IS_APPLICATION_SHEET (self), NULL);
  return madang_application_paper_dup_file_name (madang_form_get_record (self->form),
                                                 self->agency_name, suffix);
}
