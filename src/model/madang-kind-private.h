/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-record.h"

G_BEGIN_DECLS

/* What the declarations of several kinds share. */

#define MADANG_PATTERN_PHONE "^[0-9+(][0-9 ()+,./~-]*$"
#define MADANG_PATTERN_EMAIL "^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"

#define MADANG_ROLES_OFFICE                                                                        \
  (MADANG_ROLE_CITY_COORDINATOR | MADANG_ROLE_CITY_APPROVER | MADANG_ROLE_AUDITOR)

/* Money is kept in won and planned in thousands. */
#define MADANG_THOUSAND_WON 1000
#define MADANG_MAX_WON G_GINT64_CONSTANT (1000000000000)

/* Every role, in the order of the bits of MadangRole. */
extern const MadangChoice madang_role_choices[];

/* The msgid in the language of the interface; "" for NULL. */
const char *madang_label_translate (const char *msgid);

/* A kind's functions promise not to change the record; the getters of a GObject cannot say so. */
static inline MadangRecord *
madang_record_unconst (const MadangRecord *record)
{
  return (MadangRecord *)record;
}

/* The text of a field, or NULL when it is unset. Borrowed. */
static inline const char *
madang_record_peek_text (const MadangRecord *record, const char *field)
{
  const char *text = madang_record_get_text (madang_record_unconst (record), field);

  return *text != '\0' ? text : NULL;
}

/* For kinds whose records belong to the agency in their field of that name: it reads them, and so
 * does the office. The first borrows; the scope is NULL while the field does not say. */
const char *madang_of_agency_get_agency (const MadangRecord *record);
char *madang_of_agency_dup_scope (const MadangRecord *record);
void madang_of_agency_add_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes);

G_END_DECLS
