/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-cache-private.h"

#include "madang-error.h"
#include "madang-wire-limits.h"

/* What a mutation has beside its bytes in a request: number, signature, line ends; and what the
 * first line needs. */
#define LINE_OVERHEAD 256

/* --- numbers ------------------------------------------------------------------------------ */

static gint64
get_next_number (MadangCache *self)
{
  g_autofree char *text = madang_cache_dup_setting (self, "next-number");

  return text != NULL ? MAX (1, g_ascii_strtoll (text, NULL, 10)) : 1;
}

static gboolean
set_next_number (MadangCache *self, gint64 number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return madang_cache_set_setting (self, "next-number", text, error);
}

gboolean
madang_cache_find_lowest_number (MadangCache *self, gint64 *number, GError **error)
{
  return madang_cache_query_number (
      self, "SELECT min (number) FROM outbox WHERE number IS NOT NULL AND NOT refused",
      get_next_number (self), number, error);
}

static gboolean
give_number (MadangCache *self, const char *mid, gint64 number, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database,
                                 "UPDATE outbox SET number = ?2, fixed = 1 WHERE mid = ?1", error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, mid);
  madang_statement_bind_number (statement, 2, number);
  return madang_statement_run (statement, error);
}

/* --- sealing ------------------------------------------------------------------------------ */

static GPtrArray *
list_rows (MadangCache *self, const char *sql, GError **error)
{
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return NULL;
  madang_statement_bind_number (statement, 1, MADANG_WIRE_MAX_MUTATIONS);
  return madang_cache_read_outbox (statement, error);
}

/* FALSE: the request is full. */
static gboolean
add_item (MadangPushRequest *request, gsize *size, const MadangOutboxRow *row, gint64 number)
{
  gsize more = g_bytes_get_size (row->body) + LINE_OVERHEAD;

  if (request->items->len >= MADANG_WIRE_MAX_MUTATIONS || *size + more > MADANG_WIRE_MAX_REQUEST)
    return FALSE;
  *size += more;
  g_ptr_array_add (request->items, madang_push_item_new (number, row->signature, row->body));
  return TRUE;
}

static gboolean
fill_request (MadangCache *self, MadangPushRequest *request, GError **error)
{
  g_autoptr (GPtrArray) sealed = list_rows (self,
                                            "SELECT " MADANG_OUTBOX_COLUMNS
                                            " FROM outbox WHERE number IS NOT NULL AND NOT refused"
                                            " ORDER BY number LIMIT ?1",
                                            error);
  g_autoptr (GPtrArray) fresh = NULL;
  gint64 next = get_next_number (self);
  gint64 first = next;
  gsize size = LINE_OVERHEAD;

  if (sealed == NULL)
    return FALSE;
  for (guint i = 0; i < sealed->len; i++)
    {
      const MadangOutboxRow *row = g_ptr_array_index (sealed, i);
      if (!add_item (request, &size, row, row->number))
        return TRUE;
    }

  fresh = list_rows (self,
                     "SELECT " MADANG_OUTBOX_COLUMNS " FROM outbox WHERE number IS NULL"
                     " AND NOT refused AND NOT held ORDER BY place LIMIT ?1",
                     error);
  if (fresh == NULL)
    return FALSE;
  for (guint i = 0; i < fresh->len; i++)
    {
      const MadangOutboxRow *row = g_ptr_array_index (fresh, i);
      if (!add_item (request, &size, row, next))
        break;
      if (!give_number (self, row->mid, next++, error))
        return FALSE;
    }
  return next == first || set_next_number (self, next, error);
}

/* The server forgets the answers that the device knows for good. What was refused and still waits
 * for the person is not among them: it may have to be asked about again, after a new epoch or
 * from the salvage log, and must be refused then as well. */
static gboolean
find_first_open_number (MadangCache *self, gint64 *number, GError **error)
{
  return madang_cache_query_number (self,
                                    "SELECT min (number) FROM outbox WHERE number IS NOT NULL",
                                    get_next_number (self), number, error);
}

static gboolean
seal (MadangCache *self, MadangPushRequest *request, GError **error)
{
  gint64 first_open = 0;

  request->device = madang_cache_dup_setting (self, "device");
  if (request->device == NULL)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_FAILED, "the device has no id");
      return FALSE;
    }
  if (!find_first_open_number (self, &first_open, error))
    return FALSE;
  request->seen = first_open - 1;
  return fill_request (self, request, error);
}

MadangPushRequest *
madang_cache_seal (MadangCache *self, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), NULL);

  gint64 waits = 0;
  if (!madang_cache_query_number (
          self, "SELECT EXISTS (SELECT 1 FROM outbox WHERE NOT refused AND NOT held)", 0, &waits,
          error)
      || waits == 0 || !madang_cache_begin (self, error))
    return NULL;

  g_autoptr (MadangPushRequest) request = madang_push_request_new ();
  GError *failure = NULL;
  gboolean worked = seal (self, request, &failure);
  if (!madang_cache_end (self, worked, failure, error) || request->items->len == 0)
    return NULL;
  return g_steal_pointer (&request);
}

/* --- another device ------------------------------------------------------------------------ */

typedef struct
{
  const char *select; /* mid, body */
  const char *update; /* mid, signature */
} SignedTable;

static gboolean
sign_row (MadangCache *self,
          const char *update,
          const char *mid,
          GBytes *body,
          const MadangSigningKey *key,
          GError **error)
{
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (body, &length);
  g_autofree char *signature = madang_signing_key_sign (key, data, length);
  g_autoptr (MadangStatement) statement = madang_database_prepare (self->database, update, error);

  if (statement == NULL)
    return FALSE;
  madang_statement_bind_id (statement, 1, mid);
  madang_statement_bind_text (statement, 2, signature);
  return madang_statement_run (statement, error);
}

static gboolean
sign_anew (MadangCache *self, const SignedTable *table, const MadangSigningKey *key, GError **error)
{
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (self->database, table->select, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  while (madang_statement_step (statement, &local_error))
    {
      g_autofree char *mid = madang_statement_dup_id (statement, 0);
      g_autoptr (GBytes) body = madang_statement_dup_bytes (statement, 1);
      if (!sign_row (self, table->update, mid, body, key, error))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A void only took a number of the old device. The journal may have to be sent again one day, and
 * the server will know only the new key then. */
static gboolean
rotate (MadangCache *self, const char *device, const MadangSigningKey *key, GError **error)
{
  static const SignedTable outbox
      = { "SELECT mid, body FROM outbox", "UPDATE outbox SET signature = ?2 WHERE mid = ?1" };
  static const SignedTable sent
      = { "SELECT mid, body FROM sent", "UPDATE sent SET signature = ?2 WHERE mid = ?1" };

  return madang_database_run (self->database,
                              "DELETE FROM outbox WHERE operation = 'void';"
                              "DELETE FROM sent WHERE outcome = 'void';"
                              "UPDATE outbox SET number = NULL;"
                              "UPDATE sent SET number = NULL;",
                              error)
         && sign_anew (self, &outbox, key, error) && sign_anew (self, &sent, key, error)
         && madang_cache_set_setting (self, "device", device, error)
         && set_next_number (self, 1, error);
}

gboolean
madang_cache_rotate_device (MadangCache *self,
                            const char *device,
                            const MadangSigningKey *key,
                            GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);
  g_return_val_if_fail (device != NULL && key != NULL, FALSE);

  if (!madang_cache_begin (self, error))
    return FALSE;
  GError *failure = NULL;
  gboolean worked = rotate (self, device, key, &failure);
  return madang_cache_end (self, worked, failure, error)
         && madang_cache_compact_salvage (self, TRUE, error);
}

/* --- what the server cannot digest ---------------------------------------------------------- */

static gboolean
put_void (MadangCache *self,
          const MadangOutboxRow *row,
          const MadangSigningKey *key,
          gint64 at,
          GError **error)
{
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_VOID, row->kind, row->record);
  mutation->at = at;

  g_autoptr (GBytes) body = madang_mutation_to_bytes (mutation);
  g_autoptr (MadangOutboxRow) stand_in = madang_outbox_row_new (mutation, body, key);
  stand_in->number = row->number;
  stand_in->fixed = TRUE;
  return madang_cache_add_outbox (self, stand_in, error);
}

static gboolean
void_mutation (MadangCache *self,
               const MadangOutboxRow *row,
               const MadangSigningKey *key,
               gint64 at,
               GError **error)
{
  return madang_cache_run_with_id (
             self,
             "UPDATE outbox SET number = NULL, refused = 1, code = 'undigested' WHERE mid = ?1",
             row->mid, error)
         && (row->number == 0 || put_void (self, row, key, at, error))
         && madang_cache_hold_dependents (self, row, error)
         && madang_cache_refresh (self, row->record, error)
         && madang_cache_drop_unheld (self, row->record, error);
}

gboolean
madang_cache_void_mutation (
    MadangCache *self, const char *mid, const MadangSigningKey *key, gint64 at, GError **error)
{
  g_return_val_if_fail (MADANG_IS_CACHE (self), FALSE);
  g_return_val_if_fail (mid != NULL && key != NULL, FALSE);

  g_autoptr (GError) local_error = NULL;
  g_autoptr (MadangOutboxRow) row = madang_cache_find_outbox (self, mid, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (row == NULL || row->refused)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND, "no such change waits");
      return FALSE;
    }
  if (!madang_cache_begin (self, error))
    return FALSE;
  GError *failure = NULL;
  gboolean worked = void_mutation (self, row, key, at, &failure);
  return madang_cache_end (self, worked, failure, error);
}
