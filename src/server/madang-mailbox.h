/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MadangMailbox:
 *
 * Brings items from any thread to the main context of its maker, in order. Everything but send()
 * belongs to that context's thread.
 */
typedef struct _MadangMailbox MadangMailbox;

/* Owns the item. */
typedef void (*MadangMailFunc) (gpointer item, gpointer user_data);

MadangMailbox *madang_mailbox_new (MadangMailFunc func, gpointer user_data);
/* Delivers what was sent; nobody may send any more. */
void madang_mailbox_free (MadangMailbox *self);
/* Any thread. */
void madang_mailbox_send (MadangMailbox *self, gpointer item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangMailbox, madang_mailbox_free)

G_END_DECLS
