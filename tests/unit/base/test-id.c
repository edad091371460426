/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-id.h"

#include <string.h>

#define N_IDS 20000
#define N_THREADS 4

static void
test_form (void)
{
  g_autofree char *id = madang_id_new ();
  gint64 now = g_get_real_time () / 1000;
  guint8 bytes[MADANG_ID_BYTES];
  gint64 time = 0;
  g_autofree char *again = NULL;

  g_assert_cmpuint (strlen (id), ==, MADANG_ID_LENGTH);
  g_assert_true (madang_id_is_valid (id));
  g_assert_cmpint (id[14], ==, '7');
  g_assert_true (madang_id_to_bytes (id, bytes));
  for (guint i = 0; i < 6; i++)
    time = time << 8 | bytes[i];
  g_assert_cmpint (ABS (time - now), <, 60 * 1000);
  again = madang_id_from_bytes (bytes);
  g_assert_cmpstr (again, ==, id);
}

static void
test_known_bytes (void)
{
  const guint8 bytes[] = { 0x01, 0x70, 0xbd, 0x4a, 0x9c, 0x00, 0x71, 0x23,
                           0x8a, 0xbc, 0xde, 0xf0, 0x12, 0x34, 0x56, 0x78 };
  guint8 read[MADANG_ID_BYTES];
  g_autofree char *text = madang_id_from_bytes (bytes);

  g_assert_cmpstr (text, ==, "0170bd4a-9c00-7123-8abc-def012345678");
  g_assert_true (madang_id_to_bytes (text, read));
  g_assert_cmpmem (read, sizeof read, bytes, sizeof bytes);
}

static void
test_order (void)
{
  g_autofree char *before = madang_id_new ();

  for (guint i = 0; i < N_IDS; i++)
    {
      g_autofree char *id = madang_id_new ();

      g_assert_cmpstr (id, >, before);
      g_free (before);
      before = g_steal_pointer (&id);
    }
}

static gpointer
make_ids (gpointer data)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_IDS; i++)
    g_ptr_array_add (ids, madang_id_new ());
  return ids;
}

static void
test_threads (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("ids", make_ids, NULL);
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autoptr (GPtrArray) ids = g_thread_join (threads[i]);

      for (guint j = 0; j < ids->len; j++)
        {
          if (j > 0)
            g_assert_cmpstr (ids->pdata[j], >, ids->pdata[j - 1]);
          g_assert_true (g_hash_table_add (seen, g_strdup (ids->pdata[j])));
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, N_THREADS * N_IDS);
}

static void
test_derive (void)
{
  const char *source = "0170bd4a-9c00-7123-8abc-def012345678";
  g_autofree char *first = madang_id_derive (source, 0);
  g_autofree char *second = madang_id_derive (source, 1);
  g_autofree char *again = madang_id_derive (source, 0);

  /* SHA-256 of "0170bd4a-9c00-7123-8abc-def012345678/0" from its seventh byte on. */
  g_assert_cmpstr (first, ==, "0170bd4a-9c00-7c04-ac99-bf432220f39a");
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, second);
  g_assert_true (madang_id_is_valid (second));
  g_assert_cmpmem (second, 13, source, 13);
}

static void
test_invalid (void)
{
  static const char *const texts[] = {
    "",
    "0170bd4a",
    "0170BD4A-9C00-7123-8ABC-DEF012345678",
    "0170bd4a-9c00-4123-8abc-def012345678",
    "0170bd4a-9c00-7123-7abc-def012345678",
    "0170bd4a-9c00-7123-cabc-def012345678",
    "0170bd4a09c00-7123-8abc-def012345678",
    "0170bd4a-9c00-7123-8abc-def01234567g",
    "0170bd4a-9c00-7123-8abc-def0123456789",
    "{170bd4a-9c00-7123-8abc-def01234567}",
  };

  g_assert_false (madang_id_is_valid (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (madang_id_is_valid (texts[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/id/form", test_form);
  g_test_add_func ("/base/id/known-bytes", test_known_bytes);
  g_test_add_func ("/base/id/order", test_order);
  g_test_add_func ("/base/id/threads", test_threads);
  g_test_add_func ("/base/id/derive", test_derive);
  g_test_add_func ("/base/id/invalid", test_invalid);
  return g_test_run ();
}
