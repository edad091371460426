/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sim-client.h"

#include "sim-leaflet.h"
#include "sim-world.h"

#include "madang-agencies.h"
#include "madang-error.h"
#include "madang-id.h"
#include "madang-save.h"
#include "madang-system.h"
#include "madang-value.h"
#include "madang-waiting.h"
#include "madang-wire-record.h"

/* What the person in front of a client does. */

/* What was typed is what is seen, at once. */
static void
check_shown (SimClient *self, const MadangMutation *mutation)
{
  g_autoptr (MadangRecord) record = sim_client_get (self, mutation->id);

  for (guint i = 0; i < mutation->edits->len; i++)
    {
      const MadangEdit *edit = g_ptr_array_index (mutation->edits, i);
      const MadangField *top = NULL;

      madang_kind_find_path (madang_kind_find (mutation->kind), edit->path, &top);
      if (edit->to == NULL || top->merge == MADANG_MERGE_SET || top->merge == MADANG_MERGE_MAX)
        continue;
      g_assert_nonnull (record);
      if (!madang_value_equal (madang_record_get (record, edit->path), edit->to))
        g_error ("%s typed %s, and sees something else", self->name, edit->path);
    }
}

static gboolean
write_mutation (SimClient *self, MadangMutation *mutation, MadangRecord *seen)
{
  g_autoptr (MadangMutation) said = NULL;
  g_autoptr (GBytes) bytes = madang_mutation_to_bytes (mutation);
  g_autoptr (GError) error = NULL;

  said = madang_mutation_from_bytes (bytes, &error);
  g_assert_no_error (error);
  if (!madang_driver_write (self->driver, mutation, &error))
    {
      g_assert_true (g_error_matches (error, MADANG_ERROR, MADANG_ERROR_INVALID)
                     || g_error_matches (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND));
      sim_trace ("%s may not: %s", self->name, error->message);
      return FALSE;
    }
  sim_trace_bytes (self->name, bytes);
  sim_ledger_note_write (self->ledger, self->name, said, seen);
  if (said->operation == MADANG_OPERATION_CREATE || said->operation == MADANG_OPERATION_PATCH)
    check_shown (self, said);
  return TRUE;
}

static void
add_edit (MadangMutation *mutation, const char *path, GVariant *from, GVariant *to)
{
  g_ptr_array_add (mutation->edits, madang_edit_new (path, from, to));
}

static GVariant *
new_text (SimClient *self)
{
  g_autofree char *text = sim_ledger_new_text (self->ledger, self->name);

  return g_variant_new_string (text);
}

/* --- leaflets ------------------------------------------------------------------------------ */

static GVariant *
pick_tags (void)
{
  static const char *const all[] = { "blue", "green", "red", "white" };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (sim_chance (50))
      g_variant_builder_add (&builder, "s", all[i]);
  return g_variant_builder_end (&builder);
}

static GVariant *
new_row (SimClient *self)
{
  GVariantBuilder builder;
  g_autofree char *text = sim_ledger_new_text (self->ledger, self->name);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "text", g_variant_new_string (text));
  if (sim_chance (50))
    g_variant_builder_add (&builder, "{sv}", "pos", g_variant_new_string ("m"));
  return g_variant_builder_end (&builder);
}

static void
add_row_edit (SimClient *self, MadangMutation *mutation, MadangRecord *record)
{
  g_auto (GStrv) rows = madang_record_dup_rows (record, "rows");
  guint n_rows = g_strv_length (rows);
  guint way = n_rows > 0 ? sim_pick (4) : 0;
  g_autofree char *fresh = g_strdup_printf ("r%u", sim_pick (6));
  const char *row = way > 0 ? rows[sim_pick (n_rows)] : fresh;
  g_autofree char *path = g_strconcat ("rows/", row, NULL);
  g_autofree char *member = g_strconcat (path, "/text", NULL);

  if (way == 1)
    add_edit (mutation, path, madang_record_get (record, path), NULL);
  else if (way > 1)
    add_edit (mutation, member, madang_record_get (record, member), new_text (self));
  else if (madang_record_get (record, path) == NULL)
    add_edit (mutation, path, NULL, new_row (self));
}

static void
add_text_edit (SimClient *self, MadangMutation *mutation, MadangRecord *record, const char *field)
{
  GVariant *from = madang_record_get (record, field);

  if (madang_record_has_part (record, madang_field_get_part (madang_kind_find_field (
                                          madang_record_get_kind (record), field))))
    add_edit (mutation, field, from, from != NULL && sim_chance (10) ? NULL : new_text (self));
}

static void
add_leaflet_edit (SimClient *self, MadangMutation *mutation, MadangRecord *record)
{
  static const char *const texts[] = { "title", "note", "code", "final", "contact", "remark" };
  guint way = sim_pick (12);

  if (way < G_N_ELEMENTS (texts))
    add_text_edit (self, mutation, record, texts[way]);
  else if (way < 8)
    add_row_edit (self, mutation, record);
  else if (way == 8)
    add_edit (mutation, "tags", madang_record_get (record, "tags"), pick_tags ());
  else if (way == 9)
    add_edit (mutation, "most", madang_record_get (record, "most"),
              g_variant_new_int64 (sim_pick (1000)));
  else
    {
      add_text_edit (self, mutation, record, "left");
      if (way == 11)
        add_text_edit (self, mutation, record, "right");
    }
}

static gboolean
has_path (const MadangMutation *mutation, const MadangEdit *edit)
{
  for (guint i = 0; i < mutation->edits->len; i++)
    {
      const MadangEdit *other = g_ptr_array_index (mutation->edits, i);

      if (g_str_has_prefix (other->path, edit->path) || g_str_has_prefix (edit->path, other->path))
        return TRUE;
    }
  return FALSE;
}

static void
edit_leaflet (SimClient *self, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_PATCH, kind->name, madang_record_get_id (record));
  guint n_edits = 1 + sim_pick (3);

  for (guint i = 0; i < n_edits; i++)
    {
      g_autoptr (MadangMutation) more
          = madang_mutation_new (MADANG_OPERATION_PATCH, kind->name, mutation->id);

      add_leaflet_edit (self, more, record);
      while (more->edits->len > 0)
        {
          MadangEdit *edit = g_ptr_array_steal_index (more->edits, 0);

          if (has_path (mutation, edit))
            madang_edit_free (edit);
          else
            g_ptr_array_add (mutation->edits, edit);
        }
    }
  if (mutation->edits->len > 0)
    write_mutation (self, mutation, NULL);
}

/* Of the person's own agency, or rarely of the other one, which is not allowed. */
static const char *
pick_agency (SimClient *self)
{
  gboolean second = g_str_equal (self->login, "other");

  return self->server->agencies[sim_chance (5) ? !second : second];
}

static void
create_leaflet (SimClient *self)
{
  g_autofree char *id = madang_id_new ();
  const char *agency = pick_agency (self);
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_CREATE, sim_leaflet_kind.name, id);

  mutation->scope = g_strconcat ("agency:", agency, NULL);
  add_edit (mutation, "agency", NULL, g_variant_new_string (agency));
  if (sim_chance (80))
    add_edit (mutation, "title", NULL, new_text (self));
  if (sim_chance (50))
    add_edit (mutation, "contact", NULL, new_text (self));
  if (sim_chance (30))
    add_edit (mutation, "rows/r1", NULL, new_row (self));
  /* Two people choose the same code now and then: the second one is refused. */
  if (sim_chance (30))
    {
      g_autofree char *code = g_strdup_printf ("code %u", sim_pick (3));

      add_edit (mutation, "code", NULL, g_variant_new_string (code));
    }
  write_mutation (self, mutation, NULL);
}

static void
run_event (SimClient *self, MadangRecord *record)
{
  static const char *const names[] = { "submit", "submit", "recall", "approve" };
  const MadangKind *kind = madang_record_get_kind (record);
  const char *name = names[sim_pick (G_N_ELEMENTS (names))];
  const MadangEvent *event = madang_kind_find_event (kind, name);
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_EVENT, kind->name, madang_record_get_id (record));

  /* Mostly what the interface offers. */
  if (!g_strv_contains (event->from, madang_record_get_state (record)) && !sim_chance (10))
    return;
  mutation->event = g_strdup (name);
  if ((event->flags & MADANG_EVENT_SEEN) != 0)
    mutation->seen = madang_record_dup_digest (record);
  write_mutation (self, mutation, record);
}

static void
delete_leaflet (SimClient *self, MadangRecord *record)
{
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_DELETE, sim_leaflet_kind.name,
                             madang_record_get_id (record));

  write_mutation (self, mutation, NULL);
}

/* --- people -------------------------------------------------------------------------------- */

void
sim_client_create_person (SimClient *self)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_CREATE, madang_person_kind.name, id);

  if (!g_str_equal (self->login, "coordinator"))
    add_edit (mutation, "agency", NULL, g_variant_new_string (pick_agency (self)));
  add_edit (mutation, "kind", NULL, g_variant_new_string ("staff"));
  add_edit (mutation, "name", NULL, new_text (self));
  write_mutation (self, mutation, NULL);
}

static void
edit_person (SimClient *self, MadangRecord *record)
{
  static const char *const names[] = { "name", "org", "rank" };
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_PATCH, madang_person_kind.name,
                             madang_record_get_id (record));

  add_text_edit (self, mutation, record, names[sim_pick (G_N_ELEMENTS (names))]);
  if (mutation->edits->len > 0)
    write_mutation (self, mutation, NULL);
}

/* --- conflicts and refusals ---------------------------------------------------------------- */

static GVariant *
read_side (MadangRecord *conflict, const MadangField *field, gboolean row, const char *side)
{
  const char *json = madang_record_get_text (conflict, side);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value
      = *json != '\0' ? madang_wire_decode_value (field, json, &error) : NULL;
  g_autoptr (GVariant) entry = NULL;

  g_assert_no_error (error);
  if (value == NULL || !row)
    return g_steal_pointer (&value);
  entry = g_variant_get_child_value (value, 0);
  return g_variant_get_child_value (entry, 1);
}

/* As the interface builds it: an edit from theirs to what was chosen, or none for theirs. */
static MadangMutation *
build_resolution (MadangRecord *conflict, gboolean mine)
{
  const MadangKind *kind = madang_kind_find (madang_record_get_text (conflict, "record_kind"));
  const char *path = madang_record_get_text (conflict, "field");
  MadangMutation *mutation = madang_mutation_new (MADANG_OPERATION_RESOLVE, kind->name,
                                                  madang_record_get_text (conflict, "record"));
  const MadangField *top = NULL;
  const MadangField *field = *path != '\0' ? madang_kind_find_path (kind, path, &top) : NULL;
  gboolean row = field != NULL && field == top && strchr (path, '/') != NULL;
  g_autoptr (GVariant) theirs = NULL;
  g_autoptr (GVariant) chosen = NULL;

  mutation->conflict = g_strdup (madang_record_get_id (conflict));
  if (field == NULL || !mine)
    return mutation;
  theirs = read_side (conflict, field, row, "theirs");
  chosen = read_side (conflict, field, row, "mine");
  if (!madang_value_equal (theirs, chosen))
    add_edit (mutation, path, theirs, chosen);
  return mutation;
}

gboolean
sim_client_resolve_one (SimClient *self)
{
  g_autoptr (GPtrArray) conflicts = sim_client_list (self, &madang_conflict_kind);

  for (guint i = 0; i < conflicts->len; i++)
    {
      MadangRecord *conflict = g_ptr_array_index (conflicts, i);
      g_autoptr (MadangRecord) target
          = sim_client_get (self, madang_record_get_text (conflict, "record"));
      g_autoptr (MadangMutation) mutation = NULL;

      if (!g_str_equal (madang_record_get_state (conflict), "open")
          || !madang_record_has_part (conflict, MADANG_PART_PERSONAL))
        continue;
      mutation = build_resolution (conflict, target != NULL && sim_chance (50));
      if (write_mutation (self, mutation, NULL))
        return TRUE;
    }
  return FALSE;
}

static void
discard (SimClient *self, const MadangWaiting *waiting)
{
  g_autoptr (GError) error = NULL;

  sim_trace ("%s gives up %s", self->name, waiting->mid);
  madang_driver_discard (self->driver, waiting->mid, &error);
  g_assert_no_error (error);
  sim_ledger_note_discard (self->ledger, self->name, waiting->id);
}

static gboolean
discard_one (SimClient *self)
{
  g_autoptr (GPtrArray) waiting = sim_client_list_waiting (self);

  for (guint i = 0; i < waiting->len; i++)
    {
      const MadangWaiting *change = g_ptr_array_index (waiting, i);

      if (change->refused || change->held)
        {
          discard (self, change);
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
sim_client_discard_all (SimClient *self)
{
  gboolean any = FALSE;

  while (discard_one (self))
    any = TRUE;
  sim_run ();
  return any;
}

/* --- by chance ----------------------------------------------------------------------------- */

static MadangRecord *
pick_record (SimClient *self, const MadangKind *kind)
{
  g_autoptr (GPtrArray) records = sim_client_list (self, kind);

  return records->len > 0 ? g_object_ref (g_ptr_array_index (records, sim_pick (records->len)))
                          : NULL;
}

void
sim_client_act (SimClient *self)
{
  guint way = sim_pick (100);
  g_autoptr (MadangRecord) leaflet = NULL;
  g_autoptr (MadangRecord) person = NULL;

  if (self->driver == NULL || self->records == NULL)
    return;
  leaflet = pick_record (self, &sim_leaflet_kind);
  person = pick_record (self, &madang_person_kind);
  if (way < 50 && leaflet != NULL)
    edit_leaflet (self, leaflet);
  else if (way < 60)
    create_leaflet (self);
  else if (way < 75 && leaflet != NULL)
    run_event (self, leaflet);
  else if (way < 78 && leaflet != NULL)
    delete_leaflet (self, leaflet);
  else if (way < 80)
    sim_client_create_person (self);
  else if (way < 88 && person != NULL)
    edit_person (self, person);
  else if (way < 94)
    sim_client_resolve_one (self);
  else if (way < 97)
    discard_one (self);
  else
    sim_client_hint (self);
}
