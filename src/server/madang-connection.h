/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-head-stream.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * MadangConnection:
 *
 * One client's connection and its deadlines, which SoupServer does not have: a request has to
 * begin and go on within the idle time and to be complete within the request time; an answer has
 * to go on being taken within the idle time and to be gone within the answer time. While we work
 * or hold a poll there is no deadline. Main loop only.
 */
typedef struct _MadangConnection MadangConnection;

typedef struct
{
  guint idle;    /* seconds */
  guint request; /* seconds, from its beginning to its last byte */
  guint answer;  /* seconds, from its beginning to its last byte */
  guint most;    /* connections at once */
} MadangConnectionLimits;

/* socket and head are kept until the connection is dropped. A head that is not well formed is
 * refused. */
MadangConnection *madang_connection_new (GSocket *socket,
                                         MadangHeadStream *head,
                                         const MadangConnectionLimits *limits);
void madang_connection_free (MadangConnection *self);

/* The address to give to SoupServer with the connection; find() knows it again. */
GSocketAddress *madang_connection_get_address (MadangConnection *self);
MadangConnection *madang_connection_find (SoupServerMessage *message);
GSocket *madang_connection_get_socket (MadangConnection *self);
/* Borrowed; "local" on a UNIX socket. */
const char *madang_connection_get_source (MadangConnection *self);

/* The client may begin its request. */
void madang_connection_await_request (MadangConnection *self);
/* More of the request came. */
void madang_connection_note_progress (MadangConnection *self);
/* The request is complete. */
void madang_connection_stop_deadline (MadangConnection *self);
void madang_connection_await_answer (MadangConnection *self);
/* Answers at once with a status and no body, whatever was read so far, and closes. */
void madang_connection_refuse (MadangConnection *self, guint status);

G_END_DECLS
