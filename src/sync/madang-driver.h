/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-cache-history.h"
#include "madang-keyring.h"
#include "madang-mutation.h"
#include "madang-news.h"
#include "madang-transport.h"

G_BEGIN_DECLS

/**
 * MadangDriver:
 *
 * Carries out what the engine decides: it owns the profile that is open, the requests on their
 * way and the timers. Everything that happens is written to the news. Confined to the engine's
 * thread; its callbacks come in that thread's context.
 */
#define MADANG_TYPE_DRIVER (madang_driver_get_type ())
G_DECLARE_FINAL_TYPE (MadangDriver, madang_driver, MADANG, DRIVER, GObject)

MadangDriver *madang_driver_new (const char *server,
                                 const char *data_directory,
                                 MadangClock *clock,
                                 MadangTransport *transport,
                                 MadangKeyring *keyring,
                                 MadangNews *news);
/* Ends every request and closes the profile; runs the thread's context until all has ended. */
void madang_driver_close (MadangDriver *self);

/* See MadangSync. */
void madang_driver_sign_in_async (MadangDriver *self,
                                  const char *login,
                                  const char *password,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean madang_driver_sign_in_finish (MadangDriver *self, GAsyncResult *result, GError **error);
void madang_driver_resume_async (MadangDriver *self,
                                 const char *login,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean madang_driver_resume_finish (MadangDriver *self, GAsyncResult *result, GError **error);
void
madang_driver_sign_out_async (MadangDriver *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean madang_driver_sign_out_finish (MadangDriver *self, GAsyncResult *result, GError **error);

/* The database of the profile that is open; NULL: none is. */
const char *madang_driver_get_database (MadangDriver *self);
gboolean madang_driver_get_rebuilt (MadangDriver *self);

/* Durable when it returns TRUE. */
gboolean madang_driver_write (MadangDriver *self, MadangMutation *mutation, GError **error);
/* texts: as madang_rough_keep() says. */
gboolean
madang_driver_keep_rough (MadangDriver *self, const char *record, GVariant *texts, GError **error);
gboolean madang_driver_discard (MadangDriver *self, const char *mid, GError **error);
GPtrArray *madang_driver_list_waiting (MadangDriver *self, GError **error);
/* before: the .next of an earlier answer, or 0 for the newest. */
void madang_driver_fetch_history_async (MadangDriver *self,
                                        const char *record,
                                        gint64 before,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
MadangHistory *
madang_driver_fetch_history_finish (MadangDriver *self, GAsyncResult *result, GError **error);
void madang_driver_hint (MadangDriver *self);

G_END_DECLS
