/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-accounts.h"
#include "madang-agencies.h"
#include "madang-applications.h"
#include "madang-programme.h"
#include "madang-system.h"
#include "model-fixture.h"

#include <string.h>

#define N_ROLES 12

/* --- records of own and other agencies ----------------------------------------------------- */

static void
force_text (MadangRecord *record, const char *field, const char *text)
{
  if (madang_kind_find_field (madang_record_get_kind (record), field) != NULL)
    set_text (record, field, text);
}

/* A record of the sample agency, or of another one, about the actor's account or another. */
static MadangRecord *
make_record (const MadangKind *kind, gboolean own, const char *state)
{
  const char *agency = own ? AGENCY : OTHER_AGENCY;
  const char *account = own ? ACCOUNT : OTHER_ACCOUNT;
  const char *id = kind == &madang_agency_kind    ? agency
                   : kind == &madang_account_kind ? account
                                                  : APPLICATION;
  MadangRecord *record = madang_record_new (kind, id);

  force_text (record, "agency", kind == &madang_role_grant_kind ? NULL : agency);
  force_text (record, "account", account);
  force_text (record, "author", OTHER_ACCOUNT);
  if (kind == &madang_conflict_kind)
    {
      g_autofree char *home = g_strconcat ("agency:", agency, NULL);

      set_text (record, "home", home);
    }
  if (kind == &madang_application_kind && !g_str_equal (state, "draft")
      && !g_str_equal (state, "expired"))
    set_number (record, "submitted_at", IN_THE_CALL);
  madang_record_set_state (record, state);
  return record;
}

/* --- cells, written by hand from the table of the domain page ------------------------------ */

typedef struct
{
  const MadangKind *kind;
  MadangRole role;
  const char *own;   /* on a fresh record of the own agency; P: reads the personal part */
  const char *other; /* of another agency */
} Cell;

static const Cell cells[] = {
  { &madang_programme_kind, MADANG_ROLE_CITY_COORDINATOR, "CRU", "CRU" },
  { &madang_programme_kind, MADANG_ROLE_CITY_APPROVER, "R", "R" },
  { &madang_programme_kind, MADANG_ROLE_AGENCY_OFFICER, "R", "R" },
  { &madang_programme_kind, MADANG_ROLE_DEPARTMENT_ANSWERER, "R", "R" },
  { &madang_programme_kind, MADANG_ROLE_REVIEWER, "R", "R" },
  { &madang_programme_kind, MADANG_ROLE_TF_EXPERT, "R", "R" },
  { &madang_programme_kind, MADANG_ROLE_PANEL_MEMBER, "", "" },
  { &madang_programme_kind, MADANG_ROLE_FACILITATOR, "", "" },
  { &madang_programme_kind, MADANG_ROLE_VENDOR_OPERATOR, "", "" },
  { &madang_programme_kind, MADANG_ROLE_ANALYST, "", "" },
  { &madang_programme_kind, MADANG_ROLE_AUDITOR, "R", "R" },
  { &madang_programme_kind, MADANG_ROLE_SYSTEM_ADMIN, "", "" },

  { &madang_milestone_kind, MADANG_ROLE_CITY_COORDINATOR, "CRU", "CRU" },
  { &madang_milestone_kind, MADANG_ROLE_CITY_APPROVER, "R", "R" },
  { &madang_milestone_kind, MADANG_ROLE_AGENCY_OFFICER, "R", "R" },
  { &madang_milestone_kind, MADANG_ROLE_DEPARTMENT_ANSWERER, "R", "R" },
  { &madang_milestone_kind, MADANG_ROLE_REVIEWER, "R", "R" },
  { &madang_milestone_kind, MADANG_ROLE_TF_EXPERT, "R", "R" },
  { &madang_milestone_kind, MADANG_ROLE_PANEL_MEMBER, "", "" },
  { &madang_milestone_kind, MADANG_ROLE_FACILITATOR, "", "" },
  { &madang_milestone_kind, MADANG_ROLE_VENDOR_OPERATOR, "", "" },
  { &madang_milestone_kind, MADANG_ROLE_ANALYST, "", "" },
  { &madang_milestone_kind, MADANG_ROLE_AUDITOR, "R", "R" },
  { &madang_milestone_kind, MADANG_ROLE_SYSTEM_ADMIN, "", "" },

  { &madang_agency_kind, MADANG_ROLE_CITY_COORDINATOR, "CRU", "CRU" },
  { &madang_agency_kind, MADANG_ROLE_CITY_APPROVER, "R", "R" },
  { &madang_agency_kind, MADANG_ROLE_AGENCY_OFFICER, "RU", "" },
  { &madang_agency_kind, MADANG_ROLE_DEPARTMENT_ANSWERER, "R", "" },
  { &madang_agency_kind, MADANG_ROLE_REVIEWER, "", "" },
  { &madang_agency_kind, MADANG_ROLE_TF_EXPERT, "R", "R" },
  { &madang_agency_kind, MADANG_ROLE_PANEL_MEMBER, "", "" },
  { &madang_agency_kind, MADANG_ROLE_FACILITATOR, "", "" },
  { &madang_agency_kind, MADANG_ROLE_VENDOR_OPERATOR, "", "" },
  { &madang_agency_kind, MADANG_ROLE_ANALYST, "", "" },
  { &madang_agency_kind, MADANG_ROLE_AUDITOR, "R", "R" },
  { &madang_agency_kind, MADANG_ROLE_SYSTEM_ADMIN, "", "" },

  { &madang_person_kind, MADANG_ROLE_CITY_COORDINATOR, "CRPU", "CRPU" },
  { &madang_person_kind, MADANG_ROLE_CITY_APPROVER, "RP", "RP" },
  { &madang_person_kind, MADANG_ROLE_AGENCY_OFFICER, "CRPU", "" },
  { &madang_person_kind, MADANG_ROLE_DEPARTMENT_ANSWERER, "", "" },
  { &madang_person_kind, MADANG_ROLE_REVIEWER, "", "" },
  { &madang_person_kind, MADANG_ROLE_TF_EXPERT, "", "" },
  { &madang_person_kind, MADANG_ROLE_PANEL_MEMBER, "", "" },
  { &madang_person_kind, MADANG_ROLE_FACILITATOR, "", "" },
  { &madang_person_kind, MADANG_ROLE_VENDOR_OPERATOR, "", "" },
  { &madang_person_kind, MADANG_ROLE_ANALYST, "", "" },
  { &madang_person_kind, MADANG_ROLE_AUDITOR, "R", "R" },
  { &madang_person_kind, MADANG_ROLE_SYSTEM_ADMIN, "", "" },

  { &madang_account_kind, MADANG_ROLE_CITY_COORDINATOR, "RP", "" },
  { &madang_account_kind, MADANG_ROLE_AUDITOR, "RP", "" },
  { &madang_account_kind, MADANG_ROLE_PANEL_MEMBER, "RP", "" },
  { &madang_account_kind, MADANG_ROLE_SYSTEM_ADMIN, "CRPU", "CRPU" },
  { &madang_role_grant_kind, MADANG_ROLE_CITY_COORDINATOR, "R", "" },
  { &madang_role_grant_kind, MADANG_ROLE_AGENCY_OFFICER, "R", "" },
  { &madang_role_grant_kind, MADANG_ROLE_SYSTEM_ADMIN, "CRU", "CRU" },

  /* A draft; the other states stand in test_application_states. */
  { &madang_application_kind, MADANG_ROLE_CITY_COORDINATOR, "", "" },
  { &madang_application_kind, MADANG_ROLE_CITY_APPROVER, "", "" },
  { &madang_application_kind, MADANG_ROLE_AGENCY_OFFICER, "CRPU", "" },
  { &madang_application_kind, MADANG_ROLE_DEPARTMENT_ANSWERER, "", "" },
  { &madang_application_kind, MADANG_ROLE_REVIEWER, "", "" },
  { &madang_application_kind, MADANG_ROLE_TF_EXPERT, "", "" },
  { &madang_application_kind, MADANG_ROLE_AUDITOR, "", "" },
  { &madang_application_kind, MADANG_ROLE_SYSTEM_ADMIN, "", "" },

  { &madang_conflict_kind, MADANG_ROLE_AGENCY_OFFICER, "RP", "" },
  { &madang_conflict_kind, MADANG_ROLE_CITY_COORDINATOR, "", "" },
  { &madang_conflict_kind, MADANG_ROLE_SYSTEM_ADMIN, "", "" },
};

static gboolean
takes (MadangVerdict *verdict)
{
  g_autoptr (MadangVerdict) owned = verdict;

  return madang_verdict_is_yes (owned);
}

static char *
describe_actions (const MadangActor *actor, MadangRecord *record)
{
  GString *actions = g_string_new (NULL);

  if (takes (madang_rights_check_create (actor, record)))
    g_string_append_c (actions, 'C');
  if (madang_rights_may_read (actor, record, MADANG_PART_MAIN))
    g_string_append_c (actions, 'R');
  if (madang_record_has_part (record, MADANG_PART_PERSONAL)
      && madang_rights_may_read (actor, record, MADANG_PART_PERSONAL))
    g_string_append_c (actions, 'P');
  if (takes (madang_rights_check_update (actor, record, NULL)))
    g_string_append_c (actions, 'U');
  if (takes (madang_rights_check_delete (actor, record)))
    g_string_append_c (actions, 'D');
  return g_string_free (actions, FALSE);
}

static void
assert_cell (const Cell *cell, gboolean own)
{
  g_autoptr (MadangActor) actor = sample_actor_new (cell->role);
  g_autoptr (MadangRecord) record
      = make_record (cell->kind, own, madang_kind_get_initial_state (cell->kind));
  g_autofree char *actions = describe_actions (actor, record);

  g_test_message ("%s, %s, %s", cell->kind->name, madang_role_get_name (cell->role),
                  own ? "own" : "other");
  g_assert_cmpstr (actions, ==, own ? cell->own : cell->other);
}

static void
test_cells (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      assert_cell (&cells[i], TRUE);
      assert_cell (&cells[i], FALSE);
    }
}

/* --- states of an application -------------------------------------------------------------- */

static void
assert_application (MadangRole role, const char *state, const char *own, const char *other)
{
  const Cell cell = { &madang_application_kind, role, own, other };
  g_autoptr (MadangActor) actor = sample_actor_new (role);

  for (int is_own = 0; is_own < 2; is_own++)
    {
      g_autoptr (MadangRecord) record = make_record (cell.kind, is_own, state);
      g_autofree char *actions = describe_actions (actor, record);

      g_test_message ("%s, %s", madang_role_get_name (role), state);
      g_assert_cmpstr (actions, ==, is_own ? own : other);
    }
}

static void
test_application_states (void)
{
  static const char *const closed[]
      = { "submitted", "received",     "under_review", "selected",  "reserve",
          "declined",  "not_selected", "confirmed",    "withdrawn", NULL };

  for (guint i = 0; closed[i] != NULL; i++)
    {
      assert_application (MADANG_ROLE_AGENCY_OFFICER, closed[i], "RP", "");
      assert_application (MADANG_ROLE_CITY_COORDINATOR, closed[i], "RP", "RP");
      assert_application (MADANG_ROLE_CITY_APPROVER, closed[i], "RP", "RP");
      assert_application (MADANG_ROLE_AUDITOR, closed[i], "R", "R");
      assert_application (MADANG_ROLE_TF_EXPERT, closed[i], "", "");
      assert_application (MADANG_ROLE_REVIEWER, closed[i], "", "");
      assert_application (MADANG_ROLE_DEPARTMENT_ANSWERER, closed[i], "", "");
    }
  assert_application (MADANG_ROLE_AGENCY_OFFICER, "supplement", "RPU", "");
  assert_application (MADANG_ROLE_CITY_COORDINATOR, "supplement", "RP", "RP");
  assert_application (MADANG_ROLE_AGENCY_OFFICER, "expired", "RPU", "");
  assert_application (MADANG_ROLE_CITY_COORDINATOR, "expired", "", "");
  assert_application (MADANG_ROLE_AUDITOR, "expired", "", "");
}

static void
assert_audience (MadangRecord *record, MadangPart part, const char *expected)
{
  g_auto (GStrv) scopes = madang_rights_dup_audience (record, part);
  g_autofree char *joined = g_strjoinv (" ", scopes);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_application_audience (void)
{
  g_autoptr (MadangRecord) record = sample_application_new (APPLICATION);

  assert_audience (record, MADANG_PART_MAIN, "agency:" AGENCY);
  assert_audience (record, MADANG_PART_PERSONAL, "agency:" AGENCY);
  madang_record_set_state (record, "expired");
  assert_audience (record, MADANG_PART_MAIN, "agency:" AGENCY);
  /* Withdrawn before it was ever submitted: the office never saw it and still does not. */
  madang_record_set_state (record, "withdrawn");
  assert_audience (record, MADANG_PART_MAIN, "agency:" AGENCY);
  set_number (record, "submitted_at", IN_THE_CALL);
  assert_audience (record, MADANG_PART_MAIN, "agency:" AGENCY " office");
  madang_record_set_state (record, "submitted");
  assert_audience (record, MADANG_PART_MAIN, "agency:" AGENCY " office");
  assert_audience (record, MADANG_PART_PERSONAL, "agency:" AGENCY " office-personal");
  madang_record_set_state (record, "of_a_newer_program");
  assert_audience (record, MADANG_PART_MAIN, "agency:" AGENCY);

  madang_record_set_deleted (record, TRUE);
  assert_audience (record, MADANG_PART_MAIN, "");
}

static void
test_audiences (void)
{
  g_autoptr (MadangRecord) programme = sample_programme_new ();
  g_autoptr (MadangRecord) agency = sample_agency_new (AGENCY, "district");
  g_autoptr (MadangRecord) person = madang_record_new (&madang_person_kind, APPLICATION);
  g_autoptr (MadangRecord) account = madang_record_new (&madang_account_kind, ACCOUNT);
  g_autoptr (MadangRecord) grant = madang_record_new (&madang_role_grant_kind, APPLICATION);
  g_autoptr (MadangRecord) sample = madang_record_new (&sample_kind, APPLICATION);

  assert_audience (programme, MADANG_PART_MAIN, "programme");
  assert_audience (programme, MADANG_PART_PERSONAL, "");
  assert_audience (agency, MADANG_PART_MAIN, "directory directory:" AGENCY);
  assert_audience (agency, MADANG_PART_PERSONAL, "");
  assert_audience (person, MADANG_PART_MAIN, "office");
  assert_audience (person, MADANG_PART_PERSONAL, "office-personal");
  set_text (person, "agency", AGENCY);
  assert_audience (person, MADANG_PART_MAIN, "agency:" AGENCY " office");
  assert_audience (person, MADANG_PART_PERSONAL, "agency:" AGENCY " office-personal");
  assert_audience (account, MADANG_PART_MAIN, "self:" ACCOUNT " server");
  assert_audience (account, MADANG_PART_PERSONAL, "self:" ACCOUNT " server");
  set_text (grant, "account", OTHER_ACCOUNT);
  assert_audience (grant, MADANG_PART_MAIN, "self:" OTHER_ACCOUNT " server");
  /* Sorted, each once. */
  assert_audience (sample, MADANG_PART_MAIN, "directory office");
}

static void
test_conflict_audience (void)
{
  g_autoptr (MadangRecord) record = madang_record_new (&madang_conflict_kind, APPLICATION);
  g_autofree char *scope = NULL;

  set_text (record, "author", ACCOUNT);
  set_text (record, "home", "agency:" AGENCY);
  assert_audience (record, MADANG_PART_MAIN, "agency:" AGENCY " self:" ACCOUNT);
  assert_audience (record, MADANG_PART_PERSONAL, "agency:" AGENCY " self:" ACCOUNT);
  set_text (record, "home", "programme");
  assert_audience (record, MADANG_PART_MAIN, "office self:" ACCOUNT);
  assert_audience (record, MADANG_PART_PERSONAL, "office-personal self:" ACCOUNT);
  scope = madang_conflict_kind.home_scope (record);
  g_assert_cmpstr (scope, ==, "office");
  /* The office does not read accounts, nor what two administrators typed into one. */
  set_text (record, "home", "server");
  assert_audience (record, MADANG_PART_MAIN, "self:" ACCOUNT " server");
  assert_audience (record, MADANG_PART_PERSONAL, "self:" ACCOUNT " server");
}

/* --- the table against the audiences ------------------------------------------------------- */

/* A line of the table reaches as an event of the same roles would. */
static gboolean
reaches (const MadangRight *right, const MadangActor *actor, MadangRecord *record)
{
  const MadangEvent reading = { .name = "read", .roles = right->roles, .reach = right->reach };
  g_autoptr (MadangVerdict) verdict = madang_rights_check_event (actor, record, &reading);

  return madang_verdict_is_yes (verdict);
}

static gboolean
reads_by_table (const MadangActor *actor, MadangRecord *record)
{
  for (const MadangRight *right = madang_record_get_kind (record)->rights; right->roles != 0;
       right++)
    {
      if ((right->actions & MADANG_ACTION_READ) == 0 || !reaches (right, actor, record))
        continue;
      if (right->states == NULL
          || g_strv_contains (right->states, madang_record_get_state (record)))
        return TRUE;
    }
  return FALSE;
}

static void
test_table_reads_as_audiences (void)
{
  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    for (const MadangState *state = (*kind)->states; state->name != NULL; state++)
      for (guint i = 0; i < N_ROLES * 2; i++)
        {
          gboolean own = i % 2 == 0;
          g_autoptr (MadangActor) actor = sample_actor_new (1 << (i / 2));
          g_autoptr (MadangRecord) record = make_record (*kind, own, state->name);

          g_test_message ("%s %s %s %s", (*kind)->name, state->name,
                          madang_role_get_name (1 << (i / 2)), own ? "own" : "other");
          g_assert_cmpint (madang_rights_may_read (actor, record, MADANG_PART_MAIN), ==,
                           reads_by_table (actor, record));
        }
}

/* --- fields -------------------------------------------------------------------------------- */

static MadangVerdict *
check_update (MadangRole role, MadangRecord *record, const char *field)
{
  g_autoptr (MadangActor) actor = sample_actor_new (role);

  return madang_rights_check_update (
      actor, record, madang_kind_find_field (madang_record_get_kind (record), field));
}

static void
test_update_fields (void)
{
  g_autoptr (MadangRecord) record = sample_application_new (APPLICATION);

  assert_yes (check_update (MADANG_ROLE_AGENCY_OFFICER, record, "plan"));
  assert_no (check_update (MADANG_ROLE_AGENCY_OFFICER, record, "receipt_number"), "field.server",
             "receipt_number");
  assert_no (check_update (MADANG_ROLE_AGENCY_OFFICER, record, "agency"), "field.fixed", "agency");
  assert_no (check_update (MADANG_ROLE_CITY_COORDINATOR, record, "plan"), "right.none", "");
  madang_record_set_state (record, "submitted");
  assert_no (check_update (MADANG_ROLE_AGENCY_OFFICER, record, "plan"), "right.state", "submitted");
  madang_record_set_state (record, "draft");
  madang_record_set_deleted (record, TRUE);
  assert_no (check_update (MADANG_ROLE_AGENCY_OFFICER, record, "plan"), "record.deleted", "");
}

/* An officer words the agency; who it is, and whether it is called, is the coordinator's. */
static void
test_agency_fields (void)
{
  static const char *const own[] = { "name_en", "head_title", "homepage", NULL };
  g_autoptr (MadangRecord) record = sample_agency_new (AGENCY, "district");
  g_autoptr (MadangRecord) other = sample_agency_new (OTHER_AGENCY, "district");

  for (const MadangField *field = madang_agency_kind.fields; field->name != NULL; field++)
    {
      g_test_message ("%s", field->name);
      assert_yes (check_update (MADANG_ROLE_CITY_COORDINATOR, record, field->name));
      assert_no (check_update (MADANG_ROLE_AGENCY_OFFICER, other, field->name), "right.none", "");
      if (g_strv_contains (own, field->name))
        assert_yes (check_update (MADANG_ROLE_AGENCY_OFFICER, record, field->name));
      else
        assert_no (check_update (MADANG_ROLE_AGENCY_OFFICER, record, field->name), "right.none",
                   "");
    }
}

static void
test_create_elsewhere (void)
{
  g_autoptr (MadangActor) officer = sample_actor_new (MADANG_ROLE_AGENCY_OFFICER);
  g_autoptr (MadangRecord) record = sample_application_new (APPLICATION);

  madang_record_set_state (record, "submitted");
  assert_no (madang_rights_check_create (officer, record), "right.state", "submitted");
  madang_record_set_state (record, "draft");
  set_text (record, "agency", OTHER_AGENCY);
  assert_no (madang_rights_check_create (officer, record), "right.none", "");
  set_text (record, "agency", NULL);
  assert_no (madang_rights_check_create (officer, record), "right.none", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rights/cells", test_cells);
  g_test_add_func ("/rights/application-states", test_application_states);
  g_test_add_func ("/rights/application-audience", test_application_audience);
  g_test_add_func ("/rights/audiences", test_audiences);
  g_test_add_func ("/rights/conflict-audience", test_conflict_audience);
  g_test_add_func ("/rights/table-reads-as-audiences", test_table_reads_as_audiences);
  g_test_add_func ("/rights/update-fields", test_update_fields);
  g_test_add_func ("/rights/agency-fields", test_agency_fields);
  g_test_add_func ("/rights/create-elsewhere", test_create_elsewhere);

  return g_test_run ();
}
