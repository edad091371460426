/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-sync.h"
#include "madang-wire-messages.h"

G_BEGIN_DECLS

/* Private to this folder: who is signed in, from what the server said. */

MadangIdentity *madang_identity_new_from_hello (const MadangHello *hello);
MadangActor *madang_hello_build_actor (const MadangHello *hello);
/* Whether two of them tell the same about the person (nullable: nothing). */
gboolean madang_hello_tells_same (const MadangHello *a, const MadangHello *b);
/* What is known between a sign-in and the first hello. */
MadangHello *madang_hello_new_from_sign_in (const MadangSignInReply *reply);

G_END_DECLS
