/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-paper-text.h"

#define MARK "- "
#define LONGEST_MARK 12 /* bytes */
#define MARK_WIDTH 2.2  /* millimetres, of "- " at the size of a form */

static const char *const bullets = "-–—·•∙▪*※○●◎◦□■▶▷►→☞";

/* 가. 나. 다. … are counted with these syllables only. */
static const char *const letters = "가나다라마바사아자차카타파하";

static gboolean
is_circled_number (gunichar character)
{
  return character >= 0x2460 && character <= 0x2473;
}

/* "1." "12)" "가." "나)" */
static const char *
skip_number (const char *line)
{
  const char *end = line;

  while (g_ascii_isdigit (*end) && end - line < 2)
    end++;
  if (end == line && *line != '\0' && g_utf8_strchr (letters, -1, g_utf8_get_char (line)) != NULL)
    end = g_utf8_next_char (line);
  if (end == line || (*end != '.' && *end != ')'))
    return line;
  return end + 1;
}

static const char *
skip_bullet (const char *line)
{
  gunichar character = g_utf8_get_char (line);

  if (character == 0)
    return line;
  if (is_circled_number (character) || g_utf8_strchr (bullets, -1, character) != NULL)
    return g_utf8_next_char (line);
  return skip_number (line);
}

gsize
madang_paper_measure_mark (const char *line)
{
  const char *start = line;
  const char *end;
  const char *after;

  while (*start == ' ')
    start++;
  end = skip_bullet (start);
  after = end;
  while (*after == ' ')
    after++;
  /* "-5 %" and "3.13까지" are words, and a wide gap is no mark that lines could hang from. */
  if (end == start || after == end || *after == '\0' || after - line > LONGEST_MARK)
    return 0;
  return (gsize)(after - line);
}

static void
add_line (MadangDocument *document,
          const char *line,
          const char *mark,
          const MadangParagraphStyle *style,
          const char *anchor)
{
  gsize length = madang_paper_measure_mark (line);
  g_autofree char *own_mark = g_strndup (line, length);
  MadangSpan spans[] = {
    { .text = length > 0 ? own_mark : mark, .marker = TRUE },
    { .text = line + length },
  };

  madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), style, anchor);
}

/* shift: of lines without a mark, which stand below the words of the first line. */
static void
add_further_lines (MadangDocument *document,
                   char *const *lines,
                   double shift,
                   const MadangParagraphStyle *style,
                   const char *anchor)
{
  for (guint i = 0; lines[i] != NULL; i++)
    {
      MadangParagraphStyle line_style = *style;

      if (madang_paper_measure_mark (lines[i]) == 0)
        line_style.indent += shift;
      line_style.before = 0;
      line_style.after = lines[i + 1] == NULL ? style->after : 0;
      add_line (document, lines[i], NULL, &line_style, anchor);
    }
}

void
madang_paper_add_text (MadangDocument *document,
                       const char *text,
                       const char *mark,
                       const MadangParagraphStyle *style,
                       const char *anchor)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  MadangParagraphStyle first = *style;
  gboolean single = lines[0] == NULL || lines[1] == NULL;

  first.after = single ? style->after : 0;
  add_line (document, lines[0] != NULL ? lines[0] : "", mark, &first, anchor);
  if (!single)
    add_further_lines (document, lines + 1, mark != NULL ? MARK_WIDTH : 0, style, anchor);
}

void
madang_paper_add_labelled_text (MadangDocument *document,
                                const char *label,
                                const char *text,
                                const MadangParagraphStyle *style,
                                const char *anchor)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  MadangSpan spans[] = {
    { .text = MARK, .marker = TRUE },
    { .text = label },
    { .text = lines[0] },
  };

  madang_document_add_spans (document, spans, G_N_ELEMENTS (spans), style, anchor);
  if (lines[0] != NULL)
    add_further_lines (document, lines + 1, MARK_WIDTH, style, anchor);
}
