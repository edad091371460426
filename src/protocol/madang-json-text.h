/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to this folder: JSON as text. What is written here is canonical as long as members are
 * given in rising byte order; what is read here has passed madang_json_scan(). */

/* --- writing: every function puts the comma that is needed before it ---------------------- */
void madang_json_append_string (GString *json, const char *text);
void madang_json_append_real (GString *json, double number);
void madang_json_begin (GString *json, char bracket);
void madang_json_end (GString *json, char bracket);
/* An element of an array. */
void madang_json_add_element (GString *json, const char *raw);
void madang_json_add_text_element (GString *json, const char *text);
/* The name of a member; its value must be appended next. */
void madang_json_add_name (GString *json, const char *name);
void madang_json_add_raw (GString *json, const char *name, const char *raw);
void madang_json_add_text (GString *json, const char *name, const char *text);
/* Nothing at all when text is NULL. */
void madang_json_add_optional_text (GString *json, const char *name, const char *text);
void madang_json_add_texts (GString *json, const char *name, const char *const *texts);
void madang_json_add_integer (GString *json, const char *name, gint64 number);
void madang_json_add_boolean (GString *json, const char *name, gboolean value);

/* --- taking scanned text apart -------------------------------------------------------------- */

/* A piece of a text, borrowed. */
typedef struct
{
  const char *text;
  gsize length;
} MadangJsonSlice;

typedef struct
{
  MadangJsonSlice name; /* as written, without its quotes */
  MadangJsonSlice value;
} MadangJsonMember;

/* The text of a string, given without its quotes. */
char *madang_json_decode_string (const char *text, gsize length, gsize *decoded_length);
/* The members of an object: GArray of MadangJsonMember; NULL: no object. */
GArray *madang_json_split_object (MadangJsonSlice object);
/* The elements of an array: GArray of MadangJsonSlice; NULL: no array. */
GArray *madang_json_split_array (MadangJsonSlice array);

G_END_DECLS
