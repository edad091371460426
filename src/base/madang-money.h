/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Amounts of money as Korean papers write them. An amount is whole won. */

typedef enum
{
  MADANG_MONEY_WON,      /* "100,000,000원" */
  MADANG_MONEY_THOUSAND, /* "100,000천원" */
  MADANG_MONEY_MILLION,  /* "100백만원" */
} MadangMoneyUnit;

char *madang_money_group (gint64 number);
char *madang_money_format (gint64 won, MadangMoneyUnit unit);
char *madang_money_format_hangul (gint64 won);
/* Reads a number of won with or without commas and one of the units: FALSE is no amount. */
gboolean madang_money_parse (const char *text, gint64 *won);

G_END_DECLS
