/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-lookup.h"

G_BEGIN_DECLS

/* A record that is open for somebody, as it is told to whoever takes over. */
typedef struct
{
  const MadangKind *kind;
  char *record; /* (owned): id */
  char *state;  /* (owned) */
  char *day;    /* (owned) (nullable): the nearest that is due */
} MadangOpenWork;

void madang_open_work_free (MadangOpenWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangOpenWork, madang_open_work_free)

/* What waits or is due for the roles that the actor holds, from the declarations of all kinds. Left
 * out: what is about the actor's own account, what is merely told, and days that only come and go.
 * within: the scope that must be held for the list to be complete. Each record once, the nearest day
 * first, those without a day last, most at the most. (transfer container)
 * (element-type MadangOpenWork) (nullable): NULL: not held. */
GPtrArray *madang_open_work_list (MadangLookup *lookup,
                                  const MadangActor *actor,
                                  const char *within,
                                  guint most);

G_END_DECLS
