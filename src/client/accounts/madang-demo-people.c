/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-demo-people.h"

#include "madang-error.h"

static void
free_person (MadangDemoPerson *self)
{
  g_free (self->login);
  g_free (self->name);
  g_free (self->role);
  g_free (self->password);
  g_free (self);
}

static MadangDemoPerson *
read_person (GKeyFile *file, const char *login, GError **error)
{
  g_autofree char *name = g_key_file_get_string (file, login, "name", error);
  g_autofree char *role = NULL;
  g_autofree char *password = NULL;
  MadangDemoPerson *self;

  if (name == NULL)
    return NULL;
  role = g_key_file_get_string (file, login, "role", error);
  if (role == NULL)
    return NULL;
  password = g_key_file_get_string (file, login, "password", error);
  if (password == NULL)
    return NULL;

  self = g_new0 (MadangDemoPerson, 1);
  self->login = g_strdup (login);
  self->name = g_steal_pointer (&name);
  self->role = g_steal_pointer (&role);
  self->password = g_steal_pointer (&password);
  return self;
}

GPtrArray *
madang_demo_people_load (const char *path, GError **error)
{
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) logins = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    return NULL;
  people = g_ptr_array_new_with_free_func ((GDestroyNotify)free_person);
  logins = g_key_file_get_groups (file, NULL);
  for (guint i = 0; logins[i] != NULL; i++)
    {
      MadangDemoPerson *person = read_person (file, logins[i], error);

      if (person == NULL)
        return NULL;
      g_ptr_array_add (people, person);
    }
  if (people->len == 0)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "No accounts in %s", path);
      return NULL;
    }
  return g_steal_pointer (&people);
}

const MadangDemoPerson *
madang_demo_people_find (GPtrArray *people, const char *login)
{
  g_return_val_if_fail (people != NULL, NULL);

  for (guint i = 0; i < people->len; i++)
    {
      const MadangDemoPerson *person = people->pdata[i];

      if (login == NULL || g_str_equal (person->login, login))
        return person;
    }
  return NULL;
}
