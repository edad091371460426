/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-document.h"
#include "madang-record.h"

G_BEGIN_DECLS

/* Says in the metadata and at the foot of every page which record, as it was then, a paper was made
 * from: "확인번호 3F2A-91C7-0B44". */
void madang_paper_set_origin (MadangDocument *document, MadangRecord *record);

G_END_DECLS
