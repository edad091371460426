/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-session.h"

#include "madang-demo-people.h"
#include "madang-error.h"

struct _MadangSession
{
  GObject parent_instance;

  char *data_directory; /* (owned) */
  GSettings *settings;  /* (owned) (nullable) */
  GPtrArray *people;    /* (owned) (nullable) */
  MadangClock *clock;   /* (owned) */
  char *server;         /* (owned) */
  char *login;          /* (owned) */
  MadangSync *engine;   /* (owned) (nullable): for .server, whether or not someone works */
  gboolean open;
};

typedef enum
{
  PROP_SYNC = 1,
} MadangSessionProperty;

static GParamSpec *properties[PROP_SYNC + 1];

G_DEFINE_FINAL_TYPE (MadangSession, madang_session, G_TYPE_OBJECT)

static void
set_open (MadangSession *self, gboolean open)
{
  if (self->open == open)
    return;
  self->open = open;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNC]);
}

/* An engine speaks to one server only. */
static gboolean
use_server (MadangSession *self, const char *server, GError **error)
{
  if (self->engine != NULL && g_str_equal (madang_sync_get_server (self->engine), server))
    return TRUE;
  if (!madang_sync_accepts_server (server, error))
    return FALSE;
  set_open (self, FALSE);
  if (self->engine != NULL)
    madang_sync_close (self->engine);
  g_clear_object (&self->engine);
  self->engine = madang_sync_new (server, self->data_directory, self->clock);
  return TRUE;
}

/* For the sign-in page: who tries to work, and where. */
static void
note (MadangSession *self, const char *server, const char *login)
{
  /* Either may be one of the remembered texts itself. */
  g_autofree char *old_server = self->server;
  g_autofree char *old_login = self->login;

  self->server = g_strdup (server);
  self->login = g_strdup (login);
}

/* For the next start of the program. */
static void
remember (MadangSession *self, const char *server, const char *login)
{
  note (self, server, login);
  if (self->settings == NULL)
    return;
  g_settings_set_string (self->settings, "server", server);
  g_settings_set_string (self->settings, "login", login);
}

/* What a call needs until its end. */
typedef struct
{
  char *server;
  char *login;
  GError *failure; /* (owned) (nullable): why signing in failed, before work was resumed instead */
} Call;

static void
call_free (Call *call)
{
  g_free (call->server);
  g_free (call->login);
  g_clear_error (&call->failure);
  g_free (call);
}

static GTask *
create_task (MadangSession *self,
             gpointer tag,
             const char *server,
             const char *login,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->server = g_strdup (server);
  call->login = g_strdup (login);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  return task;
}

static void
succeed (GTask *task)
{
  MadangSession *self = g_task_get_source_object (task);
  const Call *call = g_task_get_task_data (task);

  remember (self, call->server, call->login);
  set_open (self, TRUE);
  g_task_return_boolean (task, TRUE);
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (madang_sync_resume_finish (MADANG_SYNC (source), result, &error))
    {
      /* A cache that was built anew does not know yet who works here. */
      if (madang_sync_get_actor (MADANG_SYNC (source)) != NULL)
        succeed (task);
      else
        g_task_return_new_error (task, MADANG_ERROR, MADANG_ERROR_SIGN_IN_REQUIRED,
                                 "Nobody is known");
    }
  else if (call->failure != NULL && g_error_matches (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND))
    {
      g_error_free (error);
      g_task_return_error (task, g_steal_pointer (&call->failure));
    }
  else
    g_task_return_error (task, error);
}

static void
resume (GTask *task)
{
  MadangSession *self = g_task_get_source_object (task);
  const Call *call = g_task_get_task_data (task);

  madang_sync_resume_async (self->engine, call->login, NULL, resumed_cb, g_object_ref (task));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MadangSession *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (madang_sync_sign_in_finish (MADANG_SYNC (source), result, &error))
    succeed (task);
  else if (self->people != NULL
           && (g_error_matches (error, MADANG_ERROR, MADANG_ERROR_OFFLINE)
               || g_error_matches (error, MADANG_ERROR, MADANG_ERROR_NOT_OUR_SERVER)))
    {
      /* A demonstration shows work without a network too. */
      ((Call *)g_task_get_task_data (task))->failure = error;
      resume (task);
    }
  else
    g_task_return_error (task, error);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  MadangSession *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!madang_sync_sign_out_finish (MADANG_SYNC (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  remember (self, self->server, "");
  g_task_return_boolean (task, TRUE);
}

static void
madang_session_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_SYNC)
    g_value_set_object (value, madang_session_get_sync (MADANG_SESSION (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
madang_session_finalize (GObject *object)
{
  MadangSession *self = MADANG_SESSION (object);

  g_clear_object (&self->engine);
  g_clear_object (&self->clock);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self->data_directory);
  g_free (self->server);
  g_free (self->login);

  G_OBJECT_CLASS (madang_session_parent_class)->finalize (object);
}

static void
madang_session_class_init (MadangSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = madang_session_get_property;
  object_class->finalize = madang_session_finalize;

  properties[PROP_SYNC] = g_param_spec_object ("sync", NULL, NULL, MADANG_TYPE_SYNC,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
madang_session_init (MadangSession *self)
{
  self->clock = madang_clock_new ();
  self->server = g_strdup ("");
  self->login = g_strdup ("");
}

MadangSession *
madang_session_new (const char *data_directory, GSettings *settings, GPtrArray *people)
{
  MadangSession *self;

  g_return_val_if_fail (data_directory != NULL, NULL);

  self = g_object_new (MADANG_TYPE_SESSION, NULL);
  self->data_directory = g_strdup (data_directory);
  self->people = people != NULL ? g_ptr_array_ref (people) : NULL;
  if (settings != NULL)
    {
      self->settings = g_object_ref (settings);
      g_free (self->server);
      g_free (self->login);
      self->server = g_settings_get_string (settings, "server");
      self->login = g_settings_get_string (settings, "login");
    }
  return self;
}

MadangSync *
madang_session_get_sync (MadangSession *self)
{
  g_return_val_if_fail (MADANG_IS_SESSION (self), NULL);
  return self->open ? self->engine : NULL;
}

GPtrArray *
madang_session_get_people (MadangSession *self)
{
  g_return_val_if_fail (MADANG_IS_SESSION (self), NULL);
  return self->people;
}

const char *
madang_session_get_server (MadangSession *self)
{
  g_return_val_if_fail (MADANG_IS_SESSION (self), NULL);
  return self->server;
}

const char *
madang_session_get_login (MadangSession *self)
{
  g_return_val_if_fail (MADANG_IS_SESSION (self), NULL);
  return self->login;
}

void
madang_session_open_async (MadangSession *self,
                           const char *server,
                           const char *login,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  const MadangDemoPerson *person = NULL;
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (MADANG_IS_SESSION (self));

  server = server != NULL ? server : self->server;
  if (self->people != NULL)
    person = madang_demo_people_find (self->people, login);
  if (person != NULL)
    login = person->login;
  else if (login == NULL)
    login = self->login;
  task = create_task (self, madang_session_open_async, server, login, callback, user_data);
  note (self, server, login);
  server = self->server;
  login = self->login;
  if (*server == '\0' || *login == '\0')
    {
      g_task_return_new_error (task, MADANG_ERROR, MADANG_ERROR_NOT_FOUND, "Nobody worked here");
      return;
    }
  if (!use_server (self, server, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (person != NULL)
    madang_sync_sign_in_async (self->engine, login, person->password, NULL, signed_in_cb,
                               g_object_ref (task));
  else
    resume (task);
}

void
madang_session_sign_in_async (MadangSession *self,
                              const char *server,
                              const char *login,
                              const char *password,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (MADANG_IS_SESSION (self));
  g_return_if_fail (server != NULL && login != NULL && password != NULL);

  task = create_task (self, madang_session_sign_in_async, server, login, callback, user_data);
  if (!use_server (self, server, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  madang_sync_sign_in_async (self->engine, login, password, NULL, signed_in_cb,
                             g_object_ref (task));
}

void
madang_session_sign_out_async (MadangSession *self,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (MADANG_IS_SESSION (self));
  g_return_if_fail (self->open);

  task = create_task (self, madang_session_sign_out_async, self->server, self->login, callback,
                      user_data);
  /* Widgets let go of the profile before it closes. */
  set_open (self, FALSE);
  madang_sync_sign_out_async (self->engine, signed_out_cb, g_object_ref (task));
}

gboolean
madang_session_finish (MadangSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
madang_session_close (MadangSession *self)
{
  g_return_if_fail (MADANG_IS_SESSION (self));

  set_open (self, FALSE);
  if (self->engine != NULL)
    madang_sync_close (self->engine);
  g_clear_object (&self->engine);
}
