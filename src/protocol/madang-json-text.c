/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-text.h"

#include <string.h>

/* --- writing -------------------------------------------------------------------------------- */

static void
append_comma (GString *json)
{
  char last = json->len > 0 ? json->str[json->len - 1] : '[';

  if (strchr ("{[:,\n", last) == NULL)
    g_string_append_c (json, ',');
}

static void
append_escape (GString *json, guchar character)
{
  static const char short_forms[] = "btn\0fr";

  g_string_append_c (json, '\\');
  if (character == '"' || character == '\\')
    g_string_append_c (json, character);
  else if (character >= '\b' && character <= '\r' && character != '\v')
    g_string_append_c (json, short_forms[character - '\b']);
  else
    g_string_append_printf (json, "u%04x", character);
}

void
madang_json_append_string (GString *json, const char *text)
{
  const char *run = text;

  g_string_append_c (json, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      if ((guchar)*at >= 0x20 && *at != '"' && *at != '\\')
        continue;
      g_string_append_len (json, run, at - run);
      append_escape (json, *at);
      run = at + 1;
    }
  g_string_append (json, run);
  g_string_append_c (json, '"');
}

/* The shortest text that reads back as the same number. */
void
madang_json_append_real (GString *json, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%ug", digits);
      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  g_string_append (json, text);
  if (strpbrk (text, ".e") == NULL)
    g_string_append (json, ".0");
}

void
madang_json_begin (GString *json, char bracket)
{
  append_comma (json);
  g_string_append_c (json, bracket);
}

void
madang_json_end (GString *json, char bracket)
{
  g_string_append_c (json, bracket);
}

void
madang_json_add_element (GString *json, const char *raw)
{
  append_comma (json);
  g_string_append (json, raw);
}

void
madang_json_add_text_element (GString *json, const char *text)
{
  append_comma (json);
  madang_json_append_string (json, text);
}

void
madang_json_add_name (GString *json, const char *name)
{
  append_comma (json);
  madang_json_append_string (json, name);
  g_string_append_c (json, ':');
}

void
madang_json_add_raw (GString *json, const char *name, const char *raw)
{
  madang_json_add_name (json, name);
  g_string_append (json, raw);
}

void
madang_json_add_text (GString *json, const char *name, const char *text)
{
  madang_json_add_name (json, name);
  madang_json_append_string (json, text);
}

void
madang_json_add_optional_text (GString *json, const char *name, const char *text)
{
  if (text != NULL)
    madang_json_add_text (json, name, text);
}

void
madang_json_add_texts (GString *json, const char *name, const char *const *texts)
{
  madang_json_add_name (json, name);
  madang_json_begin (json, '[');
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    madang_json_add_text_element (json, texts[i]);
  madang_json_end (json, ']');
}

void
madang_json_add_integer (GString *json, const char *name, gint64 number)
{
  madang_json_add_name (json, name);
  g_string_append_printf (json, "%" G_GINT64_FORMAT, number);
}

void
madang_json_add_boolean (GString *json, const char *name, gboolean value)
{
  madang_json_add_raw (json, name, value ? "true" : "false");
}

/* --- taking scanned text apart -------------------------------------------------------------- */

static gunichar
read_unit (const char *at)
{
  gunichar value = 0;

  for (guint i = 0; i < 4; i++)
    value = value * 16 + g_ascii_xdigit_value (at[i]);
  return value;
}

/* Behind "\u"; gives how many characters were taken. */
static gsize
decode_unicode_escape (GString *decoded, const char *at)
{
  gunichar unit = read_unit (at);
  gboolean pair = unit >= 0xD800 && unit < 0xDC00;

  if (pair)
    unit = 0x10000 + ((unit - 0xD800) << 10) + (read_unit (at + 6) - 0xDC00);
  g_string_append_unichar (decoded, unit);
  return pair ? 10 : 4;
}

char *
madang_json_decode_string (const char *text, gsize length, gsize *decoded_length)
{
  static const char names[] = "bfnrt";
  static const char meanings[] = "\b\f\n\r\t";
  GString *decoded = g_string_sized_new (length);
  const char *end = text + length;

  while (text < end)
    {
      const char *escape = memchr (text, '\\', end - text);
      const char *name;

      g_string_append_len (decoded, text, (escape != NULL ? escape : end) - text);
      if (escape == NULL)
        break;
      text = escape + 1;
      name = strchr (names, *text);
      if (*text == 'u')
        text += decode_unicode_escape (decoded, text + 1);
      else
        g_string_append_c (decoded, name != NULL ? meanings[name - names] : *text);
      text++;
    }
  *decoded_length = decoded->len;
  return g_string_free (decoded, FALSE);
}

static gboolean
is_space (char character)
{
  return character == ' ' || character == '\n' || character == '\r' || character == '\t';
}

static const char *
skip_space (const char *at, const char *end)
{
  while (at < end && is_space (*at))
    at++;
  return at;
}

/* To behind the closing quote: the first one before which the backslashes are even. */
static const char *
skip_string (const char *at, const char *end)
{
  while (TRUE)
    {
      const char *quote = memchr (at + 1, '"', end - at - 1);
      const char *before = quote;

      while (before[-1] == '\\')
        before--;
      if ((quote - before) % 2 == 0)
        return quote + 1;
      at = quote;
    }
}

/* To behind the value that begins here. */
static const char *
skip_value (const char *at, const char *end)
{
  guint depth = 0;

  do
    {
      if (*at == '"')
        {
          at = skip_string (at, end);
          continue;
        }
      if (*at == '{' || *at == '[')
        depth++;
      else if (*at == '}' || *at == ']')
        depth--;
      at++;
    }
  while (at < end && (depth > 0 || (*at != ',' && *at != '}' && *at != ']' && !is_space (*at))));
  return at;
}

/* Behind a value: to the next one, or to the closing bracket. */
static const char *
skip_comma (const char *at, const char *end)
{
  at = skip_space (at, end);
  return *at == ',' ? skip_space (at + 1, end) : at;
}

GArray *
madang_json_split_object (MadangJsonSlice object)
{
  const char *end = object.text + object.length;
  const char *at = skip_space (object.text, end);
  GArray *members;

  if (at == end || *at != '{')
    return NULL;
  members = g_array_sized_new (FALSE, FALSE, sizeof (MadangJsonMember), 16);
  at = skip_space (at + 1, end);
  while (*at != '}')
    {
      const char *name = at + 1;
      const char *behind_name = skip_string (at, end);
      const char *value = skip_space (skip_space (behind_name, end) + 1, end);
      MadangJsonMember member = { { name, behind_name - 1 - name }, { value, 0 } };

      at = skip_value (value, end);
      member.value.length = at - value;
      g_array_append_val (members, member);
      at = skip_comma (at, end);
    }
  return members;
}

GArray *
madang_json_split_array (MadangJsonSlice array)
{
  const char *end = array.text + array.length;
  const char *at = skip_space (array.text, end);
  GArray *elements;

  if (at == end || *at != '[')
    return NULL;
  elements = g_array_new (FALSE, FALSE, sizeof (MadangJsonSlice));
  at = skip_space (at + 1, end);
  while (*at != ']')
    {
      MadangJsonSlice element = { at, 0 };

      at = skip_value (at, end);
      element.length = at - element.text;
      g_array_append_val (elements, element);
      at = skip_comma (at, end);
    }
  return elements;
}
