/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-event.h"

G_BEGIN_DECLS

/* What the city asks an agency to add to its application (보완), until when, and what came of it.
 * The events of the application make and close it. */
extern const MadangKind madang_supplement_request_kind;

G_END_DECLS
