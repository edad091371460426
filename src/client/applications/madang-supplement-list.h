/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "madang-sync.h"

G_BEGIN_DECLS

/**
 * MadangSupplementList:
 *
 * What was asked of an application's agency, until when, and what it answered; the latest first.
 * Nothing is seen of it while nothing was asked.
 *
 * Signal "letter" (MadangRecord): the person wants the letter of that request.
 */
#define MADANG_TYPE_SUPPLEMENT_LIST (madang_supplement_list_get_type ())
G_DECLARE_FINAL_TYPE (
    MadangSupplementList, madang_supplement_list, MADANG, SUPPLEMENT_LIST, GtkWidget)

GtkWidget *madang_supplement_list_new (void);
/* As the cache has them now. application: id; now: programme clock. */
void madang_supplement_list_load (MadangSupplementList *self,
                                  MadangRecordStore *records,
                                  const char *application,
                                  gint64 now);

G_END_DECLS
