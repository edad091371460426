/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "main-loop.h"

#include <stdlib.h>

gboolean
main_loop_tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
main_loop_too_late_cb (gpointer data)
{
  g_test_fail_printf ("what is waited for does not come");
  abort ();
}

void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}
