/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-id.h"
#include "madang-record-text.h"
#include "madang-system.h"
#include "madang-wire-messages.h"

/* --- Rights and rules ---------------------------------------------------------------------- */

static void
test_rights_of_creation (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) auditor = person_new (fixture, "auditor");
  g_autoptr (MadangMutation) foreign
      = mutation_new_application (fixture->programme, fixture->eunpyeong);
  g_autoptr (MadangMutation) audited
      = mutation_new_application (fixture->programme, fixture->geumcheon);

  assert_rejected (officer, foreign, "right.none");
  assert_rejected (auditor, audited, "right.none");
  g_assert_null (server_fixture_read (fixture, foreign->id));
}

/* Whether a draft of another agency exists is not told: the answer is that of an invented id. */
static void
test_foreign_record_is_not_there (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangMutation) real = mutation_new_patch (draft, "dept_name", "침입");
  g_autoptr (MadangMutation) invented = mutation_new_patch (draft, "dept_name", "침입");
  g_autoptr (MadangPushResult) first = NULL;
  g_autoptr (MadangPushResult) second = NULL;
  g_autoptr (MadangRecord) after = NULL;

  g_free (invented->id);
  invented->id = madang_id_new ();
  first = person_push (other, real);
  second = person_push (other, invented);
  after = server_fixture_read (fixture, real->id);

  g_assert_cmpint (first->outcome, ==, MADANG_OUTCOME_REJECTED);
  g_assert_cmpstr (first->code, ==, "record.missing");
  g_assert_cmpstr (second->code, ==, "record.missing");
  g_assert_null (first->docs[MADANG_PART_MAIN]);
  g_assert_null (first->docs[MADANG_PART_PERSONAL]);
  g_assert_null (first->state);
  g_assert_cmpint (first->versions[MADANG_PART_MAIN], ==, 0);
  g_assert_cmpstr (madang_record_get_text (after, "dept_name"), ==, "마을자치과");
}

/* Who may read but not write learns nothing from the comparison of values. */
static void
test_rights_come_before_values (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangMutation) submit = mutation_new_event (draft, "submit");
  g_autoptr (MadangPushResult) submitted = person_push (officer, submit);
  g_autoptr (MadangRecord) record = server_fixture_read (fixture, draft != NULL ? submit->id : "");
  g_autoptr (MadangMutation) stale
      = madang_mutation_new (MADANG_OPERATION_PATCH, "application", submit->id);

  g_assert_cmpstr (submitted->state, ==, "submitted");
  mutation_add_text (stale, "direction", "아무도 본 적 없는 값", "바꾼 값");
  assert_rejected (coordinator, stale, "right.none");
  g_assert_cmpstr (madang_record_get_text (record, "direction"), ==, "[견본] 발전방향");
}

static void
test_limits (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, FALSE);
  g_autofree char *name = g_strnfill (61, 'x');
  g_autofree char *nowhere = madang_id_new ();
  g_autoptr (MadangMutation) too_long = mutation_new_patch (draft, "dept_name", name);
  g_autoptr (MadangMutation) dangling = mutation_new_patch (draft, "officer", nowhere);
  g_autoptr (MadangMutation) server = mutation_new_patch (draft, "receipt_number", "접수-2020-999");
  g_autoptr (MadangMutation) fixed = mutation_new_patch (draft, "agency", fixture->eunpyeong);

  assert_rejected (officer, too_long, "field.too-long");
  assert_rejected (officer, dangling, "reference.missing");
  assert_rejected (officer, server, "field.server");
  assert_rejected (officer, fixed, "field.fixed");
}

static void
test_second_application (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, FALSE);
  g_autoptr (MadangMutation) second
      = mutation_new_application (fixture->programme, fixture->geumcheon);

  assert_rejected (officer, second, "R-A2.duplicate");
}

static void
test_submit_after_the_deadline (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangMutation) last = mutation_new_event (draft, "submit");
  g_autoptr (MadangRecord) after = NULL;

  madang_clock_set_programme_now (fixture->clock,
                                  madang_record_text_read_time ("2020-03-14T00:00:00+09:00", NULL));
  assert_rejected (officer, last, "R-A1.late");
  after = server_fixture_read (fixture, last->id);
  g_assert_cmpstr (madang_record_get_state (after), ==, "draft");
}

static void
test_submit_in_the_last_moment (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangMutation) last = mutation_new_event (draft, "submit");
  g_autoptr (MadangPushResult) result = NULL;

  madang_clock_set_programme_now (
      fixture->clock, madang_record_text_read_time ("2020-03-14T00:00:00+09:00", NULL) - 1);
  result = person_push (officer, last);
  g_assert_cmpstr (result->state, ==, "submitted");
}

static void
test_incomplete_submit (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, FALSE);
  g_autoptr (MadangMutation) submit = mutation_new_event (draft, "submit");
  g_autoptr (MadangPushResult) result = person_push (officer, submit);

  g_assert_cmpstr (result->code, ==, "R-A3.missing");
  g_assert_cmpstr (result->arguments[0], ==, "dept_name");
  g_assert_cmpstr (result->state, ==, "draft");
}

/* --- Numbers ------------------------------------------------------------------------------- */

static char *
submit_and_receive (Person *officer, Person *coordinator, const char *agency)
{
  ServerFixture *fixture = officer->fixture;
  g_autoptr (MadangRecord) draft = person_create_application (officer, agency, TRUE);
  g_autoptr (MadangMutation) submit = mutation_new_event (draft, "submit");
  g_autoptr (MadangPushResult) submitted = person_push (officer, submit);
  g_autoptr (MadangRecord) arrived = server_fixture_read (fixture, submit->id);
  g_autoptr (MadangMutation) receive = mutation_new_event (arrived, "receive");
  g_autoptr (MadangPushResult) received = person_push (coordinator, receive);
  g_autoptr (MadangRecord) record = server_fixture_read (fixture, submit->id);

  g_assert_cmpstr (submitted->code, ==, NULL);
  g_assert_cmpstr (received->code, ==, NULL);
  g_assert_cmpstr (received->state, ==, "received");
  return g_strdup (madang_record_get_text (record, "receipt_number"));
}

static void
test_series_has_no_gaps (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autofree char *first = submit_and_receive (officer, coordinator, fixture->geumcheon);
  g_autoptr (MadangRecord) draft = person_create_application (other, fixture->eunpyeong, TRUE);
  g_autoptr (MadangMutation) early = mutation_new_event (draft, "receive");
  g_autoptr (MadangMutation) submit = NULL;
  g_autoptr (MadangPushResult) submitted = NULL;
  g_autoptr (MadangRecord) arrived = NULL;
  g_autoptr (MadangMutation) receive = NULL;
  g_autoptr (MadangPushResult) received = NULL;
  g_autoptr (MadangRecord) record = NULL;

  /* A receipt that is refused takes no number. */
  assert_rejected (coordinator, early, "record.missing");
  submit = mutation_new_event (draft, "submit");
  submitted = person_push (other, submit);
  arrived = server_fixture_read (fixture, submit->id);
  receive = mutation_new_event (arrived, "receive");
  received = person_push (coordinator, receive);
  record = server_fixture_read (fixture, submit->id);

  g_assert_cmpstr (first, ==, "접수-2020-001");
  g_assert_cmpstr (received->code, ==, NULL);
  g_assert_cmpstr (madang_record_get_text (record, "receipt_number"), ==, "접수-2020-002");
}

static MadangMutation *
mutation_new_person (const char *id, const char *agency)
{
  MadangMutation *mutation = madang_mutation_new (MADANG_OPERATION_CREATE, "person", id);

  mutation_add_text (mutation, "agency", NULL, agency);
  mutation_add_text (mutation, "kind", NULL, "staff");
  mutation_add_text (mutation, "name", NULL, "견본 사람");
  return mutation;
}

/* --- Merging and conflicts ----------------------------------------------------------------- */

static MadangRecord *
find_conflict (ServerFixture *fixture, const char *mid)
{
  g_autofree char *id = madang_id_derive (mid, 1);

  return server_fixture_read (fixture, id);
}

static void
test_other_fields_merge (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) first = person_new (fixture, "geumcheon");
  g_autoptr (Person) second = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (first, fixture->geumcheon, FALSE);
  g_autoptr (MadangMutation) one = mutation_new_patch (draft, "dept_name", "마을자치과");
  g_autoptr (MadangMutation) two = mutation_new_patch (draft, "site_name", "금천1번가");
  g_autoptr (MadangPushResult) applied = person_push (first, one);
  g_autoptr (MadangPushResult) merged = person_push (second, two);
  g_autoptr (MadangRecord) after = server_fixture_read (fixture, one->id);

  g_assert_cmpint (applied->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpint (merged->outcome, ==, MADANG_OUTCOME_MERGED);
  g_assert_cmpstr (madang_record_get_text (after, "dept_name"), ==, "마을자치과");
  g_assert_cmpstr (madang_record_get_text (after, "site_name"), ==, "금천1번가");
}

static MadangRecord *
make_conflict (ServerFixture *fixture, Person *first, Person *second)
{
  g_autoptr (MadangRecord) draft = person_create_application (first, fixture->geumcheon, FALSE);
  g_autoptr (MadangMutation) theirs = mutation_new_patch (draft, "dept_name", "기획예산과");
  g_autoptr (MadangMutation) mine = mutation_new_patch (draft, "dept_name", "마을자치과");
  g_autoptr (MadangPushResult) applied = person_push (first, theirs);
  g_autoptr (MadangPushResult) lost = NULL;
  g_autoptr (MadangRecord) after = NULL;

  mutation_add_text (mine, "site_name", NULL, "금천1번가");
  lost = person_push (second, mine);
  after = server_fixture_read (fixture, mine->id);
  g_assert_cmpint (applied->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpint (lost->outcome, ==, MADANG_OUTCOME_CONFLICT);
  g_assert_cmpstr (lost->code, ==, "merge.conflict");
  g_assert_cmpstr (lost->arguments[0], ==, "dept_name");
  g_assert_cmpstr (madang_record_get_text (after, "dept_name"), ==, "기획예산과");
  g_assert_cmpstr (madang_record_get_text (after, "site_name"), ==, "금천1번가");
  return find_conflict (fixture, mine->mid);
}

static void
test_conflict_keeps_both (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) first = person_new (fixture, "geumcheon");
  g_autoptr (Person) second = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) conflict = make_conflict (fixture, first, second);
  g_autofree char *pulled = person_pull (first);

  g_assert_cmpstr (madang_record_get_state (conflict), ==, "open");
  g_assert_cmpstr (madang_record_get_text (conflict, "record_kind"), ==, "application");
  g_assert_cmpstr (madang_record_get_text (conflict, "field"), ==, "dept_name");
  g_assert_cmpstr (madang_record_get_text (conflict, "base"), ==, "");
  g_assert_cmpstr (madang_record_get_text (conflict, "theirs"), ==, "\"기획예산과\"");
  g_assert_cmpstr (madang_record_get_text (conflict, "mine"), ==, "\"마을자치과\"");
  g_assert_cmpstr (madang_record_get_text (conflict, "author"), ==, second->account);
  g_assert_cmpstr (madang_record_get_text (conflict, "theirs_by"), ==, first->account);
  /* Both on one clock, the server's, whatever the device thinks the time is. */
  g_assert_cmpint (madang_record_get_number (conflict, "made_at", 0), ==,
                   madang_clock_get_programme_now (fixture->clock));
  g_assert_cmpint (madang_record_get_number (conflict, "theirs_at", 0), ==,
                   madang_clock_get_programme_now (fixture->clock));
  g_assert_nonnull (strstr (pulled, madang_record_get_id (conflict)));
}

static MadangMutation *
new_resolve (MadangRecord *conflict, const char *from, const char *to)
{
  MadangMutation *mutation = madang_mutation_new (MADANG_OPERATION_RESOLVE, "application",
                                                  madang_record_get_text (conflict, "record"));

  mutation->conflict = g_strdup (madang_record_get_id (conflict));
  mutation_add_text (mutation, "dept_name", from, to);
  return mutation;
}

static void
test_conflict_is_settled (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) first = person_new (fixture, "geumcheon");
  g_autoptr (Person) second = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) conflict = make_conflict (fixture, first, second);
  g_autoptr (MadangMutation) resolve = new_resolve (conflict, "기획예산과", "마을자치과");
  g_autoptr (MadangMutation) again = new_resolve (conflict, "마을자치과", "기획예산과");
  g_autoptr (MadangPushResult) result = person_push (second, resolve);
  g_autoptr (MadangRecord) after = server_fixture_read (fixture, resolve->id);
  g_autoptr (MadangRecord) settled = server_fixture_read (fixture, madang_record_get_id (conflict));

  g_assert_cmpstr (result->code, ==, NULL);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpstr (madang_record_get_text (after, "dept_name"), ==, "마을자치과");
  g_assert_cmpstr (madang_record_get_state (settled), ==, "settled");
  g_assert_cmpstr (madang_record_get_text (settled, "resolution"), ==, "mine");
  g_assert_cmpstr (madang_record_get_text (settled, "settled_by"), ==, second->account);
  assert_rejected (first, again, "state.event");
}

/* Two people settle at once: the later one does not overwrite the earlier. */
static void
test_settling_meets_a_newer_value (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) first = person_new (fixture, "geumcheon");
  g_autoptr (Person) second = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) conflict = make_conflict (fixture, first, second);
  g_autoptr (MadangRecord) current
      = server_fixture_read (fixture, madang_record_get_text (conflict, "record"));
  g_autoptr (MadangMutation) newer = mutation_new_patch (current, "dept_name", "협치담당관");
  g_autoptr (MadangPushResult) changed = person_push (first, newer);
  g_autoptr (MadangMutation) resolve = new_resolve (conflict, "기획예산과", "마을자치과");
  g_autoptr (MadangPushResult) result = person_push (second, resolve);
  g_autoptr (MadangRecord) after = server_fixture_read (fixture, resolve->id);
  g_autoptr (MadangRecord) next = find_conflict (fixture, resolve->mid);
  g_autoptr (MadangRecord) old = server_fixture_read (fixture, madang_record_get_id (conflict));

  g_assert_cmpint (changed->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_CONFLICT);
  g_assert_cmpstr (madang_record_get_text (after, "dept_name"), ==, "협치담당관");
  g_assert_cmpstr (madang_record_get_state (next), ==, "open");
  g_assert_cmpstr (madang_record_get_text (next, "theirs"), ==, "\"협치담당관\"");
  g_assert_cmpstr (madang_record_get_state (old), ==, "settled");
}

static void
test_event_on_unseen_content (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) first = person_new (fixture, "geumcheon");
  g_autoptr (Person) second = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (first, fixture->geumcheon, TRUE);
  g_autoptr (MadangMutation) submit = mutation_new_event (draft, "submit");
  g_autoptr (MadangMutation) edit = mutation_new_patch (draft, "plan", "[견본] 고친 운영계획");
  g_autoptr (MadangPushResult) edited = person_push (second, edit);
  g_autoptr (MadangPushResult) result = person_push (first, submit);
  g_autoptr (MadangRecord) after = server_fixture_read (fixture, submit->id);
  g_autoptr (MadangRecord) conflict = find_conflict (fixture, submit->mid);

  g_assert_cmpint (edited->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_CONFLICT);
  g_assert_cmpstr (result->code, ==, "seen.changed");
  g_assert_cmpstr (result->arguments[0], ==, "submit");
  g_assert_cmpstr (madang_record_get_state (after), ==, "draft");
  g_assert_cmpstr (madang_record_get_text (conflict, "event"), ==, "submit");
  g_assert_cmpstr (madang_record_get_text (conflict, "theirs_by"), ==, second->account);
}

static guint
count_conflicts (ServerFixture *fixture)
{
  g_autoptr (MadangQuery) query = madang_query_new ("conflict");
  g_autoptr (GPtrArray) found
      = madang_record_store_find (madang_storage_get_records (fixture->reader), query, NULL);

  return found->len;
}

/* A small mutation cannot fill the database: what lost is kept once a path, as it was in the end. */
static void
test_one_conflict_a_path (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_PATCH, "application", madang_record_get_id (draft));
  g_autoptr (MadangRecord) conflict = NULL;
  g_autoptr (MadangPushResult) result = NULL;
  g_autofree char *id = madang_id_derive (mutation->mid, 1000);

  for (guint i = 1; i <= 1000; i++)
    {
      g_autofree char *to = g_strdup_printf ("[견본] %u", i);

      mutation_add_text (mutation, "plan", "없던 값", to);
    }
  result = person_push (officer, mutation);
  conflict = server_fixture_read (fixture, id);

  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_CONFLICT);
  g_assert_cmpuint (count_conflicts (fixture), ==, 1);
  g_assert_cmpstr (madang_record_get_text (conflict, "mine"), ==, "\"[견본] 1000\"");
}

/* Whoever works past the program must not fill the database with what no field takes. */
static void
test_conflict_keeps_only_what_the_field_takes (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autofree char *long_text = g_strnfill (61, 'x');
  g_autoptr (MadangMutation) too_long = mutation_new_patch (draft, "site_name", "이름");
  g_autoptr (MadangMutation) control = mutation_new_patch (draft, "site_name", "이름");
  g_autoptr (MadangMutation) base = mutation_new_patch (draft, "site_name", "이름");
  g_autoptr (MadangPushResult) result = NULL;
  g_autoptr (MadangRecord) conflict = NULL;
  g_autofree char *id = madang_id_derive (base->mid, 2);

  mutation_add_text (too_long, "dept_name", "없던 값", long_text);
  assert_rejected (officer, too_long, "field.too-long");
  mutation_add_text (control, "dept_name", "없던 값", "지움\033[2J");
  assert_rejected (officer, control, "field.control");
  g_assert_cmpuint (count_conflicts (fixture), ==, 0);

  /* What was seen may be of an older program; then it is left out. */
  mutation_add_text (base, "dept_name", long_text, "나중 값");
  result = person_push (officer, base);
  conflict = server_fixture_read (fixture, id);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_CONFLICT);
  g_assert_cmpstr (madang_record_get_text (conflict, "mine"), ==, "\"나중 값\"");
  g_assert_false (madang_record_is_set (conflict, "base"));
}

/* Missing and hidden look the same, and what everybody may follow is neither. */
static void
test_reference_to_what_is_hidden (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, FALSE);
  g_autofree char *foreign = madang_id_new ();
  g_autofree char *own = madang_id_new ();
  g_autoptr (MadangMutation) theirs = mutation_new_person (foreign, fixture->eunpyeong);
  g_autoptr (MadangMutation) ours = mutation_new_person (own, fixture->geumcheon);
  g_autoptr (MadangPushResult) first = person_push (other, theirs);
  g_autoptr (MadangPushResult) second = person_push (officer, ours);
  g_autoptr (MadangMutation) hidden = mutation_new_patch (draft, "officer", foreign);
  g_autoptr (MadangMutation) known = mutation_new_patch (draft, "officer", own);
  g_autoptr (MadangPushResult) taken = NULL;

  g_assert_cmpint (first->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpint (second->outcome, ==, MADANG_OUTCOME_APPLIED);
  assert_rejected (officer, hidden, "reference.missing");
  taken = person_push (officer, known);
  g_assert_cmpint (taken->outcome, ==, MADANG_OUTCOME_APPLIED);
}

static void
test_event_without_what_was_seen (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangMutation) submit = mutation_new_event (draft, "submit");

  g_clear_pointer (&submit->seen, g_free);
  assert_rejected (officer, submit, "event.argument");
}

static void
test_history_of_an_event (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangMutation) withdraw = mutation_new_event (draft, "withdraw");
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (MadangPushResult) result = NULL;
  const MadangChange *event;
  const MadangChange *reason;

  withdraw->arguments = g_variant_ref_sink (
      g_variant_new_parsed ("@a{sv} { 'reason': <'올해는 준비가 \"덜\" 되었습니다.'> }"));
  result = person_push (officer, withdraw);
  g_assert_cmpstr (result->code, ==, NULL);
  g_assert_cmpstr (result->state, ==, "withdrawn");
  changes = madang_storage_list_changes (fixture->reader, withdraw->id, NULL);
  event = g_ptr_array_index (changes, changes->len - 3);
  reason = g_ptr_array_index (changes, changes->len - 1);

  g_assert_cmpstr (event->event, ==, "withdraw");
  g_assert_cmpstr (event->path, ==, NULL);
  g_assert_cmpstr (event->before, ==, "\"draft\"");
  g_assert_cmpstr (event->after, ==, "\"withdrawn\"");
  g_assert_cmpstr (event->account, ==, officer->account);
  g_assert_cmpstr (event->mid, ==, withdraw->mid);
  g_assert_cmpint (event->at, ==, madang_clock_get_programme_now (fixture->clock));
  g_assert_cmpstr (reason->path, ==, "@reason");
  g_assert_cmpstr (reason->after, ==, "\"올해는 준비가 \\\"덜\\\" 되었습니다.\"");
}

/* Every mutation leaves its line in the audit log, the refused ones too. */
static void
test_audit (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangMutation) foreign
      = mutation_new_application (fixture->programme, fixture->eunpyeong);
  g_autoptr (GPtrArray) lines = NULL;
  const MadangAudit *last;

  assert_rejected (officer, foreign, "right.none");
  lines = madang_storage_list_audit (fixture->reader, 0, 1000, NULL);
  last = g_ptr_array_index (lines, lines->len - 1);

  g_assert_cmpstr (last->action, ==, "push");
  g_assert_cmpstr (last->account, ==, officer->account);
  g_assert_cmpstr (last->device, ==, officer->device);
  g_assert_cmpstr (last->target, ==, foreign->id);
  g_assert_cmpstr (last->detail, ==, "right.none");
}

/* --- Rights that change -------------------------------------------------------------------- */

static gboolean
revoke_role (MadangWrite *write, gpointer data, GError **error)
{
  MadangRecord *grant = data;
  g_autoptr (MadangRecord) after = madang_record_dup (grant);
  MadangSave save = { .write = write, .event = "revoke" };

  madang_record_set_state (after, "revoked");
  return madang_save_record (&save, grant, after, error);
}

static void
revoke_all_roles (ServerFixture *fixture, Person *person)
{
  g_autoptr (MadangQuery) query = madang_query_new ("role_grant");
  g_autoptr (GPtrArray) grants = NULL;

  madang_query_add_equal (query, "account", g_variant_new_string (person->account));
  grants = madang_record_store_find (madang_storage_get_records (fixture->reader), query, NULL);
  g_assert_cmpuint (grants->len, ==, 1);
  server_fixture_write (fixture, revoke_role, g_ptr_array_index (grants, 0));
}

static void
test_revoked_role_ends_at_once (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, FALSE);
  g_autoptr (MadangMutation) created
      = madang_mutation_new (MADANG_OPERATION_PATCH, "application", madang_record_get_id (draft));
  g_autoptr (MadangMutation) patch = mutation_new_patch (draft, "dept_name", "마을자치과");
  g_autofree char *pulled = NULL;

  revoke_all_roles (fixture, officer);
  assert_rejected (officer, patch, "right.ended");
  pulled = person_pull (officer);
  g_assert_null (strstr (pulled, created->id));
}

static void
test_stored_answer_hides_what_was_revoked (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  g_autoptr (MadangPushResult) first = NULL;
  g_autoptr (MadangPushResult) again = NULL;

  mutation_add_text (mutation, "officer_name", NULL, "견본 김담당");
  first = person_push (officer, mutation);
  revoke_all_roles (fixture, officer);
  officer->number--;
  again = person_push (officer, mutation);

  g_assert_nonnull (first->docs[MADANG_PART_PERSONAL]);
  g_assert_true (again->duplicate);
  g_assert_cmpint (again->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_null (again->docs[MADANG_PART_MAIN]);
  g_assert_null (again->docs[MADANG_PART_PERSONAL]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/turn/conflict/one-a-path", test_one_conflict_a_path);
  FIXTURE_TEST ("/turn/conflict/limits", test_conflict_keeps_only_what_the_field_takes);
  FIXTURE_TEST ("/turn/rights/create", test_rights_of_creation);
  FIXTURE_TEST ("/turn/rights/not-there", test_foreign_record_is_not_there);
  FIXTURE_TEST ("/turn/rights/before-values", test_rights_come_before_values);
  FIXTURE_TEST ("/turn/rights/reference", test_reference_to_what_is_hidden);
  FIXTURE_TEST ("/turn/rights/revoked", test_revoked_role_ends_at_once);
  FIXTURE_TEST ("/turn/rights/stored-answer", test_stored_answer_hides_what_was_revoked);
  FIXTURE_TEST ("/turn/rules/limits", test_limits);
  FIXTURE_TEST ("/turn/rules/second-application", test_second_application);
  FIXTURE_TEST ("/turn/rules/late", test_submit_after_the_deadline);
  FIXTURE_TEST ("/turn/rules/last-moment", test_submit_in_the_last_moment);
  FIXTURE_TEST ("/turn/rules/incomplete", test_incomplete_submit);
  FIXTURE_TEST ("/turn/series", test_series_has_no_gaps);
  FIXTURE_TEST ("/turn/merge", test_other_fields_merge);
  FIXTURE_TEST ("/turn/conflict/both-kept", test_conflict_keeps_both);
  FIXTURE_TEST ("/turn/conflict/settled", test_conflict_is_settled);
  FIXTURE_TEST ("/turn/conflict/settled-late", test_settling_meets_a_newer_value);
  FIXTURE_TEST ("/turn/conflict/event", test_event_on_unseen_content);
  FIXTURE_TEST ("/turn/event-without-seen", test_event_without_what_was_seen);
  FIXTURE_TEST ("/turn/history", test_history_of_an_event);
  FIXTURE_TEST ("/turn/audit", test_audit);

  return g_test_run ();
}
