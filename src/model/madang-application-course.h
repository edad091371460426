/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-event.h"

G_BEGIN_DECLS

/* The course of an application beside submit and receive: supplements, paper forms that are
 * entered late, the end of the call. Private to the model; the declaration in
 * madang-applications.c names them. */

/* --- supplements --------------------------------------------------------------------------- */

MadangVerdict *madang_application_guard_request (const MadangEventContext *context);
void madang_application_apply_request (const MadangEventContext *context, MadangEffects *effects);
MadangVerdict *madang_application_guard_answer (const MadangEventContext *context);
/* (nullable): what became of the supplement that was last asked for. */
MadangVerdict *madang_application_explain_no_answer (const MadangEventContext *context);
void madang_application_apply_answer (const MadangEventContext *context, MadangEffects *effects);
void madang_application_apply_lapse (const MadangEventContext *context, MadangEffects *effects);
/* What was asked for is asked for no more. */
void madang_application_drop_supplements (const MadangEventContext *context,
                                          MadangEffects *effects);
gint64 madang_application_get_supplement_end (const MadangEventContext *context);

/* --- paper forms that are entered late ----------------------------------------------------- */

MadangVerdict *madang_application_guard_enter_late (const MadangEventContext *context);
void madang_application_apply_enter_late (const MadangEventContext *context,
                                          MadangEffects *effects);
MadangVerdict *madang_application_guard_discard_late (const MadangEventContext *context);
/* Whoever accepts or refuses it is somebody else. */
MadangVerdict *madang_application_guard_decide_late (const MadangEventContext *context);
void madang_application_apply_accept_late (const MadangEventContext *context,
                                           MadangEffects *effects);
void madang_application_apply_refuse_late (const MadangEventContext *context,
                                           MadangEffects *effects);

/* --- the end of the call ------------------------------------------------------------------- */

/* When a draft of this agency expires, and when it is next told that it will. */
gint64 madang_application_get_expiry (const MadangEventContext *context);
gint64 madang_application_get_warning (const MadangEventContext *context);
void madang_application_apply_warning (const MadangEventContext *context, MadangEffects *effects);

void madang_application_apply_give_up (const MadangEventContext *context, MadangEffects *effects);

G_END_DECLS
