/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-transport.h"

G_BEGIN_DECLS

/**
 * LossyTransport:
 *
 * Passes everything to another transport, but for what it is told to lose. May be told from any
 * thread.
 */
#define LOSSY_TYPE_TRANSPORT (lossy_transport_get_type ())
G_DECLARE_FINAL_TYPE (LossyTransport, lossy_transport, LOSSY, TRANSPORT, GObject)

LossyTransport *lossy_transport_new (MadangTransport *inner);
/* Nothing goes out any more, and what is on its way is given up. */
void lossy_transport_cut (LossyTransport *self, gboolean cut);
/* The answer to the next request of this path is lost. */
void lossy_transport_lose_reply (LossyTransport *self, const char *path);
guint lossy_transport_count_lost (LossyTransport *self);

G_END_DECLS
