/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server-fixture.h"

#include "madang-id.h"
#include "madang-wire-messages.h"

/* --- Exactly once, in order ---------------------------------------------------------------- */

static guint
count_changes (ServerFixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  g_assert_true (madang_storage_begin (fixture->reader, NULL));
  changes = madang_storage_list_changes (fixture->reader, id, &error);
  g_assert_no_error (error);
  madang_storage_rollback (fixture->reader);
  return changes->len;
}

static void
test_create (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  g_autofree char *home = g_strconcat ("agency:", fixture->geumcheon, NULL);
  g_autoptr (MadangPushResult) result = NULL;

  mutation_add_text (mutation, "phone", NULL, "02-000-0101");
  result = person_push (officer, mutation);

  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_false (result->duplicate);
  g_assert_cmpstr (result->state, ==, "draft");
  g_assert_cmpstr (result->home, ==, home);
  g_assert_cmpint (result->versions[MADANG_PART_MAIN], ==, 1);
  g_assert_cmpint (result->versions[MADANG_PART_PERSONAL], ==, 1);
  g_assert_cmpstr (result->docs[MADANG_PART_PERSONAL], ==, "{\"phone\":\"02-000-0101\"}");
  /* The creation itself, and three fields. */
  g_assert_cmpuint (count_changes (fixture, mutation->id), ==, 4);
}

static void
test_repeated_push_has_one_effect (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, FALSE);
  g_autoptr (MadangMutation) mutation = mutation_new_patch (draft, "dept_name", "마을자치과");
  g_autoptr (MadangPushResult) first = person_push (officer, mutation);
  g_autoptr (MadangPushResult) second = NULL;
  guint n_changes = count_changes (fixture, mutation->id);

  officer->number--;
  second = person_push (officer, mutation);

  g_assert_true (second->duplicate);
  g_assert_cmpint (second->number, ==, first->number);
  g_assert_cmpint (second->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpstr (second->docs[0], ==, first->docs[0]);
  g_assert_cmpint (second->versions[0], ==, first->versions[0]);
  g_assert_cmpuint (count_changes (fixture, mutation->id), ==, n_changes);
}

typedef struct
{
  Person *person;
  MadangMutation *mutation;
  char *answer;
} Push;

static gpointer
push_in_thread (gpointer data)
{
  Push *push = data;
  ServerFixture *fixture = push->person->fixture;
  ServerFixture own = *fixture;
  Person person = *push->person;
  g_autoptr (MadangReply) reply = NULL;

  own.reader = madang_sqlite_storage_open (fixture->path, MADANG_DATABASE_READ, NULL);
  person.fixture = &own;
  reply = person_push_raw (&person, push->mutation);
  g_assert_cmpuint (reply->status, ==, 200);
  push->answer = g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
  g_object_unref (own.reader);
  return NULL;
}

static char *
without_dup (const char *answer)
{
  g_auto (GStrv) pieces = g_strsplit (answer, "\"dup\":true,", -1);

  return g_strjoinv ("", pieces);
}

static void
test_five_at_once_have_one_effect (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  Push pushes[5];
  GThread *threads[5];
  guint n_first = 0;

  for (guint i = 0; i < 5; i++)
    {
      pushes[i] = (Push){ officer, mutation, NULL };
      threads[i] = g_thread_new ("push", push_in_thread, &pushes[i]);
    }
  for (guint i = 0; i < 5; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *first = without_dup (pushes[0].answer);
      g_autofree char *other = without_dup (pushes[i].answer);

      n_first += strstr (pushes[i].answer, "\"dup\"") == NULL;
      g_assert_cmpstr (first, ==, other);
    }
  for (guint i = 0; i < 5; i++)
    g_free (pushes[i].answer);
  g_assert_cmpuint (n_first, ==, 1);
  g_assert_cmpuint (count_changes (fixture, mutation->id), ==, 3);
}

static void
test_gap_in_numbers (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  g_autoptr (MadangReply) reply = NULL;
  g_autoptr (MadangProblem) problem = NULL;

  officer->number = 4;
  reply = person_push_raw (officer, mutation);

  assert_problem (reply, 409, "sequence");
  problem = madang_problem_from_bytes (reply->body, NULL);
  g_assert_cmpint (problem->expect, ==, 1);
  g_assert_null (server_fixture_read (fixture, mutation->id));
}

static void
test_new_mutation_with_old_number (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, FALSE);
  g_autoptr (MadangMutation) mutation = mutation_new_patch (draft, "dept_name", "마을자치과");
  g_autoptr (MadangReply) reply = NULL;
  g_autoptr (MadangProblem) problem = NULL;

  officer->number = 0;
  reply = person_push_raw (officer, mutation);

  assert_problem (reply, 409, "sequence");
  problem = madang_problem_from_bytes (reply->body, NULL);
  g_assert_cmpint (problem->expect, ==, 2);
}

static void
test_same_mid_with_other_content (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  g_autoptr (MadangPushResult) result = person_push (officer, mutation);
  g_autoptr (MadangReply) reply = NULL;

  mutation_add_text (mutation, "dept_name", NULL, "다른 과");
  officer->number--;
  reply = person_push_raw (officer, mutation);

  assert_problem (reply, 422, "mid-reused");
}

/* Another account that sends a known mutation must not get the answer to it. */
static void
test_same_mid_of_someone_else (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  g_autoptr (MadangPushResult) result = person_push (officer, mutation);
  g_autoptr (MadangReply) reply = person_push_raw (other, mutation);

  assert_problem (reply, 422, "mid-reused");
}

/* After a clone was noticed: a new device, the same mutations under new numbers. */
static void
test_known_mutation_takes_number_of_new_device (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) old_device = person_new (fixture, "geumcheon");
  g_autoptr (Person) new_device = person_new (fixture, "geumcheon");
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  g_autoptr (MadangPushResult) first = person_push (old_device, mutation);
  g_autoptr (MadangPushResult) again = person_push (new_device, mutation);
  g_autoptr (MadangRecord) draft = server_fixture_read (fixture, mutation->id);
  g_autoptr (MadangMutation) next = mutation_new_patch (draft, "dept_name", "마을자치과");
  g_autoptr (MadangPushResult) result = person_push (new_device, next);

  g_assert_true (again->duplicate);
  g_assert_cmpint (again->number, ==, 1);
  g_assert_cmpint (result->number, ==, 2);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_APPLIED);
}

static void
test_wrong_signature (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  MadangSigningKey *right = officer->key;
  g_autoptr (MadangReply) reply = NULL;
  g_autoptr (MadangPushResult) result = NULL;

  officer->key = madang_signing_key_new ();
  reply = person_push_raw (officer, mutation);
  assert_problem (reply, 400, "signature");
  g_assert_null (server_fixture_read (fixture, mutation->id));

  /* It took no number and did not use up the mutation. */
  madang_signing_key_free (officer->key);
  officer->key = right;
  officer->number = 0;
  result = person_push (officer, mutation);
  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_false (result->duplicate);
}

static void
test_foreign_device (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  g_autoptr (MadangMutation) mutation
      = mutation_new_application (fixture->programme, fixture->geumcheon);
  g_autoptr (MadangReply) reply = NULL;

  g_free (other->token);
  other->token = g_strdup (officer->token);
  reply = person_push_raw (other, mutation);

  assert_problem (reply, 401, "token");
}

static void
test_void_takes_number (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_VOID, "application", id);
  g_autoptr (MadangPushResult) result = person_push (officer, mutation);
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, FALSE);

  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_APPLIED);
  g_assert_cmpint (officer->number, ==, 2);
}

/* A mutation of a newer program is refused alone and blocks nothing. */
static void
test_newer_mutation (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangMutation) mutation
      = madang_mutation_new (MADANG_OPERATION_CREATE, "time_machine", id);
  g_autoptr (MadangPushResult) result = person_push (officer, mutation);
  g_autoptr (MadangRecord) draft = person_create_application (officer, fixture->geumcheon, FALSE);

  g_assert_cmpint (result->outcome, ==, MADANG_OUTCOME_REJECTED);
  g_assert_cmpstr (result->code, ==, "schema.newer");
  g_assert_nonnull (draft);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FIXTURE_TEST ("/push/create", test_create);
  FIXTURE_TEST ("/push/repeated", test_repeated_push_has_one_effect);
  FIXTURE_TEST ("/push/five-at-once", test_five_at_once_have_one_effect);
  FIXTURE_TEST ("/push/gap", test_gap_in_numbers);
  FIXTURE_TEST ("/push/old-number", test_new_mutation_with_old_number);
  FIXTURE_TEST ("/push/mid-reused", test_same_mid_with_other_content);
  FIXTURE_TEST ("/push/mid-of-someone-else", test_same_mid_of_someone_else);
  FIXTURE_TEST ("/push/new-device", test_known_mutation_takes_number_of_new_device);
  FIXTURE_TEST ("/push/signature", test_wrong_signature);
  FIXTURE_TEST ("/push/foreign-device", test_foreign_device);
  FIXTURE_TEST ("/push/void", test_void_takes_number);
  FIXTURE_TEST ("/push/newer", test_newer_mutation);

  return g_test_run ();
}
