/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* A folder of profiles with one in it, as after a sign-in and a pull: a programme, an agency and
 * applications. No server answers under its address. */

#define FILLED_SERVER "http://127.0.0.1:9"
#define FILLED_LOGIN "sample"

typedef struct
{
  char *directory; /* for the client */
  char *profile;   /* the folder in it */
  char *database;
  MadangRecord *programme;
  MadangRecord *agency;
} FilledProfile;

/* A coordinator's, with so many received applications of typical length. */
FilledProfile *filled_profile_new_office (guint n_applications);
/* The same with work: every one is due or waits to be received. */
FilledProfile *filled_profile_new_busy_office (guint n_applications);
/* An officer's, with so many drafts of the agency; the first has the full length, with room for
 * so many characters in its longest text. */
FilledProfile *filled_profile_new_agency (guint n_drafts, guint room);
/* Removes the folder. */
void filled_profile_free (FilledProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilledProfile, filled_profile_free)

G_END_DECLS
