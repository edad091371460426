/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-identity.h"

MadangIdentity *
madang_identity_copy (const MadangIdentity *self)
{
  MadangIdentity *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (MadangIdentity, 1);
  copy->account = g_strdup (self->account);
  copy->login = g_strdup (self->login);
  copy->name = g_strdup (self->name);
  copy->role = g_strdup (self->role);
  copy->scope = g_strdup (self->scope);
  copy->agency = g_strdup (self->agency);
  copy->agency_name = g_strdup (self->agency_name);
  copy->lease = self->lease;
  copy->demo = self->demo;
  return copy;
}

void
madang_identity_free (MadangIdentity *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  g_free (self->login);
  g_free (self->name);
  g_free (self->role);
  g_free (self->scope);
  g_free (self->agency);
  g_free (self->agency_name);
  g_free (self);
}

MadangIdentity *
madang_identity_new_from_hello (const MadangHello *hello)
{
  MadangIdentity *self = g_new0 (MadangIdentity, 1);

  self->account = g_strdup (hello->account);
  self->login = g_strdup (hello->login);
  self->name = g_strdup (hello->name);
  self->demo = hello->demo;
  self->lease = hello->lease;
  if (hello->grants->len > 0)
    {
      const MadangWireGrant *first = g_ptr_array_index (hello->grants, 0);

      self->role = g_strdup (first->role);
      self->scope = g_strdup (first->scope);
    }
  /* Somebody of the city may also work for an agency. */
  for (guint i = 0; i < hello->grants->len && self->agency == NULL; i++)
    {
      const MadangWireGrant *grant = g_ptr_array_index (hello->grants, i);

      self->agency = g_strdup (grant->agency);
      self->agency_name = g_strdup (grant->agency_name);
    }
  return self;
}

/* A role that this build does not know gives no right here; the server decides anyway. */
MadangActor *
madang_hello_build_actor (const MadangHello *hello)
{
  MadangActor *actor = madang_actor_new (hello->account);

  for (guint i = 0; i < hello->grants->len; i++)
    {
      const MadangWireGrant *grant = g_ptr_array_index (hello->grants, i);
      MadangRole role = madang_role_from_name (grant->role);

      if (role != 0)
        madang_actor_add_grant (actor, role, grant->scope, grant->agency);
    }
  return actor;
}

static gboolean
grants_equal (const MadangWireGrant *a, const MadangWireGrant *b)
{
  return g_strcmp0 (a->role, b->role) == 0 && g_strcmp0 (a->scope, b->scope) == 0
         && g_strcmp0 (a->agency, b->agency) == 0
         && g_strcmp0 (a->agency_name, b->agency_name) == 0;
}

gboolean
madang_hello_tells_same (const MadangHello *a, const MadangHello *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (g_strcmp0 (a->account, b->account) != 0 || g_strcmp0 (a->login, b->login) != 0
      || g_strcmp0 (a->name, b->name) != 0 || a->demo != b->demo || a->lease != b->lease
      || a->grants->len != b->grants->len)
    return FALSE;
  for (guint i = 0; i < a->grants->len; i++)
    {
      if (!grants_equal (g_ptr_array_index (a->grants, i), g_ptr_array_index (b->grants, i)))
        return FALSE;
    }
  return TRUE;
}

MadangHello *
madang_hello_new_from_sign_in (const MadangSignInReply *reply)
{
  MadangHello *hello = madang_hello_new ();

  hello->epoch = g_strdup ("unknown");
  hello->account = g_strdup (reply->account);
  hello->login = g_strdup (reply->login);
  hello->name = g_strdup (reply->name);
  hello->scopes = g_new0 (char *, 1);
  return hello;
}
