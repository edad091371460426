/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-event.h"

#include "madang-id.h"
#include "madang-rights.h"
#include "madang-text.h"

#define MAX_REASON 500 /* characters */

/* Ordinals below are those of the mutation's own conflicts, one for each of its edits. */
#define FIRST_EFFECT 0x10000

const char *
madang_event_context_get_text (const MadangEventContext *context, const char *name)
{
  const char *text = "";

  if (context->arguments != NULL)
    g_variant_lookup (context->arguments, name, "&s", &text);
  return text;
}

gboolean
madang_event_context_only_asks (const MadangEventContext *context)
{
  return context->arguments == NULL && context->mutation == NULL;
}

static MadangVerdict *
refuse_state (const MadangEventContext *context, const char *state)
{
  g_autoptr (MadangVerdict) why = NULL;

  if (context->event->explain_state != NULL && context->lookup != NULL)
    why = context->event->explain_state (context);
  if (why != NULL && madang_verdict_is_no (why))
    return g_steal_pointer (&why);
  return madang_verdict_new_no ("state.event", context->event->name, state, NULL);
}

static MadangVerdict *
check_state (const MadangEventContext *context)
{
  const MadangKind *kind = madang_record_get_kind (context->record);
  const char *state = madang_record_get_state (context->record);

  if (madang_kind_find_state (kind, state) == NULL)
    return madang_verdict_new_no ("state.unknown", NULL);
  if (context->event->from != NULL && !g_strv_contains (context->event->from, state))
    return refuse_state (context, state);

  return madang_verdict_new_yes ();
}

/* The rule of the first missing field gives the code: "R-A3" makes "R-A3.missing". */
static MadangVerdict *
check_complete (const MadangEventContext *context)
{
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *code = NULL;

  if ((context->event->flags & MADANG_EVENT_COMPLETE) == 0)
    return madang_verdict_new_yes ();

  missing = madang_record_find_missing (context->record, context->event->complete_as != NULL
                                                             ? context->event->complete_as
                                                             : context->event->name);
  if (missing->len == 0)
    return madang_verdict_new_yes ();

  for (guint i = 0; i < missing->len; i++)
    {
      const MadangField *field = g_ptr_array_index (missing, i);

      if (code == NULL)
        code = g_strdup_printf ("%s.missing", field->rules != NULL ? field->rules : "field");
      g_ptr_array_add (names, (gpointer)field->name);
    }
  g_ptr_array_add (names, NULL);
  return madang_verdict_new_no_strv (code, (const char *const *)names->pdata);
}

static MadangVerdict *
check_reason (const MadangEventContext *context)
{
  const char *reason = NULL;

  if ((context->event->flags & MADANG_EVENT_REASON) == 0)
    return madang_verdict_new_yes ();
  if (madang_event_context_only_asks (context))
    return madang_verdict_new_yes ();

  if (context->arguments != NULL)
    g_variant_lookup (context->arguments, "reason", "&s", &reason);
  if (reason == NULL || *reason == '\0' || madang_text_count (reason) > MAX_REASON
      || !madang_text_is_clean (reason, MADANG_TEXT_BLOCK))
    return madang_verdict_new_no ("event.reason", NULL);

  return madang_verdict_new_yes ();
}

static MadangVerdict *
check_right (const MadangEventContext *context)
{
  if (context->actor == NULL)
    return madang_verdict_new_yes ();
  return madang_rights_check_event (context->actor, context->record, context->event);
}

MadangVerdict *
madang_event_check (const MadangEventContext *context)
{
  MadangVerdict *(*const steps[]) (const MadangEventContext *) = {
    check_state, check_right, check_complete, check_reason, context->event->guard,
  };

  g_return_val_if_fail (context->event != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (MadangVerdict) verdict = steps[i] != NULL ? steps[i](context) : NULL;

      if (verdict != NULL && !madang_verdict_is_yes (verdict))
        return g_steal_pointer (&verdict);
    }
  return madang_verdict_new_yes ();
}

static void
free_value (gpointer data)
{
  MadangEffectValue *effect = data;

  g_free (effect->field);
  g_clear_pointer (&effect->value, g_variant_unref);
  g_free (effect);
}

static void
free_event (gpointer data)
{
  MadangEffectEvent *effect = data;

  g_free (effect->kind);
  g_free (effect->record);
  g_free (effect->event);
  g_clear_pointer (&effect->arguments, g_variant_unref);
  g_free (effect);
}

MadangEffects *
madang_event_run (const MadangEventContext *context)
{
  MadangEffects *self;

  g_return_val_if_fail (context->event != NULL, NULL);

  self = g_new0 (MadangEffects, 1);
  self->values = g_ptr_array_new_with_free_func (free_value);
  self->records = g_ptr_array_new_with_free_func (g_object_unref);
  self->events = g_ptr_array_new_with_free_func (free_event);
  if (context->event->effects != NULL)
    context->event->effects (context, self);
  return self;
}

void
madang_effects_set (MadangEffects *self, const char *field, GVariant *value)
{
  MadangEffectValue *effect;

  g_return_if_fail (self != NULL && field != NULL);

  effect = g_new0 (MadangEffectValue, 1);
  effect->field = g_strdup (field);
  effect->value = value != NULL ? g_variant_ref_sink (value) : NULL;
  g_ptr_array_add (self->values, effect);
}

MadangRecord *
madang_effects_create (MadangEffects *self,
                       const MadangEventContext *context,
                       const MadangKind *kind)
{
  g_autofree char *id = NULL;
  MadangRecord *record;

  g_return_val_if_fail (self != NULL && context != NULL && kind != NULL, NULL);

  id = context->mutation != NULL
           ? madang_id_derive (context->mutation, FIRST_EFFECT + self->records->len)
           : madang_id_new ();
  record = madang_record_new (kind, id);
  g_ptr_array_add (self->records, record);
  return record;
}

void
madang_effects_fire (MadangEffects *self,
                     MadangRecord *record,
                     const char *event,
                     GVariant *arguments)
{
  MadangEffectEvent *effect;

  g_return_if_fail (self != NULL && MADANG_IS_RECORD (record) && event != NULL);

  effect = g_new0 (MadangEffectEvent, 1);
  effect->kind = g_strdup (madang_record_get_kind (record)->name);
  effect->record = g_strdup (madang_record_get_id (record));
  effect->event = g_strdup (event);
  effect->arguments = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  g_ptr_array_add (self->events, effect);
}

void
madang_effects_move (MadangEffects *self, const char *scope)
{
  g_autofree char *old = NULL;

  g_return_if_fail (self != NULL && scope != NULL);

  old = g_steal_pointer (&self->scope);
  self->scope = g_strdup (scope);
}

void
madang_effects_free (MadangEffects *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->scope, g_free);
  g_free (self);
}
