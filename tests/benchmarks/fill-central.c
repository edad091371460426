/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Puts so many applications into the database of a demonstration server that is not running:
 * fill-central DATABASE COUNT received|draft typical|short. Drafts are of one officer's agency,
 * the others of all agencies by turns. Prints how many drafts, or how many at the office,
 * there are then. */

#include "madang-crypto.h"
#include "madang-storage.h"
#include "sample-record.h"

#include <stdlib.h>

#define OFFICER_AGENCY "금천구"

static GPtrArray *
find (MadangStorage *storage, const char *kind, GError **error)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind);

  return madang_record_store_find (madang_storage_get_records (storage), query, error);
}

/* Leaves only the one of that name. */
static void
keep_agency (GPtrArray *agencies, const char *name)
{
  for (guint i = agencies->len; i > 0; i--)
    if (!g_str_equal (madang_record_get_text (agencies->pdata[i - 1], "name_ko"), name))
      g_ptr_array_remove_index (agencies, i - 1);
}

static gboolean
fill (MadangStorage *storage, guint count, const char *state, SampleLength length, GError **error)
{
  g_autoptr (GPtrArray) agencies = find (storage, "agency", error);
  g_autoptr (GPtrArray) programmes = agencies != NULL ? find (storage, "programme", error) : NULL;

  if (programmes == NULL)
    return FALSE;
  if (g_str_equal (state, "draft"))
    keep_agency (agencies, OFFICER_AGENCY);
  if (agencies->len == 0 || programmes->len == 0)
    g_error ("the database has no agency or no programme");
  for (guint i = 0; i < count; i++)
    {
      const char *agency = madang_record_get_id (agencies->pdata[i % agencies->len]);
      g_autoptr (MadangRecord) record
          = sample_record_new (i, length, state, agency,
                               madang_record_get_id (programmes->pdata[0]));

      if (!madang_storage_write_record (storage, record, (1 << MADANG_N_PARTS) - 1, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
count (MadangStorage *storage, const char *state)
{
  static const char *const at_office[] = { "submitted", "received", NULL };
  g_autoptr (MadangQuery) query = madang_query_new ("application");

  madang_query_add_states (query, g_str_equal (state, "draft") ? (const char *[]){ state, NULL }
                                                               : at_office);
  return madang_record_store_count (madang_storage_get_records (storage), query, NULL);
}

int
main (int argc, char *argv[])
{
  g_autoptr (MadangStorage) storage = NULL;
  g_autoptr (GError) error = NULL;
  SampleLength length;

  if (argc != 5)
    g_error ("fill-central DATABASE COUNT received|draft typical|short");
  length = g_str_equal (argv[4], "short") ? SAMPLE_SHORT : SAMPLE_TYPICAL;
  if (!madang_crypto_init (&error))
    g_error ("%s", error->message);
  storage = madang_sqlite_storage_open (argv[1], MADANG_DATABASE_WRITE, &error);
  if (storage == NULL || !madang_storage_begin (storage, &error)
      || !fill (storage, (guint)atoi (argv[2]), argv[3], length, &error)
      || !madang_storage_commit (storage, &error))
    g_error ("not filled: %s", error->message);
  g_print ("%" G_GINT64_FORMAT "\n", count (storage, argv[3]));
  return EXIT_SUCCESS;
}
