/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/* Says in a toast of the page that the event happened to the record. While nobody but this device
 * knows of it (there is no network), the toast has a button that takes it back; what was sent
 * already has none. */
void madang_undo_offer (MadangPage *page, MadangRecord *record, const MadangEvent *event);

/* Takes a change back that waits unsent; toasts of the page tell what came of it. */
void madang_undo_run (MadangPage *page, const char *mid);

/* A sentence for an error of madang_sync_discard_async() with such a change. */
char *madang_undo_dup_error_text (const GError *error);

G_END_DECLS
