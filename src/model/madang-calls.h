/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-event.h"

G_BEGIN_DECLS

/* The call for applications: how long it lasts, for all and for one agency, and who is reminded of
 * it. The events are those of the programme. */

#define MADANG_CALL_MAX_MESSAGE 500 /* characters of a reason or a reminder */

/* More time for one agency. Made by the programme's event alone. */
extern const MadangKind madang_call_extension_kind;

/* The last day on which this agency may apply. Newly allocated; NULL when the programme has no such
 * day. Extensions that are not held here do not count. */
char *madang_call_dup_last_day (MadangLookup *lookup, MadangRecord *programme, const char *agency);

/* The agencies that may apply and have not: (transfer full) of MadangRecord. NULL: not all of them,
 * or not all applications, are held here. */
GPtrArray *madang_call_find_unanswered (MadangLookup *lookup, MadangRecord *programme);

/* Whether a call with these days has not yet passed. */
MadangVerdict *madang_call_check_ahead (const MadangEventContext *context);
MadangVerdict *madang_call_guard_extend (const MadangEventContext *context);
void madang_call_apply_extend (const MadangEventContext *context, MadangEffects *effects);
MadangVerdict *madang_call_guard_extend_for (const MadangEventContext *context);
void madang_call_apply_extend_for (const MadangEventContext *context, MadangEffects *effects);
MadangVerdict *madang_call_guard_remind (const MadangEventContext *context);
void madang_call_apply_remind (const MadangEventContext *context, MadangEffects *effects);
/* When the call closes by itself. */
gint64 madang_call_get_end (const MadangEventContext *context);

/* The kinds of agencies that may apply (R-A2). */
gboolean madang_call_admits (MadangRecord *agency);

G_END_DECLS
