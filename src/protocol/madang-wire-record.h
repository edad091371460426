/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* Records and values <-> canonical JSON: members sorted by byte order, no white space, NFC. */

/* The values of one part with the members this build does not know. */
char *madang_wire_encode_part (MadangRecord *record, MadangPart part);
/* Takes JSON text that was stored or scanned; fills the part's values and extra members. */
gboolean
madang_wire_decode_part (MadangRecord *record, MadangPart part, const char *json, GError **error);
char *madang_wire_encode_value (const MadangField *field, GVariant *value); /* NULL: "null" */
/* "null" gives NULL without error. */
GVariant *madang_wire_decode_value (const MadangField *field, const char *json, GError **error);
/* "main", "personal". */
const char *madang_wire_get_part_name (MadangPart part);
/* The term of a record's part in the digest of a scope: modulo 2^64. */
guint64 madang_wire_digest_term (const char *id, MadangPart part, gint64 version);

G_END_DECLS
