/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record-store.h"
#include "madang-search-index.h"

G_BEGIN_DECLS

/* Between the files of the record store. */

/* FALSE with no error: func stopped it. */
gboolean madang_record_store_each (MadangRecordStore *self,
                                   const MadangQuery *query,
                                   MadangLookupFunc func,
                                   gpointer user_data,
                                   GError **error);
/* (nullable): only a client has one. */
MadangSearchIndex *madang_record_store_get_search_index (MadangRecordStore *self);
void madang_record_store_lookup_init (MadangLookupInterface *iface);

G_END_DECLS
