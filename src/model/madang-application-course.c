/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-application-course.h"

#include "madang-application-rules.h"
#include "madang-calls.h"
#include "madang-day.h"
#include "madang-notices.h"
#include "madang-scope.h"
#include "madang-supplements.h"
#include "madang-text.h"
#include "madang-work-days.h"

#include <string.h>

#define MAX_ITEMS 1000     /* characters */
#define MOST_DAYS_AHEAD 60 /* for a supplement that no selection waits for */
#define ONE_DAY G_GINT64_CONSTANT (86400000)

static gboolean
is_good_text (const char *text)
{
  return madang_text_count (text) <= MAX_ITEMS && madang_text_is_clean (text, MADANG_TEXT_BLOCK);
}

static void
set_text (MadangRecord *record, const char *field, const char *text)
{
  madang_record_set (record, field, g_variant_new_string (text), NULL);
}

static MadangRecord *
tell_agency (const MadangEventContext *context,
             MadangEffects *effects,
             const char *code,
             const char *text)
{
  MadangRecord *notice
      = madang_notice_tell_agency (context, effects, code,
                                   madang_record_get_text (context->record, "agency"));

  set_text (notice, "text", text);
  return notice;
}

/* --- supplements --------------------------------------------------------------------------- */

/* What comes after the selection cannot count for it. Where that is overdue itself, or not known,
 * there still is a limit: a year that is typed wrong would keep the application waiting for good. */
static MadangVerdict *
check_not_too_late (const MadangEventContext *context, const char *due, const char *today)
{
  g_autoptr (MadangRecord) programme
      = madang_application_find_programme (context->lookup, context->record);
  const char *selection
      = programme != NULL ? madang_record_get_text (programme, "selection_due") : "";
  g_autofree char *farthest = madang_day_add (today, MOST_DAYS_AHEAD);

  if (madang_day_is_valid (selection) && strcmp (selection, today) > 0)
    return strcmp (due, selection) <= 0
               ? madang_verdict_new_yes ()
               : madang_verdict_new_no ("supplement.selection", selection, NULL);
  return strcmp (due, farthest) <= 0 ? madang_verdict_new_yes ()
                                     : madang_verdict_new_no ("supplement.far", farthest, NULL);
}

MadangVerdict *
madang_application_guard_request (const MadangEventContext *context)
{
  const char *items = madang_event_context_get_text (context, "items");
  const char *due = madang_event_context_get_text (context, "due");
  g_autofree char *today = madang_day_from_instant (context->now);

  if (madang_event_context_only_asks (context))
    return madang_verdict_new_yes ();
  if (*items == '\0' || !is_good_text (items))
    return madang_verdict_new_no ("supplement.items", NULL);
  if (!madang_day_is_valid (due) || strcmp (due, today) <= 0)
    return madang_verdict_new_no ("supplement.day", today, NULL);
  return check_not_too_late (context, due, today);
}

/* A day off moves to the next working day, as R-P5 has it for every such day. */
void
madang_application_apply_request (const MadangEventContext *context, MadangEffects *effects)
{
  MadangRecord *request = madang_effects_create (effects, context, &madang_supplement_request_kind);
  const char *items = madang_event_context_get_text (context, "items");
  g_autofree char *due
      = madang_work_days_find_on_or_after (madang_event_context_get_text (context, "due"));
  MadangRecord *notice = tell_agency (context, effects, "supplement_requested", items);

  set_text (request, "application", madang_record_get_id (context->record));
  set_text (request, "agency", madang_record_get_text (context->record, "agency"));
  set_text (request, "items", items);
  set_text (request, "due", due);
  madang_record_set (request, "asked_at", g_variant_new_int64 (context->now), NULL);
  set_text (notice, "day", due);
  madang_effects_set (effects, "supplement_due", g_variant_new_string (due));
}

gint64
madang_application_get_supplement_end (const MadangEventContext *context)
{
  const char *due = madang_record_get_text (context->record, "supplement_due");

  return madang_day_is_valid (due) ? madang_day_get_end (due) : G_MAXINT64;
}

MadangVerdict *
madang_application_guard_answer (const MadangEventContext *context)
{
  const char *answer = madang_event_context_get_text (context, "answer");

  if (context->now >= madang_application_get_supplement_end (context))
    return madang_verdict_new_no ("supplement.over",
                                  madang_record_get_text (context->record, "supplement_due"), NULL);
  if (!is_good_text (answer))
    return madang_verdict_new_no ("event.argument", "answer", NULL);
  return madang_verdict_new_yes ();
}

/* The last one that was asked for; there are few of one application. */
static gboolean
keep_last (MadangRecord *request, gpointer user_data)
{
  MadangRecord **last = user_data;

  if (*last == NULL
      || madang_record_get_number (*last, "asked_at", 0)
             < madang_record_get_number (request, "asked_at", 0))
    g_set_object (last, request);
  return TRUE;
}

/* An answer may come after the day has passed, or after a colleague’s: the server has closed the
 * supplement by then, and its state alone does not tell what happened. */
MadangVerdict *
madang_application_explain_no_answer (const MadangEventContext *context)
{
  g_autoptr (MadangRecord) last = NULL;
  g_autofree char *within
      = madang_scope_complete (MADANG_SCOPE_OF_AGENCY,
                               madang_record_get_text (context->record, "agency"));

  if (!madang_lookup_each (context->lookup, madang_supplement_request_kind.name, "application",
                           g_variant_new_string (madang_record_get_id (context->record)), within,
                           keep_last, &last)
      || last == NULL)
    return NULL;
  if (g_str_equal (madang_record_get_state (last), "lapsed"))
    return madang_verdict_new_no ("supplement.over", madang_record_get_text (last, "due"), NULL);
  if (g_str_equal (madang_record_get_state (last), "answered"))
    return madang_verdict_new_no ("supplement.answered", NULL);
  return NULL;
}

typedef struct
{
  MadangEffects *effects;
  const char *event;
  const char *answer; /* (nullable) */
} Closing;

static gboolean
close_request (MadangRecord *request, gpointer user_data)
{
  const Closing *closing = user_data;
  GVariantDict arguments;

  if (!g_str_equal (madang_record_get_state (request), "open"))
    return TRUE;
  g_variant_dict_init (&arguments, NULL);
  if (closing->answer != NULL)
    g_variant_dict_insert (&arguments, "answer", "s", closing->answer);
  madang_effects_fire (closing->effects, request, closing->event, g_variant_dict_end (&arguments));
  return TRUE;
}

static void
close_requests (const MadangEventContext *context,
                MadangEffects *effects,
                const char *event,
                const char *answer)
{
  Closing closing = { effects, event, answer != NULL && *answer != '\0' ? answer : NULL };
  g_autofree char *within
      = madang_scope_complete (MADANG_SCOPE_OF_AGENCY,
                               madang_record_get_text (context->record, "agency"));

  madang_lookup_each (context->lookup, madang_supplement_request_kind.name, "application",
                      g_variant_new_string (madang_record_get_id (context->record)), within,
                      close_request, &closing);
  madang_effects_set (effects, "supplement_due", NULL);
}

void
madang_application_apply_answer (const MadangEventContext *context, MadangEffects *effects)
{
  close_requests (context, effects, "answer", madang_event_context_get_text (context, "answer"));
}

/* It is judged as it stands; what was never received before counts as received now. */
void
madang_application_apply_lapse (const MadangEventContext *context, MadangEffects *effects)
{
  MadangRecord *notice
      = madang_notice_tell_agency (context, effects, "supplement_lapsed",
                                   madang_record_get_text (context->record, "agency"));

  set_text (notice, "day", madang_record_get_text (context->record, "supplement_due"));
  madang_application_apply_receive (context, effects);
  close_requests (context, effects, "lapse", NULL);
}

void
madang_application_drop_supplements (const MadangEventContext *context, MadangEffects *effects)
{
  if (g_str_equal (madang_record_get_state (context->record), "supplement"))
    close_requests (context, effects, "drop", NULL);
}

/* --- paper forms that are entered late ----------------------------------------------------- */

/* R-A1: the paper must have come within the call as it was for its agency, and not tomorrow. */
static MadangVerdict *
check_arrival (const MadangEventContext *context, MadangRecord *programme)
{
  const char *arrived = madang_record_get_text (context->record, "arrived_on");
  const char *first = madang_record_get_text (programme, "call_open");
  g_autofree char *today = madang_day_from_instant (context->now);
  g_autofree char *last
      = madang_call_dup_last_day (context->lookup, programme,
                                  madang_record_get_text (context->record, "agency"));

  if (last == NULL || !madang_day_is_valid (first))
    return madang_verdict_new_no ("R-A1.closed", NULL);
  if (strcmp (arrived, first) < 0 || strcmp (arrived, last) > 0)
    return madang_verdict_new_no ("late.arrival", first, last, NULL);
  if (strcmp (arrived, today) > 0)
    return madang_verdict_new_no ("late.arrival", first, today, NULL);
  return madang_verdict_new_yes ();
}

/* Once the agencies are selected a form would come to nothing. */
static MadangVerdict *
check_not_selected (const MadangEventContext *context, MadangRecord *programme)
{
  static const char *const before[] = { "call_open", "call_closed", NULL };

  return g_strv_contains (before, madang_record_get_state (programme))
             ? madang_verdict_new_yes ()
             : madang_verdict_new_no ("R-A1.closed", NULL);
}

static MadangVerdict *
check_is_paper (const MadangEventContext *context)
{
  return madang_record_get_flag (context->record, "late")
             ? madang_verdict_new_yes ()
             : madang_verdict_new_no ("late.not-paper", NULL);
}

MadangVerdict *
madang_application_guard_enter_late (const MadangEventContext *context)
{
  MadangVerdict *(*const steps[]) (const MadangEventContext *, MadangRecord *) = {
    check_not_selected,
    check_arrival,
    madang_application_check_signed_on,
  };
  g_autoptr (MadangVerdict) paper = check_is_paper (context);
  g_autoptr (MadangRecord) programme = NULL;

  if (!madang_verdict_is_yes (paper))
    return g_steal_pointer (&paper);
  programme = madang_application_find_programme (context->lookup, context->record);
  if (programme == NULL)
    return madang_verdict_new_unknown ("R-A1.unknown");
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (MadangVerdict) verdict = steps[i](context, programme);

      if (!madang_verdict_is_yes (verdict))
        return g_steal_pointer (&verdict);
    }
  return madang_application_check (context);
}

/* An entry that was begun by mistake would stand in the way of the right one for good. */
MadangVerdict *
madang_application_guard_discard_late (const MadangEventContext *context)
{
  return check_is_paper (context);
}

void
madang_application_apply_enter_late (const MadangEventContext *context, MadangEffects *effects)
{
  madang_effects_set (effects, "entered_by",
                      g_variant_new_string (madang_actor_get_account (context->actor)));
}

/* The drafter never decides on the same item. */
MadangVerdict *
madang_application_guard_decide_late (const MadangEventContext *context)
{
  if (context->actor != NULL
      && g_str_equal (madang_record_get_text (context->record, "entered_by"),
                      madang_actor_get_account (context->actor)))
    return madang_verdict_new_no ("late.same-person", NULL);
  return madang_verdict_new_yes ();
}

/* From now on it is the agency's, as if it had come by itself. */
void
madang_application_apply_accept_late (const MadangEventContext *context, MadangEffects *effects)
{
  g_autofree char *home
      = madang_scope_complete (MADANG_SCOPE_OF_AGENCY,
                               madang_record_get_text (context->record, "agency"));

  madang_application_apply_submit (context, effects);
  madang_effects_move (effects, home);
}

void
madang_application_apply_refuse_late (const MadangEventContext *context, MadangEffects *effects)
{
  const char *reason = madang_event_context_get_text (context, "reason");

  madang_effects_set (effects, "refusal_reason", g_variant_new_string (reason));
  tell_agency (context, effects, "late_entry_refused", reason);
}

/* --- the end of the call ------------------------------------------------------------------- */

/* The instant after which this agency's draft is too late; G_MAXINT64: not known. */
static gint64
get_call_end (const MadangEventContext *context, char **last_day)
{
  g_autoptr (MadangRecord) programme
      = madang_application_find_programme (context->lookup, context->record);
  g_autofree char *last = NULL;

  if (programme != NULL && !madang_record_get_flag (context->record, "late")
      && !g_str_equal (madang_record_get_state (programme), "draft"))
    last = madang_call_dup_last_day (context->lookup, programme,
                                     madang_record_get_text (context->record, "agency"));
  if (last == NULL)
    return G_MAXINT64;
  if (last_day != NULL)
    *last_day = g_strdup (last);
  /* Closed before its day: it is over for all who were not given more time. */
  if (!g_str_equal (madang_record_get_state (programme), "call_open")
      && g_str_equal (last, madang_record_get_text (programme, "call_close")))
    return MIN (context->now, madang_day_get_end (last));
  return madang_day_get_end (last);
}

gint64
madang_application_get_expiry (const MadangEventContext *context)
{
  return get_call_end (context, NULL);
}

/* So many days before the last one an agency is told, each once. */
static const gint64 warnings[] = { 7, 3, 1 };

/* The least number of days before this close that it was told of; one more than all when none. A
 * call that was extended closes anew. */
static gint64
get_warned (const MadangEventContext *context, const char *last)
{
  if (g_strcmp0 (madang_record_get_text (context->record, "warned_close"), last) != 0)
    return warnings[0] + 1;
  return madang_record_get_number (context->record, "warned_days", warnings[0] + 1);
}

gint64
madang_application_get_warning (const MadangEventContext *context)
{
  g_autofree char *last = NULL;
  gint64 end = get_call_end (context, &last);

  for (gsize i = 0; end != G_MAXINT64 && i < G_N_ELEMENTS (warnings); i++)
    if (warnings[i] < get_warned (context, last))
      return end - (warnings[i] + 1) * ONE_DAY;
  return G_MAXINT64;
}

/* A draft that was begun late is told once, of what is left. */
void
madang_application_apply_warning (const MadangEventContext *context, MadangEffects *effects)
{
  g_autofree char *last = NULL;
  gint64 end = get_call_end (context, &last);
  gint64 told = warnings[0];
  MadangRecord *notice;

  for (gsize i = 0; i < G_N_ELEMENTS (warnings); i++)
    if (context->now >= end - (warnings[i] + 1) * ONE_DAY)
      told = warnings[i];
  if (last == NULL)
    return;
  madang_effects_set (effects, "warned_days", g_variant_new_int64 (told));
  madang_effects_set (effects, "warned_close", g_variant_new_string (last));
  if (context->now >= end)
    return;
  notice = madang_notice_tell_agency (context, effects, "closing_soon",
                                      madang_record_get_text (context->record, "agency"));
  set_text (notice, "day", last);
}

void
madang_application_apply_give_up (const MadangEventContext *context, MadangEffects *effects)
{
  madang_effects_set (effects, "declined_reason",
                      g_variant_new_string (madang_event_context_get_text (context, "reason")));
}
