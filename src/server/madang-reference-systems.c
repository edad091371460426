/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-account-book.h"
#include "madang-csv.h"
#include "madang-entry.h"
#include "madang-id.h"
#include "madang-proposal-systems.h"
#include "madang-record-text.h"
#include "madang-reference-data.h"

#define PRINTED_ON "2020-02-24" /* the day of the plan that annex 1 belongs to */
#define SOURCE "annex_2020"

/* A row of annex 1 and where it goes. */
typedef struct
{
  const MadangSave *save;
  const MadangCsv *table;
  guint row;
  const char *agency; /* id */
} Line;

static const char *
get (const Line *line, const char *column)
{
  const char *text = madang_csv_get (line->table, line->row, column);

  return text != NULL ? text : "";
}

/* What the annex says of the platform; it seldom says whether a site is the district's own. */
static const char *
find_platform_kind (const Line *line)
{
  if (g_str_equal (get (line, "opening_planned"), "y"))
    return "planned";
  if (g_str_equal (get (line, "epeople_mode"), "integrated"))
    return "epeople_integrated";
  if (g_str_equal (get (line, "epeople_mode"), "integrated_part"))
    return "epeople_part";
  return NULL;
}

static gboolean
add_system (const Line *line, char **id, GError **error)
{
  g_autofree char *system_id = madang_id_new ();
  g_autoptr (MadangRecord) system = madang_record_new (&madang_proposal_system_kind, system_id);
  gboolean planned = g_str_equal (get (line, "opening_planned"), "y");

  if (!madang_entry_set_text (system, "agency", line->agency, error)
      || !madang_entry_set_text (system, "name", get (line, "system_name_fixed_ko"), error)
      || !madang_entry_set_text (system, "department", get (line, "department_ko"), error)
      || !madang_entry_set_text (system, "platform_kind", find_platform_kind (line), error)
      || !madang_entry_set_text (system, "planned_open", planned ? get (line, "planned_ko") : NULL,
                                 error)
      || !madang_entry_create (line->save, system, error))
    return FALSE;
  *id = g_steal_pointer (&system_id);
  return TRUE;
}

/* "n" in the table means that the annex does not mention it, which is no "no". */
static gboolean
set_answer (MadangRecord *observation, const char *field, const Line *line, GError **error)
{
  gboolean yes = g_str_equal (get (line, field), "y");

  return madang_entry_set_text (observation, field, yes ? "y" : "unknown", error);
}

static gboolean
set_answers (MadangRecord *observation, const Line *line, GError **error)
{
  static const char *const fields[]
      = { "links_idea_epeople", "links_democracy_seoul", "has_upvote_downvote", "has_policy_debate",
          "shows_adoption_status" };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!set_answer (observation, fields[i], line, error))
      return FALSE;
  return TRUE;
}

static gboolean
set_contests (MadangRecord *observation, const Line *line, GError **error)
{
  const char *number = get (line, "contest_per_year");
  gint64 per_year;

  if (!madang_entry_set_text (observation, "contest_mode", get (line, "contest_mode"), error))
    return FALSE;
  if (*number == '\0')
    return TRUE;
  return g_ascii_string_to_signed (number, 10, 0, 12, &per_year, error)
         && madang_entry_set (observation, "contest_per_year", g_variant_new_int64 (per_year),
                              error);
}

/* What was printed stands byte for byte beside the corrected words, which are shown. */
static gboolean
set_words (MadangRecord *observation, const Line *line, GError **error)
{
  static const char *const columns[][2] = {
    { "name", "system_name_fixed_ko" }, { "department", "department_ko" },
    { "raw_name", "system_name_ko" },   { "raw_note", "notes_ko" },
    { "note", "notes_fixed_ko" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (!madang_entry_set_text (observation, columns[i][0], get (line, columns[i][1]), error))
      return FALSE;
  return TRUE;
}

static gboolean
add_observation (const Line *line, const char *system, GError **error)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangRecord) observation = madang_record_new (&madang_system_observation_kind, id);

  return madang_entry_set_text (observation, "agency", line->agency, error)
         && madang_entry_set_text (observation, "system", system, error)
         && madang_entry_set_text (observation, "observed_on", PRINTED_ON, error)
         && madang_entry_set_text (observation, "source", SOURCE, error)
         && set_words (observation, line, error)
         && madang_entry_set_text (observation, "epeople_mode", get (line, "epeople_mode"), error)
         && set_answers (observation, line, error) && set_contests (observation, line, error)
         && madang_entry_create (line->save, observation, error);
}

/* *known: the agency has a system already. */
static gboolean
has_system (const Line *line, gboolean *known, GError **error)
{
  g_autoptr (MadangQuery) query = madang_query_new (madang_proposal_system_kind.name);
  gint64 n_found;

  madang_query_add_equal (query, "agency", g_variant_new_string (line->agency));
  n_found = madang_record_store_count (madang_storage_get_records (line->save->write->storage),
                                       query, error);
  *known = n_found > 0;
  return n_found >= 0;
}

static gboolean
add_row (Line *line, GError **error)
{
  g_autofree char *agency = madang_account_book_find_agency (line->save->write->storage,
                                                             get (line, "district_ko"), error);
  g_autofree char *system = NULL;
  gboolean known;

  if (agency == NULL)
    return FALSE;
  line->agency = agency;
  if (!has_system (line, &known, error))
    return FALSE;
  return known || (add_system (line, &system, error) && add_observation (line, system, error));
}

gboolean
madang_reference_data_add_systems (const MadangSave *save, GError **error)
{
  g_autoptr (GBytes) bytes
      = madang_record_text_load_bytes ("reference/districts_proposal_systems.csv", error);
  g_autoptr (MadangCsv) table = NULL;

  if (bytes == NULL)
    return FALSE;
  table
      = madang_csv_new_from_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  for (guint row = 0; table != NULL && row < madang_csv_get_n_rows (table); row++)
    {
      Line line = { .save = save, .table = table, .row = row };

      if (!add_row (&line, error))
        return FALSE;
    }
  return table != NULL;
}
