/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "madang-actor.h"
#include "madang-verdict.h"

G_BEGIN_DECLS

typedef struct _MadangRecord MadangRecord;
typedef struct _MadangEventContext MadangEventContext;
typedef struct _MadangEffects MadangEffects;
typedef struct _MadangField MadangField;
typedef struct _MadangEvent MadangEvent;
typedef struct _MadangKind MadangKind;

#define MADANG_ROWS_MAX 200  /* rows of a list field */
#define MADANG_ROW_LENGTH 36 /* most characters of a row id: a-z, 0-9 and hyphens */

/* Values in memory are GVariants of one type per field type. */
typedef enum
{
  MADANG_FIELD_LINE,      /* "s": text without line breaks */
  MADANG_FIELD_TEXT,      /* "s" */
  MADANG_FIELD_DAY,       /* "s": "2020-03-13", Seoul */
  MADANG_FIELD_MONTH,     /* "s": "2020-08" */
  MADANG_FIELD_TIME,      /* "x": UTC milliseconds */
  MADANG_FIELD_WON,       /* "x": won, not thousands */
  MADANG_FIELD_INTEGER,   /* "x" */
  MADANG_FIELD_DECIMAL,   /* "x": hundredths */
  MADANG_FIELD_YES_NO,    /* "b" */
  MADANG_FIELD_ONE_OF,    /* "s": the name of a choice */
  MADANG_FIELD_SET_OF,    /* "as": names of choices, sorted, each once */
  MADANG_FIELD_REFERENCE, /* "s": the id of a record of kind .reference */
  MADANG_FIELD_ROWS, /* "a{sa{sv}}": row id -> member -> value; order by member "pos", then id */
  MADANG_FIELD_ATTACHMENT, /* "s": SHA-256 in hexadecimal */
} MadangFieldType;

typedef enum
{
  MADANG_PART_MAIN,
  MADANG_PART_PERSONAL,
  MADANG_N_PARTS
} MadangPart;

typedef enum
{
  MADANG_MERGE_CAS,    /* set when the value is still the one that the person saw */
  MADANG_MERGE_ATOMIC, /* as CAS, together with the other fields of .merge_group */
  MADANG_MERGE_SET,    /* additions and removals are applied one by one */
  MADANG_MERGE_MAX,    /* the larger value stays */
  MADANG_MERGE_SERVER, /* only the effects of events write it */
  MADANG_MERGE_NEVER,  /* the record must not have changed at all since it was seen */
} MadangMerge;

typedef struct
{
  const char *name;
  const char *label; /* msgid */
} MadangChoice;

struct _MadangField
{
  const char *name;
  MadangFieldType type;
  const char *label; /* msgid, the words of the paper */
  const char *help;  /* msgid (nullable) */

  /* Limits: code points of texts, least and greatest number (both 0: none), rows of a list
   * (at most MADANG_ROWS_MAX). */
  gint64 min;
  gint64 max;
  gint64 step;                 /* a number must be a multiple of it; 0: any number */
  const char *pattern;         /* GRegex for a line (nullable) */
  const char *pattern_help;    /* msgid: what a good line looks like (nullable) */
  const MadangChoice *choices; /* ended by a NULL name */
  const char *reference;       /* kind name */
  const MadangField *members;  /* of a row, ended by a NULL name */

  /* Required from birth (TRUE) or for the event named; when .required_if is set, only while
   * that field is asked for itself and has the value .required_is (name of a choice, "true" or
   * "false"). A field with a condition that is not required is asked for only while it holds. */
  gboolean required;
  const char *required_for; /* event name */
  const char *required_if;
  const char *required_is;

  gboolean fixed; /* set at creation, never changed afterwards */
  gboolean personal;
  gboolean indexed;
  gboolean unique; /* among the live records of the kind; implies indexed */
  /* A client's full-text search looks into it: a line, a text, or a reference, which stands for
   * the title of its record and must be indexed. Never a personal field. */
  gboolean searched;
  /* The server's own bookkeeping, which no person reads: not part of the digest of what was seen. */
  gboolean unseen;

  MadangMerge merge;
  const char *merge_group;

  const char *rules; /* codes, e.g. "R-A3" (nullable) */
};

/* Over which records a role's right reaches. */
typedef enum
{
  MADANG_REACH_ALL, /* any record */
  MADANG_REACH_OWN, /* records whose agency (MadangKind.agency_of) the actor holds the role in */
  /* Records whose home scope the actor holds the role in; a role over the programme covers its
   * office. */
  MADANG_REACH_HOME,
  /* Records about the actor's own account; needs no role when every role is named. */
  MADANG_REACH_SELF,
} MadangReach;

typedef enum
{
  MADANG_ACTION_CREATE = 1 << 0,
  MADANG_ACTION_READ = 1 << 1,
  MADANG_ACTION_UPDATE = 1 << 2,
  MADANG_ACTION_DELETE = 1 << 3,
} MadangAction;

/* One line of the rights table. Reading is decided by audiences; a READ bit here documents it
 * and a test compares the two. */
typedef struct
{
  guint roles; /* MadangRole bits; 0 ends the table */
  MadangReach reach;
  guint actions;             /* MadangAction bits */
  const char *const *states; /* NULL: every state */
  const char *const *fields; /* UPDATE of these only; NULL: every field that is not SERVER */
} MadangRight;

/* A number that others rely on, taken in the server's transaction when the event happens and the
 * field is still unset: the first number stays for good. */
typedef struct
{
  const char *field; /* a LINE field with merge SERVER */
  const char *event;
  const char *format; /* "%Y" is the reset value, "%03d"-like the number: "접수-%Y-%03d" */
  const char *(*reset_of) (const MadangEventContext *context); /* borrowed; e.g. the year */
} MadangSeries;

typedef enum
{
  MADANG_EVENT_SEEN = 1 << 0,     /* the digest of what the person saw must still be true */
  MADANG_EVENT_COMPLETE = 1 << 1, /* every required field must be filled */
  MADANG_EVENT_REASON = 1 << 2,   /* argument "reason" is asked for: clean text, 500 at most */
} MadangEventFlags;

struct _MadangEvent
{
  const char *name;
  const char *label;       /* msgid of the button: "Submit" */
  const char *past;        /* msgid of the toast: "The application was submitted" */
  const char *const *from; /* states; NULL: every state */
  const char *to;          /* NULL: the state stays */
  guint roles;
  MadangReach reach;
  guint flags; /* MadangEventFlags */
  /* COMPLETE asks for what is required for that event; NULL: for this one. */
  const char *complete_as;
  /* Why the state does not allow it, when there is more to say than that it does not (nullable).
   * NULL or yes: there is not. */
  MadangVerdict *(*explain_state) (const MadangEventContext *context);
  MadangVerdict *(*guard) (const MadangEventContext *context);                 /* nullable */
  void (*effects) (const MadangEventContext *context, MadangEffects *effects); /* nullable */
  const char *rules;
};

typedef struct
{
  const char *name;
  const char *label; /* msgid */
} MadangState;

/* What happens by itself: at the instant that due() tells, the server runs the event. */
typedef struct
{
  const char *event;
  const char *const *states; /* in which it may become due */
  /* UTC milliseconds on the programme clock; G_MAXINT64: not before something changes. */
  gint64 (*due) (const MadangEventContext *context);
} MadangTimer;

/* What is due: the field that holds the day, for whom, in which states it is still open. A field
 * may stand in several lines, each for other people. */
typedef struct
{
  const char *field;
  const char *label; /* msgid: "Supplement is due" */
  guint roles;
  const char *const *states; /* NULL: every state */
  MadangReach reach;
  /* The indexed reference that says whose it is: the agency of REACH_OWN or the account of
   * REACH_SELF; NULL for the other two. */
  const char *whose;
  gboolean passes; /* the day only comes and goes: afterwards nothing is overdue */
} MadangDeadline;

/* Who has to do something next: records in these states wait for them. */
typedef struct
{
  const char *label; /* msgid: "To be received" */
  guint roles;
  MadangReach reach;
  const char *whose; /* as of a deadline */
  const char *const *states;
  const char *order; /* the indexed field by which the longest waiting comes first; NULL: arrival */
  /* It waits for somebody else: these people sent it, and see that it has not been dealt with. */
  gboolean elsewhere;
  /* The one step that settles it where it is listed, without opening it (nullable): a notice. */
  const char *event;
  /* What is said about it beside its title: fields, ended by NULL (nullable). */
  const char *const *says;
  /* It is opened as the record that these two fields name, by kind and id (nullable). */
  const char *about_kind;
  const char *about;
} MadangTask;

/**
 * MadangKind:
 *
 * The one declaration of a kind of record. Validation, storage, wire format, rights, forms,
 * history and tests read it. Static, constant, for the life of the program.
 */
struct _MadangKind
{
  const char *name;
  const char *label;               /* msgid */
  gboolean system;                 /* machinery may know it by name */
  const MadangField *fields;       /* ended by a NULL name */
  const MadangState *states;       /* the first is the initial one; ended by a NULL name */
  const MadangEvent *events;       /* ended by a NULL name */
  const MadangRight *rights;       /* ended by roles 0 */
  const MadangSeries *series;      /* ended by a NULL field; nullable */
  const MadangDeadline *deadlines; /* ended by a NULL field; nullable */
  const MadangTask *tasks;         /* ended by a NULL label; nullable */
  const MadangTimer *timers;       /* ended by a NULL event; nullable */

  /* The home scope of a new record, from its fields; NULL result: the fields do not say. */
  char *(*home_scope) (const MadangRecord *record);
  /* The agency that the record belongs to (REACH_OWN), borrowed, or NULL. */
  const char *(*agency_of) (const MadangRecord *record);
  /* The account that the record is about (REACH_SELF), borrowed, or NULL. */
  const char *(*account_of) (const MadangRecord *record);
  /* Adds (g_strdup) the scopes in whose feed this part appears in the record's state. */
  void (*audience) (const MadangRecord *record, MadangPart part, GPtrArray *scopes);
  /* A rule on creation and change that no single field can say (nullable). */
  MadangVerdict *(*check) (const MadangEventContext *context);

  const char *title_field; /* what a row shows first */
  const char *sort_field;  /* default order; NULL: newest first */
};

/* All that these functions give back is declared for the life of the program unless they say
 * otherwise; what is not declared is NULL. Any thread. */

const MadangKind *madang_kind_find (const char *name);
/* NULL-terminated array of every declared kind, in order of declaration. */
const MadangKind *const *madang_kind_list (void);
/* Adds a kind that is not part of the product, for tests of the machinery. Before other threads. */
void madang_kind_register (const MadangKind *kind);

const MadangField *madang_kind_find_field (const MadangKind *kind, const char *name);
/* Takes "field", "field/row" or "field/row/member"; the result is the innermost field, which for
 * a row is the list field itself. */
const MadangField *
madang_kind_find_path (const MadangKind *kind, const char *path, const MadangField **top);
guint madang_kind_count_fields (const MadangKind *kind);
const MadangState *madang_kind_find_state (const MadangKind *kind, const char *name);
const MadangEvent *madang_kind_find_event (const MadangKind *kind, const char *name);
const char *madang_kind_get_initial_state (const MadangKind *kind);
/* The member of that name of the rows of a list field. */
const MadangField *madang_field_find_member (const MadangField *field, const char *name);
MadangPart madang_field_get_part (const MadangField *field);
const GVariantType *madang_field_get_variant_type (const MadangField *field);
/* Translated texts, borrowed. */
const char *madang_kind_get_label (const MadangKind *kind);
const char *madang_field_get_label (const MadangField *field);
const char *madang_field_get_help (const MadangField *field);
const char *madang_field_get_choice_label (const MadangField *field, const char *choice);
const char *madang_kind_get_state_label (const MadangKind *kind, const char *state);
const char *madang_event_get_label (const MadangEvent *event);
const char *madang_event_get_past (const MadangEvent *event);
const char *madang_deadline_get_label (const MadangDeadline *deadline);
const char *madang_task_get_label (const MadangTask *task);
/* Whether a value (NULL: unset) is within type and limits; a new verdict. Neither this nor the
 * next function takes a reference of the value, so it must not be a floating one. */
MadangVerdict *madang_field_check (const MadangField *field, GVariant *value);
/* The same for what stands at a path; a path that the kind does not have takes nothing. */
MadangVerdict *madang_kind_check_value (const MadangKind *kind, const char *path, GVariant *value);
/* What is shown of a value: "", "2020. 3. 13.(금)", "신청" … Newly allocated. */
char *madang_field_format (const MadangField *field, GVariant *value);

G_END_DECLS
