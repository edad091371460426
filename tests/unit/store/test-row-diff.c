/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-row-diff.h"

#include <string.h>

#define N_ROUNDS 2000

typedef struct
{
  const char *name;
  const char *before; /* a character is a row */
  const char *after;
  const char *hunks; /* "position-removed+added" */
} Case;

static const Case cases[] = {
  { "same", "abc", "abc", "" },
  { "both-empty", "", "", "" },
  { "from-empty", "", "abc", "0-0+3" },
  { "to-empty", "abc", "", "0-3+0" },
  { "append", "abc", "abcde", "3-0+2" },
  { "prepend", "abc", "xabc", "0-0+1" },
  { "insert", "abc", "abxc", "2-0+1" },
  { "remove", "abcde", "abe", "2-2+0" },
  { "replace", "abc", "axc", "1-1+1" },
  { "scattered", "abcdef", "xabycdzef", "0-0+1 3-0+1 6-0+1" },
  { "scattered-removals", "abcdef", "bdf", "0-1+0 1-1+0 2-1+0" },
  { "move-down", "abcdef", "bcdeaf", "0-1+0 4-0+1" },
  { "move-up", "abcdef", "aebcdf", "1-0+1 5-1+0" },
  { "swap", "abcd", "dbca", "0-1+1 3-1+1" },
  { "all-new", "abc", "xyz", "0-3+3" },
};

static GArray *
make_rows (const char *text)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (const char *p = text; *p != '\0'; p++)
    {
      gint64 row = *p;
      g_array_append_val (rows, row);
    }
  return rows;
}

static GArray *
diff (const GArray *before, const GArray *after)
{
  return madang_row_diff ((const gint64 *)before->data, before->len, (const gint64 *)after->data,
                          after->len);
}

static char *
describe (const GArray *hunks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < hunks->len; i++)
    {
      const MadangRowHunk *hunk = &g_array_index (hunks, MadangRowHunk, i);
      g_string_append_printf (text, "%s%u-%u+%u", i > 0 ? " " : "", hunk->position, hunk->removed,
                              hunk->added);
    }
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (GArray) before = make_rows (expected->before);
  g_autoptr (GArray) after = make_rows (expected->after);
  g_autoptr (GArray) hunks = diff (before, after);
  g_autofree char *found = describe (hunks);

  g_assert_cmpstr (found, ==, expected->hunks);
}

/* --- any two lists ------------------------------------------------------------------------ */

static GArray *
make_random_rows (int n_rows)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 row = 1; row <= n_rows; row++)
    if (g_test_rand_int_range (0, 4) != 0)
      g_array_append_val (rows, row);
  return rows;
}

static void
move_some (GArray *rows, int n_moves)
{
  for (int i = 0; i < n_moves && rows->len > 1; i++)
    {
      guint from = g_test_rand_int_range (0, rows->len);
      gint64 row = g_array_index (rows, gint64, from);
      g_array_remove_index (rows, from);
      g_array_insert_val (rows, g_test_rand_int_range (0, rows->len + 1), row);
    }
}

static void
apply (GArray *rows, const GArray *hunks, const GArray *after)
{
  for (guint i = 0; i < hunks->len; i++)
    {
      const MadangRowHunk *hunk = &g_array_index (hunks, MadangRowHunk, i);
      g_assert_cmpuint (hunk->position + hunk->removed, <=, rows->len);
      g_assert_cmpuint (hunk->removed + hunk->added, >, 0);
      if (hunk->removed > 0)
        g_array_remove_range (rows, hunk->position, hunk->removed);
      if (hunk->added > 0)
        g_array_insert_vals (rows, hunk->position, &g_array_index (after, gint64, hunk->position),
                             hunk->added);
    }
}

/* The plain way to the longest common subsequence: what cannot stay is the least possible. */
static guint
count_common (const GArray *before, const GArray *after)
{
  g_autofree guint *lengths = g_new0 (guint, after->len + 1);

  for (guint i = 0; i < before->len; i++)
    {
      guint diagonal = 0;
      for (guint j = 0; j < after->len; j++)
        {
          guint above = lengths[j + 1];
          gboolean same = g_array_index (before, gint64, i) == g_array_index (after, gint64, j);
          lengths[j + 1] = same ? diagonal + 1 : MAX (above, lengths[j]);
          diagonal = above;
        }
    }
  return lengths[after->len];
}

static void
test_random (void)
{
  for (int round = 0; round < N_ROUNDS; round++)
    {
      int n_rows = g_test_rand_int_range (0, 60);
      g_autoptr (GArray) before = make_random_rows (n_rows);
      g_autoptr (GArray) after = make_random_rows (n_rows);
      move_some (after, g_test_rand_int_range (0, 10));
      g_autoptr (GArray) hunks = diff (before, after);
      guint kept = before->len;
      guint common = count_common (before, after);

      for (guint i = 0; i < hunks->len; i++)
        kept -= g_array_index (hunks, MadangRowHunk, i).removed;
      g_assert_cmpuint (kept, ==, common);
      apply (before, hunks, after);
      g_assert_cmpmem (before->data, before->len * sizeof (gint64), after->data,
                       after->len * sizeof (gint64));
    }
}

static void
test_many_hunks (void)
{
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 row = 0; row < 2 * MADANG_ROW_DIFF_MAX_HUNKS + 1; row++)
    {
      if (row % 2 == 0)
        g_array_append_val (before, row);
      g_array_append_val (after, row);
    }
  g_autoptr (GArray) most = diff (before, after);
  g_assert_cmpuint (most->len, ==, MADANG_ROW_DIFF_MAX_HUNKS);

  gint64 rows[] = { 1000, 1001, 1002 };
  g_array_append_val (before, rows[0]);
  g_array_append_val (before, rows[2]);
  g_array_append_vals (after, rows, 3);
  g_autoptr (GArray) one = diff (before, after);
  g_autofree char *found = describe (one);
  g_assert_cmpstr (found, ==, "1-65+130");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/row-diff/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/row-diff/random", test_random);
  g_test_add_func ("/row-diff/many-hunks", test_many_hunks);
  return g_test_run ();
}
