/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-proposal-systems.h"

#include "madang-day.h"
#include "madang-event.h"
#include "madang-kind-private.h"
#include "madang-scope.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define READERS (MADANG_ROLE_CITY_APPROVER | MADANG_ROLE_TF_EXPERT | MADANG_ROLE_AUDITOR)

static const MadangState only_state[] = {
  { "current", N_ ("Current") },
  { NULL },
};

static const char *
get_agency (const MadangRecord *record)
{
  return madang_record_peek_text (record, "agency");
}

static char *
dup_scope (const MadangRecord *record)
{
  return g_strdup (MADANG_SCOPE_DIRECTORY);
}

/* Read by whoever reads the card of the agency. */
static void
add_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  const char *agency = get_agency (record);

  if (part != MADANG_PART_MAIN)
    return;

  g_ptr_array_add (scopes, g_strdup (MADANG_SCOPE_DIRECTORY));
  if (agency != NULL)
    g_ptr_array_add (scopes, madang_scope_complete (MADANG_SCOPE_ENTRY_OF_AGENCY, agency));
}

/* --- proposal system ------------------------------------------------------------------------ */

static const MadangChoice platform_kinds[] = {
  { "own", N_ ("Platform of its own") },
  { "epeople_integrated", N_ ("Within e-People") },
  { "epeople_part", N_ ("Partly within e-People") },
  { "board", N_ ("Bulletin board") },
  { "none", N_ ("No system") },
  { "planned", N_ ("Planned") },
  { NULL },
};

static const MadangField system_fields[] = {
  { .name = "agency",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Agency"),
    .reference = "agency",
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE,
    .searched = TRUE },
  { .name = "name",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Name of the system"),
    .max = 60,
    .required = TRUE,
    .indexed = TRUE,
    .searched = TRUE },
  { .name = "department",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Department"),
    .max = 60,
    .searched = TRUE },
  { .name = "url",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Website"),
    .max = 200,
    .pattern = "^https?://[^\\s/]+(/[^\\s]*)?$",
    .pattern_help = N_ ("https://www.example.go.kr") },
  { .name = "platform_kind",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Kind of system"),
    .choices = platform_kinds,
    .indexed = TRUE },
  { .name = "opened_on", .type = MADANG_FIELD_DAY, .label = N_ ("Opened on") },
  { .name = "planned_open",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Planned to open"),
    .help = N_ ("As far as it is known, such as a year or a month"),
    .max = 40 },
  { .name = "closed_on", .type = MADANG_FIELD_DAY, .label = N_ ("Closed on") },
  { NULL },
};

static const MadangRight system_rights[] = {
  { .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_READ | MADANG_ACTION_UPDATE },
  { .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_READ | MADANG_ACTION_UPDATE },
  { .roles = MADANG_ROLE_DEPARTMENT_ANSWERER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_READ },
  { .roles = READERS, .reach = MADANG_REACH_ALL, .actions = MADANG_ACTION_READ },
  { 0 },
};

static MadangVerdict *
check_system (const MadangEventContext *context)
{
  const char *opened = madang_record_get_text (context->record, "opened_on");
  const char *closed = madang_record_get_text (context->record, "closed_on");

  if (*opened != '\0' && *closed != '\0' && strcmp (opened, closed) > 0)
    return madang_verdict_new_no ("system.order", "opened_on", "closed_on", NULL);

  return madang_verdict_new_yes ();
}

const MadangKind madang_proposal_system_kind = {
  .name = "proposal_system",
  .label = N_ ("Proposal system"),
  .fields = system_fields,
  .states = only_state,
  .rights = system_rights,
  .home_scope = dup_scope,
  .agency_of = get_agency,
  .audience = add_audience,
  .check = check_system,
  .title_field = "name",
  .sort_field = "name",
};

/* --- observation ---------------------------------------------------------------------------- */

static const MadangChoice sources[] = {
  { "annex_2020", N_ ("Annex 1 of the plan of 2020") },
  { "survey", N_ ("Survey") },
  { "officer", N_ ("Officer of the agency") },
  { "press", N_ ("Press") },
  { NULL },
};

/* Translators: 국민신문고 is “e-People” here, and 국민생각함 “e-People Idea Box” */
static const MadangChoice epeople_modes[] = {
  { "integrated", N_ ("Run as one with e-People") },
  { "integrated_part", N_ ("Partly run as one with e-People") },
  { "connect", N_ ("Connected to e-People") },
  { "link", N_ ("Points to e-People") },
  { "referral_other_agency", N_ ("Refers what is others’ to e-People") },
  { "none_stated", N_ ("Nothing stated") },
  { NULL },
};

static const MadangChoice answers[] = {
  { "y", N_ ("Yes") },
  { "n", N_ ("No") },
  { "unknown", N_ ("Not known") },
  { NULL },
};

static const MadangChoice contest_modes[] = {
  { "none_stated", N_ ("Nothing stated") },
  { "periodic", N_ ("Contests at fixed times") },
  { "contest_frequency_not_stated", N_ ("Contests, how often is not stated") },
  { NULL },
};

static const MadangField observation_fields[] = {
  { .name = "agency",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Agency"),
    .reference = "agency",
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE },
  { .name = "system",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Proposal system"),
    .reference = "proposal_system",
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE },
  { .name = "observed_on",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Observed on"),
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE },
  { .name = "source",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Source"),
    .choices = sources,
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE },
  { .name = "name",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Name of the system"),
    .max = 60,
    .fixed = TRUE },
  { .name = "department",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Department"),
    .max = 60,
    .fixed = TRUE },
  /* As it was printed, misprints included; what is shown is .name and .note. */
  { .name = "raw_name",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Name as printed"),
    .max = 60,
    .fixed = TRUE },
  { .name = "raw_note",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("Note as printed"),
    .max = 500,
    .fixed = TRUE },
  { .name = "note", .type = MADANG_FIELD_TEXT, .label = N_ ("Note"), .max = 500, .fixed = TRUE },
  { .name = "epeople_mode",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Relation to e-People"),
    .choices = epeople_modes,
    .fixed = TRUE,
    .indexed = TRUE },
  { .name = "links_idea_epeople",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Link to the e-People Idea Box"),
    .choices = answers,
    .fixed = TRUE },
  { .name = "links_democracy_seoul",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Link to Democracy Seoul"),
    .choices = answers,
    .fixed = TRUE },
  { .name = "has_upvote_downvote",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Votes for and against"),
    .choices = answers,
    .fixed = TRUE },
  { .name = "has_policy_debate",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Debate on policies"),
    .choices = answers,
    .fixed = TRUE },
  { .name = "shows_adoption_status",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Shows what was adopted"),
    .choices = answers,
    .fixed = TRUE },
  { .name = "contest_mode",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Contests"),
    .choices = contest_modes,
    .fixed = TRUE },
  { .name = "contest_per_year",
    .type = MADANG_FIELD_INTEGER,
    .label = N_ ("Contests a year"),
    .max = 12,
    .required_if = "contest_mode",
    .required_is = "periodic",
    .fixed = TRUE },
  { NULL },
};

/* Nobody may change one: who knows better adds a newer one. */
static const MadangRight observation_rights[] = {
  { .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_READ },
  { .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_READ },
  { .roles = MADANG_ROLE_DEPARTMENT_ANSWERER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_READ },
  { .roles = READERS, .reach = MADANG_REACH_ALL, .actions = MADANG_ACTION_READ },
  { 0 },
};

/* The right to write goes by the agency, so the agency must be that of the system. */
static MadangVerdict *
check_agency_of_system (const MadangEventContext *context)
{
  const char *id = madang_record_get_text (context->record, "system");
  g_autoptr (MadangRecord) system = NULL;

  if (*id != '\0' && context->lookup != NULL)
    system = madang_lookup_get (context->lookup, "proposal_system", id);
  if (system == NULL)
    return madang_verdict_new_unknown ("observation.system");
  if (!g_str_equal (madang_record_get_text (system, "agency"),
                    madang_record_get_text (context->record, "agency")))
    return madang_verdict_new_no ("observation.system", NULL);

  return madang_verdict_new_yes ();
}

/* The annex is what was printed; an officer speaks for the agency, not for it. */
static gboolean
is_foreign_source (const MadangEventContext *context)
{
  return context->actor != NULL
         && madang_actor_holds (context->actor, MADANG_ROLE_AGENCY_OFFICER, NULL)
         && !madang_actor_holds (context->actor, MADANG_ROLE_CITY_COORDINATOR, NULL)
         && g_str_equal (madang_record_get_text (context->record, "source"), "annex_2020");
}

static MadangVerdict *
check_observation (const MadangEventContext *context)
{
  const char *day = madang_record_get_text (context->record, "observed_on");

  if (madang_day_is_valid (day) && madang_day_get_start (day) > context->now)
    return madang_verdict_new_no ("observation.future", "observed_on", NULL);
  if (is_foreign_source (context))
    return madang_verdict_new_no ("observation.source", "source", NULL);

  return check_agency_of_system (context);
}

const MadangKind madang_system_observation_kind = {
  .name = "system_observation",
  .label = N_ ("Observation"),
  .fields = observation_fields,
  .states = only_state,
  .rights = observation_rights,
  .home_scope = dup_scope,
  .agency_of = get_agency,
  .audience = add_audience,
  .check = check_observation,
  .title_field = "observed_on",
  .sort_field = "observed_on",
};
