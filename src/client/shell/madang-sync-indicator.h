/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangSyncIndicator:
 *
 * The one place that tells the state of the network: connected, offline, changes to send,
 * conflicts. Opens MadangSyncPopover.
 */
#define MADANG_TYPE_SYNC_INDICATOR (madang_sync_indicator_get_type ())
G_DECLARE_FINAL_TYPE (MadangSyncIndicator, madang_sync_indicator, MADANG, SYNC_INDICATOR, GtkWidget)

/* sync (nullable): nobody works. */
void madang_sync_indicator_set_sync (MadangSyncIndicator *self, MadangSync *sync);
void madang_sync_indicator_popup (MadangSyncIndicator *self);

G_END_DECLS
