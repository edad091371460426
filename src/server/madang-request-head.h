/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What the head of a request may be. Pure: looks at method, path and headers only. */

/* 0: well framed. Otherwise the status to refuse with before a byte of the body is read: two
 * readers of an ambiguous head may see two different requests. */
guint madang_request_head_check (const char *method, const char *path, SoupMessageHeaders *headers);
/* Fills token, device, wait, packs and, behind a proxy, source. Returns the refusal of a program
 * that speaks another protocol, else NULL. */
MadangReply *madang_request_head_read (SoupMessageHeaders *headers, MadangExchange *exchange);

G_END_DECLS
