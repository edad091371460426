/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-client"

#include "config.h"

#include "madang-history-page.h"

#include <glib/gi18n.h>

#include "madang-day.h"
#include "madang-error-text.h"
#include "madang-history-card.h"
#include "madang-history-restore.h"
#include "madang-history-words.h"
#include "madang-history.h"

struct _MadangHistoryPage
{
  MadangPage parent_instance;

  char *id;               /* (owned) */
  MadangRecord *record;   /* (owned) (nullable): as it is now */
  MadangHistory *history; /* (owned) (nullable) until the first answer */
  GListStore *moments;    /* (owned): MadangHistoryMoment, of history */
  GPtrArray *filters;     /* (owned): const MadangField *, NULL for all, as the filter lists them */
  GSimpleAction *older;   /* borrowed from the page's actions */
  gboolean filling;       /* the filter is being filled */
  gboolean fetching;
  gboolean again; /* something changed while it was fetched */

  GtkDropDown *field_filter;
  GtkLabel *count;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkListView *view;
  GtkWidget *older_button;
};

typedef enum
{
  PROP_RECORD = 1,
} MadangHistoryPageProperty;

static GParamSpec *properties[PROP_RECORD + 1];

G_DEFINE_FINAL_TYPE (MadangHistoryPage, madang_history_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "older", N_ ("Show Older Changes") },
  { NULL },
};

static const char *const steps[] = {
  N_ ("The newest change stands first: who made it, when, and what stood before and after."),
  N_ ("Choose a field above the list to see only its changes."),
  N_ ("Put a value back with its button. That is a change like any other, and stands here too."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("History"),
  .purpose = N_ ("Everything that was changed in one entry, as far as you may see it."),
  .steps = steps,
};

static void fetch (MadangHistoryPage *self, gint64 before);

static MadangSync *
get_sync (MadangHistoryPage *self)
{
  return madang_page_get_sync (MADANG_PAGE (self));
}

static const MadangKind *
get_kind (MadangHistoryPage *self)
{
  return madang_record_get_kind (self->record);
}

/* --- the list ------------------------------------------------------------------------------- */

static const MadangField *
get_filter (MadangHistoryPage *self)
{
  const guint selected = gtk_drop_down_get_selected (self->field_filter);

  return selected < self->filters->len ? g_ptr_array_index (self->filters, selected) : NULL;
}

static void
show_moments (MadangHistoryPage *self)
{
  const MadangField *filter = get_filter (self);
  g_autoptr (GPtrArray) moments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = NULL;
  guint n_lines = 0;
  gint64 last = 0;

  for (guint i = 0; i < self->history->lines->len; i++)
    {
      const MadangHistoryLine *line = g_ptr_array_index (self->history->lines, i);

      if (filter != NULL && madang_history_find_top (line, get_kind (self)) != filter)
        continue;
      if (moments->len == 0 || line->moment != last)
        g_ptr_array_add (moments, madang_history_moment_new ());
      last = line->moment;
      /* The newest moment first, but what it changed in the order of the form. */
      madang_history_moment_prepend (g_ptr_array_index (moments, moments->len - 1), line);
      n_lines++;
    }
  g_list_store_splice (self->moments, 0, g_list_model_get_n_items (G_LIST_MODEL (self->moments)),
                       moments->pdata, moments->len);
  text = g_strdup_printf (ngettext ("%u change", "%u changes", n_lines), n_lines);
  gtk_label_set_label (self->count, text);
}

/* The fields that occur, in the order of the declaration; the choice stays. */
static void
fill_filter (MadangHistoryPage *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GHashTable) found = g_hash_table_new (NULL, NULL);
  const MadangField *chosen = get_filter (self);
  guint selected = 0;

  for (guint i = 0; i < self->history->lines->len; i++)
    g_hash_table_add (found, (gpointer)madang_history_find_top (
                                 g_ptr_array_index (self->history->lines, i), get_kind (self)));
  g_ptr_array_set_size (self->filters, 0);
  g_ptr_array_add (self->filters, NULL);
  /* Translators: the first choice of a filter */
  gtk_string_list_append (labels, _ ("All Fields"));
  for (const MadangField *field = get_kind (self)->fields; field->name != NULL; field++)
    {
      if (!g_hash_table_contains (found, field))
        continue;
      if (field == chosen)
        selected = self->filters->len;
      gtk_string_list_append (labels, madang_field_get_label (field));
      g_ptr_array_add (self->filters, (gpointer)field);
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->field_filter, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->field_filter, selected);
  self->filling = FALSE;
}

static void
filter_changed_cb (MadangHistoryPage *self)
{
  if (!self->filling && self->history != NULL && self->record != NULL)
    show_moments (self);
}

/* --- what is known, and how well ------------------------------------------------------------ */

static void
show_reach (MadangHistoryPage *self)
{
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;

  if (self->history->refused)
    text = g_strdup (
        _ ("The server shows you no history of this entry. Only your own unsent changes "
           "stand here."));
  else if (!self->history->reached && self->history->fetched > 0)
    {
      time = madang_instant_format (
          self->history->fetched
          + madang_clock_get_programme_now (madang_sync_get_clock (get_sync (self)))
          - madang_clock_get_real_now (madang_sync_get_clock (get_sync (self))));
      /* Translators: %s is a day and a time */
      text = g_strdup_printf (_ ("The server cannot be reached. This is what was fetched on %s, "
                                 "with your own changes."),
                              time);
    }
  else if (!self->history->reached)
    text
        = g_strdup (_ ("The server cannot be reached. Only your own unsent changes stand here; the "
                       "rest comes when you are connected."));
  madang_page_show_banner (MADANG_PAGE (self), text, text != NULL ? _ ("Try Now") : NULL,
                           text != NULL ? "win.try-now" : NULL);
}

static void
show_empty (MadangHistoryPage *self, const char *title, const char *description)
{
  adw_status_page_set_title (self->empty_page, title);
  adw_status_page_set_description (self->empty_page, description);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_history (MadangHistoryPage *self)
{
  fill_filter (self);
  show_moments (self);
  show_reach (self);
  gtk_widget_set_visible (self->older_button, self->history->next > 0);
  g_simple_action_set_enabled (self->older, self->history->next > 0 && self->history->reached);
  if (self->history->lines->len > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    show_empty (self, _ ("No Changes to Show"),
                _ ("What is changed in this entry from now on appears here by itself."));
}

static void
forget (MadangHistoryPage *self)
{
  if (self->moments != NULL)
    g_list_store_remove_all (self->moments);
  g_clear_pointer (&self->history, madang_history_free);
}

static void
read_record (MadangHistoryPage *self)
{
  MadangRecordStore *records = madang_sync_get_records (get_sync (self));

  g_clear_object (&self->record);
  if (records != NULL)
    self->record = madang_record_store_get (records, self->id, NULL);
  if (self->record == NULL)
    {
      forget (self);
      show_empty (self, _ ("No Longer Here"), _ ("This entry is no longer here for you to read."));
    }
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangHistoryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  MadangHistory *history = madang_sync_fetch_history_finish (MADANG_SYNC (source), result, &error);

  self->fetching = FALSE;
  /* The page may have been thrown away meanwhile. */
  if (self->moments == NULL)
    {
      g_clear_pointer (&history, madang_history_free);
      return;
    }
  read_record (self);
  if (history == NULL)
    {
      text = madang_error_dup_text (error);
      madang_page_show_banner (MADANG_PAGE (self), text, NULL, NULL);
      return;
    }
  forget (self);
  self->history = history;
  if (self->record != NULL)
    show_history (self);
  if (self->again)
    fetch (self, 0);
}

static void
fetch (MadangHistoryPage *self, gint64 before)
{
  self->again = self->fetching;
  if (self->fetching)
    return;
  self->fetching = TRUE;
  madang_sync_fetch_history_async (get_sync (self), self->id, before, fetched_cb,
                                   g_object_ref (self));
}

static void
older_cb (MadangHistoryPage *self)
{
  if (self->history != NULL && self->history->next > 0)
    fetch (self, self->history->next);
}

/* --- putting back --------------------------------------------------------------------------- */

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangHistoryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->moments == NULL)
    return;
  if (!madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    text = madang_error_dup_text (error);
  madang_page_toast (MADANG_PAGE (self), text != NULL ? text : _ ("The value was restored."));
}

/* The record may have moved on since the button was drawn. */
static void
restore_cb (MadangHistoryPage *self, const MadangHistoryLine *line)
{
  MadangActor *actor = madang_sync_get_actor (get_sync (self));
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_edit_free);
  g_autofree char *obstacle = NULL;

  if (self->record == NULL || actor == NULL)
    return;
  obstacle = madang_history_restore_dup_obstacle (self->record, actor, line);
  if (obstacle != NULL)
    {
      madang_page_toast (MADANG_PAGE (self), obstacle);
      return;
    }
  g_ptr_array_add (edits, madang_history_restore_new_edit (self->record, line));
  madang_sync_edit_async (get_sync (self), self->record, edits, restored_cb, g_object_ref (self));
}

/* --- rows ----------------------------------------------------------------------------------- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MadangHistoryPage *self)
{
  GtkWidget *card = madang_history_card_new ();

  g_signal_connect_object (card, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, card);
}

/* The row has no name of its own before GTK 4.12. */
static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MadangHistoryPage *self)
{
  MadangHistoryCard *card = MADANG_HISTORY_CARD (gtk_list_item_get_child (item));
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (card));

  if (self->record == NULL)
    return;
  madang_history_card_show (card, gtk_list_item_get_item (item), self->record,
                            madang_sync_get_actor (get_sync (self)),
                            madang_sync_get_records (get_sync (self)));
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    madang_history_card_get_name (card), -1);
}

static void
set_up_view (MadangHistoryPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) model
      = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->moments))));

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, model);
}

/* --- the page ------------------------------------------------------------------------------- */

static void
madang_history_page_changed (MadangPage *page, const char *const *ids)
{
  MadangHistoryPage *self = MADANG_HISTORY_PAGE (page);

  if (ids == NULL || g_strv_contains (ids, self->id))
    fetch (self, 0);
}

static void
madang_history_page_shown (MadangPage *page)
{
  MadangHistoryPage *self = MADANG_HISTORY_PAGE (page);

  gtk_widget_grab_focus (GTK_WIDGET (self->field_filter));
}

/* What was offline is asked again as soon as there is an answer. */
static void
state_changed_cb (MadangHistoryPage *self)
{
  if (madang_sync_get_state (get_sync (self)) == MADANG_SYNC_CONNECTED && self->history != NULL
      && !self->history->reached)
    fetch (self, 0);
}

static void
madang_history_page_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  if (property_id == PROP_RECORD)
    MADANG_HISTORY_PAGE (object)->id = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_history_page_constructed (GObject *object)
{
  MadangHistoryPage *self = MADANG_HISTORY_PAGE (object);

  G_OBJECT_CLASS (madang_history_page_parent_class)->constructed (object);

  self->older = madang_page_add_action (MADANG_PAGE (self), "older", G_CALLBACK (older_cb), self);
  g_simple_action_set_enabled (self->older, FALSE);
  set_up_view (self);
  g_signal_connect_object (self->field_filter, "notify::selected", G_CALLBACK (filter_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_sync (self), "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_empty (self, _ ("Fetching the History…"), NULL);
  read_record (self);
  madang_page_set_title (MADANG_PAGE (self), _ ("History"),
                         self->record != NULL ? madang_kind_get_label (get_kind (self)) : NULL);
  fetch (self, 0);
}

static void
madang_history_page_dispose (GObject *object)
{
  MadangHistoryPage *self = MADANG_HISTORY_PAGE (object);

  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  forget (self);
  g_clear_object (&self->moments);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (madang_history_page_parent_class)->dispose (object);
}

static void
madang_history_page_finalize (GObject *object)
{
  MadangHistoryPage *self = MADANG_HISTORY_PAGE (object);

  g_ptr_array_unref (self->filters);
  g_free (self->id);

  G_OBJECT_CLASS (madang_history_page_parent_class)->finalize (object);
}

static void
madang_history_page_class_init (MadangHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = madang_history_page_set_property;
  object_class->constructed = madang_history_page_constructed;
  object_class->dispose = madang_history_page_dispose;
  object_class->finalize = madang_history_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->changed = madang_history_page_changed;
  MADANG_PAGE_CLASS (klass)->shown = madang_history_page_shown;

  properties[PROP_RECORD]
      = g_param_spec_string ("record", NULL, NULL, NULL,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangHistoryPage, field_filter);
  gtk_widget_class_bind_template_child (widget_class, MadangHistoryPage, count);
  gtk_widget_class_bind_template_child (widget_class, MadangHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangHistoryPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, MadangHistoryPage, view);
  gtk_widget_class_bind_template_child (widget_class, MadangHistoryPage, older_button);
}

static void
madang_history_page_init (MadangHistoryPage *self)
{
  self->moments = g_list_store_new (MADANG_TYPE_HISTORY_MOMENT);
  self->filters = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_history_page_new (MadangSync *sync, const char *record)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  return g_object_new (MADANG_TYPE_HISTORY_PAGE, "sync", sync, "record", record, NULL);
}

/* --- the command of other pages ------------------------------------------------------------- */

typedef struct
{
  MadangPage *page; /* (unowned): owns this */
  MadangHistoryRecordFunc get_record;
} Command;

static void
history_cb (Command *self)
{
  MadangSync *sync = madang_page_get_sync (self->page);
  MadangRecord *record = self->get_record (self->page);
  MadangActor *actor = sync != NULL ? madang_sync_get_actor (sync) : NULL;

  if (record == NULL || actor == NULL)
    return;
  /* What was just typed is part of it. */
  madang_page_flush (self->page);
  if (madang_history_may_read (actor, record))
    madang_page_open (self->page, madang_history_page_new (sync, madang_record_get_id (record)));
  else
    madang_page_toast (self->page, _ ("The history is for those who answer for the entry."));
}

void
madang_history_page_add_command (MadangPage *page, MadangHistoryRecordFunc get_record)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("history", NULL);
  Command *self;

  g_return_if_fail (MADANG_IS_PAGE (page));
  g_return_if_fail (get_record != NULL);

  self = g_new0 (Command, 1);
  self->page = page;
  self->get_record = get_record;
  g_object_set_data_full (G_OBJECT (page), "madang-history-command", self, g_free);
  g_signal_connect_swapped (action, "activate", G_CALLBACK (history_cb), self);
  g_action_map_add_action (G_ACTION_MAP (madang_page_get_actions (page)), G_ACTION (action));
}
