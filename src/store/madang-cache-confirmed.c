/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "madang-store"

#include "config.h"

#include "madang-cache-private.h"

#include "madang-id.h"
#include "madang-wire-record.h"

/* --- epochs ------------------------------------------------------------------------------- */

gboolean
madang_cache_is_renewing (MadangCache *self, gboolean *renewing, GError **error)
{
  gint64 number = 0;

  if (!madang_cache_query_number (
          self, "SELECT EXISTS (SELECT 1 FROM scope WHERE renewing AND NOT purging)", 0, &number,
          error))
    return FALSE;
  *renewing = number != 0;
  return TRUE;
}

/* Whether the known version comes from an earlier epoch, where it said something else. From now
 * on it does not. */
static gboolean
renew (MadangCache *self, const char *id, MadangPart part, gboolean *was_stale, GError **error)
{
  gboolean renewing = FALSE;

  *was_stale = FALSE;
  if (self->renewing < 0)
    {
      if (!madang_cache_is_renewing (self, &renewing, error))
        return FALSE;
      self->renewing = renewing;
    }
  if (!self->renewing)
    return TRUE;

  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "INSERT INTO renewed (record, part) VALUES (?1, ?2) ON CONFLICT DO NOTHING RETURNING 1",
      error);
  g_autoptr (GError) local_error = NULL;
  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, id);
  madang_statement_bind_number (statement, 2, part);
  *was_stale = madang_statement_step (statement, &local_error);
  if (local_error == NULL)
    return *was_stale ? madang_statement_run (statement, error) : TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
is_news (const MadangConfirmedPart *told, gint64 known)
{
  return told->version > known || (told->version == known && told->again);
}

/* The confirmed version, without reading the texts. *found: FALSE when there is no row. */
static gboolean
find_version (MadangCache *self,
              const MadangConfirmedPart *told,
              gboolean waiting,
              gboolean *found,
              gint64 *version,
              GError **error)
{
  const char *sql = waiting ? "SELECT CASE ?2 WHEN 0 THEN v ELSE pv END FROM shadow WHERE id = ?1"
                            : "SELECT CASE ?2 WHEN 0 THEN v ELSE pv END FROM record WHERE id = ?1";
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, sql, error);
  g_autoptr (GError) local_error = NULL;

  *version = 0;
  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, told->id);
  madang_statement_bind_number (statement, 2, told->part);
  *found = madang_statement_step (statement, &local_error);
  if (*found)
    *version = madang_statement_get_number (statement, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* --- kinds that this build does not know --------------------------------------------------- */

/* Only for rows whose kind this build does not know: it has no index to be kept in step. */
static gboolean
clear_raw_part (MadangCache *self, const char *id, MadangPart part, GError **error)
{
  const char *sql = part == MADANG_PART_MAIN
                        ? "UPDATE record SET main = NULL, v = 0 WHERE id = ?1"
                        : "UPDATE record SET personal = NULL, pv = 0 WHERE id = ?1";

  return madang_cache_run_with_id (self, sql, id, error)
         && madang_cache_run_with_id (
             self, "DELETE FROM record WHERE id = ?1 AND main IS NULL AND personal IS NULL", id,
             error);
}

/* A change of such a record can only wait here when an older build was put back; then the row is
 * passed over, and comes again with its next version. */
static gboolean
take_raw (MadangCache *self,
          const MadangConfirmedPart *told,
          gboolean waiting,
          gboolean stale,
          gboolean *taken,
          GError **error)
{
  gboolean found = FALSE;
  gint64 known = 0;

  if (waiting)
    return TRUE;
  if (!find_version (self, told, FALSE, &found, &known, error))
    return FALSE;
  if (!stale && !is_news (told, known))
    return TRUE;

  *taken = TRUE;
  if (told->doc == NULL)
    return clear_raw_part (self, told->id, told->part, error);
  return madang_record_store_put_raw (self->records, told->kind, told->id, told->home,
                                      told->state != NULL ? told->state : "", told->part,
                                      told->version, told->doc, error);
}

/* --- kinds that it knows ------------------------------------------------------------------ */

/* Returns: (transfer full): without any part. */
static MadangRecord *
make_record (const MadangKind *kind, const char *id)
{
  MadangRecord *record = madang_record_new (kind, id);

  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    madang_record_set_has_part (record, part, FALSE);
  return record;
}

/* State, home and deletion go with the main part, whose version every change of them raises; a
 * late row of the other part would bring back old ones. */
static gboolean
leads (MadangRecord *record, MadangPart part)
{
  return part == MADANG_PART_MAIN || madang_record_get_version (record, MADANG_PART_MAIN) == 0;
}

static gboolean
fill_part (MadangRecord *record, const MadangConfirmedPart *told)
{
  g_autoptr (GError) error = NULL;

  if (leads (record, told->part))
    {
      madang_record_set_deleted (record, FALSE);
      madang_record_set_scope (record, told->home);
      if (told->state != NULL)
        madang_record_set_state (record, told->state);
    }
  madang_record_set_has_part (record, told->part, TRUE);
  madang_record_set_version (record, told->part, told->version);
  if (madang_wire_decode_part (record, told->part, told->doc, &error))
    return TRUE;
  g_debug ("a part that cannot be read is passed over: %s", error->message);
  return FALSE;
}

/* While changes wait, the values stay beside the tombstone, so that the person goes on seeing
 * them. */
static void
bury_part (MadangRecord *record, const MadangConfirmedPart *told, gboolean waiting)
{
  if (leads (record, told->part))
    madang_record_set_deleted (record, TRUE);
  if (!waiting)
    madang_record_set_has_part (record, told->part, FALSE);
  madang_record_set_version (record, told->part, told->version);
}

/* In the epoch before it was deleted; in this one it is not, whichever part says so first. */
static gboolean
is_reborn (MadangRecord *record, const MadangConfirmedPart *told)
{
  return madang_record_get_deleted (record) && told->doc != NULL
         && g_str_equal (madang_record_get_kind (record)->name, told->kind);
}

static gboolean
update_conflict (MadangCache *self, const char *target, GError **error)
{
  if (target == NULL || !madang_id_is_valid (target))
    return TRUE;
  return madang_cache_run_with_id (self, "DELETE FROM expected_conflict WHERE record = ?1", target,
                                   error)
         && madang_cache_refresh_trouble (self, target, error);
}

/* Most personal parts come beside a main part that is there already. They are in no index, so the
 * rest of the record need not be read and written again. Not taken: it was not that simple. */
static gboolean
take_beside_main (MadangCache *self,
                  const MadangKind *kind,
                  const MadangConfirmedPart *told,
                  gboolean *taken,
                  GError **error)
{
  g_autoptr (MadangRecord) record = make_record (kind, told->id);
  g_autofree char *doc = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      self->database,
      "UPDATE record SET personal = ?1, pv = ?2 WHERE id = ?3 AND kind = ?4 AND v > 0"
      " AND NOT deleted AND (pv < ?2 OR (pv = ?2 AND ?5)) RETURNING 1",
      error);

  if (statement == NULL)
    return FALSE;
  madang_record_set_has_part (record, told->part, TRUE);
  if (!madang_wire_decode_part (record, told->part, told->doc, NULL))
    return TRUE;
  doc = madang_wire_encode_part (record, told->part);
  madang_statement_bind_text (statement, 1, doc);
  madang_statement_bind_number (statement, 2, told->version);
  madang_statement_bind_id (statement, 3, told->id);
  madang_statement_bind_text (statement, 4, told->kind);
  madang_statement_bind_number (statement, 5, told->again);
  if (madang_statement_step (statement, &local_error))
    *taken = madang_statement_run (statement, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Puts the part into the record, unless it cannot be read. */
static gboolean
take_into (MadangCache *self,
           MadangRecord *record,
           const MadangConfirmedPart *told,
           gboolean waiting,
           gboolean *taken,
           GError **error)
{
  g_autofree char *target = g_strdup (madang_cache_get_conflict_target (record));
  if (told->doc == NULL)
    bury_part (record, told, waiting);
  else if (!fill_part (record, told))
    return TRUE;
  if (target == NULL)
    target = g_strdup (madang_cache_get_conflict_target (record));

  *taken = TRUE;
  /* Whether another record is in trouble shows only when the conflict is seen. */
  if (told->quiet && waiting && target == NULL)
    return madang_cache_save_shadow (self, record, error);
  return madang_cache_save_confirmed (self, record, waiting, error)
         && update_conflict (self, target, error);
}

static gboolean
take_known_kind (MadangCache *self,
                 const MadangConfirmedPart *told,
                 gboolean waiting,
                 gboolean stale,
                 gboolean *taken,
                 GError **error)
{
  const MadangKind *kind = madang_kind_find (told->kind);
  g_autoptr (MadangRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean found = FALSE;
  gint64 known = 0;

  /* Most are new, or known from an answer to a push: that is seen without reading the record. */
  if (!find_version (self, told, waiting, &found, &known, error))
    return FALSE;
  if (found && !stale && !is_news (told, known))
    return TRUE;
  if (found && told->part == MADANG_PART_PERSONAL && told->doc != NULL && !waiting && !stale
      && (!take_beside_main (self, kind, told, taken, error) || *taken))
    return *taken;

  if (found)
    record = madang_cache_load_confirmed (self, told->id, waiting, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record != NULL && stale && !waiting && is_reborn (record, told))
    g_clear_object (&record);
  if (record == NULL)
    record = make_record (kind, told->id);
  return madang_record_get_kind (record) != kind
         || take_into (self, record, told, waiting, taken, error);
}

gboolean
madang_cache_take_part (MadangCache *self,
                        const MadangConfirmedPart *told,
                        gboolean waiting,
                        gboolean *taken,
                        GError **error)
{
  gboolean stale = FALSE;

  *taken = FALSE;
  if (!renew (self, told->id, told->part, &stale, error))
    return FALSE;
  if (madang_kind_find (told->kind) == NULL)
    return take_raw (self, told, waiting, stale, taken, error);
  return take_known_kind (self, told, waiting, stale, taken, error);
}

static gboolean
must_stay (MadangCache *self, const char *id, MadangPart part, gboolean *stays, GError **error)
{
  return madang_cache_is_held (self, id, part, stays, error)
         && (*stays || madang_cache_has_outbox (self, id, FALSE, stays, error));
}

gboolean
madang_cache_drop_part (MadangCache *self, const char *id, MadangPart part, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean stays = FALSE;
  gboolean waiting = FALSE;

  if (!must_stay (self, id, part, &stays, error))
    return FALSE;
  if (stays)
    return TRUE;
  if (!madang_cache_has_outbox (self, id, TRUE, &waiting, error))
    return FALSE;

  g_autoptr (MadangRecord) record = madang_cache_load_confirmed (self, id, waiting, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record == NULL)
    return waiting || clear_raw_part (self, id, part, error);
  /* A tombstone holds no content, and guards against late rows. */
  if (!madang_record_has_part (record, part) || (madang_record_get_deleted (record) && !waiting))
    return TRUE;

  g_autofree char *target = g_strdup (madang_cache_get_conflict_target (record));
  gboolean last = !madang_record_has_part (record, MADANG_N_PARTS - 1 - part);
  madang_record_set_has_part (record, part, FALSE);
  madang_record_set_version (record, part, 0);
  return (last ? madang_cache_remove_confirmed (self, id, waiting, error)
               : madang_cache_save_confirmed (self, record, waiting, error))
         && update_conflict (self, target, error);
}

gboolean
madang_cache_drop_unheld (MadangCache *self, const char *id, GError **error)
{
  return madang_cache_drop_part (self, id, MADANG_PART_PERSONAL, error)
         && madang_cache_drop_part (self, id, MADANG_PART_MAIN, error);
}
