/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-rights.h"

#include "madang-scope.h"

#include <string.h>

static gboolean
holds_home (const MadangActor *actor, guint roles, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  g_autofree char *derived = NULL;
  const char *home = madang_record_get_scope (record);

  if (home == NULL && kind->home_scope != NULL)
    home = derived = kind->home_scope (record);
  if (home == NULL)
    return FALSE;
  if (madang_actor_holds (actor, roles, home))
    return TRUE;

  return g_str_equal (home, MADANG_SCOPE_OFFICE)
         && madang_actor_holds (actor, roles, MADANG_SCOPE_PROGRAMME);
}

static gboolean
holds_in_agency (const MadangActor *actor, guint roles, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  const char *agency = kind->agency_of != NULL ? kind->agency_of (record) : NULL;

  return agency != NULL && madang_actor_holds_in (actor, roles, agency);
}

static gboolean
is_about (const MadangActor *actor, guint roles, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  const char *account = kind->account_of != NULL ? kind->account_of (record) : NULL;

  if (roles != MADANG_ROLE_EVERY && !madang_actor_holds (actor, roles, NULL))
    return FALSE;
  return g_strcmp0 (account, madang_actor_get_account (actor)) == 0;
}

gboolean
madang_rights_reaches (const MadangActor *actor,
                       guint roles,
                       MadangReach reach,
                       MadangRecord *record)
{
  g_return_val_if_fail (actor != NULL && MADANG_IS_RECORD (record), FALSE);

  switch (reach)
    {
    case MADANG_REACH_ALL:
      return madang_actor_holds (actor, roles, NULL);
    case MADANG_REACH_OWN:
      return holds_in_agency (actor, roles, record);
    case MADANG_REACH_HOME:
      return holds_home (actor, roles, record);
    case MADANG_REACH_SELF:
      return is_about (actor, roles, record);
    default:
      g_assert_not_reached ();
    }
}

/* A right that exists in other states is told apart from one that never does. */
static MadangVerdict *
check_action (const MadangActor *actor,
              MadangRecord *record,
              MadangAction action,
              const MadangField *field)
{
  const char *state = madang_record_get_state (record);
  gboolean other_state = FALSE;

  for (const MadangRight *right = madang_record_get_kind (record)->rights; right->roles != 0;
       right++)
    {
      if ((right->actions & action) == 0
          || !madang_rights_reaches (actor, right->roles, right->reach, record))
        continue;
      if (field != NULL && right->fields != NULL && !g_strv_contains (right->fields, field->name))
        continue;
      if (right->states == NULL || g_strv_contains (right->states, state))
        return madang_verdict_new_yes ();
      other_state = TRUE;
    }

  return other_state ? madang_verdict_new_no ("right.state", state, NULL)
                     : madang_verdict_new_no ("right.none", NULL);
}

MadangVerdict *
madang_rights_check_create (const MadangActor *actor, MadangRecord *record)
{
  const char *state;

  g_return_val_if_fail (actor != NULL && MADANG_IS_RECORD (record), NULL);

  state = madang_record_get_state (record);
  if (!g_str_equal (state, madang_kind_get_initial_state (madang_record_get_kind (record))))
    return madang_verdict_new_no ("right.state", state, NULL);

  return check_action (actor, record, MADANG_ACTION_CREATE, NULL);
}

MadangVerdict *
madang_rights_check_update (const MadangActor *actor,
                            MadangRecord *record,
                            const MadangField *field)
{
  g_autoptr (MadangVerdict) verdict = NULL;

  g_return_val_if_fail (actor != NULL && MADANG_IS_RECORD (record), NULL);

  verdict = check_action (actor, record, MADANG_ACTION_UPDATE, field);
  if (!madang_verdict_is_yes (verdict))
    return g_steal_pointer (&verdict);
  if (madang_record_get_deleted (record))
    return madang_verdict_new_no ("record.deleted", NULL);
  if (field != NULL && field->merge == MADANG_MERGE_SERVER)
    return madang_verdict_new_no ("field.server", field->name, NULL);
  if (field != NULL && field->fixed && madang_record_is_set (record, field->name))
    return madang_verdict_new_no ("field.fixed", field->name, NULL);

  return g_steal_pointer (&verdict);
}

MadangVerdict *
madang_rights_check_delete (const MadangActor *actor, MadangRecord *record)
{
  g_return_val_if_fail (actor != NULL && MADANG_IS_RECORD (record), NULL);

  return check_action (actor, record, MADANG_ACTION_DELETE, NULL);
}

MadangVerdict *
madang_rights_check_event (const MadangActor *actor, MadangRecord *record, const MadangEvent *event)
{
  g_return_val_if_fail (actor != NULL && MADANG_IS_RECORD (record) && event != NULL, NULL);

  if (madang_record_get_deleted (record))
    return madang_verdict_new_no ("record.deleted", NULL);
  return madang_rights_reaches (actor, event->roles, event->reach, record)
             ? madang_verdict_new_yes ()
             : madang_verdict_new_no ("right.none", NULL);
}

static GPtrArray *
collect_audience (MadangRecord *record, MadangPart part)
{
  const MadangKind *kind = madang_record_get_kind (record);
  GPtrArray *scopes = g_ptr_array_new_with_free_func (g_free);

  if (!madang_record_get_deleted (record) && kind->audience != NULL)
    kind->audience (record, part, scopes);
  return scopes;
}

gboolean
madang_rights_may_read (const MadangActor *actor, MadangRecord *record, MadangPart part)
{
  g_autoptr (GPtrArray) scopes = NULL;

  g_return_val_if_fail (actor != NULL && MADANG_IS_RECORD (record), FALSE);

  scopes = collect_audience (record, part);
  for (guint i = 0; i < scopes->len; i++)
    if (madang_actor_may_follow (actor, g_ptr_array_index (scopes, i)))
      return TRUE;

  return FALSE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GStrv
madang_rights_dup_audience (MadangRecord *record, MadangPart part)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) scopes = NULL;
  const char *last = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD (record), NULL);

  scopes = collect_audience (record, part);
  g_ptr_array_sort (scopes, compare_texts);
  for (guint i = 0; i < scopes->len; i++)
    {
      const char *scope = g_ptr_array_index (scopes, i);

      if (g_strcmp0 (last, scope) != 0)
        g_strv_builder_add (builder, scope);
      last = scope;
    }
  return g_strv_builder_end (builder);
}
