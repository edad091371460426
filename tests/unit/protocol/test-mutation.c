/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-mutation.h"
#include "wire-fixture.h"

#include "madang-error.h"
#include "madang-id.h"
#include "madang-wire-limits.h"

#include <string.h>

#define MID "01707c5a-1800-7000-8000-0000000000aa"
#define SEEN "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static MadangMutation *
new_mutation (MadangOperation operation)
{
  MadangMutation *mutation = madang_mutation_new (operation, "sample", WIRE_ID);

  g_free (mutation->mid);
  mutation->mid = g_strdup (MID);
  mutation->at = G_GINT64_CONSTANT (1583712000000);
  return mutation;
}

static void
add_edit (MadangMutation *mutation, const char *path, GVariant *from, GVariant *to)
{
  g_ptr_array_add (mutation->edits, madang_edit_new (path, from, to));
}

static MadangMutation *
new_create (void)
{
  MadangMutation *mutation = new_mutation (MADANG_OPERATION_CREATE);

  mutation->scope = g_strdup ("agency:" WIRE_OTHER_ID);
  add_edit (mutation, "title", NULL, g_variant_new_string ("마을 공론장 (견본)"));
  add_edit (mutation, "agreed", NULL, g_variant_new_boolean (TRUE));
  add_edit (mutation, "steps", NULL,
            g_variant_new_parsed ("{'b': {'pos': <'1'>, 'amount': <int64 5>}, 'a': @a{sv} {}}"));
  add_edit (mutation, "phone", NULL, g_variant_new_string ("02-0000-0000"));
  return mutation;
}

static MadangMutation *
new_patch (void)
{
  MadangMutation *mutation = new_mutation (MADANG_OPERATION_PATCH);
  g_autofree char *text = g_strnfill (257, 'x');

  mutation->base[MADANG_PART_MAIN] = 3;
  mutation->base[MADANG_PART_PERSONAL] = 1;
  add_edit (mutation, "won", g_variant_new_int64 (12500000), g_variant_new_int64 (13000000));
  add_edit (mutation, "colours", g_variant_new_parsed ("['blue']"),
            g_variant_new_parsed ("['blue', 'red']"));
  add_edit (mutation, "body", g_variant_new_string (text), g_variant_new_string ("짧게"));
  add_edit (mutation, "steps/a", NULL, g_variant_new_parsed ("{'pos': <'2'>, 'done': <false>}"));
  add_edit (mutation, "steps/b/pos", g_variant_new_string ("1"), g_variant_new_string ("3"));
  add_edit (mutation, "steps/c", g_variant_new_parsed ("{'sha256': <'" SEEN "'>}"), NULL);
  add_edit (mutation, "plan", g_variant_new_string (SEEN), NULL);
  return mutation;
}

static MadangMutation *
new_event (void)
{
  MadangMutation *mutation = new_mutation (MADANG_OPERATION_EVENT);

  mutation->base[MADANG_PART_MAIN] = 4;
  mutation->event = g_strdup ("send");
  mutation->seen = g_strdup (SEEN);
  mutation->arguments = g_variant_ref_sink (
      g_variant_new_parsed ("{'reason': <'기한 \"연장\"'>, 'day': <'2020-03-13'>}"));
  return mutation;
}

static MadangMutation *
new_resolve (void)
{
  MadangMutation *mutation = new_mutation (MADANG_OPERATION_RESOLVE);

  mutation->base[MADANG_PART_MAIN] = 5;
  mutation->conflict = g_strdup (WIRE_OTHER_ID);
  add_edit (mutation, "title", g_variant_new_string ("가"), g_variant_new_string ("나"));
  return mutation;
}

static const struct
{
  const char *name;
  MadangOperation operation;
  MadangMutation *(*make) (void);
} goldens[] = {
  { "create", MADANG_OPERATION_CREATE, new_create },
  { "patch", MADANG_OPERATION_PATCH, new_patch },
  { "delete", MADANG_OPERATION_DELETE, NULL },
  { "event", MADANG_OPERATION_EVENT, new_event },
  { "resolve", MADANG_OPERATION_RESOLVE, new_resolve },
  { "void", MADANG_OPERATION_VOID, NULL },
};

static MadangMutation *
make_golden (guint i)
{
  return goldens[i].make != NULL ? goldens[i].make () : new_mutation (goldens[i].operation);
}

static char *
read_golden (guint i)
{
  g_autofree char *name = g_strdup_printf ("mutation-%s.json", goldens[i].name);

  return g_strchomp (wire_fixture_read ("wire", name, NULL));
}

static void
test_golden (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      g_autoptr (MadangMutation) mutation = make_golden (i);
      g_autoptr (GBytes) bytes = madang_mutation_to_bytes (mutation);
      g_autofree char *text = wire_fixture_text (bytes);
      g_autofree char *expected = read_golden (i);

      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      g_autofree char *text = read_golden (i);
      g_autoptr (GBytes) bytes = wire_fixture_bytes (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (bytes, &error);
      g_autoptr (GBytes) again = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (mutation->operation, ==, goldens[i].operation);
      again = madang_mutation_to_bytes (mutation);
      g_assert_true (g_bytes_equal (bytes, again));
    }
}

static void
test_content (void)
{
  g_autoptr (MadangMutation) made = new_patch ();
  g_autoptr (GBytes) bytes = madang_mutation_to_bytes (made);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (bytes, &error);
  const MadangEdit *long_edit;
  const MadangEdit *edit;
  g_autofree char *digest = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (mutation->mid, ==, MID);
  g_assert_cmpstr (mutation->kind, ==, "sample");
  g_assert_cmpstr (mutation->id, ==, WIRE_ID);
  g_assert_cmpint (mutation->at, ==, G_GINT64_CONSTANT (1583712000000));
  g_assert_cmpint (mutation->schema, ==, MADANG_WIRE_SCHEMA);
  g_assert_cmpint (mutation->base[MADANG_PART_MAIN], ==, 3);
  g_assert_cmpint (mutation->base[MADANG_PART_PERSONAL], ==, 1);
  g_assert_cmpuint (mutation->edits->len, ==, made->edits->len);

  edit = g_ptr_array_index (mutation->edits, 0);
  g_assert_cmpstr (edit->path, ==, "won");
  g_assert_cmpint (g_variant_get_int64 (edit->from), ==, 12500000);
  g_assert_cmpint (g_variant_get_int64 (edit->to), ==, 13000000);

  long_edit = g_ptr_array_index (mutation->edits, 2);
  edit = g_ptr_array_index (made->edits, 2);
  digest = madang_value_digest (edit->from);
  g_assert_null (long_edit->from);
  g_assert_cmpstr (long_edit->from_digest, ==, digest);
}

/* 256 bytes go as they are, one more as a digest; in Korean a character is three bytes. */
static void
test_long_values (void)
{
  static const struct
  {
    const char *unit;
    guint count;
    gboolean digest;
  } cases[] = {
    { "x", 256, FALSE }, { "x", 257, TRUE },   { "가", 85, FALSE },
    { "가", 86, TRUE },  { "\"", 256, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MadangMutation) mutation = new_mutation (MADANG_OPERATION_PATCH);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *json = NULL;

      for (guint n = 0; n < cases[i].count; n++)
        g_string_append (text, cases[i].unit);
      add_edit (mutation, "body", g_variant_new_string (text->str), NULL);
      bytes = madang_mutation_to_bytes (mutation);
      json = wire_fixture_text (bytes);
      g_assert_cmpint (strstr (json, "[\"body\",{\"sha256\":\"") != NULL, ==, cases[i].digest);
    }
}

/* Whatever a machine of equal chance puts together comes back to the byte. */
static GVariant *
make_value (const MadangField *field, GRand *random)
{
  switch (field->type)
    {
    case MADANG_FIELD_TIME:
    case MADANG_FIELD_WON:
    case MADANG_FIELD_INTEGER:
    case MADANG_FIELD_DECIMAL:
      return g_variant_new_int64 (((gint64)g_rand_int (random) << 32) | g_rand_int (random));
    case MADANG_FIELD_YES_NO:
      return g_variant_new_boolean (g_rand_boolean (random));
    case MADANG_FIELD_SET_OF:
      return g_variant_new_parsed (g_rand_boolean (random) ? "['blue', 'red']" : "@as []");
    case MADANG_FIELD_ROWS:
      return g_variant_new_parsed ("{%s: {'done': <%b>, 'pos': <%s>}, 'r1': @a{sv} {}}",
                                   g_rand_boolean (random) ? "a" : "zz", g_rand_boolean (random),
                                   g_rand_boolean (random) ? "가\n" : "");
    default:
      {
        g_autoptr (GString) text = g_string_new (NULL);
        guint length = g_rand_int_range (random, 0, 200);

        while (text->len < length)
          g_string_append_unichar (text, g_rand_boolean (random)
                                             ? g_rand_int_range (random, 1, 128)
                                             : g_rand_int_range (random, 0xAC00, 0xD7A4));
        return g_variant_new_string (text->str);
      }
    }
}

static void
test_property (void)
{
  const MadangKind *kind = wire_fixture_get_kind ();
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (MadangMutation) mutation = new_mutation (MADANG_OPERATION_PATCH);
      g_autoptr (MadangMutation) read = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GError) error = NULL;

      for (const MadangField *field = kind->fields; field->name != NULL; field++)
        if (g_rand_boolean (random))
          add_edit (mutation, field->name,
                    g_rand_boolean (random) ? make_value (field, random) : NULL,
                    g_rand_boolean (random) ? make_value (field, random) : NULL);
      bytes = madang_mutation_to_bytes (mutation);
      read = madang_mutation_from_bytes (bytes, &error);
      g_assert_no_error (error);
      again = madang_mutation_to_bytes (read);
      g_assert_true (g_bytes_equal (bytes, again));
      for (guint i = 0; i < read->edits->len; i++)
        {
          const MadangEdit *sent = g_ptr_array_index (mutation->edits, i);
          const MadangEdit *got = g_ptr_array_index (read->edits, i);

          g_assert_true (madang_value_equal (sent->to, got->to));
          g_assert_true (got->from_digest != NULL || madang_value_equal (sent->from, got->from));
        }
    }
}

static void
test_beginnings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      g_autofree char *text = read_golden (i);
      gsize length = strlen (text);

      for (gsize cut = 0; cut < length; cut++)
        {
          g_autoptr (GBytes) bytes = g_bytes_new (text, cut);
          g_autoptr (GError) error = NULL;

          g_assert_null (madang_mutation_from_bytes (bytes, &error));
          g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
        }
    }
}

/* A golden mutation with one piece of its text replaced. */
static GBytes *
alter (const char *name, const char *old, const char *new)
{
  g_autofree char *file = g_strdup_printf ("mutation-%s.json", name);
  g_autofree char *text = wire_fixture_read ("wire", file, NULL);
  g_auto (GStrv) pieces = g_strsplit (text, old, 2);
  g_autofree char *altered = NULL;

  if (g_strv_length (pieces) != 2)
    g_error ("%s: no %s", name, old);
  altered = g_strconcat (pieces[0], new, pieces[1], NULL);
  return wire_fixture_bytes (altered);
}

static const struct
{
  const char *name;
  const char *old;
  const char *new;
  int code;
} hostile_cases[] = {
  /* missing members */
  { "void", "\"at\":1583712000000,", "", MADANG_ERROR_INVALID },
  { "void", "\"base\":[0,0],", "", MADANG_ERROR_INVALID },
  { "void", "\"id\":\"" WIRE_ID "\",", "", MADANG_ERROR_INVALID },
  { "void", "\"kind\":\"sample\",", "", MADANG_ERROR_INVALID },
  { "void", "\"mid\":\"" MID "\",", "", MADANG_ERROR_INVALID },
  { "void", "\"op\":\"void\",", "", MADANG_ERROR_INVALID },
  { "void", ",\"schema\":1", "", MADANG_ERROR_INVALID },
  { "event", "\"event\":\"send\",", "", MADANG_ERROR_INVALID },
  { "resolve", "\"conflict\":\"" WIRE_OTHER_ID "\",", "", MADANG_ERROR_INVALID },
  /* wrong types and forms */
  { "void", "1583712000000", "\"1583712000000\"", MADANG_ERROR_INVALID },
  { "void", "1583712000000", "1583712000000.0", MADANG_ERROR_INVALID },
  { "void", "1583712000000", "-1", MADANG_ERROR_INVALID },
  { "void", "1583712000000", "null", MADANG_ERROR_INVALID },
  { "void", "[0,0]", "[0]", MADANG_ERROR_INVALID },
  { "void", "[0,0]", "[0,0,0]", MADANG_ERROR_INVALID },
  { "void", "[0,0]", "[0,-1]", MADANG_ERROR_INVALID },
  { "void", "[0,0]", "[\"0\",0]", MADANG_ERROR_INVALID },
  { "void", "[0,0]", "{}", MADANG_ERROR_INVALID },
  { "void", "[0,0]", "0", MADANG_ERROR_INVALID },
  { "void", WIRE_ID, "1", MADANG_ERROR_INVALID },
  { "void", WIRE_ID, "01707C5A-1800-7000-8000-000000000001", MADANG_ERROR_INVALID },
  { "void", MID, "", MADANG_ERROR_INVALID },
  { "void", "\"sample\"", "1", MADANG_ERROR_INVALID },
  { "void", "\"sample\"", "\"\"", MADANG_ERROR_INVALID },
  { "void", "\"sample\"", "\"sam ple\"", MADANG_ERROR_INVALID },
  { "void", "\"void\"", "[]", MADANG_ERROR_INVALID },
  { "void", "\"schema\":1", "\"schema\":0", MADANG_ERROR_INVALID },
  { "void", "\"schema\":1", "\"schema\":-1", MADANG_ERROR_INVALID },
  { "void", "\"schema\":1", "\"schema\":\"1\"", MADANG_ERROR_INVALID },
  { "void", "\"schema\":1", "\"schema\":4294967297", MADANG_ERROR_INVALID },
  { "create", "agency:", "agency/", MADANG_ERROR_INVALID },
  { "create", "\"agency:" WIRE_OTHER_ID "\"", "7", MADANG_ERROR_INVALID },
  { "resolve", WIRE_OTHER_ID, "x", MADANG_ERROR_INVALID },
  { "event", "\"send\"", "true", MADANG_ERROR_INVALID },
  { "event", SEEN, "abc", MADANG_ERROR_INVALID },
  { "event", "\"2020-03-13\"", "20200313", MADANG_ERROR_INVALID },
  { "event", "\"2020-03-13\"", "null", MADANG_ERROR_INVALID },
  { "event", "\"day\"", "\"d/y\"", MADANG_ERROR_INVALID },
  { "event", "{\"day\":\"2020-03-13\"", "[{\"day\":\"2020-03-13\"", MADANG_ERROR_INVALID },
  /* edits */
  { "patch", "[\"won\",12500000,13000000]", "[\"won\",12500000]", MADANG_ERROR_INVALID },
  { "patch", "[\"won\",12500000,13000000]", "[\"won\",1,2,3]", MADANG_ERROR_INVALID },
  { "patch", "[\"won\",12500000,13000000]", "\"won\"", MADANG_ERROR_INVALID },
  { "patch", "[\"won\",12500000,13000000]", "null", MADANG_ERROR_INVALID },
  { "patch", "[\"won\",12500000,13000000]", "{\"won\":[1,2]}", MADANG_ERROR_INVALID },
  { "patch", "[\"won\",12500000", "[1,12500000", MADANG_ERROR_INVALID },
  { "patch", "[\"won\",12500000", "[\"\",12500000", MADANG_ERROR_INVALID },
  { "patch", "[\"won\",12500000", "[\"won/\",12500000", MADANG_ERROR_INVALID },
  { "patch", "[\"won\",12500000", "[\"won//\",12500000", MADANG_ERROR_INVALID },
  { "patch", "steps/b/pos", "steps/b/pos/x", MADANG_ERROR_INVALID },
  { "patch", "steps/b/pos", "steps/B/pos", MADANG_ERROR_INVALID },
  { "patch", "12500000,", "\"12500000\",", MADANG_ERROR_INVALID },
  { "patch", ",13000000", ",13000000.5", MADANG_ERROR_INVALID },
  { "patch", "12500000,", "{\"sha256\":\"abc\"},", MADANG_ERROR_INVALID },
  { "patch", "12500000,", "{\"sha256\":\"" SEEN "\",\"x\":1},", MADANG_ERROR_INVALID },
  { "patch", ",13000000", ",{\"sha256\":\"" SEEN "\"}", MADANG_ERROR_INVALID },
  { "create", "[\"agreed\",null,", "[\"agreed\",false,", MADANG_ERROR_INVALID },
  { "create", "[\"agreed\",null,", "[\"agreed\",{\"sha256\":\"" SEEN "\"},", MADANG_ERROR_INVALID },
  { "create", "[0,0]", "[1,0]", MADANG_ERROR_INVALID },
  { "create", "\"edits\":[", "\"edits\":{},\"x\":[", MADANG_ERROR_NEWER_SCHEMA },
  /* members of other operations */
  { "delete", "\"id\"", "\"edits\":[[\"won\",1,2]],\"id\"", MADANG_ERROR_INVALID },
  { "delete", "\"id\"", "\"event\":\"send\",\"id\"", MADANG_ERROR_INVALID },
  { "delete", "\"schema\":1", "\"schema\":1,\"scope\":\"office\"", MADANG_ERROR_INVALID },
  { "delete", "\"schema\":1", "\"schema\":1,\"seen\":\"" SEEN "\"", MADANG_ERROR_INVALID },
  { "void", "\"at\"", "\"args\":{},\"at\"", MADANG_ERROR_INVALID },
  { "patch", "\"base\":[3,1],", "\"base\":[3,1],\"conflict\":\"" WIRE_ID "\",",
    MADANG_ERROR_INVALID },
  { "event", "\"event\"", "\"edits\":[[\"won\",1,2]],\"event\"", MADANG_ERROR_INVALID },
  /* what a newer program may have written */
  { "void", "\"schema\":1", "\"schema\":2", MADANG_ERROR_NEWER_SCHEMA },
  { "void", "\"schema\":1", "\"schema\":1,\"zeal\":1", MADANG_ERROR_NEWER_SCHEMA },
  { "void", "\"void\"", "\"split\"", MADANG_ERROR_NEWER_SCHEMA },
  { "delete", "\"sample\"", "\"unheard-of\"", MADANG_ERROR_NEWER_SCHEMA },
  { "event", "\"send\"", "\"recall\"", MADANG_ERROR_NEWER_SCHEMA },
  { "patch", "[\"won\",", "[\"yen\",", MADANG_ERROR_NEWER_SCHEMA },
  { "patch", "steps/b/pos", "steps/b/new", MADANG_ERROR_NEWER_SCHEMA },
  { "patch", "{\"done\":false", "{\"done2\":false", MADANG_ERROR_NEWER_SCHEMA },
  { "create", "{\"amount\":5", "{\"amount\":5,\"new\":1", MADANG_ERROR_NEWER_SCHEMA },
  /* no JSON at all */
  { "void", "{", "[", MADANG_ERROR_INVALID },
  { "void", "{", "", MADANG_ERROR_INVALID },
  { "void", "\"at\"", "\"at\":1,\"at\"", MADANG_ERROR_INVALID },
};

static void
test_hostile (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile_cases); i++)
    {
      g_autoptr (GBytes) bytes
          = alter (hostile_cases[i].name, hostile_cases[i].old, hostile_cases[i].new);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s: %s -> %s", hostile_cases[i].name, hostile_cases[i].old,
                      hostile_cases[i].new);
      g_assert_null (madang_mutation_from_bytes (bytes, &error));
      g_assert_error (error, MADANG_ERROR, hostile_cases[i].code);
    }
}

static void
test_void_of_unknown_kind (void)
{
  g_autoptr (GBytes) bytes = alter ("void", "\"sample\"", "\"unheard-of\"");
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mutation->kind, ==, "unheard-of");
}

static GBytes *
make_edits (guint count)
{
  g_autoptr (MadangMutation) mutation = new_mutation (MADANG_OPERATION_PATCH);

  for (guint i = 0; i < count; i++)
    add_edit (mutation, "won", NULL, g_variant_new_int64 (i));
  return madang_mutation_to_bytes (mutation);
}

static void
test_edit_count (void)
{
  g_autoptr (GBytes) most = make_edits (MADANG_WIRE_MAX_EDITS);
  g_autoptr (GBytes) more = make_edits (MADANG_WIRE_MAX_EDITS + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (most, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (mutation->edits->len, ==, MADANG_WIRE_MAX_EDITS);
  g_assert_null (madang_mutation_from_bytes (more, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE);
}

static GBytes *
make_of_length (gsize length)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) padded = NULL;
  gsize plain;
  g_autoptr (GBytes) bytes = make_edits (1);

  text = wire_fixture_text (bytes);
  plain = strlen (text);
  padded = g_string_new (text);
  for (gsize i = plain; i < length; i++)
    g_string_append_c (padded, ' ');
  return g_bytes_new (padded->str, padded->len);
}

static void
test_length (void)
{
  g_autoptr (GBytes) longest = make_of_length (MADANG_WIRE_MAX_RECORD);
  g_autoptr (GBytes) longer = make_of_length (MADANG_WIRE_MAX_RECORD + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangMutation) mutation = madang_mutation_from_bytes (longest, &error);

  g_assert_no_error (error);
  g_assert_null (madang_mutation_from_bytes (longer, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_TOO_LARGE);
}

static void
test_identity (void)
{
  g_autoptr (MadangMutation) a = madang_mutation_new (MADANG_OPERATION_PATCH, "sample", WIRE_ID);
  g_autoptr (MadangMutation) b = madang_mutation_new (MADANG_OPERATION_PATCH, "sample", WIRE_ID);
  g_autoptr (GBytes) abc = wire_fixture_bytes ("abc");
  g_autoptr (GBytes) newer = alter ("void", "\"void\"", "\"split\"");
  g_autoptr (GBytes) wrong = alter ("void", MID, "x");
  g_autofree char *fingerprint = madang_mutation_fingerprint (abc);
  g_autoptr (GError) error = NULL;
  g_autofree char *mid = madang_mutation_read_mid (newer, &error);

  g_assert_true (madang_id_is_valid (a->mid));
  g_assert_cmpstr (a->mid, !=, b->mid);
  g_assert_cmpint (a->schema, ==, MADANG_WIRE_SCHEMA);
  g_assert_cmpstr (fingerprint, ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_no_error (error);
  g_assert_cmpstr (mid, ==, MID);
  g_assert_null (madang_mutation_read_mid (wrong, &error));
  g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (madang_crypto_init (NULL));
  wire_fixture_get_kind ();
  g_test_add_func ("/mutation/golden", test_golden);
  g_test_add_func ("/mutation/round-trip", test_round_trip);
  g_test_add_func ("/mutation/content", test_content);
  g_test_add_func ("/mutation/long-values", test_long_values);
  g_test_add_func ("/mutation/property", test_property);
  g_test_add_func ("/mutation/beginnings", test_beginnings);
  g_test_add_func ("/mutation/hostile", test_hostile);
  g_test_add_func ("/mutation/void-of-unknown-kind", test_void_of_unknown_kind);
  g_test_add_func ("/mutation/edit-count", test_edit_count);
  g_test_add_func ("/mutation/length", test_length);
  g_test_add_func ("/mutation/identity", test_identity);
  return g_test_run ();
}
