/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-database.h"
#include "madang-record.h"
#include "madang-statement.h"

G_BEGIN_DECLS

/**
 * MadangIndexTable:
 *
 * The table k_<kind> of one kind: a row for each live record, a column for its state and for each
 * field by which the kind may be looked up. Made from the declaration, disposable. Personal fields
 * never get in. Immutable; private to this folder.
 */
typedef struct _MadangIndexTable MadangIndexTable;

typedef enum
{
  MADANG_INDEX_TABLE_UNIQUE = 1 << 0, /* unique fields are enforced: where the truth is kept */
} MadangIndexTableFlags;

MadangIndexTable *madang_index_table_new (const MadangKind *kind, MadangIndexTableFlags flags);
void madang_index_table_free (MadangIndexTable *self);
const MadangKind *madang_index_table_get_kind (const MadangIndexTable *self);
const char *madang_index_table_get_name (const MadangIndexTable *self); /* quoted for SQL */
const char *madang_index_table_get_definition (const MadangIndexTable *self);
/* A digest of the definition. */
const char *madang_index_table_get_shape (const MadangIndexTable *self);
/* Whether madang_index_table_put() may be refused because of other records. */
gboolean madang_index_table_may_conflict (const MadangIndexTable *self);
/* Whether the table of that kind has a column for this field of it. */
gboolean madang_index_table_holds (const MadangKind *kind, const MadangField *field);
/* The quoted column of a field or of "state" (nullable): NULL when there is none. */
char *madang_index_table_dup_column (const MadangIndexTable *self, const char *field);

gboolean madang_index_table_put (const MadangIndexTable *self,
                                 MadangDatabase *database,
                                 MadangRecord *record,
                                 gint64 row,
                                 GError **error);
gboolean madang_index_table_remove (const MadangIndexTable *self,
                                    MadangDatabase *database,
                                    gint64 row,
                                    GError **error);

/* value (nullable): of type "s", "x" or "b", as a column holds it. */
void madang_statement_bind_value (MadangStatement *statement, int parameter, GVariant *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangIndexTable, madang_index_table_free)

G_END_DECLS
