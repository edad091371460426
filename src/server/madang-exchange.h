/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-actor.h"
#include "madang-storage.h"

G_BEGIN_DECLS

typedef struct _MadangExchange MadangExchange;
typedef struct _MadangService MadangService;

/**
 * MadangReply:
 *
 * What a handler answers. Pure data: no handler sees HTTP.
 */
typedef struct
{
  guint status;
  const char *content_type; /* static (nullable): there is no body */
  GBytes *body;             /* (owned) (nullable) */
  guint retry_after;        /* seconds, 0: not said */
  gboolean packed;          /* the body is gzip */
  char *rights; /* (owned) (nullable): digest of what the caller may do; another one: ask anew */
  /* There is nothing to say yet: may be held until a head of these scopes moves. */
  GStrv held_for; /* (owned) (nullable) */
} MadangReply;

/* body is taken. */
MadangReply *madang_reply_new (guint status, const char *content_type, GBytes *body);
MadangReply *madang_reply_new_problem (guint status, const char *code);
/* 429 (the caller asks too much) or 503 (everybody does), and when to come again. */
MadangReply *madang_reply_new_busy (guint status);
MadangReply *madang_reply_new_sequence (gint64 expect);
/* The one answer to all that is not there, and to all that is not for the caller. */
MadangReply *madang_reply_new_not_found (void);
/* What an error of the database or of the reading of a body means to the caller. */
MadangReply *madang_reply_new_error (const GError *error);
/* Compresses a body of more than 1 KiB. On a worker, never on the main loop. */
void madang_reply_pack (MadangReply *self);
void madang_reply_free (MadangReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangReply, madang_reply_free)

/**
 * MadangWrite:
 *
 * One transaction of the writer. Jobs of several requests share it.
 */
typedef struct
{
  MadangStorage *storage; /* (unowned) */
  GHashTable *moved;      /* (unowned): names of the scopes whose head moved */
} MadangWrite;

/* Answers from a snapshot, or returns NULL when the writer has to. */
typedef MadangReply *(*MadangAnswerFunc) (MadangExchange *exchange,
                                          MadangStorage *reader,
                                          GError **error);
/* Answers inside the writer's transaction. May run again after that was rolled back. */
typedef MadangReply *(*MadangCommitFunc) (MadangExchange *exchange,
                                          MadangWrite *write,
                                          GError **error);

typedef enum
{
  MADANG_LANE_QUICK, /* database work only */
  MADANG_LANE_SLOW,  /* hashes passwords; at most four at once */
} MadangLane;

typedef struct
{
  const char *method;
  const char *path;
  gboolean open; /* answers without a session */
  MadangLane lane;
  gsize most;              /* bytes of a request's body */
  MadangAnswerFunc answer; /* (nullable): straight to the writer */
  MadangCommitFunc commit; /* (nullable): never goes to the writer */
} MadangEndpoint;

/**
 * MadangExchange:
 *
 * One request on its way: read on the main loop, answered on a worker, perhaps finished on the
 * writer. One thread at a time has it.
 */
struct _MadangExchange
{
  MadangService *service; /* (unowned): outlives every exchange */
  const MadangEndpoint *endpoint;

  /* As it came. */
  GBytes *body;   /* (owned) */
  char *token;    /* (owned) (nullable) */
  char *device;   /* (owned) (nullable) */
  char *source;   /* (owned): the address of the client */
  guint wait;     /* seconds that the answer may be held */
  gboolean packs; /* the client takes gzip */

  /* Who asks, as the database said last; NULL at an open endpoint. */
  MadangSession *session; /* (owned) (nullable) */
  MadangActor *actor;     /* (owned) (nullable) */

  gboolean counted;   /* among what its account asks: an answer may be tried several times */
  guint64 generation; /* of the database, read before the snapshot was taken */
  gpointer prepared;  /* (owned) (nullable): of the handler, from answer to commit */
  GDestroyNotify prepared_free;
  MadangReply *reply; /* (owned) (nullable) */
};

MadangExchange *madang_exchange_new (MadangService *service);
void madang_exchange_free (MadangExchange *self);
void madang_exchange_take_reply (MadangExchange *self, MadangReply *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangExchange, madang_exchange_free)

G_END_DECLS
