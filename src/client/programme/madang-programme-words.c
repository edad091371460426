/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-programme-words.h"

#include <glib/gi18n.h>

#include "madang-money.h"

char *
madang_programme_dup_span (MadangRecord *record, const char *first, const char *last)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD (record), NULL);

  from = madang_record_dup_display (record, first);
  to = madang_record_dup_display (record, last);
  if (*from == '\0' || *to == '\0')
    return g_strconcat (from, to, NULL);
  /* Translators: first and last day of a span of time */
  return g_strdup_printf (_ ("%s – %s"), from, to);
}

char *
madang_programme_dup_milestone (MadangRecord *milestone)
{
  g_autofree char *planned = NULL;
  g_autofree char *actual = NULL;

  g_return_val_if_fail (MADANG_IS_RECORD (milestone), NULL);

  planned = madang_programme_dup_span (milestone, "planned_start", "planned_end");
  actual = madang_programme_dup_span (milestone, "actual_start", "actual_end");
  if (madang_record_is_set (milestone, "actual_end"))
    /* Translators: both are spans of days */
    return g_strdup_printf (_ ("Planned %s · actual %s"), planned, actual);
  if (madang_record_is_set (milestone, "actual_start"))
    /* Translators: a span of days, and the day on which it really began */
    return g_strdup_printf (_ ("Planned %s · begun on %s"), planned, actual);
  /* Translators: a span of days */
  return g_strdup_printf (_ ("Planned %s"), planned);
}

char *
madang_programme_dup_value (MadangRecord *programme, const MadangField *field)
{
  g_return_val_if_fail (MADANG_IS_RECORD (programme), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (field->type == MADANG_FIELD_WON)
    return madang_money_format (madang_record_get_number (programme, field->name, 0),
                                MADANG_MONEY_THOUSAND);
  return madang_record_dup_display (programme, field->name);
}
