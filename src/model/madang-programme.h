/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-kind.h"

G_BEGIN_DECLS

extern const MadangKind madang_programme_kind;
extern const MadangKind madang_milestone_kind;

G_END_DECLS
