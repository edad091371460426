/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-accounts.h"
#include "madang-programme.h"
#include "madang-system.h"
#include "model-fixture.h"

static MadangVerdict *
check_event (MadangRecord *record, MadangRole role, const char *event, const char *arguments)
{
  g_autoptr (MadangActor) actor = sample_actor_new (role);
  g_autoptr (GVariant) parsed
      = arguments != NULL ? g_variant_parse (G_VARIANT_TYPE_VARDICT, arguments, NULL, NULL, NULL)
                          : NULL;
  const MadangEventContext context = {
    .record = record,
    .event = madang_kind_find_event (madang_record_get_kind (record), event),
    .actor = actor,
    .now = IN_THE_CALL,
    .arguments = parsed,
  };

  g_assert_nonnull (context.event);
  g_assert_true ((arguments == NULL) == (parsed == NULL));
  return madang_event_check (&context);
}

/* State before right before completeness before reason. */
static void
test_order (void)
{
  g_autoptr (MadangRecord) record = madang_record_new (&sample_kind, APPLICATION);

  madang_record_set (record, "flag", g_variant_new_boolean (TRUE), NULL);
  madang_record_set_state (record, "shut");
  assert_no (check_event (record, MADANG_ROLE_AUDITOR, "shut", "{'x': <1>}"), "state.event",
             "shut shut");
  madang_record_set_state (record, "open");
  assert_no (check_event (record, MADANG_ROLE_AUDITOR, "shut", "{'x': <1>}"), "right.none", "");
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "shut", "{'x': <1>}"), "field.missing",
             "why");
  set_text (record, "why", "까닭");
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "shut", "{'x': <1>}"), "event.reason",
             "");
  assert_yes (check_event (record, MADANG_ROLE_CITY_APPROVER, "shut", "{'reason': <'끝'>}"));

  madang_record_set_state (record, "of_a_newer_program");
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "shut", NULL), "state.unknown", "");
  madang_record_set_state (record, "open");
  madang_record_set_deleted (record, TRUE);
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "shut", NULL), "record.deleted", "");
}

static void
test_reason (void)
{
  g_autoptr (MadangRecord) record = madang_record_new (&sample_kind, APPLICATION);
  g_autofree char *longest = g_strnfill (500, 'x');
  g_autofree char *too_long = g_strnfill (501, 'x');
  g_autofree char *good = g_strdup_printf ("{'reason': <'%s'>}", longest);
  g_autofree char *bad = g_strdup_printf ("{'reason': <'%s'>}", too_long);

  /* A button asks before there is a reason. */
  assert_yes (check_event (record, MADANG_ROLE_CITY_APPROVER, "shut", NULL));
  assert_yes (check_event (record, MADANG_ROLE_CITY_APPROVER, "shut", good));
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "shut", bad), "event.reason", "");
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "shut", "{'reason': <''>}"),
             "event.reason", "");
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "shut", "{'reason': <' x'>}"),
             "event.reason", "");
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "shut", "{'reason': <1>}"),
             "event.reason", "");
}

static void
test_mutation_needs_reason (void)
{
  g_autoptr (MadangRecord) record = madang_record_new (&sample_kind, APPLICATION);
  g_autoptr (MadangActor) actor = sample_actor_new (MADANG_ROLE_CITY_APPROVER);
  const MadangEventContext context = {
    .record = record,
    .event = madang_kind_find_event (&sample_kind, "shut"),
    .actor = actor,
    .mutation = MUTATION,
  };

  assert_no (madang_event_check (&context), "event.reason", "");
}

static void
test_open_call (void)
{
  g_autoptr (MadangRecord) record = sample_programme_new ();

  assert_yes (check_event (record, MADANG_ROLE_CITY_APPROVER, "open_call", NULL));
  assert_no (check_event (record, MADANG_ROLE_CITY_COORDINATOR, "open_call", NULL), "right.none",
             "");
  set_text (record, "call_close", "2020-02-23");
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "open_call", NULL), "programme.order",
             "call_open call_close");
  /* It would close in the moment in which it opens. */
  set_text (record, "call_close", "2020-02-24");
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "open_call", NULL), "call.past",
             "2020-02-24");
  set_text (record, "call_close", "2020-03-13");
  set_text (record, "criteria", NULL);
  madang_record_set (record, "budget_total", NULL, NULL);
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "open_call", NULL), "field.missing",
             "budget_total criteria");
}

static MadangVerdict *
check_milestone (MadangLookup *lookup, const char *first, const char *last)
{
  g_autoptr (MadangRecord) record = madang_record_new (&madang_milestone_kind, APPLICATION);
  const MadangEventContext context = { .record = record, .lookup = lookup };

  set_text (record, "programme", PROGRAMME);
  set_text (record, "code", "call");
  set_text (record, "planned_start", first);
  set_text (record, "planned_end", last);
  return madang_milestone_kind.check (&context);
}

/* A year that is typed wrong is told from one that only begins early or ends late. */
static void
test_far_days (void)
{
  g_autoptr (MadangRecord) programme = sample_programme_new ();
  g_autoptr (MemoryLookup) memory = memory_lookup_new ();
  MadangLookup *lookup = MADANG_LOOKUP (memory);
  const MadangEventContext context = { .record = programme };

  memory_lookup_add (memory, programme);
  assert_yes (check_milestone (lookup, "2019-01-01", "2021-12-31"));
  assert_no (check_milestone (lookup, "0001-01-01", "9999-12-31"), "programme.far",
             "planned_start 2019-01-01 2021-12-31");
  assert_no (check_milestone (lookup, "2018-12-31", "2020-12-31"), "programme.far",
             "planned_start 2019-01-01 2021-12-31");
  assert_no (check_milestone (lookup, "2020-01-01", "2022-01-01"), "programme.far",
             "planned_end 2019-01-01 2021-12-31");
  assert_no (check_milestone (lookup, "2020-12-31", "2020-01-01"), "milestone.order",
             "planned_start planned_end");
  assert_yes (madang_programme_kind.check (&context));
  set_text (programme, "period_end", "9999-12-31");
  assert_no (madang_programme_kind.check (&context), "programme.far",
             "period_end 1999-01-01 2101-12-31");
}

static void
test_close_call (void)
{
  g_autoptr (MadangRecord) record = sample_programme_new ();

  assert_no (check_event (record, MADANG_ROLE_CITY_COORDINATOR, "close_call", NULL), "state.event",
             "close_call draft");
  madang_record_set_state (record, "call_open");
  assert_yes (check_event (record, MADANG_ROLE_CITY_COORDINATOR, "close_call", NULL));
  assert_no (check_event (record, MADANG_ROLE_CITY_APPROVER, "close_call", NULL), "right.none", "");
  assert_no (check_event (record, MADANG_ROLE_AGENCY_OFFICER, "close_call", NULL), "right.none",
             "");
}

/* Longer while it lasts, up to the selection; afterwards the rule says when it was over. */
static void
test_extend_call (void)
{
  g_autoptr (MadangRecord) record = sample_programme_new ();
  const MadangRole approver = MADANG_ROLE_CITY_APPROVER;

  madang_record_set_state (record, "call_open");
  assert_yes (check_event (record, approver, "extend_call", NULL));
  assert_yes (check_event (record, approver, "extend_call",
                           "{'call_close': <'2020-03-31'>, 'reason': <'견본'>}"));
  assert_no (check_event (record, approver, "extend_call", "{'call_close': <'2020-03-20'>}"),
             "event.reason", "");
  assert_no (check_event (record, approver, "extend_call",
                          "{'call_close': <'2020-03-13'>, 'reason': <'견본'>}"),
             "call.day", "2020-03-13 2020-03-31");
  assert_no (check_event (record, approver, "extend_call",
                          "{'call_close': <'2020-04-01'>, 'reason': <'견본'>}"),
             "call.day", "2020-03-13 2020-03-31");
  assert_no (check_event (record, MADANG_ROLE_CITY_COORDINATOR, "extend_call", NULL), "right.none",
             "");
  madang_record_set_state (record, "call_closed");
  assert_no (check_event (record, approver, "extend_call", NULL), "call.closed", "");
  set_text (record, "call_close", "2020-03-08");
  assert_no (check_event (record, approver, "extend_call", NULL), "call.over", "2020-03-08");
  assert_no (check_event (record, approver, "extend_call_for", NULL), "call.over", "2020-03-08");
  madang_record_set_state (record, "selected");
  assert_no (check_event (record, approver, "extend_call", NULL), "state.event",
             "extend_call selected");
}

/* The button is off for the rest of the day, whoever looks at it. */
static void
test_remind (void)
{
  g_autoptr (MadangRecord) record = sample_programme_new ();
  const MadangRole coordinator = MADANG_ROLE_CITY_COORDINATOR;

  madang_record_set_state (record, "call_open");
  assert_yes (check_event (record, coordinator, "remind", NULL));
  set_number (record, "reminded_at", IN_THE_CALL);
  assert_no (check_event (record, coordinator, "remind", NULL), "call.reminded", "1583715600000");
  assert_no (check_event (record, coordinator, "remind", "{'message': <'견본'>}"), "call.reminded",
             "1583715600000");
  /* 10:00 of that day; midnight in Seoul is ten hours before. */
  set_number (record, "reminded_at", IN_THE_CALL - 36000000);
  assert_no (check_event (record, coordinator, "remind", NULL), "call.reminded", "1583679600000");
  set_number (record, "reminded_at", IN_THE_CALL - 36000001);
  assert_yes (check_event (record, coordinator, "remind", "{'message': <'견본'>}"));
}

static void
test_accounts (void)
{
  g_autoptr (MadangRecord) account = madang_record_new (&madang_account_kind, ACCOUNT);
  g_autoptr (MadangRecord) grant = madang_record_new (&madang_role_grant_kind, APPLICATION);

  assert_yes (check_event (account, MADANG_ROLE_SYSTEM_ADMIN, "close", NULL));
  assert_no (check_event (account, MADANG_ROLE_CITY_APPROVER, "close", NULL), "right.none", "");
  madang_record_set_state (account, "closed");
  assert_no (check_event (account, MADANG_ROLE_SYSTEM_ADMIN, "close", NULL), "state.event",
             "close closed");
  assert_yes (check_event (grant, MADANG_ROLE_SYSTEM_ADMIN, "revoke", NULL));
  assert_no (check_event (grant, MADANG_ROLE_CITY_COORDINATOR, "revoke", NULL), "right.none", "");
}

static MadangVerdict *
check_grant (const char *role, const char *scope, const char *agency)
{
  g_autoptr (MadangRecord) record = madang_record_new (&madang_role_grant_kind, APPLICATION);
  const MadangEventContext context = { .record = record };

  set_text (record, "role", role);
  set_text (record, "scope", scope);
  set_text (record, "agency", agency);
  set_text (record, "valid_from", "2020-02-24");
  set_text (record, "valid_to", "2020-12-31");
  return madang_role_grant_kind.check (&context);
}

static void
test_grant_scopes (void)
{
  assert_yes (check_grant ("city_coordinator", "programme", NULL));
  assert_yes (check_grant ("agency_officer", "agency:" AGENCY, NULL));
  assert_yes (check_grant ("department_answerer", "dept:" APPLICATION, AGENCY));
  assert_no (check_grant ("department_answerer", "dept:" APPLICATION, NULL), "grant.agency",
             "department_answerer");
  /* An officer of the whole programme would read every agency. */
  assert_no (check_grant ("agency_officer", "programme", NULL), "grant.scope",
             "agency_officer programme");
  assert_no (check_grant ("agency_officer", "agency:", NULL), "grant.scope",
             "agency_officer agency:");
  assert_no (check_grant ("panel_member", "office-personal", NULL), "grant.scope",
             "panel_member office-personal");
}

static void
test_settle (void)
{
  g_autoptr (MadangRecord) record = madang_record_new (&madang_conflict_kind, APPLICATION);

  set_text (record, "author", OTHER_ACCOUNT);
  set_text (record, "home", "agency:" AGENCY);
  assert_yes (
      check_event (record, MADANG_ROLE_AGENCY_OFFICER, "settle", "{'resolution': <'mine'>}"));
  assert_no (check_event (record, MADANG_ROLE_AGENCY_OFFICER, "settle",
                          "{'resolution': <'nobody'>}"),
             "event.argument", "resolution");
  assert_no (check_event (record, MADANG_ROLE_AGENCY_OFFICER, "settle", "@a{sv} {}"),
             "event.argument", "resolution");
  assert_no (check_event (record, MADANG_ROLE_CITY_COORDINATOR, "settle",
                          "{'resolution': <'mine'>}"),
             "right.none", "");
  /* The auditor sees that there is a conflict, not what is in it. */
  set_text (record, "home", "programme");
  assert_no (check_event (record, MADANG_ROLE_AUDITOR, "settle", "{'resolution': <'mine'>}"),
             "right.none", "");
  assert_yes (
      check_event (record, MADANG_ROLE_CITY_COORDINATOR, "settle", "{'resolution': <'theirs'>}"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event/order", test_order);
  g_test_add_func ("/event/reason", test_reason);
  g_test_add_func ("/event/mutation-needs-reason", test_mutation_needs_reason);
  g_test_add_func ("/event/open-call", test_open_call);
  g_test_add_func ("/event/far-days", test_far_days);
  g_test_add_func ("/event/close-call", test_close_call);
  g_test_add_func ("/event/extend-call", test_extend_call);
  g_test_add_func ("/event/remind", test_remind);
  g_test_add_func ("/event/accounts", test_accounts);
  g_test_add_func ("/event/grant-scopes", test_grant_scopes);
  g_test_add_func ("/event/settle", test_settle);

  return g_test_run ();
}
