/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MADANG_TEXT_LINE, /* one line: line breaks and tabs become spaces */
  MADANG_TEXT_BLOCK /* line breaks stay; CR LF, CR, U+2028 and U+2029 become LF, tabs a space */
} MadangTextShape;

/* Text is kept in Unicode NFC, trimmed, without control characters, without bidirectional
 * overrides and zero-width marks other than the joiners that emoji need. */

char *madang_text_clean (const char *input, gssize length, MadangTextShape shape);
gboolean madang_text_is_clean (const char *text, MadangTextShape shape);
glong madang_text_count (const char *text);
const char *
madang_text_particle (const char *word, const char *after_consonant, const char *after_vowel);
char *madang_text_settle_particles (const char *text);

G_END_DECLS
