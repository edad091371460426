/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MadangRates:
 *
 * How much each account asks: a program that has lost its mind must not take the server from the
 * others. Far above what any person's work needs. Any thread.
 */
typedef struct _MadangRates MadangRates;

#define MADANG_RATES_BURST 2000
#define MADANG_RATES_PER_SECOND 100

MadangRates *madang_rates_new (void);
void madang_rates_free (MadangRates *self);
/* Counts a request. now: monotonic, microseconds. FALSE: it is one too many. */
gboolean madang_rates_take (MadangRates *self, const char *account, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangRates, madang_rates_free)

G_END_DECLS
