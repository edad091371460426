/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sim-client.h"

#include "sim-leaflet.h"
#include "sim-world.h"

#include "madang-cache.h"
#include "madang-error.h"
#include "madang-news.h"
#include "madang-profile.h"
#include "madang-statement.h"

#include <glib/gstdio.h>

#define SERVER "https://sim.example"

/* --- the program --------------------------------------------------------------------------- */

static void
news_came (const MadangBulletin *bulletin, gpointer user_data)
{
  SimClient *self = user_data;

  self->state = bulletin->state;
  self->waiting = bulletin->waiting;
}

static void
look_at_records (SimClient *self)
{
  const char *database = madang_driver_get_database (self->driver);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->records);
  if (database == NULL)
    return;
  self->records = madang_cache_open_reader (database, &error);
  g_assert_no_error (error);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SimClient *self = user_data;
  g_autoptr (GError) error = NULL;

  self->opening = FALSE;
  madang_driver_sign_in_finish (MADANG_DRIVER (source), result, &error);
  sim_trace ("%s signed in: %s", self->name, error != NULL ? error->message : "yes");
  if (self->driver == NULL)
    return;
  self->signed_up |= madang_driver_get_database (self->driver) != NULL;
  look_at_records (self);
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SimClient *self = user_data;
  g_autoptr (GError) error = NULL;

  self->opening = FALSE;
  madang_driver_resume_finish (MADANG_DRIVER (source), result, &error);
  g_assert_no_error (error);
  if (self->driver != NULL)
    look_at_records (self);
}

void
sim_client_start (SimClient *self)
{
  g_assert_null (self->driver);
  self->news = madang_news_new (news_came, self);
  self->driver
      = madang_driver_new (SERVER, self->directory, self->clock, MADANG_TRANSPORT (self->line),
                           MADANG_KEYRING (self->keyring), self->news);
  self->state = MADANG_SYNC_OFF;
  if (!self->signed_up)
    return;
  self->opening = TRUE;
  madang_driver_resume_async (self->driver, self->login, resumed_cb, self);
}

void
sim_client_kill (SimClient *self)
{
  g_autoptr (MadangDriver) driver = g_steal_pointer (&self->driver);

  g_clear_object (&self->records);
  if (driver == NULL)
    return;
  madang_driver_close (driver);
  madang_news_close (self->news);
  g_clear_pointer (&self->news, madang_news_unref);
  g_assert_false (self->opening);
}

void
sim_client_lose_keyring (SimClient *self)
{
  g_assert_null (self->driver);
  g_object_unref (self->keyring);
  self->keyring = fake_keyring_new ();
}

void
sim_client_damage (SimClient *self)
{
  g_autofree char *profile = madang_profile_build_directory (self->directory, SERVER, self->login);
  g_autofree char *path = g_build_filename (profile, "madang.db", NULL);

  g_assert_null (self->driver);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_file_set_contents (path, "this is not a database any more, not at all", -1, NULL);
}

SimClient *
sim_client_new (SimServer *server, SimNetwork *network, SimLedger *ledger, const char *name)
{
  SimClient *self = g_new0 (SimClient, 1);
  gint64 skew = ((gint64)sim_pick (2001) - 1000) * 3600 * 1000;

  self->name = g_strdup (name);
  self->login = g_strdup (g_str_equal (name, "first2") ? "first" : name);
  self->directory = g_build_filename (server->directory, name, NULL);
  self->server = server;
  self->ledger = ledger;
  self->clock = madang_clock_new_manual (madang_clock_get_real_now (server->clock) + skew);
  self->line = sim_line_new (network, name);
  self->keyring = fake_keyring_new ();
  return self;
}

void
sim_client_free (SimClient *self)
{
  sim_client_kill (self);
  g_object_unref (self->line);
  g_object_unref (self->keyring);
  g_object_unref (self->clock);
  g_free (self->directory);
  g_free (self->login);
  g_free (self->name);
  g_free (self);
}

void
sim_client_sign_in_if_asked (SimClient *self)
{
  if (self->driver == NULL || self->opening || sim_line_is_down (self->line)
      || (self->state != MADANG_SYNC_SIGN_IN && self->state != MADANG_SYNC_OFF))
    return;
  self->opening = TRUE;
  sim_trace ("%s signs in", self->name);
  madang_driver_sign_in_async (self->driver, self->login, SIM_PASSWORD, NULL, signed_in_cb, self);
}

void
sim_client_hint (SimClient *self)
{
  if (self->driver != NULL)
    madang_driver_hint (self->driver);
}

/* --- what the person sees ------------------------------------------------------------------ */

MadangRecord *
sim_client_get (SimClient *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  MadangRecord *record
      = self->records != NULL ? madang_record_store_get (self->records, id, &error) : NULL;

  g_assert_no_error (error);
  return record;
}

gboolean
sim_client_has_refused (SimClient *self, const char *record, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadangStatement) statement
      = madang_database_prepare (madang_record_store_get_database (self->records),
                                 "SELECT 1 FROM outbox WHERE record = ?1 AND (refused OR held)"
                                 " AND instr (CAST (body AS TEXT), ?2) > 0",
                                 &error);
  gboolean has;

  g_assert_no_error (error);
  madang_statement_bind_id (statement, 1, record);
  madang_statement_bind_text (statement, 2, text);
  has = madang_statement_step (statement, &error);
  g_assert_no_error (error);
  return has;
}

GPtrArray *
sim_client_list (SimClient *self, const MadangKind *kind)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind->name);
  g_autoptr (GError) error = NULL;
  GPtrArray *found = madang_record_store_find (self->records, query, &error);

  g_assert_no_error (error);
  return found;
}

GPtrArray *
sim_client_list_waiting (SimClient *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *waiting = madang_driver_list_waiting (self->driver, &error);

  g_assert_no_error (error);
  return waiting;
}
