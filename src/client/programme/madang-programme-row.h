/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "madang-kind.h"

G_BEGIN_DECLS

/* Lines of the page of a programme, to read. Floating. */

/* below stands under the title; spoken are title and value. */
GtkWidget *madang_programme_row_new (const char *title, const char *value, const char *below);
/* The value of a field: a short one at the end of the line, a long one below. */
GtkWidget *madang_programme_row_new_value (const MadangField *field, const char *value);

G_END_DECLS
