/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sign-in.h"

#include "madang-access.h"
#include "madang-crypto.h"
#include "madang-id.h"
#include "madang-save.h"
#include "madang-service.h"
#include "madang-wire-messages.h"

/* The source under which the failures of a name from all places are counted. */
#define EVERYWHERE "*"
#define LONGEST_LOGIN 40
#define LONGEST_PASSWORD 1024

typedef struct
{
  MadangExchange *exchange;
  MadangSignInRequest *request; /* (owned) */
  MadangCredential *credential; /* (owned) (nullable): nobody has that name */
  char *counted;                /* (owned): what the failures of the name are counted under */
  gboolean locked;
  gboolean is_right;
  char *password; /* (owned) (nullable): a new hash to keep */

  /* Of a session that was made. */
  char *token; /* (owned) (nullable) */
  char *name;  /* (owned) (nullable) */
  gint64 expires;
  gboolean foreign_device;
} MadangSignIn;

static void
clear_sign_in (MadangSignIn *self)
{
  g_clear_pointer (&self->request, madang_sign_in_request_free);
  g_clear_pointer (&self->credential, madang_credential_free);
  g_clear_pointer (&self->counted, g_free);
  g_clear_pointer (&self->password, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadangSignIn, clear_sign_in)

static gint64
get_now (MadangSignIn *self)
{
  return madang_clock_get_real_now (self->exchange->service->clock);
}

/* What was typed for a name is not written down: people type passwords there. */
static gboolean
note_audit (
    MadangSignIn *self, MadangWrite *write, const char *action, const char *detail, GError **error)
{
  MadangAudit audit = {
    .at = get_now (self),
    .account = self->credential != NULL ? self->credential->account : NULL,
    .device = self->request->device,
    .action = (char *)action,
    .detail = (char *)detail,
  };

  return madang_storage_add_audit (write->storage, &audit, error);
}

/* --- Before the password is looked at ------------------------------------------------------ */

static gboolean
knows_device (MadangSignIn *self, MadangWrite *write, GError **error)
{
  g_autoptr (MadangDevice) device
      = madang_storage_find_device (write->storage, self->request->device, error);

  return device != NULL && self->credential != NULL
         && g_strcmp0 (device->account, self->credential->account) == 0;
}

static gboolean
is_locked (MadangSignIn *self, MadangWrite *write, GError **error)
{
  gint64 since = get_now (self) - MADANG_SIGN_IN_WINDOW;

  if (madang_storage_count_failures (write->storage, self->counted, self->exchange->source, since)
      >= MADANG_SIGN_IN_FAILURES)
    return TRUE;
  /* A colleague's own computer is not locked out by guesses from elsewhere. */
  return madang_storage_count_failures (write->storage, self->counted, EVERYWHERE, since)
             >= MADANG_SIGN_IN_FAILURES_EVERYWHERE
         && !knows_device (self, write, error);
}

/* A name that nobody has may be a password in the wrong line; it is kept as nobody can read it. */
static void
choose_counted (MadangSignIn *self)
{
  g_autofree char *salted = NULL;

  g_free (self->counted);
  if (self->credential != NULL)
    {
      self->counted = g_strdup (self->request->login);
      return;
    }
  salted = g_strconcat (self->exchange->service->nobody, "\n", self->request->login, NULL);
  self->counted = madang_digest (salted, strlen (salted));
}

/* Counts the try as a failure beforehand; a right password takes that back. So guesses that are
 * made at the same time are bounded too. */
static gboolean
reserve_try (MadangWrite *write, gpointer data, GError **error)
{
  MadangSignIn *self = data;
  g_autoptr (GError) local_error = NULL;

  g_clear_pointer (&self->credential, madang_credential_free);
  self->credential
      = madang_storage_find_credential (write->storage, self->request->login, &local_error);
  choose_counted (self);
  if (local_error == NULL)
    self->locked = is_locked (self, write, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  /* The try that shut the door was noted; those before a shut door would only fill the log. */
  if (self->locked)
    return TRUE;
  return madang_storage_add_failure (write->storage, self->counted, self->exchange->source,
                                     get_now (self), error);
}

/* --- The password -------------------------------------------------------------------------- */

/* A name that nobody has costs the same time as one that somebody has. */
static gboolean
check_password (MadangSignIn *self, GError **error)
{
  const char *hash
      = self->credential != NULL ? self->credential->password : self->exchange->service->nobody;
  gboolean outdated = FALSE;
  gboolean matches = madang_password_verify (hash, self->request->password, &outdated);

  self->is_right = matches && self->credential != NULL;
  if (!self->is_right || !outdated)
    return TRUE;
  self->password = madang_password_hash (self->request->password, error);
  return self->password != NULL;
}

/* --- After it ------------------------------------------------------------------------------ */

/* A device belongs to the account that it first signed in with. Its key may be new: a keyring
 * may be lost, and the password has just been given. */
static gboolean
keep_device (MadangSignIn *self, MadangWrite *write, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangDevice) device
      = madang_storage_find_device (write->storage, self->request->device, &local_error);
  MadangDevice fresh = {
    .id = self->request->device,
    .account = self->credential->account,
    .public_key = self->request->public_key,
  };

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->foreign_device
      = device != NULL && g_strcmp0 (device->account, self->credential->account) != 0;
  if (self->foreign_device)
    return TRUE;
  if (device != NULL)
    fresh.last_number = device->last_number;
  return madang_storage_put_device (write->storage, &fresh, error);
}

static gboolean
keep_session (MadangSignIn *self, MadangWrite *write, GError **error)
{
  g_autofree char *hash = NULL;
  MadangSession session = {
    .account = self->credential->account,
    .device = self->request->device,
    .expires = get_now (self) + MADANG_SESSION_LENGTH,
    .used = get_now (self),
  };

  g_free (self->token);
  self->token = madang_token_new ();
  self->expires = session.expires;
  hash = madang_token_hash (self->token);
  session.hash = hash;
  return madang_storage_put_session (write->storage, &session, error);
}

static gboolean
keep_password (MadangSignIn *self, MadangWrite *write, GError **error)
{
  MadangCredential credential = {
    .account = self->credential->account,
    .login = self->credential->login,
    .password = self->password,
  };

  return self->password == NULL
         || madang_storage_put_credential (write->storage, &credential, error);
}

static gboolean
note_last_login (MadangSignIn *self, MadangWrite *write, MadangRecord *account, GError **error)
{
  g_autoptr (MadangRecord) after = madang_record_dup (account);
  MadangSave save = {
    .write = write,
    .account = self->credential->account,
    .now = madang_clock_get_programme_now (self->exchange->service->clock),
  };

  return madang_record_set (after, "last_login", g_variant_new_int64 (get_now (self)), error)
         && madang_save_record (&save, account, after, error);
}

static gboolean
open_session (MadangSignIn *self, MadangWrite *write, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangRecord) account
      = madang_access_find_account (write->storage, self->credential->account, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (account == NULL)
    {
      self->is_right = FALSE;
      return note_audit (self, write, "sign-in-refused", "account", error);
    }
  g_free (self->name);
  self->name = g_strdup (madang_record_get_text (account, "name"));
  if (!keep_device (self, write, error))
    return FALSE;
  if (self->foreign_device)
    return note_audit (self, write, "sign-in-refused", "device", error);
  return keep_session (self, write, error) && keep_password (self, write, error)
         && note_last_login (self, write, account, error)
         && madang_storage_clear_failures (write->storage, self->counted, self->exchange->source,
                                           error)
         && note_audit (self, write, "sign-in", NULL, error);
}

static gboolean
note_lock (MadangSignIn *self, MadangWrite *write, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean locked = is_locked (self, write, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return !locked || note_audit (self, write, "sign-in-refused", "locked", error);
}

static gboolean
finish_try (MadangWrite *write, gpointer data, GError **error)
{
  MadangSignIn *self = data;

  if (self->is_right)
    return open_session (self, write, error);
  return madang_storage_add_failure (write->storage, self->counted, EVERYWHERE, get_now (self),
                                     error)
         && note_audit (self, write, "sign-in-refused", "credentials", error)
         && note_lock (self, write, error);
}

/* --- The answer ---------------------------------------------------------------------------- */

static gboolean
is_well_formed (const MadangSignInRequest *request)
{
  return strlen (request->login) <= LONGEST_LOGIN * 4
         && g_utf8_strlen (request->login, -1) <= LONGEST_LOGIN
         && strlen (request->password) <= LONGEST_PASSWORD && madang_id_is_valid (request->device);
}

/* Sign-in names are small letters; a keyboard may not know. */
static void
take_login (MadangSignInRequest *request)
{
  char *login = g_ascii_strdown (g_strstrip (request->login), -1);

  g_free (request->login);
  request->login = login;
}

static MadangReply *
make_reply (MadangSignIn *self)
{
  g_autoptr (MadangSignInReply) reply = NULL;

  if (self->locked)
    {
      MadangReply *locked = madang_reply_new_problem (429, "locked");

      locked->retry_after = MADANG_SIGN_IN_WINDOW / 1000;
      return locked;
    }
  if (self->is_right && self->foreign_device)
    return madang_reply_new_problem (409, "device");
  if (!self->is_right)
    return madang_reply_new_problem (401, "credentials");
  reply = madang_sign_in_reply_new ();
  reply->token = g_strdup (self->token);
  reply->account = g_strdup (self->credential->account);
  reply->login = g_strdup (self->credential->login);
  reply->name = g_strdup (self->name);
  reply->expires = self->expires;
  return madang_reply_new (201, "application/json", madang_sign_in_reply_to_bytes (reply));
}

MadangReply *
madang_sign_in_answer (MadangExchange *exchange, MadangStorage *reader, GError **error)
{
  g_auto (MadangSignIn) self = { .exchange = exchange };
  MadangWriter *writer = exchange->service->writer;

  self.request = madang_sign_in_request_from_bytes (exchange->body, error);
  if (self.request == NULL)
    return NULL;
  if (!is_well_formed (self.request))
    return madang_reply_new_problem (401, "credentials");
  take_login (self.request);
  if (!madang_writer_call (writer, reserve_try, &self, error))
    return NULL;
  if (!self.locked
      && (!check_password (&self, error) || !madang_writer_call (writer, finish_try, &self, error)))
    return NULL;
  return make_reply (&self);
}

MadangReply *
madang_sign_out_commit (MadangExchange *exchange, MadangWrite *write, GError **error)
{
  MadangAudit audit = {
    .at = madang_clock_get_real_now (exchange->service->clock),
    .account = exchange->session->account,
    .device = exchange->session->device,
    .action = (char *)"sign-out",
  };

  if (!madang_storage_end_session (write->storage, exchange->session->hash, error)
      || !madang_storage_add_audit (write->storage, &audit, error))
    return NULL;
  return madang_reply_new (204, NULL, NULL);
}
