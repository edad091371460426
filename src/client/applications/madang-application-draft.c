/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-application-draft.h"

#include <glib/gi18n.h>

#include "madang-application-status.h"
#include "madang-day.h"
#include "madang-id.h"

static const char *const ended_states[] = { "withdrawn", "expired", NULL };

static gboolean
has_ended (MadangRecord *application)
{
  return g_strv_contains (ended_states, madang_record_get_state (application));
}

/* The values come from our own records, so a refusal is our own mistake. */
static void
set_text (MadangRecord *record, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (text == NULL || *text == '\0')
    return;
  if (!madang_record_set (record, field, g_variant_new_string (text), &error))
    g_critical ("%s: %s", field, error->message);
}

const char *
madang_application_draft_get_agency (MadangSync *sync)
{
  const MadangActor *actor;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);

  actor = madang_sync_get_actor (sync);
  return actor != NULL ? madang_actor_get_agency (actor, MADANG_ROLE_AGENCY_OFFICER) : NULL;
}

MadangRecord *
madang_application_draft_find (MadangSync *sync, MadangRecord *programme)
{
  const char *agency;
  MadangRecordStore *records;
  g_autoptr (MadangQuery) query = NULL;
  g_autoptr (GPtrArray) found = NULL;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);

  agency = madang_application_draft_get_agency (sync);
  records = madang_sync_get_records (sync);
  if (records == NULL || agency == NULL || programme == NULL)
    return NULL;
  query = madang_query_new ("application");
  madang_query_add_equal (query, "agency", g_variant_new_string (agency));
  madang_query_add_equal (query, "programme",
                          g_variant_new_string (madang_record_get_id (programme)));
  madang_query_set_order (query, NULL, MADANG_QUERY_DESCENDING);
  found = madang_record_store_find (records, query, NULL);
  for (guint i = 0; found != NULL && i < found->len; i++)
    if (!has_ended (found->pdata[i]))
      return g_object_ref (found->pdata[i]);
  return found != NULL && found->len > 0 ? g_object_ref (found->pdata[0]) : NULL;
}

gboolean
madang_application_draft_may_create (MadangRecord *programme, MadangRecord *application)
{
  return programme != NULL && !g_str_equal (madang_record_get_state (programme), "draft")
         && (application == NULL || has_ended (application));
}

char *
madang_application_draft_dup_obstacle (MadangRecord *programme, MadangRecord *application)
{
  if (madang_application_draft_may_create (programme, application))
    return NULL;
  if (!madang_application_draft_may_create (programme, NULL))
    return madang_application_dup_absence (programme, NULL, 0);
  return g_strdup (_ ("Your agency’s application is here already. A new one can be begun once it "
                      "has been withdrawn or has expired."));
}

MadangRecord *
madang_application_draft_new (MadangSync *sync, MadangRecord *programme)
{
  const MadangKind *kind = madang_kind_find ("application");
  const char *agency;
  MadangRecord *record;
  g_autoptr (MadangRecord) own = NULL;
  g_autofree char *id = madang_id_new ();
  g_autofree char *today = NULL;
  g_autofree char *scope = NULL;

  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);
  g_return_val_if_fail (MADANG_IS_RECORD (programme), NULL);
  g_return_val_if_fail (madang_sync_get_records (sync) != NULL, NULL);

  agency = madang_application_draft_get_agency (sync);
  if (agency != NULL)
    own = madang_record_store_get (madang_sync_get_records (sync), agency, NULL);
  today = madang_day_from_instant (madang_clock_get_programme_now (madang_sync_get_clock (sync)));
  record = madang_record_new (kind, id);
  set_text (record, "programme", madang_record_get_id (programme));
  set_text (record, "agency", agency);
  set_text (record, "officer_name", madang_sync_get_identity (sync)->name);
  set_text (record, "signed_on", today);
  set_text (record, "signer",
            own != NULL ? madang_record_get_text (own, "name_ko")
                        : madang_sync_get_identity (sync)->agency_name);
  scope = kind->home_scope (record);
  madang_record_set_scope (record, scope);
  return record;
}

MadangRecord *
madang_application_draft_new_on_paper (MadangRecord *programme, const char *agency)
{
  const MadangKind *kind = madang_kind_find ("application");
  MadangRecord *record;
  g_autofree char *id = madang_id_new ();
  g_autofree char *scope = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD (programme), NULL);
  g_return_val_if_fail (agency != NULL, NULL);

  record = madang_record_new (kind, id);
  set_text (record, "programme", madang_record_get_id (programme));
  set_text (record, "agency", agency);
  madang_record_set (record, "late", g_variant_new_boolean (TRUE), NULL);
  scope = kind->home_scope (record);
  madang_record_set_scope (record, scope);
  return record;
}
