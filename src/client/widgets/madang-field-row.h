/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-kind.h"

G_BEGIN_DECLS

/**
 * MadangFieldRow:
 *
 * One field of a form: label with required mark, help, the control of a subclass, counter, and
 * under it the problem in words. A template says only the name: <property name="field">phone.
 * MadangForm binds it to the declaration and to a record.
 *
 * What a person typed stays in the control, also when it breaks a limit; dup_value() then says
 * what is wrong with it.
 *
 * Signal "edited": the person changed the value. It is not emitted by set_value().
 */
#define MADANG_TYPE_FIELD_ROW (madang_field_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (MadangFieldRow, madang_field_row, MADANG, FIELD_ROW, GtkWidget)

struct _MadangFieldRowClass
{
  GtkWidgetClass parent_class;

  /* The declaration is known now: limits, choices. */
  void (*bound) (MadangFieldRow *self, const MadangField *field);
  /* Show this value (NULL: empty), keeping the cursor where it can stay. */
  void (*set_value) (MadangFieldRow *self, GVariant *value);
  /* What stands in the control (transfer full), NULL for empty. FALSE: it cannot be read as a
   * value of the field; problem says why. */
  gboolean (*dup_value) (MadangFieldRow *self, GVariant **value, char **problem);
  /* For controls in which a text is written: exactly what stands there, also what cannot be read. */
  char *(*dup_text) (MadangFieldRow *self);
  void (*set_text) (MadangFieldRow *self, const char *text);
  void (*set_editable) (MadangFieldRow *self, gboolean editable);
  /* The person left the field: show the value in its usual form. */
  void (*settle) (MadangFieldRow *self);
};

const char *madang_field_row_get_field (MadangFieldRow *self);
/* kind (nullable) and field must live as long as the program, as declarations do. */
void madang_field_row_bind (MadangFieldRow *self, const MadangKind *kind, const MadangField *field);
const MadangField *madang_field_row_get_declaration (MadangFieldRow *self); /* (nullable) */
void madang_field_row_set_value (MadangFieldRow *self, GVariant *value);
/* As the vfunc, and then the limits of the declaration. */
gboolean madang_field_row_dup_value (MadangFieldRow *self, GVariant **value, char **problem);
/* As the vfuncs. NULL: no text is written in this row. */
char *madang_field_row_dup_text (MadangFieldRow *self);
void madang_field_row_set_text (MadangFieldRow *self, const char *text);
void madang_field_row_set_editable (MadangFieldRow *self, gboolean editable);
gboolean madang_field_row_get_editable (MadangFieldRow *self);
/* Emits what emit_edited_later() has put off. */
void madang_field_row_commit (MadangFieldRow *self);
void madang_field_row_set_required (MadangFieldRow *self, gboolean required);

/* For subclasses. widget goes under the label; control, it or a part of it, takes the name. */
void madang_field_row_set_control (MadangFieldRow *self, GtkWidget *widget, GtkWidget *control);
void madang_field_row_emit_edited (MadangFieldRow *self);
/* The same once the events at hand are done: for controls that report halves of a change. */
void madang_field_row_emit_edited_later (MadangFieldRow *self);
/* count < 0 hides the counter. */
void madang_field_row_set_count (MadangFieldRow *self, glong count);

G_END_DECLS
