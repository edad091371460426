/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-event.h"
#include "madang-lookup.h"
#include "madang-merge.h"
#include "madang-rights.h"

G_BEGIN_DECLS

/* Ids of the samples. */
#define PROGRAMME "01700000-0000-7000-8000-000000000001"
#define AGENCY "01700000-0000-7000-8000-00000000000a"
#define OTHER_AGENCY "01700000-0000-7000-8000-00000000000b"
#define APPLICATION "01700000-0000-7000-8000-000000000100"
#define OTHER_APPLICATION "01700000-0000-7000-8000-000000000101"
#define ACCOUNT "01700000-0000-7000-8000-000000000200"
#define OTHER_ACCOUNT "01700000-0000-7000-8000-000000000201"
#define MUTATION "01700000-0000-7000-8000-000000000300"

/* Instants of the call of 2020, as UTC milliseconds. */
#define CALL_STARTS G_GINT64_CONSTANT (1582470000000) /* 2020-02-24 00:00 in Seoul */
#define CALL_ENDS G_GINT64_CONSTANT (1584111600000)   /* 2020-03-13 24:00 in Seoul */
#define IN_THE_CALL G_GINT64_CONSTANT (1583715600000) /* 2020-03-09 10:00 in Seoul */

/* A kind with a field for each way of merging; not part of the product. */
extern const MadangKind sample_kind;

/* Records in memory; a scope is held when it was named. */
#define MEMORY_TYPE_LOOKUP (memory_lookup_get_type ())
G_DECLARE_FINAL_TYPE (MemoryLookup, memory_lookup, MEMORY, LOOKUP, GObject)

MemoryLookup *memory_lookup_new (void);
void memory_lookup_add (MemoryLookup *self, MadangRecord *record);
void memory_lookup_hold (MemoryLookup *self, const char *scope);

/* Each sample is what the plan of 2020 says, or marked as a sample. */
MadangRecord *sample_programme_new (void);
MadangRecord *sample_agency_new (const char *id, const char *kind);
MadangRecord *sample_application_new (const char *id);
MadangActor *sample_actor_new (MadangRole role);

void set_text (MadangRecord *record, const char *path, const char *text);
void set_number (MadangRecord *record, const char *path, gint64 number);

/* Each takes the verdict. The arguments are joined with spaces. */
void assert_yes (MadangVerdict *verdict);
void assert_no (MadangVerdict *verdict, const char *code, const char *arguments);
void assert_unknown (MadangVerdict *verdict, const char *code);

G_END_DECLS
