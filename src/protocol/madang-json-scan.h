/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * madang_json_scan:
 * @text: (array length=length): bytes from outside
 * @error: (nullable): MADANG_ERROR_INVALID or MADANG_ERROR_TOO_LARGE
 *
 * Checks that the bytes are exactly one JSON value by RFC 8259, in UTF-8, without byte-order
 * mark, doubled members, \u0000, lone surrogates, integers outside int64 or numbers that are
 * not finite, and within the limits of madang-wire-limits.h. What passes may be shown to
 * json-glib. No recursion, no allocation but for the names of open objects. Any thread.
 */
gboolean madang_json_scan (const char *text, gsize length, GError **error);

G_END_DECLS
