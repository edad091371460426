/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sim-leaflet.h"

#include "madang-record.h"

static const MadangChoice tags[] = {
  { "blue", "Blue" }, { "green", "Green" }, { "red", "Red" }, { "white", "White" }, { NULL },
};

static const MadangField members[] = {
  { .name = "pos", .type = MADANG_FIELD_LINE, .label = "Place", .max = 20 },
  { .name = "text", .type = MADANG_FIELD_LINE, .label = "Text", .max = 60 },
  { NULL },
};

static const MadangField fields[] = {
  { .name = "agency",
    .type = MADANG_FIELD_REFERENCE,
    .label = "Agency",
    .reference = "agency",
    .required = TRUE,
    .fixed = TRUE,
    .indexed = TRUE },
  { .name = "title",
    .type = MADANG_FIELD_LINE,
    .label = "Title",
    .max = 60,
    .required_for = "submit" },
  { .name = "note", .type = MADANG_FIELD_TEXT, .label = "Note", .max = 400 },
  { .name = "code",
    .type = MADANG_FIELD_LINE,
    .label = "Code",
    .max = 60,
    .unique = TRUE,
    .indexed = TRUE },
  { .name = "tags",
    .type = MADANG_FIELD_SET_OF,
    .label = "Tags",
    .choices = tags,
    .merge = MADANG_MERGE_SET },
  { .name = "most", .type = MADANG_FIELD_INTEGER, .label = "Most", .merge = MADANG_MERGE_MAX },
  { .name = "final",
    .type = MADANG_FIELD_LINE,
    .label = "Final",
    .max = 60,
    .merge = MADANG_MERGE_NEVER },
  { .name = "left",
    .type = MADANG_FIELD_LINE,
    .label = "Left",
    .max = 60,
    .merge = MADANG_MERGE_ATOMIC,
    .merge_group = "pair" },
  { .name = "right",
    .type = MADANG_FIELD_LINE,
    .label = "Right",
    .max = 60,
    .merge = MADANG_MERGE_ATOMIC,
    .merge_group = "pair" },
  { .name = "rows", .type = MADANG_FIELD_ROWS, .label = "Rows", .max = 6, .members = members },
  { .name = "contact", .type = MADANG_FIELD_LINE, .label = "Contact", .max = 60, .personal = TRUE },
  { .name = "remark", .type = MADANG_FIELD_TEXT, .label = "Remark", .max = 400, .personal = TRUE },
  { .name = "number",
    .type = MADANG_FIELD_LINE,
    .label = "Number",
    .max = 20,
    .merge = MADANG_MERGE_SERVER },
  { NULL },
};

static const MadangState states[]
    = { { "draft", "Draft" }, { "submitted", "Submitted" }, { "approved", "Approved" }, { NULL } };

static const char *const in_draft[] = { "draft", NULL };
static const char *const in_submitted[] = { "submitted", NULL };

static const MadangEvent events[] = {
  { .name = "submit",
    .label = "Submit",
    .from = in_draft,
    .to = "submitted",
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .flags = MADANG_EVENT_SEEN | MADANG_EVENT_COMPLETE },
  { .name = "recall",
    .label = "Recall",
    .from = in_submitted,
    .to = "draft",
    .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN },
  { .name = "approve",
    .label = "Approve",
    .from = in_submitted,
    .to = "approved",
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .flags = MADANG_EVENT_SEEN },
  { NULL },
};

static const MadangRight rights[] = {
  { .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_READ },
  { .roles = MADANG_ROLE_AGENCY_OFFICER,
    .reach = MADANG_REACH_OWN,
    .actions = MADANG_ACTION_UPDATE | MADANG_ACTION_DELETE,
    .states = in_draft },
  { .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_READ | MADANG_ACTION_UPDATE,
    .states = in_submitted },
  { 0 },
};

static const MadangSeries series[] = { { "number", "approve", "%04d", NULL }, { NULL } };

static const char *
get_agency (const MadangRecord *record)
{
  const char *agency = madang_record_get_text ((MadangRecord *)record, "agency");

  return *agency != '\0' ? agency : NULL;
}

static char *
dup_home (const MadangRecord *record)
{
  const char *agency = get_agency (record);

  return agency != NULL ? g_strconcat ("agency:", agency, NULL) : NULL;
}

static void
add_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  char *home = dup_home (record);

  if (home != NULL)
    g_ptr_array_add (scopes, home);
  if (!g_str_equal (madang_record_get_state ((MadangRecord *)record), "draft"))
    g_ptr_array_add (scopes,
                     g_strdup (part == MADANG_PART_PERSONAL ? "office-personal" : "office"));
}

const MadangKind sim_leaflet_kind = {
  .name = "leaflet",
  .label = "Leaflet",
  .fields = fields,
  .states = states,
  .events = events,
  .rights = rights,
  .series = series,
  .home_scope = dup_home,
  .agency_of = get_agency,
  .audience = add_audience,
  .title_field = "title",
};
