/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-applications.h"
#include "madang-event.h"
#include "madang-id.h"
#include "madang-wire-limits.h"
#include "madang-wire-messages.h"

/* Who learns what of a record's past. A kind of the test's own goes to the office and back, and moves
 * its home, as any kind may. */

#define CANARY "카나리아"

static const MadangField row_members[] = {
  { .name = "text", .type = MADANG_FIELD_LINE, .label = "Text", .max = 40 },
  { NULL },
};

static const MadangField leaf_fields[] = {
  { .name = "agency",
    .type = MADANG_FIELD_REFERENCE,
    .label = "Agency",
    .reference = "agency",
    .required = TRUE,
    .fixed = TRUE },
  { .name = "title", .type = MADANG_FIELD_LINE, .label = "Title", .max = 40 },
  { .name = "secret", .type = MADANG_FIELD_LINE, .label = "Secret", .max = 40, .personal = TRUE },
  { .name = "rows", .type = MADANG_FIELD_ROWS, .label = "Rows", .max = 5, .members = row_members },
  { NULL },
};

static const MadangState leaf_states[] = { { "draft", "Draft" }, { "sent", "Sent" }, { NULL } };

static const MadangRight leaf_rights[] = {
  { .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_READ | MADANG_ACTION_UPDATE },
  { 0 },
};

static void
move_to_programme (const MadangEventContext *context, MadangEffects *effects)
{
  madang_effects_move (effects, "programme");
}

static const MadangEvent leaf_events[] = {
  { .name = "send",
    .label = "Send",
    .past = "Sent",
    .to = "sent",
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .flags = MADANG_EVENT_REASON },
  { .name = "recall",
    .label = "Recall",
    .past = "Recalled",
    .to = "draft",
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN },
  { .name = "publish",
    .label = "Publish",
    .past = "Published",
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .effects = move_to_programme },
  { NULL },
};

static const char *
get_agency (const MadangRecord *record)
{
  return madang_record_get_text ((MadangRecord *)record, "agency");
}

static char *
dup_home (const MadangRecord *record)
{
  return g_strconcat ("agency:", get_agency (record), NULL);
}

/* What moved to the programme is for everybody in it, whatever its state. */
static void
add_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  MadangRecord *leaf = (MadangRecord *)record;

  g_ptr_array_add (scopes, dup_home (record));
  if (g_strcmp0 (madang_record_get_scope (leaf), "programme") == 0)
    g_ptr_array_add (scopes, g_strdup ("programme"));
  else if (g_str_equal (madang_record_get_state (leaf), "sent"))
    g_ptr_array_add (scopes, g_strdup (part == MADANG_PART_MAIN ? "office" : "office-personal"));
}

static const MadangKind leaf_kind = {
  .name = "test_leaf",
  .label = "Leaf",
  .fields = leaf_fields,
  .states = leaf_states,
  .events = leaf_events,
  .rights = leaf_rights,
  .home_scope = dup_home,
  .agency_of = get_agency,
  .audience = add_audience,
  .title_field = "title",
};

/* --- Doing --------------------------------------------------------------------------------- */

static char *
create_leaf (Person *officer)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_CREATE, leaf_kind.name, id);
  g_autoptr (MadangPushResult) result = NULL;

  mutation_add_text (mutation, "agency", NULL, officer->fixture->geumcheon);
  mutation_add_text (mutation, "title", NULL, CANARY " 초안");
  mutation_add_text (mutation, "secret", NULL, CANARY " 비밀");
  result = person_push (officer, mutation);
  g_assert_cmpstr (result->code, ==, NULL);
  return g_steal_pointer (&id);
}

static void
write_text (Person *officer, const char *id, const char *path, const char *text)
{
  g_autoptr (MadangRecord) seen = server_fixture_read (officer->fixture, id);
  g_autoptr (MadangMutation) mutation = mutation_new_patch (seen, path, text);
  g_autoptr (MadangPushResult) result = person_push (officer, mutation);

  g_assert_cmpstr (result->code, ==, NULL);
}

static void
do_event (Person *officer, const char *id, const char *event, const char *reason)
{
  g_autoptr (MadangRecord) seen = server_fixture_read (officer->fixture, id);
  g_autoptr (MadangMutation) mutation = mutation_new_event (seen, event);
  g_autoptr (MadangPushResult) result = NULL;
  GVariantBuilder builder;

  if (reason != NULL)
    {
      g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&builder, "{sv}", "reason", g_variant_new_string (reason));
      mutation->arguments = g_variant_ref_sink (g_variant_builder_end (&builder));
    }
  result = person_push (officer, mutation);
  g_assert_cmpstr (result->code, ==, NULL);
}

/* --- Asking -------------------------------------------------------------------------------- */

static MadangReply *
ask (Person *person, const char *id, gint64 before, guint page)
{
  g_autoptr (MadangHistoryRequest) request = madang_history_request_new ();
  g_autoptr (GBytes) body = NULL;

  request->record = g_strdup (id);
  request->before = before;
  request->page = page;
  body = madang_history_request_to_bytes (request);
  return person_ask (person, "POST", "/sync/v1/history", body);
}

static MadangHistoryReply *
read_page (Person *person, const char *id, gint64 before, guint page)
{
  g_autoptr (MadangReply) reply = ask (person, id, before, page);
  g_autoptr (GError) error = NULL;
  MadangHistoryReply *history;

  g_assert_cmpuint (reply->status, ==, 200);
  history = madang_history_reply_from_bytes (reply->body, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (history->record, ==, id);
  return history;
}

static void
assert_not_found (Person *person, const char *id)
{
  g_autoptr (MadangReply) reply = ask (person, id, 0, 10);

  assert_problem (reply, 404, "not-found");
}

/* "event path before>after", newest first, one a line; "-" for nothing, "*" for hidden. */
static char *
describe (const MadangHistoryReply *history)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < history->changes->len; i++)
    {
      const MadangHistoryChange *change = g_ptr_array_index (history->changes, i);

      g_string_append_printf (text, "%s %s %s>%s\n", change->event != NULL ? change->event : "-",
                              change->path != NULL ? change->path : "-",
                              change->hidden           ? "*"
                              : change->before != NULL ? change->before
                                                       : "-",
                              change->after != NULL ? change->after : "-");
    }
  return g_string_free (text, FALSE);
}

static void
assert_history (Person *person, const char *id, const char *expected)
{
  g_autoptr (MadangHistoryReply) history = read_page (person, id, 0, MADANG_WIRE_HISTORY_PAGE);
  g_autofree char *text = describe (history);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (history->next, ==, 0);
}

/* --- Tests --------------------------------------------------------------------------------- */

static void
test_own_draft (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autofree char *id = create_leaf (officer);
  g_autoptr (MadangHistoryReply) history = NULL;
  const MadangHistoryChange *newest;
  const MadangHistoryChange *birth;

  write_text (officer, id, "title", "둘째");
  history = read_page (officer, id, 0, 10);
  g_assert_cmpuint (history->changes->len, ==, 5);
  newest = g_ptr_array_index (history->changes, 0);
  birth = g_ptr_array_index (history->changes, 4);
  g_assert_cmpstr (newest->path, ==, "title");
  g_assert_null (newest->event);
  g_assert_cmpstr (newest->before, ==, "\"" CANARY " 초안\"");
  g_assert_cmpstr (newest->after, ==, "\"둘째\"");
  g_assert_cmpstr (newest->who, ==, "geumcheon");
  g_assert_true (newest->own);
  g_assert_cmpint (newest->moment, ==, newest->number);
  g_assert_cmpint (newest->at, ==, madang_clock_get_programme_now (fixture->clock));
  g_assert_cmpstr (birth->event, ==, "create");
  g_assert_null (birth->path);
  g_assert_null (birth->before);
  g_assert_false (birth->hidden);
  g_assert_cmpstr (birth->after, ==, "\"draft\"");
  g_assert_cmpint (birth->moment, >, birth->number);
  g_assert_cmpint (birth->moment, <, newest->moment);
}

/* What was written before it was sent, and between recalling and sending again, stays the agency's:
 * neither a value nor that there was one is told. */
static void
test_office_sees_what_was_sent (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autofree char *id = create_leaf (officer);
  g_autoptr (MadangReply) reply = NULL;
  g_autofree char *raw = NULL;

  assert_not_found (coordinator, id);
  write_text (officer, id, "title", CANARY " 고친 초안");
  do_event (officer, id, "send", "처음 냄");
  write_text (officer, id, "title", "낸 뒤");
  write_text (officer, id, "secret", "낸 뒤 비밀");
  do_event (officer, id, "recall", NULL);
  assert_not_found (coordinator, id);
  write_text (officer, id, "title", CANARY " 되찾은 뒤");
  write_text (officer, id, "title", "다시 낼 것");
  do_event (officer, id, "send", "다시 냄");
  write_text (officer, id, "title", "마지막");

  assert_history (coordinator, id,
                  "- title \"다시 낼 것\">\"마지막\"\n"
                  "send @reason ->\"다시 냄\"\n"
                  "send - *>\"sent\"\n"
                  "- secret \"" CANARY " 비밀\">\"낸 뒤 비밀\"\n"
                  "- title \"" CANARY " 고친 초안\">\"낸 뒤\"\n"
                  "send @reason ->\"처음 냄\"\n"
                  "send - *>\"sent\"\n");
  /* The first value that was sent is theirs to see; the one before it and the one in between are
   * not. */
  reply = ask (coordinator, id, 0, MADANG_WIRE_HISTORY_PAGE);
  raw = g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
  g_assert_null (strstr (raw, CANARY " 초안"));
  g_assert_null (strstr (raw, CANARY " 되찾은 뒤"));
  g_assert_null (strstr (raw, "\"draft\""));
  g_assert_null (strstr (raw, "recall"));
}

static void
test_personal_part (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) auditor = person_new (fixture, "auditor");
  g_autofree char *id = create_leaf (officer);
  g_autoptr (MadangHistoryReply) history = NULL;
  const MadangHistoryChange *change;

  do_event (officer, id, "send", "냄");
  write_text (officer, id, "secret", "새 비밀");
  write_text (officer, id, "title", "새 제목");
  assert_history (auditor, id,
                  "- title \"" CANARY " 초안\">\"새 제목\"\n"
                  "send @reason ->\"냄\"\n"
                  "send - *>\"sent\"\n");
  history = read_page (auditor, id, 0, 1);
  change = g_ptr_array_index (history->changes, 0);
  g_assert_cmpstr (change->who, ==, "geumcheon");
  g_assert_false (change->own);
}

/* A move of the home changes who may read as much as a state does. */
static void
test_move (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) auditor = person_new (fixture, "auditor");
  g_autofree char *id = create_leaf (officer);

  write_text (officer, id, "secret", CANARY " 옮기기 전");
  do_event (officer, id, "publish", NULL);
  write_text (officer, id, "secret", "옮긴 뒤");
  assert_history (auditor, id,
                  "- secret \"" CANARY " 옮기기 전\">\"옮긴 뒤\"\n"
                  "publish - *>\"draft\"\n");
}

/* Reading is not enough: who does not answer for it learns nothing of who did what. */
static void
test_who_may_ask (ServerFixture *fixture, gconstpointer data)
{
  static const char *const others[] = { "eunpyeong", "admin", "coordinator", "auditor" };
  static const char *const office[] = { "coordinator", "approver", "auditor" };
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autofree char *id = create_leaf (officer);
  g_autofree char *unknown = madang_id_new ();
  g_autoptr (MadangReply) anonymous = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (Person) other = person_new (fixture, others[i]);

      assert_not_found (other, id);
    }
  for (guint i = 0; i < G_N_ELEMENTS (office); i++)
    {
      g_autoptr (Person) person = person_new (fixture, office[i]);
      g_autoptr (MadangReply) reply = ask (person, fixture->programme, 0, 10);

      g_assert_cmpuint (reply->status, ==, 200);
    }
  assert_not_found (officer, unknown);
  assert_not_found (officer, fixture->programme);
  anonymous = server_fixture_ask (fixture, NULL, NULL, "POST", "/sync/v1/history", NULL);
  assert_problem (anonymous, 401, "token");
}

/* What the server did by itself has no name. */
static void
test_server_has_no_name (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangHistoryReply) history = read_page (coordinator, fixture->programme, 0, 200);

  g_assert_cmpuint (history->changes->len, >, 0);
  for (guint i = 0; i < history->changes->len; i++)
    {
      const MadangHistoryChange *change = g_ptr_array_index (history->changes, i);

      g_assert_null (change->who);
      g_assert_false (change->own);
    }
}

static void
add_row (Person *officer, const char *id, const char *row, const char *text)
{
  g_autoptr (MadangRecord) seen = server_fixture_read (officer->fixture, id);
  g_autofree char *path = g_strconcat ("rows/", row, NULL);
  g_autoptr (MadangMutation) mutation = mutation_new_patch (seen, "title", NULL);
  g_autoptr (MadangPushResult) result = NULL;
  GVariantBuilder builder;

  g_ptr_array_set_size (mutation->edits, 0);
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "text", g_variant_new_string (text));
  g_ptr_array_add (mutation->edits, madang_edit_new (path, NULL, g_variant_builder_end (&builder)));
  result = person_push (officer, mutation);
  g_assert_cmpstr (result->code, ==, NULL);
}

static void
remove_row (Person *officer, const char *id, const char *path)
{
  g_autoptr (MadangRecord) seen = server_fixture_read (officer->fixture, id);
  g_autoptr (MadangMutation) mutation = mutation_new_patch (seen, "title", NULL);
  g_autoptr (MadangPushResult) result = NULL;

  g_ptr_array_set_size (mutation->edits, 0);
  g_ptr_array_add (mutation->edits, madang_edit_new (path, madang_record_get (seen, path), NULL));
  result = person_push (officer, mutation);
  g_assert_cmpstr (result->code, ==, NULL);
}

/* Rows are taken back too, or the walk would end there. */
static void
test_rows (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autofree char *id = create_leaf (officer);

  do_event (officer, id, "send", "냄");
  add_row (officer, id, "a", "첫째");
  write_text (officer, id, "rows/a/text", "고친 첫째");
  remove_row (officer, id, "rows/a");
  assert_history (coordinator, id,
                  "- rows/a {\"a\":{\"text\":\"고친 첫째\"}}>-\n"
                  "- rows/a/text \"첫째\">\"고친 첫째\"\n"
                  "- rows/a ->{\"a\":{\"text\":\"첫째\"}}\n"
                  "send @reason ->\"냄\"\n"
                  "send - *>\"sent\"\n");
}

static void
test_pages (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autofree char *id = create_leaf (officer);
  g_autoptr (MadangHistoryReply) whole = NULL;
  g_autoptr (GString) pieces = g_string_new (NULL);
  g_autofree char *all = NULL;
  gint64 before = 0;
  guint n_pages = 0;

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *text = g_strdup_printf ("제목 %u", i);

      write_text (officer, id, "title", text);
    }
  whole = read_page (officer, id, 0, MADANG_WIRE_HISTORY_PAGE);
  all = describe (whole);
  do
    {
      g_autoptr (MadangHistoryReply) page = read_page (officer, id, before, 3);
      g_autofree char *text = describe (page);

      g_assert_cmpuint (page->changes->len, <=, 3);
      g_string_append (pieces, text);
      before = page->next;
      n_pages++;
    }
  while (before != 0);
  g_assert_cmpstr (pieces->str, ==, all);
  g_assert_cmpuint (whole->changes->len, ==, 10);
  g_assert_cmpuint (n_pages, ==, 4);
}

/* A page of long texts ends early and is read to the end all the same. */
static void
test_long_pages (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) application
      = person_create_application (officer, fixture->geumcheon, FALSE);
  const char *id = madang_record_get_id (application);
  gint64 before = 0;
  guint n_changes = 0;
  guint n_pages = 0;

  for (guint i = 0; i < 120; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < 11900)
        g_string_append (text, i % 2 == 0 ? "가" : "나");
      write_text (officer, id, "plan", text->str);
    }
  do
    {
      g_autoptr (MadangReply) reply = ask (officer, id, before, MADANG_WIRE_HISTORY_PAGE);
      g_autoptr (MadangHistoryReply) page = madang_history_reply_from_bytes (reply->body, NULL);

      g_assert_nonnull (page);
      g_assert_cmpuint (g_bytes_get_size (reply->body), <, 2 * 1024 * 1024);
      n_changes += page->changes->len;
      before = page->next;
      n_pages++;
    }
  while (before != 0);
  g_assert_cmpuint (n_changes, ==, 120 + 3);
  g_assert_cmpuint (n_pages, >, 1);
}

static void
test_bad_requests (ServerFixture *fixture, gconstpointer data)
{
  static const char *const bodies[]
      = { "",
          "{}",
          "[]",
          "{\"record\":\"x\",\"before\":0,\"page\":1}",
          "{\"record\":\"01707c5a-1800-7000-8000-000000000001\",\"before\":-1,\"page\":1}",
          "{\"record\":\"01707c5a-1800-7000-8000-000000000001\",\"before\":0,\"page\":100000}" };
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (bodies[i], strlen (bodies[i]));
      g_autoptr (MadangReply) reply = person_ask (officer, "POST", "/sync/v1/history", body);

      assert_problem (reply, 400, "json");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  madang_kind_register (&leaf_kind);
  FIXTURE_TEST ("/history/own-draft", test_own_draft);
  FIXTURE_TEST ("/history/office-sees-what-was-sent", test_office_sees_what_was_sent);
  FIXTURE_TEST ("/history/personal-part", test_personal_part);
  FIXTURE_TEST ("/history/move", test_move);
  FIXTURE_TEST ("/history/who-may-ask", test_who_may_ask);
  FIXTURE_TEST ("/history/server-has-no-name", test_server_has_no_name);
  FIXTURE_TEST ("/history/rows", test_rows);
  FIXTURE_TEST ("/history/pages", test_pages);
  FIXTURE_TEST ("/history/long-pages", test_long_pages);
  FIXTURE_TEST ("/history/bad-requests", test_bad_requests);
  return g_test_run ();
}
