/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-areas.h"

#include <glib/gi18n.h>

#include "madang-account-page.h"
#include "madang-accounts-page.h"
#include "madang-agencies-page.h"
#include "madang-application-page.h"
#include "madang-calendar-page.h"
#include "madang-conflict-page.h"
#include "madang-history-page.h"
#include "madang-intake-page.h"
#include "madang-late-entry-page.h"
#include "madang-letter-page.h"
#include "madang-notice-page.h"
#include "madang-observation-import-page.h"
#include "madang-observation-page.h"
#include "madang-programme-form-page.h"
#include "madang-programme-page.h"
#include "madang-reading-page.h"
#include "madang-system-page.h"
#include "madang-today-page.h"

#define N_KEYS 9

/* What no other area opens: changes that wait for a decision. */
static const char *const today_kinds[] = { "conflict", NULL };
static const char *const application_kinds[] = { "application", "supplement_request", NULL };
static const char *const agency_kinds[]
    = { "agency", "proposal_system", "system_observation", NULL };
static const char *const programme_kinds[] = { "programme", "milestone", "call_extension", NULL };

/* What has no page of its own: it is read with the record that this field leads to. */
static const struct
{
  const char *kind;
  const char *field;
} read_with[] = { { "supplement_request", "application" } };

static const MadangTypeFunc today_pages[]
    = { madang_today_page_get_type, madang_calendar_page_get_type, NULL };
static const MadangTypeFunc application_pages[]
    = { madang_application_page_get_type, madang_letter_page_get_type, NULL };
static const MadangTypeFunc intake_pages[]
    = { madang_intake_page_get_type, madang_reading_page_get_type, madang_late_entry_page_get_type,
        madang_letter_page_get_type, NULL };
static const MadangTypeFunc agencies_pages[]
    = { madang_agencies_page_get_type, madang_system_page_get_type,
        madang_observation_page_get_type, madang_observation_import_page_get_type, NULL };
static const MadangTypeFunc programme_pages[]
    = { madang_programme_page_get_type, madang_programme_form_page_get_type, NULL };
static const char *const account_kinds[] = { "account", "role_grant", NULL };
static const MadangTypeFunc account_pages[]
    = { madang_accounts_page_get_type, madang_account_page_get_type, NULL };
/* Pages that anybody may come to, whatever the area. */
static const MadangTypeFunc common_pages[]
    = { madang_conflict_page_get_type, madang_history_page_get_type, madang_notice_page_get_type,
        NULL };

static const MadangArea areas[] = {
  { "today", N_ ("Today"), "preferences-system-time-symbolic", MADANG_ROLE_EVERY,
    madang_today_page_new, today_kinds, today_pages },
  { "application", N_ ("Application"), "document-edit-symbolic", MADANG_ROLE_AGENCY_OFFICER,
    madang_application_page_new, application_kinds, application_pages },
  { "intake", N_ ("Applications"), "folder-documents-symbolic",
    MADANG_ROLE_CITY_COORDINATOR | MADANG_ROLE_CITY_APPROVER | MADANG_ROLE_AUDITOR,
    madang_intake_page_new, application_kinds, intake_pages },
  { "agencies", N_ ("Agencies and Systems"), "network-workgroup-symbolic",
    MADANG_ROLE_CITY_COORDINATOR | MADANG_ROLE_CITY_APPROVER | MADANG_ROLE_AUDITOR
        | MADANG_ROLE_AGENCY_OFFICER | MADANG_ROLE_DEPARTMENT_ANSWERER | MADANG_ROLE_TF_EXPERT,
    madang_agencies_page_new, agency_kinds, agencies_pages },
  { "programme", N_ ("Programme"), "x-office-calendar-symbolic",
    MADANG_ROLE_CITY_COORDINATOR | MADANG_ROLE_CITY_APPROVER | MADANG_ROLE_AUDITOR
        | MADANG_ROLE_AGENCY_OFFICER | MADANG_ROLE_DEPARTMENT_ANSWERER | MADANG_ROLE_REVIEWER
        | MADANG_ROLE_TF_EXPERT,
    madang_programme_page_new, programme_kinds, programme_pages },
  { "accounts", N_ ("Accounts"), "system-users-symbolic", MADANG_ROLE_SYSTEM_ADMIN,
    madang_accounts_page_new, account_kinds, account_pages },
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

/* Who holds no role at all still comes to what is there for everybody. */
static gboolean
serves (const MadangArea *area, guint roles)
{
  return (area->roles & roles) != 0 || (roles == 0 && area->roles == MADANG_ROLE_EVERY);
}

const MadangArea *
madang_area_next (const MadangArea *area, guint roles)
{
  for (area = area != NULL ? area + 1 : areas; area->name != NULL; area++)
    if (serves (area, roles))
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

static MadangRecord *
find_reader (MadangRecordStore *records, const char *field, const char *id)
{
  g_autoptr (MadangRecord) record = madang_record_store_get (records, id, NULL);

  return record != NULL
             ? madang_record_store_get (records, madang_record_get_text (record, field), NULL)
             : NULL;
}

MadangPage *
madang_area_find_record_page (MadangPage *page, const char *kind, const char *id)
{
  MadangRecordStore *records;
  g_autoptr (MadangRecord) reader = NULL;

  g_return_val_if_fail (MADANG_IS_PAGE (page), NULL);
  g_return_val_if_fail (kind != NULL && id != NULL, NULL);

  records = madang_sync_get_records (madang_page_get_sync (page));
  for (gsize i = 0; i < G_N_ELEMENTS (read_with); i++)
    if (g_str_equal (read_with[i].kind, kind))
      {
        reader = records != NULL ? find_reader (records, read_with[i].field, id) : NULL;
        return reader != NULL
                   ? madang_page_find_record_page (page, madang_record_get_kind (reader)->name,
                                                   madang_record_get_id (reader))
                   : NULL;
      }
  return madang_page_find_record_page (page, kind, id);
}

MadangPage *
madang_area_open_for_all (MadangSync *sync, const char *kind, const char *id)
{
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (kind != NULL && id != NULL, NULL);

  return g_str_equal (kind, "notice") ? madang_notice_page_new (sync, id) : NULL;
}

char *
madang_area_dup_key (guint number)
{
  return number >= 1 && number <= N_KEYS ? g_strdup_printf ("<Alt>%u", number) : NULL;
}

char *
madang_area_dup_keys_text (guint number)
{
  g_autofree char *key = madang_area_dup_key (number);

  return madang_command_dup_keys_text ((const char *[]){ key, NULL });
}

static void
append_types (GArray *types, const MadangTypeFunc *pages)
{
  for (; *pages != NULL; pages++)
    {
      const GType type = (*pages) ();
      gboolean there = FALSE;

      for (guint i = 0; i < types->len; i++)
        there = there || g_array_index (types, GType, i) == type;
      if (!there)
        g_array_append_val (types, type);
    }
}

GArray *
madang_area_dup_page_types (guint roles)
{
  GArray *types = g_array_new (FALSE, FALSE, sizeof (GType));

  for (const MadangArea *area = madang_area_next (NULL, roles); area != NULL;
       area = madang_area_next (area, roles))
    append_types (types, area->pages);
  append_types (types, common_pages);
  return types;
}
