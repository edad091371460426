/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-notice-page.h"

#include <glib/gi18n.h>

#include "madang-event-command.h"
#include "madang-palette-records.h"

struct _MadangNoticePage
{
  MadangPage parent_instance;

  char *notice;                    /* (owned): id */
  MadangRecord *record;            /* (owned) (nullable): as it is shown */
  MadangEventCommand *acknowledge; /* (owned) (nullable) until set up */
  GPtrArray *rows;                 /* (owned) (element-type GtkWidget): in the group */
  GtkWidget *acknowledge_button;
  AdwPreferencesGroup *items;
};

typedef enum
{
  PROP_NOTICE = 1,
} MadangNoticePageProperty;

static GParamSpec *properties[PROP_NOTICE + 1];

G_DEFINE_FINAL_TYPE (MadangNoticePage, madang_notice_page, MADANG_TYPE_PAGE)

static const MadangCommand commands[] = {
  { "acknowledge", .kind = "notice" },
  { NULL },
};

static const char *const steps[] = {
  N_ ("Open an entry to go on with it."),
  N_ ("Acknowledge the notice when you have taken note of it."),
  NULL,
};

static const MadangPageKey page_keys[] = {
  { "Return", N_ ("Open the entry") },
  { NULL },
};

static const MadangPageHelp help = {
  .title = N_ ("Notice"),
  .purpose = N_ ("What was told to you, and the entries that it is about."),
  .steps = steps,
  .keys = page_keys,
};

static MadangRecordStore *
get_records (MadangNoticePage *self)
{
  return madang_sync_get_records (madang_page_get_sync (MADANG_PAGE (self)));
}

/* --- the entries --------------------------------------------------------------------------- */

/* (nullable): a member of a row, borrowed */
static const char *
get_member (MadangNoticePage *self, const char *row, const char *member)
{
  g_autofree char *path = g_strdup_printf ("items/%s/%s", row, member);
  GVariant *value = madang_record_get (self->record, path);

  return value != NULL ? g_variant_get_string (value, NULL) : NULL;
}

static char *
dup_title (const MadangKind *kind, MadangRecordStore *records, MadangRecord *record)
{
  g_autofree char *title
      = record != NULL ? madang_palette_dup_record_title (records, record) : NULL;

  if (title == NULL || g_str_equal (title, madang_kind_get_label (kind)))
    return g_strdup (madang_kind_get_label (kind));
  /* Translators: kind of record, then what the record is called */
  return g_strdup_printf (_ ("%s · %s"), madang_kind_get_label (kind), title);
}

/* What it is now; how it was when the notice was written only while it is not here. */
static char *
dup_subtitle (MadangNoticePage *self, const char *row, const MadangKind *kind, MadangRecord *record)
{
  const char *state
      = record != NULL ? madang_record_get_state (record) : get_member (self, row, "state");
  const char *day = get_member (self, row, "day");
  const char *label = state != NULL ? madang_kind_get_state_label (kind, state) : NULL;
  g_autofree char *path = g_strdup_printf ("items/%s/day", row);
  g_autofree char *due = NULL;

  if (day == NULL)
    return g_strdup (label != NULL ? label : "");
  due = madang_field_format (madang_kind_find_path (madang_record_get_kind (self->record), path,
                                                    NULL),
                             madang_record_get (self->record, path));
  /* Translators: the state of an entry, then the day on which it is due */
  return g_strdup_printf (_ ("%s, due on %s"), label != NULL ? label : "–", due);
}

static void
row_activated_cb (MadangNoticePage *self, GtkWidget *row)
{
  madang_page_open_record (MADANG_PAGE (self), g_object_get_data (G_OBJECT (row), "kind"),
                           g_object_get_data (G_OBJECT (row), "record"));
}

static void
append_item (MadangNoticePage *self, const char *item)
{
  const char *kind_name = get_member (self, item, "record_kind");
  const char *id = get_member (self, item, "record");
  const MadangKind *kind = kind_name != NULL ? madang_kind_find (kind_name) : NULL;
  GtkWidget *row;
  g_autoptr (MadangRecord) record = NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *name = NULL;

  if (kind == NULL || id == NULL)
    return;
  record = madang_record_store_get (get_records (self), id, NULL);
  title = dup_title (kind, get_records (self), record);
  subtitle = dup_subtitle (self, item, kind, record);
  name = g_strdup_printf ("%s, %s", title, subtitle);
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), "kind", (gpointer)kind->name);
  g_object_set_data_full (G_OBJECT (row), "record", g_strdup (id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->items, row);
  g_ptr_array_add (self->rows, row);
}

static void
update_items (MadangNoticePage *self)
{
  g_auto (GStrv) rows = madang_record_dup_rows (self->record, "items");
  g_autofree char *count = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->items, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; rows[i] != NULL; i++)
    append_item (self, rows[i]);
  if (self->rows->len == 0)
    count = g_strdup (_ ("Nothing is open."));
  else
    count = g_strdup_printf (ngettext ("%u entry", "%u entries", self->rows->len), self->rows->len);
  adw_preferences_group_set_description (self->items, count);
}

static void
reload (MadangNoticePage *self)
{
  g_autofree char *code = NULL;

  if (get_records (self) == NULL)
    return;
  g_clear_object (&self->record);
  self->record = madang_record_store_get (get_records (self), self->notice, NULL);
  madang_event_command_update (self->acknowledge, self->record, NULL);
  gtk_widget_set_visible (self->acknowledge_button,
                          madang_event_command_is_relevant (self->acknowledge, self->record));
  if (self->record == NULL)
    {
      madang_page_show_banner (MADANG_PAGE (self), _ ("This notice is no longer here."), NULL,
                               NULL);
      return;
    }
  code = madang_record_dup_display (self->record, "code");
  madang_page_set_title (MADANG_PAGE (self), code, madang_record_get_text (self->record, "text"));
  update_items (self);
}

/* --- the page ------------------------------------------------------------------------------ */

static void
acknowledge_cb (MadangNoticePage *self)
{
  if (self->record != NULL)
    madang_event_command_run (self->acknowledge, self->record, NULL);
}

static void
event_done_cb (MadangNoticePage *self)
{
  reload (self);
  madang_page_toast (MADANG_PAGE (self),
                     madang_event_get_past (madang_event_command_get_event (self->acknowledge)));
}

static void
madang_notice_page_changed (MadangPage *page, const char *const *ids)
{
  reload (MADANG_NOTICE_PAGE (page));
}

static void
madang_notice_page_shown (MadangPage *page)
{
  MadangNoticePage *self = MADANG_NOTICE_PAGE (page);

  if (self->rows->len > 0)
    gtk_widget_grab_focus (self->rows->pdata[0]);
  else
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

static void
madang_notice_page_set_property (GObject *object,
                                 guint property_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  if (property_id == PROP_NOTICE)
    MADANG_NOTICE_PAGE (object)->notice = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_notice_page_constructed (GObject *object)
{
  MadangNoticePage *self = MADANG_NOTICE_PAGE (object);

  G_OBJECT_CLASS (madang_notice_page_parent_class)->constructed (object);

  self->acknowledge = madang_page_add_event_command (MADANG_PAGE (self),
                                                     madang_kind_find ("notice"), "acknowledge");
  madang_event_command_bind_button (self->acknowledge, GTK_BUTTON (self->acknowledge_button));
  g_signal_connect_object (self->acknowledge, "activated", G_CALLBACK (acknowledge_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->acknowledge, "done", G_CALLBACK (event_done_cb), self,
                           G_CONNECT_SWAPPED);
  reload (self);
}

static void
madang_notice_page_dispose (GObject *object)
{
  MadangNoticePage *self = MADANG_NOTICE_PAGE (object);

  g_clear_object (&self->acknowledge);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (madang_notice_page_parent_class)->dispose (object);
}

static void
madang_notice_page_finalize (GObject *object)
{
  MadangNoticePage *self = MADANG_NOTICE_PAGE (object);

  g_free (self->notice);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (madang_notice_page_parent_class)->finalize (object);
}

static void
madang_notice_page_class_init (MadangNoticePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = madang_notice_page_set_property;
  object_class->constructed = madang_notice_page_constructed;
  object_class->dispose = madang_notice_page_dispose;
  object_class->finalize = madang_notice_page_finalize;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->commands = commands;
  MADANG_PAGE_CLASS (klass)->changed = madang_notice_page_changed;
  MADANG_PAGE_CLASS (klass)->shown = madang_notice_page_shown;

  properties[PROP_NOTICE]
      = g_param_spec_string ("notice", NULL, NULL, NULL,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/accounts/madang-notice-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangNoticePage, acknowledge_button);
  gtk_widget_class_bind_template_child (widget_class, MadangNoticePage, items);
}

static void
madang_notice_page_init (MadangNoticePage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_notice_page_new (MadangSync *sync, const char *notice)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (notice != NULL, NULL);
  return g_object_new (MADANG_TYPE_NOTICE_PAGE, "sync", sync, "notice", notice, NULL);
}
