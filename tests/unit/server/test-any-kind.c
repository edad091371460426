/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-event.h"
#include "madang-id.h"
#include "madang-wire-messages.h"

/* What no kind of the product does yet, on a kind of the test's own: deleting, rows, uniqueness,
 * events that create records and move their own. The server must do it for any kind that is declared. */

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

static const MadangState note_states[] = { { "open", "Open" }, { "split", "Split" }, { NULL } };

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

static const MadangKind note_kind;

/* The arguments are the titles of the two that the note is split into. */
static void
split (const MadangEventContext *context, MadangEffects *effects)
{
  static const char *const names[] = { "first", "second" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      MadangRecord *record = madang_effects_create (effects, context, &note_kind);
      const char *title;

      if (g_variant_lookup (context->arguments, names[i], "&s", &title))
        madang_record_set (record, "title", g_variant_new_string (title), NULL);
    }
  madang_effects_move (effects, "programme");
}

/* The rule of the kind. */
static MadangVerdict *
check_note (const MadangEventContext *context)
{
  return g_str_equal (madang_record_get_text (context->record, "title"), "금지")
             ? madang_verdict_new_no ("field.unique", "title", NULL)
             : madang_verdict_new_yes ();
}

static const char *const from_open[] = { "open", NULL };

static const MadangEvent note_events[] = {
  { .name = "split",
    .label = "Split",
    .past = "The note was split",
    .from = from_open,
    .to = "split",
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .effects = split },
  { NULL },
};

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
  .events = note_events,
  .rights = note_rights,
  .home_scope = dup_home,
  .audience = add_audience,
  .check = check_note,
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

/* --- Effects ------------------------------------------------------------------------------- */

static MadangMutation *
new_split (MadangRecord *note, const char *first, const char *second)
{
  MadangMutation *mutation = mutation_new_event (note, "split");
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "first", g_variant_new_string (first));
  if (second != NULL)
    g_variant_builder_add (&builder, "{sv}", "second", g_variant_new_string (second));
  g_clear_pointer (&mutation->arguments, g_variant_unref);
  mutation->arguments = g_variant_ref_sink (g_variant_builder_end (&builder));
  return mutation;
}

/* The records that the event of a mutation creates have ids that anybody can tell beforehand. */
static MadangRecord *
read_effect (ServerFixture *fixture, const MadangMutation *mutation, guint place)
{
  g_autofree char *id = madang_id_derive (mutation->mid, 0x10000 + place);

  return server_fixture_read (fixture, id);
}

static void
test_effects (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) note = create_note (coordinator, "쪽지", NULL);
  g_autoptr (MadangMutation) mutation = new_split (note, "첫째", "둘째");
  g_autoptr (MadangPushResult) result = person_push (coordinator, mutation);
  g_autoptr (MadangRecord) after = server_fixture_read (fixture, mutation->id);
  g_autoptr (MadangRecord) first = read_effect (fixture, mutation, 0);
  g_autoptr (MadangRecord) second = read_effect (fixture, mutation, 1);
  g_autoptr (GPtrArray) changes
      = madang_storage_list_changes (fixture->reader, madang_record_get_id (second), NULL);
  const MadangChange *birth = g_ptr_array_index (changes, 0);

  g_assert_cmpstr (result->code, ==, NULL);
  g_assert_cmpstr (result->state, ==, "split");
  g_assert_cmpstr (result->home, ==, "programme");
  g_assert_cmpstr (madang_record_get_scope (note), ==, "office");
  g_assert_cmpstr (madang_record_get_scope (after), ==, "programme");
  g_assert_cmpstr (madang_record_get_text (first, "title"), ==, "첫째");
  g_assert_cmpstr (madang_record_get_text (second, "title"), ==, "둘째");
  g_assert_cmpstr (madang_record_get_scope (second), ==, "office");
  g_assert_cmpstr (madang_record_get_state (second), ==, "open");
  g_assert_cmpint (madang_record_get_version (second, MADANG_PART_MAIN), ==, 1);
  g_assert_cmpstr (birth->event, ==, "split");
  g_assert_cmpstr (birth->mid, ==, mutation->mid);
}

/* Nothing of the turn stays, not even what was right and written before. */
static void
assert_split_leaves_nothing (ServerFixture *fixture,
                             Person *person,
                             MadangMutation *mutation,
                             const char *code)
{
  gint64 head = madang_storage_get_head (fixture->reader, "office");
  g_autoptr (GPtrArray) before = madang_storage_list_changes (fixture->reader, mutation->id, NULL);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (MadangRecord) after = NULL;

  assert_rejected (person, mutation, code);
  after = server_fixture_read (fixture, mutation->id);
  changes = madang_storage_list_changes (fixture->reader, mutation->id, NULL);

  g_assert_cmpstr (madang_record_get_state (after), ==, "open");
  g_assert_cmpstr (madang_record_get_scope (after), ==, "office");
  g_assert_cmpint (madang_record_get_version (after, MADANG_PART_MAIN), ==, 1);
  g_assert_cmpuint (changes->len, ==, before->len);
  g_assert_cmpint (madang_storage_get_head (fixture->reader, "office"), ==, head);
  g_assert_null (read_effect (fixture, mutation, 0));
  g_assert_null (read_effect (fixture, mutation, 1));
}

static void
test_effects_are_checked (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) note = create_note (coordinator, "쪽지", NULL);
  g_autofree char *too_long = g_strnfill (41, 'x');
  g_autoptr (MadangMutation) untitled = new_split (note, "첫째", NULL);
  g_autoptr (MadangMutation) long_title = new_split (note, "첫째", too_long);
  g_autoptr (MadangMutation) forbidden = new_split (note, "첫째", "금지");

  assert_split_leaves_nothing (fixture, coordinator, untitled, "field.missing");
  assert_split_leaves_nothing (fixture, coordinator, long_title, "field.too-long");
  assert_split_leaves_nothing (fixture, coordinator, forbidden, "field.unique");
}

/* Someone took the id that the event derives: the other record is not overwritten. */
static void
test_effect_with_a_taken_id (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) note = create_note (coordinator, "쪽지", NULL);
  g_autoptr (MadangMutation) mutation = new_split (note, "첫째", "둘째");
  g_autofree char *id = madang_id_derive (mutation->mid, 0x10001);
  g_autoptr (MadangMutation) early
      = madang_mutation_new (MADANG_OPERATION_CREATE, note_kind.name, id);
  g_autoptr (MadangPushResult) created = NULL;
  g_autoptr (MadangRecord) first = NULL;
  g_autoptr (MadangRecord) second = NULL;

  mutation_add_text (early, "title", NULL, "먼저");
  created = person_push (coordinator, early);
  assert_rejected (coordinator, mutation, "record.exists");
  first = read_effect (fixture, mutation, 0);
  second = read_effect (fixture, mutation, 1);

  g_assert_cmpint (created->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_null (first);
  g_assert_cmpstr (madang_record_get_text (second, "title"), ==, "먼저");
}

/* The answer to a turn that was undone is kept: pushed again, it is the same answer. */
static void
test_answer_of_undone_turn_stays (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) note = create_note (coordinator, "쪽지", NULL);
  g_autoptr (MadangMutation) mutation = new_split (note, "첫째", "금지");
  g_autoptr (MadangMutation) next = mutation_new_patch (note, "title", "다음");
  g_autoptr (MadangPushResult) again = NULL;
  g_autoptr (MadangPushResult) result = NULL;

  assert_rejected (coordinator, mutation, "field.unique");
  coordinator->number--;
  again = person_push (coordinator, mutation);
  result = person_push (coordinator, next);

  g_assert_true (again->duplicate);
  g_assert_cmpint (again->outcome, ==, MADANG_OUTCOME_REJECTED);
  g_assert_cmpstr (again->code, ==, "field.unique");
  g_assert_cmpstr (again->state, ==, "open");
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_APPLIED);
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
  FIXTURE_TEST ("/any-kind/effects", test_effects);
  FIXTURE_TEST ("/any-kind/effects/checked", test_effects_are_checked);
  FIXTURE_TEST ("/any-kind/effects/taken-id", test_effect_with_a_taken_id);
  FIXTURE_TEST ("/any-kind/effects/answer", test_answer_of_undone_turn_stays);

  return g_test_run ();
}
