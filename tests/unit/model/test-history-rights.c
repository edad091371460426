/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"

#include "madang-accounts.h"
#include "madang-history.h"
#include "madang-scope.h"

/* The row "audit trail" of the table of permissions: the office and the auditor everywhere, officers
 * in their own agency, and of all others nobody. */
static void
test_application (void)
{
  const guint allowed = MADANG_ROLE_CITY_COORDINATOR | MADANG_ROLE_CITY_APPROVER
                        | MADANG_ROLE_AUDITOR | MADANG_ROLE_AGENCY_OFFICER;
  g_autoptr (MadangRecord) application = sample_application_new (APPLICATION);

  for (guint bit = 0; bit < 12; bit++)
    {
      const MadangRole role = 1u << bit;
      g_autoptr (MadangActor) actor = sample_actor_new (role);

      g_test_message ("%s", madang_role_get_name (role));
      g_assert_cmpint (madang_history_may_read (actor, application), ==, (allowed & role) != 0);
    }
}

static void
test_other_agency (void)
{
  g_autoptr (MadangRecord) application = sample_application_new (APPLICATION);
  g_autoptr (MadangActor) officer = sample_actor_new (MADANG_ROLE_AGENCY_OFFICER);
  g_autoptr (MadangActor) nobody = madang_actor_new (ACCOUNT);

  set_text (application, "agency", OTHER_AGENCY);
  g_assert_false (madang_history_may_read (officer, application));
  g_assert_false (madang_history_may_read (nobody, application));
}

/* What everybody in the programme reads, not everybody answers for. */
static void
test_programme (void)
{
  g_autoptr (MadangRecord) programme = sample_programme_new ();
  g_autoptr (MadangActor) officer = sample_actor_new (MADANG_ROLE_AGENCY_OFFICER);
  g_autoptr (MadangActor) approver = sample_actor_new (MADANG_ROLE_CITY_APPROVER);

  g_assert_true (madang_rights_may_read (officer, programme, MADANG_PART_MAIN));
  g_assert_false (madang_history_may_read (officer, programme));
  g_assert_true (madang_history_may_read (approver, programme));
}

/* Accounts are the administrator's; to hold one is not to answer for it. */
static void
test_account (void)
{
  g_autoptr (MadangRecord) account = madang_record_new (&madang_account_kind, ACCOUNT);
  g_autoptr (MadangActor) admin = sample_actor_new (MADANG_ROLE_SYSTEM_ADMIN);
  g_autoptr (MadangActor) owner = sample_actor_new (MADANG_ROLE_AGENCY_OFFICER);

  madang_record_set_scope (account, MADANG_SCOPE_SERVER);
  g_assert_true (madang_history_may_read (admin, account));
  g_assert_false (madang_history_may_read (owner, account));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history-rights/application", test_application);
  g_test_add_func ("/history-rights/other-agency", test_other_agency);
  g_test_add_func ("/history-rights/programme", test_programme);
  g_test_add_func ("/history-rights/account", test_account);
  return g_test_run ();
}
