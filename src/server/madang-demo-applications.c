/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-demo-applications.h"

#include "madang-applications.h"
#include "madang-error.h"
#include "madang-id.h"
#include "madang-record-text.h"
#include "madang-scope.h"
#include "madang-turn.h"

/* One sample on its way from draft to its last state. */
typedef struct
{
  MadangWrite *write;
  GKeyFile *file;
  const char *group;
  const char *programme;
  char *id;             /* (owned) */
  MadangActor *officer; /* (owned) */
  MadangActor *city;    /* (owned) */
} MadangSample;

static void
clear_sample (MadangSample *sample)
{
  g_free (sample->id);
  g_clear_pointer (&sample->officer, madang_actor_unref);
  g_clear_pointer (&sample->city, madang_actor_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadangSample, clear_sample)

/* when: the key that holds the time. */
static gboolean
play (MadangSample *sample,
      const MadangMutation *mutation,
      MadangActor *actor,
      const char *when,
      GError **error)
{
  g_autofree char *time = g_key_file_get_string (sample->file, sample->group, when, error);
  g_auto (MadangTurn) turn = {
    .save = { .write = sample->write, .mid = mutation->mid },
    .actor = actor,
    .records = madang_storage_get_records (sample->write->storage),
    .device = "",
    .mutation = mutation,
  };

  if (time == NULL)
    return FALSE;
  turn.save.now = madang_record_text_read_time (time, error);
  if (turn.save.now < 0 || !madang_turn_play (&turn, error))
    return FALSE;
  if (turn.outcome == MADANG_OUTCOME_APPLIED)
    return TRUE;
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "sample %s: %s %s", sample->group,
               turn.code,
               turn.arguments != NULL && turn.arguments[0] != NULL ? turn.arguments[0] : "");
  return FALSE;
}

static MadangMutation *
new_mutation (MadangSample *sample, MadangOperation operation)
{
  MadangMutation *mutation
      = madang_mutation_new (operation, madang_application_kind.name, sample->id);

  if (mutation->mid == NULL)
    mutation->mid = madang_id_new ();
  return mutation;
}

static gboolean
add_edit (MadangSample *sample, MadangMutation *mutation, const MadangField *field, GError **error)
{
  g_autofree char *text = g_key_file_get_string (sample->file, sample->group, field->name, NULL);
  g_autoptr (GVariant) value = NULL;

  if (g_strcmp0 (field->name, "programme") == 0)
    value = g_variant_ref_sink (g_variant_new_string (sample->programme));
  else if (text != NULL)
    value = madang_record_text_read (sample->write->storage, field, text, error);
  else
    return TRUE;
  if (value == NULL)
    return FALSE;
  g_ptr_array_add (mutation->edits, madang_edit_new (field->name, NULL, value));
  return TRUE;
}

static gboolean
write_draft (MadangSample *sample, GError **error)
{
  g_autoptr (MadangMutation) mutation = new_mutation (sample, MADANG_OPERATION_CREATE);

  for (const MadangField *field = madang_application_kind.fields; field->name != NULL; field++)
    {
      if (!add_edit (sample, mutation, field, error))
        return FALSE;
    }
  return play (sample, mutation, sample->officer, "written", error);
}

static gboolean
run_event (
    MadangSample *sample, const char *event, MadangActor *actor, const char *when, GError **error)
{
  g_autoptr (MadangMutation) mutation = new_mutation (sample, MADANG_OPERATION_EVENT);
  g_autoptr (MadangRecord) record
      = madang_record_store_get (madang_storage_get_records (sample->write->storage), sample->id,
                                 error);

  if (record == NULL)
    return FALSE;
  mutation->event = g_strdup (event);
  mutation->seen = madang_record_dup_digest (record);
  return play (sample, mutation, actor, when, error);
}

/* Nobody's account stands behind a sample: its people exist for the length of this call. */
static gboolean
set_people (MadangSample *sample, GError **error)
{
  g_autofree char *name = g_key_file_get_string (sample->file, sample->group, "agency", error);
  const MadangField *field = madang_kind_find_field (&madang_application_kind, "agency");
  g_autoptr (GVariant) agency = NULL;
  g_autofree char *officer = madang_id_new ();
  g_autofree char *city = madang_id_new ();
  g_autofree char *scope = NULL;

  if (name == NULL)
    return FALSE;
  agency = madang_record_text_read (sample->write->storage, field, name, error);
  if (agency == NULL)
    return FALSE;
  scope = madang_scope_complete (MADANG_SCOPE_OF_AGENCY, g_variant_get_string (agency, NULL));
  sample->officer = madang_actor_new (officer);
  madang_actor_add_grant (sample->officer, MADANG_ROLE_AGENCY_OFFICER, scope, NULL);
  sample->city = madang_actor_new (city);
  madang_actor_add_grant (sample->city, MADANG_ROLE_CITY_COORDINATOR, MADANG_SCOPE_PROGRAMME, NULL);
  return TRUE;
}

static gboolean
add_sample (MadangSample *sample, GError **error)
{
  g_autofree char *until = g_key_file_get_string (sample->file, sample->group, "until", error);
  gboolean is_received = g_strcmp0 (until, "received") == 0;
  gboolean is_submitted = is_received || g_strcmp0 (until, "submitted") == 0;

  if (until == NULL || !set_people (sample, error) || !write_draft (sample, error))
    return FALSE;
  if (is_submitted && !run_event (sample, "submit", sample->officer, "submitted", error))
    return FALSE;
  return !is_received || run_event (sample, "receive", sample->city, "received", error);
}

gboolean
madang_demo_applications_add (MadangWrite *write, const char *programme, GError **error)
{
  g_autoptr (GKeyFile) file = madang_record_text_load ("demo/applications.ini", error);
  g_auto (GStrv) groups = NULL;

  if (file == NULL)
    return FALSE;
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_auto (MadangSample) sample = { .write = write,
                                       .file = file,
                                       .group = groups[i],
                                       .programme = programme,
                                       .id = madang_id_new () };

      if (!add_sample (&sample, error))
        return FALSE;
    }
  return TRUE;
}
