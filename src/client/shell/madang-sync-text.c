/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sync-text.h"

#include <glib/gi18n.h>

#include "madang-day.h"

#define MILLISECONDS 1000
#define WARNED (G_GINT64_CONSTANT (2) * 24 * 60 * 60 * MILLISECONDS) /* before the end */

char *
madang_sync_dup_short_text (MadangSync *self)
{
  const guint troubled = madang_sync_get_troubled (self);
  const guint waiting = madang_sync_get_waiting (self);
  const MadangSyncState state = madang_sync_get_state (self);

  /* Refused is not in conflict: one word that is true of both. */
  if (madang_sync_get_refused (self) > 0)
    return g_strdup_printf (ngettext ("%u change to decide", "%u changes to decide", troubled),
                            troubled);
  if (troubled > 0)
    return g_strdup_printf (ngettext ("%u conflict", "%u conflicts", troubled), troubled);
  if (state == MADANG_SYNC_SIGN_IN)
    return g_strdup (_ ("Sign-in needed"));
  if (state == MADANG_SYNC_FAILED)
    return g_strdup (_ ("Cannot save"));
  if (waiting > 0)
    return g_strdup_printf (ngettext ("%u change to send", "%u changes to send", waiting), waiting);
  switch (state)
    {
    case MADANG_SYNC_CONNECTED:
      return g_strdup (_ ("Connected"));
    case MADANG_SYNC_WORKING:
      return g_strdup (_ ("Updating…"));
    case MADANG_SYNC_CONNECTING:
      return g_strdup (_ ("Connecting…"));
    case MADANG_SYNC_UPGRADE:
      return g_strdup (_ ("Update needed"));
    case MADANG_SYNC_OFFLINE:
    case MADANG_SYNC_PORTAL:
    case MADANG_SYNC_OFF:
    case MADANG_SYNC_SIGN_IN:
    case MADANG_SYNC_FAILED:
    default:
      return g_strdup (_ ("Offline"));
    }
}

static const char *
get_state_text (MadangSyncState state)
{
  switch (state)
    {
    case MADANG_SYNC_CONNECTED:
    case MADANG_SYNC_WORKING:
      return _ ("Connected to the server.");
    case MADANG_SYNC_CONNECTING:
      return _ ("Looking for the server.");
    case MADANG_SYNC_PORTAL:
      return _ ("Something answers that is not the Madang server, such as the sign-in page of a "
                "public network. Open a web browser and sign in there.");
    case MADANG_SYNC_SIGN_IN:
      return _ ("Your sign-in has ended. Everything is kept here and is sent when you have signed "
                "in again.");
    case MADANG_SYNC_UPGRADE:
      return _ ("The server needs a newer version of Madang. Everything is kept here until the "
                "program is updated.");
    case MADANG_SYNC_FAILED:
      return _ ("Changes cannot be saved on this computer. Check that the disk is not full.");
    case MADANG_SYNC_OFF:
    case MADANG_SYNC_OFFLINE:
    default:
      return _ ("No answer from the server. Work goes on here; Madang tries again by itself.");
    }
}

char *
madang_sync_dup_state_text (MadangSyncState state)
{
  return g_strdup (get_state_text (state));
}

char *
madang_sync_dup_long_text (MadangSync *self)
{
  const gint64 contact = madang_sync_get_last_contact (self);
  const char *text = get_state_text (madang_sync_get_state (self));
  g_autofree char *when = NULL;

  if (contact == 0)
    return g_strdup (text);
  when = madang_instant_format (contact);
  /* Translators: the first %s is a sentence about the network, the second a date with time */
  return g_strdup_printf (_ ("%s Last contact: %s"), text, when);
}

char *
madang_sync_dup_lease_text (gint64 contact, gint64 lease, gint64 now)
{
  const gint64 end = contact + lease * MILLISECONDS;
  g_autofree char *last = NULL;
  g_autofree char *until = NULL;

  if (contact == 0 || lease == 0 || now < end - WARNED)
    return NULL;
  last = madang_instant_format (contact);
  until = madang_instant_format (end);
  if (now >= end)
    /* Translators: both %s are a date with time */
    return g_strdup_printf (
        _ ("This computer has not reached the server since %s, and had until %s. What you see may "
           "be out of date. Connect it now; what you wrote is kept and will be sent then."),
        last, until);
  /* Translators: both %s are a date with time */
  return g_strdup_printf (_ ("This computer has not reached the server since %s. Connect it by %s; "
                             "until then what you see may be out of date, and what you wrote "
                             "is not sent."),
                          last, until);
}

const char *
madang_sync_get_icon_name (MadangSync *self)
{
  const MadangSyncState state = madang_sync_get_state (self);

  if (madang_sync_get_troubled (self) > 0 || state == MADANG_SYNC_FAILED
      || state == MADANG_SYNC_SIGN_IN || state == MADANG_SYNC_UPGRADE)
    return "dialog-warning-symbolic";
  if (state == MADANG_SYNC_OFFLINE || state == MADANG_SYNC_OFF || state == MADANG_SYNC_PORTAL)
    return "network-offline-symbolic";
  if (madang_sync_get_waiting (self) > 0)
    return "document-send-symbolic";
  if (state == MADANG_SYNC_CONNECTED)
    return "object-select-symbolic";
  return "view-refresh-symbolic";
}

char *
madang_waiting_dup_title (const MadangWaiting *waiting)
{
  const MadangKind *kind = madang_kind_find (waiting->kind);
  const char *label = kind != NULL ? madang_kind_get_label (kind) : waiting->kind;
  const MadangEvent *event = NULL;
  const char *what = _ ("Change");

  if (kind != NULL && waiting->event != NULL)
    event = madang_kind_find_event (kind, waiting->event);
  if (event != NULL)
    what = madang_event_get_label (event);
  else if (g_str_equal (waiting->operation, "create"))
    what = _ ("New");
  /* Translators: kind of record, then what is done with it: "Application: Submit" */
  return g_strdup_printf (_ ("%s: %s"), label, what);
}

char *
madang_waiting_dup_reason (const MadangWaiting *waiting, MadangSyncState state)
{
  g_autoptr (MadangVerdict) verdict = NULL;

  if (waiting->refused && g_strcmp0 (waiting->code, "conflict") == 0)
    return g_strdup (_ ("Someone else changed the same. Compare both versions."));
  if (waiting->refused && waiting->code != NULL)
    {
      verdict = madang_verdict_new_no_strv (waiting->code, (const char *const *)waiting->arguments);
      return madang_verdict_dup_text (verdict, waiting->kind);
    }
  if (waiting->held)
    return g_strdup (_ ("Waits because an earlier change of the same entry was refused"));
  switch (state)
    {
    case MADANG_SYNC_CONNECTED:
    case MADANG_SYNC_WORKING:
      return g_strdup (_ ("Being sent"));
    case MADANG_SYNC_SIGN_IN:
      return g_strdup (_ ("Waits for you to sign in"));
    case MADANG_SYNC_UPGRADE:
      return g_strdup (_ ("Waits for a newer version of the program"));
    case MADANG_SYNC_OFF:
    case MADANG_SYNC_CONNECTING:
    case MADANG_SYNC_OFFLINE:
    case MADANG_SYNC_PORTAL:
    case MADANG_SYNC_FAILED:
    default:
      return g_strdup (_ ("Waits for the network"));
    }
}
