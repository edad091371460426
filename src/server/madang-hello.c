/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-hello.h"

#include "madang-access.h"
#include "madang-scope.h"
#include "madang-service.h"
#include "madang-wire-limits.h"

#define LEASE (7 * 24 * 60 * 60) /* seconds */

static gboolean
describe_grant (MadangHello *hello, MadangStorage *reader, MadangRecord *grant, GError **error)
{
  const char *scope = madang_record_get_text (grant, "scope");
  const char *agency = madang_record_get_text (grant, "agency");
  MadangWireGrant *described = madang_wire_grant_new ();
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;

  if (agency[0] == '\0')
    agency = madang_scope_get_agency (scope);
  g_ptr_array_add (hello->grants, described);
  described->role = g_strdup (madang_record_get_text (grant, "role"));
  described->scope = g_strdup (scope);
  if (agency == NULL)
    return TRUE;
  described->agency = g_strdup (agency);
  record = madang_record_store_get (madang_storage_get_records (reader), agency, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record != NULL)
    described->agency_name
        = g_strdup (madang_record_get_text (record, madang_record_get_kind (record)->title_field));
  return TRUE;
}

static gboolean
describe_caller (MadangHello *hello,
                 MadangExchange *exchange,
                 MadangStorage *reader,
                 GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangDevice) device
      = madang_storage_find_device (reader, exchange->session->device, &local_error);
  g_autoptr (MadangRecord) account = NULL;

  if (local_error == NULL)
    account = madang_access_find_account (reader, exchange->session->account, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (account == NULL)
    return TRUE;
  hello->account = g_strdup (exchange->session->account);
  hello->login = g_strdup (madang_record_get_text (account, "login"));
  hello->name = g_strdup (madang_record_get_text (account, "name"));
  hello->last_number = device != NULL ? device->last_number : 0;
  return TRUE;
}

MadangReply *
madang_hello_answer (MadangExchange *exchange, MadangStorage *reader, GError **error)
{
  MadangService *service = exchange->service;
  gint64 now = madang_clock_get_programme_now (service->clock);
  g_autoptr (MadangHello) hello = madang_hello_new ();
  g_autoptr (GPtrArray) grants = NULL;

  if (!describe_caller (hello, exchange, reader, error))
    return NULL;
  grants = madang_access_list_grants (reader, exchange->session->account, now, error);
  if (grants == NULL)
    return NULL;
  for (guint i = 0; i < grants->len; i++)
    {
      if (!describe_grant (hello, reader, g_ptr_array_index (grants, i), error))
        return NULL;
    }
  hello->epoch = g_strdup (service->epoch);
  hello->now = now;
  hello->schema = MADANG_WIRE_SCHEMA;
  hello->lease = LEASE;
  hello->demo = service->demo;
  hello->scopes = madang_actor_dup_subscriptions (exchange->actor);
  return madang_reply_new (200, "application/json", madang_hello_to_bytes (hello));
}
