/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-form.h"
#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangAutosave:
 *
 * Hands what is typed into a form over to sync: one second after the first unsaved key, when the
 * focus leaves the form, and when asked. There is no button for it. What cannot be saved as it is
 * is kept on this device as it stands, and put back when the record is shown again.
 *
 * Properties (read-only): "saving" (boolean: something typed is not yet durable), "failure"
 * (string, nullable: the sentence about why the last write failed; it is tried again).
 */
#define MADANG_TYPE_AUTOSAVE (madang_autosave_get_type ())
G_DECLARE_FINAL_TYPE (MadangAutosave, madang_autosave, MADANG, AUTOSAVE, GObject)

MadangAutosave *madang_autosave_new (MadangForm *form, MadangSync *sync);
/* Sends all that is valid now; writes keep their order. */
void madang_autosave_flush (MadangAutosave *self);
/* Shows the record as it is in the cache now, or right after the writes under way. */
void madang_autosave_reload (MadangAutosave *self);
gboolean madang_autosave_get_saving (MadangAutosave *self);
const char *madang_autosave_get_failure (MadangAutosave *self);

G_END_DECLS
