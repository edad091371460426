/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangProgrammeFormPage:
 *
 * A programme or one of its milestones as a form, which saves itself; to read for whoever may not
 * write it. Opened from the page of the programme.
 */
#define MADANG_TYPE_PROGRAMME_FORM_PAGE (madang_programme_form_page_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangProgrammeFormPage, madang_programme_form_page, MADANG, PROGRAMME_FORM_PAGE, MadangPage)

/* record: of kind "programme" or "milestone". field (nullable): where to begin. */
MadangPage *
madang_programme_form_page_new (MadangSync *sync, MadangRecord *record, const char *field);

G_END_DECLS
