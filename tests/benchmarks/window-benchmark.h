/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "busy-time.h"
#include "filled-profile.h"
#include "madang-session.h"
#include "madang-window.h"

G_BEGIN_DECLS

/* The client's window over a filled profile, shown at its usual size on a display. */
typedef struct
{
  AdwApplication *application;
  MadangSession *session;
  GtkWindow *window;
} WindowBenchmark;

/* Once in a process. Returns when the first page is in view and everything has come to rest. */
WindowBenchmark *window_benchmark_new (const FilledProfile *profile);
void window_benchmark_free (WindowBenchmark *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WindowBenchmark, window_benchmark_free)

/* Shows an area and waits until everything has come to rest. */
void window_benchmark_go (WindowBenchmark *self, const char *area);
/* An empty window beside it, for a floor. */
GtkWindow *window_benchmark_add_bare (WindowBenchmark *self, GtkWidget *child);

/* Runs the main loop until the window has painted, and so many milliseconds at least. */
void window_benchmark_paint (GtkWindow *window, guint milliseconds);
/* Runs the main loop for so long. */
void window_benchmark_run (guint milliseconds);

/* A command of the window that brings another page into view. */
typedef struct
{
  const char *action;
  const char *const *targets; /* (nullable): one after the other */
} PageSwitch;

/* From one page to another and back by the two commands, again and again. FALSE: too slow. */
gboolean window_benchmark_switch (WindowBenchmark *self,
                                  const char *name,
                                  const PageSwitch ways[2],
                                  guint n_rounds);

/* The first widget below, depth first, for which match() is true. */
typedef gboolean (*WidgetMatch) (GtkWidget *widget, gconstpointer data);
GtkWidget *window_benchmark_find (GtkWidget *start, WidgetMatch match, gconstpointer data);
/* By type: data is the name of the type. */
/* Widgets of that type below it. */
guint window_benchmark_count (GtkWidget *start, const char *type);
gboolean window_benchmark_is_type (GtkWidget *widget, gconstpointer data);

G_END_DECLS
