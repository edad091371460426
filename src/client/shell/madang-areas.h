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
typedef GType (*MadangTypeFunc) (void);

typedef struct
{
  const char *name;
  const char *title; /* msgid */
  const char *icon;
  guint roles;                              /* MadangRole bits */
  MadangPage *(*create) (MadangSync *sync); /* floating */
  const char *const *kinds; /* (nullable): names of kinds, see MadangPageClass.find_record_page */
  const MadangTypeFunc *pages; /* its own page and those opened from it, ended by NULL */
} MadangArea;

/* The areas in their order, ended by a NULL name. */
const MadangArea *madang_area_list (void);
const char *madang_area_get_title (const MadangArea *area);
/* The first area after that one (NULL: of all) that these roles use; NULL at the end. */
const MadangArea *madang_area_next (const MadangArea *area, guint roles);
/* The area in which somebody with these roles opens a record of the kind; NULL: none does. */
const MadangArea *madang_area_find_for_kind (const char *kind, guint roles);
/* What the page of such an area opens the record with; see madang_page_find_record_page(). */
MadangPage *madang_area_find_record_page (MadangPage *page, const char *kind, const char *id);
/* Of a record of a kind that no area opens, but anybody may come to. Floating; NULL: nothing does. */
MadangPage *madang_area_open_for_all (MadangSync *sync, const char *kind, const char *id);
/* The accelerator of the area in that place, 1 for the first, and as it is shown; newly allocated.
 * NULL: there is no digit left for it. */
char *madang_area_dup_key (guint number);
char *madang_area_dup_keys_text (guint number);
/* The classes of all pages that somebody with these roles comes to, each once.
 * (transfer full) (element-type GType). */
GArray *madang_area_dup_page_types (guint roles);

G_END_DECLS
