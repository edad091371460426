/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-areas.h"

#include <glib/gi18n.h>

#include "madang-application-page.h"
#include "madang-conflict-page.h"
#include "madang-intake-page.h"
#include "madang-programme-page.h"
#include "madang-reading-page.h"

static const char *const application_kinds[] = { "application", NULL };
static const char *const programme_kinds[] = { "programme", "milestone", "agency", NULL };

static const MadangArea areas[] = {
  { "application", N_ ("Application"), "document-edit-symbolic", MADANG_ROLE_AGENCY_OFFICER,
    madang_application_page_new, application_kinds },
  { "intake", N_ ("Applications"), "folder-documents-symbolic",
    MADANG_ROLE_CITY_COORDINATOR | MADANG_ROLE_CITY_APPROVER | MADANG_ROLE_AUDITOR,
    madang_intake_page_new, application_kinds },
  { "programme", N_ ("Programme"), "x-office-calendar-symbolic", MADANG_ROLE_EVERY,
    madang_programme_page_new, programme_kinds },
  { NULL },
};

static const MadangTypeFunc page_types[] = {
  madang_application_page_get_type, madang_conflict_page_get_type, madang_intake_page_get_type,
  madang_programme_page_get_type,   madang_reading_page_get_type,  NULL,
};

const MadangArea *
madang_area_list (void)
{
  return areas;
}

const char *
madang_area_get_title (const MadangArea *area)
{
  g_return_val_if_fail (area != NULL, NULL);
  return _ (area->title);
}

const MadangArea *
madang_area_next (const MadangArea *area, guint roles)
{
  for (area = area != NULL ? area + 1 : areas; area->name != NULL; area++)
    if ((area->roles & roles) != 0)
      return area;
  return NULL;
}

const MadangArea *
madang_area_find_for_kind (const char *kind, guint roles)
{
  g_return_val_if_fail (kind != NULL, NULL);

  for (const MadangArea *area = madang_area_next (NULL, roles); area != NULL;
       area = madang_area_next (area, roles))
    if (area->kinds != NULL && g_strv_contains (area->kinds, kind))
      return area;
  return NULL;
}

const MadangTypeFunc *
madang_area_list_page_types (void)
{
  return page_types;
}
