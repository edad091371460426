/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-document.h"
#include "madang-record.h"

G_BEGIN_DECLS

/* 보완요청서: the letter that asks an agency to supplement its application, from a supplement request
 * as it was asked for. programme and agency: nullable. The result is closed. Anchors are the names
 * of the request's fields. */
MadangDocument *madang_supplement_letter_new (MadangRecord *request,
                                              MadangRecord *application,
                                              MadangRecord *programme,
                                              MadangRecord *agency);

G_END_DECLS
