/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* Rights: role x action x own or other agency x state x field, from the kind's table. */

MadangVerdict *madang_rights_check_create (const MadangActor *actor, MadangRecord *record);
MadangVerdict *madang_rights_check_update (const MadangActor *actor,
                                           MadangRecord *record,
                                           const MadangField *field);
MadangVerdict *madang_rights_check_delete (const MadangActor *actor, MadangRecord *record);
MadangVerdict *madang_rights_check_event (const MadangActor *actor,
                                          MadangRecord *record,
                                          const MadangEvent *event);
/* Whether the actor holds one of the roles over the record, as far as the reach goes. */
gboolean madang_rights_reaches (const MadangActor *actor,
                                guint roles,
                                MadangReach reach,
                                MadangRecord *record);
/* Whether a part of the record reaches a scope that the actor may follow. */
gboolean madang_rights_may_read (const MadangActor *actor, MadangRecord *record, MadangPart part);
/* The scopes of a part, sorted, each once; none for a deleted record. */
GStrv madang_rights_dup_audience (MadangRecord *record, MadangPart part);

G_END_DECLS
