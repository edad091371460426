/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-crypto.h"

#include "madang-error.h"

#include <string.h>

static void
test_password (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = madang_password_hash ("견본 비밀번호 1", &error);
  g_autofree char *other = madang_password_hash ("견본 비밀번호 1", &error);
  gboolean outdated = TRUE;

  g_assert_no_error (error);
  /* 19 MiB, two passes, one lane, written into the hash. */
  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
  g_assert_cmpstr (hash, !=, other);
  g_assert_true (madang_password_verify (hash, "견본 비밀번호 1", &outdated));
  g_assert_false (outdated);
  g_assert_false (madang_password_verify (hash, "견본 비밀번호 2", NULL));
  g_assert_false (madang_password_verify (hash, "", NULL));
}

static void
test_password_forms (void)
{
  g_autofree char *hash = madang_password_hash ("마당", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (madang_password_verify (hash, "\u1106\u1161\u1103\u1161\u11BC", NULL));
  g_assert_null (madang_password_hash ("\xff", &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
  g_assert_false (madang_password_verify (hash, "\xff", NULL));
}

static void
test_password_old (void)
{
  /* Made by the reference program of Argon2: printf password | argon2 somesalt12345678 -id -t 3
   * -k 8192: other costs than ours. */
  const char *hash = "$argon2id$v=19$m=8192,t=3,p=1$c29tZXNhbHQxMjM0NTY3OA$BySRY2rkGGr+TAGuKAcXo/"
                     "dr4RzB+WSE5kytdXpnQsE";
  gboolean outdated = FALSE;
  g_autofree char *endless = g_strnfill (4096, '$');

  g_assert_true (madang_password_verify (hash, "password", &outdated));
  g_assert_true (outdated);
  g_assert_false (madang_password_verify (hash, "Password", &outdated));
  g_assert_false (outdated);
  g_assert_false (madang_password_verify ("", "password", NULL));
  g_assert_false (madang_password_verify ("password", "password", NULL));
  g_assert_false (madang_password_verify (endless, "password", NULL));
}

static void
test_token (void)
{
  g_autofree char *token = madang_token_new ();
  g_autofree char *other = madang_token_new ();
  g_autofree char *hash = madang_token_hash ("abc");

  g_assert_cmpuint (strlen (token), ==, 43);
  g_assert_cmpuint (strspn (token, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_"), ==, 43);
  g_assert_cmpstr (token, !=, other);
  g_assert_cmpstr (hash, ==,
                   "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_digest (void)
{
  g_autofree char *empty = madang_digest (NULL, 0);
  g_autofree char *abc = madang_digest ("abc", 3);

  g_assert_cmpstr (empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmphex (madang_digest_head ("abc", 3), ==, G_GUINT64_CONSTANT (0xba7816bf8f01cfea));
}

/* RFC 8032, section 7.1, test 2. */
#define SEED "TM0Imyj/ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U+4pvs="
#define SECRET                                                                                     \
  "ed25519:TM0Imyj/"                                                                               \
  "ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U+4pvs9QBfD6EOJWpK3CqdNG368nJgszy7ElozAzVXxKvRmDA=="
#define PUBLIC "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
#define SIGNATURE                                                                                  \
  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d" \
  "8c387b2eaeb4302aeeb00d291612bb0c00"

static void
test_signing_vector (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangSigningKey) key = madang_signing_key_new_from_text (SECRET, &error);
  g_autofree char *public = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  public = madang_signing_key_dup_public (key);
  signature = madang_signing_key_sign (key, "\x72", 1);
  text = madang_signing_key_to_text (key);
  g_assert_cmpstr (public, ==, PUBLIC);
  g_assert_cmpstr (signature, ==, SIGNATURE);
  g_assert_cmpstr (text, ==, SECRET);
  g_assert_true (madang_signature_verify (PUBLIC, SIGNATURE, "\x72", 1));
  g_assert_false (madang_signature_verify (PUBLIC, SIGNATURE, "\x73", 1));
  g_assert_false (madang_signature_verify (PUBLIC, SIGNATURE, "\x72\x72", 2));
}

static void
test_signing_new (void)
{
  g_autoptr (MadangSigningKey) key = madang_signing_key_new ();
  g_autoptr (MadangSigningKey) other = madang_signing_key_new ();
  g_autofree char *public = madang_signing_key_dup_public (key);
  g_autofree char *other_public = madang_signing_key_dup_public (other);
  g_autofree char *signature = madang_signing_key_sign (key, "마당", strlen ("마당"));

  g_assert_cmpstr (public, !=, other_public);
  g_assert_true (madang_signature_verify (public, signature, "마당", strlen ("마당")));
  g_assert_false (madang_signature_verify (other_public, signature, "마당", strlen ("마당")));
}

static void
test_signing_hostile (void)
{
  static const char *const texts[] = {
    "", "ed25519:", "ed25519:" SEED, "rsa:" SEED, SECRET "A", "ed25519:!!!!",
  };
  g_autofree char *damaged = g_strdup (SECRET);
  g_autofree char *upper = g_ascii_strup (SIGNATURE, -1);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (madang_signing_key_new_from_text (texts[i], &error));
      g_assert_error (error, MADANG_ERROR, MADANG_ERROR_DAMAGED);
    }
  /* One letter of the public half: the two halves belong together no more. */
  damaged[70] = damaged[70] == 'A' ? 'B' : 'A';
  g_assert_null (madang_signing_key_new_from_text (damaged, NULL));
  g_assert_false (madang_signature_verify ("", SIGNATURE, "\x72", 1));
  g_assert_false (madang_signature_verify (PUBLIC "00", SIGNATURE, "\x72", 1));
  g_assert_false (madang_signature_verify (PUBLIC, "", "\x72", 1));
  g_assert_false (madang_signature_verify (PUBLIC, upper, "\x72", 1));
  g_assert_false (madang_signature_verify (PUBLIC, "zz", "\x72", 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (madang_crypto_init (NULL));
  g_test_add_func ("/base/crypto/password", test_password);
  g_test_add_func ("/base/crypto/password-forms", test_password_forms);
  g_test_add_func ("/base/crypto/password-old", test_password_old);
  g_test_add_func ("/base/crypto/token", test_token);
  g_test_add_func ("/base/crypto/digest", test_digest);
  g_test_add_func ("/base/crypto/signing-vector", test_signing_vector);
  g_test_add_func ("/base/crypto/signing-new", test_signing_new);
  g_test_add_func ("/base/crypto/signing-hostile", test_signing_hostile);
  return g_test_run ();
}
