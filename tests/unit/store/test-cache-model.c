/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "madang-id.h"

/* Random edits, pulls and answers against a naive model: three fields as plain texts, a list of
 * confirmed values and a list of what waits. What the person sees must be the one with the other
 * on top, whatever happened before. */

#define N_RECORDS 4
#define N_FIELDS 3
#define N_STEPS 400
#define N_RUNS 12
#define AGENCY "agency:a"

static const char *const field_names[N_FIELDS] = { "final", "note", "title" };

typedef struct
{
  int values[N_FIELDS]; /* 0: unset */
} Values;

typedef enum
{
  WAITING,
  SEALED,
  REFUSED
} PendingState;

typedef struct
{
  const char *mid; /* interned */
  guint record;
  gboolean sets[N_FIELDS];
  Values from;
  Values to;
  gboolean fixed;
  PendingState state;
} Pending;

typedef struct
{
  CacheFixture *fixture;
  char *ids[N_RECORDS];
  gboolean exists[N_RECORDS]; /* on the server */
  gint64 versions[N_RECORDS]; /* on the server */
  Values server[N_RECORDS];
  gint64 pulled[N_RECORDS];    /* the version that the cache knows */
  Values confirmed[N_RECORDS]; /* the values that the cache knows */
  GArray *pending;             /* Pending, in order */
  guint next_cursor;
  guint n_merged;
  guint n_refused;
  guint n_conflicts;
} Model;

static int
pick (int end)
{
  return g_test_rand_int_range (0, end);
}

static GVariant *
to_variant (int value)
{
  if (value == 0)
    return NULL;
  g_autofree char *text = g_strdup_printf ("v%d", value);
  return g_variant_new_string (text);
}

static char *
to_doc (const Values *values)
{
  GString *doc = g_string_new ("{");

  for (guint i = 0; i < N_FIELDS; i++)
    if (values->values[i] != 0)
      g_string_append_printf (doc, "%s\"%s\":\"v%d\"", doc->len > 1 ? "," : "", field_names[i],
                              values->values[i]);
  g_string_append_c (doc, '}');
  return g_string_free (doc, FALSE);
}

/* --- the model ---------------------------------------------------------------------------- */

static Pending *
get_pending (Model *model, guint index)
{
  return &g_array_index (model->pending, Pending, index);
}

static Values
get_seen (Model *model, guint record)
{
  Values seen = model->confirmed[record];

  for (guint i = 0; i < model->pending->len; i++)
    {
      const Pending *pending = get_pending (model, i);
      for (guint field = 0; pending->record == record && field < N_FIELDS; field++)
        if (pending->sets[field])
          seen.values[field] = pending->to.values[field];
    }
  return seen;
}

static void
assert_seen (Model *model)
{
  for (guint record = 0; record < N_RECORDS; record++)
    {
      Values seen = get_seen (model, record);
      guint waiting = 0;
      gboolean refused = FALSE;
      g_autoptr (MadangRecord) found = cache_get (model->fixture, model->ids[record]);

      if (model->pulled[record] == 0)
        {
          g_assert_null (found);
          continue;
        }
      g_assert_nonnull (found);
      for (guint i = 0; i < model->pending->len; i++)
        {
          const Pending *pending = get_pending (model, i);
          waiting += pending->record == record && pending->state != REFUSED;
          refused |= pending->record == record && pending->state == REFUSED;
        }
      g_assert_cmpuint (madang_record_get_waiting (found), ==, waiting);
      g_assert_true (!refused || madang_record_get_troubled (found));
      for (guint field = 0; field < N_FIELDS; field++)
        {
          g_autofree char *text = seen.values[field] != 0
                                      ? g_strdup_printf ("v%d", seen.values[field])
                                      : g_strdup ("");
          g_assert_cmpstr (madang_record_get_text (found, field_names[field]), ==, text);
        }
    }
}

/* --- steps -------------------------------------------------------------------------------- */

/* The last of the record, when it may still grow. */
static Pending *
find_growing (Model *model, guint record)
{
  for (guint i = model->pending->len; i > 0; i--)
    {
      Pending *pending = get_pending (model, i - 1);
      if (pending->record == record)
        return pending->state == WAITING && !pending->fixed ? pending : NULL;
    }
  return NULL;
}

static gboolean
is_empty (const Pending *pending)
{
  for (guint field = 0; field < N_FIELDS; field++)
    if (pending->sets[field])
      return FALSE;
  return TRUE;
}

static void
fold (Pending *pending, guint field, int from, int to)
{
  if (!pending->sets[field])
    pending->from.values[field] = from;
  pending->to.values[field] = to;
  pending->sets[field] = pending->from.values[field] != to;
}

static gboolean
share_field (const Pending *a, const Pending *b)
{
  for (guint field = 0; field < N_FIELDS; field++)
    if (a->sets[field] && b->sets[field])
      return TRUE;
  return FALSE;
}

/* Whether an edit of the field that stands where the first of those taken is would overtake one
 * that it, or another of those taken, came after. */
static gboolean
overtakes (Model *model, const gboolean *taken, guint first, guint field)
{
  for (guint i = first + 1; i < model->pending->len; i++)
    {
      const Pending *between = get_pending (model, i);
      if (taken[i] || between->record != get_pending (model, first)->record)
        continue;
      if (between->sets[field])
        return TRUE;
      for (guint j = i + 1; j < model->pending->len; j++)
        if (taken[j] && share_field (between, get_pending (model, j)))
          return TRUE;
    }
  return FALSE;
}

/* What an edit of the field means anew: what was refused of it, and what was typed of it since and
 * not sent. Returns how many they are; *first: the place of the first. */
static guint
find_anew (Model *model, guint record, guint field, gboolean *taken, guint *first)
{
  guint n_taken = 0;

  for (guint i = 0; i < model->pending->len; i++)
    {
      const Pending *pending = get_pending (model, i);
      gboolean open = pending->state == WAITING && !pending->fixed && n_taken > 0;
      taken[i] = pending->record == record && pending->sets[field]
                 && (pending->state == REFUSED || open);
      if (taken[i] && n_taken++ == 0)
        *first = i;
    }
  return n_taken > 0 && !overtakes (model, taken, *first, field) ? n_taken : 0;
}

/* With all that was in them. */
static void
take_up (Model *model, Pending *made, const gboolean *taken)
{
  for (guint i = 0; i < model->pending->len; i++)
    for (guint field = 0; taken[i] && field < N_FIELDS; field++)
      {
        const Pending *other = get_pending (model, i);
        if (other->sets[field])
          fold (made, field, other->from.values[field], other->to.values[field]);
      }
  for (guint i = model->pending->len; i > 0; i--)
    if (taken[i - 1])
      g_array_remove_index (model->pending, i - 1);
}

/* Returns whether the field is still among its edits: not, when the person took the change back. */
static gboolean
grow (Model *model, Pending *growing, guint field, int from, int to)
{
  gboolean sets;

  model->n_merged++;
  fold (growing, field, from, to);
  sets = growing->sets[field];
  if (is_empty (growing))
    g_array_remove_index (model->pending, growing - (Pending *)model->pending->data);
  return sets;
}

static void
edit (Model *model)
{
  guint record = pick (N_RECORDS);
  guint field = pick (N_FIELDS);
  int to = pick (4);

  if (model->pulled[record] == 0)
    return;
  int from = get_seen (model, record).values[field];
  g_autoptr (MadangMutation) mutation = cache_new_patch (model->ids[record], field_names[field],
                                                         to_variant (from), to_variant (to));
  cache_queue (model->fixture, mutation);

  g_autofree gboolean *taken = g_new0 (gboolean, model->pending->len + 1);
  Pending made = { .mid = g_intern_string (mutation->mid), .record = record };
  Pending *growing = find_growing (model, record);
  guint first = 0;
  gboolean sets = FALSE;
  if (find_anew (model, record, field, taken, &first) > 0)
    {
      take_up (model, &made, taken);
      fold (&made, field, from, to);
      sets = made.sets[field];
      if (!is_empty (&made))
        g_array_insert_val (model->pending, first, made);
    }
  else if (from != to && growing != NULL)
    {
      g_assert_true (growing->mid == made.mid);
      sets = grow (model, growing, field, from, to);
    }
  else if (from != to)
    {
      fold (&made, field, from, to);
      sets = TRUE;
      g_array_append_val (model->pending, made);
    }
  /* Whatever became of earlier changes: the person sees what was typed last. */
  if (sets)
    g_assert_cmpint (get_seen (model, record).values[field], ==, to);
}

static void
tell (Model *model, guint record)
{
  g_autofree char *doc = to_doc (&model->server[record]);

  cache_tell_put (model->fixture, AGENCY, model->ids[record], MADANG_PART_MAIN,
                  model->versions[record], NULL, doc);
}

static void
pull (Model *model)
{
  g_autofree char *cursor = g_strdup_printf ("e.%u", ++model->next_cursor);
  gboolean cut = pick (5) == 0;
  gboolean reset = pick (10) == 0;

  if (reset)
    cache_tell_reset (model->fixture, AGENCY);
  for (guint record = 0; record < N_RECORDS; record++)
    if (model->exists[record])
      tell (model, record);
  if (cut)
    {
      madang_cache_pull_finish (model->fixture->cache);
      return;
    }
  cache_tell_done (model->fixture, AGENCY, cursor);
  madang_cache_pull_finish (model->fixture->cache);
  for (guint record = 0; record < N_RECORDS; record++)
    if (model->exists[record])
      {
        model->pulled[record] = model->versions[record];
        model->confirmed[record] = model->server[record];
      }
}

static void
change_on_server (Model *model)
{
  guint record = pick (N_RECORDS);

  model->exists[record] = TRUE;
  model->versions[record]++;
  model->server[record].values[pick (N_FIELDS)] = pick (4);
}

static void
seal (Model *model)
{
  g_autoptr (MadangPushRequest) request = cache_seal (model->fixture);

  for (guint i = 0; i < model->pending->len; i++)
    {
      Pending *pending = get_pending (model, i);
      pending->fixed = TRUE;
      if (pending->state == WAITING)
        pending->state = SEALED;
    }
  g_assert_true (request != NULL || madang_cache_count_waiting (model->fixture->cache) == 0);
}

/* TRUE: all was applied. */
static gboolean
apply_on_server (Model *model, const Pending *pending)
{
  Values *server = &model->server[pending->record];
  gboolean all = TRUE;

  for (guint field = 0; field < N_FIELDS; field++)
    {
      if (!pending->sets[field] || server->values[field] == pending->to.values[field])
        continue;
      if (server->values[field] == pending->from.values[field])
        server->values[field] = pending->to.values[field];
      else
        all = FALSE;
    }
  model->versions[pending->record]++;
  return all;
}

/* The first sealed one of all gets its outcome; now and then twice. */
static void
answer (Model *model)
{
  guint index = 0;

  while (index < model->pending->len && get_pending (model, index)->state != SEALED)
    index++;
  if (index == model->pending->len)
    return;
  Pending *pending = get_pending (model, index);
  guint record = pending->record;
  gboolean twice = pick (4) == 0;
  if (pick (4) == 0)
    {
      model->n_refused++;
      cache_answer_rejected (model->fixture, pending->mid, "field.pattern");
      pending->state = REFUSED;
      return;
    }

  const char *mid = pending->mid;
  gboolean all = apply_on_server (model, pending);
  g_autofree char *doc = to_doc (&model->server[record]);
  g_array_remove_index (model->pending, index);
  model->n_conflicts += !all;
  for (guint i = 0; i < (twice ? 2 : 1); i++)
    {
      MadangPushResult *result
          = cache_new_result (mid, all ? MADANG_OUTCOME_MERGED : MADANG_OUTCOME_CONFLICT);
      cache_result_record (result, model->ids[record], "draft", model->versions[record], doc);
      cache_answer (model->fixture, result, NULL);
    }
  model->pulled[record] = model->versions[record];
  model->confirmed[record] = model->server[record];
}

static void
discard (Model *model)
{
  for (guint i = 0; i < model->pending->len; i++)
    {
      const Pending *pending = get_pending (model, i);
      if (pending->state != REFUSED)
        continue;
      g_assert_true (madang_cache_discard (model->fixture->cache, pending->mid, NULL));
      g_array_remove_index (model->pending, i);
      return;
    }
}

static void
reopen (Model *model)
{
  cache_close (model->fixture);
  cache_open (model->fixture, FALSE);
}

static void
take_step (Model *model)
{
  int choice = pick (100);

  if (choice < 45)
    edit (model);
  else if (choice < 60)
    change_on_server (model);
  else if (choice < 73)
    pull (model);
  else if (choice < 80)
    seal (model);
  else if (choice < 95)
    answer (model);
  else if (choice < 99)
    discard (model);
  else
    reopen (model);
}

/* --- runs --------------------------------------------------------------------------------- */

static void
run (CacheFixture *fixture, Model *model)
{
  model->fixture = fixture;
  model->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  for (guint record = 0; record < N_RECORDS; record++)
    model->ids[record] = madang_id_new ();
  cache_follow (fixture, AGENCY, NULL);
  for (guint step = 0; step < N_STEPS; step++)
    {
      take_step (model);
      assert_seen (model);
    }
}

/* With the faults over, both sides hold the same. */
static void
settle (Model *model)
{
  do
    {
      seal (model);
      answer (model);
      discard (model);
    }
  while (model->pending->len > 0);
  for (guint i = 0; i < 8; i++)
    pull (model);
  assert_seen (model);
  g_assert_cmpuint (madang_cache_count_waiting (model->fixture->cache), ==, 0);
  g_assert_cmpint (cache_read_number (model->fixture, "SELECT count (*) FROM shadow"), ==, 0);
  for (guint record = 0; record < N_RECORDS; record++)
    g_assert_cmpint (model->pulled[record], ==, model->versions[record]);
}

static void
test_random (CacheFixture *fixture, gconstpointer data)
{
  guint n_merged = 0;
  guint n_refused = 0;
  guint n_conflicts = 0;

  for (guint i = 0; i < N_RUNS; i++)
    {
      Model model = { NULL };
      CacheFixture other = { NULL };

      cache_set_up (&other, NULL);
      /* Speed, not safety, is wanted here. */
      cache_run (&other, "PRAGMA synchronous = OFF");
      run (&other, &model);
      settle (&model);
      n_merged += model.n_merged;
      n_refused += model.n_refused;
      n_conflicts += model.n_conflicts;
      cache_tear_down (&other, NULL);
      g_array_unref (model.pending);
      for (guint record = 0; record < N_RECORDS; record++)
        g_free (model.ids[record]);
    }
  g_assert_cmpuint (n_merged, >, N_RUNS);
  g_assert_cmpuint (n_refused, >, N_RUNS);
  g_assert_cmpuint (n_conflicts, >, N_RUNS);
}

int
main (int argc, char *argv[])
{
  cache_init (&argc, &argv);
  g_test_add ("/cache/model", CacheFixture, NULL, cache_set_up, test_random, cache_tear_down);
  return g_test_run ();
}
