/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-record-text.h"

#include "madang-account-book.h"
#include "madang-error.h"
#include "madang-server-resources.h"

#define PREFIX "/kr/madang/Madang/server/"

GBytes *
madang_record_text_load_bytes (const char *path, GError **error)
{
  g_autofree char *name = g_strconcat (PREFIX, path, NULL);

  return g_resource_lookup_data (madang_server_resources_get_resource (), name,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

GKeyFile *
madang_record_text_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = madang_record_text_load_bytes (path, error);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (bytes == NULL || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, error))
    return NULL;
  return g_steal_pointer (&file);
}

gint64
madang_record_text_read_time (const char *text, GError **error)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  if (time != NULL)
    return g_date_time_to_unix (time) * 1000;
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "not a time: %s", text);
  return -1;
}

static GVariant *
read_number (const char *text, GError **error)
{
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, error))
    return NULL;
  return g_variant_new_int64 (number);
}

static GVariant *
read_time (const char *text, GError **error)
{
  gint64 time = madang_record_text_read_time (text, error);

  return time >= 0 ? g_variant_new_int64 (time) : NULL;
}

static GVariant *
read_set (const char *text)
{
  g_auto (GStrv) names = g_strsplit (text, ";", -1);

  return g_variant_new_strv ((const char *const *)names, -1);
}

static GVariant *
read_reference (MadangStorage *storage, const MadangField *field, const char *text, GError **error)
{
  g_autofree char *id = NULL;

  if (g_strcmp0 (field->reference, "agency") != 0)
    return g_variant_new_string (text);
  id = madang_account_book_find_agency (storage, text, error);
  return id != NULL ? g_variant_new_string (id) : NULL;
}

GVariant *
madang_record_text_read (MadangStorage *storage,
                         const MadangField *field,
                         const char *text,
                         GError **error)
{
  GVariant *value;

  switch (field->type)
    {
    case MADANG_FIELD_WON:
    case MADANG_FIELD_INTEGER:
    case MADANG_FIELD_DECIMAL:
      value = read_number (text, error);
      break;
    case MADANG_FIELD_TIME:
      value = read_time (text, error);
      break;
    case MADANG_FIELD_YES_NO:
      value = g_variant_new_boolean (g_strcmp0 (text, "true") == 0);
      break;
    case MADANG_FIELD_SET_OF:
      value = read_set (text);
      break;
    case MADANG_FIELD_REFERENCE:
      value = read_reference (storage, field, text, error);
      break;
    default:
      value = g_variant_new_string (text);
      break;
    }
  return value != NULL ? g_variant_ref_sink (value) : NULL;
}

gboolean
madang_record_text_fill (
    MadangStorage *storage, MadangRecord *record, GKeyFile *file, const char *group, GError **error)
{
  const MadangField *field = madang_record_get_kind (record)->fields;

  for (; field->name != NULL; field++)
    {
      g_autofree char *text = g_key_file_get_string (file, group, field->name, NULL);
      g_autoptr (GVariant) value = NULL;

      if (text == NULL)
        continue;
      value = madang_record_text_read (storage, field, text, error);
      if (value == NULL || !madang_record_set (record, field->name, value, error))
        return FALSE;
    }
  return TRUE;
}
