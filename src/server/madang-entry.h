/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-save.h"

G_BEGIN_DECLS

/* Records that the server's own commands enter: no person's right stands behind them, but the
 * limits and the rule of the kind hold for them too. Errors: MADANG_ERROR_INVALID with the code of
 * the rule. */

/* Sinks a floating value. */
gboolean
madang_entry_set (MadangRecord *record, const char *field, GVariant *value, GError **error);
/* NULL and "" leave the field unset. */
gboolean
madang_entry_set_text (MadangRecord *record, const char *field, const char *text, GError **error);
/* Writes a new record in its home scope. */
gboolean madang_entry_create (const MadangSave *save, MadangRecord *record, GError **error);

G_END_DECLS
