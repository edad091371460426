/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-commands.h"

#include "madang-demo.h"
#include "madang-listener.h"
#include "madang-record-text.h"
#include "madang-server.h"
#include "madang-settings.h"
#include "madang-writer.h"

#include <glib-unix.h>
#include <stdio.h>

typedef struct
{
  char *database;      /* (owned) (nullable) */
  char *directory;     /* (owned) (nullable) */
  char *listen;        /* (owned) (nullable) */
  char *port_file;     /* (owned) (nullable) */
  char *programme_now; /* (owned) (nullable) */
  gboolean behind_proxy;
} MadangServeOptions;

static void
clear_options (MadangServeOptions *options)
{
  g_free (options->database);
  g_free (options->directory);
  g_free (options->listen);
  g_free (options->port_file);
  g_free (options->programme_now);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadangServeOptions, clear_options)

static gboolean
ended_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
write_port (const MadangServeOptions *options, MadangServer *server, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%u\n", madang_server_get_port (server));

  return options->port_file == NULL
         || g_file_set_contents_full (options->port_file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                      0644, error);
}

typedef struct
{
  MadangClock *clock;
  gint64 now;
} MadangClockJob;

static gboolean
set_clock (MadangWrite *write, gpointer data, GError **error)
{
  const MadangClockJob *job = data;

  return madang_settings_set_programme_now (write->storage, job->clock, job->now, error);
}

/* Moves the programme clock of a demonstration before anything is served. */
static gboolean
move_clock (const MadangServeOptions *options, MadangClock *clock, GError **error)
{
  MadangClockJob job = { .clock = clock };

  if (options->programme_now == NULL)
    return TRUE;
  job.now = madang_record_text_read_time (options->programme_now, error);
  return job.now >= 0 && madang_write_once (options->database, set_clock, &job, error);
}

static gboolean
start (const MadangServeOptions *options, MadangClock *clock, MadangServer *server, GError **error)
{
  return move_clock (options, clock, error) && madang_server_start (server, error)
         && write_port (options, server, error);
}

static int
serve (const MadangServeOptions *options, MadangClock *clock)
{
  MadangServerOptions server_options = { .database = options->database,
                                         .listen = options->listen,
                                         .behind_proxy = options->behind_proxy,
                                         .clock = clock };
  g_autoptr (MadangServer) server = madang_server_new (&server_options);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;

  /* Before anyone can know that the server is there. */
  g_unix_signal_add (SIGTERM, ended_cb, loop);
  g_unix_signal_add (SIGINT, ended_cb, loop);
  if (options->listen != NULL && !madang_listener_address_is_local (options->listen))
    g_printerr ("madang-server: %s can be reached from outside; put a proxy with TLS in front.\n",
                options->listen);
  if (!start (options, clock, server, &error))
    return madang_command_fail (error);
  if (madang_server_get_port (server) > 0)
    g_print ("madang-server: port %u\n", madang_server_get_port (server));
  else
    g_print ("madang-server: %s\n", options->listen);
  fflush (stdout);
  g_main_loop_run (loop);
  madang_server_stop (server);
  return 0;
}

int
madang_command_serve (int argc, char **argv)
{
  g_auto (MadangServeOptions) options = { NULL };
  g_autoptr (MadangClock) clock = madang_clock_new ();
  const GOptionEntry entries[] = {
    { "database", 'd', 0, G_OPTION_ARG_FILENAME, &options.database, "The database", "FILE" },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &options.listen,
      "Address and port, or unix:PATH; only this machine by default", "ADDRESS" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &options.port_file,
      "Write the port here once it is open", "FILE" },
    { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &options.behind_proxy,
      "Believe the header X-Real-IP of the proxy in front", NULL },
    { "programme-now", 0, 0, G_OPTION_ARG_STRING, &options.programme_now,
      "Set the programme clock of a demonstration", "2020-03-13T23:00:00+09:00" },
    { NULL },
  };

  if (!madang_command_parse (&argc, &argv, "Answers the programs of the agencies and the city.",
                             entries, &options.database))
    return MADANG_EXIT_USAGE;
  return serve (&options, clock);
}

int
madang_command_demo (int argc, char **argv)
{
  g_auto (MadangServeOptions) options = { NULL };
  g_autoptr (MadangClock) clock = madang_clock_new ();
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "directory", 0, 0, G_OPTION_ARG_FILENAME, &options.directory,
      "Where the database and the file of accounts are, or are made", "DIRECTORY" },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &options.listen, "Address and port", "ADDRESS" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &options.port_file,
      "Write the port here once it is open", "FILE" },
    { "programme-now", 0, 0, G_OPTION_ARG_STRING, &options.programme_now, "Set the programme clock",
      "2020-03-13T23:00:00+09:00" },
    { NULL },
  };

  if (!madang_command_parse (&argc, &argv,
                             "Makes invented data unless it is there, and answers with it.",
                             entries, &options.directory))
    return MADANG_EXIT_USAGE;
  options.database = madang_demo_prepare (options.directory, clock, &error);
  if (options.database == NULL)
    return madang_command_fail (error);
  return serve (&options, clock);
}
