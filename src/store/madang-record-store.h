/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-database.h"
#include "madang-lookup.h"

G_BEGIN_DECLS

/* A query that an index can answer: kind, equalities, one range, an order, a limit. */
typedef enum
{
  MADANG_QUERY_DESCENDING = 1 << 0,
} MadangQueryFlags;

typedef struct _MadangQuery MadangQuery;
MadangQuery *madang_query_new (const char *kind);
MadangQuery *madang_query_copy (const MadangQuery *self);
void madang_query_free (MadangQuery *self);
const char *madang_query_get_kind (const MadangQuery *self);
void madang_query_add_equal (MadangQuery *self, const char *field, GVariant *value);
void madang_query_add_states (MadangQuery *self, const char *const *states);
void madang_query_set_range (MadangQuery *self, const char *field, GVariant *least, GVariant *most);
/* field NULL: order of arrival (record rowid). Only indexed fields, "state" and NULL. */
void madang_query_set_order (MadangQuery *self, const char *field, MadangQueryFlags flags);
void madang_query_set_limit (MadangQuery *self, gint64 limit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangQuery, madang_query_free)

/**
 * MadangRecordStore:
 *
 * The records of a database: the raw JSON of both parts, and index tables made from the kinds'
 * declarations (rebuilt by themselves when a declaration changes). The same on both sides.
 * Confined to its database's thread. Implements MadangLookup.
 */
#define MADANG_TYPE_RECORD_STORE (madang_record_store_get_type ())
G_DECLARE_FINAL_TYPE (MadangRecordStore, madang_record_store, MADANG, RECORD_STORE, GObject)

MadangRecordStore *madang_record_store_new (MadangDatabase *database, GError **error);
MadangDatabase *madang_record_store_get_database (MadangRecordStore *self);
/* (transfer full) (nullable): NULL with no error when it is not there, is deleted, or its kind is
 * unknown to this build. */
MadangRecord *madang_record_store_get (MadangRecordStore *self, const char *id, GError **error);
/* As get, but a tombstone is returned too. */
MadangRecord *madang_record_store_get_any (MadangRecordStore *self, const char *id, GError **error);
/* Inserts or replaces row and index. Inside the caller's transaction. */
gboolean madang_record_store_put (MadangRecordStore *self, MadangRecord *record, GError **error);
gboolean madang_record_store_remove (MadangRecordStore *self, const char *id, GError **error);
/* A kind that this build does not know: kept raw. */
gboolean madang_record_store_put_raw (MadangRecordStore *self,
                                      const char *kind,
                                      const char *id,
                                      const char *scope,
                                      const char *state,
                                      MadangPart part,
                                      gint64 version,
                                      const char *doc,
                                      GError **error);
/* (transfer container) of MadangRecord. */
GPtrArray *
madang_record_store_find (MadangRecordStore *self, const MadangQuery *query, GError **error);
gint64
madang_record_store_count (MadangRecordStore *self, const MadangQuery *query, GError **error);
/* Row ids in the query's order, 8 bytes each: the spine of a lazy list. */
GArray *
madang_record_store_find_rows (MadangRecordStore *self, const MadangQuery *query, GError **error);
/* The records of up to 128 such rows, in their order; NULL where one is gone meanwhile. */
GPtrArray *madang_record_store_get_rows (MadangRecordStore *self,
                                         const gint64 *rows,
                                         guint n_rows,
                                         GError **error);

G_END_DECLS
