/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-kind.h"

G_BEGIN_DECLS

/* Values apart from any record. Private to the model; madang_value_digest() and
 * madang_value_equal() are public in madang-merge.h. */

/* Appends the value in a form that is the same for equal content: dictionaries and sets in any
 * order, with or without variant boxes. It feeds digests, so it never changes. */
void madang_value_append_canonical (GString *text, GVariant *value);

/* Whether the value has the type of the field, rows and their members included. */
gboolean madang_value_has_type (const MadangField *field, GVariant *value);
gboolean madang_row_has_type (const MadangField *field, GVariant *row);

/* The form in which a record keeps a value of the right type: NULL for an empty text, set or
 * list, sets sorted. (transfer full) (nullable) */
GVariant *madang_value_normalize (const MadangField *field, GVariant *value);
GVariant *madang_row_normalize (const MadangField *field, GVariant *row);

/* New lists and rows with one thing replaced; NULL in .row or .value removes it. (transfer full) */
GVariant *madang_rows_replace (GVariant *rows, const char *id, GVariant *row);
GVariant *madang_row_replace (GVariant *row, const char *member, GVariant *value);
/* (transfer full) (nullable) */
GVariant *madang_rows_get (GVariant *rows, const char *id);

G_END_DECLS
