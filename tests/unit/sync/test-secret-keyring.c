/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-secret-keyring.h"

#include "madang-error.h"
#include "main-loop.h"
#include "temporary-folder.h"

#include <string.h>

#define SERVER "https://madang.invalid"

static MadangDevicePass *
load (MadangKeyring *keyring, const char *login)
{
  g_autoptr (GAsyncResult) result = NULL;

  madang_keyring_load_async (keyring, login, take_result_cb, &result);
  run_until (result != NULL);
  return madang_keyring_load_finish (keyring, result);
}

static void
save (MadangKeyring *keyring, const char *login, const MadangDevicePass *pass)
{
  madang_keyring_save (keyring, login, pass);
  while (madang_keyring_is_saving (keyring))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_text (void)
{
  g_autoptr (MadangDevicePass) pass = madang_device_pass_new ();
  g_autoptr (MadangDevicePass) without = NULL;
  g_autoptr (MadangDevicePass) with = NULL;
  g_autofree char *key = madang_signing_key_dup_public (pass->key);
  g_autofree char *text = madang_device_pass_to_text (pass);
  g_autofree char *read_key = NULL;
  g_autofree char *damaged = g_strconcat (text, "\n", NULL);

  without = madang_device_pass_new_from_text (text);
  g_assert_cmpstr (without->device, ==, pass->device);
  g_assert_null (without->token);
  read_key = madang_signing_key_dup_public (without->key);
  g_assert_cmpstr (read_key, ==, key);

  madang_device_pass_take_token (pass, g_strdup ("a token"));
  g_free (text);
  text = madang_device_pass_to_text (pass);
  with = madang_device_pass_new_from_text (text);
  g_assert_cmpstr (with->token, ==, "a token");

  g_assert_null (madang_device_pass_new_from_text (""));
  g_assert_null (madang_device_pass_new_from_text ("a\nb\nc"));
  g_assert_null (madang_device_pass_new_from_text (damaged));
}

static void
test_round_trip (void)
{
  g_autoptr (MadangKeyring) keyring = madang_secret_keyring_new (SERVER);
  g_autoptr (MadangKeyring) elsewhere = madang_secret_keyring_new ("https://other.invalid");
  g_autoptr (MadangDevicePass) pass = madang_device_pass_new ();
  g_autoptr (MadangDevicePass) found = NULL;

  g_assert_null (load (keyring, "officer"));
  madang_device_pass_take_token (pass, g_strdup ("findable"));
  save (keyring, "officer", pass);
  found = load (keyring, "officer");
  g_assert_nonnull (found);
  g_assert_cmpstr (found->device, ==, pass->device);
  g_assert_cmpstr (found->token, ==, "findable");
  g_assert_null (load (keyring, "someone else"));
  g_assert_null (load (elsewhere, "officer"));
}

static void
test_not_in_the_clear (gconstpointer data)
{
  const char *path = data;
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, 0);
  g_assert_null (memmem (contents, length, "findable", strlen ("findable")));
}

int
main (int argc, char *argv[])
{
  g_autofree char *directory = temporary_folder_new ();
  g_autofree char *path = g_build_filename (directory, "keyring", NULL);
  int status;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/secret-keyring/text", test_text);
  g_test_add_func ("/sync/secret-keyring/round-trip", test_round_trip);
  g_test_add_data_func ("/sync/secret-keyring/not-in-the-clear", path, test_not_in_the_clear);
  status = g_test_run ();
  temporary_folder_remove (directory);
  return status;
}
