/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-cache.h"

G_BEGIN_DECLS

/* Rough text: what stands in a form and is no value of its field, so that it is no part of the
 * record and is never sent. It is kept on this device, and goes with the record or a part of it. */

#define MADANG_ROUGH_MOST 65536 /* bytes of a field; what is longer loses its end */

/* texts: "a{sms}", by field; nothing: there is none any more. Of a record that is not here nothing
 * is kept. */
gboolean
madang_rough_keep (MadangCache *cache, const char *record, GVariant *texts, GError **error);
/* (transfer full): field -> text, maybe empty. */
GHashTable *madang_rough_load (MadangRecordStore *records, const char *record, GError **error);

G_END_DECLS
