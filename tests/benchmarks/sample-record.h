/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

typedef enum
{
  SAMPLE_TYPICAL,
  SAMPLE_SHORT, /* without the long texts, where only their number matters */
} SampleLength;

/* An application in that state, none like the other. */
MadangRecord *sample_record_new (guint number,
                                 SampleLength length,
                                 const char *state,
                                 const char *agency,
                                 const char *programme);

G_END_DECLS
