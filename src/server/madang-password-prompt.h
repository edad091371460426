/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A password from the terminal, typed twice and not shown, or one line from a pipe. Never from
 * the arguments: those stand in the list of processes. */
char *madang_password_prompt (GError **error);

G_END_DECLS
