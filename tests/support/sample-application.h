/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

/* Invented applications. Those that are read by people say that they are samples (견본). */

#define SAMPLE_AGENCY "금천구"

MadangRecord *sample_application_new_empty (void);
MadangRecord *sample_application_new_typical (void);
/* Every text as long as its field allows, made of a pattern again and again. */
MadangRecord *sample_application_new_filled (const char *pattern);
/* As the maximal one, of words and lines as people write them. */
MadangRecord *sample_application_new_full_length (void);

void sample_application_set (MadangRecord *self, const char *field, const char *text);
/* The whole pattern as often as it fits, then as much of it as still fits. */
char *sample_application_repeat (const char *pattern, glong n_characters);
