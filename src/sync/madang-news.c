/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-news.h"

struct _MadangNews
{
  GMainContext *context; /* (owned): of the main thread */

  GMutex lock;         /* guards all below */
  MadangNewsFunc func; /* (nullable): closed */
  gpointer user_data;
  gboolean scheduled;
  MadangBulletin *next; /* (owned) */
  GHashTable *changed;  /* (owned): ids, borrowed from next */
};

static void
free_refusal (gpointer data)
{
  MadangRefusal *refusal = data;

  g_free (refusal->id);
  g_free (refusal->code);
  g_strfreev (refusal->arguments);
  g_free (refusal);
}

static MadangBulletin *
new_bulletin (void)
{
  MadangBulletin *self = g_new0 (MadangBulletin, 1);

  self->changed = g_ptr_array_new_with_free_func (g_free);
  self->refusals = g_ptr_array_new_with_free_func (free_refusal);
  return self;
}

static void
free_bulletin (MadangBulletin *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->identity, madang_identity_free);
  g_clear_pointer (&self->actor, madang_actor_unref);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->refusals);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangBulletin, free_bulletin)

/* What is a state, and not something that happened, goes on to the next bulletin. */
static MadangBulletin *
take_bulletin (MadangNews *self)
{
  MadangBulletin *taken = self->next;

  self->next = new_bulletin ();
  self->next->state = taken->state;
  self->next->waiting = taken->waiting;
  self->next->troubled = taken->troubled;
  self->next->refused = taken->refused;
  self->next->last_contact = taken->last_contact;
  self->next->indexing = taken->indexing;
  g_hash_table_remove_all (self->changed);
  return taken;
}

static gboolean
deliver_cb (gpointer data)
{
  MadangNews *self = data;
  g_autoptr (MadangBulletin) bulletin = NULL;
  MadangNewsFunc func;
  gpointer user_data;

  g_mutex_lock (&self->lock);
  self->scheduled = FALSE;
  bulletin = take_bulletin (self);
  func = self->func;
  user_data = self->user_data;
  g_mutex_unlock (&self->lock);
  if (func != NULL)
    func (bulletin, user_data);
  return G_SOURCE_REMOVE;
}

/* Called with the lock held; gives it back. */
static void
schedule (MadangNews *self)
{
  gboolean wake = !self->scheduled && self->func != NULL;

  self->scheduled = self->scheduled || wake;
  g_mutex_unlock (&self->lock);
  if (wake)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, deliver_cb, madang_news_ref (self),
                             (GDestroyNotify)madang_news_unref);
      g_source_attach (source, self->context);
    }
}

static void
clear (gpointer data)
{
  MadangNews *self = data;

  g_main_context_unref (self->context);
  g_hash_table_unref (self->changed);
  free_bulletin (self->next);
  g_mutex_clear (&self->lock);
}

MadangNews *
madang_news_new (MadangNewsFunc func, gpointer user_data)
{
  MadangNews *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_atomic_rc_box_new0 (MadangNews);
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->lock);
  self->func = func;
  self->user_data = user_data;
  self->next = new_bulletin ();
  self->changed = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

MadangNews *
madang_news_ref (MadangNews *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
madang_news_unref (MadangNews *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

void
madang_news_close (MadangNews *self)
{
  g_mutex_lock (&self->lock);
  self->func = NULL;
  g_mutex_unlock (&self->lock);
}

void
madang_news_set_state (MadangNews *self, MadangSyncState state)
{
  g_mutex_lock (&self->lock);
  self->next->state = state;
  schedule (self);
}

void
madang_news_set_counts (MadangNews *self, guint waiting, guint troubled, guint refused)
{
  g_mutex_lock (&self->lock);
  self->next->waiting = waiting;
  self->next->troubled = troubled;
  self->next->refused = refused;
  schedule (self);
}

void
madang_news_set_last_contact (MadangNews *self, gint64 last_contact)
{
  g_mutex_lock (&self->lock);
  self->next->last_contact = last_contact;
  schedule (self);
}

void
madang_news_set_indexing (MadangNews *self, gboolean indexing)
{
  g_mutex_lock (&self->lock);
  self->next->indexing = indexing;
  schedule (self);
}

void
madang_news_take_identity (MadangNews *self, MadangIdentity *identity, MadangActor *actor)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->next->identity, madang_identity_free);
  g_clear_pointer (&self->next->actor, madang_actor_unref);
  self->next->has_identity = TRUE;
  self->next->identity = identity;
  self->next->actor = actor;
  schedule (self);
}

static void
add_changed (MadangNews *self, const char *id)
{
  char *copy;

  if (g_hash_table_contains (self->changed, id))
    return;
  copy = g_strdup (id);
  g_ptr_array_add (self->next->changed, copy);
  g_hash_table_add (self->changed, copy);
}

void
madang_news_add_changed (MadangNews *self, GPtrArray *ids)
{
  if (ids->len == 0)
    return;
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < ids->len; i++)
    add_changed (self, g_ptr_array_index (ids, i));
  schedule (self);
}

void
madang_news_add_changed_id (MadangNews *self, const char *id)
{
  g_mutex_lock (&self->lock);
  add_changed (self, id);
  schedule (self);
}

void
madang_news_add_refusal (MadangNews *self,
                         const char *id,
                         const char *code,
                         const char *const *arguments)
{
  MadangRefusal *refusal = g_new0 (MadangRefusal, 1);

  refusal->id = g_strdup (id);
  refusal->code = g_strdup (code);
  refusal->arguments = g_strdupv ((GStrv)arguments);
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->next->refusals, refusal);
  schedule (self);
}
