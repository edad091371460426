/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-application-rules.h"

#include "madang-application-course.h"
#include "madang-calls.h"
#include "madang-day.h"
#include "madang-scope.h"

#include <string.h>

static const char *const ended_states[] = { "withdrawn", "expired", "refused", NULL };

/* (transfer full) (nullable): NULL also when the record is not held here */
static MadangRecord *
find_referenced (const MadangEventContext *context, const char *field, const char *kind)
{
  const char *id = madang_record_get_text (context->record, field);

  return *id != '\0' && context->lookup != NULL ? madang_lookup_get (context->lookup, kind, id)
                                                : NULL;
}

/* --- R-A2 ---------------------------------------------------------------------------------- */

static MadangVerdict *
check_agency_kind (const MadangEventContext *context)
{
  g_autoptr (MadangRecord) agency = find_referenced (context, "agency", "agency");

  if (agency == NULL)
    return madang_verdict_new_unknown ("R-A2.kind");
  if (!madang_call_admits (agency))
    return madang_verdict_new_no ("R-A2.kind", NULL);

  return madang_verdict_new_yes ();
}

typedef struct
{
  MadangRecord *application;
  gboolean found;
} DuplicateSearch;

static gboolean
compare_application (MadangRecord *other, gpointer user_data)
{
  DuplicateSearch *search = user_data;

  if (g_str_equal (madang_record_get_id (other), madang_record_get_id (search->application))
      || g_strv_contains (ended_states, madang_record_get_state (other)))
    return TRUE;

  search->found = g_str_equal (madang_record_get_text (other, "programme"),
                               madang_record_get_text (search->application, "programme"));
  return !search->found;
}

static MadangVerdict *
check_duplicate (const MadangEventContext *context)
{
  const char *agency = madang_record_get_text (context->record, "agency");
  g_autofree char *within = madang_scope_complete (MADANG_SCOPE_OF_AGENCY, agency);
  DuplicateSearch search = { context->record, FALSE };
  gboolean complete;

  /* An application that has ended stands in nobody's way, and nobody in its. */
  if (context->event == NULL
      && g_strv_contains (ended_states, madang_record_get_state (context->record)))
    return madang_verdict_new_yes ();

  complete
      = context->lookup != NULL
        && madang_lookup_each (context->lookup, "application", "agency",
                               g_variant_new_string (agency), within, compare_application, &search);
  if (search.found)
    return madang_verdict_new_no ("R-A2.duplicate", NULL);

  return complete ? madang_verdict_new_yes () : madang_verdict_new_unknown ("R-A2.duplicate");
}

/* A paper form is entered by the city, and nobody else's form is one. */
static MadangVerdict *
check_late (const MadangEventContext *context)
{
  if (!madang_record_get_flag (context->record, "late") || context->actor == NULL
      || !g_str_equal (madang_record_get_state (context->record), "draft")
      || madang_actor_holds (context->actor, MADANG_ROLE_CITY_COORDINATOR, NULL))
    return madang_verdict_new_yes ();
  return madang_verdict_new_no ("late.not-yours", NULL);
}

MadangVerdict *
madang_application_check (const MadangEventContext *context)
{
  g_autoptr (MadangVerdict) late = check_late (context);
  g_autoptr (MadangVerdict) kind = NULL;
  g_autoptr (MadangVerdict) duplicate = NULL;

  if (madang_verdict_is_no (late))
    return g_steal_pointer (&late);
  kind = check_agency_kind (context);
  if (madang_verdict_is_no (kind))
    return g_steal_pointer (&kind);

  /* A certain no says more than an unknown. */
  duplicate = check_duplicate (context);
  if (madang_verdict_is_no (duplicate) || madang_verdict_is_yes (kind))
    return g_steal_pointer (&duplicate);

  return g_steal_pointer (&kind);
}

/* --- R-A1 and R-A3 ------------------------------------------------------------------------- */

static MadangVerdict *
check_window (const MadangEventContext *context, MadangRecord *programme)
{
  const char *first = madang_record_get_text (programme, "call_open");
  const char *close = madang_record_get_text (programme, "call_close");
  g_autofree char *last
      = madang_call_dup_last_day (context->lookup, programme,
                                  madang_record_get_text (context->record, "agency"));

  if (!madang_day_is_valid (first) || last == NULL)
    return madang_verdict_new_no ("R-A1.closed", NULL);
  if (context->now < madang_day_get_start (first))
    return madang_verdict_new_no ("R-A1.early", first, NULL);
  if (context->now >= madang_day_get_end (last))
    return madang_verdict_new_no ("R-A1.late", last, NULL);
  /* Who was given more time has it also when the call has closed for all others. */
  if (!g_str_equal (madang_record_get_state (programme), "call_open")
      && (!g_str_equal (madang_record_get_state (programme), "call_closed")
          || strcmp (last, close) == 0))
    return madang_verdict_new_no ("R-A1.closed", NULL);

  return madang_verdict_new_yes ();
}

MadangVerdict *
madang_application_check_signed_on (const MadangEventContext *context, MadangRecord *programme)
{
  const char *signed_on = madang_record_get_text (context->record, "signed_on");
  const char *first = madang_record_get_text (programme, "call_open");
  /* Who was given more time may also sign later. */
  g_autofree char *last
      = madang_call_dup_last_day (context->lookup, programme,
                                  madang_record_get_text (context->record, "agency"));

  if (last == NULL)
    return madang_verdict_new_no ("R-A1.closed", NULL);
  if (strcmp (signed_on, first) < 0 || strcmp (signed_on, last) > 0)
    return madang_verdict_new_no ("R-A3.signed-on", "signed_on", first, last, NULL);

  return madang_verdict_new_yes ();
}

MadangVerdict *
madang_application_guard_submit (const MadangEventContext *context)
{
  g_autoptr (MadangRecord) programme = find_referenced (context, "programme", "programme");
  g_autoptr (MadangVerdict) window = NULL;
  g_autoptr (MadangVerdict) agency = NULL;
  g_autoptr (MadangVerdict) day = NULL;

  if (programme == NULL)
    return madang_verdict_new_unknown ("R-A1.unknown");

  window = check_window (context, programme);
  if (!madang_verdict_is_yes (window))
    return g_steal_pointer (&window);

  agency = madang_application_check (context);
  if (madang_verdict_is_no (agency))
    return g_steal_pointer (&agency);

  day = madang_application_check_signed_on (context, programme);
  return madang_verdict_is_no (day) ? g_steal_pointer (&day) : g_steal_pointer (&agency);
}

/* --- effects ------------------------------------------------------------------------------- */

void
madang_application_apply_submit (const MadangEventContext *context, MadangEffects *effects)
{
  madang_effects_set (effects, "submitted_at", g_variant_new_int64 (context->now));
}

/* The first receipt stands, also when a supplement makes the application come in again. */
void
madang_application_apply_receive (const MadangEventContext *context, MadangEffects *effects)
{
  if (!madang_record_is_set (context->record, "received_at"))
    madang_effects_set (effects, "received_at", g_variant_new_int64 (context->now));
}

void
madang_application_apply_withdraw (const MadangEventContext *context, MadangEffects *effects)
{
  const char *reason = NULL;

  if (context->arguments != NULL && g_variant_lookup (context->arguments, "reason", "&s", &reason))
    madang_effects_set (effects, "withdrawal_reason", g_variant_new_string (reason));
  madang_application_drop_supplements (context, effects);
}

MadangRecord *
madang_application_find_programme (MadangLookup *lookup, MadangRecord *application)
{
  const char *id = madang_record_get_text (application, "programme");

  return *id != '\0' && lookup != NULL ? madang_lookup_get (lookup, "programme", id) : NULL;
}

const char *
madang_application_get_year (const MadangEventContext *context)
{
  g_autoptr (MadangRecord) programme = find_referenced (context, "programme", "programme");
  g_autofree char *year = NULL;

  if (programme == NULL || !madang_record_is_set (programme, "year"))
    return NULL;

  year = g_strdup_printf ("%" G_GINT64_FORMAT, madang_record_get_number (programme, "year", 0));
  /* There are few years; an interned one may be lent for good. */
  return g_intern_string (year);
}
