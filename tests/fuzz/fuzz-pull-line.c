/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "madang-wire-messages.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPullLine) line = madang_pull_line_from_bytes (bytes, &error);
  g_autoptr (MadangPullLine) again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) written_again = NULL;

  g_assert_true ((line != NULL) == (error == NULL));
  if (line == NULL)
    return 0;
  written = madang_pull_line_to_bytes (line);
  again = madang_pull_line_from_bytes (written, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->doc, ==, line->doc);
  written_again = madang_pull_line_to_bytes (again);
  g_assert_true (g_bytes_equal (written, written_again));
  return 0;
}
