/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-router.h"

#include "madang-access.h"
#include "madang-hello.h"
#include "madang-history-answer.h"
#include "madang-pull.h"
#include "madang-push.h"
#include "madang-service.h"
#include "madang-sign-in.h"
#include "madang-wire-limits.h"

/* Who has not signed in yet may make us keep little while passwords are hashed; a held poll stays
 * long. */
#define MOST_SIGN_IN (8 * 1024)
#define MOST_PULL (128 * 1024)
#define MOST_HISTORY 1024

static const MadangEndpoint endpoints[] = {
  { "POST", "/sync/v1/sessions", TRUE, MADANG_LANE_SLOW, MOST_SIGN_IN, madang_sign_in_answer,
    NULL },
  { "DELETE", "/sync/v1/sessions/current", FALSE, MADANG_LANE_QUICK, 0, NULL,
    madang_sign_out_commit },
  { "GET", "/sync/v1/hello", FALSE, MADANG_LANE_QUICK, 0, madang_hello_answer, NULL },
  { "POST", "/sync/v1/pull", FALSE, MADANG_LANE_QUICK, MOST_PULL, madang_pull_answer, NULL },
  { "POST", "/sync/v1/history", FALSE, MADANG_LANE_QUICK, MOST_HISTORY, madang_history_answer,
    NULL },
  { "POST", "/sync/v1/push", FALSE, MADANG_LANE_QUICK, MADANG_WIRE_MAX_REQUEST, madang_push_answer,
    madang_push_commit },
  { NULL },
};

const MadangEndpoint *
madang_router_find (const char *method, const char *path, MadangReply **reply)
{
  gboolean path_is_known = FALSE;

  for (const MadangEndpoint *endpoint = endpoints; endpoint->method != NULL; endpoint++)
    {
      if (g_strcmp0 (endpoint->path, path) != 0)
        continue;
      if (g_strcmp0 (endpoint->method, method) == 0)
        return endpoint;
      path_is_known = TRUE;
    }
  *reply = path_is_known ? madang_reply_new_problem (405, "method") : madang_reply_new_not_found ();
  return NULL;
}

const MadangEndpoint *
madang_router_list (void)
{
  return endpoints;
}

/* Who asks is looked up in the same snapshot or transaction as the rest: a right that was taken
 * away is gone with the next request. */
static MadangReply *
check_access (MadangExchange *exchange, MadangStorage *storage, GError **error)
{
  if (exchange->endpoint->open)
    return NULL;
  return madang_access_check (exchange, storage, error);
}

static MadangReply *
check_rate (MadangExchange *exchange)
{
  MadangRates *rates = exchange->service->rates;

  if (rates == NULL || exchange->session == NULL || exchange->counted)
    return NULL;
  exchange->counted = TRUE;
  return madang_rates_take (rates, exchange->session->account, g_get_monotonic_time ())
             ? NULL
             : madang_reply_new_busy (429);
}

static MadangReply *
answer_in_snapshot (MadangExchange *exchange, MadangStorage *reader, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangReply) refusal = check_access (exchange, reader, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (refusal == NULL)
    refusal = check_rate (exchange);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);
  if (exchange->endpoint->answer == NULL)
    return NULL;
  return exchange->endpoint->answer (exchange, reader, error);
}

MadangReply *
madang_router_answer (MadangExchange *exchange, MadangStorage *reader, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  MadangReply *reply;

  /* A slow answer must not hold a snapshot open: it would keep the log from being cut. */
  if (exchange->endpoint->lane == MADANG_LANE_SLOW)
    return exchange->endpoint->answer (exchange, reader, error);
  if (!madang_storage_begin (reader, error))
    return NULL;
  reply = answer_in_snapshot (exchange, reader, &local_error);
  madang_storage_rollback (reader);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return reply;
}

MadangReply *
madang_router_commit (MadangExchange *exchange, MadangWrite *write, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangReply) refusal = check_access (exchange, write->storage, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (refusal != NULL)
    return g_steal_pointer (&refusal);
  return exchange->endpoint->commit (exchange, write, error);
}
