/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"

#define SOME_ID "0170bc2f-8e3a-7c4d-9b21-5a6f70c1d201"
#define OTHER_ID "0170bc2f-8e3a-7c4d-9b21-5a6f70c1d202"

/* What every declaration must be, so that the machinery can rely on it. */

static void
check_choices (const MadangField *field)
{
  gboolean chooses = field->type == MADANG_FIELD_ONE_OF || field->type == MADANG_FIELD_SET_OF;

  g_assert_true (chooses == (field->choices != NULL));
  for (const MadangChoice *choice = field->choices; chooses && choice->name != NULL; choice++)
    g_assert_cmpstr (madang_field_get_choice_label (field, choice->name), !=, "");
}

static void
check_field (const MadangKind *kind, const MadangField *field)
{
  g_test_message ("%s.%s", kind->name, field->name);
  g_assert_true (madang_kind_find_field (kind, field->name) == field);
  g_assert_cmpstr (madang_field_get_label (field), !=, "");
  check_choices (field);
  g_assert_true ((field->type == MADANG_FIELD_ROWS) == (field->members != NULL));
  g_assert_true ((field->type == MADANG_FIELD_REFERENCE) == (field->reference != NULL));
  g_assert_true (field->reference == NULL || madang_kind_find (field->reference) != NULL);
  g_assert_true (field->pattern == NULL || field->pattern_help != NULL);
  g_assert_false (field->personal && (field->indexed || field->unique));
  g_assert_true (!field->unique || field->indexed);
  g_assert_true ((field->merge == MADANG_MERGE_ATOMIC) == (field->merge_group != NULL));
  g_assert_true (field->merge != MADANG_MERGE_SET || field->type == MADANG_FIELD_SET_OF);
  if (field->type == MADANG_FIELD_TEXT
      || (field->type == MADANG_FIELD_LINE && field->merge != MADANG_MERGE_SERVER))
    g_assert_cmpint (field->max, >, 0);
  if (field->required_for != NULL)
    g_assert_nonnull (madang_kind_find_event (kind, field->required_for));
}

/* The index of a search is never sealed, so nothing personal may get in; what refers to a record is
 * found by its title, and must be looked up when that changes. */
static void
check_searched (const MadangField *field)
{
  const MadangKind *target = field->reference != NULL ? madang_kind_find (field->reference) : NULL;

  for (const MadangField *member = field->members; member != NULL && member->name != NULL; member++)
    g_assert_false (member->searched);
  if (!field->searched)
    return;
  g_assert_false (field->personal);
  g_assert_true (field->type == MADANG_FIELD_LINE || field->type == MADANG_FIELD_TEXT
                 || field->type == MADANG_FIELD_REFERENCE);
  if (target == NULL)
    return;
  g_assert_true (field->indexed);
  g_assert_nonnull (target->title_field);
  g_assert_false (madang_kind_find_field (target, target->title_field)->personal);
}

static void
check_condition (const MadangKind *kind, const MadangField *field)
{
  const MadangField *condition = field;

  g_assert_true ((field->required_if == NULL) == (field->required_is == NULL));
  /* A chain of conditions ends. */
  for (guint steps = 0; condition->required_if != NULL; steps++)
    {
      const MadangField *on = madang_kind_find_field (kind, condition->required_if);

      g_assert_cmpuint (steps, <, 8);
      g_assert_nonnull (on);
      if (on->type == MADANG_FIELD_ONE_OF)
        {
          g_autoptr (GVariant) value
              = g_variant_ref_sink (g_variant_new_string (condition->required_is));

          assert_yes (madang_field_check (on, value));
        }
      condition = on;
    }
}

static void
check_states (const MadangKind *kind, const char *const *states)
{
  for (guint i = 0; states != NULL && states[i] != NULL; i++)
    g_assert_nonnull (madang_kind_find_state (kind, states[i]));
}

static void
check_events (const MadangKind *kind)
{
  for (const MadangEvent *event = kind->events; event != NULL && event->name != NULL; event++)
    {
      g_assert_true (madang_kind_find_event (kind, event->name) == event);
      g_assert_cmpstr (madang_event_get_label (event), !=, "");
      g_assert_cmpstr (madang_event_get_past (event), !=, "");
      check_states (kind, event->from);
      g_assert_true (event->to == NULL || madang_kind_find_state (kind, event->to) != NULL);
      /* Nobody's event only follows from others: it asks nobody for anything. */
      g_assert_true (event->roles != 0 || event->flags == 0);
    }
}

static void
check_tables (const MadangKind *kind)
{
  for (const MadangSeries *series = kind->series; series != NULL && series->field != NULL; series++)
    {
      const MadangField *field = madang_kind_find_field (kind, series->field);

      g_assert_cmpint (field->type, ==, MADANG_FIELD_LINE);
      g_assert_cmpint (field->merge, ==, MADANG_MERGE_SERVER);
      g_assert_nonnull (madang_kind_find_event (kind, series->event));
    }
  for (const MadangTimer *timer = kind->timers; timer != NULL && timer->event != NULL; timer++)
    {
      g_assert_nonnull (madang_kind_find_event (kind, timer->event));
      g_assert_nonnull (timer->states);
      check_states (kind, timer->states);
    }
  for (const MadangRight *right = kind->rights; right->roles != 0; right++)
    check_states (kind, right->states);
}

/* Nobody is asked for what they cannot see. */
static void
check_readers (const MadangKind *kind, guint roles)
{
  guint readers = 0;

  for (const MadangRight *right = kind->rights; right->roles != 0; right++)
    if ((right->actions & MADANG_ACTION_READ) != 0)
      readers |= right->roles;
  g_assert_cmpuint (roles, !=, 0);
  g_assert_cmpuint (roles & ~readers, ==, 0);
}

static void
check_indexed (const MadangKind *kind, const char *name)
{
  const MadangField *field = madang_kind_find_field (kind, name);

  g_assert_nonnull (field);
  g_assert_true (field->indexed);
  g_assert_false (field->personal);
}

/* The field that tells whose something is must be the one by which the rights tell it. */
static void
check_whose (const MadangKind *kind, MadangReach reach, const char *whose)
{
  const gboolean own = reach == MADANG_REACH_OWN;
  const char *(*owner_of) (const MadangRecord *) = own ? kind->agency_of : kind->account_of;
  g_autoptr (MadangRecord) record = NULL;

  g_assert_true ((own || reach == MADANG_REACH_SELF) == (whose != NULL));
  if (whose == NULL)
    return;
  check_indexed (kind, whose);
  g_assert_cmpstr (madang_kind_find_field (kind, whose)->reference, ==, own ? "agency" : "account");
  record = madang_record_new (kind, SOME_ID);
  madang_record_set (record, whose, g_variant_new_string (OTHER_ID), NULL);
  g_assert_cmpstr (owner_of (record), ==, OTHER_ID);
}

static void
check_deadlines (const MadangKind *kind)
{
  for (const MadangDeadline *deadline = kind->deadlines;
       deadline != NULL && deadline->field != NULL; deadline++)
    {
      g_test_message ("%s is due by %s", kind->name, deadline->field);
      g_assert_cmpstr (madang_deadline_get_label (deadline), !=, "");
      check_indexed (kind, deadline->field);
      g_assert_cmpint (madang_kind_find_field (kind, deadline->field)->type, ==, MADANG_FIELD_DAY);
      check_states (kind, deadline->states);
      check_readers (kind, deadline->roles);
      check_whose (kind, deadline->reach, deadline->whose);
    }
}

static gboolean
may_end (const MadangKind *kind, const MadangTask *task, const char *state, guint roles)
{
  for (const MadangEvent *event = kind->events; event != NULL && event->name != NULL; event++)
    if ((event->roles & roles) != 0 && (event->from == NULL || g_strv_contains (event->from, state))
        && event->to != NULL && !g_strv_contains (task->states, event->to))
      return TRUE;
  return FALSE;
}

/* What waits for somebody they can end themselves; what waits for others, those can. */
static void
check_task_ends (const MadangKind *kind, const MadangTask *task)
{
  for (guint i = 0; task->states[i] != NULL; i++)
    if (task->elsewhere)
      g_assert_true (may_end (kind, task, task->states[i], MADANG_ROLE_EVERY & ~task->roles));
    else
      for (guint role = 1; role <= MADANG_ROLE_EVERY; role <<= 1)
        g_assert_true ((task->roles & role) == 0 || may_end (kind, task, task->states[i], role));
}

static void
check_task_event (const MadangKind *kind, const MadangTask *task)
{
  const MadangEvent *event = madang_kind_find_event (kind, task->event);

  g_assert_nonnull (event);
  g_assert_false (task->elsewhere);
  g_assert_cmpuint (task->roles & ~event->roles, ==, 0);
  g_assert_cmpuint (event->flags & MADANG_EVENT_REASON, ==, 0);
  for (guint i = 0; task->states[i] != NULL; i++)
    g_assert_true (event->from == NULL || g_strv_contains (event->from, task->states[i]));
}

static void
check_tasks (const MadangKind *kind)
{
  for (const MadangTask *task = kind->tasks; task != NULL && task->label != NULL; task++)
    {
      g_test_message ("%s: %s", kind->name, task->label);
      g_assert_cmpstr (madang_task_get_label (task), !=, "");
      g_assert_nonnull (task->states);
      g_assert_nonnull (task->states[0]);
      check_states (kind, task->states);
      check_readers (kind, task->roles);
      check_whose (kind, task->reach, task->whose);
      check_task_ends (kind, task);
      if (task->order != NULL)
        check_indexed (kind, task->order);
      if (task->event != NULL)
        check_task_event (kind, task);
      for (guint i = 0; task->says != NULL && task->says[i] != NULL; i++)
        g_assert_false (madang_kind_find_field (kind, task->says[i])->personal);
      g_assert_true ((task->about == NULL) == (task->about_kind == NULL));
      if (task->about != NULL)
        {
          g_assert_cmpint (madang_kind_find_field (kind, task->about)->type, ==, MADANG_FIELD_LINE);
          g_assert_cmpint (madang_kind_find_field (kind, task->about_kind)->type, ==,
                           MADANG_FIELD_LINE);
        }
    }
}

static void
test_declarations (void)
{
  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    {
      g_assert_true (madang_kind_find ((*kind)->name) == *kind);
      g_assert_cmpstr (madang_kind_get_label (*kind), !=, "");
      g_assert_nonnull (madang_kind_find_field (*kind, (*kind)->title_field));
      if ((*kind)->sort_field != NULL)
        g_assert_true (madang_kind_find_field (*kind, (*kind)->sort_field)->indexed);
      for (const MadangField *field = (*kind)->fields; field->name != NULL; field++)
        {
          check_field (*kind, field);
          check_searched (field);
          check_condition (*kind, field);
        }
      check_events (*kind);
      check_tables (*kind);
      check_deadlines (*kind);
      check_tasks (*kind);
    }
}

static void
test_patterns_compile (void)
{
  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    for (const MadangField *field = (*kind)->fields; field->name != NULL; field++)
      if (field->pattern != NULL)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GRegex) regex = g_regex_new (field->pattern, 0, 0, &error);

          g_assert_no_error (error);
        }
}

static void
test_registry (void)
{
  static const char *const names[]
      = { "programme",       "milestone",          "agency",         "person",
          "account",         "role_grant",         "application",    "conflict",
          "proposal_system", "system_observation", "call_extension", "supplement_request",
          "notice" };
  const MadangKind *const *kinds = madang_kind_list ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (kinds[i]->name, ==, names[i]);
  g_assert_null (kinds[G_N_ELEMENTS (names)]);
  g_assert_null (madang_kind_find ("sample"));

  madang_kind_register (&sample_kind);
  g_assert_true (madang_kind_find ("sample") == &sample_kind);
  g_assert_true (madang_kind_list ()[G_N_ELEMENTS (names)] == &sample_kind);
  g_assert_null (madang_kind_list ()[G_N_ELEMENTS (names) + 1]);
}

static void
test_paths (void)
{
  const MadangField *top = NULL;
  const MadangField *rows = madang_kind_find_field (&sample_kind, "rows");

  g_assert_cmpstr (madang_kind_find_path (&sample_kind, "line", &top)->name, ==, "line");
  g_assert_cmpstr (top->name, ==, "line");
  g_assert_cmpstr (madang_kind_find_path (&sample_kind, "rows/r1/title", &top)->name, ==, "title");
  g_assert_true (top == rows);
  g_assert_true (madang_kind_find_path (&sample_kind, "rows/r1", NULL) == rows);

  g_assert_null (madang_kind_find_path (&sample_kind, "", NULL));
  g_assert_null (madang_kind_find_path (&sample_kind, "nothing", NULL));
  g_assert_null (madang_kind_find_path (&sample_kind, "line/r1", NULL));
  g_assert_null (madang_kind_find_path (&sample_kind, "rows/", NULL));
  g_assert_null (madang_kind_find_path (&sample_kind, "rows/R1", NULL));
  g_assert_null (madang_kind_find_path (&sample_kind, "rows/r1/nothing", NULL));
  g_assert_null (madang_kind_find_path (&sample_kind, "rows/r1/title/more", NULL));
  g_assert_null (
      madang_kind_find_path (&sample_kind, "rows/0123456789012345678901234567890123456", NULL));
}

static void
test_states (void)
{
  const MadangKind *kind = madang_kind_find ("application");

  g_assert_cmpstr (madang_kind_get_initial_state (kind), ==, "draft");
  g_assert_cmpstr (madang_kind_get_state_label (kind, "draft"), ==, "Draft");
  g_assert_cmpstr (madang_kind_get_state_label (kind, "of_a_newer_program"), ==,
                   "of_a_newer_program");
  g_assert_cmpuint (madang_kind_count_fields (&sample_kind), ==, 14);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kind/registry", test_registry);
  g_test_add_func ("/kind/declarations", test_declarations);
  g_test_add_func ("/kind/patterns-compile", test_patterns_compile);
  g_test_add_func ("/kind/paths", test_paths);
  g_test_add_func ("/kind/states", test_states);

  return g_test_run ();
}
