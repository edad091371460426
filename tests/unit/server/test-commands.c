/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "temporary-folder.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* The program as an administrator runs it. */

static const char *program;

typedef struct
{
  char *directory;
  char *database;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->directory = temporary_folder_new ();
  place->database = g_build_filename (place->directory, "central.db", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  temporary_folder_remove (place->directory);
  g_free (place->directory);
  g_free (place->database);
}

/* Runs to its end. input may be NULL. Returns the exit status. */
static int G_GNUC_NULL_TERMINATED
run (const char *input, char **output, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  va_list list;
  const char *argument;

  g_ptr_array_add (arguments, (gpointer)program);
  va_start (list, output);
  while ((argument = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (arguments, (gpointer)argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv ((const char *const *)arguments->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                   | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_test_message ("%s", err);
  if (output != NULL)
    *output = g_steal_pointer (&out);
  return g_subprocess_get_exit_status (process);
}

static int
add_account (
    Place *place, const char *login, const char *role, const char *agency, const char *password)
{
  return run (password, NULL, "account", "add", "--database", place->database, "--login", login,
              "--name", "견본 사람", "--role", role, "--to", "2099-12-31",
              agency != NULL ? "--agency" : NULL, agency, NULL);
}

static void
test_accounts (Place *place, gconstpointer data)
{
  g_autofree char *list = NULL;
  g_autofree char *closed = NULL;

  g_assert_cmpint (run (NULL, NULL, "reference", "--database", place->database, NULL), ==, 0);
  g_assert_cmpint (add_account (place, "kim", "agency_officer", "금천구", "a long password 1\n"),
                   ==, 0);
  g_assert_cmpint (add_account (place, "choi", "city_coordinator", NULL, "a long password 2\n"), ==,
                   0);
  g_assert_cmpint (run (NULL, &list, "account", "list", "-d", place->database, NULL), ==, 0);
  g_assert_cmpstr (list, ==,
                   "choi\tactive\t견본 사람\tcity_coordinator\n"
                   "kim\tactive\t견본 사람\tagency_officer (금천구)\n");

  g_assert_cmpint (run ("another long one\n", NULL, "account", "password", "-d", place->database,
                        "--login", "kim", NULL),
                   ==, 0);
  g_assert_cmpint (
      run (NULL, NULL, "account", "close", "-d", place->database, "--login", "kim", NULL), ==, 0);
  g_assert_cmpint (run (NULL, &closed, "account", "list", "-d", place->database, NULL), ==, 0);
  g_assert_nonnull (strstr (closed, "kim\tclosed\t"));
  g_assert_cmpint (run (NULL, NULL, "check", "-d", place->database, NULL), ==, 0);
}

static void
test_refused_accounts (Place *place, gconstpointer data)
{
  g_autofree char *list = NULL;

  g_assert_cmpint (run (NULL, NULL, "reference", "-d", place->database, NULL), ==, 0);
  g_assert_cmpint (add_account (place, "short", "auditor", NULL, "short\n"), ==, 1);
  g_assert_cmpint (add_account (place, "none", "auditor", NULL, ""), ==, 1);
  g_assert_cmpint (add_account (place, "inside", "auditor", NULL, "with inside it 1\n"), ==, 1);
  g_assert_cmpint (add_account (place, "Bad Name", "auditor", NULL, "a long password\n"), ==, 1);
  g_assert_cmpint (add_account (place, "king", "king", NULL, "a long password\n"), ==, 1);
  g_assert_cmpint (add_account (place, "lee", "agency_officer", NULL, "a long password\n"), ==, 1);
  g_assert_cmpint (add_account (place, "lee", "agency_officer", "없는구", "a long password\n"), ==,
                   1);
  g_assert_cmpint (add_account (place, "twice", "auditor", NULL, "a long password\n"), ==, 0);
  g_assert_cmpint (add_account (place, "twice", "auditor", NULL, "a long password\n"), ==, 1);
  g_assert_cmpint (run (NULL, &list, "account", "list", "-d", place->database, NULL), ==, 0);
  g_assert_cmpstr (list, ==, "twice\tactive\t견본 사람\tauditor\n");
  /* The end of the line is no part of a password, and a space before it is. */
  g_assert_cmpint (add_account (place, "eleven", "auditor", NULL, "elevenchars\r\n"), ==, 1);
  g_assert_cmpint (add_account (place, "twelve", "auditor", NULL, "elevenchars \n"), ==, 0);
}

static void
test_usage (Place *place, gconstpointer data)
{
  g_autofree char *version = NULL;

  g_assert_cmpint (run (NULL, NULL, NULL), ==, 2);
  g_assert_cmpint (run (NULL, NULL, "dance", NULL), ==, 2);
  g_assert_cmpint (run (NULL, NULL, "serve", NULL), ==, 2);
  g_assert_cmpint (run (NULL, NULL, "serve", "--nonsense", NULL), ==, 2);
  g_assert_cmpint (run (NULL, NULL, "account", "dance", NULL), ==, 2);
  g_assert_cmpint (run (NULL, NULL, "account", "close", "-d", place->database, NULL), ==, 2);
  g_assert_cmpint (run (NULL, &version, "--version", NULL), ==, 0);
  g_assert_cmpstr (version, ==, "madang-server " PACKAGE_VERSION "\n");
  /* A password has no option to stand in. */
  g_assert_cmpint (run (NULL, NULL, "account", "password", "-d", place->database, "--login", "a",
                        "--password", "b", NULL),
                   ==, 2);
}

static void
test_missing_and_broken_databases (Place *place, gconstpointer data)
{
  g_assert_cmpint (run (NULL, NULL, "check", "-d", place->database, NULL), ==, 1);
  g_assert_true (g_file_set_contents (place->database, "this is no database at all", -1, NULL));
  g_assert_cmpint (run (NULL, NULL, "check", "-d", place->database, NULL), ==, 1);
  g_assert_cmpint (run (NULL, NULL, "serve", "-d", place->database, NULL), ==, 1);
}

/* The line that the server prints once it listens; the port file is there by then. */
static void
wait_until_open (GSubprocess *process)
{
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

  g_assert_true (g_str_has_prefix (line, "madang-server: port "));
}

static void
serve_and_end (Place *place, int signal_number)
{
  g_autofree char *port_file = g_build_filename (place->directory, "port", NULL);
  g_autofree char *port = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "serve",
                              "--database", place->database, "--port-file", port_file, NULL);
  g_assert_no_error (error);
  wait_until_open (process);
  g_assert_true (g_file_get_contents (port_file, &port, NULL, NULL));
  connection
      = g_socket_client_connect_to_host (client, "127.0.0.1",
                                         (guint16)g_ascii_strtoull (port, NULL, 10), NULL, &error);
  g_assert_no_error (error);
  g_subprocess_send_signal (process, signal_number);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  g_unlink (port_file);
}

static void
test_serve_ends_cleanly (Place *place, gconstpointer data)
{
  serve_and_end (place, SIGTERM);
  serve_and_end (place, SIGINT);
  g_assert_cmpint (run (NULL, NULL, "check", "-d", place->database, NULL), ==, 0);
}

/* Only a demonstration has a programme clock of its own. */
static void
test_clock_of_a_real_database (Place *place, gconstpointer data)
{
  g_assert_cmpint (run (NULL, NULL, "reference", "-d", place->database, NULL), ==, 0);
  g_assert_cmpint (run (NULL, NULL, "serve", "-d", place->database, "--programme-now",
                        "2020-03-09T10:00:00+09:00", NULL),
                   ==, 1);
  /* And a real database is not filled with samples. */
  g_assert_cmpint (run (NULL, NULL, "demo", "--directory", place->directory, NULL), ==, 1);
}

static void
test_restored (Place *place, gconstpointer data)
{
  g_assert_cmpint (run (NULL, NULL, "reference", "-d", place->database, NULL), ==, 0);
  g_assert_cmpint (run (NULL, NULL, "restored", "-d", place->database, NULL), ==, 0);
}

#define PLACE_TEST(path, func) g_test_add (path, Place, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];

  PLACE_TEST ("/commands/accounts", test_accounts);
  PLACE_TEST ("/commands/refused-accounts", test_refused_accounts);
  PLACE_TEST ("/commands/usage", test_usage);
  PLACE_TEST ("/commands/databases", test_missing_and_broken_databases);
  PLACE_TEST ("/commands/serve", test_serve_ends_cleanly);
  PLACE_TEST ("/commands/clock", test_clock_of_a_real_database);
  PLACE_TEST ("/commands/restored", test_restored);

  return g_test_run ();
}
