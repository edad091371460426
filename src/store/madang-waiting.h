/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-history-line.h"

G_BEGIN_DECLS

/* A change that waits for the server or was refused, as the sync popover lists it. */
typedef struct
{
  char *mid;
  char *kind;
  char *id;        /* of the record */
  char *operation; /* "create", "patch", "event" … */
  char *event;     /* (nullable) */
  gint64 at;       /* real clock of the device */
  gboolean refused;
  gboolean held; /* not sent: it depends on an earlier change of the record that was refused */
  gboolean recallable; /* an event that was never on its way: it can be taken back */
  char *code;          /* of the rule (nullable) */
  GStrv arguments;     /* (nullable) */
  /* Of a refused change, what the person had written (both nullable). */
  GPtrArray *written; /* (element-type MadangHistoryLine): only .after is there */
  GVariant *said;     /* the arguments of the event, "a{sv}" */
} MadangWaiting;

void madang_waiting_free (MadangWaiting *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangWaiting, madang_waiting_free)

G_END_DECLS
