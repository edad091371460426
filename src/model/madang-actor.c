/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-actor.h"

#include "madang-crypto.h"
#include "madang-kind-private.h"
#include "madang-scope.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FOLLOWED 4

const MadangChoice madang_role_choices[] = {
  { "city_coordinator", N_ ("City coordinator") },
  { "city_approver", N_ ("City approver") },
  { "agency_officer", N_ ("Agency officer") },
  { "department_answerer", N_ ("Answering department") },
  { "reviewer", N_ ("Reviewer") },
  { "tf_expert", N_ ("Task force expert") },
  { "panel_member", N_ ("Agenda panel member") },
  { "facilitator", N_ ("Facilitator") },
  { "vendor_operator", N_ ("Operator vendor") },
  { "analyst", N_ ("Analysis agency") },
  { "auditor", N_ ("Auditor") },
  { "system_admin", N_ ("System administrator") },
  { NULL },
};

/* What the grant puts in: its scope, and behind a beginning its agency. */
#define SCOPE_OF_GRANT "%scope"
#define AGENCY_OF_GRANT "%agency"

/* Over what a role is held, and what its feed holds. */
typedef struct
{
  MadangRole role;
  const char *scope; /* a whole one, or the beginning of one that ends with an id */
  const char *follows[MAX_FOLLOWED + 1];
} RoleFeed;

static const RoleFeed role_feeds[] = {
  { MADANG_ROLE_CITY_COORDINATOR,
    MADANG_SCOPE_PROGRAMME,
    { MADANG_SCOPE_PROGRAMME, MADANG_SCOPE_DIRECTORY, MADANG_SCOPE_OFFICE,
      MADANG_SCOPE_OFFICE_PERSONAL } },
  { MADANG_ROLE_CITY_APPROVER,
    MADANG_SCOPE_PROGRAMME,
    { MADANG_SCOPE_PROGRAMME, MADANG_SCOPE_DIRECTORY, MADANG_SCOPE_OFFICE,
      MADANG_SCOPE_OFFICE_PERSONAL } },
  { MADANG_ROLE_AGENCY_OFFICER,
    MADANG_SCOPE_OF_AGENCY,
    { MADANG_SCOPE_PROGRAMME, MADANG_SCOPE_ENTRY_OF_AGENCY AGENCY_OF_GRANT, SCOPE_OF_GRANT } },
  { MADANG_ROLE_DEPARTMENT_ANSWERER,
    MADANG_SCOPE_OF_DEPARTMENT,
    { MADANG_SCOPE_PROGRAMME, MADANG_SCOPE_ENTRY_OF_AGENCY AGENCY_OF_GRANT, SCOPE_OF_GRANT } },
  { MADANG_ROLE_REVIEWER, MADANG_SCOPE_OF_ROUND, { MADANG_SCOPE_PROGRAMME, SCOPE_OF_GRANT } },
  { MADANG_ROLE_TF_EXPERT,
    MADANG_SCOPE_OF_TASK_FORCE,
    { MADANG_SCOPE_PROGRAMME, MADANG_SCOPE_DIRECTORY, SCOPE_OF_GRANT } },
  { MADANG_ROLE_PANEL_MEMBER, MADANG_SCOPE_OF_PANEL, { SCOPE_OF_GRANT } },
  { MADANG_ROLE_FACILITATOR, MADANG_SCOPE_OF_EVENT, { SCOPE_OF_GRANT } },
  { MADANG_ROLE_VENDOR_OPERATOR, MADANG_SCOPE_OF_CONTRACT, { SCOPE_OF_GRANT } },
  { MADANG_ROLE_ANALYST, MADANG_SCOPE_OF_FORUM, { SCOPE_OF_GRANT } },
  { MADANG_ROLE_AUDITOR,
    MADANG_SCOPE_PROGRAMME,
    { MADANG_SCOPE_PROGRAMME, MADANG_SCOPE_DIRECTORY, MADANG_SCOPE_OFFICE } },
  { MADANG_ROLE_SYSTEM_ADMIN, MADANG_SCOPE_SERVER, { MADANG_SCOPE_SERVER } },
};

typedef struct
{
  MadangRole role;
  char *scope;  /* (owned) */
  char *agency; /* (owned) (nullable) */
} Grant;

struct _MadangActor
{
  char *account; /* (owned) */
  guint roles;
  GPtrArray *grants;   /* (owned): Grant (owned) */
  GPtrArray *followed; /* (owned): scopes (owned), sorted, each once */
};

static const RoleFeed *
find_feed (MadangRole role)
{
  for (gsize i = 0; i < G_N_ELEMENTS (role_feeds); i++)
    if (role_feeds[i].role == role)
      return &role_feeds[i];

  return NULL;
}

const char *
madang_role_get_scope (MadangRole role)
{
  const RoleFeed *feed = find_feed (role);

  return feed != NULL ? feed->scope : NULL;
}

/* (nullable) */
static const MadangChoice *
find_choice (MadangRole role)
{
  for (guint i = 0; madang_role_choices[i].name != NULL; i++)
    if (1 << i == (int)role)
      return &madang_role_choices[i];

  return NULL;
}

static void
free_grant (gpointer data)
{
  Grant *grant = data;

  g_free (grant->scope);
  g_free (grant->agency);
  g_free (grant);
}

/* Takes the scope. */
static void
follow (MadangActor *self, char *scope)
{
  guint place = 0;

  while (place < self->followed->len
         && strcmp (g_ptr_array_index (self->followed, place), scope) < 0)
    place++;

  if (place < self->followed->len && g_str_equal (g_ptr_array_index (self->followed, place), scope))
    g_free (scope);
  else
    g_ptr_array_insert (self->followed, place, scope);
}

static void
follow_template (MadangActor *self, const char *template, const Grant *grant)
{
  g_autofree char *prefix = NULL;

  if (g_str_equal (template, SCOPE_OF_GRANT))
    {
      follow (self, g_strdup (grant->scope));
    }
  else if (g_str_has_suffix (template, AGENCY_OF_GRANT))
    {
      /* A grant without its agency gives nothing rather than too much. */
      if (grant->agency == NULL)
        return;
      prefix = g_strndup (template, strlen (template) - strlen (AGENCY_OF_GRANT));
      follow (self, madang_scope_complete (prefix, grant->agency));
    }
  else
    {
      follow (self, g_strdup (template));
    }
}

const char *
madang_role_get_name (MadangRole role)
{
  const MadangChoice *choice = find_choice (role);

  g_return_val_if_fail (choice != NULL, "");

  return choice->name;
}

const char *
madang_role_get_label (MadangRole role)
{
  const MadangChoice *choice = find_choice (role);

  g_return_val_if_fail (choice != NULL, "");

  return madang_label_translate (choice->label);
}

MadangRole
madang_role_from_name (const char *name)
{
  g_return_val_if_fail (name != NULL, 0);

  for (guint i = 0; madang_role_choices[i].name != NULL; i++)
    if (g_str_equal (madang_role_choices[i].name, name))
      return 1 << i;

  return 0;
}

MadangActor *
madang_actor_new (const char *account)
{
  MadangActor *self;

  g_return_val_if_fail (account != NULL, NULL);

  self = g_atomic_rc_box_new0 (MadangActor);
  self->account = g_strdup (account);
  self->grants = g_ptr_array_new_with_free_func (free_grant);
  self->followed = g_ptr_array_new_with_free_func (g_free);
  follow (self, madang_scope_complete (MADANG_SCOPE_OF_ACCOUNT, account));
  return self;
}

MadangActor *
madang_actor_ref (MadangActor *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear_actor (gpointer data)
{
  MadangActor *self = data;

  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->grants, g_ptr_array_unref);
  g_clear_pointer (&self->followed, g_ptr_array_unref);
}

void
madang_actor_unref (MadangActor *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_actor);
}

void
madang_actor_add_grant (MadangActor *self, MadangRole role, const char *scope, const char *agency)
{
  const RoleFeed *feed = find_feed (role);
  Grant *grant;

  g_return_if_fail (self != NULL && feed != NULL && scope != NULL);

  if (agency == NULL)
    agency = madang_scope_get_agency (scope);

  grant = g_new0 (Grant, 1);
  grant->role = role;
  grant->scope = g_strdup (scope);
  grant->agency = g_strdup (agency);
  g_ptr_array_add (self->grants, grant);
  self->roles |= role;
  for (guint i = 0; feed->follows[i] != NULL; i++)
    follow_template (self, feed->follows[i], grant);
}

const char *
madang_actor_get_account (const MadangActor *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->account;
}

guint
madang_actor_get_roles (const MadangActor *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->roles;
}

gboolean
madang_actor_holds (const MadangActor *self, guint roles, const char *scope)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->grants->len; i++)
    {
      const Grant *grant = g_ptr_array_index (self->grants, i);

      if ((grant->role & roles) != 0 && (scope == NULL || g_str_equal (grant->scope, scope)))
        return TRUE;
    }
  return FALSE;
}

gboolean
madang_actor_holds_in (const MadangActor *self, guint roles, const char *agency)
{
  g_return_val_if_fail (self != NULL && agency != NULL, FALSE);

  for (guint i = 0; i < self->grants->len; i++)
    {
      const Grant *grant = g_ptr_array_index (self->grants, i);

      if ((grant->role & roles) != 0 && g_strcmp0 (grant->agency, agency) == 0)
        return TRUE;
    }
  return FALSE;
}

const char *
madang_actor_get_agency (const MadangActor *self, guint roles)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->grants->len; i++)
    {
      const Grant *grant = g_ptr_array_index (self->grants, i);

      if ((grant->role & roles) != 0 && grant->agency != NULL)
        return grant->agency;
    }
  return NULL;
}

char *
madang_actor_dup_digest (const MadangActor *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->grants->len; i++)
    {
      const Grant *grant = g_ptr_array_index (self->grants, i);

      g_string_append_printf (text, "%u %s %s\n", (guint)grant->role, grant->scope,
                              grant->agency != NULL ? grant->agency : "-");
    }
  return madang_digest (text->str, text->len);
}

GStrv
madang_actor_dup_subscriptions (const MadangActor *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->followed->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->followed, i));
  return g_strv_builder_end (builder);
}

gboolean
madang_actor_may_follow (const MadangActor *self, const char *scope)
{
  g_return_val_if_fail (self != NULL && scope != NULL, FALSE);

  for (guint i = 0; i < self->followed->len; i++)
    if (g_str_equal (g_ptr_array_index (self->followed, i), scope))
      return TRUE;

  return FALSE;
}
