/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-exchange.h"

G_BEGIN_DECLS

/* Plays the sample applications through the same turns that real ones take, at the times that the
 * samples name. programme: id of the programme. In the caller's transaction. */
gboolean madang_demo_applications_add (MadangWrite *write, const char *programme, GError **error);

G_END_DECLS
