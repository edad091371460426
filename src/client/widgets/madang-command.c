/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-command.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "madang-kind.h"

#define REASON "madang-command-reason"

const char *
madang_command_get_label (const MadangCommand *self)
{
  const MadangKind *kind;
  const MadangEvent *event;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->label != NULL)
    return _ (self->label);
  kind = self->kind != NULL ? madang_kind_find (self->kind) : NULL;
  event = kind != NULL ? madang_kind_find_event (kind, self->action) : NULL;
  return event != NULL ? madang_event_get_label (event) : NULL;
}

char *
madang_command_dup_keys_text (const char *const *keys)
{
  guint key;
  GdkModifierType modifiers;

  if (keys == NULL || keys[0] == NULL || !gtk_accelerator_parse (keys[0], &key, &modifiers))
    return NULL;
  return gtk_accelerator_get_label (key, modifiers);
}

/* A Korean label ends its key in brackets, "인쇄(P)…"; a Latin one has it underlined. */
char *
madang_command_dup_plain_label (const char *label)
{
  g_autoptr (GRegex) marks = g_regex_new ("\\(_?[A-Z]\\)|_|…", 0, 0, NULL);

  g_return_val_if_fail (label != NULL, NULL);
  return g_regex_replace_literal (marks, label, -1, 0, "", 0, NULL);
}

void
madang_command_set_obstacle (GSimpleAction *action, const char *obstacle)
{
  g_return_if_fail (G_IS_SIMPLE_ACTION (action));

  madang_command_set_reason (G_ACTION (action), obstacle);
  g_simple_action_set_enabled (action, obstacle == NULL);
}

void
madang_command_set_reason (GAction *action, const char *reason)
{
  g_return_if_fail (G_IS_ACTION (action));
  g_object_set_data_full (G_OBJECT (action), REASON, g_strdup (reason), g_free);
}

const char *
madang_command_get_reason (GAction *action)
{
  g_return_val_if_fail (G_IS_ACTION (action), NULL);
  return g_object_get_data (G_OBJECT (action), REASON);
}
