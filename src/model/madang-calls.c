/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-calls.h"

#include "madang-day.h"
#include "madang-kind-private.h"
#include "madang-notices.h"
#include "madang-scope.h"
#include "madang-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_MESSAGE 500 /* characters */

static const char *const admitted_kinds[] = { "district", "invested", "funded", NULL };

/* In these an application has not come in. */
static const char *const not_in[] = { "draft", "expired", "withdrawn", NULL };

gboolean
madang_call_admits (MadangRecord *agency)
{
  g_return_val_if_fail (MADANG_IS_RECORD (agency), FALSE);

  return g_strv_contains (admitted_kinds, madang_record_get_text (agency, "kind"));
}

/* --- more time for one agency -------------------------------------------------------------- */

static const MadangField extension_fields[] = {
  { .name = "programme",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Programme"),
    .reference = "programme",
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "agency",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("District or institution"),
    .reference = "agency",
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "until",
    .type = MADANG_FIELD_DAY,
    .label = N_ ("Last day for this agency"),
    .required = TRUE,
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "reason",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("Reason"),
    .max = MAX_MESSAGE,
    .required = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { NULL },
};

static const MadangState extension_states[] = {
  { "granted", N_ ("Granted") },
  { NULL },
};

static const MadangRight extension_rights[] = {
  { .roles = MADANG_ROLE_AGENCY_OFFICER, .reach = MADANG_REACH_OWN, .actions = MADANG_ACTION_READ },
  { .roles = MADANG_ROLES_OFFICE, .reach = MADANG_REACH_ALL, .actions = MADANG_ACTION_READ },
  { 0 },
};

static const char *
get_agency (const MadangRecord *record)
{
  return madang_record_peek_text (record, "agency");
}

static char *
dup_extension_scope (const MadangRecord *record)
{
  const char *agency = get_agency (record);

  return agency != NULL ? madang_scope_complete (MADANG_SCOPE_OF_AGENCY, agency) : NULL;
}

static void
add_extension_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  char *home = dup_extension_scope (record);

  if (home != NULL)
    g_ptr_array_add (scopes, home);
  g_ptr_array_add (scopes, madang_scope_for_office (part));
}

const MadangKind madang_call_extension_kind = {
  .name = "call_extension",
  .label = N_ ("Extension for one agency"),
  .fields = extension_fields,
  .states = extension_states,
  .rights = extension_rights,
  .home_scope = dup_extension_scope,
  .agency_of = get_agency,
  .audience = add_extension_audience,
  .title_field = "agency",
};

typedef struct
{
  const char *programme; /* id */
  char *last;            /* (owned) */
} LastDay;

static gboolean
look_at_extension (MadangRecord *extension, gpointer user_data)
{
  LastDay *found = user_data;
  const char *until = madang_record_get_text (extension, "until");

  if (g_str_equal (madang_record_get_text (extension, "programme"), found->programme)
      && strcmp (until, found->last) > 0)
    {
      g_free (found->last);
      found->last = g_strdup (until);
    }
  return TRUE;
}

char *
madang_call_dup_last_day (MadangLookup *lookup, MadangRecord *programme, const char *agency)
{
  const char *close = madang_record_get_text (programme, "call_close");
  LastDay found = { madang_record_get_id (programme), NULL };
  g_autofree char *within = NULL;

  g_return_val_if_fail (agency != NULL, NULL);

  if (!madang_day_is_valid (close))
    return NULL;
  found.last = g_strdup (close);
  if (lookup == NULL || *agency == '\0')
    return found.last;
  within = madang_scope_complete (MADANG_SCOPE_OF_AGENCY, agency);
  madang_lookup_each (lookup, madang_call_extension_kind.name, "agency",
                      g_variant_new_string (agency), within, look_at_extension, &found);
  return found.last;
}

/* --- arguments ----------------------------------------------------------------------------- */

static const char *
get_argument (const MadangEventContext *context, const char *name)
{
  const char *text = "";

  if (context->arguments != NULL)
    g_variant_lookup (context->arguments, name, "&s", &text);
  return text;
}

/* A client that only asks whether a button is on says nothing yet. */
static gboolean
only_asks (const MadangEventContext *context)
{
  return context->arguments == NULL && context->mutation == NULL;
}

/* --- longer for all ------------------------------------------------------------------------ */

static MadangVerdict *
check_not_over (const MadangEventContext *context)
{
  const char *close = madang_record_get_text (context->record, "call_close");

  if (madang_day_is_valid (close) && context->now < madang_day_get_end (close))
    return madang_verdict_new_yes ();
  return madang_verdict_new_no ("call.over", close, NULL);
}

/* Later than now, and no later than the selection. */
static MadangVerdict *
check_new_day (const MadangEventContext *context, const char *day)
{
  const char *close = madang_record_get_text (context->record, "call_close");
  const char *selection = madang_record_get_text (context->record, "selection_due");

  if (madang_day_is_valid (day) && strcmp (day, close) > 0 && strcmp (day, selection) <= 0)
    return madang_verdict_new_yes ();
  return madang_verdict_new_no ("call.day", close, selection, NULL);
}

MadangVerdict *
madang_call_guard_extend (const MadangEventContext *context)
{
  g_autoptr (MadangVerdict) over = check_not_over (context);

  if (!madang_verdict_is_yes (over) || only_asks (context))
    return g_steal_pointer (&over);
  return check_new_day (context, get_argument (context, "call_close"));
}

typedef struct
{
  const MadangEventContext *context;
  MadangEffects *effects;
  const char *code;
  const char *day;      /* (nullable) */
  const char *text;     /* (nullable) */
  GHashTable *answered; /* (nullable): ids of agencies that need no telling */
} Telling;

static void
fill_in (MadangRecord *notice, const char *day, const char *text)
{
  if (day != NULL)
    madang_record_set (notice, "day", g_variant_new_string (day), NULL);
  if (text != NULL)
    madang_record_set (notice, "text", g_variant_new_string (text), NULL);
}

static gboolean
tell_agency (MadangRecord *agency, gpointer user_data)
{
  const Telling *telling = user_data;
  const char *id = madang_record_get_id (agency);

  if (madang_call_admits (agency) && madang_record_get_flag (agency, "active")
      && (telling->answered == NULL || !g_hash_table_contains (telling->answered, id)))
    fill_in (madang_notice_tell_agency (telling->context, telling->effects, telling->code, id),
             telling->day, telling->text);
  return TRUE;
}

static void
tell_agencies (Telling *telling)
{
  madang_lookup_each (telling->context->lookup, "agency", NULL, NULL, MADANG_SCOPE_DIRECTORY,
                      tell_agency, telling);
}

void
madang_call_apply_extend (const MadangEventContext *context, MadangEffects *effects)
{
  const char *day = get_argument (context, "call_close");
  Telling telling = {
    .context = context,
    .effects = effects,
    .code = "call_extended",
    .day = day,
    .text = get_argument (context, "reason"),
  };

  madang_effects_set (effects, "call_close", g_variant_new_string (day));
  tell_agencies (&telling);
}

/* --- longer for one ------------------------------------------------------------------------ */

MadangVerdict *
madang_call_guard_extend_for (const MadangEventContext *context)
{
  g_autoptr (MadangVerdict) over = check_not_over (context);
  g_autoptr (MadangRecord) agency = NULL;
  const char *id = get_argument (context, "agency");

  if (!madang_verdict_is_yes (over) || only_asks (context))
    return g_steal_pointer (&over);
  if (*id != '\0')
    agency = madang_lookup_get (context->lookup, "agency", id);
  if (agency == NULL || !madang_call_admits (agency))
    return madang_verdict_new_no ("call.agency", NULL);
  return check_new_day (context, get_argument (context, "until"));
}

void
madang_call_apply_extend_for (const MadangEventContext *context, MadangEffects *effects)
{
  MadangRecord *extension = madang_effects_create (effects, context, &madang_call_extension_kind);
  const char *agency = get_argument (context, "agency");
  const char *until = get_argument (context, "until");
  const char *reason = get_argument (context, "reason");

  madang_record_set (extension, "programme",
                     g_variant_new_string (madang_record_get_id (context->record)), NULL);
  madang_record_set (extension, "agency", g_variant_new_string (agency), NULL);
  madang_record_set (extension, "until", g_variant_new_string (until), NULL);
  madang_record_set (extension, "reason", g_variant_new_string (reason), NULL);
  fill_in (madang_notice_tell_agency (context, effects, "call_extended", agency), until, reason);
}

/* --- a reminder to those who have not answered --------------------------------------------- */

MadangVerdict *
madang_call_guard_remind (const MadangEventContext *context)
{
  const char *message = get_argument (context, "message");
  g_autoptr (MadangVerdict) over = check_not_over (context);

  if (!madang_verdict_is_yes (over) || only_asks (context))
    return g_steal_pointer (&over);
  if (madang_text_count (message) > MAX_MESSAGE
      || (*message != '\0' && !madang_text_is_clean (message, MADANG_TEXT_BLOCK)))
    return madang_verdict_new_no ("event.argument", "message", NULL);
  return madang_verdict_new_yes ();
}

static gboolean
note_answer (MadangRecord *application, gpointer user_data)
{
  if (!g_strv_contains (not_in, madang_record_get_state (application)))
    g_hash_table_add (user_data, g_strdup (madang_record_get_text (application, "agency")));
  return TRUE;
}

void
madang_call_apply_remind (const MadangEventContext *context, MadangEffects *effects)
{
  g_autoptr (GHashTable) answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *message = get_argument (context, "message");
  Telling telling = {
    .context = context,
    .effects = effects,
    .code = "reminder",
    .day = madang_record_get_text (context->record, "call_close"),
    .text = *message != '\0' ? message : NULL,
    .answered = answered,
  };

  madang_lookup_each (context->lookup, "application", "programme",
                      g_variant_new_string (madang_record_get_id (context->record)),
                      MADANG_SCOPE_OFFICE, note_answer, answered);
  tell_agencies (&telling);
}

/* --- the end of the call ------------------------------------------------------------------- */

gint64
madang_call_get_end (const MadangEventContext *context)
{
  const char *close = madang_record_get_text (context->record, "call_close");

  return madang_day_is_valid (close) ? madang_day_get_end (close) : G_MAXINT64;
}
