/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-kind.h"

G_BEGIN_DECLS

extern const MadangKind madang_account_kind;
extern const MadangKind madang_role_grant_kind;

G_END_DECLS
