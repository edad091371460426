/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-database.h"

G_BEGIN_DECLS

/* The numbered scripts of a resource directory, "001-name.sql" onwards without gaps. The number
 * of the last one that ran is the database's user_version. Private to this folder. */

typedef enum
{
  MADANG_MIGRATOR_CURRENT,
  MADANG_MIGRATOR_OLDER, /* scripts wait to be run */
  MADANG_MIGRATOR_FAILED /* newer than this build, not ours, damaged: see the error */
} MadangMigratorState;

/* Where the scripts of a side are. */
const char *madang_migrator_get_directory (MadangDatabaseSide side);
/* Looks without touching the database. */
MadangMigratorState
madang_migrator_inspect (MadangDatabase *database, const char *directory, GError **error);
/* Runs what is missing, each script and its number in one transaction. Before that a database
 * with content is copied to "PATH.version-N", N being the number it had. */
gboolean madang_migrator_run (MadangDatabase *database, const char *directory, GError **error);

G_END_DECLS
