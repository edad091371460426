/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The commands of madang-server. Each takes its own arguments, the name of the command first, and
 * returns the exit status: 0, 1 when something failed or is not in order, 2 for wrong usage. */

#define MADANG_EXIT_FAILED 1
#define MADANG_EXIT_USAGE 2

int madang_command_serve (int argc, char **argv);
int madang_command_demo (int argc, char **argv);
int madang_command_account (int argc, char **argv);
int madang_command_reference (int argc, char **argv);
int madang_command_restored (int argc, char **argv);
int madang_command_check (int argc, char **argv);

/* Reads the options. FALSE: told why on standard error. required: an option that must be given. */
gboolean madang_command_parse (
    int *argc, char ***argv, const char *summary, const GOptionEntry *entries, char **required);
int madang_command_fail (const GError *error);

G_END_DECLS
