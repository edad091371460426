/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-record-store.h"
#include "madang-waiting.h"

G_BEGIN_DECLS

/**
 * MadangRefusedCard:
 *
 * A change that the server refused: what it was, why, what was written with it, to be read and
 * copied, and that it may be given up.
 * Signal: "discarded".
 */
#define MADANG_TYPE_REFUSED_CARD (madang_refused_card_get_type ())
G_DECLARE_FINAL_TYPE (MadangRefusedCard, madang_refused_card, MADANG, REFUSED_CARD, GtkWidget)

/* records (nullable): where names of references are read. */
GtkWidget *madang_refused_card_new (const MadangWaiting *waiting, MadangRecordStore *records);
const char *madang_refused_card_get_mid (MadangRefusedCard *self);

G_END_DECLS
