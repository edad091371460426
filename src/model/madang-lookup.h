/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "madang-record.h"

G_BEGIN_DECLS

/**
 * MadangLookup:
 *
 * How rules see other records. The store implements it for both sides. Where the scope that
 * decides is not held completely, each() and sum() answer FALSE and the rule says "unknown".
 * Used on the thread of the transaction that asks.
 */
#define MADANG_TYPE_LOOKUP (madang_lookup_get_type ())
G_DECLARE_INTERFACE (MadangLookup, madang_lookup, MADANG, LOOKUP, GObject)

/* Return FALSE to stop. */
typedef gboolean (*MadangLookupFunc) (MadangRecord *record, gpointer user_data);

struct _MadangLookupInterface
{
  GTypeInterface parent;
  MadangRecord *(*get) (MadangLookup *self, const char *kind, const char *id);
  gboolean (*each) (MadangLookup *self,
                    const char *kind,
                    const char *field,
                    GVariant *value,
                    const char *within,
                    MadangLookupFunc func,
                    gpointer user_data);
  gboolean (*sum) (MadangLookup *self,
                   const char *kind,
                   const char *field,
                   GVariant *value,
                   const char *within,
                   const char *sum_field,
                   gint64 *sum);
};

/* (transfer full) (nullable): NULL also when it is not held here. */
MadangRecord *madang_lookup_get (MadangLookup *self, const char *kind, const char *id);
/* Calls func for each live record of kind whose indexed field equals value (field NULL: all).
 * within: the scope that must be held for the answer to be complete. FALSE: not held. */
gboolean madang_lookup_each (MadangLookup *self,
                             const char *kind,
                             const char *field,
                             GVariant *value,
                             const char *within,
                             MadangLookupFunc func,
                             gpointer user_data);
gboolean madang_lookup_sum (MadangLookup *self,
                            const char *kind,
                            const char *field,
                            GVariant *value,
                            const char *within,
                            const char *sum_field,
                            gint64 *sum);

G_END_DECLS
