/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangObservationImportPage:
 *
 * Observations from a CSV file: first every row is shown, as good or with the reason why not;
 * nothing is written until the person has looked and takes the good ones.
 */
#define MADANG_TYPE_OBSERVATION_IMPORT_PAGE (madang_observation_import_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangObservationImportPage,
                      madang_observation_import_page,
                      MADANG,
                      OBSERVATION_IMPORT_PAGE,
                      MadangPage)

MadangPage *madang_observation_import_page_new (MadangSync *sync);

G_END_DECLS
