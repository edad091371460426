/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sidebar.h"

#include <glib/gi18n.h>

#include "madang-current-programme.h"
#include "madang-demo-people.h"
#include "madang-overflow-tip.h"
#include "madang-sync-indicator.h"

struct _MadangSidebar
{
  AdwBin parent_instance;

  MadangSync *sync; /* (owned) (nullable) */
  AdwHeaderBar *header_bar;
  GSimpleAction *choose; /* (owned): whose programme the work is about */
  char *years;           /* (owned) (nullable): what the menu offers */
  GtkLabel *year;
  GtkMenuButton *year_button;
  GMenu *year_section;
  GtkLabel *programme;
  GtkWidget *demo_label;
  GtkListBox *list;
  MadangSyncIndicator *indicator;
  GtkMenuButton *account_button;
  GtkWidget *account_box;
  GtkLabel *person;
  GtkLabel *role;
  GMenu *people_section;
};

typedef enum
{
  PROP_COLLAPSED = 1,
} MadangSidebarProperty;

static GParamSpec *properties[PROP_COLLAPSED + 1];

G_DEFINE_FINAL_TYPE (MadangSidebar, madang_sidebar, ADW_TYPE_BIN)

static const MadangArea *
get_area (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "area");
}

static void
row_activated_cb (MadangSidebar *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.area", "s", get_area (row)->name);
}

static void
append_area (MadangSidebar *self, const MadangArea *area, guint number)
{
  g_autofree char *keys = madang_area_dup_keys_text (number);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name (area->icon);
  GtkWidget *label = gtk_label_new (madang_area_get_title (area));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  madang_overflow_tip_install (label);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "area", (gpointer)area);
  /* A row of a list box has no name of its own. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  madang_area_get_title (area), -1);
  gtk_widget_set_tooltip_text (row, keys);
  gtk_list_box_append (self->list, row);
}

static void
fill_areas (MadangSidebar *self, guint roles)
{
  GtkWidget *row;
  guint number = 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (const MadangArea *area = madang_area_next (NULL, roles); area != NULL;
       area = madang_area_next (area, roles))
    append_area (self, area, ++number);
}

static void
fill_people (MadangSidebar *self, GPtrArray *people)
{
  g_menu_remove_all (self->people_section);
  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const MadangDemoPerson *person = people->pdata[i];
      g_autofree char *label = g_strdup_printf ("%s – %s", person->name, person->role);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.switch-person", "s", person->login);
      g_menu_append_item (self->people_section, item);
    }
}

/* --- the year -------------------------------------------------------------------------------- */

static void
choose_cb (GSimpleAction *action, GVariant *programme, gpointer user_data)
{
  MadangSidebar *self = user_data;

  if (self->sync != NULL)
    madang_current_programme_choose (self->sync, g_variant_get_string (programme, NULL));
}

/* An open menu stays as it is while nothing in it changes. */
static void
fill_years (MadangSidebar *self, GPtrArray *programmes)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GString *years = g_string_new (NULL);

  for (guint i = 0; i < programmes->len; i++)
    {
      const char *id = madang_record_get_id (programmes->pdata[i]);
      g_autofree char *label = madang_current_programme_dup_choice (programmes->pdata[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "sidebar.programme", "s", id);
      g_menu_append_item (menu, item);
      g_string_append_printf (years, "%s %s\n", id, label);
    }
  if (g_strcmp0 (self->years, years->str) != 0)
    {
      g_menu_remove_all (self->year_section);
      g_menu_append_section (self->year_section, NULL, G_MENU_MODEL (menu));
    }
  g_free (self->years);
  self->years = g_string_free (years, FALSE);
}

/* With one programme there is nothing to choose. programme (nullable): none has come yet. */
static void
show_year (MadangSidebar *self, MadangRecord *programme)
{
  g_autoptr (GPtrArray) all = madang_current_programme_list (self->sync);
  g_autofree char *year = programme != NULL ? madang_record_dup_display (programme, "year") : NULL;
  g_autofree char *name = NULL;

  /* Translators: for a screen reader; %s is a year */
  name = g_strdup_printf (_ ("Programme of the year %s"), year != NULL ? year : "");
  gtk_label_set_label (self->year, year != NULL ? year : "");
  gtk_menu_button_set_label (self->year_button, year != NULL ? year : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->year_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->year), all->len <= 1);
  gtk_widget_set_visible (GTK_WIDGET (self->year_button), all->len > 1);
  g_simple_action_set_state (self->choose,
                             g_variant_new_string (
                                 programme != NULL ? madang_record_get_id (programme) : ""));
  fill_years (self, all);
}

/* --- who it is -------------------------------------------------------------------------------- */

/* All that the person holds, the first one first. */
static char *
dup_role_labels (const MadangIdentity *identity, guint roles)
{
  const MadangRole first = identity->role != NULL ? madang_role_from_name (identity->role) : 0;
  GString *labels;

  if (identity->role == NULL)
    /* Translators: of somebody who holds no role */
    return g_strdup (_ ("No Role"));
  labels = g_string_new (first != 0 ? madang_role_get_label (first) : identity->role);
  for (guint role = 1; role <= MADANG_ROLE_EVERY; role <<= 1)
    if ((roles & role) != 0 && role != first)
      g_string_append_printf (labels, ", %s", madang_role_get_label (role));
  return g_string_free (labels, FALSE);
}

static void
fill_account (MadangSidebar *self, const MadangIdentity *identity, guint roles)
{
  g_autofree char *role = dup_role_labels (identity, roles);
  g_autofree char *where = NULL;
  g_autofree char *name = NULL;

  if (identity->agency_name != NULL)
    where = g_strdup_printf ("%s · %s", identity->agency_name, role);
  else
    where = g_strdup (role);
  gtk_label_set_label (self->person, identity->name);
  gtk_label_set_label (self->role, where);
  name = g_strdup_printf ("%s, %s", identity->name, where);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->account_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (self->demo_label, identity->demo);
}

static void
madang_sidebar_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  /* Alone on the screen, the sidebar carries the buttons of the window. */
  if (property_id == PROP_COLLAPSED)
    adw_header_bar_set_show_end_title_buttons (MADANG_SIDEBAR (object)->header_bar,
                                               g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_sidebar_dispose (GObject *object)
{
  g_clear_object (&MADANG_SIDEBAR (object)->sync);
  g_clear_object (&MADANG_SIDEBAR (object)->choose);

  G_OBJECT_CLASS (madang_sidebar_parent_class)->dispose (object);
}

static void
madang_sidebar_finalize (GObject *object)
{
  g_free (MADANG_SIDEBAR (object)->years);

  G_OBJECT_CLASS (madang_sidebar_parent_class)->finalize (object);
}

static void
madang_sidebar_class_init (MadangSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = madang_sidebar_set_property;
  object_class->dispose = madang_sidebar_dispose;
  object_class->finalize = madang_sidebar_finalize;

  properties[PROP_COLLAPSED] = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE,
                                                     G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (MADANG_TYPE_SYNC_INDICATOR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, header_bar);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, year);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, year_button);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, year_section);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, programme);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, demo_label);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, indicator);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, account_button);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, account_box);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, person);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, role);
  gtk_widget_class_bind_template_child (widget_class, MadangSidebar, people_section);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
add_choice_of_year (MadangSidebar *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->choose = g_simple_action_new_stateful ("programme", G_VARIANT_TYPE_STRING,
                                               g_variant_new_string (""));
  g_signal_connect_object (self->choose, "activate", G_CALLBACK (choose_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->choose));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "sidebar", G_ACTION_GROUP (group));
}

static void
madang_sidebar_init (MadangSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_choice_of_year (self);
  /* A menu button centres its child; a line of the sidebar begins at its start. */
  gtk_widget_set_halign (gtk_widget_get_parent (self->account_box), GTK_ALIGN_FILL);
  madang_overflow_tip_install (GTK_WIDGET (self->programme));
  madang_overflow_tip_install (GTK_WIDGET (self->person));
  madang_overflow_tip_install (GTK_WIDGET (self->role));
}

void
madang_sidebar_set_sync (MadangSidebar *self, MadangSync *sync, GPtrArray *people)
{
  const MadangIdentity *identity;

  g_return_if_fail (MADANG_IS_SIDEBAR (self));

  g_set_object (&self->sync, sync);
  madang_sync_indicator_set_sync (self->indicator, sync);
  if (sync == NULL)
    return;
  identity = madang_sync_get_identity (sync);
  fill_areas (self, madang_actor_get_roles (madang_sync_get_actor (sync)));
  fill_people (self, people);
  fill_account (self, identity, madang_actor_get_roles (madang_sync_get_actor (sync)));
  madang_sidebar_refresh (self);
}

void
madang_sidebar_select (MadangSidebar *self, const char *area)
{
  GtkListBoxRow *row;

  g_return_if_fail (MADANG_IS_SIDEBAR (self));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_str_equal (get_area (row)->name, area))
      gtk_list_box_select_row (self->list, row);
}

void
madang_sidebar_refresh (MadangSidebar *self)
{
  g_autoptr (MadangRecord) programme = NULL;

  g_return_if_fail (MADANG_IS_SIDEBAR (self));

  if (self->sync == NULL || madang_sync_get_records (self->sync) == NULL)
    return;
  programme = madang_current_programme_find (self->sync);
  show_year (self, programme);
  gtk_label_set_label (self->programme,
                       programme != NULL ? madang_record_get_text (programme, "title") : "");
}

void
madang_sidebar_show_waiting (MadangSidebar *self)
{
  g_return_if_fail (MADANG_IS_SIDEBAR (self));
  madang_sync_indicator_popup (self->indicator);
}
