/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MADANG_PASSWORD_LEAST 12 /* characters */

/* Whether a new password is one that nobody guesses early: long enough, without the sign-in name,
 * no walk over the alphabet, no repetition, none of the common ones. MADANG_ERROR_INVALID. */
gboolean madang_password_check (const char *login, const char *password, GError **error);

G_END_DECLS
