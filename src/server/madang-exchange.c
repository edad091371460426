/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-server"
#include "config.h"

#include "madang-exchange.h"

#include "madang-error.h"
#include "madang-wire-messages.h"

#include <gio/gio.h>

/* Below this a compressed answer is hardly shorter. */
#define LEAST_TO_PACK 1024
/* The fastest: higher levels cost twice the time for a quarter of the bytes. */
#define PACK_LEVEL 1
#define RETRY_AFTER 5 /* seconds */

MadangReply *
madang_reply_new (guint status, const char *content_type, GBytes *body)
{
  MadangReply *self = g_new0 (MadangReply, 1);

  self->status = status;
  self->content_type = content_type;
  self->body = body;
  return self;
}

static MadangReply *
new_problem (guint status, const char *code, gint64 expect)
{
  g_autoptr (MadangProblem) problem = madang_problem_new ();

  problem->status = (int)status;
  problem->code = g_strdup (code);
  problem->expect = expect;
  return madang_reply_new (status, "application/problem+json", madang_problem_to_bytes (problem));
}

MadangReply *
madang_reply_new_problem (guint status, const char *code)
{
  return new_problem (status, code, 0);
}

MadangReply *
madang_reply_new_busy (guint status)
{
  MadangReply *self = madang_reply_new_problem (status, "busy");

  self->retry_after = RETRY_AFTER;
  return self;
}

MadangReply *
madang_reply_new_sequence (gint64 expect)
{
  return new_problem (409, "sequence", expect);
}

MadangReply *
madang_reply_new_not_found (void)
{
  return new_problem (404, "not-found", 0);
}

MadangReply *
madang_reply_new_error (const GError *error)
{
  if (g_error_matches (error, MADANG_ERROR, MADANG_ERROR_INVALID))
    return madang_reply_new_problem (400, "json");
  if (g_error_matches (error, MADANG_ERROR, MADANG_ERROR_NEWER_SCHEMA))
    return madang_reply_new_problem (400, "newer-schema");
  if (g_error_matches (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE))
    return madang_reply_new_problem (413, "too-large");
  /* The caller learns nothing about the inside. */
  g_debug ("request failed: %s", error->message);
  return madang_reply_new_problem (500, "server");
}

void
madang_reply_pack (MadangReply *self)
{
  g_autoptr (GZlibCompressor) compressor = NULL;
  g_autoptr (GInputStream) plain = NULL;
  g_autoptr (GInputStream) packing = NULL;
  g_autoptr (GOutputStream) packed = NULL;

  if (self->packed || self->body == NULL || g_bytes_get_size (self->body) < LEAST_TO_PACK)
    return;
  compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, PACK_LEVEL);
  plain = g_memory_input_stream_new_from_bytes (self->body);
  packing = g_converter_input_stream_new (plain, G_CONVERTER (compressor));
  packed = g_memory_output_stream_new_resizable ();
  if (g_output_stream_splice (packed, packing, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL) < 0)
    return;
  g_bytes_unref (self->body);
  self->body = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (packed));
  self->packed = TRUE;
}

void
madang_reply_free (MadangReply *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_strfreev (self->held_for);
  g_free (self->rights);
  g_free (self);
}

MadangExchange *
madang_exchange_new (MadangService *service)
{
  MadangExchange *self = g_new0 (MadangExchange, 1);

  self->service = service;
  return self;
}

void
madang_exchange_free (MadangExchange *self)
{
  if (self->prepared_free != NULL)
    self->prepared_free (self->prepared);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->token);
  g_free (self->device);
  g_free (self->source);
  g_clear_pointer (&self->session, madang_session_free);
  g_clear_pointer (&self->actor, madang_actor_unref);
  g_clear_pointer (&self->reply, madang_reply_free);
  g_free (self);
}

void
madang_exchange_take_reply (MadangExchange *self, MadangReply *reply)
{
  g_clear_pointer (&self->reply, madang_reply_free);
  self->reply = reply;
}
