/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-timeline-step.h"

G_BEGIN_DECLS

/**
 * MadangTimeline:
 *
 * The steps of a year below each other over its months: what is planned as an outline, what really
 * happened as a bar in it, and today as a line. Tab enters it where it was left and leaves it; the
 * arrow keys go from step to step. A screen reader gets each step as a button whose name says all
 * that its bars say.
 *
 * Signal "picked" (id): a step was clicked or pressed.
 */
#define MADANG_TYPE_TIMELINE (madang_timeline_get_type ())
G_DECLARE_FINAL_TYPE (MadangTimeline, madang_timeline, MADANG, TIMELINE, GtkWidget)

void madang_timeline_remove_all (MadangTimeline *self);
/* text: all that the step says, in words; spans: 0 where a day is not known. */
void madang_timeline_add_step (MadangTimeline *self,
                               const char *id,
                               const char *const *title_and_text,
                               const MadangTimelineSpan *planned,
                               const MadangTimelineSpan *actual);
/* day: as in madang_day_get_number(). */
void madang_timeline_set_today (MadangTimeline *self, int day);

G_END_DECLS
