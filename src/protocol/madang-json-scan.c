/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-scan.h"
#include "madang-json-limits.h"
#include "madang-json-text.h"

#include "madang-error.h"
#include "madang-wire-limits.h"

#include <math.h>
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
  const char *start;
  const char *at;
  const char *end;
  const MadangJsonLimits *limits;
  Container open[MADANG_WIRE_MAX_DEPTH];
  guint depth;
  guint values;
  GArray *names; /* (owned): Name */
  GError **error;
} Scan;

/* What a scanned string looks like between its quotes. */
typedef struct
{
  const char *text;
  gsize length;  /* as written */
  gsize decoded; /* without escapes */
} String;

static const MadangJsonLimits line_limits = { MADANG_WIRE_MAX_LINE, MADANG_WIRE_MAX_VALUES };

static gboolean
refuse (Scan *scan, MadangErrorCode code, const char *what)
{
  g_set_error (scan->error, MADANG_ERROR, code, "JSON: %s at byte %" G_GSIZE_FORMAT, what,
               (gsize)(scan->at - scan->start));
  return FALSE;
}

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

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end
         && (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' || *scan->at == '\t'))
    scan->at++;
}

/* --- strings -------------------------------------------------------------------------------- */

#define REPEAT(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))
#define HAS_ZERO(word) (((word)-REPEAT (0x01)) & ~(word)&REPEAT (0x80))
#define HAS_LESS(word, n) (((word)-REPEAT (n)) & ~(word)&REPEAT (0x80))

/* Eight bytes at a time while nothing in them needs a look. */
static const char *
skip_plain (const char *at, const char *end)
{
  while (end - at >= 8)
    {
      guint64 word;

      memcpy (&word, at, sizeof word);
      if ((word & REPEAT (0x80)) || HAS_LESS (word, 0x20) || HAS_ZERO (word ^ REPEAT ('"'))
          || HAS_ZERO (word ^ REPEAT ('\\')))
        break;
      at += 8;
    }
  while (at < end && (guchar)*at >= 0x20 && (guchar)*at < 0x80 && *at != '"' && *at != '\\')
    at++;
  return at;
}

static inline gboolean
is_continuation (char byte)
{
  return ((guchar)byte & 0xC0) == 0x80;
}

/* How long the UTF-8 sequence at a byte above 0x7F is; 0: it is not well-formed. The second
 * byte's range keeps out overlong forms, surrogates and what is above U+10FFFF. */
static inline gsize
measure_sequence (const char *at, const char *end)
{
  guchar first = (guchar)at[0];
  guchar second = end - at >= 2 ? (guchar)at[1] : 0;

  if (first < 0xC2 || first > 0xF4 || (second & 0xC0) != 0x80)
    return 0;
  if (first < 0xE0)
    return 2;
  if (end - at < 3 || !is_continuation (at[2]))
    return 0;
  if (first < 0xF0)
    return (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ? 0 : 3;
  if (end - at < 4 || !is_continuation (at[3]))
    return 0;
  return (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F) ? 0 : 4;
}

static gboolean
scan_sequences (Scan *scan)
{
  while (scan->at < scan->end && (guchar)*scan->at >= 0x80)
    {
      gsize length = measure_sequence (scan->at, scan->end);

      if (length == 0)
        return refuse (scan, MADANG_ERROR_INVALID, "bytes that are not UTF-8");
      scan->at += length;
    }
  return TRUE;
}

/* The value of four hexadecimal digits, or -1. */
static int
read_hexadecimal (const char *at, const char *end)
{
  int value = 0;

  if (end - at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* After "\u". Two escapes that form a pair are taken together. */
static gboolean
scan_unicode_escape (Scan *scan, gsize *decoded)
{
  int unit = read_hexadecimal (scan->at, scan->end);

  if (unit < 0)
    return refuse (scan, MADANG_ERROR_INVALID, "a bad \\u escape");
  if (unit == 0)
    return refuse (scan, MADANG_ERROR_INVALID, "a zero character");
  scan->at += 4;
  *decoded += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  if ((unit & 0xF800) != 0xD800)
    return TRUE;
  if (unit < 0xDC00 && scan->end - scan->at >= 6 && scan->at[0] == '\\' && scan->at[1] == 'u'
      && (read_hexadecimal (scan->at + 2, scan->end) & ~0x3FF) == 0xDC00)
    {
      scan->at += 6;
      *decoded += 1;
      return TRUE;
    }
  return refuse (scan, MADANG_ERROR_INVALID, "half a surrogate pair");
}

static gboolean
scan_escape (Scan *scan, gsize *decoded)
{
  scan->at++;
  if (scan->at == scan->end)
    return refuse (scan, MADANG_ERROR_INVALID, "the end inside a string");
  switch (*scan->at)
    {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      scan->at++;
      *decoded += 1;
      return TRUE;
    case 'u':
      scan->at++;
      return scan_unicode_escape (scan, decoded);
    default:
      return refuse (scan, MADANG_ERROR_INVALID, "an unknown escape");
    }
}

/* From the opening quote to behind the closing one. */
static gboolean
scan_string (Scan *scan, String *string)
{
  const char *plain = ++scan->at;

  string->text = plain;
  string->decoded = 0;
  while (TRUE)
    {
      scan->at = skip_plain (scan->at, scan->end);
      if (scan->at < scan->end && (guchar)*scan->at >= 0x80)
        {
          if (!scan_sequences (scan))
            return FALSE;
          continue;
        }
      string->decoded += scan->at - plain;
      if (scan->at == scan->end)
        return refuse (scan, MADANG_ERROR_INVALID, "the end inside a string");
      if (*scan->at == '"')
        break;
      if (*scan->at != '\\')
        return refuse (scan, MADANG_ERROR_INVALID, "a control character inside a string");
      if (!scan_escape (scan, &string->decoded))
        return FALSE;
      plain = scan->at;
    }
  string->length = scan->at - string->text;
  scan->at++;
  if (string->decoded > MADANG_WIRE_MAX_STRING)
    return refuse (scan, MADANG_ERROR_TOO_LARGE, "too long a string");
  return TRUE;
}

/* --- numbers -------------------------------------------------------------------------------- */

static gsize
skip_digits (Scan *scan)
{
  const char *first = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return scan->at - first;
}

static gboolean
check_integer (Scan *scan, const char *digits, gboolean negative)
{
  guint64 limit = negative ? (guint64)G_MAXINT64 + 1 : G_MAXINT64;
  guint64 value = 0;

  for (const char *at = digits; at < scan->at; at++)
    {
      guint64 digit = *at - '0';

      if (value > (limit - digit) / 10)
        return refuse (scan, MADANG_ERROR_INVALID, "an integer outside 64 bits");
      value = value * 10 + digit;
    }
  return TRUE;
}

static gboolean
check_real (Scan *scan, const char *number)
{
  char copy[MADANG_WIRE_MAX_NUMBER + 1];

  memcpy (copy, number, scan->at - number);
  copy[scan->at - number] = '\0';
  if (!isfinite (g_ascii_strtod (copy, NULL)))
    return refuse (scan, MADANG_ERROR_INVALID, "a number that is not finite");
  return TRUE;
}

/* Takes ".5" and "e-3" behind the integer digits; *real says whether one was there. */
static gboolean
scan_fraction_and_exponent (Scan *scan, gboolean *real)
{
  *real = FALSE;
  if (scan->at < scan->end && *scan->at == '.')
    {
      *real = TRUE;
      scan->at++;
      if (skip_digits (scan) == 0)
        return refuse (scan, MADANG_ERROR_INVALID, "a point without digits");
    }
  if (scan->at < scan->end && (*scan->at == 'e' || *scan->at == 'E'))
    {
      *real = TRUE;
      scan->at++;
      if (scan->at < scan->end && (*scan->at == '+' || *scan->at == '-'))
        scan->at++;
      if (skip_digits (scan) == 0)
        return refuse (scan, MADANG_ERROR_INVALID, "an exponent without digits");
    }
  return TRUE;
}

static gboolean
scan_number (Scan *scan)
{
  const char *number = scan->at;
  gboolean negative = *number == '-';
  const char *digits = number + (negative ? 1 : 0);
  gboolean real;
  gsize count;

  scan->at = digits;
  count = skip_digits (scan);
  if (count == 0 || (count > 1 && *digits == '0'))
    return refuse (scan, MADANG_ERROR_INVALID, "a malformed number");
  if (!scan_fraction_and_exponent (scan, &real))
    return FALSE;
  if (!real)
    return check_integer (scan, digits, negative);
  if (scan->at - number > MADANG_WIRE_MAX_NUMBER)
    return refuse (scan, MADANG_ERROR_TOO_LARGE, "too long a number");
  return check_real (scan, number);
}

/* --- structure ------------------------------------------------------------------------------ */

static gboolean
scan_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return refuse (scan, MADANG_ERROR_INVALID, "an unknown word");
  scan->at += length;
  return TRUE;
}

static void
push_name (Scan *scan, Container *object, const String *string)
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
  String string;

  skip_space (scan);
  if (scan->at == scan->end || *scan->at != '"')
    return refuse (scan, MADANG_ERROR_INVALID, "no member name");
  if (!scan_string (scan, &string))
    return FALSE;
  push_name (scan, &scan->open[scan->depth - 1], &string);
  skip_space (scan);
  if (scan->at == scan->end || *scan->at != ':')
    return refuse (scan, MADANG_ERROR_INVALID, "no colon behind a member name");
  scan->at++;
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

  scan->at++;
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
  gboolean is_object = *scan->at == '{';

  if (scan->depth == MADANG_WIRE_MAX_DEPTH)
    return refuse (scan, MADANG_ERROR_TOO_LARGE, "too deep nesting");
  scan->open[scan->depth++] = (Container){ .is_object = is_object,
                                           .ascending = TRUE,
                                           .first_name = scan->names ? scan->names->len : 0 };
  scan->at++;
  skip_space (scan);
  if (scan->at < scan->end && *scan->at == (is_object ? '}' : ']'))
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
  String string;

  *complete = TRUE;
  skip_space (scan);
  if (scan->at == scan->end)
    return refuse (scan, MADANG_ERROR_INVALID, "no value");
  if (++scan->values > scan->limits->values)
    return refuse (scan, MADANG_ERROR_TOO_LARGE, "too many values");
  switch (*scan->at)
    {
    case '{':
    case '[':
      return open_container (scan, complete);
    case '"':
      return scan_string (scan, &string);
    case 't':
      return scan_word (scan, "true");
    case 'f':
      return scan_word (scan, "false");
    case 'n':
      return scan_word (scan, "null");
    default:
      return scan_number (scan);
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
      if (scan->at == scan->end)
        return refuse (scan, MADANG_ERROR_INVALID, "the end inside an object or array");
      if (*scan->at == ',')
        {
          scan->at++;
          *more = TRUE;
          return begin_item (scan);
        }
      if (*scan->at != (scan->open[scan->depth - 1].is_object ? '}' : ']'))
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
  if (scan->at != scan->end)
    return refuse (scan, MADANG_ERROR_INVALID, "something behind the value");
  return TRUE;
}

gboolean
madang_json_scan_within (const char *text,
                         gsize length,
                         const MadangJsonLimits *limits,
                         GError **error)
{
  Scan scan = { .limits = limits, .error = error };
  gboolean valid;

  scan.start = scan.at = length > 0 ? text : "";
  scan.end = scan.start + length;
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
