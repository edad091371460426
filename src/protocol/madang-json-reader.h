/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-json-text.h"
#include "madang-kind.h"

G_BEGIN_DECLS

/**
 * MadangJsonReader:
 *
 * Takes the members of an object one by one, checking the type of each. The first that is
 * missing or wrong sets the error; from then on every function answers with nothing, so that
 * a reader of a message needs one check, at its end. Members that nobody asks for are ignored.
 * It points into the text, which must have been scanned, and makes no tree of it.
 *
 * Private to this folder.
 */
typedef struct
{
  GArray *members; /* (owned) (nullable): MadangJsonMember */
  GError *error;   /* (owned) (nullable) */
} MadangJsonReader;

#define MADANG_JSON_READER_INIT                                                                    \
  {                                                                                                \
    NULL, NULL                                                                                     \
  }

/* Whether a text has the form that its place asks for. */
typedef gboolean (*MadangJsonForm) (const char *text);

/* FALSE, with the error set: no object. */
gboolean madang_json_reader_open (MadangJsonReader *self, MadangJsonSlice object);
/* Scans the bytes first. */
gboolean madang_json_reader_open_bytes (MadangJsonReader *self, GBytes *bytes);
/* Moves the error, if there is one, and says whether there was none. */
gboolean madang_json_reader_finish (MadangJsonReader *self, GError **error);
void madang_json_reader_clear (MadangJsonReader *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadangJsonReader, madang_json_reader_clear)

/* The first error stays. */
void madang_json_reader_refuse (MadangJsonReader *self, const char *name, const char *what);

/* All members, for objects whose names are data. */
guint madang_json_reader_count (const MadangJsonReader *self);
char *madang_json_reader_dup_name (const MadangJsonReader *self, guint i);
char *madang_json_reader_dup_text (MadangJsonReader *self, guint i, MadangJsonForm form);

/* Present and not null. */
gboolean madang_json_reader_has (const MadangJsonReader *self, const char *name);
char *madang_json_read_text (MadangJsonReader *self, const char *name, MadangJsonForm form);
char *
madang_json_read_optional_text (MadangJsonReader *self, const char *name, MadangJsonForm form);
/* NULL-terminated, at most most texts. */
GStrv
madang_json_read_texts (MadangJsonReader *self, const char *name, MadangJsonForm form, guint most);
gint64
madang_json_read_integer (MadangJsonReader *self, const char *name, gint64 least, gint64 greatest);
gboolean madang_json_read_boolean (MadangJsonReader *self, const char *name);
/* FALSE when it is missing. */
gboolean madang_json_read_flag (MadangJsonReader *self, const char *name);
/* A pair of numbers that are not negative. */
void madang_json_read_versions (MadangJsonReader *self,
                                const char *name,
                                gint64 versions[MADANG_N_PARTS]);
/* The text of the value; its .text is NULL on error. */
MadangJsonSlice madang_json_read_slice (MadangJsonReader *self, const char *name);
/* MadangJsonSlice of each element; NULL on error. */
GArray *madang_json_read_elements (MadangJsonReader *self, const char *name, guint most);

G_END_DECLS
