/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The roles that people have in the programme, as bits. */
typedef enum
{
  MADANG_ROLE_CITY_COORDINATOR = 1 << 0,
  MADANG_ROLE_CITY_APPROVER = 1 << 1,
  MADANG_ROLE_AGENCY_OFFICER = 1 << 2,
  MADANG_ROLE_DEPARTMENT_ANSWERER = 1 << 3,
  MADANG_ROLE_REVIEWER = 1 << 4,
  MADANG_ROLE_TF_EXPERT = 1 << 5,
  MADANG_ROLE_PANEL_MEMBER = 1 << 6,
  MADANG_ROLE_FACILITATOR = 1 << 7,
  MADANG_ROLE_VENDOR_OPERATOR = 1 << 8,
  MADANG_ROLE_ANALYST = 1 << 9,
  MADANG_ROLE_AUDITOR = 1 << 10,
  MADANG_ROLE_SYSTEM_ADMIN = 1 << 11,
} MadangRole;

#define MADANG_ROLE_EVERY ((1 << 12) - 1)

const char *madang_role_get_name (MadangRole role);
const char *madang_role_get_label (MadangRole role);
/* 0: no such role. */
MadangRole madang_role_from_name (const char *name);
/* Over what the role is held: a scope (madang-scope.h), or the beginning of one. NULL: no such
 * role. */
const char *madang_role_get_scope (MadangRole role);

/**
 * MadangActor:
 *
 * Who asks: an account and the roles it holds on a given day, each over a scope ("programme",
 * "agency:ID", "round:ID" …) and, for a department answerer, the agency it belongs to.
 * Not thread-safe while grants are added; afterwards read-only from any thread.
 */
typedef struct _MadangActor MadangActor;

MadangActor *madang_actor_new (const char *account);
MadangActor *madang_actor_ref (MadangActor *self);
void madang_actor_unref (MadangActor *self);
/* agency (nullable): taken from an "agency:ID" scope when it is not given. */
void
madang_actor_add_grant (MadangActor *self, MadangRole role, const char *scope, const char *agency);
const char *madang_actor_get_account (const MadangActor *self);
guint madang_actor_get_roles (const MadangActor *self);
/* Whether one of the roles is held over that scope (NULL: any). */
gboolean madang_actor_holds (const MadangActor *self, guint roles, const char *scope);
/* Whether one of the roles is held in that agency. */
gboolean madang_actor_holds_in (const MadangActor *self, guint roles, const char *agency);
/* The agency of the first grant of one of the roles that has one, or NULL. */
const char *madang_actor_get_agency (const MadangActor *self, guint roles);
/* Tells two sets of grants apart; newly allocated. */
char *madang_actor_dup_digest (const MadangActor *self);
/* The scopes whose feed this actor may follow: strings, sorted, each once. */
GStrv madang_actor_dup_subscriptions (const MadangActor *self);
gboolean madang_actor_may_follow (const MadangActor *self, const char *scope);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangActor, madang_actor_unref)

G_END_DECLS
