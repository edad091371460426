/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangSyncEngine:
 *
 * Decides what the client does next: events in, commands out. It has no input, output, clock,
 * thread or random source of its own (the jitter comes from the seed), so the same events give
 * the same commands.
 *
 * Two lanes run side by side once the server was greeted. The main lane is hello, then pull,
 * then a long poll; the push lane sends what waits, also while a poll is held. A push goes before
 * the first pull. Every request and every timer has a ticket; an event with a ticket that is no
 * longer awaited is ignored.
 */
typedef struct _MadangSyncEngine MadangSyncEngine;

typedef enum
{
  MADANG_SYNC_EVENT_START, /* there is a token; greeted: hello was already answered */
  MADANG_SYNC_EVENT_LOCK,  /* there is no token: ask the person */
  MADANG_SYNC_EVENT_STOP,
  MADANG_SYNC_EVENT_EDIT, /* a change of the person was committed */
  MADANG_SYNC_EVENT_HINT, /* something may be better now: no proof */
  MADANG_SYNC_EVENT_TIMER,
  MADANG_SYNC_EVENT_ANSWER,   /* our server answered, completely, and it is stored */
  MADANG_SYNC_EVENT_SILENCE,  /* no answer, or one that broke off: outcome unknown */
  MADANG_SYNC_EVENT_STRANGER, /* an answer that is not our server's */
  MADANG_SYNC_EVENT_CACHE_FAILED,
  MADANG_SYNC_EVENT_CANNOT_RESEND, /* the command RESEND is beyond what the journal holds */
} MadangSyncEventType;

typedef struct
{
  MadangSyncEventType type;
  guint ticket;
  guint status;            /* HTTP; a push with nothing to send is 204 without a request */
  guint retry_after;       /* seconds; 0: not said */
  gint64 expect;           /* of a 409: the number that the server wants next */
  guint sent;              /* mutations in the push */
  guint settled;           /* of them with an outcome */
  gboolean greeted;        /* START: go on as after a hello */
  gboolean new_epoch;      /* hello, START; pull: it broke off because of that */
  gboolean more;           /* pull: the server has more to say at once */
  gboolean progress;       /* pull: at least one cursor moved */
  gboolean early;          /* pull: a poll came back at once with nothing in it */
  gboolean scopes_changed; /* pull: a role came or went; ask again what may be followed */
} MadangSyncEvent;

typedef enum
{
  MADANG_SYNC_COMMAND_HELLO,
  MADANG_SYNC_COMMAND_PUSH,      /* limit: most mutations, 0: the wire's limit */
  MADANG_SYNC_COMMAND_PULL,      /* wait: seconds that the server may hold it */
  MADANG_SYNC_COMMAND_CANCEL,    /* the request or timer of that ticket */
  MADANG_SYNC_COMMAND_TIMER,     /* delay: milliseconds */
  MADANG_SYNC_COMMAND_NEW_EPOCH, /* cursors to zero, journal waits again, note the epoch */
  MADANG_SYNC_COMMAND_RESEND,    /* number: continue from it */
  MADANG_SYNC_COMMAND_VOID,      /* the first mutation of the last push */
  MADANG_SYNC_COMMAND_ROTATE,    /* a new device id and key; the token belongs to the old one */
  MADANG_SYNC_COMMAND_FORGET_TOKEN,
} MadangSyncCommandType;

typedef struct
{
  MadangSyncCommandType type;
  guint ticket;
  guint limit;
  guint wait;
  guint delay;
  gint64 number;
} MadangSyncCommand;

#define MADANG_SYNC_BACK_OFF_BASE 1000           /* milliseconds */
#define MADANG_SYNC_BACK_OFF_MAX (5 * 60 * 1000) /* milliseconds */
#define MADANG_SYNC_TRIES_BEFORE_HALVING 5
#define MADANG_SYNC_POLLS_BEFORE_HELLO 10

MadangSyncEngine *madang_sync_engine_new (guint32 seed);
void madang_sync_engine_free (MadangSyncEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangSyncEngine, madang_sync_engine_free)

/* (transfer full) (element-type MadangSyncCommand): to be carried out in this order. */
GArray *madang_sync_engine_step (MadangSyncEngine *self, const MadangSyncEvent *event);
/* What the person is told. */
MadangSyncState madang_sync_engine_get_state (const MadangSyncEngine *self);

G_END_DECLS
