/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record-store.h"

G_BEGIN_DECLS

/**
 * MadangSystemEntry:
 *
 * A row of the table of agencies and systems: a system with what was observed of it last, or an
 * agency that has none. There are few of them; they are read whole.
 */
typedef struct
{
  MadangRecord *agency;      /* (owned) */
  MadangRecord *system;      /* (owned) (nullable) */
  MadangRecord *newest;      /* (owned) (nullable): the newest observation */
  MadangRecord *application; /* (owned) (nullable): the newest that is held here */
} MadangSystemEntry;

/* (transfer full) (element-type MadangSystemEntry): districts first, in the order of their codes.
 * agency (nullable): only this one. */
GPtrArray *madang_system_entry_list (MadangRecordStore *records, const char *agency);
void madang_system_entry_free (MadangSystemEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangSystemEntry, madang_system_entry_free)

/* The observations of a system, newest first: of two of one day the one that was made later.
 * (transfer full) (element-type MadangRecord). limit: 0 for all. */
GPtrArray *
madang_system_entry_find_observations (MadangRecordStore *records, const char *system, guint limit);

/* The record of the entry that says something about the field: the newest observation before the
 * system, that before the agency. (nullable) */
MadangRecord *madang_system_entry_find_holder (const MadangSystemEntry *self, const char *field);
/* The text of a field, such as the name of a choice; "" when nothing is said. "application" is the
 * state of the application. */
const char *madang_system_entry_get_text (const MadangSystemEntry *self, const char *field);
/* As people read it. "agency" is its name, "observed" the day and the source of what is shown. */
char *madang_system_entry_dup_display (const MadangSystemEntry *self, const char *field);
/* What a row is called: agency and system. It is newly allocated. */
char *madang_system_entry_dup_name (const MadangSystemEntry *self);
/* The item of a list that stands for the entry: its system, or its agency. */
MadangRecord *madang_system_entry_get_item (const MadangSystemEntry *self);
/* Whether what is typed stands in the names, the department or the note: as part of a text, as
 * initial consonants, or with a last syllable that is still being typed. NULL and "" find
 * everything. */
gboolean madang_system_entry_matches (const MadangSystemEntry *self, const char *typed);

G_END_DECLS
