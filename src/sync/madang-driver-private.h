/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-driver.h"
#include "madang-profile.h"
#include "madang-puller.h"
#include "madang-sync-engine.h"

G_BEGIN_DECLS

/* Between the files of the driver. */

struct _MadangDriver
{
  GObject parent_instance;

  char *server;               /* (owned) */
  char *data_directory;       /* (owned) */
  MadangClock *clock;         /* (owned) */
  MadangTransport *transport; /* (owned) */
  MadangNews *news;           /* (owned) */
  MadangKeyring *keyring;     /* (owned) */

  MadangSyncEngine *engine; /* (owned) */
  GQueue events;            /* (owned): of MadangSyncEvent, not stepped yet */
  gboolean stepping;
  GHashTable *errands;  /* (owned): ticket -> MadangErrand, each with a share in it */
  GBytes *first_pushed; /* (owned) (nullable): the first mutation of the last push */

  MadangProfile *profile; /* (owned) (nullable) */
  char *rights;           /* (owned) (nullable): that the last hello told of */
  gboolean busy;          /* signing in, resuming or signing out */
  GCancellable *opening;  /* (owned) (nullable): of the last sign-in or resume */
  GCancellable *fetching; /* (owned) (nullable): of what is fetched for this profile */
  guint outstanding;      /* callbacks that are still to come */
  GSource *indexing;      /* (owned) (nullable): while the search index is behind */
};

/* One request or timer of the engine. Counted: the table and the call on its way hold it. */
typedef struct
{
  MadangDriver *driver; /* (owned) */
  gboolean over;        /* nothing of it is heard any more */
  guint ticket;
  GCancellable *cancellable; /* (owned) */
  gint64 started;            /* monotonic, microseconds */
  guint wait;                /* seconds, of a pull */
  guint sent;                /* mutations, of a push */
  gboolean other_rights;     /* since the last hello, says the answer */
  MadangPuller *puller;      /* (owned) (nullable) */
  GSource *timer;            /* (owned) (nullable) */
} MadangErrand;

/* --- madang-driver.c ------------------------------------------------------------------------ */

/* Takes the event through the engine and carries out what it says. */
void madang_driver_feed (MadangDriver *self, const MadangSyncEvent *event);
void madang_driver_feed_type (MadangDriver *self, MadangSyncEventType type);
/* The profile is taken; NULL closes what is open. */
void madang_driver_set_profile (MadangDriver *self, MadangProfile *profile);
void madang_driver_publish_identity (MadangDriver *self);
void madang_driver_note_contact (MadangDriver *self);
/* FALSE and CACHE_FAILED to the engine when a function of the cache failed with this error. */
gboolean madang_driver_check_cache (MadangDriver *self, gboolean worked, const GError *error);

/* --- madang-driver-sign-in.c ---------------------------------------------------------------- */

/* The task of a sign-in, a resume or a sign-out: one at a time. NULL: one is on its way, and this
 * one was answered. */
GTask *madang_driver_start_task (MadangDriver *self,
                                 gpointer tag,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Takes the task and the error (nullable). */
void madang_driver_finish_task (GTask *task, GError *error);

/* --- madang-driver-indexing.c --------------------------------------------------------------- */

/* When the cache may have changed, also when it was opened or closed. */
void madang_driver_index_later (MadangDriver *self);

/* --- madang-driver-requests.c --------------------------------------------------------------- */

void madang_driver_send_hello (MadangDriver *self, const MadangSyncCommand *command);
void madang_driver_send_push (MadangDriver *self, const MadangSyncCommand *command);
void madang_driver_send_pull (MadangDriver *self, const MadangSyncCommand *command);
void madang_driver_start_timer (MadangDriver *self, const MadangSyncCommand *command);
void madang_driver_cancel (MadangDriver *self, guint ticket);
/* Takes hello into the profile and the news. */
gboolean madang_driver_take_hello (MadangDriver *self,
                                   MadangHello *hello,
                                   gboolean *new_epoch,
                                   GError **error);

G_END_DECLS
