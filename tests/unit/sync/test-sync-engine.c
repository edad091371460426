/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-sync-engine.h"

#define SEED 2020

static char *
describe (const MadangSyncCommand *command)
{
  switch (command->type)
    {
    case MADANG_SYNC_COMMAND_HELLO:
      return g_strdup_printf ("hello#%u", command->ticket);
    case MADANG_SYNC_COMMAND_PUSH:
      return command->limit == 0 ? g_strdup_printf ("push#%u", command->ticket)
                                 : g_strdup_printf ("push#%u/%u", command->ticket, command->limit);
    case MADANG_SYNC_COMMAND_PULL:
      return g_strdup_printf ("%s#%u", command->wait == 0 ? "pull" : "poll", command->ticket);
    case MADANG_SYNC_COMMAND_CANCEL:
      return g_strdup_printf ("cancel#%u", command->ticket);
    case MADANG_SYNC_COMMAND_TIMER:
      return g_strdup_printf ("timer#%u", command->ticket);
    case MADANG_SYNC_COMMAND_NEW_EPOCH:
      return g_strdup ("new-epoch");
    case MADANG_SYNC_COMMAND_RESEND:
      return g_strdup_printf ("resend:%" G_GINT64_FORMAT, command->number);
    case MADANG_SYNC_COMMAND_VOID:
      return g_strdup ("void");
    case MADANG_SYNC_COMMAND_ROTATE:
      return g_strdup ("rotate");
    case MADANG_SYNC_COMMAND_FORGET_TOKEN:
      return g_strdup ("forget-token");
    default:
      g_assert_not_reached ();
    }
}

/* Steps and returns the delay of the last timer. */
static guint
step (MadangSyncEngine *engine, MadangSyncEvent event, const char *expected, MadangSyncState state)
{
  g_autoptr (GArray) commands = madang_sync_engine_step (engine, &event);
  g_autoptr (GString) text = g_string_new (NULL);
  guint delay = 0;

  for (guint i = 0; i < commands->len; i++)
    {
      const MadangSyncCommand *command = &g_array_index (commands, MadangSyncCommand, i);
      g_autofree char *description = describe (command);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", description);
      if (command->type == MADANG_SYNC_COMMAND_TIMER)
        delay = command->delay;
    }
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpint (madang_sync_engine_get_state (engine), ==, state);
  return delay;
}

#define EVENT(Type, ...) ((MadangSyncEvent){ .type = MADANG_SYNC_EVENT_##Type, __VA_ARGS__ })
#define ANSWER(Ticket, Status, ...) EVENT (ANSWER, .ticket = Ticket, .status = Status, __VA_ARGS__)

/* hello#1, push#2 with nothing to send, pull#3, held poll#4 */
static MadangSyncEngine *
new_connected (void)
{
  MadangSyncEngine *engine = madang_sync_engine_new (SEED);

  step (engine, EVENT (START), "hello#1", MADANG_SYNC_CONNECTING);
  step (engine, ANSWER (1, 200), "push#2", MADANG_SYNC_WORKING);
  step (engine, ANSWER (2, 204), "pull#3", MADANG_SYNC_WORKING);
  step (engine, ANSWER (3, 200, .progress = TRUE), "poll#4", MADANG_SYNC_CONNECTED);
  return engine;
}

static void
test_order (void)
{
  g_autoptr (MadangSyncEngine) engine = madang_sync_engine_new (SEED);

  g_assert_cmpint (madang_sync_engine_get_state (engine), ==, MADANG_SYNC_OFF);
  step (engine, EVENT (EDIT), "", MADANG_SYNC_OFF);
  step (engine, EVENT (HINT), "", MADANG_SYNC_OFF);
  step (engine, EVENT (START), "hello#1", MADANG_SYNC_CONNECTING);
  step (engine, EVENT (EDIT), "", MADANG_SYNC_CONNECTING);
  step (engine, ANSWER (1, 200), "push#2", MADANG_SYNC_WORKING);
  step (engine, ANSWER (2, 200, .sent = 2, .settled = 2), "push#3", MADANG_SYNC_WORKING);
  step (engine, ANSWER (3, 204), "pull#4", MADANG_SYNC_WORKING);
  step (engine, ANSWER (4, 200, .more = TRUE, .progress = TRUE), "pull#5", MADANG_SYNC_WORKING);
  step (engine, ANSWER (5, 200, .progress = TRUE), "poll#6", MADANG_SYNC_CONNECTED);
  step (engine, ANSWER (6, 204), "poll#7", MADANG_SYNC_CONNECTED);
  step (engine, ANSWER (7, 200, .progress = TRUE), "poll#8", MADANG_SYNC_CONNECTED);
  step (engine, EVENT (STOP), "cancel#8", MADANG_SYNC_OFF);
  step (engine, ANSWER (8, 200), "", MADANG_SYNC_OFF);
}

static void
test_greeted_start (void)
{
  g_autoptr (MadangSyncEngine) engine = madang_sync_engine_new (SEED);

  step (engine, EVENT (LOCK), "", MADANG_SYNC_SIGN_IN);
  step (engine, EVENT (START, .greeted = TRUE), "push#1", MADANG_SYNC_WORKING);
  step (engine, ANSWER (1, 204), "pull#2", MADANG_SYNC_WORKING);
}

static void
test_edit_during_poll (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, EVENT (EDIT), "push#5", MADANG_SYNC_WORKING);
  /* Typed on while the push was under way; the poll is held all the time. */
  step (engine, EVENT (EDIT), "", MADANG_SYNC_WORKING);
  step (engine, ANSWER (5, 200, .sent = 1, .settled = 1), "push#6", MADANG_SYNC_WORKING);
  step (engine, EVENT (EDIT), "", MADANG_SYNC_WORKING);
  step (engine, ANSWER (6, 204), "push#7", MADANG_SYNC_WORKING);
  step (engine, ANSWER (7, 204), "", MADANG_SYNC_CONNECTED);
  step (engine, ANSWER (4, 200, .progress = TRUE), "poll#8", MADANG_SYNC_CONNECTED);
}

static void
test_edit_during_pull (void)
{
  g_autoptr (MadangSyncEngine) engine = madang_sync_engine_new (SEED);

  step (engine, EVENT (START), "hello#1", MADANG_SYNC_CONNECTING);
  step (engine, ANSWER (1, 200), "push#2", MADANG_SYNC_WORKING);
  step (engine, ANSWER (2, 204), "pull#3", MADANG_SYNC_WORKING);
  step (engine, EVENT (EDIT), "push#4", MADANG_SYNC_WORKING);
  step (engine, ANSWER (3, 200, .progress = TRUE), "poll#5", MADANG_SYNC_WORKING);
  step (engine, ANSWER (4, 200, .sent = 1, .settled = 1), "push#6", MADANG_SYNC_WORKING);
  step (engine, ANSWER (6, 204), "", MADANG_SYNC_CONNECTED);
}

/* The reply is lost: hello, then the same push again. That its bytes are the same is the cache's
 * promise; the engine neither voids nor halves. */
static void
test_lost_reply (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();
  guint delay;

  step (engine, EVENT (EDIT), "push#5", MADANG_SYNC_WORKING);
  delay = step (engine, EVENT (SILENCE, .ticket = 5), "cancel#4 timer#6", MADANG_SYNC_OFFLINE);
  g_assert_cmpuint (delay, >=, 100);
  g_assert_cmpuint (delay, <=, MADANG_SYNC_BACK_OFF_BASE);
  step (engine, EVENT (TIMER, .ticket = 6), "hello#7", MADANG_SYNC_OFFLINE);
  step (engine, ANSWER (7, 200), "push#8", MADANG_SYNC_WORKING);
  step (engine, ANSWER (8, 200, .sent = 1, .settled = 1), "push#9", MADANG_SYNC_WORKING);
  step (engine, ANSWER (9, 204), "pull#10", MADANG_SYNC_WORKING);
}

static void
test_token_ended (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, EVENT (EDIT), "push#5", MADANG_SYNC_WORKING);
  step (engine, ANSWER (5, 401), "cancel#4 forget-token", MADANG_SYNC_SIGN_IN);
  /* Nothing is tried without a new token; what was answered late changes nothing. */
  step (engine, EVENT (HINT), "", MADANG_SYNC_SIGN_IN);
  step (engine, EVENT (EDIT), "", MADANG_SYNC_SIGN_IN);
  step (engine, ANSWER (4, 200, .progress = TRUE), "", MADANG_SYNC_SIGN_IN);
  step (engine, EVENT (START, .greeted = TRUE), "push#6", MADANG_SYNC_WORKING);
}

static void
test_portal (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, EVENT (STRANGER, .ticket = 4), "timer#5", MADANG_SYNC_PORTAL);
  step (engine, EVENT (EDIT), "", MADANG_SYNC_PORTAL);
  step (engine, EVENT (TIMER, .ticket = 5), "hello#6", MADANG_SYNC_PORTAL);
  step (engine, EVENT (STRANGER, .ticket = 6), "timer#7", MADANG_SYNC_PORTAL);
  /* The person has passed the portal and asks for it. */
  step (engine, EVENT (HINT), "cancel#7 hello#8", MADANG_SYNC_CONNECTING);
  step (engine, ANSWER (8, 200), "push#9", MADANG_SYNC_WORKING);
}

static void
test_upgrade (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, ANSWER (4, 426), "", MADANG_SYNC_UPGRADE);
  step (engine, EVENT (EDIT), "", MADANG_SYNC_UPGRADE);
  step (engine, EVENT (HINT), "hello#5", MADANG_SYNC_CONNECTING);
  step (engine, ANSWER (5, 426), "", MADANG_SYNC_UPGRADE);
}

static void
test_retry_after (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();
  guint delay;

  step (engine, EVENT (EDIT), "push#5", MADANG_SYNC_WORKING);
  delay = step (engine, ANSWER (5, 429, .sent = 1, .retry_after = 120), "cancel#4 timer#6",
                MADANG_SYNC_OFFLINE);
  g_assert_cmpuint (delay, >=, 120 * 1000);
  g_assert_cmpuint (delay, <=, 120 * 1000 + MADANG_SYNC_BACK_OFF_BASE);
  /* A hint does not shorten what the server asked for. */
  step (engine, EVENT (HINT), "", MADANG_SYNC_OFFLINE);
  step (engine, EVENT (TIMER, .ticket = 6), "hello#7", MADANG_SYNC_OFFLINE);
  delay = step (engine, ANSWER (7, 503, .retry_after = 7), "timer#8", MADANG_SYNC_OFFLINE);
  g_assert_cmpuint (delay, >=, 7 * 1000);
  g_assert_cmpuint (delay, <=, 7 * 1000 + MADANG_SYNC_BACK_OFF_BASE);
}

/* Ten thousand failures: never longer than the bound of their turn, and truly spread over it. */
static void
test_back_off_bounds (void)
{
  for (guint turn = 1; turn <= 12; turn++)
    {
      guint bound = turn < 10
                        ? MIN (MADANG_SYNC_BACK_OFF_BASE << (turn - 1), MADANG_SYNC_BACK_OFF_MAX)
                        : MADANG_SYNC_BACK_OFF_MAX;
      guint low = 0, high = 0;

      for (guint seed = 0; seed < 500; seed++)
        {
          g_autoptr (MadangSyncEngine) engine = madang_sync_engine_new (seed);
          MadangSyncEvent event = EVENT (START);
          guint ticket, delay = 0;

          for (guint i = 0; i <= turn; i++)
            {
              g_autoptr (GArray) commands = madang_sync_engine_step (engine, &event);
              g_autoptr (GArray) pause = NULL;

              g_assert_cmpuint (commands->len, ==, 1);
              ticket = g_array_index (commands, MadangSyncCommand, 0).ticket;
              if (i == turn)
                break;
              event = EVENT (SILENCE, .ticket = ticket);
              pause = madang_sync_engine_step (engine, &event);
              g_assert_cmpuint (pause->len, ==, 1);
              delay = g_array_index (pause, MadangSyncCommand, 0).delay;
              ticket = g_array_index (pause, MadangSyncCommand, 0).ticket;
              event = EVENT (TIMER, .ticket = ticket);
            }
          g_assert_cmpuint (delay, >=, 100);
          g_assert_cmpuint (delay, <=, bound);
          low += delay < bound / 2;
          high += delay >= bound / 2;
        }
      g_assert_cmpuint (low, >, 150);
      g_assert_cmpuint (high, >, 150);
    }
}

static void
test_hint_resets_back_off (void)
{
  g_autoptr (MadangSyncEngine) engine = madang_sync_engine_new (SEED);
  guint ticket = 1;
  guint delay;

  step (engine, EVENT (START), "hello#1", MADANG_SYNC_CONNECTING);
  for (guint i = 0; i < 8; i++)
    {
      MadangSyncEvent silence = EVENT (SILENCE, .ticket = ticket);
      g_autoptr (GArray) pause = madang_sync_engine_step (engine, &silence);
      MadangSyncEvent timer
          = EVENT (TIMER, .ticket = g_array_index (pause, MadangSyncCommand, 0).ticket);
      g_autoptr (GArray) again = madang_sync_engine_step (engine, &timer);

      ticket = g_array_index (again, MadangSyncCommand, 0).ticket;
    }
  step (engine, EVENT (SILENCE, .ticket = 17), "timer#18", MADANG_SYNC_OFFLINE);
  step (engine, EVENT (HINT), "cancel#18 hello#19", MADANG_SYNC_CONNECTING);
  delay = step (engine, EVENT (SILENCE, .ticket = 19), "timer#20", MADANG_SYNC_OFFLINE);
  g_assert_cmpuint (delay, <=, MADANG_SYNC_BACK_OFF_BASE);
}

/* Fails the push five times; the last answer has the expected commands. */
static guint
fail_five_times (
    MadangSyncEngine *engine, guint push, guint sent, guint limit, const char *fifth_prefix)
{
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *paused
          = g_strdup_printf ("%stimer#%u", i == 5 ? fifth_prefix : "", push + 1);
      g_autofree char *again = NULL;
      guint next_limit = i < 5 ? limit : sent > 1 ? (sent + 1) / 2 : 0;

      step (engine, ANSWER (push, 500, .sent = sent), paused, MADANG_SYNC_CONNECTED);
      again = next_limit == 0 ? g_strdup_printf ("push#%u", push + 2)
                              : g_strdup_printf ("push#%u/%u", push + 2, next_limit);
      step (engine, EVENT (TIMER, .ticket = push + 1), again, MADANG_SYNC_WORKING);
      push += 2;
    }
  return push;
}

static void
test_halving_to_void (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();
  guint push;

  step (engine, EVENT (EDIT), "push#5", MADANG_SYNC_WORKING);
  push = fail_five_times (engine, 5, 5, 0, "");
  g_assert_cmpuint (push, ==, 15);
  /* The first three of five pass, so the culprit is among the last two. */
  step (engine, ANSWER (15, 200, .sent = 3, .settled = 3), "push#16/3", MADANG_SYNC_WORKING);
  push = fail_five_times (engine, 16, 2, 3, "");
  g_assert_cmpuint (push, ==, 26);
  push = fail_five_times (engine, 26, 1, 1, "void ");
  g_assert_cmpuint (push, ==, 36);
  step (engine, ANSWER (36, 200, .sent = 2, .settled = 2), "push#37", MADANG_SYNC_WORKING);
  step (engine, ANSWER (37, 204), "", MADANG_SYNC_CONNECTED);
}

static void
test_malformed_is_halved_at_once (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, EVENT (EDIT), "push#5", MADANG_SYNC_WORKING);
  step (engine, ANSWER (5, 413, .sent = 4), "push#6/2", MADANG_SYNC_WORKING);
  step (engine, ANSWER (6, 400, .sent = 2), "push#7/1", MADANG_SYNC_WORKING);
  step (engine, ANSWER (7, 400, .sent = 1), "void timer#8", MADANG_SYNC_CONNECTED);
  step (engine, EVENT (TIMER, .ticket = 8), "push#9", MADANG_SYNC_WORKING);
}

/* An outage of the whole server says nothing about the batch: no halving, no void. */
static void
test_outage_is_not_halved (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();
  guint ticket = 5;

  step (engine, EVENT (EDIT), "push#5", MADANG_SYNC_WORKING);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *pause
          = g_strdup_printf (i == 0 ? "cancel#4 timer#%u" : "timer#%u", ticket + 1);
      g_autofree char *hello = g_strdup_printf ("hello#%u", ticket + 2);
      g_autofree char *push = g_strdup_printf ("push#%u", ticket + 3);

      step (engine, ANSWER (ticket, 502, .sent = 3), pause, MADANG_SYNC_OFFLINE);
      step (engine, EVENT (TIMER, .ticket = ticket + 1), hello, MADANG_SYNC_OFFLINE);
      step (engine, ANSWER (ticket + 2, 200), push, MADANG_SYNC_WORKING);
      ticket += 3;
    }
}

/* Refused as a whole, e.g. 403: neither dropped nor voided, tried again later. */
static void
test_other_refusal_keeps_all (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();
  guint ticket = 5;

  step (engine, EVENT (EDIT), "push#5", MADANG_SYNC_WORKING);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *pause = g_strdup_printf ("timer#%u", ticket + 1);
      g_autofree char *push = g_strdup_printf ("push#%u", ticket + 2);

      step (engine, ANSWER (ticket, 403, .sent = 1), pause, MADANG_SYNC_CONNECTED);
      step (engine, EVENT (TIMER, .ticket = ticket + 1), push, MADANG_SYNC_WORKING);
      ticket += 2;
    }
}

/* A push that cannot get through does not keep the news of others away. */
static void
test_pull_beside_failing_push (void)
{
  g_autoptr (MadangSyncEngine) engine = madang_sync_engine_new (SEED);

  step (engine, EVENT (START), "hello#1", MADANG_SYNC_CONNECTING);
  step (engine, ANSWER (1, 200), "push#2", MADANG_SYNC_WORKING);
  step (engine, ANSWER (2, 500, .sent = 1), "timer#3 pull#4", MADANG_SYNC_WORKING);
  step (engine, ANSWER (4, 200, .progress = TRUE), "poll#5", MADANG_SYNC_CONNECTED);
  /* An edit waits for the pause of the failing batch, a hint does not. */
  step (engine, EVENT (EDIT), "", MADANG_SYNC_CONNECTED);
  step (engine, EVENT (HINT), "cancel#5 pull#6 cancel#3 push#7", MADANG_SYNC_WORKING);
}

static void
test_sequence (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, EVENT (EDIT), "push#5", MADANG_SYNC_WORKING);
  step (engine, ANSWER (5, 409, .sent = 1, .expect = 7), "resend:7 push#6", MADANG_SYNC_WORKING);
  step (engine, ANSWER (6, 200, .sent = 1, .settled = 1), "push#7", MADANG_SYNC_WORKING);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *expected = g_strdup_printf ("resend:9 push#%u", 8 + i);

      step (engine, ANSWER (7 + i, 409, .sent = 1, .expect = 9), expected, MADANG_SYNC_WORKING);
    }
  step (engine, ANSWER (10, 409, .sent = 1, .expect = 9), "cancel#4 rotate", MADANG_SYNC_SIGN_IN);
}

static void
test_sequence_beyond_journal (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, EVENT (EDIT), "push#5", MADANG_SYNC_WORKING);
  step (engine, ANSWER (5, 409, .sent = 1, .expect = 1), "resend:1 push#6", MADANG_SYNC_WORKING);
  step (engine, EVENT (CANNOT_RESEND), "cancel#4 cancel#6 rotate", MADANG_SYNC_SIGN_IN);
}

static void
test_reused_mid (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, EVENT (EDIT), "push#5", MADANG_SYNC_WORKING);
  step (engine, ANSWER (5, 422, .sent = 1), "cancel#4 rotate", MADANG_SYNC_SIGN_IN);
  step (engine, EVENT (START, .greeted = TRUE), "push#6", MADANG_SYNC_WORKING);
}

static void
test_new_epoch (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, ANSWER (4, 200, .new_epoch = TRUE), "hello#5", MADANG_SYNC_CONNECTED);
  step (engine, ANSWER (5, 200, .new_epoch = TRUE), "new-epoch push#6", MADANG_SYNC_WORKING);
  step (engine, ANSWER (6, 200, .sent = 3, .settled = 3), "push#7", MADANG_SYNC_WORKING);
  step (engine, ANSWER (7, 204), "poll#8", MADANG_SYNC_CONNECTED);
}

/* A pull and a hello that contradict each other are no reason for a storm of requests. */
static void
test_two_minds (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();
  guint poll = 4;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *hello = g_strdup_printf ("hello#%u", poll + 1);
      g_autofree char *push = g_strdup_printf ("push#%u", poll + 2);
      g_autofree char *again = g_strdup_printf ("poll#%u", poll + 3);

      step (engine, ANSWER (poll, 200, .new_epoch = TRUE), hello, MADANG_SYNC_CONNECTED);
      step (engine, ANSWER (poll + 1, 200), push, MADANG_SYNC_WORKING);
      step (engine, ANSWER (poll + 2, 204), again, MADANG_SYNC_CONNECTED);
      poll += 3;
    }
  step (engine, ANSWER (13, 200, .new_epoch = TRUE), "timer#14", MADANG_SYNC_OFFLINE);
}

static void
test_revoked_scope (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, ANSWER (4, 200, .scopes_changed = TRUE, .progress = TRUE), "hello#5",
        MADANG_SYNC_CONNECTED);
  step (engine, ANSWER (5, 200), "push#6", MADANG_SYNC_WORKING);
  step (engine, ANSWER (6, 204), "poll#7", MADANG_SYNC_CONNECTED);
}

static void
test_hello_now_and_then (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  for (guint i = 1; i < MADANG_SYNC_POLLS_BEFORE_HELLO; i++)
    {
      g_autofree char *expected = g_strdup_printf ("poll#%u", 4 + i);

      step (engine, ANSWER (3 + i, 204), expected, MADANG_SYNC_CONNECTED);
    }
  step (engine, ANSWER (13, 204), "hello#14", MADANG_SYNC_CONNECTED);
  step (engine, EVENT (EDIT), "", MADANG_SYNC_CONNECTED);
  step (engine, ANSWER (14, 200), "push#15", MADANG_SYNC_WORKING);
}

static void
test_unheld_polls (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();
  guint first, second;

  first = step (engine, ANSWER (4, 204, .early = TRUE), "timer#5", MADANG_SYNC_CONNECTED);
  g_assert_cmpuint (first, >=, 100);
  g_assert_cmpuint (first, <=, 1000);
  step (engine, EVENT (TIMER, .ticket = 5), "poll#6", MADANG_SYNC_CONNECTED);
  second = step (engine, ANSWER (6, 204, .early = TRUE), "timer#7", MADANG_SYNC_CONNECTED);
  g_assert_cmpuint (second, <=, 2000);
  /* "More" without a cursor that moves would be a loop as well. */
  step (engine, EVENT (TIMER, .ticket = 7), "poll#8", MADANG_SYNC_CONNECTED);
  step (engine, ANSWER (8, 200, .more = TRUE), "timer#9", MADANG_SYNC_WORKING);
}

/* Cut off again and again, but each time with a cursor further: the pause never grows. */
static void
test_truncated_pull (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, EVENT (SILENCE, .ticket = 4, .progress = TRUE), "timer#5", MADANG_SYNC_OFFLINE);
  for (guint timer = 5; timer < 30; timer += 4)
    {
      g_autofree char *hello = g_strdup_printf ("hello#%u", timer + 1);
      g_autofree char *push = g_strdup_printf ("push#%u", timer + 2);
      g_autofree char *pull = g_strdup_printf ("pull#%u", timer + 3);
      g_autofree char *pause = g_strdup_printf ("timer#%u", timer + 4);
      guint delay;

      step (engine, EVENT (TIMER, .ticket = timer), hello, MADANG_SYNC_OFFLINE);
      step (engine, ANSWER (timer + 1, 200), push, MADANG_SYNC_WORKING);
      step (engine, ANSWER (timer + 2, 204), pull, MADANG_SYNC_WORKING);
      delay = step (engine, EVENT (SILENCE, .ticket = timer + 3, .progress = TRUE), pause,
                    MADANG_SYNC_OFFLINE);
      g_assert_cmpuint (delay, <=, MADANG_SYNC_BACK_OFF_BASE);
    }
}

static void
test_cache_failed (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, EVENT (CACHE_FAILED), "cancel#4 timer#5", MADANG_SYNC_FAILED);
  step (engine, EVENT (CACHE_FAILED), "", MADANG_SYNC_FAILED);
  step (engine, EVENT (TIMER, .ticket = 5), "hello#6", MADANG_SYNC_FAILED);
  step (engine, ANSWER (6, 200), "push#7", MADANG_SYNC_WORKING);
}

/* What was cancelled or is over changes nothing any more. */
static void
test_stale_tickets (void)
{
  g_autoptr (MadangSyncEngine) engine = new_connected ();

  step (engine, EVENT (HINT), "cancel#4 pull#5", MADANG_SYNC_CONNECTED);
  step (engine, EVENT (SILENCE, .ticket = 4), "", MADANG_SYNC_CONNECTED);
  step (engine, ANSWER (4, 401), "", MADANG_SYNC_CONNECTED);
  step (engine, EVENT (TIMER, .ticket = 4), "", MADANG_SYNC_CONNECTED);
  step (engine, ANSWER (0, 401), "", MADANG_SYNC_CONNECTED);
  step (engine, ANSWER (5, 204), "poll#6", MADANG_SYNC_CONNECTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add_func ("/sync/engine/" path, func)
  ADD ("order", test_order);
  ADD ("greeted-start", test_greeted_start);
  ADD ("edit-during-poll", test_edit_during_poll);
  ADD ("edit-during-pull", test_edit_during_pull);
  ADD ("lost-reply", test_lost_reply);
  ADD ("token-ended", test_token_ended);
  ADD ("portal", test_portal);
  ADD ("upgrade", test_upgrade);
  ADD ("retry-after", test_retry_after);
  ADD ("back-off-bounds", test_back_off_bounds);
  ADD ("hint-resets-back-off", test_hint_resets_back_off);
  ADD ("halving-to-void", test_halving_to_void);
  ADD ("malformed-is-halved-at-once", test_malformed_is_halved_at_once);
  ADD ("outage-is-not-halved", test_outage_is_not_halved);
  ADD ("other-refusal-keeps-all", test_other_refusal_keeps_all);
  ADD ("pull-beside-failing-push", test_pull_beside_failing_push);
  ADD ("sequence", test_sequence);
  ADD ("sequence-beyond-journal", test_sequence_beyond_journal);
  ADD ("reused-mid", test_reused_mid);
  ADD ("new-epoch", test_new_epoch);
  ADD ("two-minds", test_two_minds);
  ADD ("revoked-scope", test_revoked_scope);
  ADD ("hello-now-and-then", test_hello_now_and_then);
  ADD ("unheld-polls", test_unheld_polls);
  ADD ("truncated-pull", test_truncated_pull);
  ADD ("cache-failed", test_cache_failed);
  ADD ("stale-tickets", test_stale_tickets);
#undef ADD
  return g_test_run ();
}
