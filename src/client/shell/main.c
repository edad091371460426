/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "madang-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (MadangApplication) application = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = madang_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  return status != EXIT_SUCCESS ? status : madang_application_get_status (application);
}
