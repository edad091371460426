/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-scalar.h"
#include "madang-wire-limits.h"

#include <math.h>
#include <string.h>

gboolean
madang_json_refuse (MadangJsonCursor *cursor, MadangErrorCode code, const char *what)
{
  g_set_error (cursor->error, MADANG_ERROR, code, "JSON: %s at byte %" G_GSIZE_FORMAT, what,
               (gsize)(cursor->at - cursor->start));
  return FALSE;
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
scan_sequences (MadangJsonCursor *cursor)
{
  while (cursor->at < cursor->end && (guchar)*cursor->at >= 0x80)
    {
      gsize length = measure_sequence (cursor->at, cursor->end);

      if (length == 0)
        return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "bytes that are not UTF-8");
      cursor->at += length;
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
scan_unicode_escape (MadangJsonCursor *cursor, gsize *decoded)
{
  int unit = read_hexadecimal (cursor->at, cursor->end);

  if (unit < 0)
    return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "a bad \\u escape");
  if (unit == 0)
    return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "a zero character");
  cursor->at += 4;
  *decoded += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  if ((unit & 0xF800) != 0xD800)
    return TRUE;
  if (unit < 0xDC00 && cursor->end - cursor->at >= 6 && cursor->at[0] == '\\'
      && cursor->at[1] == 'u'
      && (read_hexadecimal (cursor->at + 2, cursor->end) & ~0x3FF) == 0xDC00)
    {
      cursor->at += 6;
      *decoded += 1;
      return TRUE;
    }
  return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "half a surrogate pair");
}

static gboolean
scan_escape (MadangJsonCursor *cursor, gsize *decoded)
{
  cursor->at++;
  if (cursor->at == cursor->end)
    return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "the end inside a string");
  switch (*cursor->at)
    {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      cursor->at++;
      *decoded += 1;
      return TRUE;
    case 'u':
      cursor->at++;
      return scan_unicode_escape (cursor, decoded);
    default:
      return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "an unknown escape");
    }
}

gboolean
madang_json_scan_string (MadangJsonCursor *cursor, MadangJsonString *string)
{
  const char *plain = ++cursor->at;

  string->text = plain;
  string->decoded = 0;
  while (TRUE)
    {
      cursor->at = skip_plain (cursor->at, cursor->end);
      if (cursor->at < cursor->end && (guchar)*cursor->at >= 0x80)
        {
          if (!scan_sequences (cursor))
            return FALSE;
          continue;
        }
      string->decoded += cursor->at - plain;
      if (cursor->at == cursor->end)
        return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "the end inside a string");
      if (*cursor->at == '"')
        break;
      if (*cursor->at != '\\')
        return madang_json_refuse (cursor, MADANG_ERROR_INVALID,
                                   "a control character inside a string");
      if (!scan_escape (cursor, &string->decoded))
        return FALSE;
      plain = cursor->at;
    }
  string->length = cursor->at - string->text;
  cursor->at++;
  if (string->decoded > MADANG_WIRE_MAX_STRING)
    return madang_json_refuse (cursor, MADANG_ERROR_TOO_LARGE, "too long a string");
  return TRUE;
}

/* --- numbers -------------------------------------------------------------------------------- */

static gsize
skip_digits (MadangJsonCursor *cursor)
{
  const char *first = cursor->at;

  while (cursor->at < cursor->end && g_ascii_isdigit (*cursor->at))
    cursor->at++;
  return cursor->at - first;
}

static gboolean
check_integer (MadangJsonCursor *cursor, const char *digits, gboolean negative)
{
  guint64 limit = negative ? (guint64)G_MAXINT64 + 1 : G_MAXINT64;
  guint64 value = 0;

  for (const char *at = digits; at < cursor->at; at++)
    {
      guint64 digit = *at - '0';

      if (value > (limit - digit) / 10)
        return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "an integer outside 64 bits");
      value = value * 10 + digit;
    }
  return TRUE;
}

static gboolean
check_real (MadangJsonCursor *cursor, const char *number)
{
  char copy[MADANG_WIRE_MAX_NUMBER + 1];

  memcpy (copy, number, cursor->at - number);
  copy[cursor->at - number] = '\0';
  if (!isfinite (g_ascii_strtod (copy, NULL)))
    return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "a number that is not finite");
  return TRUE;
}

/* Takes ".5" and "e-3" behind the integer digits; *real says whether one was there. */
static gboolean
scan_fraction_and_exponent (MadangJsonCursor *cursor, gboolean *real)
{
  *real = FALSE;
  if (cursor->at < cursor->end && *cursor->at == '.')
    {
      *real = TRUE;
      cursor->at++;
      if (skip_digits (cursor) == 0)
        return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "a point without digits");
    }
  if (cursor->at < cursor->end && (*cursor->at == 'e' || *cursor->at == 'E'))
    {
      *real = TRUE;
      cursor->at++;
      if (cursor->at < cursor->end && (*cursor->at == '+' || *cursor->at == '-'))
        cursor->at++;
      if (skip_digits (cursor) == 0)
        return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "an exponent without digits");
    }
  return TRUE;
}

gboolean
madang_json_scan_number (MadangJsonCursor *cursor)
{
  const char *number = cursor->at;
  gboolean negative = *number == '-';
  const char *digits = number + (negative ? 1 : 0);
  gboolean real;
  gsize count;

  cursor->at = digits;
  count = skip_digits (cursor);
  if (count == 0 || (count > 1 && *digits == '0'))
    return madang_json_refuse (cursor, MADANG_ERROR_INVALID, "a malformed number");
  if (!scan_fraction_and_exponent (cursor, &real))
    return FALSE;
  if (!real)
    return check_integer (cursor, digits, negative);
  if (cursor->at - number > MADANG_WIRE_MAX_NUMBER)
    return madang_json_refuse (cursor, MADANG_ERROR_TOO_LARGE, "too long a number");
  return check_real (cursor, number);
}
