/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-cache-private.h"

#include "madang-error.h"
#include "madang-id.h"
#include "madang-wire-limits.h"

/* Where a new mutation goes, and what it takes up in itself. */
typedef struct
{
  GPtrArray *rows;         /* (owned): of the record, in the outbox */
  MadangRecord *before;    /* (owned) (nullable): what the person saw */
  MadangOutboxRow *merged; /* (nullable): of rows; the unsealed patch that grows */
  GPtrArray *superseded;   /* (owned): of rows; refused or held, done anew by this one */
  gboolean recreates;      /* a refused creation is among them */
  gboolean vanishes;       /* nothing is left to be sent */
} Plan;

static void
clear_plan (Plan *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->superseded, g_ptr_array_unref);
  g_clear_object (&self->before);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, clear_plan)

static gboolean
refuse (GError **error, MadangErrorCode code, const char *why)
{
  g_set_error_literal (error, MADANG_ERROR, code, why);
  return FALSE;
}

/* --- is it sound? -------------------------------------------------------------------------- */

/* A whole row of a list is checked as a list of one. */
static GVariant *
wrap_row (const char *path, GVariant *row)
{
  const char *id = strchr (path, '/') + 1;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sa{sv}}"));
  g_variant_builder_add (&builder, "{s@a{sv}}", id, row);
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static gboolean
is_within_limits (const MadangKind *kind, const MadangEdit *edit)
{
  const MadangField *top = NULL;
  const MadangField *field = madang_kind_find_path (kind, edit->path, &top);
  gboolean is_row = field != NULL && field == top && strchr (edit->path, '/') != NULL;
  g_autoptr (GVariant) value = NULL;

  if (field == NULL)
    return FALSE;
  if (edit->to == NULL)
    return TRUE;
  if (is_row && !g_variant_is_of_type (edit->to, G_VARIANT_TYPE_VARDICT))
    return FALSE;
  value = is_row ? wrap_row (edit->path, edit->to) : g_variant_ref (edit->to);
  g_autoptr (MadangVerdict) verdict = madang_field_check (field, value);
  return madang_verdict_is_yes (verdict);
}

static gboolean
check_values (const MadangMutation *mutation, GError **error)
{
  const MadangKind *kind = madang_kind_find (mutation->kind);

  if (kind == NULL || !madang_id_is_valid (mutation->id))
    return refuse (error, MADANG_ERROR_INVALID, "no such kind, or not an id");
  if (mutation->operation == MADANG_OPERATION_VOID)
    return refuse (error, MADANG_ERROR_INVALID, "a void is not a person's change");
  if (mutation->operation == MADANG_OPERATION_EVENT
      && (mutation->event == NULL || madang_kind_find_event (kind, mutation->event) == NULL))
    return refuse (error, MADANG_ERROR_INVALID, "no such event");
  if (mutation->edits->len > MADANG_WIRE_MAX_EDITS)
    return refuse (error, MADANG_ERROR_TOO_LARGE, "too many values at once");
  for (guint i = 0; i < mutation->edits->len; i++)
    {
      const MadangEdit *edit = g_ptr_array_index (mutation->edits, i);
      if (!is_within_limits (kind, edit))
        {
          g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "a value of %s breaks its limits",
                       edit->path);
          return FALSE;
        }
    }
  return TRUE;
}

/* Whether the paths and types are ones that a person may set, on what the person sees. */
static gboolean
check_edits (const Plan *plan, const MadangMutation *mutation, GError **error)
{
  const MadangKind *kind = madang_kind_find (mutation->kind);
  g_autoptr (MadangRecord) trial = plan->before != NULL ? madang_record_dup (plan->before)
                                                        : madang_record_new (kind, mutation->id);
  g_autofree MadangMergeOutcome *outcomes = g_new0 (MadangMergeOutcome, mutation->edits->len + 1);

  madang_merge_edits (trial, mutation->edits, mutation->base, outcomes);
  for (guint i = 0; i < mutation->edits->len; i++)
    if (outcomes[i] == MADANG_MERGE_REFUSED)
      return refuse (error, MADANG_ERROR_INVALID, "a value that a person does not set");
  return TRUE;
}

/* --- where does it go? --------------------------------------------------------------------- */

static gboolean
has_edits (const MadangOutboxRow *row)
{
  return madang_outbox_row_is (row, MADANG_OPERATION_CREATE)
         || madang_outbox_row_is (row, MADANG_OPERATION_PATCH);
}

static gboolean
overlaps (const MadangOutboxRow *row, const MadangMutation *mutation)
{
  g_autoptr (MadangMutation) earlier = madang_mutation_from_bytes (row->body, NULL);

  return earlier != NULL && madang_cache_edits_overlap (earlier->edits, mutation->edits);
}

static gboolean
has_refused_creation (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const MadangOutboxRow *row = g_ptr_array_index (rows, i);
      if (row->refused && madang_outbox_row_is (row, MADANG_OPERATION_CREATE))
        return TRUE;
    }
  return FALSE;
}

/* A person who changes what was refused means it anew. Of a record that could not be created,
 * everything is meant anew. */
static gboolean
is_meant_anew (const Plan *plan, const MadangOutboxRow *row, const MadangMutation *mutation)
{
  gboolean idle = row->refused || (plan->recreates && row->held);

  return idle && has_edits (row) && (plan->recreates || overlaps (row, mutation));
}

static gboolean
is_open_patch (const MadangOutboxRow *row)
{
  return madang_outbox_row_is_unsealed (row) && !row->refused && !row->held
         && madang_outbox_row_is (row, MADANG_OPERATION_PATCH);
}

static gboolean
rows_overlap (const MadangOutboxRow *a, const MadangOutboxRow *b)
{
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (b->body, NULL);

  return mutation != NULL && overlaps (a, mutation);
}

/* Whether the new mutation, in the place of the first that it takes up, would come before a change
 * that it, or another one that it takes up, was made after. */
static gboolean
overtakes (const Plan *plan, const MadangMutation *mutation)
{
  gboolean behind = FALSE;

  for (guint i = 0; i < plan->rows->len; i++)
    {
      MadangOutboxRow *row = g_ptr_array_index (plan->rows, i);

      behind |= row == g_ptr_array_index (plan->superseded, 0);
      if (!behind || !has_edits (row) || g_ptr_array_find (plan->superseded, row, NULL))
        continue;
      if (overlaps (row, mutation))
        return TRUE;
      for (guint j = 1; j < plan->superseded->len; j++)
        {
          const MadangOutboxRow *later = g_ptr_array_index (plan->superseded, j);

          if (later->place > row->place && rows_overlap (row, later))
            return TRUE;
        }
    }
  return FALSE;
}

/* Together with what is meant anew goes what was typed since and was never on its way; when there
 * is more between them than that, the new change stands for itself. */
static void
find_superseded (Plan *plan, const MadangMutation *mutation)
{
  plan->recreates = has_refused_creation (plan->rows);
  for (guint i = 0; i < plan->rows->len; i++)
    {
      MadangOutboxRow *row = g_ptr_array_index (plan->rows, i);
      gboolean follows = plan->superseded->len > 0 && !plan->recreates && is_open_patch (row);

      if (is_meant_anew (plan, row, mutation) || (follows && overlaps (row, mutation)))
        g_ptr_array_add (plan->superseded, row);
    }
  if (plan->superseded->len > 0 && !plan->recreates && overtakes (plan, mutation))
    g_ptr_array_set_size (plan->superseded, 0);
}

/* Two that would be too large together stay two. */
static gboolean
fits (const MadangOutboxRow *row, const MadangMutation *mutation)
{
  g_autoptr (GBytes) body = madang_mutation_to_bytes (mutation);

  return g_bytes_get_size (row->body) + g_bytes_get_size (body) <= MADANG_WIRE_MAX_RECORD;
}

static void
find_merged (Plan *plan, const MadangMutation *mutation)
{
  MadangOutboxRow *last
      = plan->rows->len > 0 ? g_ptr_array_index (plan->rows, plan->rows->len - 1) : NULL;

  if (last != NULL && madang_outbox_row_is_unsealed (last) && !last->refused && !last->held
      && madang_outbox_row_is (last, MADANG_OPERATION_PATCH) && fits (last, mutation))
    plan->merged = last;
}

static gboolean
make_plan (MadangCache *self, const MadangMutation *mutation, Plan *plan, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean creates = mutation->operation == MADANG_OPERATION_CREATE;

  plan->superseded = g_ptr_array_new ();
  plan->rows = madang_cache_list_outbox_of (self, mutation->id, error);
  if (plan->rows == NULL)
    return FALSE;
  plan->before = madang_record_store_get_any (self->records, mutation->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (creates && (plan->before != NULL || plan->rows->len > 0))
    return refuse (error, MADANG_ERROR_CONFLICT, "the record is there already");
  if (!creates && plan->before == NULL)
    return refuse (error, MADANG_ERROR_NOT_FOUND, "there is no such record");
  if (mutation->operation != MADANG_OPERATION_PATCH)
    return TRUE;

  find_superseded (plan, mutation);
  if (plan->superseded->len == 0)
    find_merged (plan, mutation);
  return TRUE;
}

/* --- making it ------------------------------------------------------------------------------ */

static gboolean
set_base (MadangCache *self, MadangMutation *mutation, const Plan *plan, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangRecord) confirmed
      = madang_cache_load_confirmed (self, mutation->id, plan->rows->len > 0, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    mutation->base[part] = confirmed != NULL ? madang_record_get_version (confirmed, part) : 0;
  return TRUE;
}

/* The versions stay those that the first of the merged edits was based on. */
static gboolean
grow_merged (Plan *plan, GPtrArray *edits, MadangMutation *mutation, GError **error)
{
  g_autoptr (MadangMutation) earlier = madang_mutation_from_bytes (plan->merged->body, error);

  if (earlier == NULL)
    return FALSE;
  madang_cache_fold_edits (edits, earlier->edits);
  memcpy (mutation->base, earlier->base, sizeof mutation->base);
  g_free (mutation->mid);
  mutation->mid = g_strdup (earlier->mid);
  return TRUE;
}

/* The edits of refused patches, before those of the new one. */
static gboolean
take_up_superseded (Plan *plan, GPtrArray *edits, GError **error)
{
  for (guint i = 0; i < plan->superseded->len; i++)
    {
      const MadangOutboxRow *row = g_ptr_array_index (plan->superseded, i);
      g_autoptr (MadangMutation) earlier = madang_mutation_from_bytes (row->body, error);
      if (earlier == NULL)
        return FALSE;
      madang_cache_fold_edits (edits, earlier->edits);
    }
  return TRUE;
}

/* The record as the person has it now, as a creation. */
static void
recreate (Plan *plan, GPtrArray *edits, MadangMutation *mutation)
{
  g_autoptr (MadangRecord) record = madang_record_dup (plan->before);

  madang_cache_show_edits (record, mutation);
  for (const MadangField *field = madang_record_get_kind (record)->fields; field->name != NULL;
       field++)
    if (madang_record_get (record, field->name) != NULL)
      g_ptr_array_add (edits, madang_edit_new (field->name, NULL,
                                               madang_record_get (record, field->name)));
  mutation->operation = MADANG_OPERATION_CREATE;
  g_free (mutation->scope);
  mutation->scope = g_strdup (madang_record_get_scope (record));
}

static gboolean
fold (Plan *plan, MadangMutation *mutation, GError **error)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_edit_free);

  if (mutation->operation != MADANG_OPERATION_PATCH)
    return TRUE;
  if (plan->recreates)
    recreate (plan, edits, mutation);
  else if ((plan->merged != NULL && !grow_merged (plan, edits, mutation, error))
           || !take_up_superseded (plan, edits, error))
    return FALSE;
  else
    madang_cache_fold_edits (edits, mutation->edits);

  plan->vanishes = edits->len == 0 && !plan->recreates;
  g_ptr_array_unref (mutation->edits);
  mutation->edits = g_steal_pointer (&edits);
  return TRUE;
}

/* --- writing it ----------------------------------------------------------------------------- */

/* The salvage log is written last before the commit: when that fails, the log is cut back. */
static gboolean
write_salvage (MadangCache *self, const Plan *plan, const MadangOutboxRow *row, GError **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  if (plan->vanishes && plan->merged != NULL)
    g_ptr_array_add (gone, plan->merged->mid);
  for (guint i = 0; i < plan->superseded->len; i++)
    g_ptr_array_add (gone, ((MadangOutboxRow *)g_ptr_array_index (plan->superseded, i))->mid);
  g_ptr_array_add (gone, NULL);
  if (!madang_salvage_put_gone (self->salvage, (const char *const *)gone->pdata, row == NULL,
                                error))
    return FALSE;
  if (row == NULL)
    return TRUE;

  MadangSalvageEntry *entry = madang_salvage_entry_new (row->mid, row->body, row->signature);
  gboolean written = madang_salvage_put (self->salvage, entry, error);
  madang_salvage_entry_free (entry);
  return written;
}

/* What cannot be read back would be refused by the server as well, and for ever. */
static MadangOutboxRow *
make_row (const MadangMutation *mutation, const MadangSigningKey *key, GError **error)
{
  g_autoptr (GBytes) body = madang_mutation_to_bytes (mutation);
  g_autoptr (MadangMutation) check = madang_mutation_from_bytes (body, error);

  return check != NULL ? madang_outbox_row_new (mutation, body, key) : NULL;
}

static gboolean
remove_replaced (MadangCache *self, const Plan *plan, gint64 at, GError **error)
{
  if (plan->merged != NULL && !madang_cache_remove_outbox (self, plan->merged->mid, error))
    return FALSE;
  for (guint i = 0; i < plan->superseded->len; i++)
    if (!madang_cache_move_to_sent (self, g_ptr_array_index (plan->superseded, i), "superseded", at,
                                    error))
      return FALSE;
  return TRUE;
}

/* It takes the place of what it replaces: what was held back behind that comes after it. */
static gboolean
add_row (MadangCache *self, const Plan *plan, MadangOutboxRow *row, GError **error)
{
  const MadangOutboxRow *replaced = plan->merged;

  if (plan->superseded->len > 0)
    replaced = g_ptr_array_index (plan->superseded, 0);
  row->place = replaced != NULL ? replaced->place : 0;
  return madang_cache_add_outbox (self, row, error);
}

static gboolean
write_rows (MadangCache *self,
            const Plan *plan,
            const char *id,
            MadangOutboxRow *row,
            gint64 at,
            GError **error)
{
  return (plan->rows->len > 0 || madang_cache_make_shadow (self, id, error))
         && remove_replaced (self, plan, at, error)
         && (row == NULL || add_row (self, plan, row, error))
         && madang_cache_release_held (self, id, error) && madang_cache_refresh (self, id, error)
         && madang_cache_prune_sent (self, at, error);
}

static gboolean
queue (MadangCache *self,
       MadangMutation *mutation,
       const MadangSigningKey *key,
       gint64 at,
       GError **error)
{
  g_auto (Plan) plan = { NULL };
  g_autoptr (MadangOutboxRow) row = NULL;

  if (!make_plan (self, mutation, &plan, error) || !set_base (self, mutation, &plan, error)
      || !check_edits (&plan, mutation, error) || !fold (&plan, mutation, error))
    return FALSE;
  if (plan.vanishes && plan.merged == NULL && plan.superseded->len == 0)
    return TRUE;

  mutation->at = at;
  mutation->schema = MADANG_WIRE_SCHEMA;
  if (!plan.vanishes)
    row = make_row (mutation, key, error);
  return (row != NULL || plan.vanishes) && write_rows (self, &plan, mutation->id, row, at, error)
         && write_salvage (self, &plan, row, error);
}

gboolean
madang_cache_queue (MadangCache *self,
                    MadangMutation *mutation,
                    const MadangSigningKey *key,
                    gint64 at,
                    GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);
  g_return_val_if_fail (mutation != NULL && key != NULL, FALSE);

  gint64 salvaged = madang_salvage_get_size (self->salvage);
  if (!check_values (mutation, error) || !madang_cache_begin (self, error))
    return FALSE;
  GError *failure = NULL;
  gboolean worked = queue (self, mutation, key, at, &failure);
  if (!madang_cache_end (self, worked, failure, error))
    {
      if (madang_salvage_get_size (self->salvage) != salvaged)
        madang_salvage_cut (self->salvage, salvaged);
      return FALSE;
    }

  g_autoptr (GError) local_error = NULL;
  if (!madang_cache_compact_salvage (self, FALSE, &local_error))
    g_debug ("the log of unsent changes stays long: %s", local_error->message);
  return TRUE;
}
