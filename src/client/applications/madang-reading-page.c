/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-reading-page.h"

#include <glib/gi18n.h>

#include "madang-application-sheet.h"
#include "madang-application-status.h"
#include "madang-event-command.h"
#include "madang-history-page.h"
#include "madang-paper-commands.h"
#include "madang-undo.h"

struct _MadangReadingPage
{
  MadangPage parent_instance;

  char *application;           /* (owned): id */
  MadangEventCommand *receive; /* (owned) (nullable) until set up */
  GtkWidget *receive_button;
  MadangApplicationSheet *sheet;
};

typedef enum
{
  PROP_APPLICATION = 1,
} MadangReadingPageProperty;

static GParamSpec *properties[PROP_APPLICATION + 1];

G_DEFINE_FINAL_TYPE (MadangReadingPage, madang_reading_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "receive", .kind = "application" },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Read the application: the paper stands beside what was entered."),
  N_ ("Receive it. The server gives the receipt number and tells the agency."),
  N_ ("Go back for the next one."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("Reading an Application"),
  .purpose = N_ ("One agency’s application as it was submitted."),
  .steps = steps,
};

static char *
dup_agency_name (MadangReadingPage *self, MadangRecord *record)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (MADANG_PAGE (self)));
  g_autoptr (MadangRecord) agency
      = madang_record_store_get (records, madang_record_get_text (record, "agency"), NULL);

  return g_strdup (agency != NULL ? madang_record_get_text (agency, "name_ko") : "");
}

static char *
dup_status (MadangRecord *record)
{
  g_autofree char *number = NULL;

  if (!g_str_equal (madang_record_get_state (record), "received"))
    return NULL;
  if (!madang_record_is_set (record, "receipt_number"))
    return g_strdup (_ ("Received. The server gives the receipt number as soon as it is reached."));
  number = madang_record_dup_display (record, "receipt_number");
  /* Translators: %s is the receipt number */
  return g_strdup_printf (_ ("Received under number %s."), number);
}

/* Reads the record from the cache; it may have left our sight meanwhile. */
static void
reload (MadangReadingPage *self)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (MADANG_PAGE (self)));
  g_autoptr (MadangRecord) record = NULL;
  g_autofree char *name = NULL;
  g_autofree char *status = NULL;

  if (records != NULL)
    record = madang_record_store_get (records, self->application, NULL);
  madang_event_command_update (self->receive, record, NULL);
  if (record == NULL)
    {
      madang_page_show_banner (MADANG_PAGE (self),
                               _ ("This application is no longer here for you to read."), NULL,
                               NULL);
      return;
    }
  madang_application_sheet_set_record (self->sheet, record);
  gtk_widget_set_visible (self->receive_button,
                          madang_event_command_is_relevant (self->receive, record));
  name = dup_agency_name (self, record);
  madang_page_set_title (MADANG_PAGE (self), name,
                         madang_kind_get_state_label (madang_record_get_kind (record),
                                                      madang_record_get_state (record)));
  status = dup_status (record);
  madang_page_show_banner (MADANG_PAGE (self), status, NULL, NULL);
}

static void
receive_cb (MadangReadingPage *self)
{
  madang_event_command_run (self->receive, madang_application_sheet_get_record (self->sheet), NULL);
}

static void
event_done_cb (MadangReadingPage *self)
{
  reload (self);
  if (madang_application_sheet_get_record (self->sheet) != NULL)
    madang_undo_offer (MADANG_PAGE (self), madang_application_sheet_get_record (self->sheet),
                       madang_event_command_get_event (self->receive));
}

static void
event_failed_cb (MadangReadingPage *self, const char *text)
{
  reload (self);
  madang_page_toast (MADANG_PAGE (self), text);
}

static MadangRecord *
get_record (MadangPage *page)
{
  return madang_application_sheet_get_record (MADANG_READING_PAGE (page)->sheet);
}

static char *
dup_file_name (MadangPage *page)
{
  return madang_application_sheet_dup_file_name (MADANG_READING_PAGE (page)->sheet, "pdf");
}

static void
madang_reading_page_changed (MadangPage *page, const char *const *ids)
{
  MadangReadingPage *self = MADANG_READING_PAGE (page);

  if (ids == NULL || g_strv_contains (ids, self->application))
    reload (self);
}

static void
madang_reading_page_shown (MadangPage *page)
{
  MadangReadingPage *self = MADANG_READING_PAGE (page);

  GtkWidget *paper = GTK_WIDGET (madang_application_sheet_get_paper_view (self->sheet));

  /* Not the button: the Return that opened the page must not receive it as well. */
  if (gtk_widget_get_mapped (paper))
    gtk_widget_grab_focus (paper);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->sheet), GTK_DIR_TAB_FORWARD);
}

static void
madang_reading_page_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  if (property_id == PROP_APPLICATION)
    MADANG_READING_PAGE (object)->application = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_reading_page_constructed (GObject *object)
{
  MadangReadingPage *self = MADANG_READING_PAGE (object);
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));

  G_OBJECT_CLASS (madang_reading_page_parent_class)->constructed (object);

  madang_application_sheet_set_up (self->sheet, sync, FALSE);
  self->receive = madang_event_command_new (sync, madang_kind_find ("application"), "receive");
  madang_event_command_bind_button (self->receive, GTK_BUTTON (self->receive_button));
  g_signal_connect_object (self->receive, "activated", G_CALLBACK (receive_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->receive, "done", G_CALLBACK (event_done_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->receive, "failed", G_CALLBACK (event_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (madang_page_get_actions (MADANG_PAGE (self))),
                           madang_event_command_get_action (self->receive));
  madang_paper_commands_add (MADANG_PAGE (self),
                             madang_application_sheet_get_paper_view (self->sheet), dup_file_name);
  madang_history_page_add_command (MADANG_PAGE (self), get_record);
  reload (self);
}

static void
madang_reading_page_dispose (GObject *object)
{
  g_clear_object (&MADANG_READING_PAGE (object)->receive);

  G_OBJECT_CLASS (madang_reading_page_parent_class)->dispose (object);
}

static void
madang_reading_page_finalize (GObject *object)
{
  g_free (MADANG_READING_PAGE (object)->application);

  G_OBJECT_CLASS (madang_reading_page_parent_class)->finalize (object);
}

static void
madang_reading_page_class_init (MadangReadingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = madang_reading_page_set_property;
  object_class->constructed = madang_reading_page_constructed;
  object_class->dispose = madang_reading_page_dispose;
  object_class->finalize = madang_reading_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->changed = madang_reading_page_changed;
  MADANG_PAGE_CLASS (klass)->shown = madang_reading_page_shown;

  properties[PROP_APPLICATION]
      = g_param_spec_string ("application", NULL, NULL, NULL,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (MADANG_TYPE_APPLICATION_SHEET);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/applications/madang-reading-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangReadingPage, receive_button);
  gtk_widget_class_bind_template_child (widget_class, MadangReadingPage, sheet);
}

static void
madang_reading_page_init (MadangReadingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
madang_reading_page_set_application (MadangReadingPage *self, const char *application)
{
  g_return_if_fail (MADANG_IS_READING_PAGE (self));
  g_return_if_fail (application != NULL);

  if (g_str_equal (self->application, application))
    return;
  g_free (self->application);
  self->application = g_strdup (application);
  reload (self);
}

MadangPage *
madang_reading_page_new (MadangSync *sync, const char *application)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (application != NULL, NULL);
  return g_object_new (MADANG_TYPE_READING_PAGE, "sync", sync, "application", application, NULL);
}
