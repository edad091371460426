/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How an argument of a verdict is written for people. */
enum
{
  MADANG_SHAPE_FIELD = 'f',    /* a field name: its label */
  MADANG_SHAPE_FIELDS = 'F',   /* this and all further arguments: labels with commas */
  MADANG_SHAPE_PATTERN = 'p',  /* the first argument again: what a good line looks like */
  MADANG_SHAPE_DAY = 'd',      /* an ISO day */
  MADANG_SHAPE_DEADLINE = 'D', /* an ISO day that is the last one */
  MADANG_SHAPE_INSTANT = 'i',  /* UTC milliseconds */
  MADANG_SHAPE_NUMBER = 'n',
  MADANG_SHAPE_STATE = 's',
  MADANG_SHAPE_EVENT = 'e',
  MADANG_SHAPE_KIND = 'k',
  MADANG_SHAPE_ROLE = 'r',
  MADANG_SHAPE_TEXT = 't', /* as it is */
};

typedef struct
{
  const char *code;
  const char *shapes;   /* one letter for each place in the sentence */
  const char *sentence; /* msgid: short fact, then what to do */
} MadangRuleText;

/* (nullable) */
const MadangRuleText *madang_rule_text_find (const char *code);
/* Ended by a NULL code. */
const MadangRuleText *madang_rule_text_list (void);

G_END_DECLS
