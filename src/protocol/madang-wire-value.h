/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-json-node.h"
#include "madang-kind.h"

G_BEGIN_DECLS

/* Private to this folder: values of declared fields as JSON. */

/* The canonical JSON of a value. In a list of rows, the members of .unknown are put into the rows
 * that still exist: row -> member -> value. */
void madang_wire_append_value (GString *json,
                               const MadangField *field,
                               GVariant *value,
                               JsonObject *unknown);
/* The canonical JSON of one row, "a{sv}". */
void madang_wire_append_row (GString *json,
                             const MadangField *field,
                             GVariant *row,
                             JsonObject *unknown);

/* (transfer full), or NULL with error: the JSON type is not that of the field. Members of rows
 * that this build does not know go to .unknown; without it they are
 * MADANG_ERROR_NEWER_SCHEMA. The node must not be null. */
GVariant *madang_wire_read_value (const MadangField *field,
                                  JsonNode *node,
                                  JsonObject *unknown,
                                  GError **error);
GVariant *madang_wire_read_row (const MadangField *field,
                                JsonNode *node,
                                JsonObject *unknown,
                                GError **error);

G_END_DECLS
