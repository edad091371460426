/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-rule-texts.h"
#include "model-fixture.h"

#include <string.h>

/* --- every code has a text ------------------------------------------------------------------ */

static char *
find_sources (void)
{
  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "src", "model", NULL);
}

/* Calls func for what each match of the pattern in the sources of the model has in its group. */
static void
each_match (const char *pattern, void (*func) (const char *found, gpointer data), gpointer data)
{
  g_autofree char *directory = find_sources ();
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *text = NULL;
      g_autoptr (GMatchInfo) match = NULL;

      if (!g_str_has_suffix (name, ".c") || g_str_equal (name, "madang-rule-texts.c"))
        continue;
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
           g_match_info_next (match, NULL))
        {
          g_autofree char *found = g_match_info_fetch (match, 1);

          func (found, data);
        }
    }
}

static void
check_code (const char *code, gpointer data)
{
  guint *n_codes = data;

  g_test_message ("%s", code);
  g_assert_nonnull (madang_rule_text_find (code));
  (*n_codes)++;
}

static void
test_codes_of_verdicts (void)
{
  guint n_codes = 0;

  each_match ("\"((?:R-[A-Z][0-9]+|field|right|state|event|record|kind|reference|merge|seen"
              "|programme|milestone|grant)\\.[a-z-]+)\"",
              check_code, &n_codes);
  g_assert_cmpuint (n_codes, >=, 40);
}

static void
check_verdict (const char *code, gpointer data)
{
  guint *n_codes = data;

  g_assert_nonnull (madang_rule_text_find (code));
  (*n_codes)++;
}

/* No verdict is made with a code that the pattern above would not see. */
static void
test_codes_of_calls (void)
{
  guint n_codes = 0;

  each_match ("(?:verdict_new_\\w+|refuse_number) \\(\\s*\"([^\"]+)\"", check_verdict, &n_codes);
  g_assert_cmpuint (n_codes, >=, 30);
}

/* check_complete() makes codes from the rules of required fields. */
static void
test_codes_of_missing_fields (void)
{
  guint n_fields = 0;

  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    for (const MadangField *field = (*kind)->fields; field->name != NULL; field++)
      if ((field->required || field->required_for != NULL) && (*kind)->events != NULL)
        {
          g_autofree char *code
              = g_strdup_printf ("%s.missing", field->rules != NULL ? field->rules : "field");

          g_test_message ("%s.%s: %s", (*kind)->name, field->name, code);
          g_assert_nonnull (madang_rule_text_find (code));
          n_fields++;
        }
  g_assert_cmpuint (n_fields, >, 30);
}

/* --- every text is well made ----------------------------------------------------------------- */

static const char *
get_sample (char shape)
{
  switch (shape)
    {
    case MADANG_SHAPE_FIELD:
    case MADANG_SHAPE_FIELDS:
    case MADANG_SHAPE_PATTERN:
      return "phone";
    case MADANG_SHAPE_DAY:
    case MADANG_SHAPE_DEADLINE:
      return "2020-03-13";
    case MADANG_SHAPE_INSTANT:
      return "1583715600000";
    case MADANG_SHAPE_NUMBER:
      return "60";
    case MADANG_SHAPE_STATE:
      return "submitted";
    case MADANG_SHAPE_EVENT:
      return "submit";
    case MADANG_SHAPE_KIND:
      return "application";
    case MADANG_SHAPE_ROLE:
      return "reviewer";
    default:
      return "something";
    }
}

static void
check_places (const MadangRuleText *text)
{
  gsize n_shapes = strlen (text->shapes);

  for (gsize i = 0; i < n_shapes; i++)
    {
      g_autofree char *place = g_strdup_printf ("%%%" G_GSIZE_FORMAT "$s", i + 1);

      g_assert_nonnull (strstr (text->sentence, place));
    }
  for (const char *at = strchr (text->sentence, '%'); at != NULL; at = strchr (at + 1, '%'))
    g_assert_true (g_ascii_isdigit (at[1]) && at[1] - '0' <= (int)n_shapes && at[2] == '$'
                   && at[3] == 's');
}

static void
test_each_text (void)
{
  for (const MadangRuleText *text = madang_rule_text_list (); text->code != NULL; text++)
    {
      g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
      g_autoptr (MadangVerdict) verdict = NULL;
      g_autofree char *sentence = NULL;

      g_test_message ("%s", text->code);
      check_places (text);
      for (const char *shape = text->shapes; *shape != '\0'; shape++)
        g_ptr_array_add (arguments, (gpointer)get_sample (*shape));
      g_ptr_array_add (arguments, NULL);
      verdict = madang_verdict_new_no_strv (text->code, (const char *const *)arguments->pdata);
      sentence = madang_verdict_dup_text (verdict, "application");
      /* A short fact, then what to do. */
      g_assert_null (strchr (sentence, '%'));
      g_assert_nonnull (strpbrk (sentence, ".:"));
      g_assert_true (g_str_has_suffix (sentence, ".") || g_str_has_suffix (sentence, "02-120"));
    }
}

static void
test_each_code_once (void)
{
  for (const MadangRuleText *text = madang_rule_text_list (); text->code != NULL; text++)
    g_assert_true (madang_rule_text_find (text->code) == text);
}

/* --- sentences ------------------------------------------------------------------------------- */

static void
assert_text (MadangVerdict *verdict, const char *kind, const char *expected)
{
  g_autoptr (MadangVerdict) owned = verdict;
  g_autofree char *text = madang_verdict_dup_text (owned, kind);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_sentences (void)
{
  assert_text (madang_verdict_new_no ("R-A3.missing", "plan", "page_no_reason", NULL),
               "application",
               "The form is not complete: Plan for the operation of the proposal platform, Reason "
               "for not applying. Please fill it in.");
  assert_text (madang_verdict_new_no ("R-A1.early", "2020-02-24", NULL), "application",
               "Applications open on 2020. 2. 24.(월). Please submit from that day on.");
  assert_text (madang_verdict_new_no ("R-A1.late", "2020-03-13", NULL), "application",
               "Applications closed on 2020. 3. 13.(금) 24:00. Please ask the city coordinator "
               "whether a paper form that arrived in time can be entered.");
  assert_text (madang_verdict_new_no ("field.too-long", "dept_name", "60", "61", NULL),
               "application",
               "“Department that applies” takes at most 60 characters and has 61. Please shorten "
               "it.");
  assert_text (madang_verdict_new_no ("field.pattern", "phone", NULL), "application",
               "“Contact number” does not have the right form. Please write it like this: 02-120");
  assert_text (
      madang_verdict_new_no ("state.event", "withdraw", "selected", NULL), "application",
      "“Withdraw” is not possible while the state is “Selected”. Reload to see what can be "
      "done now.");
  /* A member of a list is found by its name, and by its path. */
  assert_text (madang_verdict_new_no ("field.attachment", "file", NULL), "application",
               "The file of “File” is not complete. Please attach it again.");
  assert_text (madang_verdict_new_no ("field.attachment", "scans/r1/file", NULL), "application",
               "The file of “File” is not complete. Please attach it again.");
}

/* What comes over the wire may be anything. */
static void
test_strange_arguments (void)
{
  assert_text (madang_verdict_new_no ("R-A1.early", NULL), NULL,
               "Applications open on . Please submit from that day on.");
  assert_text (madang_verdict_new_no ("R-A1.early", "%s%n", "x", "y", NULL), "nothing",
               "Applications open on %s%n. Please submit from that day on.");
  assert_text (madang_verdict_new_no ("field.day", "nothing", NULL), "application",
               "“nothing” is not a day of the calendar. Please write it like 2020. 3. 13.");
  assert_text (madang_verdict_new_no ("R-Z9.future", "x", NULL), "application",
               "A newer rule of the server refused this. Update the program.");
  assert_text (madang_verdict_new_unknown ("R-A2.duplicate"), "application",
               "This device does not hold all that decides this. The server will check it.");
  assert_text (madang_verdict_new_yes (), "application", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rule-texts/codes-of-verdicts", test_codes_of_verdicts);
  g_test_add_func ("/rule-texts/codes-of-calls", test_codes_of_calls);
  g_test_add_func ("/rule-texts/codes-of-missing-fields", test_codes_of_missing_fields);
  g_test_add_func ("/rule-texts/each-text", test_each_text);
  g_test_add_func ("/rule-texts/each-code-once", test_each_code_once);
  g_test_add_func ("/rule-texts/sentences", test_sentences);
  g_test_add_func ("/rule-texts/strange-arguments", test_strange_arguments);

  return g_test_run ();
}
