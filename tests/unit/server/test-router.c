/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-request-head.h"

/* Every endpoint but signing in asks for a session. */
static void
test_sessions_are_needed (ServerFixture *fixture, gconstpointer data)
{
  guint n_open = 0;
  guint n_endpoints = 0;

  for (const MadangEndpoint *endpoint = madang_router_list (); endpoint->method != NULL; endpoint++)
    {
      static const char *const tokens[] = { NULL, "", "nonsense" };

      n_endpoints++;
      if (endpoint->open)
        {
          n_open++;
          g_assert_cmpstr (endpoint->path, ==, "/sync/v1/sessions");
          continue;
        }
      for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
        {
          g_autoptr (MadangReply) reply
              = server_fixture_ask (fixture, tokens[i], NULL, endpoint->method, endpoint->path,
                                    NULL);

          assert_problem (reply, 401, "token");
        }
    }
  g_assert_cmpuint (n_open, ==, 1);
  g_assert_cmpuint (n_endpoints, ==, 6);
}

static void
test_nothing_else_answers (ServerFixture *fixture, gconstpointer data)
{
  static const char *const paths[]
      = { "/", "/sync/v1", "/sync/v1/hello/", "/admin", "/sync/v1/hello2", "/SYNC/V1/HELLO" };
  g_autoptr (Person) admin = person_new (fixture, "admin");
  g_autoptr (MadangReply) method = person_ask (admin, "POST", "/sync/v1/hello", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (MadangReply) with = person_ask (admin, "GET", paths[i], NULL);
      g_autoptr (MadangReply) without
          = server_fixture_ask (fixture, NULL, NULL, "GET", paths[i], NULL);

      assert_problem (with, 404, "not-found");
      g_assert_true (g_bytes_equal (with->body, without->body));
    }
  assert_problem (method, 405, "method");
}

/* --- Heads --------------------------------------------------------------------------------- */

static guint
check_head (const char *method, const char *path, const char *lines)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_auto (GStrv) split = g_strsplit (lines, "\n", -1);

  for (guint i = 0; split[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (split[i], ": ", 2);

      soup_message_headers_append (headers, pair[0], pair[1]);
    }
  return madang_request_head_check (method, path, headers);
}

static void
test_framing (void)
{
  g_assert_cmpuint (check_head ("GET", "/a", "Host: x"), ==, 0);
  g_assert_cmpuint (check_head ("POST", "/a", "Host: x\nContent-Length: 1048576"), ==, 0);
  g_assert_cmpuint (check_head ("POST", "/a", "Host: x\nTransfer-Encoding: chunked"), ==, 0);

  g_assert_cmpuint (check_head ("TRACE", "/a", "Host: x"), ==, 405);
  g_assert_cmpuint (check_head ("CONNECT", "/a", "Host: x"), ==, 405);
  g_assert_cmpuint (check_head ("GET", "/a", "Host: x\nHost: x"), ==, 400);
  g_assert_cmpuint (check_head ("GET", "/a", "Accept: y"), ==, 400);
  g_assert_cmpuint (check_head ("GET", "/%2e%2e/a", "Host: x"), ==, 400);
  g_assert_cmpuint (check_head ("GET", "/../a", "Host: x"), ==, 400);
  g_assert_cmpuint (check_head ("POST", "/a", "Host: x\nContent-Length: 3\nContent-Length: 3"), ==,
                    400);
  g_assert_cmpuint (check_head ("POST", "/a", "Host: x\nContent-Length: -3"), ==, 400);
  g_assert_cmpuint (check_head ("POST", "/a", "Host: x\nContent-Length: 3x"), ==, 400);
  g_assert_cmpuint (check_head ("POST", "/a", "Host: x\nContent-Length: 1048577"), ==, 413);
  g_assert_cmpuint (
      check_head ("POST", "/a", "Host: x\nContent-Length: 3\nTransfer-Encoding: chunked"), ==, 400);
  g_assert_cmpuint (check_head ("POST", "/a", "Host: x\nTransfer-Encoding: gzip, chunked"), ==,
                    400);
  g_assert_cmpuint (check_head ("GET", "/a", "Host: x\nAuthorization: a\nAuthorization: b"), ==,
                    400);
}

static MadangReply *
read_head (MadangExchange *exchange, const char *const *pairs)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);

  for (guint i = 0; pairs[i] != NULL; i += 2)
    soup_message_headers_append (headers, pairs[i], pairs[i + 1]);
  return madang_request_head_read (headers, exchange);
}

static void
test_head_is_read (void)
{
  static const char *const pairs[] = { "Madang-Protocol",
                                       "1",
                                       "Madang-Schema",
                                       "1",
                                       "Madang-Device",
                                       "01a2039a-16e2-73fc-bf9f-6ccd00c53038",
                                       "Authorization",
                                       "Bearer abc",
                                       "Prefer",
                                       "respond-async, wait=20",
                                       "Accept-Encoding",
                                       "deflate, gzip",
                                       "X-Real-IP",
                                       "198.51.100.7",
                                       NULL };
  MadangService service = { 0 };
  g_autoptr (MadangExchange) direct = madang_exchange_new (&service);
  g_autoptr (MadangExchange) proxied = NULL;

  direct->source = g_strdup ("127.0.0.1");
  g_assert_null (read_head (direct, pairs));
  g_assert_cmpstr (direct->token, ==, "abc");
  g_assert_cmpstr (direct->device, ==, "01a2039a-16e2-73fc-bf9f-6ccd00c53038");
  g_assert_cmpuint (direct->wait, ==, 20);
  g_assert_true (direct->packs);
  /* A client that says it is someone else is believed only through the proxy. */
  g_assert_cmpstr (direct->source, ==, "127.0.0.1");

  service.behind_proxy = TRUE;
  proxied = madang_exchange_new (&service);
  g_assert_null (read_head (proxied, pairs));
  g_assert_cmpstr (proxied->source, ==, "198.51.100.7");
}

static void
test_other_protocols_are_refused (void)
{
  static const char *const none[] = { "Madang-Schema", "1", NULL };
  static const char *const newer[] = { "Madang-Protocol", "2", "Madang-Schema", "1", NULL };
  static const char *const old[] = { "Madang-Protocol", "1", "Madang-Schema", "0", NULL };
  static const char *const patient[]
      = { "Madang-Protocol", "1", "Madang-Schema", "1", "Prefer", "wait=99999", NULL };
  MadangService service = { 0 };
  g_autoptr (MadangExchange) exchange = madang_exchange_new (&service);
  g_autoptr (MadangReply) without = read_head (exchange, none);
  g_autoptr (MadangReply) with_newer = read_head (exchange, newer);
  g_autoptr (MadangReply) with_old = read_head (exchange, old);

  assert_problem (without, 400, "protocol");
  assert_problem (with_newer, 400, "protocol");
  assert_problem (with_old, 426, "upgrade");
  g_assert_null (read_head (exchange, patient));
  g_assert_cmpuint (exchange->wait, ==, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/router/sessions-are-needed", test_sessions_are_needed);
  FIXTURE_TEST ("/router/nothing-else", test_nothing_else_answers);
  g_test_add_func ("/head/framing", test_framing);
  g_test_add_func ("/head/read", test_head_is_read);
  g_test_add_func ("/head/other-protocols", test_other_protocols_are_refused);

  return g_test_run ();
}
