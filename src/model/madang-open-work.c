/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-open-work.h"

#include "madang-rights.h"

#include <string.h>

/* The walk over all that is declared. */
typedef struct
{
  MadangLookup *lookup;
  const MadangActor *actor;
  const char *within;
  GHashTable *found; /* (owned): id, borrowed -> MadangOpenWork, owned */

  /* The line that is being looked at. */
  guint roles;
  MadangReach reach;
  const char *const *states; /* (nullable) */
  const char *field;         /* (nullable): that holds the day */
} Walk;

static void
note (Walk *self, MadangRecord *record, const char *day)
{
  MadangOpenWork *work = g_hash_table_lookup (self->found, madang_record_get_id (record));

  if (work == NULL)
    {
      work = g_new0 (MadangOpenWork, 1);
      work->kind = madang_record_get_kind (record);
      work->record = g_strdup (madang_record_get_id (record));
      work->state = g_strdup (madang_record_get_state (record));
      g_hash_table_insert (self->found, work->record, work);
    }
  if (day != NULL && (work->day == NULL || strcmp (day, work->day) < 0))
    {
      g_free (work->day);
      work->day = g_strdup (day);
    }
}

static gboolean
look_at (MadangRecord *record, gpointer user_data)
{
  Walk *self = user_data;
  const char *day = self->field != NULL ? madang_record_get_text (record, self->field) : NULL;

  if (self->states != NULL && !g_strv_contains (self->states, madang_record_get_state (record)))
    return TRUE;
  if (day != NULL && *day == '\0')
    return TRUE;
  if (madang_rights_reaches (self->actor, self->roles, self->reach, record))
    note (self, record, day);
  return TRUE;
}

/* The index answers for one agency; a reach that is not one agency's looks at every record. */
static gboolean
walk_line (Walk *self, const MadangKind *kind, const char *whose)
{
  const char *agency = madang_actor_get_agency (self->actor, MADANG_ROLE_EVERY);

  if (self->reach == MADANG_REACH_SELF || (self->roles & madang_actor_get_roles (self->actor)) == 0)
    return TRUE;
  if (self->reach != MADANG_REACH_OWN || whose == NULL)
    return madang_lookup_each (self->lookup, kind->name, NULL, NULL, self->within, look_at, self);
  return agency == NULL
         || madang_lookup_each (self->lookup, kind->name, whose, g_variant_new_string (agency),
                                self->within, look_at, self);
}

/* A day that only comes and goes asks nothing of anybody. */
static gboolean
walk_deadlines (Walk *self, const MadangKind *kind)
{
  const MadangDeadline *deadline = kind->deadlines;

  for (; deadline != NULL && deadline->field != NULL; deadline++)
    {
      self->roles = deadline->roles;
      self->reach = deadline->reach;
      self->states = deadline->states;
      self->field = deadline->field;
      if (!deadline->passes && !walk_line (self, kind, deadline->whose))
        return FALSE;
    }
  return TRUE;
}

/* What only points to another record is no work of its own. */
static gboolean
walk_tasks (Walk *self, const MadangKind *kind)
{
  const MadangTask *task = kind->tasks;

  for (; task != NULL && task->label != NULL; task++)
    {
      self->roles = task->roles;
      self->reach = task->reach;
      self->states = task->states;
      self->field = NULL;
      if (task->about == NULL && !walk_line (self, kind, task->whose))
        return FALSE;
    }
  return TRUE;
}

static int
compare_work (gconstpointer a, gconstpointer b)
{
  const MadangOpenWork *first = *(const MadangOpenWork *const *)a;
  const MadangOpenWork *second = *(const MadangOpenWork *const *)b;

  if ((first->day == NULL) != (second->day == NULL))
    return first->day == NULL ? 1 : -1;
  if (g_strcmp0 (first->day, second->day) != 0)
    return strcmp (first->day, second->day);
  /* By arrival: ids begin with the time. */
  return strcmp (first->record, second->record);
}

static GPtrArray *
sort_work (GHashTable *found, guint most)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_open_work_free);
  GHashTableIter iter;
  gpointer work;

  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &work))
    {
      g_hash_table_iter_steal (&iter);
      g_ptr_array_add (list, work);
    }
  g_ptr_array_sort (list, compare_work);
  if (list->len > most)
    g_ptr_array_set_size (list, (int)most);
  return list;
}

void
madang_open_work_free (MadangOpenWork *self)
{
  if (self == NULL)
    return;

  g_free (self->record);
  g_free (self->state);
  g_free (self->day);
  g_free (self);
}

GPtrArray *
madang_open_work_list (MadangLookup *lookup,
                       const MadangActor *actor,
                       const char *within,
                       guint most)
{
  const MadangKind *const *kinds = madang_kind_list ();
  g_autoptr (GHashTable) found = NULL;
  Walk walk = { .lookup = lookup, .actor = actor, .within = within };

  g_return_val_if_fail (MADANG_IS_LOOKUP (lookup), NULL);
  g_return_val_if_fail (actor != NULL && within != NULL, NULL);

  found = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                 (GDestroyNotify)madang_open_work_free);
  walk.found = found;
  for (guint i = 0; kinds[i] != NULL; i++)
    if (!walk_deadlines (&walk, kinds[i]) || !walk_tasks (&walk, kinds[i]))
      return NULL;
  return sort_work (found, most);
}
