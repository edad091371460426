/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-password-prompt.h"

#include "madang-error.h"

#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#define LONGEST 1024

static char *
read_line (GError **error)
{
  char line[LONGEST + 2];

  if (fgets (line, sizeof line, stdin) == NULL || strlen (line) > LONGEST)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "no password was given");
      return NULL;
    }
  /* A space at the end belongs to the password: whoever signs in types it too. */
  return g_strndup (line, strcspn (line, "\r\n"));
}

static char *
ask (const char *question, GError **error)
{
  struct termios shown;
  struct termios hidden;
  char *line;

  fputs (question, stderr);
  tcgetattr (STDIN_FILENO, &shown);
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  line = read_line (error);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  fputs ("\n", stderr);
  return line;
}

char *
madang_password_prompt (GError **error)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (!isatty (STDIN_FILENO))
    return read_line (error);
  first = ask ("Password: ", error);
  if (first == NULL)
    return NULL;
  second = ask ("Again: ", error);
  if (second == NULL)
    return NULL;
  if (g_strcmp0 (first, second) == 0)
    return g_steal_pointer (&first);
  g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "the two are not the same");
  return NULL;
}
