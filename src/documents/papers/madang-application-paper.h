/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-document.h"
#include "madang-record.h"

G_BEGIN_DECLS

/* Annex 3 of the plan, 민주주의서울 기관협력 사업 지원 신청서, filled in from an application.
 * agency_name: as it stands in the first cell (nullable). The result is closed. Anchors are the
 * names of the application's fields. Korean literals: paper text is not translated. */
MadangDocument *madang_application_paper_new (MadangRecord *application, const char *agency_name);
/* "2020_민주주의서울_기관협력_신청서_금천구.pdf". agency_name: nullable, then the signer's name
 * stands in. suffix: ".pdf" or "pdf". Characters that a file system might not take become "_". */
char *madang_application_paper_dup_file_name (MadangRecord *application,
                                              const char *agency_name,
                                              const char *suffix);

G_END_DECLS
