/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-row-search.h"

#include "madang-search-text.h"
#include "madang-statement.h"

#define MOST_FEW 500
#define N_FIRST 128       /* rows for the first screen */
#define MOST_TRIED 1024   /* rows that are read for it before the index is asked */
#define TRY_SLICE 32      /* texts to read between two looks at the clock */
#define GATHER_SLICE 4000 /* rows of the index */
#define SIFT_SLICE 1024   /* rows that need no text */

typedef enum
{
  STAGE_TRY,    /* read the texts at the top: the index does not know the order */
  STAGE_GATHER, /* collect what the index finds */
  STAGE_SIFT,   /* look up the rest of the rows in that */
  STAGE_DONE,
} Stage;

struct _MadangRowSearch
{
  MadangRecordStore *store;     /* (owned) */
  MadangSearchMatcher *matcher; /* (owned) */
  char *expression;             /* (owned): for the index */
  gboolean exact;               /* the index finds nothing else */
  GArray *ordered;              /* (owned): gint64 */
  GArray *candidates;           /* (owned): gint64, rising: what the index finds */
  GArray *found;                /* (owned): gint64 */
  gint64 most;                  /* negative: all */
  Stage stage;
  guint place; /* in ordered: what comes before it is decided */
};

static gboolean
take_error (GError **error, GError **local_error)
{
  if (*local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (local_error));
  return FALSE;
}

/* A row that is not in the index yet, or no more, is not found. */
static gboolean
match_text (MadangRowSearch *self, gint64 row, gboolean *matches, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (madang_record_store_get_database (self->store),
                                 "SELECT text FROM search_text WHERE record = ?1", error);
  g_autoptr (GError) local_error = NULL;

  *matches = FALSE;
  if (statement == NULL)
    return FALSE;
  madang_statement_bind_number (statement, 1, row);
  if (madang_statement_step (statement, &local_error))
    *matches
        = madang_search_matcher_finds (self->matcher, madang_statement_get_text (statement, 0));
  return take_error (error, &local_error);
}

static gboolean
is_full (const MadangRowSearch *self)
{
  return self->most >= 0 && self->found->len >= self->most;
}

/* The next row, by its text. */
static gboolean
decide_by_text (MadangRowSearch *self, GError **error)
{
  const gint64 row = g_array_index (self->ordered, gint64, self->place);
  gboolean matches = FALSE;

  if (!match_text (self, row, &matches, error))
    return FALSE;
  if (matches)
    g_array_append_val (self->found, row);
  self->place++;
  return TRUE;
}

static gboolean
try_slice (MadangRowSearch *self, GError **error)
{
  for (guint i = 0; i < TRY_SLICE && self->place < self->ordered->len && !is_full (self); i++)
    if (!decide_by_text (self, error))
      return FALSE;
  if (self->found->len >= N_FIRST || self->place >= MOST_TRIED)
    self->stage = STAGE_GATHER;
  return TRUE;
}

static gboolean
gather_slice (MadangRowSearch *self, GError **error)
{
  const guint n_before = self->candidates->len;
  const gint64 last
      = n_before > 0 ? g_array_index (self->candidates, gint64, n_before - 1) : G_MININT64;
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      madang_record_store_get_database (self->store),
      "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid > ?2 ORDER BY rowid LIMIT ?3",
      error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, self->expression);
  madang_statement_bind_number (statement, 2, last);
  madang_statement_bind_number (statement, 3, GATHER_SLICE);
  while (madang_statement_step (statement, &local_error))
    {
      const gint64 row = madang_statement_get_number (statement, 0);
      g_array_append_val (self->candidates, row);
    }
  if (self->candidates->len - n_before < GATHER_SLICE)
    self->stage = STAGE_SIFT;
  return take_error (error, &local_error);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const gint64 left = *(const gint64 *)a;
  const gint64 right = *(const gint64 *)b;

  return left < right ? -1 : left > right;
}

static gboolean
sift_slice (MadangRowSearch *self, GError **error)
{
  guint n_read = 0;

  for (guint i = 0;
       i < SIFT_SLICE && n_read < TRY_SLICE && self->place < self->ordered->len && !is_full (self);
       i++)
    {
      const gint64 row = g_array_index (self->ordered, gint64, self->place);
      if (!g_array_binary_search (self->candidates, &row, compare_rows, NULL))
        {
          self->place++;
          continue;
        }
      if (self->exact)
        {
          g_array_append_val (self->found, row);
          self->place++;
          continue;
        }
      n_read++;
      if (!decide_by_text (self, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
work_slice (MadangRowSearch *self, GError **error)
{
  gboolean worked = TRUE;

  if (self->stage == STAGE_TRY)
    worked = try_slice (self, error);
  else if (self->stage == STAGE_GATHER)
    worked = gather_slice (self, error);
  else
    worked = sift_slice (self, error);
  if (worked && (self->place == self->ordered->len || is_full (self)))
    self->stage = STAGE_DONE;
  return worked;
}

/* --- private to the folder ---------------------------------------------------------------- */

MadangRowSearch *
madang_row_search_new (MadangRecordStore *store, const char *pattern, GArray *ordered, gint64 most)
{
  MadangRowSearch *self = g_new0 (MadangRowSearch, 1);

  self->store = g_object_ref (store);
  self->matcher = madang_search_matcher_new (pattern);
  self->expression = madang_search_pattern_dup_expression (pattern);
  self->exact = madang_search_pattern_is_exact (pattern);
  self->ordered = g_array_ref (ordered);
  self->candidates = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->found = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->most = most;
  return self;
}

void
madang_row_search_free (MadangRowSearch *self)
{
  if (self == NULL)
    return;
  madang_search_matcher_free (self->matcher);
  g_free (self->expression);
  g_array_unref (self->ordered);
  g_array_unref (self->candidates);
  g_array_unref (self->found);
  g_object_unref (self->store);
  g_free (self);
}

gboolean
madang_row_search_step (MadangRowSearch *self, gint64 microseconds, GError **error)
{
  const gint64 end = g_get_monotonic_time () + microseconds;

  while (self->stage != STAGE_DONE)
    {
      if (!work_slice (self, error))
        return FALSE;
      if (g_get_monotonic_time () >= end)
        break;
    }
  return TRUE;
}

gboolean
madang_row_search_is_done (const MadangRowSearch *self)
{
  return self->stage == STAGE_DONE;
}

GArray *
madang_row_search_get_found (MadangRowSearch *self)
{
  return self->found;
}

gboolean
madang_row_search_finds_few (MadangRecordStore *store,
                             const char *pattern,
                             gboolean *few,
                             GError **error)
{
  g_autofree char *expression = madang_search_pattern_dup_expression (pattern);
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      madang_record_store_get_database (store),
      "SELECT count (*) FROM (SELECT 1 FROM search WHERE search MATCH ?1 LIMIT ?2)", error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_text (statement, 1, expression);
  madang_statement_bind_number (statement, 2, MOST_FEW + 1);
  if (!madang_statement_step (statement, error))
    return FALSE;
  *few = madang_statement_get_number (statement, 0) <= MOST_FEW;
  return TRUE;
}
