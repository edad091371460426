/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-server"
#include "config.h"

#include "madang-timers.h"

#include "madang-event.h"
#include "madang-id.h"
#include "madang-service.h"
#include "madang-turn.h"

/* Records that one job of the writer looks at. */
#define SLICE 64

/* Where a round is: which timer, and which of the records that may be due. */
typedef struct
{
  guint kind;
  guint timer;
  GArray *rows; /* (owned) (nullable): of the store; NULL until they are looked up */
  guint row;
} MadangPlace;

struct _MadangTimers
{
  MadangService *service; /* (unowned) */
  MadangWriter *writer;   /* (unowned): there for as long as its thread runs */
  GSource *source;        /* (owned) (nullable) once stopped */
  gint stopping;          /* atomic */
  gint running;           /* atomic: a round is under way */

  /* Of the round, handed from job to job; the writer's thread alone has it meanwhile. */
  MadangPlace place; /* up to which all is durable */
  MadangPlace next;  /* where the job that is not yet durable came to */
  gboolean over;     /* that job was the last */
};

static void
clear_place (MadangPlace *place)
{
  g_clear_pointer (&place->rows, g_array_unref);
  *place = (MadangPlace){ 0 };
}

static MadangPlace
copy_place (const MadangPlace *place)
{
  MadangPlace copy = *place;

  if (copy.rows != NULL)
    g_array_ref (copy.rows);
  return copy;
}

/* (nullable): the round is over. Steps over kinds without timers. */
static const MadangTimer *
find_timer (MadangPlace *place, const MadangKind **kind)
{
  const MadangKind *const *kinds = madang_kind_list ();
  const guint n_kinds = g_strv_length ((char **)kinds);

  for (; place->kind < n_kinds; place->kind++, place->timer = 0)
    {
      *kind = kinds[place->kind];
      if ((*kind)->timers != NULL && (*kind)->timers[place->timer].event != NULL)
        return &(*kind)->timers[place->timer];
    }
  return NULL;
}

static GArray *
find_rows (MadangRecordStore *records,
           const MadangKind *kind,
           const MadangTimer *timer,
           GError **error)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind->name);

  madang_query_add_states (query, timer->states);
  return madang_record_store_find_rows (records, query, error);
}

/* --- One record ---------------------------------------------------------------------------- */

static gboolean
is_due (MadangRecordStore *records,
        MadangRecord *record,
        const MadangTimer *timer,
        const MadangEvent *event,
        gint64 now)
{
  MadangEventContext context = {
    .record = record,
    .event = event,
    .lookup = MADANG_LOOKUP (records),
    .now = now,
  };

  return g_strv_contains (timer->states, madang_record_get_state (record))
         && timer->due (&context) <= now;
}

/* What a rule refuses stays as it is; the next round asks again. */
static gboolean
happen (MadangWrite *write,
        MadangRecord *record,
        const MadangEvent *event,
        gint64 now,
        guint *fired,
        GError **error)
{
  g_autofree char *id = madang_id_new ();
  MadangMutation mutation = { .mid = id, .operation = MADANG_OPERATION_EVENT };
  g_auto (MadangTurn) turn = {
    .save = { .write = write, .now = now },
    .records = madang_storage_get_records (write->storage),
    .mutation = &mutation,
  };

  if (!madang_turn_play_event (&turn, record, event, error))
    return FALSE;
  if (turn.outcome == MADANG_OUTCOME_REJECTED)
    g_debug ("timer %s of %s %s: %s", event->name, madang_record_get_kind (record)->name,
             madang_record_get_id (record), turn.code);
  else
    *fired += 1;
  return TRUE;
}

/* --- A slice ------------------------------------------------------------------------------- */

static gboolean
run_rows (MadangWrite *write,
          const MadangTimer *timer,
          const MadangEvent *event,
          GPtrArray *found,
          gint64 now,
          guint *fired,
          GError **error)
{
  MadangRecordStore *records = madang_storage_get_records (write->storage);

  for (guint i = 0; i < found->len; i++)
    {
      MadangRecord *record = g_ptr_array_index (found, i);

      if (record != NULL && is_due (records, record, timer, event, now)
          && !happen (write, record, event, now, fired, error))
        return FALSE;
    }
  return TRUE;
}

/* Works off up to SLICE records and moves the place on. *over: nothing is left of the round. */
static gboolean
run_slice (MadangWrite *write,
           MadangPlace *place,
           gint64 now,
           guint *fired,
           gboolean *over,
           GError **error)
{
  MadangRecordStore *records = madang_storage_get_records (write->storage);
  const MadangKind *kind = NULL;
  const MadangTimer *timer = find_timer (place, &kind);
  g_autoptr (GPtrArray) found = NULL;
  guint n;

  *over = timer == NULL;
  if (*over)
    return TRUE;
  if (place->rows == NULL)
    place->rows = find_rows (records, kind, timer, error);
  if (place->rows == NULL)
    return FALSE;
  n = MIN (SLICE, place->rows->len - place->row);
  found = madang_record_store_get_rows (records, &g_array_index (place->rows, gint64, place->row),
                                        n, error);
  if (found == NULL
      || !run_rows (write, timer, madang_kind_find_event (kind, timer->event), found, now, fired,
                    error))
    return FALSE;
  place->row += n;
  if (place->row < place->rows->len)
    return TRUE;
  g_clear_pointer (&place->rows, g_array_unref);
  place->row = 0;
  place->timer++;
  return TRUE;
}

gboolean
madang_timers_run (MadangWrite *write, gint64 now, guint *fired, GError **error)
{
  MadangPlace place = { 0 };
  gboolean over = FALSE;
  gboolean good = TRUE;

  g_return_val_if_fail (write != NULL && fired != NULL, FALSE);

  *fired = 0;
  while (good && !over)
    good = run_slice (write, &place, now, fired, &over, error);
  clear_place (&place);
  return good;
}

/* --- Rounds -------------------------------------------------------------------------------- */

/* May run again after an undone transaction, so it starts from the place that is durable. */
static gboolean
slice_func (MadangWrite *write, gpointer data, GError **error)
{
  MadangTimers *self = data;
  guint fired = 0;

  clear_place (&self->next);
  self->next = copy_place (&self->place);
  return run_slice (write, &self->next, madang_clock_get_programme_now (self->service->clock),
                    &fired, &self->over, error);
}

static void
slice_written (gpointer data, const GError *error)
{
  MadangTimers *self = data;

  if (error != NULL)
    g_warning ("timers: %s", error->message);
  clear_place (&self->place);
  self->place = self->next;
  self->next = (MadangPlace){ 0 };
  if (error == NULL && !self->over && !g_atomic_int_get (&self->stopping))
    {
      madang_writer_push (self->writer, slice_func, slice_written, self);
      return;
    }
  clear_place (&self->place);
  g_atomic_int_set (&self->running, FALSE);
}

static gboolean
tick_cb (gpointer user_data)
{
  MadangTimers *self = user_data;

  if (g_atomic_int_compare_and_exchange (&self->running, FALSE, TRUE))
    madang_writer_push (self->writer, slice_func, slice_written, self);
  return G_SOURCE_CONTINUE;
}

MadangTimers *
madang_timers_new (MadangService *service, guint seconds)
{
  MadangTimers *self;

  g_return_val_if_fail (service != NULL && service->writer != NULL && seconds > 0, NULL);

  self = g_new0 (MadangTimers, 1);
  self->service = service;
  self->writer = service->writer;
  self->source = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (self->source, tick_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  tick_cb (self);
  return self;
}

void
madang_timers_stop (MadangTimers *self)
{
  g_return_if_fail (self != NULL && self->source != NULL);

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_atomic_int_set (&self->stopping, TRUE);
}

void
madang_timers_free (MadangTimers *self)
{
  g_return_if_fail (self != NULL && self->source == NULL);

  clear_place (&self->place);
  clear_place (&self->next);
  g_free (self);
}
