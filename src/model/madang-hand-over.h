/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-event.h"

G_BEGIN_DECLS

/* A role goes from one account to another: of the event "hand_over" of a role grant, whose argument
 * "successor" is the id of an account. */
MadangVerdict *madang_hand_over_check (const MadangEventContext *context);
/* The successor's grant, and a notice with what is open; unread notices of the predecessor's own
 * follow. */
void madang_hand_over_apply (const MadangEventContext *context, MadangEffects *effects);

G_END_DECLS
