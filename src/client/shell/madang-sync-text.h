/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sync.h"

G_BEGIN_DECLS

/* The state of the network in words; all newly allocated. */

/* For the indicator: "Connected", "Offline", "3 changes to send", "1 conflict",
 * "1 change to decide". */
char *madang_sync_dup_short_text (MadangSync *self);
/* What the state means and what to do about it. */
char *madang_sync_dup_state_text (MadangSyncState state);
/* For the popover: what it means, and when the server was last heard. */
char *madang_sync_dup_long_text (MadangSync *self);
/* Warns in the last days of the time that a computer may go without the server, and says when that
 * has ended. contact: when the server was last heard, lease: seconds, now: all of the real clock.
 * NULL: there is nothing to say. */
char *madang_sync_dup_lease_text (gint64 contact, gint64 lease, gint64 now);
const char *madang_sync_get_icon_name (MadangSync *self);
/* "Application: Submit" */
char *madang_waiting_dup_title (const MadangWaiting *waiting);
/* Why it waits or was refused. */
char *madang_waiting_dup_reason (const MadangWaiting *waiting, MadangSyncState state);

G_END_DECLS
