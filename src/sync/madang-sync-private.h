/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-driver.h"
#include "madang-sync.h"

G_BEGIN_DECLS

/* Between the files of the facade, and for tests. */

struct _MadangSync
{
  GObject parent_instance;

  /* Constant after construction. */
  char *server;               /* (owned) */
  char *data_directory;       /* (owned) */
  MadangClock *clock;         /* (owned) */
  MadangTransport *transport; /* (owned) (nullable): NULL once closed */
  MadangKeyring *keyring;     /* (owned) (nullable): NULL once closed */
  MadangNews *news;           /* (owned) */
  GMainContext *main;         /* (owned) */
  GMainContext *context;      /* (owned): of the engine's thread */
  GMainLoop *loop;            /* (owned): of the engine's thread */
  GThread *thread;            /* (owned) (nullable): NULL once closed */

  /* The engine's thread. */
  MadangDriver *driver; /* (owned) */

  /* The main thread. */
  MadangSyncState state;
  guint waiting;
  guint troubled;
  guint refused;
  gint64 last_contact;
  gboolean indexing;
  MadangIdentity *identity;   /* (owned) (nullable) */
  MadangActor *actor;         /* (owned) (nullable) */
  MadangRecordStore *records; /* (owned) (nullable) */
  MadangReader *reader;       /* (owned) (nullable) */
  char *database;             /* (owned) (nullable): that both of them read */
  gboolean rebuilt;
};

typedef struct _MadangCall MadangCall;

/* On the engine's thread; ends with madang_call_return(), now or later. */
typedef void (*MadangCallWork) (MadangDriver *driver, MadangCall *call);
/* On the main thread, with the call's task still to be answered. */
typedef void (*MadangCallAnswer) (MadangSync *self, MadangCall *call);

/**
 * MadangCall:
 *
 * One request of the main thread to the engine's thread and back. The task is touched on the
 * main thread only, so that nothing of the interface is ever freed on the other one.
 */
struct _MadangCall
{
  MadangSync *sync; /* (unowned): alive as long as its thread */
  GTask *task;      /* (owned) */
  MadangCallWork work;
  MadangCallAnswer answer;
  gpointer argument; /* (owned) (nullable) */
  GDestroyNotify argument_free;
  gpointer result; /* (owned) (nullable) */
  GDestroyNotify result_free;
  GError *error; /* (owned) (nullable) */
};

/* Takes argument. Calls are worked off in their order, before anything of the network. */
void madang_sync_call (MadangSync *self,
                       GTask *task,
                       MadangCallWork work,
                       MadangCallAnswer answer,
                       gpointer argument,
                       GDestroyNotify argument_free);
/* Engine's thread. */
void madang_call_return (MadangCall *call);
/* The usual answers: TRUE or the error; the result or the error. */
void madang_call_answer_boolean (MadangSync *self, MadangCall *call);
void madang_call_answer_pointer (MadangSync *self, MadangCall *call);

/* Transport and keyring are used on the engine's thread only. */
MadangSync *madang_sync_new_with (const char *server,
                                  const char *data_directory,
                                  MadangClock *clock,
                                  MadangTransport *transport,
                                  MadangKeyring *keyring);

G_END_DECLS
