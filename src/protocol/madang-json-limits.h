/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to this folder. */

/* What may differ from one text to the other; the rest stands in madang-wire-limits.h. */
typedef struct
{
  gsize bytes;
  guint values; /* of every depth: bounds the memory that a tree of them takes */
} MadangJsonLimits;

/* madang_json_scan() for a text that may be larger than a line. */
gboolean madang_json_scan_within (const char *text,
                                  gsize length,
                                  const MadangJsonLimits *limits,
                                  GError **error);

G_END_DECLS
