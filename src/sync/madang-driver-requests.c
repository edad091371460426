/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-sync"
#include "config.h"

#include "madang-driver-private.h"

#include "madang-error.h"
#include "madang-identity.h"
#include "madang-wire-limits.h"

/* The results of a full push come with the records they changed. */
#define PUSH_ANSWER_LIMIT (64 * 1024 * 1024)
/* A held poll that comes back sooner than this with nothing was not held. */
#define EARLY (G_USEC_PER_SEC)

/* --- errands -------------------------------------------------------------------------------- */

static void
clear_errand (gpointer data)
{
  MadangErrand *errand = data;

  g_object_unref (errand->cancellable);
  g_clear_pointer (&errand->timer, g_source_unref);
  g_object_unref (errand->driver);
}

static void
release_errand (MadangErrand *errand)
{
  g_rc_box_release_full (errand, clear_errand);
}

static MadangErrand *
start_errand (MadangDriver *self, const MadangSyncCommand *command)
{
  MadangErrand *errand = g_rc_box_new0 (MadangErrand);

  errand->driver = g_object_ref (self);
  errand->ticket = command->ticket;
  errand->wait = command->wait;
  errand->cancellable = g_cancellable_new ();
  errand->started = g_get_monotonic_time ();
  g_hash_table_insert (self->errands, GUINT_TO_POINTER (errand->ticket), errand);
  return errand;
}

static void
end_errand (MadangErrand *errand)
{
  g_hash_table_remove (errand->driver->errands, GUINT_TO_POINTER (errand->ticket));
  errand->over = TRUE;
  g_clear_pointer (&errand->puller, madang_puller_free);
  if (errand->timer != NULL)
    g_source_destroy (errand->timer);
  release_errand (errand);
}

void
madang_driver_cancel (MadangDriver *self, guint ticket)
{
  MadangErrand *errand = g_hash_table_lookup (self->errands, GUINT_TO_POINTER (ticket));

  if (errand == NULL)
    return;
  /* A transport may answer at once that it was cancelled; that is not heard any more. */
  errand->over = TRUE;
  g_cancellable_cancel (errand->cancellable);
  end_errand (errand);
}

/* Ends the errand and tells the engine; the ticket is filled in. */
static void
report (MadangErrand *errand, MadangSyncEvent event)
{
  g_autoptr (MadangDriver) self = g_object_ref (errand->driver);

  event.ticket = errand->ticket;
  end_errand (errand);
  madang_driver_feed (self, &event);
}

static gboolean
timer_ended_cb (gpointer data)
{
  report (data, (MadangSyncEvent){ .type = MADANG_SYNC_EVENT_TIMER });
  return G_SOURCE_REMOVE;
}

void
madang_driver_start_timer (MadangDriver *self, const MadangSyncCommand *command)
{
  MadangErrand *errand = start_errand (self, command);

  errand->timer = g_timeout_source_new (command->delay);
  g_source_set_callback (errand->timer, timer_ended_cb, errand, NULL);
  g_source_attach (errand->timer, g_main_context_get_thread_default ());
}

/* --- requests ------------------------------------------------------------------------------- */

static void
send_request (MadangErrand *errand, MadangTransportRequest *request, GAsyncReadyCallback callback)
{
  MadangDriver *self = errand->driver;

  request->token = self->profile->pass->token;
  request->device = self->profile->pass->device;
  self->outstanding++;
  madang_transport_send_async (self->transport, request, errand->cancellable, callback,
                               g_rc_box_acquire (errand));
}

static void
finish_callback (MadangErrand *errand)
{
  errand->driver->outstanding--;
  release_errand (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangErrand, finish_callback)

/* What every answer has in common. NULL: the errand is over, one way or another. */
static MadangTransportReply *
receive (MadangErrand *errand, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply
      = madang_transport_send_finish (MADANG_TRANSPORT (source), result, &error);
  gboolean stranger;

  if (errand->over)
    return NULL;
  if (reply != NULL && reply->ours)
    {
      madang_driver_note_contact (errand->driver);
      return g_steal_pointer (&reply);
    }
  if (error != NULL)
    g_debug ("A request fails: %s", error->message);
  stranger = reply != NULL || g_error_matches (error, MADANG_ERROR, MADANG_ERROR_NOT_OUR_SERVER);
  report (errand, (MadangSyncEvent){ .type = stranger ? MADANG_SYNC_EVENT_STRANGER
                                                      : MADANG_SYNC_EVENT_SILENCE });
  return NULL;
}

static MadangSyncEvent
build_answer (const MadangErrand *errand, const MadangTransportReply *reply)
{
  return (MadangSyncEvent){
    .type = MADANG_SYNC_EVENT_ANSWER,
    .status = reply->status,
    .retry_after = reply->retry_after,
    .sent = errand->sent,
  };
}

/* A good status with a body that cannot be read: what became of the request is unknown. */
static void
report_unreadable (MadangErrand *errand, const GError *error)
{
  g_debug ("An answer is not understood: %s", error->message);
  report (errand, (MadangSyncEvent){ .type = MADANG_SYNC_EVENT_SILENCE });
}

/* --- hello ---------------------------------------------------------------------------------- */

gboolean
madang_driver_take_hello (MadangDriver *self,
                          MadangHello *hello,
                          gboolean *new_epoch,
                          GError **error)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_free);
  gboolean is_news = !madang_hello_tells_same (self->profile->hello, hello);
  gboolean worked
      = madang_profile_take_hello (self->profile, hello, self->clock, new_epoch, changed, error);

  if (is_news)
    madang_driver_publish_identity (self);
  madang_news_add_changed (self->news, changed);
  return worked;
}

static void
hello_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangErrand) errand = user_data;
  g_autoptr (MadangTransportReply) reply = receive (errand, source, result);
  g_autoptr (GError) error = NULL;
  MadangHello *hello;
  MadangSyncEvent event;
  gboolean worked;

  if (reply == NULL)
    return;
  event = build_answer (errand, reply);
  if (reply->status == 200)
    {
      hello = madang_hello_from_bytes (reply->body, &error);
      if (hello == NULL)
        {
          report_unreadable (errand, error);
          return;
        }
      g_free (errand->driver->rights);
      errand->driver->rights = g_strdup (reply->rights);
      worked = madang_driver_take_hello (errand->driver, hello, &event.new_epoch, &error);
      if (!madang_driver_check_cache (errand->driver, worked, error))
        return;
    }
  report (errand, event);
}

void
madang_driver_send_hello (MadangDriver *self, const MadangSyncCommand *command)
{
  MadangTransportRequest request = {
    .method = "GET",
    .path = "/sync/v1/hello",
    .body_limit = MADANG_TRANSPORT_BODY_LIMIT,
  };

  send_request (start_errand (self, command), &request, hello_answered_cb);
}

/* --- push ----------------------------------------------------------------------------------- */

static void
tell_refusals (MadangDriver *self, const MadangPushReply *reply)
{
  for (guint i = 0; i < reply->results->len; i++)
    {
      const MadangPushResult *push = g_ptr_array_index (reply->results, i);

      if (push->outcome == MADANG_OUTCOME_APPLIED || push->outcome == MADANG_OUTCOME_MERGED)
        continue;
      madang_news_add_refusal (self->news, push->id,
                               push->outcome == MADANG_OUTCOME_REJECTED && push->code != NULL
                                   ? push->code
                                   : madang_outcome_get_name (push->outcome),
                               (const char *const *)push->arguments);
    }
}

/* FALSE: the errand is over. */
static gboolean
take_results (MadangErrand *errand, GBytes *body, guint *settled)
{
  MadangDriver *self = errand->driver;
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPushReply) reply = madang_push_reply_from_bytes (body, &error);
  gboolean worked;

  if (reply == NULL)
    {
      report_unreadable (errand, error);
      return FALSE;
    }
  worked = madang_cache_apply_results (self->profile->cache, reply,
                                       madang_clock_get_real_now (self->clock), changed, &error);
  if (!madang_driver_check_cache (self, worked, error))
    return FALSE;
  madang_news_add_changed (self->news, changed);
  tell_refusals (self, reply);
  *settled = reply->results->len;
  return TRUE;
}

static void
push_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangErrand) errand = user_data;
  g_autoptr (MadangTransportReply) reply = receive (errand, source, result);
  g_autoptr (MadangProblem) problem = NULL;
  MadangSyncEvent event;

  if (reply == NULL)
    return;
  event = build_answer (errand, reply);
  if (reply->status == 200 && !take_results (errand, reply->body, &event.settled))
    return;
  if (reply->status == 409)
    problem = madang_problem_from_bytes (reply->body, NULL);
  if (problem != NULL)
    event.expect = problem->expect;
  report (errand, event);
}

static void
send_items (MadangDriver *self, const MadangSyncCommand *command, MadangPushRequest *push)
{
  MadangErrand *errand = start_errand (self, command);
  const MadangPushItem *first = g_ptr_array_index (push->items, 0);
  g_autoptr (GBytes) body = NULL;
  MadangTransportRequest request = {
    .method = "POST",
    .path = "/sync/v1/push",
    .content_type = "application/x-ndjson",
    .body_limit = PUSH_ANSWER_LIMIT,
  };

  if (command->limit > 0 && command->limit < push->items->len)
    g_ptr_array_set_size (push->items, command->limit);
  errand->sent = push->items->len;
  g_clear_pointer (&self->first_pushed, g_bytes_unref);
  self->first_pushed = g_bytes_ref (first->body);
  body = madang_push_request_to_bytes (push);
  request.body = body;
  send_request (errand, &request, push_answered_cb);
}

void
madang_driver_send_push (MadangDriver *self, const MadangSyncCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPushRequest) push = madang_cache_seal (self->profile->cache, &error);

  if (error != NULL)
    madang_driver_check_cache (self, FALSE, error);
  else if (push == NULL || push->items->len == 0)
    madang_driver_feed (self, &(MadangSyncEvent){ .type = MADANG_SYNC_EVENT_ANSWER,
                                                  .ticket = command->ticket,
                                                  .status = 204 });
  else
    send_items (self, command, push);
}

/* --- pull ----------------------------------------------------------------------------------- */

static gboolean
is_early (const MadangErrand *errand)
{
  return errand->wait > 0 && g_get_monotonic_time () - errand->started < EARLY;
}

static void
pull_changed (GPtrArray *ids, gpointer user_data)
{
  MadangErrand *errand = user_data;

  madang_news_add_changed (errand->driver->news, ids);
  madang_driver_index_later (errand->driver);
}

static void
pull_done (const MadangPullOutcome *outcome, gpointer user_data)
{
  MadangErrand *errand = user_data;
  MadangSyncEvent event = {
    .type = MADANG_SYNC_EVENT_ANSWER,
    .status = 200,
    .more = outcome->more,
    .progress = outcome->progress,
    .scopes_changed = outcome->revoked || errand->other_rights,
    .new_epoch = outcome->end == MADANG_PULL_NEW_EPOCH,
    .early = outcome->rows == 0 && is_early (errand),
  };

  switch (outcome->end)
    {
    case MADANG_PULL_BROKEN_OFF:
      event.type = MADANG_SYNC_EVENT_SILENCE;
      report (errand, event);
      break;
    case MADANG_PULL_CACHE_FAILED:
      madang_driver_feed_type (errand->driver, MADANG_SYNC_EVENT_CACHE_FAILED);
      break;
    case MADANG_PULL_COMPLETE:
    case MADANG_PULL_NEW_EPOCH:
    default:
      report (errand, event);
      break;
    }
}

/* It says as much as the end of a pull. FALSE: the errand is over. */
static gboolean
take_nothing_new (MadangErrand *errand)
{
  MadangDriver *self = errand->driver;
  const MadangPullLine end = { .type = MADANG_PULL_END };
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gboolean worked = madang_cache_pull_line (self->profile->cache, &end, changed, &error);

  madang_cache_pull_finish (self->profile->cache);
  madang_news_add_changed (self->news, changed);
  return madang_driver_check_cache (self, worked, error);
}

/* A role may come or go without any feed that tells of it. After a sign-in, whose answer does not
 * name the rights, the first ones count. */
static gboolean
has_other_rights (MadangDriver *self, const char *rights)
{
  if (rights != NULL && self->rights == NULL)
    self->rights = g_strdup (rights);
  return rights != NULL && !g_str_equal (rights, self->rights);
}

static void
pull_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangErrand) errand = user_data;
  g_autoptr (MadangTransportReply) reply = receive (errand, source, result);
  MadangProfile *profile;
  MadangSyncEvent event;

  if (reply == NULL)
    return;
  profile = errand->driver->profile;
  errand->other_rights = has_other_rights (errand->driver, reply->rights);
  if (reply->lines != NULL)
    {
      errand->puller = madang_puller_new (profile->cache, profile->epoch, reply->lines,
                                          pull_changed, pull_done, errand);
      madang_puller_start (errand->puller);
      return;
    }
  event = build_answer (errand, reply);
  event.early = is_early (errand);
  event.scopes_changed = errand->other_rights;
  event.new_epoch = reply->status == 204 && reply->epoch != NULL
                    && g_strcmp0 (reply->epoch, profile->epoch) != 0;
  if (reply->status == 204 && !event.new_epoch && !take_nothing_new (errand))
    return;
  report (errand, event);
}

void
madang_driver_send_pull (MadangDriver *self, const MadangSyncCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPullRequest) pull = madang_cache_build_pull (self->profile->cache, &error);
  g_autoptr (GBytes) body = NULL;
  MadangTransportRequest request = {
    .method = "POST",
    .path = "/sync/v1/pull",
    .content_type = "application/json",
    .wait = command->wait,
  };

  if (!madang_driver_check_cache (self, pull != NULL, error))
    return;
  body = madang_pull_request_to_bytes (pull);
  request.body = body;
  send_request (start_errand (self, command), &request, pull_answered_cb);
}
