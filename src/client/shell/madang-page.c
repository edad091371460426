/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-page.h"

#include "madang-banner.h"

typedef struct
{
  MadangSync *sync;            /* (owned) (nullable) */
  GSimpleActionGroup *actions; /* (owned) */
  gboolean collapsed;
  gboolean at_end;
  gboolean nested;
  gboolean kept;
  gboolean saving;

  GtkWidget *box;
  AdwHeaderBar *header_bar;
  AdwWindowTitle *window_title;
  MadangBanner *notice;
  MadangBanner *banner;
} MadangPagePrivate;

typedef enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_SYNC,
  PROP_COLLAPSED,
  PROP_AT_END,
  PROP_NESTED,
  PROP_SAVING,
} MadangPageProperty;

static GParamSpec *properties[PROP_SAVING + 1];

enum
{
  SIGNAL_OPEN,
  SIGNAL_TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkBuildableIface *parent_buildable;

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (MadangPage,
                                  madang_page,
                                  GTK_TYPE_WIDGET,
                                  G_ADD_PRIVATE (MadangPage)
                                      G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                             buildable_iface_init))

static MadangPagePrivate *
get_private (MadangPage *self)
{
  return madang_page_get_instance_private (self);
}

static void
madang_page_add_child (GtkBuildable *buildable,
                       GtkBuilder *builder,
                       GObject *child,
                       const char *type)
{
  MadangPagePrivate *priv = get_private (MADANG_PAGE (buildable));

  /* The template's own box comes first; what follows are the children of a subclass. */
  if (priv->box == NULL || !GTK_IS_WIDGET (child))
    parent_buildable->add_child (buildable, builder, child, type);
  else if (g_strcmp0 (type, "start") == 0)
    adw_header_bar_pack_start (priv->header_bar, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "end") == 0)
    adw_header_bar_pack_end (priv->header_bar, GTK_WIDGET (child));
  else
    gtk_box_append (GTK_BOX (priv->box), GTK_WIDGET (child));
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = madang_page_add_child;
}

static gboolean
or_cb (GtkWidget *widget, gboolean a, gboolean b)
{
  return a || b;
}

static void
madang_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  MadangPagePrivate *priv = get_private (MADANG_PAGE (object));

  switch ((MadangPageProperty)property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, adw_window_title_get_title (priv->window_title));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, adw_window_title_get_subtitle (priv->window_title));
      break;
    case PROP_SYNC:
      g_value_set_object (value, priv->sync);
      break;
    case PROP_COLLAPSED:
      g_value_set_boolean (value, priv->collapsed);
      break;
    case PROP_AT_END:
      g_value_set_boolean (value, priv->at_end);
      break;
    case PROP_NESTED:
      g_value_set_boolean (value, priv->nested);
      break;
    case PROP_SAVING:
      g_value_set_boolean (value, priv->saving);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
madang_page_set_property (GObject *object,
                          guint property_id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  MadangPage *self = MADANG_PAGE (object);
  MadangPagePrivate *priv = get_private (self);

  switch ((MadangPageProperty)property_id)
    {
    case PROP_TITLE:
      adw_window_title_set_title (priv->window_title, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      adw_window_title_set_subtitle (priv->window_title, g_value_get_string (value));
      break;
    case PROP_SYNC:
      priv->sync = g_value_dup_object (value);
      break;
    case PROP_COLLAPSED:
      priv->collapsed = g_value_get_boolean (value);
      break;
    case PROP_AT_END:
      priv->at_end = g_value_get_boolean (value);
      break;
    case PROP_NESTED:
      madang_page_set_nested (self, g_value_get_boolean (value));
      break;
    case PROP_SAVING:
      madang_page_set_saving (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
madang_page_dispose (GObject *object)
{
  MadangPagePrivate *priv = get_private (MADANG_PAGE (object));

  g_clear_pointer (&priv->box, gtk_widget_unparent);
  g_clear_object (&priv->actions);
  g_clear_object (&priv->sync);

  G_OBJECT_CLASS (madang_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", flags);
  properties[PROP_SYNC]
      = g_param_spec_object ("sync", NULL, NULL, MADANG_TYPE_SYNC, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_COLLAPSED] = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE, flags);
  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, TRUE, flags);
  properties[PROP_NESTED]
      = g_param_spec_boolean ("nested", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SAVING]
      = g_param_spec_boolean ("saving", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
madang_page_class_init (MadangPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = madang_page_get_property;
  object_class->set_property = madang_page_set_property;
  object_class->dispose = madang_page_dispose;
  install_properties (object_class);

  signals[SIGNAL_OPEN] = g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, MADANG_TYPE_PAGE);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, ADW_TYPE_TOAST);

  g_type_ensure (MADANG_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, MadangPage, box);
  gtk_widget_class_bind_template_child_private (widget_class, MadangPage, header_bar);
  gtk_widget_class_bind_template_child_private (widget_class, MadangPage, window_title);
  gtk_widget_class_bind_template_child_private (widget_class, MadangPage, notice);
  gtk_widget_class_bind_template_child_private (widget_class, MadangPage, banner);
  gtk_widget_class_bind_template_callback (widget_class, or_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
madang_page_init (MadangPage *self)
{
  get_private (self)->at_end = TRUE;
  get_private (self)->actions = g_simple_action_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangSync *
madang_page_get_sync (MadangPage *self)
{
  g_return_val_if_fail (MADANG_IS_PAGE (self), NULL);
  return get_private (self)->sync;
}

GSimpleActionGroup *
madang_page_get_actions (MadangPage *self)
{
  g_return_val_if_fail (MADANG_IS_PAGE (self), NULL);
  return get_private (self)->actions;
}

GSimpleAction *
madang_page_add_action (MadangPage *self, const char *name, GCallback activated, gpointer user_data)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_return_val_if_fail (MADANG_IS_PAGE (self), NULL);

  g_signal_connect_object (action, "activate", activated, user_data, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (get_private (self)->actions), G_ACTION (action));
  return action;
}

void
madang_page_set_title (MadangPage *self, const char *title, const char *subtitle)
{
  g_return_if_fail (MADANG_IS_PAGE (self));
  g_object_set (self, "title", title, "subtitle", subtitle != NULL ? subtitle : "", NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
madang_page_set_nested (MadangPage *self, gboolean nested)
{
  MadangPagePrivate *priv = get_private (self);

  g_return_if_fail (MADANG_IS_PAGE (self));

  if (priv->nested == nested)
    return;
  priv->nested = nested;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NESTED]);
}

gboolean
madang_page_get_nested (MadangPage *self)
{
  g_return_val_if_fail (MADANG_IS_PAGE (self), FALSE);
  return get_private (self)->nested;
}

void
madang_page_set_kept (MadangPage *self, gboolean kept)
{
  g_return_if_fail (MADANG_IS_PAGE (self));
  get_private (self)->kept = kept;
}

gboolean
madang_page_get_kept (MadangPage *self)
{
  g_return_val_if_fail (MADANG_IS_PAGE (self), FALSE);
  return get_private (self)->kept;
}

void
madang_page_set_saving (MadangPage *self, gboolean saving)
{
  MadangPagePrivate *priv = get_private (self);

  g_return_if_fail (MADANG_IS_PAGE (self));

  if (priv->saving == saving)
    return;
  priv->saving = saving;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVING]);
}

gboolean
madang_page_get_saving (MadangPage *self)
{
  g_return_val_if_fail (MADANG_IS_PAGE (self), FALSE);
  return get_private (self)->saving;
}

void
madang_page_show_banner (MadangPage *self,
                         const char *title,
                         const char *button_label,
                         const char *action_name)
{
  g_return_if_fail (MADANG_IS_PAGE (self));
  madang_banner_show (get_private (self)->banner, title, button_label, action_name);
}

void
madang_page_show_notice (MadangPage *self,
                         const char *title,
                         const char *button_label,
                         const char *action_name)
{
  g_return_if_fail (MADANG_IS_PAGE (self));
  madang_banner_show (get_private (self)->notice, title, button_label, action_name);
}

void
madang_page_toast (MadangPage *self, const char *title)
{
  AdwToast *toast = adw_toast_new ("");
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  /* A toast's title is markup. */
  adw_toast_set_title (toast, escaped);
  madang_page_add_toast (self, toast);
}

MadangEventCommand *
madang_page_add_event_command (MadangPage *self, const MadangKind *kind, const char *event)
{
  MadangEventCommand *command;

  g_return_val_if_fail (MADANG_IS_PAGE (self), NULL);
  g_return_val_if_fail (kind != NULL && event != NULL, NULL);

  command = madang_event_command_new (madang_page_get_sync (self), kind, event);
  g_signal_connect_object (command, "failed", G_CALLBACK (madang_page_toast), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (madang_page_get_actions (self)),
                           madang_event_command_get_action (command));
  return command;
}

void
madang_page_add_toast (MadangPage *self, AdwToast *toast)
{
  g_autoptr (AdwToast) owned = toast;

  g_return_if_fail (MADANG_IS_PAGE (self));
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, owned);
}

void
madang_page_open_record (MadangPage *self, const char *kind, const char *id)
{
  g_return_if_fail (MADANG_IS_PAGE (self));
  g_return_if_fail (kind != NULL && id != NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", kind, id);
}

void
madang_page_open (MadangPage *self, MadangPage *page)
{
  g_return_if_fail (MADANG_IS_PAGE (self));
  g_return_if_fail (MADANG_IS_PAGE (page));
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, page);
}

void
madang_page_notify_changed (MadangPage *self, const char *const *ids)
{
  g_return_if_fail (MADANG_IS_PAGE (self));
  if (MADANG_PAGE_GET_CLASS (self)->changed != NULL)
    MADANG_PAGE_GET_CLASS (self)->changed (self, ids);
}

void
madang_page_notify_shown (MadangPage *self)
{
  g_return_if_fail (MADANG_IS_PAGE (self));
  if (MADANG_PAGE_GET_CLASS (self)->shown != NULL)
    MADANG_PAGE_GET_CLASS (self)->shown (self);
}

void
madang_page_flush (MadangPage *self)
{
  g_return_if_fail (MADANG_IS_PAGE (self));
  if (MADANG_PAGE_GET_CLASS (self)->flush != NULL)
    MADANG_PAGE_GET_CLASS (self)->flush (self);
}

char *
madang_page_dup_unsaved (MadangPage *self)
{
  g_return_val_if_fail (MADANG_IS_PAGE (self), NULL);
  if (MADANG_PAGE_GET_CLASS (self)->dup_unsaved != NULL)
    return MADANG_PAGE_GET_CLASS (self)->dup_unsaved (self);
  return NULL;
}

MadangPage *
madang_page_find_record_page (MadangPage *self, const char *kind, const char *id)
{
  g_return_val_if_fail (MADANG_IS_PAGE (self), NULL);
  if (MADANG_PAGE_GET_CLASS (self)->find_record_page != NULL)
    return MADANG_PAGE_GET_CLASS (self)->find_record_page (self, kind, id);
  return NULL;
}
