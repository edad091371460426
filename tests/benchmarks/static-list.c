/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "static-list.h"

#define N_OBJECTS 512 /* more than a view holds at a time */

/* A list model that repeats a few objects. */
#define STATIC_TYPE_ROWS (static_rows_get_type ())
G_DECLARE_FINAL_TYPE (StaticRows, static_rows, STATIC, ROWS, GObject)

struct _StaticRows
{
  GObject parent_instance;

  guint n_rows;
  GObject *objects[N_OBJECTS]; /* (owned) */
};

static GType
static_rows_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
static_rows_get_n_items (GListModel *model)
{
  return STATIC_ROWS (model)->n_rows;
}

static gpointer
static_rows_get_item (GListModel *model, guint position)
{
  StaticRows *self = STATIC_ROWS (model);

  return position < self->n_rows ? g_object_ref (self->objects[position % N_OBJECTS]) : NULL;
}

static void
static_rows_init_model (GListModelInterface *iface)
{
  iface->get_item_type = static_rows_get_item_type;
  iface->get_n_items = static_rows_get_n_items;
  iface->get_item = static_rows_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StaticRows,
                               static_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, static_rows_init_model))

static void
static_rows_finalize (GObject *object)
{
  for (guint i = 0; i < N_OBJECTS; i++)
    g_object_unref (STATIC_ROWS (object)->objects[i]);

  G_OBJECT_CLASS (static_rows_parent_class)->finalize (object);
}

static void
static_rows_class_init (StaticRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = static_rows_finalize;
}

static void
static_rows_init (StaticRows *self)
{
  for (guint i = 0; i < N_OBJECTS; i++)
    self->objects[i] = g_object_new (G_TYPE_OBJECT, NULL);
}

/* --- the view ------------------------------------------------------------------------------- */

static const struct
{
  const char *title;
  const char *text;
  int width; /* 0: as much as there is */
} columns[] = {
  { "기관", "서울특별시 금천구", 0 },
  { "부서", "견본 부서 12345", 0 },
  { "상태", "접수", 110 },
  { "접수번호", "접수-2020-012345", 140 },
  { "제출 시각", "2020. 3. 9. 10:00:00", 200 },
};

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (inscription), 0);
  gtk_list_item_set_child (item, inscription);
}

/* A digit changes with the row: as in a real list, no text is drawn from an earlier row's layout. */
static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const char *const *texts)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)),
                            texts[gtk_list_item_get_position (item) % 2]);
}

static void
append_column (GtkColumnView *view, guint number)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (columns[number].title, factory);
  char **texts = g_new0 (char *, 3);

  texts[0] = g_strdup (columns[number].text);
  texts[1] = g_strconcat (columns[number].text, "0", NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), texts,
                         (GClosureNotify)(GCallback)g_strfreev, 0);
  if (columns[number].width > 0)
    gtk_column_view_column_set_fixed_width (column, columns[number].width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (view, column);
  g_object_unref (column);
}

GtkWidget *
static_list_new (guint n_rows)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  StaticRows *rows = g_object_new (STATIC_TYPE_ROWS, NULL);
  GtkWidget *view;

  rows->n_rows = n_rows;
  view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (rows))));
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (view), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    append_column (GTK_COLUMN_VIEW (view), i);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  return scroller;
}
