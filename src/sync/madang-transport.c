/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-transport.h"

G_DEFINE_INTERFACE (MadangTransport, madang_transport, G_TYPE_OBJECT)

static void
madang_transport_default_init (MadangTransportInterface *iface)
{
}

MadangTransportReply *
madang_transport_reply_new (guint status, gboolean ours)
{
  MadangTransportReply *self = g_new0 (MadangTransportReply, 1);

  self->status = status;
  self->ours = ours;
  return self;
}

void
madang_transport_reply_free (MadangTransportReply *self)
{
  if (self == NULL)
    return;
  g_free (self->epoch);
  g_free (self->rights);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_object (&self->lines);
  g_free (self);
}

void
madang_transport_send_async (MadangTransport *self,
                             const MadangTransportRequest *request,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (MADANG_IS_TRANSPORT (self));
  g_return_if_fail (request != NULL);

  MADANG_TRANSPORT_GET_IFACE (self)->send_async (self, request, cancellable, callback, user_data);
}

/**
 * madang_transport_send_finish:
 *
 * Returns: (transfer full) (nullable): the answer
 */
MadangTransportReply *
madang_transport_send_finish (MadangTransport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (MADANG_IS_TRANSPORT (self), NULL);

  return MADANG_TRANSPORT_GET_IFACE (self)->send_finish (self, result, error);
}
