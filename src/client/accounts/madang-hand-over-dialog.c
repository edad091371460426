/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-hand-over-dialog.h"

#include <glib/gi18n.h>

#include "madang-account-words.h"
#include "madang-day.h"
#include "madang-event.h"
#include "madang-record-list.h"
#include "madang-search-entry.h"

#define ROW_MARGIN 12

struct _MadangHandOverDialog
{
  AdwWindow parent_instance;

  MadangSync *sync;       /* (owned) */
  MadangRecord *grant;    /* (owned) */
  MadangRecordList *list; /* (owned): of accounts */
  GtkSingleSelection *selection;
  GtkLabel *whose;
  GtkLabel *summary;
  MadangSearchEntry *search;
  GtkListView *view;
  GtkLabel *reason;
  GtkWidget *confirm_button;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (MadangHandOverDialog, madang_hand_over_dialog, ADW_TYPE_WINDOW)

static char *
dup_today (MadangHandOverDialog *self)
{
  return madang_day_from_instant (
      madang_clock_get_programme_now (madang_sync_get_clock (self->sync)));
}

/* (nullable): borrowed */
static MadangRecord *
get_successor (MadangHandOverDialog *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/* Floating. */
static GVariant *
new_arguments (MadangRecord *successor)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "successor", "s", madang_record_get_id (successor));
  return g_variant_dict_end (&dict);
}

/* --- what is allowed ----------------------------------------------------------------------- */

static MadangVerdict *
check (MadangHandOverDialog *self, MadangRecord *successor)
{
  g_autoptr (GVariant) arguments = g_variant_ref_sink (new_arguments (successor));
  const MadangEventContext context = {
    .record = self->grant,
    .event = madang_kind_find_event (madang_record_get_kind (self->grant), "hand_over"),
    .actor = madang_sync_get_actor (self->sync),
    .lookup = MADANG_LOOKUP (madang_sync_get_records (self->sync)),
    .now = madang_clock_get_programme_now (madang_sync_get_clock (self->sync)),
    .arguments = arguments,
  };

  return madang_event_check (&context);
}

static void
show_reason (MadangHandOverDialog *self, const char *text)
{
  gtk_label_set_label (self->reason, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), text != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->confirm_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text != NULL ? text : "",
                                  -1);
}

static void
update (MadangHandOverDialog *self)
{
  MadangRecord *successor = get_successor (self);
  g_autoptr (MadangVerdict) verdict = NULL;
  g_autofree char *text = NULL;
  gboolean allowed = FALSE;

  if (successor == NULL)
    {
      text = g_strdup (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0
                           ? _ ("Please choose the successor.")
                           : _ ("No account has this name. A new one is made on the server with "
                                "“madang-server account add”."));
    }
  else if (madang_sync_get_records (self->sync) != NULL)
    {
      verdict = check (self, successor);
      allowed = !madang_verdict_is_no (verdict);
      text = allowed ? NULL : madang_verdict_dup_text (verdict, "role_grant");
    }
  show_reason (self, text);
  gtk_widget_set_sensitive (self->confirm_button, allowed);
}

/* --- the accounts -------------------------------------------------------------------------- */

static MadangQuery *
build_query (MadangHandOverDialog *self)
{
  static const char *const open[] = { "invited", "active", "locked", NULL };
  MadangQuery *query = madang_query_new ("account");

  madang_query_add_states (query, open);
  madang_query_set_order (query, "login", 0);
  madang_search_entry_apply (self->search, query);
  return query;
}

static void
search_changed_cb (MadangHandOverDialog *self)
{
  g_autoptr (MadangQuery) query = build_query (self);

  madang_record_list_set_query (self->list, query);
  /* The only one that was meant needs no click of its own. */
  if (*madang_search_entry_get_text (self->search) != '\0'
      && g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 1)
    gtk_single_selection_set_selected (self->selection, 0);
  update (self);
}

static void
row_setup_cb (MadangHandOverDialog *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *roles = gtk_label_new (NULL);

  gtk_widget_set_margin_start (box, ROW_MARGIN);
  gtk_widget_set_margin_end (box, ROW_MARGIN);
  gtk_widget_set_margin_top (box, ROW_MARGIN / 2);
  gtk_widget_set_margin_bottom (box, ROW_MARGIN / 2);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (roles), 0);
  gtk_label_set_ellipsize (GTK_LABEL (roles), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (roles, "dim-label");
  gtk_widget_add_css_class (roles, "caption");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), roles);
  gtk_list_item_set_child (item, box);
}

static void
row_bind_cb (MadangHandOverDialog *self, GtkListItem *item)
{
  MadangRecord *account = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  MadangRecordStore *records = madang_sync_get_records (self->sync);
  g_autofree char *today = dup_today (self);
  g_autofree char *name = madang_account_words_dup_name (account);
  g_autofree char *roles
      = records != NULL
            ? madang_account_words_dup_roles (records, madang_record_get_id (account), today)
            : g_strdup ("");
  g_autofree char *all = NULL;

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)),
                       *roles != '\0' ? roles : _ ("No role in force"));
  all = g_strdup_printf ("%s, %s", name, *roles != '\0' ? roles : _ ("No role in force"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
}

static void
set_up_list (MadangHandOverDialog *self)
{
  g_autoptr (MadangQuery) query = build_query (self);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (row_setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (row_bind_cb), self, G_CONNECT_SWAPPED);
  self->list = madang_record_list_new (madang_sync_get_records (self->sync), query);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Successor"), -1);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "entered", G_CALLBACK (gtk_widget_grab_focus), self->view,
                           G_CONNECT_SWAPPED);
}

/* --- the dialog ---------------------------------------------------------------------------- */

static void
describe (MadangHandOverDialog *self)
{
  g_autoptr (MadangRecord) account
      = madang_record_store_get (madang_sync_get_records (self->sync),
                                 madang_record_get_text (self->grant, "account"), NULL);
  g_autofree char *role = madang_account_words_dup_role (self->grant);
  g_autofree char *name
      = account != NULL ? madang_account_words_dup_name (account) : g_strdup ("–");
  g_autofree char *last = madang_record_dup_display (self->grant, "valid_to");
  /* Translators: a role, then the name of who holds it */
  g_autofree char *whose = g_strdup_printf (_ ("%s of %s"), role, name);
  /* Translators: %s is the last day of the role */
  g_autofree char *summary = g_strdup_printf (
      _ ("The role ends at once for this account, and the successor has it from today to %s, with "
         "all open work, drafts and due days. You do not read the business records yourself, so "
         "the server makes the list of what is open; the successor finds it as a notice."),
      last);

  gtk_label_set_label (self->whose, whose);
  gtk_label_set_label (self->summary, summary);
}

static void
confirm_clicked_cb (MadangHandOverDialog *self)
{
  MadangRecord *successor = get_successor (self);
  g_autoptr (GVariant) arguments = NULL;

  if (successor == NULL)
    return;
  arguments = g_variant_ref_sink (new_arguments (successor));
  g_signal_emit (self, chosen_signal, 0, self->grant, arguments);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
madang_hand_over_dialog_dispose (GObject *object)
{
  MadangHandOverDialog *self = MADANG_HAND_OVER_DIALOG (object);

  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  g_clear_object (&self->list);
  g_clear_object (&self->grant);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (madang_hand_over_dialog_parent_class)->dispose (object);
}

static void
madang_hand_over_dialog_class_init (MadangHandOverDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_hand_over_dialog_dispose;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 2, MADANG_TYPE_RECORD, G_TYPE_VARIANT);
  g_type_ensure (MADANG_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/accounts/madang-hand-over-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangHandOverDialog, whose);
  gtk_widget_class_bind_template_child (widget_class, MadangHandOverDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, MadangHandOverDialog, search);
  gtk_widget_class_bind_template_child (widget_class, MadangHandOverDialog, view);
  gtk_widget_class_bind_template_child (widget_class, MadangHandOverDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, MadangHandOverDialog, confirm_button);
  gtk_widget_class_bind_template_callback (widget_class, confirm_clicked_cb);
}

static void
madang_hand_over_dialog_init (MadangHandOverDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangHandOverDialog *
madang_hand_over_dialog_new (GtkWindow *parent, MadangSync *sync, MadangRecord *grant)
{
  MadangHandOverDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (MADANG_IS_RECORD (grant), NULL);

  self = g_object_new (MADANG_TYPE_HAND_OVER_DIALOG, "transient-for", parent, NULL);
  self->sync = g_object_ref (sync);
  self->grant = g_object_ref (grant);
  set_up_list (self);
  describe (self);
  update (self);
  madang_search_entry_begin (self->search);
  return self;
}
