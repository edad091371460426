/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-help-sheet.h"
#include "madang-palette.h"
#include "madang-sidebar.h"
#include "madang-sign-in-page.h"
#include "madang-split-view.h"
#include "madang-window.h"

G_BEGIN_DECLS

/* Ends the work in this window. */
typedef void (*MadangLeaveFunc) (MadangWindow *self);

struct _MadangWindow
{
  AdwApplicationWindow parent_instance;

  MadangSession *session; /* (owned) */
  GSettings *settings;    /* (owned) (nullable) */
  MadangSync *sync;       /* (owned) (nullable): whose pages these are */
  GPtrArray *trail;      /* (element-type MadangPage): the area's page, then those opened from it */
  char *area;            /* (owned) (nullable): name of the area in view */
  GStrv followed;        /* (owned) (nullable): what the person could read when these were built */
  guint roles;           /* that they held then */
  AdwToast *toast;       /* (nullable) weak: the last one */
  GtkWidget *helpless;   /* (nullable) weak: where the focus was before the help came */
  guint shown_id;        /* idle: the page in view has been laid out */
  MadangLeaveFunc leave; /* (nullable): the person has asked; waits for the last write */
  const char *leave_label; /* of the button that does so all the same */
  char *next_login;        /* (owned) (nullable): who is to work here next */
  gboolean unheard;        /* the server gives no answer; it is only sought again now and then */
  gboolean rebuilt_seen;   /* the notice about a rebuilt cache was dismissed */

  AdwToastOverlay *toasts;
  GtkStack *stack;
  MadangSignInPage *sign_in_page;
  MadangSplitView *split_view;
  MadangSidebar *sidebar;
  GtkStack *pages;
  MadangPalette *palette;
  MadangHelpSheet *help_sheet;
};

/* madang-window-pages.c: which page is in view. */
void madang_window_build_pages (MadangWindow *self);
void madang_window_drop_pages (MadangWindow *self);
void madang_window_show_area (MadangWindow *self, const char *name);
void madang_window_open_page (MadangWindow *self, MadangPage *page);
void madang_window_go_back (MadangWindow *self);
/* Tells the page in view so, when it has been laid out. */
void madang_window_notify_shown (MadangWindow *self);
/* toast: (transfer full); takes the place of the one before. NULL: only that goes. */
void madang_window_show_toast (MadangWindow *self, AdwToast *toast);
/* Calls func for every page there is. */
void madang_window_each_page (MadangWindow *self, GFunc func, gpointer user_data);
void madang_window_update_notice (MadangWindow *self);

/* madang-window.c: whether all that was written is on the disk, so that leave may be called. If not,
 * it is called later: after the last write, or when the person agrees, by a button of this label
 * (static), to lose what cannot be saved. */
gboolean madang_window_may_leave (MadangWindow *self, const char *label, MadangLeaveFunc leave);

/* madang-window-actions.c: the commands that are always there. */
void madang_window_add_actions (MadangWindow *self);

G_END_DECLS
