/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-access.h"

#include "madang-accounts.h"
#include "madang-crypto.h"
#include "madang-day.h"
#include "madang-service.h"

MadangRecord *
madang_access_find_account (MadangStorage *storage, const char *account, GError **error)
{
  g_autoptr (MadangRecord) record
      = madang_record_store_get (madang_storage_get_records (storage), account, error);

  if (record == NULL || madang_record_get_kind (record) != &madang_account_kind
      || g_strcmp0 (madang_record_get_state (record), "active") != 0)
    return NULL;
  return g_steal_pointer (&record);
}

/* A role is held from the beginning of its first day to the end of its last. */
static gboolean
is_in_force (MadangRecord *grant, gint64 now)
{
  const char *from = madang_record_get_text (grant, "valid_from");
  const char *to = madang_record_get_text (grant, "valid_to");

  return madang_day_is_valid (from) && madang_day_is_valid (to)
         && madang_day_get_start (from) <= now && now < madang_day_get_end (to);
}

/* states (nullable): in all of them. (transfer container) */
static GPtrArray *
find_grants (MadangStorage *storage, const char *account, const char *const *states, GError **error)
{
  g_autoptr (MadangQuery) query = madang_query_new (madang_role_grant_kind.name);

  madang_query_add_equal (query, "account", g_variant_new_string (account));
  if (states != NULL)
    madang_query_add_states (query, states);
  return madang_record_store_find (madang_storage_get_records (storage), query, error);
}

GPtrArray *
madang_access_list_grants (MadangStorage *storage, const char *account, gint64 now, GError **error)
{
  static const char *const in_force[] = { "active", NULL };
  g_autoptr (GPtrArray) grants = find_grants (storage, account, in_force, error);

  if (grants == NULL)
    return NULL;
  for (guint i = grants->len; i > 0; i--)
    {
      if (!is_in_force (g_ptr_array_index (grants, i - 1), now))
        g_ptr_array_remove_index (grants, i - 1);
    }
  return g_steal_pointer (&grants);
}

static MadangActor *
new_actor (const char *account, GPtrArray *grants)
{
  MadangActor *actor = madang_actor_new (account);

  for (guint i = 0; i < grants->len; i++)
    {
      MadangRecord *grant = g_ptr_array_index (grants, i);
      MadangRole role = madang_role_from_name (madang_record_get_text (grant, "role"));
      const char *agency = madang_record_get_text (grant, "agency");

      if (role != 0)
        madang_actor_add_grant (actor, role, madang_record_get_text (grant, "scope"),
                                agency[0] != '\0' ? agency : NULL);
    }
  return actor;
}

MadangActor *
madang_access_load_actor (MadangStorage *storage, const char *account, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) grants = madang_access_list_grants (storage, account, now, error);

  return grants != NULL ? new_actor (account, grants) : NULL;
}

MadangActor *
madang_access_load_former_actor (MadangStorage *storage, const char *account, GError **error)
{
  g_autoptr (GPtrArray) grants = find_grants (storage, account, NULL, error);

  return grants != NULL ? new_actor (account, grants) : NULL;
}

static MadangSession *
find_session (MadangExchange *exchange, MadangStorage *storage, GError **error)
{
  g_autofree char *hash = NULL;
  g_autoptr (MadangSession) session = NULL;

  if (exchange->token == NULL)
    return NULL;
  hash = madang_token_hash (exchange->token);
  session = madang_storage_find_session (storage, hash, error);
  if (session == NULL || session->expires <= madang_clock_get_real_now (exchange->service->clock))
    return NULL;
  if (exchange->device != NULL && g_strcmp0 (exchange->device, session->device) != 0)
    return NULL;
  return g_steal_pointer (&session);
}

static gboolean
load_caller (MadangExchange *exchange, MadangStorage *storage, GError **error)
{
  g_autoptr (MadangRecord) account = NULL;

  exchange->session = find_session (exchange, storage, error);
  if (exchange->session == NULL)
    return FALSE;
  account = madang_access_find_account (storage, exchange->session->account, error);
  if (account == NULL)
    return FALSE;
  exchange->actor
      = madang_access_load_actor (storage, exchange->session->account,
                                  madang_clock_get_programme_now (exchange->service->clock), error);
  return exchange->actor != NULL;
}

MadangReply *
madang_access_check (MadangExchange *exchange, MadangStorage *storage, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_clear_pointer (&exchange->session, madang_session_free);
  g_clear_pointer (&exchange->actor, madang_actor_unref);
  if (load_caller (exchange, storage, &local_error))
    return NULL;
  if (local_error == NULL)
    return madang_reply_new_problem (401, "token");
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
