/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "madang-agency-background.h"
#include "madang-application-sheet.h"
#include "madang-background-card.h"
#include "madang-banner.h"
#include "madang-choice-row.h"
#include "madang-confirm-dialog.h"
#include "madang-day-row.h"
#include "madang-district-map.h"
#include "madang-line-row.h"
#include "madang-missing-list.h"
#include "madang-month-row.h"
#include "madang-paper-view.h"
#include "madang-reference-row.h"
#include "madang-set-row.h"
#include "madang-sidebar.h"
#include "madang-sign-in-page.h"
#include "madang-split-view.h"
#include "madang-sync-indicator.h"
#include "madang-sync-popover.h"
#include "madang-system-filters.h"
#include "madang-system-map.h"
#include "madang-text-row.h"
#include "madang-won-row.h"
#include "madang-wrap-box.h"

/* A missing child, a misspelt property or handler in a template is a warning of GtkBuilder, and
 * warnings are fatal here. */
static void
test_instantiate (gconstpointer data)
{
  const GType type = (GType)GPOINTER_TO_SIZE (data);
  GtkWidget *widget = g_object_new (type, NULL);
  GtkWidget *window;
  int minimum, natural;

  g_object_ref_sink (widget);
  if (!GTK_IS_WINDOW (widget) && !GTK_IS_POPOVER (widget))
    {
      window = gtk_window_new ();
      gtk_window_set_child (GTK_WINDOW (window), widget);
      gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      g_assert_cmpint (minimum, <=, natural);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  else if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_assert_finalize_object (widget);
}

int
main (int argc, char **argv)
{
  const GType types[] = {
    MADANG_TYPE_APPLICATION_SHEET, MADANG_TYPE_BANNER,
    MADANG_TYPE_CHOICE_ROW,        MADANG_TYPE_CONFIRM_DIALOG,
    MADANG_TYPE_DAY_ROW,           MADANG_TYPE_LINE_ROW,
    MADANG_TYPE_MISSING_LIST,      MADANG_TYPE_MONTH_ROW,
    MADANG_TYPE_PAPER_VIEW,        MADANG_TYPE_REFERENCE_ROW,
    MADANG_TYPE_SET_ROW,           MADANG_TYPE_SIDEBAR,
    MADANG_TYPE_SIGN_IN_PAGE,      MADANG_TYPE_SPLIT_VIEW,
    MADANG_TYPE_SYNC_INDICATOR,    MADANG_TYPE_SYNC_POPOVER,
    MADANG_TYPE_TEXT_ROW,          MADANG_TYPE_WON_ROW,
    MADANG_TYPE_WRAP_BOX,          MADANG_TYPE_AGENCY_BACKGROUND,
    MADANG_TYPE_BACKGROUND_CARD,   MADANG_TYPE_DISTRICT_MAP,
    MADANG_TYPE_SYSTEM_FILTERS,    MADANG_TYPE_SYSTEM_MAP,
  };

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strdup_printf ("/client/templates/%s", g_type_name (types[i]));

      g_test_add_data_func (path, GSIZE_TO_POINTER (types[i]), test_instantiate);
    }
  return g_test_run ();
}
