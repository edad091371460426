/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-system.h"

#include "madang-event.h"
#include "madang-kind-private.h"
#include "madang-rights.h"
#include "madang-scope.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_KEPT 20000 /* characters of a value that lost */

/* --- conflict ------------------------------------------------------------------------------ */

/* What became of a change that lost: the server writes it beside the record, so that nothing a
 * person entered is gone. The values may hold anything, so they are personal; they are the JSON
 * text of the values. An event whose "seen" was no longer true has .event and no .field. */

static const MadangChoice resolutions[] = {
  { "mine", N_ ("Mine was kept") },
  { "theirs", N_ ("Theirs was kept") },
  { "edited", N_ ("Both were joined") },
  { NULL },
};

static const MadangField conflict_fields[] = {
  { .name = "record_kind",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Kind"),
    .max = 40,
    .required = TRUE,
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "record",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Entry"),
    .max = 36,
    .required = TRUE,
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "home",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Home of the entry"),
    .max = 60,
    .required = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "field",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Field"),
    .max = 160,
    .merge = MADANG_MERGE_SERVER },
  { .name = "event",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Step"),
    .max = 40,
    .merge = MADANG_MERGE_SERVER },
  { .name = "base",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("Before"),
    .max = MAX_KEPT,
    .personal = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "theirs",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("Theirs"),
    .max = MAX_KEPT,
    .personal = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "mine",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("Mine"),
    .max = MAX_KEPT,
    .personal = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "author",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Made by"),
    .reference = "account",
    .required = TRUE,
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  /* When the change arrived, on the server's programme clock as theirs_at: a device's clock may be
   * wrong, and the two are read beside each other. */
  { .name = "made_at",
    .type = MADANG_FIELD_TIME,
    .label = N_ ("Made at"),
    .merge = MADANG_MERGE_SERVER },
  { .name = "device",
    .type = MADANG_FIELD_LINE,
    .label = N_ ("Device"),
    .max = 36,
    .merge = MADANG_MERGE_SERVER },
  { .name = "theirs_by",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Theirs made by"),
    .reference = "account",
    .merge = MADANG_MERGE_SERVER },
  { .name = "theirs_at",
    .type = MADANG_FIELD_TIME,
    .label = N_ ("Theirs made at"),
    .merge = MADANG_MERGE_SERVER },
  { .name = "resolution",
    .type = MADANG_FIELD_ONE_OF,
    .label = N_ ("Settled by"),
    .choices = resolutions,
    .merge = MADANG_MERGE_SERVER },
  { .name = "settled_by",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Settled by whom"),
    .reference = "account",
    .merge = MADANG_MERGE_SERVER },
  { .name = "settled_at",
    .type = MADANG_FIELD_TIME,
    .label = N_ ("Settled at"),
    .merge = MADANG_MERGE_SERVER },
  { NULL },
};

static const MadangState conflict_states[] = {
  { "open", N_ ("To be settled") },
  { "settled", N_ ("Settled") },
  { NULL },
};

static const char *
get_resolution (const MadangEventContext *context)
{
  const char *resolution = NULL;

  if (context->arguments != NULL)
    g_variant_lookup (context->arguments, "resolution", "&s", &resolution);
  return resolution;
}

/* Who may see both values may settle. */
static MadangVerdict *
guard_settle (const MadangEventContext *context)
{
  const MadangField *field = madang_kind_find_field (&madang_conflict_kind, "resolution");
  const char *resolution = get_resolution (context);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (MadangVerdict) verdict = NULL;

  if (!madang_rights_may_read (context->actor, context->record, MADANG_PART_PERSONAL))
    return madang_verdict_new_no ("right.none", NULL);
  if (madang_event_context_only_asks (context))
    return madang_verdict_new_yes ();
  if (resolution == NULL)
    return madang_verdict_new_no ("event.argument", "resolution", NULL);

  value = g_variant_ref_sink (g_variant_new_string (resolution));
  verdict = madang_field_check (field, value);
  return madang_verdict_is_yes (verdict)
             ? g_steal_pointer (&verdict)
             : madang_verdict_new_no ("event.argument", "resolution", NULL);
}

static void
apply_settle (const MadangEventContext *context, MadangEffects *effects)
{
  madang_effects_set (effects, "resolution", g_variant_new_string (get_resolution (context)));
  madang_effects_set (effects, "settled_by",
                      g_variant_new_string (madang_actor_get_account (context->actor)));
  madang_effects_set (effects, "settled_at", g_variant_new_int64 (context->now));
}

static const char *const from_open[] = { "open", NULL };

static const MadangEvent conflict_events[] = {
  { .name = "settle",
    .label = N_ ("Settle"),
    .past = N_ ("The conflict was settled"),
    .from = from_open,
    .to = "settled",
    .roles = MADANG_ROLE_EVERY,
    .reach = MADANG_REACH_ALL,
    .guard = guard_settle,
    .effects = apply_settle },
  { NULL },
};

static const MadangTask conflict_tasks[] = {
  { .label = N_ ("To be settled"),
    .roles = MADANG_ROLE_EVERY,
    .reach = MADANG_REACH_SELF,
    .whose = "author",
    .states = from_open },
  { NULL },
};

static const MadangRight conflict_rights[] = {
  { .roles = MADANG_ROLE_EVERY, .reach = MADANG_REACH_SELF, .actions = MADANG_ACTION_READ },
  { .roles = MADANG_ROLE_AGENCY_OFFICER, .reach = MADANG_REACH_OWN, .actions = MADANG_ACTION_READ },
  { .roles = MADANG_ROLES_OFFICE | MADANG_ROLE_SYSTEM_ADMIN,
    .reach = MADANG_REACH_HOME,
    .actions = MADANG_ACTION_READ },
  { 0 },
};

static const char *const shared_homes[]
    = { MADANG_SCOPE_DIRECTORY, MADANG_SCOPE_OFFICE, MADANG_SCOPE_PROGRAMME, NULL };

static const char *
get_conflict_agency (const MadangRecord *record)
{
  const char *home = madang_record_get_text (madang_record_unconst (record), "home");

  return madang_scope_get_agency (home);
}

static const char *
get_conflict_author (const MadangRecord *record)
{
  return madang_record_peek_text (record, "author");
}

/* A conflict lives where its entry does, so that nobody reads more in it than in the entry. Feeds
 * that many follow have the office beside them, whose personal values are apart. */
static char *
dup_conflict_scope (const MadangRecord *record)
{
  const char *home = madang_record_get_text (madang_record_unconst (record), "home");

  return *home == '\0' || g_strv_contains (shared_homes, home) ? g_strdup (MADANG_SCOPE_OFFICE)
                                                               : g_strdup (home);
}

static void
add_conflict_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  const char *author = get_conflict_author (record);
  g_autofree char *scope = dup_conflict_scope (record);

  if (author != NULL)
    g_ptr_array_add (scopes, madang_scope_complete (MADANG_SCOPE_OF_ACCOUNT, author));
  g_ptr_array_add (scopes, g_str_equal (scope, MADANG_SCOPE_OFFICE) ? madang_scope_for_office (part)
                                                                    : g_steal_pointer (&scope));
}

const MadangKind madang_conflict_kind = {
  .name = "conflict",
  .label = N_ ("Conflict"),
  .system = TRUE,
  .fields = conflict_fields,
  .states = conflict_states,
  .events = conflict_events,
  .rights = conflict_rights,
  .tasks = conflict_tasks,
  .home_scope = dup_conflict_scope,
  .agency_of = get_conflict_agency,
  .account_of = get_conflict_author,
  .audience = add_conflict_audience,
  .title_field = "field",
};
