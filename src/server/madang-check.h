/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-storage.h"

G_BEGIN_DECLS

/* Called for each thing that is not as it should be. */
typedef void (*MadangCheckFunc) (const char *what, gpointer user_data);

/* Checks the file, and counts from the records what every scope has to hold: number and digest of
 * its parts. *n_faults: how many were told. FALSE with error: the check could not be made. */
gboolean madang_check_database (MadangStorage *storage,
                                MadangCheckFunc func,
                                gpointer user_data,
                                guint *n_faults,
                                GError **error);

G_END_DECLS
