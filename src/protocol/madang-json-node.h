/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "madang-json-text.h"

G_BEGIN_DECLS

/* Private to this folder: the only way to json-glib. */

/* Scans, then parses. The result is (transfer full). */
JsonNode *madang_json_parse (const char *text, gsize length, GError **error);
/* The same for a text that must be an object. */
JsonNode *madang_json_parse_object (const char *text, gsize length, GError **error);
/* A piece of a text that has been scanned. */
JsonNode *madang_json_parse_slice (MadangJsonSlice slice, GError **error);
/* Canonical: members in byte order, no white space. */
void madang_json_append_node (GString *json, JsonNode *node);

G_END_DECLS
