/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-transport.h"

G_BEGIN_DECLS

/**
 * FakeTransport:
 *
 * A server without a network, told what to say. Unless told otherwise it lets anyone in, holds
 * polls, and takes what is pushed into records of its own. Its functions may be called from the
 * main thread while the engine's thread sends.
 */
#define FAKE_TYPE_TRANSPORT (fake_transport_get_type ())
G_DECLARE_FINAL_TYPE (FakeTransport, fake_transport, FAKE, TRANSPORT, GObject)

#define FAKE_ACCOUNT "0170bd4a-9c00-7123-8abc-def012345678"
#define FAKE_NOW G_GINT64_CONSTANT (1583712000000) /* programme clock */
#define FAKE_SILENCE 0                             /* instead of a status */

typedef struct
{
  char *path;
  char *token;  /* (nullable) */
  char *device; /* (nullable) */
  guint wait;
  GBytes *body; /* (nullable) */
} FakeRequest;

FakeTransport *fake_transport_new (void);
/* The next request of the path gets this; body is taken (nullable). Several wait in order. */
void fake_transport_answer (FakeTransport *self, const char *path, guint status, GBytes *body);
void
fake_transport_answer_text (FakeTransport *self, const char *path, guint status, const char *text);
/* The next request of the path is taken by the server, but its answer is lost. */
void fake_transport_lose_reply (FakeTransport *self, const char *path);
/* The next request of the path meets someone else's server. */
void fake_transport_answer_stranger (FakeTransport *self, const char *path);
/* Nothing answers any more, and what is held ends in silence. */
void fake_transport_set_offline (FakeTransport *self, gboolean offline);
void fake_transport_set_epoch (FakeTransport *self, const char *epoch);
/* Ends the held poll with these lines (nullable: 204). */
void fake_transport_end_poll (FakeTransport *self, const char *lines);

guint fake_transport_count (FakeTransport *self, const char *path);
gboolean fake_transport_is_polling (FakeTransport *self);
/* (transfer none): valid while the transport is; index from 0. */
const FakeRequest *fake_transport_get (FakeTransport *self, const char *path, guint index);
/* How often a mutation changed something, over all of them. */
guint fake_transport_get_effects (FakeTransport *self);

G_END_DECLS
