/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/**
 * MadangArea:
 *
 * A place of the sidebar: for whom it is there, the page it opens and the records that this page
 * opens. A new area is a line here.
 */
typedef struct
{
  const char *name;
  const char *title; /* msgid */
  const char *icon;
  guint roles;                              /* MadangRole bits */
  MadangPage *(*create) (MadangSync *sync); /* floating */
  const char *const *kinds; /* (nullable): names of kinds, see MadangPageClass.find_record_page */
} MadangArea;

/* The areas in their order, ended by a NULL name. */
const MadangArea *madang_area_list (void);
const char *madang_area_get_title (const MadangArea *area);
/* The first area after that one (NULL: of all) that these roles use; NULL at the end. */
const MadangArea *madang_area_next (const MadangArea *area, guint roles);
/* The area in which somebody with these roles opens a record of the kind; NULL: none does. */
const MadangArea *madang_area_find_for_kind (const char *kind, guint roles);
/* Every class of pages, areas' own and those opened from them, ended by NULL: for the list of all
 * keys. */
typedef GType (*MadangTypeFunc) (void);
const MadangTypeFunc *madang_area_list_page_types (void);

G_END_DECLS
