/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-document-pdf.h"

#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "madang-error.h"
#include "pdf-reader.h"
#include "temporary-folder.h"

#define SKIPPED 77
#define OLD_CONTENT "what was there before"

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
  GFile *file;  /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = temporary_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "paper.pdf", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing was left behind */
  g_free (fixture->folder);
  g_free (fixture->path);
  g_object_unref (fixture->file);
}

static MadangDocument *
create_document (guint n_lines)
{
  const MadangParagraphStyle style = { .size = 12 };
  MadangDocument *document = madang_document_new ("시험 문서");

  madang_document_set_origin (document, "0170bc2f", 7, "3f2a91c7");
  for (guint i = 0; i < n_lines; i++)
    madang_document_add_paragraph (document, "한글 본문 ABC 123", &style, NULL);
  madang_document_close (document);
  return document;
}

static void
write_old (const char *path)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, OLD_CONTENT, -1, &error);
  g_assert_no_error (error);
}

static void
assert_old (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, OLD_CONTENT);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static GBytes *
write_and_read (Fixture *fixture, MadangDocument *document)
{
  g_autoptr (GError) error = NULL;
  char *content = NULL;
  gsize length = 0;

  g_assert_true (madang_document_write_pdf (document, fixture->file, NULL, &error));
  g_assert_no_error (error);
  g_file_get_contents (fixture->path, &content, &length, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (content, "%PDF-1."));
  /* The only bytes that may differ. */
  for (gsize i = 0; i + 14 < length; i++)
    if (memcmp (content + i, "/CreationDate ", 14) == 0)
      for (gsize j = i; j < length && content[j] != '\n'; j++)
        content[j] = '-';
  return g_bytes_new_take (content, length);
}

static void
test_metadata (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDocument) document = create_document (100);
  g_autoptr (GError) error = NULL;
  g_autofree char *info = NULL;

  if (!pdf_reader_is_available ())
    return;
  g_assert_true (madang_document_write_pdf (document, fixture->file, NULL, &error));
  g_assert_no_error (error);
  info = pdf_reader_dup_info (fixture->path);
  g_assert_nonnull (strstr (info, "시험 문서\n"));
  g_assert_nonnull (
      strstr (info, "madang-record:0170bc2f madang-version:7 madang-digest:3f2a91c7\n"));
  g_assert_true (g_regex_match_simple ("Pages: +3\n", info, 0, 0));
  g_assert_nonnull (strstr (info, "(A4)"));
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  const MadangParagraphStyle style = { .size = 12 };
  g_autoptr (MadangDocument) document = madang_document_new ("글자");
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *read = NULL;
  g_autofree char *squeezed = NULL;

  if (!pdf_reader_is_available ())
    return;
  for (gunichar syllable = 0xac00; syllable <= 0xd7a3; syllable++)
    g_string_append_unichar (all, syllable);
  madang_document_add_paragraph (document, all->str, &style, NULL);
  madang_document_close (document);
  g_assert_true (madang_document_write_pdf (document, fixture->file, NULL, &error));
  g_assert_no_error (error);
  read = pdf_reader_dup_text (fixture->path, NULL, 15, 195);
  squeezed = pdf_reader_squeeze (read);
  g_assert_cmpint (g_utf8_strlen (squeezed, -1), ==, 11172);
  g_assert_cmpstr (squeezed, ==, all->str);
}

/* Letters that were put in one by one come out as the syllables that people see. */
static void
test_decomposed_text (Fixture *fixture, gconstpointer data)
{
  const MadangParagraphStyle style = { .size = 12 };
  g_autoptr (MadangDocument) document = madang_document_new ("낱자");
  g_autofree char *decomposed = g_utf8_normalize ("금천구 시민제안", -1, G_NORMALIZE_NFD);
  g_autoptr (GError) error = NULL;
  g_autofree char *read = NULL;
  g_autofree char *composed = NULL;

  if (!pdf_reader_is_available ())
    return;
  madang_document_add_paragraph (document, decomposed, &style, NULL);
  madang_document_close (document);
  g_assert_true (madang_document_write_pdf (document, fixture->file, NULL, &error));
  g_assert_no_error (error);
  read = pdf_reader_dup_text (fixture->path, NULL, 15, 195);
  composed = g_utf8_normalize (g_strstrip (read), -1, G_NORMALIZE_NFC);
  g_assert_cmpstr (composed, ==, "금천구 시민제안");
}

static void
test_deterministic (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDocument) document = create_document (80);
  g_autoptr (MadangDocument) same = create_document (80);
  g_autoptr (MadangDocument) other = create_document (81);
  g_autoptr (GBytes) first = write_and_read (fixture, document);
  g_autoptr (GBytes) again = write_and_read (fixture, document);
  g_autoptr (GBytes) second = write_and_read (fixture, same);
  g_autoptr (GBytes) third = write_and_read (fixture, other);

  g_assert_true (g_bytes_equal (first, again));
  g_assert_true (g_bytes_equal (first, second));
  g_assert_false (g_bytes_equal (first, third));
}

static gpointer
write_in_thread (gpointer data)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture = { 0 };
  GBytes *bytes;

  set_up (&fixture, NULL);
  bytes = write_and_read (&fixture, data);
  tear_down (&fixture, NULL);
  return bytes;
}

static void
test_any_thread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDocument) document = create_document (80);
  g_autoptr (GBytes) expected = write_and_read (fixture, document);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("writer", write_in_thread, document);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GBytes) bytes = g_thread_join (threads[i]);

      g_assert_true (g_bytes_equal (bytes, expected));
    }
}

static void
test_replaces (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDocument) document = create_document (1);
  g_autoptr (GBytes) bytes = NULL;

  write_old (fixture->path);
  bytes = write_and_read (fixture, document);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 1000);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDocument) document = create_document (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  write_old (fixture->path);
  g_cancellable_cancel (cancellable);
  g_assert_false (madang_document_write_pdf (document, fixture->file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_old (fixture->path);
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDocument) document = create_document (1);
  g_autoptr (GFile) nowhere = g_file_new_build_filename (fixture->folder, "없음", "a.pdf", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_document_write_pdf (document, nowhere, NULL, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND);
}

static void
test_target_is_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadangDocument) document = create_document (1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (madang_document_write_pdf (document, fixture->file, NULL, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_FAILED);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
}

/* In a process of its own, because some tests give up what the others need. */
static void
run_in_child (Fixture *fixture, int (*test) (Fixture *fixture))
{
  int status = 0;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (test (fixture));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == SKIPPED)
    g_test_skip ("no file system may be mounted here");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
assert_old_stays (Fixture *fixture, MadangErrorCode code)
{
  g_autoptr (MadangDocument) document = create_document (1);
  g_autoptr (GError) error = NULL;

  g_assert_false (madang_document_write_pdf (document, fixture->file, NULL, &error));
  g_assert_error (error, MADANG_ERROR, (int)code);
  assert_old (fixture->path);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static int
write_as_nobody (Fixture *fixture)
{
  if (geteuid () == 0)
    g_assert_cmpint (seteuid (65534), ==, 0);
  assert_old_stays (fixture, MADANG_ERROR_FORBIDDEN);
  return 0;
}

static void
test_read_only_folder (Fixture *fixture, gconstpointer data)
{
  write_old (fixture->path);
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  run_in_child (fixture, write_as_nobody);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
}

static int
write_with_size_limit (Fixture *fixture)
{
  const struct rlimit limit = { 1000, 1000 };

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_old_stays (fixture, MADANG_ERROR_FAILED);
  return 0;
}

static void
test_size_limit (Fixture *fixture, gconstpointer data)
{
  write_old (fixture->path);
  run_in_child (fixture, write_with_size_limit);
}

/* A file system of 8 KiB, seen by this process only. */
static gboolean
mount_small_disk (const char *folder)
{
  if (unshare (geteuid () == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0)
    return FALSE;
  if (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    return FALSE;
  return mount ("tmpfs", folder, "tmpfs", 0, "size=8k") == 0;
}

static int
write_to_full_disk (Fixture *fixture)
{
  if (!mount_small_disk (fixture->folder))
    return SKIPPED;
  write_old (fixture->path);
  assert_old_stays (fixture, MADANG_ERROR_NO_SPACE);
  return 0;
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  run_in_child (fixture, write_to_full_disk);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/document-pdf/metadata", test_metadata);
  add ("/document-pdf/text", test_text);
  add ("/document-pdf/decomposed-text", test_decomposed_text);
  add ("/document-pdf/deterministic", test_deterministic);
  add ("/document-pdf/any-thread", test_any_thread);
  add ("/document-pdf/replaces", test_replaces);
  add ("/document-pdf/cancelled", test_cancelled);
  add ("/document-pdf/no-folder", test_no_folder);
  add ("/document-pdf/target-is-folder", test_target_is_folder);
  add ("/document-pdf/read-only-folder", test_read_only_folder);
  add ("/document-pdf/size-limit", test_size_limit);
  add ("/document-pdf/full-disk", test_full_disk);
  return g_test_run ();
}
