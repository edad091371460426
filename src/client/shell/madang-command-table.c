/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-command-table.h"

#include <glib/gi18n.h>

#include "madang-areas.h"

static const MadangCommand window_commands[] = {
  { "palette", N_ ("Find a Command"), .keys = { "<Control>k" }, .keys_only = TRUE },
  { "help", N_ ("Help for This Page"), .keys = { "F1" } },
  { "show-keys", N_ ("All Keys"), .keys = { "<Control>question" } },
  { "back", N_ ("Back"), .keys = { "Escape", "<Alt>Left" }, .keys_only = TRUE },
  { "save", N_ ("Save Now"), .keys = { "<Control>s" } },
  { "try-now", N_ ("Send and Fetch Now"), .keys = { "F5" } },
  { "show-waiting", N_ ("Waiting Changes") },
  { "show-conflicts", N_ ("Changes to Decide") },
  { "sign-out", N_ ("Sign _Out") },
  { "close", N_ ("Close the Window"), .keys = { "<Control>w" }, .keys_only = TRUE },
  { NULL },
};

static const MadangCommand application_commands[] = {
  { "about", N_ ("_About Madang") },
  { "quit", N_ ("_Quit"), .keys = { "<Control>q" } },
  { NULL },
};

static const MadangCommand standard_commands[] = {
  { "create", N_ ("Create New"), .keys = { "<Control>n" } },
  { "submit", .kind = "application", .keys = { "<Control>Return", "<Control>KP_Enter" } },
  { "search", N_ ("Search This Page"), .keys = { "<Control>f" } },
  { "print", N_ ("_Print…"), .keys = { "<Control>p" } },
  { "export-pdf", N_ ("Save as P_DF…") },
  { "history", N_ ("_History"), .keys = { "<Control>h" } },
  { NULL },
};

static const MadangCommand *
find_standard (const char *action)
{
  for (const MadangCommand *command = standard_commands; command->action != NULL; command++)
    if (g_str_equal (command->action, action))
      return command;
  return NULL;
}

static gboolean
declares (const MadangCommand *commands, const char *action)
{
  for (; commands != NULL && commands->action != NULL; commands++)
    if (g_str_equal (commands->action, action))
      return TRUE;
  return FALSE;
}

static void
set_keys (GtkApplication *application, const char *prefix, const MadangCommand *command)
{
  const char *const *keys = madang_command_table_get_keys (command);
  g_autofree char *action = g_strdup_printf ("%s.%s", prefix, command->action);

  if (keys != NULL)
    gtk_application_set_accels_for_action (application, action, keys);
}

static void
set_page_keys_cb (const MadangCommand *command, gpointer application)
{
  set_keys (application, "win", command);
}

const MadangCommand *
madang_command_table_list_window (void)
{
  return window_commands;
}

const MadangCommand *
madang_command_table_list_application (void)
{
  return application_commands;
}

const MadangCommand *
madang_command_table_list_standard (void)
{
  return standard_commands;
}

const char *
madang_command_table_get_label (const MadangCommand *command)
{
  const MadangCommand *standard;
  const char *label;

  g_return_val_if_fail (command != NULL, NULL);

  label = madang_command_get_label (command);
  standard = label == NULL ? find_standard (command->action) : NULL;
  return standard != NULL ? madang_command_get_label (standard) : label;
}

const char *const *
madang_command_table_get_keys (const MadangCommand *command)
{
  g_return_val_if_fail (command != NULL, NULL);

  if (command->keys[0] == NULL)
    command = find_standard (command->action);
  return command != NULL && command->keys[0] != NULL ? command->keys : NULL;
}

void
madang_command_table_each_of_page (MadangPageClass *klass,
                                   GActionGroup *actions,
                                   MadangCommandFunc func,
                                   gpointer user_data)
{
  g_return_if_fail (MADANG_IS_PAGE_CLASS (klass));

  for (const MadangCommand *command = klass->commands; command != NULL && command->action != NULL;
       command++)
    func (command, user_data);
  for (const MadangCommand *command = standard_commands; command->action != NULL; command++)
    if (actions != NULL && g_action_group_has_action (actions, command->action)
        && !declares (klass->commands, command->action))
      func (command, user_data);
}

void
madang_command_table_install (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (const MadangCommand *command = window_commands; command->action != NULL; command++)
    set_keys (application, "win", command);
  for (const MadangCommand *command = standard_commands; command->action != NULL; command++)
    set_keys (application, "win", command);
  for (const MadangCommand *command = application_commands; command->action != NULL; command++)
    set_keys (application, "app", command);
  for (guint i = 1;; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.area-number(%u)", i);
      g_autofree char *key = madang_area_dup_key (i);

      if (key == NULL)
        break;
      gtk_application_set_accels_for_action (application, action, (const char *[]){ key, NULL });
    }
}

void
madang_command_table_install_page (GtkApplication *application, MadangPageClass *klass)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));
  madang_command_table_each_of_page (klass, NULL, set_page_keys_cb, application);
}
