/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-event.h"

G_BEGIN_DECLS

/* What the programme tells an agency or one account: made by the effects of events, read here,
 * acknowledged there. */
extern const MadangKind madang_notice_kind;

/* A notice for an agency, about the record of the event. code: a choice of the notice's field.
 * (transfer none): the caller may fill in "text", "day" and "items". */
MadangRecord *madang_notice_tell_agency (const MadangEventContext *context,
                                         MadangEffects *effects,
                                         const char *code,
                                         const char *agency);
MadangRecord *madang_notice_tell_account (const MadangEventContext *context,
                                          MadangEffects *effects,
                                          const char *code,
                                          const char *account);

G_END_DECLS
