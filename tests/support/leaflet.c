/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "leaflet.h"

#include "madang-id.h"

static const MadangChoice tags[]
    = { { "green", "Green" }, { "red", "Red" }, { "blue", "Blue" }, { NULL } };

static const MadangField members[] = {
  { .name = "pos", .type = MADANG_FIELD_INTEGER, .label = "Position" },
  { .name = "text", .type = MADANG_FIELD_LINE, .label = "Text", .max = 100 },
  { .name = NULL },
};

static const MadangField fields[] = {
  { .name = "title",
    .type = MADANG_FIELD_LINE,
    .label = "Title",
    .max = 20,
    .indexed = TRUE,
    .searched = TRUE },
  { .name = "note", .type = MADANG_FIELD_TEXT, .label = "Note", .max = 20000, .searched = TRUE },
  { .name = "count", .type = MADANG_FIELD_INTEGER, .label = "Count", .indexed = TRUE },
  { .name = "tags",
    .type = MADANG_FIELD_SET_OF,
    .label = "Tags",
    .choices = tags,
    .merge = MADANG_MERGE_SET },
  { .name = "seen", .type = MADANG_FIELD_INTEGER, .label = "Seen", .merge = MADANG_MERGE_MAX },
  { .name = "final",
    .type = MADANG_FIELD_LINE,
    .label = "Final",
    .max = 100,
    .merge = MADANG_MERGE_NEVER },
  { .name = "number",
    .type = MADANG_FIELD_LINE,
    .label = "Number",
    .max = 100,
    .merge = MADANG_MERGE_SERVER },
  { .name = "rows", .type = MADANG_FIELD_ROWS, .label = "Rows", .max = 50, .members = members },
  { .name = "phone", .type = MADANG_FIELD_LINE, .label = "Telephone", .max = 40, .personal = TRUE },
  { .name = NULL },
};

static const MadangState states[] = {
  { "draft", "Draft" },
  { "submitted", "Submitted" },
  { "received", "Received" },
  { NULL },
};

static const char *const from_draft[] = { "draft", NULL };
static const char *const from_submitted[] = { "submitted", NULL };

static const MadangEvent events[] = {
  { .name = "submit",
    .label = "Submit",
    .from = from_draft,
    .to = "submitted",
    .flags = MADANG_EVENT_SEEN },
  { .name = "withdraw", .label = "Withdraw", .from = from_submitted, .to = "draft" },
  { .name = "receive", .label = "Receive", .from = from_submitted, .to = "received" },
  { .name = NULL },
};

static const MadangRight rights[] = { { .roles = 0 } };

static char *
find_home_scope (const MadangRecord *record)
{
  return g_strdup ("agency:a");
}

static void
collect_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  g_ptr_array_add (scopes, g_strdup ("agency:a"));
}

static const MadangKind leaflet_kind = {
  .name = "leaflet",
  .label = "Leaflet",
  .fields = fields,
  .states = states,
  .events = events,
  .rights = rights,
  .home_scope = find_home_scope,
  .audience = collect_audience,
  .title_field = "title",
};

void
leaflet_register (void)
{
  madang_kind_register (&leaflet_kind);
}

MadangRecord *
leaflet_new (const char *title)
{
  g_autofree char *id = madang_id_new ();
  MadangRecord *record = madang_record_new (&leaflet_kind, id);

  leaflet_set_text (record, "title", title);
  return record;
}

void
leaflet_set_text (MadangRecord *record, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;

  madang_record_set (record, field, g_variant_new_string (text), &error);
  g_assert_no_error (error);
}
