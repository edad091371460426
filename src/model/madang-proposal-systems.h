/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-kind.h"

G_BEGIN_DECLS

/* What stands in a proposal_system is what it is; what somebody found out about it on a day stands
 * in its system_observations, which are added and never changed. */
extern const MadangKind madang_proposal_system_kind;
extern const MadangKind madang_system_observation_kind;

G_END_DECLS
