/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-merge.h"

#include "madang-path.h"
#include "madang-value.h"

#include <string.h>

/* One edit being decided: everything in the form in which records keep values. */
typedef struct
{
  MadangPath path;
  MadangMerge policy;
  const char *from_digest;
  GVariant *current; /* (nullable): borrowed from the record */
  GVariant *from;    /* (owned) (nullable) */
  GVariant *to;      /* (owned) (nullable) */
} Merge;

static void
clear_merge (Merge *self)
{
  g_clear_pointer (&self->from, g_variant_unref);
  g_clear_pointer (&self->to, g_variant_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Merge, clear_merge)

MadangEdit *
madang_edit_new (const char *path, GVariant *from, GVariant *to)
{
  MadangEdit *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (MadangEdit, 1);
  self->path = g_strdup (path);
  self->from = from != NULL ? g_variant_ref_sink (from) : NULL;
  self->to = to != NULL ? g_variant_ref_sink (to) : NULL;
  return self;
}

MadangEdit *
madang_edit_copy (const MadangEdit *self)
{
  MadangEdit *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = madang_edit_new (self->path, self->from, self->to);
  copy->from_digest = g_strdup (self->from_digest);
  return copy;
}

void
madang_edit_free (MadangEdit *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->from, g_variant_unref);
  g_clear_pointer (&self->from_digest, g_free);
  g_clear_pointer (&self->to, g_variant_unref);
  g_free (self);
}

/* --- one edit ------------------------------------------------------------------------------ */

/* Takes a value of an edit into the form of the record; FALSE: its type is wrong. */
static gboolean
take_value (const MadangPath *path, GVariant *value, GVariant **taken)
{
  const MadangField *field = madang_path_get_innermost (path);

  *taken = NULL;
  if (value == NULL)
    return TRUE;
  if (madang_path_is_row (path))
    {
      if (!madang_row_has_type (field, value))
        return FALSE;
      *taken = madang_row_normalize (field, value);
      return TRUE;
    }
  if (!madang_value_has_type (field, value))
    return FALSE;

  *taken = madang_value_normalize (field, value);
  return TRUE;
}

/* A list says with NEVER or SERVER how all that is in it merges; else a member says it. */
static MadangMerge
get_policy (const MadangPath *path)
{
  MadangMerge policy = path->field->merge;

  if (path->member != NULL && policy != MADANG_MERGE_SERVER && policy != MADANG_MERGE_NEVER)
    policy = path->member->merge;
  return policy;
}

static gboolean
prepare (Merge *self, MadangRecord *record, const MadangEdit *edit)
{
  if (!madang_path_parse (madang_record_get_kind (record), edit->path, &self->path))
    return FALSE;
  if (!madang_record_has_part (record, madang_field_get_part (self->path.field)))
    return FALSE;
  if (!take_value (&self->path, edit->from, &self->from)
      || !take_value (&self->path, edit->to, &self->to))
    return FALSE;

  self->policy = get_policy (&self->path);
  self->from_digest = edit->from_digest;
  self->current = madang_record_get (record, edit->path);
  return self->policy != MADANG_MERGE_SERVER;
}

static gboolean
was_seen (const Merge *self)
{
  g_autofree char *digest = NULL;

  if (self->from_digest == NULL)
    return madang_value_equal (self->current, self->from);
  if (self->current == NULL)
    return FALSE;

  digest = madang_value_digest (self->current);
  return g_str_equal (digest, self->from_digest);
}

static gboolean
has_room (const MadangField *field, GVariant *rows)
{
  gint64 limit = field->max > 0 ? MIN (field->max, MADANG_ROWS_MAX) : MADANG_ROWS_MAX;

  return rows == NULL || (gint64)g_variant_n_children (rows) < limit;
}

/* Whether the row that a member belongs to is there, and whether a new row has room. */
static MadangMergeOutcome
check_place (const Merge *self, MadangRecord *record)
{
  const MadangField *field = self->path.field;
  GVariant *rows;
  g_autoptr (GVariant) row = NULL;

  if (self->path.row[0] == '\0')
    return MADANG_MERGE_APPLIED;

  rows = madang_record_get (record, field->name);
  row = madang_rows_get (rows, self->path.row);
  if (row == NULL && self->path.member != NULL)
    return MADANG_MERGE_CONFLICT;
  if (row == NULL && self->to != NULL && !has_room (field, rows))
    return MADANG_MERGE_REFUSED;
  return MADANG_MERGE_APPLIED;
}

static gboolean
contains_name (GVariant *set, const char *name)
{
  g_autofree const char **names = set != NULL ? g_variant_get_strv (set, NULL) : NULL;

  return names != NULL && g_strv_contains (names, name);
}

static void
add_names (GVariantBuilder *builder, GVariant *set, GVariant *without, GVariant *except)
{
  g_autofree const char **names = set != NULL ? g_variant_get_strv (set, NULL) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!contains_name (without, names[i]) || contains_name (except, names[i]))
      g_variant_builder_add (builder, "s", names[i]);
}

/* What the person added is added and what the person took out is taken out; the rest stays. */
static MadangMergeOutcome
merge_set (Merge *self)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) joined = NULL;

  /* A digest does not tell what was added and removed. */
  if (self->from_digest != NULL && !was_seen (self))
    return MADANG_MERGE_CONFLICT;
  if (self->from_digest != NULL)
    return madang_value_equal (self->current, self->to) ? MADANG_MERGE_UNCHANGED
                                                        : MADANG_MERGE_APPLIED;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  add_names (&builder, self->current, self->from, self->to);
  add_names (&builder, self->to, self->from, NULL);
  joined = g_variant_ref_sink (g_variant_builder_end (&builder));

  g_clear_pointer (&self->to, g_variant_unref);
  self->to = madang_value_normalize (madang_path_get_innermost (&self->path), joined);
  return madang_value_equal (self->current, self->to) ? MADANG_MERGE_UNCHANGED
                                                      : MADANG_MERGE_APPLIED;
}

static MadangMergeOutcome
merge_max (const Merge *self)
{
  gboolean larger = self->to != NULL
                    && (self->current == NULL || g_variant_compare (self->to, self->current) > 0);

  return larger ? MADANG_MERGE_APPLIED : MADANG_MERGE_UNCHANGED;
}

static MadangMergeOutcome
decide (Merge *self, MadangRecord *record, gint64 seen_version)
{
  MadangPart part = madang_field_get_part (self->path.field);
  MadangMergeOutcome place = check_place (self, record);

  if (place != MADANG_MERGE_APPLIED)
    return place;
  if (self->policy == MADANG_MERGE_SET && !madang_path_is_row (&self->path))
    return merge_set (self);
  if (self->policy == MADANG_MERGE_MAX && !madang_path_is_row (&self->path))
    return merge_max (self);
  if (madang_value_equal (self->current, self->to))
    return MADANG_MERGE_UNCHANGED;
  if (self->path.field->fixed && self->current != NULL)
    return MADANG_MERGE_REFUSED;
  if (self->policy == MADANG_MERGE_NEVER
      && seen_version != madang_record_get_version (record, part))
    return MADANG_MERGE_CONFLICT;

  return was_seen (self) ? MADANG_MERGE_APPLIED : MADANG_MERGE_CONFLICT;
}

MadangMergeOutcome
madang_merge_edit (MadangRecord *record, const MadangEdit *edit, gint64 seen_version)
{
  g_auto (Merge) merge = { .policy = MADANG_MERGE_CAS };
  MadangMergeOutcome outcome;

  g_return_val_if_fail (MADANG_IS_RECORD (record) && edit != NULL, MADANG_MERGE_REFUSED);

  if (!prepare (&merge, record, edit))
    return MADANG_MERGE_REFUSED;

  outcome = decide (&merge, record, seen_version);
  if (outcome == MADANG_MERGE_APPLIED && !madang_record_set (record, edit->path, merge.to, NULL))
    return MADANG_MERGE_REFUSED;

  return outcome;
}

/* --- batches ------------------------------------------------------------------------------- */

/* (nullable): the group that the edit must go together with. */
static const char *
get_group (MadangRecord *record, const MadangEdit *edit)
{
  const MadangField *top = NULL;

  madang_kind_find_path (madang_record_get_kind (record), edit->path, &top);
  return top != NULL && top->merge == MADANG_MERGE_ATOMIC ? top->merge_group : NULL;
}

static gint64
get_seen_version (MadangRecord *record,
                  const MadangEdit *edit,
                  const gint64 seen_versions[MADANG_N_PARTS])
{
  const MadangField *top = NULL;

  madang_kind_find_path (madang_record_get_kind (record), edit->path, &top);
  return top != NULL ? seen_versions[madang_field_get_part (top)] : 0;
}

/* Tries the group on a copy; when one edit fails, those that would have gone fail with it. */
static void
merge_group (MadangRecord *record,
             GPtrArray *edits,
             const char *group,
             const gint64 seen_versions[MADANG_N_PARTS],
             MadangMergeOutcome *outcomes)
{
  g_autoptr (MadangRecord) trial = madang_record_dup (record);
  gboolean failed = FALSE;

  for (guint i = 0; i < edits->len; i++)
    {
      const MadangEdit *edit = g_ptr_array_index (edits, i);

      if (g_strcmp0 (get_group (record, edit), group) != 0)
        continue;
      outcomes[i] = madang_merge_edit (trial, edit, get_seen_version (record, edit, seen_versions));
      failed |= outcomes[i] == MADANG_MERGE_CONFLICT || outcomes[i] == MADANG_MERGE_REFUSED;
    }

  for (guint i = 0; i < edits->len; i++)
    {
      const MadangEdit *edit = g_ptr_array_index (edits, i);

      if (g_strcmp0 (get_group (record, edit), group) != 0 || outcomes[i] != MADANG_MERGE_APPLIED)
        continue;
      if (failed)
        outcomes[i] = MADANG_MERGE_CONFLICT;
      else
        madang_merge_edit (record, edit, get_seen_version (record, edit, seen_versions));
    }
}

void
madang_merge_edits (MadangRecord *record,
                    GPtrArray *edits,
                    const gint64 seen_versions[MADANG_N_PARTS],
                    MadangMergeOutcome *outcomes)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (MADANG_IS_RECORD (record) && edits != NULL);
  g_return_if_fail (seen_versions != NULL && outcomes != NULL);

  for (guint i = 0; i < edits->len; i++)
    {
      const MadangEdit *edit = g_ptr_array_index (edits, i);
      const char *group = get_group (record, edit);

      if (group == NULL)
        outcomes[i]
            = madang_merge_edit (record, edit, get_seen_version (record, edit, seen_versions));
      else if (g_hash_table_add (groups, (gpointer)group))
        merge_group (record, edits, group, seen_versions, outcomes);
    }
}
