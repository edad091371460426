/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangSyncPopover:
 *
 * What waits for the server, why, and what can be done about it.
 */
#define MADANG_TYPE_SYNC_POPOVER (madang_sync_popover_get_type ())
G_DECLARE_FINAL_TYPE (MadangSyncPopover, madang_sync_popover, MADANG, SYNC_POPOVER, GtkPopover)

/* sync (nullable): nobody works. */
void madang_sync_popover_set_sync (MadangSyncPopover *self, MadangSync *sync);

G_END_DECLS
