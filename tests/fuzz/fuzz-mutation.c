/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "madang-mutation.h"
#include "wire-fixture.h"

/* A mutation that was read is written in one form only, and that form is read as the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autofree char *mid = madang_mutation_read_mid (bytes, NULL);
  g_autoptr (MadangMutation) mutation = NULL;
  g_autoptr (MadangMutation) again = NULL;
  g_autoptr (GBytes) canonical = NULL;
  g_autoptr (GBytes) canonical_again = NULL;

  wire_fixture_get_kind ();
  mutation = madang_mutation_from_bytes (bytes, &error);
  g_assert_true ((mutation != NULL) == (error == NULL));
  if (mutation == NULL)
    return 0;
  g_assert_cmpstr (mutation->mid, ==, mid);
  canonical = madang_mutation_to_bytes (mutation);
  again = madang_mutation_from_bytes (canonical, &error);
  g_assert_no_error (error);
  canonical_again = madang_mutation_to_bytes (again);
  g_assert_true (g_bytes_equal (canonical, canonical_again));
  return 0;
}
