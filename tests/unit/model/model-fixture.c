/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"

#include "madang-programme.h"
#include "madang-agencies.h"
#include "madang-applications.h"

/* --- a kind for the machinery -------------------------------------------------------------- */

static const MadangChoice colours[] = {
  { "blue", "Blue" },
  { "green", "Green" },
  { "red", "Red" },
  { NULL },
};

static const MadangField sample_members[] = {
  { .name = "title", .type = MADANG_FIELD_LINE, .label = "Title", .max = 20, .required = TRUE },
  { .name = "count", .type = MADANG_FIELD_INTEGER, .label = "Count", .merge = MADANG_MERGE_MAX },
  { .name = "tags",
    .type = MADANG_FIELD_SET_OF,
    .label = "Tags",
    .choices = colours,
    .merge = MADANG_MERGE_SET },
  { .name = "pos", .type = MADANG_FIELD_LINE, .label = "Place", .max = 20 },
  { NULL },
};

static const MadangField sample_fields[] = {
  { .name = "line", .type = MADANG_FIELD_LINE, .label = "Line", .max = 20 },
  { .name = "text", .type = MADANG_FIELD_TEXT, .label = "Text", .max = 100 },
  { .name = "secret", .type = MADANG_FIELD_LINE, .label = "Secret", .max = 20, .personal = TRUE },
  { .name = "status",
    .type = MADANG_FIELD_LINE,
    .label = "Status",
    .max = 20,
    .merge = MADANG_MERGE_ATOMIC,
    .merge_group = "decision" },
  { .name = "reason",
    .type = MADANG_FIELD_LINE,
    .label = "Reason",
    .max = 20,
    .merge = MADANG_MERGE_ATOMIC,
    .merge_group = "decision" },
  { .name = "colours",
    .type = MADANG_FIELD_SET_OF,
    .label = "Colours",
    .choices = colours,
    .merge = MADANG_MERGE_SET },
  { .name = "read_at", .type = MADANG_FIELD_TIME, .label = "Read at", .merge = MADANG_MERGE_MAX },
  { .name = "number", .type = MADANG_FIELD_LINE, .label = "Number", .merge = MADANG_MERGE_SERVER },
  { .name = "noted",
    .type = MADANG_FIELD_INTEGER,
    .label = "Noted",
    .unseen = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "total", .type = MADANG_FIELD_INTEGER, .label = "Total", .merge = MADANG_MERGE_NEVER },
  { .name = "owner", .type = MADANG_FIELD_LINE, .label = "Owner", .max = 20, .fixed = TRUE },
  { .name = "flag", .type = MADANG_FIELD_YES_NO, .label = "Flag" },
  { .name = "why",
    .type = MADANG_FIELD_LINE,
    .label = "Why",
    .max = 20,
    .required = TRUE,
    .required_if = "flag",
    .required_is = "true" },
  { .name = "rows", .type = MADANG_FIELD_ROWS, .label = "Rows", .members = sample_members },
  { NULL },
};

static const MadangState sample_states[] = {
  { "open", "Open" },
  { "shut", "Shut" },
  { NULL },
};

static const char *const in_open[] = { "open", NULL };

static const MadangEvent sample_events[] = {
  { .name = "shut",
    .label = "Shut",
    .past = "It was shut",
    .from = in_open,
    .to = "shut",
    .roles = MADANG_ROLE_CITY_APPROVER,
    .reach = MADANG_REACH_ALL,
    .flags = MADANG_EVENT_COMPLETE | MADANG_EVENT_REASON },
  { NULL },
};

static const MadangRight sample_rights[] = {
  { .roles = MADANG_ROLE_CITY_APPROVER,
    .reach = MADANG_REACH_ALL,
    .actions
    = MADANG_ACTION_CREATE | MADANG_ACTION_READ | MADANG_ACTION_UPDATE | MADANG_ACTION_DELETE },
  { 0 },
};

static char *
dup_sample_scope (const MadangRecord *record)
{
  return g_strdup ("office");
}

static void
add_sample_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  g_ptr_array_add (scopes, g_strdup ("office"));
  g_ptr_array_add (scopes, g_strdup ("directory"));
  g_ptr_array_add (scopes, g_strdup ("office"));
}

const MadangKind sample_kind = {
  .name = "sample",
  .label = "Sample",
  .fields = sample_fields,
  .states = sample_states,
  .events = sample_events,
  .rights = sample_rights,
  .home_scope = dup_sample_scope,
  .audience = add_sample_audience,
  .title_field = "line",
};

/* --- records in memory --------------------------------------------------------------------- */

struct _MemoryLookup
{
  GObject parent_instance;

  GPtrArray *records; /* (owned) */
  GHashTable *held;   /* (owned): scopes */
};

static MadangRecord *
memory_lookup_get (MadangLookup *lookup, const char *kind, const char *id)
{
  MemoryLookup *self = MEMORY_LOOKUP (lookup);

  for (guint i = 0; i < self->records->len; i++)
    {
      MadangRecord *record = g_ptr_array_index (self->records, i);

      if (g_str_equal (madang_record_get_id (record), id)
          && g_str_equal (madang_record_get_kind (record)->name, kind))
        return g_object_ref (record);
    }
  return NULL;
}

static gboolean
memory_lookup_each (MadangLookup *lookup,
                    const char *kind,
                    const char *field,
                    GVariant *value,
                    const char *within,
                    MadangLookupFunc func,
                    gpointer user_data)
{
  MemoryLookup *self = MEMORY_LOOKUP (lookup);

  if (!g_hash_table_contains (self->held, within))
    return FALSE;

  for (guint i = 0; i < self->records->len; i++)
    {
      MadangRecord *record = g_ptr_array_index (self->records, i);

      if (g_str_equal (madang_record_get_kind (record)->name, kind)
          && !madang_record_get_deleted (record)
          && (field == NULL || madang_value_equal (madang_record_get (record, field), value))
          && !func (record, user_data))
        break;
    }
  return TRUE;
}

static void
memory_lookup_iface_init (MadangLookupInterface *iface)
{
  iface->get = memory_lookup_get;
  iface->each = memory_lookup_each;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (MemoryLookup,
                               memory_lookup,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MADANG_TYPE_LOOKUP, memory_lookup_iface_init))

static void
memory_lookup_finalize (GObject *object)
{
  MemoryLookup *self = MEMORY_LOOKUP (object);

  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->held, g_hash_table_unref);
  G_OBJECT_CLASS (memory_lookup_parent_class)->finalize (object);
}

static void
memory_lookup_class_init (MemoryLookupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memory_lookup_finalize;
}

static void
memory_lookup_init (MemoryLookup *self)
{
  self->records = g_ptr_array_new_with_free_func (g_object_unref);
  self->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

MemoryLookup *
memory_lookup_new (void)
{
  return g_object_new (MEMORY_TYPE_LOOKUP, NULL);
}

void
memory_lookup_add (MemoryLookup *self, MadangRecord *record)
{
  g_ptr_array_add (self->records, g_object_ref (record));
}

void
memory_lookup_hold (MemoryLookup *self, const char *scope)
{
  g_hash_table_add (self->held, g_strdup (scope));
}

/* --- samples ------------------------------------------------------------------------------- */

void
set_text (MadangRecord *record, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  madang_record_set (record, path, text != NULL ? g_variant_new_string (text) : NULL, &error);
  g_assert_no_error (error);
}

void
set_number (MadangRecord *record, const char *path, gint64 number)
{
  g_autoptr (GError) error = NULL;

  madang_record_set (record, path, g_variant_new_int64 (number), &error);
  g_assert_no_error (error);
}

MadangRecord *
sample_programme_new (void)
{
  static const char *const texts[][2] = {
    { "title", "2020년 민주주의 서울 기관협력 사업" },
    { "period_start", "2020-04-01" },
    { "period_end", "2020-12-31" },
    { "call_open", "2020-02-24" },
    { "call_close", "2020-03-13" },
    { "selection_due", "2020-03-31" },
    { "account_path", "서울민주주의위원회 > 서울민주주의담당관 > 사무관리비" },
    { "account_code", "201-01" },
    { "funding_mode", "joint_operation" },
    { "criteria", "① 민주주의 서울 이해도\n② 운영방향 일치도\n③ 참여의지\n④ 지속 가능성" },
  };
  MadangRecord *record = madang_record_new (&madang_programme_kind, PROGRAMME);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (record, texts[i][0], texts[i][1]);
  set_number (record, "year", 2020);
  set_number (record, "target_agency_count", 5);
  set_number (record, "guide_per_agency", 20000000);
  set_number (record, "budget_total", 100000000);
  return record;
}

MadangRecord *
sample_agency_new (const char *id, const char *kind)
{
  MadangRecord *record = madang_record_new (&madang_agency_kind, id);

  set_text (record, "name_ko", "금천구");
  set_text (record, "kind", kind);
  set_text (record, "code", "11545");
  return record;
}

MadangRecord *
sample_application_new (const char *id)
{
  static const char *const texts[][2] = {
    { "programme", PROGRAMME },
    { "agency", AGENCY },
    { "dept_name", "마을자치과" },
    { "officer_name", "견본 김담당" },
    { "phone", "02-120" },
    { "email", "sample@example.go.kr" },
    { "direction", "발전방향 견본" },
    { "op_and_use", "운영 및 활용 견본" },
    { "plan", "운영계획 견본" },
    { "page_request", "yes" },
    { "link_request", "no" },
    { "head_pledge", "yes" },
    { "dedicated_staff", "no" },
    { "signed_on", "2020-03-09" },
    { "signer", "금천구" },
  };
  MadangRecord *record = madang_record_new (&madang_application_kind, id);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (record, texts[i][0], texts[i][1]);
  return record;
}

MadangActor *
sample_actor_new (MadangRole role)
{
  static const struct
  {
    MadangRole role;
    const char *scope;
    const char *agency;
  } grants[] = {
    { MADANG_ROLE_CITY_COORDINATOR, "programme", NULL },
    { MADANG_ROLE_CITY_APPROVER, "programme", NULL },
    { MADANG_ROLE_AGENCY_OFFICER, "agency:" AGENCY, NULL },
    { MADANG_ROLE_DEPARTMENT_ANSWERER, "dept:d1", AGENCY },
    { MADANG_ROLE_REVIEWER, "round:r1", NULL },
    { MADANG_ROLE_TF_EXPERT, "tf:t1", NULL },
    { MADANG_ROLE_PANEL_MEMBER, "panel:p1", NULL },
    { MADANG_ROLE_FACILITATOR, "event:e1", NULL },
    { MADANG_ROLE_VENDOR_OPERATOR, "contract:c1", NULL },
    { MADANG_ROLE_ANALYST, "forum:f1", NULL },
    { MADANG_ROLE_AUDITOR, "programme", NULL },
    { MADANG_ROLE_SYSTEM_ADMIN, "server", NULL },
  };
  MadangActor *actor = madang_actor_new (ACCOUNT);

  for (gsize i = 0; i < G_N_ELEMENTS (grants); i++)
    if (grants[i].role == role)
      madang_actor_add_grant (actor, role, grants[i].scope, grants[i].agency);
  return actor;
}

/* --- verdicts ------------------------------------------------------------------------------ */

void
assert_yes (MadangVerdict *verdict)
{
  g_autoptr (MadangVerdict) owned = verdict;

  g_assert_nonnull (owned);
  g_assert_cmpstr (madang_verdict_get_code (owned), ==, NULL);
  g_assert_cmpint (madang_verdict_get_answer (owned), ==, MADANG_VERDICT_YES);
}

void
assert_no (MadangVerdict *verdict, const char *code, const char *arguments)
{
  g_autoptr (MadangVerdict) owned = verdict;
  g_autofree char *joined = NULL;

  g_assert_nonnull (owned);
  g_assert_cmpstr (madang_verdict_get_code (owned), ==, code);
  g_assert_cmpint (madang_verdict_get_answer (owned), ==, MADANG_VERDICT_NO);
  joined = g_strjoinv (" ", (GStrv)madang_verdict_get_arguments (owned));
  g_assert_cmpstr (joined, ==, arguments);
}

void
assert_unknown (MadangVerdict *verdict, const char *code)
{
  g_autoptr (MadangVerdict) owned = verdict;

  g_assert_nonnull (owned);
  g_assert_cmpstr (madang_verdict_get_code (owned), ==, code);
  g_assert_cmpint (madang_verdict_get_answer (owned), ==, MADANG_VERDICT_UNKNOWN);
}
