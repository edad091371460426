/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-form.h"
#include "madang-system-entry.h"

G_BEGIN_DECLS

/**
 * MadangPrefill:
 *
 * What is known of an agency's system, put into the fields of an application that are still empty.
 * It can be taken back: what was filled and is still as it was filled becomes empty again.
 */
typedef struct _MadangPrefill MadangPrefill;

/* The labels of the fields that would be filled. (transfer full), NULL: none. */
GStrv madang_prefill_dup_labels (MadangForm *form, const MadangSystemEntry *entry);
/* NULL: nothing was filled. */
MadangPrefill *madang_prefill_run (MadangForm *form, const MadangSystemEntry *entry);
/* Whether the form still shows the application that was filled. */
gboolean madang_prefill_is_of (MadangPrefill *self, MadangForm *form);
/* Whether the fields may still be written. */
gboolean madang_prefill_may_undo (MadangPrefill *self);
void madang_prefill_undo (MadangPrefill *self);
void madang_prefill_free (MadangPrefill *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangPrefill, madang_prefill_free)

G_END_DECLS
