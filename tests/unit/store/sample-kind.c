/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-kind.h"

#include "madang-id.h"

static const MadangChoice ways[] = { { "post", "Post" }, { "visit", "Visit" }, { NULL } };

static const MadangField members[] = {
  { .name = "pos", .type = MADANG_FIELD_INTEGER, .label = "Position" },
  { .name = "text", .type = MADANG_FIELD_LINE, .label = "Text", .max = 4000 },
  { .name = NULL },
};

#define FIELDS(title_indexed, note_indexed, visits_indexed)                                        \
  {                                                                                                \
    { .name = "agency", .type = MADANG_FIELD_LINE, .label = "Agency", .indexed = TRUE },           \
        { .name = "title",                                                                         \
          .type = MADANG_FIELD_LINE,                                                               \
          .label = "Title",                                                                        \
          .max = 20000,                                                                            \
          .indexed = (title_indexed) },                                                            \
        { .name = "note",                                                                          \
          .type = MADANG_FIELD_TEXT,                                                               \
          .label = "Note",                                                                         \
          .max = 20000,                                                                            \
          .indexed = (note_indexed) },                                                             \
        { .name = "code", .type = MADANG_FIELD_LINE, .label = "Code", .unique = TRUE },            \
        { .name = "day", .type = MADANG_FIELD_DAY, .label = "Day", .indexed = TRUE },              \
        { .name = "month", .type = MADANG_FIELD_MONTH, .label = "Month" },                         \
        { .name = "time", .type = MADANG_FIELD_TIME, .label = "Time" },                            \
        { .name = "cost", .type = MADANG_FIELD_WON, .label = "Cost", .indexed = TRUE },            \
        { .name = "visits",                                                                        \
          .type = MADANG_FIELD_INTEGER,                                                            \
          .label = "Visits",                                                                       \
          .indexed = (visits_indexed) },                                                           \
        { .name = "share", .type = MADANG_FIELD_DECIMAL, .label = "Share" },                       \
        { .name = "urgent", .type = MADANG_FIELD_YES_NO, .label = "Urgent", .indexed = TRUE },     \
        { .name = "way",                                                                           \
          .type = MADANG_FIELD_ONE_OF,                                                             \
          .label = "Way",                                                                          \
          .choices = ways,                                                                         \
          .indexed = TRUE },                                                                       \
        { .name = "ways", .type = MADANG_FIELD_SET_OF, .label = "Ways", .choices = ways },         \
        { .name = "rows", .type = MADANG_FIELD_ROWS, .label = "Rows", .members = members },        \
        { .name = "phone",                                                                         \
          .type = MADANG_FIELD_LINE,                                                               \
          .label = "Telephone",                                                                    \
          .max = 20000,                                                                            \
          .indexed = TRUE,                                                                         \
          .personal = TRUE },                                                                      \
    {                                                                                              \
      .name = NULL                                                                                 \
    }                                                                                              \
  }

static const MadangField fields[] = FIELDS (TRUE, FALSE, TRUE);
static const MadangField later_fields[] = FIELDS (FALSE, TRUE, FALSE);

static const MadangState states[]
    = { { "draft", "Draft" }, { "submitted", "Submitted" }, { NULL } };

static const MadangEvent events[] = { { .name = NULL } };
static const MadangRight rights[] = { { .roles = 0 } };

static char *
find_home_scope (const MadangRecord *record)
{
  return g_strconcat ("agency:", madang_record_get_text ((MadangRecord *)record, "agency"), NULL);
}

static void
collect_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  MadangRecord *self = (MadangRecord *)record;

  g_ptr_array_add (scopes, find_home_scope (record));
  if (g_str_equal (madang_record_get_state (self), "submitted"))
    g_ptr_array_add (scopes, g_strdup (part == MADANG_PART_MAIN ? "office" : "office-personal"));
}

#define KIND(name_, fields_)                                                                       \
  {                                                                                                \
    .name = name_, .label = "Sample", .fields = fields_, .states = states, .events = events,       \
    .rights = rights, .home_scope = find_home_scope, .audience = collect_audience,                 \
    .title_field = "title", .sort_field = "day"                                                    \
  }

const MadangKind sample_kind = KIND ("sample", fields);
const MadangKind later_sample_kind = KIND ("sample", later_fields);

void
sample_kind_register (void)
{
  madang_kind_register (&sample_kind);
}

MadangRecord *
sample_new (const char *agency, const char *title)
{
  g_autofree char *id = madang_id_new ();
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);
  MadangRecord *record = madang_record_new (madang_kind_find ("sample"), id);

  madang_record_set_scope (record, scope);
  sample_set_text (record, "agency", agency);
  if (title != NULL)
    sample_set_text (record, "title", title);
  return record;
}

void
sample_set_text (MadangRecord *record, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;

  madang_record_set (record, field, g_variant_new_string (text), &error);
  g_assert_no_error (error);
}

void
sample_set_number (MadangRecord *record, const char *field, gint64 number)
{
  g_autoptr (GError) error = NULL;

  madang_record_set (record, field, g_variant_new_int64 (number), &error);
  g_assert_no_error (error);
}
