/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record-store.h"

G_BEGIN_DECLS

/* What is said about accounts and their roles. All newly allocated. today: an ISO day. */

/* "Agency officer (금천구)" */
char *madang_account_words_dup_role (MadangRecord *grant);
char *madang_account_words_dup_period (MadangRecord *grant);
/* Whether the role counts on that day. */
gboolean madang_account_words_is_in_force (MadangRecord *grant, const char *today);
/* "Revoked", "Not begun", "Ended" or "In force". */
const char *madang_account_words_get_state (MadangRecord *grant, const char *today);
/* The grants of an account, newest first. (transfer container) of MadangRecord. */
GPtrArray *madang_account_words_find_grants (MadangRecordStore *records, const char *account);
/* The roles in force, with commas. */
char *
madang_account_words_dup_roles (MadangRecordStore *records, const char *account, const char *today);
/* "견본 김담당 (geumcheon)" */
char *madang_account_words_dup_name (MadangRecord *account);

G_END_DECLS
