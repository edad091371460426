/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/* The groups of the palette, in the order in which they stand when nothing tells them apart. */
typedef enum
{
  MADANG_PALETTE_PAGE,   /* commands of the page in view */
  MADANG_PALETTE_AREA,   /* areas of this person */
  MADANG_PALETTE_RECORD, /* records by their title */
  MADANG_PALETTE_WINDOW, /* commands that are always there */
  MADANG_PALETTE_N_SECTIONS
} MadangPaletteSection;

typedef struct
{
  MadangPaletteSection section;
  char *title;
  char *detail; /* (nullable): why a command is off, what a record is */
  char *keys;   /* (nullable) */
  const char *icon;
  gboolean enabled;
  int rank;         /* see madang_palette_match() */
  char *action;     /* with its prefix */
  GVariant *target; /* (owned) (nullable) */
} MadangPaletteItem;

void madang_palette_item_free (MadangPaletteItem *self);
const char *madang_palette_section_get_title (MadangPaletteSection section);

/* What fits the text that was typed, in the order in which it is shown: groups by their best
 * item, items by rank. page: the one in view. window: its actions. hits (nullable) (element-type
 * MadangPaletteHit): the records that the text has found so far.
 * (transfer full) (element-type MadangPaletteItem). */
GPtrArray *madang_palette_find_items (MadangPage *page,
                                      GActionGroup *window,
                                      const char *typed,
                                      GPtrArray *hits);

G_END_DECLS
