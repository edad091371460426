/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-lookup.h"

G_DEFINE_INTERFACE (MadangLookup, madang_lookup, G_TYPE_OBJECT)

static void
madang_lookup_default_init (MadangLookupInterface *interface)
{
}

MadangRecord *
madang_lookup_get (MadangLookup *self, const char *kind, const char *id)
{
  g_return_val_if_fail (MADANG_IS_LOOKUP (self) && kind != NULL && id != NULL, NULL);

  return MADANG_LOOKUP_GET_IFACE (self)->get (self, kind, id);
}

gboolean
madang_lookup_each (MadangLookup *self,
                    const char *kind,
                    const char *field,
                    GVariant *value,
                    const char *within,
                    MadangLookupFunc func,
                    gpointer user_data)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;

  g_return_val_if_fail (MADANG_IS_LOOKUP (self) && kind != NULL && func != NULL, FALSE);
  g_return_val_if_fail (within != NULL, FALSE);

  return MADANG_LOOKUP_GET_IFACE (self)->each (self, kind, field, owned, within, func, user_data);
}

gboolean
madang_lookup_sum (MadangLookup *self,
                   const char *kind,
                   const char *field,
                   GVariant *value,
                   const char *within,
                   const char *sum_field,
                   gint64 *sum)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;

  g_return_val_if_fail (MADANG_IS_LOOKUP (self) && kind != NULL && within != NULL, FALSE);
  g_return_val_if_fail (sum_field != NULL && sum != NULL, FALSE);

  return MADANG_LOOKUP_GET_IFACE (self)->sum (self, kind, field, owned, within, sum_field, sum);
}
