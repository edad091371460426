/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "madang-document.h"

G_BEGIN_DECLS

/* Writes the document as PDF, with title and origin as metadata, through a temporary file that
 * replaces the old one only when complete. Any thread. */
gboolean madang_document_write_pdf (MadangDocument *document, GFile *file,
                                    GCancellable *cancellable, GError **error);

G_END_DECLS
