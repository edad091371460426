/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-palette-items.h"

#include <glib/gi18n.h>

#include "madang-areas.h"
#include "madang-command-table.h"
#include "madang-palette-match.h"
#include "madang-palette-records.h"

/* One search, while it is gathered. */
typedef struct
{
  MadangPage *page;
  GActionGroup *window;
  const char *typed;
  GPtrArray *items;
} Search;

/* NULL: it does not fit what was typed. */
static MadangPaletteItem *
add_item (Search *search, MadangPaletteSection section, const char *title, const char *more)
{
  g_autofree char *searched = more != NULL ? g_strdup_printf ("%s %s", title, more) : NULL;
  int rank = madang_palette_match (search->typed, searched != NULL ? searched : title);
  MadangPaletteItem *item;

  /* A record may have been found by texts that are not shown. */
  if (rank < 0 && section == MADANG_PALETTE_RECORD)
    rank = MADANG_PALETTE_WORST;
  if (rank < 0)
    return NULL;
  item = g_new0 (MadangPaletteItem, 1);
  item->section = section;
  item->title = g_strdup (title);
  item->enabled = TRUE;
  item->rank = rank;
  g_ptr_array_add (search->items, item);
  return item;
}

/* --- commands ------------------------------------------------------------------------------ */

static void
add_command (Search *search,
             MadangPaletteSection section,
             const char *prefix,
             const MadangCommand *command)
{
  const char *label = madang_command_table_get_label (command);
  g_autofree char *title = label != NULL ? madang_command_dup_plain_label (label) : NULL;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  MadangPaletteItem *item;

  if (title == NULL || command->keys_only
      || !g_action_parse_detailed_name (command->action, &name, &target, NULL))
    return;
  if (section == MADANG_PALETTE_PAGE
      && !g_action_group_has_action (G_ACTION_GROUP (madang_page_get_actions (search->page)), name))
    return;
  item = add_item (search, section, title, NULL);
  if (item == NULL)
    return;
  item->keys = madang_command_dup_keys_text (madang_command_table_get_keys (command));
  item->icon = "system-run-symbolic";
  item->action = g_strdup_printf ("%s.%s", prefix, name);
  item->target = g_steal_pointer (&target);
  if (section == MADANG_PALETTE_PAGE)
    {
      GAction *action
          = g_action_map_lookup_action (G_ACTION_MAP (madang_page_get_actions (search->page)),
                                        name);

      item->enabled = g_action_get_enabled (action);
      item->detail = item->enabled ? NULL : g_strdup (madang_command_get_reason (action));
    }
  else if (g_str_equal (prefix, "win"))
    item->enabled = g_action_group_get_action_enabled (search->window, name);
}

static void
add_page_command_cb (const MadangCommand *command, gpointer user_data)
{
  add_command (user_data, MADANG_PALETTE_PAGE, "win", command);
}

static void
add_commands (Search *search, const char *prefix, const MadangCommand *commands)
{
  for (; commands->action != NULL; commands++)
    add_command (search, MADANG_PALETTE_WINDOW, prefix, commands);
}

/* --- areas and records --------------------------------------------------------------------- */

static guint
get_roles (Search *search)
{
  return madang_actor_get_roles (madang_sync_get_actor (madang_page_get_sync (search->page)));
}

static void
add_areas (Search *search)
{
  const guint roles = get_roles (search);
  guint number = 0;

  for (const MadangArea *area = madang_area_next (NULL, roles); area != NULL;
       area = madang_area_next (area, roles))
    {
      MadangPaletteItem *item
          = add_item (search, MADANG_PALETTE_AREA, madang_area_get_title (area), NULL);

      number++;
      if (item == NULL)
        continue;
      item->icon = area->icon;
      item->keys = madang_area_dup_keys_text (number);
      item->action = g_strdup ("win.area");
      item->target = g_variant_ref_sink (g_variant_new_string (area->name));
    }
}

static void
add_record (Search *search, const MadangPaletteHit *hit)
{
  const MadangKind *kind = madang_record_get_kind (hit->record);
  const char *state = madang_kind_get_state_label (kind, madang_record_get_state (hit->record));
  g_autofree char *detail = g_strdup_printf ("%s · %s", madang_kind_get_label (kind), state);
  MadangPaletteItem *item = add_item (search, MADANG_PALETTE_RECORD, hit->title, detail);

  if (item == NULL)
    return;
  item->icon = "text-x-generic-symbolic";
  item->detail = g_steal_pointer (&detail);
  item->action = g_strdup ("win.open-record");
  item->target
      = g_variant_ref_sink (g_variant_new ("(ss)", kind->name, madang_record_get_id (hit->record)));
}

/* --- order --------------------------------------------------------------------------------- */

static void
find_best (GPtrArray *items, int best[MADANG_PALETTE_N_SECTIONS])
{
  for (guint i = 0; i < MADANG_PALETTE_N_SECTIONS; i++)
    best[i] = G_MAXINT;
  for (guint i = 0; i < items->len; i++)
    {
      const MadangPaletteItem *item = items->pdata[i];

      if (item->enabled)
        best[item->section] = MIN (best[item->section], item->rank);
    }
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const MadangPaletteItem *first = *(const MadangPaletteItem *const *)a;
  const MadangPaletteItem *second = *(const MadangPaletteItem *const *)b;
  const int *best = user_data;

  if (best[first->section] != best[second->section])
    return best[first->section] < best[second->section] ? -1 : 1;
  if (first->section != second->section)
    return (int)first->section - (int)second->section;
  return first->rank - second->rank;
}

void
madang_palette_item_free (MadangPaletteItem *self)
{
  g_free (self->title);
  g_free (self->detail);
  g_free (self->keys);
  g_free (self->action);
  g_clear_pointer (&self->target, g_variant_unref);
  g_free (self);
}

const char *
madang_palette_section_get_title (MadangPaletteSection section)
{
  static const char *const titles[]
      = { N_ ("This Page"), N_ ("Areas"), N_ ("Records"), N_ ("Madang") };

  g_return_val_if_fail (section < MADANG_PALETTE_N_SECTIONS, NULL);
  return _ (titles[section]);
}

GPtrArray *
madang_palette_find_items (MadangPage *page,
                           GActionGroup *window,
                           const char *typed,
                           GPtrArray *hits)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_palette_item_free);
  Search search = { page, window, typed, items };
  int best[MADANG_PALETTE_N_SECTIONS];

  g_return_val_if_fail (MADANG_IS_PAGE (page), items);
  g_return_val_if_fail (G_IS_ACTION_GROUP (window), items);
  g_return_val_if_fail (typed != NULL, items);

  madang_command_table_each_of_page (MADANG_PAGE_GET_CLASS (page),
                                     G_ACTION_GROUP (madang_page_get_actions (page)),
                                     add_page_command_cb, &search);
  add_areas (&search);
  for (guint i = 0; hits != NULL && i < hits->len; i++)
    add_record (&search, hits->pdata[i]);
  add_commands (&search, "win", madang_command_table_list_window ());
  add_commands (&search, "app", madang_command_table_list_application ());
  find_best (items, best);
  /* The sort is stable: what is equal stays in the order of its declaration. */
  g_ptr_array_sort_with_data (items, compare_items, best);
  return items;
}
