/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-event.h"

G_BEGIN_DECLS

/* The rules R-A1 to R-A3 and the effects of the events of an application. Private to the model;
 * the declaration in madang-applications.c names them. */

/* R-A2: what an application must be from birth on. */
MadangVerdict *madang_application_check (const MadangEventContext *context);

/* R-A3: the day of signing lies within the call as it is for this agency. */
MadangVerdict *madang_application_check_signed_on (const MadangEventContext *context,
                                                   MadangRecord *programme);
/* R-A1, R-A2 and the day of R-A3. */
MadangVerdict *madang_application_guard_submit (const MadangEventContext *context);

void madang_application_apply_submit (const MadangEventContext *context, MadangEffects *effects);
void madang_application_apply_receive (const MadangEventContext *context, MadangEffects *effects);
void madang_application_apply_withdraw (const MadangEventContext *context, MadangEffects *effects);

/* (transfer full) (nullable): NULL also when it is not held here. */
MadangRecord *madang_application_find_programme (MadangLookup *lookup, MadangRecord *application);

/* The year of the programme, from which receipt numbers count. (nullable) */
const char *madang_application_get_year (const MadangEventContext *context);

G_END_DECLS
