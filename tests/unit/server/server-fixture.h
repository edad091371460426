/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-account-book.h"
#include "madang-crypto.h"
#include "madang-router.h"
#include "madang-service.h"

G_BEGIN_DECLS

/* A server's inside on a temporary database, without HTTP: two agencies, a programme that takes
 * applications, and one account of each role. Both clocks stand still. */

#define FIXTURE_PASSWORD "correct horse battery"
#define FIXTURE_NOW "2020-03-09T10:00:00+09:00"

typedef struct
{
  char *directory;
  char *path;
  MadangClock *clock;
  MadangService service;
  MadangStorage *reader;
  char *programme;
  char *geumcheon; /* id of the agency */
  char *eunpyeong;
} ServerFixture;

/* Someone at a computer. */
typedef struct
{
  ServerFixture *fixture;
  const char *login;
  char *account;
  char *device;
  MadangSigningKey *key;
  char *token;
  gint64 number;    /* of the last mutation */
  gint64 signed_in; /* real clock */
} Person;

void server_fixture_set_up (ServerFixture *self, gconstpointer data);
void server_fixture_tear_down (ServerFixture *self, gconstpointer data);
/* In the writer's transaction. */
void server_fixture_write (ServerFixture *self, MadangWriteFunc func, gpointer data);
/* One request as HTTP would bring it. token and device may be NULL. */
MadangReply *server_fixture_ask (ServerFixture *self,
                                 const char *token,
                                 const char *device,
                                 const char *method,
                                 const char *path,
                                 GBytes *body);
/* Persons of Geumcheon with long main parts: together more than one answer holds. */
#define FIXTURE_LONG_RECORDS 100
void server_fixture_add_long_records (ServerFixture *self);
void server_fixture_move_clock (ServerFixture *self, gint64 milliseconds);
/* To that instant of the programme clock, which is not earlier. */
void server_fixture_move_clock_to (ServerFixture *self, gint64 instant);
/* What happens by itself up to the programme clock. Returns how many events did. */
guint server_fixture_run_timers (ServerFixture *self);

/* Signs in over the endpoint, with a new device. */
Person *person_new (ServerFixture *fixture, const char *login);
/* Signs in again, on the same device, when the last time was hours ago. */
void person_stay_signed_in (Person *self);
void person_free (Person *self);
MadangReply *person_ask (Person *self, const char *method, const char *path, GBytes *body);
/* Signs and numbers the mutation and pushes it alone. */
MadangReply *person_push_raw (Person *self, MadangMutation *mutation);
MadangPushResult *person_push (Person *self, MadangMutation *mutation);
/* The whole answer to a pull of all that may be followed, from the beginning. */
char *person_pull (Person *self);
/* Reads a record as the database has it. */
MadangRecord *server_fixture_read (ServerFixture *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Person, person_free)

MadangMutation *mutation_new_application (const char *programme, const char *agency);
void
mutation_add_text (MadangMutation *mutation, const char *path, const char *from, const char *to);
MadangMutation *mutation_new_patch (MadangRecord *seen, const char *path, const char *to);
MadangMutation *mutation_new_event (MadangRecord *seen, const char *event);
/* Everything that submitting asks for. */
void mutation_complete_application (MadangMutation *mutation);

/* Creates it over a push and reads it back. */
MadangRecord *person_create_application (Person *person, const char *agency, gboolean complete);

/* The push of the mutation is refused with that code. */
void assert_rejected (Person *person, MadangMutation *mutation, const char *code);
void assert_problem (MadangReply *reply, guint status, const char *code);

#define FIXTURE_TEST(path, func)                                                                   \
  g_test_add (path, ServerFixture, NULL, server_fixture_set_up, func, server_fixture_tear_down)

G_END_DECLS
