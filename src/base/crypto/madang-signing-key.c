/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-crypto.h"

#include "madang-error.h"

#include <sodium.h>

#define TEXT_PREFIX "ed25519:"

struct _MadangSigningKey
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  guint8 public[crypto_sign_PUBLICKEYBYTES];
};

G_STATIC_ASSERT (crypto_sign_BYTES == MADANG_SIGNATURE_BYTES);
G_STATIC_ASSERT (crypto_sign_PUBLICKEYBYTES == MADANG_PUBLIC_KEY_BYTES);
G_STATIC_ASSERT (crypto_sign_SECRETKEYBYTES == MADANG_SECRET_KEY_BYTES);

static char *
dup_hex (const guint8 *bytes, gsize length)
{
  gsize size = length * 2 + 1;

  return sodium_bin2hex (g_malloc (size), size, bytes, length);
}

/* Only the one form that dup_hex() writes is read. */
static gboolean
read_hex (const char *text, guint8 *bytes, gsize length)
{
  gsize read = 0;

  if (strlen (text) != length * 2)
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    {
      if (g_ascii_isupper (*at))
        return FALSE;
    }
  return sodium_hex2bin (bytes, length, text, length * 2, NULL, &read, NULL) == 0 && read == length;
}

/**
 * madang_signing_key_new:
 *
 * Returns: (transfer full): a new random key
 */
MadangSigningKey *
madang_signing_key_new (void)
{
  MadangSigningKey *self = g_new0 (MadangSigningKey, 1);

  madang_crypto_init (NULL);
  crypto_sign_keypair (self->public, self->secret);
  return self;
}

/**
 * madang_signing_key_new_from_text:
 * @text: the text form of a key
 * @error: %MADANG_ERROR_DAMAGED when it is none
 *
 * Returns: (transfer full) (nullable): the key
 */
MadangSigningKey *
madang_signing_key_new_from_text (const char *text, GError **error)
{
  g_autoptr (MadangSigningKey) self = g_new0 (MadangSigningKey, 1);
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  guint8 seed[crypto_sign_SEEDBYTES];
  gsize length = 0;
  gboolean good;

  g_return_val_if_fail (text != NULL, NULL);

  good = g_str_has_prefix (text, TEXT_PREFIX)
         && sodium_base642bin (secret, sizeof secret, text + strlen (TEXT_PREFIX),
                               strlen (text) - strlen (TEXT_PREFIX), NULL, &length, NULL,
                               sodium_base64_VARIANT_ORIGINAL)
                == 0
         && length == sizeof secret;
  if (good)
    {
      /* The second half of the secret is the public key; made anew, a damaged text shows. */
      crypto_sign_ed25519_sk_to_seed (seed, secret);
      crypto_sign_seed_keypair (self->public, self->secret, seed);
      good = sodium_memcmp (self->secret, secret, sizeof secret) == 0;
    }
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (secret, sizeof secret);
  if (!good)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_DAMAGED, "not a signing key");
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * madang_signing_key_to_text:
 *
 * Returns: (transfer full): the secret key as text, for the Secret Service and nothing else
 */
char *
madang_signing_key_to_text (const MadangSigningKey *self)
{
  char base64[sodium_base64_ENCODED_LEN (crypto_sign_SECRETKEYBYTES,
                                         sodium_base64_VARIANT_ORIGINAL)];
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  sodium_bin2base64 (base64, sizeof base64, self->secret, sizeof self->secret,
                     sodium_base64_VARIANT_ORIGINAL);
  text = g_strconcat (TEXT_PREFIX, base64, NULL);
  sodium_memzero (base64, sizeof base64);
  return text;
}

/**
 * madang_signing_key_dup_public:
 *
 * Returns: (transfer full): the public key in lower-case hexadecimal
 */
char *
madang_signing_key_dup_public (const MadangSigningKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dup_hex (self->public, sizeof self->public);
}

/**
 * madang_signing_key_sign:
 * @data: (array length=length): what is signed
 *
 * Returns: (transfer full): the signature in lower-case hexadecimal; the same for the same bytes
 */
char *
madang_signing_key_sign (const MadangSigningKey *self, gconstpointer data, gsize length)
{
  guint8 signature[crypto_sign_BYTES];

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (data != NULL || length == 0, NULL);

  crypto_sign_detached (signature, NULL, data, length, self->secret);
  return dup_hex (signature, sizeof signature);
}

/**
 * madang_signature_verify:
 * @public_key: lower-case hexadecimal, from outside
 * @signature: lower-case hexadecimal, from outside
 * @data: (array length=length): what is said to be signed
 *
 * Returns: whether the holder of the key signed exactly these bytes
 */
gboolean
madang_signature_verify (const char *public_key,
                         const char *signature,
                         gconstpointer data,
                         gsize length)
{
  guint8 key[crypto_sign_PUBLICKEYBYTES];
  guint8 bytes[crypto_sign_BYTES];

  g_return_val_if_fail (public_key != NULL, FALSE);
  g_return_val_if_fail (signature != NULL, FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  return read_hex (public_key, key, sizeof key) && read_hex (signature, bytes, sizeof bytes)
         && crypto_sign_verify_detached (bytes, data, length, key) == 0;
}

void
madang_signing_key_free (MadangSigningKey *self)
{
  if (self == NULL)
    return;
  sodium_memzero (self, sizeof *self);
  g_free (self);
}
