/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-http-transport.h"

#include "canned-server.h"
#include "madang-error.h"
#include "madang-line-reader.h"
#include "main-loop.h"

#include <string.h>

#define OURS "Madang-Protocol: 1\r\nMadang-Epoch: first\r\n"

static const MadangTransportRequest hello = {
  .method = "GET",
  .path = "/sync/v1/hello",
  .token = "a-token",
  .device = "0190a000-0000-7000-8000-000000000001",
  .body_limit = 1000,
};

static MadangTransportReply *
send_to (const char *address, const MadangTransportRequest *request, GError **error)
{
  g_autoptr (MadangTransport) transport = madang_http_transport_new (address);
  g_autoptr (GAsyncResult) result = NULL;

  madang_transport_send_async (transport, request, NULL, take_result_cb, &result);
  run_until (result != NULL);
  return madang_transport_send_finish (transport, result, error);
}

static MadangTransportReply *
ask (CannedServer *server, const MadangTransportRequest *request, GError **error)
{
  g_autofree char *address
      = g_strdup_printf ("http://127.0.0.1:%u/", canned_server_get_port (server));

  return send_to (address, request, error);
}

static void
assert_refused (CannedServer *server, const MadangTransportRequest *request, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply = ask (server, request, &error);

  g_assert_null (reply);
  g_assert_error (error, MADANG_ERROR, code);
}

static void
test_addresses (void)
{
  static const char *const good[] = {
    "https://madang.example.kr", "https://madang.example.kr:8443/",
    "http://127.0.0.1:8020",     "http://localhost:8020",
    "http://[::1]:8020",         "http://127.1.2.3",
  };
  static const char *const bad[] = {
    "http://madang.example.kr",
    "http://10.0.0.1",
    "ftp://madang.example.kr",
    "madang.example.kr",
    "https://",
    "https://name:secret@madang.example.kr",
    "https://a.kr/?query",
    "https://a.kr/#there",
    "http://127.0.0.1.example.kr",
    "",
    "http://localhost.example.kr",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (madang_http_transport_accepts (good[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (madang_http_transport_accepts (bad[i], &error));
      g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
    }
}

static void
test_request (void)
{
  g_autoptr (CannedServer) server
      = canned_server_new_text ("HTTP/1.1 200 OK\r\n" OURS "Content-Length: 2\r\n\r\nhi");
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  MadangTransportRequest request = {
    .method = "POST",
    .path = "/sync/v1/pull",
    .token = "a-token",
    .device = hello.device,
    .content_type = "application/json",
    .body = body,
    .wait = 50,
    .body_limit = 2,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply = ask (server, &request, &error);
  g_autofree char *seen = canned_server_dup_requests (server);

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_true (reply->ours);
  g_assert_cmpstr (reply->epoch, ==, "first");
  g_assert_cmpuint (reply->retry_after, ==, 0);
  g_assert_cmpmem (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body), "hi", 2);
  g_assert_true (g_str_has_prefix (seen, "POST /sync/v1/pull HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (seen, "\r\nAuthorization: Bearer a-token\r\n"));
  g_assert_nonnull (strstr (seen, "\r\nMadang-Protocol: 1\r\n"));
  g_assert_nonnull (strstr (seen, "\r\nMadang-Schema: 1\r\n"));
  g_assert_nonnull (strstr (seen, "\r\nMadang-Device: 0190a000-0000-7000-8000-000000000001\r\n"));
  g_assert_nonnull (strstr (seen, "\r\nPrefer: wait=50\r\n"));
  g_assert_nonnull (strstr (seen, "\r\nContent-Type: application/json\r\n"));
  g_assert_nonnull (strstr (seen, "\r\nAccept-Encoding: gzip"));
  g_assert_true (g_str_has_suffix (seen, "\r\n\r\n{}"));
}

/* Not followed, so that the token stays where it belongs; and not ours. */
static void
test_redirect (void)
{
  g_autoptr (CannedServer) elsewhere
      = canned_server_new_text ("HTTP/1.1 200 OK\r\n" OURS "Content-Length: 0\r\n\r\n");
  g_autofree char *text = g_strdup_printf (
      "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%u/\r\nContent-Length: 0\r\n\r\n",
      canned_server_get_port (elsewhere));
  g_autoptr (CannedServer) server = canned_server_new_text (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply = ask (server, &hello, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 302);
  g_assert_false (reply->ours);
  g_assert_cmpuint (canned_server_get_n_requests (elsewhere), ==, 0);
}

static void
test_portal (void)
{
  g_autoptr (CannedServer) server = canned_server_new_text (
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
  MadangTransportRequest pull = hello;
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply = NULL;

  pull.body_limit = 0;
  reply = ask (server, &pull, &error);
  g_assert_no_error (error);
  g_assert_false (reply->ours);
  g_assert_null (reply->lines);
}

/* A 401 with a challenge is an answer; nothing tries other credentials. */
static void
test_challenge (void)
{
  g_autoptr (CannedServer) server
      = canned_server_new_text ("HTTP/1.1 401 Unauthorized\r\n" OURS
                                "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply = ask (server, &hello, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 401);
  g_assert_cmpuint (canned_server_get_n_requests (server), ==, 1);
}

static void
assert_retry_after (const char *value, guint expected)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 503 Service Unavailable\r\n" OURS
                                           "Retry-After: %s\r\nContent-Length: 0\r\n\r\n",
                                           value);
  g_autoptr (CannedServer) server = canned_server_new_text (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply = ask (server, &hello, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (reply->retry_after, ==, expected);
}

static void
test_retry_after (void)
{
  assert_retry_after ("120", 120);
  assert_retry_after ("-1", 0);
  assert_retry_after ("99999999999999999999", 0);
  assert_retry_after ("Fri, 13 Mar 2020 15:00:00 GMT", 0);
}

static void
test_body_limit (void)
{
  g_autofree char *body = g_strnfill (1001, 'x');
  g_autofree char *text
      = g_strdup_printf ("HTTP/1.1 200 OK\r\n" OURS "Content-Length: 1001\r\n\r\n%s", body);
  g_autoptr (CannedServer) declared = canned_server_new_text (text);
  g_autofree char *chunk = g_strdup_printf ("HTTP/1.1 200 OK\r\n" OURS "\r\n%s", body);
  g_autoptr (CannedServer) endless = canned_server_new_text (chunk);

  assert_refused (declared, &hello, MADANG_ERROR_TOO_LARGE);
  canned_server_set_endless (endless);
  assert_refused (endless, &hello, MADANG_ERROR_TOO_LARGE);
}

static void
test_cut_off (void)
{
  g_autoptr (CannedServer) body
      = canned_server_new_text ("HTTP/1.1 200 OK\r\n" OURS "Content-Length: 100\r\n\r\nshort");
  g_autoptr (CannedServer) head = canned_server_new_text ("HTTP/1.1 20");
  g_autoptr (CannedServer) nothing = canned_server_new_text ("");

  assert_refused (body, &hello, MADANG_ERROR_OFFLINE);
  assert_refused (head, &hello, MADANG_ERROR_OFFLINE);
  assert_refused (nothing, &hello, MADANG_ERROR_OFFLINE);
}

static void
test_nobody_there (void)
{
  g_autoptr (CannedServer) server = canned_server_new_text ("");
  g_autofree char *address
      = g_strdup_printf ("http://127.0.0.1:%u", canned_server_get_port (server));
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply = NULL;

  g_clear_pointer (&server, canned_server_free);
  reply = send_to (address, &hello, &error);
  g_assert_null (reply);
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_OFFLINE);
}

static GBytes *
compress (const char *text)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, G_CONVERTER (compressor));
  guint8 bytes[1024];
  gsize length = 0;

  g_assert_true (g_input_stream_read_all (packed, bytes, sizeof bytes, &length, NULL, NULL));
  return g_bytes_new (bytes, length);
}

static char *
read_lines (GInputStream *stream, GError **error)
{
  g_autoptr (MadangLineReader) reader = madang_line_reader_new (stream, 100);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GAsyncResult) result = NULL;

      madang_line_reader_fill_async (reader, NULL, take_result_cb, &result);
      run_until (result != NULL);
      more = madang_line_reader_fill_finish (reader, result, error);
      for (;;)
        {
          g_autoptr (GBytes) line = madang_line_reader_take (reader, NULL);

          if (line == NULL)
            break;
          g_string_append_printf (text, "[%.*s]", (int)g_bytes_get_size (line),
                                  (const char *)g_bytes_get_data (line, NULL));
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_packed_lines (void)
{
  g_autoptr (GBytes) packed = compress ("one\ntwo\n");
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\n" OURS "Content-Encoding: gzip\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           g_bytes_get_size (packed));
  g_autoptr (CannedServer) server = NULL;
  MadangTransportRequest pull = hello;
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply = NULL;
  g_autofree char *lines = NULL;

  g_byte_array_append (answer, (const guint8 *)head, strlen (head));
  g_byte_array_append (answer, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  server = canned_server_new (g_byte_array_free_to_bytes (g_steal_pointer (&answer)));
  pull.body_limit = 0;
  reply = ask (server, &pull, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reply->lines);
  g_assert_null (reply->body);
  lines = read_lines (reply->lines, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lines, ==, "[one][two]");
}

static void
test_cancel (void)
{
  g_autoptr (CannedServer) server = canned_server_new_text ("HTTP/1.1 200 OK\r\n" OURS "\r\n");
  g_autofree char *address
      = g_strdup_printf ("http://127.0.0.1:%u", canned_server_get_port (server));
  g_autoptr (MadangTransport) transport = madang_http_transport_new (address);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangTransportReply) reply = NULL;

  madang_transport_send_async (transport, &hello, cancellable, take_result_cb, &result);
  g_cancellable_cancel (cancellable);
  run_until (result != NULL);
  reply = madang_transport_send_finish (transport, result, &error);
  g_assert_null (reply);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add_func ("/http-transport/" path, func)
  ADD ("addresses", test_addresses);
  ADD ("request", test_request);
  ADD ("redirect", test_redirect);
  ADD ("portal", test_portal);
  ADD ("challenge", test_challenge);
  ADD ("retry-after", test_retry_after);
  ADD ("body-limit", test_body_limit);
  ADD ("cut-off", test_cut_off);
  ADD ("nobody-there", test_nobody_there);
  ADD ("packed-lines", test_packed_lines);
  ADD ("cancel", test_cancel);
#undef ADD
  return g_test_run ();
}
