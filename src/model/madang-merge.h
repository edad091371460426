/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/**
 * MadangEdit:
 *
 * One changed value: where, what the person saw, what the person wants. A long value that was
 * seen may be given by its digest instead.
 */
typedef struct
{
  char *path;
  GVariant *from;    /* (nullable): it was unset */
  char *from_digest; /* (nullable): madang_value_digest() of what was seen, instead of .from */
  GVariant *to;      /* (nullable): unset it */
} MadangEdit;

MadangEdit *madang_edit_new (const char *path, GVariant *from, GVariant *to);
MadangEdit *madang_edit_copy (const MadangEdit *self);
void madang_edit_free (MadangEdit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangEdit, madang_edit_free)

typedef enum
{
  MADANG_MERGE_APPLIED,
  MADANG_MERGE_UNCHANGED, /* it already had that value */
  MADANG_MERGE_CONFLICT,  /* someone else changed it; the record keeps their value */
  MADANG_MERGE_REFUSED,   /* the path or the type of the value is wrong */
} MadangMergeOutcome;

/* Applies one edit to the record by the merge rule of its field. seen_version: the version of
 * the part that the edit is based on, for MADANG_MERGE_NEVER. Pure. */
MadangMergeOutcome
madang_merge_edit (MadangRecord *record, const MadangEdit *edit, gint64 seen_version);
/* Applies a batch: the edits of an ATOMIC group together or not at all. outcomes has one entry
 * per edit. */
void madang_merge_edits (MadangRecord *record,
                         GPtrArray *edits,
                         const gint64 seen_versions[MADANG_N_PARTS],
                         MadangMergeOutcome *outcomes);
char *madang_value_digest (GVariant *value);
gboolean madang_value_equal (GVariant *a, GVariant *b); /* NULL equals NULL */

G_END_DECLS
