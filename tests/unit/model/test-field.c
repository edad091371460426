/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-agencies.h"
#include "madang-applications.h"
#include "madang-programme.h"
#include "model-fixture.h"

#include <string.h>

static const MadangField *
get_field (const MadangKind *kind, const char *name)
{
  const MadangField *field = madang_kind_find_field (kind, name);

  g_assert_nonnull (field);
  return field;
}

static MadangVerdict *
check_text (const MadangKind *kind, const char *name, const char *text)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (text));

  return madang_field_check (get_field (kind, name), value);
}

static MadangVerdict *
check_number (const MadangKind *kind, const char *name, gint64 number)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int64 (number));

  return madang_field_check (get_field (kind, name), value);
}

static char *
repeat (const char *text, guint times)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (string, text);
  return g_string_free (string, FALSE);
}

/* The limits of section 6 of the domain page, by hand. */
static void
test_text_limits (void)
{
  static const struct
  {
    const char *field;
    guint limit;
  } limits[] = {
    { "dept_name", 60 },     { "officer_name", 40 },
    { "rank", 30 },          { "position", 30 },
    { "direction", 2000 },   { "op_period", 100 },
    { "op_method", 500 },    { "site_name", 100 },
    { "op_and_use", 3000 },  { "plan", 4000 },
    { "suggestions", 2000 }, { "page_no_reason", 500 },
    { "link_needs", 1000 },  { "other_project", 2000 },
    { "signer", 60 },        { "withdrawal_reason", 500 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      /* Code points count, not bytes: each of these has three. */
      g_autofree char *longest = repeat ("가", limits[i].limit);
      g_autofree char *too_long = repeat ("가", limits[i].limit + 1);
      g_autofree char *arguments
          = g_strdup_printf ("%s %u %u", limits[i].field, limits[i].limit, limits[i].limit + 1);

      assert_yes (check_text (&madang_application_kind, limits[i].field, longest));
      assert_no (check_text (&madang_application_kind, limits[i].field, too_long), "field.too-long",
                 arguments);
    }
}

static void
test_clean (void)
{
  const MadangKind *kind = &madang_application_kind;

  assert_yes (check_text (kind, "direction", "첫 줄\n둘째 줄"));
  assert_yes (check_text (kind, "dept_name", "마을자치과"));
  assert_no (check_text (kind, "dept_name", "마을\n자치과"), "field.control", "dept_name");
  assert_no (check_text (kind, "direction", "종\a소리"), "field.control", "direction");
  assert_no (check_text (kind, "direction", "탭\t"), "field.control", "direction");
  /* Decomposed Hangul, spaces at an end, an override of the direction of writing. */
  assert_no (check_text (kind, "dept_name", "\u1100\u1161"), "field.not-clean", "dept_name");
  assert_no (check_text (kind, "dept_name", " 과"), "field.not-clean", "dept_name");
  assert_no (check_text (kind, "direction", "앞\u202e뒤"), "field.not-clean", "direction");
}

static void
test_patterns (void)
{
  const MadangKind *kind = &madang_application_kind;

  assert_yes (check_text (kind, "phone", "02-2133-0000"));
  assert_yes (check_text (kind, "phone", "+82 2 120"));
  assert_no (check_text (kind, "phone", "전화 없음"), "field.pattern", "phone");
  assert_yes (check_text (kind, "email", "a.b@example.go.kr"));
  assert_no (check_text (kind, "email", "a.b@example"), "field.pattern", "email");
  assert_no (check_text (kind, "email", "a b@example.kr"), "field.pattern", "email");
  assert_yes (check_text (&madang_agency_kind, "code", "11545"));
  /* A code of the other system: KOSTAT calls 강남구 11230, the legal-dong code of 동대문구. */
  assert_yes (check_text (&madang_agency_kind, "code", "11230"));
  assert_no (check_text (&madang_agency_kind, "code", "11240"), "field.pattern", "code");
  assert_no (check_text (&madang_agency_kind, "code", "1154"), "field.too-short", "code 5 4");
}

static void
test_days (void)
{
  const MadangKind *kind = &madang_application_kind;

  assert_yes (check_text (kind, "signed_on", "2020-02-29"));
  assert_no (check_text (kind, "signed_on", "2019-02-29"), "field.day", "signed_on");
  assert_no (check_text (kind, "signed_on", "2020-3-9"), "field.day", "signed_on");
  assert_yes (check_text (kind, "planned_open", "2020-08"));
  assert_no (check_text (kind, "planned_open", "2020-13"), "field.month", "planned_open");
}

static void
test_numbers (void)
{
  assert_yes (check_number (&madang_application_kind, "requested_amount", 0));
  assert_yes (check_number (&madang_application_kind, "requested_amount", 20000000));
  assert_no (check_number (&madang_application_kind, "requested_amount", 20000001), "field.step",
             "requested_amount 1000 20000001");
  assert_no (check_number (&madang_application_kind, "requested_amount", -1000), "field.too-small",
             "requested_amount 0 -1000");
  assert_yes (check_number (&madang_programme_kind, "year", 2000));
  assert_yes (check_number (&madang_programme_kind, "year", 2100));
  assert_no (check_number (&madang_programme_kind, "year", 1999), "field.too-small",
             "year 2000 1999");
  assert_no (check_number (&madang_programme_kind, "year", 2101), "field.too-large",
             "year 2100 2101");
  /* Without limits every number is good. */
  assert_yes (check_number (&sample_kind, "total", G_MININT64));
}

static void
test_choices (void)
{
  static const char *const good[] = { "forum", "page", NULL };
  static const char *const unsorted[] = { "page", "forum", NULL };
  static const char *const unknown[] = { "forum", "party", NULL };
  const MadangField *field = get_field (&madang_application_kind, "requested_programmes");
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_strv (good, -1));
  g_autoptr (GVariant) value_unsorted = g_variant_ref_sink (g_variant_new_strv (unsorted, -1));
  g_autoptr (GVariant) value_unknown = g_variant_ref_sink (g_variant_new_strv (unknown, -1));

  assert_yes (check_text (&madang_application_kind, "page_request", "yes"));
  assert_no (check_text (&madang_application_kind, "page_request", "maybe"), "field.choice",
             "page_request");
  assert_yes (madang_field_check (field, value));
  assert_no (madang_field_check (field, value_unsorted), "field.not-clean", "requested_programmes");
  assert_no (madang_field_check (field, value_unknown), "field.choice", "requested_programmes");
}

static void
test_types (void)
{
  const MadangKind *kind = &madang_application_kind;

  assert_no (check_number (kind, "direction", 1), "field.type", "direction");
  assert_no (check_text (kind, "requested_amount", "1000"), "field.type", "requested_amount");
  assert_no (check_text (kind, "agency", "금천구"), "field.reference", "agency");
  assert_yes (check_text (kind, "agency", AGENCY));
  assert_yes (madang_field_check (get_field (kind, "agency"), NULL));
  g_assert_cmpint (madang_field_get_part (get_field (kind, "email")), ==, MADANG_PART_PERSONAL);
  g_assert_cmpint (madang_field_get_part (get_field (kind, "plan")), ==, MADANG_PART_MAIN);
}

static GVariant *
make_rows (guint n_rows, const char *title)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sa{sv}}"));
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);

      g_variant_builder_add_parsed (&builder, "{%s, {'title': <%s>}}", id, title);
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
test_rows (void)
{
  const MadangField *field = get_field (&sample_kind, "rows");
  g_autoptr (GVariant) most = make_rows (200, "제목");
  g_autoptr (GVariant) too_many = make_rows (201, "제목");
  g_autoptr (GVariant) too_long = make_rows (1, "123456789012345678901");
  g_autoptr (GVariant) unknown
      = g_variant_ref_sink (g_variant_new_parsed ("{'r1': {'nothing': <'x'>}}"));

  assert_yes (madang_field_check (field, most));
  assert_no (madang_field_check (field, too_many), "field.too-many", "rows 200 201");
  assert_no (madang_field_check (field, too_long), "field.too-long", "title 20 21");
  assert_no (madang_field_check (field, unknown), "field.type", "rows");
}

static void
assert_format (const char *name, GVariant *value, const char *expected)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autofree char *text = madang_field_format (get_field (&madang_application_kind, name), owned);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  static const char *const names[] = { "forum", "page", NULL };
  const MadangField decimal = { .name = "average", .type = MADANG_FIELD_DECIMAL };
  g_autoptr (GVariant) hundredths = g_variant_ref_sink (g_variant_new_int64 (8767));
  g_autofree char *average = madang_field_format (&decimal, hundredths);
  g_autofree char *nothing = madang_field_format (&decimal, NULL);

  g_assert_cmpstr (average, ==, "87.67");
  g_assert_cmpstr (nothing, ==, "");
  assert_format ("signed_on", g_variant_new_string ("2020-03-13"), "2020. 3. 13.(금)");
  assert_format ("signed_on", g_variant_new_string ("13 March"), "13 March");
  assert_format ("planned_open", g_variant_new_string ("2020-08"), "2020. 8.");
  assert_format ("received_at", g_variant_new_int64 (IN_THE_CALL), "2020. 3. 9.(월) 10:00");
  assert_format ("requested_amount", g_variant_new_int64 (20000000), "20,000,000 won");
  assert_format ("requested_amount", g_variant_new_int64 (-1000), "-1,000 won");
  assert_format ("page_request", g_variant_new_string ("yes"), "Apply");
  assert_format ("head_pledge", g_variant_new_string ("no"), "Is not a pledge");
  assert_format ("requested_programmes", g_variant_new_strv (names, -1), "Forum, Agency page");
  assert_format ("scans", g_variant_new_parsed ("{'r1': @a{sv} {}}"), "1 row");
  /* A value of another type has no form here. */
  assert_format ("signed_on", g_variant_new_int64 (1), "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/field/text-limits", test_text_limits);
  g_test_add_func ("/field/clean", test_clean);
  g_test_add_func ("/field/patterns", test_patterns);
  g_test_add_func ("/field/days", test_days);
  g_test_add_func ("/field/numbers", test_numbers);
  g_test_add_func ("/field/choices", test_choices);
  g_test_add_func ("/field/types", test_types);
  g_test_add_func ("/field/rows", test_rows);
  g_test_add_func ("/field/format", test_format);

  return g_test_run ();
}
