/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf-reader.h"

#define TOP 16
#define BOTTOM 281
#define TO_POINTS(millimetres) ((int)((millimetres)*72 / 25.4))

static char *
run (const char *const *arguments)
{
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return g_steal_pointer (&output);
}

gboolean
pdf_reader_is_available (void)
{
  g_autofree char *pdftotext = g_find_program_in_path ("pdftotext");
  g_autofree char *pdfinfo = g_find_program_in_path ("pdfinfo");

  if (pdftotext != NULL && pdfinfo != NULL)
    return TRUE;
  g_test_skip ("poppler-utils is not installed");
  return FALSE;
}

char *
pdf_reader_dup_text (const char *path, const char *mode, int left, int right)
{
  g_autofree char *x = g_strdup_printf ("%d", TO_POINTS (left));
  g_autofree char *y = g_strdup_printf ("%d", TO_POINTS (TOP));
  g_autofree char *width = g_strdup_printf ("%d", TO_POINTS (right - left));
  g_autofree char *height = g_strdup_printf ("%d", TO_POINTS (BOTTOM - TOP));
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  g_ptr_array_add (arguments, (char *)"pdftotext");
  g_ptr_array_add (arguments, (char *)"-q");
  if (mode != NULL)
    g_ptr_array_add (arguments, (char *)mode);
  if (right > 0)
    {
      const char *const crop[] = { "-r", "72", "-x", x, "-y", y, "-W", width, "-H", height };

      for (guint i = 0; i < G_N_ELEMENTS (crop); i++)
        g_ptr_array_add (arguments, (char *)crop[i]);
    }
  g_ptr_array_add (arguments, (char *)path);
  g_ptr_array_add (arguments, (char *)"-");
  g_ptr_array_add (arguments, NULL);
  return run ((const char *const *)arguments->pdata);
}

char *
pdf_reader_dup_info (const char *path)
{
  const char *const arguments[] = { "pdfinfo", path, NULL };

  return run (arguments);
}

char *
pdf_reader_squeeze (const char *text)
{
  GString *squeezed = g_string_new (NULL);

  for (const char *next = text; *next != '\0'; next = g_utf8_next_char (next))
    if (!g_unichar_isspace (g_utf8_get_char (next)))
      g_string_append_len (squeezed, next, g_utf8_next_char (next) - next);
  return g_string_free (squeezed, FALSE);
}
