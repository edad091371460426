/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-field-row.h"

#include <glib/gi18n.h>

#include "madang-width-first-layout.h"

typedef struct
{
  char *name;               /* (owned) */
  const MadangKind *kind;   /* (nullable) */
  const MadangField *field; /* (nullable) */
  GtkWidget *control;       /* (nullable) inside box */
  gboolean editable;
  gboolean required;
  guint later;     /* idle: "edited" was put off */
  gboolean silent; /* a value is being set by the program */

  GtkWidget *box;
  GtkLabel *label;
  GtkLabel *mark;
  GtkLabel *counter;
  GtkLabel *help;
  GtkLabel *problem;
} MadangFieldRowPrivate;

typedef enum
{
  PROP_FIELD = 1,
} MadangFieldRowProperty;

static GParamSpec *properties[PROP_FIELD + 1];
static guint edited_signal;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MadangFieldRow, madang_field_row, GTK_TYPE_WIDGET)

static MadangFieldRowPrivate *
get_private (MadangFieldRow *self)
{
  return madang_field_row_get_instance_private (self);
}

static void
set_optional_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* The label is the control's name; help and problem are its description. */
static void
describe_control (MadangFieldRow *self)
{
  MadangFieldRowPrivate *priv = get_private (self);
  const char *problem = gtk_label_get_label (priv->problem);
  const char *help = gtk_label_get_label (priv->help);

  if (priv->control == NULL || priv->field == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  madang_field_get_label (priv->field),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  *problem != '\0' ? problem : help,
                                  GTK_ACCESSIBLE_PROPERTY_REQUIRED, priv->required, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->control), GTK_ACCESSIBLE_STATE_INVALID,
                               *problem != '\0' ? GTK_ACCESSIBLE_INVALID_TRUE
                                                : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_problem (MadangFieldRow *self, const char *problem)
{
  MadangFieldRowPrivate *priv = get_private (self);

  if (g_strcmp0 (gtk_label_get_label (priv->problem), problem != NULL ? problem : "") == 0)
    return;
  set_optional_text (priv->problem, problem);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "problem");
  describe_control (self);
}

static gboolean
later_cb (gpointer user_data)
{
  get_private (user_data)->later = 0;
  madang_field_row_emit_edited (user_data);
  return G_SOURCE_REMOVE;
}

static void
focus_left_cb (MadangFieldRow *self)
{
  madang_field_row_commit (self);
  if (get_private (self)->editable && MADANG_FIELD_ROW_GET_CLASS (self)->settle != NULL)
    {
      MadangFieldRowPrivate *priv = get_private (self);

      priv->silent = TRUE;
      MADANG_FIELD_ROW_GET_CLASS (self)->settle (self);
      priv->silent = FALSE;
    }
}

static void
madang_field_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_FIELD)
    g_value_set_string (value, get_private (MADANG_FIELD_ROW (object))->name);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_field_row_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  if (property_id == PROP_FIELD)
    get_private (MADANG_FIELD_ROW (object))->name = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static gboolean
madang_field_row_grab_focus (GtkWidget *widget)
{
  MadangFieldRowPrivate *priv = get_private (MADANG_FIELD_ROW (widget));

  /* Selecting the text would let the next key wipe it out. */
  if (GTK_IS_ENTRY (priv->control))
    return gtk_entry_grab_focus_without_selecting (GTK_ENTRY (priv->control));
  return priv->control != NULL
         && (gtk_widget_grab_focus (priv->control)
             || gtk_widget_child_focus (priv->control, GTK_DIR_TAB_FORWARD));
}

static void
madang_field_row_dispose (GObject *object)
{
  g_clear_handle_id (&get_private (MADANG_FIELD_ROW (object))->later, g_source_remove);
  g_clear_pointer (&get_private (MADANG_FIELD_ROW (object))->box, gtk_widget_unparent);

  G_OBJECT_CLASS (madang_field_row_parent_class)->dispose (object);
}

static void
madang_field_row_finalize (GObject *object)
{
  g_free (get_private (MADANG_FIELD_ROW (object))->name);

  G_OBJECT_CLASS (madang_field_row_parent_class)->finalize (object);
}

static void
madang_field_row_class_init (MadangFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = madang_field_row_get_property;
  object_class->set_property = madang_field_row_set_property;
  object_class->dispose = madang_field_row_dispose;
  object_class->finalize = madang_field_row_finalize;
  widget_class->grab_focus = madang_field_row_grab_focus;

  properties[PROP_FIELD]
      = g_param_spec_string ("field", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  edited_signal = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MADANG_TYPE_WIDTH_FIRST_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/widgets/madang-field-row.ui");
  gtk_widget_class_bind_template_child_private (widget_class, MadangFieldRow, box);
  gtk_widget_class_bind_template_child_private (widget_class, MadangFieldRow, label);
  gtk_widget_class_bind_template_child_private (widget_class, MadangFieldRow, mark);
  gtk_widget_class_bind_template_child_private (widget_class, MadangFieldRow, counter);
  gtk_widget_class_bind_template_child_private (widget_class, MadangFieldRow, help);
  gtk_widget_class_bind_template_child_private (widget_class, MadangFieldRow, problem);
  gtk_widget_class_set_layout_manager_type (widget_class, MADANG_TYPE_WIDTH_FIRST_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fieldrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_field_row_init (MadangFieldRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  get_private (self)->editable = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

const char *
madang_field_row_get_field (MadangFieldRow *self)
{
  g_return_val_if_fail (MADANG_IS_FIELD_ROW (self), NULL);
  return get_private (self)->name;
}

void
madang_field_row_bind (MadangFieldRow *self, const MadangKind *kind, const MadangField *field)
{
  MadangFieldRowPrivate *priv = get_private (self);

  g_return_if_fail (MADANG_IS_FIELD_ROW (self));
  g_return_if_fail (field != NULL);

  priv->kind = kind;
  priv->field = field;
  gtk_label_set_label (priv->label, madang_field_get_label (field));
  set_optional_text (priv->help, field->help != NULL ? madang_field_get_help (field) : NULL);
  priv->silent = TRUE;
  if (MADANG_FIELD_ROW_GET_CLASS (self)->bound != NULL)
    MADANG_FIELD_ROW_GET_CLASS (self)->bound (self, field);
  priv->silent = FALSE;
  describe_control (self);
}

const MadangField *
madang_field_row_get_declaration (MadangFieldRow *self)
{
  g_return_val_if_fail (MADANG_IS_FIELD_ROW (self), NULL);
  return get_private (self)->field;
}

void
madang_field_row_set_value (MadangFieldRow *self, GVariant *value)
{
  MadangFieldRowPrivate *priv = get_private (self);

  g_return_if_fail (MADANG_IS_FIELD_ROW (self));

  priv->silent = TRUE;
  MADANG_FIELD_ROW_GET_CLASS (self)->set_value (self, value);
  priv->silent = FALSE;
  show_problem (self, NULL);
}

gboolean
madang_field_row_dup_value (MadangFieldRow *self, GVariant **value, char **problem)
{
  MadangFieldRowPrivate *priv = get_private (self);
  g_autoptr (MadangVerdict) verdict = NULL;
  g_autoptr (GVariant) read = NULL;

  g_return_val_if_fail (MADANG_IS_FIELD_ROW (self), FALSE);
  g_return_val_if_fail (priv->field != NULL, FALSE);

  *value = NULL;
  *problem = NULL;
  if (MADANG_FIELD_ROW_GET_CLASS (self)->dup_value (self, &read, problem))
    {
      verdict = madang_field_check (priv->field, read);
      if (madang_verdict_is_no (verdict))
        *problem = madang_verdict_dup_text (verdict, priv->kind != NULL ? priv->kind->name : NULL);
      else
        *value = g_steal_pointer (&read);
    }
  show_problem (self, *problem);
  return *problem == NULL;
}

char *
madang_field_row_dup_text (MadangFieldRow *self)
{
  g_return_val_if_fail (MADANG_IS_FIELD_ROW (self), NULL);

  if (MADANG_FIELD_ROW_GET_CLASS (self)->dup_text == NULL)
    return NULL;
  return MADANG_FIELD_ROW_GET_CLASS (self)->dup_text (self);
}

void
madang_field_row_set_text (MadangFieldRow *self, const char *text)
{
  MadangFieldRowPrivate *priv = get_private (self);

  g_return_if_fail (MADANG_IS_FIELD_ROW (self));
  g_return_if_fail (text != NULL);

  if (MADANG_FIELD_ROW_GET_CLASS (self)->set_text == NULL)
    return;
  priv->silent = TRUE;
  MADANG_FIELD_ROW_GET_CLASS (self)->set_text (self, text);
  priv->silent = FALSE;
}

void
madang_field_row_set_editable (MadangFieldRow *self, gboolean editable)
{
  MadangFieldRowPrivate *priv = get_private (self);

  g_return_if_fail (MADANG_IS_FIELD_ROW (self));

  if (priv->editable == editable)
    return;
  priv->editable = editable;
  if (editable)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "read-only");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "read-only");
  gtk_widget_set_visible (GTK_WIDGET (priv->mark), priv->required && editable);
  gtk_widget_set_visible (GTK_WIDGET (priv->help),
                          editable && *gtk_label_get_label (priv->help) != '\0');
  priv->silent = TRUE;
  if (MADANG_FIELD_ROW_GET_CLASS (self)->set_editable != NULL)
    MADANG_FIELD_ROW_GET_CLASS (self)->set_editable (self, editable);
  /* To read, every value stands in its usual form. */
  if (!editable && MADANG_FIELD_ROW_GET_CLASS (self)->settle != NULL)
    MADANG_FIELD_ROW_GET_CLASS (self)->settle (self);
  priv->silent = FALSE;
}

gboolean
madang_field_row_get_editable (MadangFieldRow *self)
{
  g_return_val_if_fail (MADANG_IS_FIELD_ROW (self), FALSE);
  return get_private (self)->editable;
}

void
madang_field_row_set_required (MadangFieldRow *self, gboolean required)
{
  MadangFieldRowPrivate *priv = get_private (self);

  g_return_if_fail (MADANG_IS_FIELD_ROW (self));

  if (priv->required == required)
    return;
  priv->required = required;
  gtk_widget_set_visible (GTK_WIDGET (priv->mark), required && priv->editable);
  describe_control (self);
}

void
madang_field_row_set_control (MadangFieldRow *self, GtkWidget *widget, GtkWidget *control)
{
  MadangFieldRowPrivate *priv = get_private (self);

  g_return_if_fail (MADANG_IS_FIELD_ROW (self));
  g_return_if_fail (priv->control == NULL);

  priv->control = control;
  gtk_box_insert_child_after (GTK_BOX (priv->box), widget, GTK_WIDGET (priv->help));
}

void
madang_field_row_emit_edited (MadangFieldRow *self)
{
  g_return_if_fail (MADANG_IS_FIELD_ROW (self));
  if (!get_private (self)->silent)
    g_signal_emit (self, edited_signal, 0);
}

void
madang_field_row_set_count (MadangFieldRow *self, glong count)
{
  MadangFieldRowPrivate *priv = get_private (self);
  g_autofree char *text = NULL;

  g_return_if_fail (MADANG_IS_FIELD_ROW (self));
  g_return_if_fail (priv->field != NULL);

  if (count >= 0)
    /* Translators: characters typed so far / characters allowed, e.g. "1,204 / 2,000" */
    text = g_strdup_printf (_ ("%'ld / %'ld"), count, (glong)priv->field->max);
  set_optional_text (priv->counter, text);
  if (count > priv->field->max)
    gtk_widget_add_css_class (GTK_WIDGET (priv->counter), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (priv->counter), "error");
}

void
madang_field_row_emit_edited_later (MadangFieldRow *self)
{
  MadangFieldRowPrivate *priv = get_private (self);

  g_return_if_fail (MADANG_IS_FIELD_ROW (self));

  /* Before the next frame, so that the paper still follows each key. */
  if (!priv->silent && priv->later == 0)
    priv->later = g_idle_add_full (G_PRIORITY_HIGH_IDLE, later_cb, self, NULL);
}

void
madang_field_row_commit (MadangFieldRow *self)
{
  MadangFieldRowPrivate *priv = get_private (self);

  g_return_if_fail (MADANG_IS_FIELD_ROW (self));

  if (priv->later == 0)
    return;
  g_clear_handle_id (&priv->later, g_source_remove);
  madang_field_row_emit_edited (self);
}
