/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-wire-record.h"
#include "wire-fixture.h"

#include "madang-crypto.h"
#include "madang-error.h"
#include "madang-merge.h"
#include "madang-wire-limits.h"

#include <string.h>

static MadangRecord *
new_record (void)
{
  return madang_record_new (wire_fixture_get_kind (), WIRE_ID);
}

static const MadangField *
find_field (const char *name)
{
  return madang_kind_find_field (wire_fixture_get_kind (), name);
}

static void
set (MadangRecord *record, const char *path, GVariant *value)
{
  g_autoptr (GError) error = NULL;

  madang_record_set (record, path, value, &error);
  g_assert_no_error (error);
}

/* A record whose every field is set, in an order that is not that of the names. */
static MadangRecord *
new_full_record (void)
{
  MadangRecord *record = new_record ();

  set (record, "title", g_variant_new_string ("마을 공론장 (견본)"));
  set (record, "body", g_variant_new_string ("첫째 줄\n\"둘째\" 줄\\ 끝\t\x01\x7f / 😀"));
  set (record, "day", g_variant_new_string ("2020-03-13"));
  set (record, "month", g_variant_new_string ("2020-08"));
  set (record, "time", g_variant_new_int64 (G_GINT64_CONSTANT (1583712000000)));
  set (record, "won", g_variant_new_int64 (12500000));
  set (record, "count", g_variant_new_int64 (-3));
  set (record, "ratio", g_variant_new_int64 (9950));
  set (record, "agreed", g_variant_new_boolean (FALSE));
  set (record, "colour", g_variant_new_string ("red"));
  set (record, "colours", g_variant_new_parsed ("['blue', 'red']"));
  set (record, "parent", g_variant_new_string (WIRE_OTHER_ID));
  set (record, "steps",
       g_variant_new_parsed ("{'b': {'pos': <'1'>, 'done': <true>, 'amount': <int64 5>},"
                             " 'a': {'pos': <'2'>}}"));
  set (record, "plan",
       g_variant_new_string ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  set (record, "phone", g_variant_new_string ("02-0000-0000"));
  set (record, "age", g_variant_new_int64 (41));
  return record;
}

static char *
read_golden (const char *name)
{
  return g_strchomp (wire_fixture_read ("wire", name, NULL));
}

static void
assert_part (MadangRecord *record, MadangPart part, const char *expected)
{
  g_autofree char *json = madang_wire_encode_part (record, part);

  g_assert_cmpstr (json, ==, expected);
}

static void
test_golden (void)
{
  g_autoptr (MadangRecord) record = new_full_record ();
  g_autofree char *main_part = read_golden ("record-main.json");
  g_autofree char *personal_part = read_golden ("record-personal.json");

  assert_part (record, MADANG_PART_MAIN, main_part);
  assert_part (record, MADANG_PART_PERSONAL, personal_part);
}

static void
test_round_trip (void)
{
  g_autoptr (MadangRecord) record = new_full_record ();
  g_autoptr (MadangRecord) copy = new_record ();
  g_autofree char *digest = madang_record_dup_digest (record);
  g_autofree char *copy_digest = NULL;

  for (guint part = 0; part < MADANG_N_PARTS; part++)
    {
      g_autofree char *json = madang_wire_encode_part (record, part);
      g_autoptr (GError) error = NULL;

      madang_wire_decode_part (copy, part, json, &error);
      g_assert_no_error (error);
      assert_part (copy, part, json);
      g_assert_null (madang_record_get_extra (copy, part));
    }
  copy_digest = madang_record_dup_digest (copy);
  g_assert_cmpstr (copy_digest, ==, digest);
}

static void
test_empty (void)
{
  g_autoptr (MadangRecord) record = new_record ();

  assert_part (record, MADANG_PART_MAIN, "{}");
  assert_part (record, MADANG_PART_PERSONAL, "{}");
  madang_record_set_has_part (record, MADANG_PART_PERSONAL, FALSE);
  assert_part (record, MADANG_PART_PERSONAL, NULL);
}

/* What is missing or null in the text is unset afterwards; an absent part is there. */
static void
test_decoding_replaces (void)
{
  g_autoptr (MadangRecord) record = new_full_record ();
  g_autoptr (GError) error = NULL;

  madang_record_set_extra (record, MADANG_PART_MAIN, "{\"old\":1}");
  g_assert_true (
      madang_wire_decode_part (record, MADANG_PART_MAIN, "{\"won\":null,\"title\":\"x\"}", &error));
  g_assert_no_error (error);
  assert_part (record, MADANG_PART_MAIN, "{\"title\":\"x\"}");
  assert_part (record, MADANG_PART_PERSONAL, "{\"age\":41,\"phone\":\"02-0000-0000\"}");

  madang_record_set_has_part (record, MADANG_PART_PERSONAL, FALSE);
  g_assert_true (madang_wire_decode_part (record, MADANG_PART_PERSONAL, "{\"age\":7}", &error));
  g_assert_true (madang_record_has_part (record, MADANG_PART_PERSONAL));
  g_assert_cmpint (madang_record_get_number (record, "age", 0), ==, 7);
}

static void
test_unknown_survives (void)
{
  static const char json[]
      = "{\"aaa\":{\"x\":[1,2.5,null,true,\"가\"]},\"count\":1,\"mmm\":9223372036854775807,"
        "\"steps\":{\"a\":{\"aa\":{\"deep\":[{}]},\"done\":true,\"zz\":null},"
        "\"b\":{\"pos\":\"1\"},\"c\":{\"only\":\"unknown\"}},\"title\":\"t\",\"zzz\":\"\\n\"}";
  g_autoptr (MadangRecord) record = new_record ();
  g_autoptr (GError) error = NULL;

  madang_wire_decode_part (record, MADANG_PART_MAIN, json, &error);
  g_assert_no_error (error);
  assert_part (record, MADANG_PART_MAIN, json);
  g_assert_cmpstr (madang_record_get_extra (record, MADANG_PART_MAIN), ==,
                   "{\"aaa\":{\"x\":[1,2.5,null,true,\"가\"]},\"mmm\":9223372036854775807,"
                   "\"steps\":{\"a\":{\"aa\":{\"deep\":[{}]},\"zz\":null},"
                   "\"c\":{\"only\":\"unknown\"}},\"zzz\":\"\\n\"}");

  set (record, "title", g_variant_new_string ("u"));
  set (record, "steps/a/done", NULL);
  set (record, "steps/c", NULL);
  assert_part (record, MADANG_PART_MAIN,
               "{\"aaa\":{\"x\":[1,2.5,null,true,\"가\"]},\"count\":1,\"mmm\":9223372036854775807,"
               "\"steps\":{\"a\":{\"aa\":{\"deep\":[{}]},\"zz\":null},\"b\":{\"pos\":\"1\"}},"
               "\"title\":\"u\",\"zzz\":\"\\n\"}");
}

/* Whatever order and space a text has, the same content gives the same bytes. */
static void
test_canonical (void)
{
  g_autoptr (MadangRecord) record = new_record ();
  g_autoptr (GError) error = NULL;

  madang_wire_decode_part (record, MADANG_PART_MAIN,
                           " { \"zz\" : { \"b\" : 1 , \"a\" : [ ] } ,\n \"title\" : \"\\uac00\\/\","
                           " \"count\":-0, \"steps\":{\"b\":{},\"a\":{\"pos\":\"\\u0031\"}},"
                           " \"A\":\"\\u001F\\u000A\" } ",
                           &error);
  g_assert_no_error (error);
  assert_part (record, MADANG_PART_MAIN,
               "{\"A\":\"\\u001f\\n\",\"count\":0,\"steps\":{\"a\":{\"pos\":\"1\"},\"b\":{}},"
               "\"title\":\"가/\",\"zz\":{\"a\":[],\"b\":1}}");
}

static void
assert_undecodable (const char *json, int code)
{
  g_autoptr (MadangRecord) record = new_full_record ();
  g_autofree char *before = madang_wire_encode_part (record, MADANG_PART_MAIN);
  g_autoptr (GError) error = NULL;

  madang_record_set_extra (record, MADANG_PART_MAIN, "{\"kept\":1}");
  g_assert_false (madang_wire_decode_part (record, MADANG_PART_MAIN, json, &error));
  g_assert_error (error, MADANG_ERROR, code);
  g_assert_cmpstr (madang_record_get_extra (record, MADANG_PART_MAIN), ==, "{\"kept\":1}");
  madang_record_set_extra (record, MADANG_PART_MAIN, NULL);
  assert_part (record, MADANG_PART_MAIN, before);
}

static const char *const wrong_parts[] = {
  "[]",
  "null",
  "1",
  "\"a\"",
  "",
  "{",
  "{}{}",
  "{\"title\":\"a\",\"title\":\"b\"}",
  "{\"title\":1}",
  "{\"title\":true}",
  "{\"title\":[]}",
  "{\"title\":{}}",
  "{\"body\":1}",
  "{\"day\":20200313}",
  "{\"month\":8}",
  "{\"time\":\"1\"}",
  "{\"time\":1.0}",
  "{\"time\":true}",
  "{\"won\":\"12\"}",
  "{\"won\":1.5}",
  "{\"won\":1e3}",
  "{\"won\":9223372036854775808}",
  "{\"count\":false}",
  "{\"count\":[1]}",
  "{\"ratio\":99.5}",
  "{\"ratio\":{}}",
  "{\"agreed\":0}",
  "{\"agreed\":1}",
  "{\"agreed\":\"true\"}",
  "{\"colour\":1}",
  "{\"colour\":[\"red\"]}",
  "{\"colours\":\"red\"}",
  "{\"colours\":{}}",
  "{\"colours\":[1]}",
  "{\"colours\":[null]}",
  "{\"colours\":[\"red\",\"blue\"]}",
  "{\"colours\":[\"red\",\"red\"]}",
  "{\"colours\":[[\"red\"]]}",
  "{\"parent\":1}",
  "{\"steps\":[]}",
  "{\"steps\":\"a\"}",
  "{\"steps\":{\"a\":[]}}",
  "{\"steps\":{\"a\":null}}",
  "{\"steps\":{\"a\":1}}",
  "{\"steps\":{\"a\":{\"pos\":1}}}",
  "{\"steps\":{\"a\":{\"done\":\"x\"}}}",
  "{\"steps\":{\"a\":{\"amount\":1.0}}}",
  "{\"steps\":{\"\":{}}}",
  "{\"steps\":{\"A\":{}}}",
  "{\"steps\":{\"a/b\":{}}}",
  "{\"steps\":{\"0123456789012345678901234567890123456\":{}}}",
  "{\"plan\":0}",
  "{\"phone\":\"02\"}",
  "{\"age\":null}",
  /* The first field is good, the last is not: nothing may have been set. */
  "{\"title\":\"changed\",\"plan\":1}",
};

static void
test_wrong_types (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_parts); i++)
    {
      g_test_message ("%s", wrong_parts[i]);
      assert_undecodable (wrong_parts[i], MADANG_ERROR_INVALID);
    }
}

static void
test_too_large (void)
{
  g_autofree char *text = g_strnfill (MADANG_WIRE_MAX_STRING + 1, 'a');
  g_autofree char *json = g_strdup_printf ("{\"body\":\"%s\"}", text);
  g_autoptr (GString) deep = g_string_new ("{\"x\":");

  assert_undecodable (json, MADANG_ERROR_TOO_LARGE);
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  assert_undecodable (deep->str, MADANG_ERROR_TOO_LARGE);
}

static void
test_values (void)
{
  static const struct
  {
    const char *field;
    const char *value; /* NULL: unset */
    const char *json;
  } cases[] = {
    { "title", NULL, "null" },
    { "title", "'\"가\"'", "\"\\\"가\\\"\"" },
    { "won", "int64 9223372036854775807", "9223372036854775807" },
    { "won", "int64 -9223372036854775808", "-9223372036854775808" },
    { "agreed", "true", "true" },
    { "colours", "@as []", "[]" },
    { "colours", "['blue', 'green']", "[\"blue\",\"green\"]" },
    { "steps", "@a{sa{sv}} {}", "{}" },
    { "steps", "{'a': {'amount': <int64 1>, 'pos': <'x'>}, 'b': @a{sv} {}}",
      "{\"a\":{\"amount\":1,\"pos\":\"x\"},\"b\":{}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MadangField *field = find_field (cases[i].field);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = cases[i].value != NULL
                                       ? g_variant_parse (madang_field_get_variant_type (field),
                                                          cases[i].value, NULL, NULL, &error)
                                       : NULL;
      g_autofree char *json = madang_wire_encode_value (field, value);
      g_autoptr (GVariant) read = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (json, ==, cases[i].json);
      read = madang_wire_decode_value (field, json, &error);
      g_assert_no_error (error);
      g_assert_true (madang_value_equal (read, value));
      g_assert_true (read == NULL || !g_variant_is_floating (read));
    }
}

static void
test_bad_values (void)
{
  static const struct
  {
    const char *field;
    const char *json;
    int code;
  } cases[] = {
    { "title", "1", MADANG_ERROR_INVALID },
    { "title", "", MADANG_ERROR_INVALID },
    { "title", "\"a\" \"b\"", MADANG_ERROR_INVALID },
    { "won", "\"1\"", MADANG_ERROR_INVALID },
    { "steps", "{\"a\":{\"new\":1}}", MADANG_ERROR_NEWER_SCHEMA },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (madang_wire_decode_value (find_field (cases[i].field), cases[i].json, &error));
      g_assert_error (error, MADANG_ERROR, cases[i].code);
    }
}

/* Computed with another program from "ID/main/3" and "ID/personal/9223372036854775807". */
static void
test_digest_term (void)
{
  g_assert_cmphex (madang_wire_digest_term (WIRE_ID, MADANG_PART_MAIN, 3), ==,
                   G_GUINT64_CONSTANT (0xada702fc3845a540));
  g_assert_cmphex (madang_wire_digest_term (WIRE_ID, MADANG_PART_PERSONAL, G_MAXINT64), ==,
                   G_GUINT64_CONSTANT (0x7d8f2e2741fc069e));
}

/* 50 KB of Korean text. The bound is far above what it takes even on a busy machine. */
static void
test_speed (void)
{
  g_autoptr (MadangRecord) record = new_full_record ();
  g_autoptr (GString) text = g_string_new (NULL);
  guint rounds = 200;
  double best = G_MAXDOUBLE;

  while (text->len < 50000)
    g_string_append (text, "구민이 제안한 의제를 함께 다듬는다.\n");
  set (record, "body", g_variant_new_string (text->str));
  for (guint i = 0; i < rounds; i++)
    {
      g_autofree char *json = NULL;

      g_test_timer_start ();
      json = madang_wire_encode_part (record, MADANG_PART_MAIN);
      best = MIN (best, g_test_timer_elapsed ());
      g_assert_cmpuint (strlen (json), >, 50000);
    }
  g_test_message ("encoding %u bytes: %.3f ms", (guint)text->len, best * 1000);
  g_assert_cmpfloat (best, <, 0.010);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (madang_crypto_init (NULL));
  g_test_add_func ("/wire-record/golden", test_golden);
  g_test_add_func ("/wire-record/round-trip", test_round_trip);
  g_test_add_func ("/wire-record/empty", test_empty);
  g_test_add_func ("/wire-record/decoding-replaces", test_decoding_replaces);
  g_test_add_func ("/wire-record/unknown-survives", test_unknown_survives);
  g_test_add_func ("/wire-record/canonical", test_canonical);
  g_test_add_func ("/wire-record/wrong-types", test_wrong_types);
  g_test_add_func ("/wire-record/too-large", test_too_large);
  g_test_add_func ("/wire-record/values", test_values);
  g_test_add_func ("/wire-record/bad-values", test_bad_values);
  g_test_add_func ("/wire-record/digest-term", test_digest_term);
  g_test_add_func ("/wire-record/speed", test_speed);
  return g_test_run ();
}
