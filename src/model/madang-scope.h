/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-kind.h"

G_BEGIN_DECLS

/* A scope is the name of a feed: who may follow it reads what lives in it. Roles are held over
 * scopes too. Their names are said here alone. */

#define MADANG_SCOPE_SERVER "server"
#define MADANG_SCOPE_PROGRAMME "programme"
#define MADANG_SCOPE_DIRECTORY "directory"
#define MADANG_SCOPE_OFFICE "office"
#define MADANG_SCOPE_OFFICE_PERSONAL "office-personal"

/* Beginnings, each of which an id completes. */
#define MADANG_SCOPE_OF_ACCOUNT "self:"
#define MADANG_SCOPE_OF_AGENCY "agency:"
#define MADANG_SCOPE_OF_DEPARTMENT "dept:"
#define MADANG_SCOPE_OF_ROUND "round:"
#define MADANG_SCOPE_OF_TASK_FORCE "tf:"
#define MADANG_SCOPE_OF_PANEL "panel:"
#define MADANG_SCOPE_OF_EVENT "event:"
#define MADANG_SCOPE_OF_CONTRACT "contract:"
#define MADANG_SCOPE_OF_FORUM "forum:"
/* The entry of one agency in the directory. */
#define MADANG_SCOPE_ENTRY_OF_AGENCY "directory:"

/* (transfer full) */
char *madang_scope_complete (const char *beginning, const char *id);
/* Where the office reads this part of a record. (transfer full) */
char *madang_scope_for_office (MadangPart part);

/* Whether an id has to complete it. */
gboolean madang_scope_is_beginning (const char *scope);
/* Whether it is the wanted one or, where that is a beginning, a completed one. */
gboolean madang_scope_fits (const char *scope, const char *wanted);
/* The id in the scope of an agency, a part of it; NULL for any other. */
const char *madang_scope_get_agency (const char *scope);

G_END_DECLS
