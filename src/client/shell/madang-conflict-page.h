/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangConflictPage:
 *
 * What the person has to decide: conflicts field by field, and changes that the server refused,
 * each with the reason.
 */
#define MADANG_TYPE_CONFLICT_PAGE (madang_conflict_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangConflictPage, madang_conflict_page, MADANG, CONFLICT_PAGE, MadangPage)

MadangPage *madang_conflict_page_new (MadangSync *sync);

G_END_DECLS
