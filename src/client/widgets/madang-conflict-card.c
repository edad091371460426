/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-conflict-card.h"

#include <glib/gi18n.h>

#include "madang-field-row-factory.h"
#include "madang-long-text.h"
#include "madang-text.h"

struct _MadangConflictCard
{
  GtkWidget parent_instance;

  MadangRecord *conflict;   /* (owned) */
  const MadangField *field; /* (nullable): the conflict is about an event */
  GVariant *mine;           /* (owned) (nullable) */
  GVariant *theirs;         /* (owned) (nullable) */
  MadangFieldRow *row;      /* (nullable): the editor of a third version */

  GtkWidget *box;
  GtkLabel *heading;
  GtkLabel *explanation;
  GtkWidget *sides;
  GtkLabel *mine_heading;
  MadangLongText *mine_text;
  GtkWidget *mine_button;
  GtkLabel *theirs_heading;
  MadangLongText *theirs_text;
  GtkWidget *theirs_button;
  GtkWidget *editor;
  GtkWidget *edit_button;
  GtkWidget *use_button;
};

static guint resolved_signal;

G_DEFINE_FINAL_TYPE (MadangConflictCard, madang_conflict_card, GTK_TYPE_WIDGET)

static void
emit_resolved (MadangConflictCard *self, GVariant *value)
{
  g_signal_emit (self, resolved_signal, 0, value);
}

static void
mine_clicked_cb (MadangConflictCard *self)
{
  emit_resolved (self, self->mine);
}

static void
theirs_clicked_cb (MadangConflictCard *self)
{
  emit_resolved (self, self->theirs);
}

static void
row_edited_cb (MadangConflictCard *self)
{
  g_autoptr (GVariant) value = NULL;
  g_autofree char *problem = NULL;

  gtk_widget_set_sensitive (self->use_button,
                            madang_field_row_dup_value (self->row, &value, &problem));
}

static void
edit_clicked_cb (MadangConflictCard *self)
{
  GtkWidget *row;

  /* There is nothing to write about an event: the button says that it was seen. */
  if (self->field == NULL)
    {
      emit_resolved (self, NULL);
      return;
    }
  row = madang_field_row_new_for (self->field);
  self->row = MADANG_FIELD_ROW (row);
  madang_field_row_bind (self->row, NULL, self->field);
  madang_field_row_set_value (self->row, self->mine);
  madang_field_row_set_editable (self->row, TRUE);
  g_signal_connect_object (row, "edited", G_CALLBACK (row_edited_cb), self, G_CONNECT_SWAPPED);
  gtk_box_prepend (GTK_BOX (self->editor), row);
  gtk_widget_set_visible (self->edit_button, FALSE);
  gtk_widget_set_visible (self->use_button, TRUE);
  gtk_widget_grab_focus (row);
}

static void
use_clicked_cb (MadangConflictCard *self)
{
  g_autoptr (GVariant) value = NULL;
  g_autofree char *problem = NULL;

  if (madang_field_row_dup_value (self->row, &value, &problem))
    emit_resolved (self, value);
}

static char *
dup_value_text (const MadangField *field, GVariant *value)
{
  g_autofree char *text = madang_field_format (field, value);

  return *text != '\0' ? g_steal_pointer (&text) : g_strdup (_ ("(empty)"));
}

static char *
dup_side_heading (MadangConflictCard *self, const char *who, const char *time_field)
{
  g_autofree char *time = NULL;

  if (!madang_record_is_set (self->conflict, time_field))
    return g_strdup (who);
  time = madang_record_dup_display (self->conflict, time_field);
  /* Translators: who changed it, and when */
  return g_strdup_printf (_ ("%s, %s"), who, time);
}

static const char *
get_author (MadangRecord *conflict, const char *field, const char *own_account)
{
  const char *author = madang_record_get_text (conflict, field);

  if (g_strcmp0 (author, own_account) != 0)
    return _ ("Someone else");
  /* One person at two computers: the two sides must not read alike. */
  if (g_str_equal (field, "theirs_by")
      && g_strcmp0 (author, madang_record_get_text (conflict, "author")) == 0)
    return _ ("You, on another device");
  return _ ("You");
}

static void
show_values (MadangConflictCard *self, const char *own_account)
{
  g_autofree char *mine_heading
      = dup_side_heading (self, get_author (self->conflict, "author", own_account), "made_at");
  g_autofree char *theirs_heading
      = dup_side_heading (self, get_author (self->conflict, "theirs_by", own_account), "theirs_at");
  g_autofree char *mine = dup_value_text (self->field, self->mine);
  g_autofree char *theirs = dup_value_text (self->field, self->theirs);

  gtk_label_set_label (self->mine_heading, mine_heading);
  gtk_label_set_label (self->theirs_heading, theirs_heading);
  madang_long_text_set_text (self->mine_text, mine, mine_heading);
  madang_long_text_set_text (self->theirs_text, theirs, theirs_heading);
}

/* The record changed between what the person saw and the event. */
static void
show_event (MadangConflictCard *self, const MadangKind *kind)
{
  const MadangEvent *event = NULL;
  g_autofree char *text = NULL;
  g_autofree char *settled = NULL;

  if (kind != NULL)
    event = madang_kind_find_event (kind, madang_record_get_text (self->conflict, "event"));
  /* Translators: %s is the name of a command, such as “Submit” */
  text = g_strdup_printf (_ ("Someone else changed it before “%s” arrived, so that was not "
                             "carried out. Look at it again and repeat the command."),
                          event != NULL ? madang_event_get_label (event) : "");
  settled = madang_text_settle_particles (text);
  gtk_label_set_label (self->explanation, settled);
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), TRUE);
  gtk_widget_set_visible (self->sides, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->edit_button), _ ("Done"));
}

static void
fill (MadangConflictCard *self, const char *own_account)
{
  const MadangKind *kind
      = madang_kind_find (madang_record_get_text (self->conflict, "record_kind"));
  const char *label = kind != NULL ? madang_kind_get_label (kind)
                                   : madang_record_get_text (self->conflict, "record_kind");
  g_autofree char *heading = NULL;

  if (madang_sync_read_conflict (self->conflict, &self->field, &self->theirs, &self->mine)
      && self->field != NULL)
    {
      /* Translators: kind of record, then its field: "Application: Contact number" */
      heading = g_strdup_printf (_ ("%s: %s"), label, madang_field_get_label (self->field));
      show_values (self, own_account);
      gtk_widget_set_visible (self->edit_button, self->field->type != MADANG_FIELD_REFERENCE
                                                     && self->field->type != MADANG_FIELD_ROWS);
    }
  else
    {
      heading = g_strdup (label);
      show_event (self, kind);
    }
  gtk_label_set_label (self->heading, heading);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  -1);
}

static void
madang_conflict_card_dispose (GObject *object)
{
  MadangConflictCard *self = MADANG_CONFLICT_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->conflict);
  g_clear_pointer (&self->mine, g_variant_unref);
  g_clear_pointer (&self->theirs, g_variant_unref);

  G_OBJECT_CLASS (madang_conflict_card_parent_class)->dispose (object);
}

static void
madang_conflict_card_class_init (MadangConflictCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_conflict_card_dispose;
  resolved_signal = g_signal_new ("resolved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_VARIANT);

  g_type_ensure (MADANG_TYPE_LONG_TEXT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/widgets/madang-conflict-card.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, box);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, heading);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, explanation);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, sides);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, mine_heading);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, mine_text);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, mine_button);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, theirs_heading);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, theirs_text);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, theirs_button);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, editor);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, edit_button);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictCard, use_button);
  gtk_widget_class_bind_template_callback (widget_class, mine_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, theirs_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_conflict_card_init (MadangConflictCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
madang_conflict_card_new (MadangRecord *conflict, const char *own_account)
{
  MadangConflictCard *self;

  g_return_val_if_fail (MADANG_IS_RECORD (conflict), NULL);

  self = g_object_new (MADANG_TYPE_CONFLICT_CARD, NULL);
  self->conflict = g_object_ref (conflict);
  fill (self, own_account);
  return GTK_WIDGET (self);
}

MadangRecord *
madang_conflict_card_get_conflict (MadangConflictCard *self)
{
  g_return_val_if_fail (MADANG_IS_CONFLICT_CARD (self), NULL);
  return self->conflict;
}

void
madang_conflict_card_set_busy (MadangConflictCard *self, gboolean busy)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_if_fail (MADANG_IS_CONFLICT_CARD (self));

  /* An entry of GTK 4.8 does not notice that it loses the focus when it becomes insensitive. */
  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (busy && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !busy);
}

gboolean
madang_conflict_card_get_editing (MadangConflictCard *self)
{
  g_return_val_if_fail (MADANG_IS_CONFLICT_CARD (self), FALSE);
  return self->row != NULL;
}
