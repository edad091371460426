/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-document.h"
#include "madang-record.h"

G_BEGIN_DECLS

/* Annex 3 of the plan, 민주주의서울 기관협력 사업 지원 신청서, filled in from an application.
 * agency_name: as it stands in the first cell (nullable). head_title: 구청장, 이사장 … unused on
 * the annex. Korean literals: paper text is not translated. */
MadangDocument *madang_application_paper_new (MadangRecord *application, const char *agency_name);
/* "2020_민주주의서울_기관협력_신청서_금천구.pdf" */
char *madang_application_paper_dup_file_name (MadangRecord *application, const char *agency_name,
                                              const char *suffix);

G_END_DECLS
