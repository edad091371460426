/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * madang_replace_file:
 * @file: where to; need not exist
 * @bytes: all that the file is to hold
 *
 * A local file is replaced only when the new one is complete on the disk; the old one stays on any
 * error. Blocks; any thread.
 *
 * Errors: G_IO_ERROR_CANCELLED, MADANG_ERROR_NO_SPACE, _FORBIDDEN, _NOT_FOUND (no such folder),
 * _FAILED.
 */
gboolean
madang_replace_file (GFile *file, GBytes *bytes, GCancellable *cancellable, GError **error);

G_END_DECLS
