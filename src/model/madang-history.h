/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* Paths in a history that no field has. A change without any path is one of the state. */
#define MADANG_HISTORY_REASON "@reason" /* that was given for an event */
#define MADANG_HISTORY_HOME "@home"     /* of the scope that the record lives in; never told */

/* Whether the actor answers for the record, and so may learn who changed it: the office and the
 * auditor, an agency's officers of what is the agency's, administrators of what is the server's.
 * It does not say that the record can be read. */
gboolean madang_history_may_read (const MadangActor *actor, MadangRecord *record);

G_END_DECLS
