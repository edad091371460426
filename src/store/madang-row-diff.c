/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-row-diff.h"

#define NOT_KEPT -1

/* What is left of both lists when their common beginning and end are taken away. */
typedef struct
{
  const gint64 *before;
  const gint64 *after;
  guint n_before;
  guint n_after;
  guint prefix;
} Middle;

static Middle
trim (const gint64 *before, guint n_before, const gint64 *after, guint n_after)
{
  guint shorter = MIN (n_before, n_after);
  guint prefix = 0;
  guint suffix = 0;

  while (prefix < shorter && before[prefix] == after[prefix])
    prefix++;
  while (suffix < shorter - prefix && before[n_before - suffix - 1] == after[n_after - suffix - 1])
    suffix++;
  return (Middle){ before + prefix, after + prefix, n_before - prefix - suffix,
                   n_after - prefix - suffix, prefix };
}

/* Where the rows of a list stand in it. */
static GHashTable *
index_rows (const gint64 *rows, guint n_rows)
{
  GHashTable *places = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n_rows; i++)
    g_hash_table_insert (places, (gpointer)&rows[i], GUINT_TO_POINTER (i));
  return places;
}

/* For each row after, where it was before, or NOT_KEPT. The shorter list is indexed: the first
 * rows of a search take the place of a list of all. */
static int *
match_rows (const Middle *middle)
{
  const gboolean by_after = middle->n_after < middle->n_before;
  g_autoptr (GHashTable) places = by_after ? index_rows (middle->after, middle->n_after)
                                           : index_rows (middle->before, middle->n_before);
  const gint64 *others = by_after ? middle->before : middle->after;
  const guint n_others = by_after ? middle->n_before : middle->n_after;
  int *matches = g_new (int, middle->n_after);
  gpointer place = NULL;

  for (guint i = 0; i < middle->n_after; i++)
    matches[i] = NOT_KEPT;
  for (guint i = 0; i < n_others; i++)
    if (g_hash_table_lookup_extended (places, &others[i], NULL, &place))
      matches[by_after ? GPOINTER_TO_UINT (place) : i]
          = (int)(by_after ? i : GPOINTER_TO_UINT (place));
  return matches;
}

static gboolean
is_rising (const int *matches, guint n_matches)
{
  int last = NOT_KEPT;

  for (guint i = 0; i < n_matches; i++)
    {
      if (matches[i] == NOT_KEPT)
        continue;
      if (matches[i] < last)
        return FALSE;
      last = matches[i];
    }
  return TRUE;
}

/* The first of the sequences, by length, that this value cannot continue. */
static guint
find_length (const int *matches, const guint *ends, guint n_ends, int value)
{
  guint low = 0;
  guint high = n_ends;

  while (low < high)
    {
      guint half = (low + high) / 2;
      if (matches[ends[half]] < value)
        low = half + 1;
      else
        high = half;
    }
  return low;
}

/* Rows that changed their order: leaves only the longest rising sequence of matches (patience
 * sorting), the rest were moved. */
static void
keep_longest_rising (int *matches, guint n_matches)
{
  g_autofree guint *ends = g_new (guint, n_matches + 1); /* last place of the best of each length */
  g_autofree guint *previous = g_new (guint, n_matches + 1);
  g_autofree gboolean *kept = g_new0 (gboolean, n_matches + 1);
  guint n_ends = 0;

  for (guint i = 0; i < n_matches; i++)
    {
      if (matches[i] == NOT_KEPT)
        continue;
      guint length = find_length (matches, ends, n_ends, matches[i]);
      previous[i] = length > 0 ? ends[length - 1] : i;
      ends[length] = i;
      n_ends = MAX (n_ends, length + 1);
    }

  guint place = n_ends > 0 ? ends[n_ends - 1] : 0;
  for (guint left = n_ends; left > 0; left--, place = previous[place])
    kept[place] = TRUE;
  for (guint i = 0; i < n_matches; i++)
    if (!kept[i])
      matches[i] = NOT_KEPT;
}

static GArray *
collect_hunks (const Middle *middle, const int *matches)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (MadangRowHunk));
  guint old_place = 0;
  guint new_place = 0;

  while (old_place < middle->n_before || new_place < middle->n_after)
    {
      MadangRowHunk hunk = { .position = middle->prefix + new_place };
      while (new_place < middle->n_after && matches[new_place] == NOT_KEPT)
        {
          hunk.added++;
          new_place++;
        }
      guint next_kept = new_place < middle->n_after ? (guint)matches[new_place] : middle->n_before;
      hunk.removed = next_kept - old_place;
      if (hunk.removed > 0 || hunk.added > 0)
        g_array_append_val (hunks, hunk);
      old_place = next_kept + 1;
      new_place++;
    }
  return hunks;
}

static GArray *
make_single_hunk (const Middle *middle)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (MadangRowHunk));
  MadangRowHunk hunk = { middle->prefix, middle->n_before, middle->n_after };

  if (hunk.removed > 0 || hunk.added > 0)
    g_array_append_val (hunks, hunk);
  return hunks;
}

GArray *
madang_row_diff (const gint64 *before, guint n_before, const gint64 *after, guint n_after)
{
  Middle middle = trim (before, n_before, after, n_after);

  if (middle.n_before == 0 || middle.n_after == 0)
    return make_single_hunk (&middle);

  g_autofree int *matches = match_rows (&middle);
  if (!is_rising (matches, middle.n_after))
    keep_longest_rising (matches, middle.n_after);
  g_autoptr (GArray) hunks = collect_hunks (&middle, matches);
  return hunks->len <= MADANG_ROW_DIFF_MAX_HUNKS ? g_steal_pointer (&hunks)
                                                 : make_single_hunk (&middle);
}
