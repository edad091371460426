/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-search-shape.h"

#include "madang-search-text.h"

#define MAX_RANK 8 /* kinds that refer to each other in a circle have no longest way */

/* FTS5 reads search_text for its content. No trigger may tell it what changes there: a schema is
 * not trusted to touch a virtual table. A record whose text is still there cannot be deleted. */
const char madang_search_definition[]
    = "CREATE TABLE search_text (\n"
      "  record INTEGER PRIMARY KEY REFERENCES record (rowid),\n"
      "  title TEXT,\n"
      "  text TEXT NOT NULL\n"
      ") STRICT;\n"
      "CREATE TABLE search_due (\n"
      "  record INTEGER PRIMARY KEY REFERENCES record (rowid) ON DELETE CASCADE,\n"
      "  rank INTEGER NOT NULL\n"
      ") STRICT;\n"
      "CREATE INDEX search_due_by_rank ON search_due (rank, record);\n"
      "CREATE VIRTUAL TABLE search USING fts5 (text, content = 'search_text',"
      " content_rowid = 'record', columnsize = 0, detail = none, tokenize = 'madang');\n";

const MadangField *
madang_search_get_title_field (const MadangKind *kind)
{
  const MadangField *field
      = kind->title_field != NULL ? madang_kind_find_field (kind, kind->title_field) : NULL;

  if (field == NULL || field->personal)
    return NULL;
  return field->type == MADANG_FIELD_LINE || field->type == MADANG_FIELD_REFERENCE ? field : NULL;
}

gboolean
madang_search_follows (const MadangKind *kind, const MadangField *field)
{
  return field->type == MADANG_FIELD_REFERENCE && !field->personal && field->indexed
         && (field->searched || field == madang_search_get_title_field (kind));
}

static gboolean
is_searched (const MadangKind *kind)
{
  for (const MadangField *field = kind->fields; field->name != NULL; field++)
    if (field->searched)
      return TRUE;
  return FALSE;
}

static gboolean
is_followed (const MadangKind *kind)
{
  for (const MadangKind *const *other = madang_kind_list (); *other != NULL; other++)
    for (const MadangField *field = (*other)->fields; field->name != NULL; field++)
      if (madang_search_follows (*other, field) && g_strcmp0 (field->reference, kind->name) == 0)
        return TRUE;
  return FALSE;
}

gboolean
madang_search_covers (const MadangKind *kind)
{
  return is_searched (kind) || is_followed (kind);
}

static guint
find_rank (const MadangKind *kind, guint most)
{
  guint rank = 0;

  for (const MadangField *field = kind->fields; most > 0 && field->name != NULL; field++)
    {
      const MadangKind *target
          = madang_search_follows (kind, field) ? madang_kind_find (field->reference) : NULL;
      if (target != NULL)
        rank = MAX (rank, find_rank (target, most - 1) + 1);
    }
  return rank;
}

guint
madang_search_get_rank (const MadangKind *kind)
{
  return find_rank (kind, MAX_RANK);
}

static void
describe (GString *shape, const MadangKind *kind)
{
  const MadangField *title = madang_search_get_title_field (kind);

  g_string_append_printf (shape, "%s(%s)", kind->name, title != NULL ? title->name : "");
  for (const MadangField *field = kind->fields; field->name != NULL; field++)
    if (field->searched || madang_search_follows (kind, field))
      g_string_append_printf (shape, " %s:%d:%d:%s", field->name, field->type, field->personal,
                              field->reference != NULL ? field->reference : "");
  g_string_append_c (shape, '\n');
}

char *
madang_search_dup_shape (void)
{
  g_autoptr (GString) shape = g_string_new (madang_search_definition);

  g_string_append_printf (shape, "version %d\n", MADANG_SEARCH_TEXT_VERSION);
  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    describe (shape, *kind);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, shape->str, -1);
}
