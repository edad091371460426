/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a key costs on the paper beside the form: one paragraph shaped anew and all pages filled
 * again, against shaping the same text from scratch, by turns in the same run. Milliseconds are
 * reported; only the ratio decides. */

#include "madang-application-paper.h"
#include "madang-document-layout.h"
#include "sample-application.h"

#include <stdlib.h>

#define N_ROUNDS 41

typedef struct
{
  const char *name;
  const char *pattern;
  double gate; /* least advantage over scratch */
} Case;

static const Case cases[] = {
  { "lines as people write them",
    "- 시민제안 발굴 워크숍과 찾아가는 시민제안 프로그램을 활용하여 의제를 발굴하고, 온라인 "
    "접근성이 낮은 "
    "시민들이 참여할 수 있는 기회를 제공하여 제안 사이트를 활성화하고자 함 (%)\n",
    4 },
  { "each text a single paragraph", "시민제안을 발굴하여 활성화하고자 함. ", 2 },
};

static int
compare_doubles (gconstpointer one, gconstpointer other)
{
  const double *a = one;
  const double *b = other;

  return (*a > *b) - (*a < *b);
}

static double
find_median (double *values)
{
  qsort (values, N_ROUNDS, sizeof *values, compare_doubles);
  return values[N_ROUNDS / 2];
}

static double
measure_layout (MadangDocumentLayout *layout, MadangDocument *document)
{
  gint64 start = g_get_monotonic_time ();

  madang_document_layout_set_document (layout, document);
  return (double)(g_get_monotonic_time () - start) / 1000;
}

/* The form with no two lines of a text alike, as no real form has them. */
static MadangRecord *
create_application (const char *pattern)
{
  MadangRecord *application = sample_application_new_filled (pattern);
  g_autofree char *plan = g_strdup (madang_record_get_text (application, "plan"));
  guint n = 0;

  for (char *mark = strchr (plan, '%'); mark != NULL; mark = strchr (mark, '%'))
    *mark = (char)('A' + n++ % 26);
  sample_application_set (application, "plan", plan);
  return application;
}

/* Presses a key in the middle of the longest text. */
static MadangDocument *
press_key (MadangRecord *application, guint round, double *milliseconds)
{
  g_autofree char *plan = g_strdup (madang_record_get_text (application, "plan"));
  char *middle = g_utf8_offset_to_pointer (plan, 2000);
  g_autofree char *changed = g_strdup_printf ("%.*s%u%s", (int)(middle - plan), plan, round % 10,
                                              g_utf8_next_char (middle));
  MadangDocument *document;
  gint64 start;

  sample_application_set (application, "plan", changed);
  start = g_get_monotonic_time ();
  document = madang_application_paper_new (application, SAMPLE_AGENCY);
  *milliseconds = (double)(g_get_monotonic_time () - start) / 1000;
  return document;
}

static gboolean
run (const Case *one)
{
  g_autoptr (MadangRecord) application = create_application (one->pattern);
  g_autoptr (MadangDocumentLayout) layout = madang_document_layout_new ();
  g_autoptr (MadangDocument) first = madang_application_paper_new (application, SAMPLE_AGENCY);
  double building[N_ROUNDS];
  double relayout[N_ROUNDS];
  double scratch[N_ROUNDS];
  double ratio;

  madang_document_layout_set_document (layout, first);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (MadangDocument) document = press_key (application, round, &building[round]);
      g_autoptr (MadangDocumentLayout) fresh = madang_document_layout_new ();

      relayout[round] = measure_layout (layout, document);
      scratch[round] = measure_layout (fresh, document);
    }
  ratio = find_median (scratch) / find_median (relayout);
  g_print ("%s: %u pages; document %.2f ms, layout after a key %.2f ms, from scratch %.2f ms, "
           "ratio %.1f (gate %.1f)\n",
           one->name, madang_document_layout_get_n_pages (layout), find_median (building),
           find_median (relayout), find_median (scratch), ratio, one->gate);
  return ratio >= one->gate;
}

int
main (void)
{
  gboolean passed = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    passed = run (&cases[i]) && passed;
  return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
