/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "madang-json-node.h"
#include "madang-json-scan.h"

/* What the scan passes, json-glib understands, and its canonical form is stable. */

static void
check_piece (MadangJsonSlice slice, JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) piece = madang_json_parse (slice.text, slice.length, &error);

  g_assert_no_error (error);
  g_assert_true (json_node_equal (piece, node));
}

static void
check_members (GArray *members, JsonObject *object)
{
  g_assert_cmpuint (members->len, ==, json_object_get_size (object));
  for (guint i = 0; i < members->len; i++)
    {
      const MadangJsonMember *member = &g_array_index (members, MadangJsonMember, i);
      gsize length;
      g_autofree char *name
          = madang_json_decode_string (member->name.text, member->name.length, &length);

      check_piece (member->value, json_object_get_member (object, name));
    }
}

/* Taking the text apart gives the same members and elements as json-glib. */
static void
check_pieces (MadangJsonSlice text, JsonNode *node)
{
  g_autoptr (GArray) members = madang_json_split_object (text);
  g_autoptr (GArray) elements = madang_json_split_array (text);

  g_assert_true ((members != NULL) == JSON_NODE_HOLDS_OBJECT (node));
  if (members != NULL)
    check_members (members, json_node_get_object (node));
  g_assert_true ((elements != NULL) == JSON_NODE_HOLDS_ARRAY (node));
  if (elements != NULL)
    g_assert_cmpuint (elements->len, ==, json_array_get_length (json_node_get_array (node)));
  for (guint i = 0; elements != NULL && i < elements->len; i++)
    check_piece (g_array_index (elements, MadangJsonSlice, i),
                 json_array_get_element (json_node_get_array (node), i));
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
  check_pieces ((MadangJsonSlice){ text, size }, node);

  json = g_string_new (NULL);
  madang_json_append_node (json, node);
  again = madang_json_parse (json->str, json->len, &error);
  g_assert_no_error (error);
  json_again = g_string_new (NULL);
  madang_json_append_node (json_again, again);
  g_assert_cmpstr (json->str, ==, json_again->str);
  return 0;
}
