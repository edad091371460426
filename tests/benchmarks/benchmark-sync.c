/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's side of the protocol against the real server on the loopback, without a window: the
 * first pull of a coordinator, and the push of what an officer wrote offline. Against the floor:
 * the same bytes over libsoup, read by json-glib and stored by bare SQLite. By turns in the same run. */

#include "bare-database.h"
#include "bare-wire.h"
#include "busy-time.h"
#include "central-server.h"
#include "filled-profile.h"
#include "madang-crypto.h"
#include "madang-sync.h"
#include "temporary-folder.h"

#include <stdlib.h>

#define N_PULLED 20000
#define N_PUSHED 5000
#define LEAST_PUSHED 1000 /* of fewer the way to the server is most */
#define MOST_PULL 4.1     /* times the floor */
#define MOST_PUSH 7.0

static double
measure_since (gint64 start)
{
  return (double)(g_get_monotonic_time () - start) / 1000;
}

static void
add (GArray *values, double value)
{
  g_array_append_val (values, value);
}

static gboolean
report (const char *what, GArray *own, GArray *floor, double most)
{
  const double median = benchmark_percentile (own, 50);
  const double floor_median = benchmark_percentile (floor, 50);

  g_print ("%s: %.0f ms; floor %.0f ms; ratio %.2f; n = %u (gate: %.1f)\n", what, median,
           floor_median, median / floor_median, own->len, most);
  return median <= most * floor_median;
}

/* --- somebody at a computer ----------------------------------------------------------------- */

typedef struct
{
  char *directory; /* (owned) */
  MadangSync *sync;
} Client;

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!madang_sync_sign_in_finish (MADANG_SYNC (source), result, &error))
    g_error ("not signed in: %s", error->message);
  *(gboolean *)user_data = TRUE;
}

static Client *
client_new (CentralServer *server, const char *login)
{
  Client *self = g_new0 (Client, 1);
  g_autoptr (MadangClock) clock = madang_clock_new ();
  g_autofree char *password = central_server_dup_password (server, login);
  gboolean signed_in = FALSE;

  self->directory = temporary_folder_new ();
  self->sync = madang_sync_new (server->url, self->directory, clock);
  madang_sync_sign_in_async (self->sync, login, password, NULL, finished_cb, &signed_in);
  while (!signed_in)
    g_main_context_iteration (NULL, TRUE);
  return self;
}

static void
client_free (Client *self)
{
  madang_sync_close (self->sync);
  g_object_unref (self->sync);
  temporary_folder_remove (self->directory);
  g_free (self->directory);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

/* In step with the server, and nothing waits. */
static void
wait_until_in_step (Client *self)
{
  while (madang_sync_get_state (self->sync) != MADANG_SYNC_CONNECTED
         || madang_sync_get_waiting (self->sync) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static GPtrArray *
find_applications (Client *self)
{
  g_autoptr (MadangQuery) query = madang_query_new ("application");
  g_autoptr (GError) error = NULL;
  GPtrArray *found = madang_record_store_find (madang_sync_get_records (self->sync), query, &error);

  if (found == NULL)
    g_error ("%s", error->message);
  return found;
}

/* --- pull ----------------------------------------------------------------------------------- */

/* From the moment of being signed in until everything is in the cache and checked. */
static double
measure_pull (CentralServer *server, guint expected)
{
  g_autoptr (Client) client = client_new (server, "coordinator");
  gint64 start = g_get_monotonic_time ();
  g_autoptr (MadangQuery) query = madang_query_new ("application");
  double time;

  wait_until_in_step (client);
  time = measure_since (start);
  if (madang_record_store_count (madang_sync_get_records (client->sync), query, NULL) < expected)
    g_error ("the cache is not complete");
  return time;
}

static gboolean
run_pull (const char *server_program, const char *fill_program, guint n_rounds)
{
  const guint n_records = benchmark_get_records (N_PULLED);
  g_autoptr (CentralServer) server
      = central_server_new (server_program, fill_program, n_records, "received");
  g_autoptr (BareWire) wire = bare_wire_new_recorded (server, "coordinator");
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) floor = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < n_rounds; i++)
    {
      add (own, measure_pull (server, n_records));
      add (floor, bare_wire_pull (wire));
    }
  return report ("the first pull", own, floor, benchmark_get_gate (MOST_PULL));
}

/* --- push ----------------------------------------------------------------------------------- */

typedef struct
{
  guint n_left;
} Writing;

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    g_error ("not written: %s", error->message);
  ((Writing *)user_data)->n_left--;
}

/* One edit of each application. */
static void
edit_all (Client *client, guint round)
{
  g_autoptr (GPtrArray) found = find_applications (client);
  Writing writing = { found->len };

  for (guint i = 0; i < found->len; i++)
    {
      MadangRecord *record = found->pdata[i];
      g_autoptr (GPtrArray) edits
          = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_edit_free);
      g_autofree char *text = g_strdup_printf ("견본 부서 %u의 %u", i, round);

      g_ptr_array_add (edits, madang_edit_new ("dept_name", madang_record_get (record, "dept_name"),
                                               g_variant_new_string (text)));
      madang_sync_edit_async (client->sync, record, edits, written_cb, &writing);
    }
  while (writing.n_left > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_until_offline (Client *client)
{
  while (madang_sync_get_state (client->sync) != MADANG_SYNC_OFFLINE)
    g_main_context_iteration (NULL, TRUE);
}

/* From the hint that the network is back until the last edit has its outcome. */
static double
measure_push (CentralServer *server, Client *client)
{
  gint64 start;

  central_server_start (server);
  start = g_get_monotonic_time ();
  madang_sync_hint (client->sync);
  wait_until_in_step (client);
  return measure_since (start);
}

static gboolean
run_push (const char *server_program, const char *fill_program, guint n_rounds)
{
  g_autoptr (CentralServer) server
      = central_server_new (server_program, fill_program,
                            MAX (benchmark_get_records (N_PUSHED), LEAST_PUSHED), "draft");
  g_autoptr (Client) client = client_new (server, "geumcheon");
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) floor = g_array_new (FALSE, FALSE, sizeof (double));

  wait_until_in_step (client);
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (BareWire) wire = NULL;

      central_server_stop (server);
      wait_until_offline (client);
      edit_all (client, i);
      wire = bare_wire_new_of_outbox (client->directory);
      add (own, measure_push (server, client));
      add (floor, bare_wire_push (wire));
    }
  return report ("the push", own, floor, benchmark_get_gate (MOST_PUSH));
}

int
main (int argc, char *argv[])
{
  const guint n_rounds = benchmark_get_rounds (3);
  gboolean passed;

  if (argc != 3 || !madang_crypto_init (NULL))
    g_error ("benchmark-sync SERVER FILL-CENTRAL");
  passed = run_pull (argv[1], argv[2], n_rounds);
  passed = run_push (argv[1], argv[2], n_rounds) && passed;
  return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
