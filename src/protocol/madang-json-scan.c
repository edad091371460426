/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-scan.h"
#include "madang-json-limits.h"
#include "madang-json-scalar.h"
#include "madang-json-text.h"
#include "madang-wire-limits.h"

#include <string.h>

/* A member name of an open object, without its quotes and escapes. */
typedef struct
{
  const char *text; /* (borrowed): into the scanned text, or .decoded */
  gsize length;
  char *decoded; /* (owned) (nullable): when the name is written with escapes */
} Name;

/* An open object or array. */
typedef struct
{
  gboolean is_object;
  gboolean ascending; /* the names came in rising order: none can be there twice */
  guint first_name;   /* where its names begin in Scan.names */
  guint count;        /* members or elements so far */
} Container;

typedef struct
{
  MadangJsonCursor cursor;
  const MadangJsonLimits *limits;
  Container open[MADANG_WIRE_MAX_DEPTH];
  guint depth;
  guint values;
  GArray *names; /* (owned) (nullable): Name */
} Scan;

static const MadangJsonLimits line_limits = { MADANG_WIRE_MAX_LINE, MADANG_WIRE_MAX_VALUES };

static void
clear_name (gpointer data)
{
  Name *name = data;

  g_free (name->decoded);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const Name *left = a;
  const Name *right = b;
  int order = memcmp (left->text, right->text, MIN (left->length, right->length));

  if (order != 0)
    return order;
  return (left->length > right->length) - (left->length < right->length);
}

static gboolean
refuse (Scan *scan, MadangErrorCode code, const char *what)
{
  return madang_json_refuse (&scan->cursor, code, what);
}

static inline gboolean
is_at_end (const Scan *scan)
{
  return scan->cursor.at == scan->cursor.end;
}

static void
skip_space (Scan *scan)
{
  const char *at = scan->cursor.at;

  while (at < scan->cursor.end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
    at++;
  scan->cursor.at = at;
}

static gboolean
scan_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(scan->cursor.end - scan->cursor.at) < length
      || memcmp (scan->cursor.at, word, length) != 0)
    return refuse (scan, MADANG_ERROR_INVALID, "an unknown word");
  scan->cursor.at += length;
  return TRUE;
}

static void
push_name (Scan *scan, Container *object, const MadangJsonString *string)
{
  Name name = { string->text, string->length, NULL };

  if (string->decoded != string->length)
    {
      name.decoded = madang_json_decode_string (string->text, string->length, &name.length);
      name.text = name.decoded;
    }
  if (scan->names == NULL)
    {
      scan->names = g_array_sized_new (FALSE, FALSE, sizeof (Name), 64);
      g_array_set_clear_func (scan->names, clear_name);
    }
  if (object->ascending && scan->names->len > object->first_name)
    object->ascending
        = compare_names (&g_array_index (scan->names, Name, scan->names->len - 1), &name) < 0;
  g_array_append_val (scan->names, name);
}

static gboolean
scan_name (Scan *scan)
{
  MadangJsonString string;

  skip_space (scan);
  if (is_at_end (scan) || *scan->cursor.at != '"')
    return refuse (scan, MADANG_ERROR_INVALID, "no member name");
  if (!madang_json_scan_string (&scan->cursor, &string))
    return FALSE;
  push_name (scan, &scan->open[scan->depth - 1], &string);
  skip_space (scan);
  if (is_at_end (scan) || *scan->cursor.at != ':')
    return refuse (scan, MADANG_ERROR_INVALID, "no colon behind a member name");
  scan->cursor.at++;
  return TRUE;
}

/* Before each member or element. */
static gboolean
begin_item (Scan *scan)
{
  Container *container = &scan->open[scan->depth - 1];

  if (++container->count > MADANG_WIRE_MAX_MEMBERS)
    return refuse (scan, MADANG_ERROR_TOO_LARGE, "too many members");
  return container->is_object ? scan_name (scan) : TRUE;
}

static gboolean
close_container (Scan *scan)
{
  Container *container = &scan->open[scan->depth - 1];
  Name *names;
  guint count;

  scan->cursor.at++;
  scan->depth--;
  if (!container->is_object || container->count == 0)
    return TRUE;
  names = &g_array_index (scan->names, Name, container->first_name);
  count = scan->names->len - container->first_name;
  if (!container->ascending)
    {
      qsort (names, count, sizeof (Name), compare_names);
      for (guint i = 1; i < count; i++)
        if (compare_names (&names[i - 1], &names[i]) == 0)
          return refuse (scan, MADANG_ERROR_INVALID, "a member that is there twice");
    }
  g_array_set_size (scan->names, container->first_name);
  return TRUE;
}

/* On "{" or "[". *complete stays FALSE when a first member or element follows. */
static gboolean
open_container (Scan *scan, gboolean *complete)
{
  gboolean is_object = *scan->cursor.at == '{';

  if (scan->depth == MADANG_WIRE_MAX_DEPTH)
    return refuse (scan, MADANG_ERROR_TOO_LARGE, "too deep nesting");
  scan->open[scan->depth++] = (Container){ .is_object = is_object,
                                           .ascending = TRUE,
                                           .first_name = scan->names ? scan->names->len : 0 };
  scan->cursor.at++;
  skip_space (scan);
  if (!is_at_end (scan) && *scan->cursor.at == (is_object ? '}' : ']'))
    {
      *complete = TRUE;
      return close_container (scan);
    }
  *complete = FALSE;
  return begin_item (scan);
}

static gboolean
scan_value (Scan *scan, gboolean *complete)
{
  MadangJsonString string;

  *complete = TRUE;
  skip_space (scan);
  if (is_at_end (scan))
    return refuse (scan, MADANG_ERROR_INVALID, "no value");
  if (++scan->values > scan->limits->values)
    return refuse (scan, MADANG_ERROR_TOO_LARGE, "too many values");
  switch (*scan->cursor.at)
    {
    case '{':
    case '[':
      return open_container (scan, complete);
    case '"':
      return madang_json_scan_string (&scan->cursor, &string);
    case 't':
      return scan_word (scan, "true");
    case 'f':
      return scan_word (scan, "false");
    case 'n':
      return scan_word (scan, "null");
    default:
      return madang_json_scan_number (&scan->cursor);
    }
}

/* Behind a whole value: closes what ends here. *more: the next member or element follows. */
static gboolean
scan_behind_value (Scan *scan, gboolean *more)
{
  *more = FALSE;
  while (scan->depth > 0)
    {
      skip_space (scan);
      if (is_at_end (scan))
        return refuse (scan, MADANG_ERROR_INVALID, "the end inside an object or array");
      if (*scan->cursor.at == ',')
        {
          scan->cursor.at++;
          *more = TRUE;
          return begin_item (scan);
        }
      if (*scan->cursor.at != (scan->open[scan->depth - 1].is_object ? '}' : ']'))
        return refuse (scan, MADANG_ERROR_INVALID, "no comma and no end behind a value");
      if (!close_container (scan))
        return FALSE;
    }
  return TRUE;
}

static gboolean
scan_text (Scan *scan)
{
  gboolean more = TRUE;

  while (more)
    {
      gboolean complete;

      if (!scan_value (scan, &complete))
        return FALSE;
      if (complete && !scan_behind_value (scan, &more))
        return FALSE;
    }
  skip_space (scan);
  if (!is_at_end (scan))
    return refuse (scan, MADANG_ERROR_INVALID, "something behind the value");
  return TRUE;
}

gboolean
madang_json_scan_within (const char *text,
                         gsize length,
                         const MadangJsonLimits *limits,
                         GError **error)
{
  Scan scan = { .limits = limits, .cursor.error = error };
  gboolean valid;

  scan.cursor.start = scan.cursor.at = length > 0 ? text : "";
  scan.cursor.end = scan.cursor.start + length;
  if (length > limits->bytes)
    return refuse (&scan, MADANG_ERROR_TOO_LARGE, "too long a text");
  valid = scan_text (&scan);
  g_clear_pointer (&scan.names, g_array_unref);
  return valid;
}

gboolean
madang_json_scan (const char *text, gsize length, GError **error)
{
  return madang_json_scan_within (text, length, &line_limits, error);
}
