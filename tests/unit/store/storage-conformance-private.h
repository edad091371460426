/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage-conformance.h"

G_BEGIN_DECLS

typedef struct
{
  gpointer place;
  MadangStorage *storage; /* the writer */
} StorageFixture;

void storage_fixture_set_up (StorageFixture *fixture, gconstpointer maker);
void storage_fixture_tear_down (StorageFixture *fixture, gconstpointer maker);

/* Writes in a transaction of its own. */
void storage_fixture_write (StorageFixture *fixture, MadangRecord *record, guint changed);
/* The lines of a scope as text: "1 put main v1 draft, 2 left personal …". */
char *
storage_fixture_dup_feed (MadangStorage *storage, const char *scope, gint64 after, guint limit);

typedef struct
{
  const char *name;
  void (*function) (StorageFixture *fixture, gconstpointer maker);
} StorageTest;

/* Ended by a NULL name. */
extern const StorageTest storage_feed_tests[];
extern const StorageTest storage_table_tests[];

G_END_DECLS
