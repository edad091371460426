/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs the main loop until the condition holds. What only another thread sees does not wake the
 * loop, so it is looked at every few milliseconds; when nothing comes for half a minute the test
 * fails. */
#define run_until(condition)                                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint tick_ = g_timeout_add (2, main_loop_tick_cb, NULL);                                      \
    guint deadline_ = g_timeout_add_seconds (30, main_loop_too_late_cb, NULL);                     \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (deadline_);                                                                   \
    g_source_remove (tick_);                                                                       \
  }                                                                                                \
  G_STMT_END

/* For run_until() alone. */
gboolean main_loop_tick_cb (gpointer data);
gboolean main_loop_too_late_cb (gpointer data);

/* A GAsyncReadyCallback whose data is the address of a GAsyncResult pointer: keeps the result
 * there, for run_until (result != NULL). */
void take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);

G_END_DECLS
