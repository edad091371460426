/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "live-server.h"

#include "madang-wire-messages.h"

#include <sys/socket.h>
#include <unistd.h>

#define IDLE 1    /* seconds: the shortest that there is */
#define REQUEST 3 /* seconds */

static MadangServerOptions
make_options (ServerFixture *fixture)
{
  return (MadangServerOptions){
    .database = fixture->path, .clock = fixture->clock, .idle_seconds = 15, .request_seconds = 60
  };
}

/* In kilobytes. */
static gint64
read_memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, "VmRSS:");
  g_assert_nonnull (line);
  return g_ascii_strtoll (line + strlen ("VmRSS:"), NULL, 10);
}

static char *
ask (LiveServer *live, const char *method, const char *path, const char *token, const char *body)
{
  g_autoptr (GSocket) socket = live_server_connect (live);
  g_autofree char *length
      = body != NULL ? g_strdup_printf ("Content-Length: %zu\r\n", strlen (body)) : g_strdup ("");
  g_autofree char *head = make_head (method, path, token, length);

  socket_send_text (socket, head);
  if (body != NULL)
    socket_send_text (socket, body);
  return socket_read_answer (socket);
}

/* A client sees the end a moment before the server has put everything away. */
static void
assert_empties (LiveServer *live)
{
  gint64 end = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  while (live_server_count_connections (live) > 0 && g_get_monotonic_time () < end)
    g_thread_yield ();
  g_assert_cmpuint (live_server_count_connections (live), ==, 0);
}

/* --- What every answer has ----------------------------------------------------------------- */

static void
assert_is_ours (const char *answer)
{
  g_assert_nonnull (strstr (answer, "\r\nMadang-Protocol: 1\r\n"));
  g_assert_nonnull (strstr (answer, "\r\nMadang-Schema: 1; min=1\r\n"));
  g_assert_nonnull (strstr (answer, "\r\nMadang-Epoch: "));
  g_assert_nonnull (strstr (answer, "\r\nCache-Control: no-store\r\n"));
}

static void
test_every_answer_is_marked (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (LiveServer) live = live_server_start (&options);
  g_autofree char *hello = ask (live, "GET", "/sync/v1/hello", officer->token, NULL);
  g_autofree char *unknown = ask (live, "GET", "/nothing", officer->token, NULL);
  g_autofree char *anonymous = ask (live, "GET", "/sync/v1/hello", NULL, NULL);
  g_autofree char *method = ask (live, "GET", "/sync/v1/push", officer->token, NULL);

  g_assert_true (g_str_has_prefix (hello, "HTTP/1.1 200 "));
  g_assert_true (g_str_has_prefix (unknown, "HTTP/1.1 404 "));
  g_assert_true (g_str_has_prefix (anonymous, "HTTP/1.1 401 "));
  g_assert_true (g_str_has_prefix (method, "HTTP/1.1 405 "));
  assert_is_ours (hello);
  assert_is_ours (unknown);
  assert_is_ours (anonymous);
  assert_is_ours (method);
}

/* libsoup 3.2 never closes a kept connection whose client has left. */
static void
test_connection_serves_one_request (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (LiveServer) live = live_server_start (&options);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GSocket) socket = live_server_connect (live);
      g_autofree char *head = make_head ("GET", "/sync/v1/hello", officer->token, "");
      g_autofree char *answer = NULL;
      gboolean closed = FALSE;

      socket_send_text (socket, head);
      socket_send_text (socket, head);
      answer = socket_read_all (socket, &closed);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
      g_assert_nonnull (strstr (answer, "\"login\":\"geumcheon\""));
      g_assert_null (strstr (answer + 1, "HTTP/1.1 "));
      g_assert_true (closed);
    }
  assert_empties (live);
}

static void
test_packed_answer (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (LiveServer) live = live_server_start (&options);
  g_autoptr (GSocket) socket = live_server_connect (live);
  const char *body = "{\"have\":{\"programme\":\"\"},\"page\":1000}";
  g_autofree char *more
      = g_strdup_printf ("Accept-Encoding: gzip\r\nContent-Length: %zu\r\n", strlen (body));
  g_autofree char *head = make_head ("POST", "/sync/v1/pull", officer->token, more);
  g_autofree char *answer = NULL;

  socket_send_text (socket, head);
  socket_send_text (socket, body);
  answer = socket_read_answer (socket);
  g_assert_nonnull (strstr (answer, "\r\nContent-Encoding: gzip\r\n"));
  g_assert_cmpint ((guchar)strstr (answer, "\r\n\r\n")[4], ==, 0x1f);
  g_assert_cmpint ((guchar)strstr (answer, "\r\n\r\n")[5], ==, 0x8b);
}

static void
test_unix_socket (ServerFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "server.sock", NULL);
  g_autofree char *listen = g_strconcat ("unix:", path, NULL);
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (LiveServer) live = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *old = NULL;

  options.listen = listen;
  live = live_server_start (&options);
  answer = ask (live, "GET", "/sync/v1/hello", officer->token, NULL);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  {
    g_autoptr (GSocket) socket = live_server_connect (live);
    gboolean closed;

    socket_send_text (socket, "GET / HTTP/1.0\r\n\r\n");
    old = socket_read_all (socket, &closed);
    g_assert_true (g_str_has_prefix (old, "HTTP/1.1 400 "));
  }
  g_clear_pointer (&live, live_server_stop);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* --- Hostile requests ---------------------------------------------------------------------- */

static void
test_malformed_heads (ServerFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *request;
    const char *status;
  } cases[] = {
    { "GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400" },
    { "GET /a HTTP/1.1\r\n\r\n", "400" },
    { "GET /a HTTP/1.0\r\n\r\n", "400" },
    { "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "400" },
    { "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n0\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n",
      "400" },
    { "TRACE /a HTTP/1.1\r\nHost: x\r\n\r\n", "405" },
    { "PUT /a HTTP/1.1\r\nHost: x\r\n\r\n", "405" },
    { "GET /a HTTP/1.1\r\nHost : x\r\n\r\n", "400" },
    { "GET /a HTTP/1.1\r\nHost: x\r\nAuthorization : Bearer x\r\n\r\n", "400" },
    { "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "400" },
    { "GET /a HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", "400" },
    { "GET /a HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n", "400" },
    { "GET /a HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n", "400" },
    { "GET /a HTTP/1.1\r\nHost: x\r\nA\001: b\r\n\r\n", "400" },
    { "GET /a HTTP/1.1\r\nHost: x\r\nA: \033[2J\r\n\r\n", "400" },
    { "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: -2\r\n\r\n{}", "400" },
    { "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: +2\r\n\r\n{}", "400" },
    { "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2, 2\r\n\r\n{}", "400" },
    { "GET /sync/v1/%2e%2e/v1/hello HTTP/1.1\r\nHost: x\r\n\r\n", "400" },
    { "GET /sync/v1/../v1/hello HTTP/1.1\r\nHost: x\r\n\r\n", "400" },
    { "GET /sync/v1//hello HTTP/1.1\r\nHost: x\r\n\r\n", "400" },
    { "GET /sync/v1/hello?x=y HTTP/1.1\r\nHost: x\r\n\r\n", "400" },
    { "GET http://x/sync/v1/hello HTTP/1.1\r\nHost: x\r\n\r\n", "400" },
    { "GET /a HTTP/1.1\nHost: x\n\n", "400" },
    { "GET /a HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", "400" },
    { "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", "400" },
    { "\r\n\r\n\r\n", "400" },
    { "nonsense\r\n\r\n", "400" },
  };
  MadangServerOptions options = make_options (fixture);
  g_autoptr (LiveServer) live = live_server_start (&options);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSocket) socket = live_server_connect (live);
      gboolean closed = FALSE;
      g_autofree char *answer = NULL;

      socket_send_text (socket, cases[i].request);
      answer = socket_read_all (socket, &closed);
      g_test_message ("%s", cases[i].request);
      g_assert_cmpuint (strlen (answer), >, strlen ("HTTP/1.1 400 "));
      answer[strlen ("HTTP/1.1 400")] = '\0';
      g_assert_cmpstr (answer + strlen ("HTTP/1.1 "), ==, cases[i].status);
      /* One answer, and the end: nothing smuggled behind it. */
      g_assert_null (strstr (answer + strlen ("HTTP/1.1 400") + 1, "HTTP/1."));
      g_assert_true (closed);
    }
}

/* 512 MiB in chunks, without a word about their length. */
static void
test_endless_body (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (LiveServer) live = live_server_start (&options);
  g_autoptr (GSocket) socket = live_server_connect (live);
  g_autofree char *head
      = make_head ("POST", "/sync/v1/push", officer->token, "Transfer-Encoding: chunked\r\n");
  g_autofree char *chunk = g_strnfill (65536 + 9, 'x');
  gint64 before = read_memory ();
  gsize sent = 0;
  g_autofree char *answer = NULL;
  gboolean closed;

  /* The kernel may leave this side waiting for room after the other has closed. */
  g_socket_set_timeout (socket, 1);
  memcpy (chunk, "10000\r\n", 7);
  memcpy (chunk + 7 + 65536, "\r\n", 2);
  socket_send_text (socket, head);
  while (sent < 512u * 1024 * 1024)
    {
      gssize size = g_socket_send (socket, chunk, 65536 + 9, NULL, NULL);

      if (size < 0)
        break;
      sent += (gsize)size;
    }
  answer = socket_read_all (socket, &closed);

  g_assert_cmpuint (sent, <, 16 * 1024 * 1024);
  g_assert_true (closed);
  g_assert_cmpint (read_memory () - before, <, 16 * 1024);
  assert_empties (live);
}

static void
test_announced_body_is_refused_unread (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (LiveServer) live = live_server_start (&options);
  g_autoptr (GSocket) socket = live_server_connect (live);
  g_autofree char *head = make_head ("POST", "/sync/v1/push", NULL, "Content-Length: 1048577\r\n");
  g_autofree char *answer = NULL;
  gboolean closed;

  socket_send_text (socket, head);
  answer = socket_read_all (socket, &closed);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 413 "));
  g_assert_true (closed);
}

/* Only who has signed in may make the server keep much, and only where much is meant to come. */
static void
test_each_endpoint_has_its_limit (ServerFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *method;
    const char *path;
    guint most;
  } cases[] = {
    { "POST", "/sync/v1/sessions", 8192 }, { "DELETE", "/sync/v1/sessions/current", 0 },
    { "GET", "/sync/v1/hello", 0 },        { "POST", "/sync/v1/pull", 131072 },
    { "POST", "/sync/v1/push", 1048576 },  { "POST", "/nothing", 4096 },
  };
  MadangServerOptions options = make_options (fixture);
  g_autoptr (LiveServer) live = live_server_start (&options);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *announced = g_strdup_printf ("Content-Length: %u\r\n", cases[i].most + 1);
      g_autofree char *head = make_head (cases[i].method, cases[i].path, NULL, announced);
      g_autofree char *chunked
          = make_head (cases[i].method, cases[i].path, NULL, "Transfer-Encoding: chunked\r\n");
      g_autofree char *chunk = g_strnfill (cases[i].most + 1, 'x');
      g_autofree char *body = g_strdup_printf ("%s%x\r\n%s", chunked, cases[i].most + 1, chunk);
      g_autofree char *fits = g_strnfill (cases[i].most, ' ');
      g_autofree char *accepted = ask (live, cases[i].method, cases[i].path, NULL, fits);
      g_autoptr (GSocket) first = live_server_connect (live);
      g_autoptr (GSocket) second = live_server_connect (live);
      g_autofree char *announcing = NULL;
      g_autofree char *sending = NULL;
      gboolean closed;

      g_test_message ("%s %s", cases[i].method, cases[i].path);
      socket_send_text (first, head);
      announcing = socket_read_all (first, &closed);
      g_assert_true (g_str_has_prefix (announcing, "HTTP/1.1 413 "));
      socket_send_text (second, body);
      sending = socket_read_all (second, &closed);
      g_assert_true (g_str_has_prefix (sending, "HTTP/1.1 413 "));
      g_assert_false (g_str_has_prefix (accepted, "HTTP/1.1 413 "));
      g_assert_true (g_str_has_prefix (accepted, "HTTP/1.1 4"));
    }
}

static void
test_deep_json (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (LiveServer) live = live_server_start (&options);
  g_autofree char *brackets = g_strnfill (1000000, '[');
  g_autofree char *objects = NULL;
  GString *deep = g_string_new (NULL);
  static const char *const paths[] = { "/sync/v1/push", "/sync/v1/pull", "/sync/v1/sessions" };

  for (guint i = 0; i < 150000; i++)
    g_string_append (deep, "{\"a\":");
  g_string_append (deep, "\n");
  objects = g_string_free (deep, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *first = ask (live, "POST", paths[i], officer->token, brackets);
      g_autofree char *second = ask (live, "POST", paths[i], officer->token, objects);

      g_assert_true (g_str_has_prefix (first, "HTTP/1.1 4"));
      g_assert_true (g_str_has_prefix (second, "HTTP/1.1 4"));
    }
}

/* 200 requests that begin and never go on; another 50 that never begin. Good clients are served
 * meanwhile, and in the end no slow one is left. */
static void
test_half_open_connections (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (LiveServer) live = NULL;
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *answer = NULL;

  options.idle_seconds = IDLE;
  options.request_seconds = REQUEST;
  live = live_server_start (&options);
  for (guint i = 0; i < 250; i++)
    {
      GSocket *socket = live_server_connect (live);

      g_ptr_array_add (sockets, socket);
      if (i < 100)
        socket_send_text (socket, "POST /sync/v1/push HT");
      else if (i < 200)
        socket_send_text (socket, "POST /sync/v1/push HTTP/1.1\r\nHost: x\r\n"
                                  "Content-Length: 10\r\n\r\nabc");
    }
  answer = ask (live, "GET", "/sync/v1/hello", officer->token, NULL);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  for (guint i = 0; i < sockets->len; i++)
    {
      gboolean closed = FALSE;
      g_autofree char *rest = socket_read_all (g_ptr_array_index (sockets, i), &closed);

      g_assert_true (closed);
    }
  assert_empties (live);
}

/* A byte now and then keeps the idle time from passing, but not the time of the whole. */
static void
test_dripping_request (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (LiveServer) live = NULL;
  g_autoptr (GSocket) socket = NULL;
  gint64 start;
  gboolean alive = TRUE;

  options.idle_seconds = IDLE;
  options.request_seconds = REQUEST;
  live = live_server_start (&options);
  socket = live_server_connect (live);
  g_socket_set_timeout (socket, 0);
  start = g_get_monotonic_time ();
  socket_send_text (socket, "POST /sync/v1/push HTTP/1.1\r\nHost: x\r\n"
                            "Content-Length: 1000\r\n\r\n");
  while (alive && g_get_monotonic_time () - start < 30 * G_TIME_SPAN_SECOND)
    {
      g_socket_send (socket, "x", 1, NULL, NULL);
      alive = !g_socket_condition_timed_wait (socket, G_IO_IN | G_IO_HUP, 300000, NULL, NULL);
    }
  g_assert_false (alive);
  g_assert_cmpint (g_get_monotonic_time () - start, >, (REQUEST - 1) * G_TIME_SPAN_SECOND);
}

static void
test_too_many_connections (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (LiveServer) live = NULL;
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_closed = 0;

  options.connections = 20;
  options.idle_seconds = 2;
  live = live_server_start (&options);
  for (guint i = 0; i < 30; i++)
    g_ptr_array_add (sockets, live_server_connect (live));
  for (guint i = 20; i < 30; i++)
    {
      gboolean closed = FALSE;
      g_autofree char *nothing = NULL;

      g_socket_set_timeout (g_ptr_array_index (sockets, i), 1);
      nothing = socket_read_all (g_ptr_array_index (sockets, i), &closed);
      n_closed += closed;
    }
  g_assert_cmpuint (n_closed, ==, 10);
  g_assert_cmpuint (live_server_count_connections (live), ==, 20);
}

/* Answers of 4 MiB that nobody takes: the memory for them ends before it is dangerous. */
static void
test_answers_that_nobody_takes (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (LiveServer) live = NULL;
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *body
      = g_strdup_printf ("{\"have\":{\"agency:%s\":\"\"},\"page\":1000}", fixture->geumcheon);
  g_autofree char *length = g_strdup_printf ("Content-Length: %zu\r\n", strlen (body));
  g_autofree char *head = make_head ("POST", "/sync/v1/pull", officer->token, length);
  gint64 end = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  gboolean refused = FALSE;

  server_fixture_add_long_records (fixture);
  live = live_server_start (&options);
  for (guint i = 0; i < 40; i++)
    {
      GSocket *socket = live_server_connect (live);

      g_ptr_array_add (sockets, socket);
      g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 4096, NULL);
      socket_send_text (socket, head);
      socket_send_text (socket, body);
    }
  while (!refused && g_get_monotonic_time () < end)
    {
      g_autofree char *answer = ask (live, "POST", "/sync/v1/pull", officer->token, body);

      refused = g_str_has_prefix (answer, "HTTP/1.1 503 ");
      if (refused)
        g_assert_nonnull (strstr (answer, "\r\nRetry-After: 5\r\n"));
    }
  g_assert_true (refused);
  g_ptr_array_set_size (sockets, 0);
  assert_empties (live);
  g_autofree char *after = ask (live, "POST", "/sync/v1/pull", officer->token, body);
  g_assert_true (g_str_has_prefix (after, "HTTP/1.1 200 "));
}

/* --- Long polls ---------------------------------------------------------------------------- */

static char *
pull_cursor (LiveServer *live, Person *person, const char *scope)
{
  g_autofree char *body = g_strdup_printf ("{\"have\":{\"%s\":\"\"},\"page\":1000}", scope);
  g_autofree char *answer = ask (live, "POST", "/sync/v1/pull", person->token, body);
  const char *done = strstr (answer, "\"t\":\"done\"");
  const char *cursor;

  g_assert_nonnull (done);
  cursor = strstr (done, "\"cursor\":\"") + strlen ("\"cursor\":\"");
  return g_strndup (cursor, strcspn (cursor, "\""));
}

static GSocket *
hold_poll (LiveServer *live, Person *person, const char *scope, const char *cursor, guint wait)
{
  GSocket *socket = live_server_connect (live);
  g_autofree char *body
      = g_strdup_printf ("{\"have\":{\"%s\":\"%s\"},\"page\":1000}", scope, cursor);
  g_autofree char *more
      = g_strdup_printf ("Prefer: wait=%u\r\nContent-Length: %zu\r\n", wait, strlen (body));
  g_autofree char *head = make_head ("POST", "/sync/v1/pull", person->token, more);

  socket_send_text (socket, head);
  socket_send_text (socket, body);
  return socket;
}

static char *
push_application (LiveServer *live, Person *person)
{
  ServerFixture *fixture = person->fixture;
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  g_autoptr (MadangPushRequest) request = madang_push_request_new ();
  g_autoptr (GBytes) bytes = madang_mutation_to_bytes (mutation);
  g_autofree char *signature = madang_signing_key_sign (person->key, g_bytes_get_data (bytes, NULL),
                                                        g_bytes_get_size (bytes));
  g_autoptr (GBytes) body = NULL;
  g_autofree char *text = NULL;

  request->device = g_strdup (person->device);
  g_ptr_array_add (request->items, madang_push_item_new (++person->number, signature, bytes));
  body = madang_push_request_to_bytes (request);
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  return ask (live, "POST", "/sync/v1/push", person->token, text);
}

static void
test_poll_is_woken (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autofree char *scope = g_strconcat ("agency:", fixture->geumcheon, NULL);
  g_autoptr (LiveServer) live = live_server_start (&options);
  g_autofree char *cursor = pull_cursor (live, officer, scope);
  g_autoptr (GSocket) poll = hold_poll (live, officer, scope, cursor, 50);
  gint64 start = g_get_monotonic_time ();
  g_autofree char *pushed = NULL;
  g_autofree char *answer = NULL;

  pushed = push_application (live, officer);
  g_assert_true (g_str_has_prefix (pushed, "HTTP/1.1 200 "));
  answer = socket_read_answer (poll);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (answer, "\"kind\":\"application\""));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_TIME_SPAN_SECOND);
}

static void
test_poll_ends_with_its_time (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (LiveServer) live = live_server_start (&options);
  g_autofree char *cursor = pull_cursor (live, officer, "programme");
  g_autoptr (GSocket) poll = hold_poll (live, officer, "programme", cursor, 1);
  gint64 start = g_get_monotonic_time ();
  g_autofree char *answer = socket_read_answer (poll);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204 "));
  g_assert_cmpint (g_get_monotonic_time () - start, >, 500 * G_TIME_SPAN_MILLISECOND);
  assert_is_ours (answer);
}

static void
test_client_of_a_poll_leaves (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (LiveServer) live = live_server_start (&options);
  g_autofree char *cursor = pull_cursor (live, officer, "programme");

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GSocket) poll = hold_poll (live, officer, "programme", cursor, 50);

      g_socket_close (poll, NULL);
    }
  assert_empties (live);
}

/* The server ends while polls are held: they are answered, and nothing is left behind. */
static void
test_server_ends_during_polls (ServerFixture *fixture, gconstpointer data)
{
  MadangServerOptions options = make_options (fixture);
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  LiveServer *live = live_server_start (&options);
  g_autofree char *cursor = pull_cursor (live, officer, "programme");
  g_autoptr (GSocket) poll = hold_poll (live, officer, "programme", cursor, 50);
  g_autofree char *other = ask (live, "GET", "/sync/v1/hello", officer->token, NULL);
  g_autofree char *answer = NULL;

  live_server_stop (live);
  answer = socket_read_answer (poll);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204 ") || answer[0] == '\0');
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/http/marked", test_every_answer_is_marked);
  FIXTURE_TEST ("/http/one-request", test_connection_serves_one_request);
  FIXTURE_TEST ("/http/packed", test_packed_answer);
  FIXTURE_TEST ("/http/unix-socket", test_unix_socket);
  FIXTURE_TEST ("/http/malformed", test_malformed_heads);
  FIXTURE_TEST ("/http/endless-body", test_endless_body);
  FIXTURE_TEST ("/http/announced-body", test_announced_body_is_refused_unread);
  FIXTURE_TEST ("/http/limits", test_each_endpoint_has_its_limit);
  FIXTURE_TEST ("/http/deep-json", test_deep_json);
  FIXTURE_TEST ("/http/half-open", test_half_open_connections);
  FIXTURE_TEST ("/http/dripping", test_dripping_request);
  FIXTURE_TEST ("/http/too-many", test_too_many_connections);
  FIXTURE_TEST ("/http/answers-nobody-takes", test_answers_that_nobody_takes);
  FIXTURE_TEST ("/http/poll/woken", test_poll_is_woken);
  FIXTURE_TEST ("/http/poll/time", test_poll_ends_with_its_time);
  FIXTURE_TEST ("/http/poll/client-leaves", test_client_of_a_poll_leaves);
  FIXTURE_TEST ("/http/poll/server-ends", test_server_ends_during_polls);

  return g_test_run ();
}
