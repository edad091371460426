/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a request asks for. Borrowed pointers, valid while it is sent. */
typedef struct
{
  const char *method;
  const char *path;         /* "/sync/v1/hello" */
  const char *token;        /* (nullable) */
  const char *device;       /* (nullable) */
  const char *content_type; /* of the body (nullable) */
  GBytes *body;             /* (nullable) */
  guint wait;               /* seconds that the server may hold the answer */
  /* 0: the body of a good answer is a stream of lines; else it is read whole, up to so many
   * bytes. Other answers are always read whole. */
  gsize body_limit;
} MadangTransportRequest;

#define MADANG_TRANSPORT_BODY_LIMIT (1024 * 1024)

typedef struct
{
  guint status;
  gboolean ours;       /* it says that it speaks our protocol */
  char *epoch;         /* (owned) (nullable) */
  char *rights;        /* (owned) (nullable): opaque; another one: the person may do other things */
  guint retry_after;   /* seconds; 0: not said */
  GBytes *body;        /* (owned) (nullable): when it was read whole */
  GInputStream *lines; /* (owned) (nullable): else */
} MadangTransportReply;

MadangTransportReply *madang_transport_reply_new (guint status, gboolean ours);
void madang_transport_reply_free (MadangTransportReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangTransportReply, madang_transport_reply_free)

/**
 * MadangTransport:
 *
 * Carries a request to the server and its answer back; tests have one without a network.
 * Confined to the thread that sends, in its thread-default context.
 */
#define MADANG_TYPE_TRANSPORT (madang_transport_get_type ())
G_DECLARE_INTERFACE (MadangTransport, madang_transport, MADANG, TRANSPORT, GObject)

struct _MadangTransportInterface
{
  GTypeInterface parent;
  void (*send_async) (MadangTransport *self,
                      const MadangTransportRequest *request,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  MadangTransportReply *(*send_finish) (MadangTransport *self,
                                        GAsyncResult *result,
                                        GError **error);
};

/* Errors: MADANG_ERROR_OFFLINE, MADANG_ERROR_NOT_OUR_SERVER (its certificate is not good),
 * MADANG_ERROR_TOO_LARGE, G_IO_ERROR_CANCELLED. Any status is an answer, not an error. */
void madang_transport_send_async (MadangTransport *self,
                                  const MadangTransportRequest *request,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
MadangTransportReply *
madang_transport_send_finish (MadangTransport *self, GAsyncResult *result, GError **error);

G_END_DECLS
