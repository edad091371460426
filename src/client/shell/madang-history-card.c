/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-history-card.h"

#include <glib/gi18n.h>

#include "madang-history-restore.h"
#include "madang-history-words.h"

/* --- the item ------------------------------------------------------------------------------ */

struct _MadangHistoryMoment
{
  GObject parent_instance;

  GPtrArray *lines; /* (owned): borrowed MadangHistoryLine */
};

G_DEFINE_FINAL_TYPE (MadangHistoryMoment, madang_history_moment, G_TYPE_OBJECT)

static void
madang_history_moment_finalize (GObject *object)
{
  g_ptr_array_unref (MADANG_HISTORY_MOMENT (object)->lines);

  G_OBJECT_CLASS (madang_history_moment_parent_class)->finalize (object);
}

static void
madang_history_moment_class_init (MadangHistoryMomentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_history_moment_finalize;
}

static void
madang_history_moment_init (MadangHistoryMoment *self)
{
  self->lines = g_ptr_array_new ();
}

MadangHistoryMoment *
madang_history_moment_new (void)
{
  return g_object_new (MADANG_TYPE_HISTORY_MOMENT, NULL);
}

void
madang_history_moment_prepend (MadangHistoryMoment *self, const MadangHistoryLine *line)
{
  g_return_if_fail (MADANG_IS_HISTORY_MOMENT (self));

  g_ptr_array_insert (self->lines, 0, (gpointer)line);
}

/* --- the card ------------------------------------------------------------------------------ */

struct _MadangHistoryCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *heading;
  char *name; /* (owned) (nullable) */
};

/* What the lines of a card are shown with. */
typedef struct
{
  MadangRecord *record;
  const MadangActor *actor;
  MadangRecordStore *records;
} Setting;

static guint restore_signal;

G_DEFINE_FINAL_TYPE (MadangHistoryCard, madang_history_card, GTK_TYPE_WIDGET)

static GtkLabel *
new_label (const char *text, const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_yalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static void
attach_side (GtkGrid *grid, int row, const char *caption, const char *value)
{
  GtkLabel *caption_label = new_label (caption, "dim-label");
  GtkLabel *value_label = new_label (value, NULL);

  gtk_widget_set_hexpand (GTK_WIDGET (value_label), TRUE);
  gtk_grid_attach (grid, GTK_WIDGET (caption_label), 0, row, 1, 1);
  gtk_grid_attach (grid, GTK_WIDGET (value_label), 1, row, 1, 1);
}

static void
restore_clicked_cb (GtkButton *button, MadangHistoryCard *self)
{
  g_signal_emit (self, restore_signal, 0, g_object_get_data (G_OBJECT (button), "line"));
}

/* A button that is off says why beside it, not only under the pointer. */
static void
append_restore (MadangHistoryCard *self,
                GtkBox *box,
                const MadangHistoryLine *line,
                const Setting *setting,
                const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Restore This Value"));
  g_autofree char *obstacle
      = madang_history_restore_dup_obstacle (setting->record, setting->actor, line);
  /* Translators: the name of a button for those who hear it; %s is a field */
  g_autofree char *name = g_strdup_printf (_ ("Restore the value before of: %s"), label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_sensitive (button, obstacle == NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  obstacle != NULL ? obstacle : "", -1);
  g_object_set_data (G_OBJECT (button), "line", (gpointer)line);
  g_signal_connect_object (button, "clicked", G_CALLBACK (restore_clicked_cb), self, 0);
  gtk_box_append (box, button);
  if (obstacle != NULL)
    {
      GtkLabel *reason = new_label (obstacle, "dim-label");

      gtk_widget_add_css_class (GTK_WIDGET (reason), "caption");
      gtk_box_append (box, GTK_WIDGET (reason));
    }
}

static GtkWidget *
new_line (MadangHistoryCard *self, const MadangHistoryLine *line, const Setting *setting)
{
  const MadangKind *kind = madang_record_get_kind (setting->record);
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  g_autofree char *label = madang_history_dup_label (line, kind);
  g_autofree char *after = madang_history_dup_value (line, kind, setting->records, FALSE);
  int row = 0;

  gtk_grid_set_column_spacing (grid, 12);
  gtk_box_append (box, GTK_WIDGET (new_label (label, "caption-heading")));
  if (line->before != NULL || line->hidden || line->field != NULL)
    {
      g_autofree char *before = madang_history_dup_value (line, kind, setting->records, TRUE);

      attach_side (grid, row++, _ ("Before"), before);
    }
  /* Translators: beside the value that a change left */
  attach_side (grid, row, _ ("After"), after);
  gtk_box_append (box, GTK_WIDGET (grid));
  if (setting->actor != NULL && madang_history_restore_is_offered (line))
    append_restore (self, box, line, setting, label);
  return GTK_WIDGET (box);
}

/* A step that leaves the state says all in the heading. */
static gboolean
says_nothing (const MadangHistoryLine *line)
{
  return line->path == NULL && line->before != NULL && line->after != NULL
         && g_variant_equal (line->before, line->after);
}

static void
remove_lines (MadangHistoryCard *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_next_sibling (GTK_WIDGET (self->heading))) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

static void
madang_history_card_dispose (GObject *object)
{
  MadangHistoryCard *self = MADANG_HISTORY_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (madang_history_card_parent_class)->dispose (object);
}

static void
madang_history_card_finalize (GObject *object)
{
  g_free (MADANG_HISTORY_CARD (object)->name);

  G_OBJECT_CLASS (madang_history_card_parent_class)->finalize (object);
}

static void
madang_history_card_class_init (MadangHistoryCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_history_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = madang_history_card_finalize;
  restore_signal = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_history_card_init (MadangHistoryCard *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->heading = new_label (NULL, "heading");
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_add_css_class (self->box, "conflict-card");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->heading));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
madang_history_card_new (void)
{
  return g_object_new (MADANG_TYPE_HISTORY_CARD, NULL);
}

void
madang_history_card_show (MadangHistoryCard *self,
                          MadangHistoryMoment *moment,
                          MadangRecord *record,
                          const MadangActor *actor,
                          MadangRecordStore *records)
{
  const Setting setting = { record, actor, records };
  const MadangHistoryLine *first;
  g_autofree char *time = NULL;
  g_autofree char *who = NULL;
  g_autofree char *event = NULL;

  g_return_if_fail (MADANG_IS_HISTORY_CARD (self));
  g_return_if_fail (MADANG_IS_HISTORY_MOMENT (moment) && moment->lines->len > 0);
  g_return_if_fail (MADANG_IS_RECORD (record));

  first = g_ptr_array_index (moment->lines, 0);
  time = madang_history_dup_time (first);
  who = madang_history_dup_who (first);
  event = madang_history_dup_event (first, madang_record_get_kind (record));
  g_free (self->name);
  /* Translators: when, who, what: “2020. 3. 9. 10:00, You, Changed” */
  self->name = g_strdup_printf (_ ("%s, %s, %s"), time, who, event);
  gtk_label_set_label (self->heading, self->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  -1);
  remove_lines (self);
  for (guint i = 0; i < moment->lines->len; i++)
    {
      const MadangHistoryLine *line = g_ptr_array_index (moment->lines, i);

      if (!says_nothing (line))
        gtk_box_append (GTK_BOX (self->box), new_line (self, line, &setting));
    }
}

const char *
madang_history_card_get_name (MadangHistoryCard *self)
{
  g_return_val_if_fail (MADANG_IS_HISTORY_CARD (self), NULL);

  return self->name;
}
