/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "madang-kind.h"

#include <string.h>

/* What data on disks and on the wire is called never changes: nothing that is in the lock may be
 * renamed, retyped, moved to another part or removed, and nothing new is used before it is in. */

static gboolean update;

static const char *const type_names[] = {
  [MADANG_FIELD_LINE] = "line",       [MADANG_FIELD_TEXT] = "text",
  [MADANG_FIELD_DAY] = "day",         [MADANG_FIELD_MONTH] = "month",
  [MADANG_FIELD_TIME] = "time",       [MADANG_FIELD_WON] = "won",
  [MADANG_FIELD_INTEGER] = "integer", [MADANG_FIELD_DECIMAL] = "decimal",
  [MADANG_FIELD_YES_NO] = "yes-no",   [MADANG_FIELD_ONE_OF] = "one-of",
  [MADANG_FIELD_SET_OF] = "set-of",   [MADANG_FIELD_REFERENCE] = "reference",
  [MADANG_FIELD_ROWS] = "rows",       [MADANG_FIELD_ATTACHMENT] = "attachment",
};

static char *
find_lock (void)
{
  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), "fixtures", "kinds.lock", NULL);
}

static void
describe_field (GPtrArray *lines, const char *prefix, const MadangField *field, MadangPart part)
{
  g_autofree char *name = g_strconcat (prefix, field->name, NULL);

  g_ptr_array_add (lines, g_strdup_printf ("%s: %s%s%s, %s", name, type_names[field->type],
                                           field->reference != NULL ? " to " : "",
                                           field->reference != NULL ? field->reference : "",
                                           part == MADANG_PART_MAIN ? "main" : "personal"));
  for (const MadangChoice *choice = field->choices; choice != NULL && choice->name != NULL;
       choice++)
    g_ptr_array_add (lines, g_strdup_printf ("%s = %s", name, choice->name));
  for (const MadangField *member = field->members; member != NULL && member->name != NULL; member++)
    {
      g_autofree char *inner = g_strconcat (name, "/", NULL);

      describe_field (lines, inner, member, part);
    }
}

static void
describe_kind (GPtrArray *lines, const MadangKind *kind)
{
  g_autofree char *prefix = g_strconcat (kind->name, ".", NULL);

  g_ptr_array_add (lines, g_strdup (kind->name));
  for (const MadangField *field = kind->fields; field->name != NULL; field++)
    describe_field (lines, prefix, field, madang_field_get_part (field));
  for (const MadangState *state = kind->states; state->name != NULL; state++)
    g_ptr_array_add (lines, g_strdup_printf ("%s state %s", kind->name, state->name));
  for (const MadangEvent *event = kind->events; event != NULL && event->name != NULL; event++)
    g_ptr_array_add (lines, g_strdup_printf ("%s event %s", kind->name, event->name));
}

static GPtrArray *
describe_all (void)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    describe_kind (lines, *kind);
  return lines;
}

static gboolean
has_line (GPtrArray *lines, const char *line)
{
  return g_ptr_array_find_with_equal_func (lines, line, g_str_equal, NULL);
}

static GPtrArray *
read_lock (void)
{
  g_autofree char *path = find_lock ();
  g_autofree char *text = NULL;
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) split = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return lines;

  split = g_strsplit (text, "\n", -1);
  for (guint i = 0; split[i] != NULL; i++)
    if (*split[i] != '\0')
      g_ptr_array_add (lines, g_strdup (split[i]));
  return lines;
}

static void
test_nothing_locked_is_gone (void)
{
  g_autoptr (GPtrArray) locked = read_lock ();
  g_autoptr (GPtrArray) declared = describe_all ();

  if (!update)
    g_assert_cmpuint (locked->len, >, 0);
  for (guint i = 0; i < locked->len; i++)
    if (!has_line (declared, g_ptr_array_index (locked, i)))
      {
        g_test_message ("“%s” is in the lock, so it may not be renamed, retyped, moved to another "
                        "part or removed",
                        (const char *)g_ptr_array_index (locked, i));
        g_test_fail ();
      }
}

static void
append_to_lock (const char *line)
{
  g_autofree char *path = find_lock ();
  g_autofree char *old = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &old, NULL, NULL);
  text = g_strconcat (old != NULL ? old : "", line, "\n", NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_everything_declared_is_locked (void)
{
  g_autoptr (GPtrArray) locked = read_lock ();
  g_autoptr (GPtrArray) declared = describe_all ();

  for (guint i = 0; i < declared->len; i++)
    {
      const char *line = g_ptr_array_index (declared, i);

      if (has_line (locked, line))
        continue;
      if (update)
        {
          append_to_lock (line);
          continue;
        }
      g_test_message (
          "“%s” is not in the lock; when its name is good for ever, add it in the source "
          "folder with: G_TEST_SRCDIR=tests BUILD/tests/unit/model/test-kinds-lock "
          "--update",
          line);
      g_test_fail ();
    }
}

static void
test_no_line_twice (void)
{
  g_autoptr (GPtrArray) declared = describe_all ();
  g_autoptr (GHashTable) lines = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < declared->len; i++)
    g_assert_true (g_hash_table_add (lines, g_ptr_array_index (declared, i)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  update = argc > 1 && g_str_equal (argv[1], "--update");
  if (g_getenv ("G_TEST_SRCDIR") == NULL)
    {
      g_printerr ("Set G_TEST_SRCDIR to the folder “tests” of the source.\n");
      return 2;
    }

  g_test_add_func ("/kinds-lock/nothing-locked-is-gone", test_nothing_locked_is_gone);
  g_test_add_func ("/kinds-lock/everything-declared-is-locked", test_everything_declared_is_locked);
  g_test_add_func ("/kinds-lock/no-line-twice", test_no_line_twice);

  return g_test_run ();
}
