/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* An application of typical length in that state, none like the other. */
MadangRecord *
sample_record_new (guint number, const char *state, const char *agency, const char *programme);

G_END_DECLS
