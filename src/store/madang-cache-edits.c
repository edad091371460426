/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-cache-private.h"

#include <string.h>

/* Whether inner lies below outer: "list/row/member" below "list/row" and "list". */
static gboolean
is_below (const char *inner, const char *outer)
{
  gsize length = strlen (outer);

  return strncmp (inner, outer, length) == 0 && inner[length] == '/';
}

static gboolean
paths_overlap (const char *a, const char *b)
{
  return g_str_equal (a, b) || is_below (a, b) || is_below (b, a);
}

static gboolean
changes_nothing (const MadangEdit *edit)
{
  if (edit->from_digest == NULL)
    return madang_value_equal (edit->from, edit->to);
  if (edit->to == NULL)
    return FALSE;

  g_autofree char *digest = madang_value_digest (edit->to);
  return g_str_equal (digest, edit->from_digest);
}

/* The last edit of the same path, unless an edit of something around it came in between. */
static guint
find_earlier (GPtrArray *edits, const char *path)
{
  for (guint i = edits->len; i > 0; i--)
    {
      const MadangEdit *edit = g_ptr_array_index (edits, i - 1);
      if (g_str_equal (edit->path, path))
        return i - 1;
      if (is_below (path, edit->path))
        break;
    }
  return G_MAXUINT;
}

static void
fold_edit (GPtrArray *edits, const MadangEdit *later)
{
  guint earlier = find_earlier (edits, later->path);

  if (earlier == G_MAXUINT)
    {
      if (!changes_nothing (later))
        g_ptr_array_add (edits, madang_edit_copy (later));
      return;
    }

  /* What was changed inside the value meanwhile is part of the later value. */
  for (guint i = edits->len - 1; i > earlier; i--)
    {
      const MadangEdit *inner = g_ptr_array_index (edits, i);
      if (is_below (inner->path, later->path))
        g_ptr_array_remove_index (edits, i);
    }

  MadangEdit *edit = g_ptr_array_index (edits, earlier);
  g_clear_pointer (&edit->to, g_variant_unref);
  edit->to = later->to != NULL ? g_variant_ref (later->to) : NULL;
  if (changes_nothing (edit))
    g_ptr_array_remove_index (edits, earlier);
}

void
madang_cache_fold_edits (GPtrArray *edits, GPtrArray *later)
{
  for (guint i = 0; i < later->len; i++)
    fold_edit (edits, g_ptr_array_index (later, i));
}

gboolean
madang_cache_edits_overlap (GPtrArray *a, GPtrArray *b)
{
  for (guint i = 0; i < a->len; i++)
    for (guint j = 0; j < b->len; j++)
      {
        const MadangEdit *one = g_ptr_array_index (a, i);
        const MadangEdit *other = g_ptr_array_index (b, j);
        if (paths_overlap (one->path, other->path))
          return TRUE;
      }
  return FALSE;
}
