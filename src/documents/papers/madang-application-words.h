/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Values of an application in the words of its paper. */

/* Of a choice of page_no_reason_kind; the name itself when the paper has no words for it. */
const char *madang_application_words_get_reason (const char *kind);
/* wanted: "as", names of programmes (nullable). "찾아가는 시민제안 프로그램, 사이트 연계", or NULL
 * when there is none. */
char *madang_application_words_format_programmes (GVariant *wanted);
/* "20,000천원", or "1,500,001원" when it is not in thousands. */
char *madang_application_words_format_amount (gint64 won);

G_END_DECLS
