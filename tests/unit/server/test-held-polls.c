/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-held-polls.h"

#include <sys/socket.h>
#include <unistd.h>

typedef struct
{
  guint ended;
  MadangHoldEnd end;
} Watch;

static void
ended_cb (MadangHoldEnd end, gpointer data)
{
  Watch *watch = data;

  watch->ended++;
  watch->end = end;
}

static gint64
soon (void)
{
  return g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;
}

static void
move (MadangHeldPolls *polls, const char *scope, guint64 generation)
{
  g_autoptr (GHashTable) scopes = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_add (scopes, (gpointer)scope);
  madang_held_polls_move (polls, scopes, generation);
}

static void
run_until_ended (Watch *watch)
{
  while (watch->ended == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
run_what_is_ready (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static const char *const scopes[] = { "agency:a", "programme", NULL };

static void
test_moved (void)
{
  g_autoptr (MadangHeldPolls) polls = madang_held_polls_new ();
  Watch watch = { 0 };

  madang_held_polls_add (polls, scopes, 5, soon (), NULL, ended_cb, &watch);
  move (polls, "agency:b", 6);
  run_what_is_ready ();
  g_assert_cmpuint (watch.ended, ==, 0);
  g_assert_cmpuint (madang_held_polls_count (polls), ==, 1);

  move (polls, "programme", 7);
  run_until_ended (&watch);
  g_assert_cmpint (watch.end, ==, MADANG_HOLD_MOVED);
  g_assert_cmpuint (madang_held_polls_count (polls), ==, 0);
  run_what_is_ready ();
  g_assert_cmpuint (watch.ended, ==, 1);
}

/* The change came between the snapshot and the hold: it must not be slept through. */
static void
test_moved_before (void)
{
  g_autoptr (MadangHeldPolls) polls = madang_held_polls_new ();
  Watch missed = { 0 };
  Watch known = { 0 };

  move (polls, "programme", 6);
  madang_held_polls_add (polls, scopes, 5, soon (), NULL, ended_cb, &missed);
  madang_held_polls_add (polls, scopes, 6, soon (), NULL, ended_cb, &known);
  run_until_ended (&missed);
  run_what_is_ready ();
  g_assert_cmpint (missed.end, ==, MADANG_HOLD_MOVED);
  g_assert_cmpuint (known.ended, ==, 0);
}

static void
test_rights_wake_everyone (void)
{
  g_autoptr (MadangHeldPolls) polls = madang_held_polls_new ();
  Watch watch = { 0 };

  madang_held_polls_add (polls, scopes, 5, soon (), NULL, ended_cb, &watch);
  move (polls, MADANG_MOVED_EVERYTHING, 6);
  run_until_ended (&watch);
  g_assert_cmpint (watch.end, ==, MADANG_HOLD_MOVED);
}

static void
test_time (void)
{
  g_autoptr (MadangHeldPolls) polls = madang_held_polls_new ();
  Watch watch = { 0 };

  madang_held_polls_add (polls, scopes, 5, g_get_monotonic_time (), NULL, ended_cb, &watch);
  run_until_ended (&watch);
  g_assert_cmpint (watch.end, ==, MADANG_HOLD_TIME);
}

static void
test_client_leaves (void)
{
  g_autoptr (MadangHeldPolls) polls = madang_held_polls_new ();
  g_autoptr (GSocket) socket = NULL;
  Watch watch = { 0 };
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  socket = g_socket_new_from_fd (ends[0], NULL);
  madang_held_polls_add (polls, scopes, 5, soon (), socket, ended_cb, &watch);
  /* An early byte of the next request is not a farewell, and is not taken. */
  g_assert_cmpint (write (ends[1], "G", 1), ==, 1);
  run_what_is_ready ();
  g_assert_cmpuint (watch.ended, ==, 0);
  close (ends[1]);
  madang_held_polls_end (polls);
  g_assert_cmpuint (watch.ended, ==, 1);

  g_clear_object (&socket);
  watch.ended = 0;
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  socket = g_socket_new_from_fd (ends[0], NULL);
  madang_held_polls_add (polls, scopes, 5, soon (), socket, ended_cb, &watch);
  close (ends[1]);
  run_until_ended (&watch);
  g_assert_cmpint (watch.end, ==, MADANG_HOLD_GONE);
}

/* A crowd does not come back in one moment, but every one comes back. */
static void
test_crowd (void)
{
  g_autoptr (MadangHeldPolls) polls = madang_held_polls_new ();
  g_autofree Watch *watches = g_new0 (Watch, 300);
  guint at_once = 0;

  for (guint i = 0; i < 300; i++)
    madang_held_polls_add (polls, scopes, 5, soon (), NULL, ended_cb, &watches[i]);
  move (polls, "programme", 6);
  run_what_is_ready ();
  for (guint i = 0; i < 300; i++)
    at_once += watches[i].ended;
  g_assert_cmpuint (at_once, <, 150);
  while (madang_held_polls_count (polls) > 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 300; i++)
    g_assert_cmpuint (watches[i].ended, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/held-polls/moved", test_moved);
  g_test_add_func ("/held-polls/moved-before", test_moved_before);
  g_test_add_func ("/held-polls/rights", test_rights_wake_everyone);
  g_test_add_func ("/held-polls/time", test_time);
  g_test_add_func ("/held-polls/client-leaves", test_client_leaves);
  g_test_add_func ("/held-polls/crowd", test_crowd);

  return g_test_run ();
}
