/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangSession:
 *
 * Who works here, from start to end of the program: opens the work of the last person at once,
 * signs in and out, and in a demonstration changes the person. Remembers server and sign-in name
 * in the settings, never a password.
 *
 * Property "sync" (MadangSync, nullable, read-only, with notify): there while someone works.
 */
#define MADANG_TYPE_SESSION (madang_session_get_type ())
G_DECLARE_FINAL_TYPE (MadangSession, madang_session, MADANG, SESSION, GObject)

/* settings (nullable): remember nothing. people (nullable): of a demonstration. */
MadangSession *
madang_session_new (const char *data_directory, GSettings *settings, GPtrArray *people);
MadangSync *madang_session_get_sync (MadangSession *self);   /* (nullable) */
GPtrArray *madang_session_get_people (MadangSession *self);  /* (nullable) */
const char *madang_session_get_server (MadangSession *self); /* the last one, maybe "" */
const char *madang_session_get_login (MadangSession *self);  /* the last one, maybe "" */

/* Opens the work of a person who signed in here before, without waiting for the network. In a
 * demonstration signs in. server and login NULL: the remembered ones. MADANG_ERROR_NOT_FOUND:
 * nobody worked here yet. */
void madang_session_open_async (MadangSession *self,
                                const char *server,
                                const char *login,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void madang_session_sign_in_async (MadangSession *self,
                                   const char *server,
                                   const char *login,
                                   const char *password,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Unsent changes stay with the person who made them. */
void madang_session_sign_out_async (MadangSession *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* The finish of the three above. */
gboolean madang_session_finish (MadangSession *self, GAsyncResult *result, GError **error);
/* Writes what is queued; at the end of the program. */
void madang_session_close (MadangSession *self);

G_END_DECLS
