/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-history.h"

#include "madang-kind-private.h"

static gboolean
holds_agency (const MadangActor *actor, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  const char *agency = kind->agency_of != NULL ? kind->agency_of (record) : NULL;

  return agency != NULL && madang_actor_holds_in (actor, MADANG_ROLE_AGENCY_OFFICER, agency);
}

static gboolean
holds_home (const MadangActor *actor, MadangRecord *record)
{
  const char *home = madang_record_get_scope (record);

  return home != NULL && madang_actor_holds (actor, MADANG_ROLE_SYSTEM_ADMIN, home);
}

gboolean
madang_history_may_read (const MadangActor *actor, MadangRecord *record)
{
  g_return_val_if_fail (actor != NULL, FALSE);
  g_return_val_if_fail (MADANG_IS_RECORD (record), FALSE);

  return madang_actor_holds (actor, MADANG_ROLES_OFFICE, NULL) || holds_agency (actor, record)
         || holds_home (actor, record);
}
