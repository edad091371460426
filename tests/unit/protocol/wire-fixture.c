/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire-fixture.h"

#include <string.h>

static const MadangChoice colours[]
    = { { "blue", "Blue" }, { "green", "Green" }, { "red", "Red" }, { NULL } };

static const MadangField members[] = {
  { .name = "amount", .type = MADANG_FIELD_WON, .label = "Amount" },
  { .name = "done", .type = MADANG_FIELD_YES_NO, .label = "Done" },
  { .name = "pos", .type = MADANG_FIELD_LINE, .label = "Position" },
  { .name = "sha256", .type = MADANG_FIELD_ATTACHMENT, .label = "File" },
  { NULL },
};

/* Not in the order of their names on purpose. */
static const MadangField fields[] = {
  { .name = "title", .type = MADANG_FIELD_LINE, .label = "Title" },
  { .name = "body", .type = MADANG_FIELD_TEXT, .label = "Body" },
  { .name = "day", .type = MADANG_FIELD_DAY, .label = "Day" },
  { .name = "month", .type = MADANG_FIELD_MONTH, .label = "Month" },
  { .name = "time", .type = MADANG_FIELD_TIME, .label = "Time" },
  { .name = "won", .type = MADANG_FIELD_WON, .label = "Cost" },
  { .name = "count", .type = MADANG_FIELD_INTEGER, .label = "Count" },
  { .name = "ratio", .type = MADANG_FIELD_DECIMAL, .label = "Ratio" },
  { .name = "agreed", .type = MADANG_FIELD_YES_NO, .label = "Agreed" },
  { .name = "colour", .type = MADANG_FIELD_ONE_OF, .label = "Colour", .choices = colours },
  { .name = "colours", .type = MADANG_FIELD_SET_OF, .label = "Colours", .choices = colours },
  { .name = "parent", .type = MADANG_FIELD_REFERENCE, .label = "Parent", .reference = "sample" },
  { .name = "steps", .type = MADANG_FIELD_ROWS, .label = "Steps", .members = members, .max = 200 },
  { .name = "plan", .type = MADANG_FIELD_ATTACHMENT, .label = "Plan" },
  { .name = "phone", .type = MADANG_FIELD_LINE, .label = "Phone", .personal = TRUE },
  { .name = "age", .type = MADANG_FIELD_INTEGER, .label = "Age", .personal = TRUE },
  { NULL },
};

static const MadangState states[] = { { "draft", "Draft" }, { "sent", "Sent" }, { NULL } };

static const MadangEvent events[] = {
  { .name = "send", .label = "Send", .past = "Sent", .to = "sent", .roles = MADANG_ROLE_EVERY },
  { NULL },
};

static const MadangRight rights[] = { { 0 } };

static const MadangKind sample = {
  .name = "sample",
  .label = "Sample",
  .fields = fields,
  .states = states,
  .events = events,
  .rights = rights,
  .title_field = "title",
};

const MadangKind *
wire_fixture_get_kind (void)
{
  if (madang_kind_find ("sample") == NULL)
    madang_kind_register (&sample);
  return &sample;
}

char *
wire_fixture_read (const char *folder, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (FIXTURES, folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  g_file_get_contents (path, &content, length, &error);
  g_assert_no_error (error);
  return content;
}

GBytes *
wire_fixture_unescape (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; *text != '\0'; text++)
    {
      guint8 byte = *text;

      if (*text == '%')
        {
          byte = g_ascii_xdigit_value (text[1]) * 16 + g_ascii_xdigit_value (text[2]);
          text += 2;
        }
      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
wire_fixture_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

char *
wire_fixture_text (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return g_strndup (text, length);
}
