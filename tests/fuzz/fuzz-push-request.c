/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "madang-wire-messages.h"
#include "wire-fixture.h"

/* The bodies pass untouched; each is then read as the server reads it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPushRequest) request = madang_push_request_from_bytes (bytes, &error);
  g_autoptr (MadangPushRequest) again = NULL;
  g_autoptr (GBytes) written = NULL;

  wire_fixture_get_kind ();
  g_assert_true ((request != NULL) == (error == NULL));
  if (request == NULL)
    return 0;
  written = madang_push_request_to_bytes (request);
  again = madang_push_request_from_bytes (written, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->items->len, ==, request->items->len);
  for (guint i = 0; i < request->items->len; i++)
    {
      const MadangPushItem *item = g_ptr_array_index (request->items, i);
      const MadangPushItem *item_again = g_ptr_array_index (again->items, i);
      g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (item->body, NULL);

      g_assert_true (g_bytes_equal (item->body, item_again->body));
    }
  return 0;
}
