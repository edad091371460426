/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-import-row.h"

#include <glib/gi18n.h>

struct _MadangImportRow
{
  GObject parent_instance;

  guint line;
  char *title;          /* (owned) */
  MadangRecord *record; /* (owned) (nullable) */
  char *reason;         /* (owned) (nullable) */
  char *values;         /* (owned) (nullable) until somebody asks */
  gboolean taken;
};

static GParamSpec *words_property;

G_DEFINE_FINAL_TYPE (MadangImportRow, madang_import_row, G_TYPE_OBJECT)

static void
madang_import_row_finalize (GObject *object)
{
  MadangImportRow *self = MADANG_IMPORT_ROW (object);

  g_free (self->title);
  g_free (self->reason);
  g_free (self->values);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (madang_import_row_parent_class)->finalize (object);
}

static void
madang_import_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_assert (spec == words_property);
  g_value_set_string (value, madang_import_row_get_words (MADANG_IMPORT_ROW (object)));
}

static void
madang_import_row_class_init (MadangImportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_import_row_finalize;
  G_OBJECT_CLASS (klass)->get_property = madang_import_row_get_property;

  words_property
      = g_param_spec_string ("words", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, words_property);
}

static void
madang_import_row_init (MadangImportRow *self)
{
}

MadangImportRow *
madang_import_row_new (guint line, const char *title, MadangRecord *record, const char *reason)
{
  MadangImportRow *self;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail ((record == NULL) == (reason != NULL), NULL);

  self = g_object_new (MADANG_TYPE_IMPORT_ROW, NULL);
  self->line = line;
  self->title = g_strdup (title);
  g_set_object (&self->record, record);
  self->reason = g_strdup (reason);
  return self;
}

guint
madang_import_row_get_line (MadangImportRow *self)
{
  g_return_val_if_fail (MADANG_IS_IMPORT_ROW (self), 0);
  return self->line;
}

const char *
madang_import_row_get_title (MadangImportRow *self)
{
  g_return_val_if_fail (MADANG_IS_IMPORT_ROW (self), NULL);
  return self->title;
}

MadangRecord *
madang_import_row_get_record (MadangImportRow *self)
{
  g_return_val_if_fail (MADANG_IS_IMPORT_ROW (self), NULL);
  return self->record;
}

/* What the record says besides whose it is, in a line. Newly allocated. */
static char *
dup_values (MadangRecord *record)
{
  GString *values = g_string_new (NULL);

  for (const MadangField *field = madang_record_get_kind (record)->fields; field->name != NULL;
       field++)
    if (field->type != MADANG_FIELD_REFERENCE && madang_record_is_set (record, field->name))
      {
        g_autofree char *value = madang_record_dup_display (record, field->name);

        g_string_append_printf (values, " · %s %s", madang_field_get_label (field),
                                g_strdelimit (value, "\n", ' '));
      }
  return g_string_free (values, FALSE);
}

const char *
madang_import_row_get_words (MadangImportRow *self)
{
  g_return_val_if_fail (MADANG_IS_IMPORT_ROW (self), NULL);

  if (self->reason != NULL)
    return self->reason;
  if (self->values == NULL)
    {
      g_autofree char *values = dup_values (self->record);

      self->values = g_strconcat (self->taken ? _ ("Imported") : _ ("Good"), values, NULL);
    }
  return self->values;
}

void
madang_import_row_set_taken (MadangImportRow *self)
{
  g_return_if_fail (MADANG_IS_IMPORT_ROW (self));
  self->taken = TRUE;
  g_clear_pointer (&self->values, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), words_property);
}

gboolean
madang_import_row_is_taken (MadangImportRow *self)
{
  g_return_val_if_fail (MADANG_IS_IMPORT_ROW (self), FALSE);
  return self->taken;
}
