/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-entry-row.h"

#include <glib/gi18n.h>

#include "madang-clean-paste.h"
#include "madang-merge.h"
#include "madang-overflow-tip.h"

typedef struct
{
  GtkBox *box;
  GtkEntry *entry;
  GtkWidget *suffix; /* (nullable) */
} MadangEntryRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MadangEntryRow, madang_entry_row, MADANG_TYPE_FIELD_ROW)

static MadangEntryRowPrivate *
get_private (MadangEntryRow *self)
{
  return madang_entry_row_get_instance_private (self);
}

static void
entry_changed_cb (MadangEntryRow *self)
{
  /* Setting a text is first a deletion: the empty text between must not be saved. */
  madang_field_row_emit_edited_later (MADANG_FIELD_ROW (self));
}

static void
show_text (MadangEntryRow *self, const char *text)
{
  GtkEditable *editable = GTK_EDITABLE (get_private (self)->entry);

  if (!g_str_equal (gtk_editable_get_text (editable), text))
    gtk_editable_set_text (editable, text);
}

static gboolean
madang_entry_row_dup_value (MadangFieldRow *row, GVariant **value, char **problem)
{
  MadangEntryRow *self = MADANG_ENTRY_ROW (row);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (get_private (self)->entry));
  g_autofree char *clean = madang_text_clean (text, -1, MADANG_TEXT_LINE);
  GVariant *parsed;

  *value = NULL;
  *problem = NULL;
  if (*clean == '\0')
    return TRUE;
  parsed = MADANG_ENTRY_ROW_GET_CLASS (self)->parse (self, clean);
  if (parsed == NULL)
    {
      *problem = g_strdup (_ (MADANG_ENTRY_ROW_GET_CLASS (self)->problem));
      return FALSE;
    }
  *value = g_variant_take_ref (parsed);
  return TRUE;
}

static char *
madang_entry_row_dup_text (MadangFieldRow *row)
{
  return g_strdup (
      gtk_editable_get_text (GTK_EDITABLE (get_private (MADANG_ENTRY_ROW (row))->entry)));
}

static void
madang_entry_row_set_text (MadangFieldRow *row, const char *text)
{
  MadangEntryRow *self = MADANG_ENTRY_ROW (row);
  GtkEditable *editable = GTK_EDITABLE (get_private (self)->entry);

  /* Undo goes back to what this person typed, not to another record. */
  gtk_editable_set_enable_undo (editable, FALSE);
  show_text (self, text);
  gtk_editable_set_enable_undo (editable, TRUE);
}

static void
madang_entry_row_set_value (MadangFieldRow *row, GVariant *value)
{
  MadangEntryRow *self = MADANG_ENTRY_ROW (row);
  g_autofree char *text = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (GVariant) shown = NULL;

  /* The same value written another way stays as the person is writing it. */
  if (madang_entry_row_dup_value (row, &shown, &problem) && madang_value_equal (shown, value))
    return;
  text = value != NULL ? MADANG_ENTRY_ROW_GET_CLASS (self)->format (self, value) : g_strdup ("");
  madang_entry_row_set_text (row, text);
}

static void
madang_entry_row_settle (MadangFieldRow *row)
{
  MadangEntryRow *self = MADANG_ENTRY_ROW (row);
  g_autofree char *problem = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GVariant) value = NULL;

  if (!madang_entry_row_dup_value (row, &value, &problem))
    return;
  text = value != NULL ? MADANG_ENTRY_ROW_GET_CLASS (self)->format (self, value) : g_strdup ("");
  show_text (self, text);
}

static void
madang_entry_row_set_editable (MadangFieldRow *row, gboolean editable)
{
  MadangEntryRowPrivate *priv = get_private (MADANG_ENTRY_ROW (row));

  gtk_editable_set_editable (GTK_EDITABLE (priv->entry), editable);
  if (priv->suffix != NULL)
    gtk_widget_set_visible (priv->suffix, editable);
}

static void
madang_entry_row_class_init (MadangEntryRowClass *klass)
{
  MadangFieldRowClass *row_class = MADANG_FIELD_ROW_CLASS (klass);

  row_class->dup_value = madang_entry_row_dup_value;
  row_class->set_value = madang_entry_row_set_value;
  row_class->dup_text = madang_entry_row_dup_text;
  row_class->set_text = madang_entry_row_set_text;
  row_class->set_editable = madang_entry_row_set_editable;
  row_class->settle = madang_entry_row_settle;
}

static void
madang_entry_row_init (MadangEntryRow *self)
{
  MadangEntryRowPrivate *priv = get_private (self);

  priv->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  priv->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (priv->entry), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (priv->entry), 6);
  gtk_box_append (priv->box, GTK_WIDGET (priv->entry));
  g_signal_connect_object (priv->entry, "changed", G_CALLBACK (entry_changed_cb), self,
                           G_CONNECT_SWAPPED);
  madang_clean_paste_install (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (priv->entry))),
                              MADANG_TEXT_LINE);
  madang_overflow_tip_install (GTK_WIDGET (priv->entry));
  madang_field_row_set_control (MADANG_FIELD_ROW (self), GTK_WIDGET (priv->box),
                                GTK_WIDGET (priv->entry));
}

GtkEntry *
madang_entry_row_get_entry (MadangEntryRow *self)
{
  g_return_val_if_fail (MADANG_IS_ENTRY_ROW (self), NULL);
  return get_private (self)->entry;
}

void
madang_entry_row_add_suffix (MadangEntryRow *self, GtkWidget *suffix)
{
  MadangEntryRowPrivate *priv = get_private (self);

  g_return_if_fail (MADANG_IS_ENTRY_ROW (self));
  g_return_if_fail (priv->suffix == NULL);

  priv->suffix = suffix;
  gtk_box_append (priv->box, suffix);
}

void
madang_entry_row_enter (MadangEntryRow *self, GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autofree char *text = NULL;

  g_return_if_fail (MADANG_IS_ENTRY_ROW (self));

  text = MADANG_ENTRY_ROW_GET_CLASS (self)->format (self, owned);
  show_text (self, text);
}
