/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-record.h"

G_BEGIN_DECLS

/**
 * MadangMissingList:
 *
 * What is still missing before an event, as links that lead to the fields; more than a few fold
 * behind a button, so that the list can stay in view. Hidden when nothing is missing.
 *
 * Signal "picked" (field): the person follows a link.
 */
#define MADANG_TYPE_MISSING_LIST (madang_missing_list_get_type ())
G_DECLARE_FINAL_TYPE (MadangMissingList, madang_missing_list, MADANG, MISSING_LIST, GtkWidget)

/* fields: (element-type const MadangField *), as madang_record_find_missing() gives them. */
void madang_missing_list_set_fields (MadangMissingList *self, GPtrArray *fields);

G_END_DECLS
