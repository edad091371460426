/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder of its own for each test. (transfer full) */
char *temporary_folder_new (void);
/* Removes the folder with all that is in it, and fails the test when something stays. */
void temporary_folder_remove (const char *folder);

G_END_DECLS
