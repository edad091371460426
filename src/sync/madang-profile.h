/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-cache.h"
#include "madang-clock.h"
#include "madang-keyring.h"

G_BEGIN_DECLS

/**
 * MadangProfile:
 *
 * What is open for one account on one server: its cache, the device's pass, and what the server
 * said last about who this is. Confined to the engine's thread.
 */
typedef struct
{
  char *login;
  MadangCache *cache;
  MadangDevicePass *pass; /* (nullable): until one was adopted */
  MadangHello *hello;     /* (nullable): the server was never heard */
  char *epoch;            /* (nullable): the history that the cache follows */
  gint64 last_contact;    /* real clock; 0: never */
  gint64 saved_contact;
  gboolean rebuilt;
} MadangProfile;

/* The folder of a profile; it says neither server nor login. */
char *
madang_profile_build_directory (const char *data_directory, const char *server, const char *login);

MadangProfile *madang_profile_open (const char *directory, const char *login, GError **error);
void madang_profile_free (MadangProfile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangProfile, madang_profile_free)

/* Whether the unsent changes of this profile were numbered and signed by this pass. */
gboolean madang_profile_matches (MadangProfile *self, const MadangDevicePass *pass);
/* Takes the pass, also when it fails; unsent changes are numbered and signed anew when they were
 * of another one. */
gboolean madang_profile_adopt (MadangProfile *self, MadangDevicePass *pass, GError **error);

/* Until the first hello it is at least known who this is. */
gboolean
madang_profile_note_sign_in (MadangProfile *self, const MadangSignInReply *reply, GError **error);
/* The clock is set to what the server said before the last end, until it is heard again. */
void madang_profile_set_clock (MadangProfile *self, MadangClock *clock);
/* Takes hello. *new_epoch: it tells of another history than the cache's. */
gboolean madang_profile_take_hello (MadangProfile *self,
                                    MadangHello *hello,
                                    MadangClock *clock,
                                    gboolean *new_epoch,
                                    GPtrArray *changed,
                                    GError **error);
/* Everything comes anew, and what was sent is sent again, since the server may have lost it. */
gboolean madang_profile_follow_new_epoch (MadangProfile *self, GError **error);
/* Written down at most once a minute, and at the end. */
void madang_profile_note_contact (MadangProfile *self, gint64 now);

G_END_DECLS
