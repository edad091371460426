/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-field-row.h"

G_BEGIN_DECLS

/**
 * MadangEntryRow:
 *
 * A row with a one-line entry; a subclass says how its text is read and written.
 */
#define MADANG_TYPE_ENTRY_ROW (madang_entry_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (MadangEntryRow, madang_entry_row, MADANG, ENTRY_ROW, MadangFieldRow)

struct _MadangEntryRowClass
{
  MadangFieldRowClass parent_class;

  /* text is clean and not empty. NULL: it cannot be read. Floating reference or full. */
  GVariant *(*parse) (MadangEntryRow *self, const char *text);
  char *(*format) (MadangEntryRow *self, GVariant *value);
  const char *problem; /* msgid: what a readable text looks like (nullable) */
};

GtkEntry *madang_entry_row_get_entry (MadangEntryRow *self);
/* A widget after the entry, shown while the row is editable. */
void madang_entry_row_add_suffix (MadangEntryRow *self, GtkWidget *suffix);
/* As if the person had typed it. */
void madang_entry_row_enter (MadangEntryRow *self, GVariant *value);

G_END_DECLS
