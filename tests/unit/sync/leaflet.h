/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* A small kind that the product does not have: title (at most 20 characters), count, rows (pos,
 * text); states draft and submitted; the event submit looks at what was seen. */
void leaflet_register (void);
/* A draft of "agency:a". */
MadangRecord *leaflet_new (const char *title);
void leaflet_set_text (MadangRecord *record, const char *field, const char *text);

G_END_DECLS
