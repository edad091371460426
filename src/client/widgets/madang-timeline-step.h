/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From this width on labels stand beside the bars, below it above them. */
#define MADANG_TIMELINE_WIDE 600

/* A span of days; 0: not known. Numbers are those of madang_day_get_number(). */
typedef struct
{
  int first;
  int last;
} MadangTimelineSpan;

/* The days from the left edge to the right one, and where those are. */
typedef struct
{
  MadangTimelineSpan days;
  int today; /* 0: not known */
  float left;
  float width;
} MadangTimelineScale;

/* Where the day begins; the edge for one that lies beyond it. */
float madang_timeline_scale_get_x (const MadangTimelineScale *self, int day);

/**
 * MadangTimelineStep:
 *
 * One line of a MadangTimeline: what it is called, its days, and bars for the planned and the actual
 * ones. A button for a screen reader.
 *
 * Signal "clicked".
 */
#define MADANG_TYPE_TIMELINE_STEP (madang_timeline_step_get_type ())
G_DECLARE_FINAL_TYPE (MadangTimelineStep, madang_timeline_step, MADANG, TIMELINE_STEP, GtkWidget)

/* text: all that the line says, in words. */
GtkWidget *madang_timeline_step_new (const char *id, const char *title, const char *text);
const char *madang_timeline_step_get_id (MadangTimelineStep *self);
void madang_timeline_step_set_spans (MadangTimelineStep *self,
                                     const MadangTimelineSpan *planned,
                                     const MadangTimelineSpan *actual);
const MadangTimelineSpan *madang_timeline_step_get_planned (MadangTimelineStep *self);
const MadangTimelineSpan *madang_timeline_step_get_actual (MadangTimelineStep *self);
void madang_timeline_step_set_scale (MadangTimelineStep *self, const MadangTimelineScale *scale);

/* The part of a timeline of that width that labels take beside the bars; 0: they stand above. */
int madang_timeline_get_label_width (int width);

G_END_DECLS
