/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* What the officer is told about where the application stands. Pure; newly allocated. */

/* The banner: on its way, submitted, received with its number, to be supplemented, withdrawn … NULL in a draft.
 * now: programme clock. close_day (nullable): last day of the call. */
char *madang_application_dup_status (MadangRecord *application, const char *close_day, gint64 now);
/* "Deadline 2020. 3. 13. 24:00, 4 days left", or that it has passed. NULL without a day. */
char *madang_application_dup_deadline (const char *close_day, gint64 now);
/* The same for the day of a supplement. NULL when due is no day. */
char *madang_application_dup_supplement_deadline (const char *due, gint64 now);
/* What stands where the application would: why there is none, and until when. programme (nullable):
 * none has come yet. */
char *madang_application_dup_absence (MadangRecord *programme, const char *close_day, gint64 now);
/* Whether it has been submitted here but the server does not have it yet. */
gboolean madang_application_is_on_its_way (MadangRecord *application);

G_END_DECLS
