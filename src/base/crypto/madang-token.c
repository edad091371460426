/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-crypto.h"

#include "madang-error.h"

#include <sodium.h>

#define TOKEN_BYTES 32
#define TOKEN_VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define HASH_PREFIX "sha256:"

/**
 * madang_crypto_init:
 * @error: %MADANG_ERROR_FAILED when the system gives no random bytes
 *
 * Makes the functions of this room ready; calling it again does no harm.
 */
gboolean
madang_crypto_init (GError **error)
{
  if (sodium_init () < 0)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_FAILED, "libsodium does not start");
      return FALSE;
    }
  return TRUE;
}

/**
 * madang_token_new:
 *
 * Returns: (transfer full): 256 random bits as 43 characters that may stand in a header
 */
char *
madang_token_new (void)
{
  guint8 bytes[TOKEN_BYTES];
  gsize size = sodium_base64_ENCODED_LEN (TOKEN_BYTES, TOKEN_VARIANT);
  char *text = g_malloc (size);

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (text, size, bytes, sizeof bytes, TOKEN_VARIANT);
  sodium_memzero (bytes, sizeof bytes);
  return text;
}

/**
 * madang_token_hash:
 * @token: a token, also one from outside
 *
 * A token is as random as a key, so it needs no slow hash.
 *
 * Returns: (transfer full): what a database keeps of it; it names its algorithm
 */
char *
madang_token_hash (const char *token)
{
  g_autofree char *digest = NULL;

  g_return_val_if_fail (token != NULL, NULL);

  digest = madang_digest (token, strlen (token));
  return g_strconcat (HASH_PREFIX, digest, NULL);
}

void
madang_secret_free (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}

/**
 * madang_digest:
 * @data: (array length=length): any bytes
 *
 * Returns: (transfer full): 64 characters
 */
char *
madang_digest (gconstpointer data, gsize length)
{
  guint8 hash[crypto_hash_sha256_BYTES];
  gsize size = sizeof hash * 2 + 1;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  crypto_hash_sha256 (hash, data, length);
  return sodium_bin2hex (g_malloc (size), size, hash, sizeof hash);
}

/**
 * madang_digest_head:
 * @data: (array length=length): any bytes
 *
 * Returns: the first eight bytes of the digest, big-endian
 */
guint64
madang_digest_head (gconstpointer data, gsize length)
{
  guint8 hash[crypto_hash_sha256_BYTES];
  guint64 head = 0;

  g_return_val_if_fail (data != NULL || length == 0, 0);

  crypto_hash_sha256 (hash, data, length);
  for (guint i = 0; i < sizeof head; i++)
    head = head << 8 | hash[i];
  return head;
}
