/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "madang-json-node.h"
#include "madang-json-scan.h"

/* What the scan passes, json-glib understands, and its canonical form is stable. */

static void
check_pieces (const char *text, gsize length, JsonNode *node)
{
  g_autoptr (GArray) elements = madang_json_split_array (text, length);
  MadangJsonSlice value;

  g_assert_true ((elements != NULL) == JSON_NODE_HOLDS_ARRAY (node));
  if (elements != NULL)
    g_assert_cmpuint (elements->len, ==, json_array_get_length (json_node_get_array (node)));
  for (guint i = 0; elements != NULL && i < elements->len; i++)
    {
      const MadangJsonSlice *element = &g_array_index (elements, MadangJsonSlice, i);

      g_assert_true (madang_json_scan (element->text, element->length, NULL));
    }
  if (madang_json_find_member (text, length, "doc", &value))
    g_assert_true (madang_json_scan (value.text, value.length, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const char *text = (const char *)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GString) json = NULL;
  g_autoptr (GString) json_again = NULL;

  if (!madang_json_scan (text, size, &error))
    {
      g_assert_nonnull (error);
      return 0;
    }
  node = madang_json_parse (text, size, &error);
  g_assert_no_error (error);
  check_pieces (text, size, node);

  json = g_string_new (NULL);
  madang_json_append_node (json, node);
  again = madang_json_parse (json->str, json->len, &error);
  g_assert_no_error (error);
  json_again = g_string_new (NULL);
  madang_json_append_node (json_again, again);
  g_assert_cmpstr (json->str, ==, json_again->str);
  return 0;
}
