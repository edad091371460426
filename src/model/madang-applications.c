/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-applications.h"

#include "madang-application-course.h"
#include "madang-application-rules.h"
#include "madang-kind-private.h"
#include "madang-scope.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The fields stand in the order of the paper, annex 3 of the plan; then those that it does not
 * print. Translators: labels are the words of the paper, which each note quotes. */

static const MadangChoice requests[] = {
  /* Translators: 신청, one of two boxes on the paper */
  { "yes", N_ ("Apply") },
  /* Translators: 미신청, the other box */
  { "no", N_ ("Do not apply") },
  { NULL },
};

static const MadangChoice no_reasons[] = {
  { "own_platform", N_ ("The agency runs its own platform") },
  { "platform_under_construction", N_ ("A platform is being built") },
  { "uses_epeople", N_ ("The national petition platform is used") },
  { "other", N_ ("Another reason") },
  { NULL },
};

static const MadangChoice pledges[] = {
  /* Translators: 가, one of two boxes on the paper */
  { "yes", N_ ("Is a pledge") },
  /* Translators: 부, the other box */
  { "no", N_ ("Is not a pledge") },
  { NULL },
};

static const MadangChoice staffings[] = {
  /* Translators: 가, one of two boxes on the paper */
  { "yes", N_ ("Secured") },
  /* Translators: 부, the other box */
  { "no", N_ ("Not secured") },
  { NULL },
};

static const MadangChoice programmes[] = {
  { "forum", N_ ("Forum") },
  { "linkage", N_ ("Site linkage") },
  { "other", N_ ("Other activation project") },
  { "outreach", N_ ("Outreach") },
  { "page", N_ ("Agency page") },
  { "workshop", N_ ("Proposal workshop") },
  { NULL },
};

static const MadangField scan_members[] = {
  { .name = "file", .type = MADANG_FIELD_ATTACHMENT, .label = N_ ("File"), .required = TRUE },
  { .name = "name",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("File name"),
    .max = 255,
    .required = TRUE },
  { .name = "pos", .type = MADANG_FIELD_LINE, .label = N_ ("Place in the list"), .max = 60 },
  { NULL },
};

static const MadangField application_fields[] = {
  { .name = "programme",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Programme"),
    .reference = "programme",
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE,
    .rules = "R-A3" },
  { .name = "agency",
    .type = MADANG_FIELD_REFERENCE,
    /* Translators: 자치구(기관)명 */
    .label = N_ ("District or institution"),
    .reference = "agency",
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE,
    .rules = "R-A3",
    .searched = TRUE },
  { .name = "dept_name",
    .type = MADANG_FIELD_LINE,
    /* Translators: 신청부서 */
    .label = N_ ("Department that applies"),
    .max = 60,
    .required_for = "submit",
    .indexed = TRUE,
    .rules = "R-A3",
    .searched = TRUE },

  { .name = "officer",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Officer on the list of people"),
    .reference = "person",
    .personal = TRUE },
  { .name = "officer_name",
    .type = MADANG_FIELD_LINE,
    /* Translators: 담당자 */
    .label = N_ ("Officer in charge"),
    .max = 40,
    .required_for = "submit",
    .personal = TRUE,
    .rules = "R-A3" },
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
    /* Translators: 연락처 */
    .label = N_ ("Contact number"),
    .max = 40,
    .pattern = MADANG_PATTERN_PHONE,
    .pattern_help = N_ ("02-120"),
    .required_for = "submit",
    .personal = TRUE,
    .rules = "R-A3" },
  { .name = "email",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("E-mail"),
    .max = 254,
    .pattern = MADANG_PATTERN_EMAIL,
    .pattern_help = N_ ("name@example.go.kr"),
    .required_for = "submit",
    .personal = TRUE,
    .rules = "R-A3" },

  { .name = "direction",
    .type = MADANG_FIELD_TEXT,
    /* Translators: 발전방향 */
    .label = N_ ("Direction of development"),
    .help = N_ ("Where the participation platform that the agency wants to build should go"),
    .max = 2000,
    .required_for = "submit",
    .rules = "R-A3" },

  { .name = "op_period",
    .type = MADANG_FIELD_LINE,
    /* Translators: 운영기간 */
    .label = N_ ("Period of operation"),
    .max = 100 },
  { .name = "op_method",
    .type = MADANG_FIELD_TEXT, /* Translators: 운영방법 */
    .label = N_ ("Way of operation"),
    .max = 500 },
  { .name = "site_name",
    .type = MADANG_FIELD_LINE,
    /* Translators: 제안사이트명 */
    .label = N_ ("Name of the proposal site"),
    .max = 100,
    .searched = TRUE },
  { .name = "op_and_use",
    .type = MADANG_FIELD_TEXT,
    /* Translators: 운영 및 시민제안 활용내용 */
    .label = N_ ("Operation and use of citizens’ proposals"),
    .help = N_ ("Without a site or platform: projects on proposals and participation in detail, "
                "with the dedicated unit and the budget"),
    .max = 3000,
    .required_for = "submit",
    .rules = "R-A3" },
  { .name = "plan",
    .type = MADANG_FIELD_TEXT,
    /* Translators: 시민제안플랫폼 운영계획 */
    .label = N_ ("Plan for the operation of the proposal platform"),
    .help = N_ ("With how the agency will make it known inside and where it can work together "
                "with Democracy Seoul"),
    .max = 4000,
    .required_for = "submit",
    .rules = "R-A3" },
  { .name = "suggestions",
    .type = MADANG_FIELD_TEXT,
    /* Translators: 기관연계사업 관련 기타 건의사항 */
    .label = N_ ("Other suggestions"),
    .max = 2000 },

  { .name = "page_request",
    .type = MADANG_FIELD_ONE_OF,
    /* Translators: 민주주의서울 내 기관별 페이지 신청 */
    .label = N_ ("Agency page inside Democracy Seoul"),
    .choices = requests,
    .required_for = "submit",
    .indexed = TRUE,
    .rules = "R-A3" },
  { .name = "page_no_reason",
    .type = MADANG_FIELD_TEXT,
    /* Translators: 미신청 사유 */
    .label = N_ ("Reason for not applying"),
    .help = N_ ("Such as: a platform of its own is running; one is being built and opens in "
                "August; the national petition platform will be used"),
    .max = 500,
    .required_for = "submit",
    .required_if = "page_request",
    .required_is = "no",
    .rules = "R-A3" },
  { .name = "page_no_reason_kind",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Kind of reason"),
    .choices = no_reasons,
    .required_if = "page_request",
    .required_is = "no" },
  { .name = "planned_open",
    .type = MADANG_FIELD_MONTH,
    .label = N_ ("Planned month of opening"),
    .required_for = "submit",
    .required_if = "page_no_reason_kind",
    .required_is = "platform_under_construction",
    .rules = "R-A3" },
  { .name = "link_request",
    .type = MADANG_FIELD_ONE_OF,
    /* Translators: 기관간 사이트 연계 신청 */
    .label = N_ ("Link between the agencies’ sites"),
    .choices = requests,
    .required_for = "submit",
    .indexed = TRUE,
    .rules = "R-A3" },
  { .name = "link_needs",
    .type = MADANG_FIELD_TEXT,
    /* Translators: 요청사항 */
    .label = N_ ("Requests"),
    .max = 1000,
    .required_for = "submit",
    .required_if = "link_request",
    .required_is = "yes",
    .rules = "R-A3" },

  { .name = "head_pledge",
    .type = MADANG_FIELD_ONE_OF,
    /* Translators: 기관장 공약사항 여부 */
    .label = N_ ("Whether it is a pledge of the head of the agency"),
    .choices = pledges,
    .required_for = "submit",
    .rules = "R-A3" },
  { .name = "dedicated_staff",
    .type = MADANG_FIELD_ONE_OF,
    /* Translators: 사업 참가시 전담조직 또는 운영인력 확보 여부 */
    .label = N_ ("Whether a dedicated unit or staff is secured for taking part"),
    .choices = staffings,
    .required_for = "submit",
    .rules = "R-A3" },
  { .name = "signed_on",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Date of the application"),
    .required_for = "submit",
    .rules = "R-A3" },
  { .name = "signer",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Name of the agency that signs"),
    .max = 60,
    .required_for = "submit",
    .rules = "R-A3" },

  { .name = "other_project",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("Other activation project"),
    .help = N_ ("A project of the agency that makes its proposal site livelier together with "
                "Democracy Seoul"),
    .max = 2000 },
  { .name = "requested_programmes",
    .type = MADANG_FIELD_SET_OF,
    .label = N_ ("Programmes that are wanted"),
    .choices = programmes,
    .merge = MADANG_MERGE_SET },
  { .name = "requested_amount",
    .type = MADANG_FIELD_WON,
    .label = N_ ("Amount that is wanted"),
    .min = 0,
    .max = MADANG_MAX_WON,
    .step = MADANG_THOUSAND_WON },
  { .name = "scans",
    .type = MADANG_FIELD_ROWS,
    .label = N_ ("Scanned papers"),
    .max = 20,
    .members = scan_members },

  { .name = "late",
    .type = MADANG_FIELD_YES_NO,
    /* Translators: a paper form that the city enters for an agency */
    .label = N_ ("Paper form, entered late"),
    .fixed = TRUE,
    .indexed = TRUE,
    .rules = "R-A1" },
  { .name = "arrived_on",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Paper arrived on"),
    .required_for = "submit",
    .required_if = "late",
    .required_is = "true",
    .rules = "R-A3" },

  { .name = "submitted_at",
    .type = MADANG_FIELD_TIME,
    .label = N_ ("Submitted at"),
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "receipt_number",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Receipt number"),
    .max = 40,
    .indexed = TRUE,
    .unique = TRUE,
    .merge = MADANG_MERGE_SERVER,
    .searched = TRUE },
  { .name = "received_at",
    .type = MADANG_FIELD_TIME,
    .label = N_ ("Received at"),
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "withdrawal_reason",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("Reason of withdrawal"),
    .max = 500,
    .merge = MADANG_MERGE_SERVER },
  { .name = "declined_reason",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("Reason of giving up"),
    .max = 500,
    .merge = MADANG_MERGE_SERVER },
  { .name = "refusal_reason",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("Why the paper form was not accepted"),
    .max = 500,
    .merge = MADANG_MERGE_SERVER },
  { .name = "supplement_due",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Supplement due on"),
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "warned_days",
    .type = MADANG_FIELD_INTEGER,
    .label = N_ ("Told of the close so many days before"),
    .unseen = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "warned_close",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Close that it was told of"),
    .unseen = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "entered_by",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Paper form entered by"),
    .reference = "account",
    .merge = MADANG_MERGE_SERVER },
  { NULL },
};

static const MadangState application_states[] = {
  { "draft", N_ ("Draft") },
  { "submitted", N_ ("Submitted") },
  { "received", N_ ("Received") },
  { "supplement", N_ ("To be supplemented") },
  { "under_review", N_ ("Under review") },
  { "selected", N_ ("Selected") },
  { "reserve", N_ ("Reserve") },
  { "not_selected", N_ ("Not selected") },
  { "confirmed", N_ ("Confirmed") },
  { "declined", N_ ("Given up") },
  { "withdrawn", N_ ("Withdrawn") },
  { "expired", N_ ("Expired") },
  { "late_entry", N_ ("Late entry to be accepted") },
  { "refused", N_ ("Late entry not accepted") },
  { NULL },
};

static const char *const in_draft[] = { "draft", NULL };
/* What expired may still be written and printed: lines typed offline before the close arrive after
 * it, and the paper may go another way. To submit it R-A1 says no, in its own words. */
static const char *const not_submitted[] = { "draft", "expired", NULL };
static const char *const in_submitted[] = { "submitted", NULL };
static const char *const in_writing[] = { "draft", "supplement", "expired", NULL };
static const char *const before_decision[]
    = { "draft", "submitted", "received", "supplement", NULL };
static const char *const at_office[] = {
  "submitted", "received", "supplement", "under_review", "selected", "reserve", "not_selected",
  "confirmed", "declined", "withdrawn",  "late_entry",   "refused",  NULL,
};
static const char *const in_received[] = { "submitted", "received", NULL };
static const char *const in_supplement[] = { "supplement", NULL };
static const char *const in_late_entry[] = { "late_entry", NULL };
static const char *const when_selected[] = { "selected", "confirmed", NULL };

static const MadangEvent application_events[] = {
  { .name = "submit",
    .label = N_ ("Submit"),
    .past = N_ ("The application was submitted"),
    .from = not_submitted,
    .to = "submitted",
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .flags = MADANG_EVENT_SEEN | MADANG_EVENT_COMPLETE,
    .guard = madang_application_guard_submit,
    .effects = madang_application_apply_submit,
    .rules = "R-A1 R-A2 R-A3" },
  { .name = "receive",
    .label = N_ ("Receive"),
    .past = N_ ("The application was received"),
    .from = in_submitted,
    .to = "received",
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .effects = madang_application_apply_receive },
  { .name = "withdraw",
    .label = N_ ("Withdraw"),
    .past = N_ ("The application was withdrawn"),
    .from = before_decision,
    .to = "withdrawn",
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .flags = MADANG_EVENT_REASON,
    .effects = madang_application_apply_withdraw },
  { .name = "request_supplement",
    /* Translators: 보완 요청 */
    .label = N_ ("Ask for a Supplement…"),
    .past = N_ ("The supplement was asked for"),
    .from = in_received,
    .to = "supplement",
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .guard = madang_application_guard_request,
    .effects = madang_application_apply_request },
  { .name = "answer_supplement",
    /* Translators: 보완 제출 */
    .label = N_ ("Hand In the Supplement"),
    .past = N_ ("The supplement was handed in"),
    .from = in_supplement,
    .to = "submitted",
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .flags = MADANG_EVENT_SEEN | MADANG_EVENT_COMPLETE,
    .complete_as = "submit",
    .explain_state = madang_application_explain_no_answer,
    .guard = madang_application_guard_answer,
    .effects = madang_application_apply_answer },
  { .name = "lapse_supplement",
    .label = N_ ("Let the Supplement Lapse"),
    .past = N_ ("The day for the supplement has passed"),
    .from = in_supplement,
    .to = "received",
    .effects = madang_application_apply_lapse },
  { .name = "enter_late",
    .label = N_ ("Enter the Paper Form"),
    .past = N_ ("The paper form was entered and waits for acceptance"),
    .from = in_draft,
    .to = "late_entry",
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_HOME,
    .flags = MADANG_EVENT_SEEN | MADANG_EVENT_COMPLETE,
    .complete_as = "submit",
    .guard = madang_application_guard_enter_late,
    .effects = madang_application_apply_enter_late,
    .rules = "R-A1 R-A2 R-A3" },
  { .name = "accept_late",
    .label = N_ ("Accept the Late Entry"),
    .past = N_ ("The late entry was accepted"),
    .from = in_late_entry,
    .to = "submitted",
    .roles = MADANG_ROLE_CITY_APPROVER,
    .reach = MADANG_REACH_ALL,
    .flags = MADANG_EVENT_SEEN,
    .guard = madang_application_guard_decide_late,
    .effects = madang_application_apply_accept_late },
  { .name = "refuse_late",
    .label = N_ ("Do Not Accept…"),
    .past = N_ ("The late entry was not accepted"),
    .from = in_late_entry,
    .to = "refused",
    .roles = MADANG_ROLE_CITY_APPROVER,
    .reach = MADANG_REACH_ALL,
    .flags = MADANG_EVENT_REASON,
    .guard = madang_application_guard_decide_late,
    .effects = madang_application_apply_refuse_late },
  { .name = "discard_late",
    .label = N_ ("Discard the Entry"),
    .past = N_ ("The entry was discarded"),
    .from = in_draft,
    .to = "withdrawn",
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_HOME,
    .guard = madang_application_guard_discard_late },
  { .name = "warn",
    .label = N_ ("Warn of the Close"),
    .past = N_ ("The agency was told that the call closes"),
    .from = in_draft,
    .effects = madang_application_apply_warning },
  { .name = "expire",
    .label = N_ ("Let Expire"),
    .past = N_ ("The draft expired"),
    .from = in_draft,
    .to = "expired" },
  { .name = "give_up",
    .label = N_ ("Give Up…"),
    .past = N_ ("The agency gave up"),
    .from = when_selected,
    .to = "declined",
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .flags = MADANG_EVENT_REASON,
    .effects = madang_application_apply_give_up },
  { NULL },
};

static const MadangRight application_rights[] = {
  { .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_CREATE,
    .states = in_draft },
  { .roles = MADANG_ROLE_AGENCY_OFFICER, .reach = MADANG_REACH_OWN, .actions = MADANG_ACTION_READ },
  { .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_UPDATE,
    .states = in_writing },
  /* A late paper form lives in the office until it is accepted. */
  { .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_HOME,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_UPDATE,
    .states = in_draft },
  { .roles = MADANG_ROLES_OFFICE, .reach = MADANG_REACH_HOME, .actions = MADANG_ACTION_READ },
  { .roles = MADANG_ROLES_OFFICE,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_READ,
    .states = at_office },
  { 0 },
};

static const MadangSeries application_series[] = {
  { "receipt_number", "receive", "접수-%Y-%03d", madang_application_get_year },
  { "receipt_number", "lapse_supplement", "접수-%Y-%03d", madang_application_get_year },
  { NULL },
};

static const MadangDeadline application_deadlines[] = {
  { .field = "supplement_due",
    .label = N_ ("Supplement is due"),
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .states = in_supplement,
    .reach = MADANG_REACH_OWN,
    .whose = "agency" },
  { .field = "supplement_due",
    .label = N_ ("Supplement is due from the agency"),
    .roles = MADANG_ROLE_CITY_COORDINATOR | MADANG_ROLE_CITY_APPROVER,
    .states = in_supplement },
  { NULL },
};

static const char *const receipt_says[] = { "dept_name", "submitted_at", NULL };

static const MadangTask application_tasks[] = {
  { .label = N_ ("To be finished and submitted"),
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .whose = "agency",
    .states = in_draft },
  { .label = N_ ("Supplement to be handed in"),
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .whose = "agency",
    .states = in_supplement,
    .order = "supplement_due" },
  { .label = N_ ("Submitted, not yet received"),
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .whose = "agency",
    .states = in_submitted,
    .order = "submitted_at",
    .elsewhere = TRUE,
    .says = receipt_says },
  { .label = N_ ("To be received"),
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .states = in_submitted,
    .order = "submitted_at",
    .says = receipt_says },
  { .label = N_ ("Paper form to be entered"),
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_HOME,
    .states = in_draft },
  { .label = N_ ("Late entry to be accepted"),
    .roles = MADANG_ROLE_CITY_APPROVER,
    .states = in_late_entry },
  { .label = N_ ("Late entry, not yet accepted"),
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .states = in_late_entry,
    .elsewhere = TRUE },
  { NULL },
};

static const MadangTimer application_timers[] = {
  { "warn", in_draft, madang_application_get_warning },
  { "expire", in_draft, madang_application_get_expiry },
  { "lapse_supplement", in_supplement, madang_application_get_supplement_end },
  { NULL },
};

static const char *
get_agency (const MadangRecord *record)
{
  return madang_record_peek_text (record, "agency");
}

/* A paper form that was not accepted is the office's own. */
static gboolean
is_in_the_office_alone (const MadangRecord *record)
{
  return madang_record_get_flag (madang_record_unconst (record), "late")
         && !madang_record_is_set (madang_record_unconst (record), "submitted_at");
}

static char *
dup_home_scope (const MadangRecord *record)
{
  const char *agency = get_agency (record);

  if (is_in_the_office_alone (record))
    return g_strdup (MADANG_SCOPE_OFFICE);
  return agency != NULL ? madang_scope_complete (MADANG_SCOPE_OF_AGENCY, agency) : NULL;
}

/* A draft is the agency's own; what was withdrawn or expired before it was submitted stays so. */
static gboolean
is_at_office (const MadangRecord *record)
{
  const char *state = madang_record_get_state (madang_record_unconst (record));

  if (g_str_equal (state, "withdrawn"))
    return madang_record_is_set (madang_record_unconst (record), "submitted_at");
  return g_strv_contains (at_office, state);
}

static void
add_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  const char *agency = get_agency (record);
  gboolean alone = is_in_the_office_alone (record);

  if (agency != NULL && !alone)
    g_ptr_array_add (scopes, madang_scope_complete (MADANG_SCOPE_OF_AGENCY, agency));
  if (alone || is_at_office (record))
    g_ptr_array_add (scopes, madang_scope_for_office (part));
}

const MadangKind madang_application_kind = {
  .name = "application",
  .label = N_ ("Application"),
  .fields = application_fields,
  .states = application_states,
  .events = application_events,
  .rights = application_rights,
  .series = application_series,
  .deadlines = application_deadlines,
  .tasks = application_tasks,
  .timers = application_timers,
  .home_scope = dup_home_scope,
  .agency_of = get_agency,
  .audience = add_audience,
  .check = madang_application_check,
  .title_field = "agency",
};
