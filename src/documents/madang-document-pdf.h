/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "madang-document.h"

G_BEGIN_DECLS

/**
 * madang_document_write_pdf:
 *
 * Writes the document as PDF, with its title, and with its origin as keywords
 * ("madang-record:… madang-version:… madang-digest:…"). A local file is replaced only when the new
 * one is complete on the disk; the old one stays on any error. Blocks; any thread.
 *
 * Errors: G_IO_ERROR_CANCELLED, MADANG_ERROR_NO_SPACE, _FORBIDDEN, _NOT_FOUND (no such folder),
 * _FAILED.
 */
gboolean madang_document_write_pdf (MadangDocument *document,
                                    GFile *file,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
