/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-supplements.h"

#include "madang-kind-private.h"

#include <glib/gi18n-lib.h>

static const MadangField supplement_fields[] = {
  { .name = "application",
    .type = MADANG_FIELD_REFERENCE,
    .label = N_ ("Application"),
    .reference = "application",
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
    .merge = MADANG_MERGE_SERVER,
    .searched = TRUE },
  { .name = "items",
    .type = MADANG_FIELD_TEXT,
    /* Translators: 보완사항 */
    .label = N_ ("What is to be supplemented"),
    .max = 1000,
    .required = TRUE,
    .merge = MADANG_MERGE_SERVER,
    .searched = TRUE },
  { .name = "due",
    .type = MADANG_FIELD_DAY,
    /* Translators: 보완기한 */
    .label = N_ ("Supplement due on"),
    .required = TRUE,
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "asked_at",
    .type = MADANG_FIELD_TIME,
    .label = N_ ("Asked for at"),
    .indexed = TRUE,
    .merge = MADANG_MERGE_SERVER },
  { .name = "answer",
    .type = MADANG_FIELD_TEXT,
    .label = N_ ("What was supplemented"),
    .max = 1000,
    .merge = MADANG_MERGE_SERVER },
  { .name = "answered_at",
    .type = MADANG_FIELD_TIME,
    .label = N_ ("Answered at"),
    .merge = MADANG_MERGE_SERVER },
  { NULL },
};

static const MadangState supplement_states[] = {
  { "open", N_ ("To be answered") },
  { "answered", N_ ("Answered") },
  { "lapsed", N_ ("Not answered in time") },
  { "dropped", N_ ("Dropped") },
  { NULL },
};

static void
apply_answer (const MadangEventContext *context, MadangEffects *effects)
{
  const char *answer = NULL;

  madang_effects_set (effects, "answered_at", g_variant_new_int64 (context->now));
  if (context->arguments != NULL && g_variant_lookup (context->arguments, "answer", "&s", &answer))
    madang_effects_set (effects, "answer", g_variant_new_string (answer));
}

static const char *const from_open[] = { "open", NULL };

/* All of them follow from events of the application. */
static const MadangEvent supplement_events[] = {
  { .name = "answer",
    .label = N_ ("Answer"),
    .past = N_ ("The supplement was answered"),
    .from = from_open,
    .to = "answered",
    .effects = apply_answer },
  { .name = "lapse",
    .label = N_ ("Let Lapse"),
    .past = N_ ("The day for the supplement has passed"),
    .from = from_open,
    .to = "lapsed" },
  { .name = "drop",
    .label = N_ ("Drop"),
    .past = N_ ("The supplement is not asked for any more"),
    .from = from_open,
    .to = "dropped" },
  { NULL },
};

static const MadangRight supplement_rights[] = {
  { .roles = MADANG_ROLE_AGENCY_OFFICER, .reach = MADANG_REACH_OWN, .actions = MADANG_ACTION_READ },
  { .roles = MADANG_ROLES_OFFICE, .reach = MADANG_REACH_ALL, .actions = MADANG_ACTION_READ },
  { 0 },
};

const MadangKind madang_supplement_request_kind = {
  .name = "supplement_request",
  .label = N_ ("Supplement"),
  .fields = supplement_fields,
  .states = supplement_states,
  .events = supplement_events,
  .rights = supplement_rights,
  .home_scope = madang_of_agency_dup_scope,
  .agency_of = madang_of_agency_get_agency,
  .audience = madang_of_agency_add_audience,
  .title_field = "items",
  .sort_field = "due",
};
