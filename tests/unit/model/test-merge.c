/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"

static MadangRecord *
make_sample (void)
{
  MadangRecord *record = madang_record_new (&sample_kind, APPLICATION);

  set_text (record, "line", "전");
  return record;
}

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value;

  if (text == NULL)
    return NULL;
  value = g_variant_parse (NULL, text, NULL, NULL, &error);
  g_assert_no_error (error);
  return value;
}

/* Values in the text form of GVariant; NULL is unset. */
static MadangMergeOutcome
merge (MadangRecord *record, const char *path, const char *from, const char *to)
{
  g_autoptr (GVariant) from_value = parse (from);
  g_autoptr (GVariant) to_value = parse (to);
  g_autoptr (MadangEdit) edit = madang_edit_new (path, from_value, to_value);

  return madang_merge_edit (record, edit, 0);
}

static void
assert_value (MadangRecord *record, const char *path, const char *expected)
{
  GVariant *value = madang_record_get (record, path);
  g_autofree char *text = value != NULL ? g_variant_print (value, FALSE) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_cas (void)
{
  g_autoptr (MadangRecord) record = make_sample ();

  g_assert_cmpint (merge (record, "line", "'전'", "'후'"), ==, MADANG_MERGE_APPLIED);
  assert_value (record, "line", "'후'");
  g_assert_cmpint (merge (record, "line", "'전'", "'후'"), ==, MADANG_MERGE_UNCHANGED);
  g_assert_cmpint (merge (record, "line", "'전'", "'또'"), ==, MADANG_MERGE_CONFLICT);
  assert_value (record, "line", "'후'");
  g_assert_cmpint (merge (record, "line", "'후'", NULL), ==, MADANG_MERGE_APPLIED);
  assert_value (record, "line", NULL);
  /* The empty text is the unset value. */
  g_assert_cmpint (merge (record, "line", "''", "'새'"), ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (merge (record, "line", "'새'", "''"), ==, MADANG_MERGE_APPLIED);
  assert_value (record, "line", NULL);
}

static void
test_refused (void)
{
  g_autoptr (MadangRecord) record = make_sample ();

  g_assert_cmpint (merge (record, "nothing", NULL, "'x'"), ==, MADANG_MERGE_REFUSED);
  g_assert_cmpint (merge (record, "line", "'전'", "int64 1"), ==, MADANG_MERGE_REFUSED);
  g_assert_cmpint (merge (record, "line", "int64 1", "'x'"), ==, MADANG_MERGE_REFUSED);
  g_assert_cmpint (merge (record, "number", NULL, "'접수-1'"), ==, MADANG_MERGE_REFUSED);
  g_assert_cmpint (merge (record, "rows/r1", NULL, "{'nothing': <'x'>}"), ==, MADANG_MERGE_REFUSED);
  madang_record_set_has_part (record, MADANG_PART_PERSONAL, FALSE);
  g_assert_cmpint (merge (record, "secret", NULL, "'x'"), ==, MADANG_MERGE_REFUSED);
  assert_value (record, "line", "'전'");
}

static void
test_digest (void)
{
  g_autoptr (MadangRecord) record = make_sample ();
  g_autoptr (GVariant) seen = parse ("'전'");
  g_autoptr (MadangEdit) edit = madang_edit_new ("line", NULL, g_variant_new_string ("후"));

  edit->from_digest = madang_value_digest (seen);
  set_text (record, "line", "남의 것");
  g_assert_cmpint (madang_merge_edit (record, edit, 0), ==, MADANG_MERGE_CONFLICT);
  set_text (record, "line", NULL);
  g_assert_cmpint (madang_merge_edit (record, edit, 0), ==, MADANG_MERGE_CONFLICT);
  set_text (record, "line", "전");
  g_assert_cmpint (madang_merge_edit (record, edit, 0), ==, MADANG_MERGE_APPLIED);
  assert_value (record, "line", "'후'");
}

static void
test_set (void)
{
  g_autoptr (MadangRecord) record = make_sample ();

  g_assert_cmpint (merge (record, "colours", NULL, "['red']"), ==, MADANG_MERGE_APPLIED);
  /* Someone else saw nothing and adds two: all three are there. */
  g_assert_cmpint (merge (record, "colours", NULL, "['green', 'blue']"), ==, MADANG_MERGE_APPLIED);
  assert_value (record, "colours", "['blue', 'green', 'red']");
  /* Removing red while another is added does not touch the others. */
  g_assert_cmpint (merge (record, "colours", "['red']", "['blue']"), ==, MADANG_MERGE_APPLIED);
  assert_value (record, "colours", "['blue', 'green']");
  g_assert_cmpint (merge (record, "colours", "['red']", "['blue']"), ==, MADANG_MERGE_UNCHANGED);
  g_assert_cmpint (merge (record, "colours", "['blue', 'green', 'red']", NULL), ==,
                   MADANG_MERGE_APPLIED);
  assert_value (record, "colours", NULL);
}

static void
test_max (void)
{
  g_autoptr (MadangRecord) record = make_sample ();

  g_assert_cmpint (merge (record, "read_at", NULL, "int64 5"), ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (merge (record, "read_at", NULL, "int64 4"), ==, MADANG_MERGE_UNCHANGED);
  g_assert_cmpint (merge (record, "read_at", "int64 1", "int64 9"), ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (merge (record, "read_at", "int64 9", NULL), ==, MADANG_MERGE_UNCHANGED);
  assert_value (record, "read_at", "9");
}

static void
test_never (void)
{
  g_autoptr (MadangRecord) record = make_sample ();
  g_autoptr (MadangEdit) edit = madang_edit_new ("total", NULL, g_variant_new_int64 (3));

  madang_record_set_version (record, MADANG_PART_MAIN, 7);
  g_assert_cmpint (madang_merge_edit (record, edit, 6), ==, MADANG_MERGE_CONFLICT);
  assert_value (record, "total", NULL);
  g_assert_cmpint (madang_merge_edit (record, edit, 7), ==, MADANG_MERGE_APPLIED);
  assert_value (record, "total", "3");
  g_assert_cmpint (madang_merge_edit (record, edit, 6), ==, MADANG_MERGE_UNCHANGED);
}

static void
test_fixed (void)
{
  g_autoptr (MadangRecord) record = make_sample ();

  g_assert_cmpint (merge (record, "owner", NULL, "'첫째'"), ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (merge (record, "owner", NULL, "'첫째'"), ==, MADANG_MERGE_UNCHANGED);
  g_assert_cmpint (merge (record, "owner", "'첫째'", "'둘째'"), ==, MADANG_MERGE_REFUSED);
  g_assert_cmpint (merge (record, "owner", "'첫째'", NULL), ==, MADANG_MERGE_REFUSED);
  assert_value (record, "owner", "'첫째'");
}

static void
test_rows (void)
{
  g_autoptr (MadangRecord) record = make_sample ();

  g_assert_cmpint (merge (record, "rows/a", NULL, "{'title': <'1'>}"), ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (merge (record, "rows/b", NULL, "{'title': <'2'>}"), ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (merge (record, "rows/a", NULL, "{'title': <'1'>}"), ==, MADANG_MERGE_UNCHANGED);
  g_assert_cmpint (merge (record, "rows/a", NULL, "{'title': <'3'>}"), ==, MADANG_MERGE_CONFLICT);
  g_assert_cmpint (merge (record, "rows/a/title", "'1'", "'하나'"), ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (merge (record, "rows/a/title", "'1'", "'일'"), ==, MADANG_MERGE_CONFLICT);
  g_assert_cmpint (merge (record, "rows/c/title", NULL, "'x'"), ==, MADANG_MERGE_CONFLICT);

  /* Members merge by their own rule. */
  g_assert_cmpint (merge (record, "rows/a/count", NULL, "int64 4"), ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (merge (record, "rows/a/count", NULL, "int64 2"), ==, MADANG_MERGE_UNCHANGED);
  g_assert_cmpint (merge (record, "rows/a/tags", NULL, "['red']"), ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (merge (record, "rows/a/tags", NULL, "['blue']"), ==, MADANG_MERGE_APPLIED);
  assert_value (record, "rows/a/tags", "['blue', 'red']");

  /* A row that someone changed is not removed by who saw the old one. */
  g_assert_cmpint (merge (record, "rows/a", "{'title': <'1'>}", NULL), ==, MADANG_MERGE_CONFLICT);
  g_assert_cmpint (merge (record, "rows/b", "{'title': <'2'>}", NULL), ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (merge (record, "rows/b", "{'title': <'2'>}", NULL), ==, MADANG_MERGE_UNCHANGED);
  assert_value (record, "rows/b", NULL);
}

static void
test_row_limit (void)
{
  g_autoptr (MadangRecord) record = make_sample ();

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *path = g_strdup_printf ("rows/r%u", i);

      g_assert_cmpint (merge (record, path, NULL, "{'title': <'x'>}"), ==, MADANG_MERGE_APPLIED);
    }
  g_assert_cmpint (merge (record, "rows/r200", NULL, "{'title': <'x'>}"), ==, MADANG_MERGE_REFUSED);
  g_assert_cmpint (merge (record, "rows/r7", "{'title': <'x'>}", NULL), ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (merge (record, "rows/r200", NULL, "{'title': <'x'>}"), ==, MADANG_MERGE_APPLIED);
}

/* --- batches ------------------------------------------------------------------------------- */

static void
add_edit (GPtrArray *edits, const char *path, const char *from, const char *to)
{
  g_autoptr (GVariant) from_value = parse (from);
  g_autoptr (GVariant) to_value = parse (to);

  g_ptr_array_add (edits, madang_edit_new (path, from_value, to_value));
}

static void
test_atomic (void)
{
  g_autoptr (MadangRecord) record = make_sample ();
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_edit_free);
  const gint64 seen[MADANG_N_PARTS] = { 0, 0 };
  MadangMergeOutcome outcomes[3];

  add_edit (edits, "status", NULL, "'숨김'");
  add_edit (edits, "line", "'전'", "'후'");
  add_edit (edits, "reason", NULL, "'광고'");

  /* Another gave a reason already: neither half of the decision is taken, the line is. */
  set_text (record, "reason", "욕설");
  madang_merge_edits (record, edits, seen, outcomes);
  g_assert_cmpint (outcomes[0], ==, MADANG_MERGE_CONFLICT);
  g_assert_cmpint (outcomes[1], ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (outcomes[2], ==, MADANG_MERGE_CONFLICT);
  assert_value (record, "status", NULL);
  assert_value (record, "line", "'후'");
  assert_value (record, "reason", "'욕설'");

  set_text (record, "reason", NULL);
  madang_merge_edits (record, edits, seen, outcomes);
  g_assert_cmpint (outcomes[0], ==, MADANG_MERGE_APPLIED);
  g_assert_cmpint (outcomes[1], ==, MADANG_MERGE_UNCHANGED);
  g_assert_cmpint (outcomes[2], ==, MADANG_MERGE_APPLIED);

  /* The same decision a second time changes nothing and is no conflict. */
  madang_merge_edits (record, edits, seen, outcomes);
  g_assert_cmpint (outcomes[0], ==, MADANG_MERGE_UNCHANGED);
  g_assert_cmpint (outcomes[2], ==, MADANG_MERGE_UNCHANGED);
}

static void
test_batch_versions (void)
{
  g_autoptr (MadangRecord) record = make_sample ();
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_edit_free);
  const gint64 seen[MADANG_N_PARTS] = { 3, 9 };
  MadangMergeOutcome outcomes[2];

  madang_record_set_version (record, MADANG_PART_MAIN, 9);
  madang_record_set_version (record, MADANG_PART_PERSONAL, 3);
  add_edit (edits, "total", NULL, "int64 1");
  add_edit (edits, "nothing", NULL, "'x'");
  madang_merge_edits (record, edits, seen, outcomes);
  g_assert_cmpint (outcomes[0], ==, MADANG_MERGE_CONFLICT);
  g_assert_cmpint (outcomes[1], ==, MADANG_MERGE_REFUSED);
}

static void
test_edit_copy (void)
{
  g_autoptr (MadangEdit) edit = madang_edit_new ("line", NULL, g_variant_new_string ("후"));
  g_autoptr (MadangEdit) copy = NULL;

  edit->from_digest = g_strdup ("abc");
  copy = madang_edit_copy (edit);
  g_assert_cmpstr (copy->path, ==, "line");
  g_assert_cmpstr (copy->from_digest, ==, "abc");
  g_assert_null (copy->from);
  g_assert_true (madang_value_equal (copy->to, edit->to));
}

static void
test_values (void)
{
  g_autoptr (GVariant) one = parse ("{'a': <'1'>, 'b': <int64 2>}");
  g_autoptr (GVariant) same = parse ("{'b': <int64 2>, 'a': <'1'>}");
  g_autoptr (GVariant) other = parse ("{'b': <int64 3>, 'a': <'1'>}");
  g_autoptr (GVariant) text = parse ("'a'");
  g_autofree char *digest = madang_value_digest (one);
  g_autofree char *same_digest = madang_value_digest (same);
  g_autofree char *text_digest = madang_value_digest (text);

  g_assert_true (madang_value_equal (NULL, NULL));
  g_assert_false (madang_value_equal (one, NULL));
  g_assert_false (madang_value_equal (NULL, one));
  g_assert_true (madang_value_equal (one, same));
  g_assert_false (madang_value_equal (one, other));
  g_assert_false (madang_value_equal (one, text));
  g_assert_cmpstr (digest, ==, same_digest);
  /* SHA-256 of "s1:a", computed apart from this code. */
  g_assert_cmpstr (text_digest, ==,
                   "e34d1fb77f49bbb61fc021a215de81cfc20d1bc08b902d51638e62ddd44e50eb");
}

/* --- properties ---------------------------------------------------------------------------- */

#define N_PATHS 10
#define N_ROUNDS 2000

static const char *const paths[N_PATHS] = {
  "line",   "text",  "secret", "colours",      "read_at",
  "rows/a", "owner", "total",  "rows/z/title", "rows/z/tags",
};
static const char *const texts[] = { NULL, "'가'", "'나'", "'다'" };
static const char *const sets[] = { NULL, "['red']", "['blue', 'red']", "['green']" };
static const char *const numbers[] = { NULL, "int64 1", "int64 2", "int64 3" };
static const char *const rows[]
    = { NULL, "{'title': <'가'>}", "{'title': <'나'>}", "{'title': <'가'>, 'count': <int64 3>}" };

static const char *
pick (GRand *random, const char *path)
{
  const char *const *values = texts;

  if (g_str_has_suffix (path, "colours") || g_str_has_suffix (path, "tags"))
    values = sets;
  else if (g_str_equal (path, "read_at") || g_str_equal (path, "total"))
    values = numbers;
  else if (g_str_equal (path, "rows/a"))
    values = rows;
  return values[g_rand_int_range (random, 0, 4)];
}

static MadangRecord *
make_random (GRand *random)
{
  MadangRecord *record = madang_record_new (&sample_kind, APPLICATION);

  g_assert_cmpint (merge (record, "rows/z", NULL, "{'pos': <'z'>}"), ==, MADANG_MERGE_APPLIED);
  for (guint i = 0; i < N_PATHS; i++)
    {
      g_autoptr (GVariant) value = parse (pick (random, paths[i]));

      g_assert_true (madang_record_set (record, paths[i], value, NULL));
    }
  return record;
}

static MadangEdit *
make_edit (GRand *random, const char *path)
{
  g_autoptr (GVariant) from = parse (pick (random, path));
  g_autoptr (GVariant) to = parse (pick (random, path));

  return madang_edit_new (path, from, to);
}

static void
assert_same (MadangRecord *a, MadangRecord *b)
{
  g_autofree char *digest_a = madang_record_dup_digest (a);
  g_autofree char *digest_b = madang_record_dup_digest (b);

  g_assert_cmpstr (digest_a, ==, digest_b);
}

static void
test_disjoint_edits_commute (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20200224);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (MadangRecord) forwards = make_random (random);
      g_autoptr (MadangRecord) backwards = madang_record_dup (forwards);
      guint first = g_rand_int_range (random, 0, N_PATHS);
      guint second = (first + g_rand_int_range (random, 1, N_PATHS)) % N_PATHS;
      g_autoptr (MadangEdit) one = make_edit (random, paths[first]);
      g_autoptr (MadangEdit) two = make_edit (random, paths[second]);
      MadangMergeOutcome one_first = madang_merge_edit (forwards, one, 0);
      MadangMergeOutcome two_second = madang_merge_edit (forwards, two, 0);

      g_assert_cmpint (madang_merge_edit (backwards, two, 0), ==, two_second);
      g_assert_cmpint (madang_merge_edit (backwards, one, 0), ==, one_first);
      assert_same (forwards, backwards);
    }
}

static void
test_repeating_changes_nothing (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20200313);
  guint applied = 0;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (MadangRecord) record = make_random (random);
      g_autoptr (MadangEdit) edit
          = make_edit (random, paths[g_rand_int_range (random, 0, N_PATHS)]);
      MadangMergeOutcome outcome = madang_merge_edit (record, edit, 0);
      g_autoptr (MadangRecord) once = madang_record_dup (record);
      MadangMergeOutcome again = madang_merge_edit (record, edit, 0);

      assert_same (once, record);
      if (outcome == MADANG_MERGE_APPLIED || outcome == MADANG_MERGE_UNCHANGED)
        g_assert_cmpint (again, ==, MADANG_MERGE_UNCHANGED);
      else
        g_assert_cmpint (again, ==, outcome);
      applied += outcome == MADANG_MERGE_APPLIED;
    }
  /* The generator reaches what it is for. */
  g_assert_cmpuint (applied, >, N_ROUNDS / 10);
}

static gboolean
has_only_names_of (GVariant *set, GVariant *a, GVariant *b)
{
  g_autofree const char **names = set != NULL ? g_variant_get_strv (set, NULL) : NULL;
  g_autofree const char **names_a = a != NULL ? g_variant_get_strv (a, NULL) : NULL;
  g_autofree const char **names_b = b != NULL ? g_variant_get_strv (b, NULL) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!(names_a != NULL && g_strv_contains (names_a, names[i]))
        && !(names_b != NULL && g_strv_contains (names_b, names[i])))
      return FALSE;
  return TRUE;
}

static void
test_no_value_is_invented (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (369);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (MadangRecord) before = make_random (random);
      g_autoptr (MadangRecord) record = madang_record_dup (before);
      const char *path = paths[g_rand_int_range (random, 0, N_PATHS)];
      g_autoptr (MadangEdit) edit = make_edit (random, path);
      MadangMergeOutcome outcome = madang_merge_edit (record, edit, 0);
      GVariant *old = madang_record_get (before, path);
      GVariant *now = madang_record_get (record, path);

      if (outcome != MADANG_MERGE_APPLIED)
        assert_same (before, record);
      else if (g_str_has_suffix (path, "colours") || g_str_has_suffix (path, "tags"))
        g_assert_true (has_only_names_of (now, old, edit->to));
      else
        g_assert_true (madang_value_equal (now, edit->to));

      for (guint i = 0; i < N_PATHS; i++)
        if (!g_str_equal (paths[i], path))
          g_assert_true (madang_value_equal (madang_record_get (before, paths[i]),
                                             madang_record_get (record, paths[i])));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/merge/cas", test_cas);
  g_test_add_func ("/merge/refused", test_refused);
  g_test_add_func ("/merge/digest", test_digest);
  g_test_add_func ("/merge/set", test_set);
  g_test_add_func ("/merge/max", test_max);
  g_test_add_func ("/merge/never", test_never);
  g_test_add_func ("/merge/fixed", test_fixed);
  g_test_add_func ("/merge/rows", test_rows);
  g_test_add_func ("/merge/row-limit", test_row_limit);
  g_test_add_func ("/merge/atomic", test_atomic);
  g_test_add_func ("/merge/batch-versions", test_batch_versions);
  g_test_add_func ("/merge/edit-copy", test_edit_copy);
  g_test_add_func ("/merge/values", test_values);
  g_test_add_func ("/merge/disjoint-edits-commute", test_disjoint_edits_commute);
  g_test_add_func ("/merge/repeating-changes-nothing", test_repeating_changes_nothing);
  g_test_add_func ("/merge/no-value-is-invented", test_no_value_is_invented);

  return g_test_run ();
}
