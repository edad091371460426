/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-sync"
#include "config.h"

#include "madang-driver-private.h"

/* Brings into the search index what a long pull left out, in slices between all other work. */

#define SLICE_ROWS 100 /* some 10 ms; a person's change waits for one at the most */

static void
stop (MadangDriver *self)
{
  if (self->indexing == NULL)
    return;
  g_source_destroy (self->indexing);
  g_clear_pointer (&self->indexing, g_source_unref);
  madang_news_set_indexing (self->news, FALSE);
}

static gboolean
index_cb (gpointer data)
{
  MadangDriver *self = data;
  MadangRecordStore *records = madang_cache_get_records (self->profile->cache);
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;
  gboolean worked = madang_record_store_index_some (records, SLICE_ROWS, &more, &error);

  if (worked && more)
    return G_SOURCE_CONTINUE;
  /* What happens next tries again; nothing that matters was lost. */
  if (!worked)
    g_debug ("The search index falls behind: %s", error->message);
  stop (self);
  return G_SOURCE_REMOVE;
}

void
madang_driver_index_later (MadangDriver *self)
{
  if (self->profile == NULL)
    {
      stop (self);
      return;
    }
  if (self->indexing != NULL
      || !madang_record_store_is_indexing (madang_cache_get_records (self->profile->cache)))
    return;
  self->indexing = g_idle_source_new ();
  g_source_set_priority (self->indexing, G_PRIORITY_LOW);
  g_source_set_callback (self->indexing, index_cb, self, NULL);
  g_source_attach (self->indexing, g_main_context_get_thread_default ());
  madang_news_set_indexing (self->news, TRUE);
}
