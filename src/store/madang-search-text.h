/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record-store.h"

G_BEGIN_DECLS

/* What is searched and what is looked for, as text; private to this folder. Spaces, punctuation
 * and case count for nothing on either side. A change of anything here needs a new
 * MADANG_SEARCH_TEXT_VERSION, so that every index is made anew. */
#define MADANG_SEARCH_TEXT_VERSION 1

/* How much is looked for in a value. */
typedef enum
{
  MADANG_SEARCH_LINE, /* also initial consonants and syllables that are being typed */
  MADANG_SEARCH_TEXT, /* long: only whole syllables, as initials alone would find everything */
} MadangSearchDepth;

/* Letters and digits only: Unicode NFC, case-folded, full-width forms made usual. */
char *madang_search_fold (const char *text);
/* Adds a value to a searched text, which is a row of such values. */
void madang_search_append (GString *searched, const char *value, MadangSearchDepth depth);

/* Tokens of a searched text: the filter that the index gives. Each is borrowed. Stops at and
 * returns the first value other than 0. */
typedef int (*MadangSearchTokenFunc) (gpointer user_data, const char *token, int length);
int madang_search_tokenize (const char *searched,
                            int length,
                            MadangSearchTokenFunc func,
                            gpointer user_data);

/* What a person typed, brought into shape; NULL when it has no letter and no digit. */
char *madang_search_pattern_new (const char *typed, MadangSearchFlags flags);
/* An expression of FTS5 that finds every searched text that matches, and perhaps others. */
char *madang_search_pattern_dup_expression (const char *pattern);
/* Whether the expression finds no others. */
gboolean madang_search_pattern_is_exact (const char *pattern);

/* A pattern that is held against many texts. */
typedef struct _MadangSearchMatcher MadangSearchMatcher;
MadangSearchMatcher *madang_search_matcher_new (const char *pattern);
void madang_search_matcher_free (MadangSearchMatcher *self);
gboolean madang_search_matcher_finds (const MadangSearchMatcher *self, const char *searched);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangSearchMatcher, madang_search_matcher_free)

G_END_DECLS
