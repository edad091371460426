/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-wire-messages.h"
#include "madang-wire-record.h"

#define CANARY "카나리아"

/* --- Asking -------------------------------------------------------------------------------- */

typedef struct
{
  guint status;
  GPtrArray *lines; /* MadangPullLine */
  GStrv held_for;
} Pull;

static void
pull_clear (Pull *pull)
{
  g_clear_pointer (&pull->lines, g_ptr_array_unref);
  g_clear_pointer (&pull->held_for, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pull, pull_clear)

static GPtrArray *
read_lines (GBytes *body)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_auto (GStrv) texts = g_strsplit (text, "\n", -1);
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_pull_line_free);

  for (guint i = 0; texts[i] != NULL && texts[i][0] != '\0'; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (lines, madang_pull_line_from_bytes (bytes, &error));
      g_assert_no_error (error);
    }
  return lines;
}

/* Pairs of scope and cursor, ended by NULL. */
static Pull
pull (Person *person, guint page, ...)
{
  g_autoptr (MadangPullRequest) request = madang_pull_request_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (MadangReply) reply = NULL;
  const char *scope;
  va_list arguments;
  Pull result = { 0 };

  va_start (arguments, page);
  while ((scope = va_arg (arguments, const char *)) != NULL)
    g_hash_table_insert (request->cursors, g_strdup (scope),
                         g_strdup (va_arg (arguments, const char *)));
  va_end (arguments);
  request->page = page;
  body = madang_pull_request_to_bytes (request);
  reply = person_ask (person, "POST", "/sync/v1/pull", body);
  result.status = reply->status;
  if (reply->body != NULL)
    result.lines = read_lines (reply->body);
  result.held_for = g_strdupv (reply->held_for);
  return result;
}

static const MadangPullLine *
get_line (const Pull *answer, guint i)
{
  g_assert_cmpuint (i, <, answer->lines->len);
  return g_ptr_array_index (answer->lines, i);
}

static guint
count_type (const Pull *answer, MadangPullLineType type)
{
  guint count = 0;

  for (guint i = 0; i < answer->lines->len; i++)
    count += get_line (answer, i)->type == type;
  return count;
}

static const MadangPullLine *
find_last (const Pull *answer, MadangPullLineType type)
{
  for (guint i = answer->lines->len; i > 0; i--)
    {
      if (get_line (answer, i - 1)->type == type)
        return get_line (answer, i - 1);
    }
  g_assert_not_reached ();
}

static const MadangPullLine *
find_first (const Pull *answer, MadangPullLineType type)
{
  for (guint i = 0; i < answer->lines->len; i++)
    {
      if (get_line (answer, i)->type == type)
        return get_line (answer, i);
    }
  g_assert_not_reached ();
}

static void
change_application (Person *officer, const char *path, const char *text)
{
  ServerFixture *fixture = officer->fixture;
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  g_autoptr (MadangPushResult) result = NULL;

  mutation_add_text (mutation, path, NULL, text);
  result = person_push (officer, mutation);
  g_assert_cmpstr (result->code, ==, NULL);
}

/* --- Tests --------------------------------------------------------------------------------- */

static void
test_first_pull (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_auto (Pull) answer = pull (officer, 1000, "programme", "", NULL);
  const MadangPullLine *done = find_last (&answer, MADANG_PULL_DONE);
  guint64 sum = 0;

  g_assert_cmpuint (answer.status, ==, 200);
  g_assert_cmpint (get_line (&answer, 0)->type, ==, MADANG_PULL_OPEN);
  g_assert_cmpstr (get_line (&answer, 0)->epoch, ==, fixture->service.epoch);
  /* The programme and its seven milestones. */
  g_assert_cmpuint (count_type (&answer, MADANG_PULL_PUT), ==, 8);
  for (guint i = 0; i < answer.lines->len; i++)
    {
      const MadangPullLine *line = get_line (&answer, i);

      if (line->type == MADANG_PULL_PUT)
        sum += madang_wire_digest_term (line->id, line->part, line->version);
    }
  g_assert_cmpint (done->count, ==, 8);
  g_assert_cmpuint (done->sum, ==, sum);
  g_assert_cmpint (get_line (&answer, answer.lines->len - 1)->type, ==, MADANG_PULL_END);
  g_assert_false (get_line (&answer, answer.lines->len - 1)->more);
}

static void
test_nothing_new_may_be_held (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_auto (Pull) first = pull (officer, 1000, "programme", "", NULL);
  const char *cursor = find_last (&first, MADANG_PULL_DONE)->cursor;
  g_auto (Pull) second = pull (officer, 1000, "programme", cursor, NULL);

  g_assert_cmpuint (second.status, ==, 204);
  g_assert_null (second.lines);
  g_assert_cmpstr (second.held_for[0], ==, "programme");
  g_assert_cmpstr (second.held_for[1], ==, NULL);
}

static void
test_only_what_is_new (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autofree char *scope = g_strconcat ("agency:", fixture->geumcheon, NULL);
  g_auto (Pull) first = pull (officer, 1000, scope, "", NULL);
  g_autofree char *cursor = g_strdup (find_last (&first, MADANG_PULL_DONE)->cursor);
  const MadangPullLine *line;

  change_application (officer, "dept_name", "마을자치과");
  g_auto (Pull) second = pull (officer, 1000, scope, cursor, NULL);
  line = get_line (&second, 1);

  g_assert_cmpuint (count_type (&first, MADANG_PULL_PUT), ==, 0);
  g_assert_cmpuint (count_type (&second, MADANG_PULL_PUT), ==, 2);
  g_assert_cmpint (line->part, ==, MADANG_PART_MAIN);
  g_assert_cmpstr (line->kind, ==, "application");
  g_assert_cmpstr (line->state, ==, "draft");
  g_assert_cmpstr (line->home, ==, scope);
  g_assert_nonnull (strstr (line->doc, "\"dept_name\":\"마을자치과\""));
}

/* A page of three: every mark is a cursor from which the rest follows, each line once. */
static void
test_pages_go_on_from_any_mark (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_auto (Pull) whole = pull (officer, 3, "programme", "", NULL);

  g_assert_cmpuint (count_type (&whole, MADANG_PULL_MARK), ==, 2);
  g_assert_cmpuint (count_type (&whole, MADANG_PULL_PUT), ==, 8);
  g_auto (Pull) rest
      = pull (officer, 3, "programme", find_first (&whole, MADANG_PULL_MARK)->cursor, NULL);
  g_assert_cmpuint (count_type (&rest, MADANG_PULL_PUT), ==, 5);
  g_assert_cmpuint (count_type (&rest, MADANG_PULL_RESET), ==, 0);
  g_assert_cmpint (find_last (&rest, MADANG_PULL_DONE)->count, ==, 8);
}

static void
test_foreign_cursors_start_anew (ServerFixture *fixture, gconstpointer data)
{
  static const char *const cursors[][2] = {
    { "00000000-0000-7000-8000-000000000000.3", "epoch" },
    { "nonsense", "cursor" },
    { "7", "cursor" },
  };
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autofree char *future = g_strconcat (fixture->service.epoch, ".999", NULL);
  g_auto (Pull) ahead = pull (officer, 1000, "programme", future, NULL);

  g_assert_cmpstr (get_line (&ahead, 1)->why, ==, "cursor");
  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    {
      g_auto (Pull) answer = pull (officer, 1000, "programme", cursors[i][0], NULL);

      g_assert_cmpint (get_line (&answer, 1)->type, ==, MADANG_PULL_RESET);
      g_assert_cmpstr (get_line (&answer, 1)->why, ==, cursors[i][1]);
      g_assert_cmpuint (count_type (&answer, MADANG_PULL_PUT), ==, 8);
    }
}

static void
test_scopes_of_others_are_revoked (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autofree char *foreign = g_strconcat ("agency:", fixture->eunpyeong, NULL);
  g_auto (Pull) answer = pull (officer, 1000, foreign, "", "office", "", "agency:nobody", "", NULL);

  g_assert_cmpuint (count_type (&answer, MADANG_PULL_REVOKE), ==, 3);
  g_assert_cmpuint (answer.lines->len, ==, 5);
  g_assert_cmpstr (get_line (&answer, 1)->why, ==, "cut");
}

static MadangMutation *
new_application_with_canaries (ServerFixture *fixture)
{
  MadangMutation *mutation = mutation_new_application (fixture->programme, fixture->geumcheon);

  mutation_complete_application (mutation);
  for (guint i = 0; i < mutation->edits->len; i++)
    {
      MadangEdit *edit = g_ptr_array_index (mutation->edits, i);
      const char *text = g_variant_get_string (edit->to, NULL);

      if (g_strcmp0 (text, "견본 김담당") == 0 || g_strcmp0 (text, "sample@example.com") == 0
          || g_strcmp0 (text, "02-000-0101") == 0)
        {
          const char *planted = g_strcmp0 (edit->path, "officer_name") == 0 ? CANARY
                                : g_strcmp0 (edit->path, "phone") == 0      ? "02-000-7777"
                                                                            : "canary@example.com";

          g_variant_unref (edit->to);
          edit->to = g_variant_ref_sink (g_variant_new_string (planted));
        }
    }
  mutation_add_text (mutation, "rank", NULL, CANARY "급");
  return mutation;
}

static void
assert_canaries (const char *text, gboolean expected)
{
  static const char *const planted[] = { CANARY, "02-000-7777", "canary@example.com" };

  for (guint i = 0; i < G_N_ELEMENTS (planted); i++)
    g_assert_cmpint (strstr (text, planted[i]) != NULL, ==, expected);
}

/* Raw bytes of everything that each role can pull, before and after the submission. */
static void
test_personal_part_stays_with_those_who_may (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (Person) auditor = person_new (fixture, "auditor");
  g_autoptr (Person) admin = person_new (fixture, "admin");
  g_autoptr (MadangMutation) create = new_application_with_canaries (fixture);
  g_autoptr (MadangPushResult) created = person_push (officer, create);
  g_autofree char *draft_of_officer = person_pull (officer);
  g_autofree char *draft_of_coordinator = person_pull (coordinator);
  g_autoptr (MadangRecord) draft = server_fixture_read (fixture, create->id);
  g_autoptr (MadangMutation) submit = mutation_new_event (draft, "submit");
  g_autoptr (MadangPushResult) submitted = person_push (officer, submit);
  g_autofree char *of_officer = person_pull (officer);
  g_autofree char *of_other = person_pull (other);
  g_autofree char *of_coordinator = person_pull (coordinator);
  g_autofree char *of_auditor = person_pull (auditor);
  g_autofree char *of_admin = person_pull (admin);

  g_assert_cmpstr (created->code, ==, NULL);
  g_assert_cmpstr (submitted->code, ==, NULL);
  assert_canaries (draft_of_officer, TRUE);
  assert_canaries (draft_of_coordinator, FALSE);
  g_assert_null (strstr (draft_of_coordinator, create->id));
  assert_canaries (of_officer, TRUE);
  assert_canaries (of_coordinator, TRUE);
  assert_canaries (of_other, FALSE);
  assert_canaries (of_auditor, FALSE);
  assert_canaries (of_admin, FALSE);
  /* The auditor does see the application itself. */
  g_assert_nonnull (strstr (of_auditor, create->id));
  g_assert_null (strstr (of_other, create->id));
  g_assert_null (strstr (of_admin, create->id));
}

/* A conflict keeps values that may be personal: the auditor sees that there is one, not what. */
static void
test_conflicts_do_not_leak (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) first = person_new (fixture, "geumcheon");
  g_autoptr (Person) second = person_new (fixture, "geumcheon");
  g_autoptr (Person) auditor = person_new (fixture, "auditor");
  g_autoptr (MadangMutation) create = new_application_with_canaries (fixture);
  g_autoptr (MadangPushResult) created = person_push (first, create);
  g_autoptr (MadangRecord) draft = server_fixture_read (fixture, create->id);
  g_autoptr (MadangMutation) theirs = mutation_new_patch (draft, "rank", "행정7급");
  g_autoptr (MadangMutation) mine = mutation_new_patch (draft, "rank", CANARY "관");
  g_autoptr (MadangPushResult) applied = person_push (first, theirs);
  g_autoptr (MadangPushResult) lost = person_push (second, mine);
  g_autofree char *of_first = person_pull (first);
  g_autofree char *of_auditor = person_pull (auditor);

  g_assert_cmpstr (created->code, ==, NULL);
  g_assert_cmpint (applied->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpint (lost->outcome, ==, MADANG_OUTCOME_CONFLICT);
  g_assert_nonnull (strstr (of_first, CANARY "관"));
  assert_canaries (of_auditor, FALSE);
}

static void
test_bad_bodies (ServerFixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  const char *const bodies[] = {
    "", "{", "[]", "{\"have\":[]}", "{\"have\":{},\"have\":{}}", "{\"have\":{\"a\":1}}", deep
  };
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (bodies[i], strlen (bodies[i]));
      g_autoptr (MadangReply) reply = person_ask (officer, "POST", "/sync/v1/pull", body);

      g_assert_true (reply->status == 400 || reply->status == 413);
    }
}

/* The memory of both sides is bounded by bytes, however long a page may be. */
static void
test_page_of_long_records_ends_early (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autofree char *scope = g_strconcat ("agency:", fixture->geumcheon, NULL);

  server_fixture_add_long_records (fixture);
  g_auto (Pull) first = pull (officer, 1000, scope, "", NULL);
  const MadangPullLine *mark = find_last (&first, MADANG_PULL_MARK);
  guint n_first = count_type (&first, MADANG_PULL_PUT);
  g_auto (Pull) rest = pull (officer, 1000, scope, mark->cursor, NULL);

  /* 4 MiB, and the record that passed it. */
  g_assert_cmpuint (n_first, >, 60);
  g_assert_cmpuint (n_first, <, 2 * 75);
  g_assert_true (find_last (&first, MADANG_PULL_END)->more);
  g_assert_cmpuint (count_type (&first, MADANG_PULL_DONE), ==, 0);
  g_assert_false (find_last (&rest, MADANG_PULL_END)->more);
  g_assert_cmpuint (n_first + count_type (&rest, MADANG_PULL_PUT), ==, 2 * FIXTURE_LONG_RECORDS);
  g_assert_cmpint (find_last (&rest, MADANG_PULL_DONE)->count, ==, 2 * FIXTURE_LONG_RECORDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/pull/first", test_first_pull);
  FIXTURE_TEST ("/pull/nothing-new", test_nothing_new_may_be_held);
  FIXTURE_TEST ("/pull/only-new", test_only_what_is_new);
  FIXTURE_TEST ("/pull/pages", test_pages_go_on_from_any_mark);
  FIXTURE_TEST ("/pull/long-records", test_page_of_long_records_ends_early);
  FIXTURE_TEST ("/pull/foreign-cursors", test_foreign_cursors_start_anew);
  FIXTURE_TEST ("/pull/foreign-scopes", test_scopes_of_others_are_revoked);
  FIXTURE_TEST ("/pull/personal-part", test_personal_part_stays_with_those_who_may);
  FIXTURE_TEST ("/pull/conflicts", test_conflicts_do_not_leak);
  FIXTURE_TEST ("/pull/bad-bodies", test_bad_bodies);

  return g_test_run ();
}
