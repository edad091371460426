/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-applications.h"
#include "model-fixture.h"

/* Everything that decides about an application, held completely. */
typedef struct
{
  MadangRecord *application;
  MadangRecord *programme;
  MadangRecord *agency;
  MemoryLookup *lookup;
  MadangActor *officer;
  MadangEventContext context;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->application = sample_application_new (APPLICATION);
  self->programme = sample_programme_new ();
  madang_record_set_state (self->programme, "call_open");
  self->agency = sample_agency_new (AGENCY, "district");
  self->officer = sample_actor_new (MADANG_ROLE_AGENCY_OFFICER);
  self->lookup = memory_lookup_new ();
  memory_lookup_add (self->lookup, self->application);
  memory_lookup_add (self->lookup, self->programme);
  memory_lookup_add (self->lookup, self->agency);
  memory_lookup_hold (self->lookup, "agency:" AGENCY);
  self->context = (MadangEventContext){
    .record = self->application,
    .event = madang_kind_find_event (&madang_application_kind, "submit"),
    .actor = self->officer,
    .lookup = MADANG_LOOKUP (self->lookup),
    .now = IN_THE_CALL,
  };
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->application);
  g_clear_object (&self->programme);
  g_clear_object (&self->agency);
  g_clear_object (&self->lookup);
  g_clear_pointer (&self->officer, madang_actor_unref);
}

static MadangVerdict *
submit_at (Fixture *self, gint64 now)
{
  self->context.now = now;
  return madang_event_check (&self->context);
}

static void
test_window (Fixture *self, gconstpointer data)
{
  assert_no (submit_at (self, CALL_STARTS - 1), "R-A1.early", "2020-02-24");
  assert_yes (submit_at (self, CALL_STARTS));
  assert_yes (submit_at (self, CALL_ENDS - 1));
  assert_no (submit_at (self, CALL_ENDS), "R-A1.late", "2020-03-13");
}

static void
test_programme_state (Fixture *self, gconstpointer data)
{
  madang_record_set_state (self->programme, "draft");
  assert_no (submit_at (self, IN_THE_CALL), "R-A1.closed", "");
  madang_record_set_state (self->programme, "call_closed");
  assert_no (submit_at (self, IN_THE_CALL), "R-A1.closed", "");
  /* That the day has passed says more. */
  assert_no (submit_at (self, CALL_ENDS), "R-A1.late", "2020-03-13");
  set_text (self->programme, "call_close", NULL);
  assert_no (submit_at (self, IN_THE_CALL), "R-A1.closed", "");
}

static MadangVerdict *
request_at (Fixture *self, gint64 now, const char *due)
{
  g_autoptr (MadangActor) coordinator = sample_actor_new (MADANG_ROLE_CITY_COORDINATOR);
  g_autofree char *text = g_strdup_printf ("{'items': <'견본'>, 'due': <'%s'>}", due);
  g_autoptr (GVariant) arguments = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
  MadangEventContext context = self->context;

  madang_record_set_state (self->application, "received");
  context.event = madang_kind_find_event (&madang_application_kind, "request_supplement");
  context.actor = coordinator;
  context.now = now;
  context.arguments = arguments;
  return madang_event_check (&context);
}

/* Up to the selection; where that is past or not known, up to 60 days from today. */
static void
test_supplement_day (Fixture *self, gconstpointer data)
{
  const gint64 overdue = IN_THE_CALL + 23 * G_GINT64_CONSTANT (86400000); /* 2020-04-01 */

  assert_no (request_at (self, IN_THE_CALL, "2020-03-09"), "supplement.day", "2020-03-09");
  assert_yes (request_at (self, IN_THE_CALL, "2020-03-10"));
  assert_yes (request_at (self, IN_THE_CALL, "2020-03-31"));
  assert_no (request_at (self, IN_THE_CALL, "2020-04-01"), "supplement.selection", "2020-03-31");
  assert_no (request_at (self, IN_THE_CALL, "9999-12-31"), "supplement.selection", "2020-03-31");
  assert_yes (request_at (self, overdue, "2020-05-31"));
  assert_no (request_at (self, overdue, "2020-06-01"), "supplement.far", "2020-05-31");
  set_text (self->programme, "selection_due", NULL);
  assert_yes (request_at (self, IN_THE_CALL, "2020-05-08"));
  assert_no (request_at (self, IN_THE_CALL, "9999-12-31"), "supplement.far", "2020-05-08");
}

static void
test_agency_kind (Fixture *self, gconstpointer data)
{
  static const char *const admitted[] = { "district", "invested", "funded" };

  for (gsize i = 0; i < G_N_ELEMENTS (admitted); i++)
    {
      set_text (self->agency, "kind", admitted[i]);
      assert_yes (submit_at (self, IN_THE_CALL));
    }
  set_text (self->agency, "kind", "city_office");
  assert_no (submit_at (self, IN_THE_CALL), "R-A2.kind", "");
  self->context.event = NULL;
  assert_no (madang_application_kind.check (&self->context), "R-A2.kind", "");
}

static void
test_duplicate (Fixture *self, gconstpointer data)
{
  g_autoptr (MadangRecord) other = sample_application_new (OTHER_APPLICATION);

  memory_lookup_add (self->lookup, other);
  assert_no (submit_at (self, IN_THE_CALL), "R-A2.duplicate", "");
  self->context.event = NULL;
  assert_no (madang_application_kind.check (&self->context), "R-A2.duplicate", "");

  madang_record_set_state (other, "withdrawn");
  assert_yes (madang_application_kind.check (&self->context));
  madang_record_set_state (other, "expired");
  assert_yes (madang_application_kind.check (&self->context));
  madang_record_set_state (other, "not_selected");
  assert_no (madang_application_kind.check (&self->context), "R-A2.duplicate", "");
  set_text (other, "programme", OTHER_APPLICATION);
  assert_yes (madang_application_kind.check (&self->context));
  set_text (other, "programme", PROGRAMME);
  madang_record_set_deleted (other, TRUE);
  assert_yes (madang_application_kind.check (&self->context));
}

static void
test_unknown (Fixture *self, gconstpointer data)
{
  g_autoptr (MemoryLookup) nothing = memory_lookup_new ();
  g_autoptr (MemoryLookup) programme_only = memory_lookup_new ();
  g_autoptr (MemoryLookup) not_held = memory_lookup_new ();

  self->context.lookup = MADANG_LOOKUP (nothing);
  assert_unknown (submit_at (self, IN_THE_CALL), "R-A1.unknown");

  memory_lookup_add (programme_only, self->programme);
  self->context.lookup = MADANG_LOOKUP (programme_only);
  assert_unknown (submit_at (self, IN_THE_CALL), "R-A2.kind");
  /* What is certain is said all the same. */
  set_text (self->application, "signed_on", "2020-02-23");
  assert_no (submit_at (self, IN_THE_CALL), "R-A3.signed-on", "signed_on 2020-02-24 2020-03-13");
  set_text (self->application, "signed_on", "2020-02-24");

  memory_lookup_add (not_held, self->programme);
  memory_lookup_add (not_held, self->agency);
  self->context.lookup = MADANG_LOOKUP (not_held);
  assert_unknown (submit_at (self, IN_THE_CALL), "R-A2.duplicate");
  set_text (self->agency, "kind", "city_office");
  assert_no (submit_at (self, IN_THE_CALL), "R-A2.kind", "");
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  set_text (self->application, "plan", NULL);
  set_text (self->application, "page_request", "no");
  set_text (self->application, "link_request", "yes");
  set_text (self->application, "email", NULL);
  assert_no (submit_at (self, IN_THE_CALL), "R-A3.missing", "email plan page_no_reason link_needs");
}

static void
test_signed_on (Fixture *self, gconstpointer data)
{
  set_text (self->application, "signed_on", "2020-02-24");
  assert_yes (submit_at (self, IN_THE_CALL));
  set_text (self->application, "signed_on", "2020-03-13");
  assert_yes (submit_at (self, IN_THE_CALL));
  set_text (self->application, "signed_on", "2020-03-14");
  assert_no (submit_at (self, IN_THE_CALL), "R-A3.signed-on", "signed_on 2020-02-24 2020-03-13");
}

static void
test_who_submits (Fixture *self, gconstpointer data)
{
  g_autoptr (MadangActor) coordinator = sample_actor_new (MADANG_ROLE_CITY_COORDINATOR);
  g_autoptr (MadangActor) other = madang_actor_new (OTHER_ACCOUNT);

  madang_actor_add_grant (other, MADANG_ROLE_AGENCY_OFFICER, "agency:" OTHER_AGENCY, NULL);
  self->context.actor = coordinator;
  assert_no (submit_at (self, IN_THE_CALL), "right.none", "");
  self->context.actor = other;
  assert_no (submit_at (self, IN_THE_CALL), "right.none", "");
  self->context.actor = self->officer;
  madang_record_set_state (self->application, "submitted");
  assert_no (submit_at (self, IN_THE_CALL), "state.event", "submit submitted");
}

/* The effect on one field: a number, or "-" when there is none. */
static char *
describe_effect (const MadangEventContext *context, const char *field)
{
  g_autoptr (MadangEffects) effects = madang_event_run (context);

  g_assert_cmpuint (effects->records->len, ==, 0);
  g_assert_null (effects->scope);
  for (guint i = 0; i < effects->values->len; i++)
    {
      const MadangEffectValue *effect = g_ptr_array_index (effects->values, i);

      if (g_str_equal (effect->field, field))
        return g_variant_print (effect->value, FALSE);
    }
  return g_strdup ("-");
}

static void
assert_effect (Fixture *self, const char *event, const char *field, const char *expected)
{
  g_autofree char *effect = NULL;

  self->context.event = madang_kind_find_event (&madang_application_kind, event);
  effect = describe_effect (&self->context, field);
  g_assert_cmpstr (effect, ==, expected);
}

static void
test_effects (Fixture *self, gconstpointer data)
{
  assert_effect (self, "submit", "submitted_at", "1583715600000");
  assert_effect (self, "receive", "received_at", "1583715600000");
  /* The first receipt stands. */
  set_number (self->application, "received_at", CALL_STARTS);
  assert_effect (self, "receive", "received_at", "-");

  self->context.arguments
      = g_variant_ref_sink (g_variant_new_parsed ("{'reason': <'내년에 신청'>}"));
  assert_effect (self, "withdraw", "withdrawal_reason", "'내년에 신청'");
  g_clear_pointer (&self->context.arguments, g_variant_unref);
}

static void
test_receive_and_withdraw (Fixture *self, gconstpointer data)
{
  static const char *const open[] = { "draft", "submitted", "received", "supplement", NULL };
  static const char *const decided[]
      = { "under_review", "selected", "reserve", "not_selected", "confirmed", "declined",
          "withdrawn",    "expired",  NULL };
  g_autoptr (MadangActor) coordinator = sample_actor_new (MADANG_ROLE_CITY_COORDINATOR);

  self->context.event = madang_kind_find_event (&madang_application_kind, "withdraw");
  for (guint i = 0; open[i] != NULL; i++)
    {
      madang_record_set_state (self->application, open[i]);
      assert_yes (madang_event_check (&self->context));
    }
  for (guint i = 0; decided[i] != NULL; i++)
    {
      g_autofree char *arguments = g_strconcat ("withdraw ", decided[i], NULL);

      madang_record_set_state (self->application, decided[i]);
      assert_no (madang_event_check (&self->context), "state.event", arguments);
    }

  self->context.event = madang_kind_find_event (&madang_application_kind, "receive");
  madang_record_set_state (self->application, "submitted");
  assert_no (madang_event_check (&self->context), "right.none", "");
  self->context.actor = coordinator;
  assert_yes (madang_event_check (&self->context));
  madang_record_set_state (self->application, "draft");
  assert_no (madang_event_check (&self->context), "state.event", "receive draft");
}

static void
test_series (Fixture *self, gconstpointer data)
{
  const MadangSeries *series = &madang_application_kind.series[0];

  g_assert_cmpstr (series->field, ==, "receipt_number");
  g_assert_cmpstr (series->event, ==, "receive");
  g_assert_cmpstr (series->format, ==, "접수-%Y-%03d");
  g_assert_cmpstr (series->reset_of (&self->context), ==, "2020");
  set_text (self->application, "programme", NULL);
  g_assert_null (series->reset_of (&self->context));
}

static void
test_home (Fixture *self, gconstpointer data)
{
  g_autofree char *home = madang_application_kind.home_scope (self->application);
  g_autofree char *none = NULL;

  g_assert_cmpstr (home, ==, "agency:" AGENCY);
  set_text (self->application, "agency", NULL);
  none = madang_application_kind.home_scope (self->application);
  g_assert_null (none);
}

#define ADD(name, func) g_test_add ("/applications/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("window", test_window);
  ADD ("programme-state", test_programme_state);
  ADD ("supplement-day", test_supplement_day);
  ADD ("agency-kind", test_agency_kind);
  ADD ("duplicate", test_duplicate);
  ADD ("unknown", test_unknown);
  ADD ("missing", test_missing);
  ADD ("signed-on", test_signed_on);
  ADD ("who-submits", test_who_submits);
  ADD ("effects", test_effects);
  ADD ("receive-and-withdraw", test_receive_and_withdraw);
  ADD ("series", test_series);
  ADD ("home", test_home);

  return g_test_run ();
}
