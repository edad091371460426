/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* A kind with a field of each type, for the tests of this folder. Its main part is seen by its
 * agency, and by the office once it is submitted; its personal part by the agency, and then by
 * office-personal. Its personal field is declared as indexed, which it must never become. */
extern const MadangKind sample_kind;
/* The same kind as a later build might declare it: "title" and "visits" are not indexed any
 * more, "note" is. */
extern const MadangKind later_sample_kind;

void sample_kind_register (void);

/* A draft of an agency ("11010" …) with a title. */
MadangRecord *sample_new (const char *agency, const char *title);
void sample_set_text (MadangRecord *record, const char *field, const char *text);
void sample_set_number (MadangRecord *record, const char *field, gint64 number);

G_END_DECLS
