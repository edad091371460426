/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-error.h"

G_BEGIN_DECLS

/* Private to this folder: the scanner's steps over one string or number. */

/* How far a text has been scanned. */
typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  GError **error;
} MadangJsonCursor;

/* What a scanned string looks like between its quotes. */
typedef struct
{
  const char *text;
  gsize length;  /* as written */
  gsize decoded; /* without escapes */
} MadangJsonString;

/* Sets the error; always FALSE. */
gboolean madang_json_refuse (MadangJsonCursor *cursor, MadangErrorCode code, const char *what);
/* From the opening quote to behind the closing one. */
gboolean madang_json_scan_string (MadangJsonCursor *cursor, MadangJsonString *string);
/* From a character that may be anything to behind the last one of the number. */
gboolean madang_json_scan_number (MadangJsonCursor *cursor);

G_END_DECLS
