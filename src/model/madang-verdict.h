/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MADANG_VERDICT_YES,
  MADANG_VERDICT_NO,     /* with a code: why not */
  MADANG_VERDICT_UNKNOWN /* the scope that decides is not held here: the server will say */
} MadangVerdictAnswer;

/**
 * MadangVerdict:
 *
 * What a rule says: an answer, the code of the rule and its arguments. Codes and arguments
 * travel over the wire and into the history; the sentence is made where a person reads it.
 * Arguments are field names, ISO days and decimal numbers as text. Immutable.
 */
typedef struct _MadangVerdict MadangVerdict;

MadangVerdict *madang_verdict_new_yes (void);
MadangVerdict *madang_verdict_new_no (const char *code, ...) G_GNUC_NULL_TERMINATED;
MadangVerdict *madang_verdict_new_no_strv (const char *code, const char *const *arguments);
MadangVerdict *madang_verdict_new_unknown (const char *code);
void madang_verdict_free (MadangVerdict *self);
MadangVerdictAnswer madang_verdict_get_answer (const MadangVerdict *self);
gboolean madang_verdict_is_yes (const MadangVerdict *self);
gboolean madang_verdict_is_no (const MadangVerdict *self);
const char *madang_verdict_get_code (const MadangVerdict *self);
const char *const *madang_verdict_get_arguments (const MadangVerdict *self);

/* The sentence in the language of the interface: short fact, then what to do. kind_name says
 * whose field names the arguments are; it may be NULL. */
char *madang_verdict_dup_text (const MadangVerdict *self, const char *kind_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangVerdict, madang_verdict_free)

G_END_DECLS
