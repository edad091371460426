/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-document.h"
#include "madang-record.h"

G_BEGIN_DECLS

/* What the letters of the city office have in common: head, numbered body, close. */

/* "금천구청장", "서울시설공단 이사장"; the name alone when the head's title is not known, "신청기관의
 * 장" without an agency (nullable). */
char *madang_office_letter_dup_head_of_agency (MadangRecord *agency);
/* "2020년 민주주의 서울 기관협력 사업", also without a programme (nullable). */
const char *madang_office_letter_get_programme_title (MadangRecord *programme);
/* "2020_민주주의서울_기관협력_보완요청서_금천구.pdf". programme and agency: nullable. */
char *madang_office_letter_dup_file_name (MadangRecord *programme,
                                          MadangRecord *agency,
                                          const char *paper,
                                          const char *suffix);

/* The name of the office, then 수신, (경유) and 제목 above a line. */
void madang_office_letter_add_head (MadangDocument *document,
                                    const char *recipient,
                                    const char *subject);
/* "1. 관련: …", "  가. 보완기한: …": depth 0 is 1. 2. 3., depth 1 is 가. 나. 다. anchor: nullable. */
void madang_office_letter_add_item (
    MadangDocument *document, guint depth, const char *mark, const char *text, const char *anchor);
/* Lines of a person's own below an item. */
void
madang_office_letter_add_lines (MadangDocument *document, const char *text, const char *anchor);
/* The day and the sender with the place of the seal. */
void madang_office_letter_add_close (MadangDocument *document, const char *day);

G_END_DECLS
