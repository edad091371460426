/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sync.h"

G_BEGIN_DECLS

/* How much there is in each filter of the coordinator's list, and who has not applied: counted on
 * the reader's thread. */
typedef struct
{
  GArray *numbers;     /* (owned) (element-type gint64): see madang_intake_filters_count() */
  GPtrArray *agencies; /* (owned) (nullable) (element-type MadangRecord): not known here */
} MadangIntakeCount;

void madang_intake_count_free (MadangIntakeCount *self);

/* programme (nullable): whose agencies are called. alone: there is no other, so that all
 * applications are its own. */
void madang_intake_count_async (MadangSync *sync,
                                MadangRecord *programme,
                                gboolean alone,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* (transfer full) (nullable): with the error */
MadangIntakeCount *
madang_intake_count_finish (MadangSync *sync, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangIntakeCount, madang_intake_count_free)

G_END_DECLS
