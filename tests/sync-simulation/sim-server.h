/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-held-polls.h"
#include "madang-router.h"
#include "madang-service.h"

G_BEGIN_DECLS

/**
 * SimServer:
 *
 * The inside of the real server on a database of its own, without HTTP and in one thread: the
 * writer's thread is waited for at every step.
 */
typedef struct
{
  char *directory;
  char *path;
  char *backup;
  MadangClock *clock;
  MadangService service;
  MadangStorage *reader;
  MadangHeldPolls *held;
  GAsyncQueue *moves; /* what the writer told and the polls were not told yet */
  char *agencies[2];
  gboolean has_backup;
  guint restored; /* how often */
} SimServer;

#define SIM_PASSWORD "correct horse battery"

/* Makes the database that every run starts from: two agencies, four people. */
void sim_server_make_template (const char *directory);
SimServer *sim_server_new (const char *directory, const char *template_directory);
void sim_server_free (SimServer *self);

/* One request; *generation as a held poll needs it. */
MadangReply *sim_server_ask (SimServer *self, MadangExchange *exchange);
/* Tells held polls what moved; the real server does so a little later than the commit. */
void sim_server_tell_moves (SimServer *self);
void sim_server_write (SimServer *self, MadangWriteFunc func, gpointer data);

/* What happens to a server. All polls are gone after these. */
void sim_server_restart (SimServer *self);
void sim_server_back_up (SimServer *self);
void sim_server_restore (SimServer *self);

/* Takes the only role of the account away, or gives it anew. */
void sim_server_revoke (SimServer *self, const char *login);
void sim_server_grant (SimServer *self, const char *login);
gboolean sim_server_has_grant (SimServer *self, const char *login);
void sim_server_end_sessions (SimServer *self, const char *login);
/* (transfer full) */
MadangActor *sim_server_load_actor (SimServer *self, const char *login);
MadangRecordStore *sim_server_get_records (SimServer *self);

G_END_DECLS
