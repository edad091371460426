/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-accounts.h"
#include "madang-day.h"
#include "madang-id.h"
#include "madang-notices.h"
#include "madang-open-work.h"
#include "madang-save.h"
#include "madang-wire-messages.h"

/* A role goes to somebody else. It is Monday 9 March 2020; the officer of 은평구 takes over 금천구. */

#define TODAY "2020-03-09"
#define TOMORROW "2020-03-10"
#define LAST_DAY "2020-12-31"
#define DUE "2020-03-12"
#define ITEMS "1. 기관장의 직인이 빠졌습니다."

static MadangRecord *
find_one (ServerFixture *fixture, const char *kind, const char *account, const char *state)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  madang_query_add_equal (query, "account", g_variant_new_string (account));
  madang_query_add_states (query, (const char *[]){ state, NULL });
  madang_query_set_order (query, NULL, MADANG_QUERY_DESCENDING);
  found = madang_record_store_find (madang_storage_get_records (fixture->reader), query, &error);
  g_assert_no_error (error);
  return found->len > 0 ? g_object_ref (found->pdata[0]) : NULL;
}

static MadangMutation *
new_hand_over (MadangRecord *grant, const char *successor)
{
  MadangMutation *mutation = mutation_new_event (grant, "hand_over");
  GVariantDict arguments;

  g_variant_dict_init (&arguments, NULL);
  if (successor != NULL)
    g_variant_dict_insert (&arguments, "successor", "s", successor);
  mutation->arguments = g_variant_ref_sink (g_variant_dict_end (&arguments));
  return mutation;
}

static void
must (Person *person, MadangMutation *mutation)
{
  g_autoptr (MadangMutation) owned = mutation;
  g_autoptr (MadangPushResult) result = person_push (person, owned);

  g_assert_cmpstr (result->code, ==, NULL);
}

static void
hand_over (Person *admin, Person *from, Person *to)
{
  g_autoptr (MadangRecord) grant = find_one (admin->fixture, "role_grant", from->account, "active");

  must (admin, new_hand_over (grant, to->account));
}

static void
refuse (Person *person, MadangMutation *mutation, const char *code)
{
  g_autoptr (MadangMutation) owned = mutation;

  assert_rejected (person, owned, code);
}

static MadangMutation *
new_text_event (MadangRecord *record, const char *event, const char *items, const char *due)
{
  MadangMutation *mutation = mutation_new_event (record, event);
  GVariantDict arguments;

  g_variant_dict_init (&arguments, NULL);
  g_variant_dict_insert (&arguments, "items", "s", items);
  g_variant_dict_insert (&arguments, "due", "s", due);
  mutation->arguments = g_variant_ref_sink (g_variant_dict_end (&arguments));
  return mutation;
}

static void
step (Person *person, const char *id, const char *event)
{
  g_autoptr (MadangRecord) record = server_fixture_read (person->fixture, id);

  must (person, mutation_new_event (record, event));
}

/* A line of the notice, as "kind state day". */
static char *
dup_item (MadangRecord *notice, const char *record)
{
  g_auto (GStrv) rows = madang_record_dup_rows (notice, "items");

  for (guint i = 0; rows[i] != NULL; i++)
    {
      static const char *const members[] = { "record", "record_kind", "state", "day" };
      const char *texts[G_N_ELEMENTS (members)];

      for (gsize j = 0; j < G_N_ELEMENTS (members); j++)
        {
          g_autofree char *path = g_strdup_printf ("items/%s/%s", rows[i], members[j]);
          GVariant *value = madang_record_get (notice, path);

          texts[j] = value != NULL ? g_variant_get_string (value, NULL) : "-";
        }
      if (g_str_equal (texts[0], record))
        return g_strjoin (" ", texts[1], texts[2], texts[3], NULL);
    }
  return NULL;
}

static void
assert_item (MadangRecord *notice, const char *record, const char *expected)
{
  g_autofree char *item = dup_item (notice, record);

  g_assert_cmpstr (item, ==, expected);
}

/* --- tests ----------------------------------------------------------------------------------- */

static void
test_rights_move_at_once (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) successor = person_new (fixture, "eunpyeong");
  g_autoptr (Person) admin = person_new (fixture, "admin");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autofree char *scope = g_strconcat ("agency:", fixture->geumcheon, NULL);
  g_autoptr (MadangRecord) old = NULL;
  g_autoptr (MadangRecord) grant = NULL;
  g_autofree char *seen_before = NULL;
  g_autofree char *seen_after = NULL;

  hand_over (admin, officer, successor);
  old = find_one (fixture, "role_grant", officer->account, "revoked");
  grant = find_one (fixture, "role_grant", successor->account, "active");
  g_assert_nonnull (old);
  g_assert_cmpstr (madang_record_get_text (grant, "role"), ==, "agency_officer");
  g_assert_cmpstr (madang_record_get_text (grant, "scope"), ==, scope);
  g_assert_cmpstr (madang_record_get_text (grant, "agency"), ==,
                   madang_record_get_text (old, "agency"));
  g_assert_cmpstr (madang_record_get_text (grant, "scope_name"), ==, "금천구");
  g_assert_cmpstr (madang_record_get_text (grant, "valid_from"), ==, TODAY);
  g_assert_cmpstr (madang_record_get_text (grant, "valid_to"), ==, LAST_DAY);

  seen_before = person_pull (officer);
  seen_after = person_pull (successor);
  g_assert_null (strstr (seen_before, madang_record_get_id (draft)));
  g_assert_nonnull (strstr (seen_after, madang_record_get_id (draft)));
  refuse (officer, mutation_new_patch (draft, "plan", "늦게 온 변경"), "right.ended");
  must (successor, mutation_new_patch (draft, "plan", "이어서 쓴 계획"));
}

static void
test_successor_is_told (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) successor = person_new (fixture, "eunpyeong");
  g_autoptr (Person) admin = person_new (fixture, "admin");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangRecord) foreign
      = person_create_application (successor, fixture->eunpyeong, TRUE);
  g_autoptr (MadangRecord) notice = NULL;

  hand_over (admin, officer, successor);
  notice = find_one (fixture, "notice", successor->account, "sent");
  g_assert_cmpstr (madang_record_get_text (notice, "code"), ==, "handed_over");
  g_assert_cmpstr (madang_record_get_text (notice, "record"), ==, madang_record_get_id (notice));
  g_assert_cmpstr (madang_record_get_text (notice, "text"), ==, "금천구");
  g_assert_cmpstr (madang_record_get_text (notice, "day"), ==, TODAY);
  assert_item (notice, madang_record_get_id (draft), "application draft -");
  assert_item (notice, madang_record_get_id (foreign), NULL);
}

static void
test_due_day_comes_along (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) successor = person_new (fixture, "eunpyeong");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (Person) admin = person_new (fixture, "admin");
  g_autoptr (MadangRecord) application
      = person_create_application (officer, fixture->geumcheon, TRUE);
  const char *id = madang_record_get_id (application);
  g_autoptr (MadangRecord) received = NULL;
  g_autoptr (MadangRecord) notice = NULL;
  g_auto (GStrv) rows = NULL;
  g_autofree char *first = NULL;

  step (officer, id, "submit");
  step (coordinator, id, "receive");
  received = server_fixture_read (fixture, id);
  must (coordinator, new_text_event (received, "request_supplement", ITEMS, DUE));
  hand_over (admin, officer, successor);
  notice = find_one (fixture, "notice", successor->account, "sent");
  assert_item (notice, id, "application supplement " DUE);
  rows = madang_record_dup_rows (notice, "items");
  first = g_strdup_printf ("items/%s/day", rows[0]);
  g_assert_cmpstr (g_variant_get_string (madang_record_get (notice, first), NULL), ==, DUE);
}

/* The office's work is handed over by the same declaration. */
static void
test_coordinator (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (Person) approver = person_new (fixture, "approver");
  g_autoptr (Person) admin = person_new (fixture, "admin");
  g_autoptr (MadangRecord) submitted
      = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangRecord) draft = NULL;
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (MadangRecord) notice = NULL;

  step (officer, madang_record_get_id (submitted), "submit");
  draft = person_create_application (other, fixture->eunpyeong, TRUE);
  hand_over (admin, coordinator, approver);
  notice = find_one (fixture, "notice", approver->account, "sent");
  assert_item (notice, madang_record_get_id (submitted), "application submitted -");
  /* An agency's draft is not the office's to see, so neither is that there is one. */
  assert_item (notice, madang_record_get_id (draft), NULL);
  step (approver, madang_record_get_id (submitted), "receive");
}

static gboolean
add_notice (MadangWrite *write, gpointer data, GError **error)
{
  MadangSave save = { .write = write, .now = madang_day_get_start (TODAY) };

  return madang_save_record (&save, NULL, data, error);
}

static MadangRecord *
write_notice (ServerFixture *fixture, const char *account, MadangRecord *about)
{
  g_autofree char *id = madang_id_new ();
  g_autofree char *scope = g_strconcat ("self:", account, NULL);
  MadangRecord *notice = madang_record_new (&madang_notice_kind, id);

  madang_record_set_scope (notice, scope);
  madang_record_set (notice, "account", g_variant_new_string (account), NULL);
  madang_record_set (notice, "code", g_variant_new_string ("reminder"), NULL);
  madang_record_set (notice, "text", g_variant_new_string ("견본 알림"), NULL);
  madang_record_set (notice, "record_kind",
                     g_variant_new_string (madang_record_get_kind (about)->name), NULL);
  madang_record_set (notice, "record", g_variant_new_string (madang_record_get_id (about)), NULL);
  server_fixture_write (fixture, add_notice, notice);
  return notice;
}

static guint
count_copies (ServerFixture *fixture, const char *account)
{
  g_autoptr (MadangQuery) query = madang_query_new ("notice");
  g_autoptr (GPtrArray) found = NULL;
  guint n = 0;

  madang_query_add_equal (query, "account", g_variant_new_string (account));
  found = madang_record_store_find (madang_storage_get_records (fixture->reader), query, NULL);
  for (guint i = 0; i < found->len; i++)
    n += g_str_equal (madang_record_get_text (found->pdata[i], "text"), "견본 알림");
  return n;
}

/* An unread notice follows the work that it is about, and no other. */
static void
test_unread_notices_follow (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) successor = person_new (fixture, "eunpyeong");
  g_autoptr (Person) admin = person_new (fixture, "admin");
  g_autoptr (MadangRecord) own = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangRecord) foreign
      = person_create_application (successor, fixture->eunpyeong, TRUE);
  g_autoptr (MadangRecord) unread = write_notice (fixture, officer->account, own);
  g_autoptr (MadangRecord) read = write_notice (fixture, officer->account, own);
  g_autoptr (MadangRecord) elsewhere = write_notice (fixture, officer->account, foreign);
  g_autoptr (MadangRecord) passed = NULL;
  g_autoptr (MadangRecord) left = NULL;

  step (officer, madang_record_get_id (read), "acknowledge");
  hand_over (admin, officer, successor);
  g_assert_cmpuint (count_copies (fixture, successor->account), ==, 1);
  passed = server_fixture_read (fixture, madang_record_get_id (unread));
  left = server_fixture_read (fixture, madang_record_get_id (elsewhere));
  g_assert_cmpstr (madang_record_get_state (passed), ==, "passed_on");
  g_assert_cmpstr (madang_record_get_state (left), ==, "sent");
}

static void
test_refusals (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) successor = person_new (fixture, "eunpyeong");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (Person) admin = person_new (fixture, "admin");
  g_autoptr (MadangRecord) grant = find_one (fixture, "role_grant", officer->account, "active");
  g_autoptr (MadangRecord) account = server_fixture_read (fixture, successor->account);
  g_autoptr (MadangRecord) locked = NULL;
  g_autoptr (MadangRecord) revoked = NULL;
  g_autofree char *nobody = madang_id_new ();

  refuse (officer, new_hand_over (grant, successor->account), "right.none");
  refuse (coordinator, new_hand_over (grant, successor->account), "record.missing");
  refuse (admin, new_hand_over (grant, NULL), "event.argument");
  refuse (admin, new_hand_over (grant, officer->account), "hand-over.same");
  refuse (admin, new_hand_over (grant, nobody), "hand-over.successor");
  refuse (admin, new_hand_over (grant, fixture->geumcheon), "hand-over.successor");
  must (admin, mutation_new_event (account, "lock"));
  refuse (admin, new_hand_over (grant, successor->account), "hand-over.locked");
  locked = server_fixture_read (fixture, successor->account);
  must (admin, mutation_new_event (locked, "close"));
  refuse (admin, new_hand_over (grant, successor->account), "hand-over.successor");
  must (admin, new_hand_over (grant, coordinator->account));
  revoked = server_fixture_read (fixture, madang_record_get_id (grant));
  refuse (admin, new_hand_over (revoked, admin->account), "state.event");
}

static MadangMutation *
new_grant (const char *account, const char *agency, const char *from)
{
  g_autofree char *id = madang_id_new ();
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);
  MadangMutation *mutation = madang_mutation_new (MADANG_OPERATION_CREATE, "role_grant", id);

  mutation->scope = g_strdup ("server");
  mutation_add_text (mutation, "account", NULL, account);
  mutation_add_text (mutation, "role", NULL, "agency_officer");
  mutation_add_text (mutation, "scope", NULL, scope);
  mutation_add_text (mutation, "agency", NULL, agency);
  mutation_add_text (mutation, "valid_from", NULL, from);
  mutation_add_text (mutation, "valid_to", NULL, LAST_DAY);
  return mutation;
}

static void
test_not_twice_and_in_force (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) successor = person_new (fixture, "eunpyeong");
  g_autoptr (Person) auditor = person_new (fixture, "auditor");
  g_autoptr (Person) admin = person_new (fixture, "admin");
  g_autoptr (MadangRecord) grant = find_one (fixture, "role_grant", officer->account, "active");
  g_autoptr (MadangRecord) later = NULL;

  /* It begins tomorrow: held already, and not to be handed over before. */
  must (admin, new_grant (successor->account, fixture->geumcheon, TOMORROW));
  later = find_one (fixture, "role_grant", successor->account, "active");
  g_assert_cmpstr (madang_record_get_text (later, "valid_from"), ==, TOMORROW);
  refuse (admin, new_hand_over (grant, successor->account), "hand-over.held");
  refuse (admin, new_hand_over (later, auditor->account), "hand-over.period");
}

static gboolean
is_sorted (GPtrArray *list)
{
  for (guint i = 1; i < list->len; i++)
    {
      const MadangOpenWork *before = list->pdata[i - 1];
      const MadangOpenWork *work = list->pdata[i];

      if (before->day == NULL ? work->day != NULL
                              : work->day != NULL && strcmp (before->day, work->day) > 0)
        return FALSE;
    }
  return TRUE;
}

static void
test_soonest_first_and_so_many (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (MadangRecord) one = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangRecord) two = person_create_application (other, fixture->eunpyeong, TRUE);
  g_autoptr (MadangActor) holder = madang_actor_new (officer->account);
  MadangLookup *lookup = MADANG_LOOKUP (madang_storage_get_records (fixture->reader));
  g_autoptr (GPtrArray) nothing = madang_open_work_list (lookup, holder, "programme", 200);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) first = NULL;

  g_assert_cmpuint (nothing->len, ==, 0);
  step (officer, madang_record_get_id (one), "submit");
  step (other, madang_record_get_id (two), "submit");
  madang_actor_add_grant (holder, MADANG_ROLE_CITY_COORDINATOR, "programme", NULL);
  all = madang_open_work_list (lookup, holder, "programme", 200);
  first = madang_open_work_list (lookup, holder, "programme", 1);
  g_assert_cmpuint (all->len, >=, 2);
  g_assert_true (is_sorted (all));
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpstr (((MadangOpenWork *)first->pdata[0])->record, ==,
                   ((MadangOpenWork *)all->pdata[0])->record);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/hand-over/rights-move-at-once", test_rights_move_at_once);
  FIXTURE_TEST ("/hand-over/successor-is-told", test_successor_is_told);
  FIXTURE_TEST ("/hand-over/due-day", test_due_day_comes_along);
  FIXTURE_TEST ("/hand-over/coordinator", test_coordinator);
  FIXTURE_TEST ("/hand-over/unread-notices", test_unread_notices_follow);
  FIXTURE_TEST ("/hand-over/refusals", test_refusals);
  FIXTURE_TEST ("/hand-over/not-twice-and-in-force", test_not_twice_and_in_force);
  FIXTURE_TEST ("/hand-over/soonest-first", test_soonest_first_and_so_many);

  return g_test_run ();
}
