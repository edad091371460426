/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sim-check.h"

#include "sim-leaflet.h"

#include "madang-check.h"
#include "madang-rights.h"
#include "madang-statement.h"
#include "madang-system.h"
#include "madang-wire-record.h"

static void
fault_cb (const char *what, gpointer user_data)
{
  g_error ("the server's database: %s", what);
}

void
sim_check_server (SimServer *server)
{
  g_autoptr (GError) error = NULL;
  guint n_faults = 0;

  madang_check_database (server->reader, fault_cb, NULL, &n_faults, &error);
  g_assert_no_error (error);
}

/* --- records ------------------------------------------------------------------------------- */

static GPtrArray *
list (MadangRecordStore *records, const MadangKind *kind)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind->name);
  g_autoptr (GError) error = NULL;
  GPtrArray *found = madang_record_store_find (records, query, &error);

  g_assert_no_error (error);
  return found;
}

static MadangRecord *
get (MadangRecordStore *records, const char *id)
{
  g_autoptr (GError) error = NULL;
  MadangRecord *record = madang_record_store_get (records, id, &error);

  g_assert_no_error (error);
  return record;
}

static void
compare_part (SimClient *client, MadangRecord *theirs, MadangRecord *mine, MadangPart part)
{
  g_autofree char *told = madang_wire_encode_part (theirs, part);
  g_autofree char *held = madang_wire_encode_part (mine, part);

  if (g_strcmp0 (told, held) != 0
      || madang_record_get_version (theirs, part) != madang_record_get_version (mine, part))
    g_error ("%s has %s %s v%d as %s, the server v%d as %s", client->name,
             madang_record_get_id (mine), madang_wire_get_part_name (part),
             (int)madang_record_get_version (mine, part), held,
             (int)madang_record_get_version (theirs, part), told);
}

static void
compare_record (SimClient *client, MadangActor *actor, MadangRecord *theirs)
{
  const char *id = madang_record_get_id (theirs);
  g_autoptr (MadangRecord) mine = get (client->records, id);

  for (MadangPart part = 0; part < MADANG_N_PARTS; part++)
    {
      gboolean may
          = madang_record_has_part (theirs, part) && madang_rights_may_read (actor, theirs, part);
      gboolean has = mine != NULL && madang_record_has_part (mine, part);

      if (may != has)
        g_error ("%s %s the %s part of %s %s (%s)", client->name, has ? "kept" : "misses",
                 madang_wire_get_part_name (part), madang_record_get_kind (theirs)->name, id,
                 madang_record_get_state (theirs));
      if (has)
        compare_part (client, theirs, mine, part);
    }
  if (mine == NULL)
    return;
  g_assert_cmpstr (madang_record_get_state (mine), ==, madang_record_get_state (theirs));
  g_assert_cmpstr (madang_record_get_scope (mine), ==, madang_record_get_scope (theirs));
  g_assert_cmpuint (madang_record_get_waiting (mine), ==, 0);
}

static gboolean
has_open_conflict (SimClient *client, const char *id)
{
  g_autoptr (GPtrArray) conflicts = list (client->records, &madang_conflict_kind);

  for (guint i = 0; i < conflicts->len; i++)
    {
      MadangRecord *conflict = g_ptr_array_index (conflicts, i);

      if (g_str_equal (madang_record_get_text (conflict, "record"), id)
          && g_str_equal (madang_record_get_state (conflict), "open"))
        return TRUE;
    }
  return FALSE;
}

static void
compare_kind (SimServer *server, SimClient *client, MadangActor *actor, const MadangKind *kind)
{
  MadangRecordStore *records = sim_server_get_records (server);
  g_autoptr (GPtrArray) theirs = list (records, kind);
  g_autoptr (GPtrArray) mine = list (client->records, kind);

  for (guint i = 0; i < theirs->len; i++)
    compare_record (client, actor, g_ptr_array_index (theirs, i));
  for (guint i = 0; i < mine->len; i++)
    {
      MadangRecord *record = g_ptr_array_index (mine, i);
      const char *id = madang_record_get_id (record);
      g_autoptr (MadangRecord) there = get (records, id);

      if (there == NULL)
        g_error ("%s has %s %s, which the server has not", client->name, kind->name, id);
      if (madang_record_get_troubled (record) != has_open_conflict (client, id))
        g_error ("%s shows trouble of %s %s wrongly", client->name, kind->name, id);
    }
}

/* --- digests ------------------------------------------------------------------------------- */

static void
compare_digests (SimServer *server, SimClient *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangStatement) statement = madang_database_prepare (
      madang_record_store_get_database (client->records),
      "SELECT name, count, sum, complete, sweeping, purging, doubted FROM scope", &error);

  g_assert_no_error (error);
  while (madang_statement_step (statement, &error))
    {
      const char *scope = madang_statement_get_text (statement, 0);
      gint64 count = 0;
      guint64 sum = 0;

      g_assert_true (madang_storage_read_digest (server->reader, scope, &count, &sum));
      if (count != madang_statement_get_number (statement, 1)
          || (gint64)sum != madang_statement_get_number (statement, 2))
        g_error ("%s counts %s differently", client->name, scope);
      g_assert_cmpint (madang_statement_get_number (statement, 3), ==, 1);
      for (int column = 4; column < 7; column++)
        g_assert_cmpint (madang_statement_get_number (statement, column), ==, 0);
    }
  g_assert_no_error (error);
}

void
sim_check_client (SimServer *server, SimClient *client)
{
  const MadangKind *const *kinds = madang_kind_list ();
  g_autoptr (MadangActor) actor = sim_server_load_actor (server, client->login);

  for (guint i = 0; kinds[i] != NULL; i++)
    compare_kind (server, client, actor, kinds[i]);
  compare_digests (server, client);
}
