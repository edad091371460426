/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-account-page.h"

#include <glib/gi18n.h>

#include "madang-account-words.h"
#include "madang-confirm-dialog.h"
#include "madang-day.h"
#include "madang-error-text.h"
#include "madang-event-command.h"
#include "madang-hand-over-dialog.h"

#define N_EVENTS 4
#define CLOSE "close"

struct _MadangAccountPage
{
  MadangPage parent_instance;

  char *account;                          /* (owned): id */
  MadangRecord *record;                   /* (owned) (nullable): as it is shown */
  MadangEventCommand *commands[N_EVENTS]; /* (owned) (nullable) until set up */
  GSimpleAction *hand_over;               /* borrowed from the page's actions */
  GPtrArray *rows;                        /* (owned) (element-type GtkWidget): in the groups */
  AdwPreferencesGroup *facts;
  AdwPreferencesGroup *roles;
  GtkBox *buttons;
};

typedef enum
{
  PROP_ACCOUNT = 1,
} MadangAccountPageProperty;

static GParamSpec *properties[PROP_ACCOUNT + 1];

G_DEFINE_FINAL_TYPE (MadangAccountPage, madang_account_page, MADANG_TYPE_PAGE)

/* What is asked before: NULL: nothing. */
static const struct
{
  const char *event;
  const char *heading; /* msgid */
  const char *body;    /* msgid */
} questions[N_EVENTS] = {
  { "activate", NULL, NULL },
  { "lock", N_ ("Lock This Account?"),
    N_ ("Whoever works with it is signed out at once, on every computer. It can be unlocked "
        "again.") },
  { "unlock", NULL, NULL },
  { CLOSE, N_ ("Close This Account for Good?"),
    N_ ("Whoever works with it is signed out at once, and it cannot be opened again. Hand its "
        "roles over before.") },
};

static const MadangCommand commands[] = {
  { "activate", .kind = "account" },  { "lock", .kind = "account" },
  { "unlock", .kind = "account" },    { "close-account", N_ ("Close Account") },
  { "hand-over", N_ ("Hand Over…") }, { NULL },
};

static const char *const steps[] = {
  N_ ("See which roles the account holds, and from when to when."),
  N_ ("Hand a role over when somebody changes post: the successor has the work at once."),
  N_ ("Lock the account when a computer was lost; close it when the person has left."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("An Account"),
  .purpose = N_ ("One account and its roles."),
  .steps = steps,
};

static MadangSync *
get_sync (MadangAccountPage *self)
{
  return madang_page_get_sync (MADANG_PAGE (self));
}

static char *
dup_today (MadangAccountPage *self)
{
  return madang_day_from_instant (
      madang_clock_get_programme_now (madang_sync_get_clock (get_sync (self))));
}

static GtkWindow *
get_window (MadangAccountPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* --- rows ---------------------------------------------------------------------------------- */

static GtkWidget *
append_row (MadangAccountPage *self,
            AdwPreferencesGroup *group,
            const char *title,
            const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_strdup_printf ("%s: %s", title, subtitle);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
append_fact (MadangAccountPage *self, const char *field)
{
  const MadangKind *kind = madang_record_get_kind (self->record);
  g_autofree char *value = NULL;

  if (!madang_record_is_set (self->record, field))
    return;
  value = madang_record_dup_display (self->record, field);
  append_row (self, self->facts, madang_field_get_label (madang_kind_find_field (kind, field)),
              value);
}

static void
add_hand_over_button (MadangAccountPage *self, GtkWidget *row, MadangRecord *grant)
{
  const MadangEvent *event = madang_kind_find_event (madang_record_get_kind (grant), "hand_over");
  GtkWidget *button = gtk_button_new_with_label (madang_event_get_label (event));
  g_autofree char *role = madang_account_words_dup_role (grant);
  /* Translators: a button's label, then the role that it is about */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), madang_event_get_label (event), role);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.hand-over-role");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", madang_record_get_id (grant));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
append_grant (MadangAccountPage *self, MadangRecord *grant, const char *today)
{
  g_autofree char *role = madang_account_words_dup_role (grant);
  g_autofree char *period = madang_account_words_dup_period (grant);
  g_autofree char *text
      = g_strdup_printf ("%s · %s", period, madang_account_words_get_state (grant, today));
  GtkWidget *row = append_row (self, self->roles, role, text);

  if (madang_account_words_is_in_force (grant, today))
    add_hand_over_button (self, row, grant);
}

static void
remove_rows (MadangAccountPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *group = gtk_widget_get_ancestor (self->rows->pdata[i], ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), self->rows->pdata[i]);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/* Those in force first. */
static void
append_grants (MadangAccountPage *self, GPtrArray *grants)
{
  g_autofree char *today = dup_today (self);
  guint n_in_force = 0;

  for (guint i = 0; i < grants->len; i++)
    if (madang_account_words_is_in_force (grants->pdata[i], today))
      {
        append_grant (self, grants->pdata[i], today);
        n_in_force++;
      }
  for (guint i = 0; i < grants->len; i++)
    if (!madang_account_words_is_in_force (grants->pdata[i], today))
      append_grant (self, grants->pdata[i], today);
  madang_command_set_obstacle (self->hand_over,
                               n_in_force == 1 ? NULL
                               : n_in_force == 0
                                   ? _ ("No role of this account is in force.")
                                   : _ ("The account holds several roles. Press the button beside "
                                        "the one that goes over."));
  adw_preferences_group_set_description (
      self->roles, grants->len == 0 ? _ ("The account holds no role and reads nothing.") : NULL);
}

static void
update_commands (MadangAccountPage *self)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons));

  for (guint i = 0; i < N_EVENTS; i++, button = gtk_widget_get_next_sibling (button))
    {
      madang_event_command_update (self->commands[i], self->record, NULL);
      gtk_widget_set_visible (button,
                              madang_event_command_is_relevant (self->commands[i], self->record));
    }
}

static void
reload (MadangAccountPage *self)
{
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));
  g_autoptr (GPtrArray) grants = NULL;
  g_autofree char *name = NULL;

  if (records == NULL)
    return;
  g_clear_object (&self->record);
  self->record = madang_record_store_get (records, self->account, NULL);
  remove_rows (self);
  update_commands (self);
  if (self->record == NULL)
    {
      madang_command_set_obstacle (self->hand_over, _ ("This account is no longer here."));
      madang_page_show_banner (MADANG_PAGE (self), _ ("This account is no longer here."), NULL,
                               NULL);
      return;
    }
  name = madang_account_words_dup_name (self->record);
  madang_page_set_title (MADANG_PAGE (self), name,
                         madang_kind_get_state_label (madang_record_get_kind (self->record),
                                                      madang_record_get_state (self->record)));
  append_fact (self, "login");
  append_fact (self, "name");
  append_fact (self, "last_login");
  append_row (self, self->facts, _ ("State"),
              madang_kind_get_state_label (madang_record_get_kind (self->record),
                                           madang_record_get_state (self->record)));
  grants = madang_account_words_find_grants (records, self->account);
  if (grants != NULL)
    append_grants (self, grants);
}

/* --- events -------------------------------------------------------------------------------- */

static void
confirmed_cb (MadangEventCommand *command, const char *reason, MadangConfirmDialog *dialog)
{
  MadangAccountPage *self = g_object_get_data (G_OBJECT (dialog), "page");

  if (self->record != NULL)
    madang_event_command_run (command, self->record, NULL);
}

static void
ask (MadangAccountPage *self, MadangEventCommand *command, guint question)
{
  const MadangEvent *event = madang_event_command_get_event (command);
  MadangConfirmDialog *dialog
      = madang_confirm_dialog_new (get_window (self), _ (questions[question].heading),
                                   _ (questions[question].body), madang_event_get_label (event));

  madang_confirm_dialog_set_destructive (dialog);
  g_object_set_data_full (G_OBJECT (dialog), "page", g_object_ref (self), g_object_unref);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (confirmed_cb), command,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
event_activated_cb (MadangAccountPage *self, MadangEventCommand *command)
{
  for (guint i = 0; i < N_EVENTS && self->record != NULL; i++)
    {
      if (self->commands[i] != command)
        continue;
      if (questions[i].heading != NULL)
        ask (self, command, i);
      else
        madang_event_command_run (command, self->record, NULL);
    }
}

static void
event_done_cb (MadangAccountPage *self, const char *name)
{
  const MadangEvent *event = madang_kind_find_event (madang_kind_find ("account"), name);

  reload (self);
  madang_page_toast (MADANG_PAGE (self), madang_event_get_past (event));
}

static void
event_failed_cb (MadangAccountPage *self, const char *text)
{
  reload (self);
  madang_page_toast (MADANG_PAGE (self), text);
}

/* --- handing over -------------------------------------------------------------------------- */

static void
handed_over_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangAccountPage) self = user_data;
  g_autoptr (GError) error = NULL;
  const MadangEvent *event = madang_kind_find_event (madang_kind_find ("role_grant"), "hand_over");

  if (madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    madang_page_toast (MADANG_PAGE (self), madang_event_get_past (event));
  else
    {
      g_autofree char *text = madang_error_dup_text (error);

      madang_page_toast (MADANG_PAGE (self), text);
    }
}

static void
successor_chosen_cb (MadangAccountPage *self,
                     MadangRecord *grant,
                     GVariant *arguments,
                     MadangHandOverDialog *dialog)
{
  madang_sync_event_async (get_sync (self), grant, "hand_over", arguments, handed_over_cb,
                           g_object_ref (self));
}

static void
hand_over (MadangAccountPage *self, MadangRecord *grant)
{
  MadangHandOverDialog *dialog
      = madang_hand_over_dialog_new (get_window (self), get_sync (self), grant);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (successor_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
hand_over_role_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MadangAccountPage *self = user_data;
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));
  g_autoptr (MadangRecord) grant
      = records != NULL
            ? madang_record_store_get (records, g_variant_get_string (parameter, NULL), NULL)
            : NULL;

  if (grant != NULL)
    hand_over (self, grant);
}

/* The only role in force. */
static void
hand_over_cb (MadangAccountPage *self)
{
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));
  g_autoptr (GPtrArray) grants
      = records != NULL ? madang_account_words_find_grants (records, self->account) : NULL;
  g_autofree char *today = dup_today (self);

  for (guint i = 0; grants != NULL && i < grants->len; i++)
    if (madang_account_words_is_in_force (grants->pdata[i], today))
      {
        hand_over (self, grants->pdata[i]);
        return;
      }
}

/* --- the page ------------------------------------------------------------------------------ */

static void
close_account_cb (MadangEventCommand *command)
{
  g_action_activate (madang_event_command_get_action (command), NULL);
}

/* The window has a command of the event's name, which closes itself. */
static void
add_close_action (MadangAccountPage *self, MadangEventCommand *command, GtkWidget *button)
{
  GSimpleAction *action = madang_page_add_action (MADANG_PAGE (self), "close-account",
                                                  G_CALLBACK (close_account_cb), command);

  g_object_bind_property (madang_event_command_get_action (command), "enabled", action, "enabled",
                          G_BINDING_SYNC_CREATE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.close-account");
  gtk_widget_add_css_class (button, "destructive-action");
}

static void
add_event_command (MadangAccountPage *self, guint i)
{
  MadangEventCommand *command
      = madang_event_command_new (get_sync (self), madang_kind_find ("account"),
                                  questions[i].event);
  GtkWidget *button = gtk_button_new ();

  self->commands[i] = command;
  madang_event_command_bind_button (command, GTK_BUTTON (button));
  gtk_box_append (self->buttons, button);
  g_signal_connect_object (command, "activated", G_CALLBACK (event_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (command, "done", G_CALLBACK (event_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (command, "failed", G_CALLBACK (event_failed_cb), self,
                           G_CONNECT_SWAPPED);
  if (g_str_equal (questions[i].event, CLOSE))
    add_close_action (self, command, button);
  else
    g_action_map_add_action (G_ACTION_MAP (madang_page_get_actions (MADANG_PAGE (self))),
                             madang_event_command_get_action (command));
}

static void
madang_account_page_changed (MadangPage *page, const char *const *ids)
{
  reload (MADANG_ACCOUNT_PAGE (page));
}

static void
madang_account_page_shown (MadangPage *page)
{
  gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

static void
madang_account_page_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  if (property_id == PROP_ACCOUNT)
    MADANG_ACCOUNT_PAGE (object)->account = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_account_page_constructed (GObject *object)
{
  MadangAccountPage *self = MADANG_ACCOUNT_PAGE (object);
  const GActionEntry entries[] = { { "hand-over-role", hand_over_role_cb, "s" } };

  G_OBJECT_CLASS (madang_account_page_parent_class)->constructed (object);

  g_action_map_add_action_entries (G_ACTION_MAP (madang_page_get_actions (MADANG_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
  self->hand_over
      = madang_page_add_action (MADANG_PAGE (self), "hand-over", G_CALLBACK (hand_over_cb), self);
  for (guint i = 0; i < N_EVENTS; i++)
    add_event_command (self, i);
  reload (self);
}

static void
madang_account_page_dispose (GObject *object)
{
  MadangAccountPage *self = MADANG_ACCOUNT_PAGE (object);

  for (guint i = 0; i < N_EVENTS; i++)
    g_clear_object (&self->commands[i]);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (madang_account_page_parent_class)->dispose (object);
}

static void
madang_account_page_finalize (GObject *object)
{
  MadangAccountPage *self = MADANG_ACCOUNT_PAGE (object);

  g_free (self->account);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (madang_account_page_parent_class)->finalize (object);
}

static void
madang_account_page_class_init (MadangAccountPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = madang_account_page_set_property;
  object_class->constructed = madang_account_page_constructed;
  object_class->dispose = madang_account_page_dispose;
  object_class->finalize = madang_account_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->changed = madang_account_page_changed;
  MADANG_PAGE_CLASS (klass)->shown = madang_account_page_shown;

  properties[PROP_ACCOUNT]
      = g_param_spec_string ("account", NULL, NULL, NULL,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/accounts/madang-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangAccountPage, facts);
  gtk_widget_class_bind_template_child (widget_class, MadangAccountPage, roles);
  gtk_widget_class_bind_template_child (widget_class, MadangAccountPage, buttons);
}

static void
madang_account_page_init (MadangAccountPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_account_page_new (MadangSync *sync, const char *account)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (account != NULL, NULL);
  return g_object_new (MADANG_TYPE_ACCOUNT_PAGE, "sync", sync, "account", account, NULL);
}
