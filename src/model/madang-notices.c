/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-notices.h"

#include "madang-kind-private.h"
#include "madang-rights.h"
#include "madang-scope.h"

#include <glib/gi18n-lib.h>

#define MAX_ITEMS MADANG_ROWS_MAX

static const MadangChoice codes[] = {
  { "call_extended", N_ ("The call is extended") },
  { "closing_soon", N_ ("The call closes soon") },
  { "handed_over", N_ ("Work was handed over") },
  { "late_entry_refused", N_ ("The late paper form was not accepted") },
  { "reminder", N_ ("No application has come in yet") },
  { "supplement_lapsed", N_ ("The day for the supplement has passed") },
  { "supplement_requested", N_ ("A supplement is asked for") },
  { NULL },
};

static const MadangField item_members[] = {
  { .name = "record_kind", .type = MADANG_FIELD_LINE, .label = N_ ("Kind"), .max = 40 },
  { .name = "record", .type = MADANG_FIELD_LINE, .label = N_ ("Entry"), .max = 36 },
  { .name = "state", .type = MADANG_FIELD_LINE, .label = N_ ("State"), .max = 40 },
  { .name = "day", .type = MADANG_FIELD_DAY, .label = N_ ("Due on") },
  { .name = "pos", .type = MADANG_FIELD_LINE, .label = N_ ("Place in the list"), .max = 60 },
  { NULL },
};

static const MadangField notice_fields[] = {
  { .name = "agency",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Agency"),
    .reference = "agency",
    .fixed = TRUE,
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "account",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Account"),
    .reference = "account",
    .fixed = TRUE,
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "code",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("What is told"),
    .choices = codes,
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "text",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("Message"),
    .max = 1000,
    .merge = MADANG_MERGE_SERVER },
  { .name = "day",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Day in question"),
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "record_kind",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Kind"),
    .max = 40,
    .merge = MADANG_MERGE_SERVER },
  { .name = "record",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Entry"),
    .max = 36,
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "items",
    .type = MADANG_FIELD_ROWS,
    .label = N_ ("Open work"),
    .max = MAX_ITEMS,
    .members = item_members,
    .merge = MADANG_MERGE_SERVER },
  { .name = "sent_at",
    .type = MADANG_FIELD_TIME,
    .label = N_ ("Sent at"),
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "read_at",
    .type = MADANG_FIELD_TIME,
    .label = N_ ("Acknowledged at"),
    .merge = MADANG_MERGE_SERVER },
  { .name = "read_by",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Acknowledged by"),
    .reference = "account",
    .merge = MADANG_MERGE_SERVER },
  { NULL },
};

static const MadangState notice_states[] = {
  { "sent", N_ ("Sent") },
  { "read", N_ ("Acknowledged") },
  { "passed_on", N_ ("Passed on") },
  { NULL },
};

static const char *
get_agency (const MadangRecord *record)
{
  return madang_record_peek_text (record, "agency");
}

static const char *
get_account (const MadangRecord *record)
{
  return madang_record_peek_text (record, "account");
}

/* Whom it tells, nobody else. */
static MadangVerdict *
guard_acknowledge (const MadangEventContext *context)
{
  const char *account = get_account (context->record);
  const char *agency = get_agency (context->record);
  gboolean told
      = account != NULL
            ? g_strcmp0 (account, madang_actor_get_account (context->actor)) == 0
            : agency != NULL
                  && madang_actor_holds_in (context->actor, MADANG_ROLE_AGENCY_OFFICER, agency);

  return told ? madang_verdict_new_yes () : madang_verdict_new_no ("right.none", NULL);
}

static void
apply_acknowledge (const MadangEventContext *context, MadangEffects *effects)
{
  madang_effects_set (effects, "read_at", g_variant_new_int64 (context->now));
  madang_effects_set (effects, "read_by",
                      g_variant_new_string (madang_actor_get_account (context->actor)));
}

static MadangVerdict *
guard_pass_on (const MadangEventContext *context)
{
  const char *successor = NULL;

  if (context->arguments == NULL
      || !g_variant_lookup (context->arguments, "successor", "&s", &successor))
    return madang_verdict_new_no ("event.argument", "successor", NULL);
  return madang_verdict_new_yes ();
}

/* The successor of whom it told is told the same. */
static void
apply_pass_on (const MadangEventContext *context, MadangEffects *effects)
{
  static const char *const kept[]
      = { "code", "text", "day", "record_kind", "record", "items", "sent_at" };
  MadangRecord *notice = madang_effects_create (effects, context, &madang_notice_kind);
  GVariant *successor
      = g_variant_lookup_value (context->arguments, "successor", G_VARIANT_TYPE_STRING);

  madang_record_set (notice, "account", successor, NULL);
  g_variant_unref (successor);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (madang_record_is_set (context->record, kept[i]))
      madang_record_set (notice, kept[i], madang_record_get (context->record, kept[i]), NULL);
}

static const char *const from_sent[] = { "sent", NULL };

static const MadangEvent notice_events[] = {
  { .name = "acknowledge",
    .label = N_ ("Acknowledge"),
    .past = N_ ("The notice was acknowledged"),
    .from = from_sent,
    .to = "read",
    .roles = MADANG_ROLE_EVERY,
    .reach = MADANG_REACH_ALL,
    .guard = guard_acknowledge,
    .effects = apply_acknowledge },
  /* It follows when the role goes to somebody else. */
  { .name = "pass_on",
    .label = N_ ("Pass On"),
    .past = N_ ("The notice was passed on"),
    .from = from_sent,
    .to = "passed_on",
    .guard = guard_pass_on,
    .effects = apply_pass_on },
  { NULL },
};

static const char *const notice_says[] = { "text", "day", "items", NULL };

static const MadangTask notice_tasks[] = {
  { .label = N_ ("Notice"),
    .roles = MADANG_ROLE_EVERY,
    .reach = MADANG_REACH_SELF,
    .whose = "account",
    .states = from_sent,
    .order = "sent_at",
    .event = "acknowledge",
    .says = notice_says,
    .about_kind = "record_kind",
    .about = "record" },
  { .label = N_ ("Notice"),
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .whose = "agency",
    .states = from_sent,
    .order = "sent_at",
    .event = "acknowledge",
    .says = notice_says,
    .about_kind = "record_kind",
    .about = "record" },
  { NULL },
};

static const MadangRight notice_rights[] = {
  { .roles = MADANG_ROLE_AGENCY_OFFICER, .reach = MADANG_REACH_OWN, .actions = MADANG_ACTION_READ },
  { .roles = MADANG_ROLES_OFFICE, .reach = MADANG_REACH_ALL, .actions = MADANG_ACTION_READ },
  { .roles = MADANG_ROLE_EVERY, .reach = MADANG_REACH_SELF, .actions = MADANG_ACTION_READ },
  { 0 },
};

static char *
dup_home_scope (const MadangRecord *record)
{
  const char *account = get_account (record);
  const char *agency = get_agency (record);

  if (account != NULL)
    return madang_scope_complete (MADANG_SCOPE_OF_ACCOUNT, account);
  return agency != NULL ? madang_scope_complete (MADANG_SCOPE_OF_AGENCY, agency) : NULL;
}

/* The office sees who was told what, and whether they know. */
static void
add_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  char *home = dup_home_scope (record);

  if (home == NULL || part != MADANG_PART_MAIN)
    {
      g_free (home);
      return;
    }
  g_ptr_array_add (scopes, home);
  g_ptr_array_add (scopes, g_strdup (MADANG_SCOPE_OFFICE));
}

static MadangVerdict *
check_notice (const MadangEventContext *context)
{
  gboolean one = (get_agency (context->record) != NULL) != (get_account (context->record) != NULL);

  return one ? madang_verdict_new_yes () : madang_verdict_new_no ("field.missing", "agency", NULL);
}

const MadangKind madang_notice_kind = {
  .name = "notice",
  .label = N_ ("Notice"),
  .system = TRUE,
  .fields = notice_fields,
  .states = notice_states,
  .events = notice_events,
  .rights = notice_rights,
  .tasks = notice_tasks,
  .home_scope = dup_home_scope,
  .agency_of = get_agency,
  .account_of = get_account,
  .audience = add_audience,
  .check = check_notice,
  .title_field = "code",
};

static MadangRecord *
tell (const MadangEventContext *context,
      MadangEffects *effects,
      const char *code,
      const char *field,
      const char *to)
{
  MadangRecord *notice = madang_effects_create (effects, context, &madang_notice_kind);

  madang_record_set (notice, field, g_variant_new_string (to), NULL);
  madang_record_set (notice, "code", g_variant_new_string (code), NULL);
  madang_record_set (notice, "record_kind",
                     g_variant_new_string (madang_record_get_kind (context->record)->name), NULL);
  madang_record_set (notice, "record",
                     g_variant_new_string (madang_record_get_id (context->record)), NULL);
  madang_record_set (notice, "sent_at", g_variant_new_int64 (context->now), NULL);
  return notice;
}

MadangRecord *
madang_notice_tell_agency (const MadangEventContext *context,
                           MadangEffects *effects,
                           const char *code,
                           const char *agency)
{
  g_return_val_if_fail (agency != NULL, NULL);

  return tell (context, effects, code, "agency", agency);
}

MadangRecord *
madang_notice_tell_account (const MadangEventContext *context,
                            MadangEffects *effects,
                            const char *code,
                            const char *account)
{
  g_return_val_if_fail (account != NULL, NULL);

  return tell (context, effects, code, "account", account);
}
