/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The real server over a demonstration with many applications, in a folder and a process of its
 * own. Mistakes end the program. */
typedef struct
{
  char *directory;
  char *program;
  char *url; /* the same after a restart */
  guint port;
  GSubprocess *process; /* (nullable): it does not run */
} CentralServer;

/* Fills it by the program fill-central with so many in that state, and starts it. */
CentralServer *central_server_new (const char *program,
                                   const char *fill_program,
                                   guint n_applications,
                                   const char *state);
void central_server_free (CentralServer *self);
void central_server_start (CentralServer *self);
void central_server_stop (CentralServer *self);
char *central_server_dup_password (CentralServer *self, const char *login);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CentralServer, central_server_free)

G_END_DECLS
