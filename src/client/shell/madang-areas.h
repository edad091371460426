/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangArea:
 *
 * A place of the sidebar: for whom it is there and the page it opens. A new area is a line here.
 */
typedef struct
{
  const char *name;
  const char *title; /* msgid */
  const char *icon;
  guint roles;                              /* MadangRole bits */
  MadangPage *(*create) (MadangSync *sync); /* floating */
} MadangArea;

/* The areas in their order, ended by a NULL name. */
const MadangArea *madang_area_list (void);
const char *madang_area_get_title (const MadangArea *area);

G_END_DECLS
