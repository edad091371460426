/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-event.h"

G_BEGIN_DECLS

/* The call for applications: how long it lasts, for all and for one agency, and who is reminded of
 * it. The events are those of the programme. */

/* More time for one agency. Made by the programme's event alone. */
extern const MadangKind madang_call_extension_kind;

/* The last day on which this agency may apply. Newly allocated; NULL when the programme has no such
 * day. Extensions that are not held here do not count. */
char *madang_call_dup_last_day (MadangLookup *lookup, MadangRecord *programme, const char *agency);

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
