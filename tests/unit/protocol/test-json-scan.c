/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-node.h"
#include "madang-json-scan.h"
#include "wire-fixture.h"

#include "madang-error.h"
#include "madang-wire-limits.h"

#include <string.h>

#define MINIMAL_REFUSED 400
#define MINIMAL_ACCEPTED 150

/* What is wrong with the answer to a text, or NULL. */
typedef char *(*CheckText) (GBytes *text);

/* A copy on the heap that ends with the text: a sanitizer sees each byte read too far. */
static gboolean
scan (GBytes *text, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  g_autofree char *copy = g_memdup2 (data, length);

  return madang_json_scan (copy, length, error);
}

static guint
check_table (const char *name, CheckText check)
{
  g_autofree char *content = wire_fixture_read ("json", name, NULL);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  guint count = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *tab = strchr (lines[i], '\t');
      g_autoptr (GBytes) text = NULL;
      g_autofree char *fault = NULL;

      if (tab == NULL)
        continue;
      text = wire_fixture_unescape (tab + 1);
      fault = check (text);
      if (fault != NULL)
        g_test_message ("%s: %s", lines[i], fault);
      if (fault != NULL)
        g_test_fail ();
      count++;
    }
  return count;
}

static char *
check_refused (GBytes *text)
{
  g_autoptr (GError) error = NULL;

  if (scan (text, &error))
    return g_strdup ("was accepted");
  if (error == NULL || error->domain != MADANG_ERROR || error->code != MADANG_ERROR_INVALID)
    return g_strdup ("was refused for another reason");
  return NULL;
}

static char *
check_accepted (GBytes *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GString) json_again = g_string_new (NULL);

  if (!scan (text, &error))
    return g_strdup (error->message);
  node = madang_json_parse (g_bytes_get_data (text, NULL), g_bytes_get_size (text), &error);
  if (node == NULL)
    return g_strdup ("json-glib refused it");
  madang_json_append_node (json, node);
  again = madang_json_parse (json->str, json->len, &error);
  if (again == NULL)
    return g_strdup_printf ("its canonical form was refused: %s", json->str);
  madang_json_append_node (json_again, again);
  if (!g_str_equal (json->str, json_again->str) || !json_node_equal (node, again))
    return g_strdup_printf ("its canonical form is not stable: %s", json->str);
  return NULL;
}

static void
test_refused (void)
{
  g_assert_cmpuint (check_table ("refused.txt", check_refused), >=, MINIMAL_REFUSED);
}

static void
test_accepted (void)
{
  g_assert_cmpuint (check_table ("accepted.txt", check_accepted), >=, MINIMAL_ACCEPTED);
}

/* No beginning of a text that is an object or array is a text. */
static char *
check_beginnings (GBytes *text)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  while (length > 0 && strchr (" \n\r\t", data[length - 1]) != NULL)
    length--;
  if (length == 0 || (data[length - 1] != '}' && data[length - 1] != ']'))
    return NULL;
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (GBytes) beginning = g_bytes_new (data, cut);

      if (scan (beginning, NULL))
        return g_strdup_printf ("its first %" G_GSIZE_FORMAT " bytes were accepted", cut);
    }
  return NULL;
}

static void
test_beginnings (void)
{
  g_assert_cmpuint (check_table ("accepted.txt", check_beginnings), >=, MINIMAL_ACCEPTED);
}

static void
assert_code (const GString *text, int code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  g_autoptr (GError) error = NULL;
  gboolean valid = scan (bytes, &error);

  if (code < 0)
    {
      g_assert_no_error (error);
      g_assert_true (valid);
      return;
    }
  g_assert_error (error, MADANG_ERROR, code);
  g_assert_false (valid);
}

static GString *
repeat (const char *before, const char *unit, gsize count, const char *after)
{
  GString *text = g_string_new (before);

  for (gsize i = 0; i < count; i++)
    g_string_append (text, unit);
  return g_string_append (text, after);
}

static GString *
nest (const char *open, const char *inner, const char *end, guint depth)
{
  GString *text = repeat ("", open, depth, inner);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, end);
  return text;
}

static void
test_depth (void)
{
  static const struct
  {
    guint depth;
    int code;
  } cases[] = {
    { 1, -1 },
    { 32, -1 },
    { 33, MADANG_ERROR_TOO_LARGE },
    { 1000, MADANG_ERROR_TOO_LARGE },
    { 100000, MADANG_ERROR_TOO_LARGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) arrays = nest ("[", "", "]", cases[i].depth);
      g_autoptr (GString) objects = nest ("{\"a\":", "1", "}", cases[i].depth);
      g_autoptr (GString) open = repeat ("", "[", cases[i].depth, "");

      assert_code (arrays, cases[i].code);
      assert_code (objects, cases[i].code);
      assert_code (open, cases[i].depth <= 32 ? MADANG_ERROR_INVALID : MADANG_ERROR_TOO_LARGE);
    }
}

static void
test_string_length (void)
{
  g_autoptr (GString) longest = repeat ("\"", "a", MADANG_WIRE_MAX_STRING, "\"");
  g_autoptr (GString) longer = repeat ("\"", "a", MADANG_WIRE_MAX_STRING + 1, "\"");
  g_autoptr (GString) escaped = repeat ("\"", "\\n", MADANG_WIRE_MAX_STRING, "\"");
  g_autoptr (GString) escaped_longer = repeat ("\"", "\\n", MADANG_WIRE_MAX_STRING + 1, "\"");
  g_autoptr (GString) hangul = repeat ("\"x", "가", MADANG_WIRE_MAX_STRING / 3, "\"");
  g_autoptr (GString) hangul_longer = repeat ("\"xx", "가", MADANG_WIRE_MAX_STRING / 3, "\"");
  g_autoptr (GString) units = repeat ("\"x", "\\uac00", MADANG_WIRE_MAX_STRING / 3, "\"");
  g_autoptr (GString) units_longer = repeat ("\"xx", "\\uac00", MADANG_WIRE_MAX_STRING / 3, "\"");
  g_autoptr (GString) pairs = repeat ("\"", "\\ud83d\\ude00", MADANG_WIRE_MAX_STRING / 4, "\"");
  g_autoptr (GString) pairs_longer
      = repeat ("\"x", "\\ud83d\\ude00", MADANG_WIRE_MAX_STRING / 4, "\"");
  g_autoptr (GString) name = repeat ("{\"", "a", MADANG_WIRE_MAX_STRING + 1, "\":1}");

  g_assert_cmpuint (MADANG_WIRE_MAX_STRING % 3, ==, 1);
  assert_code (longest, -1);
  assert_code (longer, MADANG_ERROR_TOO_LARGE);
  assert_code (escaped, -1);
  assert_code (escaped_longer, MADANG_ERROR_TOO_LARGE);
  assert_code (hangul, -1);
  assert_code (hangul_longer, MADANG_ERROR_TOO_LARGE);
  assert_code (units, -1);
  assert_code (units_longer, MADANG_ERROR_TOO_LARGE);
  assert_code (pairs, -1);
  assert_code (pairs_longer, MADANG_ERROR_TOO_LARGE);
  assert_code (name, MADANG_ERROR_TOO_LARGE);
}

/* Members in rising order, in falling order, or with the last one doubled. */
static GString *
make_object (guint count, gboolean falling, gboolean doubled)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < count; i++)
    {
      guint number = falling ? count - i : i;

      if (doubled && i == count - 1)
        number = falling ? count : 0;
      g_string_append_printf (text, "%s\"m%05u\":0", i > 0 ? "," : "", number);
    }
  return g_string_append (text, "}");
}

static void
test_member_count (void)
{
  for (guint falling = 0; falling < 2; falling++)
    {
      g_autoptr (GString) most = make_object (MADANG_WIRE_MAX_MEMBERS, falling, FALSE);
      g_autoptr (GString) doubled = make_object (MADANG_WIRE_MAX_MEMBERS, falling, TRUE);
      g_autoptr (GString) more = make_object (MADANG_WIRE_MAX_MEMBERS + 1, falling, FALSE);

      assert_code (most, -1);
      assert_code (doubled, MADANG_ERROR_INVALID);
      assert_code (more, MADANG_ERROR_TOO_LARGE);
    }
}

static void
test_element_count (void)
{
  g_autoptr (GString) most = repeat ("[0", ",0", MADANG_WIRE_MAX_MEMBERS - 1, "]");
  g_autoptr (GString) more = repeat ("[0", ",0", MADANG_WIRE_MAX_MEMBERS, "]");

  assert_code (most, -1);
  assert_code (more, MADANG_ERROR_TOO_LARGE);
}

/* The outer array, nine arrays of 9,999 and one of 9,998 are 100,000 values. */
static void
test_value_count (void)
{
  g_autoptr (GString) array = repeat ("[0", ",0", MADANG_WIRE_MAX_MEMBERS - 2, "]");
  g_autoptr (GString) last = repeat ("[0", ",0", MADANG_WIRE_MAX_MEMBERS - 3, "]");
  g_autoptr (GString) most = g_string_new ("[");
  g_autoptr (GString) more = NULL;

  g_assert_cmpuint (MADANG_WIRE_MAX_VALUES, ==, 10 * MADANG_WIRE_MAX_MEMBERS);
  for (guint i = 0; i < 9; i++)
    g_string_append_printf (most, "%s,", array->str);
  g_string_append (most, last->str);
  more = g_string_new (most->str);
  g_string_append (most, "]");
  g_string_append (more, ",0]");

  assert_code (most, -1);
  assert_code (more, MADANG_ERROR_TOO_LARGE);
}

static void
test_number_length (void)
{
  g_autoptr (GString) longest = repeat ("0.", "1", MADANG_WIRE_MAX_NUMBER - 2, "");
  g_autoptr (GString) longer = repeat ("0.", "1", MADANG_WIRE_MAX_NUMBER - 1, "");

  assert_code (longest, -1);
  assert_code (longer, MADANG_ERROR_TOO_LARGE);
}

static void
test_text_length (void)
{
  g_autoptr (GString) longest = repeat ("[]", " ", MADANG_WIRE_MAX_LINE - 2, "");
  g_autoptr (GString) longer = repeat ("[]", " ", MADANG_WIRE_MAX_LINE - 1, "");

  assert_code (longest, -1);
  assert_code (longer, MADANG_ERROR_TOO_LARGE);
}

static void
test_where (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_json_scan ("{\"a\":01}", 8, &error));
  g_assert_cmpstr (error->message, ==, "JSON: a malformed number at byte 7");
  g_clear_error (&error);
  g_assert_false (madang_json_scan (NULL, 0, &error));
  g_assert_cmpstr (error->message, ==, "JSON: no value at byte 0");
}

/* What 64 bits and a double can hold comes back as it was. */
static void
test_numbers_survive (void)
{
  static const struct
  {
    const char *text;
    const char *canonical;
  } cases[] = {
    { "9223372036854775807", "9223372036854775807" },
    { "-9223372036854775808", "-9223372036854775808" },
    { "9007199254740993", "9007199254740993" },
    { "-0", "0" },
    { "0.1", "0.1" },
    { "1e3", "1000.0" },
    { "1E22", "1e+22" },
    { "0.30000000000000004", "0.30000000000000004" },
    { "1.7976931348623157e308", "1.7976931348623157e+308" },
    { "5e-324", "4.94065645841247e-324" },
    { "1e-400", "0.0" },
    { "[1.0,1]", "[1.0,1]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = madang_json_parse (cases[i].text, strlen (cases[i].text), &error);
      g_autoptr (GString) json = g_string_new (NULL);

      g_assert_no_error (error);
      madang_json_append_node (json, node);
      g_assert_cmpstr (json->str, ==, cases[i].canonical);
    }
}

/* Reported, not judged: a shared machine has no time of its own. */
static void
test_speed (void)
{
  g_autoptr (GString) page = g_string_new (NULL);
  double seconds;
  guint rounds = 200;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (
        page,
        "{\"t\":\"put\",\"scope\":\"office\",\"kind\":\"application\",\"id\":\"" WIRE_ID
        "\",\"part\":\"main\",\"v\":%u,\"seq\":%u,\"state\":\"submitted\",\"home\":"
        "\"agency:" WIRE_ID
        "\",\"doc\":{\"background\":\"구민이 함께 만드는 마을 의제를 모아 공론장을 연다.\","
        "\"budget\":12500000,\"direction\":\"협력과 "
        "참여\",\"open\":true,\"period\":\"2020-08\"}}\n",
        i + 1, 1000 + i);
  g_test_timer_start ();
  for (guint round = 0; round < rounds; round++)
    for (const char *line = page->str; *line != '\0';)
      {
        gsize length = strchr (line, '\n') + 1 - line;

        g_assert_true (madang_json_scan (line, length, NULL));
        line += length;
      }
  seconds = g_test_timer_elapsed ();
  g_test_message ("scan: %.0f MB/s", (double)page->len * rounds / seconds / 1e6);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-scan/refused", test_refused);
  g_test_add_func ("/json-scan/accepted", test_accepted);
  g_test_add_func ("/json-scan/beginnings", test_beginnings);
  g_test_add_func ("/json-scan/depth", test_depth);
  g_test_add_func ("/json-scan/string-length", test_string_length);
  g_test_add_func ("/json-scan/member-count", test_member_count);
  g_test_add_func ("/json-scan/element-count", test_element_count);
  g_test_add_func ("/json-scan/value-count", test_value_count);
  g_test_add_func ("/json-scan/number-length", test_number_length);
  g_test_add_func ("/json-scan/text-length", test_text_length);
  g_test_add_func ("/json-scan/where", test_where);
  g_test_add_func ("/json-scan/numbers-survive", test_numbers_survive);
  g_test_add_func ("/json-scan/speed", test_speed);
  return g_test_run ();
}
