/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-proposal-systems.h"
#include "model-fixture.h"

#define SYSTEM "01700000-0000-7000-8000-000000000400"
#define OBSERVATION "01700000-0000-7000-8000-000000000401"

typedef struct
{
  MadangRecord *system;
  MadangRecord *observation;
  MemoryLookup *lookup;
  MadangActor *officer;
  MadangActor *coordinator;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->system = madang_record_new (&madang_proposal_system_kind, SYSTEM);
  set_text (self->system, "agency", AGENCY);
  set_text (self->system, "name", "아이디어광장");
  self->observation = madang_record_new (&madang_system_observation_kind, OBSERVATION);
  set_text (self->observation, "agency", AGENCY);
  set_text (self->observation, "system", SYSTEM);
  set_text (self->observation, "observed_on", "2020-03-09");
  set_text (self->observation, "source", "officer");
  self->lookup = memory_lookup_new ();
  memory_lookup_add (self->lookup, self->system);
  self->officer = sample_actor_new (MADANG_ROLE_AGENCY_OFFICER);
  self->coordinator = sample_actor_new (MADANG_ROLE_CITY_COORDINATOR);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->system);
  g_clear_object (&self->observation);
  g_clear_object (&self->lookup);
  g_clear_pointer (&self->officer, madang_actor_unref);
  g_clear_pointer (&self->coordinator, madang_actor_unref);
}

static MadangVerdict *
check (Fixture *self, MadangRecord *record, MadangActor *actor)
{
  MadangEventContext context = {
    .record = record,
    .actor = actor,
    .lookup = MADANG_LOOKUP (self->lookup),
    .now = IN_THE_CALL,
  };

  return madang_record_get_kind (record)->check (&context);
}

static void
test_day (Fixture *self, gconstpointer data)
{
  assert_yes (check (self, self->observation, self->officer));
  set_text (self->observation, "observed_on", "2020-03-10");
  assert_no (check (self, self->observation, self->officer), "observation.future", "observed_on");
  set_text (self->system, "opened_on", "2019-09-01");
  assert_yes (check (self, self->system, self->officer));
  set_text (self->system, "closed_on", "2019-08-31");
  assert_no (check (self, self->system, self->officer), "system.order", "opened_on closed_on");
}

/* The right to write goes by the agency that the observation names. */
static void
test_other_agency (Fixture *self, gconstpointer data)
{
  set_text (self->observation, "agency", OTHER_AGENCY);
  assert_no (check (self, self->observation, self->officer), "observation.system", "");
  set_text (self->observation, "system", APPLICATION);
  assert_unknown (check (self, self->observation, self->officer), "observation.system");
}

static void
test_source (Fixture *self, gconstpointer data)
{
  set_text (self->observation, "source", "annex_2020");
  assert_no (check (self, self->observation, self->officer), "observation.source", "source");
  assert_yes (check (self, self->observation, self->coordinator));
}

/* What was observed is added to, never changed: by nobody, in no field. */
static void
test_append_only (Fixture *self, gconstpointer data)
{
  const MadangField *field = madang_system_observation_kind.fields;

  for (; field->name != NULL; field++)
    {
      g_assert_true (field->fixed);
      assert_no (madang_rights_check_update (self->coordinator, self->observation, field),
                 "right.none", "");
    }
  assert_no (madang_rights_check_delete (self->coordinator, self->observation), "right.none", "");
  assert_yes (madang_rights_check_create (self->coordinator, self->observation));
}

#define TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  TEST ("/proposal-systems/day", test_day);
  TEST ("/proposal-systems/other-agency", test_other_agency);
  TEST ("/proposal-systems/source", test_source);
  TEST ("/proposal-systems/append-only", test_append_only);

  return g_test_run ();
}
