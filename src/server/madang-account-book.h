/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-save.h"

G_BEGIN_DECLS

/* Accounts, roles and passwords as the administrator on the server's machine makes them. Each
 * call is part of the caller's transaction and leaves its line in the audit log. */

typedef struct
{
  const char *login;
  const char *name;
  const char *password;
  const char *role;       /* name of the role */
  const char *agency;     /* name of the agency (nullable) */
  const char *valid_from; /* day */
  const char *valid_to;   /* day */
} MadangNewAccount;

typedef struct
{
  char *login;
  char *name;
  char *state;
  char *roles; /* "agency_officer (금천구)", several with commas */
} MadangAccountLine;

/* The account is active at once and holds the one role. Errors: MADANG_ERROR_INVALID,
 * MADANG_ERROR_NOT_FOUND (the agency), MADANG_ERROR_CONFLICT (the login is taken). */
gboolean
madang_account_book_add (const MadangSave *save, const MadangNewAccount *account, GError **error);
/* Ends every session of the account. */
gboolean madang_account_book_set_password (const MadangSave *save,
                                           const char *login,
                                           const char *password,
                                           GError **error);
/* Closes the account for good and ends its sessions. */
gboolean madang_account_book_close (const MadangSave *save, const char *login, GError **error);
/* (transfer full) of MadangAccountLine, by login. */
GPtrArray *madang_account_book_list (MadangStorage *storage, GError **error);
/* The id of the agency with that name, or NULL with MADANG_ERROR_NOT_FOUND. */
char *madang_account_book_find_agency (MadangStorage *storage, const char *name, GError **error);

G_END_DECLS
