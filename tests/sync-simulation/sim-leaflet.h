/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-kind.h"

G_BEGIN_DECLS

/* A kind of the simulation's own, with every merge rule, a personal part, deletion, a number, and a
 * way back: what is recalled leaves the office's feeds. States: draft, submitted, approved. */
extern const MadangKind sim_leaflet_kind;

G_END_DECLS
