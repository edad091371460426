/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-search-entry.h"

/* An input method takes its syllable back before it enters it: what comes at once is one change. */
#define SETTLE 30 /* ms */

struct _MadangSearchEntry
{
  GtkWidget parent_instance;

  GtkWidget *entry; /* (owned): GtkSearchEntry */
  char *label;      /* (owned) (nullable) */
  char *preedit;    /* (owned): what the input method composes */
  char *text;       /* (owned): as last told */
  MadangSearchFlags flags;
  guint settling; /* source; 0: nothing to tell */
};

typedef enum
{
  PROP_LABEL = 1,
  PROP_PLACEHOLDER,
} MadangSearchEntryProperty;

static GParamSpec *properties[PROP_PLACEHOLDER + 1];

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ENTERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MadangSearchEntry, madang_search_entry, GTK_TYPE_WIDGET)

/* --- what is looked for --------------------------------------------------------------------- */

/* As it stands before the person: with what is composed in its place. */
static char *
dup_seen (MadangSearchEntry *self, MadangSearchFlags *flags)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  GString *seen = g_string_new (gtk_editable_get_text (editable));
  const char *place = g_utf8_offset_to_pointer (seen->str, gtk_editable_get_position (editable));
  const gboolean composing = *self->preedit != '\0' && *place == '\0';

  g_string_insert (seen, place - seen->str, self->preedit);
  *flags = composing ? MADANG_SEARCH_COMPOSING : 0;
  return g_string_free (seen, FALSE);
}

static void
tell (MadangSearchEntry *self)
{
  MadangSearchFlags flags;
  g_autofree char *former = NULL;
  char *seen = dup_seen (self, &flags);

  g_clear_handle_id (&self->settling, g_source_remove);
  if (flags == self->flags && g_str_equal (seen, self->text))
    {
      g_free (seen);
      return;
    }
  former = self->text;
  self->text = seen;
  self->flags = flags;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
settled_cb (gpointer data)
{
  MadangSearchEntry *self = data;

  self->settling = 0;
  tell (self);
  return G_SOURCE_REMOVE;
}

static void
typed_cb (MadangSearchEntry *self)
{
  if (self->settling == 0)
    self->settling = g_timeout_add (SETTLE, settled_cb, self);
}

static void
preedit_changed_cb (MadangSearchEntry *self, const char *preedit)
{
  g_free (self->preedit);
  self->preedit = g_strdup (preedit != NULL ? preedit : "");
  typed_cb (self);
}

static void
entered_cb (MadangSearchEntry *self)
{
  tell (self);
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0);
}

/* The input method keeps its syllable when the text is cleared, and would enter it before the next
 * one. GTK cannot be asked to make it forget, but without the focus it lets go. */
static void
end_composing (MadangSearchEntry *self)
{
  GtkRoot *root = gtk_widget_get_root (self->entry);
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));

  if (root == NULL || *self->preedit == '\0' || !gtk_widget_has_focus (text))
    return;
  gtk_root_set_focus (root, NULL);
  gtk_widget_grab_focus (self->entry);
}

/* --- object --------------------------------------------------------------------------------- */

static gboolean
madang_search_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MADANG_SEARCH_ENTRY (widget)->entry);
}

static void
set_label (MadangSearchEntry *self, const char *label)
{
  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
}

static void
madang_search_entry_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  MadangSearchEntry *self = MADANG_SEARCH_ENTRY (object);

  switch ((MadangSearchEntryProperty)property)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_PLACEHOLDER:
      g_object_get_property (G_OBJECT (self->entry), "placeholder-text", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
madang_search_entry_set_property (GObject *object,
                                  guint property,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  MadangSearchEntry *self = MADANG_SEARCH_ENTRY (object);

  switch ((MadangSearchEntryProperty)property)
    {
    case PROP_LABEL:
      set_label (self, g_value_get_string (value));
      break;
    case PROP_PLACEHOLDER:
      g_object_set_property (G_OBJECT (self->entry), "placeholder-text", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
madang_search_entry_dispose (GObject *object)
{
  MadangSearchEntry *self = MADANG_SEARCH_ENTRY (object);

  g_clear_handle_id (&self->settling, g_source_remove);
  g_clear_pointer (&self->entry, gtk_widget_unparent);

  G_OBJECT_CLASS (madang_search_entry_parent_class)->dispose (object);
}

static void
madang_search_entry_finalize (GObject *object)
{
  MadangSearchEntry *self = MADANG_SEARCH_ENTRY (object);

  g_free (self->label);
  g_free (self->preedit);
  g_free (self->text);

  G_OBJECT_CLASS (madang_search_entry_parent_class)->finalize (object);
}

static void
madang_search_entry_class_init (MadangSearchEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = madang_search_entry_get_property;
  object_class->set_property = madang_search_entry_set_property;
  object_class->dispose = madang_search_entry_dispose;
  object_class->finalize = madang_search_entry_finalize;
  widget_class->grab_focus = madang_search_entry_grab_focus;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_PLACEHOLDER] = g_param_spec_string ("placeholder", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", MADANG_TYPE_SEARCH_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENTERED] = g_signal_new ("entered", MADANG_TYPE_SEARCH_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
madang_search_entry_init (MadangSearchEntry *self)
{
  self->preedit = g_strdup ("");
  self->text = g_strdup ("");
  self->entry = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entered_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (madang_search_entry_clear), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)),
                           "preedit-changed", G_CALLBACK (preedit_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
madang_search_entry_new (const char *label, const char *placeholder)
{
  return g_object_new (MADANG_TYPE_SEARCH_ENTRY, "label", label, "placeholder", placeholder, NULL);
}

const char *
madang_search_entry_get_text (MadangSearchEntry *self)
{
  g_return_val_if_fail (MADANG_IS_SEARCH_ENTRY (self), "");
  return self->text;
}

MadangSearchFlags
madang_search_entry_get_flags (MadangSearchEntry *self)
{
  g_return_val_if_fail (MADANG_IS_SEARCH_ENTRY (self), 0);
  return self->flags;
}

void
madang_search_entry_apply (MadangSearchEntry *self, MadangQuery *query)
{
  g_return_if_fail (MADANG_IS_SEARCH_ENTRY (self));
  g_return_if_fail (query != NULL);
  madang_query_set_search (query, self->text, self->flags);
}

void
madang_search_entry_begin (MadangSearchEntry *self)
{
  g_return_if_fail (MADANG_IS_SEARCH_ENTRY (self));

  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

void
madang_search_entry_clear (MadangSearchEntry *self)
{
  g_return_if_fail (MADANG_IS_SEARCH_ENTRY (self));

  end_composing (self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  /* That takes what is composed along, and GTK does not tell. */
  g_free (self->preedit);
  self->preedit = g_strdup ("");
  tell (self);
}
