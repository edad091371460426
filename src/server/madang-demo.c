/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-demo.h"

#include "madang-account-book.h"
#include "madang-crypto.h"
#include "madang-demo-applications.h"
#include "madang-error.h"
#include "madang-record-text.h"
#include "madang-reference-data.h"
#include "madang-settings.h"
#include "madang-writer.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#define START "2020-03-09T10:00:00+09:00"
/* When agencies and the programme were entered: the day the plan was approved. */
#define ENTERED "2020-02-24T09:00:00+09:00"
#define VALID_FROM "2020-01-01"
#define VALID_TO "2020-12-31"
#define PASSWORD_LENGTH 20

static gboolean
add_account (
    const MadangSave *save, GKeyFile *people, GKeyFile *keys, const char *login, GError **error)
{
  g_autofree char *name = g_key_file_get_string (people, login, "name", error);
  g_autofree char *role = g_key_file_get_string (people, login, "role", NULL);
  g_autofree char *label = g_key_file_get_string (people, login, "role_label", NULL);
  g_autofree char *agency = g_key_file_get_string (people, login, "agency", NULL);
  g_autofree char *token = madang_token_new ();
  g_autofree char *password = g_strndup (token, PASSWORD_LENGTH);
  MadangNewAccount account = { .login = login,
                               .name = name,
                               .password = password,
                               .role = role,
                               .agency = agency,
                               .valid_from = VALID_FROM,
                               .valid_to = VALID_TO };

  if (name == NULL || role == NULL || label == NULL)
    return FALSE;
  g_key_file_set_string (keys, login, "login", login);
  g_key_file_set_string (keys, login, "name", name);
  g_key_file_set_string (keys, login, "role", label);
  g_key_file_set_string (keys, login, "password", password);
  return madang_account_book_add (save, &account, error);
}

static gboolean
add_accounts (const MadangSave *save, GKeyFile *keys, GError **error)
{
  g_autoptr (GKeyFile) people = madang_record_text_load ("demo/accounts.ini", error);
  g_auto (GStrv) logins = NULL;

  if (people == NULL)
    return FALSE;
  logins = g_key_file_get_groups (people, NULL);
  for (guint i = 0; logins[i] != NULL; i++)
    {
      if (!add_account (save, people, keys, logins[i], error))
        return FALSE;
    }
  return TRUE;
}

/* The file is there before the database is: without it nobody could sign in. */
static gboolean
write_keys (const char *directory, GKeyFile *keys, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "accounts.ini", NULL);
  gsize length;
  g_autofree char *text = g_key_file_to_data (keys, &length, NULL);

  return g_file_set_contents_full (path, text, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

/* What the job of making a demonstration needs. */
typedef struct
{
  const char *directory;
  MadangClock *clock;
} MadangDemo;

static gboolean
fill (MadangWrite *write, const MadangDemo *demo, GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *programme = NULL;
  gint64 start = madang_record_text_read_time (START, NULL);
  MadangSave save = { .write = write, .now = madang_record_text_read_time (ENTERED, NULL) };

  return madang_settings_ensure (write->storage, error)
         && madang_settings_mark_demo (write->storage, error)
         && madang_settings_set_programme_now (write->storage, demo->clock, start, error)
         && madang_reference_data_add_agencies (&save, error)
         && madang_reference_data_add_systems (&save, error)
         && madang_reference_data_add_programme (&save, &programme, error)
         && add_accounts (&save, keys, error)
         && madang_demo_applications_add (write, programme, error)
         && write_keys (demo->directory, keys, error);
}

/* A database of real data is never filled with samples. */
static gboolean
fill_when_new (MadangWrite *write, gpointer data, GError **error)
{
  const MadangDemo *demo = data;
  g_autofree char *epoch = madang_settings_dup_epoch (write->storage);

  if (madang_settings_is_demo (write->storage))
    return TRUE;
  if (epoch == NULL)
    return fill (write, demo, error);
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_FORBIDDEN,
               "the database in %s is not of a demonstration", demo->directory);
  return FALSE;
}

char *
madang_demo_prepare (const char *directory, MadangClock *clock, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "central.db", NULL);
  MadangDemo demo = { directory, clock };

  if (!madang_crypto_init (error))
    return NULL;
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (code), "%s: %s", directory,
                   g_strerror (code));
      return NULL;
    }
  if (!madang_write_once (path, fill_when_new, &demo, error))
    return NULL;
  return g_steal_pointer (&path);
}
