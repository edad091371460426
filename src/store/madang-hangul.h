/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The parts of Hangul syllables; consonants are compatibility letters (ㄱ), as a keyboard writes
 * them when they stand alone. */

gboolean madang_hangul_is_syllable (gunichar c);
/* Whether a syllable may begin with it. */
gboolean madang_hangul_is_initial (gunichar c);
/* The consonant that the syllable begins with; any other character is its own. */
gunichar madang_hangul_get_initial (gunichar c);
/* The syllable without its final consonant. */
gunichar madang_hangul_get_open (gunichar syllable);
gboolean madang_hangul_is_open (gunichar syllable);
/* The final consonants of a syllable: 0 to 2 of them, the rest are 0. */
void madang_hangul_get_finals (gunichar syllable, gunichar finals[2]);
/* The syllable with the first of its two final consonants only, or without its single one. */
gunichar madang_hangul_drop_last (gunichar syllable);
/* A consonant, also one that is written as two (ㄳ) or is meant to be joined (U+1100), as one or
 * two compatibility letters; 0: it is no such letter. The second may be 0. */
gboolean madang_hangul_split_consonant (gunichar c, gunichar parts[2]);
/* Whether b is what a becomes when one more consonant is typed: 달, 닭. */
gboolean madang_hangul_gains_final (gunichar a, gunichar b);

G_END_DECLS
