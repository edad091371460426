/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-letter-page.h"

#include <glib/gi18n.h>

#include "madang-office-letter.h"
#include "madang-paper-commands.h"
#include "madang-receipt-paper.h"
#include "madang-supplement-letter.h"

struct _MadangLetterPage
{
  MadangPage parent_instance;

  char *file_name; /* (owned) */
  MadangPaperView *paper_view;
};

G_DEFINE_FINAL_TYPE (MadangLetterPage, madang_letter_page, MADANG_TYPE_PAGE)

static const char *const steps[] = {
  N_ ("Read the paper as it will print."),
  N_ ("Print it, or save it as PDF and attach it to the official letter."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("Letters and Receipts"),
  .purpose = N_ ("A paper of the office, made from what is entered. The number at its foot tells "
                 "whether two copies say the same."),
  .steps = steps,
};

static char *
dup_file_name (MadangPage *page)
{
  return g_strdup (MADANG_LETTER_PAGE (page)->file_name);
}

static void
madang_letter_page_shown (MadangPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (MADANG_LETTER_PAGE (page)->paper_view));
}

static void
madang_letter_page_finalize (GObject *object)
{
  g_free (MADANG_LETTER_PAGE (object)->file_name);

  G_OBJECT_CLASS (madang_letter_page_parent_class)->finalize (object);
}

static void
madang_letter_page_class_init (MadangLetterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = madang_letter_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->shown = madang_letter_page_shown;

  g_type_ensure (MADANG_TYPE_PAPER_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/applications/madang-letter-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangLetterPage, paper_view);
}

static void
madang_letter_page_init (MadangLetterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  madang_paper_commands_add (MADANG_PAGE (self), self->paper_view, dup_file_name);
}

MadangPage *
madang_letter_page_new (MadangSync *sync, MadangDocument *document, const char *file_name)
{
  MadangLetterPage *self;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (MADANG_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (file_name != NULL, NULL);

  self = g_object_new (MADANG_TYPE_LETTER_PAGE, "sync", sync, NULL);
  self->file_name = g_strdup (file_name);
  madang_paper_view_set_document (self->paper_view, document);
  madang_page_set_title (MADANG_PAGE (self), madang_document_get_title (document), NULL);
  return MADANG_PAGE (self);
}

/* (nullable) */
static MadangRecord *
find_referenced (MadangPage *page, MadangRecord *application, const char *field)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (page));
  const char *id = madang_record_get_text (application, field);

  return records != NULL && *id != '\0' ? madang_record_store_get (records, id, NULL) : NULL;
}

void
madang_letter_page_open_request (MadangPage *page, MadangRecord *application, MadangRecord *request)
{
  g_autoptr (MadangRecord) programme = find_referenced (page, application, "programme");
  g_autoptr (MadangRecord) agency = find_referenced (page, application, "agency");
  g_autoptr (MadangDocument) document
      = madang_supplement_letter_new (request, application, programme, agency);
  g_autofree char *name
      = madang_office_letter_dup_file_name (programme, agency, madang_document_get_title (document),
                                            "pdf");

  madang_page_open (page, madang_letter_page_new (madang_page_get_sync (page), document, name));
}

void
madang_letter_page_open_receipt (MadangPage *page, MadangRecord *application)
{
  g_autoptr (MadangRecord) programme = find_referenced (page, application, "programme");
  g_autoptr (MadangRecord) agency = find_referenced (page, application, "agency");
  g_autoptr (MadangDocument) document = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (madang_record_is_set (application, "receipt_number"));

  document = madang_receipt_paper_new (application, programme, agency);
  name = madang_office_letter_dup_file_name (programme, agency,
                                             madang_document_get_title (document), "pdf");
  madang_page_open (page, madang_letter_page_new (madang_page_get_sync (page), document, name));
}
