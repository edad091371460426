/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-search-tokenizer.h"

#include "madang-search-text.h"

/* --- the tokenizer ------------------------------------------------------------------------ */

/* It has no state, but FTS5 takes NULL for a failure. */
static int
create_tokenizer (void *context, const char **arguments, int n_arguments, Fts5Tokenizer **tokenizer)
{
  static char only;

  *tokenizer = (Fts5Tokenizer *)&only;
  return SQLITE_OK;
}

static void
delete_tokenizer (Fts5Tokenizer *tokenizer)
{
}

typedef struct
{
  void *context;
  int (*take) (void *, int, const char *, int, int, int);
} Taker;

static int
take_token (gpointer user_data, const char *token, int length)
{
  const Taker *taker = user_data;

  return taker->take (taker->context, 0, token, length, 0, length);
}

/* What is looked for is made of whole tokens already. */
static int
tokenize (Fts5Tokenizer *tokenizer,
          void *context,
          int flags,
          const char *text,
          int length,
          int (*take) (void *, int, const char *, int, int, int))
{
  Taker taker = { context, take };

  if ((flags & FTS5_TOKENIZE_QUERY) != 0)
    return take (context, 0, text, length, 0, length);
  return madang_search_tokenize (text, length, take_token, &taker);
}

/* --- the function ------------------------------------------------------------------------- */

static void
free_matcher (void *data)
{
  madang_search_matcher_free (data);
}

static void
matches (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  const char *searched = (const char *)sqlite3_value_text (values[0]);
  const char *pattern = (const char *)sqlite3_value_text (values[1]);
  MadangSearchMatcher *matcher = sqlite3_get_auxdata (context, 1);

  if (searched == NULL || pattern == NULL)
    {
      sqlite3_result_int (context, 0);
      return;
    }
  if (matcher != NULL)
    {
      sqlite3_result_int (context, madang_search_matcher_finds (matcher, searched));
      return;
    }
  matcher = madang_search_matcher_new (pattern);
  sqlite3_result_int (context, madang_search_matcher_finds (matcher, searched));
  /* SQLite may free it at once, so it is given away last. */
  sqlite3_set_auxdata (context, 1, matcher, free_matcher);
}

/* --- private to the folder ---------------------------------------------------------------- */

int
madang_search_tokenizer_register (sqlite3 *handle, fts5_api *api)
{
  fts5_tokenizer tokenizer = { create_tokenizer, delete_tokenizer, tokenize };
  int code = api->xCreateTokenizer (api, "madang", NULL, &tokenizer, NULL);

  if (code != SQLITE_OK)
    return code;
  return sqlite3_create_function_v2 (handle, "madang_search_matches", 2,
                                     SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                                     matches, NULL, NULL, NULL);
}
