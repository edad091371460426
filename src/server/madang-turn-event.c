/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-turn.h"

#include "madang-error.h"
#include "madang-event.h"
#include "madang-history.h"
#include "madang-id.h"
#include "madang-rights.h"

/* Events that cause one another: so deep, and so many in all. More is a circle in a declaration. */
#define MAX_DEPTH 4
#define MAX_FIRED 1000

/* Ordinals from which the ids of what fired events create derive; beyond those of effects. */
#define FIRST_FIRED 0x1000000

static MadangEventContext
make_context (MadangTurn *self, MadangRecord *record, const MadangEvent *event, GVariant *arguments)
{
  return (MadangEventContext){
    .record = record,
    .event = event,
    .actor = self->depth == 0 ? self->actor : NULL,
    .lookup = MADANG_LOOKUP (self->records),
    .now = self->save.now,
    .arguments = arguments,
    .mutation = self->cause != NULL ? self->cause : self->mutation->mid,
  };
}

/* Whether the person saw what is there now: of the parts that this person may see. */
static gboolean
seen_is_true (MadangTurn *self, MadangRecord *record)
{
  g_autoptr (MadangRecord) visible = madang_record_dup (record);
  g_autofree char *digest = NULL;

  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    {
      if (!madang_rights_may_read (self->actor, record, part))
        madang_record_set_has_part (visible, part, FALSE);
    }
  digest = madang_record_dup_digest (visible);
  return g_strcmp0 (digest, self->mutation->seen) == 0;
}

/* --- Numbers ------------------------------------------------------------------------------- */

/* Puts the reset value for %Y and the number for the one integer conversion such as %03d. */
static char *
format_number (const char *format, const char *reset, gint64 number)
{
  GString *text = g_string_new (NULL);

  for (const char *at = format; *at != '\0'; at++)
    {
      if (g_str_has_prefix (at, "%Y"))
        {
          g_string_append (text, reset);
          at++;
        }
      else if (*at == '%')
        {
          guint width = 0;

          while (g_ascii_isdigit (*++at))
            width = width * 10 + (guint)g_ascii_digit_value (*at);
          g_string_append_printf (text, "%0*" G_GINT64_FORMAT, (int)width, number);
        }
      else
        {
          g_string_append_c (text, *at);
        }
    }
  return g_string_free (text, FALSE);
}

static gboolean
take_number (MadangTurn *self,
             const MadangEventContext *context,
             const MadangSeries *series,
             MadangRecord *record,
             GError **error)
{
  const char *reset = series->reset_of != NULL ? series->reset_of (context) : NULL;
  g_autofree char *name
      = g_strconcat (madang_record_get_kind (record)->name, ".", series->field, NULL);
  g_autofree char *text = NULL;
  gint64 number;

  if (madang_record_is_set (record, series->field))
    return TRUE;
  number = madang_storage_next_number (self->save.write->storage, name, reset, error);
  if (number == 0)
    return FALSE;
  text = format_number (series->format, reset != NULL ? reset : "", number);
  return madang_record_set (record, series->field, g_variant_new_string (text), error);
}

static gboolean
take_numbers (MadangTurn *self,
              const MadangEventContext *context,
              MadangRecord *record,
              GError **error)
{
  const MadangSeries *series = madang_record_get_kind (record)->series;

  for (; series != NULL && series->field != NULL; series++)
    {
      if (g_strcmp0 (series->event, context->event->name) == 0
          && !take_number (self, context, series, record, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Effects ------------------------------------------------------------------------------- */

static gboolean
set_values (MadangRecord *record, const MadangEffects *effects, GError **error)
{
  for (guint i = 0; i < effects->values->len; i++)
    {
      const MadangEffectValue *effect = g_ptr_array_index (effects->values, i);

      if (!madang_record_set (record, effect->field, effect->value, error))
        return FALSE;
    }
  return TRUE;
}

/* No right is asked for: the event makes the record, not the person. */
static gboolean
create_record (MadangTurn *self, const MadangEvent *event, MadangRecord *record, GError **error)
{
  const MadangKind *kind = madang_record_get_kind (record);

  if (madang_record_get_scope (record) == NULL && kind->home_scope != NULL)
    {
      g_autofree char *home = kind->home_scope (record);

      madang_record_set_scope (record, home);
    }
  return madang_turn_check_is_new (self, record, error)
         && madang_turn_check (self, NULL, record, error)
         && madang_turn_save (self, event->name, NULL, record, error);
}

static gboolean
create_records (MadangTurn *self,
                const MadangEvent *event,
                const MadangEffects *effects,
                GError **error)
{
  for (guint i = 0; i < effects->records->len; i++)
    {
      if (!create_record (self, event, g_ptr_array_index (effects->records, i), error))
        return FALSE;
    }
  return TRUE;
}

/* In the name of the server; the ids of its effects derive from this firing. */
static gboolean
run_fired (MadangTurn *self,
           MadangRecord *record,
           const MadangEvent *event,
           GVariant *arguments,
           GError **error)
{
  char *outer = g_steal_pointer (&self->cause);
  gboolean happened;

  self->cause = madang_id_derive (self->mutation->mid, FIRST_FIRED + self->fired++);
  self->depth++;
  happened = madang_turn_run_event (self, record, event, arguments, error);
  self->depth--;
  g_free (self->cause);
  self->cause = outer;
  return happened;
}

static gboolean
fire (MadangTurn *self, const MadangEffectEvent *effect, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangRecord) record
      = madang_record_store_get (self->records, effect->record, &local_error);
  const MadangEvent *event;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record == NULL || !g_str_equal (madang_record_get_kind (record)->name, effect->kind))
    return madang_turn_reject (self, "record.missing", effect->kind, NULL);
  event = madang_kind_find_event (madang_record_get_kind (record), effect->event);
  if (event == NULL || self->depth >= MAX_DEPTH || self->fired >= MAX_FIRED)
    return madang_turn_reject (self, "event.unknown", effect->event, NULL);
  return run_fired (self, record, event, effect->arguments, error);
}

static gboolean
fire_events (MadangTurn *self, const MadangEffects *effects, GError **error)
{
  for (guint i = 0; i < effects->events->len; i++)
    {
      if (!fire (self, g_ptr_array_index (effects->events, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_reason (MadangTurn *self,
             MadangRecord *record,
             const MadangEvent *event,
             GVariant *arguments,
             GError **error)
{
  MadangSave save = self->save;
  const char *reason = NULL;

  save.event = event->name;
  if (arguments == NULL || !g_variant_lookup (arguments, "reason", "&s", &reason))
    return TRUE;
  return madang_save_note (&save, record, MADANG_HISTORY_REASON, reason, error);
}

gboolean
madang_turn_run_event (MadangTurn *self,
                       MadangRecord *record,
                       const MadangEvent *event,
                       GVariant *arguments,
                       GError **error)
{
  MadangEventContext context = make_context (self, record, event, arguments);
  g_autoptr (MadangRecord) after = NULL;
  g_autoptr (MadangEffects) effects = NULL;

  if (!madang_turn_heed (self, madang_event_check (&context)))
    return FALSE;
  effects = madang_event_run (&context);
  after = madang_record_dup (record);
  if (!set_values (after, effects, error) || !take_numbers (self, &context, after, error))
    return FALSE;
  if (event->to != NULL)
    madang_record_set_state (after, event->to);
  if (effects->scope != NULL)
    madang_record_set_scope (after, effects->scope);
  return madang_turn_save (self, event->name, record, after, error)
         && create_records (self, event, effects, error)
         && note_reason (self, after, event, arguments, error)
         && fire_events (self, effects, error);
}

/* What a rule refuses anyway is refused: that says more than that something has changed. */
static gboolean
keep_unseen (MadangTurn *self, MadangRecord *record, const MadangEvent *event, GError **error)
{
  MadangEventContext context = make_context (self, record, event, self->mutation->arguments);
  g_autoptr (MadangVerdict) verdict = madang_event_check (&context);

  if (madang_verdict_is_no (verdict))
    return madang_turn_heed (self, g_steal_pointer (&verdict));
  return madang_turn_keep_conflict (self, record, 1, NULL, error);
}

gboolean
madang_turn_event (MadangTurn *self, GError **error)
{
  const MadangMutation *mutation = self->mutation;
  g_autoptr (MadangRecord) record = NULL;
  const MadangEvent *event;

  if (!madang_turn_find (self, &record, error))
    return FALSE;
  event = madang_kind_find_event (madang_record_get_kind (record), mutation->event);
  if (event == NULL)
    return madang_turn_reject (self, "event.unknown", mutation->event, NULL);
  /* Rights first: who may not do this learns nothing of what is there. */
  if (!madang_turn_heed (self, madang_rights_check_event (self->actor, record, event)))
    return FALSE;
  if ((event->flags & MADANG_EVENT_SEEN) != 0 && mutation->seen == NULL)
    return madang_turn_reject (self, "event.argument", "seen", NULL);
  if (mutation->seen != NULL && !seen_is_true (self, record))
    return keep_unseen (self, record, event, error);
  return madang_turn_run_event (self, record, event, mutation->arguments, error);
}
