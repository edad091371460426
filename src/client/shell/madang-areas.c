/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-areas.h"

#include <glib/gi18n.h>

#include "madang-application-page.h"
#include "madang-intake-page.h"
#include "madang-programme-page.h"

static const MadangArea areas[] = {
  { "application", N_ ("Application"), "document-edit-symbolic", MADANG_ROLE_AGENCY_OFFICER,
    madang_application_page_new },
  { "intake", N_ ("Applications"), "folder-documents-symbolic",
    MADANG_ROLE_CITY_COORDINATOR | MADANG_ROLE_CITY_APPROVER | MADANG_ROLE_AUDITOR,
    madang_intake_page_new },
  { "programme", N_ ("Programme"), "x-office-calendar-symbolic", MADANG_ROLE_EVERY,
    madang_programme_page_new },
  { NULL },
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
