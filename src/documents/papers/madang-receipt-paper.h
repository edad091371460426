/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-document.h"
#include "madang-record.h"

G_BEGIN_DECLS

/* 접수증: says that an application was received, when, and under which number. The application must
 * have its receipt number; programme and agency: nullable. The result is closed. Anchors are the
 * names of the application's fields. Nothing personal stands on it. */
MadangDocument *
madang_receipt_paper_new (MadangRecord *application, MadangRecord *programme, MadangRecord *agency);

G_END_DECLS
