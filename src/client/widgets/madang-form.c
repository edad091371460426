/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-form.h"

#include <glib/gi18n.h>

#include "madang-field-row.h"
#include "madang-merge.h"
#include "madang-reference-row.h"
#include "madang-rights.h"

struct _MadangForm
{
  AdwBin parent_instance;

  char *event;                /* (owned) (nullable) */
  const MadangKind *kind;     /* (nullable) until set up */
  MadangRecordStore *records; /* (owned) (nullable) */
  MadangActor *actor;         /* (owned) (nullable) */
  MadangRecord *stored;       /* (owned) (nullable) */
  MadangRecord *working;      /* (owned) (nullable) */
  GPtrArray *rows;            /* (owned) (element-type MadangFieldRow), in the form's order */
  gboolean creating;
  GHashTable *problems; /* (owned) names of fields whose row holds something invalid */
  GStrv held;           /* (owned) (nullable): names of fields that are not handed over yet */
};

typedef enum
{
  PROP_EVENT = 1,
} MadangFormProperty;

static GParamSpec *properties[PROP_EVENT + 1];

enum
{
  SIGNAL_EDITED,
  SIGNAL_FIELD_FOCUSED,
  SIGNAL_SHOWN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MadangForm, madang_form, ADW_TYPE_BIN)

static void
collect_rows (GtkWidget *widget, GPtrArray *rows)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (MADANG_IS_FIELD_ROW (child))
        g_ptr_array_add (rows, child);
      else
        collect_rows (child, rows);
    }
}

static const char *
get_name (gpointer row)
{
  return madang_field_row_get_field (row);
}

static gboolean
condition_holds (MadangForm *self, const MadangField *field)
{
  const MadangField *other;
  g_autofree char *text = NULL;

  if (field->required_if == NULL)
    return TRUE;
  other = madang_kind_find_field (self->kind, field->required_if);
  if (other->type == MADANG_FIELD_YES_NO)
    text = g_strdup (madang_record_get_flag (self->working, other->name) ? "true" : "false");
  else
    text = g_strdup (madang_record_get_text (self->working, other->name));
  return madang_record_is_set (self->working, other->name)
         && g_str_equal (text, field->required_is);
}

static gboolean
is_required (MadangForm *self, const MadangField *field)
{
  if (!field->required
      && (field->required_for == NULL || g_strcmp0 (field->required_for, self->event) != 0))
    return FALSE;
  return condition_holds (self, field);
}

static void
update_required (MadangForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      MadangFieldRow *row = self->rows->pdata[i];

      madang_field_row_set_required (row,
                                     is_required (self, madang_field_row_get_declaration (row)));
    }
}

/* (nullable) */
static MadangVerdict *
check_writable (MadangForm *self, const MadangField *field)
{
  if (self->actor == NULL || (self->creating && field->merge == MADANG_MERGE_SERVER))
    return NULL;
  return self->creating ? madang_rights_check_create (self->actor, self->stored)
                        : madang_rights_check_update (self->actor, self->stored, field);
}

static void
update_editable (MadangForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      MadangFieldRow *row = self->rows->pdata[i];
      const MadangField *field = madang_field_row_get_declaration (row);
      g_autoptr (MadangVerdict) verdict = check_writable (self, field);

      madang_field_row_set_editable (row, verdict != NULL && !madang_verdict_is_no (verdict)
                                              && !MADANG_IS_REFERENCE_ROW (row));
    }
}

/* For a reference, what the other record is called. */
static GVariant *
dup_shown_value (MadangForm *self, const MadangField *field, GVariant *value)
{
  g_autoptr (MadangRecord) other = NULL;
  const MadangKind *kind;

  if (value == NULL || field->type != MADANG_FIELD_REFERENCE)
    return value != NULL ? g_variant_ref (value) : NULL;
  other = madang_record_store_get (self->records, g_variant_get_string (value, NULL), NULL);
  if (other == NULL)
    return NULL;
  kind = madang_record_get_kind (other);
  return g_variant_ref_sink (
      g_variant_new_take_string (madang_record_dup_display (other, kind->title_field)));
}

static void
show_value (MadangForm *self, MadangFieldRow *row)
{
  const MadangField *field = madang_field_row_get_declaration (row);
  g_autoptr (GVariant) shown
      = dup_shown_value (self, field, madang_record_get (self->working, field->name));

  madang_field_row_set_value (row, shown);
}

/* Whether a row shows something else than it should; what breaks a limit stays as it was typed. A
 * reference shows what another record is called, which may have changed. */
static gboolean
differs (MadangForm *self, MadangRecord *former, MadangFieldRow *row)
{
  const char *name = get_name (row);

  if (g_hash_table_contains (self->problems, name))
    return FALSE;
  return MADANG_IS_REFERENCE_ROW (row)
         || !madang_value_equal (madang_record_get (former, name),
                                 madang_record_get (self->working, name));
}

static void
row_edited_cb (MadangForm *self, MadangFieldRow *row)
{
  const char *name = get_name (row);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  if (self->working == NULL)
    return;
  if (!madang_field_row_dup_value (row, &value, &problem))
    g_hash_table_add (self->problems, (gpointer)name);
  else
    {
      g_hash_table_remove (self->problems, name);
      /* The row has checked type and limits, so this is our own mistake. */
      if (!madang_record_set (self->working, name, value, &error))
        g_critical ("%s: %s", name, error->message);
    }
  update_required (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, name);
}

static void
row_focused_cb (GtkEventController *controller, MadangForm *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (controller);

  g_signal_emit (self, signals[SIGNAL_FIELD_FOCUSED], 0, get_name (row));
}

static void
form_left_cb (MadangForm *self)
{
  g_signal_emit (self, signals[SIGNAL_FIELD_FOCUSED], 0, NULL);
}

static void
bind_row (MadangForm *self, MadangFieldRow *row)
{
  const MadangField *field = madang_kind_find_field (self->kind, get_name (row));
  GtkEventController *focus;

  if (field == NULL)
    g_error ("The form names a field that %s does not declare: %s", self->kind->name,
             get_name (row));
  madang_field_row_bind (row, self->kind, field);
  g_signal_connect_object (row, "edited", G_CALLBACK (row_edited_cb), self, G_CONNECT_SWAPPED);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "enter", G_CALLBACK (row_focused_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
}

static gboolean
is_dirty (MadangForm *self, const char *name)
{
  return g_hash_table_contains (self->problems, name)
         || !madang_value_equal (madang_record_get (self->stored, name),
                                 madang_record_get (self->working, name));
}

/* Carries over to fresh what was typed and is not stored. */
static void
keep_typed (MadangForm *self, MadangRecord *fresh)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *name = get_name (self->rows->pdata[i]);

      if (is_dirty (self, name))
        madang_record_set (fresh, name, madang_record_get (self->working, name), NULL);
    }
}

/* What was typed in this very moment counts too. */
static void
commit_rows (MadangForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    madang_field_row_commit (self->rows->pdata[i]);
}

static void
set_value_of (MadangRecord *record, const char *path, GVariant *value)
{
  g_autoptr (GError) error = NULL;

  if (!madang_record_set (record, path, value, &error))
    g_critical ("%s: %s", path, error->message);
}

static void
madang_form_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_EVENT)
    g_value_set_string (value, MADANG_FORM (object)->event);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_form_set_property (GObject *object,
                          guint property_id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  if (property_id == PROP_EVENT)
    MADANG_FORM (object)->event = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_form_dispose (GObject *object)
{
  MadangForm *self = MADANG_FORM (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->records);
  g_clear_pointer (&self->actor, madang_actor_unref);
  g_clear_object (&self->stored);
  g_clear_object (&self->working);

  G_OBJECT_CLASS (madang_form_parent_class)->dispose (object);
}

static void
madang_form_finalize (GObject *object)
{
  MadangForm *self = MADANG_FORM (object);

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->problems);
  g_strfreev (self->held);
  g_free (self->event);

  G_OBJECT_CLASS (madang_form_parent_class)->finalize (object);
}

static void
madang_form_class_init (MadangFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = madang_form_get_property;
  object_class->set_property = madang_form_set_property;
  object_class->dispose = madang_form_dispose;
  object_class->finalize = madang_form_finalize;

  properties[PROP_EVENT]
      = g_param_spec_string ("event", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[SIGNAL_EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FIELD_FOCUSED]
      = g_signal_new ("field-focused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_SHOWN] = g_signal_new ("shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_FORM);
}

static void
madang_form_init (MadangForm *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->rows = g_ptr_array_new ();
  self->problems = g_hash_table_new (g_str_hash, g_str_equal);
  g_signal_connect_object (focus, "leave", G_CALLBACK (form_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

void
madang_form_set_up (MadangForm *self,
                    const MadangKind *kind,
                    MadangRecordStore *records,
                    MadangActor *actor)
{
  g_return_if_fail (MADANG_IS_FORM (self));
  g_return_if_fail (kind != NULL && self->kind == NULL);

  self->kind = kind;
  self->records = g_object_ref (records);
  self->actor = actor != NULL ? madang_actor_ref (actor) : NULL;
  collect_rows (GTK_WIDGET (self), self->rows);
  for (guint i = 0; i < self->rows->len; i++)
    bind_row (self, self->rows->pdata[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  madang_kind_get_label (kind), -1);
}

void
madang_form_set_creating (MadangForm *self, gboolean creating)
{
  g_return_if_fail (MADANG_IS_FORM (self));

  self->creating = creating;
  if (self->stored != NULL)
    update_editable (self);
}

void
madang_form_set_record (MadangForm *self, MadangRecord *record)
{
  g_autoptr (MadangRecord) working = NULL;
  g_autoptr (MadangRecord) former = NULL;
  gboolean same;

  g_return_if_fail (MADANG_IS_FORM (self));
  g_return_if_fail (self->kind != NULL && madang_record_get_kind (record) == self->kind);

  if (self->stored != NULL)
    commit_rows (self);
  working = madang_record_dup (record);
  same = self->stored != NULL
         && g_str_equal (madang_record_get_id (record), madang_record_get_id (self->stored));
  if (same)
    keep_typed (self, working);
  else
    g_hash_table_remove_all (self->problems);
  former = g_steal_pointer (&self->working);
  self->working = g_steal_pointer (&working);
  g_clear_object (&self->stored);
  self->stored = madang_record_dup (record);

  for (guint i = 0; i < self->rows->len; i++)
    if (!same || differs (self, former, self->rows->pdata[i]))
      show_value (self, self->rows->pdata[i]);
  update_editable (self);
  update_required (self);
  g_signal_emit (self, signals[SIGNAL_SHOWN], 0);
}

MadangRecord *
madang_form_get_record (MadangForm *self)
{
  g_return_val_if_fail (MADANG_IS_FORM (self), NULL);
  return self->working;
}

/* (nullable): this person may not write it, or it is not there */
static MadangFieldRow *
find_writable (MadangForm *self, const char *field)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (get_name (self->rows->pdata[i]), field) == 0
        && madang_field_row_get_editable (self->rows->pdata[i]))
      return self->rows->pdata[i];
  return NULL;
}

gboolean
madang_form_may_write (MadangForm *self, const char *field)
{
  g_return_val_if_fail (MADANG_IS_FORM (self), FALSE);
  g_return_val_if_fail (field != NULL, FALSE);
  return find_writable (self, field) != NULL;
}

gboolean
madang_form_fill (MadangForm *self, const char *field, GVariant *value)
{
  g_autoptr (GVariant) taken = value != NULL ? g_variant_ref_sink (value) : NULL;
  MadangFieldRow *row;

  g_return_val_if_fail (MADANG_IS_FORM (self), FALSE);
  g_return_val_if_fail (self->working != NULL && field != NULL, FALSE);

  row = find_writable (self, field);
  if (row == NULL)
    return FALSE;
  madang_field_row_set_value (row, taken);
  /* As when a person typed it: limits, marks, and whoever listens. */
  row_edited_cb (self, row);
  return TRUE;
}

GHashTable *
madang_form_dup_rough (MadangForm *self)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_return_val_if_fail (MADANG_IS_FORM (self), NULL);

  commit_rows (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      MadangFieldRow *row = self->rows->pdata[i];
      g_autofree char *text = NULL;

      if (g_hash_table_contains (self->problems, get_name (row))
          && madang_field_row_get_editable (row))
        text = madang_field_row_dup_text (row);
      if (text != NULL)
        g_hash_table_insert (texts, g_strdup (get_name (row)), g_steal_pointer (&text));
    }
  return g_steal_pointer (&texts);
}

void
madang_form_put_rough (MadangForm *self, const char *field, const char *text)
{
  MadangFieldRow *row;

  g_return_if_fail (MADANG_IS_FORM (self));
  g_return_if_fail (self->working != NULL && field != NULL && text != NULL);

  row = find_writable (self, field);
  if (row == NULL)
    return;
  madang_field_row_set_text (row, text);
  row_edited_cb (self, row);
}

void
madang_form_hold (MadangForm *self, const char *const *fields)
{
  g_return_if_fail (MADANG_IS_FORM (self));

  g_strfreev (self->held);
  self->held = g_strdupv ((GStrv)fields);
}

static gboolean
is_held (MadangForm *self, const char *field)
{
  return self->held != NULL && g_strv_contains ((const char *const *)self->held, field);
}

GPtrArray *
madang_form_dup_edits (MadangForm *self)
{
  g_autoptr (GPtrArray) edits = NULL;

  g_return_val_if_fail (MADANG_IS_FORM (self), NULL);

  commit_rows (self);
  edits = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_edit_free);
  for (guint i = 0; self->stored != NULL && i < self->rows->len; i++)
    {
      const char *name = get_name (self->rows->pdata[i]);
      GVariant *from = madang_record_get (self->stored, name);
      GVariant *to = madang_record_get (self->working, name);

      if (!madang_value_equal (from, to) && !is_held (self, name))
        g_ptr_array_add (edits, madang_edit_new (name, from, to));
    }
  return g_steal_pointer (&edits);
}

void
madang_form_mark_stored (MadangForm *self, GPtrArray *edits, gboolean stored)
{
  g_return_if_fail (MADANG_IS_FORM (self));

  for (guint i = 0; i < edits->len; i++)
    {
      const MadangEdit *edit = edits->pdata[i];

      set_value_of (self->stored, edit->path, stored ? edit->to : edit->from);
    }
}

GStrv
madang_form_dup_problems (MadangForm *self)
{
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();

  g_return_val_if_fail (MADANG_IS_FORM (self), NULL);

  commit_rows (self);
  if (g_hash_table_size (self->problems) == 0)
    return NULL;
  for (guint i = 0; i < self->rows->len; i++)
    if (g_hash_table_contains (self->problems, get_name (self->rows->pdata[i])))
      g_strv_builder_add (labels, madang_field_get_label (
                                      madang_field_row_get_declaration (self->rows->pdata[i])));
  return g_strv_builder_end (labels);
}

char *
madang_form_dup_obstacle (MadangForm *self)
{
  g_auto (GStrv) problems = madang_form_dup_problems (self);
  g_autofree char *fields = problems != NULL ? g_strjoinv (", ", problems) : NULL;

  if (fields == NULL)
    return NULL;
  /* Translators: %s is a list of fields */
  return g_strdup_printf (_ ("Not saved as it stands: %s. Correct what is marked first."), fields);
}

gboolean
madang_form_focus_field (MadangForm *self, const char *field)
{
  g_return_val_if_fail (MADANG_IS_FORM (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (get_name (self->rows->pdata[i]), field) == 0)
      return gtk_widget_grab_focus (self->rows->pdata[i]);
  return FALSE;
}

gboolean
madang_form_focus_first (MadangForm *self)
{
  g_return_val_if_fail (MADANG_IS_FORM (self), FALSE);

  for (guint i = 0; i < self->rows->len; i++)
    if (madang_field_row_get_editable (self->rows->pdata[i]))
      return gtk_widget_grab_focus (self->rows->pdata[i]);
  return FALSE;
}
