/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-wire-messages.h"
#include "wire-fixture.h"

#include "madang-error.h"
#include "madang-wire-limits.h"

#include <string.h>

#define SIGNATURE                                                                                  \
  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"                               \
  "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"

/* Reads the bytes as a message and gives what it writes again; NULL with error. */
typedef GBytes *(*Rewrite) (GBytes *bytes, GError **error);

#define DEFINE_REWRITE(Name, name)                                                                 \
  static GBytes *rewrite_##name (GBytes *bytes, GError **error)                                    \
  {                                                                                                \
    g_autoptr (Name) message = madang_##name##_from_bytes (bytes, error);                          \
                                                                                                   \
    return message != NULL ? madang_##name##_to_bytes (message) : NULL;                            \
  }

DEFINE_REWRITE (MadangSignInRequest, sign_in_request)
DEFINE_REWRITE (MadangSignInReply, sign_in_reply)
DEFINE_REWRITE (MadangHello, hello)
DEFINE_REWRITE (MadangPullRequest, pull_request)
DEFINE_REWRITE (MadangPullLine, pull_line)
DEFINE_REWRITE (MadangPushRequest, push_request)
DEFINE_REWRITE (MadangPushReply, push_reply)
DEFINE_REWRITE (MadangPushResult, push_result)
DEFINE_REWRITE (MadangHistoryRequest, history_request)
DEFINE_REWRITE (MadangHistoryChange, history_change)
DEFINE_REWRITE (MadangHistoryReply, history_reply)
DEFINE_REWRITE (MadangProblem, problem)

typedef struct
{
  const char *file; /* in fixtures/wire */
  Rewrite rewrite;
} Message;

static const Message messages[] = {
  { "sign-in-request.json", rewrite_sign_in_request },
  { "sign-in-reply.json", rewrite_sign_in_reply },
  { "hello.json", rewrite_hello },
  { "hello-without-grants.json", rewrite_hello },
  { "pull-request.json", rewrite_pull_request },
  { "pull-open.json", rewrite_pull_line },
  { "pull-reset.json", rewrite_pull_line },
  { "pull-put.json", rewrite_pull_line },
  { "pull-put-without-state.json", rewrite_pull_line },
  { "pull-delete.json", rewrite_pull_line },
  { "pull-left.json", rewrite_pull_line },
  { "pull-mark.json", rewrite_pull_line },
  { "pull-done.json", rewrite_pull_line },
  { "pull-revoke.json", rewrite_pull_line },
  { "pull-end.json", rewrite_pull_line },
  { "push-request.ndjson", rewrite_push_request },
  { "push-request-empty.ndjson", rewrite_push_request },
  { "push-reply.json", rewrite_push_reply },
  { "push-result.json", rewrite_push_result },
  { "history-request.json", rewrite_history_request },
  { "history-change.json", rewrite_history_change },
  { "history-reply.json", rewrite_history_reply },
  { "problem.json", rewrite_problem },
  { "problem-sequence.json", rewrite_problem },
};

static char *
read_message (const Message *message, gsize *length)
{
  char *text = wire_fixture_read ("wire", message->file, length);

  /* Only lines end with LF. */
  if (message->rewrite != rewrite_pull_line && message->rewrite != rewrite_push_request)
    *length = strlen (g_strchomp (text));
  return text;
}

static const Message *
find_message (const char *file)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    if (g_str_equal (messages[i].file, file))
      return &messages[i];
  g_error ("no message %s", file);
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      gsize length;
      g_autofree char *text = read_message (&messages[i], &length);
      g_autoptr (GBytes) bytes = g_bytes_new (text, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) again = messages[i].rewrite (bytes, &error);
      g_autofree char *written = NULL;

      g_assert_no_error (error);
      written = wire_fixture_text (again);
      g_assert_cmpstr (written, ==, text);
    }
}

/* A push that ends behind a whole mutation is a push: HTTP says whether a body is complete, and
 * what is missing was not acknowledged. Any other cut is refused. */
static gboolean
is_whole (const Message *message, const char *text, gsize cut)
{
  guint lines = 0;

  if (message->rewrite == rewrite_pull_line)
    return cut + 1 == strlen (text);
  if (message->rewrite != rewrite_push_request || cut == 0 || text[cut - 1] != '\n')
    return FALSE;
  for (gsize i = 0; i < cut; i++)
    lines += text[i] == '\n';
  return lines % 2 == 1;
}

static void
test_beginnings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      gsize length;
      g_autofree char *text = read_message (&messages[i], &length);

      for (gsize cut = 0; cut < length; cut++)
        {
          g_autofree char *copy = g_memdup2 (text, cut);
          g_autoptr (GBytes) bytes = g_bytes_new_static (copy, cut);
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) again = messages[i].rewrite (bytes, &error);

          g_assert_true ((again != NULL) == is_whole (&messages[i], text, cut));
          if (again == NULL)
            g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
        }
    }
}

/* A recorded message with one piece of its text replaced. */
static GBytes *
alter (const Message *message, const char *old, const char *new)
{
  gsize length;
  g_autofree char *text = read_message (message, &length);
  g_auto (GStrv) pieces = g_strsplit (text, old, 2);
  g_autofree char *altered = NULL;

  if (g_strv_length (pieces) != 2)
    g_error ("%s: no %s", message->file, old);
  altered = g_strconcat (pieces[0], new, pieces[1], NULL);
  return wire_fixture_bytes (altered);
}

static void
assert_altered (const char *file, const char *old, const char *new, int code)
{
  const Message *message = find_message (file);
  g_autoptr (GBytes) bytes = alter (message, old, new);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = message->rewrite (bytes, &error);

  g_test_message ("%s: %.60s -> %.60s", file, old, new);
  g_assert_null (again);
  g_assert_error (error, MADANG_ERROR, code);
}

typedef struct
{
  const char *file;
  const char *old;
  const char *new;
} Alteration;

static const Alteration wrong_types[] = {
  { "sign-in-request.json", "\"sample.kim\"", "1" },
  { "sign-in-request.json", "\"sample.kim\"", "\"\"" },
  { "sign-in-request.json", "\"sample.kim\"", "null" },
  { "sign-in-request.json", "\"견본 암호 견본 암호\"", "[\"a\"]" },
  { "sign-in-request.json", WIRE_DEVICE, "device" },
  { "sign-in-request.json", WIRE_DEVICE, "01707c5a1800700080000000000000d1" },
  { "sign-in-request.json", "\"3d4017c3", "\"3d40 17c3" },
  { "sign-in-request.json", "{\"login\"", "[{\"login\"" },
  { "sign-in-reply.json", "1583755200000", "-1" },
  { "sign-in-reply.json", "1583755200000", "1583755200000.5" },
  { "sign-in-reply.json", "1583755200000", "\"tomorrow\"" },
  { "sign-in-reply.json", "1583755200000", "9223372036854775808" },
  { "sign-in-reply.json", WIRE_ID, "1" },
  { "sign-in-reply.json", "\"token\":\"", "\"token\":\"a b" },
  { "sign-in-reply.json", "\"token\":\"", "\"token\":\"\\u00e9" },
  { "sign-in-reply.json", "\"token\":\"", "\"token\":\"\\r\\nX-Header: " },
  { "hello.json", "\"epoch\":\"e1\"", "\"epoch\":1" },
  { "hello.json", "\"epoch\":\"e1\"", "\"epoch\":\"\"" },
  { "hello.json", "1583712000000", "-5" },
  { "hello.json", "1583712000000", "9223372036854775807" },
  { "hello.json", "\"schema\":1", "\"schema\":0" },
  { "hello.json", "\"schema\":1", "\"schema\":4294967297" },
  { "hello.json", "\"last_number\":410", "\"last_number\":-1" },
  { "hello.json", "\"lease\":604800", "\"lease\":-1" },
  { "hello.json", "\"lease\":604800", "\"lease\":9223372036854775807" },
  { "hello.json", "\"demo\":true", "\"demo\":1" },
  { "hello.json", "\"demo\":true", "\"demo\":\"true\"" },
  { "hello.json", "\"grants\":[{", "\"grants\":[1,{" },
  { "hello.json", "\"grants\":[{", "\"grants\":[null,{" },
  { "hello.json", "\"role\":\"agency-officer\"", "\"role\":4" },
  { "hello.json", "\"role\":\"agency-officer\"", "\"role\":\"agency officer\"" },
  { "hello.json", "\"agency_name\":\"견본구\"", "\"agency_name\":0" },
  { "hello.json", "\"agency\":\"", "\"agency\":\"x" },
  { "hello.json", "[\"programme\"", "[1" },
  { "hello.json", "[\"programme\"", "[null" },
  { "hello.json", "[\"programme\"", "[\"pro gramme\"" },
  { "hello.json", "[\"programme\"", "[\"pro/gramme\"" },
  { "hello.json", "[\"programme\"", "[\"\"" },
  { "hello.json", "\"scopes\":[", "\"scopes\":{},\"x\":[" },
  { "pull-request.json", "\"page\":1000", "\"page\":0" },
  { "pull-request.json", "\"page\":1000", "\"page\":1001" },
  { "pull-request.json", "\"page\":1000", "\"page\":-1" },
  { "pull-request.json", "\"page\":1000", "\"page\":\"all\"" },
  { "pull-request.json", "\"e1.17\"", "17" },
  { "pull-request.json", "\"e1.17\"", "null" },
  { "pull-request.json", "\"e1.17\"", "\"e1 17\"" },
  { "pull-request.json", "\"programme\":", "\"pro gramme\":" },
  { "pull-request.json", "\"programme\":", "\"\":" },
  { "pull-request.json", "\"have\":{", "\"have\":[],\"x\":{" },
  { "pull-open.json", "\"schema\":1", "\"schema\":\"1\"" },
  { "pull-open.json", "\"open\"", "1" },
  { "pull-put.json", "\"scope\":\"office\"", "\"scope\":\"off_ice\"" },
  { "pull-put.json", "\"kind\":\"sample\"", "\"kind\":{}" },
  { "pull-put.json", WIRE_ID, "no-id" },
  { "pull-put.json", "\"part\":\"main\"", "\"part\":\"secret\"" },
  { "pull-put.json", "\"part\":\"main\"", "\"part\":0" },
  { "pull-put.json", "\"v\":3", "\"v\":0" },
  { "pull-put.json", "\"v\":3", "\"v\":-3" },
  { "pull-put.json", "\"v\":3", "\"v\":3.0" },
  { "pull-put.json", "\"seq\":17", "\"seq\":-17" },
  { "pull-put.json", "\"state\":\"draft\"", "\"state\":1" },
  { "pull-put.json", "\"doc\":{", "\"doc\":[],\"x\":{" },
  { "pull-put.json", "\"doc\":{", "\"doc\":null,\"x\":{" },
  { "pull-put.json", "\"doc\":{", "\"doc\":\"{}\",\"x\":{" },
  { "pull-put.json", "\"doc\":{", "\"doc\":{},\"doc\":{" },
  { "pull-put.json", "\"doc\":{", "\"doc\":{\"a\":1,\"a\":1}, \"x\":{" },
  { "pull-delete.json", "\"v\":4", "\"v\":null" },
  { "pull-left.json", "\"seq\":19", "\"seq\":\"19\"" },
  { "pull-mark.json", "\"e1.17\"", "\"\"" },
  { "pull-mark.json", "\"e1.17\"", "17" },
  { "pull-done.json", "\"n\":25", "\"n\":-25" },
  { "pull-done.json", "9f0c1122aabbccdd", "9f0c1122aabbccd" },
  { "pull-done.json", "9f0c1122aabbccdd", "9f0c1122aabbccddd" },
  { "pull-done.json", "9f0c1122aabbccdd", "9F0C1122AABBCCDD" },
  { "pull-done.json", "9f0c1122aabbccdd", "-9f0c1122aabbccd" },
  { "pull-done.json", "\"9f0c1122aabbccdd\"", "9" },
  { "pull-revoke.json", "\"cut\"", "true" },
  { "pull-end.json", "false", "0" },
  { "push-request.ndjson", "\"seen\":410", "\"seen\":-1" },
  { "push-request.ndjson", "\"seen\":410", "\"seen\":true" },
  { "push-request.ndjson", WIRE_DEVICE, "x" },
  { "push-request.ndjson", "\"n\":411", "\"n\":0" },
  { "push-request.ndjson", "\"n\":411", "\"n\":-411" },
  { "push-request.ndjson", "\"n\":411", "\"n\":\"411\"" },
  { "push-request.ndjson", "\"sig\":\"00", "\"sig\":\"" },
  { "push-request.ndjson", "\"sig\":\"00", "\"sig\":\"0000" },
  { "push-request.ndjson", "\"sig\":\"00", "\"sig\":\"0G" },
  { "push-request.ndjson", "\"sig\":\"00", "\"sig\":\"AA" },
  { "push-request.ndjson", "\n", "" },
  { "push-request.ndjson", "\n", "\n\n" },
  { "push-request.ndjson", "\n", "," },
  { "push-request.ndjson", "\"at\":", "\"at\":\n" },
  { "push-request.ndjson", "\"at\":", "\"at\":01" },
  { "push-request.ndjson", "\"at\":", "\"at\":0,\"at\":" },
  { "push-reply.json", "\"ack\":412", "\"ack\":-1" },
  { "push-reply.json", "\"ack\":412", "\"ack\":\"412\"" },
  { "push-reply.json", "\"results\":[", "\"results\":{},\"x\":[" },
  { "push-reply.json", "\"results\":[{", "\"results\":[1,{" },
  { "push-reply.json", "\"results\":[{", "\"results\":[null,{" },
  { "push-reply.json", "\"n\":411", "\"n\":0" },
  { "push-reply.json", "\"outcome\":\"applied\"", "\"outcome\":1" },
  { "push-reply.json", "\"v\":[4,1]", "\"v\":[4]" },
  { "push-reply.json", "\"v\":[4,1]", "\"v\":[4,-1]" },
  { "push-reply.json", "\"v\":[4,1]", "\"v\":[4,1,0]" },
  { "push-reply.json", "\"v\":[4,1]", "\"v\":[4,\"1\"]" },
  { "push-reply.json", "\"docs\":[{", "\"docs\":[1,{" },
  { "push-reply.json", "\"docs\":[{", "\"docs\":[{},{},{" },
  { "push-reply.json", "\"docs\":[{", "\"docs\":{},\"x\":[{" },
  { "push-result.json", "\"docs\":[null,null]", "\"docs\":[null]" },
  { "push-result.json", "\"docs\":[null,null]", "\"docs\":[null,\"{}\"]" },
  { "push-result.json", "\"docs\":[null,null]", "\"docs\":[null,[]]" },
  { "push-result.json", "\"docs\":[null,null]", "\"docs\":null" },
  { "push-result.json", "\"dup\":true", "\"dup\":1" },
  { "push-result.json", "\"deleted\":true", "\"deleted\":\"yes\"" },
  { "push-result.json", "\"args\":[\"title\"", "\"args\":[1" },
  { "push-result.json", "\"args\":[\"title\"", "\"args\":[null" },
  { "push-result.json", "\"code\":\"R-A3.late\"", "\"code\":3" },
  { "push-result.json", "\"code\":\"R-A3.late\"", "\"code\":\"R A3\"" },
  { "history-request.json", WIRE_ID, "no-id" },
  { "history-request.json", "\"before\":17", "\"before\":-1" },
  { "history-request.json", "\"page\":200", "\"page\":0" },
  { "history-request.json", "\"page\":200", "\"page\":201" },
  { "history-change.json", "\"n\":9", "\"n\":0" },
  { "history-change.json", "\"moment\":9", "\"moment\":8" },
  { "history-change.json", "\"at\":1583711000000", "\"at\":-1" },
  { "history-change.json", "rows/a1/phone", "rows/a1/phone/x" },
  { "history-change.json", "rows/a1/phone", "@rows/a1" },
  { "history-change.json", "rows/a1/phone", "@" },
  { "history-change.json", "\"personal\"", "\"secret\"" },
  { "history-change.json", "\"after\":", "\"hidden\":true,\"after\":" },
  { "history-reply.json", "\"own\":true", "\"own\":1" },
  { "history-reply.json", "\"hidden\":true", "\"hidden\":\"true\"" },
  { "history-reply.json", "\"who\":\"견본 김담당\"", "\"who\":\"\"" },
  { "history-reply.json", "\"changes\":[{", "\"changes\":[null,{" },
  { "history-reply.json", "\"changes\":[", "\"changes\":{},\"x\":[" },
  { "history-reply.json", "\"n\":17", "\"n\":18" },
  { "history-reply.json", "\"next\":9", "\"next\":8" },
  { "history-reply.json", "\"next\":9", "\"next\":-9" },
  { "problem.json", "\"status\":403", "\"status\":200" },
  { "problem.json", "\"status\":403", "\"status\":600" },
  { "problem.json", "\"status\":403", "\"status\":\"403\"" },
  { "problem.json", "\"code\":\"forbidden\"", "\"code\":403" },
  { "problem.json", "\"args\":[]", "\"args\":\"\"" },
  { "problem-sequence.json", "\"expect\":7", "\"expect\":-7" },
};

static void
test_wrong_types (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_types); i++)
    assert_altered (wrong_types[i].file, wrong_types[i].old, wrong_types[i].new,
                    MADANG_ERROR_INVALID);
}

/* A member that is renamed is missing; those that may be are named here. */
static gboolean
may_be_missing (const char *file, const char *name)
{
  static const char *const optional[]
      = { "agency", "agency_name", "args", "code", "deleted", "dup",
          "expect", "home",        "id",   "kind", "state",   NULL };
  static const char *const record[] = { "home", "id", "kind", NULL };
  static const char *const change[]
      = { "after", "before", "event", "hidden", "own", "path", "who", NULL };

  if (g_str_has_prefix (file, "pull-") && g_strv_contains (record, name))
    return FALSE;
  if (g_str_equal (file, "history-request.json"))
    return FALSE;
  if (g_str_has_prefix (file, "history-"))
    return g_strv_contains (change, name);
  if (g_str_has_prefix (file, "problem") && g_str_equal (name, "code"))
    return FALSE;
  return g_strv_contains (optional, name);
}

static void
check_without_member (const Message *message, const char *name)
{
  g_autofree char *old = g_strdup_printf ("\"%s\":", name);
  g_autofree char *new = g_strdup_printf ("\"x%s\":", name);
  g_autoptr (GBytes) bytes = alter (message, old, new);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = message->rewrite (bytes, &error);

  g_test_message ("%s without %s", message->file, name);
  if (may_be_missing (message->file, name))
    {
      g_assert_no_error (error);
      g_assert_nonnull (again);
      return;
    }
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
}

/* Each member of each message, but for what stands inside of documents and mutations. */
static void
test_missing_members (void)
{
  static const struct
  {
    const char *file;
    const char *names;
  } cases[] = {
    { "sign-in-request.json", "login password device public_key" },
    { "sign-in-reply.json", "token account login name expires" },
    { "hello.json", "epoch now schema account login name last_number lease demo grants role scope "
                    "agency agency_name scopes" },
    { "pull-request.json", "have page" },
    { "pull-open.json", "t epoch schema" },
    { "pull-reset.json", "t scope why" },
    { "pull-put.json", "t scope kind id part v seq state home doc" },
    { "pull-delete.json", "t scope kind id part v seq" },
    { "pull-left.json", "t scope kind id part seq" },
    { "pull-mark.json", "t scope cursor" },
    { "pull-done.json", "t scope cursor n sum" },
    { "pull-revoke.json", "t scope why" },
    { "pull-end.json", "t more" },
    { "push-request.ndjson", "device seen n sig" },
    { "push-reply.json", "ack results n mid outcome kind id home state v docs" },
    { "push-result.json", "n mid outcome dup code args kind id home state deleted v docs" },
    { "history-request.json", "record before page" },
    { "history-change.json", "n moment at path part before after" },
    { "history-reply.json",
      "record changes n moment at who own event path part before after hidden next" },
    { "problem.json", "code args status" },
    { "problem-sequence.json", "code expect status" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) names = g_strsplit (cases[i].names, " ", -1);

      for (guint n = 0; names[n] != NULL; n++)
        check_without_member (find_message (cases[i].file), names[n]);
    }
}

static void
test_unknown_members (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      gsize length;
      g_autofree char *text = read_message (&messages[i], &length);
      g_autofree char *expected = g_strdup (text);
      g_autofree char *more = g_strconcat ("{\"0new\":{\"a\":[1,null]},", text + 1, NULL);
      g_autoptr (GBytes) bytes = wire_fixture_bytes (more);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) again = messages[i].rewrite (bytes, &error);
      g_autofree char *written = NULL;

      g_assert_no_error (error);
      written = wire_fixture_text (again);
      g_assert_cmpstr (written, ==, expected);
    }
}

static void
test_newer (void)
{
  assert_altered ("pull-mark.json", "\"mark\"", "\"milestone\"", MADANG_ERROR_NEWER_SCHEMA);
  assert_altered ("push-reply.json", "\"applied\"", "\"deferred\"", MADANG_ERROR_NEWER_SCHEMA);
}

static void
test_oversized_texts (void)
{
  static const Alteration cases[] = {
    { "sign-in-request.json", "sample.kim", "1025" },
    { "sign-in-request.json", "3d4017c3", "257" },
    { "sign-in-reply.json", "견본 김담당", "1025" },
    { "hello.json", "e1", "257" },
    { "hello.json", "agency-officer", "65" },
    { "hello.json", "programme", "101" },
    { "pull-request.json", "programme", "101" },
    { "pull-request.json", "e1.17", "257" },
    { "pull-put.json", "sample", "65" },
    { "pull-put.json", "office", "101" },
    { "pull-put.json", "draft", "65" },
    { "pull-mark.json", "e1.17", "257" },
    { "history-change.json", "phone", "65" },
    { "history-reply.json", "견본 김담당", "1025" },
    { "problem.json", "forbidden", "65" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strnfill (strtoul (cases[i].new, NULL, 10), 'a');

      assert_altered (cases[i].file, cases[i].old, text, MADANG_ERROR_INVALID);
    }
}

static void
test_oversized_documents (void)
{
  g_autofree char *text = g_strnfill (60000, 'a');
  g_autoptr (GString) members = g_string_new ("{");
  g_autofree char *doc = NULL;
  g_autofree char *mutation = NULL;

  for (guint i = 0; i < 5; i++)
    g_string_append_printf (members, "\"a%u\":\"%s\",", i, text);
  doc = g_strconcat ("\"doc\":", members->str, NULL);
  mutation = g_strconcat (members->str, "\"at\":", NULL);
  assert_altered ("pull-put.json", "\"doc\":{", doc, MADANG_ERROR_TOO_LARGE);
  assert_altered ("push-request.ndjson", "{\"at\":", mutation, MADANG_ERROR_TOO_LARGE);
}

static GBytes *
make_push (guint count, gsize length)
{
  g_autofree char *text = g_strnfill (length, 'a');
  g_autofree char *body_text = g_strdup_printf ("{\"a\":\"%s\"}", text);
  g_autoptr (GBytes) body = wire_fixture_bytes (body_text);
  g_autoptr (MadangPushRequest) request = madang_push_request_new ();

  request->device = g_strdup (WIRE_DEVICE);
  for (guint i = 0; i < count; i++)
    g_ptr_array_add (request->items, madang_push_item_new (i + 1, SIGNATURE, body));
  return madang_push_request_to_bytes (request);
}

static void
test_push_limits (void)
{
  g_autoptr (GBytes) most = make_push (MADANG_WIRE_MAX_MUTATIONS, 10);
  g_autoptr (GBytes) more = make_push (MADANG_WIRE_MAX_MUTATIONS + 1, 10);
  g_autoptr (GBytes) large = make_push (MADANG_WIRE_MAX_MUTATIONS, 5000);
  g_autoptr (GBytes) larger = make_push (MADANG_WIRE_MAX_MUTATIONS, 5200);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPushRequest) read = madang_push_request_from_bytes (most, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (read->items->len, ==, MADANG_WIRE_MAX_MUTATIONS);
  g_assert_null (madang_push_request_from_bytes (more, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE);
  g_clear_error (&error);

  g_clear_pointer (&read, madang_push_request_free);
  read = madang_push_request_from_bytes (large, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (larger), >, MADANG_WIRE_MAX_REQUEST);
  g_assert_null (madang_push_request_from_bytes (larger, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE);
}

/* The body is the very bytes of the request, spaces and order included. */
static void
test_push_body (void)
{
  static const char text[] = "{\"device\":\"" WIRE_DEVICE "\",\"seen\":0}\n"
                             "{\"n\":1,\"sig\":\"" SIGNATURE "\"}\n"
                             " { \"z\" : 1.50 , \"a\":\"\\u0041\" } \n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPushRequest) request = madang_push_request_from_bytes (bytes, &error);
  const MadangPushItem *item;
  g_autofree char *body = NULL;

  g_assert_no_error (error);
  item = g_ptr_array_index (request->items, 0);
  body = wire_fixture_text (item->body);
  g_assert_cmpstr (body, ==, " { \"z\" : 1.50 , \"a\":\"\\u0041\" } ");
  g_assert_true (g_bytes_get_data (item->body, NULL) == strstr (text, " { \"z\""));
  g_assert_cmpstr (item->signature, ==, SIGNATURE);
}

static void
test_pull_put (void)
{
  g_autofree char *text = wire_fixture_read ("wire", "pull-put.json", NULL);
  g_autoptr (GBytes) bytes = wire_fixture_bytes (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPullLine) line = madang_pull_line_from_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpint (line->type, ==, MADANG_PULL_PUT);
  g_assert_cmpstr (line->scope, ==, "office");
  g_assert_cmpstr (line->kind, ==, "sample");
  g_assert_cmpstr (line->id, ==, WIRE_ID);
  g_assert_cmpint (line->part, ==, MADANG_PART_MAIN);
  g_assert_cmpint (line->version, ==, 3);
  g_assert_cmpint (line->seq, ==, 17);
  g_assert_cmpstr (line->state, ==, "draft");
  g_assert_cmpstr (line->home, ==, "agency:" WIRE_OTHER_ID);
  g_assert_cmpstr (line->doc, ==, "{\"doc\":\"가 \\\"}\",\"won\":1}");
}

/* A name is a name however it is written. */
static void
test_escaped_names (void)
{
  const Message *message = find_message ("pull-put.json");
  g_autoptr (GBytes) bytes = alter (message, "\"state\":", "\"st\\u0061te\":");
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPullLine) line = madang_pull_line_from_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line->state, ==, "draft");
}

static void
test_pull_done (void)
{
  g_autofree char *text = wire_fixture_read ("wire", "pull-done.json", NULL);
  g_autoptr (GBytes) bytes = wire_fixture_bytes (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPullLine) line = madang_pull_line_from_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpint (line->count, ==, 25);
  g_assert_cmphex (line->sum, ==, G_GUINT64_CONSTANT (0x9f0c1122aabbccdd));
  g_assert_cmpstr (line->cursor, ==, "e1.17");
}

static void
test_reply_content (void)
{
  g_autofree char *text = wire_fixture_read ("wire", "push-reply.json", NULL);
  g_autoptr (GBytes) bytes = wire_fixture_bytes (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangPushReply) reply = madang_push_reply_from_bytes (bytes, &error);
  const MadangPushResult *result;

  g_assert_no_error (error);
  g_assert_cmpint (reply->acknowledged, ==, 412);
  g_assert_cmpuint (reply->results->len, ==, 2);
  result = g_ptr_array_index (reply->results, 0);
  g_assert_cmpint (result->number, ==, 411);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_false (result->duplicate);
  g_assert_cmpint (result->versions[MADANG_PART_MAIN], ==, 4);
  g_assert_cmpint (result->versions[MADANG_PART_PERSONAL], ==, 1);
  g_assert_cmpstr (result->docs[MADANG_PART_MAIN], ==, "{\"title\":\"a]},{\"}");
  g_assert_null (result->docs[MADANG_PART_PERSONAL]);
  result = g_ptr_array_index (reply->results, 1);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_CONFLICT);
  g_assert_true (result->duplicate);
  g_assert_cmpstr (result->docs[MADANG_PART_PERSONAL], ==, "{\"phone\":\"02-0000-0000\"}");
}

/* A reply may be larger than a line: as many results as a push may have. */
static void
test_reply_limits (void)
{
  g_autofree char *text = g_strnfill (20000, 'a');
  g_autoptr (MadangPushReply) reply = madang_push_reply_new ();
  g_autoptr (MadangPushReply) read = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= MADANG_WIRE_MAX_MUTATIONS; i++)
    {
      MadangPushResult *result = madang_push_result_new ();

      result->number = i + 1;
      result->mid = g_strdup (WIRE_ID);
      result->docs[MADANG_PART_MAIN] = g_strdup_printf ("{\"a\":\"%s\"}", text);
      if (i == MADANG_WIRE_MAX_MUTATIONS)
        {
          bytes = madang_push_reply_to_bytes (reply);
          g_assert_cmpuint (g_bytes_get_size (bytes), >, MADANG_WIRE_MAX_LINE);
          read = madang_push_reply_from_bytes (bytes, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (read->results->len, ==, MADANG_WIRE_MAX_MUTATIONS);
          g_clear_pointer (&bytes, g_bytes_unref);
        }
      g_ptr_array_add (reply->results, result);
    }
  bytes = madang_push_reply_to_bytes (reply);
  g_assert_null (madang_push_reply_from_bytes (bytes, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
}

static void
test_history_content (void)
{
  g_autofree char *text = wire_fixture_read ("wire", "history-reply.json", NULL);
  g_autoptr (GBytes) bytes = wire_fixture_bytes (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangHistoryReply) reply = madang_history_reply_from_bytes (bytes, &error);
  const MadangHistoryChange *change;

  g_assert_no_error (error);
  g_assert_cmpstr (reply->record, ==, WIRE_ID);
  g_assert_cmpuint (reply->changes->len, ==, 3);
  g_assert_cmpint (reply->next, ==, 9);
  change = g_ptr_array_index (reply->changes, 0);
  g_assert_cmpstr (change->event, ==, "submit");
  g_assert_true (change->own);
  g_assert_true (change->hidden);
  g_assert_null (change->path);
  g_assert_null (change->before);
  g_assert_cmpstr (change->after, ==, "\"submitted\"");
  change = g_ptr_array_index (reply->changes, 1);
  g_assert_cmpstr (change->path, ==, "@reason");
  g_assert_cmpint (change->moment, ==, 18);
  g_assert_false (change->own);
  change = g_ptr_array_index (reply->changes, 2);
  g_assert_null (change->who);
  g_assert_cmpint (change->part, ==, MADANG_PART_PERSONAL);
  g_assert_cmpstr (change->before, ==, "{\"a\":[1,\"]\"]}");
}

static GBytes *
make_history (guint count, gsize length)
{
  g_autofree char *text = g_strnfill (length, 'a');
  g_autoptr (MadangHistoryReply) reply = madang_history_reply_new ();

  reply->record = g_strdup (WIRE_ID);
  for (guint i = count; i > 0; i--)
    {
      MadangHistoryChange *change = madang_history_change_new ();

      change->number = change->moment = i;
      change->path = g_strdup ("title");
      change->after = g_strdup_printf ("\"%s\"", text);
      g_ptr_array_add (reply->changes, change);
    }
  return madang_history_reply_to_bytes (reply);
}

/* A page may be larger than a line, but not larger than its own limit. */
static void
test_history_limits (void)
{
  g_autoptr (GBytes) most = make_history (MADANG_WIRE_HISTORY_PAGE, 10000);
  g_autoptr (GBytes) more = make_history (MADANG_WIRE_HISTORY_PAGE + 1, 10);
  g_autoptr (GBytes) larger = make_history (MADANG_WIRE_HISTORY_PAGE, 30000);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangHistoryReply) read = madang_history_reply_from_bytes (most, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (read->changes->len, ==, MADANG_WIRE_HISTORY_PAGE);
  g_assert_cmpuint (g_bytes_get_size (most), >, MADANG_WIRE_MAX_LINE);
  g_assert_null (madang_history_reply_from_bytes (more, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpuint (g_bytes_get_size (larger), >, MADANG_WIRE_MAX_HISTORY);
  g_assert_null (madang_history_reply_from_bytes (larger, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire-messages/round-trip", test_round_trip);
  g_test_add_func ("/wire-messages/beginnings", test_beginnings);
  g_test_add_func ("/wire-messages/wrong-types", test_wrong_types);
  g_test_add_func ("/wire-messages/missing-members", test_missing_members);
  g_test_add_func ("/wire-messages/unknown-members", test_unknown_members);
  g_test_add_func ("/wire-messages/newer", test_newer);
  g_test_add_func ("/wire-messages/oversized-texts", test_oversized_texts);
  g_test_add_func ("/wire-messages/oversized-documents", test_oversized_documents);
  g_test_add_func ("/wire-messages/push-limits", test_push_limits);
  g_test_add_func ("/wire-messages/push-body", test_push_body);
  g_test_add_func ("/wire-messages/pull-put", test_pull_put);
  g_test_add_func ("/wire-messages/escaped-names", test_escaped_names);
  g_test_add_func ("/wire-messages/pull-done", test_pull_done);
  g_test_add_func ("/wire-messages/reply-content", test_reply_content);
  g_test_add_func ("/wire-messages/reply-limits", test_reply_limits);
  g_test_add_func ("/wire-messages/history-content", test_history_content);
  g_test_add_func ("/wire-messages/history-limits", test_history_limits);
  return g_test_run ();
}
