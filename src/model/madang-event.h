/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-lookup.h"

G_BEGIN_DECLS

/* All that a rule may look at. Borrowed pointers, valid during the call. */
struct _MadangEventContext
{
  MadangRecord *record;
  const MadangEvent *event; /* NULL in MadangKind.check */
  const MadangActor *actor; /* (nullable): the server, on its own or as an effect */
  MadangLookup *lookup;
  gint64 now;           /* programme clock, UTC milliseconds */
  GVariant *arguments;  /* "a{sv}" (nullable) */
  const char *mutation; /* id, source of the ids of effects (nullable in the client) */
};

/* A text among the arguments; "" when it is not there. Borrowed. */
const char *madang_event_context_get_text (const MadangEventContext *context, const char *name);
/* A client that only asks whether a button is on: it has neither arguments nor a mutation yet. */
gboolean madang_event_context_only_asks (const MadangEventContext *context);

/* Whether the event may happen: state, right, completeness, reason, guard; in this order, and the
 * first answer that is not yes stands. The server itself needs no right. The same code explains in the client and decides in the
 * server. A reason is demanded once there are arguments or a mutation: a client that only asks
 * whether a button is on has neither. */
MadangVerdict *madang_event_check (const MadangEventContext *context);

/**
 * MadangEffects:
 *
 * What an event does besides the change of state. Pure data; only the server carries it out.
 */
struct _MadangEffects
{
  GPtrArray *values;  /* MadangEffectValue, owned */
  GPtrArray *records; /* MadangRecord, owned: to be created */
  GPtrArray *events;  /* MadangEffectEvent, owned: of other records, to happen afterwards */
  char *scope;        /* the new home scope (nullable) */
};

typedef struct
{
  char *field;
  GVariant *value;
} MadangEffectValue;

typedef struct
{
  char *kind;
  char *record; /* id */
  char *event;
  GVariant *arguments; /* "a{sv}" (nullable) */
} MadangEffectEvent;

MadangEffects *madang_event_run (const MadangEventContext *context);
void madang_effects_set (MadangEffects *self, const char *field, GVariant *value);
/* (transfer none): a record that the server creates with the event; the rule fills it, its home is
 * its kind's unless the rule gives it one. Its id derives from the mutation and from its place among
 * the records of the event, so that it is the same wherever the event is run. Without a mutation
 * the id is a fresh one. */
MadangRecord *madang_effects_create (MadangEffects *self,
                                     const MadangEventContext *context,
                                     const MadangKind *kind);
/* Another record goes through one of its own events together with this one. No right is asked for,
 * but state and guard are: when they say no, nothing of the whole happens. arguments: "a{sv}"
 * (nullable), a floating reference is taken. */
void madang_effects_fire (MadangEffects *self,
                          MadangRecord *record,
                          const char *event,
                          GVariant *arguments);
/* The record of the event gets another home scope. */
void madang_effects_move (MadangEffects *self, const char *scope);
void madang_effects_free (MadangEffects *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangEffects, madang_effects_free)

G_END_DECLS
