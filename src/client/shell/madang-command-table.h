/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"

G_BEGIN_DECLS

/* The commands that every page or the window has. The only place that gives keys to actions: what
 * is not declared here or in the class of a page has none. Tables end with a NULL action. */

const MadangCommand *madang_command_table_list_window (void);      /* actions "win.…" */
const MadangCommand *madang_command_table_list_application (void); /* actions "app.…" */
/* Those that are called the same on every page that has them: print, create … */
const MadangCommand *madang_command_table_list_standard (void);

/* Label and keys of a page's command, those of the standard one where it has none itself.
 * Borrowed, nullable. The label is translated, with its mnemonic. */
const char *madang_command_table_get_label (const MadangCommand *command);
const char *const *madang_command_table_get_keys (const MadangCommand *command);

/* Calls func for every command that pages of this class declare, and (actions not NULL) for the
 * standard ones among these actions. */
typedef void (*MadangCommandFunc) (const MadangCommand *command, gpointer user_data);
void madang_command_table_each_of_page (MadangPageClass *klass,
                                        GActionGroup *actions,
                                        MadangCommandFunc func,
                                        gpointer user_data);

/* Gives the keys to the actions of the tables and of the areas. */
void madang_command_table_install (GtkApplication *application);
/* The same for the pages of a class; again does no harm. */
void madang_command_table_install_page (GtkApplication *application, MadangPageClass *klass);

G_END_DECLS
