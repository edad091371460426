/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-commands.h"

#include <locale.h>

static const struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *summary;
} commands[] = {
  { "serve", madang_command_serve, "answer the programs of the agencies and the city" },
  { "account", madang_command_account, "add, close and list accounts, set passwords" },
  { "reference", madang_command_reference, "add the districts and institutions of 2020" },
  { "check", madang_command_check, "check a database" },
  { "restored", madang_command_restored, "after a backup was put back" },
  { "demo", madang_command_demo, "serve invented data" },
};

gboolean
madang_command_parse (
    int *argc, char ***argv, const char *summary, const GOptionEntry *entries, char **required)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("madang-server: %s\n", error->message);
      return FALSE;
    }
  if (*argc > 1 || *required == NULL)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      g_printerr ("%s", help);
      return FALSE;
    }
  return TRUE;
}

int
madang_command_fail (const GError *error)
{
  g_printerr ("madang-server: %s\n", error->message);
  return MADANG_EXIT_FAILED;
}

static void
print_usage (void)
{
  g_printerr ("Usage: madang-server COMMAND …\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_printerr ("  %-10s %s\n", commands[i].name, commands[i].summary);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  if (argc > 1 && g_strcmp0 (argv[1], "--version") == 0)
    {
      g_print ("madang-server %s\n", PACKAGE_VERSION);
      return 0;
    }
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    {
      if (g_strcmp0 (argv[1], commands[i].name) == 0)
        return commands[i].run (argc - 1, argv + 1);
    }
  print_usage ();
  return MADANG_EXIT_USAGE;
}
