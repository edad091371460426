/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "central-server.h"

#include "temporary-folder.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <stdlib.h>

#define PATIENCE (60 * G_USEC_PER_SEC)
#define LOOK_EVERY (10 * 1000) /* microseconds */

static void
check (gboolean worked, const GError *error)
{
  if (!worked)
    g_error ("the server: %s", error->message);
}

/* It writes the file when it can be reached. */
static guint
wait_for_port (const char *path)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE;

  while (g_get_monotonic_time () < end)
    {
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) && atoi (text) > 0)
        return (guint)atoi (text);
      g_usleep (LOOK_EVERY);
    }
  g_error ("the server does not start");
}

void
central_server_start (CentralServer *self)
{
  g_autofree char *port_file = g_build_filename (self->directory, "port", NULL);
  g_autofree char *database = g_build_filename (self->directory, "data", NULL);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", self->port);
  g_autoptr (GError) error = NULL;

  g_unlink (port_file);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, self->program,
                                    "demo", "--directory", database, "--listen", address,
                                    "--port-file", port_file, NULL);
  check (self->process != NULL, error);
  self->port = wait_for_port (port_file);
}

void
central_server_stop (CentralServer *self)
{
  g_autoptr (GError) error = NULL;

  if (self->process == NULL)
    return;
  g_subprocess_send_signal (self->process, SIGTERM);
  check (g_subprocess_wait (self->process, NULL, &error), error);
  g_clear_object (&self->process);
}

CentralServer *
central_server_new (const char *program,
                    const char *fill_program,
                    guint n_applications,
                    const char *state)
{
  CentralServer *self = g_new0 (CentralServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) fill = NULL;
  g_autofree char *database = NULL;
  g_autofree char *count = g_strdup_printf ("%u", n_applications);

  self->program = g_strdup (program);
  self->directory = temporary_folder_new ();
  database = g_build_filename (self->directory, "data", "central.db", NULL);
  central_server_start (self);
  central_server_stop (self);
  fill = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, fill_program, database, count,
                           state, "typical", NULL);
  check (fill != NULL && g_subprocess_wait_check (fill, NULL, &error), error);
  central_server_start (self);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  return self;
}

void
central_server_free (CentralServer *self)
{
  central_server_stop (self);
  temporary_folder_remove (self->directory);
  g_free (self->directory);
  g_free (self->program);
  g_free (self->url);
  g_free (self);
}

char *
central_server_dup_password (CentralServer *self, const char *login)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (self->directory, "data", "accounts.ini", NULL);
  g_autoptr (GError) error = NULL;
  char *password;

  check (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error), error);
  password = g_key_file_get_string (file, login, "password", &error);
  check (password != NULL, error);
  return password;
}
