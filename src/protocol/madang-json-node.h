/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "madang-json-text.h"
#include "madang-kind.h"

G_BEGIN_DECLS

/* Private to this folder: the only way to json-glib. */

/* Scans, then parses. The result is (transfer full). */
JsonNode *madang_json_parse (const char *text, gsize length, GError **error);
/* The same for a text that must be an object. */
JsonNode *madang_json_parse_object (const char *text, gsize length, GError **error);
JsonNode *madang_json_parse_bytes (GBytes *bytes, GError **error);
/* Takes an object that has been scanned and cuts the value of one member out before parsing what
 * is left: it may be large and is wanted as text. The slice stays empty when there is no such
 * member. */
JsonNode *madang_json_parse_without (const char *text, gsize length, const char *name,
                                     MadangJsonSlice *value, GError **error);
/* Canonical: members in byte order, no white space. */
void madang_json_append_node (GString *json, JsonNode *node);

/**
 * MadangJsonReader:
 *
 * Takes the members of an object one by one, checking the type of each. The first that is
 * missing or wrong sets the error; from then on every function answers with nothing, so that
 * a reader of a message needs one check, at its end. Members that nobody asks for are ignored.
 */
typedef struct
{
  JsonObject *object; /* (borrowed) */
  GError *error;      /* (owned) (nullable) */
} MadangJsonReader;

/* Whether a text has the form that its place asks for. */
typedef gboolean (*MadangJsonForm) (const char *text);

/* Moves the error, if there is one, and says whether there was none. */
gboolean madang_json_reader_finish (MadangJsonReader *self, GError **error);
void madang_json_reader_refuse (MadangJsonReader *self, const char *name, const char *what);
/* Present and not null. */
gboolean madang_json_reader_has (MadangJsonReader *self, const char *name);
char *madang_json_read_text (MadangJsonReader *self, const char *name, MadangJsonForm form);
char *madang_json_read_optional_text (MadangJsonReader *self, const char *name,
                                      MadangJsonForm form);
/* NULL-terminated, at most most texts. */
GStrv madang_json_read_texts (MadangJsonReader *self, const char *name, MadangJsonForm form,
                              guint most);
gint64 madang_json_read_integer (MadangJsonReader *self, const char *name, gint64 least,
                                 gint64 greatest);
gboolean madang_json_read_boolean (MadangJsonReader *self, const char *name);
/* FALSE when it is missing. */
gboolean madang_json_read_flag (MadangJsonReader *self, const char *name);
/* A pair of numbers that are not negative. */
void madang_json_read_versions (MadangJsonReader *self, const char *name,
                                gint64 versions[MADANG_N_PARTS]);
/* Borrowed; NULL on error. */
JsonObject *madang_json_read_object (MadangJsonReader *self, const char *name);
JsonArray *madang_json_read_array (MadangJsonReader *self, const char *name);

G_END_DECLS
