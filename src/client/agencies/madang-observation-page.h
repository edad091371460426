/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangObservationPage:
 *
 * Corrects a row of annex 1: a form that begins as the newest observation was and is kept as a new
 * one beside it. Without a system it enters one with its first observation.
 */
#define MADANG_TYPE_OBSERVATION_PAGE (madang_observation_page_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangObservationPage, madang_observation_page, MADANG, OBSERVATION_PAGE, MadangPage)

/* Ids; system NULL: a new one. */
MadangPage *madang_observation_page_new (MadangSync *sync, const char *agency, const char *system);

G_END_DECLS
