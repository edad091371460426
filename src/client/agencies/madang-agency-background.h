/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-record-store.h"

G_BEGIN_DECLS

/**
 * MadangAgencyBackground:
 *
 * What is known of the proposal systems of an agency: for each the newest observation with its day
 * and source, in the words that are shown, and those that were printed where they differ.
 */
#define MADANG_TYPE_AGENCY_BACKGROUND (madang_agency_background_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangAgencyBackground, madang_agency_background, MADANG, AGENCY_BACKGROUND, AdwBin)

/* Reads it from the cache. agency and system are ids; NULL for the
 * latter shows all of the agency. */
void madang_agency_background_show (MadangAgencyBackground *self,
                                    MadangRecordStore *records,
                                    const char *agency,
                                    const char *system);

G_END_DECLS
