/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-prefill.h"

struct _MadangPrefill
{
  MadangForm *form;   /* (owned) */
  char *record;       /* (owned): id of the application */
  GHashTable *filled; /* (owned): name of a field, static -> text */
};

static const char *const targets[] = { "dept_name", "site_name", "op_period", "op_method" };

/* Newly allocated; "" when nothing is known. */
static char *
dup_known (const MadangSystemEntry *entry, const char *target)
{
  g_autofree char *opened = NULL;

  if (g_str_equal (target, "dept_name"))
    return madang_system_entry_dup_display (entry, "department");
  if (g_str_equal (target, "site_name"))
    return madang_system_entry_dup_display (entry, "name");
  if (g_str_equal (target, "op_period"))
    {
      opened = madang_system_entry_dup_display (entry, "opened_on");
      return *opened != '\0' ? g_strconcat (opened, " ~", NULL) : g_strdup ("");
    }
  if (*madang_system_entry_get_text (entry, "note") != '\0')
    return madang_system_entry_dup_display (entry, "note");
  if (g_str_equal (madang_system_entry_get_text (entry, "epeople_mode"), "none_stated"))
    return g_strdup ("");
  return madang_system_entry_dup_display (entry, "epeople_mode");
}

/* Whether the field is empty, this person may write it and the text may stand in it. A paper form
 * is entered as it is. */
static gboolean
fits (MadangForm *form, const MadangField *field, const char *text)
{
  MadangRecord *application = madang_form_get_record (form);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (text));
  g_autoptr (MadangVerdict) verdict = NULL;

  if (*text == '\0' || madang_record_is_set (application, field->name)
      || madang_record_get_flag (application, "late") || !madang_form_may_write (form, field->name))
    return FALSE;
  verdict = madang_field_check (field, value);
  return madang_verdict_is_yes (verdict);
}

GStrv
madang_prefill_dup_labels (MadangForm *form, const MadangSystemEntry *entry)
{
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  MadangRecord *application;
  GStrv found;

  g_return_val_if_fail (MADANG_IS_FORM (form) && entry != NULL, NULL);

  application = madang_form_get_record (form);
  for (gsize i = 0; application != NULL && i < G_N_ELEMENTS (targets); i++)
    {
      const MadangField *field
          = madang_kind_find_field (madang_record_get_kind (application), targets[i]);
      g_autofree char *text = dup_known (entry, targets[i]);

      if (fits (form, field, text))
        g_strv_builder_add (labels, madang_field_get_label (field));
    }
  found = g_strv_builder_end (labels);
  if (*found == NULL)
    g_clear_pointer (&found, g_strfreev);
  return found;
}

MadangPrefill *
madang_prefill_run (MadangForm *form, const MadangSystemEntry *entry)
{
  g_autoptr (MadangPrefill) self = NULL;
  MadangRecord *application;

  g_return_val_if_fail (MADANG_IS_FORM (form) && entry != NULL, NULL);

  application = madang_form_get_record (form);
  g_return_val_if_fail (application != NULL, NULL);

  self = g_new0 (MadangPrefill, 1);
  self->form = g_object_ref (form);
  self->record = g_strdup (madang_record_get_id (application));
  self->filled = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      const MadangField *field
          = madang_kind_find_field (madang_record_get_kind (application), targets[i]);
      g_autofree char *text = dup_known (entry, targets[i]);

      if (fits (form, field, text)
          && madang_form_fill (form, targets[i], g_variant_new_string (text)))
        g_hash_table_insert (self->filled, (gpointer)targets[i], g_steal_pointer (&text));
    }
  return g_hash_table_size (self->filled) > 0 ? g_steal_pointer (&self) : NULL;
}

gboolean
madang_prefill_is_of (MadangPrefill *self, MadangForm *form)
{
  MadangRecord *application;

  g_return_val_if_fail (self != NULL, FALSE);

  application = madang_form_get_record (form);
  return self->form == form && application != NULL
         && g_str_equal (madang_record_get_id (application), self->record);
}

gboolean
madang_prefill_may_undo (MadangPrefill *self)
{
  GHashTableIter iter;
  gpointer field;

  g_return_val_if_fail (self != NULL, FALSE);

  g_hash_table_iter_init (&iter, self->filled);
  while (g_hash_table_iter_next (&iter, &field, NULL))
    if (!madang_form_may_write (self->form, field))
      return FALSE;
  return TRUE;
}

void
madang_prefill_undo (MadangPrefill *self)
{
  GHashTableIter iter;
  gpointer field, text;
  MadangRecord *application;

  g_return_if_fail (self != NULL);

  application = madang_form_get_record (self->form);
  if (!madang_prefill_is_of (self, self->form))
    return;
  g_hash_table_iter_init (&iter, self->filled);
  while (g_hash_table_iter_next (&iter, &field, &text))
    if (g_str_equal (madang_record_get_text (application, field), text))
      madang_form_fill (self->form, field, NULL);
}

void
madang_prefill_free (MadangPrefill *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->form);
  g_free (self->record);
  g_hash_table_unref (self->filled);
  g_free (self);
}
