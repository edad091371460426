/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-programme.h"

#include "madang-calls.h"
#include "madang-kind-private.h"
#include "madang-scope.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define READERS                                                                                    \
  (MADANG_ROLES_OFFICE | MADANG_ROLE_AGENCY_OFFICER | MADANG_ROLE_DEPARTMENT_ANSWERER              \
   | MADANG_ROLE_REVIEWER | MADANG_ROLE_TF_EXPERT)

/* Of programmes; their days and steps may begin a year early and end a year late. */
#define FIRST_YEAR 2000
#define LAST_YEAR 2100

/* Days are ISO text, so their order is that of the text. An empty one is in order. */
static gboolean
is_in_order (MadangRecord *record, const char *first, const char *last)
{
  const char *first_day = madang_record_get_text (record, first);
  const char *last_day = madang_record_get_text (record, last);

  return *first_day == '\0' || *last_day == '\0' || strcmp (first_day, last_day) <= 0;
}

/* A day that lies further away is a year typed wrong. fields end with NULL. */
static MadangVerdict *
check_years (MadangRecord *record, gint64 from, gint64 to, const char *const *fields)
{
  g_autofree char *first = g_strdup_printf ("%04" G_GINT64_FORMAT "-01-01", from);
  g_autofree char *last = g_strdup_printf ("%04" G_GINT64_FORMAT "-12-31", to);

  for (gsize i = 0; fields[i] != NULL; i++)
    {
      const char *day = madang_record_get_text (record, fields[i]);

      if (*day != '\0' && (strcmp (day, first) < 0 || strcmp (day, last) > 0))
        return madang_verdict_new_no ("programme.far", fields[i], first, last, NULL);
    }
  return madang_verdict_new_yes ();
}

static char *
dup_programme_scope (const MadangRecord *record)
{
  return g_strdup (MADANG_SCOPE_PROGRAMME);
}

static void
add_programme_scope (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  if (part == MADANG_PART_MAIN)
    g_ptr_array_add (scopes, g_strdup (MADANG_SCOPE_PROGRAMME));
}

/* --- programme ----------------------------------------------------------------------------- */

static const MadangChoice funding_modes[] = {
  { "joint_operation", N_ ("Operated jointly by the city and the agency") },
  { NULL },
};

static const MadangChoice disclosures[] = {
  { "public", N_ ("Open to the public") },
  { "partial", N_ ("Partly open") },
  { "closed", N_ ("Not open") },
  { NULL },
};

static const MadangField programme_fields[] = {
  { .name = "year",
    .type = MADANG_FIELD_INTEGER,
    .label = N_ ("Year"),
    .min = FIRST_YEAR,
    .max = LAST_YEAR,
    .required = TRUE,
    .fixed = TRUE,
    .unique = TRUE,
    .indexed = TRUE },
  { .name = "title",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Name of the programme"),
    .max = 100,
    .required = TRUE,
    .searched = TRUE },
  { .name = "period_start",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("First day of the programme"),
    .required_for = "open_call" },
  { .name = "period_end",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Last day of the programme"),
    .required_for = "open_call" },
  { .name = "call_open",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("First day for applications"),
    .required_for = "open_call" },
  { .name = "call_close",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Last day for applications"),
    .required_for = "open_call",
    .indexed = TRUE },
  { .name = "selection_due",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Selection due on"),
    .required_for = "open_call",
    .indexed = TRUE },
  { .name = "target_agency_count",
    .type = MADANG_FIELD_INTEGER,
    .label = N_ ("Agencies to select"),
    .min = 1,
    .max = 100,
    .required_for = "open_call" },
  { .name = "guide_per_agency",
    .type = MADANG_FIELD_WON,
    .label = N_ ("About per agency"),
    .min = 0,
    .max = MADANG_MAX_WON,
    .step = MADANG_THOUSAND_WON,
    .required_for = "open_call" },
  { .name = "budget_total",
    .type = MADANG_FIELD_WON,
    .label = N_ ("Total budget"),
    .min = MADANG_THOUSAND_WON,
    .max = MADANG_MAX_WON,
    .step = MADANG_THOUSAND_WON,
    .required_for = "open_call" },
  { .name = "account_path",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Budget account"),
    .max = 200,
    .required_for = "open_call" },
  { .name = "account_code",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Account code"),
    .max = 10,
    .required_for = "open_call" },
  { .name = "funding_mode",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Way of funding"),
    .choices = funding_modes,
    .required_for = "open_call" },
  { .name = "criteria",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("Criteria of selection"),
    .max = 2000,
    .required_for = "open_call" },
  { .name = "plan_doc_number",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Number of the plan"),
    .max = 60,
    .searched = TRUE },
  { .name = "plan_approved_on", .type = MADANG_FIELD_DAY, .label = N_ ("Plan approved on") },
  { .name = "disclosure",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Disclosure"),
    .choices = disclosures },
  { .name = "basis", .type = MADANG_FIELD_TEXT, .label = N_ ("Legal basis"), .max = 1000 },
  { .name = "reminded_at",
    .type = MADANG_FIELD_TIME,
    .label = N_ ("Last reminder sent at"),
    .merge = MADANG_MERGE_SERVER },
  { NULL },
};

static const MadangState programme_states[] = {
  { "draft", N_ ("In preparation") },
  { "call_open", N_ ("Taking applications") },
  { "call_closed", N_ ("Applications closed") },
  { "selected", N_ ("Agencies selected") },
  { "operating", N_ ("In operation") },
  { "evaluating", N_ ("In evaluation") },
  { "closed", N_ ("Closed") },
  { NULL },
};

static MadangVerdict *
check_programme (const MadangEventContext *context)
{
  static const char *const days[]
      = { "period_start", "period_end", "call_open", "call_close", "selection_due", NULL };
  MadangRecord *record = context->record;

  if (!is_in_order (record, "period_start", "period_end"))
    return madang_verdict_new_no ("programme.order", "period_start", "period_end", NULL);
  if (!is_in_order (record, "call_open", "call_close"))
    return madang_verdict_new_no ("programme.order", "call_open", "call_close", NULL);
  if (!is_in_order (record, "call_close", "selection_due"))
    return madang_verdict_new_no ("programme.order", "call_close", "selection_due", NULL);

  return check_years (record, FIRST_YEAR - 1, LAST_YEAR + 1, days);
}

static MadangVerdict *
guard_open (const MadangEventContext *context)
{
  g_autoptr (MadangVerdict) order = check_programme (context);

  return madang_verdict_is_yes (order) ? madang_call_check_ahead (context)
                                       : g_steal_pointer (&order);
}

static const char *const from_draft[] = { "draft", NULL };
static const char *const from_call_open[] = { "call_open", NULL };
static const char *const until_selected[] = { "call_open", "call_closed", NULL };

/* That a call which has closed cannot be extended any more is said by the rule itself: it knows
 * when that was. */
static const MadangEvent programme_events[] = {
  { .name = "open_call",
    .label = N_ ("Open the Call"),
    .past = N_ ("The call was opened"),
    .from = from_draft,
    .to = "call_open",
    .roles = MADANG_ROLE_CITY_APPROVER,
    .reach = MADANG_REACH_ALL,
    .flags = MADANG_EVENT_SEEN | MADANG_EVENT_COMPLETE,
    .guard = guard_open },
  { .name = "close_call",
    .label = N_ ("Close the Call"),
    .past = N_ ("The call was closed"),
    .from = from_call_open,
    .to = "call_closed",
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL },
  { .name = "extend_call",
    .label = N_ ("Extend the Call…"),
    .past = N_ ("The call was extended"),
    .from = until_selected,
    .roles = MADANG_ROLE_CITY_APPROVER,
    .reach = MADANG_REACH_ALL,
    .flags = MADANG_EVENT_REASON,
    .guard = madang_call_guard_extend,
    .effects = madang_call_apply_extend },
  { .name = "extend_call_for",
    .label = N_ ("Extend for One Agency…"),
    .past = N_ ("The agency was given more time"),
    .from = until_selected,
    .roles = MADANG_ROLE_CITY_APPROVER,
    .reach = MADANG_REACH_ALL,
    .flags = MADANG_EVENT_REASON,
    .guard = madang_call_guard_extend_for,
    .effects = madang_call_apply_extend_for },
  { .name = "remind",
    .label = N_ ("Remind All Who Have Not Answered…"),
    .past = N_ ("The reminder was sent"),
    .from = from_call_open,
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .guard = madang_call_guard_remind,
    .effects = madang_call_apply_remind },
  { NULL },
};

static const MadangTimer programme_timers[] = {
  { "close_call", from_call_open, madang_call_get_end },
  { NULL },
};

/* What is no term of the call may be put right at any time; the terms only before it opens. */
static const char *const not_terms[]
    = { "title", "plan_doc_number", "plan_approved_on", "disclosure", "basis", NULL };

static const MadangRight programme_rights[] = {
  { .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_UPDATE,
    .states = from_draft },
  { .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_UPDATE,
    .fields = not_terms },
  { .roles = READERS, .reach = MADANG_REACH_ALL, .actions = MADANG_ACTION_READ },
  { 0 },
};

static const MadangRight milestone_rights[] = {
  { .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_READ | MADANG_ACTION_UPDATE },
  { .roles = READERS, .reach = MADANG_REACH_ALL, .actions = MADANG_ACTION_READ },
  { 0 },
};

/* The server closes the call at the end of its last day. */
static const MadangDeadline programme_deadlines[] = {
  { .field = "call_close",
    .label = N_ ("Applications close"),
    .roles = READERS,
    .states = from_call_open,
    .passes = TRUE },
  { .field = "selection_due",
    .label = N_ ("Selection is due"),
    .roles = MADANG_ROLE_CITY_COORDINATOR | MADANG_ROLE_CITY_APPROVER,
    .states = until_selected },
  { NULL },
};

static const MadangTask programme_tasks[] = {
  { .label = N_ ("The call is to be opened"),
    .roles = MADANG_ROLE_CITY_APPROVER,
    .states = from_draft },
  { NULL },
};

const MadangKind madang_programme_kind = {
  .name = "programme",
  .label = N_ ("Programme"),
  .fields = programme_fields,
  .states = programme_states,
  .events = programme_events,
  .rights = programme_rights,
  .deadlines = programme_deadlines,
  .tasks = programme_tasks,
  .timers = programme_timers,
  .home_scope = dup_programme_scope,
  .audience = add_programme_scope,
  .check = check_programme,
  .title_field = "title",
  .sort_field = "year",
};

/* --- milestone ----------------------------------------------------------------------------- */

static const MadangChoice milestone_codes[] = {
  { "call", N_ ("Receipt of applications") },
  { "survey", N_ ("Survey of systems and demand for links") },
  { "selection", N_ ("Selection and notice") },
  { "tf", N_ ("Joint-operation task force") },
  { "operation", N_ ("Joint operation") },
  { "evaluation", N_ ("Evaluation of the operation") },
  { "sharing", N_ ("Results-sharing session") },
  { NULL },
};

static const MadangField milestone_fields[] = {
  { .name = "programme",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Programme"),
    .reference = "programme",
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE },
  { .name = "code",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Step"),
    .choices = milestone_codes,
    .required = TRUE,
    .indexed = TRUE },
  { .name = "planned_start",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Planned first day"),
    .required = TRUE,
    .indexed = TRUE },
  { .name = "planned_end",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Planned last day"),
    .required = TRUE,
    .indexed = TRUE },
  { .name = "actual_start", .type = MADANG_FIELD_DAY, .label = N_ ("Actual first day") },
  { .name = "actual_end", .type = MADANG_FIELD_DAY, .label = N_ ("Actual last day") },
  { .name = "note", .type = MADANG_FIELD_TEXT, .label = N_ ("Note"), .max = 300, .searched = TRUE },
  { NULL },
};

static const MadangState milestone_states[] = {
  { "planned", N_ ("Planned") },
  { NULL },
};

static MadangVerdict *
check_milestone (const MadangEventContext *context)
{
  static const char *const days[]
      = { "planned_start", "planned_end", "actual_start", "actual_end", NULL };
  MadangRecord *record = context->record;
  const char *id = madang_record_get_text (record, "programme");
  g_autoptr (MadangRecord) programme = NULL;
  gint64 year = 0;

  if (!is_in_order (record, "planned_start", "planned_end"))
    return madang_verdict_new_no ("milestone.order", "planned_start", "planned_end", NULL);
  if (!is_in_order (record, "actual_start", "actual_end"))
    return madang_verdict_new_no ("milestone.order", "actual_start", "actual_end", NULL);

  if (context->lookup != NULL && *id != '\0')
    programme = madang_lookup_get (context->lookup, "programme", id);
  if (programme != NULL)
    year = madang_record_get_number (programme, "year", 0);
  return check_years (record, (year > 0 ? year : FIRST_YEAR) - 1, (year > 0 ? year : LAST_YEAR) + 1,
                      days);
}

static const MadangDeadline milestone_deadlines[] = {
  { .field = "planned_start",
    .label = N_ ("Step of the programme begins"),
    .roles = READERS,
    .passes = TRUE },
  { .field = "planned_end",
    .label = N_ ("Step of the programme ends"),
    .roles = READERS,
    .passes = TRUE },
  { NULL },
};

const MadangKind madang_milestone_kind = {
  .name = "milestone",
  .label = N_ ("Milestone"),
  .fields = milestone_fields,
  .states = milestone_states,
  .rights = milestone_rights,
  .deadlines = milestone_deadlines,
  .home_scope = dup_programme_scope,
  .audience = add_programme_scope,
  .check = check_milestone,
  .title_field = "code",
  .sort_field = "planned_start",
};
