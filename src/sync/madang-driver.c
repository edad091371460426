/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-sync"
#include "config.h"

#include "madang-driver-private.h"

#include "madang-error.h"
#include "madang-identity.h"
#include "madang-rough.h"

G_DEFINE_FINAL_TYPE (MadangDriver, madang_driver, G_TYPE_OBJECT)

static void
set_signed_out_error (GError **error)
{
  g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_SIGN_IN_REQUIRED, "nobody is signed in");
}

/* --- what is told --------------------------------------------------------------------------- */

static void
publish_counts (MadangDriver *self)
{
  if (self->profile == NULL)
    madang_news_set_counts (self->news, 0, 0, 0);
  else
    madang_news_set_counts (self->news, madang_cache_count_waiting (self->profile->cache),
                            madang_cache_count_troubled (self->profile->cache),
                            madang_cache_count_refused (self->profile->cache));
}

void
madang_driver_publish_identity (MadangDriver *self)
{
  const MadangHello *hello = self->profile != NULL ? self->profile->hello : NULL;

  if (hello == NULL)
    madang_news_take_identity (self->news, NULL, NULL);
  else
    madang_news_take_identity (self->news, madang_identity_new_from_hello (hello),
                               madang_hello_build_actor (hello));
}

void
madang_driver_note_contact (MadangDriver *self)
{
  gint64 now = madang_clock_get_real_now (self->clock);

  madang_profile_note_contact (self->profile, now);
  madang_news_set_last_contact (self->news, now);
}

gboolean
madang_driver_check_cache (MadangDriver *self, gboolean worked, const GError *error)
{
  if (worked)
    return TRUE;
  g_debug ("The cache fails: %s", error->message);
  madang_driver_feed_type (self, MADANG_SYNC_EVENT_CACHE_FAILED);
  return FALSE;
}

/* --- commands ------------------------------------------------------------------------------- */

static void
follow_new_epoch (MadangDriver *self)
{
  g_autoptr (GError) error = NULL;
  gboolean worked = madang_profile_follow_new_epoch (self->profile, &error);

  madang_driver_check_cache (self, worked, error);
}

static void
resend (MadangDriver *self, gint64 number)
{
  g_autoptr (GError) error = NULL;
  gboolean worked = madang_cache_resend_from (self->profile->cache, number, &error);

  if (g_error_matches (error, MADANG_ERROR, MADANG_ERROR_CONFLICT))
    madang_driver_feed_type (self, MADANG_SYNC_EVENT_CANNOT_RESEND);
  else
    madang_driver_check_cache (self, worked, error);
}

/* A void that the server fails on as well is sent again and again: there is less of it than of
 * anything else. */
static void
void_first (MadangDriver *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (self->first_pushed, &error);
  gint64 now = madang_clock_get_real_now (self->clock);
  gboolean worked;

  if (mutation != NULL && mutation->operation == MADANG_OPERATION_VOID)
    return;
  worked = mutation != NULL
           && madang_cache_void_mutation (self->profile->cache, mutation->mid,
                                          self->profile->pass->key, now, &error);
  if (!madang_driver_check_cache (self, worked, error))
    return;
  madang_news_add_changed_id (self->news, mutation->id);
  madang_news_add_refusal (self->news, mutation->id, "undigested", NULL);
}

static void
rotate (MadangDriver *self)
{
  g_autoptr (GError) error = NULL;
  gboolean worked = madang_profile_adopt (self->profile, madang_device_pass_new (), &error);

  madang_keyring_save (self->keyring, self->profile->login, self->profile->pass);
  madang_driver_check_cache (self, worked, error);
}

static void
forget_token (MadangDriver *self)
{
  madang_device_pass_take_token (self->profile->pass, NULL);
  madang_keyring_save (self->keyring, self->profile->login, self->profile->pass);
}

static void
carry_out (MadangDriver *self, const MadangSyncCommand *command)
{
  switch (command->type)
    {
    case MADANG_SYNC_COMMAND_HELLO:
      madang_driver_send_hello (self, command);
      break;
    case MADANG_SYNC_COMMAND_PUSH:
      madang_driver_send_push (self, command);
      break;
    case MADANG_SYNC_COMMAND_PULL:
      madang_driver_send_pull (self, command);
      break;
    case MADANG_SYNC_COMMAND_CANCEL:
      madang_driver_cancel (self, command->ticket);
      break;
    case MADANG_SYNC_COMMAND_TIMER:
      madang_driver_start_timer (self, command);
      break;
    case MADANG_SYNC_COMMAND_NEW_EPOCH:
      follow_new_epoch (self);
      break;
    case MADANG_SYNC_COMMAND_RESEND:
      resend (self, command->number);
      break;
    case MADANG_SYNC_COMMAND_VOID:
      void_first (self);
      break;
    case MADANG_SYNC_COMMAND_ROTATE:
      rotate (self);
      break;
    case MADANG_SYNC_COMMAND_FORGET_TOKEN:
      forget_token (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
step (MadangDriver *self, const MadangSyncEvent *event)
{
  g_autoptr (GArray) commands = madang_sync_engine_step (self->engine, event);

  for (guint i = 0; i < commands->len; i++)
    carry_out (self, &g_array_index (commands, MadangSyncCommand, i));
}

/* What a command causes at once is queued, so that the engine is never entered twice. */
void
madang_driver_feed (MadangDriver *self, const MadangSyncEvent *event)
{
  g_queue_push_tail (&self->events, g_memdup2 (event, sizeof *event));
  if (self->stepping)
    return;
  self->stepping = TRUE;
  while (!g_queue_is_empty (&self->events))
    {
      g_autofree MadangSyncEvent *next = g_queue_pop_head (&self->events);

      step (self, next);
    }
  self->stepping = FALSE;
  madang_news_set_state (self->news, madang_sync_engine_get_state (self->engine));
  publish_counts (self);
  madang_driver_index_later (self);
}

void
madang_driver_feed_type (MadangDriver *self, MadangSyncEventType type)
{
  madang_driver_feed (self, &(MadangSyncEvent){ .type = type });
}

void
madang_driver_set_profile (MadangDriver *self, MadangProfile *profile)
{
  if (self->profile != NULL)
    madang_driver_feed_type (self, MADANG_SYNC_EVENT_STOP);
  if (self->fetching != NULL)
    g_cancellable_cancel (self->fetching);
  g_clear_object (&self->fetching);
  g_clear_pointer (&self->first_pushed, g_bytes_unref);
  g_clear_pointer (&self->rights, g_free);
  g_clear_pointer (&self->profile, madang_profile_free);
  self->profile = profile;
  if (profile != NULL)
    madang_profile_set_clock (profile, self->clock);
  madang_news_set_last_contact (self->news, profile != NULL ? profile->last_contact : 0);
  publish_counts (self);
  madang_driver_publish_identity (self);
  madang_driver_index_later (self);
}

/* --- object --------------------------------------------------------------------------------- */

static void
madang_driver_finalize (GObject *object)
{
  MadangDriver *self = MADANG_DRIVER (object);

  g_queue_clear_full (&self->events, g_free);
  g_hash_table_unref (self->errands);
  g_free (self->rights);
  g_clear_pointer (&self->first_pushed, g_bytes_unref);
  g_clear_pointer (&self->profile, madang_profile_free);
  g_clear_pointer (&self->engine, madang_sync_engine_free);
  g_clear_pointer (&self->news, madang_news_unref);
  g_clear_object (&self->keyring);
  g_clear_object (&self->transport);
  g_clear_object (&self->clock);
  g_clear_object (&self->opening);
  g_free (self->server);
  g_free (self->data_directory);

  G_OBJECT_CLASS (madang_driver_parent_class)->finalize (object);
}

static void
madang_driver_class_init (MadangDriverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_driver_finalize;
}

static void
madang_driver_init (MadangDriver *self)
{
  g_queue_init (&self->events);
  self->errands = g_hash_table_new (NULL, NULL);
}

MadangDriver *
madang_driver_new (const char *server,
                   const char *data_directory,
                   MadangClock *clock,
                   MadangTransport *transport,
                   MadangKeyring *keyring,
                   MadangNews *news)
{
  MadangDriver *self = g_object_new (MADANG_TYPE_DRIVER, NULL);

  self->server = g_strdup (server);
  self->data_directory = g_strdup (data_directory);
  self->clock = g_object_ref (clock);
  self->transport = g_object_ref (transport);
  self->news = madang_news_ref (news);
  self->keyring = g_object_ref (keyring);
  self->engine = madang_sync_engine_new (g_random_int ());
  return self;
}

void
madang_driver_close (MadangDriver *self)
{
  GMainContext *context = g_main_context_get_thread_default ();

  g_return_if_fail (MADANG_IS_DRIVER (self));

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  madang_driver_set_profile (self, NULL);
  while (self->outstanding > 0 || madang_keyring_is_saving (self->keyring))
    g_main_context_iteration (context, TRUE);
  /* A sign-in that was on its way may have opened one. What is left is ready: the ends of streams
   * that were cancelled. */
  madang_driver_set_profile (self, NULL);
  while (g_main_context_iteration (context, FALSE))
    continue;
}

const char *
madang_driver_get_database (MadangDriver *self)
{
  g_return_val_if_fail (MADANG_IS_DRIVER (self), NULL);

  return self->profile != NULL ? madang_cache_get_path (self->profile->cache) : NULL;
}

gboolean
madang_driver_get_rebuilt (MadangDriver *self)
{
  g_return_val_if_fail (MADANG_IS_DRIVER (self), FALSE);

  return self->profile != NULL && self->profile->rebuilt;
}

/* --- a person's changes --------------------------------------------------------------------- */

gboolean
madang_driver_write (MadangDriver *self, MadangMutation *mutation, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DRIVER (self), FALSE);
  g_return_val_if_fail (mutation != NULL, FALSE);

  if (self->profile == NULL)
    {
      set_signed_out_error (error);
      return FALSE;
    }
  if (!madang_cache_queue (self->profile->cache, mutation, self->profile->pass->key,
                           madang_clock_get_real_now (self->clock), error))
    return FALSE;
  madang_news_add_changed_id (self->news, mutation->id);
  if (mutation->conflict != NULL)
    madang_news_add_changed_id (self->news, mutation->conflict);
  madang_driver_feed_type (self, MADANG_SYNC_EVENT_EDIT);
  return TRUE;
}

gboolean
madang_driver_keep_rough (MadangDriver *self, const char *record, GVariant *texts, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DRIVER (self), FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  if (self->profile == NULL)
    {
      set_signed_out_error (error);
      return FALSE;
    }
  return madang_rough_keep (self->profile->cache, record, texts, error);
}

static char *
find_record_of (GPtrArray *waiting, const char *mid)
{
  for (guint i = 0; i < waiting->len; i++)
    {
      const MadangWaiting *change = g_ptr_array_index (waiting, i);

      if (g_str_equal (change->mid, mid))
        return g_strdup (change->id);
    }
  return NULL;
}

gboolean
madang_driver_discard (MadangDriver *self, const char *mid, GError **error)
{
  g_autoptr (GPtrArray) waiting = madang_driver_list_waiting (self, error);
  g_autofree char *record = NULL;

  if (waiting == NULL)
    return FALSE;
  record = find_record_of (waiting, mid);
  if (record == NULL)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND, "no such change waits");
      return FALSE;
    }
  if (!madang_cache_discard (self->profile->cache, mid, error))
    return FALSE;
  madang_news_add_changed_id (self->news, record);
  /* What was held behind it may go now. */
  madang_driver_feed_type (self, MADANG_SYNC_EVENT_EDIT);
  return TRUE;
}

GPtrArray *
madang_driver_list_waiting (MadangDriver *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_DRIVER (self), NULL);

  if (self->profile == NULL)
    {
      set_signed_out_error (error);
      return NULL;
    }
  return madang_cache_list_waiting (self->profile->cache, error);
}

void
madang_driver_hint (MadangDriver *self)
{
  g_return_if_fail (MADANG_IS_DRIVER (self));

  madang_driver_feed_type (self, MADANG_SYNC_EVENT_HINT);
}
