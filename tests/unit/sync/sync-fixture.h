/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sync-private.h"

#include "fake-keyring.h"
#include "fake-transport.h"
#include "main-loop.h"

G_BEGIN_DECLS

#define HELLO "/sync/v1/hello"
#define PULL "/sync/v1/pull"
#define PUSH "/sync/v1/push"
#define SESSIONS "/sync/v1/sessions"
#define SESSION "/sync/v1/sessions/current"
#define REAL_NOW G_GINT64_CONSTANT (1767225600000)

/* A client against a server that is told what to say. */
typedef struct
{
  char *directory;
  FakeTransport *server;
  FakeKeyring *keyring;
  MadangClock *clock;
  MadangSync *sync;
  guint hints;         /* source: ends the pauses of a client without a network */
  GHashTable *changed; /* every id that was told */
  GPtrArray *refused;  /* "id code" */
} SyncFixture;

/* The program starts and ends; the folder, the server and the keyring stay. */
void sync_start (SyncFixture *fixture);
void sync_stop (SyncFixture *fixture);
void sync_set_up (SyncFixture *fixture, gconstpointer data);
void sync_tear_down (SyncFixture *fixture, gconstpointer data);
void sync_run_until_state (SyncFixture *fixture, MadangSyncState state);
/* code: the error that is expected, or -1. */
void sync_sign_in_as (SyncFixture *fixture, const char *login, int code);
/* As "officer", until a poll is held. */
void sync_sign_in (SyncFixture *fixture);
void sync_resume (SyncFixture *fixture, const char *login, int code);
void sync_sign_out (SyncFixture *fixture);
void sync_finish_write (SyncFixture *fixture, GAsyncResult **result, int code);
void sync_write_record (SyncFixture *fixture, MadangRecord *record);
/* A leaflet of that title. */
MadangRecord *sync_create (SyncFixture *fixture, const char *title);
void sync_retitle (
    SyncFixture *fixture, MadangRecord *record, const char *from, const char *to, int code);
void sync_assert_title (SyncFixture *fixture, const char *id, const char *title);
/* The first mutation of that push, from 0. */
MadangMutation *sync_read_pushed (SyncFixture *fixture, guint push);

G_END_DECLS
