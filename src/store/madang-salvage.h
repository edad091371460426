/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MadangSalvage:
 *
 * An append-only file of unsent mutations beside a client's database, from which they are taken
 * back when the database is lost. A line is "put MID BODY SIGNATURE CHECK" (body in base64) or
 * "gone MID CHECK". Lines that do not pass their check are skipped. Private to this folder;
 * confined to one thread.
 */
typedef struct _MadangSalvage MadangSalvage;

typedef struct
{
  char *mid;
  GBytes *body;
  char *signature;
} MadangSalvageEntry;

MadangSalvageEntry *madang_salvage_entry_new (const char *mid, GBytes *body, const char *signature);
void madang_salvage_entry_free (MadangSalvageEntry *self);

/* Opens the file, or makes it with mode 0600. */
MadangSalvage *madang_salvage_open (const char *path, GError **error);
void madang_salvage_free (MadangSalvage *self);
/* The mutations of the file that are not gone, oldest first: (element-type MadangSalvageEntry).
 * sound (out): FALSE when lines were skipped. */
GPtrArray *madang_salvage_read (MadangSalvage *self, gboolean *sound, GError **error);
gint64 madang_salvage_get_size (MadangSalvage *self);
/* Both add one line and see it on the disk. */
gboolean madang_salvage_put (MadangSalvage *self, const MadangSalvageEntry *entry, GError **error);
gboolean madang_salvage_put_gone (MadangSalvage *self,
                                  const char *const *mids,
                                  gboolean durable,
                                  GError **error);
/* Cuts the file back to an earlier size: the transaction that the lines belong to failed. */
void madang_salvage_cut (MadangSalvage *self, gint64 size);
/* Replaces the content by these entries. */
gboolean madang_salvage_rewrite (MadangSalvage *self, GPtrArray *entries, GError **error);
/* Leaves the file under another name, for people who repair, and starts a new one. */
gboolean madang_salvage_set_aside (MadangSalvage *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangSalvage, madang_salvage_free)

G_END_DECLS
