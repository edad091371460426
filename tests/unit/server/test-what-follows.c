/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-day.h"
#include "madang-event.h"
#include "madang-id.h"
#include "madang-timers.h"
#include "madang-wire-messages.h"

/* What follows from an event in other records, and what happens by itself, on a kind of the test's
 * own: a task that may have a task above it and lapses on a day. */

#define DAY_AFTER "2020-03-10"
#define ONE_DAY G_GINT64_CONSTANT (86400000)

static const MadangKind task_kind;

static const MadangField task_fields[] = {
  { .name = "title", .type = MADANG_FIELD_LINE, .label = "Title", .max = 40, .required = TRUE },
  { .name = "above",
    .type = MADANG_FIELD_REFERENCE,
    .label = "Above",
    .reference = "test_task",
    .indexed = TRUE },
  { .name = "day", .type = MADANG_FIELD_DAY, .label = "Day" },
  { .name = "closed_at",
    .type = MADANG_FIELD_TIME,
    .label = "Closed at",
    .merge = MADANG_MERGE_SERVER },
  { NULL },
};

static const MadangState task_states[] = {
  { "open", "Open" }, { "done", "Done" }, { "closed", "Closed" }, { "lapsed", "Lapsed" }, { NULL },
};

static const MadangRight task_rights[] = {
  { .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .actions = MADANG_ACTION_CREATE | MADANG_ACTION_READ | MADANG_ACTION_UPDATE },
  { 0 },
};

static char *
dup_home (const MadangRecord *record)
{
  return g_strdup ("office");
}

static void
add_audience (const MadangRecord *record, MadangPart part, GPtrArray *scopes)
{
  g_ptr_array_add (scopes, g_strdup ("office"));
}

static gboolean
fire_close (MadangRecord *record, gpointer user_data)
{
  madang_effects_fire (user_data, record, "close", NULL);
  return TRUE;
}

static void
close_all_below (const MadangEventContext *context, MadangEffects *effects)
{
  madang_lookup_each (context->lookup, task_kind.name, "above",
                      g_variant_new_string (madang_record_get_id (context->record)), "office",
                      fire_close, effects);
}

static void
close_task (const MadangEventContext *context, MadangEffects *effects)
{
  MadangRecord *trace = madang_effects_create (effects, context, &task_kind);

  g_assert_null (context->actor);
  madang_record_set (trace, "title", g_variant_new_string ("자취"), NULL);
  madang_effects_set (effects, "closed_at", g_variant_new_int64 (context->now));
  close_all_below (context, effects);
}

static MadangVerdict *
guard_close (const MadangEventContext *context)
{
  return g_str_equal (madang_record_get_text (context->record, "title"), "고집")
             ? madang_verdict_new_no ("event.argument", "title", NULL)
             : madang_verdict_new_yes ();
}

static void
fire_itself (const MadangEventContext *context, MadangEffects *effects)
{
  madang_effects_fire (effects, context->record, "turn", NULL);
}

static gint64
get_day_end (const MadangEventContext *context)
{
  const char *day = madang_record_get_text (context->record, "day");

  return *day != '\0' ? madang_day_get_end (day) : G_MAXINT64;
}

static const char *const from_open[] = { "open", NULL };

static const MadangEvent task_events[] = {
  { .name = "finish",
    .label = "Finish",
    .past = "Finished",
    .from = from_open,
    .to = "done",
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .effects = close_all_below },
  /* Nobody's own: it only follows. */
  { .name = "close",
    .label = "Close",
    .past = "Closed",
    .from = from_open,
    .to = "closed",
    .guard = guard_close,
    .effects = close_task },
  { .name = "turn",
    .label = "Turn",
    .past = "Turned",
    .roles = MADANG_ROLE_CITY_COORDINATOR,
    .reach = MADANG_REACH_ALL,
    .effects = fire_itself },
  { .name = "lapse",
    .label = "Lapse",
    .past = "Lapsed",
    .from = from_open,
    .to = "lapsed",
    .guard = guard_close },
  { NULL },
};

static const MadangTimer task_timers[] = { { "lapse", from_open, get_day_end }, { NULL } };

static const MadangKind task_kind = {
  .name = "test_task",
  .label = "Task",
  .fields = task_fields,
  .states = task_states,
  .events = task_events,
  .rights = task_rights,
  .timers = task_timers,
  .home_scope = dup_home,
  .audience = add_audience,
  .title_field = "title",
};

static char *
create_task (Person *person, const char *title, const char *above, const char *day)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_CREATE, task_kind.name, id);
  g_autoptr (MadangPushResult) result = NULL;

  mutation_add_text (mutation, "title", NULL, title);
  if (above != NULL)
    mutation_add_text (mutation, "above", NULL, above);
  if (day != NULL)
    mutation_add_text (mutation, "day", NULL, day);
  result = person_push (person, mutation);
  g_assert_cmpstr (result->code, ==, NULL);
  return g_steal_pointer (&id);
}

static void
assert_state (ServerFixture *fixture, const char *id, const char *state)
{
  g_autoptr (MadangRecord) record = server_fixture_read (fixture, id);

  g_assert_cmpstr (madang_record_get_state (record), ==, state);
}

static guint
count_traces (ServerFixture *fixture)
{
  g_autoptr (MadangQuery) query = madang_query_new (task_kind.name);
  g_autoptr (GPtrArray) found = NULL;
  guint n = 0;

  found = madang_record_store_find (madang_storage_get_records (fixture->reader), query, NULL);
  for (guint i = 0; i < found->len; i++)
    n += g_str_equal (madang_record_get_text (found->pdata[i], "title"), "자취");
  return n;
}

/* Through every depth, and each record that an effect makes has an id of its own. */
static void
test_chain (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autofree char *top = create_task (coordinator, "위", NULL, NULL);
  g_autofree char *left = create_task (coordinator, "왼쪽", top, NULL);
  g_autofree char *right = create_task (coordinator, "오른쪽", top, NULL);
  g_autofree char *below = create_task (coordinator, "아래", left, NULL);
  g_autoptr (MadangRecord) seen = server_fixture_read (fixture, top);
  g_autoptr (MadangMutation) mutation = mutation_new_event (seen, "finish");
  g_autoptr (MadangPushResult) result = person_push (coordinator, mutation);
  g_autoptr (MadangRecord) closed = NULL;

  g_assert_cmpstr (result->code, ==, NULL);
  closed = server_fixture_read (fixture, below);
  assert_state (fixture, top, "done");
  assert_state (fixture, left, "closed");
  assert_state (fixture, right, "closed");
  assert_state (fixture, below, "closed");
  g_assert_cmpint (madang_record_get_number (closed, "closed_at", 0), ==,
                   madang_clock_get_programme_now (fixture->clock));
  g_assert_cmpuint (count_traces (fixture), ==, 3);
}

/* One that refuses stops the whole. */
static void
test_refusal (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autofree char *top = create_task (coordinator, "위", NULL, NULL);
  g_autofree char *left = create_task (coordinator, "왼쪽", top, NULL);
  g_autofree char *right = create_task (coordinator, "고집", top, NULL);
  g_autoptr (MadangRecord) seen = server_fixture_read (fixture, top);
  g_autoptr (MadangMutation) mutation = mutation_new_event (seen, "finish");

  assert_rejected (coordinator, mutation, "event.argument");
  assert_state (fixture, top, "open");
  assert_state (fixture, left, "open");
  assert_state (fixture, right, "open");
  g_assert_cmpuint (count_traces (fixture), ==, 0);
}

static void
test_nobodys_event (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autofree char *task = create_task (coordinator, "일", NULL, NULL);
  g_autoptr (MadangRecord) seen = server_fixture_read (fixture, task);
  g_autoptr (MadangMutation) mutation = mutation_new_event (seen, "close");

  assert_rejected (coordinator, mutation, "right.none");
}

static void
test_circle (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autofree char *task = create_task (coordinator, "일", NULL, NULL);
  g_autoptr (MadangRecord) seen = server_fixture_read (fixture, task);
  g_autoptr (MadangMutation) mutation = mutation_new_event (seen, "turn");

  assert_rejected (coordinator, mutation, "event.unknown");
}

/* --- timers -------------------------------------------------------------------------------- */

static gboolean
run_timers (MadangWrite *write, gpointer data, GError **error)
{
  gint64 *in_out = data; /* now, then how many events happened */
  guint fired = 0;
  gboolean good = madang_timers_run (write, *in_out, &fired, error);

  *in_out = fired;
  return good;
}

static gint64
run_at (ServerFixture *fixture, gint64 now)
{
  server_fixture_write (fixture, run_timers, &now);
  return now;
}

static void
test_due_at_the_instant (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autofree char *task = create_task (coordinator, "일", NULL, DAY_AFTER);
  g_autofree char *other = create_task (coordinator, "날이 없는 일", NULL, NULL);
  gint64 end = madang_day_get_end (DAY_AFTER);

  g_assert_cmpint (run_at (fixture, end - 1), ==, 0);
  assert_state (fixture, task, "open");
  g_assert_cmpint (run_at (fixture, end), ==, 1);
  assert_state (fixture, task, "lapsed");
  assert_state (fixture, other, "open");
  g_assert_cmpint (run_at (fixture, end + ONE_DAY), ==, 0);
}

/* A rule that says no keeps nobody else waiting, also with more records than one job looks at. */
static void
test_many (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autofree char *stubborn = create_task (coordinator, "고집", NULL, DAY_AFTER);
  g_autofree char *last = NULL;

  for (guint i = 0; i < 150; i++)
    {
      g_free (last);
      last = create_task (coordinator, "일", NULL, DAY_AFTER);
    }

  g_assert_cmpint (run_at (fixture, madang_day_get_end (DAY_AFTER)), ==, 150);
  assert_state (fixture, stubborn, "open");
  assert_state (fixture, last, "lapsed");
}

/* The writer's slices find what the clock has made due, without anybody asking. */
static void
test_by_itself (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) coordinator = person_new (fixture, "coordinator");
  g_autofree char *last = NULL;
  MadangTimers *timers;

  for (guint i = 0; i < 150; i++)
    {
      g_free (last);
      last = create_task (coordinator, "일", NULL, DAY_AFTER);
    }
  server_fixture_move_clock (fixture, 2 * ONE_DAY);
  timers = madang_timers_new (&fixture->service, 3600);
  for (;;)
    {
      g_autoptr (MadangRecord) record = server_fixture_read (fixture, last);

      if (g_str_equal (madang_record_get_state (record), "lapsed"))
        break;
      g_usleep (1000);
    }
  madang_timers_stop (timers);
  /* A slice that did not yet know of the stop may have asked for one more. */
  run_at (fixture, 0);
  run_at (fixture, 0);
  madang_timers_free (timers);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  madang_kind_register (&task_kind);

  FIXTURE_TEST ("/what-follows/chain", test_chain);
  FIXTURE_TEST ("/what-follows/refusal", test_refusal);
  FIXTURE_TEST ("/what-follows/nobodys-event", test_nobodys_event);
  FIXTURE_TEST ("/what-follows/circle", test_circle);
  FIXTURE_TEST ("/what-follows/timer/instant", test_due_at_the_instant);
  FIXTURE_TEST ("/what-follows/timer/many", test_many);
  FIXTURE_TEST ("/what-follows/timer/by-itself", test_by_itself);

  return g_test_run ();
}
