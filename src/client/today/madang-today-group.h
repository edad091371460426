/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-today-line.h"

G_BEGIN_DECLS

/**
 * MadangTodayGroup:
 *
 * A heading with how many there are, lines below it, and a button for more of them. Invisible
 * without lines. What has the focus keeps it when the lines change. A row is dear, and there may be
 * many: they are made by and by, see madang_today_groups_fill().
 *
 * Property: "title". Signals: "open" (kind, id): a line was activated; "event" (MadangRecord,
 * name): its button was pressed; "more": the rest is wanted.
 */
#define MADANG_TYPE_TODAY_GROUP (madang_today_group_get_type ())
G_DECLARE_FINAL_TYPE (MadangTodayGroup, madang_today_group, MADANG, TODAY_GROUP, GtkBox)

/* lines: (transfer full) (element-type MadangTodayLine), freed with the array. n_all: how many there
 * are, with those that are not shown. */
void madang_today_group_set_lines (MadangTodayGroup *self, GPtrArray *lines, guint n_all);
/* Makes the rows of these groups while the page that owns the groups is in view, some in each frame, from above. */
void madang_today_groups_fill (GtkWidget *page, MadangTodayGroup *const *groups, guint n_groups);
void madang_today_group_set_title (MadangTodayGroup *self, const char *title);
guint madang_today_group_get_n_lines (MadangTodayGroup *self);
/* Takes the focus to the first line; FALSE without any. */
gboolean madang_today_group_focus_first (MadangTodayGroup *self);

G_END_DECLS
