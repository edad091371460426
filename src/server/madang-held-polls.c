/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-held-polls.h"

#include <sys/socket.h>

/* When one change wakes more than this, they come back spread over the jitter. */
#define CROWD 200
#define JITTER 500 /* milliseconds */

struct _MadangHeldPolls
{
  GHashTable *moves; /* (owned): scope -> generation of its last move, as guint64 * */
  GHashTable *holds; /* (owned): set of MadangHold */
};

typedef struct
{
  MadangHeldPolls *polls;
  GStrv scopes;    /* (owned) */
  GSocket *socket; /* (owned) (nullable) */
  MadangHoldFunc func;
  gpointer data;
  GSource *timer; /* (owned) */
  GSource *watch; /* (owned) (nullable) */
  gboolean moved; /* it was woken and only sits out its jitter */
} MadangHold;

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    {
      g_source_destroy (*source);
      g_clear_pointer (source, g_source_unref);
    }
}

static void
free_hold (MadangHold *hold)
{
  drop_source (&hold->timer);
  drop_source (&hold->watch);
  g_clear_object (&hold->socket);
  g_strfreev (hold->scopes);
  g_free (hold);
}

static void
end_hold (MadangHold *hold, MadangHoldEnd end)
{
  MadangHoldFunc func = hold->func;
  gpointer data = hold->data;

  g_hash_table_remove (hold->polls->holds, hold);
  func (end, data);
}

static gboolean
timer_cb (gpointer data)
{
  MadangHold *hold = data;

  end_hold (hold, hold->moved ? MADANG_HOLD_MOVED : MADANG_HOLD_TIME);
  return G_SOURCE_REMOVE;
}

static gboolean
socket_cb (GSocket *socket, GIOCondition condition, gpointer data)
{
  MadangHold *hold = data;
  char byte;

  if (recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0)
    {
      /* An early next request: there is no way to watch for the end behind it. */
      drop_source (&hold->watch);
      return G_SOURCE_REMOVE;
    }
  end_hold (hold, MADANG_HOLD_GONE);
  return G_SOURCE_REMOVE;
}

static void
start_timer (MadangHold *hold, gint64 milliseconds)
{
  drop_source (&hold->timer);
  hold->timer = g_timeout_source_new ((guint)MAX (milliseconds, 0));
  g_source_set_callback (hold->timer, timer_cb, hold, NULL);
  g_source_attach (hold->timer, g_main_context_get_thread_default ());
}

static guint64
find_last_move (MadangHeldPolls *self, const char *scope)
{
  guint64 *generation = g_hash_table_lookup (self->moves, scope);

  return generation != NULL ? *generation : 0;
}

static gboolean
has_moved_since (MadangHeldPolls *self, const char *const *scopes, guint64 generation)
{
  if (find_last_move (self, MADANG_MOVED_EVERYTHING) > generation)
    return TRUE;
  for (guint i = 0; scopes[i] != NULL; i++)
    {
      if (find_last_move (self, scopes[i]) > generation)
        return TRUE;
    }
  return FALSE;
}

static gboolean
waits_for (MadangHold *hold, GHashTable *scopes)
{
  if (g_hash_table_contains (scopes, MADANG_MOVED_EVERYTHING))
    return TRUE;
  for (guint i = 0; hold->scopes[i] != NULL; i++)
    {
      if (g_hash_table_contains (scopes, hold->scopes[i]))
        return TRUE;
    }
  return FALSE;
}

static void
note_moves (MadangHeldPolls *self, GHashTable *scopes, guint64 generation)
{
  GHashTableIter iter;
  gpointer scope;

  g_hash_table_iter_init (&iter, scopes);
  while (g_hash_table_iter_next (&iter, &scope, NULL))
    g_hash_table_insert (self->moves, g_strdup (scope), g_memdup2 (&generation, sizeof generation));
}

MadangHeldPolls *
madang_held_polls_new (void)
{
  MadangHeldPolls *self = g_new0 (MadangHeldPolls, 1);

  self->moves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->holds = g_hash_table_new_full (NULL, NULL, (GDestroyNotify)free_hold, NULL);
  return self;
}

void
madang_held_polls_free (MadangHeldPolls *self)
{
  g_hash_table_unref (self->holds);
  g_hash_table_unref (self->moves);
  g_free (self);
}

void
madang_held_polls_add (MadangHeldPolls *self,
                       const char *const *scopes,
                       guint64 generation,
                       gint64 until,
                       GSocket *socket,
                       MadangHoldFunc func,
                       gpointer data)
{
  MadangHold *hold = g_new0 (MadangHold, 1);

  hold->polls = self;
  hold->scopes = g_strdupv ((char **)scopes);
  hold->func = func;
  hold->data = data;
  hold->moved = has_moved_since (self, scopes, generation);
  g_hash_table_add (self->holds, hold);
  start_timer (hold, hold->moved ? 0 : (until - g_get_monotonic_time ()) / 1000);
  if (socket == NULL)
    return;
  hold->socket = g_object_ref (socket);
  hold->watch = g_socket_create_source (socket, G_IO_IN | G_IO_HUP | G_IO_ERR, NULL);
  g_source_set_callback (hold->watch, G_SOURCE_FUNC (socket_cb), hold, NULL);
  g_source_attach (hold->watch, g_main_context_get_thread_default ());
}

void
madang_held_polls_move (MadangHeldPolls *self, GHashTable *scopes, guint64 generation)
{
  g_autoptr (GPtrArray) woken = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer hold;

  note_moves (self, scopes, generation);
  g_hash_table_iter_init (&iter, self->holds);
  while (g_hash_table_iter_next (&iter, &hold, NULL))
    {
      if (!((MadangHold *)hold)->moved && waits_for (hold, scopes))
        g_ptr_array_add (woken, hold);
    }
  for (guint i = 0; i < woken->len; i++)
    {
      MadangHold *waking = g_ptr_array_index (woken, i);

      waking->moved = TRUE;
      start_timer (waking, woken->len > CROWD ? g_random_int_range (0, JITTER) : 0);
    }
}

void
madang_held_polls_end (MadangHeldPolls *self)
{
  g_autoptr (GList) holds = g_hash_table_get_keys (self->holds);

  for (GList *item = holds; item != NULL; item = item->next)
    end_hold (item->data, MADANG_HOLD_TIME);
}

guint
madang_held_polls_count (MadangHeldPolls *self)
{
  return g_hash_table_size (self->holds);
}
