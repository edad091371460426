/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-kind.h"

G_BEGIN_DECLS

extern const MadangKind madang_agency_kind;
extern const MadangKind madang_person_kind;

G_END_DECLS
