/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-reader.h"
#include "madang-json-scan.h"

#include "madang-error.h"

#include <string.h>

/* --- one value ------------------------------------------------------------------------------ */

/* NULL: no string. */
static char *
dup_text (MadangJsonSlice value)
{
  gsize length;

  if (*value.text != '"')
    return NULL;
  return madang_json_decode_string (value.text + 1, value.length - 2, &length);
}

/* FALSE: no number without point and exponent. The scan has checked that it fits. */
static gboolean
get_integer (MadangJsonSlice value, gint64 *number)
{
  for (gsize i = 0; i < value.length; i++)
    if (!g_ascii_isdigit (value.text[i]) && value.text[i] != '-')
      return FALSE;
  /* What stands in an object or array is followed by something that is no digit. */
  *number = g_ascii_strtoll (value.text, NULL, 10);
  return TRUE;
}

/* --- the reader ----------------------------------------------------------------------------- */

gboolean
madang_json_reader_open (MadangJsonReader *self, MadangJsonSlice object)
{
  if (self->error != NULL)
    return FALSE;
  self->members = madang_json_split_object (object);
  if (self->members != NULL)
    return TRUE;
  g_set_error_literal (&self->error, MADANG_ERROR, MADANG_ERROR_INVALID, "JSON: no object");
  return FALSE;
}

gboolean
madang_json_reader_open_bytes (MadangJsonReader *self, GBytes *bytes)
{
  MadangJsonSlice text = { NULL };

  text.text = g_bytes_get_data (bytes, &text.length);
  return madang_json_scan (text.text, text.length, &self->error)
         && madang_json_reader_open (self, text);
}

gboolean
madang_json_reader_finish (MadangJsonReader *self, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

void
madang_json_reader_clear (MadangJsonReader *self)
{
  g_clear_pointer (&self->members, g_array_unref);
  g_clear_error (&self->error);
}

void
madang_json_reader_refuse (MadangJsonReader *self, const char *name, const char *what)
{
  if (self->error == NULL)
    g_set_error (&self->error, MADANG_ERROR, MADANG_ERROR_INVALID, "Member “%s” %s", name, what);
}

guint
madang_json_reader_count (const MadangJsonReader *self)
{
  return self->members != NULL ? self->members->len : 0;
}

static const MadangJsonMember *
get_member (const MadangJsonReader *self, guint i)
{
  return &g_array_index (self->members, MadangJsonMember, i);
}

char *
madang_json_reader_dup_name (const MadangJsonReader *self, guint i)
{
  MadangJsonSlice name = get_member (self, i)->name;
  gsize length;

  return madang_json_decode_string (name.text, name.length, &length);
}

static gboolean
is_named (const MadangJsonReader *self, guint i, const char *name)
{
  MadangJsonSlice written = get_member (self, i)->name;
  g_autofree char *decoded = NULL;

  if (memchr (written.text, '\\', written.length) == NULL)
    return strncmp (written.text, name, written.length) == 0 && name[written.length] == '\0';
  decoded = madang_json_reader_dup_name (self, i);
  return g_str_equal (decoded, name);
}

static const MadangJsonMember *
find_member (const MadangJsonReader *self, const char *name)
{
  guint count = self->error == NULL ? madang_json_reader_count (self) : 0;

  for (guint i = 0; i < count; i++)
    if (is_named (self, i, name))
      return get_member (self, i);
  return NULL;
}

/* --- members -------------------------------------------------------------------------------- */

gboolean
madang_json_reader_has (const MadangJsonReader *self, const char *name)
{
  const MadangJsonMember *member = find_member (self, name);

  return member != NULL && *member->value.text != 'n';
}

MadangJsonSlice
madang_json_read_slice (MadangJsonReader *self, const char *name)
{
  const MadangJsonMember *member = find_member (self, name);

  if (member != NULL)
    return member->value;
  madang_json_reader_refuse (self, name, "is missing");
  return (MadangJsonSlice){ NULL, 0 };
}

static char *
check_text (MadangJsonReader *self, const char *name, MadangJsonSlice value, MadangJsonForm form)
{
  g_autofree char *text = dup_text (value);

  if (text != NULL && form (text))
    return g_steal_pointer (&text);
  madang_json_reader_refuse (self, name, "is no text of the right form");
  return NULL;
}

char *
madang_json_reader_dup_text (MadangJsonReader *self, guint i, MadangJsonForm form)
{
  return self->error == NULL ? check_text (self, "*", get_member (self, i)->value, form) : NULL;
}

char *
madang_json_read_text (MadangJsonReader *self, const char *name, MadangJsonForm form)
{
  MadangJsonSlice value = madang_json_read_slice (self, name);

  return value.text != NULL ? check_text (self, name, value, form) : NULL;
}

char *
madang_json_read_optional_text (MadangJsonReader *self, const char *name, MadangJsonForm form)
{
  return madang_json_reader_has (self, name) ? madang_json_read_text (self, name, form) : NULL;
}

GStrv
madang_json_read_texts (MadangJsonReader *self, const char *name, MadangJsonForm form, guint most)
{
  g_autoptr (GArray) elements = madang_json_read_elements (self, name, most);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; elements != NULL && i < elements->len && self->error == NULL; i++)
    {
      g_autofree char *text
          = check_text (self, name, g_array_index (elements, MadangJsonSlice, i), form);

      if (text != NULL)
        g_strv_builder_add (texts, text);
    }
  return self->error == NULL ? g_strv_builder_end (texts) : NULL;
}

gint64
madang_json_read_integer (MadangJsonReader *self, const char *name, gint64 least, gint64 greatest)
{
  MadangJsonSlice value = madang_json_read_slice (self, name);
  gint64 number = 0;

  if (value.text == NULL)
    return 0;
  if (get_integer (value, &number) && number >= least && number <= greatest)
    return number;
  madang_json_reader_refuse (self, name, "is no integer in its range");
  return 0;
}

gboolean
madang_json_read_boolean (MadangJsonReader *self, const char *name)
{
  MadangJsonSlice value = madang_json_read_slice (self, name);

  if (value.text != NULL && *value.text != 't' && *value.text != 'f')
    madang_json_reader_refuse (self, name, "is neither true nor false");
  return value.text != NULL && *value.text == 't';
}

gboolean
madang_json_read_flag (MadangJsonReader *self, const char *name)
{
  return madang_json_reader_has (self, name) && madang_json_read_boolean (self, name);
}

void
madang_json_read_versions (MadangJsonReader *self,
                           const char *name,
                           gint64 versions[MADANG_N_PARTS])
{
  g_autoptr (GArray) elements = madang_json_read_elements (self, name, MADANG_N_PARTS);
  gboolean valid = elements != NULL && elements->len == MADANG_N_PARTS;

  for (guint i = 0; valid && i < MADANG_N_PARTS; i++)
    valid = get_integer (g_array_index (elements, MadangJsonSlice, i), &versions[i])
            && versions[i] >= 0;
  if (!valid)
    madang_json_reader_refuse (self, name, "is no pair of versions");
}

GArray *
madang_json_read_elements (MadangJsonReader *self, const char *name, guint most)
{
  MadangJsonSlice value = madang_json_read_slice (self, name);
  g_autoptr (GArray) elements = value.text != NULL ? madang_json_split_array (value) : NULL;

  if (elements != NULL && elements->len <= most)
    return g_steal_pointer (&elements);
  madang_json_reader_refuse (self, name, "is no array of the right length");
  return NULL;
}
