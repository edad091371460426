/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sim-check.h"
#include "sim-leaflet.h"
#include "sim-world.h"

#include "madang-crypto.h"
#include "temporary-folder.h"

#include <glib/gstdio.h>
#include <stdlib.h>

/* Many short lives of one server and five installations, each from its seed: people work, lines
 * break, programs are killed, rights come and go, the server is restarted and restored. Then all
 * is healed, and nothing may be lost, done twice, overwritten unseen or left different.
 *
 * MADANG_SIM_SEEDS=FIRST-LAST runs other seeds; with one seed the trace is printed. */

#define SEEDS 76
#define STEPS 190
#define CLIENTS 5
#define ROUNDS 600 /* until all is settled, at most */

typedef struct
{
  char *directory;
  SimServer *server;
  SimNetwork *network;
  SimLedger *ledger;
  SimClient *clients[CLIENTS];
  /* The server is restored in this life; then no client loses its journal, which is purged with a
   * right that ends as well. */
  gboolean restores;
} Life;

static char *template_directory;

/* --- folders ------------------------------------------------------------------------------- */

static char *
make_folder (void)
{
  const char *memory = "/dev/shm";
  g_autofree char *pattern
      = g_build_filename (g_access (memory, W_OK) == 0 ? memory : g_get_tmp_dir (),
                          "madang-sim-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (pattern));
  return g_steal_pointer (&pattern);
}

/* --- a life -------------------------------------------------------------------------------- */

static Life *
life_new (guint32 seed)
{
  static const char *const names[CLIENTS] = { "first", "first2", "second", "other", "coordinator" };
  Life *life = g_new0 (Life, 1);

  sim_world_start (seed);
  life->directory = make_folder ();
  life->restores = seed % 4 == 3;
  life->server = sim_server_new (life->directory, template_directory);
  life->ledger = sim_ledger_new (life->server);
  life->network = sim_network_new (life->server, sim_ledger_note_push, life->ledger);
  for (guint i = 0; i < CLIENTS; i++)
    {
      life->clients[i] = sim_client_new (life->server, life->network, life->ledger, names[i]);
      sim_client_start (life->clients[i]);
    }
  return life;
}

static void
life_free (Life *life)
{
  for (guint i = 0; i < CLIENTS; i++)
    sim_client_free (life->clients[i]);
  sim_network_lose_server (life->network);
  sim_run ();
  sim_server_free (life->server);
  sim_network_free (life->network);
  sim_ledger_free (life->ledger);
  sim_run ();
  temporary_folder_remove (life->directory);
  g_free (life->directory);
  g_free (life);
  sim_world_end ();
}

static void
let_time_pass (Life *life, gint64 milliseconds)
{
  sim_advance (milliseconds);
  madang_clock_advance (life->server->clock, milliseconds);
  for (guint i = 0; i < CLIENTS; i++)
    madang_clock_advance (life->clients[i]->clock, milliseconds);
}

static void
let_some_time_pass (Life *life)
{
  gint64 next = sim_get_time_to_timer ();

  let_time_pass (life, next >= 0 && sim_chance (70) ? next : sim_pick (3000));
}

static void
disturb_client (Life *life, SimClient *client)
{
  guint way = sim_pick (10);

  if (way < 6)
    {
      sim_trace ("line of %s", client->name);
      sim_line_set_down (client->line, !sim_line_is_down (client->line));
      sim_client_hint (client);
      return;
    }
  sim_trace ("kill %s", client->name);
  sim_client_kill (client);
  if (way == 8)
    sim_client_lose_keyring (client);
  if (way == 9 && !life->restores)
    sim_client_damage (client);
  sim_client_start (client);
}

static void
disturb_server (Life *life)
{
  static const char *const logins[] = { "first", "second", "other", "coordinator" };
  const char *login = logins[sim_pick (G_N_ELEMENTS (logins))];
  guint way = sim_pick (10);

  sim_trace ("server %u %s", way, login);
  if (way < 3)
    {
      sim_server_restart (life->server);
      sim_network_lose_server (life->network);
    }
  else if (way < 6 && !life->restores)
    {
      if (sim_server_has_grant (life->server, login))
        sim_server_revoke (life->server, login);
      else
        sim_server_grant (life->server, login);
    }
  else if (way < 8)
    {
      sim_server_end_sessions (life->server, login);
    }
  else if (life->restores && !life->server->has_backup)
    {
      sim_server_back_up (life->server);
    }
  else if (life->restores && life->server->restored == 0)
    {
      sim_server_restore (life->server);
      sim_network_lose_server (life->network);
    }
}

static void
live_one_step (Life *life)
{
  SimClient *client = life->clients[sim_pick (CLIENTS)];
  guint way = sim_pick (100);
  guint packets = sim_network_count (life->network);

  if (way < 30)
    sim_client_act (client);
  else if (way < 75 && packets > 0)
    sim_network_step (life->network, sim_pick (packets), sim_chance (50));
  else if (way < 82)
    let_some_time_pass (life);
  else if (way < 88)
    sim_server_tell_moves (life->server);
  else if (way < 93)
    sim_client_sign_in_if_asked (client);
  else if (way < 97)
    disturb_client (life, client);
  else
    disturb_server (life);
  sim_run ();
}

/* --- healing ------------------------------------------------------------------------------- */

/* What was refused, and what is held behind it, waits for the person. */
static gboolean
has_unsent (SimClient *client)
{
  g_autoptr (GPtrArray) waiting = sim_client_list_waiting (client);

  for (guint i = 0; i < waiting->len; i++)
    {
      const MadangWaiting *change = g_ptr_array_index (waiting, i);

      if (!change->refused && !change->held)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_settled (SimClient *client)
{
  return client->driver != NULL && !client->opening && client->state == MADANG_SYNC_CONNECTED
         && !has_unsent (client);
}

static gboolean
is_all_settled (Life *life)
{
  for (guint i = 0; i < CLIENTS; i++)
    if (!is_settled (life->clients[i]))
      return FALSE;
  return sim_network_count (life->network) == 0;
}

static void
settle_one_round (Life *life)
{
  for (guint packets; (packets = sim_network_count (life->network)) > 0;)
    {
      sim_network_step (life->network, sim_pick (packets), FALSE);
      sim_server_tell_moves (life->server);
      sim_run ();
    }
  for (guint i = 0; i < CLIENTS; i++)
    sim_client_sign_in_if_asked (life->clients[i]);
  sim_run ();
}

static G_GNUC_NORETURN void
report_unrest (Life *life)
{
  for (guint i = 0; i < CLIENTS; i++)
    g_printerr ("%s: state %d, opening %d\n", life->clients[i]->name, life->clients[i]->state,
                life->clients[i]->opening);
  g_error ("it does not come to rest");
}

/* Until every client waits in a held poll, and does so still when its time was over once. */
static void
settle (Life *life)
{
  guint quiet = 0;

  for (guint round = 0; quiet < 2; round++)
    {
      settle_one_round (life);
      quiet = is_all_settled (life) ? quiet + 1 : 0;
      if (quiet < 2)
        let_time_pass (life, MAX (sim_get_time_to_timer (), 0));
      sim_run ();
      if (round > ROUNDS)
        report_unrest (life);
    }
}

static void
heal (Life *life)
{
  static const char *const logins[] = { "first", "second", "other", "coordinator" };

  sim_trace ("heal");
  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    if (sim_chance (70) && !sim_server_has_grant (life->server, logins[i]))
      sim_server_grant (life->server, logins[i]);
  for (guint i = 0; i < CLIENTS; i++)
    {
      sim_line_set_down (life->clients[i]->line, FALSE);
      /* A start says hello, which tells what may be followed now. */
      sim_client_kill (life->clients[i]);
      sim_client_start (life->clients[i]);
    }
  sim_run ();
  settle (life);
}

/* --- checks -------------------------------------------------------------------------------- */

/* What was refused, or is held behind that, and is still there for the person to see. */
static gboolean
find_refused (const char *name, const char *id, const char *token, gpointer user_data)
{
  Life *life = user_data;

  for (guint i = 0; i < CLIENTS; i++)
    if (g_str_equal (life->clients[i]->name, name)
        && sim_client_has_refused (life->clients[i], id, token))
      return TRUE;
  return FALSE;
}

static gboolean
discard_all (Life *life)
{
  gboolean any = FALSE;

  for (guint i = 0; i < CLIENTS; i++)
    any |= sim_client_discard_all (life->clients[i]);
  return any;
}

static void
check_equal (Life *life)
{
  sim_check_server (life->server);
  for (guint i = 0; i < CLIENTS; i++)
    sim_check_client (life->server, life->clients[i]);
}

static void
check_life (Life *life)
{
  sim_ledger_check_kept (life->ledger, find_refused, life);
  sim_ledger_check_history (life->ledger);
  /* What was held behind a refusal goes on its way, and may be refused in its turn. */
  while (discard_all (life))
    settle (life);
  check_equal (life);
}

/* What one person does is everywhere without any time passing, also where a poll is just between
 * its look at the database and being held. */
static void
check_prompt (Life *life)
{
  guint n_steps = sim_pick (12);

  let_time_pass (life, MAX (sim_get_time_to_timer (), 0));
  sim_run ();
  for (guint i = 0; i < n_steps && sim_network_count (life->network) > 0; i++)
    {
      sim_network_step (life->network, sim_pick (sim_network_count (life->network)), FALSE);
      sim_run ();
    }
  sim_client_create_person (life->clients[sim_pick (CLIENTS)]);
  sim_run ();
  settle_one_round (life);
  for (guint i = 0; i < CLIENTS; i++)
    sim_client_discard_all (life->clients[i]);
  settle_one_round (life);
  check_equal (life);
}

/* Conflicts come to an end, and everybody sees that. */
static void
settle_conflicts (Life *life)
{
  for (guint round = 0; round < 40; round++)
    {
      gboolean any = FALSE;

      for (guint i = 0; i < CLIENTS; i++)
        any |= sim_client_resolve_one (life->clients[i]);
      if (!any)
        return;
      sim_run ();
      settle (life);
      while (discard_all (life))
        settle (life);
    }
}

/* Most have signed in before the trouble begins. */
static void
begin (Life *life)
{
  sim_run ();
  for (guint i = 0; i < CLIENTS; i++)
    if (sim_chance (80))
      sim_client_sign_in_if_asked (life->clients[i]);
  for (guint packets; (packets = sim_network_count (life->network)) > 0;)
    {
      sim_network_step (life->network, sim_pick (packets), FALSE);
      sim_run ();
    }
}

static char *
live (guint32 seed)
{
  Life *life = life_new (seed);
  char *digest;

  begin (life);
  for (guint step = 0; step < STEPS; step++)
    live_one_step (life);
  heal (life);
  check_life (life);
  settle_conflicts (life);
  check_life (life);
  for (guint i = 0; i < 3; i++)
    check_prompt (life);
  digest = g_strdup (sim_get_trace_digest ());
  life_free (life);
  return digest;
}

/* --- tests --------------------------------------------------------------------------------- */

static void
read_seeds (guint *first, guint *last)
{
  const char *text = g_getenv ("MADANG_SIM_SEEDS");
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, "-", 2) : NULL;

  *first = words != NULL ? (guint)strtoul (words[0], NULL, 10) : 1;
  *last = words == NULL ? SEEDS : words[1] != NULL ? (guint)strtoul (words[1], NULL, 10) : *first;
  sim_set_loud (*first == *last);
}

static void
test_lives (void)
{
  guint first;
  guint last;

  read_seeds (&first, &last);
  for (guint seed = first; seed <= last; seed++)
    {
      g_autofree char *digest = NULL;

      g_test_message ("seed %u", seed);
      digest = live (seed);
      g_test_message ("seed %u: %s", seed, digest);
    }
}

static void
test_same_again (void)
{
  guint first;
  guint last;
  g_autofree char *once = NULL;
  g_autofree char *again = NULL;

  read_seeds (&first, &last);
  once = live (first);
  again = live (first);
  g_assert_cmpstr (once, ==, again);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (madang_crypto_init (NULL));
  madang_kind_register (&sim_leaflet_kind);
  template_directory = make_folder ();
  sim_server_make_template (template_directory);
  g_test_add_func ("/simulation/same-again", test_same_again);
  g_test_add_func ("/simulation/lives", test_lives);
  result = g_test_run ();
  temporary_folder_remove (template_directory);
  g_free (template_directory);
  return result;
}
