/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-json-node.h"
#include "madang-merge.h"

G_BEGIN_DECLS

/* Private to this folder: one edit as [path, from, to]. */

/* A long value that was seen is written as its digest. */
void madang_wire_append_edit (GString *json, const MadangKind *kind, const MadangEdit *edit);
/* MADANG_ERROR_NEWER_SCHEMA: the path or a member of a row is unknown to this build. */
MadangEdit *madang_wire_read_edit (const MadangKind *kind, JsonNode *node, GError **error);

G_END_DECLS
