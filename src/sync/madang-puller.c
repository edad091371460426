/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-sync"
#include "config.h"

#include "madang-puller.h"

#include "madang-error.h"
#include "madang-line-reader.h"
#include "madang-wire-limits.h"

/* Kept alive by its owner and by what it waits for. */
struct _MadangPuller
{
  MadangCache *cache;        /* (owned) (nullable): NULL once it is over */
  char *epoch;               /* (owned) (nullable) */
  MadangLineReader *reader;  /* (owned) */
  GCancellable *cancellable; /* (owned) */
  MadangPullChangedFunc changed;
  MadangPullDoneFunc done;
  gpointer user_data;

  gboolean opened;
  gboolean ended;
  MadangPullOutcome outcome;
};

typedef enum
{
  STEP_GO_ON,
  STEP_PAUSE, /* something was committed */
  STEP_OVER,
} Step;

static void
clear (gpointer data)
{
  MadangPuller *self = data;

  g_clear_object (&self->cache);
  g_free (self->epoch);
  madang_line_reader_free (self->reader);
  g_object_unref (self->cancellable);
}

static void
release (gpointer data)
{
  g_rc_box_release_full (data, clear);
}

static void
finish (MadangPuller *self, MadangPullEnd end)
{
  self->outcome.end = end;
  madang_cache_pull_finish (self->cache);
  g_clear_object (&self->cache);
  self->done (&self->outcome, self->user_data);
}

/* --- lines --------------------------------------------------------------------------------- */

static Step
fail (MadangPuller *self, MadangPullEnd end, const GError *error)
{
  g_debug ("A pull ends early: %s", error->message);
  self->outcome.end = end;
  return STEP_OVER;
}

/* What the cache refuses for its content is the server's fault, any other error the disk's. */
static gboolean
is_servers_fault (const GError *error)
{
  return g_error_matches (error, MADANG_ERROR, MADANG_ERROR_INVALID)
         || g_error_matches (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE)
         || g_error_matches (error, MADANG_ERROR, MADANG_ERROR_CONFLICT);
}

static Step
store_line (MadangPuller *self, const MadangPullLine *line)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gboolean commits = line->type == MADANG_PULL_MARK || line->type == MADANG_PULL_DONE;

  if (!madang_cache_pull_line (self->cache, line, changed, &error))
    return fail (self, is_servers_fault (error) ? MADANG_PULL_BROKEN_OFF : MADANG_PULL_CACHE_FAILED,
                 error);
  if (changed->len > 0)
    self->changed (changed, self->user_data);
  self->outcome.progress = self->outcome.progress || commits;
  self->outcome.revoked = self->outcome.revoked || line->type == MADANG_PULL_REVOKE;
  self->outcome.rows++;
  return commits || changed->len > 0 ? STEP_PAUSE : STEP_GO_ON;
}

static Step
take_line (MadangPuller *self, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPullLine) line = madang_pull_line_from_bytes (bytes, &error);

  if (line == NULL)
    return fail (self, MADANG_PULL_BROKEN_OFF, error);
  if (!self->opened && line->type == MADANG_PULL_OPEN)
    {
      self->opened = TRUE;
      self->outcome.end = MADANG_PULL_NEW_EPOCH;
      return g_strcmp0 (self->epoch, line->epoch) == 0 ? STEP_GO_ON : STEP_OVER;
    }
  if (line->type == MADANG_PULL_END)
    {
      self->ended = TRUE;
      self->outcome.more = line->more;
      return STEP_GO_ON;
    }
  if (!self->opened || self->ended || line->type == MADANG_PULL_OPEN)
    {
      g_set_error_literal (&error, MADANG_ERROR, MADANG_ERROR_INVALID, "line out of its place");
      return fail (self, MADANG_PULL_BROKEN_OFF, error);
    }
  return store_line (self, line);
}

static Step
take_lines (MadangPuller *self)
{
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = madang_line_reader_take (self->reader, &error);
      Step step;

      if (error != NULL)
        return fail (self, MADANG_PULL_BROKEN_OFF, error);
      if (bytes == NULL)
        return STEP_GO_ON;
      step = take_line (self, bytes);
      if (step != STEP_GO_ON)
        return step;
    }
}

/* --- reading ------------------------------------------------------------------------------- */

static void go_on (MadangPuller *self);

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MadangPuller *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->cache != NULL)
    {
      if (madang_line_reader_fill_finish (self->reader, result, &error))
        go_on (self);
      else
        finish (self, error == NULL && self->ended ? MADANG_PULL_COMPLETE : MADANG_PULL_BROKEN_OFF);
    }
  release (self);
}

static gboolean
paused_cb (gpointer user_data)
{
  MadangPuller *self = user_data;

  if (self->cache != NULL)
    go_on (self);
  return G_SOURCE_REMOVE;
}

/* Writes of the person come with a higher priority, so they run before this does. */
static void
pause_reading (MadangPuller *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, paused_cb, g_rc_box_acquire (self), release);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static void
go_on (MadangPuller *self)
{
  switch (take_lines (self))
    {
    case STEP_GO_ON:
      madang_line_reader_fill_async (self->reader, self->cancellable, filled_cb,
                                     g_rc_box_acquire (self));
      break;
    case STEP_PAUSE:
      pause_reading (self);
      break;
    case STEP_OVER:
    default:
      finish (self, self->outcome.end);
      break;
    }
}

MadangPuller *
madang_puller_new (MadangCache *cache,
                   const char *epoch,
                   GInputStream *lines,
                   MadangPullChangedFunc changed,
                   MadangPullDoneFunc done,
                   gpointer user_data)
{
  MadangPuller *self;

  g_return_val_if_fail (MADANG_IS_CACHE (cache), NULL);
  g_return_val_if_fail (changed != NULL && done != NULL, NULL);

  self = g_rc_box_new0 (MadangPuller);
  self->cache = g_object_ref (cache);
  self->epoch = g_strdup (epoch);
  self->reader = madang_line_reader_new (lines, MADANG_WIRE_MAX_LINE);
  self->cancellable = g_cancellable_new ();
  self->changed = changed;
  self->done = done;
  self->user_data = user_data;
  return self;
}

void
madang_puller_start (MadangPuller *self)
{
  g_return_if_fail (self != NULL);

  go_on (self);
}

void
madang_puller_free (MadangPuller *self)
{
  if (self == NULL)
    return;
  if (self->cache != NULL)
    madang_cache_pull_finish (self->cache);
  g_clear_object (&self->cache);
  g_cancellable_cancel (self->cancellable);
  release (self);
}
