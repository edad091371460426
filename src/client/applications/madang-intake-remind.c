/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-intake-remind.h"

#include <glib/gi18n.h>

#include "madang-event-command.h"
#include "madang-programme.h"
#include "madang-remind-dialog.h"

struct _MadangIntakeRemind
{
  GObject parent_instance;

  MadangPage *page;            /* outlives this */
  MadangEventCommand *command; /* (owned) */
  MadangRecord *programme;     /* (owned) (nullable) */
  gboolean asked;              /* the question comes with the next count */
};

static guint count_signal;

G_DEFINE_FINAL_TYPE (MadangIntakeRemind, madang_intake_remind, G_TYPE_OBJECT)

static void
confirmed_cb (MadangIntakeRemind *self, GVariant *arguments)
{
  if (self->programme != NULL)
    madang_event_command_run_with (self->command, self->programme, arguments);
}

/* All of them, also those that the search hides: the event knows nothing of a search. */
static void
ask (MadangIntakeRemind *self, GPtrArray *agencies)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->page)));
  MadangRemindDialog *dialog;

  if (agencies == NULL || agencies->len == 0)
    {
      madang_page_toast (
          self->page, agencies == NULL
                          ? _ ("Not all applications have arrived here yet. Try again in a moment.")
                          : _ ("All agencies have applied. Nobody is to be reminded."));
      return;
    }
  dialog = madang_remind_dialog_new (window, agencies);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (confirmed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
activated_cb (MadangIntakeRemind *self)
{
  self->asked = TRUE;
  g_signal_emit (self, count_signal, 0);
}

static void
done_cb (MadangIntakeRemind *self)
{
  madang_page_toast (self->page,
                     madang_event_get_past (madang_event_command_get_event (self->command)));
  g_signal_emit (self, count_signal, 0);
}

static void
madang_intake_remind_dispose (GObject *object)
{
  MadangIntakeRemind *self = MADANG_INTAKE_REMIND (object);

  g_clear_object (&self->command);
  g_clear_object (&self->programme);

  G_OBJECT_CLASS (madang_intake_remind_parent_class)->dispose (object);
}

static void
madang_intake_remind_class_init (MadangIntakeRemindClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = madang_intake_remind_dispose;
  count_signal = g_signal_new ("count", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
madang_intake_remind_init (MadangIntakeRemind *self)
{
}

MadangIntakeRemind *
madang_intake_remind_new (MadangPage *page, GtkButton *button)
{
  MadangIntakeRemind *self;

  g_return_val_if_fail (MADANG_IS_PAGE (page), NULL);
  g_return_val_if_fail (GTK_IS_BUTTON (button), NULL);

  self = g_object_new (MADANG_TYPE_INTAKE_REMIND, NULL);
  self->page = page;
  self->command = madang_page_add_event_command (page, &madang_programme_kind, "remind");
  madang_event_command_bind_button (self->command, button);
  /* The event's label alone is as wide as half of a narrow window; those who hear it have it. */
  gtk_button_set_label (button, _ ("Remind…"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
      madang_event_get_label (madang_kind_find_event (&madang_programme_kind, "remind")), -1);
  g_signal_connect_object (self->command, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->command, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
madang_intake_remind_set_agencies (MadangIntakeRemind *self,
                                   MadangRecord *programme,
                                   GPtrArray *agencies)
{
  const char *obstacle = NULL;

  g_return_if_fail (MADANG_IS_INTAKE_REMIND (self));

  if (agencies != NULL && agencies->len == 0)
    obstacle = _ ("All agencies have applied. Nobody is to be reminded.");
  g_set_object (&self->programme, programme);
  madang_event_command_update (self->command, programme, obstacle);
  if (self->asked)
    ask (self, agencies);
  self->asked = FALSE;
}

gboolean
madang_intake_remind_is_relevant (MadangIntakeRemind *self)
{
  g_return_val_if_fail (MADANG_IS_INTAKE_REMIND (self), FALSE);

  return madang_event_command_is_relevant (self->command, self->programme);
}
