/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-commands.h"

#include "madang-account-book.h"
#include "madang-crypto.h"
#include "madang-day.h"
#include "madang-password-prompt.h"
#include "madang-writer.h"

typedef struct
{
  char *database; /* (owned) (nullable) */
  char *login;    /* (owned) (nullable) */
  char *name;     /* (owned) (nullable) */
  char *role;     /* (owned) (nullable) */
  char *agency;   /* (owned) (nullable) */
  char *from;     /* (owned) (nullable) */
  char *to;       /* (owned) (nullable) */
  char *password; /* (owned) (nullable) */
} MadangAccountOptions;

typedef gboolean (*MadangAccountFunc) (const MadangSave *save,
                                       const MadangAccountOptions *options,
                                       GError **error);

static void
clear_options (MadangAccountOptions *options)
{
  g_free (options->database);
  g_free (options->login);
  g_free (options->name);
  g_free (options->role);
  g_free (options->agency);
  g_free (options->from);
  g_free (options->to);
  g_free (options->password);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadangAccountOptions, clear_options)

static gboolean
add (const MadangSave *save, const MadangAccountOptions *options, GError **error)
{
  MadangNewAccount account = { .login = options->login,
                               .name = options->name,
                               .password = options->password,
                               .role = options->role,
                               .agency = options->agency,
                               .valid_from = options->from,
                               .valid_to = options->to };

  return madang_account_book_add (save, &account, error);
}

static gboolean
set_password (const MadangSave *save, const MadangAccountOptions *options, GError **error)
{
  return madang_account_book_set_password (save, options->login, options->password, error);
}

static gboolean
close_account (const MadangSave *save, const MadangAccountOptions *options, GError **error)
{
  return madang_account_book_close (save, options->login, error);
}

static gboolean
list (const MadangSave *save, const MadangAccountOptions *options, GError **error)
{
  g_autoptr (GPtrArray) lines = madang_account_book_list (save->write->storage, error);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const MadangAccountLine *line = g_ptr_array_index (lines, i);

      g_print ("%s\t%s\t%s\t%s\n", line->login, line->state, line->name, line->roles);
    }
  return lines != NULL;
}

/* A command on the book, as the job of a transaction. */
typedef struct
{
  MadangAccountFunc func;
  const MadangAccountOptions *options;
} MadangAccountJob;

static gboolean
run_job (MadangWrite *write, gpointer data, GError **error)
{
  const MadangAccountJob *job = data;
  MadangSave save = { .write = write, .now = g_get_real_time () / 1000 };

  return job->func (&save, job->options, error);
}

static int
run (MadangAccountFunc func, const MadangAccountOptions *options)
{
  MadangAccountJob job = { func, options };
  g_autoptr (GError) error = NULL;

  if (madang_crypto_init (&error) && madang_write_once (options->database, run_job, &job, &error))
    return 0;
  return madang_command_fail (error);
}

static int
command_add (int argc, char **argv)
{
  g_auto (MadangAccountOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time () / 1000;
  const GOptionEntry entries[] = {
    { "database", 'd', 0, G_OPTION_ARG_FILENAME, &options.database, "The database", "FILE" },
    { "login", 0, 0, G_OPTION_ARG_STRING, &options.login, "Sign-in name", "NAME" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "Name of the person", "NAME" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role,
      "agency_officer, city_coordinator, city_approver, auditor or system_admin", "ROLE" },
    { "agency", 0, 0, G_OPTION_ARG_STRING, &options.agency, "Name of the agency", "NAME" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day of the role", "DAY" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "Last day of the role", "DAY" },
    { NULL },
  };

  if (!madang_command_parse (&argc, &argv,
                             "Makes an account. The password comes from the terminal or a pipe.",
                             entries, &options.database))
    return MADANG_EXIT_USAGE;
  if (options.login == NULL || options.name == NULL || options.role == NULL || options.to == NULL)
    {
      g_printerr ("madang-server: --login, --name, --role and --to are needed\n");
      return MADANG_EXIT_USAGE;
    }
  if (options.from == NULL)
    options.from = madang_day_from_instant (now);
  options.password = madang_password_prompt (&error);
  if (options.password == NULL)
    return madang_command_fail (error);
  return run (add, &options);
}

static int
command_on_login (int argc, char **argv, const char *summary, MadangAccountFunc func)
{
  g_auto (MadangAccountOptions) options = { NULL };
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "database", 'd', 0, G_OPTION_ARG_FILENAME, &options.database, "The database", "FILE" },
    { "login", 0, 0, G_OPTION_ARG_STRING, &options.login, "Sign-in name", "NAME" },
    { NULL },
  };

  if (!madang_command_parse (&argc, &argv, summary, entries, &options.database))
    return MADANG_EXIT_USAGE;
  if (options.login == NULL && func != list)
    {
      g_printerr ("madang-server: --login is needed\n");
      return MADANG_EXIT_USAGE;
    }
  if (func == set_password)
    {
      options.password = madang_password_prompt (&error);
      if (options.password == NULL)
        return madang_command_fail (error);
    }
  return run (func, &options);
}

int
madang_command_account (int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "";

  if (g_strcmp0 (what, "add") == 0)
    return command_add (argc - 1, argv + 1);
  if (g_strcmp0 (what, "password") == 0)
    return command_on_login (argc - 1, argv + 1, "Sets a password and ends the account's sessions.",
                             set_password);
  if (g_strcmp0 (what, "close") == 0)
    return command_on_login (argc - 1, argv + 1, "Closes an account for good.", close_account);
  if (g_strcmp0 (what, "list") == 0)
    return command_on_login (argc - 1, argv + 1, "Lists accounts, their state and roles.", list);
  g_printerr ("Usage: madang-server account add|password|close|list --database FILE …\n");
  return MADANG_EXIT_USAGE;
}
