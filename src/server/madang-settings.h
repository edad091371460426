/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-clock.h"
#include "madang-storage.h"

G_BEGIN_DECLS

/* What a server's database says of itself. */

/* Gives the database an epoch when it has none. In a transaction. */
gboolean madang_settings_ensure (MadangStorage *storage, GError **error);
/* A new epoch: clients take everything anew and replay what the server may have lost. For a
 * database that was restored from a backup. In a transaction. */
gboolean madang_settings_renew_epoch (MadangStorage *storage, GError **error);
char *madang_settings_dup_epoch (MadangStorage *storage);

/* A database of invented data, whose programme clock runs apart from the real one. */
gboolean madang_settings_is_demo (MadangStorage *storage);
gboolean madang_settings_mark_demo (MadangStorage *storage, GError **error);
/* Keeps the distance of the programme clock; only a demo database may have one. */
gboolean madang_settings_set_programme_now (MadangStorage *storage,
                                            MadangClock *clock,
                                            gint64 now,
                                            GError **error);
void madang_settings_apply_clock (MadangStorage *storage, MadangClock *clock);

G_END_DECLS
