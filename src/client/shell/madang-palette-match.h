/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How well what a person types fits a text: 0 is best, -1 is not at all. Every word typed must be
 * there. Initial consonants stand for their syllables ("ㅅㅊㅅ" for "신청서"), and a last syllable
 * that is still being composed fits what it can become ("신처" and "신청", "실" and "시리"). */
#define MADANG_PALETTE_WORST 8 /* more than any rank */

int madang_palette_match (const char *typed, const char *text);

G_END_DECLS
