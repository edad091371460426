/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-paper-origin.h"

void
madang_paper_set_origin (MadangDocument *document, MadangRecord *record)
{
  g_autofree char *digest = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *footer = NULL;

  g_return_if_fail (MADANG_IS_DOCUMENT (document));
  g_return_if_fail (MADANG_IS_RECORD (record));

  digest = madang_record_dup_digest (record);
  fingerprint = madang_record_dup_fingerprint (record);
  footer = g_strdup_printf ("확인번호 %s", fingerprint);
  madang_document_set_origin (document, madang_record_get_id (record),
                              madang_record_get_version (record, MADANG_PART_MAIN), digest);
  madang_document_set_footer (document, footer, NULL);
}
