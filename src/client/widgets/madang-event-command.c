/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-event-command.h"

#include <glib/gi18n.h>

#include "madang-command.h"
#include "madang-error-text.h"
#include "madang-event.h"
#include "madang-rights.h"

struct _MadangEventCommand
{
  GObject parent_instance;

  MadangSync *sync; /* (owned) */
  const MadangKind *kind;
  const MadangEvent *event;
  GSimpleAction *action; /* (owned) */
  char *reason;          /* (owned) (nullable) */
  gboolean running;
  gboolean allowed;
};

typedef enum
{
  PROP_REASON = 1,
} MadangEventCommandProperty;

static GParamSpec *properties[PROP_REASON + 1];

enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_DONE,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MadangEventCommand, madang_event_command, G_TYPE_OBJECT)

static void
set_reason (MadangEventCommand *self, const char *reason)
{
  if (g_strcmp0 (self->reason, reason) == 0)
    return;
  g_free (self->reason);
  self->reason = g_strdup (reason);
  madang_command_set_reason (G_ACTION (self->action), reason);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REASON]);
}

/* Twice quickly must not send twice: off until the first is durable. */
static void
update_enabled (MadangEventCommand *self)
{
  g_simple_action_set_enabled (self->action, self->allowed && !self->running);
}

/* (nullable): nobody is signed in. */
static MadangVerdict *
check (MadangEventCommand *self, MadangRecord *record)
{
  MadangActor *actor = madang_sync_get_actor (self->sync);
  MadangRecordStore *records = madang_sync_get_records (self->sync);
  const MadangEventContext context = {
    .record = record,
    .event = self->event,
    .actor = actor,
    .lookup = records != NULL ? MADANG_LOOKUP (records) : NULL,
    .now = madang_clock_get_programme_now (madang_sync_get_clock (self->sync)),
  };

  return actor != NULL && records != NULL ? madang_event_check (&context) : NULL;
}

static void
action_activated_cb (MadangEventCommand *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangEventCommand) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  self->running = FALSE;
  update_enabled (self);
  if (madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    {
      g_signal_emit (self, signals[SIGNAL_DONE], 0, self->event->name);
      return;
    }
  text = madang_error_dup_text (error);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, text);
}

static gboolean
describe_button_cb (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const char *reason = g_value_get_string (from);

  g_value_set_string (to, reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (user_data), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason != NULL ? reason : "", -1);
  return TRUE;
}

static void
madang_event_command_get_property (GObject *object,
                                   guint property_id,
                                   GValue *value,
                                   GParamSpec *pspec)
{
  if (property_id == PROP_REASON)
    g_value_set_string (value, MADANG_EVENT_COMMAND (object)->reason);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_event_command_finalize (GObject *object)
{
  MadangEventCommand *self = MADANG_EVENT_COMMAND (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->action);
  g_free (self->reason);

  G_OBJECT_CLASS (madang_event_command_parent_class)->finalize (object);
}

static void
madang_event_command_class_init (MadangEventCommandClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = madang_event_command_get_property;
  object_class->finalize = madang_event_command_finalize;

  properties[PROP_REASON]
      = g_param_spec_string ("reason", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[SIGNAL_ACTIVATED]
      = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DONE] = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
madang_event_command_init (MadangEventCommand *self)
{
}

MadangEventCommand *
madang_event_command_new (MadangSync *sync, const MadangKind *kind, const char *event)
{
  MadangEventCommand *self;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);

  self = g_object_new (MADANG_TYPE_EVENT_COMMAND, NULL);
  self->sync = g_object_ref (sync);
  self->kind = kind;
  self->event = madang_kind_find_event (kind, event);
  g_assert (self->event != NULL);
  self->action = g_simple_action_new (event, NULL);
  g_simple_action_set_enabled (self->action, FALSE);
  g_signal_connect_object (self->action, "activate", G_CALLBACK (action_activated_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

GAction *
madang_event_command_get_action (MadangEventCommand *self)
{
  g_return_val_if_fail (MADANG_IS_EVENT_COMMAND (self), NULL);
  return G_ACTION (self->action);
}

const MadangEvent *
madang_event_command_get_event (MadangEventCommand *self)
{
  g_return_val_if_fail (MADANG_IS_EVENT_COMMAND (self), NULL);
  return self->event;
}

void
madang_event_command_update (MadangEventCommand *self, MadangRecord *record, const char *obstacle)
{
  g_autoptr (MadangVerdict) verdict = NULL;
  g_autofree char *reason = NULL;

  g_return_if_fail (MADANG_IS_EVENT_COMMAND (self));

  if (record != NULL)
    verdict = check (self, record);
  if (verdict != NULL && madang_verdict_is_no (verdict))
    reason = madang_verdict_dup_text (verdict, self->kind->name);
  else if (verdict != NULL && obstacle != NULL)
    reason = g_strdup (obstacle);
  else if (verdict != NULL && !madang_verdict_is_yes (verdict))
    reason = g_strdup (_ ("The server will check whether this is possible."));
  self->allowed = verdict != NULL && !madang_verdict_is_no (verdict) && obstacle == NULL;
  update_enabled (self);
  set_reason (self, reason);
}

const char *
madang_event_command_get_reason (MadangEventCommand *self)
{
  g_return_val_if_fail (MADANG_IS_EVENT_COMMAND (self), NULL);
  return self->reason;
}

gboolean
madang_event_command_is_relevant (MadangEventCommand *self, MadangRecord *record)
{
  g_autoptr (MadangVerdict) verdict = NULL;
  MadangActor *actor = madang_sync_get_actor (self->sync);

  g_return_val_if_fail (MADANG_IS_EVENT_COMMAND (self), FALSE);

  if (record == NULL || actor == NULL)
    return FALSE;
  if (self->event->from != NULL
      && !g_strv_contains (self->event->from, madang_record_get_state (record)))
    return FALSE;
  verdict = madang_rights_check_event (actor, record, self->event);
  return !madang_verdict_is_no (verdict);
}

void
madang_event_command_run (MadangEventCommand *self, MadangRecord *seen, const char *reason)
{
  GVariant *arguments = NULL;
  GVariantDict dict;

  g_return_if_fail (MADANG_IS_EVENT_COMMAND (self));

  if (reason != NULL)
    {
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "reason", "s", reason);
      arguments = g_variant_dict_end (&dict);
    }
  madang_event_command_run_with (self, seen, arguments);
}

void
madang_event_command_run_with (MadangEventCommand *self, MadangRecord *seen, GVariant *arguments)
{
  g_return_if_fail (MADANG_IS_EVENT_COMMAND (self));
  g_return_if_fail (MADANG_IS_RECORD (seen));

  self->running = TRUE;
  update_enabled (self);
  madang_sync_event_async (self->sync, seen, self->event->name, arguments, written_cb,
                           g_object_ref (self));
}

void
madang_event_command_bind_button (MadangEventCommand *self, GtkButton *button)
{
  g_autofree char *action_name = NULL;

  g_return_if_fail (MADANG_IS_EVENT_COMMAND (self));
  g_return_if_fail (GTK_IS_BUTTON (button));

  action_name = g_strconcat ("win.", self->event->name, NULL);
  gtk_button_set_label (button, madang_event_get_label (self->event));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  g_object_bind_property_full (self, "reason", button, "tooltip-text", G_BINDING_SYNC_CREATE,
                               describe_button_cb, NULL, button, NULL);
}
