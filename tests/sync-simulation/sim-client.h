/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-ledger.h"
#include "sim-network.h"

#include "madang-driver.h"

#include "fake-keyring.h"

G_BEGIN_DECLS

/**
 * SimClient:
 *
 * One installation with the person in front of it: the real driver, engine and cache, on a
 * simulated line.
 */
typedef struct
{
  char *name;  /* of the installation */
  char *login; /* of the person; two installations may share it */
  char *directory;
  SimServer *server;
  SimLedger *ledger;
  MadangClock *clock;
  SimLine *line;
  FakeKeyring *keyring;

  MadangNews *news;
  MadangDriver *driver;       /* (nullable): the program is not running */
  MadangRecordStore *records; /* (nullable): what the person looks at */
  MadangSyncState state;
  guint waiting;
  gboolean opening;   /* a sign-in or resume is on its way */
  gboolean signed_up; /* signed in at least once */
} SimClient;

SimClient *
sim_client_new (SimServer *server, SimNetwork *network, SimLedger *ledger, const char *name);
void sim_client_free (SimClient *self);

void sim_client_start (SimClient *self);
/* The program ends, whatever is on its way. */
void sim_client_kill (SimClient *self);
/* Only while it does not run. */
void sim_client_lose_keyring (SimClient *self);
void sim_client_damage (SimClient *self);

/* The person signs in when that is asked for. */
void sim_client_sign_in_if_asked (SimClient *self);
/* The person does something, by chance. */
void sim_client_act (SimClient *self);
/* Something that needs nothing that is there. */
void sim_client_create_person (SimClient *self);
void sim_client_hint (SimClient *self);
/* Settles one open conflict that the person may settle. FALSE: there is none. */
gboolean sim_client_resolve_one (SimClient *self);
/* Gives up everything that was refused. FALSE: there is nothing. */
gboolean sim_client_discard_all (SimClient *self);
/* (transfer full): of MadangWaiting. */
GPtrArray *sim_client_list_waiting (SimClient *self);
MadangRecord *sim_client_get (SimClient *self, const char *id);
/* Whether a change of the record with this text in it was refused, or is held behind such a one. */
gboolean sim_client_has_refused (SimClient *self, const char *record, const char *text);
GPtrArray *sim_client_list (SimClient *self, const MadangKind *kind);

G_END_DECLS
