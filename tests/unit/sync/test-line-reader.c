/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-line-reader.h"

#include "madang-error.h"
#include "main-loop.h"

#include <string.h>

static gboolean
fill (MadangLineReader *reader, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  madang_line_reader_fill_async (reader, NULL, take_result_cb, &result);
  run_until (result != NULL);
  return madang_line_reader_fill_finish (reader, result, error);
}

/* The lines that come out, each in brackets; the pieces are what single reads return. */
static char *
read_all (const char *const *pieces, gsize limit, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  g_autoptr (MadangLineReader) reader = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; pieces[i] != NULL; i++)
    g_memory_input_stream_add_data (G_MEMORY_INPUT_STREAM (stream), pieces[i], strlen (pieces[i]),
                                    NULL);
  reader = madang_line_reader_new (stream, limit);
  do
    {
      g_autoptr (GError) local_error = NULL;

      for (;;)
        {
          g_autoptr (GBytes) line = madang_line_reader_take (reader, &local_error);

          if (line == NULL)
            break;
          g_string_append_printf (text, "[%.*s]", (int)g_bytes_get_size (line),
                                  (const char *)g_bytes_get_data (line, NULL));
        }
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          break;
        }
    }
  while (fill (reader, NULL));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_lines (const char *const *pieces, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_all (pieces, 5, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_lines (void)
{
  assert_lines ((const char *[]){ "", NULL }, "");
  assert_lines ((const char *[]){ "one\ntwo\n", NULL }, "[one][two]");
  assert_lines ((const char *[]){ "on", "e", "\n", "\n", "two\nthr", "ee\n", NULL },
                "[one][][two][three]");
  /* What was cut off is no line. */
  assert_lines ((const char *[]){ "one\ntwo", NULL }, "[one]");
  assert_lines ((const char *[]){ "exact\n", NULL }, "[exact]");
}

static void
assert_too_long (const char *const *pieces, const char *before)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_all (pieces, 5, &error);

  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE);
  g_assert_cmpstr (text, ==, before);
}

static void
test_limit (void)
{
  assert_too_long ((const char *[]){ "one\nsixsix\n", NULL }, "[one]");
  assert_too_long ((const char *[]){ "one\nsixsix", "without an end", NULL }, "[one]");
  assert_too_long ((const char *[]){ "one\n", "two", "two", NULL }, "[one]");
}

/* More than one chunk, and lines across their borders. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (MadangLineReader) reader = NULL;
  guint n = 0;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "line %u\n", i);
  stream = g_memory_input_stream_new_from_data (text->str, (gssize)text->len, NULL);
  reader = madang_line_reader_new (stream, 20);
  do
    {
      for (;;)
        {
          g_autoptr (GBytes) line = madang_line_reader_take (reader, NULL);
          g_autofree char *expected = g_strdup_printf ("line %u", n);

          if (line == NULL)
            break;
          g_assert_cmpmem (g_bytes_get_data (line, NULL), g_bytes_get_size (line), expected,
                           strlen (expected));
          n++;
        }
    }
  while (fill (reader, NULL));
  g_assert_cmpuint (n, ==, 20000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/line-reader/lines", test_lines);
  g_test_add_func ("/sync/line-reader/limit", test_limit);
  g_test_add_func ("/sync/line-reader/many", test_many);
  return g_test_run ();
}
