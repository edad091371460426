/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sync-engine.h"

#include "madang-wire-limits.h"

/* The shortest pause, so that no jitter makes a loop without a pause. */
#define PAUSE_MIN 100
/* Sequence faults in a row before the device is taken for a copy of another one. */
#define SEQUENCE_FAULTS_MAX 3
/* Hellos at once because a pull says that the last one is out of date. */
#define HELLOS_MAX 3

typedef enum
{
  PHASE_OFF,
  PHASE_HELLO,
  PHASE_RUN,
  PHASE_BACK_OFF,
  PHASE_SIGN_IN,
  PHASE_UPGRADE,
} Phase;

struct _MadangSyncEngine
{
  GRand *random;    /* (owned) */
  GArray *commands; /* (unowned) (nullable): of the step that runs */
  guint last_ticket;
  Phase phase;
  MadangSyncState trouble; /* why it backs off; shown until it is over */
  gboolean in_step;        /* a pull was completed since the last trouble */
  gboolean obeying;        /* the server asked to wait: no hint shortens it */
  guint attempts;          /* failures in a row, for the back-off */

  /* Main lane. */
  guint hello; /* tickets; 0: none */
  guint pull;
  guint pause;
  gboolean polling; /* the pull may be held */
  guint polls;      /* since the last hello */

  /* Push lane. */
  guint push;
  guint push_pause;
  gboolean push_again; /* a change came while a push was under way */
  guint push_limit;    /* 0: none; else the batch is being halved */
  guint push_failures; /* in a row, for the pause */
  guint push_tries;    /* of one batch that the server fails on */
  guint sequence_faults;
};

/* --- commands ------------------------------------------------------------------------------ */

static MadangSyncCommand *
add_command (MadangSyncEngine *self, MadangSyncCommandType type)
{
  MadangSyncCommand command = { .type = type };

  g_array_append_val (self->commands, command);
  return &g_array_index (self->commands, MadangSyncCommand, self->commands->len - 1);
}

static MadangSyncCommand *
add_ticket (MadangSyncEngine *self, MadangSyncCommandType type, guint *ticket)
{
  MadangSyncCommand *command = add_command (self, type);

  command->ticket = *ticket = ++self->last_ticket;
  return command;
}

static void
cancel (MadangSyncEngine *self, guint *ticket)
{
  if (*ticket == 0)
    return;
  add_command (self, MADANG_SYNC_COMMAND_CANCEL)->ticket = *ticket;
  *ticket = 0;
}

static void
cancel_all (MadangSyncEngine *self)
{
  cancel (self, &self->hello);
  cancel (self, &self->pull);
  cancel (self, &self->pause);
  cancel (self, &self->push);
  cancel (self, &self->push_pause);
  self->polling = FALSE;
  self->push_again = FALSE;
  self->obeying = FALSE;
}

/* Full jitter: anything up to a limit that doubles with each failure. */
static guint
pick_pause (MadangSyncEngine *self, guint failures)
{
  guint limit = MADANG_SYNC_BACK_OFF_MAX;

  /* Nine doublings pass the longest pause. */
  if (failures < 10)
    limit = MIN (MADANG_SYNC_BACK_OFF_BASE << (MAX (failures, 1) - 1), MADANG_SYNC_BACK_OFF_MAX);
  return g_rand_int_range (self->random, PAUSE_MIN, limit + 1);
}

static void
start_timer (MadangSyncEngine *self, guint *ticket, guint delay)
{
  cancel (self, ticket);
  add_ticket (self, MADANG_SYNC_COMMAND_TIMER, ticket)->delay = delay;
}

static void
send_hello (MadangSyncEngine *self)
{
  self->phase = PHASE_HELLO;
  self->polls = 0;
  add_ticket (self, MADANG_SYNC_COMMAND_HELLO, &self->hello);
}

static void
send_push (MadangSyncEngine *self)
{
  self->push_again = FALSE;
  add_ticket (self, MADANG_SYNC_COMMAND_PUSH, &self->push)->limit = self->push_limit;
}

static void
send_pull (MadangSyncEngine *self, gboolean poll)
{
  self->polling = poll;
  add_ticket (self, MADANG_SYNC_COMMAND_PULL, &self->pull)->wait = poll ? MADANG_WIRE_MAX_WAIT : 0;
}

/* --- troubles ------------------------------------------------------------------------------ */

/* least: seconds that the server asked for; 0: it did not. */
static void
back_off (MadangSyncEngine *self, MadangSyncState trouble, guint least)
{
  cancel_all (self);
  self->attempts++;
  self->phase = PHASE_BACK_OFF;
  self->trouble = trouble;
  self->in_step = FALSE;
  self->obeying = least > 0;
  start_timer (self, &self->pause,
               least * 1000 + pick_pause (self, least > 0 ? 1 : self->attempts));
}

static void
reset_push (MadangSyncEngine *self)
{
  self->push_limit = 0;
  self->push_failures = 0;
  self->push_tries = 0;
  self->sequence_faults = 0;
}

static void
ask_sign_in (MadangSyncEngine *self)
{
  cancel_all (self);
  self->phase = PHASE_SIGN_IN;
  self->in_step = FALSE;
}

/* The server knows this device's numbers with other content: the database is a copy or comes
 * from a backup. The server learns a new device when the person signs in. */
static void
rotate (MadangSyncEngine *self)
{
  reset_push (self);
  ask_sign_in (self);
  add_command (self, MADANG_SYNC_COMMAND_ROTATE);
}

/* What every kind of request has in common. */
static gboolean
handle_refusal (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  switch (event->status)
    {
    case 401:
      ask_sign_in (self);
      add_command (self, MADANG_SYNC_COMMAND_FORGET_TOKEN);
      return TRUE;
    case 426:
      cancel_all (self);
      self->phase = PHASE_UPGRADE;
      self->in_step = FALSE;
      return TRUE;
    case 429:
    case 502:
    case 503:
    case 504:
      back_off (self, MADANG_SYNC_OFFLINE, event->retry_after);
      return TRUE;
    default:
      return FALSE;
    }
}

/* --- hello --------------------------------------------------------------------------------- */

static void
run (MadangSyncEngine *self, gboolean new_epoch)
{
  self->phase = PHASE_RUN;
  if (new_epoch)
    {
      cancel (self, &self->push);
      cancel (self, &self->push_pause);
      reset_push (self);
      add_command (self, MADANG_SYNC_COMMAND_NEW_EPOCH);
    }
  /* The pull follows when the push lane has nothing more to send, or has to pause. */
  if (self->push == 0 && self->push_pause == 0)
    send_push (self);
  else
    send_pull (self, FALSE);
}

static void
hello_answered (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  self->hello = 0;
  if (handle_refusal (self, event))
    return;
  if (event->status == 200)
    run (self, event->new_epoch);
  else
    back_off (self, MADANG_SYNC_OFFLINE, event->retry_after);
}

/* --- pull ---------------------------------------------------------------------------------- */

static void
end_trouble (MadangSyncEngine *self)
{
  self->attempts = 0;
  self->trouble = MADANG_SYNC_CONNECTING;
}

/* What the last hello said is no longer true. Two servers with different minds behind one name
 * would make this a loop, so it counts as a failure until a pull is answered in peace. */
static void
greet_again (MadangSyncEngine *self)
{
  if (self->attempts >= HELLOS_MAX)
    {
      back_off (self, MADANG_SYNC_OFFLINE, 0);
      return;
    }
  self->attempts++;
  send_hello (self);
}

static void
pull_answered (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  gboolean poll = self->polling;

  self->pull = 0;
  self->polling = FALSE;
  if (handle_refusal (self, event))
    return;
  if (event->status != 200 && event->status != 204)
    {
      back_off (self, MADANG_SYNC_OFFLINE, event->retry_after);
      return;
    }
  if (poll)
    self->polls++;
  if (event->new_epoch || event->scopes_changed)
    {
      greet_again (self);
      return;
    }
  self->in_step = !event->more;
  /* A server or a proxy that does not hold polls must not be asked in a tight loop. */
  if ((poll && event->early) || (event->more && !event->progress))
    {
      self->attempts++;
      start_timer (self, &self->pause, pick_pause (self, self->attempts));
      return;
    }
  end_trouble (self);
  if (self->polls >= MADANG_SYNC_POLLS_BEFORE_HELLO)
    send_hello (self);
  else
    send_pull (self, !event->more);
}

/* --- push ---------------------------------------------------------------------------------- */

static void
pull_if_idle (MadangSyncEngine *self)
{
  if (self->phase == PHASE_RUN && self->pull == 0 && self->pause == 0)
    send_pull (self, self->in_step);
}

static void
pause_push (MadangSyncEngine *self)
{
  self->push_failures++;
  start_timer (self, &self->push_pause, pick_pause (self, self->push_failures));
  pull_if_idle (self);
}

/* The server does not take the batch: try half of it; a single mutation that it never takes
 * gives its number up, so that it cannot stop the others. */
static void
halve (MadangSyncEngine *self, guint sent)
{
  self->push_tries = 0;
  if (sent > 1)
    {
      self->push_failures = 0;
      self->push_limit = (sent + 1) / 2;
    }
  else
    {
      add_command (self, MADANG_SYNC_COMMAND_VOID);
      self->push_limit = 0;
    }
}

static void
push_failed (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  self->push_tries++;
  if (self->push_tries >= MADANG_SYNC_TRIES_BEFORE_HALVING)
    halve (self, event->sent);
  pause_push (self);
}

static void
push_out_of_sequence (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  self->sequence_faults++;
  if (event->expect <= 0 || self->sequence_faults > SEQUENCE_FAULTS_MAX)
    {
      rotate (self);
      return;
    }
  add_command (self, MADANG_SYNC_COMMAND_RESEND)->number = event->expect;
  send_push (self);
}

static void
push_taken (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  if (event->settled == 0)
    {
      push_failed (self, event);
      return;
    }
  self->push_failures = 0;
  self->push_tries = 0;
  self->sequence_faults = 0;
  send_push (self);
}

static void
push_answered (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  self->push = 0;
  if (handle_refusal (self, event))
    return;
  switch (event->status)
    {
    case 200:
      push_taken (self, event);
      break;
    case 204:
      reset_push (self);
      if (self->push_again)
        send_push (self);
      else
        pull_if_idle (self);
      break;
    case 400:
    case 413:
      halve (self, event->sent);
      if (event->sent > 1)
        send_push (self);
      else
        pause_push (self);
      break;
    case 409:
      push_out_of_sequence (self, event);
      break;
    case 422:
      rotate (self);
      break;
    default:
      if (event->status >= 500)
        push_failed (self, event);
      else
        pause_push (self);
      break;
    }
}

/* --- events -------------------------------------------------------------------------------- */

static void
start (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  cancel_all (self);
  end_trouble (self);
  self->in_step = FALSE;
  if (event->greeted)
    run (self, event->new_epoch);
  else
    send_hello (self);
}

static void
edit (MadangSyncEngine *self)
{
  if (self->phase != PHASE_RUN)
    return; /* the push after the next hello takes it along */
  if (self->push != 0)
    self->push_again = TRUE;
  else if (self->push_pause == 0)
    send_push (self);
}

static void
hint (MadangSyncEngine *self)
{
  switch (self->phase)
    {
    case PHASE_BACK_OFF:
      if (self->obeying)
        break;
      cancel (self, &self->pause);
      self->attempts = 0;
      send_hello (self);
      break;
    case PHASE_UPGRADE:
      self->attempts = 0;
      send_hello (self);
      break;
    case PHASE_RUN:
      /* A held poll may hang on a network that is gone: ask anew instead of waiting for it. */
      if (self->polling || self->pause != 0)
        {
          cancel (self, &self->pull);
          cancel (self, &self->pause);
          send_pull (self, FALSE);
        }
      if (self->push_pause != 0)
        {
          cancel (self, &self->push_pause);
          send_push (self);
        }
      break;
    case PHASE_OFF:
    case PHASE_HELLO:
    case PHASE_SIGN_IN:
    default:
      break;
    }
}

static void
timer_ended (MadangSyncEngine *self, guint ticket)
{
  if (ticket == self->push_pause)
    {
      self->push_pause = 0;
      if (self->phase == PHASE_RUN)
        send_push (self);
    }
  else if (ticket == self->pause)
    {
      self->pause = 0;
      if (self->phase == PHASE_RUN)
        send_pull (self, TRUE);
      else
        send_hello (self);
    }
}

static gboolean
is_request (const MadangSyncEngine *self, guint ticket)
{
  return ticket != 0 && (ticket == self->hello || ticket == self->pull || ticket == self->push);
}

static void
forget_request (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  if (event->ticket == self->pull && event->progress)
    end_trouble (self);
  if (event->ticket == self->hello)
    self->hello = 0;
  else if (event->ticket == self->pull)
    self->pull = 0;
  else
    self->push = 0;
}

static void
request_ended (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  if (!is_request (self, event->ticket))
    return;
  if (event->type == MADANG_SYNC_EVENT_ANSWER)
    {
      if (event->ticket == self->hello)
        hello_answered (self, event);
      else if (event->ticket == self->pull)
        pull_answered (self, event);
      else
        push_answered (self, event);
      return;
    }
  forget_request (self, event);
  back_off (self,
            event->type == MADANG_SYNC_EVENT_SILENCE ? MADANG_SYNC_OFFLINE : MADANG_SYNC_PORTAL, 0);
}

static void
handle_event (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  switch (event->type)
    {
    case MADANG_SYNC_EVENT_START:
      start (self, event);
      break;
    case MADANG_SYNC_EVENT_LOCK:
      ask_sign_in (self);
      break;
    case MADANG_SYNC_EVENT_STOP:
      cancel_all (self);
      self->phase = PHASE_OFF;
      self->in_step = FALSE;
      self->attempts = 0;
      break;
    case MADANG_SYNC_EVENT_EDIT:
      edit (self);
      break;
    case MADANG_SYNC_EVENT_HINT:
      hint (self);
      break;
    case MADANG_SYNC_EVENT_TIMER:
      timer_ended (self, event->ticket);
      break;
    case MADANG_SYNC_EVENT_ANSWER:
    case MADANG_SYNC_EVENT_SILENCE:
    case MADANG_SYNC_EVENT_STRANGER:
      request_ended (self, event);
      break;
    case MADANG_SYNC_EVENT_CACHE_FAILED:
      if (self->phase == PHASE_HELLO || self->phase == PHASE_RUN)
        back_off (self, MADANG_SYNC_FAILED, 0);
      break;
    case MADANG_SYNC_EVENT_CANNOT_RESEND:
      rotate (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

MadangSyncEngine *
madang_sync_engine_new (guint32 seed)
{
  MadangSyncEngine *self = g_new0 (MadangSyncEngine, 1);

  self->random = g_rand_new_with_seed (seed);
  self->phase = PHASE_OFF;
  return self;
}

void
madang_sync_engine_free (MadangSyncEngine *self)
{
  if (self == NULL)
    return;
  g_rand_free (self->random);
  g_free (self);
}

GArray *
madang_sync_engine_step (MadangSyncEngine *self, const MadangSyncEvent *event)
{
  g_autoptr (GArray) commands = g_array_new (FALSE, TRUE, sizeof (MadangSyncCommand));

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (event != NULL, NULL);

  self->commands = commands;
  handle_event (self, event);
  self->commands = NULL;
  return g_steal_pointer (&commands);
}

MadangSyncState
madang_sync_engine_get_state (const MadangSyncEngine *self)
{
  g_return_val_if_fail (self != NULL, MADANG_SYNC_OFF);

  switch (self->phase)
    {
    case PHASE_HELLO:
      if (self->in_step)
        return MADANG_SYNC_CONNECTED;
      /* The trouble stays in view while it is tried again, else the indicator flickers. */
      return self->attempts > 0 ? self->trouble : MADANG_SYNC_CONNECTING;
    case PHASE_RUN:
      if (self->push != 0 || !self->in_step)
        return MADANG_SYNC_WORKING;
      return MADANG_SYNC_CONNECTED;
    case PHASE_BACK_OFF:
      return self->trouble;
    case PHASE_SIGN_IN:
      return MADANG_SYNC_SIGN_IN;
    case PHASE_UPGRADE:
      return MADANG_SYNC_UPGRADE;
    case PHASE_OFF:
    default:
      return MADANG_SYNC_OFF;
    }
}
