/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-http-transport.h"

#include "canned-server.h"
#include "madang-error.h"
#include "main-loop.h"

/* The leak sanitizer of GCC 12 crashes on the thread-local storage that a TLS handshake leaves
 * behind in other threads; everything but leaks is still checked. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}

static const MadangTransportRequest hello = {
  .method = "GET",
  .path = "/sync/v1/hello",
  .token = "a-token",
  .body_limit = 1000,
};

static CannedServer *
new_tls_server (void)
{
  g_autofree char *certificate_path
      = g_test_build_filename (G_TEST_DIST, "fixtures", "tls", "self-signed.pem", NULL);
  g_autofree char *key_path
      = g_test_build_filename (G_TEST_DIST, "fixtures", "tls", "key.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate
      = g_tls_certificate_new_from_files (certificate_path, key_path, &error);

  g_assert_no_error (error);
  return canned_server_new_full (g_bytes_new_static ("", 0), certificate);
}

static void
assert_not_ours (const char *address)
{
  g_autoptr (MadangTransport) transport = madang_http_transport_new (address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply = NULL;

  madang_transport_send_async (transport, &hello, NULL, take_result_cb, &result);
  run_until (result != NULL);
  reply = madang_transport_send_finish (transport, result, &error);
  g_assert_null (reply);
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NOT_OUR_SERVER);
}

/* A certificate that nobody vouches for: not one byte of the request is sent, so not the token. */
static void
test_self_signed (void)
{
  g_autoptr (CannedServer) server = new_tls_server ();
  g_autofree char *address
      = g_strdup_printf ("https://127.0.0.1:%u", canned_server_get_port (server));

  assert_not_ours (address);
  g_assert_cmpuint (canned_server_get_n_requests (server), ==, 0);
}

/* Something that does not speak TLS at all. */
static void
test_no_tls (void)
{
  g_autoptr (CannedServer) server = canned_server_new_text (
      "HTTP/1.1 200 OK\r\nMadang-Protocol: 1\r\nContent-Length: 0\r\n\r\n");
  g_autofree char *address
      = g_strdup_printf ("https://127.0.0.1:%u", canned_server_get_port (server));

  canned_server_say_at_once (server);
  assert_not_ours (address);
  g_assert_cmpuint (canned_server_get_n_requests (server), ==, 0);
}

int
main (int argc, char *argv[])
{
  madang_http_transport_harden_tls ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transport-tls/self-signed", test_self_signed);
  g_test_add_func ("/transport-tls/no-tls", test_no_tls);
  return g_test_run ();
}
