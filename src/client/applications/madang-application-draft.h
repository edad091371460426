/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sync.h"

G_BEGIN_DECLS

/* Where an agency's application begins. Main thread; reads from the cache. */

/* The agency for which the person writes; borrowed (nullable): for none. */
const char *madang_application_draft_get_agency (MadangSync *sync);
/* This agency's application to the programme: the one that is alive, else the last that ended.
 * programme (nullable). (transfer full) (nullable). */
MadangRecord *madang_application_draft_find (MadangSync *sync, MadangRecord *programme);
/* Whether a new one may be begun while this one (nullable) is there: not before the call of the
 * programme (nullable) has opened. */
gboolean madang_application_draft_may_create (MadangRecord *programme, MadangRecord *application);
/* Why none may be begun, in words; newly allocated. NULL: one may. Both are nullable. */
char *madang_application_draft_dup_obstacle (MadangRecord *programme, MadangRecord *application);
/* A draft with what is known already: agency, programme, officer, day, signer. */
MadangRecord *madang_application_draft_new (MadangSync *sync, MadangRecord *programme);
/* An agency's form that the city enters from paper: nothing is known but whose it is. */
MadangRecord *madang_application_draft_new_on_paper (MadangRecord *programme, const char *agency);

G_END_DECLS
