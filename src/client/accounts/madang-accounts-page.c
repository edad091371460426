/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-accounts-page.h"

#include <glib/gi18n.h>

#include "madang-account-page.h"
#include "madang-account-words.h"
#include "madang-day.h"
#include "madang-record-column.h"
#include "madang-record-list.h"
#include "madang-search-entry.h"

struct _MadangAccountsPage
{
  MadangPage parent_instance;

  MadangRecordList *list; /* (owned) (nullable) until set up */
  GPtrArray *roles;       /* (owned) (element-type const char *): of the filter, NULL for all */
  GtkDropDown *role_filter;
  MadangSearchEntry *search;
  GtkLabel *count;
  GtkStack *stack;
  GtkColumnView *view;
  AdwStatusPage *empty_page;
};

G_DEFINE_FINAL_TYPE (MadangAccountsPage, madang_accounts_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "search" },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Search for a sign-in name, or choose a role above to see who holds it."),
  N_ ("Open an account to see its roles, to lock it, or to hand a role over to a successor."),
  N_ ("A new account is made on the server with “madang-server account add”."),
  NULL,
};

static const MadangPageKey page_keys[] = {
  { "Return", N_ ("Open the account") },
  { "Down", N_ ("To the next row") },
  { NULL },
};

static const MadangPageHelp help = {
  .title = N_ ("Accounts"),
  .purpose = N_ ("Who may sign in, and which roles they hold."),
  .steps = steps,
  .keys = page_keys,
};

static MadangRecordStore *
get_records (MadangAccountsPage *self)
{
  return madang_sync_get_records (madang_page_get_sync (MADANG_PAGE (self)));
}

static char *
dup_today (MadangAccountsPage *self)
{
  MadangClock *clock = madang_sync_get_clock (madang_page_get_sync (MADANG_PAGE (self)));

  return madang_day_from_instant (madang_clock_get_programme_now (clock));
}

/* --- cells --------------------------------------------------------------------------------- */

static const char *
get_account_id (MadangRecord *row)
{
  return g_str_equal (madang_record_get_kind (row)->name, "account")
             ? madang_record_get_id (row)
             : madang_record_get_text (row, "account");
}

/* (nullable) */
static MadangRecord *
find_account (MadangAccountsPage *self, MadangRecord *row)
{
  if (g_str_equal (madang_record_get_kind (row)->name, "account"))
    return g_object_ref (row);
  return madang_record_store_get (get_records (self), get_account_id (row), NULL);
}

static char *
dup_login (MadangRecord *row, gpointer user_data)
{
  g_autoptr (MadangRecord) account = find_account (user_data, row);

  return g_strdup (account != NULL ? madang_record_get_text (account, "login") : "");
}

static char *
dup_name (MadangRecord *row, gpointer user_data)
{
  g_autoptr (MadangRecord) account = find_account (user_data, row);

  return g_strdup (account != NULL ? madang_record_get_text (account, "name") : "");
}

static char *
dup_state (MadangRecord *row, gpointer user_data)
{
  g_autoptr (MadangRecord) account = find_account (user_data, row);

  return g_strdup (account != NULL ? madang_kind_get_state_label (madang_record_get_kind (account),
                                                                  madang_record_get_state (account))
                                   : "");
}

/* Of a grant its own role, also when it has not begun or has run out. */
static char *
dup_roles (MadangRecord *row, gpointer user_data)
{
  g_autofree char *today = dup_today (user_data);
  g_autofree char *role = NULL;

  if (g_str_equal (madang_record_get_kind (row)->name, "account"))
    {
      role = madang_account_words_dup_roles (get_records (user_data), get_account_id (row), today);
      return *role != '\0' ? g_steal_pointer (&role) : g_strdup ("–");
    }
  role = madang_account_words_dup_role (row);
  if (madang_account_words_is_in_force (row, today))
    return g_steal_pointer (&role);
  return g_strdup_printf ("%s · %s", role, madang_account_words_get_state (row, today));
}

static char *
dup_row_name (MadangRecord *row, gpointer user_data)
{
  g_autofree char *login = dup_login (row, user_data);
  g_autofree char *name = dup_name (row, user_data);
  g_autofree char *roles = dup_roles (row, user_data);
  g_autofree char *state = dup_state (row, user_data);

  return g_strdup_printf ("%s, %s, %s, %s", login, name, roles, state);
}

static GtkColumnViewColumn *
append_column (MadangAccountsPage *self, const char *title, MadangCellFunc text, int width)
{
  g_autoptr (GtkColumnViewColumn) column = madang_record_column_new (title, NULL, text, self);

  gtk_column_view_append_column (self->view, column);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  return column;
}

/* --- the list ------------------------------------------------------------------------------ */

static const char *
get_role (MadangAccountsPage *self)
{
  return self->roles->pdata[gtk_drop_down_get_selected (self->role_filter)];
}

static MadangQuery *
build_query (MadangAccountsPage *self)
{
  const char *role = get_role (self);
  MadangQuery *query = madang_query_new (role != NULL ? "role_grant" : "account");

  if (role != NULL)
    {
      g_autofree char *today = dup_today (self);

      madang_query_add_equal (query, "role", g_variant_new_string (role));
      madang_query_add_states (query, (const char *[]){ "active", NULL });
      madang_query_set_range (query, "valid_to", g_variant_new_string (today), NULL);
      madang_query_set_order (query, "scope", 0);
    }
  else
    {
      madang_query_set_order (query, "login", 0);
    }
  madang_search_entry_apply (self->search, query);
  return query;
}

static void
explain_emptiness (MadangAccountsPage *self)
{
  const gboolean searching = *madang_search_entry_get_text (self->search) != '\0';

  adw_status_page_set_title (self->empty_page, searching || get_role (self) != NULL
                                                   ? _ ("Nothing Found")
                                                   : _ ("No Accounts Yet"));
  adw_status_page_set_description (
      self->empty_page,
      searching || get_role (self) != NULL
          ? _ ("Search for something else, or choose all roles above. A new account is made on "
               "the server with “madang-server account add”.")
          : _ ("A new account is made on the server with “madang-server account add”. It appears "
               "here by itself."));
}

static void
update_count (MadangAccountsPage *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *text = g_strdup_printf (ngettext ("%u account", "%u accounts", n), n);

  gtk_label_set_label (self->count, text);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  if (n == 0)
    explain_emptiness (self);
}

static void
query_changed_cb (MadangAccountsPage *self)
{
  g_autoptr (MadangQuery) query = build_query (self);

  madang_record_list_set_query (self->list, query);
  update_count (self);
}

static MadangPage *
madang_accounts_page_find_record_page (MadangPage *page, const char *kind, const char *id)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (page));
  g_autoptr (MadangRecord) record
      = records != NULL ? madang_record_store_get (records, id, NULL) : NULL;

  if (record == NULL || g_strcmp0 (madang_record_get_kind (record)->name, kind) != 0)
    return NULL;
  return madang_account_page_new (madang_page_get_sync (page), get_account_id (record));
}

static void
activated_cb (MadangAccountsPage *self, guint position)
{
  g_autoptr (MadangRecord) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (row != NULL)
    madang_page_open_record (MADANG_PAGE (self), "account", get_account_id (row));
}

static void
fill_filter (MadangAccountsPage *self)
{
  const MadangField *field = madang_kind_find_field (madang_kind_find ("role_grant"), "role");
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  /* Translators: the first choice of a filter */
  gtk_string_list_append (labels, _ ("All Roles"));
  g_ptr_array_add (self->roles, NULL);
  for (const MadangChoice *choice = field->choices; choice->name != NULL; choice++)
    {
      gtk_string_list_append (labels, madang_field_get_choice_label (field, choice->name));
      g_ptr_array_add (self->roles, (gpointer)choice->name);
    }
  gtk_drop_down_set_model (self->role_filter, G_LIST_MODEL (labels));
}

static void
append_columns (MadangAccountsPage *self)
{
  const MadangKind *kind = madang_kind_find ("account");
  GtkColumnViewColumn *login
      = append_column (self, madang_field_get_label (madang_kind_find_field (kind, "login")),
                       dup_login, 110);
  GtkColumnViewColumn *name
      = append_column (self, madang_field_get_label (madang_kind_find_field (kind, "name")),
                       dup_name, 160);

  madang_record_column_set_row_name (login, dup_row_name, self);
  madang_record_column_hide_when_collapsed (name, GTK_WIDGET (self));
  append_column (self, _ ("Roles in Force"), dup_roles, 0);
  append_column (self, _ ("State"), dup_state, 90);
}

/* A row is made of an account and its grants: with one of them the others are shown anew. */
static void
add_related (MadangAccountsPage *self, const char *id, GStrvBuilder *rows)
{
  g_autoptr (MadangRecord) record = madang_record_store_get (get_records (self), id, NULL);
  g_autoptr (GPtrArray) grants = NULL;

  g_strv_builder_add (rows, id);
  if (record != NULL && g_str_equal (madang_record_get_kind (record)->name, "role_grant"))
    g_strv_builder_add (rows, get_account_id (record));
  else if (record != NULL && g_str_equal (madang_record_get_kind (record)->name, "account"))
    grants = madang_account_words_find_grants (get_records (self), id);
  for (guint i = 0; grants != NULL && i < grants->len; i++)
    g_strv_builder_add (rows, madang_record_get_id (grants->pdata[i]));
}

static void
madang_accounts_page_changed (MadangPage *page, const char *const *ids)
{
  MadangAccountsPage *self = MADANG_ACCOUNTS_PAGE (page);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) rows = NULL;

  if (get_records (self) == NULL)
    return;
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    add_related (self, ids[i], builder);
  rows = g_strv_builder_end (builder);
  madang_record_list_reload (self->list, ids != NULL ? (const char *const *)rows : NULL);
  update_count (self);
}

static void
madang_accounts_page_shown (MadangPage *page)
{
  madang_record_column_focus_rows (MADANG_ACCOUNTS_PAGE (page)->view);
}

static void
madang_accounts_page_constructed (GObject *object)
{
  MadangAccountsPage *self = MADANG_ACCOUNTS_PAGE (object);
  g_autoptr (MadangQuery) query = NULL;

  G_OBJECT_CLASS (madang_accounts_page_parent_class)->constructed (object);

  madang_page_set_title (MADANG_PAGE (self), _ ("Accounts"), NULL);
  fill_filter (self);
  madang_record_column_set_list_name (self->view, _ ("Accounts"));
  append_columns (self);
  madang_page_add_action (MADANG_PAGE (self), "search", G_CALLBACK (madang_search_entry_begin),
                          self->search);
  query = build_query (self);
  self->list = madang_record_list_new (get_records (self), query);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (gtk_single_selection_new (
                                             g_object_ref (G_LIST_MODEL (self->list)))));
  g_signal_connect_object (self->role_filter, "notify::selected", G_CALLBACK (query_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "changed", G_CALLBACK (query_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "entered", G_CALLBACK (madang_record_column_focus_rows),
                           self->view, G_CONNECT_SWAPPED);
  g_signal_connect_object (madang_page_get_sync (MADANG_PAGE (self)), "notify::indexing",
                           G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  update_count (self);
}

static void
madang_accounts_page_dispose (GObject *object)
{
  MadangAccountsPage *self = MADANG_ACCOUNTS_PAGE (object);

  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (madang_accounts_page_parent_class)->dispose (object);
}

static void
madang_accounts_page_finalize (GObject *object)
{
  g_ptr_array_unref (MADANG_ACCOUNTS_PAGE (object)->roles);

  G_OBJECT_CLASS (madang_accounts_page_parent_class)->finalize (object);
}

static void
madang_accounts_page_class_init (MadangAccountsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = madang_accounts_page_constructed;
  object_class->dispose = madang_accounts_page_dispose;
  object_class->finalize = madang_accounts_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->changed = madang_accounts_page_changed;
  MADANG_PAGE_CLASS (klass)->shown = madang_accounts_page_shown;
  MADANG_PAGE_CLASS (klass)->find_record_page = madang_accounts_page_find_record_page;

  g_type_ensure (MADANG_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/kr/madang/Madang/accounts/madang-accounts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangAccountsPage, role_filter);
  gtk_widget_class_bind_template_child (widget_class, MadangAccountsPage, search);
  gtk_widget_class_bind_template_child (widget_class, MadangAccountsPage, count);
  gtk_widget_class_bind_template_child (widget_class, MadangAccountsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangAccountsPage, view);
  gtk_widget_class_bind_template_child (widget_class, MadangAccountsPage, empty_page);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
madang_accounts_page_init (MadangAccountsPage *self)
{
  self->roles = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_accounts_page_new (MadangSync *sync)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  return g_object_new (MADANG_TYPE_ACCOUNTS_PAGE, "sync", sync, NULL);
}
