/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-form.h"
#include "madang-paper-view.h"
#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangApplicationSheet:
 *
 * The application form beside its paper; on a narrow place one of the two, with a switch. The
 * paper follows every key.
 *
 * Signal "updated": the working record changed, at most once a frame.
 */
#define MADANG_TYPE_APPLICATION_SHEET (madang_application_sheet_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangApplicationSheet, madang_application_sheet, MADANG, APPLICATION_SHEET, GtkWidget)

/* Once. writable: fields may be edited where the rules let this person. */
void
madang_application_sheet_set_up (MadangApplicationSheet *self, MadangSync *sync, gboolean writable);
void madang_application_sheet_set_record (MadangApplicationSheet *self, MadangRecord *record);
MadangRecord *madang_application_sheet_get_record (MadangApplicationSheet *self); /* (nullable) */
MadangForm *madang_application_sheet_get_form (MadangApplicationSheet *self);
MadangPaperView *madang_application_sheet_get_paper_view (MadangApplicationSheet *self);
/* Puts a widget above the form, where it scrolls with it. */
void madang_application_sheet_add_above (MadangApplicationSheet *self, GtkWidget *widget);
/* Moves to the field, out of the paper if need be. */
void madang_application_sheet_focus_field (MadangApplicationSheet *self, const char *field);
/* As the office names the file, e.g. with suffix "pdf". */
char *madang_application_sheet_dup_file_name (MadangApplicationSheet *self, const char *suffix);

G_END_DECLS
