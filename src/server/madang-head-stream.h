/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MadangHeadStream:
 *
 * Passes a client's bytes on and looks at the head of the request as it came. What libsoup shows
 * of a head is mended already: line ends, dots and escapes in the path, spaces before colons. The
 * end of a head that is not well formed is kept from libsoup. Main loop only.
 */
#define MADANG_TYPE_HEAD_STREAM (madang_head_stream_get_type ())
G_DECLARE_FINAL_TYPE (MadangHeadStream, madang_head_stream, MADANG, HEAD_STREAM, GFilterInputStream)

/* More than this of a head is not kept, and a longer head is not well formed. */
#define MADANG_HEAD_MOST (16 * 1024)

MadangHeadStream *madang_head_stream_new (GInputStream *base);
/* Called once, when the head is complete and is not what RFC 9112 asks for in the parts that readers
 * disagree on: lines of their form that end with CR LF, and a plain path as target. */
typedef void (*MadangHeadRefusedFunc) (gpointer user_data);
/* func: NULL for nobody. */
void madang_head_stream_set_refused_func (MadangHeadStream *self,
                                          MadangHeadRefusedFunc func,
                                          gpointer user_data);

G_END_DECLS
