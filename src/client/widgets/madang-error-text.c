/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-error-text.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "madang-error.h"

static const struct
{
  MadangErrorCode code;
  const char *text; /* msgid */
} texts[] = {
  { MADANG_ERROR_OFFLINE, N_ ("The server does not answer. Check the network and try again.") },
  { MADANG_ERROR_NOT_OUR_SERVER,
    N_ ("Something answered that is not a Madang server. A network in public places may ask for "
        "its own sign-in first: open a web browser, sign in there, then try again. Otherwise check "
        "the address.") },
  { MADANG_ERROR_SIGN_IN_REQUIRED, N_ ("The sign-in has ended. Sign in again; nothing is lost.") },
  { MADANG_ERROR_FORBIDDEN, N_ ("You do not have the right to do this.") },
  { MADANG_ERROR_NOT_FOUND, N_ ("It is not here any more.") },
  { MADANG_ERROR_CONFLICT, N_ ("Someone else changed this first. Compare both versions.") },
  { MADANG_ERROR_INVALID, N_ ("The input is not valid. Correct it and try again.") },
  { MADANG_ERROR_TOO_LARGE, N_ ("This is too large. Shorten it and try again.") },
  { MADANG_ERROR_NEWER_SCHEMA,
    N_ ("The data on this computer was written by a newer version of Madang. Update this program; "
        "the data is untouched.") },
  { MADANG_ERROR_NO_SPACE,
    N_ ("The disk is full, so nothing can be saved. Free some space; what you typed stays on the "
        "screen and is saved as soon as there is room.") },
  { MADANG_ERROR_DAMAGED,
    N_ ("The data on this computer is damaged and could not be opened. Ask your administrator; the "
        "file has been kept.") },
  { MADANG_ERROR_TRY_LATER, N_ ("Too many attempts. Wait a few minutes, then try again.") },
  { MADANG_ERROR_UPGRADE_REQUIRED,
    N_ ("The server needs a newer version of Madang. Update this program; your changes are kept "
        "until then.") },
  { MADANG_ERROR_SERVER, N_ ("The server has a fault. Try again later; your changes are kept.") },
};

char *
madang_error_dup_text (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_error_matches (error, MADANG_ERROR, texts[i].code))
      return g_strdup (_ (texts[i].text));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup (_ ("The disk is full. Free some space, then try again."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup (_ ("This place cannot be written to. Choose another folder."));
  /* Translators: %s is a technical message, in English */
  return g_strdup_printf (_ ("It did not work: %s. Try again."), error->message);
}
