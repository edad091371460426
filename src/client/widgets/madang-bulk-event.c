/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-bulk-event.h"

#include "madang-error-text.h"
#include "madang-event.h"

struct _MadangBulkEvent
{
  GObject parent_instance;

  MadangSync *sync; /* (owned) */
  const MadangKind *kind;
  const MadangEvent *event;
  GPtrArray *ids;            /* (owned) (nullable) until run */
  GCancellable *cancellable; /* (owned) (nullable) until run */
  GHashTable *waiting;       /* (owned): ids that the server has not answered */
  GPtrArray *refused;        /* (owned): ids */
  char *reason;              /* (owned) (nullable) */
  guint n_asked;             /* of the ids */
  gboolean written;          /* nothing more is asked for */
};

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_WRITTEN,
  SIGNAL_SETTLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MadangBulkEvent, madang_bulk_event, G_TYPE_OBJECT)

static void ask_next (MadangBulkEvent *self);

/* --- what came of it -------------------------------------------------------------------------- */

/* reason: (transfer full) */
static void
refuse (MadangBulkEvent *self, const char *id, char *reason)
{
  g_ptr_array_add (self->refused, g_strdup (id));
  if (self->reason == NULL)
    self->reason = reason;
  else
    g_free (reason);
}

static void
settle_if_all (MadangBulkEvent *self)
{
  if (self->written && g_hash_table_size (self->waiting) == 0)
    g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
}

static void
refused_cb (MadangBulkEvent *self, const char *id, const char *code, GStrv arguments)
{
  g_autoptr (MadangVerdict) verdict = NULL;

  if (!g_hash_table_contains (self->waiting, id))
    return;
  verdict = madang_verdict_new_no_strv (code, (const char *const *)arguments);
  refuse (self, id, madang_verdict_dup_text (verdict, self->kind->name));
  g_hash_table_remove (self->waiting, id);
  settle_if_all (self);
}

/* A change that waits no more, and of which no refusal was told, has been taken. */
static void
changed_cb (MadangBulkEvent *self, GStrv ids)
{
  MadangRecordStore *records = madang_sync_get_records (self->sync);
  gboolean any = FALSE;

  for (; ids != NULL && *ids != NULL; ids++)
    {
      g_autoptr (MadangRecord) record = NULL;

      if (!g_hash_table_contains (self->waiting, *ids))
        continue;
      record = records != NULL ? madang_record_store_get (records, *ids, NULL) : NULL;
      if (record != NULL
          && (madang_record_get_waiting (record) > 0 || madang_record_get_troubled (record)))
        continue;
      g_hash_table_remove (self->waiting, *ids);
      any = TRUE;
    }
  if (any)
    settle_if_all (self);
}

/* --- asking ----------------------------------------------------------------------------------- */

static MadangVerdict *
check (MadangBulkEvent *self, MadangRecord *record)
{
  MadangRecordStore *records = madang_sync_get_records (self->sync);
  const MadangEventContext context = {
    .record = record,
    .event = self->event,
    .actor = madang_sync_get_actor (self->sync),
    .lookup = records != NULL ? MADANG_LOOKUP (records) : NULL,
    .now = madang_clock_get_programme_now (madang_sync_get_clock (self->sync)),
  };

  return context.actor != NULL ? madang_event_check (&context) : NULL;
}

typedef struct
{
  MadangBulkEvent *bulk; /* (owned) */
  char *id;              /* (owned) */
} Asking;

static void
free_asking (Asking *self)
{
  g_object_unref (self->bulk);
  g_free (self->id);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, free_asking)

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asking) asking = user_data;
  g_autoptr (GError) error = NULL;

  if (!madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    {
      g_hash_table_remove (asking->bulk->waiting, asking->id);
      refuse (asking->bulk, asking->id, madang_error_dup_text (error));
    }
  ask_next (asking->bulk);
}

static void
ask (MadangBulkEvent *self, const char *id)
{
  MadangRecordStore *records = madang_sync_get_records (self->sync);
  g_autoptr (MadangRecord) record
      = records != NULL ? madang_record_store_get (records, id, NULL) : NULL;
  g_autoptr (MadangVerdict) verdict = record != NULL ? check (self, record) : NULL;
  Asking *asking;

  if (verdict == NULL || madang_verdict_is_no (verdict))
    {
      refuse (self, id,
              verdict != NULL ? madang_verdict_dup_text (verdict, self->kind->name) : NULL);
      ask_next (self);
      return;
    }
  asking = g_new0 (Asking, 1);
  asking->bulk = g_object_ref (self);
  asking->id = g_strdup (id);
  g_hash_table_add (self->waiting, g_strdup (id));
  madang_sync_event_async (self->sync, record, self->event->name, NULL, written_cb, asking);
}

static gboolean
ask_next_cb (gpointer data)
{
  MadangBulkEvent *self = data;

  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, self->n_asked, self->ids->len);
  if (self->n_asked < self->ids->len && !g_cancellable_is_cancelled (self->cancellable))
    {
      ask (self, self->ids->pdata[self->n_asked++]);
      return G_SOURCE_REMOVE;
    }
  self->written = TRUE;
  g_signal_emit (self, signals[SIGNAL_WRITTEN], 0);
  settle_if_all (self);
  return G_SOURCE_REMOVE;
}

/* From the main loop, so that many do not hold up a frame. */
static void
ask_next (MadangBulkEvent *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, ask_next_cb, g_object_ref (self), g_object_unref);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
madang_bulk_event_finalize (GObject *object)
{
  MadangBulkEvent *self = MADANG_BULK_EVENT (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_hash_table_unref (self->waiting);
  g_ptr_array_unref (self->refused);
  g_free (self->reason);

  G_OBJECT_CLASS (madang_bulk_event_parent_class)->finalize (object);
}

static void
madang_bulk_event_class_init (MadangBulkEventClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = madang_bulk_event_finalize;
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_WRITTEN]
      = g_signal_new ("written", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SETTLED]
      = g_signal_new ("settled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
madang_bulk_event_init (MadangBulkEvent *self)
{
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->refused = g_ptr_array_new_with_free_func (g_free);
}

MadangBulkEvent *
madang_bulk_event_new (MadangSync *sync, const MadangKind *kind, const char *event)
{
  MadangBulkEvent *self;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (madang_kind_find_event (kind, event) != NULL, NULL);

  self = g_object_new (MADANG_TYPE_BULK_EVENT, NULL);
  self->sync = g_object_ref (sync);
  self->kind = kind;
  self->event = madang_kind_find_event (kind, event);
  g_signal_connect_object (sync, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

gboolean
madang_bulk_event_admits (MadangBulkEvent *self, MadangRecord *record)
{
  g_autoptr (MadangVerdict) verdict = NULL;

  g_return_val_if_fail (MADANG_IS_BULK_EVENT (self), FALSE);
  g_return_val_if_fail (MADANG_IS_RECORD (record), FALSE);

  verdict = check (self, record);
  return verdict != NULL && !madang_verdict_is_no (verdict);
}

void
madang_bulk_event_run (MadangBulkEvent *self, GPtrArray *ids, GCancellable *cancellable)
{
  g_return_if_fail (MADANG_IS_BULK_EVENT (self));
  g_return_if_fail (self->ids == NULL);

  self->ids = ids;
  self->cancellable = g_object_ref (cancellable);
  ask_next (self);
}

guint
madang_bulk_event_count_done (MadangBulkEvent *self)
{
  g_return_val_if_fail (MADANG_IS_BULK_EVENT (self), 0);
  return self->n_asked - MIN (self->n_asked, self->refused->len);
}

guint
madang_bulk_event_count_waiting (MadangBulkEvent *self)
{
  g_return_val_if_fail (MADANG_IS_BULK_EVENT (self), 0);
  return g_hash_table_size (self->waiting);
}

GPtrArray *
madang_bulk_event_get_refused (MadangBulkEvent *self)
{
  g_return_val_if_fail (MADANG_IS_BULK_EVENT (self), NULL);
  return self->refused;
}

const char *
madang_bulk_event_get_reason (MadangBulkEvent *self)
{
  g_return_val_if_fail (MADANG_IS_BULK_EVENT (self), NULL);
  return self->reason;
}
