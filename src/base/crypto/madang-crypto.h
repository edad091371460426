/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The only room that calls libsodium. Every stored secret names its algorithm, so that another
 * provider can be added and old values be re-made at the next sign-in. Any thread. */

#define MADANG_SIGNATURE_BYTES 64
#define MADANG_PUBLIC_KEY_BYTES 32
#define MADANG_SECRET_KEY_BYTES 64

/* Once before the others; again does no harm. MADANG_ERROR_FAILED: no random bytes. */
gboolean madang_crypto_init (GError **error);

/* Passwords: Argon2id in the PHC text form. Takes about 50 ms; never on a main loop.
 * verify: a hash that is none matches nothing; *outdated (nullable): it matches, but was made with
 * other parameters than new ones, so make it anew. */
char *madang_password_hash (const char *password, GError **error);
gboolean madang_password_verify (const char *hash, const char *password, gboolean *outdated);

/* Tokens: 256 random bits as base64url; a database keeps only the hash. */
char *madang_token_new (void);
char *madang_token_hash (const char *token);

/* Wipes the text before its memory is given back. (nullable) */
void madang_secret_free (char *text);

/* SHA-256 in lower-case hexadecimal. */
char *madang_digest (gconstpointer data, gsize length);
/* The first eight bytes of it, big-endian. */
guint64 madang_digest_head (gconstpointer data, gsize length);

/**
 * MadangSigningKey:
 *
 * The Ed25519 key of one installation; it signs every mutation that leaves this device.
 */
typedef struct _MadangSigningKey MadangSigningKey;

MadangSigningKey *madang_signing_key_new (void);
/* MADANG_ERROR_DAMAGED when it is no key. */
MadangSigningKey *madang_signing_key_new_from_text (const char *text, GError **error);
/* The secret key: for the keyring only, and to be given back to madang_secret_free(). */
char *madang_signing_key_to_text (const MadangSigningKey *self);
/* Public keys and signatures are text in lower-case hexadecimal. */
char *madang_signing_key_dup_public (const MadangSigningKey *self);
char *madang_signing_key_sign (const MadangSigningKey *self, gconstpointer data, gsize length);
/* Key and signature may be anything that came from outside. */
gboolean madang_signature_verify (const char *public_key,
                                  const char *signature,
                                  gconstpointer data,
                                  gsize length);
void madang_signing_key_free (MadangSigningKey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangSigningKey, madang_signing_key_free)

G_END_DECLS
