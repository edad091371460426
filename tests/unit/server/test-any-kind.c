/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-id.h"
#include "madang-wire-messages.h"

/* What no kind of the product does yet, on a kind of the test's own: deleting, rows, uniqueness,
 * numbers by event. The server must do it for any kind that is declared. */

static const MadangField row_members[] = {
  { .name = "text", .type = MADANG_FIELD_LINE, .label = "Text", .max = 40 },
  { .name = "pos", .type = MADANG_FIELD_LINE, .label = "Place", .max = 40 },
  { NULL },
};

static const MadangField note_fields[] = {
  { .name = "title", .type = MADANG_FIELD_LINE, .label = "Title", .max = 40, .required = TRUE },
  { .name = "mark",
    .type = MADANG_FIELD_LINE,
    .label = "Mark",
    .max = 40,
    .indexed = TRUE,
    .unique = TRUE },
  { .name = "secret", .type = MADANG_FIELD_LINE, .label = "Secret", .max = 40, .personal = TRUE },
  { .name = "rows", .type = MADANG_FIELD_ROWS, .label = "Rows", .max = 5, .members = row_members },
  { NULL },
};

static const MadangState note_states[] = { { "open", "Open" }, { NULL } };

static const MadangRight note_rights[] = {
  { .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .actions
    = MADANG_ACTION_CREATE | MADANG_ACTION_READ | MADANG_ACTION_UPDATE | MADANG_ACTION_DELETE },
  { .roles = MADANG_ROLE_AUDITOR, .reach = MADANG_REACH_ALL, .actions = MADANG_ACTION_READ },
  { 0 },
};

static char *
dup_home (const MadangRecord *record)
{
  return g_strdup ("office");
}

static void
add_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  g_ptr_array_add (scopes, g_strdup (part == MADANG_PART_MAIN ? "office" : "office-personal"));
}

static const MadangKind note_kind = {
  .name = "test_note",
  .label = "Note",
  .fields = note_fields,
  .states = note_states,
  .rights = note_rights,
  .home_scope = dup_home,
  .audience = add_audience,
  .title_field = "title",
};

static MadangRecord *
create_note (Person *person, const char *title, const char *mark)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_CREATE, note_kind.name, id);
  g_autoptr (MadangPushResult) result = NULL;

  mutation_add_text (mutation, "title", NULL, title);
  mutation_add_text (mutation, "mark", NULL, mark);
  mutation_add_text (mutation, "secret", NULL, "비밀 글귀");
  result = person_push (person, mutation);
  g_assert_cmpstr (result->code, ==, NULL);
  return server_fixture_read (person->fixture, id);
}

static MadangMutation *
new_delete (MadangRecord *seen)
{
  MadangMutation *mutation
      = madang_mutation_new (MADANG_OPERATION_DELETE, note_kind.name, madang_record_get_id (seen));

  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    mutation->base[part] = madang_record_get_version (seen, part);
  return mutation;
}

static MadangRecord *
read_conflict (ServerFixture *fixture, const char *mid)
{
  g_autofree char *id = madang_id_derive (mid, 1);

  return server_fixture_read (fixture, id);
}

static void
test_delete (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (Person) auditor = person_new (fixture, "auditor");
  g_autoptr (MadangRecord) note = create_note (coordinator, "쪽지", NULL);
  g_autoptr (MadangMutation) refused = new_delete (note);
  g_autoptr (MadangMutation) mutation = new_delete (note);
  g_autoptr (MadangPushResult) result = NULL;
  g_autoptr (MadangRecord) tombstone = NULL;
  g_autofree char *pulled = NULL;

  assert_rejected (auditor, refused, "right.none");
  result = person_push (coordinator, mutation);
  tombstone = server_fixture_read (fixture, mutation->id);
  pulled = person_pull (coordinator);

  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_true (result->deleted);
  g_assert_null (result->docs[MADANG_PART_MAIN]);
  g_assert_true (madang_record_get_deleted (tombstone));
  g_assert_cmpstr (madang_record_get_text (tombstone, "title"), ==, "");
  g_assert_nonnull (strstr (pulled, "\"t\":\"del\""));
  g_assert_null (strstr (pulled, "비밀 글귀"));
  g_assert_null (strstr (pulled, "쪽지"));
}

/* Someone changed it meanwhile: it is not deleted unseen. */
static void
test_delete_of_unseen_content (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) first = person_new (fixture, "coordinator");
  g_autoptr (Person) second = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) note = create_note (first, "쪽지", NULL);
  g_autoptr (MadangMutation) edit = mutation_new_patch (note, "title", "고친 쪽지");
  g_autoptr (MadangMutation) mutation = new_delete (note);
  g_autoptr (MadangPushResult) edited = person_push (second, edit);
  g_autoptr (MadangPushResult) result = person_push (first, mutation);
  g_autoptr (MadangRecord) after = server_fixture_read (fixture, mutation->id);
  g_autoptr (MadangRecord) conflict = read_conflict (fixture, mutation->mid);

  g_assert_cmpint (edited->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_CONFLICT);
  g_assert_false (madang_record_get_deleted (after));
  g_assert_cmpstr (madang_record_get_text (after, "title"), ==, "고친 쪽지");
  g_assert_cmpstr (madang_record_get_text (conflict, "event"), ==, "delete");
}

/* A stale change never brings a deleted record back, and nothing of the change is lost. */
static void
test_edit_of_deleted_record (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) first = person_new (fixture, "coordinator");
  g_autoptr (Person) second = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) note = create_note (first, "쪽지", NULL);
  g_autoptr (MadangMutation) mutation = new_delete (note);
  g_autoptr (MadangMutation) edit = mutation_new_patch (note, "title", "늦은 쪽지");
  g_autoptr (MadangPushResult) deleted = person_push (first, mutation);
  g_autoptr (MadangPushResult) result = person_push (second, edit);
  g_autoptr (MadangRecord) after = server_fixture_read (fixture, mutation->id);
  g_autoptr (MadangRecord) conflict = read_conflict (fixture, edit->mid);

  g_assert_true (deleted->deleted);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_CONFLICT);
  g_assert_cmpstr (result->code, ==, "merge.deleted");
  g_assert_true (madang_record_get_deleted (after));
  g_assert_cmpstr (madang_record_get_text (conflict, "mine"), ==, "\"늦은 쪽지\"");
  g_assert_cmpstr (madang_record_get_text (conflict, "theirs"), ==, "");
}

static void
test_unique (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) first = create_note (coordinator, "하나", "표지");
  g_autoptr (MadangRecord) second = create_note (coordinator, "둘", "다른 표지");
  g_autoptr (MadangMutation) same = mutation_new_patch (second, "mark", "표지");
  g_autoptr (MadangMutation) own = mutation_new_patch (first, "mark", "표지");
  g_autoptr (MadangMutation) mutation = new_delete (first);
  g_autoptr (MadangPushResult) unchanged = NULL;
  g_autoptr (MadangPushResult) deleted = NULL;
  g_autoptr (MadangMutation) free_now = NULL;
  g_autoptr (MadangPushResult) result = NULL;

  assert_rejected (coordinator, same, "field.unique");
  unchanged = person_push (coordinator, own);
  deleted = person_push (coordinator, mutation);
  free_now = mutation_new_patch (second, "mark", "표지");
  result = person_push (coordinator, free_now);

  g_assert_cmpint (unchanged->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpint (unchanged->versions[MADANG_PART_MAIN], ==, 1);
  g_assert_true (deleted->deleted);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_APPLIED);
}

static MadangMutation *
new_row (MadangRecord *seen, const char *row, const char *text)
{
  MadangMutation *mutation
      = madang_mutation_new (MADANG_OPERATION_PATCH, note_kind.name, madang_record_get_id (seen));
  g_autofree char *path = g_strconcat ("rows/", row, NULL);
  GVariantBuilder builder;

  mutation->base[MADANG_PART_MAIN] = madang_record_get_version (seen, MADANG_PART_MAIN);
  mutation->base[MADANG_PART_PERSONAL] = madang_record_get_version (seen, MADANG_PART_PERSONAL);
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "text", g_variant_new_string (text));
  g_ptr_array_add (mutation->edits, madang_edit_new (path, NULL, g_variant_builder_end (&builder)));
  return mutation;
}

/* Rows of a list are things of their own: two people add one each, a third changes a member. */
static void
test_rows (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) first = person_new (fixture, "coordinator");
  g_autoptr (Person) second = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) note = create_note (first, "쪽지", NULL);
  g_autoptr (MadangMutation) one = new_row (note, "a", "첫째");
  g_autoptr (MadangMutation) two = new_row (note, "b", "둘째");
  g_autoptr (MadangPushResult) added = person_push (first, one);
  g_autoptr (MadangPushResult) merged = person_push (second, two);
  g_autoptr (MadangRecord) after = server_fixture_read (fixture, one->id);
  g_autoptr (MadangMutation) member = mutation_new_patch (after, "rows/a/text", "고친 첫째");
  g_autoptr (MadangPushResult) changed = person_push (second, member);
  g_autoptr (MadangRecord) last = server_fixture_read (fixture, one->id);
  g_autoptr (GPtrArray) changes = madang_storage_list_changes (fixture->reader, one->id, NULL);
  const MadangChange *row = g_ptr_array_index (changes, changes->len - 2);
  const MadangChange *text = g_ptr_array_index (changes, changes->len - 1);

  g_assert_cmpint (added->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpint (merged->outcome, ==, MADANG_OUTCOME_MERGED);
  g_assert_cmpint (changed->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpstr (g_variant_get_string (madang_record_get (last, "rows/a/text"), NULL), ==,
                   "고친 첫째");
  g_assert_nonnull (madang_record_get (last, "rows/b"));
  g_assert_cmpstr (row->path, ==, "rows/b");
  g_assert_cmpstr (row->before, ==, NULL);
  g_assert_cmpstr (row->after, ==, "{\"b\":{\"text\":\"둘째\"}}");
  g_assert_cmpstr (text->path, ==, "rows/a/text");
  g_assert_cmpstr (text->before, ==, "\"첫째\"");
  g_assert_cmpstr (text->after, ==, "\"고친 첫째\"");
}

static void
test_required_field_stays (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) note = create_note (coordinator, "쪽지", NULL);
  g_autoptr (MadangMutation) empty = mutation_new_patch (note, "title", NULL);

  assert_rejected (coordinator, empty, "field.missing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  madang_kind_register (&note_kind);

  FIXTURE_TEST ("/any-kind/delete", test_delete);
  FIXTURE_TEST ("/any-kind/delete-unseen", test_delete_of_unseen_content);
  FIXTURE_TEST ("/any-kind/edit-of-deleted", test_edit_of_deleted_record);
  FIXTURE_TEST ("/any-kind/unique", test_unique);
  FIXTURE_TEST ("/any-kind/rows", test_rows);
  FIXTURE_TEST ("/any-kind/required", test_required_field_stays);

  return g_test_run ();
}
