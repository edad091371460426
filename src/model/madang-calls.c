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

static const char *const admitted_kinds[] = { "district", "invested", "funded", NULL };

/* In these an application has not come in. */
static const char *const not_in[] = { "draft", "expired", "withdrawn", "refused", NULL };

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
    .max = MADANG_CALL_MAX_MESSAGE,
    .required = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { NULL },
};

static const MadangState extension_states[] = {
  { "granted", N_ ("Granted") },
  { NULL },
};

static const MadangDeadline extension_deadlines[] = {
  { .field = "until",
    .label = N_ ("Applications close for the agency"),
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .whose = "agency",
    .passes = TRUE },
  { .field = "until",
    .label = N_ ("Applications close for the agency"),
    .roles = MADANG_ROLE_CITY_COORDINATOR | MADANG_ROLE_CITY_APPROVER,
    .passes = TRUE },
  { NULL },
};

static const MadangRight extension_rights[] = {
  { .roles = MADANG_ROLE_AGENCY_OFFICER, .reach = MADANG_REACH_OWN, .actions = MADANG_ACTION_READ },
  { .roles = MADANG_ROLES_OFFICE, .reach = MADANG_REACH_ALL, .actions = MADANG_ACTION_READ },
  { 0 },
};

const MadangKind madang_call_extension_kind = {
  .name = "call_extension",
  .label = N_ ("Extension for one agency"),
  .fields = extension_fields,
  .states = extension_states,
  .rights = extension_rights,
  .deadlines = extension_deadlines,
  .home_scope = madang_of_agency_dup_scope,
  .agency_of = madang_of_agency_get_agency,
  .audience = madang_of_agency_add_audience,
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
  g_autoptr (GVariant) value = NULL;

  g_return_val_if_fail (agency != NULL, NULL);

  if (!madang_day_is_valid (close))
    return NULL;
  found.last = g_strdup (close);
  if (lookup == NULL || *agency == '\0')
    return found.last;
  within = madang_scope_complete (MADANG_SCOPE_OF_AGENCY, agency);
  value = g_variant_ref_sink (g_variant_new_string (agency));
  /* The agency has its own; the office has everybody's. */
  if (!madang_lookup_each (lookup, madang_call_extension_kind.name, "agency", value, within,
                           look_at_extension, &found))
    madang_lookup_each (lookup, madang_call_extension_kind.name, "agency", value,
                        MADANG_SCOPE_OFFICE, look_at_extension, &found);
  return found.last;
}

/* --- the agencies that are called ----------------------------------------------------------- */

static gboolean
collect_agency (MadangRecord *agency, gpointer agencies)
{
  if (madang_call_admits (agency) && madang_record_get_flag (agency, "active"))
    g_ptr_array_add (agencies, g_object_ref (agency));
  return TRUE;
}

/* (transfer full) (element-type MadangRecord) (nullable): not all of them are held here */
static GPtrArray *
find_called (MadangLookup *lookup)
{
  g_autoptr (GPtrArray) agencies = g_ptr_array_new_with_free_func (g_object_unref);

  if (lookup == NULL
      || !madang_lookup_each (lookup, "agency", NULL, NULL, MADANG_SCOPE_DIRECTORY, collect_agency,
                              agencies))
    return NULL;
  return g_steal_pointer (&agencies);
}

typedef struct
{
  const char *programme; /* id */
  gboolean found;
} Answer;

/* The first one that has come in will do: an agency may have many that have not. */
static gboolean
look_for_answer (MadangRecord *application, gpointer user_data)
{
  Answer *answer = user_data;

  answer->found
      = !g_strv_contains (not_in, madang_record_get_state (application))
        && g_str_equal (madang_record_get_text (application, "programme"), answer->programme);
  return !answer->found;
}

GPtrArray *
madang_call_find_unanswered (MadangLookup *lookup, MadangRecord *programme)
{
  g_autoptr (GPtrArray) agencies = find_called (lookup);

  g_return_val_if_fail (MADANG_IS_RECORD (programme), NULL);

  for (guint i = agencies != NULL ? agencies->len : 0; i > 0; i--)
    {
      Answer answer = { madang_record_get_id (programme), FALSE };

      if (!madang_lookup_each (lookup, "application", "agency",
                               g_variant_new_string (madang_record_get_id (agencies->pdata[i - 1])),
                               MADANG_SCOPE_OFFICE, look_for_answer, &answer))
        return NULL;
      if (answer.found)
        g_ptr_array_remove_index (agencies, i - 1);
    }
  return g_steal_pointer (&agencies);
}

static void
fill_in (MadangRecord *notice, const char *day, const char *text)
{
  madang_record_set (notice, "day", g_variant_new_string (day), NULL);
  madang_record_set (notice, "text", g_variant_new_string (text), NULL);
}

/* Each is told its own last day: who was given more time than all others keeps it. agencies
 * (nullable). */
static void
tell_agencies (const MadangEventContext *context,
               MadangEffects *effects,
               GPtrArray *agencies,
               const char *code,
               const char *const *day_and_text)
{
  for (guint i = 0; agencies != NULL && i < agencies->len; i++)
    {
      const char *id = madang_record_get_id (agencies->pdata[i]);
      g_autofree char *last = madang_call_dup_last_day (context->lookup, context->record, id);
      const char *day = day_and_text[0];

      if (last != NULL && strcmp (last, day) > 0)
        day = last;
      fill_in (madang_notice_tell_agency (context, effects, code, id), day, day_and_text[1]);
    }
}

/* --- the beginning of the call --------------------------------------------------------------- */

/* A call that is over by its own days would close in the moment in which it opens. */
MadangVerdict *
madang_call_check_ahead (const MadangEventContext *context)
{
  const char *close = madang_record_get_text (context->record, "call_close");

  if (madang_day_is_valid (close) && context->now >= madang_day_get_end (close))
    return madang_verdict_new_no ("call.past", close, NULL);
  return madang_verdict_new_yes ();
}

/* --- longer for all ------------------------------------------------------------------------ */

static MadangVerdict *
check_not_over (const MadangEventContext *context)
{
  const char *close = madang_record_get_text (context->record, "call_close");

  if (!madang_day_is_valid (close) || context->now >= madang_day_get_end (close))
    return madang_verdict_new_no ("call.over", close, NULL);
  if (!g_str_equal (madang_record_get_state (context->record), "call_open"))
    return madang_verdict_new_no ("call.closed", NULL);
  return madang_verdict_new_yes ();
}

/* Later than it is now, and no later than the selection. */
static MadangVerdict *
check_new_day (const MadangEventContext *context, const char *last, const char *day)
{
  const char *selection = madang_record_get_text (context->record, "selection_due");

  if (madang_day_is_valid (day) && strcmp (day, last) > 0 && strcmp (day, selection) <= 0)
    return madang_verdict_new_yes ();
  return madang_verdict_new_no ("call.day", last, selection, NULL);
}

MadangVerdict *
madang_call_guard_extend (const MadangEventContext *context)
{
  g_autoptr (MadangVerdict) over = check_not_over (context);

  if (!madang_verdict_is_yes (over) || madang_event_context_only_asks (context))
    return g_steal_pointer (&over);
  return check_new_day (context, madang_record_get_text (context->record, "call_close"),
                        madang_event_context_get_text (context, "call_close"));
}

void
madang_call_apply_extend (const MadangEventContext *context, MadangEffects *effects)
{
  g_autoptr (GPtrArray) agencies = find_called (context->lookup);
  const char *const day_and_text[] = { madang_event_context_get_text (context, "call_close"),
                                       madang_event_context_get_text (context, "reason") };

  madang_effects_set (effects, "call_close", g_variant_new_string (day_and_text[0]));
  tell_agencies (context, effects, agencies, "call_extended", day_and_text);
}

/* --- longer for one ------------------------------------------------------------------------ */

MadangVerdict *
madang_call_guard_extend_for (const MadangEventContext *context)
{
  g_autoptr (MadangVerdict) over = check_not_over (context);
  g_autoptr (MadangRecord) agency = NULL;
  g_autofree char *last = NULL;
  const char *id = madang_event_context_get_text (context, "agency");

  if (!madang_verdict_is_yes (over) || madang_event_context_only_asks (context))
    return g_steal_pointer (&over);
  if (*id != '\0')
    agency = madang_lookup_get (context->lookup, "agency", id);
  if (agency == NULL || !madang_call_admits (agency))
    return madang_verdict_new_no ("call.agency", NULL);
  last = madang_call_dup_last_day (context->lookup, context->record, id);
  return check_new_day (context, last, madang_event_context_get_text (context, "until"));
}

void
madang_call_apply_extend_for (const MadangEventContext *context, MadangEffects *effects)
{
  MadangRecord *extension = madang_effects_create (effects, context, &madang_call_extension_kind);
  const char *agency = madang_event_context_get_text (context, "agency");
  const char *until = madang_event_context_get_text (context, "until");
  const char *reason = madang_event_context_get_text (context, "reason");

  madang_record_set (extension, "programme",
                     g_variant_new_string (madang_record_get_id (context->record)), NULL);
  madang_record_set (extension, "agency", g_variant_new_string (agency), NULL);
  madang_record_set (extension, "until", g_variant_new_string (until), NULL);
  madang_record_set (extension, "reason", g_variant_new_string (reason), NULL);
  fill_in (madang_notice_tell_agency (context, effects, "call_extended", agency), until, reason);
}

/* --- a reminder to those who have not answered --------------------------------------------- */

/* Once a day: whoever presses twice would flood everybody who has not applied. */
static MadangVerdict *
check_not_reminded (const MadangEventContext *context)
{
  const gint64 last = madang_record_get_number (context->record, "reminded_at", 0);
  g_autofree char *last_day = madang_day_from_instant (last);
  g_autofree char *today = madang_day_from_instant (context->now);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, last);

  return last == 0 || !g_str_equal (last_day, today)
             ? madang_verdict_new_yes ()
             : madang_verdict_new_no ("call.reminded", text, NULL);
}

MadangVerdict *
madang_call_guard_remind (const MadangEventContext *context)
{
  const char *message = madang_event_context_get_text (context, "message");
  g_autoptr (MadangVerdict) over = check_not_over (context);
  g_autoptr (MadangVerdict) reminded = check_not_reminded (context);

  if (!madang_verdict_is_yes (over))
    return g_steal_pointer (&over);
  if (!madang_verdict_is_yes (reminded) || madang_event_context_only_asks (context))
    return g_steal_pointer (&reminded);
  if (madang_text_count (message) > MADANG_CALL_MAX_MESSAGE
      || (*message != '\0' && !madang_text_is_clean (message, MADANG_TEXT_BLOCK)))
    return madang_verdict_new_no ("event.argument", "message", NULL);
  return madang_verdict_new_yes ();
}

void
madang_call_apply_remind (const MadangEventContext *context, MadangEffects *effects)
{
  g_autoptr (GPtrArray) agencies = madang_call_find_unanswered (context->lookup, context->record);
  const char *const day_and_text[] = { madang_record_get_text (context->record, "call_close"),
                                       madang_event_context_get_text (context, "message") };

  madang_effects_set (effects, "reminded_at", g_variant_new_int64 (context->now));
  tell_agencies (context, effects, agencies, "reminder", day_and_text);
}

/* --- the end of the call ------------------------------------------------------------------- */

gint64
madang_call_get_end (const MadangEventContext *context)
{
  const char *close = madang_record_get_text (context->record, "call_close");

  return madang_day_is_valid (close) ? madang_day_get_end (close) : G_MAXINT64;
}
