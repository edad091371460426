/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filled-profile.h"

#include "madang-applications.h"
#include "madang-crypto.h"
#include "madang-day.h"
#include "madang-id.h"
#include "madang-profile.h"
#include "madang-wire-limits.h"
#include "madang-wire-record.h"
#include "sample-application.h"
#include "sample-record.h"
#include "temporary-folder.h"

#define EPOCH "0170bc2f-8e3a-7c4d-9b21-5a6f70c1d2e4"
#define NOW G_GINT64_CONSTANT (1583715600000) /* 2020-03-09 10:00 in Seoul */
#define ROWS_A_MARK 1000
#define FIRST_DUE "2020-02-20"
#define N_DUE_DAYS 25

typedef struct
{
  FilledProfile *filled;
  MadangProfile *profile;
  const char *scope; /* of what is put next */
  gint64 n_rows;
} Filling;

static void
send_line (Filling *self, const MadangPullLine *line)
{
  g_autoptr (GError) error = NULL;

  if (!madang_cache_pull_line (self->profile->cache, line, NULL, &error))
    g_error ("the profile cannot be filled: %s", error->message);
}

static void
send_mark (Filling *self)
{
  g_autoptr (MadangPullLine) line = madang_pull_line_new ();

  line->type = MADANG_PULL_MARK;
  line->scope = g_strdup (self->scope);
  line->cursor = g_strdup_printf ("%s.%" G_GINT64_FORMAT, EPOCH, self->n_rows);
  send_line (self, line);
}

static void
put_part (Filling *self, MadangRecord *record, MadangPart part)
{
  g_autoptr (MadangPullLine) line = madang_pull_line_new ();

  line->type = MADANG_PULL_PUT;
  line->scope = g_strdup (self->scope);
  line->kind = g_strdup (madang_record_get_kind (record)->name);
  line->id = g_strdup (madang_record_get_id (record));
  line->part = part;
  line->version = 1;
  line->seq = ++self->n_rows;
  line->state = g_strdup (madang_record_get_state (record));
  line->home = g_strdup (madang_record_get_scope (record));
  line->doc = madang_wire_encode_part (record, part);
  send_line (self, line);
  if (self->n_rows % ROWS_A_MARK == 0)
    send_mark (self);
}

static void
put_record (Filling *self, MadangRecord *record)
{
  for (guint part = 0; part < MADANG_N_PARTS; part++)
    if (madang_record_has_part (record, part))
      put_part (self, record, part);
}

static MadangRecord *
new_record (const char *kind, const char *field, const char *text)
{
  g_autofree char *id = madang_id_new ();
  MadangRecord *record = madang_record_new (madang_kind_find (kind), id);

  sample_application_set (record, field, text);
  return record;
}

static void
take_hello (Filling *self, MadangRole role, const char *scope)
{
  g_autoptr (MadangClock) clock = madang_clock_new ();
  g_autoptr (GError) error = NULL;
  MadangHello *hello = madang_hello_new ();
  MadangWireGrant *grant = madang_wire_grant_new ();
  gboolean new_epoch = FALSE;

  grant->role = g_strdup (madang_role_get_name (role));
  grant->scope = g_strdup (scope);
  if (g_str_has_prefix (scope, "agency:"))
    {
      grant->agency = g_strdup (madang_record_get_id (self->filled->agency));
      grant->agency_name = g_strdup (madang_record_get_text (self->filled->agency, "name_ko"));
    }
  g_ptr_array_add (hello->grants, grant);
  hello->epoch = g_strdup (EPOCH);
  hello->now = NOW;
  hello->schema = MADANG_WIRE_SCHEMA;
  hello->account = madang_id_new ();
  hello->login = g_strdup (FILLED_LOGIN);
  hello->name = g_strdup ("견본 김담당");
  hello->scopes = g_strsplit (self->scope, " ", 0);
  if (!madang_profile_take_hello (self->profile, hello, clock, &new_epoch, NULL, &error))
    g_error ("the profile cannot be filled: %s", error->message);
}

static void
open_pull (Filling *self)
{
  g_autoptr (MadangPullLine) line = madang_pull_line_new ();

  line->type = MADANG_PULL_OPEN;
  line->epoch = g_strdup (EPOCH);
  line->schema = MADANG_WIRE_SCHEMA;
  send_line (self, line);
}

/* scopes: what the account follows, parted by blanks. */
static void
start (Filling *self, MadangRole role, const char *scope, const char *scopes)
{
  FilledProfile *filled = self->filled;
  g_autoptr (GError) error = NULL;

  self->profile = madang_profile_open (filled->profile, FILLED_LOGIN, &error);
  if (self->profile == NULL)
    g_error ("the profile cannot be filled: %s", error->message);
  self->scope = scopes;
  take_hello (self, role, scope);
  open_pull (self);
  self->scope = "programme";
  put_record (self, filled->programme);
  put_record (self, filled->agency);
  send_mark (self);
}

static void
finish (Filling *self)
{
  send_mark (self);
  madang_cache_pull_finish (self->profile->cache);
  madang_profile_free (self->profile);
}

static FilledProfile *
new_empty (void)
{
  FilledProfile *self = g_new0 (FilledProfile, 1);
  g_autoptr (GError) error = NULL;

  self->directory = temporary_folder_new ();
  if (!madang_crypto_init (&error))
    g_error ("%s", error->message);
  self->profile = madang_profile_build_directory (self->directory, FILLED_SERVER, FILLED_LOGIN);
  self->database = g_build_filename (self->profile, "madang.db", NULL);
  self->programme = new_record ("programme", "title", "2020년 민주주의 서울 기관협력 사업");
  sample_application_set (self->programme, "call_open", "2020-02-24");
  sample_application_set (self->programme, "call_close", "2020-03-13");
  madang_record_set (self->programme, "year", g_variant_new_int64 (2020), NULL);
  self->agency = new_record ("agency", "name_ko", "서울특별시 금천구");
  return self;
}

/* busy: half of them are in supplement, due on days around today, and half are to be received. */
static MadangRecord *
new_application (const FilledProfile *filled, guint number, gboolean busy)
{
  const char *state = !busy ? "received" : number % 2 == 0 ? "supplement" : "submitted";
  MadangRecord *record
      = sample_record_new (number, SAMPLE_TYPICAL, state, madang_record_get_id (filled->agency),
                           madang_record_get_id (filled->programme));
  g_autofree char *due = NULL;

  if (busy && number % 2 == 0)
    {
      due = madang_day_add (FIRST_DUE, (int)(number / 2 % N_DUE_DAYS));
      sample_application_set (record, "supplement_due", due);
    }
  return record;
}

static FilledProfile *
new_office (guint n_applications, gboolean busy)
{
  FilledProfile *filled = new_empty ();
  Filling filling = { .filled = filled };

  start (&filling, MADANG_ROLE_CITY_COORDINATOR, "programme", "programme office");
  filling.scope = "office";
  for (guint number = 0; number < n_applications; number++)
    {
      g_autoptr (MadangRecord) record = new_application (filled, number, busy);

      put_record (&filling, record);
    }
  finish (&filling);
  return filled;
}

FilledProfile *
filled_profile_new_office (guint n_applications)
{
  return new_office (n_applications, FALSE);
}

FilledProfile *
filled_profile_new_busy_office (guint n_applications)
{
  return new_office (n_applications, TRUE);
}

/* As long as it may be, but for the room. */
static void
fill_draft (MadangRecord *draft, guint room)
{
  g_autoptr (MadangRecord) full = sample_application_new_full_length ();
  g_autofree char *plan = g_strdup (madang_record_get_text (full, "plan"));
  const char *const own[] = { "agency", "programme", "plan", NULL };

  for (const MadangField *field = madang_application_kind.fields; field->name != NULL; field++)
    if (madang_record_is_set (full, field->name) && !g_strv_contains (own, field->name))
      madang_record_set (draft, field->name, madang_record_get (full, field->name), NULL);
  *g_utf8_offset_to_pointer (plan, g_utf8_strlen (plan, -1) - (glong)room) = '\0';
  sample_application_set (draft, "plan", g_strchomp (plan));
}

FilledProfile *
filled_profile_new_agency (guint n_drafts, guint room)
{
  FilledProfile *filled = new_empty ();
  Filling filling = { .filled = filled };
  g_autofree char *scope = g_strconcat ("agency:", madang_record_get_id (filled->agency), NULL);
  g_autofree char *scopes = g_strconcat ("programme ", scope, NULL);

  start (&filling, MADANG_ROLE_AGENCY_OFFICER, scope, scopes);
  filling.scope = scope;
  for (guint number = 0; number < n_drafts; number++)
    {
      g_autoptr (MadangRecord) record
          = sample_record_new (number, SAMPLE_TYPICAL, "draft",
                               madang_record_get_id (filled->agency),
                               madang_record_get_id (filled->programme));

      if (number == 0)
        fill_draft (record, room);
      put_record (&filling, record);
    }
  finish (&filling);
  return filled;
}

void
filled_profile_free (FilledProfile *self)
{
  temporary_folder_remove (self->directory);
  g_free (self->directory);
  g_free (self->profile);
  g_free (self->database);
  g_clear_object (&self->programme);
  g_clear_object (&self->agency);
  g_free (self);
}
