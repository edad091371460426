/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* A small kind that the product does not have: title (line, at most 20), note (text), count
 * (integer), tags (set), seen (max), final (never), number (server), rows (pos, text), phone
 * (personal); states draft, submitted, received; events submit, which looks at what was seen,
 * withdraw, receive. */
void leaflet_register (void);
/* A draft of "agency:a". */
MadangRecord *leaflet_new (const char *title);
void leaflet_set_text (MadangRecord *record, const char *field, const char *text);

G_END_DECLS
