/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "temporary-folder.h"

#include "madang-agenda.h"
#include "madang-id.h"
#include "madang-query.h"
#include "madang-statement.h"

#include <string.h>

/* What is due and what waits, for each of the people, over the declarations of the product. */

#define AGENCY "0170bc2f-8e3a-7c4d-9b21-5a6f70c1d201"
#define OTHER_AGENCY "0170bc2f-8e3a-7c4d-9b21-5a6f70c1d202"
#define ACCOUNT "0170bc2f-8e3a-7c4d-9b21-5a6f70c1d203"
#define PROGRAMME "0170bc2f-8e3a-7c4d-9b21-5a6f70c1d204"

typedef struct
{
  char *directory;
  MadangRecordStore *store;
  MadangActor *officer;
  MadangActor *coordinator;
  MadangActor *approver;
  MadangActor *admin;
} Fixture;

static MadangActor *
new_actor (MadangRole role, const char *scope)
{
  MadangActor *actor = madang_actor_new (ACCOUNT);

  madang_actor_add_grant (actor, role, scope, NULL);
  return actor;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (MadangDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  fixture->directory = temporary_folder_new ();
  path = g_build_filename (fixture->directory, "test.sqlite", NULL);
  database = madang_database_open (path, MADANG_DATABASE_CLIENT, MADANG_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  fixture->store = madang_record_store_new (database, &error);
  g_assert_no_error (error);
  fixture->officer = new_actor (MADANG_ROLE_AGENCY_OFFICER, "agency:" AGENCY);
  fixture->coordinator = new_actor (MADANG_ROLE_CITY_COORDINATOR, "programme");
  fixture->approver = new_actor (MADANG_ROLE_CITY_APPROVER, "programme");
  fixture->admin = new_actor (MADANG_ROLE_SYSTEM_ADMIN, "server");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  madang_actor_unref (fixture->officer);
  madang_actor_unref (fixture->coordinator);
  madang_actor_unref (fixture->approver);
  madang_actor_unref (fixture->admin);
  temporary_folder_remove (fixture->directory);
  g_free (fixture->directory);
}

static void
set_text (MadangRecord *record, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;

  madang_record_set (record, field, g_variant_new_string (text), &error);
  g_assert_no_error (error);
}

static MadangRecord *
new_record (const char *kind, const char *state)
{
  g_autofree char *id = madang_id_new ();
  MadangRecord *record = madang_record_new (madang_kind_find (kind), id);

  madang_record_set_state (record, state);
  return record;
}

static void
put (Fixture *fixture, MadangRecord *record)
{
  const MadangKind *kind = madang_record_get_kind (record);
  g_autofree char *scope = kind->home_scope (record);
  g_autoptr (GError) error = NULL;

  madang_record_set_scope (record, scope);
  madang_record_store_put (fixture->store, record, &error);
  g_assert_no_error (error);
}

static void
put_application (Fixture *fixture, const char *agency, const char *state, const char *due)
{
  g_autoptr (MadangRecord) record = new_record ("application", state);

  set_text (record, "agency", agency);
  set_text (record, "programme", PROGRAMME);
  if (due != NULL)
    set_text (record, "supplement_due", due);
  put (fixture, record);
}

static void
put_programme (Fixture *fixture, const char *close, const char *selection)
{
  g_autoptr (MadangRecord) record = new_record ("programme", "call_open");

  set_text (record, "title", "견본 사업");
  set_text (record, "call_close", close);
  set_text (record, "selection_due", selection);
  put (fixture, record);
}

static void
put_notice (Fixture *fixture, const char *field, const char *whose, gint64 sent_at)
{
  g_autoptr (MadangRecord) record = new_record ("notice", "sent");

  set_text (record, field, whose);
  set_text (record, "code", "reminder");
  madang_record_set (record, "sent_at", g_variant_new_int64 (sent_at), NULL);
  put (fixture, record);
}

static char *
describe (GPtrArray *items)
{
  GString *text = g_string_new (NULL);

  g_assert_nonnull (items);
  for (guint i = 0; i < items->len; i++)
    {
      const MadangAgendaItem *item = g_ptr_array_index (items, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? "; " : "",
                              item->day != NULL ? item->day : "-",
                              item->deadline != NULL ? item->deadline->label : item->task->label);
    }
  return g_string_free (text, FALSE);
}

static void
assert_due (Fixture *fixture,
            const MadangActor *actor,
            const MadangAgendaSpan *span,
            const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = madang_agenda_find_due (fixture->store, actor, span, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = describe (items);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_waiting (Fixture *fixture,
                const MadangActor *actor,
                MadangAgendaTurn turn,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items
      = madang_agenda_find_waiting (fixture->store, actor, turn, 10, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = describe (items);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_due (Fixture *fixture, gconstpointer data)
{
  const MadangAgendaSpan all = { .limit = 10 };
  const MadangAgendaSpan overdue = { .last = "2020-03-12", .overdue = TRUE, .limit = 10 };
  const MadangAgendaSpan week = { .first = "2020-03-13", .last = "2020-03-15", .limit = 10 };

  put_application (fixture, AGENCY, "supplement", "2020-03-12");
  put_application (fixture, OTHER_AGENCY, "supplement", "2020-03-14");
  put_application (fixture, AGENCY, "received", "2020-03-11"); /* answered long ago */
  put_application (fixture, AGENCY, "draft", NULL);
  put_programme (fixture, "2020-03-13", "2020-03-31");

  assert_due (fixture, fixture->officer, &all,
              "2020-03-12 Supplement is due; 2020-03-13 Applications close");
  assert_due (fixture, fixture->officer, &overdue, "2020-03-12 Supplement is due");
  assert_due (fixture, fixture->officer, &week, "2020-03-13 Applications close");
  assert_due (fixture, fixture->coordinator, &week,
              "2020-03-13 Applications close; 2020-03-14 Supplement is due from the agency");
  assert_due (fixture, fixture->approver, &all,
              "2020-03-12 Supplement is due from the agency; 2020-03-13 Applications close; "
              "2020-03-14 Supplement is due from the agency; 2020-03-31 Selection is due");
  assert_due (fixture, fixture->admin, &all, "");
}

/* The last day that has passed is not what somebody failed to do. */
static void
test_passing_days (Fixture *fixture, gconstpointer data)
{
  const MadangAgendaSpan overdue = { .last = "2020-12-31", .overdue = TRUE, .limit = 10 };

  put_programme (fixture, "2020-03-13", "2020-03-31");
  assert_due (fixture, fixture->officer, &overdue, "");
  assert_due (fixture, fixture->coordinator, &overdue, "2020-03-31 Selection is due");
}

static void
test_waiting (Fixture *fixture, gconstpointer data)
{
  put_application (fixture, AGENCY, "draft", NULL);
  put_application (fixture, AGENCY, "supplement", "2020-03-20");
  put_application (fixture, AGENCY, "submitted", NULL);
  put_application (fixture, OTHER_AGENCY, "submitted", NULL);
  put_application (fixture, OTHER_AGENCY, "late_entry", NULL);

  assert_waiting (fixture, fixture->officer, MADANG_AGENDA_MINE,
                  "2020-03-20 Supplement to be handed in; - To be finished and submitted");
  assert_waiting (fixture, fixture->officer, MADANG_AGENDA_ELSEWHERE,
                  "- Submitted, not yet received");
  assert_waiting (fixture, fixture->coordinator, MADANG_AGENDA_MINE,
                  "- To be received; - To be received");
  assert_waiting (fixture, fixture->coordinator, MADANG_AGENDA_ELSEWHERE,
                  "- Late entry, not yet accepted");
  assert_waiting (fixture, fixture->approver, MADANG_AGENDA_MINE, "- Late entry to be accepted");
  assert_waiting (fixture, fixture->admin, MADANG_AGENDA_MINE, "");
}

/* The agency's notices go to its officers, one's own to oneself; the newest stands first. */
static void
test_notices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;
  const MadangAgendaItem *first;

  put_notice (fixture, "agency", AGENCY, 1000);
  put_notice (fixture, "agency", AGENCY, 3000);
  put_notice (fixture, "agency", AGENCY, 2000);
  put_notice (fixture, "agency", OTHER_AGENCY, 4000);
  assert_waiting (fixture, fixture->officer, MADANG_AGENDA_TOLD, "- Notice; - Notice; - Notice");
  assert_waiting (fixture, fixture->coordinator, MADANG_AGENDA_TOLD, "");
  items = madang_agenda_find_waiting (fixture->store, fixture->officer, MADANG_AGENDA_TOLD, 1, NULL,
                                      NULL);
  first = g_ptr_array_index (items, 0);
  g_assert_cmpint (madang_record_get_number (first->record, "sent_at", 0), ==, 3000);

  put_notice (fixture, "account", ACCOUNT, 5000);
  assert_waiting (fixture, fixture->coordinator, MADANG_AGENDA_TOLD, "- Notice");
}

static void
test_limit_and_count (Fixture *fixture, gconstpointer data)
{
  const MadangAgendaSpan span = { .limit = 3 };
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  guint n_all = 0;

  for (guint i = 10; i < 30; i++)
    {
      g_autofree char *day = g_strdup_printf ("2020-04-%u", 39 - i);

      put_application (fixture, AGENCY, "supplement", day);
    }
  items = madang_agenda_find_due (fixture->store, fixture->coordinator, &span, &n_all, NULL);
  g_assert_cmpuint (items->len, ==, 3);
  g_assert_cmpuint (n_all, ==, 20);
  g_assert_cmpstr (((MadangAgendaItem *)items->pdata[0])->day, ==, "2020-04-10");
  waiting = madang_agenda_find_waiting (fixture->store, fixture->officer, MADANG_AGENDA_MINE, 20,
                                        &n_all, NULL);
  g_assert_cmpuint (waiting->len, ==, 20);
  g_assert_cmpuint (n_all, ==, 20);
}

/* --- plans --------------------------------------------------------------------------------- */

/* Read from one index in its order: nothing is sorted, no table is looked into. */
static void
assert_index_only (Fixture *fixture, const MadangKind *kind, MadangQuery *query)
{
  g_autoptr (MadangIndexTable) table = madang_index_table_new (kind, 0);
  g_autofree char *sql = madang_query_build_sql (query, table, "k.record", FALSE, NULL);
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (MadangStatement) plan
      = madang_database_prepare (madang_record_store_get_database (fixture->store), explain, NULL);

  g_assert_nonnull (plan);
  while (madang_statement_step (plan, NULL))
    {
      const char *step = madang_statement_get_text (plan, 3);

      g_test_message ("%s: %s", kind->name, step);
      g_assert_true (g_str_has_prefix (step, "SEARCH"));
      g_assert_nonnull (strstr (step, "COVERING INDEX"));
    }
}

static MadangQuery *
new_query (const MadangKind *kind, const char *whose, const char *order)
{
  MadangQuery *query = madang_query_new (kind->name);

  if (whose != NULL)
    madang_query_add_equal (query, whose, g_variant_new_string (AGENCY));
  madang_query_set_order (query, order, 0);
  madang_query_set_limit (query, 20);
  return query;
}

static void
check_plans (Fixture *fixture, const MadangKind *kind)
{
  for (const MadangDeadline *deadline = kind->deadlines;
       deadline != NULL && deadline->field != NULL; deadline++)
    {
      g_autoptr (MadangQuery) query = new_query (kind, deadline->whose, deadline->field);

      if (deadline->states != NULL)
        madang_query_add_states (query, deadline->states);
      madang_query_set_range (query, deadline->field, g_variant_new_string ("2020-03-01"),
                              g_variant_new_string ("2020-03-31"));
      assert_index_only (fixture, kind, query);
    }
  for (const MadangTask *task = kind->tasks; task != NULL && task->label != NULL; task++)
    {
      g_autoptr (MadangQuery) query = new_query (kind, task->whose, task->order);

      madang_query_add_states (query, (const char *[]){ task->states[0], NULL });
      assert_index_only (fixture, kind, query);
    }
}

static void
test_plans (Fixture *fixture, gconstpointer data)
{
  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    check_plans (fixture, *kind);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/agenda/due", Fixture, NULL, set_up, test_due, tear_down);
  g_test_add ("/agenda/passing-days", Fixture, NULL, set_up, test_passing_days, tear_down);
  g_test_add ("/agenda/waiting", Fixture, NULL, set_up, test_waiting, tear_down);
  g_test_add ("/agenda/notices", Fixture, NULL, set_up, test_notices, tear_down);
  g_test_add ("/agenda/limit-and-count", Fixture, NULL, set_up, test_limit_and_count, tear_down);
  g_test_add ("/agenda/plans", Fixture, NULL, set_up, test_plans, tear_down);
  return g_test_run ();
}
