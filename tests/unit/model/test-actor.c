/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"

#include "madang-scope.h"

static void
assert_subscriptions (MadangRole role, const char *expected)
{
  g_autoptr (MadangActor) actor = sample_actor_new (role);
  g_auto (GStrv) scopes = madang_actor_dup_subscriptions (actor);
  g_autofree char *joined = g_strjoinv (" ", scopes);

  g_assert_cmpstr (joined, ==, expected);
  for (guint i = 0; scopes[i] != NULL; i++)
    g_assert_true (madang_actor_may_follow (actor, scopes[i]));
}

static void
test_subscriptions (void)
{
  assert_subscriptions (MADANG_ROLE_CITY_COORDINATOR,
                        "directory office office-personal programme self:" ACCOUNT);
  assert_subscriptions (MADANG_ROLE_CITY_APPROVER,
                        "directory office office-personal programme self:" ACCOUNT);
  assert_subscriptions (MADANG_ROLE_AUDITOR, "directory office programme self:" ACCOUNT);
  assert_subscriptions (MADANG_ROLE_AGENCY_OFFICER,
                        "agency:" AGENCY " directory:" AGENCY " programme self:" ACCOUNT);
  assert_subscriptions (MADANG_ROLE_DEPARTMENT_ANSWERER,
                        "dept:d1 directory:" AGENCY " programme self:" ACCOUNT);
  assert_subscriptions (MADANG_ROLE_REVIEWER, "programme round:r1 self:" ACCOUNT);
  assert_subscriptions (MADANG_ROLE_TF_EXPERT, "directory programme self:" ACCOUNT " tf:t1");
  assert_subscriptions (MADANG_ROLE_PANEL_MEMBER, "panel:p1 self:" ACCOUNT);
  assert_subscriptions (MADANG_ROLE_FACILITATOR, "event:e1 self:" ACCOUNT);
  assert_subscriptions (MADANG_ROLE_VENDOR_OPERATOR, "contract:c1 self:" ACCOUNT);
  assert_subscriptions (MADANG_ROLE_ANALYST, "forum:f1 self:" ACCOUNT);
  assert_subscriptions (MADANG_ROLE_SYSTEM_ADMIN, "self:" ACCOUNT " server");
}

static void
test_nobody (void)
{
  g_autoptr (MadangActor) actor = madang_actor_new (ACCOUNT);
  g_auto (GStrv) scopes = madang_actor_dup_subscriptions (actor);

  g_assert_cmpuint (g_strv_length (scopes), ==, 1);
  g_assert_cmpstr (scopes[0], ==, "self:" ACCOUNT);
  g_assert_cmpuint (madang_actor_get_roles (actor), ==, 0);
  g_assert_false (madang_actor_holds (actor, MADANG_ROLE_EVERY, NULL));
  g_assert_null (madang_actor_get_agency (actor, MADANG_ROLE_EVERY));
  g_assert_false (madang_actor_may_follow (actor, "programme"));
}

static void
test_several_grants (void)
{
  g_autoptr (MadangActor) actor = sample_actor_new (MADANG_ROLE_AGENCY_OFFICER);
  g_auto (GStrv) scopes = NULL;
  g_autofree char *joined = NULL;

  madang_actor_add_grant (actor, MADANG_ROLE_AGENCY_OFFICER, "agency:" OTHER_AGENCY, NULL);
  madang_actor_add_grant (actor, MADANG_ROLE_AUDITOR, "programme", NULL);
  scopes = madang_actor_dup_subscriptions (actor);
  joined = g_strjoinv (" ", scopes);
  g_assert_cmpstr (joined, ==,
                   "agency:" AGENCY " agency:" OTHER_AGENCY " directory directory:" AGENCY
                   " directory:" OTHER_AGENCY " office programme self:" ACCOUNT);
  g_assert_cmpstr (madang_actor_get_agency (actor, MADANG_ROLE_EVERY), ==, AGENCY);
  g_assert_true (madang_actor_holds_in (actor, MADANG_ROLE_AGENCY_OFFICER, OTHER_AGENCY));
  g_assert_false (madang_actor_holds_in (actor, MADANG_ROLE_AUDITOR, AGENCY));
}

static void
test_holds (void)
{
  g_autoptr (MadangActor) actor = sample_actor_new (MADANG_ROLE_DEPARTMENT_ANSWERER);

  g_assert_true (madang_actor_holds (actor, MADANG_ROLE_DEPARTMENT_ANSWERER, "dept:d1"));
  g_assert_false (madang_actor_holds (actor, MADANG_ROLE_DEPARTMENT_ANSWERER, "dept:d2"));
  g_assert_false (madang_actor_holds (actor, MADANG_ROLE_AGENCY_OFFICER, NULL));
  g_assert_true (madang_actor_holds_in (actor, MADANG_ROLE_DEPARTMENT_ANSWERER, AGENCY));
  g_assert_false (madang_actor_holds_in (actor, MADANG_ROLE_AGENCY_OFFICER, AGENCY));
}

static void
test_role_names (void)
{
  /* In the order of the bits. */
  static const char *const names[] = {
    "city_coordinator", "city_approver", "agency_officer", "department_answerer",
    "reviewer",         "tf_expert",     "panel_member",   "facilitator",
    "vendor_operator",  "analyst",       "auditor",        "system_admin",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      MadangRole role = 1 << i;

      g_assert_cmpstr (madang_role_get_name (role), ==, names[i]);
      g_assert_cmpint (madang_role_from_name (names[i]), ==, role);
      g_assert_cmpstr (madang_role_get_label (role), !=, "");
    }
  g_assert_cmpint (madang_role_from_name ("mayor"), ==, 0);
}

/* The choices of a role grant are the roles, no more and no fewer, with the same words. */
static void
test_role_choices (void)
{
  const MadangField *field = madang_kind_find_field (madang_kind_find ("role_grant"), "role");
  guint roles = 0;

  for (const MadangChoice *choice = field->choices; choice->name != NULL; choice++)
    {
      MadangRole role = madang_role_from_name (choice->name);

      g_assert_cmpint (role, !=, 0);
      g_assert_cmpstr (choice->label, ==, madang_role_get_label (role));
      roles |= role;
    }
  g_assert_cmpuint (roles, ==, MADANG_ROLE_EVERY);
}

static void
test_role_scopes (void)
{
  g_assert_cmpstr (madang_role_get_scope (MADANG_ROLE_AUDITOR), ==, "programme");
  g_assert_cmpstr (madang_role_get_scope (MADANG_ROLE_AGENCY_OFFICER), ==, "agency:");
  g_assert_cmpstr (madang_role_get_scope (MADANG_ROLE_SYSTEM_ADMIN), ==, "server");
  for (guint bit = 0; bit < 12; bit++)
    g_assert_nonnull (madang_role_get_scope (1 << bit));
}

static void
test_scope_texts (void)
{
  g_autofree char *agency = madang_scope_complete (MADANG_SCOPE_OF_AGENCY, "11010");

  g_assert_cmpstr (agency, ==, "agency:11010");
  g_assert_cmpstr (madang_scope_get_agency (agency), ==, "11010");
  g_assert_null (madang_scope_get_agency ("dept:11010"));
  g_assert_null (madang_scope_get_agency ("programme"));

  g_assert_true (madang_scope_fits ("agency:11010", "agency:"));
  g_assert_false (madang_scope_fits ("agency:", "agency:"));
  g_assert_false (madang_scope_fits ("dept:11010", "agency:"));
  g_assert_true (madang_scope_fits ("programme", "programme"));
  g_assert_false (madang_scope_fits ("programme:1", "programme"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/actor/subscriptions", test_subscriptions);
  g_test_add_func ("/actor/nobody", test_nobody);
  g_test_add_func ("/actor/several-grants", test_several_grants);
  g_test_add_func ("/actor/holds", test_holds);
  g_test_add_func ("/actor/role-names", test_role_names);
  g_test_add_func ("/actor/role-choices", test_role_choices);
  g_test_add_func ("/actor/role-scopes", test_role_scopes);
  g_test_add_func ("/actor/scope-texts", test_scope_texts);

  return g_test_run ();
}
