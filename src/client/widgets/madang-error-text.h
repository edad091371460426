/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an error means to the person, in the language of the interface: short fact, then what to
 * do. Newly allocated. */
char *madang_error_dup_text (const GError *error);

G_END_DECLS
