/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * MadangApplication:
 *
 * Command line, shortcuts, style, session and the one window.
 */
#define MADANG_TYPE_APPLICATION (madang_application_get_type ())
G_DECLARE_FINAL_TYPE (MadangApplication, madang_application, MADANG, APPLICATION, AdwApplication)

MadangApplication *madang_application_new (void);
/* The program's exit status, after it has run. */
int madang_application_get_status (MadangApplication *self);

G_END_DECLS
