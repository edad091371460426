/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-clock.h"

G_BEGIN_DECLS

/* A database of invented data to try the program with: the real agencies and dates of 2020, with
 * sample people and sample applications that say so. */

/* Makes DIRECTORY/central.db and DIRECTORY/accounts.ini (readable by its owner only) unless they
 * are there. The programme clock starts on 2020-03-09 10:00 in Seoul and runs on. Returns the path
 * of the database. */
char *madang_demo_prepare (const char *directory, MadangClock *clock, GError **error);

G_END_DECLS
