/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-agenda.h"

#include "madang-rights.h"
#include "madang-scope.h"

#include <string.h>

/* One search over all kinds. */
typedef struct
{
  MadangRecordStore *records;
  const MadangActor *actor;
  guint limit;
  GPtrArray *found; /* (owned): MadangAgendaItem */
  GHashTable *seen; /* (owned): what is found already, as text */
  gint64 n_all;
} Search;

/* A line of a declaration and one of the agencies or accounts that it holds for. */
typedef struct
{
  const MadangKind *kind;
  const MadangDeadline *deadline; /* (nullable) */
  const MadangTask *task;         /* (nullable) */
  const char *owner;              /* id (nullable): anybody's */
} Line;

void
madang_agenda_item_free (MadangAgendaItem *self)
{
  g_clear_object (&self->record);
  g_free (self->day);
  g_free (self);
}

static void
clear_search (Search *search)
{
  g_clear_pointer (&search->found, g_ptr_array_unref);
  g_clear_pointer (&search->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, clear_search)

static Search
start_search (MadangRecordStore *records, const MadangActor *actor, guint limit)
{
  return (Search){
    .records = records,
    .actor = actor,
    .limit = limit,
    .found = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_agenda_item_free),
    .seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
}

/* --- whose it is --------------------------------------------------------------------------- */

/* Ids that the indexed field of the line may have; one NULL in it: any. */
static GPtrArray *
collect_owners (const MadangActor *actor, guint roles, MadangReach reach, const char *whose)
{
  GPtrArray *owners = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) followed = NULL;

  if (whose == NULL && madang_actor_holds (actor, roles, NULL))
    g_ptr_array_add (owners, NULL);
  if (whose == NULL)
    return owners;
  if (reach == MADANG_REACH_SELF)
    {
      if (roles == MADANG_ROLE_EVERY || madang_actor_holds (actor, roles, NULL))
        g_ptr_array_add (owners, g_strdup (madang_actor_get_account (actor)));
      return owners;
    }
  followed = madang_actor_dup_subscriptions (actor);
  for (guint i = 0; followed[i] != NULL; i++)
    {
      const char *agency = madang_scope_get_agency (followed[i]);

      if (agency != NULL && madang_actor_holds_in (actor, roles, agency))
        g_ptr_array_add (owners, g_strdup (agency));
    }
  return owners;
}

/* --- what is found ------------------------------------------------------------------------- */

static gboolean
is_open (const MadangDeadline *deadline, const MadangActor *actor, MadangRecord *record)
{
  return madang_record_is_set (record, deadline->field)
         && (deadline->states == NULL
             || g_strv_contains (deadline->states, madang_record_get_state (record)))
         && madang_rights_reaches (actor, deadline->roles, deadline->reach, record);
}

/* The first day that is still open for them; NULL: none is. Borrowed. */
static const char *
find_day (const MadangActor *actor, MadangRecord *record)
{
  const char *first = NULL;

  for (const MadangDeadline *deadline = madang_record_get_kind (record)->deadlines;
       deadline != NULL && deadline->field != NULL; deadline++)
    {
      const char *day;

      if (deadline->passes || !is_open (deadline, actor, record))
        continue;
      day = madang_record_get_text (record, deadline->field);
      if (first == NULL || strcmp (day, first) < 0)
        first = day;
    }
  return first;
}

static void
add_item (Search *search, const Line *line, MadangRecord *record)
{
  const char *field = line->deadline != NULL ? line->deadline->field : "";
  g_autofree char *key = g_strconcat (madang_record_get_id (record), " ", field, NULL);
  MadangAgendaItem *item;

  if (g_hash_table_contains (search->seen, key))
    return;
  g_hash_table_add (search->seen, g_steal_pointer (&key));
  item = g_new0 (MadangAgendaItem, 1);
  item->record = g_object_ref (record);
  item->deadline = line->deadline;
  item->task = line->task;
  item->day = g_strdup (line->deadline != NULL ? madang_record_get_text (record, field)
                                               : find_day (search->actor, record));
  g_ptr_array_add (search->found, item);
}

/* More than the limit may be there: then they are counted, in the index. */
static gboolean
run (Search *search, const Line *line, MadangQuery *query, GError **error)
{
  const guint roles = line->task != NULL ? line->task->roles : line->deadline->roles;
  const MadangReach reach = line->task != NULL ? line->task->reach : line->deadline->reach;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GArray) rows = NULL;

  madang_query_set_limit (query, search->limit);
  records = madang_record_store_find (search->records, query, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (madang_rights_reaches (search->actor, roles, reach, records->pdata[i]))
      add_item (search, line, records->pdata[i]);
  if (records->len < search->limit)
    return TRUE;
  madang_query_set_limit (query, MAX (MADANG_AGENDA_MOST_COUNTED, search->limit));
  rows = madang_record_store_find_rows (search->records, query, error);
  if (rows == NULL)
    return FALSE;
  search->n_all += rows->len - MIN (records->len, rows->len);
  return TRUE;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const MadangAgendaItem *item = *(const MadangAgendaItem *const *)a;
  const MadangAgendaItem *other = *(const MadangAgendaItem *const *)b;

  if (item->day == NULL || other->day == NULL)
    return (item->day == NULL) - (other->day == NULL);
  return strcmp (item->day, other->day);
}

static int
compare_items_with_data (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return compare_items (a, b);
}

/* In order, as many as were asked for. */
static GPtrArray *
finish_search (Search *search, guint *n_all)
{
  GPtrArray *found = g_steal_pointer (&search->found);

  /* Unlike that of an array this sort keeps equal ones in their order. */
  if (found->len > 0)
    g_qsort_with_data (found->pdata, (gint)found->len, sizeof (gpointer), compare_items_with_data,
                       NULL);
  if (n_all != NULL)
    *n_all = (guint)MIN (search->n_all + found->len, G_MAXUINT);
  if (found->len > search->limit)
    g_ptr_array_set_size (found, (gint)search->limit);
  return found;
}

static MadangQuery *
new_query (const Line *line, const char *whose, const char *order)
{
  MadangQuery *query = madang_query_new (line->kind->name);

  if (line->owner != NULL)
    madang_query_add_equal (query, whose, g_variant_new_string (line->owner));
  madang_query_set_order (query, order, 0);
  return query;
}

/* --- what is due --------------------------------------------------------------------------- */

static GVariant *
to_value (const char *day)
{
  return g_variant_new_string (day);
}

static gboolean
find_line_due (Search *search, const MadangAgendaSpan *span, const Line *line, GError **error)
{
  const MadangDeadline *deadline = line->deadline;
  g_autoptr (MadangQuery) query = new_query (line, deadline->whose, deadline->field);

  if (deadline->states != NULL)
    madang_query_add_states (query, deadline->states);
  /* Even an open span leaves out what has no day: NULL is less than any. */
  madang_query_set_range (query, deadline->field, to_value (span->first != NULL ? span->first : ""),
                          span->last != NULL ? to_value (span->last) : NULL);
  return run (search, line, query, error);
}

static gboolean
find_deadline (Search *search,
               const MadangAgendaSpan *span,
               const MadangKind *kind,
               const MadangDeadline *deadline,
               GError **error)
{
  g_autoptr (GPtrArray) owners
      = collect_owners (search->actor, deadline->roles, deadline->reach, deadline->whose);

  for (guint i = 0; i < owners->len; i++)
    if (!find_line_due (
            search, span,
            &(Line){ .kind = kind, .deadline = deadline, .owner = g_ptr_array_index (owners, i) },
            error))
      return FALSE;
  return TRUE;
}

GPtrArray *
madang_agenda_find_due (MadangRecordStore *records,
                        const MadangActor *actor,
                        const MadangAgendaSpan *span,
                        guint *n_all,
                        GError **error)
{
  g_auto (Search) search = { 0 };

  g_return_val_if_fail (MADANG_IS_RECORD_STORE (records), NULL);
  g_return_val_if_fail (actor != NULL && span != NULL && span->limit > 0, NULL);

  search = start_search (records, actor, span->limit);
  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    for (const MadangDeadline *deadline = (*kind)->deadlines;
         deadline != NULL && deadline->field != NULL; deadline++)
      if (!(span->overdue && deadline->passes)
          && !find_deadline (&search, span, *kind, deadline, error))
        return NULL;
  return finish_search (&search, n_all);
}

/* --- what waits ---------------------------------------------------------------------------- */

static MadangAgendaTurn
get_turn (const MadangTask *task)
{
  if (task->event != NULL)
    return MADANG_AGENDA_TOLD;
  return task->elsewhere ? MADANG_AGENDA_ELSEWHERE : MADANG_AGENDA_MINE;
}

/* A state at a time: each is a range of the index, in its order. */
static gboolean
find_line_waiting (Search *search, const Line *line, GError **error)
{
  const MadangTask *task = line->task;
  const MadangQueryFlags flags
      = get_turn (task) == MADANG_AGENDA_TOLD ? MADANG_QUERY_DESCENDING : 0;

  for (guint i = 0; task->states[i] != NULL; i++)
    {
      g_autoptr (MadangQuery) query = new_query (line, task->whose, task->order);

      madang_query_set_order (query, task->order, flags);
      madang_query_add_states (query, (const char *[]){ task->states[i], NULL });
      if (!run (search, line, query, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_task (Search *search, const MadangKind *kind, const MadangTask *task, GError **error)
{
  g_autoptr (GPtrArray) owners
      = collect_owners (search->actor, task->roles, task->reach, task->whose);

  for (guint i = 0; i < owners->len; i++)
    if (!find_line_waiting (
            search, &(Line){ .kind = kind, .task = task, .owner = g_ptr_array_index (owners, i) },
            error))
      return FALSE;
  return TRUE;
}

GPtrArray *
madang_agenda_find_waiting (MadangRecordStore *records,
                            const MadangActor *actor,
                            MadangAgendaTurn turn,
                            guint limit,
                            guint *n_all,
                            GError **error)
{
  g_auto (Search) search = { 0 };

  g_return_val_if_fail (MADANG_IS_RECORD_STORE (records), NULL);
  g_return_val_if_fail (actor != NULL && limit > 0, NULL);

  search = start_search (records, actor, limit);
  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    for (const MadangTask *task = (*kind)->tasks; task != NULL && task->label != NULL; task++)
      if (get_turn (task) == turn && !find_task (&search, *kind, task, error))
        return NULL;
  return finish_search (&search, n_all);
}
