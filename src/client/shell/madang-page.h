/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-command.h"
#include "madang-event-command.h"
#include "madang-sync.h"

G_BEGIN_DECLS

/* Keys of a page that are no commands, such as those of its list. */
typedef struct
{
  const char *key;   /* accelerator; NULL ends the table */
  const char *label; /* msgid: what it does */
} MadangPageKey;

/* What F1 shows of a page; the keys of its commands stand there by themselves. */
typedef struct
{
  const char *title;         /* msgid: what the page is called */
  const char *purpose;       /* msgid: what the page is for, in a sentence or two */
  const char *const *steps;  /* msgids: its task in order, ended by NULL */
  const MadangPageKey *keys; /* (nullable) */
} MadangPageHelp;

/**
 * MadangPage:
 *
 * What stands right of the sidebar: a header with title and main command, banners, content. In a
 * template its children are the content, or of type "start" and "end" in the header.
 *
 * Its commands are in get_actions(); the window lays them into its own action map while the page
 * is shown, so a page's "submit" is "win.submit" for buttons, keys and tests. Its class declares
 * how they are called (.commands) and what F1 says (.help).
 *
 * Properties: "title", "subtitle", "sync" (construct), "collapsed" (the sidebar is not beside
 * it), "at-end" (nothing stands at its other side, so it carries the window's buttons), "nested"
 * (it was opened from another page), "saving" (something typed is not yet durable).
 *
 * Signals to the window: "open" (MadangPage *, floating), "toast" (AdwToast *, owned by the
 * receiver).
 */
#define MADANG_TYPE_PAGE (madang_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (MadangPage, madang_page, MADANG, PAGE, GtkWidget)

struct _MadangPageClass
{
  GtkWidgetClass parent_class;

  const MadangPageHelp *help;
  const MadangCommand *commands; /* (nullable): ended by a NULL action */

  /* These records are different now; NULL: any may be. */
  void (*changed) (MadangPage *self, const char *const *ids);
  /* The page comes into view: take the focus where work begins. */
  void (*shown) (MadangPage *self);
  /* Hand over to sync what was typed. */
  void (*flush) (MadangPage *self);
  /* A sentence about what was typed but cannot be saved as it is (nullable), newly allocated. */
  char *(*dup_unsaved) (MadangPage *self);
  /* Of an area's page: the page that shows this record of one of the kinds that the area opens.
   * (transfer none) itself, or one that it kept; floating a new one; NULL: it is not there. */
  MadangPage *(*find_record_page) (MadangPage *self, const char *kind, const char *id);
};

MadangSync *madang_page_get_sync (MadangPage *self);
/* (transfer none): its commands, without the window's prefix. */
GSimpleActionGroup *madang_page_get_actions (MadangPage *self);
/* Adds a command without parameter. (transfer none). activated: gets user_data first, a GObject;
 * nothing is called any more once that is gone. */
GSimpleAction *madang_page_add_action (MadangPage *self,
                                       const char *name,
                                       GCallback activated,
                                       gpointer user_data);
void madang_page_set_title (MadangPage *self, const char *title, const char *subtitle);
/* Whether it was opened from another page, so that a way back is shown. */
void madang_page_set_nested (MadangPage *self, gboolean nested);
gboolean madang_page_get_nested (MadangPage *self);
/* A nested page that whoever opened it will open again: it is left, but not thrown away. */
void madang_page_set_kept (MadangPage *self, gboolean kept);
gboolean madang_page_get_kept (MadangPage *self);
/* While it is, the window does not close. */
void madang_page_set_saving (MadangPage *self, gboolean saving);
gboolean madang_page_get_saving (MadangPage *self);
/* The page's own banner; title NULL hides it. */
void madang_page_show_banner (MadangPage *self,
                              const char *title,
                              const char *button_label,
                              const char *action_name);
/* The banner that every page carries, about the session; set by the window. */
void madang_page_show_notice (MadangPage *self,
                              const char *title,
                              const char *button_label,
                              const char *action_name);
void madang_page_toast (MadangPage *self, const char *title);
/* (transfer full): an event of records of that kind as a command of the page, named like the event.
 * A toast tells of its failures. */
MadangEventCommand *
madang_page_add_event_command (MadangPage *self, const MadangKind *kind, const char *event);
/* For a toast with a button. toast: (transfer full). */
void madang_page_add_toast (MadangPage *self, AdwToast *toast);
/* Opens a record in the area that shows its kind to this person; see madang_area_find_for_kind(). */
void madang_page_open_record (MadangPage *self, const char *kind, const char *id);
/* Puts page above this one. page: (transfer floating), or one that was kept. */
void madang_page_open (MadangPage *self, MadangPage *page);

/* For the window: each calls the function of the class, where the page has one. */
void madang_page_notify_changed (MadangPage *self, const char *const *ids);
void madang_page_notify_shown (MadangPage *self);
void madang_page_flush (MadangPage *self);
char *madang_page_dup_unsaved (MadangPage *self); /* (transfer full) (nullable) */
MadangPage *madang_page_find_record_page (MadangPage *self, const char *kind, const char *id);

G_END_DECLS
