/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-agencies.h"

#include "madang-kind-private.h"
#include "madang-scope.h"

#include <glib/gi18n-lib.h>

static const MadangState only_state[] = {
  { "current", N_ ("Current") },
  { NULL },
};

/* --- agency -------------------------------------------------------------------------------- */

static const MadangChoice agency_kinds[] = {
  { "district", N_ ("Autonomous district") },
  { "invested", N_ ("City-invested institution") },
  { "funded", N_ ("City-funded institution") },
  { "city_office", N_ ("City office") },
  { NULL },
};

static const MadangChoice regions[] = {
  { "central", N_ ("Central area") },      { "northeast", N_ ("North-east area") },
  { "northwest", N_ ("North-west area") }, { "southwest", N_ ("South-west area") },
  { "southeast", N_ ("South-east area") }, { NULL },
};

/* The legal-dong codes of the 25 districts. */
#define DISTRICT_CODE                                                                              \
  "^11(110|140|170|200|215|230|260|290|305|320|350|380|410|440|470|500|530|545|560|590|620|650"    \
  "|680|710|740)$"

static const MadangField agency_fields[] = {
  { .name = "name_ko",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Name"),
    .max = 60,
    .required = TRUE,
    .unique = TRUE,
    .indexed = TRUE,
    .searched = TRUE },
  { .name = "name_en",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Name in English"),
    .max = 80,
    .searched = TRUE },
  { .name = "kind",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Kind of agency"),
    .choices = agency_kinds,
    .required = TRUE,
    .indexed = TRUE,
    .rules = "R-A2" },
  { .name = "code",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Legal-dong code"),
    .min = 5,
    .max = 5,
    .pattern = DISTRICT_CODE,
    .pattern_help = N_ ("the code of one of the 25 districts, such as 11110"),
    .required = TRUE,
    .required_if = "kind",
    .required_is = "district",
    .indexed = TRUE,
    .searched = TRUE },
  { .name = "region",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Living area"),
    .choices = regions,
    .indexed = TRUE },
  { .name = "head_title", .type = MADANG_FIELD_LINE, .label = N_ ("Title of the head"), .max = 30 },
  { .name = "statutory_proposal_rules",
    .type = MADANG_FIELD_YES_NO,
    .label = N_ ("Rules on statutory proposals apply"),
    .rules = "R-P8" },
  { .name = "homepage",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Website"),
    .max = 200,
    .pattern = "^https?://[^\\s/]+(/[^\\s]*)?$",
    .pattern_help = N_ ("https://www.example.go.kr") },
  { .name = "active", .type = MADANG_FIELD_YES_NO, .label = N_ ("In use"), .indexed = TRUE },
  { NULL },
};

/* What tells people how to reach the agency. What it is and whether it is called at all is not its
 * own to say. */
static const char *const own_words[] = { "name_en", "head_title", "homepage", NULL };

static const MadangRight agency_rights[] = {
  { .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_READ | MADANG_ACTION_UPDATE },
  { .roles = MADANG_ROLE_AGENCY_OFFICER, .reach = MADANG_REACH_OWN, .actions = MADANG_ACTION_READ },
  { .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_UPDATE,
    .fields = own_words },
  { .roles = MADANG_ROLE_DEPARTMENT_ANSWERER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_READ },
  { .roles = MADANG_ROLE_CITY_APPROVER | MADANG_ROLE_TF_EXPERT | MADANG_ROLE_AUDITOR,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_READ },
  { 0 },
};

static char *
dup_agency_scope (const MadangRecord *record)
{
  return g_strdup (MADANG_SCOPE_DIRECTORY);
}

static const char *
get_agency_itself (const MadangRecord *record)
{
  return madang_record_get_id (madang_record_unconst (record));
}

static void
add_agency_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  if (part != MADANG_PART_MAIN)
    return;

  g_ptr_array_add (scopes, g_strdup (MADANG_SCOPE_DIRECTORY));
  g_ptr_array_add (scopes, madang_scope_complete (MADANG_SCOPE_ENTRY_OF_AGENCY,
                                                  get_agency_itself (record)));
}

const MadangKind madang_agency_kind = {
  .name = "agency",
  .label = N_ ("Agency"),
  .fields = agency_fields,
  .states = only_state,
  .rights = agency_rights,
  .home_scope = dup_agency_scope,
  .agency_of = get_agency_itself,
  .audience = add_agency_audience,
  .title_field = "name_ko",
  .sort_field = "name_ko",
};

/* --- of an agency ------------------------------------------------------------------------- */

const char *
madang_of_agency_get_agency (const MadangRecord *record)
{
  return madang_record_peek_text (record, "agency");
}

char *
madang_of_agency_dup_scope (const MadangRecord *record)
{
  const char *agency = madang_of_agency_get_agency (record);

  return agency != NULL ? madang_scope_complete (MADANG_SCOPE_OF_AGENCY, agency) : NULL;
}

void
madang_of_agency_add_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  char *home = madang_of_agency_dup_scope (record);

  if (home != NULL)
    g_ptr_array_add (scopes, home);
  g_ptr_array_add (scopes, madang_scope_for_office (part));
}

/* --- person -------------------------------------------------------------------------------- */

static const MadangChoice person_kinds[] = {
  { "staff", N_ ("Staff") },
  { "expert", N_ ("Expert") },
  { "citizen", N_ ("Citizen") },
  { "vendor", N_ ("Vendor") },
  { NULL },
};

static const MadangField person_fields[] = {
  { .name = "agency",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Agency"),
    .help = N_ ("Empty for people of the city and outside"),
    .reference = "agency",
    .fixed = TRUE,
    .indexed = TRUE },
  { .name = "kind",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Kind of person"),
    .choices = person_kinds,
    .required = TRUE,
    .indexed = TRUE },
  { .name = "org", .type = MADANG_FIELD_LINE, .label = N_ ("Organisation"), .max = 60 },
  { .name = "name",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Name of the person"),
    .max = 40,
    .required = TRUE,
    .personal = TRUE },
  { .name = "rank",
    .type = MADANG_FIELD_LINE,
    /* Translators: 직급 */
    .label = N_ ("Rank"),
    .max = 30,
    .personal = TRUE },
  { .name = "position",
    .type = MADANG_FIELD_LINE,
    /* Translators: 직위 */
    .label = N_ ("Position"),
    .max = 30,
    .personal = TRUE },
  { .name = "phone",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Telephone"),
    .max = 40,
    .pattern = MADANG_PATTERN_PHONE,
    .pattern_help = N_ ("02-120"),
    .personal = TRUE },
  { .name = "email",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("E-mail"),
    .max = 254,
    .pattern = MADANG_PATTERN_EMAIL,
    .pattern_help = N_ ("name@example.go.kr"),
    .personal = TRUE },
  { .name = "consent_until",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Consent given until"),
    .required = TRUE,
    .required_if = "kind",
    .required_is = "citizen" },
  { NULL },
};

static const MadangRight person_rights[] = {
  { .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_READ | MADANG_ACTION_UPDATE },
  { .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_READ | MADANG_ACTION_UPDATE },
  { .roles = MADANG_ROLE_CITY_APPROVER | MADANG_ROLE_AUDITOR,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_READ },
  { 0 },
};

static char *
dup_person_scope (const MadangRecord *record)
{
  char *scope = madang_of_agency_dup_scope (record);

  return scope != NULL ? scope : g_strdup (MADANG_SCOPE_OFFICE);
}

const MadangKind madang_person_kind = {
  .name = "person",
  .label = N_ ("Person"),
  .fields = person_fields,
  .states = only_state,
  .rights = person_rights,
  .home_scope = dup_person_scope,
  .agency_of = madang_of_agency_get_agency,
  .audience = madang_of_agency_add_audience,
  .title_field = "name",
};
