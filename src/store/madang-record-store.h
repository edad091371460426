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
/* field NULL: order of arrival (record rowid). Only indexed fields, "state" and NULL. A reference
 * goes by the title of its record, where the kind of that has one that is indexed. */
void madang_query_set_order (MadangQuery *self, const char *field, MadangQueryFlags flags);
void madang_query_set_limit (MadangQuery *self, gint64 limit);

typedef enum
{
  /* The last syllable is still being typed: 처 finds 천, and 살 finds 사람. */
  MADANG_SEARCH_COMPOSING = 1 << 0,
} MadangSearchFlags;

/* Client only: the records in whose searched fields (MadangField.searched) every word of the text
 * stands, anywhere in a value. Spaces, punctuation and case of a value count for nothing, and an
 * initial consonant stands for every syllable that begins with it, but in long texts. Any text
 * may be given; one without a letter and without a digit (nullable) restricts nothing. */
void madang_query_set_search (MadangQuery *self, const char *text, MadangSearchFlags flags);
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

/* --- full-text search: the client's cache only ---------------------------------------------- */

/* The newest records of these kinds (nullable: of every kind that is searched) that the text finds
 * as madang_query_set_search() says. limit 50 and the like: every one is read.
 * (transfer container) of MadangRecord. */
GPtrArray *madang_record_store_search (MadangRecordStore *self,
                                       const char *const *kinds,
                                       const char *text,
                                       MadangSearchFlags flags,
                                       guint limit,
                                       GError **error);
/* How many it would be without a limit, but most at the most: counting goes on at the rate of
 * some million a second, or some 100,000 when words are longer than two syllables. -1 is an error. */
gint64 madang_record_store_count_search (MadangRecordStore *self,
                                         const char *const *kinds,
                                         const char *text,
                                         MadangSearchFlags flags,
                                         guint most,
                                         GError **error);
/* Whether records are not in the index yet, so that more may be found in a moment. */
gboolean madang_record_store_is_indexing (MadangRecordStore *self);
/* For the writing connection, outside of a transaction: brings up to n_rows records more into the
 * index. *more: some are left. */
gboolean madang_record_store_index_some (MadangRecordStore *self,
                                         guint n_rows,
                                         gboolean *more,
                                         GError **error);
/* Makes sure that nothing of removed records is left in the index either. Outside of a
 * transaction; writes the whole index anew. */
gboolean madang_record_store_forget_removed (MadangRecordStore *self, GError **error);

G_END_DECLS
