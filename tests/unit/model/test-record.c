/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-applications.h"
#include "madang-error.h"
#include "model-fixture.h"

#include <string.h>

static MadangRecord *
make_sample (void)
{
  return madang_record_new (&sample_kind, APPLICATION);
}

static void
set_parsed (MadangRecord *record, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_parse (NULL, text, NULL, NULL, &error);

  g_assert_no_error (error);
  madang_record_set (record, path, value, &error);
  g_assert_no_error (error);
}

static void
test_values (void)
{
  g_autoptr (MadangRecord) record = make_sample ();

  g_assert_cmpstr (madang_record_get_state (record), ==, "open");
  g_assert_cmpstr (madang_record_get_text (record, "line"), ==, "");
  g_assert_cmpint (madang_record_get_number (record, "total", 7), ==, 7);
  g_assert_false (madang_record_get_flag (record, "flag"));

  set_text (record, "line", "한 줄");
  set_number (record, "total", -5);
  set_parsed (record, "flag", "true");
  set_parsed (record, "colours", "['red', 'blue', 'red']");
  g_assert_cmpstr (madang_record_get_text (record, "line"), ==, "한 줄");
  g_assert_cmpint (madang_record_get_number (record, "total", 7), ==, -5);
  g_assert_true (madang_record_get_flag (record, "flag"));
  g_assert_cmpuint (g_variant_n_children (madang_record_get (record, "colours")), ==, 2);
  g_assert_false (madang_record_is_set (record, "text"));

  /* The empty text is no value. */
  set_text (record, "line", "");
  g_assert_null (madang_record_get (record, "line"));
}

static void
test_refused_values (void)
{
  g_autoptr (MadangRecord) record = make_sample ();
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_record_set (record, "line", g_variant_new_int64 (1), &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (madang_record_set (record, "nothing", NULL, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (madang_record_set (record, "rows/r1/title", g_variant_new_string ("x"), &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND);
  g_clear_error (&error);

  set_text (record, "secret", "비밀");
  madang_record_set_has_part (record, MADANG_PART_PERSONAL, FALSE);
  g_assert_null (madang_record_get (record, "secret"));
  g_assert_false (madang_record_set (record, "secret", g_variant_new_string ("x"), &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FORBIDDEN);
}

static void
test_rows (void)
{
  g_autoptr (MadangRecord) record = make_sample ();
  g_auto (GStrv) rows = NULL;
  g_autofree char *joined = NULL;

  set_parsed (record, "rows/b", "{'title': <'둘'>, 'pos': <'m'>}");
  set_parsed (record, "rows/a", "{'title': <'셋'>}");
  set_parsed (record, "rows/c", "{'title': <'하나'>, 'pos': <'c'>}");
  set_parsed (record, "rows/d", "{'title': <'둘의 둘'>, 'pos': <'m'>}");
  rows = madang_record_dup_rows (record, "rows");
  joined = g_strjoinv (" ", rows);
  g_assert_cmpstr (joined, ==, "c b d a");

  g_assert_cmpstr (g_variant_get_string (madang_record_get (record, "rows/b/title"), NULL), ==,
                   "둘");
  set_text (record, "rows/b/title", "바뀐 둘");
  g_assert_cmpstr (g_variant_get_string (madang_record_get (record, "rows/b/title"), NULL), ==,
                   "바뀐 둘");
  set_text (record, "rows/b/title", NULL);
  g_assert_null (madang_record_get (record, "rows/b/title"));
  g_assert_nonnull (madang_record_get (record, "rows/b"));

  g_assert_true (madang_record_set (record, "rows/b", NULL, NULL));
  g_assert_null (madang_record_get (record, "rows/b"));
  for (const char *id = "acd"; *id != '\0'; id++)
    {
      g_autofree char *path = g_strdup_printf ("rows/%c", *id);

      g_assert_true (madang_record_set (record, path, NULL, NULL));
    }
  g_assert_null (madang_record_get (record, "rows"));
}

static void
test_parts (void)
{
  g_autoptr (MadangRecord) record = make_sample ();
  g_autoptr (MadangRecord) plain = madang_record_new (madang_kind_find ("programme"), PROGRAMME);

  g_assert_true (madang_record_has_part (record, MADANG_PART_PERSONAL));
  /* A kind without personal fields has no personal part. */
  g_assert_true (madang_record_has_part (plain, MADANG_PART_MAIN));
  g_assert_false (madang_record_has_part (plain, MADANG_PART_PERSONAL));
}

static void
test_dup (void)
{
  g_autoptr (MadangRecord) record = make_sample ();
  g_autoptr (MadangRecord) copy = NULL;

  set_text (record, "line", "같은 줄");
  set_parsed (record, "rows/a", "{'title': <'행'>}");
  madang_record_set_scope (record, "office");
  madang_record_set_state (record, "shut");
  madang_record_set_version (record, MADANG_PART_PERSONAL, 4);
  madang_record_set_extra (record, MADANG_PART_MAIN, "{\"x\":1}");
  madang_record_set_waiting (record, 2);
  madang_record_set_troubled (record, TRUE);
  madang_record_set_deleted (record, TRUE);

  copy = madang_record_dup (record);
  set_text (record, "line", "다른 줄");
  set_text (record, "rows/a/title", "다른 행");
  g_assert_cmpstr (madang_record_get_text (copy, "line"), ==, "같은 줄");
  g_assert_cmpstr (g_variant_get_string (madang_record_get (copy, "rows/a/title"), NULL), ==, "행");
  g_assert_cmpstr (madang_record_get_scope (copy), ==, "office");
  g_assert_cmpstr (madang_record_get_state (copy), ==, "shut");
  g_assert_cmpint (madang_record_get_version (copy, MADANG_PART_PERSONAL), ==, 4);
  g_assert_cmpint (madang_record_get_version (copy, MADANG_PART_MAIN), ==, 0);
  g_assert_cmpstr (madang_record_get_extra (copy, MADANG_PART_MAIN), ==, "{\"x\":1}");
  g_assert_cmpuint (madang_record_get_waiting (copy), ==, 2);
  g_assert_true (madang_record_get_troubled (copy));
  g_assert_true (madang_record_get_deleted (copy));
}

static void
assert_missing (MadangRecord *record, const char *event, const char *expected)
{
  g_autoptr (GPtrArray) missing = madang_record_find_missing (record, event);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < missing->len; i++)
    {
      const MadangField *field = g_ptr_array_index (missing, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", field->name);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_missing (void)
{
  g_autoptr (MadangRecord) empty = madang_record_new (&madang_application_kind, APPLICATION);
  g_autoptr (MadangRecord) record = sample_application_new (APPLICATION);

  assert_missing (empty, NULL, "programme agency");
  assert_missing (empty, "submit",
                  "programme agency dept_name officer_name phone email direction op_and_use plan "
                  "page_request link_request head_pledge dedicated_staff signed_on signer");
  assert_missing (empty, "receive", "programme agency");
  /* Without the personal part nothing can be said about it. */
  madang_record_set_has_part (empty, MADANG_PART_PERSONAL, FALSE);
  assert_missing (empty, "submit",
                  "programme agency dept_name direction op_and_use plan page_request "
                  "link_request head_pledge dedicated_staff signed_on signer");
  assert_missing (record, "submit", "");
}

static void
test_conditions (void)
{
  g_autoptr (MadangRecord) record = sample_application_new (APPLICATION);
  g_autoptr (MadangRecord) sample = make_sample ();

  set_text (record, "page_request", "no");
  assert_missing (record, "submit", "page_no_reason");
  set_text (record, "page_no_reason", "구축 중");
  set_text (record, "page_no_reason_kind", "platform_under_construction");
  assert_missing (record, "submit", "planned_open");
  set_text (record, "page_no_reason_kind", "other");
  assert_missing (record, "submit", "");

  /* The kind of reason stays behind when the page is asked for after all. */
  set_text (record, "page_no_reason_kind", "platform_under_construction");
  set_text (record, "page_request", "yes");
  assert_missing (record, "submit", "");
  set_text (record, "link_request", "yes");
  assert_missing (record, "submit", "link_needs");

  set_parsed (sample, "flag", "false");
  assert_missing (sample, NULL, "");
  set_parsed (sample, "flag", "true");
  assert_missing (sample, NULL, "why");
  set_text (sample, "why", "까닭");
  assert_missing (sample, NULL, "");
  /* A row without its title stops the event, not the typing. */
  set_parsed (sample, "rows/a", "{'pos': <'a'>}");
  assert_missing (sample, NULL, "");
  assert_missing (sample, "shut", "rows");
  set_text (sample, "rows/a/title", "제목");
  assert_missing (sample, "shut", "");
}

static void
test_digest (void)
{
  g_autoptr (MadangRecord) record = make_sample ();
  g_autoptr (MadangRecord) other = make_sample ();
  g_autofree char *digest = NULL;
  g_autofree char *same = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *main_only = NULL;

  set_text (record, "line", "가");
  set_text (record, "secret", "나");
  set_parsed (record, "colours", "['blue', 'red']");
  set_parsed (record, "rows", "{'a': {'title': <'1'>, 'pos': <'x'>}, 'b': {'title': <'2'>}}");
  set_parsed (other, "rows", "{'b': {'title': <'2'>}, 'a': {'pos': <'x'>, 'title': <'1'>}}");
  set_parsed (other, "colours", "['red', 'blue']");
  set_text (other, "secret", "나");
  set_text (other, "line", "가");
  madang_record_set_version (other, MADANG_PART_MAIN, 9);
  madang_record_set_scope (other, "office");
  set_number (other, "noted", 3);

  digest = madang_record_dup_digest (record);
  same = madang_record_dup_digest (other);
  g_assert_cmpstr (digest, ==, same);
  g_assert_cmpuint (strlen (digest), ==, 64);

  set_text (other, "rows/a/title", "3");
  changed = madang_record_dup_digest (other);
  g_assert_cmpstr (digest, !=, changed);

  madang_record_set_has_part (record, MADANG_PART_PERSONAL, FALSE);
  main_only = madang_record_dup_digest (record);
  g_assert_cmpstr (digest, !=, main_only);
}

/* The digest is compared over the wire and printed on papers: it may never change. */
static void
test_digest_is_fixed (void)
{
  g_autoptr (MadangRecord) record = make_sample ();
  g_autofree char *digest = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *expected
      = g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                       "madang-record-1\nsample\n" APPLICATION "\nopen\n"
                                       "part 0\ncolours=[2:s3:reds4:blue]\nflag=b1;\n"
                                       "line=s3:가\ntotal=x-5;\npart 1\nsecret=s1:x\n",
                                       -1);

  set_text (record, "line", "가");
  set_text (record, "secret", "x");
  set_number (record, "total", -5);
  set_parsed (record, "flag", "true");
  set_parsed (record, "colours", "['blue', 'red']");
  digest = madang_record_dup_digest (record);
  g_assert_cmpstr (digest, ==, expected);

  fingerprint = madang_record_dup_fingerprint (record);
  g_assert_cmpuint (strlen (fingerprint), ==, 14);
  g_assert_cmpint (g_ascii_strncasecmp (fingerprint, digest, 4), ==, 0);
  g_assert_cmpint (g_ascii_strncasecmp (fingerprint + 5, digest + 4, 4), ==, 0);
  g_assert_cmpint (g_ascii_strncasecmp (fingerprint + 10, digest + 8, 4), ==, 0);
  g_assert_true (fingerprint[4] == '-' && fingerprint[9] == '-');
}

/* One text is never taken for two, whatever it contains. */
static void
test_digest_is_unambiguous (void)
{
  g_autoptr (MadangRecord) record = make_sample ();
  g_autoptr (MadangRecord) other = make_sample ();
  g_autofree char *digest = NULL;
  g_autofree char *forged = NULL;

  set_text (record, "line", "a");
  set_text (record, "text", "b");
  set_text (other, "line", "a\ntext=s1:b");
  digest = madang_record_dup_digest (record);
  forged = madang_record_dup_digest (other);
  g_assert_cmpstr (digest, !=, forged);
}

static void
test_display (void)
{
  g_autoptr (MadangRecord) record = sample_application_new (APPLICATION);
  g_autofree char *day = madang_record_dup_display (record, "signed_on");
  g_autofree char *unset = madang_record_dup_display (record, "suggestions");
  g_autofree char *unknown = madang_record_dup_display (record, "nothing");

  g_assert_cmpstr (day, ==, "2020. 3. 9.(월)");
  g_assert_cmpstr (unset, ==, "");
  g_assert_cmpstr (unknown, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record/values", test_values);
  g_test_add_func ("/record/refused-values", test_refused_values);
  g_test_add_func ("/record/rows", test_rows);
  g_test_add_func ("/record/parts", test_parts);
  g_test_add_func ("/record/dup", test_dup);
  g_test_add_func ("/record/missing", test_missing);
  g_test_add_func ("/record/conditions", test_conditions);
  g_test_add_func ("/record/digest", test_digest);
  g_test_add_func ("/record/digest-is-fixed", test_digest_is_fixed);
  g_test_add_func ("/record/digest-is-unambiguous", test_digest_is_unambiguous);
  g_test_add_func ("/record/display", test_display);

  return g_test_run ();
}
