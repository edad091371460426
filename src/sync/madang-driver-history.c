/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-sync"
#include "config.h"

#include "madang-driver-private.h"

#include "madang-error.h"
#include "madang-wire-limits.h"

#define HISTORY_PATH "/sync/v1/history"

typedef struct
{
  char *record;
  gint64 before;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_free (fetch->record);
  g_free (fetch);
}

/* Of what was not sent only the device's clock knows the time; people read the programme's. */
static void
set_programme_times (MadangDriver *self, MadangHistory *history)
{
  const gint64 ahead
      = madang_clock_get_programme_now (self->clock) - madang_clock_get_real_now (self->clock);

  for (guint i = 0; i < history->lines->len; i++)
    {
      MadangHistoryLine *line = g_ptr_array_index (history->lines, i);

      if (line->waiting)
        line->at += ahead;
    }
}

/* Takes the task. Whatever the server said, the answer is what is here now. */
static void
return_cached (GTask *task, gboolean reached, gboolean refused)
{
  MadangDriver *self = g_task_get_source_object (task);
  const Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GTask) owned = task;
  g_autoptr (GError) error = NULL;
  MadangHistory *history = madang_cache_list_history (self->profile->cache, fetch->record, &error);

  if (history == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  history->reached = reached;
  history->refused = refused;
  set_programme_times (self, history);
  g_task_return_pointer (task, history, (GDestroyNotify)madang_history_free);
}

static gboolean
take_page (MadangDriver *self, const Fetch *fetch, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangHistoryReply) page = madang_history_reply_from_bytes (body, &error);

  if (page != NULL && g_strcmp0 (page->record, fetch->record) != 0)
    return FALSE;
  if (page != NULL
      && madang_cache_save_history (self->profile->cache, page, fetch->before,
                                    madang_clock_get_real_now (self->clock), &error))
    return TRUE;
  g_debug ("A history is not taken: %s", error->message);
  return FALSE;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  MadangDriver *self = g_task_get_source_object (task);
  const Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (MadangTransportReply) reply
      = madang_transport_send_finish (MADANG_TRANSPORT (source), result, NULL);
  gboolean reached;
  gboolean refused;

  self->outstanding--;
  /* Somebody else works now: what came is for the one before. */
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  reached = reply != NULL && reply->ours && (reply->status == 200 || reply->status == 404);
  refused = reached && reply->status == 404;
  if (reached)
    madang_driver_note_contact (self);
  if (refused)
    madang_cache_forget_history (self->profile->cache, fetch->record, NULL);
  else if (reached)
    reached = take_page (self, fetch, reply->body);
  return_cached (task, reached, refused);
}

static void
send_fetch (GTask *task)
{
  MadangDriver *self = g_task_get_source_object (task);
  const Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (MadangHistoryRequest) history = madang_history_request_new ();
  g_autoptr (GBytes) body = NULL;
  MadangTransportRequest request = {
    .method = "POST",
    .path = HISTORY_PATH,
    .token = self->profile->pass->token,
    .device = self->profile->pass->device,
    .content_type = "application/json",
    .body_limit = MADANG_WIRE_MAX_HISTORY,
  };

  history->record = g_strdup (fetch->record);
  history->before = fetch->before;
  body = madang_history_request_to_bytes (history);
  request.body = body;
  self->outstanding++;
  madang_transport_send_async (self->transport, &request, self->fetching, answered_cb, task);
}

/* A record that the server does not have yet has no past there. */
static gboolean
is_on_server (MadangDriver *self, const char *id)
{
  g_autoptr (MadangRecord) record
      = madang_record_store_get (madang_cache_get_records (self->profile->cache), id, NULL);

  return record != NULL && madang_record_get_version (record, MADANG_PART_MAIN) > 0;
}

void
madang_driver_fetch_history_async (MadangDriver *self,
                                   const char *record,
                                   gint64 before,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  Fetch *fetch;
  GTask *task;

  g_return_if_fail (MADANG_IS_DRIVER (self));
  g_return_if_fail (record != NULL && before >= 0);

  if (self->fetching == NULL)
    self->fetching = g_cancellable_new ();
  task = g_task_new (self, self->fetching, callback, user_data);
  g_task_set_source_tag (task, madang_driver_fetch_history_async);
  fetch = g_new0 (Fetch, 1);
  fetch->record = g_strdup (record);
  fetch->before = before;
  g_task_set_task_data (task, fetch, (GDestroyNotify)fetch_free);
  if (self->profile == NULL)
    {
      g_task_return_new_error (task, MADANG_ERROR, MADANG_ERROR_SIGN_IN_REQUIRED,
                               "nobody is signed in");
      g_object_unref (task);
    }
  else if (!is_on_server (self, record))
    return_cached (task, TRUE, FALSE);
  else if (self->profile->pass->token == NULL)
    return_cached (task, FALSE, FALSE);
  else
    send_fetch (task);
}

MadangHistory *
madang_driver_fetch_history_finish (MadangDriver *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
