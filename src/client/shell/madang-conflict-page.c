/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-client"

#include "config.h"

#include "madang-conflict-page.h"

#include <glib/gi18n.h>

#include "madang-conflict-card.h"
#include "madang-error-text.h"
#include "madang-refused-card.h"

struct _MadangConflictPage
{
  MadangPage parent_instance;

  GtkStack *stack;
  GtkBox *cards;
};

G_DEFINE_FINAL_TYPE (MadangConflictPage, madang_conflict_page, MADANG_TYPE_PAGE)

static const char *const steps[] = {
  N_ ("Compare both values; it says who wrote the other one, and when."),
  N_ ("Keep yours, keep the other, or write a third one. Nothing is lost before you decide."),
  N_ ("A change that a rule refused says why; give it up, or write it anew."),
  NULL,
};

static const MadangPageHelp help = {
  .title = N_ ("Changes to Decide"),
  .purpose = N_ ("Changes of yours that could not be taken over as they are."),
  .steps = steps,
};

static void reload (MadangConflictPage *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangConflictPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    {
      text = madang_error_dup_text (error);
      madang_page_toast (MADANG_PAGE (self), text);
    }
  reload (self);
}

static void
resolved_cb (MadangConflictPage *self, GVariant *value, MadangConflictCard *card)
{
  madang_conflict_card_set_busy (card, TRUE);
  madang_sync_resolve_async (madang_page_get_sync (MADANG_PAGE (self)),
                             madang_conflict_card_get_conflict (card), value, written_cb,
                             g_object_ref (self));
}

static void
discarded_cb (MadangConflictPage *self, MadangRefusedCard *card)
{
  madang_sync_discard_async (madang_page_get_sync (MADANG_PAGE (self)),
                             madang_refused_card_get_mid (card), written_cb, g_object_ref (self));
}

static void
remove_cards (MadangConflictPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_box_remove (self->cards, child);
}

/* A third version that is being written must not vanish under the hands. */
static gboolean
is_editing (MadangConflictPage *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (MADANG_IS_CONFLICT_CARD (child) && gtk_widget_get_sensitive (child)
        && madang_conflict_card_get_editing (MADANG_CONFLICT_CARD (child)))
      return TRUE;
  return FALSE;
}

static void
append_conflicts (MadangConflictPage *self)
{
  MadangSync *sync = madang_page_get_sync (MADANG_PAGE (self));
  MadangRecordStore *records = madang_sync_get_records (sync);
  g_autoptr (MadangQuery) query = madang_query_new ("conflict");
  g_autoptr (GPtrArray) conflicts = NULL;

  if (records == NULL)
    return;
  madang_query_add_states (query, (const char *[]){ "open", NULL });
  conflicts = madang_record_store_find (records, query, NULL);
  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      GtkWidget *card = madang_conflict_card_new (conflicts->pdata[i],
                                                  madang_sync_get_identity (sync)->account);

      g_signal_connect_object (card, "resolved", G_CALLBACK (resolved_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->cards, card);
    }
}

static void
append_refused (MadangConflictPage *self, GPtrArray *waiting)
{
  MadangRecordStore *records = madang_sync_get_records (madang_page_get_sync (MADANG_PAGE (self)));

  for (guint i = 0; i < waiting->len; i++)
    {
      const MadangWaiting *change = waiting->pdata[i];
      GtkWidget *card;

      /* A change in conflict has its own card. */
      if (!change->refused || g_strcmp0 (change->code, "conflict") == 0)
        continue;
      card = madang_refused_card_new (change, records);
      g_signal_connect_object (card, "discarded", G_CALLBACK (discarded_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (self->cards, card);
    }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangConflictPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) waiting
      = madang_sync_list_waiting_finish (MADANG_SYNC (source), result, &error);

  if (self->cards == NULL || is_editing (self))
    return;
  remove_cards (self);
  append_conflicts (self);
  if (waiting != NULL)
    append_refused (self, waiting);
  else
    g_debug ("Cannot list what waits: %s", error->message);
  gtk_stack_set_visible_child_name (self->stack,
                                    gtk_widget_get_first_child (GTK_WIDGET (self->cards)) != NULL
                                        ? "list"
                                        : "empty");
}

static void
reload (MadangConflictPage *self)
{
  madang_sync_list_waiting_async (madang_page_get_sync (MADANG_PAGE (self)), listed_cb,
                                  g_object_ref (self));
}

static void
madang_conflict_page_changed (MadangPage *page, const char *const *ids)
{
  reload (MADANG_CONFLICT_PAGE (page));
}

static void
madang_conflict_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (madang_conflict_page_parent_class)->constructed (object);

  madang_page_set_title (MADANG_PAGE (object), _ ("Changes to Decide"), NULL);
  reload (MADANG_CONFLICT_PAGE (object));
}

static void
madang_conflict_page_dispose (GObject *object)
{
  MADANG_CONFLICT_PAGE (object)->cards = NULL;

  G_OBJECT_CLASS (madang_conflict_page_parent_class)->dispose (object);
}

static void
madang_conflict_page_class_init (MadangConflictPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = madang_conflict_page_constructed;
  object_class->dispose = madang_conflict_page_dispose;
  MADANG_PAGE_CLASS (klass)->help = &help;
  MADANG_PAGE_CLASS (klass)->changed = madang_conflict_page_changed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/shell/madang-conflict-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangConflictPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MadangConflictPage, cards);
}

static void
madang_conflict_page_init (MadangConflictPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MadangPage *
madang_conflict_page_new (MadangSync *sync)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  return g_object_new (MADANG_TYPE_CONFLICT_PAGE, "sync", sync, NULL);
}
