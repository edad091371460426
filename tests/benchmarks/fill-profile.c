/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-cache.h"
#include "madang-id.h"
#include "madang-wire-record.h"

#include <locale.h>

/* Fills the one profile below a data directory with received applications, through the same door
 * as a pull. For the benchmarks: fill-profile DATA-DIRECTORY COUNT */

#define ROWS_A_MARK 1000

typedef struct
{
  MadangCache *cache;
} Filling;

static gboolean
send_line (Filling *self, MadangPullLine *line, GError **error)
{
  return madang_cache_pull_line (self->cache, line, NULL, error);
}

static MadangRecord *
make_application (gint number, const char *agency)
{
  g_autofree char *id = madang_id_new ();
  g_autofree char *department = g_strdup_printf ("견본 부서 %d", number);
  g_autofree char *receipt = g_strdup_printf ("접수-견본-%06d", number);
  MadangRecord *record = madang_record_new (madang_kind_find ("application"), id);

  madang_record_set_state (record, "received");
  madang_record_set_has_part (record, MADANG_PART_MAIN, TRUE);
  madang_record_set (record, "agency", g_variant_new_string (agency), NULL);
  madang_record_set (record, "dept_name", g_variant_new_string (department), NULL);
  madang_record_set (record, "receipt_number", g_variant_new_string (receipt), NULL);
  madang_record_set (record, "plan", g_variant_new_string ("시민제안을 함께 읽고 답합니다."), NULL);
  madang_record_set (record, "submitted_at",
                     g_variant_new_int64 (G_GINT64_CONSTANT (1583712000000) + number), NULL);
  return record;
}

static gboolean
send_application (Filling *self, gint number, const char *agency, GError **error)
{
  g_autoptr (MadangRecord) record = make_application (number, agency);
  g_autoptr (MadangPullLine) line = madang_pull_line_new ();

  line->type = MADANG_PULL_PUT;
  line->scope = g_strdup ("office");
  line->kind = g_strdup ("application");
  line->id = g_strdup (madang_record_get_id (record));
  line->part = MADANG_PART_MAIN;
  line->version = 1;
  line->seq = number + 1;
  line->state = g_strdup ("received");
  line->home = g_strconcat ("agency:", agency, NULL);
  line->doc = madang_wire_encode_part (record, MADANG_PART_MAIN);
  return send_line (self, line, error);
}

static gboolean
send_mark (Filling *self, const char *epoch, gint number, GError **error)
{
  g_autoptr (MadangPullLine) line = madang_pull_line_new ();

  line->type = MADANG_PULL_MARK;
  line->scope = g_strdup ("office");
  line->cursor = g_strdup_printf ("%s.%d", epoch, number);
  return send_line (self, line, error);
}

static gboolean
fill (Filling *self, gint count, GError **error)
{
  g_autofree char *epoch = madang_cache_dup_setting (self->cache, "epoch");
  g_autofree char *agency = madang_id_new ();
  g_autoptr (MadangPullLine) open = madang_pull_line_new ();
  g_autoptr (MadangPullLine) end = madang_pull_line_new ();

  open->type = MADANG_PULL_OPEN;
  open->epoch = g_strdup (epoch);
  open->schema = MADANG_WIRE_SCHEMA;
  if (!send_line (self, open, error))
    return FALSE;
  for (gint number = 0; number < count; number++)
    {
      if (!send_application (self, number, agency, error))
        return FALSE;
      if ((number % ROWS_A_MARK == ROWS_A_MARK - 1 || number == count - 1)
          && !send_mark (self, epoch, number, error))
        return FALSE;
    }
  end->type = MADANG_PULL_END;
  return send_line (self, end, error);
}

static char *
find_profile (const char *directory, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (directory, 0, error);
  const char *name = folder != NULL ? g_dir_read_name (folder) : NULL;

  return name != NULL ? g_build_filename (directory, name, NULL) : NULL;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  Filling filling = { NULL };

  setlocale (LC_ALL, "");
  g_return_val_if_fail (argc == 3, 2);
  g_autofree char *profile = find_profile (argv[1], &error);
  if (profile == NULL)
    g_error ("no profile: %s", error != NULL ? error->message : "empty folder");

  g_autoptr (MadangCache) cache = madang_cache_open (profile, NULL, &error);
  filling.cache = cache;
  if (cache == NULL || !fill (&filling, atoi (argv[2]), &error))
    g_error ("not filled: %s", error->message);
  madang_cache_pull_finish (cache);
  madang_cache_close (cache);
  return 0;
}
