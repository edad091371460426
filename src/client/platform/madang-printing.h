/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-document.h"

G_BEGIN_DECLS

/* Opens the system's print dialog for a paper; the pages are those on the screen.
 * job: what the queue calls it. FALSE with error: printing failed; dismissing is no error. */
gboolean
madang_printing_run (GtkWindow *parent, MadangDocument *document, const char *job, GError **error);

G_END_DECLS
