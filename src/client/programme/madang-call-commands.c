/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-call-commands.h"

#include <glib/gi18n.h>

#include "madang-calls.h"
#include "madang-confirm-dialog.h"
#include "madang-extend-dialog.h"
#include "madang-programme.h"
#include "madang-remind-dialog.h"
#include "madang-undo.h"

#define N_COMMANDS 5

struct _MadangCallCommands
{
  GObject parent_instance;

  MadangPage *page;                         /* outlives this */
  MadangRecord *programme;                  /* (owned) (nullable): as it is in view */
  MadangEventCommand *commands[N_COMMANDS]; /* (owned) */
};

static guint done_signal;

G_DEFINE_FINAL_TYPE (MadangCallCommands, madang_call_commands, G_TYPE_OBJECT)

static GtkWindow *
get_window (MadangCallCommands *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->page)));
}

static void
run (MadangCallCommands *self, const char *event, GVariant *arguments)
{
  if (self->programme != NULL)
    madang_event_command_run_with (madang_call_commands_get (self, event), self->programme,
                                   arguments);
}

/* --- open and close -------------------------------------------------------------------------- */

static void
open_confirmed_cb (MadangCallCommands *self)
{
  run (self, "open_call", NULL);
}

static void
open_cb (MadangCallCommands *self)
{
  g_autofree char *first = madang_record_dup_display (self->programme, "call_open");
  g_autofree char *last = madang_record_dup_display (self->programme, "call_close");
  /* Translators: both are days */
  g_autofree char *body = g_strdup_printf (
      _ ("Agencies may apply from %s to %s. From then on the terms of the call stand; it can only "
         "be extended."),
      first, last);
  MadangConfirmDialog *dialog = madang_confirm_dialog_new (get_window (self), _ ("Open the Call?"),
                                                           body, _ ("Open the Call"));

  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (open_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
close_confirmed_cb (MadangCallCommands *self)
{
  run (self, "close_call", NULL);
}

static void
close_cb (MadangCallCommands *self)
{
  MadangConfirmDialog *dialog = madang_confirm_dialog_new (
      get_window (self), _ ("Close the Call Now?"),
      _ ("Nobody can apply any more but agencies that were given more time, and all other drafts "
         "expire. This cannot be undone. On its last day the call closes by itself."),
      _ ("Close the Call"));

  madang_confirm_dialog_set_destructive (dialog);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (close_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- extend ---------------------------------------------------------------------------------- */

static void
show_extend_dialog (MadangCallCommands *self, gboolean for_one)
{
  MadangExtendDialog *dialog
      = madang_extend_dialog_new (get_window (self), madang_page_get_sync (self->page),
                                  self->programme, for_one);

  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (run), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
extend_cb (MadangCallCommands *self)
{
  show_extend_dialog (self, FALSE);
}

static void
extend_for_cb (MadangCallCommands *self)
{
  show_extend_dialog (self, TRUE);
}

/* --- remind ---------------------------------------------------------------------------------- */

static void
remind_confirmed_cb (MadangCallCommands *self, GVariant *arguments)
{
  run (self, "remind", arguments);
}

static void
remind_cb (MadangCallCommands *self)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (self->page));
  g_autoptr (GPtrArray) agencies
      = madang_call_find_unanswered (MADANG_LOOKUP (records), self->programme);
  MadangRemindDialog *dialog;

  if (agencies == NULL || agencies->len == 0)
    {
      madang_page_toast (
          self->page, agencies == NULL
                          ? _ ("Not all applications have arrived here yet. Try again in a moment.")
                          : _ ("All agencies have applied. Nobody is to be reminded."));
      return;
    }
  dialog = madang_remind_dialog_new (get_window (self), agencies);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (remind_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- the commands ---------------------------------------------------------------------------- */

static const struct
{
  const char *event;
  GCallback activated;
} table[N_COMMANDS] = {
  { "open_call", G_CALLBACK (open_cb) },
  { "extend_call", G_CALLBACK (extend_cb) },
  { "extend_call_for", G_CALLBACK (extend_for_cb) },
  { "close_call", G_CALLBACK (close_cb) },
  { "remind", G_CALLBACK (remind_cb) },
};

static void
event_done_cb (MadangCallCommands *self, const char *event)
{
  madang_undo_offer (self->page, self->programme,
                     madang_kind_find_event (&madang_programme_kind, event));
  g_signal_emit (self, done_signal, 0);
}

static void
event_failed_cb (MadangCallCommands *self)
{
  g_signal_emit (self, done_signal, 0);
}

static void
add_command (MadangCallCommands *self, guint place)
{
  MadangEventCommand *command
      = madang_page_add_event_command (self->page, &madang_programme_kind, table[place].event);

  g_signal_connect_object (command, "activated", table[place].activated, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (command, "done", G_CALLBACK (event_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (command, "failed", G_CALLBACK (event_failed_cb), self,
                           G_CONNECT_SWAPPED);
  self->commands[place] = command;
}

static void
madang_call_commands_dispose (GObject *object)
{
  MadangCallCommands *self = MADANG_CALL_COMMANDS (object);

  for (guint i = 0; i < N_COMMANDS; i++)
    g_clear_object (&self->commands[i]);
  g_clear_object (&self->programme);

  G_OBJECT_CLASS (madang_call_commands_parent_class)->dispose (object);
}

static void
madang_call_commands_class_init (MadangCallCommandsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = madang_call_commands_dispose;
  done_signal = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
}

static void
madang_call_commands_init (MadangCallCommands *self)
{
}

MadangCallCommands *
madang_call_commands_new (MadangPage *page)
{
  MadangCallCommands *self;

  g_return_val_if_fail (MADANG_IS_PAGE (page), NULL);

  self = g_object_new (MADANG_TYPE_CALL_COMMANDS, NULL);
  self->page = page;
  for (guint i = 0; i < N_COMMANDS; i++)
    add_command (self, i);
  return self;
}

void
madang_call_commands_set_programme (MadangCallCommands *self, MadangRecord *programme)
{
  g_return_if_fail (MADANG_IS_CALL_COMMANDS (self));

  g_set_object (&self->programme, programme);
  for (guint i = 0; i < N_COMMANDS; i++)
    madang_event_command_update (self->commands[i], programme, NULL);
}

MadangEventCommand *
madang_call_commands_get (MadangCallCommands *self, const char *event)
{
  g_return_val_if_fail (MADANG_IS_CALL_COMMANDS (self), NULL);

  for (guint i = 0; i < N_COMMANDS; i++)
    if (g_str_equal (table[i].event, event))
      return self->commands[i];
  g_return_val_if_reached (NULL);
}

gboolean
madang_call_commands_is_relevant (MadangCallCommands *self, const char *event)
{
  g_return_val_if_fail (MADANG_IS_CALL_COMMANDS (self), FALSE);
  return madang_event_command_is_relevant (madang_call_commands_get (self, event), self->programme);
}
