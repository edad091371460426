/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-crypto.h"

#include "madang-error.h"

#include <sodium.h>

/* The least that OWASP names for Argon2id: two passes over 19 MiB. */
#define OPERATIONS 2
#define MEMORY (19 * 1024 * 1024)

/* The same characters typed on two machines may arrive as syllables or as single letters. */
static char *
normalize (const char *password)
{
  return g_utf8_normalize (password, -1, G_NORMALIZE_NFC);
}

/**
 * madang_password_hash:
 * @password: UTF-8
 * @error: %MADANG_ERROR_INVALID when it is no UTF-8, %MADANG_ERROR_FAILED without memory
 *
 * Returns: (transfer full) (nullable): the hash in the PHC text form, with a salt of its own
 */
char *
madang_password_hash (const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];
  char *normal;
  int result;

  g_return_val_if_fail (password != NULL, NULL);

  if (!madang_crypto_init (error))
    return NULL;
  normal = normalize (password);
  if (normal == NULL)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "password is not UTF-8");
      return NULL;
    }
  result = crypto_pwhash_str_alg (hash, normal, strlen (normal), OPERATIONS, MEMORY,
                                  crypto_pwhash_ALG_ARGON2ID13);
  madang_secret_free (normal);
  if (result != 0)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_FAILED, "no memory for Argon2id");
      return NULL;
    }
  return g_strdup (hash);
}

/**
 * madang_password_verify:
 * @hash: a stored hash; anything else matches no password
 * @password: what was typed
 * @outdated: (out) (optional): whether it matches but was made with other parameters than new
 *     hashes are, so that it should be made anew
 *
 * Returns: whether the password is the one
 */
gboolean
madang_password_verify (const char *hash, const char *password, gboolean *outdated)
{
  char stored[crypto_pwhash_STRBYTES] = { 0 };
  char *normal;
  gboolean matches;

  g_return_val_if_fail (hash != NULL, FALSE);
  g_return_val_if_fail (password != NULL, FALSE);

  if (outdated != NULL)
    *outdated = FALSE;
  if (!madang_crypto_init (NULL) || g_strlcpy (stored, hash, sizeof stored) >= sizeof stored)
    return FALSE;
  normal = normalize (password);
  if (normal == NULL)
    return FALSE;
  matches = crypto_pwhash_str_verify (stored, normal, strlen (normal)) == 0;
  madang_secret_free (normal);
  if (matches && outdated != NULL)
    *outdated = crypto_pwhash_str_needs_rehash (stored, OPERATIONS, MEMORY) != 0;
  return matches;
}
