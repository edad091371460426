/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-session.h"

G_BEGIN_DECLS

/**
 * MadangSignInPage:
 *
 * Asks for server, sign-in name and password: at the first start, after signing out, and when a
 * sign-in has ended while someone works.
 *
 * Signals: "signed-in"; "dismissed": go on without the network (only after ask_again()).
 */
#define MADANG_TYPE_SIGN_IN_PAGE (madang_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (MadangSignInPage, madang_sign_in_page, MADANG, SIGN_IN_PAGE, AdwBin)

void madang_sign_in_page_set_session (MadangSignInPage *self, MadangSession *session);
/* message (nullable): why one is asked. */
void madang_sign_in_page_ask (MadangSignInPage *self, const char *message);
/* The same person again, whose work is open behind the page. */
void madang_sign_in_page_ask_again (MadangSignInPage *self);

G_END_DECLS
