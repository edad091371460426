/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-kind.h"
#include "temporary-folder.h"

#include "madang-error.h"
#include "madang-salvage.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define A "0190a000-0000-7000-8000-00000000000a"
#define B "0190a000-0000-7000-8000-00000000000b"
#define C "0190a000-0000-7000-8000-00000000000c"

typedef struct
{
  char *directory;
  char *path;
  MadangSalvage *salvage;
} Fixture;

static void
open_again (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->salvage, madang_salvage_free);
  fixture->salvage = madang_salvage_open (fixture->path, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = temporary_folder_new ();
  fixture->path = g_build_filename (fixture->directory, "unsent.log", NULL);
  open_again (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  madang_salvage_free (fixture->salvage);
  temporary_folder_remove (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
put (Fixture *fixture, const char *mid, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GError) error = NULL;
  MadangSalvageEntry *entry = madang_salvage_entry_new (mid, bytes, "5160");

  madang_salvage_put (fixture->salvage, entry, &error);
  g_assert_no_error (error);
  madang_salvage_entry_free (entry);
}

static void
put_gone (Fixture *fixture, const char *mid)
{
  const char *const mids[] = { mid, NULL };
  g_autoptr (GError) error = NULL;

  madang_salvage_put_gone (fixture->salvage, mids, TRUE, &error);
  g_assert_no_error (error);
}

/* "body body …", with " !" at the end when lines were skipped. */
static char *
read_all (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gboolean sound = FALSE;
  g_autoptr (GPtrArray) entries = madang_salvage_read (fixture->salvage, &sound, &error);
  GString *all = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      const MadangSalvageEntry *entry = g_ptr_array_index (entries, i);
      gsize length = 0;
      const char *body = g_bytes_get_data (entry->body, &length);
      g_assert_cmpstr (entry->signature, ==, "5160");
      g_string_append_len (all, body, length);
      g_string_append_c (all, ' ');
    }
  g_string_append (all, sound ? "." : "!");
  return g_string_free (all, FALSE);
}

static void
assert_reads (Fixture *fixture, const char *expected)
{
  g_autofree char *all = read_all (fixture);

  g_assert_cmpstr (all, ==, expected);
}

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  GStatBuf status;

  assert_reads (fixture, ".");
  put (fixture, A, "{\"a\":1}");
  put (fixture, B, "둘");
  open_again (fixture);
  put (fixture, C, "three");
  assert_reads (fixture, "{\"a\":1} 둘 three .");
  /* A later line of the same mutation counts, in the place of the first. */
  put (fixture, A, "one");
  put_gone (fixture, B);
  assert_reads (fixture, "one three .");
  put (fixture, B, "two");
  assert_reads (fixture, "one three two .");
  put_gone (fixture, "0190a000-0000-7000-8000-00000000000d");
  assert_reads (fixture, "one three two .");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
append_text (Fixture *fixture, const char *text)
{
  FILE *file = g_fopen (fixture->path, "ae");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
test_torn (Fixture *fixture, gconstpointer data)
{
  put (fixture, A, "one");
  append_text (fixture, "put " B " dHdv 51");
  open_again (fixture);
  assert_reads (fixture, "one !");
  put (fixture, C, "three");
  assert_reads (fixture, "one three !");
}

static void
test_foreign_lines (Fixture *fixture, gconstpointer data)
{
  put (fixture, A, "one");
  append_text (fixture, "\n\nhello\nput\n" B " gone\nput " B " dHdv 5160 0123456789abcdef\n"
                        "gone " A " 0123456789abcdef\n\xff\xfe\n");
  open_again (fixture);
  assert_reads (fixture, "one !");
}

/* Whatever byte changes, the other lines are read, and nothing else comes out. */
static void
test_every_byte (Fixture *fixture, gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize length = 0;

  put (fixture, A, "one");
  put (fixture, B, "two");
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  gsize first_line = strchr (content, '\n') + 1 - content;
  for (gsize i = 0; i < length; i++)
    {
      content[i] ^= 4;
      g_assert_true (g_file_set_contents (fixture->path, content, length, NULL));
      open_again (fixture);
      g_autofree char *all = read_all (fixture);
      if (i == first_line - 1)
        g_assert_cmpstr (all, ==, "!");
      else if (i == length - 1)
        g_assert_cmpstr (all, ==, "one !");
      else
        g_assert_cmpstr (all, ==, i < first_line ? "two !" : "one !");
      content[i] ^= 4;
    }
}

static void
test_cut (Fixture *fixture, gconstpointer data)
{
  put (fixture, A, "one");
  gint64 size = madang_salvage_get_size (fixture->salvage);
  put (fixture, B, "two");
  madang_salvage_cut (fixture->salvage, size);
  g_assert_cmpint (madang_salvage_get_size (fixture->salvage), ==, size);
  assert_reads (fixture, "one .");
  put (fixture, C, "three");
  assert_reads (fixture, "one three .");
}

static void
test_rewrite (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_salvage_entry_free);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("kept", 4);
  g_autoptr (GError) error = NULL;

  put (fixture, A, "one");
  g_ptr_array_add (entries, madang_salvage_entry_new (B, bytes, "5160"));
  madang_salvage_rewrite (fixture->salvage, entries, &error);
  g_assert_no_error (error);
  put (fixture, C, "three");
  assert_reads (fixture, "kept three .");
  g_ptr_array_set_size (entries, 0);
  madang_salvage_rewrite (fixture->salvage, entries, &error);
  g_assert_no_error (error);
  g_assert_cmpint (madang_salvage_get_size (fixture->salvage), ==, 0);
}

static void
test_set_aside (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = g_build_filename (fixture->directory, "aside.log", NULL);
  g_autoptr (GError) error = NULL;

  put (fixture, A, "one");
  madang_salvage_set_aside (fixture->salvage, aside, &error);
  g_assert_no_error (error);
  assert_reads (fixture, ".");
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangSalvage) full = madang_salvage_open ("/dev/full", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  MadangSalvageEntry *entry = madang_salvage_entry_new (A, bytes, "5160");

  g_assert_false (madang_salvage_put (full, entry, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NO_SPACE);
  g_assert_cmpint (madang_salvage_get_size (full), ==, 0);
  madang_salvage_entry_free (entry);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/salvage/lines", test_lines);
  ADD ("/salvage/torn", test_torn);
  ADD ("/salvage/foreign-lines", test_foreign_lines);
  ADD ("/salvage/every-byte", test_every_byte);
  ADD ("/salvage/cut", test_cut);
  ADD ("/salvage/rewrite", test_rewrite);
  ADD ("/salvage/set-aside", test_set_aside);
  ADD ("/salvage/full", test_full);
  return g_test_run ();
}
