/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-request-head.h"

#include "madang-id.h"
#include "madang-service.h"
#include "madang-wire-limits.h"

#define BEARER "Bearer "
#define LONGEST_TOKEN 128

static guint
count_header (SoupMessageHeaders *headers, const char *wanted)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  guint count = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      if (g_ascii_strcasecmp (name, wanted) == 0)
        count++;
    }
  return count;
}

static gboolean
is_number (const char *text)
{
  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, NULL, NULL);
}

static guint
check_length (SoupMessageHeaders *headers)
{
  const char *length = soup_message_headers_get_one (headers, "Content-Length");
  const char *coding = soup_message_headers_get_one (headers, "Transfer-Encoding");

  if (count_header (headers, "Content-Length") + count_header (headers, "Transfer-Encoding") > 1)
    return SOUP_STATUS_BAD_REQUEST;
  if (coding != NULL && g_ascii_strcasecmp (coding, "chunked") != 0)
    return SOUP_STATUS_BAD_REQUEST;
  if (length == NULL)
    return 0;
  if (!is_number (length))
    return SOUP_STATUS_BAD_REQUEST;
  if (g_ascii_strtoull (length, NULL, 10) > MADANG_WIRE_MAX_REQUEST)
    return SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
  return 0;
}

guint
madang_request_head_check (const char *method, const char *path, SoupMessageHeaders *headers)
{
  static const char *const methods[] = { "GET", "POST", "DELETE", NULL };

  if (!g_strv_contains (methods, method))
    return SOUP_STATUS_METHOD_NOT_ALLOWED;
  if (count_header (headers, "Host") != 1 || strchr (path, '%') != NULL
      || strstr (path, "..") != NULL || count_header (headers, "Authorization") > 1
      || count_header (headers, "Upgrade") > 0)
    return SOUP_STATUS_BAD_REQUEST;
  return check_length (headers);
}

static guint64
read_number (SoupMessageHeaders *headers, const char *name)
{
  const char *text = soup_message_headers_get_one (headers, name);
  guint64 number = 0;

  if (text != NULL)
    g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &number, NULL);
  return number;
}

/* Prefer: wait=50 (RFC 7240), with or without other preferences. */
static guint
read_wait (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_list (headers, "Prefer");
  g_auto (GStrv) preferences = g_strsplit (text != NULL ? text : "", ",", 16);

  for (guint i = 0; preferences[i] != NULL; i++)
    {
      const char *preference = g_strstrip (preferences[i]);
      guint64 seconds = 0;

      if (g_str_has_prefix (preference, "wait=")
          && g_ascii_string_to_unsigned (preference + strlen ("wait="), 10, 0, G_MAXUINT32,
                                         &seconds, NULL))
        return (guint)MIN (seconds, MADANG_WIRE_MAX_WAIT);
    }
  return 0;
}

/* Only the proxy in front knows the client's address, and only it is believed about that. */
static void
read_source (SoupMessageHeaders *headers, MadangExchange *exchange)
{
  const char *source = soup_message_headers_get_one (headers, "X-Real-IP");

  if (exchange->service->behind_proxy && source != NULL && g_hostname_is_ip_address (source))
    {
      g_free (exchange->source);
      exchange->source = g_strdup (source);
    }
}

MadangReply *
madang_request_head_read (SoupMessageHeaders *headers, MadangExchange *exchange)
{
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");
  const char *device = soup_message_headers_get_one (headers, "Madang-Device");
  const char *coding = soup_message_headers_get_list (headers, "Accept-Encoding");

  if (read_number (headers, "Madang-Protocol") != MADANG_WIRE_PROTOCOL)
    return madang_reply_new_problem (400, "protocol");
  if (read_number (headers, "Madang-Schema") < MADANG_WIRE_SCHEMA_MIN)
    return madang_reply_new_problem (426, "upgrade");
  if (authorization != NULL && g_str_has_prefix (authorization, BEARER)
      && strlen (authorization) < LONGEST_TOKEN)
    exchange->token = g_strdup (authorization + strlen (BEARER));
  if (device != NULL && madang_id_is_valid (device))
    exchange->device = g_strdup (device);
  exchange->packs = coding != NULL && strstr (coding, "gzip") != NULL;
  exchange->wait = read_wait (headers);
  read_source (headers, exchange);
  return NULL;
}
