/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a target implements; libFuzzer and our own driver call it. A target that finds a broken
 * promise aborts. */
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

G_END_DECLS
