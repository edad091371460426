/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MadangHeadStream:
 *
 * Passes a client's bytes on and keeps the head of the request as it came. What libsoup shows of
 * a head is mended already: line ends, dots and escapes in the path. Main loop only.
 */
#define MADANG_TYPE_HEAD_STREAM (madang_head_stream_get_type ())
G_DECLARE_FINAL_TYPE (MadangHeadStream, madang_head_stream, MADANG, HEAD_STREAM, GFilterInputStream)

/* More than this of a head is not kept, and a longer head is not well formed. */
#define MADANG_HEAD_MOST (16 * 1024)

MadangHeadStream *madang_head_stream_new (GInputStream *base);
/* Whether the head that was read is what RFC 9112 asks for in the parts that readers disagree on:
 * lines end with CR LF, and the target is a plain path. */
gboolean madang_head_stream_is_well_formed (MadangHeadStream *self);

G_END_DECLS
