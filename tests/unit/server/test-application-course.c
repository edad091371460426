/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-accounts.h"
#include "madang-day.h"
#include "madang-entry.h"
#include "madang-id.h"
#include "madang-notices.h"
#include "madang-supplements.h"
#include "madang-wire-messages.h"

/* The course of an application on the server: supplements, paper forms that are entered late, the
 * end of the call. It is Monday 9 March 2020; the call closes on Friday the 13th. */

#define CLOSE "2020-03-13"
#define FREE_DAY "2020-03-14" /* a Saturday */
#define NEXT_WORK_DAY "2020-03-16"
#define LONGER "2020-03-20"
#define ITEMS "1. 운영현황의 예산을 적어 주십시오.\n2. 기관장의 직인이 빠졌습니다."

/* --- events ---------------------------------------------------------------------------------- */

/* Names and values of the arguments, ended by NULL. */
static MadangMutation *
new_event (MadangRecord *seen, const char *event, ...) G_GNUC_NULL_TERMINATED;

static MadangMutation *
new_event (MadangRecord *seen, const char *event, ...)
{
  MadangMutation *mutation = mutation_new_event (seen, event);
  GVariantDict arguments;
  const char *name;
  va_list values;

  g_variant_dict_init (&arguments, NULL);
  va_start (values, event);
  while ((name = va_arg (values, const char *)) != NULL)
    g_variant_dict_insert (&arguments, name, "s", va_arg (values, const char *));
  va_end (values);
  mutation->arguments = g_variant_ref_sink (g_variant_dict_end (&arguments));
  return mutation;
}

/* It happens. Takes the mutation. */
static MadangRecord *
run (Person *person, MadangMutation *mutation)
{
  g_autoptr (MadangMutation) owned = mutation;
  g_autoptr (MadangPushResult) result = NULL;

  person_stay_signed_in (person);
  result = person_push (person, owned);
  g_assert_cmpstr (result->code, ==, NULL);
  /* Merged: the server's own events have come between. */
  g_assert_true (result->outcome == MADANG_OUTCOME_APPLIED
                 || result->outcome == MADANG_OUTCOME_MERGED);
  return server_fixture_read (person->fixture, owned->id);
}

/* It does not, and the record stays as it is. Takes the mutation. */
static void
refuse (Person *person, MadangMutation *mutation, const char *code)
{
  g_autoptr (MadangMutation) owned = mutation;
  g_autoptr (MadangRecord) before = server_fixture_read (person->fixture, owned->id);
  g_autoptr (MadangRecord) after = NULL;
  g_autofree char *had = madang_record_dup_digest (before);
  g_autofree char *has = NULL;

  person_stay_signed_in (person);
  assert_rejected (person, owned, code);
  after = server_fixture_read (person->fixture, owned->id);
  has = madang_record_dup_digest (after);
  g_assert_cmpstr (has, ==, had);
}

static char *
pull (Person *person)
{
  person_stay_signed_in (person);
  return person_pull (person);
}

static MadangRecord *
submit (Person *officer, const char *agency)
{
  g_autoptr (MadangRecord) draft = person_create_application (officer, agency, TRUE);

  return run (officer, mutation_new_event (draft, "submit"));
}

static MadangRecord *
request (Person *coordinator, MadangRecord *application, const char *due)
{
  return run (coordinator,
              new_event (application, "request_supplement", "items", ITEMS, "due", due, NULL));
}

/* Submitted, received with a number, and asked for a supplement. */
static MadangRecord *
submit_and_request (Person *officer, Person *coordinator, const char *due)
{
  g_autoptr (MadangRecord) submitted = submit (officer, officer->fixture->geumcheon);
  g_autoptr (MadangRecord) received = run (coordinator, mutation_new_event (submitted, "receive"));

  return request (coordinator, received, due);
}

static void
assert_state (ServerFixture *fixture, MadangRecord *record, const char *state)
{
  g_autoptr (MadangRecord) now = server_fixture_read (fixture, madang_record_get_id (record));

  g_assert_cmpstr (madang_record_get_state (now), ==, state);
}

/* --- what else there is ---------------------------------------------------------------------- */

static GPtrArray *
find_all (ServerFixture *fixture, const char *kind, const char *field, const char *value)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind);
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  madang_query_add_equal (query, field, g_variant_new_string (value));
  found = madang_record_store_find (madang_storage_get_records (fixture->reader), query, &error);
  g_assert_no_error (error);
  return found;
}

/* The only one of an application. */
static MadangRecord *
find_request (ServerFixture *fixture, MadangRecord *application)
{
  g_autoptr (GPtrArray) found = find_all (fixture, madang_supplement_request_kind.name,
                                          "application", madang_record_get_id (application));

  g_assert_cmpuint (found->len, ==, 1);
  return g_object_ref (found->pdata[0]);
}

static void
assert_request (ServerFixture *fixture, MadangRecord *application, const char *state)
{
  g_autoptr (MadangRecord) request_record = find_request (fixture, application);

  g_assert_cmpstr (madang_record_get_state (request_record), ==, state);
}

static guint
count_notices (ServerFixture *fixture, const char *agency, const char *code, const char *day)
{
  g_autoptr (GPtrArray) found = find_all (fixture, madang_notice_kind.name, "agency", agency);
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    n += g_str_equal (madang_record_get_text (found->pdata[i], "code"), code)
         && (day == NULL || g_str_equal (madang_record_get_text (found->pdata[i], "day"), day));
  return n;
}

static MadangRecord *
read_programme (ServerFixture *fixture)
{
  return server_fixture_read (fixture, fixture->programme);
}

/* --- supplements ----------------------------------------------------------------------------- */

static void
test_request (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) asked = submit_and_request (officer, coordinator, FREE_DAY);
  g_autoptr (MadangRecord) one = find_request (fixture, asked);
  g_autofree char *seen = pull (officer);
  g_autofree char *seen_by_other = pull (other);

  g_assert_cmpstr (madang_record_get_state (asked), ==, "supplement");
  g_assert_cmpstr (madang_record_get_text (asked, "supplement_due"), ==, NEXT_WORK_DAY);
  g_assert_cmpstr (madang_record_get_state (one), ==, "open");
  g_assert_cmpstr (madang_record_get_text (one, "items"), ==, ITEMS);
  g_assert_cmpstr (madang_record_get_text (one, "due"), ==, NEXT_WORK_DAY);
  g_assert_cmpint (madang_record_get_number (one, "asked_at", 0), ==,
                   madang_clock_get_programme_now (fixture->clock));
  g_assert_cmpuint (
      count_notices (fixture, fixture->geumcheon, "supplement_requested", NEXT_WORK_DAY), ==, 1);
  g_assert_nonnull (strstr (seen, madang_record_get_id (one)));
  g_assert_null (strstr (seen_by_other, madang_record_get_id (one)));
}

static void
test_bad_requests (ServerFixture *fixture, gconstpointer data)
{
  static const char *const days[] = { "2020-03-09", "2020-03-08", "2020-02-30", "", "soon" };
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) submitted = submit (officer, fixture->geumcheon);
  g_autofree char *fits = g_strnfill (1000, 'x');
  g_autofree char *too_long = g_strnfill (1001, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    refuse (coordinator,
            new_event (submitted, "request_supplement", "items", ITEMS, "due", days[i], NULL),
            "supplement.day");
  refuse (coordinator, new_event (submitted, "request_supplement", "items", "", "due", CLOSE, NULL),
          "supplement.items");
  refuse (coordinator,
          new_event (submitted, "request_supplement", "items", too_long, "due", CLOSE, NULL),
          "supplement.items");
  refuse (coordinator, mutation_new_event (submitted, "request_supplement"), "supplement.items");
  refuse (officer, new_event (submitted, "request_supplement", "items", ITEMS, "due", CLOSE, NULL),
          "right.none");
  g_object_unref (run (coordinator, new_event (submitted, "request_supplement", "items", fits,
                                               "due", CLOSE, NULL)));
}

/* The first number and time stay, however often it comes in. */
static void
test_answer_in_time (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) asked = submit_and_request (officer, coordinator, CLOSE);
  g_autofree char *number = g_strdup (madang_record_get_text (asked, "receipt_number"));
  gint64 received_at = madang_record_get_number (asked, "received_at", 0);
  gint64 submitted_at = madang_record_get_number (asked, "submitted_at", 0);
  g_autoptr (MadangRecord) mended = NULL;
  g_autoptr (MadangRecord) answered = NULL;
  g_autoptr (MadangRecord) again = NULL;
  g_autoptr (MadangRecord) one = NULL;

  g_assert_cmpstr (number, ==, "접수-2020-001");
  server_fixture_move_clock_to (fixture, madang_day_get_end (CLOSE) - 1);
  g_assert_cmpuint (server_fixture_run_timers (fixture), ==, 0);
  mended = run (officer, mutation_new_patch (asked, "suggestions", "예산 45,000천원"));
  answered = run (officer, new_event (mended, "answer_supplement", "answer", "예산을 적음", NULL));
  one = find_request (fixture, answered);

  g_assert_cmpstr (madang_record_get_state (answered), ==, "submitted");
  g_assert_false (madang_record_is_set (answered, "supplement_due"));
  g_assert_cmpint (madang_record_get_number (answered, "submitted_at", 0), ==, submitted_at);
  g_assert_cmpstr (madang_record_get_state (one), ==, "answered");
  g_assert_cmpstr (madang_record_get_text (one, "answer"), ==, "예산을 적음");
  g_assert_cmpint (madang_record_get_number (one, "answered_at", 0), ==,
                   madang_day_get_end (CLOSE) - 1);

  refuse (officer, mutation_new_event (answered, "answer_supplement"), "supplement.answered");
  again = run (coordinator, mutation_new_event (answered, "receive"));
  g_assert_cmpstr (madang_record_get_text (again, "receipt_number"), ==, number);
  g_assert_cmpint (madang_record_get_number (again, "received_at", 0), ==, received_at);
}

/* Without a supplement there is nothing to tell but the state. */
static void
test_answer_to_nothing (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) submitted = submit (officer, fixture->geumcheon);

  refuse (officer, mutation_new_event (submitted, "answer_supplement"), "state.event");
}

static void
test_answer_without_words (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) asked = submit_and_request (officer, coordinator, CLOSE);
  g_autoptr (MadangRecord) answered
      = run (officer, mutation_new_event (asked, "answer_supplement"));
  g_autoptr (MadangRecord) one = find_request (fixture, answered);

  g_assert_cmpstr (madang_record_get_state (one), ==, "answered");
  g_assert_false (madang_record_is_set (one, "answer"));
}

/* Neither a hole in the form nor a second round of requests slips through. */
static void
test_answers_that_do_not_do (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) asked = submit_and_request (officer, coordinator, CLOSE);
  g_autoptr (MadangRecord) emptied = NULL;
  g_autoptr (MadangRecord) filled = NULL;
  g_autofree char *too_long = g_strnfill (1001, 'x');

  refuse (coordinator, new_event (asked, "request_supplement", "items", ITEMS, "due", CLOSE, NULL),
          "state.event");
  refuse (coordinator, mutation_new_event (asked, "answer_supplement"), "right.none");
  emptied = run (officer, mutation_new_patch (asked, "plan", NULL));
  refuse (officer, mutation_new_event (emptied, "answer_supplement"), "R-A3.missing");
  filled = run (officer, mutation_new_patch (emptied, "plan", "새 계획"));
  refuse (officer, new_event (filled, "answer_supplement", "answer", too_long, NULL),
          "event.argument");
  assert_request (fixture, filled, "open");
}

/* Too late by an instant, before the server's own round has come to it and after. */
static void
test_answer_late (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) asked = submit_and_request (officer, coordinator, FREE_DAY);
  g_autofree char *number = g_strdup (madang_record_get_text (asked, "receipt_number"));
  g_autoptr (MadangRecord) lapsed = NULL;

  server_fixture_move_clock_to (fixture, madang_day_get_end (NEXT_WORK_DAY));
  refuse (officer, mutation_new_event (asked, "answer_supplement"), "supplement.over");
  g_assert_cmpuint (server_fixture_run_timers (fixture), ==, 2); /* the call closes as well */
  lapsed = server_fixture_read (fixture, madang_record_get_id (asked));
  g_assert_cmpstr (madang_record_get_state (lapsed), ==, "received");
  g_assert_cmpstr (madang_record_get_text (lapsed, "receipt_number"), ==, number);
  g_assert_false (madang_record_is_set (lapsed, "supplement_due"));
  assert_request (fixture, lapsed, "lapsed");
  g_assert_cmpuint (count_notices (fixture, fixture->geumcheon, "supplement_lapsed", NEXT_WORK_DAY),
                    ==, 1);
  refuse (officer, mutation_new_event (lapsed, "answer_supplement"), "supplement.over");
  refuse (officer, mutation_new_patch (lapsed, "plan", "너무 늦은 글"), "supplement.over");
  g_assert_cmpuint (server_fixture_run_timers (fixture), ==, 0);
}

/* What was never received counts as received when the day has passed. */
static void
test_lapse_receives (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) submitted = submit (officer, fixture->geumcheon);
  g_autoptr (MadangRecord) asked = request (coordinator, submitted, "2020-03-11");
  g_autoptr (MadangRecord) lapsed = NULL;

  g_assert_false (madang_record_is_set (asked, "receipt_number"));
  server_fixture_move_clock_to (fixture, madang_day_get_end ("2020-03-11"));
  g_assert_cmpuint (server_fixture_run_timers (fixture), ==, 1);
  lapsed = server_fixture_read (fixture, madang_record_get_id (asked));
  g_assert_cmpstr (madang_record_get_state (lapsed), ==, "received");
  g_assert_cmpstr (madang_record_get_text (lapsed, "receipt_number"), ==, "접수-2020-001");
  g_assert_cmpint (madang_record_get_number (lapsed, "received_at", 0), ==,
                   madang_day_get_end ("2020-03-11"));
}

static void
test_withdraw_drops_the_request (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) asked = submit_and_request (officer, coordinator, CLOSE);
  g_autoptr (MadangRecord) withdrawn
      = run (officer, new_event (asked, "withdraw", "reason", "사업을 내년에 함", NULL));

  g_assert_cmpstr (madang_record_get_state (withdrawn), ==, "withdrawn");
  g_assert_false (madang_record_is_set (withdrawn, "supplement_due"));
  assert_request (fixture, withdrawn, "dropped");
  server_fixture_move_clock_to (fixture, madang_day_get_end (CLOSE) - 1);
  g_assert_cmpuint (server_fixture_run_timers (fixture), ==, 0);
}

/* Without what was seen, as clients send it. */
static MadangMutation *
new_receipt (MadangRecord *application)
{
  MadangMutation *mutation = mutation_new_event (application, "receive");

  g_clear_pointer (&mutation->seen, g_free);
  return mutation;
}

/* The second learns it in words; the number is one, and nothing else has changed. */
static void
test_received_twice (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) first = person_new (fixture, "coordinator");
  g_autoptr (Person) second = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) submitted = submit (officer, fixture->geumcheon);
  g_autoptr (MadangRecord) received = run (first, new_receipt (submitted));
  g_autoptr (MadangRecord) after = NULL;

  refuse (second, new_receipt (submitted), "state.event");
  after = server_fixture_read (fixture, madang_record_get_id (received));
  g_assert_cmpstr (madang_record_get_state (after), ==, "received");
  g_assert_cmpstr (madang_record_get_text (after, "receipt_number"), ==, "접수-2020-001");
  g_assert_cmpint (madang_record_get_version (after, MADANG_PART_MAIN), ==,
                   madang_record_get_version (received, MADANG_PART_MAIN));
}

/* --- the end of the call ----------------------------------------------------------------------- */

static guint
count_warnings (ServerFixture *fixture)
{
  return count_notices (fixture, fixture->geumcheon, "closing_soon", NULL);
}

/* Not before the day begins, and once. */
static void
assert_warned_on (ServerFixture *fixture, const char *day, guint n)
{
  server_fixture_move_clock_to (fixture, madang_day_get_start (day) - 1);
  server_fixture_run_timers (fixture);
  g_assert_cmpuint (count_warnings (fixture), ==, n - 1);
  server_fixture_move_clock_to (fixture, madang_day_get_start (day));
  server_fixture_run_timers (fixture);
  g_assert_cmpuint (count_warnings (fixture), ==, n);
  server_fixture_run_timers (fixture);
  g_assert_cmpuint (count_warnings (fixture), ==, n);
}

/* The draft of Geumcheon alone: whoever has submitted is not warned. A draft that was begun four
 * days before the close is told at once of what is left. */
static void
test_warnings_and_expiry (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangRecord) submitted = submit (other, fixture->eunpyeong);

  server_fixture_run_timers (fixture);
  g_assert_cmpuint (count_warnings (fixture), ==, 1);
  assert_warned_on (fixture, "2020-03-10", 2);
  assert_warned_on (fixture, "2020-03-12", 3);
  g_assert_cmpuint (count_notices (fixture, fixture->geumcheon, "closing_soon", CLOSE), ==, 3);
  g_assert_cmpuint (count_notices (fixture, fixture->eunpyeong, "closing_soon", NULL), ==, 0);

  server_fixture_move_clock_to (fixture, madang_day_get_end (CLOSE) - 1);
  server_fixture_run_timers (fixture);
  assert_state (fixture, draft, "draft");
  server_fixture_move_clock_to (fixture, madang_day_get_end (CLOSE));
  server_fixture_run_timers (fixture);
  assert_state (fixture, draft, "expired");
  assert_state (fixture, submitted, "submitted");
  g_assert_cmpuint (count_warnings (fixture), ==, 3);
}

static MadangMutation *
new_extension (ServerFixture *fixture, const char *day)
{
  g_autoptr (MadangRecord) programme = read_programme (fixture);

  return new_event (programme, "extend_call", "call_close", day, "reason", "자치구 요청", NULL);
}

/* The new close is warned of anew, as the old one was. */
static void
test_extension_for_all (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) approver = person_new (fixture, "approver");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);

  server_fixture_move_clock_to (fixture, madang_day_get_start ("2020-03-12"));
  server_fixture_run_timers (fixture);
  g_assert_cmpuint (count_warnings (fixture), ==, 1);
  refuse (coordinator, new_extension (fixture, LONGER), "right.none");
  refuse (approver, new_extension (fixture, CLOSE), "call.day");
  refuse (approver, new_extension (fixture, "2020-12-31"), "call.day");
  g_object_unref (run (approver, new_extension (fixture, LONGER)));
  g_assert_cmpuint (count_notices (fixture, fixture->geumcheon, "call_extended", LONGER), ==, 1);
  g_assert_cmpuint (count_notices (fixture, fixture->eunpyeong, "call_extended", LONGER), ==, 1);

  assert_warned_on (fixture, "2020-03-13", 2);
  assert_warned_on (fixture, "2020-03-17", 3);
  assert_warned_on (fixture, "2020-03-19", 4);
  server_fixture_move_clock_to (fixture, madang_day_get_end (LONGER) - 1);
  g_object_unref (run (officer, mutation_new_event (draft, "submit")));
}

static void
test_extension_after_the_close (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) approver = person_new (fixture, "approver");
  g_autoptr (MadangRecord) programme = read_programme (fixture);

  server_fixture_move_clock_to (fixture, madang_day_get_end (CLOSE));
  refuse (approver, new_extension (fixture, LONGER), "call.over");
  server_fixture_run_timers (fixture);
  assert_state (fixture, programme, "call_closed");
  refuse (approver, new_extension (fixture, LONGER), "call.over");
}

/* Geumcheon alone may submit, and sign, after the close. */
static void
test_extension_for_one (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (Person) approver = person_new (fixture, "approver");
  g_autoptr (MadangRecord) programme = read_programme (fixture);
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);
  g_autoptr (MadangRecord) lost = person_create_application (other, fixture->eunpyeong, TRUE);
  g_autoptr (MadangRecord) signed_late = NULL;

  g_object_unref (
      run (approver, new_event (programme, "extend_call_for", "agency", fixture->geumcheon, "until",
                                LONGER, "reason", "담당자 교체", NULL)));
  g_assert_cmpuint (count_notices (fixture, fixture->geumcheon, "call_extended", LONGER), ==, 1);
  g_assert_cmpuint (count_notices (fixture, fixture->eunpyeong, "call_extended", NULL), ==, 0);

  server_fixture_move_clock_to (fixture, madang_day_get_end (CLOSE));
  refuse (other, mutation_new_event (lost, "submit"), "R-A1.late");
  server_fixture_run_timers (fixture);
  assert_state (fixture, lost, "expired");
  assert_state (fixture, draft, "draft");
  signed_late = run (officer, mutation_new_patch (draft, "signed_on", LONGER));
  server_fixture_move_clock_to (fixture, madang_day_get_end (LONGER) - 1);
  g_object_unref (run (officer, mutation_new_event (signed_late, "submit")));
}

static void
test_extension_for_one_ends (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) approver = person_new (fixture, "approver");
  g_autoptr (MadangRecord) programme = read_programme (fixture);
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, TRUE);

  g_object_unref (
      run (approver, new_event (programme, "extend_call_for", "agency", fixture->geumcheon, "until",
                                LONGER, "reason", "담당자 교체", NULL)));
  server_fixture_move_clock_to (fixture, madang_day_get_end (LONGER));
  refuse (officer, mutation_new_event (draft, "submit"), "R-A1.late");
  server_fixture_run_timers (fixture);
  assert_state (fixture, draft, "expired");
}

/* Whoever has submitted or handed in paper has answered; a draft, a withdrawal or a paper form that
 * was not accepted is no answer. */
static void
test_reminder (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) submitted = submit (officer, fixture->geumcheon);
  g_autoptr (MadangRecord) draft = person_create_application (other, fixture->eunpyeong, TRUE);
  g_autoptr (MadangRecord) programme = read_programme (fixture);
  g_autoptr (MadangRecord) reminded = NULL;
  g_autoptr (GPtrArray) agencies = NULL;
  g_autoptr (GPtrArray) told = NULL;
  guint n_others = 0;

  reminded = run (coordinator, new_event (programme, "remind", "message", "기다립니다", NULL));
  g_assert_cmpuint (count_notices (fixture, fixture->geumcheon, "reminder", NULL), ==, 0);
  g_assert_cmpuint (count_notices (fixture, fixture->eunpyeong, "reminder", CLOSE), ==, 1);
  agencies = find_all (fixture, "agency", "kind", "district");
  for (guint i = 0; i < agencies->len; i++)
    n_others
        += count_notices (fixture, madang_record_get_id (agencies->pdata[i]), "reminder", CLOSE);
  g_assert_cmpuint (agencies->len, ==, 25);
  g_assert_cmpuint (n_others, ==, 24);

  g_object_unref (run (officer, new_event (submitted, "withdraw", "reason", "다시 씀", NULL)));
  g_object_unref (run (other, mutation_new_event (draft, "submit")));
  refuse (coordinator, new_event (reminded, "remind", NULL), "call.reminded");
  g_assert_cmpuint (count_notices (fixture, fixture->geumcheon, "reminder", NULL), ==, 0);
  server_fixture_move_clock_to (fixture, madang_day_get_start ("2020-03-10"));
  g_object_unref (run (coordinator, new_event (reminded, "remind", NULL)));
  g_assert_cmpuint (count_notices (fixture, fixture->geumcheon, "reminder", CLOSE), ==, 1);
  g_assert_cmpuint (count_notices (fixture, fixture->eunpyeong, "reminder", NULL), ==, 1);
}

/* --- paper forms that are entered late ----------------------------------------------------------- */

static MadangMutation *
new_paper (ServerFixture *fixture, const char *arrived)
{
  MadangMutation *mutation = mutation_new_application (fixture->programme, fixture->geumcheon);

  mutation_complete_application (mutation);
  g_ptr_array_add (mutation->edits, madang_edit_new ("late", NULL, g_variant_new_boolean (TRUE)));
  if (arrived != NULL)
    mutation_add_text (mutation, "arrived_on", NULL, arrived);
  return mutation;
}

/* A week after the close. */
static MadangRecord *
enter_paper (Person *coordinator)
{
  ServerFixture *fixture = coordinator->fixture;
  g_autoptr (MadangRecord) draft = NULL;

  server_fixture_move_clock_to (fixture, madang_day_get_start ("2020-03-20"));
  server_fixture_run_timers (fixture);
  draft = run (coordinator, new_paper (fixture, CLOSE));
  return run (coordinator, mutation_new_event (draft, "enter_late"));
}

/* The agency sees it once it is accepted, and can be asked for a supplement like any other. */
static void
test_late_accepted (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (Person) approver = person_new (fixture, "approver");
  g_autoptr (MadangRecord) entered = enter_paper (coordinator);
  g_autofree char *home = g_strconcat ("agency:", fixture->geumcheon, NULL);
  g_autofree char *before = pull (officer);
  g_autofree char *after = NULL;
  g_autoptr (MadangRecord) accepted = NULL;
  g_autoptr (MadangRecord) received = NULL;

  g_assert_cmpstr (madang_record_get_state (entered), ==, "late_entry");
  g_assert_cmpstr (madang_record_get_scope (entered), ==, "office");
  g_assert_cmpstr (madang_record_get_text (entered, "entered_by"), ==, coordinator->account);
  g_assert_null (strstr (before, madang_record_get_id (entered)));
  refuse (coordinator, mutation_new_event (entered, "accept_late"), "right.none");

  accepted = run (approver, mutation_new_event (entered, "accept_late"));
  after = pull (officer);
  g_assert_cmpstr (madang_record_get_state (accepted), ==, "submitted");
  g_assert_cmpstr (madang_record_get_scope (accepted), ==, home);
  g_assert_cmpstr (madang_record_get_text (accepted, "arrived_on"), ==, CLOSE);
  g_assert_nonnull (strstr (after, madang_record_get_id (accepted)));
  received = run (coordinator, mutation_new_event (accepted, "receive"));
  g_assert_cmpstr (madang_record_get_text (received, "receipt_number"), ==, "접수-2020-001");
  g_object_unref (request (coordinator, received, "2020-03-27"));
}

/* The agency is told why, the form stays with the office, and another may be entered. */
static void
test_late_refused (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (Person) approver = person_new (fixture, "approver");
  g_autoptr (MadangRecord) entered = enter_paper (coordinator);
  g_autoptr (MadangRecord) refused = NULL;
  g_autofree char *seen = NULL;

  refuse (approver, mutation_new_event (entered, "refuse_late"), "event.reason");
  refused
      = run (approver, new_event (entered, "refuse_late", "reason", "소인이 3월 16일자임", NULL));
  seen = pull (officer);
  g_assert_cmpstr (madang_record_get_state (refused), ==, "refused");
  g_assert_cmpstr (madang_record_get_text (refused, "refusal_reason"), ==, "소인이 3월 16일자임");
  g_assert_cmpuint (count_notices (fixture, fixture->geumcheon, "late_entry_refused", NULL), ==, 1);
  g_assert_null (strstr (seen, "\"refusal_reason\""));
  g_object_unref (run (coordinator, new_paper (fixture, CLOSE)));
}

static gboolean
make_approver (MadangWrite *write, gpointer data, GError **error)
{
  const Person *person = data;
  MadangSave save
      = { .write = write, .now = madang_clock_get_programme_now (person->fixture->clock) };
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangRecord) grant = madang_record_new (&madang_role_grant_kind, id);

  return madang_entry_set_text (grant, "account", person->account, error)
         && madang_entry_set_text (grant, "role", "city_approver", error)
         && madang_entry_set_text (grant, "scope", "programme", error)
         && madang_entry_set_text (grant, "valid_from", "2020-01-01", error)
         && madang_entry_set_text (grant, "valid_to", "2020-12-31", error)
         && madang_entry_create (&save, grant, error);
}

/* Who holds both roles still does not decide on an own entry. */
static void
test_late_same_person (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) entered = enter_paper (coordinator);

  server_fixture_write (fixture, make_approver, coordinator);
  refuse (coordinator, mutation_new_event (entered, "accept_late"), "late.same-person");
  refuse (coordinator, new_event (entered, "refuse_late", "reason", "잘못 넣음", NULL),
          "late.same-person");
}

static void
test_late_arrival (ServerFixture *fixture, gconstpointer data)
{
  static const char *const days[] = { "2020-02-23", "2020-03-14" };
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangRecord) draft = run (coordinator, new_paper (fixture, NULL));
  g_autoptr (MadangRecord) tomorrow = NULL;

  refuse (coordinator, mutation_new_event (draft, "enter_late"), "R-A3.missing");
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (MadangRecord) patched
          = run (coordinator, mutation_new_patch (draft, "arrived_on", days[i]));

      refuse (coordinator, mutation_new_event (patched, "enter_late"), "late.arrival");
      g_set_object (&draft, patched);
    }
  /* Within the call, but after today. */
  tomorrow = run (coordinator, mutation_new_patch (draft, "arrived_on", "2020-03-10"));
  refuse (coordinator, mutation_new_event (tomorrow, "enter_late"), "late.arrival");
  server_fixture_move_clock_to (fixture, madang_day_get_start ("2020-03-10"));
  g_object_unref (run (coordinator, mutation_new_event (tomorrow, "enter_late")));
}

/* Only the city enters paper, and one entry at a time; one begun by mistake can be put away. */
static void
test_late_drafts (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autoptr (MadangMutation) forged = new_paper (fixture, "2020-03-09");
  g_autoptr (MadangMutation) second = new_paper (fixture, "2020-03-09");
  g_autoptr (MadangMutation) own
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  g_autoptr (MadangRecord) draft = NULL;
  g_autoptr (MadangRecord) put_away = NULL;
  g_autofree char *seen = NULL;

  assert_rejected (officer, forged, "late.not-yours");
  draft = run (coordinator, new_paper (fixture, "2020-03-09"));
  assert_rejected (coordinator, second, "R-A2.duplicate");
  assert_rejected (officer, own, "R-A2.duplicate");
  put_away = run (coordinator, mutation_new_event (draft, "discard_late"));
  seen = pull (officer);
  g_assert_cmpstr (madang_record_get_state (put_away), ==, "withdrawn");
  g_assert_null (strstr (seen, madang_record_get_id (put_away)));
  g_object_unref (person_create_application (officer, fixture->geumcheon, TRUE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/course/supplement/request", test_request);
  FIXTURE_TEST ("/course/supplement/bad-requests", test_bad_requests);
  FIXTURE_TEST ("/course/supplement/answer-in-time", test_answer_in_time);
  FIXTURE_TEST ("/course/supplement/answer-without-words", test_answer_without_words);
  FIXTURE_TEST ("/course/supplement/answers-that-do-not-do", test_answers_that_do_not_do);
  FIXTURE_TEST ("/course/supplement/answer-to-nothing", test_answer_to_nothing);
  FIXTURE_TEST ("/course/supplement/answer-late", test_answer_late);
  FIXTURE_TEST ("/course/supplement/lapse-receives", test_lapse_receives);
  FIXTURE_TEST ("/course/supplement/withdraw", test_withdraw_drops_the_request);
  FIXTURE_TEST ("/course/received-twice", test_received_twice);
  FIXTURE_TEST ("/course/close/warnings-and-expiry", test_warnings_and_expiry);
  FIXTURE_TEST ("/course/close/extension-for-all", test_extension_for_all);
  FIXTURE_TEST ("/course/close/extension-after-the-close", test_extension_after_the_close);
  FIXTURE_TEST ("/course/close/extension-for-one", test_extension_for_one);
  FIXTURE_TEST ("/course/close/extension-for-one-ends", test_extension_for_one_ends);
  FIXTURE_TEST ("/course/close/reminder", test_reminder);
  FIXTURE_TEST ("/course/late/accepted", test_late_accepted);
  FIXTURE_TEST ("/course/late/refused", test_late_refused);
  FIXTURE_TEST ("/course/late/same-person", test_late_same_person);
  FIXTURE_TEST ("/course/late/arrival", test_late_arrival);
  FIXTURE_TEST ("/course/late/drafts", test_late_drafts);

  return g_test_run ();
}
