/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-commands.h"

#include "madang-check.h"
#include "madang-reference-data.h"
#include "madang-settings.h"
#include "madang-writer.h"

static char *
read_database (int argc, char **argv, const char *summary)
{
  g_autofree char *database = NULL;
  const GOptionEntry entries[] = {
    { "database", 'd', 0, G_OPTION_ARG_FILENAME, &database, "The database", "FILE" },
    { NULL },
  };

  if (!madang_command_parse (&argc, &argv, summary, entries, &database))
    return NULL;
  return g_steal_pointer (&database);
}

static int
run (int argc, char **argv, const char *summary, MadangWriteFunc func)
{
  g_autofree char *database = read_database (argc, argv, summary);
  g_autoptr (GError) error = NULL;

  if (database == NULL)
    return MADANG_EXIT_USAGE;
  if (madang_write_once (database, func, NULL, &error))
    return 0;
  return madang_command_fail (error);
}

static gboolean
add_reference (MadangWrite *write, gpointer data, GError **error)
{
  MadangSave save = { .write = write, .now = g_get_real_time () / 1000 };

  return madang_settings_ensure (write->storage, error)
         && madang_reference_data_add_agencies (&save, error)
         && madang_reference_data_add_systems (&save, error);
}

static gboolean
renew_epoch (MadangWrite *write, gpointer data, GError **error)
{
  return madang_settings_renew_epoch (write->storage, error);
}

int
madang_command_reference (int argc, char **argv)
{
  return run (argc, argv, "Adds the districts and institutions that are not there yet.",
              add_reference);
}

int
madang_command_restored (int argc, char **argv)
{
  return run (argc, argv,
              "Tells clients that this database came from a backup: they send again what it lost.",
              renew_epoch);
}

static void
fault_cb (const char *what, gpointer user_data)
{
  g_print ("%s\n", what);
}

int
madang_command_check (int argc, char **argv)
{
  g_autofree char *database
      = read_database (argc, argv, "Checks the file and the digests of its feeds.");
  g_autoptr (MadangStorage) storage = NULL;
  g_autoptr (GError) error = NULL;
  guint n_faults = 0;

  if (database == NULL)
    return MADANG_EXIT_USAGE;
  storage = madang_sqlite_storage_open (database, MADANG_DATABASE_READ, &error);
  if (storage == NULL || !madang_check_database (storage, fault_cb, NULL, &n_faults, &error))
    return madang_command_fail (error);
  g_print ("%u faults\n", n_faults);
  return n_faults == 0 ? 0 : MADANG_EXIT_FAILED;
}
