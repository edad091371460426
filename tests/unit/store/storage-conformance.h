/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-storage.h"

G_BEGIN_DECLS

/* What every implementation of MadangStorage must do, whatever database is behind it. */
typedef struct
{
  /* A place for one test: empty, and (transfer full). */
  gpointer (*make_place) (void);
  void (*remove_place) (gpointer place);
  /* One more connection to that place; the first one writes. */
  MadangStorage *(*open) (gpointer place, MadangDatabaseFlags flags);
} StorageMaker;

/* Adds the tests as PREFIX/name. maker must live as long as they. */
void storage_conformance_add_tests (const char *prefix, const StorageMaker *maker);

G_END_DECLS
