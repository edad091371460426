/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-client"

#include "config.h"

#include "madang-palette.h"

#include <glib/gi18n.h>

#include "madang-palette-items.h"
#include "madang-palette-records.h"

#define MOST_SHOWN 40
#define PAGE_ROWS 6

struct _MadangPalette
{
  GtkWidget parent_instance;

  MadangPage *page;    /* (owned) (nullable) while closed */
  GtkWidget *previous; /* (nullable) weak: where the focus was */
  gulong focus_id;     /* of the window */
  gulong indexing_id;  /* of the page's sync */
  char *preedit;       /* (owned) (nullable): what the input method composes */

  GPtrArray *hits;       /* (owned) (nullable) (element-type MadangPaletteHit): of what is typed */
  char *sought;          /* (owned) (nullable): for which the records are looked up, or were */
  GCancellable *search;  /* (owned) (nullable): while they are */
  gboolean chosen;       /* somebody moved the selection */
  gboolean return_waits; /* Return was pressed before the records were there */

  GtkWidget *scrim;
  GtkEntry *entry;
  GtkWidget *scroller;
  GtkListBox *list;
  GtkWidget *empty;
  GtkWidget *indexing;
};

G_DEFINE_FINAL_TYPE (MadangPalette, madang_palette, GTK_TYPE_WIDGET)

static MadangPaletteItem *
get_item (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

/* What stands in the entry, with the syllable that is still being composed. */
static char *
dup_typed (MadangPalette *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const char *cursor
      = g_utf8_offset_to_pointer (text, gtk_editable_get_position (GTK_EDITABLE (self->entry)));
  g_autofree char *typed = g_strdup_printf ("%.*s%s%s", (int)(cursor - text), text,
                                            self->preedit != NULL ? self->preedit : "", cursor);

  return g_strdup (g_strstrip (typed));
}

/* --- rows ---------------------------------------------------------------------------------- */

static GtkWidget *
create_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

static void
name_row (GtkWidget *row, const MadangPaletteItem *item)
{
  g_autoptr (GString) name = g_string_new (item->title);

  if (item->detail != NULL)
    g_string_append_printf (name, ", %s", item->detail);
  if (item->keys != NULL)
    g_string_append_printf (name, ", %s", item->keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

/* (transfer floating). Takes the item. */
static GtkWidget *
create_row (MadangPaletteItem *item)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *detail = create_label (item->detail, "caption");

  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (detail), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_visible (detail, item->detail != NULL);
  if (!item->enabled)
    gtk_widget_add_css_class (detail, "palette-reason");
  gtk_box_append (GTK_BOX (texts), create_label (item->title, NULL));
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (item->icon));
  gtk_box_append (GTK_BOX (box), texts);
  if (item->keys != NULL)
    gtk_box_append (GTK_BOX (box), create_label (item->keys, "caption"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  /* The focus stays in the entry. */
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_set_sensitive (row, item->enabled);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), item->enabled);
  name_row (row, item);
  g_object_set_data_full (G_OBJECT (row), "item", item, (GDestroyNotify)madang_palette_item_free);
  return row;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  GtkWidget *header = NULL;

  if (before == NULL || get_item (before)->section != get_item (row)->section)
    {
      header = create_label (madang_palette_section_get_title (get_item (row)->section),
                             "caption-heading");
      gtk_widget_add_css_class (header, "palette-heading");
    }
  gtk_list_box_row_set_header (row, header);
}

static void
clear_list (MadangPalette *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

/* --- the selection --------------------------------------------------------------------------- */

static void
scroll_to (MadangPalette *self, GtkListBoxRow *row)
{
  GtkAdjustment *adjustment
      = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  GtkWidget *header = gtk_list_box_row_get_header (row);
  graphene_rect_t bounds;
  double top;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    return;
  top = bounds.origin.y;
  /* A heading is seen with its first row. */
  if (header != NULL)
    top -= gtk_widget_get_height (header);
  gtk_adjustment_clamp_page (adjustment, top, bounds.origin.y + bounds.size.height);
}

static void
select_row (MadangPalette *self, GtkListBoxRow *row)
{
  g_autofree char *text = NULL;

  gtk_list_box_select_row (self->list, row);
  if (row != NULL)
    {
      scroll_to (self, row);
      /* Translators: what Return will do; %s is a command, an area or a record */
      text = g_strdup_printf (_ ("Return: %s"), get_item (row)->title);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : _ ("Nothing fits"), -1);
}

/* The next row that can be selected, that many places on. */
static void
move_selection (MadangPalette *self, int steps)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  int i = selected != NULL ? gtk_list_box_row_get_index (selected) : -1;
  const int direction = steps > 0 ? 1 : -1;
  GtkListBoxRow *row;

  while (steps != 0 && (row = gtk_list_box_get_row_at_index (self->list, i += direction)) != NULL)
    if (get_item (row)->enabled)
      {
        selected = row;
        steps -= direction;
      }
  select_row (self, selected);
}

/* What it does tells a row apart from all others. */
static gboolean
is_item (GtkListBoxRow *row, const char *action, GVariant *target)
{
  const MadangPaletteItem *item = get_item (row);

  if (!g_str_equal (item->action, action) || (item->target == NULL) != (target == NULL))
    return FALSE;
  return target == NULL || g_variant_equal (item->target, target);
}

/* After the rows came anew: what somebody chose stays chosen while it is there. */
static void
restore_selection (MadangPalette *self, const char *action, GVariant *target)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (get_item (row)->enabled && is_item (row, action, target))
      {
        select_row (self, row);
        return;
      }
  move_selection (self, 1);
}

static void
show_items (MadangPalette *self, GPtrArray *items)
{
  clear_list (self);
  g_ptr_array_set_free_func (items, NULL);
  for (guint i = 0; i < items->len; i++)
    if (i < MOST_SHOWN)
      gtk_list_box_append (self->list, create_row (items->pdata[i]));
    else
      madang_palette_item_free (items->pdata[i]);
  gtk_widget_set_visible (self->scroller, items->len > 0);
  /* Records may still be found. */
  gtk_widget_set_visible (self->empty, items->len == 0 && self->search == NULL);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

static void
show (MadangPalette *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autofree char *typed = dup_typed (self);
  g_autoptr (GPtrArray) items = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->page == NULL || !G_IS_ACTION_GROUP (root))
    return;
  if (self->chosen && selected != NULL)
    {
      action = g_strdup (get_item (selected)->action);
      target = get_item (selected)->target != NULL ? g_variant_ref (get_item (selected)->target)
                                                   : NULL;
    }
  items = madang_palette_find_items (self->page, G_ACTION_GROUP (root), typed, self->hits);
  show_items (self, items);
  gtk_widget_set_visible (self->indexing,
                          *typed != '\0'
                              && madang_sync_get_indexing (madang_page_get_sync (self->page)));
  /* Return alone must not run what nobody asked for. */
  if (action != NULL)
    restore_selection (self, action, target);
  else if (*typed != '\0')
    move_selection (self, 1);
}

static void
run_row (MadangPalette *self, GtkListBoxRow *row)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target = NULL;

  if (row == NULL || !get_item (row)->enabled)
    return;
  action = g_strdup (get_item (row)->action);
  if (get_item (row)->target != NULL)
    target = g_variant_ref (get_item (row)->target);
  /* First, so that the command may put the focus where it wants. */
  madang_palette_close (self);
  gtk_widget_activate_action_variant (window, action, target);
}

/* --- records ------------------------------------------------------------------------------- */

static void
stop_search (MadangPalette *self)
{
  if (self->search != NULL)
    g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  self->return_waits = FALSE;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangPalette) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits
      = madang_palette_records_find_finish (MADANG_SYNC (source), result, &error);

  /* Something else is looked for by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (hits == NULL)
    g_debug ("Cannot find records: %s", error->message);
  g_clear_object (&self->search);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  self->hits = g_steal_pointer (&hits);
  show (self);
  if (self->return_waits)
    run_row (self, gtk_list_box_get_selected_row (self->list));
  self->return_waits = FALSE;
}

/* Pages and commands are there at once, records when they are found. */
static void
look_up (MadangPalette *self)
{
  g_autofree char *typed = dup_typed (self);

  if (self->page == NULL)
    return;
  stop_search (self);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_free (self->sought);
  self->sought = g_strdup (typed);
  self->chosen = FALSE;
  if (*typed != '\0')
    {
      self->search = g_cancellable_new ();
      madang_palette_records_find_async (madang_page_get_sync (self->page), typed, self->search,
                                         found_cb, g_object_ref (self));
    }
  show (self);
}

static void
update (MadangPalette *self)
{
  g_autofree char *typed = dup_typed (self);

  /* A syllable that is composed comes as the text and as its end. */
  if (g_strcmp0 (typed, self->sought) != 0)
    look_up (self);
}

/* --- events -------------------------------------------------------------------------------- */

static void
row_activated_cb (MadangPalette *self, GtkListBoxRow *row)
{
  run_row (self, row);
}

static void
text_changed_cb (MadangPalette *self)
{
  update (self);
}

static void
preedit_changed_cb (MadangPalette *self, const char *preedit)
{
  g_free (self->preedit);
  self->preedit = g_strdup (preedit);
  update (self);
}

static void
choose (MadangPalette *self, int steps)
{
  self->chosen = TRUE;
  self->return_waits = FALSE;
  move_selection (self, steps);
}

/* What a person typed in a hurry may be a record: nothing else runs before it is known. */
static void
run_selected (MadangPalette *self)
{
  if (self->search != NULL && !self->chosen)
    self->return_waits = TRUE;
  else
    run_row (self, gtk_list_box_get_selected_row (self->list));
}

static void
indexing_changed_cb (MadangPalette *self)
{
  if (self->page != NULL && !self->chosen)
    look_up (self);
}

/* Before the input method sees it: a syllable that is being composed counts as it stands. */
static gboolean
key_pressed_cb (MadangPalette *self, guint key, guint code, GdkModifierType modifiers)
{
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
    case GDK_KEY_Tab:
      choose (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_ISO_Left_Tab:
      choose (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      choose (self, PAGE_ROWS);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      choose (self, -PAGE_ROWS);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      run_selected (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      madang_palette_close (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
scrim_pressed_cb (MadangPalette *self)
{
  madang_palette_close (self);
}

/* Something else took the focus, such as a page that a key opened: it keeps it. */
static void
focus_moved_cb (MadangPalette *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return;
  g_clear_weak_pointer (&self->previous);
  madang_palette_close (self);
}

static void
madang_palette_dispose (GObject *object)
{
  MadangPalette *self = MADANG_PALETTE (object);

  g_clear_weak_pointer (&self->previous);
  stop_search (self);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_clear_pointer (&self->sought, g_free);
  g_clear_object (&self->page);
  g_clear_pointer (&self->preedit, g_free);
  g_clear_pointer (&self->scrim, gtk_widget_unparent);

  G_OBJECT_CLASS (madang_palette_parent_class)->dispose (object);
}

static void
madang_palette_class_init (MadangPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_palette_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangPalette, scrim);
  gtk_widget_class_bind_template_child (widget_class, MadangPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, MadangPalette, scroller);
  gtk_widget_class_bind_template_child (widget_class, MadangPalette, list);
  gtk_widget_class_bind_template_child (widget_class, MadangPalette, empty);
  gtk_widget_class_bind_template_child (widget_class, MadangPalette, indexing);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, scrim_pressed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
madang_palette_init (MadangPalette *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)),
                           "preedit-changed", G_CALLBACK (preedit_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
madang_palette_open (MadangPalette *self, MadangPage *page)
{
  GtkRoot *root;

  g_return_if_fail (MADANG_IS_PALETTE (self));
  g_return_if_fail (MADANG_IS_PAGE (page));

  if (madang_palette_is_open (self))
    return;
  root = gtk_widget_get_root (GTK_WIDGET (self));
  g_set_weak_pointer (&self->previous, gtk_root_get_focus (root));
  self->page = g_object_ref (page);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  self->focus_id = g_signal_connect_object (root, "notify::focus-widget",
                                            G_CALLBACK (focus_moved_cb), self, G_CONNECT_SWAPPED);
  self->indexing_id
      = g_signal_connect_object (madang_page_get_sync (page), "notify::indexing",
                                 G_CALLBACK (indexing_changed_cb), self, G_CONNECT_SWAPPED);
  look_up (self);
}

void
madang_palette_close (MadangPalette *self)
{
  GtkRoot *root;

  g_return_if_fail (MADANG_IS_PALETTE (self));

  if (!madang_palette_is_open (self))
    return;
  root = gtk_widget_get_root (GTK_WIDGET (self));
  g_clear_signal_handler (&self->focus_id, root);
  /* Not by grabbing: that would select the text of an entry that is being written in. */
  if (self->previous != NULL && gtk_widget_get_mapped (self->previous))
    gtk_root_set_focus (root, self->previous);
  g_clear_weak_pointer (&self->previous);
  g_clear_pointer (&self->preedit, g_free);
  stop_search (self);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_clear_pointer (&self->sought, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_clear_signal_handler (&self->indexing_id, madang_page_get_sync (self->page));
  g_clear_object (&self->page);
  clear_list (self);
}

gboolean
madang_palette_is_open (MadangPalette *self)
{
  g_return_val_if_fail (MADANG_IS_PALETTE (self), FALSE);
  return self->page != NULL;
}
