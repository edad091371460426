/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to this folder: the forms of short texts on the wire (MadangJsonForm). */

/* "programme", "agency:ID": letters, digits, ':' and '-', at most 100. */
gboolean madang_wire_is_scope (const char *text);
/* Of a kind, field, state, event, role: letters, digits, '-' and '_', at most 64. */
gboolean madang_wire_is_name (const char *text);
/* Of a rule or a problem, "R-A1.late": the same with dots. */
gboolean madang_wire_is_code (const char *text);
/* Of a row of a list: small letters, digits and '-', at most MADANG_ROW_LENGTH. */
gboolean madang_wire_is_row (const char *text);
/* "field", "field/row" or "field/row/member". */
gboolean madang_wire_is_path (const char *text);
/* A cursor, an epoch, a token, a key: printable ASCII without space, at most 256. */
gboolean madang_wire_is_opaque (const char *text);
/* The same, or "". */
gboolean madang_wire_is_cursor (const char *text);
/* Of a scope: 16 lower-case hexadecimal digits. */
gboolean madang_wire_is_sum (const char *text);
/* SHA-256: 64 lower-case hexadecimal digits. */
gboolean madang_wire_is_digest (const char *text);
/* Ed25519: 128 lower-case hexadecimal digits. */
gboolean madang_wire_is_signature (const char *text);
/* A name of a person or body, a login, a password: not empty, at most 1,024 bytes. */
gboolean madang_wire_is_short (const char *text);
/* Anything that passed the scan. */
gboolean madang_wire_is_text (const char *text);

G_END_DECLS
