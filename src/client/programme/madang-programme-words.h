/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* What stands on the page of a programme, in words. Pure; newly allocated. */

/* "2020. 2. 24.(월) – 2020. 3. 13.(금)"; one of them where the other is unset, "" without both. */
char *madang_programme_dup_span (MadangRecord *record, const char *first, const char *last);
/* "Planned …", and what really happened as far as it did. */
char *madang_programme_dup_milestone (MadangRecord *milestone);
/* The value of a field, amounts of money in thousands of won as the office writes them. */
char *madang_programme_dup_value (MadangRecord *programme, const MadangField *field);

G_END_DECLS
