/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-database.h"

G_BEGIN_DECLS

/**
 * MadangStatement:
 *
 * A prepared statement of a database's cache, for the files of this folder. SQL text is always a
 * literal or made from declarations, never from input. Take one with madang_database_prepare(),
 * bind, step, and give it back with madang_statement_end() (or g_autoptr): that resets it and
 * clears its bindings. One user at a time per text.
 */
typedef struct _MadangStatement MadangStatement;

MadangStatement *madang_database_prepare (MadangDatabase *self, const char *sql, GError **error);
gboolean madang_database_run (MadangDatabase *self, const char *sql, GError **error);
gint64 madang_database_get_last_row (MadangDatabase *self);

/* Parameters count from 1; NULL texts bind NULL. Texts and blobs are copied. */
void madang_statement_bind_text (MadangStatement *self, int parameter, const char *text);
void madang_statement_bind_number (MadangStatement *self, int parameter, gint64 number);
void madang_statement_bind_bytes (MadangStatement *self, int parameter, GBytes *bytes);
void madang_statement_bind_id (MadangStatement *self, int parameter, const char *id);
void madang_statement_bind_null (MadangStatement *self, int parameter);

/* TRUE: a row is there. FALSE with no error: there is none, or no more. */
gboolean madang_statement_step (MadangStatement *self, GError **error);
/* Steps to the end; FALSE is an error. */
gboolean madang_statement_run (MadangStatement *self, GError **error);

/* Columns count from 0. Texts are borrowed until the next step. */
const char *madang_statement_get_text (MadangStatement *self, int column); /* NULL for NULL */
gint64 madang_statement_get_number (MadangStatement *self, int column);
gboolean madang_statement_is_null (MadangStatement *self, int column);
GBytes *madang_statement_dup_bytes (MadangStatement *self, int column);
char *madang_statement_dup_id (MadangStatement *self, int column); /* from 16 bytes */
void madang_statement_end (MadangStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangStatement, madang_statement_end)

G_END_DECLS
