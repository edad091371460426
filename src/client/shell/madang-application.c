/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-application.h"

#include <glib/gi18n.h>

#include "madang-command-table.h"
#include "madang-demo-people.h"
#include "madang-session.h"
#include "madang-tour.h"
#include "madang-window.h"

struct _MadangApplication
{
  AdwApplication parent_instance;

  MadangSession *session; /* (owned) (nullable) until the first activation */
  GSettings *settings;    /* (owned) (nullable): a demonstration remembers nothing */
  MadangTour *tour;       /* (owned) (nullable) */
  int status;

  /* Of the command line. */
  char *demo;           /* (owned) (nullable) path */
  char *server;         /* (owned) (nullable) */
  char *login;          /* (owned) (nullable) */
  char *data_directory; /* (owned) (nullable) path */
  char *tour_directory; /* (owned) (nullable) path */
};

G_DEFINE_FINAL_TYPE (MadangApplication, madang_application, ADW_TYPE_APPLICATION)

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  /* The window saves what was typed before it goes, and the program with it. */
  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (user_data);
}

/* The licence of the outlines asks for it; the rest stands in data/reference. */
static void
add_map_data (AdwAboutWindow *about)
{
  adw_about_window_add_legal_section (
      about, _ ("Map of the districts"),
      /* Translators: southkorea/seoul-maps, JUSO, OA-11677 and KOSTAT are names */
      _ ("District boundaries: southkorea/seoul-maps, from JUSO 2015 via Seoul Open Data Plaza "
         "(OA-11677) and KOSTAT 2013 codes. Modified: simplified, and written as a table."),
      GTK_LICENSE_APACHE_2_0, NULL);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about, "application-name", _ ("Madang"), "application-icon", APPLICATION_ID,
                "version", PACKAGE_VERSION, "license-type", GTK_LICENSE_GPL_3_0, "comments",
                _ ("For the people who run the agency co-operation programme of "
                   "Democracy Seoul"),
                "transient-for", gtk_application_get_active_window (user_data), "modal", TRUE,
                NULL);
  add_map_data (ADW_ABOUT_WINDOW (about));
  gtk_window_present (GTK_WINDOW (about));
}

static gboolean
create_session (MadangApplication *self, GError **error)
{
  g_autoptr (GPtrArray) people = NULL;
  g_autofree char *directory = NULL;

  if (self->demo != NULL)
    {
      people = madang_demo_people_load (self->demo, error);
      if (people == NULL)
        return FALSE;
    }
  else
    self->settings = g_settings_new (APPLICATION_ID);
  if (self->data_directory != NULL)
    directory = g_strdup (self->data_directory);
  else
    directory = g_build_filename (g_get_user_data_dir (), "madang", NULL);
  self->session = madang_session_new (directory, self->settings, people);
  return TRUE;
}

static void
tour_done_cb (MadangApplication *self, gboolean complete)
{
  self->status = complete ? EXIT_SUCCESS : EXIT_FAILURE;
  quit_cb (NULL, NULL, self);
}

static void
madang_application_startup (GApplication *application)
{
  const GActionEntry entries[] = { { "quit", quit_cb }, { "about", about_cb } };

  G_APPLICATION_CLASS (madang_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  madang_command_table_install (GTK_APPLICATION (application));
}

static void
madang_application_activate (GApplication *application)
{
  MadangApplication *self = MADANG_APPLICATION (application);
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (GError) error = NULL;
  MadangWindow *window;

  if (active != NULL)
    {
      gtk_window_present (active);
      return;
    }
  if (!create_session (self, &error))
    {
      g_printerr ("madang: %s\n", error->message);
      self->status = EXIT_FAILURE;
      return;
    }
  window = madang_window_new (GTK_APPLICATION (self), self->session, self->settings);
  if (self->demo != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (window), "demo");
  gtk_window_present (GTK_WINDOW (window));
  madang_window_start (window, self->server, self->login);
  if (self->tour_directory != NULL)
    {
      self->tour = madang_tour_new (window, self->session, self->tour_directory);
      g_signal_connect_object (self->tour, "done", G_CALLBACK (tour_done_cb), self,
                               G_CONNECT_SWAPPED);
      madang_tour_start (self->tour);
    }
}

static int
madang_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  MadangApplication *self = MADANG_APPLICATION (application);

  g_variant_dict_lookup (options, "demo", "^ay", &self->demo);
  g_variant_dict_lookup (options, "server", "s", &self->server);
  g_variant_dict_lookup (options, "login", "s", &self->login);
  g_variant_dict_lookup (options, "data-directory", "^ay", &self->data_directory);
  g_variant_dict_lookup (options, "tour", "^ay", &self->tour_directory);
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("madang %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }
  if ((self->demo != NULL && self->server == NULL)
      || (self->tour_directory != NULL && self->demo == NULL))
    {
      g_printerr ("madang: --demo needs --server, and --tour needs --demo\n");
      return EXIT_FAILURE;
    }
  /* Data of one's own may be open beside another window's. */
  if (self->demo != NULL || self->data_directory != NULL)
    g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
madang_application_shutdown (GApplication *application)
{
  MadangApplication *self = MADANG_APPLICATION (application);

  g_clear_object (&self->tour);
  if (self->session != NULL)
    madang_session_close (self->session);

  G_APPLICATION_CLASS (madang_application_parent_class)->shutdown (application);
}

static void
madang_application_finalize (GObject *object)
{
  MadangApplication *self = MADANG_APPLICATION (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_free (self->demo);
  g_free (self->server);
  g_free (self->login);
  g_free (self->data_directory);
  g_free (self->tour_directory);

  G_OBJECT_CLASS (madang_application_parent_class)->finalize (object);
}

static void
madang_application_class_init (MadangApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = madang_application_finalize;
  application_class->startup = madang_application_startup;
  application_class->activate = madang_application_activate;
  application_class->shutdown = madang_application_shutdown;
  application_class->handle_local_options = madang_application_handle_local_options;
}

static void
madang_application_init (MadangApplication *self)
{
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Address of the server"), N_ ("URL") },
    { "login", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Sign-in name"), N_ ("NAME") },
    { "data-directory", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_ ("Where the data on this computer is kept"), N_ ("DIRECTORY") },
    { "demo", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_ ("People of a demonstration, to switch between"), N_ ("FILE") },
    { "tour", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_ ("Play the main job of the demonstration and save pictures of it"), N_ ("DIRECTORY") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

MadangApplication *
madang_application_new (void)
{
  return g_object_new (MADANG_TYPE_APPLICATION, "application-id", APPLICATION_ID, NULL);
}

int
madang_application_get_status (MadangApplication *self)
{
  g_return_val_if_fail (MADANG_IS_APPLICATION (self), EXIT_FAILURE);
  return self->status;
}
