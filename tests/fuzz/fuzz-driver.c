/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

/* Runs a target without libFuzzer: every file of the corpus, every beginning of the small ones,
 * then a number of seeded changes. Finds less than libFuzzer, but on each run of the tests. */

#define LARGEST_INPUT (64 * 1024)
#define SMALL_INPUT 2048

static int rounds = 100000;
static int seed = 1;
static char *crash_file;
static char **folders;

static const GOptionEntry options[] = {
  { "rounds", 0, 0, G_OPTION_ARG_INT, &rounds, "Changed inputs to try", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Start of the changes", "N" },
  { "crash-file", 0, 0, G_OPTION_ARG_FILENAME, &crash_file, "Keep each input here first", "FILE" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &folders, NULL, "CORPUS…" },
  { NULL },
};

/* What a parser of ours may trip over more often than over a random byte. */
static const char *const pieces[] = {
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\"",
  "\\",
  "\n",
  "null",
  "true",
  "false",
  "0",
  "-",
  "-1",
  "1e9",
  "1.5",
  "9223372036854775807",
  "9223372036854775808",
  "\\u0000",
  "\\ud800",
  "\\uac00",
  "\xEA\xB0\x80",
  "\xEA\xB0",
  "\"doc\":",
  "\"docs\":",
  "\"edits\":",
  "\"t\":\"put\"",
  "{}",
  "[]",
  "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
  "\"\"",
  "\"a\":1",
  "{\"sha256\":\"x\"}",
  "/",
  "steps/a/pos",
};

/* The input ends where its heap block ends, so that a sanitizer sees each byte too far. */
static void
try (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  if (crash_file != NULL)
    g_file_set_contents (crash_file, (const char *)data, size, NULL);
  LLVMFuzzerTestOneInput (copy, size);
}

static void
read_corpus (const char *folder, GPtrArray *corpus)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) directory = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (directory)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_with_data (names, (GCompareDataFunc)g_strcmp0, NULL);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      char *content;
      gsize length;

      g_file_get_contents (path, &content, &length, &error);
      g_assert_no_error (error);
      g_ptr_array_add (corpus, g_bytes_new_take (content, length));
    }
}

static void
try_beginnings (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize cut = 0; size <= SMALL_INPUT && cut < size; cut++)
    try (data, cut);
  try (data, size);
}

static void
insert (GByteArray *input, guint at, gconstpointer data, guint length)
{
  guint tail = input->len - at;

  g_byte_array_set_size (input, input->len + length);
  memmove (input->data + at + length, input->data + at, tail);
  memcpy (input->data + at, data, length);
}

/* A piece of another file of the corpus, or of this one. */
static void
splice (GByteArray *input, guint at, GPtrArray *corpus, GRand *random)
{
  GBytes *other = g_ptr_array_index (corpus, g_rand_int_range (random, 0, corpus->len));
  gsize size;
  const guint8 *data = g_bytes_get_data (other, &size);
  gsize length = g_rand_int_range (random, 1, 64);
  gsize start;

  if (size == 0)
    return;
  start = g_rand_int_range (random, 0, size);
  insert (input, at, data + start, MIN (size - start, length));
}

static void
change (GByteArray *input, GPtrArray *corpus, GRand *random)
{
  guint at = g_rand_int_range (random, 0, input->len + 1);
  const char *piece = pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))];
  guint8 byte = g_rand_int_range (random, 0, 256);
  guint rest = input->len - at;

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      if (rest > 0)
        input->data[at] ^= 1 << g_rand_int_range (random, 0, 8);
      break;
    case 1:
      insert (input, at, &byte, 1);
      break;
    case 2:
      if (rest > 0)
        g_byte_array_remove_range (input, at, MIN (rest, byte % 16 + 1u));
      break;
    case 3:
      insert (input, at, piece, strlen (piece));
      break;
    case 4:
      splice (input, at, corpus, random);
      break;
    default:
      if (rest > 0)
        input->data[at] = piece[0];
      break;
    }
}

static void
try_changed (GPtrArray *corpus, GRand *random)
{
  gsize size;
  gconstpointer data
      = g_bytes_get_data (g_ptr_array_index (corpus, g_rand_int_range (random, 0, corpus->len)),
                          &size);
  g_autoptr (GByteArray) input = g_byte_array_new ();
  guint changes = g_rand_int_range (random, 1, 6);

  g_byte_array_append (input, data, MIN (size, LARGEST_INPUT));
  for (guint i = 0; i < changes; i++)
    change (input, corpus, random);
  try (input->data, input->len);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_parse (context, &argc, &argv, &error);
  g_assert_no_error (error);
  for (guint i = 0; folders != NULL && folders[i] != NULL; i++)
    read_corpus (folders[i], corpus);
  g_assert_cmpuint (corpus->len, >, 0);

  g_ptr_array_foreach (corpus, (GFunc)try_beginnings, NULL);
  random = g_rand_new_with_seed (seed);
  for (int i = 0; i < rounds; i++)
    try_changed (corpus, random);
  g_print ("%u files, %d changed inputs, seed %d\n", corpus->len, rounds, seed);
  g_strfreev (folders);
  g_free (crash_file);
  return 0;
}
