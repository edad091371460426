/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cache-fixture.h"

#include "madang-error.h"

#define A "0190a000-0000-7000-8000-00000000000a"
#define B "0190a000-0000-7000-8000-00000000000b"
#define CONFLICT "0190a000-0000-7000-8000-00000000000c"
#define CONFLICT_DOC                                                                               \
  "{\"author\":\"" B "\",\"home\":\"agency:a\",\"record\":\"" A "\",\"record_kind\":\"leaflet\"}"

/* --- outcomes ----------------------------------------------------------------------------- */

static void
test_applied (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "new");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  g_ptr_array_set_size (fixture->changed, 0);

  cache_answer_applied (fixture, mid, A, "draft", 4, "{\"note\":\"by server\",\"title\":\"new\"}");
  cache_assert_text (fixture, A, "title", "new");
  cache_assert_text (fixture, A, "note", "by server");
  cache_assert_state (fixture, A, "draft", 0, FALSE);
  g_autoptr (MadangRecord) record = cache_get (fixture, A);
  g_assert_cmpint (madang_record_get_version (record, MADANG_PART_MAIN), ==, 4);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM shadow"), ==, 0);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM sent"), ==, 1);
  g_assert_cmpuint (fixture->changed->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->changed, 0), ==, A);
  g_autoptr (MadangPushRequest) none = cache_seal (fixture);
  g_assert_null (none);

  /* The feed tells the same once more: that is no news, and neither is anything older. */
  cache_pull_one (fixture, "agency:a", A, 4, NULL, "{\"title\":\"other\"}");
  cache_assert_text (fixture, A, "title", "new");
}

/* A created record is known from the answer before the feed tells of it. */
static void
test_created (CacheFixture *fixture, gconstpointer data)
{
  cache_follow (fixture, "agency:a", NULL);
  cache_pull_one (fixture, "agency:a", A, 3, NULL, CACHE_OLD);
  const char *mid = cache_create (fixture, B, "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);

  cache_answer_applied (fixture, mid, B, "draft", 1, "{\"title\":\"mine\"}");
  cache_assert_text (fixture, B, "title", "mine");
  cache_assert_state (fixture, B, "draft", 0, FALSE);
  /* The digest of a pull that was under way does not count it yet. */
  cache_tell_done (fixture, "agency:a", "e.5");
  cache_assert_text (fixture, B, "title", "mine");
  cache_pull_one (fixture, "agency:a", B, 1, NULL, "{\"title\":\"mine\"}");
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM member WHERE scope = 0"), ==,
                   0);
  g_autofree char *cursor = cache_dup_cursor (fixture, "agency:a");
  g_assert_cmpstr (cursor, !=, "");
}

static void
test_lost_reply (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "new");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  cache_patch (fixture, A, "title", "new", "newer");

  /* Someone else went on meanwhile, and the stored answer is older than that. */
  cache_pull_one (fixture, "agency:a", A, 5, NULL, "{\"note\":\"theirs\",\"title\":\"new\"}");
  for (guint i = 0; i < 2; i++)
    {
      MadangPushResult *result = cache_new_result (mid, MADANG_OUTCOME_APPLIED);
      result->duplicate = TRUE;
      cache_result_record (result, A, "draft", 4, "{\"note\":\"n\",\"title\":\"new\"}");
      cache_answer (fixture, result, NULL);

      cache_assert_text (fixture, A, "title", "newer");
      cache_assert_text (fixture, A, "note", "theirs");
      cache_assert_state (fixture, A, "draft", 1, FALSE);
      g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 1);
      g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM sent"), ==, 1);
    }
}

static void
test_merged (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "new");
  MadangPushResult *result = cache_new_result (mid, MADANG_OUTCOME_MERGED);

  cache_result_record (result, A, "draft", 7, "{\"note\":\"theirs\",\"title\":\"new\"}");
  cache_answer (fixture, result, NULL);
  cache_assert_text (fixture, A, "note", "theirs");
  cache_assert_state (fixture, A, "draft", 0, FALSE);
}

static void
answer_conflict (CacheFixture *fixture, const char *mid)
{
  MadangPushResult *result = cache_new_result (mid, MADANG_OUTCOME_CONFLICT);

  cache_result_record (result, A, "draft", 5, "{\"note\":\"n\",\"title\":\"theirs\"}");
  cache_answer (fixture, result, NULL);
}

static void
tell_conflict (CacheFixture *fixture, gint64 version, const char *state)
{
  cache_tell_put_kind (fixture, "agency:a", "conflict", CONFLICT, version, state, CONFLICT_DOC);
  cache_tell_done (fixture, "agency:a", "e.9");
  madang_cache_pull_finish (fixture->cache);
}

static void
test_conflict (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  answer_conflict (fixture, cache_patch (fixture, A, "title", "old", "mine"));
  cache_assert_text (fixture, A, "title", "theirs");
  cache_assert_state (fixture, A, "draft", 0, TRUE);
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 0);
  g_assert_cmpuint (madang_cache_count_troubled (fixture->cache), ==, 1);
  g_assert_cmpuint (madang_cache_count_refused (fixture->cache), ==, 0);
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM sent"), ==, 1);

  g_ptr_array_set_size (fixture->changed, 0);
  tell_conflict (fixture, 1, "open");
  cache_assert_state (fixture, A, "draft", 0, TRUE);
  /* An edit of something else does not settle it. */
  cache_answer_applied (fixture, cache_patch (fixture, A, "note", "n", "m"), A, "draft", 6,
                        "{\"note\":\"m\",\"title\":\"theirs\"}");
  cache_assert_state (fixture, A, "draft", 0, TRUE);
  tell_conflict (fixture, 2, "settled");
  cache_assert_state (fixture, A, "draft", 0, FALSE);
  g_assert_cmpuint (madang_cache_count_troubled (fixture->cache), ==, 0);
}

/* The conflict record overtook the answer. */
static void
test_conflict_told_first (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  tell_conflict (fixture, 1, "open");
  cache_assert_state (fixture, A, "draft", 1, TRUE);
  answer_conflict (fixture, mid);
  cache_assert_state (fixture, A, "draft", 0, TRUE);
  cache_tell_delete_kind (fixture, "agency:a", "conflict", CONFLICT, 3);
  cache_tell_done (fixture, "agency:a", "e.10");
  cache_assert_state (fixture, A, "draft", 0, FALSE);
}

/* It was settled before the answer came: a complete pull ends the waiting for it. */
static void
test_conflict_settled_early (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  tell_conflict (fixture, 2, "settled");
  answer_conflict (fixture, mid);
  cache_assert_state (fixture, A, "draft", 0, TRUE);
  cache_tell_done (fixture, "agency:a", "e.11");
  cache_assert_state (fixture, A, "draft", 0, FALSE);
}

static void
test_rejected (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);

  cache_answer_rejected (fixture, mid, "field.pattern");
  cache_assert_text (fixture, A, "title", "mine");
  cache_assert_state (fixture, A, "draft", 0, TRUE);
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 0);
  g_assert_cmpuint (madang_cache_count_troubled (fixture->cache), ==, 1);
  g_assert_cmpuint (madang_cache_count_refused (fixture->cache), ==, 1);
  g_autoptr (MadangPushRequest) none = cache_seal (fixture);
  g_assert_null (none);

  g_autoptr (GPtrArray) list = cache_list_waiting (fixture);
  const MadangWaiting *waiting = cache_get_waiting (list, 0);
  g_assert_cmpstr (waiting->mid, ==, mid);
  g_assert_cmpstr (waiting->kind, ==, "leaflet");
  g_assert_cmpstr (waiting->id, ==, A);
  g_assert_cmpstr (waiting->operation, ==, "patch");
  g_assert_cmpint (waiting->at, ==, CACHE_NOW);
  g_assert_true (waiting->refused);
  g_assert_cmpstr (waiting->code, ==, "field.pattern");
  g_assert_cmpstr (waiting->arguments[0], ==, "title");
  g_assert_cmpstr (waiting->arguments[1], ==, "2020-03-13");
  g_assert_null (waiting->arguments[2]);
  g_assert_cmpuint (waiting->written->len, ==, 1);
  const MadangHistoryLine *line = g_ptr_array_index (waiting->written, 0);
  g_assert_cmpstr (line->path, ==, "title");
  g_assert_cmpstr (g_variant_get_string (line->after, NULL), ==, "mine");

  /* Others go on; the person's value stays. */
  cache_pull_one (fixture, "agency:a", A, 5, NULL, "{\"note\":\"theirs\",\"title\":\"old\"}");
  cache_assert_text (fixture, A, "title", "mine");
  cache_assert_text (fixture, A, "note", "theirs");

  cache_discard (fixture, mid);
  cache_assert_text (fixture, A, "title", "old");
  cache_assert_text (fixture, A, "note", "theirs");
  cache_assert_state (fixture, A, "draft", 0, FALSE);
  g_assert_cmpuint (madang_cache_count_troubled (fixture->cache), ==, 0);
  g_assert_cmpuint (madang_cache_count_refused (fixture->cache), ==, 0);
  g_assert_cmpint (
      cache_read_number (fixture, "SELECT count (*) FROM sent WHERE outcome = 'discarded'"), ==, 1);
}

/* Who may not read the record any more still reads what they wrote, and nothing of the record. */
static void
test_rejected_without_right (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);

  cache_answer_rejected (fixture, mid, "right.ended");
  g_autoptr (GPtrArray) list = cache_list_waiting (fixture);
  const MadangWaiting *waiting = cache_get_waiting (list, 0);
  g_assert_cmpstr (waiting->code, ==, "right.ended");
  g_assert_cmpuint (waiting->written->len, ==, 1);
  const MadangHistoryLine *line = g_ptr_array_index (waiting->written, 0);
  g_assert_cmpstr (line->path, ==, "title");
  g_assert_null (line->before);
  g_assert_cmpstr (g_variant_get_string (line->after, NULL), ==, "mine");
}

static void
test_rejected_twice (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");

  cache_answer_rejected (fixture, mid, "field.pattern");
  cache_answer_rejected (fixture, mid, "field.pattern");
  g_autoptr (GPtrArray) list = cache_list_waiting (fixture);
  g_assert_cmpuint (list->len, ==, 1);
}

static void
test_rejected_creation (CacheFixture *fixture, gconstpointer data)
{
  const char *mid = cache_create (fixture, A, "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  const char *patch = cache_patch (fixture, A, "note", NULL, "more");

  cache_answer_rejected (fixture, mid, "R-A1");
  cache_assert_text (fixture, A, "title", "mine");
  cache_assert_text (fixture, A, "note", "more");
  cache_assert_state (fixture, A, "draft", 1, TRUE);
  /* Without the record its patch cannot go. */
  g_autoptr (MadangPushRequest) none = cache_seal (fixture);
  g_assert_null (none);
  g_autoptr (GPtrArray) list = cache_list_waiting (fixture);
  g_assert_true (cache_get_waiting (list, 1)->held);

  /* The person corrects it: all of it is created anew, as one. */
  cache_patch (fixture, A, "title", "mine", "corrected");
  g_autoptr (MadangPushRequest) anew = cache_seal (fixture);
  g_assert_cmpuint (anew->items->len, ==, 1);
  g_autoptr (MadangMutation) mutation
      = madang_mutation_from_bytes (cache_get_item (anew, 0)->body, NULL);
  g_assert_cmpint (mutation->operation, ==, MADANG_OPERATION_CREATE);
  g_assert_cmpstr (mutation->scope, ==, "agency:a");
  g_assert_cmpuint (mutation->edits->len, ==, 2);
  g_assert_cmpint (cache_get_item (anew, 0)->number, ==, 2);
  g_assert_cmpstr (mutation->mid, !=, mid);
  g_assert_cmpstr (mutation->mid, !=, patch);
  cache_assert_text (fixture, A, "title", "corrected");
  cache_assert_text (fixture, A, "note", "more");
  cache_assert_state (fixture, A, "draft", 1, FALSE);
}

static void
test_discarded_creation (CacheFixture *fixture, gconstpointer data)
{
  const char *mid = cache_create (fixture, A, "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);

  cache_patch (fixture, A, "note", NULL, "more");
  cache_answer_rejected (fixture, mid, "R-A1");
  cache_discard (fixture, mid);
  g_assert_false (cache_has (fixture, A));
  g_autoptr (GPtrArray) list = cache_list_waiting (fixture);
  g_assert_cmpuint (list->len, ==, 0);
  g_assert_cmpuint (madang_cache_count_troubled (fixture->cache), ==, 0);
}

static void
test_held_event (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  const char *event = cache_event (fixture, A, "submit");
  cache_assert_state (fixture, A, "submitted", 2, FALSE);

  cache_answer_rejected (fixture, mid, "field.pattern");
  /* The form can be edited again, and the event does not go. */
  cache_assert_state (fixture, A, "draft", 1, TRUE);
  g_autoptr (MadangPushRequest) none = cache_seal (fixture);
  g_assert_null (none);
  g_autoptr (GPtrArray) list = cache_list_waiting (fixture);
  g_assert_true (cache_get_waiting (list, 1)->held);
  g_assert_false (cache_get_waiting (list, 1)->refused);
  g_assert_cmpstr (cache_get_waiting (list, 1)->event, ==, "submit");

  /* The correction takes the place of what was refused: it goes before the event. */
  const char *correction = cache_patch (fixture, A, "title", "mine", "corrected");
  cache_assert_state (fixture, A, "submitted", 2, FALSE);
  g_autoptr (MadangPushRequest) both = cache_seal (fixture);
  g_assert_cmpuint (both->items->len, ==, 2);
  g_autofree char *first = cache_dup_item_mid (both, 0);
  g_autofree char *second = cache_dup_item_mid (both, 1);
  g_assert_cmpstr (first, ==, correction);
  g_assert_cmpstr (second, ==, event);
  g_autoptr (MadangMutation) mutation
      = madang_mutation_from_bytes (cache_get_item (both, 0)->body, NULL);
  const MadangEdit *edit = g_ptr_array_index (mutation->edits, 0);
  g_assert_cmpstr (g_variant_get_string (edit->from, NULL), ==, "old");
  g_assert_cmpstr (g_variant_get_string (edit->to, NULL), ==, "corrected");
}

static void
test_held_event_discarded (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  const char *event = cache_event (fixture, A, "submit");

  cache_answer_rejected (fixture, mid, "field.pattern");
  cache_discard (fixture, event);
  cache_assert_state (fixture, A, "draft", 0, TRUE);
  cache_assert_text (fixture, A, "title", "mine");
}

static void
test_released_by_discard (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);

  cache_event (fixture, A, "submit");
  cache_answer_rejected (fixture, mid, "field.pattern");
  cache_discard (fixture, mid);
  cache_assert_state (fixture, A, "submitted", 1, FALSE);
  g_autoptr (MadangPushRequest) event = cache_seal (fixture);
  g_assert_cmpint (cache_get_item (event, 0)->number, ==, 2);
}

/* Of another field, an edit leaves the refused one alone. */
static void
test_rejected_beside_others (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);

  cache_answer_rejected (fixture, mid, "field.pattern");
  cache_patch (fixture, A, "note", "n", "m");
  cache_assert_state (fixture, A, "draft", 1, TRUE);
  g_autoptr (MadangPushRequest) other = cache_seal (fixture);
  g_assert_cmpuint (other->items->len, ==, 1);

  /* Back to what the server has: nothing is left of the refusal. */
  cache_patch (fixture, A, "title", "mine", "old");
  cache_assert_state (fixture, A, "draft", 1, FALSE);
  cache_assert_text (fixture, A, "title", "old");
}

static GPtrArray *
read_edits (const MadangPushRequest *request, guint index, MadangMutation **mutation)
{
  g_autoptr (GError) error = NULL;

  *mutation = madang_mutation_from_bytes (cache_get_item (request, index)->body, &error);
  g_assert_no_error (error);
  return (*mutation)->edits;
}

static void
assert_edit (GPtrArray *edits, guint index, const char *path, const char *from, const char *to)
{
  const MadangEdit *edit = g_ptr_array_index (edits, index);

  g_assert_cmpstr (edit->path, ==, path);
  g_assert_cmpstr (edit->from != NULL ? g_variant_get_string (edit->from, NULL) : NULL, ==, from);
  g_assert_cmpstr (edit->to != NULL ? g_variant_get_string (edit->to, NULL) : NULL, ==, to);
}

/* What was typed while the refused change was on its way comes before what is typed now. */
static void
test_rejected_keeps_order (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "first");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  cache_patch (fixture, A, "note", NULL, "early");
  cache_answer_rejected (fixture, mid, "right.state");

  g_autoptr (MadangMutation) both = cache_new_patch (A, "title", g_variant_new_string ("first"),
                                                     g_variant_new_string ("second"));
  g_ptr_array_add (both->edits, madang_edit_new ("note", g_variant_new_string ("early"),
                                                 g_variant_new_string ("late")));
  cache_queue (fixture, both);
  cache_assert_text (fixture, A, "title", "second");
  cache_assert_text (fixture, A, "note", "late");

  g_autoptr (MadangPushRequest) again = cache_seal (fixture);
  g_autoptr (MadangMutation) sent = NULL;
  g_assert_cmpuint (again->items->len, ==, 1);
  GPtrArray *edits = read_edits (again, 0, &sent);
  g_assert_cmpuint (edits->len, ==, 2);
  assert_edit (edits, 0, "title", "old", "second");
  assert_edit (edits, 1, "note", NULL, "late");
}

/* What is on its way cannot be overtaken: then the new change stands for itself. */
static void
test_rejected_behind_sealed (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *first = cache_patch (fixture, A, "title", "old", "first");
  g_autoptr (MadangPushRequest) request = cache_seal (fixture);
  cache_patch (fixture, A, "note", NULL, "early");
  g_autoptr (MadangPushRequest) longer = cache_seal (fixture);
  g_assert_cmpuint (longer->items->len, ==, 2);
  cache_answer_rejected (fixture, first, "right.state");

  g_autoptr (MadangMutation) both = cache_new_patch (A, "title", g_variant_new_string ("first"),
                                                     g_variant_new_string ("second"));
  g_ptr_array_add (both->edits, madang_edit_new ("note", g_variant_new_string ("early"),
                                                 g_variant_new_string ("late")));
  cache_queue (fixture, both);
  cache_assert_text (fixture, A, "title", "second");
  cache_assert_text (fixture, A, "note", "late");

  g_autoptr (MadangPushRequest) again = cache_seal (fixture);
  g_autoptr (MadangMutation) sent = NULL;
  g_assert_cmpuint (again->items->len, ==, 2);
  GPtrArray *edits = read_edits (again, 1, &sent);
  assert_edit (edits, 0, "title", "first", "second");
  assert_edit (edits, 1, "note", "early", "late");
}

static void
test_rejected_event (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_event (fixture, A, "submit");

  cache_answer_rejected (fixture, mid, "R-A2");
  cache_assert_state (fixture, A, "draft", 0, TRUE);
}

static void
test_quarantined (CacheFixture *fixture, gconstpointer data)
{
  cache_pull_old (fixture, A);
  const char *mid = cache_patch (fixture, A, "title", "old", "mine");

  cache_answer (fixture, cache_new_result (mid, MADANG_OUTCOME_QUARANTINED), NULL);
  cache_assert_text (fixture, A, "title", "old");
  g_assert_cmpuint (madang_cache_count_waiting (fixture->cache), ==, 0);
  g_assert_cmpint (cache_read_number (fixture,
                                      "SELECT count (*) FROM sent WHERE outcome = 'quarantined'"),
                   ==, 1);
}

static void
test_discard_needs_refusal (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *mid = cache_create (fixture, A, "mine");

  g_assert_false (madang_cache_discard (fixture->cache, mid, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (madang_cache_discard (fixture->cache, B, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND);
  g_assert_true (cache_has (fixture, A));
}

static void
test_journal_is_pruned (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangPushReply) empty = madang_push_reply_new ();

  for (guint i = 0; i < 1005; i++)
    cache_run (fixture, "INSERT INTO sent (mid, record, device, body, signature, outcome, at)"
                        " VALUES (randomblob (16), randomblob (16), '', x'7b7d', '', 'applied', "
                        "1583712000000)");
  g_assert_true (
      madang_cache_apply_results (fixture->cache, empty, CACHE_NOW + 29 * CACHE_DAY, NULL, NULL));
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM sent"), ==, 1005);
  /* However far the clock leapt, the newest stay. */
  g_assert_true (
      madang_cache_apply_results (fixture->cache, empty, CACHE_NOW + 3650 * CACHE_DAY, NULL, NULL));
  g_assert_cmpint (cache_read_number (fixture, "SELECT count (*) FROM sent"), ==, 1000);
}

int
main (int argc, char *argv[])
{
  cache_init (&argc, &argv);

#define ADD(path, function)                                                                        \
  g_test_add (path, CacheFixture, NULL, cache_set_up, function, cache_tear_down)
  ADD ("/cache/results/applied", test_applied);
  ADD ("/cache/results/created", test_created);
  ADD ("/cache/results/lost-reply", test_lost_reply);
  ADD ("/cache/results/merged", test_merged);
  ADD ("/cache/results/conflict", test_conflict);
  ADD ("/cache/results/conflict/told-first", test_conflict_told_first);
  ADD ("/cache/results/conflict/settled-early", test_conflict_settled_early);
  ADD ("/cache/results/rejected", test_rejected);
  ADD ("/cache/results/rejected/without-right", test_rejected_without_right);
  ADD ("/cache/results/rejected/twice", test_rejected_twice);
  ADD ("/cache/results/rejected/creation", test_rejected_creation);
  ADD ("/cache/results/rejected/creation/discarded", test_discarded_creation);
  ADD ("/cache/results/rejected/beside-others", test_rejected_beside_others);
  ADD ("/cache/results/rejected/order", test_rejected_keeps_order);
  ADD ("/cache/results/rejected/behind-sealed", test_rejected_behind_sealed);
  ADD ("/cache/results/rejected/event", test_rejected_event);
  ADD ("/cache/results/held", test_held_event);
  ADD ("/cache/results/held/discarded", test_held_event_discarded);
  ADD ("/cache/results/held/released", test_released_by_discard);
  ADD ("/cache/results/quarantined", test_quarantined);
  ADD ("/cache/results/discard", test_discard_needs_refusal);
  ADD ("/cache/results/journal", test_journal_is_pruned);
  return g_test_run ();
}
