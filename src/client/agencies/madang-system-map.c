/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-system-map.h"

#include <glib/gi18n.h>

#include "madang-district-map.h"
#include "madang-map-palette.h"
#include "madang-system-entry.h"
#include "madang-wrap-box.h"

/* What can be shown, and what it is called where nothing is known. */
static const struct
{
  const char *field;
  const char *label;   /* msgid */
  const char *nothing; /* msgid */
} colourings[] = {
  { "platform_kind", N_ ("Kind of system"), N_ ("Nothing stated") },
  { "epeople_mode", N_ ("Relation to e-People"), N_ ("Nothing stated") },
  { "application", N_ ("State of the application"), N_ ("No application") },
};

/* A line of the legend. */
typedef struct
{
  char *value; /* (owned): "" when nothing is known */
  char *label; /* (owned) */
  guint category;
  guint n_shown;
} Key;

struct _MadangSystemMap
{
  AdwBin parent_instance;

  GPtrArray *all;   /* (owned) (nullable) until set */
  GPtrArray *shown; /* (owned) (nullable) until set */
  GtkDropDown *colouring;
  MadangDistrictMap *map;
  MadangWrapBox *legend;
};

static guint picked_signal;

G_DEFINE_FINAL_TYPE (MadangSystemMap, madang_system_map, ADW_TYPE_BIN)

static void
free_key (gpointer data)
{
  Key *key = data;

  g_free (key->value);
  g_free (key->label);
  g_free (key);
}

static gboolean
is_district (const MadangSystemEntry *entry)
{
  return madang_record_is_set (entry->agency, "code");
}

static const char *
get_value (const MadangSystemEntry *entry, const char *field)
{
  const char *value = madang_system_entry_get_text (entry, field);

  return g_str_equal (value, "none_stated") ? "" : value;
}

static void
add_key (GPtrArray *keys, const char *value, const char *label)
{
  Key *key = g_new0 (Key, 1);

  key->value = g_strdup (value);
  key->label = g_strdup (label);
  /* Where there are more values than colours, the last ones share one and differ by their name. */
  key->category = MIN (keys->len, MADANG_MAP_CATEGORIES - 1);
  g_ptr_array_add (keys, key);
}

static Key *
find_key (GPtrArray *keys, const char *value)
{
  for (guint i = 0; i < keys->len; i++)
    if (g_str_equal (((Key *)keys->pdata[i])->value, value))
      return keys->pdata[i];
  /* A value that only a newer program knows. */
  return keys->pdata[0];
}

static gboolean
occurs (GPtrArray *entries, const char *field, const char *value)
{
  for (guint i = 0; i < entries->len; i++)
    if (is_district (entries->pdata[i])
        && g_str_equal (get_value (entries->pdata[i], field), value))
      return TRUE;
  return FALSE;
}

static const MadangField *
find_field (const char *name)
{
  const MadangField *field = madang_kind_find_field (madang_kind_find ("system_observation"), name);

  return field != NULL ? field
                       : madang_kind_find_field (madang_kind_find ("proposal_system"), name);
}

/* Made from all entries, so that a filter does not change what a colour means. */
static GPtrArray *
build_keys (MadangSystemMap *self, guint colouring)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (free_key);
  const char *name = colourings[colouring].field;
  const MadangField *field = find_field (name);
  const MadangKind *application = madang_kind_find ("application");

  add_key (keys, "", _ (colourings[colouring].nothing));
  for (const MadangChoice *choice = field != NULL ? field->choices : NULL;
       choice != NULL && choice->name != NULL; choice++)
    if (occurs (self->all, name, choice->name))
      add_key (keys, choice->name, madang_field_get_choice_label (field, choice->name));
  for (const MadangState *state = field == NULL ? application->states : NULL;
       state != NULL && state->name != NULL; state++)
    if (occurs (self->all, name, state->name))
      add_key (keys, state->name, madang_kind_get_state_label (application, state->name));
  return keys;
}

/* A district may have several systems: the first one that is shown colours it. */
static const MadangSystemEntry *
find_entry (GPtrArray *entries, const char *agency)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const MadangSystemEntry *entry = entries->pdata[i];

      if (g_str_equal (madang_record_get_id (entry->agency), agency))
        return entry;
    }
  return NULL;
}

static void
colour_district (MadangSystemMap *self,
                 const MadangSystemEntry *entry,
                 const char *field,
                 GPtrArray *keys)
{
  const char *id = madang_record_get_id (entry->agency);
  const char *code = madang_record_get_text (entry->agency, "code");
  const MadangSystemEntry *shown = find_entry (self->shown, id);
  Key *key = find_key (keys, get_value (shown != NULL ? shown : entry, field));
  g_autofree char *text = NULL;

  /* Of several systems the first one speaks. */
  if (find_entry (self->all, id) != entry)
    return;
  if (shown != NULL)
    {
      key->n_shown++;
      text = g_strdup (key->label);
    }
  else
    /* Translators: %s is what the colour of a district means */
    text = g_strdup_printf (_ ("%s (not among those shown)"), key->label);
  madang_district_map_set_district (self->map, code, key->category, text);
  madang_district_map_set_faint (self->map, code, shown == NULL);
}

static void
append_to_legend (MadangSystemMap *self, const Key *key)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *text = g_strdup_printf ("%s %u", key->label, key->n_shown);

  gtk_box_append (GTK_BOX (box), madang_map_palette_sample_new (key->category));
  gtk_box_append (GTK_BOX (box), gtk_label_new (text));
  madang_wrap_box_append (self->legend, box);
}

static void
update_legend (MadangSystemMap *self, GPtrArray *keys, const char *label)
{
  g_autoptr (GString) summary = g_string_new (NULL);

  madang_wrap_box_remove_all (self->legend);
  /* Translators: what the map of the districts of Seoul shows, such as "Kind of system" */
  g_string_append_printf (summary, _ ("Map of the districts: %s"), label);
  for (guint i = 0; i < keys->len; i++)
    {
      const Key *key = keys->pdata[i];

      append_to_legend (self, key);
      g_string_append_printf (summary, ", %s %u", key->label, key->n_shown);
    }
  madang_district_map_set_summary (self->map, summary->str);
}

static void
update (MadangSystemMap *self)
{
  const guint colouring = gtk_drop_down_get_selected (self->colouring);
  g_autoptr (GPtrArray) keys = NULL;

  if (self->all == NULL || colouring >= G_N_ELEMENTS (colourings))
    return;
  keys = build_keys (self, colouring);
  for (guint i = 0; i < self->all->len; i++)
    if (is_district (self->all->pdata[i]))
      colour_district (self, self->all->pdata[i], colourings[colouring].field, keys);
  update_legend (self, keys, _ (colourings[colouring].label));
}

static void
district_picked_cb (MadangSystemMap *self, const char *code)
{
  for (guint i = 0; self->all != NULL && i < self->all->len; i++)
    {
      const MadangSystemEntry *entry = self->all->pdata[i];

      if (g_str_equal (madang_record_get_text (entry->agency, "code"), code))
        {
          g_signal_emit (self, picked_signal, 0, madang_record_get_id (entry->agency));
          return;
        }
    }
}

static void
fill_colourings (MadangSystemMap *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (colourings); i++)
    gtk_string_list_append (labels, _ (colourings[i].label));
  gtk_drop_down_set_model (self->colouring, G_LIST_MODEL (labels));
}

static void
madang_system_map_finalize (GObject *object)
{
  MadangSystemMap *self = MADANG_SYSTEM_MAP (object);

  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);

  G_OBJECT_CLASS (madang_system_map_parent_class)->finalize (object);
}

static void
madang_system_map_class_init (MadangSystemMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = madang_system_map_finalize;
  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (MADANG_TYPE_DISTRICT_MAP);
  g_type_ensure (MADANG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/agencies/madang-system-map.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangSystemMap, colouring);
  gtk_widget_class_bind_template_child (widget_class, MadangSystemMap, map);
  gtk_widget_class_bind_template_child (widget_class, MadangSystemMap, legend);
}

static void
madang_system_map_init (MadangSystemMap *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_colourings (self);
  g_signal_connect_object (self->colouring, "notify::selected", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map, "picked", G_CALLBACK (district_picked_cb), self,
                           G_CONNECT_SWAPPED);
}

void
madang_system_map_set_entries (MadangSystemMap *self, GPtrArray *all, GPtrArray *shown)
{
  g_return_if_fail (MADANG_IS_SYSTEM_MAP (self));
  g_return_if_fail (all != NULL && shown != NULL);

  g_ptr_array_ref (all);
  g_ptr_array_ref (shown);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->all = all;
  self->shown = shown;
  update (self);
}

void
madang_system_map_focus_district (MadangSystemMap *self)
{
  g_return_if_fail (MADANG_IS_SYSTEM_MAP (self));
  gtk_widget_child_focus (GTK_WIDGET (self->map), GTK_DIR_TAB_FORWARD);
}
