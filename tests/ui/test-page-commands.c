/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "madang-areas.h"
#include "madang-command-table.h"
#include "madang-keys-window.h"
#include "madang-palette-match.h"

/* What pages, areas and the window declare of their commands, keys and help. */

static const MadangPageHelp *
get_help (GTypeClass *klass)
{
  return MADANG_PAGE_CLASS (klass)->help;
}

static void
test_help (void)
{
  g_autoptr (GArray) types = madang_area_dup_page_types (MADANG_ROLE_EVERY);

  g_assert_cmpuint (types->len, >=, 5);
  for (guint i = 0; i < types->len; i++)
    {
      const GType type = g_array_index (types, GType, i);
      g_autoptr (GTypeClass) klass = g_type_class_ref (type);
      const MadangPageHelp *help = get_help (klass);

      g_test_message ("%s", g_type_name (type));
      g_assert_true (g_type_is_a (type, MADANG_TYPE_PAGE));
      g_assert_nonnull (help);
      g_assert_cmpuint (strlen (help->title), >, 0);
      g_assert_cmpuint (strlen (help->purpose), >, strlen (help->title));
      g_assert_nonnull (help->steps);
      g_assert_nonnull (help->steps[0]);
    }
}

/* The first page of an area is its own; it can open the kinds that the area names. */
static void
test_areas (void)
{
  for (const MadangArea *area = madang_area_list (); area->name != NULL; area++)
    {
      g_autoptr (GTypeClass) klass = NULL;

      g_test_message ("%s", area->name);
      g_assert_nonnull (area->pages);
      klass = g_type_class_ref (area->pages[0]());
      for (guint i = 0; area->kinds != NULL && area->kinds[i] != NULL; i++)
        {
          g_assert_nonnull (madang_kind_find (area->kinds[i]));
          g_assert_nonnull (MADANG_PAGE_CLASS (klass)->find_record_page);
        }
    }
}

static void
check_command_cb (const MadangCommand *command, gpointer user_data)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (command->action, &name, &target, NULL));
  g_test_message ("%s", command->action);
  g_assert_nonnull (madang_command_table_get_label (command));
}

static void
test_labels (void)
{
  g_autoptr (GArray) types = madang_area_dup_page_types (MADANG_ROLE_EVERY);

  for (guint i = 0; i < types->len; i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (g_array_index (types, GType, i));

      madang_command_table_each_of_page (MADANG_PAGE_CLASS (klass), NULL, check_command_cb, NULL);
    }
}

/* --- keys ---------------------------------------------------------------------------------- */

static char *
dup_canonical (const char *key)
{
  guint value;
  GdkModifierType modifiers;

  g_test_message ("%s", key);
  g_assert_true (gtk_accelerator_parse (key, &value, &modifiers));
  g_assert_cmpuint (value, !=, 0);
  return gtk_accelerator_name (value, modifiers);
}

static GHashTable *
list_keys (void)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) lines = madang_keys_list (MADANG_ROLE_EVERY);

  for (guint i = 0; i < lines->len; i++)
    {
      const MadangKeysLine *line = lines->pdata[i];
      g_auto (GStrv) parts = g_strsplit (line->keys, " ", -1);

      g_assert_cmpuint (strlen (line->title), >, 0);
      g_assert_cmpuint (strlen (line->group), >, 0);
      for (guint n = 0; parts[n] != NULL; n++)
        g_hash_table_add (keys, dup_canonical (parts[n]));
    }
  return keys;
}

static GtkApplication *
create_application (void)
{
  g_autoptr (GArray) types = madang_area_dup_page_types (MADANG_ROLE_EVERY);
  GtkApplication *application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  madang_command_table_install (application);
  for (guint i = 0; i < types->len; i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (g_array_index (types, GType, i));

      madang_command_table_install_page (application, MADANG_PAGE_CLASS (klass));
    }
  return application;
}

/* Whether some area has this number. */
static gboolean
leads_nowhere (const char *action)
{
  guint n_areas = 0;
  guint number;

  for (const MadangArea *area = madang_area_list (); area->name != NULL; area++)
    n_areas++;
  return sscanf (action, "win.area-number(%u)", &number) == 1 && number > n_areas;
}

/* Every key of every action stands in the list that people can read. */
static void
test_listed (void)
{
  g_autoptr (GtkApplication) application = create_application ();
  g_autoptr (GHashTable) listed = list_keys ();
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);
  guint n_keys = 0;

  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (application, actions[i]);

      if (leads_nowhere (actions[i]))
        continue;
      for (guint n = 0; keys[n] != NULL; n++)
        {
          g_autofree char *key = dup_canonical (keys[n]);

          n_keys++;
          if (strstr (key, "KP_") == NULL && !g_hash_table_contains (listed, key))
            g_error ("%s of %s is in no list", key, actions[i]);
        }
    }
  g_assert_cmpuint (n_keys, >, 10);
}

static void
claim_keys (GHashTable *owners, const MadangCommand *command)
{
  const char *const *keys = madang_command_table_get_keys (command);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      char *key = dup_canonical (keys[i]);
      const char *owner = g_hash_table_lookup (owners, key);

      /* The two Enter keys are one to accelerators. */
      if (owner != NULL)
        g_assert_cmpstr (owner, ==, command->action);
      g_hash_table_insert (owners, key, (gpointer)command->action);
    }
}

static void
claim_keys_cb (const MadangCommand *command, gpointer user_data)
{
  claim_keys (user_data, command);
}

static void
claim_all (GHashTable *owners, const MadangCommand *commands)
{
  for (; commands->action != NULL; commands++)
    claim_keys (owners, commands);
}

/* Whatever page is in view, a key means one thing. */
static void
test_unambiguous (void)
{
  g_autoptr (GArray) types = madang_area_dup_page_types (MADANG_ROLE_EVERY);

  for (guint i = 0; i < types->len; i++)
    {
      g_autoptr (GHashTable) owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr (GTypeClass) klass = g_type_class_ref (g_array_index (types, GType, i));

      claim_all (owners, madang_command_table_list_window ());
      claim_all (owners, madang_command_table_list_application ());
      madang_command_table_each_of_page (MADANG_PAGE_CLASS (klass), NULL, claim_keys_cb, owners);
    }
}

/* --- finding ------------------------------------------------------------------------------- */

static void
test_match (void)
{
  static const struct
  {
    const char *typed;
    const char *text;
    gboolean fits;
  } cases[] = {
    { "", "신청서", TRUE },
    { "신청", "새 신청서", TRUE },
    { "ㅅㅊㅅ", "신청서", TRUE },
    { "ㅅ신", "새신청서", TRUE },
    { "신ㅊ", "신청서", TRUE },
    { "신처", "신청서", TRUE },    /* 청 is being composed */
    { "싱", "시에", TRUE },        /* its ㅇ may begin the next syllable */
    { "싥", "실가", TRUE },        /* as may the second of two */
    { "달", "닭", TRUE },          /* a consonant is still to come */
    { "고", "과제", TRUE },        /* and a vowel */
    { "ㄳ", "가산", TRUE },        /* typed together */
    { "신처서", "신청서", FALSE }, /* composed long since */
    { "신쳥", "신청서", FALSE },
    { "ㅊㅅ신", "신청서", FALSE },
    { "서 신", "신청서", TRUE },
    { "서울 신", "신청서", FALSE },
    { "pdf", "PDF로 저장", TRUE },
    { "\341\204\211\341\205\265\341\206\253", "신청서", TRUE }, /* decomposed 신 */
    { "신청서류", "신청서", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s in %s", cases[i].typed, cases[i].text);
      g_assert_cmpint (madang_palette_match (cases[i].typed, cases[i].text) >= 0, ==,
                       cases[i].fits);
    }
}

static void
test_rank (void)
{
  static const char *const better_first[] = { "사업", "사업 일정", "올해 사업", "본사업", "사엄" };

  for (gsize i = 0; i + 2 < G_N_ELEMENTS (better_first); i++)
    g_assert_cmpint (madang_palette_match ("사업", better_first[i]), <,
                     madang_palette_match ("사업", better_first[i + 1]));
  g_assert_cmpint (madang_palette_match ("사업", "본사업"), <,
                   madang_palette_match ("ㅅㅇ", "사업"));
  g_assert_cmpint (madang_palette_match ("사업", better_first[4]), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/client/commands/help", test_help);
  g_test_add_func ("/client/commands/areas", test_areas);
  g_test_add_func ("/client/commands/labels", test_labels);
  g_test_add_func ("/client/commands/listed", test_listed);
  g_test_add_func ("/client/commands/unambiguous", test_unambiguous);
  g_test_add_func ("/client/palette/match", test_match);
  g_test_add_func ("/client/palette/rank", test_rank);
  return g_test_run ();
}
