/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MadangDemoPeople:
 *
 * The accounts of a demonstration, from the key file that the server writes: a group for each
 * sign-in name with "name", "role" (a label) and "password". Never used for real accounts.
 */
typedef struct
{
  char *login;
  char *name;
  char *role;
  char *password;
} MadangDemoPerson;

/* (transfer full) (element-type MadangDemoPerson), in the file's order, at least one. */
GPtrArray *madang_demo_people_load (const char *path, GError **error);
/* login NULL: the first. Borrowed, or NULL. */
const MadangDemoPerson *madang_demo_people_find (GPtrArray *people, const char *login);

G_END_DECLS
