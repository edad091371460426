/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-areas.h"

G_BEGIN_DECLS

/**
 * MadangSidebar:
 *
 * The year of the programme, the areas that this person's roles use, the state of the network,
 * and the account. Selecting an area activates "win.area" with its name.
 */
#define MADANG_TYPE_SIDEBAR (madang_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (MadangSidebar, madang_sidebar, MADANG, SIDEBAR, AdwBin)

/* sync (nullable): nobody works. people (nullable): of a demonstration, for the switch. */
void madang_sidebar_set_sync (MadangSidebar *self, MadangSync *sync, GPtrArray *people);
void madang_sidebar_select (MadangSidebar *self, const char *area);
/* The programme may have come or changed. */
void madang_sidebar_refresh (MadangSidebar *self);
void madang_sidebar_show_waiting (MadangSidebar *self);

G_END_DECLS
