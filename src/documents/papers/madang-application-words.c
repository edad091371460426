/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-application-words.h"

#include "madang-money.h"

typedef struct
{
  const char *name;
  const char *text;
} Words;

static const Words reasons[] = {
  { "own_platform", "별도 시민제안플랫폼 운영 중" },
  { "platform_under_construction", "시민제안플랫폼 구축 진행 중" },
  { "uses_epeople", "국민신문고(국민생각함) 활용" },
  { "other", "기타" },
};

static const Words programmes[] = {
  { "workshop", "시민제안발굴워크숍" }, { "outreach", "찾아가는 시민제안 프로그램" },
  { "forum", "온·오프라인 공론장" },    { "page", "기관별 시민참여페이지" },
  { "linkage", "사이트 연계" },         { "other", "기타" },
};

/* A choice that this paper has no words for is better shown by its name than not at all. */
static const char *
find_words (const Words *words, guint n_words, const char *name)
{
  for (guint i = 0; i < n_words; i++)
    if (strcmp (words[i].name, name) == 0)
      return words[i].text;
  return name;
}

const char *
madang_application_words_get_reason (const char *kind)
{
  return find_words (reasons, G_N_ELEMENTS (reasons), kind);
}

char *
madang_application_words_format_programmes (GVariant *wanted)
{
  g_autofree const char **names = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (wanted == NULL)
    return NULL;
  names = g_variant_get_strv (wanted, NULL);
  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            find_words (programmes, G_N_ELEMENTS (programmes), names[i]));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
madang_application_words_format_amount (gint64 won)
{
  return madang_money_format (won, MADANG_MONEY_THOUSAND);
}
