/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-accounts.h"

#include "madang-event.h"
#include "madang-hand-over.h"
#include "madang-kind-private.h"
#include "madang-scope.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
dup_server_scope (const MadangRecord *record)
{
  return g_strdup (MADANG_SCOPE_SERVER);
}

/* --- account ------------------------------------------------------------------------------- */

static const MadangField account_fields[] = {
  { .name = "login",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Sign-in name"),
    .min = 2,
    .max = 40,
    .pattern = "^[a-z0-9][a-z0-9._-]*$",
    .pattern_help = N_ ("small letters, digits, dots and hyphens"),
    .required = TRUE,
    .unique = TRUE,
    .indexed = TRUE,
    .searched = TRUE },
  { .name = "name",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Displayed name"),
    .max = 40,
    .required = TRUE,
    .personal = TRUE },
  { .name = "person",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Person"),
    .reference = "person",
    .indexed = TRUE },
  { .name = "last_login",
    .type = MADANG_FIELD_TIME,
    .label = N_ ("Last sign-in"),
    .merge = MADANG_MERGE_SERVER },
  { NULL },
};

static const MadangState account_states[] = {
  { "invited", N_ ("Invited") },
  { "active", N_ ("Active") },
  { "locked", N_ ("Locked") },
  { "closed", N_ ("Closed") },
  { NULL },
};

static const char *const from_invited[] = { "invited", NULL };
static const char *const from_active[] = { "active", NULL };
static const char *const from_locked[] = { "locked", NULL };
static const char *const not_closed[] = { "invited", "active", "locked", NULL };

static const MadangEvent account_events[] = {
  { .name = "activate",
    .label = N_ ("Activate"),
    .past = N_ ("The account was activated"),
    .from = from_invited,
    .to = "active",
    .roles = MADANG_ROLE_SYSTEM_ADMIN,
    .reach = MADANG_REACH_ALL },
  { .name = "lock",
    .label = N_ ("Lock"),
    .past = N_ ("The account was locked"),
    .from = from_active,
    .to = "locked",
    .roles = MADANG_ROLE_SYSTEM_ADMIN,
    .reach = MADANG_REACH_ALL },
  { .name = "unlock",
    .label = N_ ("Unlock"),
    .past = N_ ("The account was unlocked"),
    .from = from_locked,
    .to = "active",
    .roles = MADANG_ROLE_SYSTEM_ADMIN,
    .reach = MADANG_REACH_ALL },
  { .name = "close",
    .label = N_ ("Close Account"),
    .past = N_ ("The account was closed"),
    .from = not_closed,
    .to = "closed",
    .roles = MADANG_ROLE_SYSTEM_ADMIN,
    .reach = MADANG_REACH_ALL },
  { NULL },
};

static const MadangRight server_rights[] = {
  { .roles = MADANG_ROLE_SYSTEM_ADMIN,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_READ | MADANG_ACTION_UPDATE },
  { .roles = MADANG_ROLE_EVERY, .reach = MADANG_REACH_SELF, .actions = MADANG_ACTION_READ },
  { 0 },
};

static const char *
get_account_itself (const MadangRecord *record)
{
  return madang_record_get_id (madang_record_unconst (record));
}

static void
add_account_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  g_ptr_array_add (scopes, g_strdup (MADANG_SCOPE_SERVER));
  g_ptr_array_add (scopes,
                   madang_scope_complete (MADANG_SCOPE_OF_ACCOUNT, get_account_itself (record)));
}

const MadangKind madang_account_kind = {
  .name = "account",
  .label = N_ ("Account"),
  .system = TRUE,
  .fields = account_fields,
  .states = account_states,
  .events = account_events,
  .rights = server_rights,
  .home_scope = dup_server_scope,
  .account_of = get_account_itself,
  .audience = add_account_audience,
  .title_field = "login",
  .sort_field = "login",
};

/* --- role grant ---------------------------------------------------------------------------- */

static const MadangField role_grant_fields[] = {
  { .name = "account",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Account"),
    .reference = "account",
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE,
    .searched = TRUE },
  { .name = "role",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Role"),
    .choices = madang_role_choices,
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE },
  { .name = "scope",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Held over"),
    .max = 60,
    .pattern = "^[a-z]+(:[0-9a-f-]{36})?$",
    .pattern_help = N_ ("“programme”, “server”, or a word, a colon and an id"),
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE },
  { .name = "agency",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Agency"),
    .reference = "agency",
    .fixed = TRUE,
    .indexed = TRUE },
  { .name = "valid_from",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("First day of the role"),
    .required = TRUE },
  { .name = "valid_to",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Last day of the role"),
    .required = TRUE,
    .indexed = TRUE },
  /* Who keeps the accounts reads no agencies, and has to tell their officers apart. */
  { .name = "scope_name",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Where the role is held"),
    .max = 60,
    .fixed = TRUE },
  { NULL },
};

static const MadangState role_grant_states[] = {
  { "active", N_ ("In force") },
  { "revoked", N_ ("Revoked") },
  { NULL },
};

static const MadangEvent role_grant_events[] = {
  { .name = "revoke",
    .label = N_ ("Revoke"),
    .past = N_ ("The role was revoked"),
    .from = from_active,
    .to = "revoked",
    .roles = MADANG_ROLE_SYSTEM_ADMIN,
    .reach = MADANG_REACH_ALL },
  { .name = "hand_over",
    .label = N_ ("Hand Over…"),
    .past = N_ ("The role was handed over"),
    .from = from_active,
    .to = "revoked",
    .roles = MADANG_ROLE_SYSTEM_ADMIN,
    .reach = MADANG_REACH_ALL,
    .guard = madang_hand_over_check,
    .effects = madang_hand_over_apply },
  { NULL },
};

static gboolean
role_fits_scope (MadangRole role, const char *scope)
{
  const char *wanted = role != 0 ? madang_role_get_scope (role) : NULL;

  return wanted != NULL && madang_scope_fits (scope, wanted);
}

static MadangVerdict *
check_role_grant (const MadangEventContext *context)
{
  const char *role = madang_record_get_text (context->record, "role");
  const char *scope = madang_record_get_text (context->record, "scope");
  const char *from = madang_record_get_text (context->record, "valid_from");
  const char *to = madang_record_get_text (context->record, "valid_to");

  if (*role != '\0' && *scope != '\0' && !role_fits_scope (madang_role_from_name (role), scope))
    return madang_verdict_new_no ("grant.scope", role, scope, NULL);
  if (g_str_equal (role, "department_answerer")
      && !madang_record_is_set (context->record, "agency"))
    return madang_verdict_new_no ("grant.agency", role, NULL);
  if (*from != '\0' && *to != '\0' && strcmp (from, to) > 0)
    return madang_verdict_new_no ("grant.period", "valid_from", "valid_to", NULL);

  return madang_verdict_new_yes ();
}

static const char *
get_grant_account (const MadangRecord *record)
{
  return madang_record_peek_text (record, "account");
}

static void
add_grant_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  const char *account = get_grant_account (record);

  if (part != MADANG_PART_MAIN)
    return;

  g_ptr_array_add (scopes, g_strdup (MADANG_SCOPE_SERVER));
  if (account != NULL)
    g_ptr_array_add (scopes, madang_scope_complete (MADANG_SCOPE_OF_ACCOUNT, account));
}

const MadangKind madang_role_grant_kind = {
  .name = "role_grant",
  .label = N_ ("Role"),
  .system = TRUE,
  .fields = role_grant_fields,
  .states = role_grant_states,
  .events = role_grant_events,
  .rights = server_rights,
  .home_scope = dup_server_scope,
  .account_of = get_grant_account,
  .audience = add_grant_audience,
  .check = check_role_grant,
  .title_field = "role",
  .sort_field = "scope",
};
