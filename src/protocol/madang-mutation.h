/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-crypto.h"
#include "madang-merge.h"

G_BEGIN_DECLS

typedef enum
{
  MADANG_OPERATION_CREATE,
  MADANG_OPERATION_PATCH,
  MADANG_OPERATION_DELETE,
  MADANG_OPERATION_EVENT,
  MADANG_OPERATION_RESOLVE, /* settles a conflict record */
  MADANG_OPERATION_VOID,    /* takes the number of a mutation that cannot be sent */
} MadangOperation;

/**
 * MadangMutation:
 *
 * One change as a person made it. Its canonical bytes never change; their SHA-256 is the
 * fingerprint that the server keeps beside the id, and the device signs them. The number in the
 * device's order and the signature travel beside the bytes, not in them.
 */
typedef struct
{
  char *mid; /* UUIDv7: the identity for "exactly once" */
  MadangOperation operation;
  char *kind;
  char *id;
  char *scope;                 /* home scope of a record that is created (nullable) */
  gint64 base[MADANG_N_PARTS]; /* versions that the person saw */
  GPtrArray *edits;            /* MadangEdit */
  char *event;                 /* name (nullable) */
  GVariant *arguments;         /* "a{sv}" with "s" values (nullable) */
  char *seen;                  /* digest of what the person saw (nullable) */
  char *conflict;              /* id of the conflict record that is settled (nullable) */
  gint64 at;                   /* real clock of the device: shown to people, never for order */
  int schema;
} MadangMutation;

MadangMutation *madang_mutation_new (MadangOperation operation, const char *kind, const char *id);
void madang_mutation_free (MadangMutation *self);
GBytes *madang_mutation_to_bytes (const MadangMutation *self);
/* Scans, then reads. Values are read by the declared type of their field; a value for a field
 * that this build does not know is MADANG_ERROR_NEWER_SCHEMA. */
MadangMutation *madang_mutation_from_bytes (GBytes *bytes, GError **error);
/* The identity alone, also of a mutation whose rest this build does not understand. */
char *madang_mutation_read_mid (GBytes *bytes, GError **error);
char *madang_mutation_fingerprint (GBytes *bytes);
const char *madang_operation_get_name (MadangOperation operation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangMutation, madang_mutation_free)

G_END_DECLS
