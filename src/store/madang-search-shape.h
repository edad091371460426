/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* What is searched of each kind, from its declaration; private to this folder. */

/* The tables of the index. */
extern const char madang_search_definition[];
/* A digest of the tables and of all that the texts in them are made from. */
char *madang_search_dup_shape (void);

/* Whether records of the kind are in the index: they are searched, or others are found by their
 * title. */
gboolean madang_search_covers (const MadangKind *kind);
/* Kinds by whose titles others are found come before those: the longest way of such references. */
guint madang_search_get_rank (const MadangKind *kind);
/* Whether the title of the record that the field refers to counts for this one: as searched text,
 * or as its own title. Such fields are indexed. */
gboolean madang_search_follows (const MadangKind *kind, const MadangField *field);
/* The field whose text is the title (nullable): a personal one is not. */
const MadangField *madang_search_get_title_field (const MadangKind *kind);

G_END_DECLS
