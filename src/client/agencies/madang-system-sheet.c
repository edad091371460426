/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-system-sheet.h"

#include <glib/gi18n.h>

#include "madang-system-entry.h"

/* In the order of the annex. */
static const struct
{
  const char *kind;
  const char *field;
} columns[] = {
  { "agency", "kind" },
  { "agency", "region" },
  { "system_observation", "department" },
  { "system_observation", "name" },
  { "proposal_system", "platform_kind" },
  { "proposal_system", "url" },
  { "system_observation", "epeople_mode" },
  { "system_observation", "links_idea_epeople" },
  { "system_observation", "links_democracy_seoul" },
  { "system_observation", "has_upvote_downvote" },
  { "system_observation", "has_policy_debate" },
  { "system_observation", "shows_adoption_status" },
  { "system_observation", "contest_mode" },
  { "system_observation", "contest_per_year" },
  { "system_observation", "note" },
  { "system_observation", "observed_on" },
  { "system_observation", "source" },
};

static const MadangField *
get_field (gsize i)
{
  return madang_kind_find_field (madang_kind_find (columns[i].kind), columns[i].field);
}

static void
add_row (MadangSheet *sheet, const MadangSystemEntry *entry)
{
  madang_sheet_add_row (sheet);
  madang_sheet_put_text (sheet, 0, madang_system_entry_get_text (entry, "agency"));
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      MadangRecord *holder = madang_system_entry_find_holder (entry, columns[i].field);

      if (holder != NULL)
        madang_sheet_put_field (sheet, (guint)i + 1, get_field (i),
                                madang_record_get (holder, columns[i].field));
    }
}

MadangSheet *
madang_system_sheet_new (GPtrArray *shown)
{
  MadangSheet *sheet = madang_sheet_new (_ ("Agencies and Systems"));

  g_return_val_if_fail (shown != NULL, sheet);

  madang_sheet_add_column (sheet, _ ("Agency"), MADANG_SHEET_TEXT);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    madang_sheet_add_field_column (sheet, get_field (i));
  for (guint i = 0; i < shown->len; i++)
    add_row (sheet, shown->pdata[i]);
  return sheet;
}
