/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-client"

#include "config.h"

#include "madang-undo.h"

#include <glib/gi18n.h>

#include "madang-error-text.h"
#include "madang-error.h"

#define OFFER_SECONDS 10 /* long enough to read it and to reach the button by keyboard */

typedef struct
{
  MadangPage *page; /* (owned) */
  char *record;     /* (owned) */
  const MadangEvent *event;
} Offer;

static void
free_offer (Offer *self)
{
  g_object_unref (self->page);
  g_free (self->record);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Offer, free_offer)

static gboolean
is_sending (MadangSync *sync)
{
  const MadangSyncState state = madang_sync_get_state (sync);

  return state == MADANG_SYNC_CONNECTED || state == MADANG_SYNC_WORKING;
}

/* (nullable): the event that can still be taken back. */
static const MadangWaiting *
find_recallable (const Offer *offer, GPtrArray *waiting)
{
  for (guint i = 0; i < waiting->len; i++)
    {
      const MadangWaiting *change = waiting->pdata[i];

      if (change->recallable && g_str_equal (change->id, offer->record)
          && g_strcmp0 (change->event, offer->event->name) == 0)
        return change;
    }
  return NULL;
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangPage) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    text = g_strdup (_ ("Taken back. It was not sent."));
  else
    text = madang_undo_dup_error_text (error);
  madang_page_toast (page, text);
}

static void
button_clicked_cb (AdwToast *toast, gpointer user_data)
{
  MadangPage *page = user_data;

  madang_undo_run (page, g_object_get_data (G_OBJECT (toast), "mid"));
}

/* What is on its way cannot be taken back, and soon enough it has happened or was refused. */
static void
state_changed_cb (MadangSync *sync, GParamSpec *pspec, gpointer user_data)
{
  if (is_sending (sync))
    adw_toast_dismiss (user_data);
}

static void
add_toast (MadangPage *page, const MadangEvent *event, const char *mid)
{
  g_autofree char *title = g_markup_escape_text (madang_event_get_past (event), -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_timeout (toast, OFFER_SECONDS);
  g_object_set_data_full (G_OBJECT (toast), "mid", g_strdup (mid), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (button_clicked_cb), page, 0);
  g_signal_connect_object (madang_page_get_sync (page), "notify::state",
                           G_CALLBACK (state_changed_cb), toast, 0);
  madang_page_add_toast (page, toast);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Offer) offer = user_data;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GError) error = NULL;
  const MadangWaiting *change = NULL;

  waiting = madang_sync_list_waiting_finish (MADANG_SYNC (source), result, &error);
  if (waiting == NULL)
    g_debug ("Cannot list what waits: %s", error->message);
  else if (!is_sending (MADANG_SYNC (source)))
    change = find_recallable (offer, waiting);
  if (change != NULL)
    add_toast (offer->page, offer->event, change->mid);
  else
    madang_page_toast (offer->page, madang_event_get_past (offer->event));
}

void
madang_undo_offer (MadangPage *page, MadangRecord *record, const MadangEvent *event)
{
  Offer *offer;

  g_return_if_fail (MADANG_IS_PAGE (page));
  g_return_if_fail (MADANG_IS_RECORD (record));
  g_return_if_fail (event != NULL);

  offer = g_new0 (Offer, 1);
  offer->page = g_object_ref (page);
  offer->record = g_strdup (madang_record_get_id (record));
  offer->event = event;
  madang_sync_list_waiting_async (madang_page_get_sync (page), listed_cb, offer);
}

void
madang_undo_run (MadangPage *page, const char *mid)
{
  g_return_if_fail (MADANG_IS_PAGE (page));
  g_return_if_fail (mid != NULL);

  if (madang_page_get_sync (page) != NULL)
    madang_sync_discard_async (madang_page_get_sync (page), mid, undone_cb, g_object_ref (page));
}

char *
madang_undo_dup_error_text (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND))
    return g_strdup (_ ("It has been sent meanwhile and can no longer be taken back."));
  return madang_error_dup_text (error);
}
