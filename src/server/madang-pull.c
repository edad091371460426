/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-pull.h"

#include "madang-error.h"
#include "madang-service.h"
#include "madang-wire-limits.h"

/* An answer that passes this ends with a mark behind the record it is in, and says that there is
 * more. It bounds the memory of both sides; the client asks again at once. */
#define MOST_BYTES (4 * 1024 * 1024)
#define MOST_SCOPES 512

typedef struct
{
  MadangExchange *exchange;
  MadangStorage *reader;
  GByteArray *lines;
  guint page;
  gboolean full; /* stopped at a mark: there is more */

  /* The page that is being read. */
  gint64 last;
  guint count;
} MadangPull;

static void
append_line (MadangPull *pull, const MadangPullLine *line)
{
  g_autoptr (GBytes) bytes = madang_pull_line_to_bytes (line);

  g_byte_array_append (pull->lines, g_bytes_get_data (bytes, NULL),
                       (guint)g_bytes_get_size (bytes));
}

static MadangPullLine *
new_line (MadangPullLineType type, const char *scope)
{
  MadangPullLine *line = madang_pull_line_new ();

  line->type = type;
  line->scope = g_strdup (scope);
  return line;
}

static void
append_open (MadangPull *pull)
{
  g_autoptr (MadangPullLine) line = new_line (MADANG_PULL_OPEN, NULL);

  line->epoch = g_strdup (pull->exchange->service->epoch);
  line->schema = MADANG_WIRE_SCHEMA;
  append_line (pull, line);
}

static void
append_end (MadangPull *pull)
{
  g_autoptr (MadangPullLine) line = new_line (MADANG_PULL_END, NULL);

  line->more = pull->full;
  append_line (pull, line);
}

static void
append_why (MadangPull *pull, MadangPullLineType type, const char *scope, const char *why)
{
  g_autoptr (MadangPullLine) line = new_line (type, scope);

  line->why = g_strdup (why);
  append_line (pull, line);
}

static char *
make_cursor (MadangPull *pull, gint64 seq)
{
  return g_strdup_printf ("%s.%" G_GINT64_FORMAT, pull->exchange->service->epoch, seq);
}

static void
append_mark (MadangPull *pull, const char *scope, gint64 seq)
{
  g_autoptr (MadangPullLine) line = new_line (MADANG_PULL_MARK, scope);

  line->cursor = make_cursor (pull, seq);
  append_line (pull, line);
}

static gboolean
append_done (MadangPull *pull, const char *scope, gint64 head, GError **error)
{
  g_autoptr (MadangPullLine) line = new_line (MADANG_PULL_DONE, scope);

  if (!madang_storage_read_digest (pull->reader, scope, &line->count, &line->sum))
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_SERVER, "no digest of a scope");
      return FALSE;
    }
  line->cursor = make_cursor (pull, head);
  append_line (pull, line);
  return TRUE;
}

/* The change that the cursor stands behind. NULL: valid; otherwise why the scope starts anew. */
static const char *
read_cursor (MadangPull *pull, const char *cursor, gint64 head, gint64 *seq)
{
  const char *dot = strrchr (cursor, '.');
  gint64 number;

  *seq = 0;
  if (cursor[0] == '\0')
    return NULL;
  if (dot == NULL || !g_ascii_string_to_signed (dot + 1, 10, 0, G_MAXINT64, &number, NULL))
    return "cursor";
  if (strlen (pull->exchange->service->epoch) != (gsize)(dot - cursor)
      || !g_str_has_prefix (cursor, pull->exchange->service->epoch))
    return "epoch";
  if (number > head)
    return "cursor";
  *seq = number;
  return NULL;
}

static gboolean
feed_line_cb (const MadangPullLine *line, gpointer user_data)
{
  MadangPull *pull = user_data;

  append_line (pull, line);
  pull->last = line->seq;
  pull->count++;
  return pull->lines->len <= MOST_BYTES;
}

/* One page at a time, a mark behind each: what comes before a mark can be committed. A page of
 * long records ends early. */
static gboolean
append_changes (MadangPull *pull, const char *scope, gint64 after, gint64 head, GError **error)
{
  pull->last = after;
  for (;;)
    {
      pull->count = 0;
      if (!madang_storage_read_feed (pull->reader, scope, pull->last, pull->page, feed_line_cb,
                                     pull, error))
        return FALSE;
      if (pull->last >= head || (pull->count < pull->page && pull->lines->len <= MOST_BYTES))
        return append_done (pull, scope, head, error);
      append_mark (pull, scope, pull->last);
      if (pull->lines->len > MOST_BYTES)
        {
          pull->full = TRUE;
          return TRUE;
        }
    }
}

/* *news: whether the scope has anything to say. */
static gboolean
append_scope (
    MadangPull *pull, const char *scope, const char *cursor, gboolean *news, GError **error)
{
  gint64 head;
  gint64 after;
  const char *why;

  if (!madang_actor_may_follow (pull->exchange->actor, scope))
    {
      append_why (pull, MADANG_PULL_REVOKE, scope, "cut");
      *news = TRUE;
      return TRUE;
    }
  head = madang_storage_get_head (pull->reader, scope);
  why = read_cursor (pull, cursor, head, &after);
  if (why == NULL && cursor[0] != '\0' && after == head)
    return TRUE;
  *news = TRUE;
  if (why != NULL)
    append_why (pull, MADANG_PULL_RESET, scope, why);
  return append_changes (pull, scope, after, head, error);
}

static GStrv
list_scopes (const MadangPullRequest *request)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GList) scopes = g_hash_table_get_keys (request->cursors);

  scopes = g_list_sort (scopes, (GCompareFunc)strcmp);
  for (GList *item = scopes; item != NULL; item = item->next)
    g_strv_builder_add (builder, item->data);
  return g_strv_builder_end (builder);
}

static MadangReply *
pull_scopes (MadangPull *pull, const MadangPullRequest *request, GError **error)
{
  g_auto (GStrv) scopes = list_scopes (request);
  gboolean news = FALSE;
  MadangReply *reply;

  append_open (pull);
  for (guint i = 0; scopes[i] != NULL && !pull->full; i++)
    {
      const char *cursor = g_hash_table_lookup (request->cursors, scopes[i]);

      if (!append_scope (pull, scopes[i], cursor, &news, error))
        return NULL;
      if (pull->lines->len > MOST_BYTES && scopes[i + 1] != NULL)
        pull->full = TRUE;
    }
  if (!news)
    {
      reply = madang_reply_new (204, NULL, NULL);
      reply->held_for = g_steal_pointer (&scopes);
      return reply;
    }
  append_end (pull);
  return madang_reply_new (200, "application/x-ndjson",
                           g_byte_array_free_to_bytes (g_steal_pointer (&pull->lines)));
}

MadangReply *
madang_pull_answer (MadangExchange *exchange, MadangStorage *reader, GError **error)
{
  g_autoptr (MadangPullRequest) request = madang_pull_request_from_bytes (exchange->body, error);
  MadangPull pull = { .exchange = exchange, .reader = reader };
  MadangReply *reply;

  if (request == NULL)
    return NULL;
  if (g_hash_table_size (request->cursors) > MOST_SCOPES)
    return madang_reply_new_problem (400, "scopes");
  pull.page = CLAMP (request->page, 1, MADANG_WIRE_PAGE);
  pull.lines = g_byte_array_new ();
  reply = pull_scopes (&pull, request, error);
  g_clear_pointer (&pull.lines, g_byte_array_unref);
  return reply;
}
