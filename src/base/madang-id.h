/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MADANG_ID_LENGTH 36 /* characters as text, without the ending zero */
#define MADANG_ID_BYTES 16  /* in the database */

/* Record ids are UUIDv7: 36 lower-case characters in memory and on the wire, 16 bytes in a
 * database. All functions may be called from any thread. */

char *madang_id_new (void);
char *madang_id_derive (const char *source, guint ordinal);
gboolean madang_id_is_valid (const char *text);
gboolean madang_id_to_bytes (const char *text, guint8 bytes[MADANG_ID_BYTES]);
char *madang_id_from_bytes (const guint8 bytes[MADANG_ID_BYTES]);

G_END_DECLS
