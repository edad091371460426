/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-mutation.h"

G_BEGIN_DECLS

/* Everything that crosses the wire besides records and mutations. README.md in this folder is
 * the description; these are its readers and writers. Readers scan first, check the type of
 * every member they read, and ignore members they do not know. Strings are owned. */

/* --- POST /sync/v1/sessions: sign in ---------------------------------------------------- */
typedef struct
{
  char *login;
  char *password;
  char *device;     /* id of the installation */
  char *public_key; /* of its signing key */
} MadangSignInRequest;

typedef struct
{
  char *token;
  char *account;
  char *login;
  char *name;     /* of the person, for this person's own eyes */
  gint64 expires; /* real clock */
} MadangSignInReply;

/* --- GET /sync/v1/hello ------------------------------------------------------------------ */
typedef struct
{
  char *role;
  char *scope;
  char *agency;      /* (nullable) */
  char *agency_name; /* (nullable) */
} MadangWireGrant;

typedef struct
{
  char *epoch;
  gint64 now; /* programme clock */
  int schema;
  char *account;
  char *login;
  char *name;
  gint64 last_number; /* of this device's mutations */
  gint64 lease;       /* seconds that a cache may be read without contact */
  gboolean demo;      /* invented data: say so on every page */
  GPtrArray *grants;  /* MadangWireGrant */
  GStrv scopes;       /* that may be followed */
} MadangHello;

/* --- POST /sync/v1/pull -------------------------------------------------------------------- */
typedef struct
{
  GHashTable *cursors; /* scope -> cursor; "" : from the beginning */
  guint page;
} MadangPullRequest;

typedef enum
{
  MADANG_PULL_OPEN,   /* epoch, schema */
  MADANG_PULL_RESET,  /* scope, why */
  MADANG_PULL_PUT,    /* scope, kind, id, part, version, seq, state, home, doc */
  MADANG_PULL_DELETE, /* scope, kind, id, part, version, seq */
  MADANG_PULL_LEFT,   /* scope, kind, id, part, seq */
  MADANG_PULL_MARK,   /* scope, cursor */
  MADANG_PULL_DONE,   /* scope, cursor, count, sum */
  MADANG_PULL_REVOKE, /* scope, why = mode: "cut" or "drain" */
  MADANG_PULL_END,    /* more */
} MadangPullLineType;

typedef struct
{
  MadangPullLineType type;
  char *scope;
  char *kind;
  char *id;
  MadangPart part;
  gint64 version;
  gint64 seq;
  char *state;
  char *home;
  char *doc; /* canonical JSON of the part */
  char *cursor;
  gint64 count;
  guint64 sum;
  char *epoch;
  int schema;
  char *why;
  gboolean more;
} MadangPullLine;

/* --- POST /sync/v1/push -------------------------------------------------------------------- */
typedef struct
{
  gint64 number; /* n of the device: 1, 2, 3 … */
  char *signature;
  GBytes *body; /* canonical bytes of the mutation */
} MadangPushItem;

typedef struct
{
  char *device;
  gint64 seen;      /* results up to this number are known to the device */
  GPtrArray *items; /* MadangPushItem */
} MadangPushRequest;

typedef enum
{
  MADANG_OUTCOME_APPLIED,
  MADANG_OUTCOME_MERGED,   /* applied, beside changes of others */
  MADANG_OUTCOME_CONFLICT, /* at least one value was not applied: see the conflict record */
  MADANG_OUTCOME_REJECTED, /* code and arguments say why */
  MADANG_OUTCOME_QUARANTINED,
} MadangOutcome;

typedef struct
{
  gint64 number;
  char *mid;
  MadangOutcome outcome;
  gboolean duplicate; /* the answer to an earlier push of the same mutation */
  char *code;         /* of the rule (nullable) */
  GStrv arguments;    /* (nullable) */
  /* The record after the mutation, as far as the caller may read it. */
  char *kind;
  char *id;
  char *home;
  char *state;
  gboolean deleted;
  gint64 versions[MADANG_N_PARTS];
  char *docs[MADANG_N_PARTS]; /* (nullable) */
} MadangPushResult;

typedef struct
{
  gint64 acknowledged; /* last number of the device that has an outcome */
  GPtrArray *results;  /* MadangPushResult */
} MadangPushReply;

/* --- POST /sync/v1/history ----------------------------------------------------------------- */
typedef struct
{
  char *record;
  gint64 before; /* changes with lower numbers; 0: from the newest on */
  guint page;    /* changes at most */
} MadangHistoryRequest;

/* One line of a record's history, as far as this person may know it. */
typedef struct
{
  gint64 number;
  gint64 moment; /* the same for all that one mutation changed; not below number */
  gint64 at;     /* programme clock */
  char *who;     /* displayed name (nullable): the server, or an account that is gone */
  gboolean own;  /* this person made it */
  char *event;   /* (nullable): an edit */
  char *path;    /* (nullable): the state; "@reason": of the event */
  MadangPart part;
  char *before;    /* JSON (nullable): unset, or hidden */
  char *after;     /* JSON (nullable) */
  gboolean hidden; /* what stood before is not for this person */
} MadangHistoryChange;

typedef struct
{
  char *record;
  GPtrArray *changes; /* MadangHistoryChange, newest first */
  gint64 next;        /* "before" of the next page; 0: nothing older is for this person */
} MadangHistoryReply;

/* --- application/problem+json -------------------------------------------------------------- */
typedef struct
{
  int status;
  char *code;      /* "token", "forbidden", "sequence", "mid-reused", "too-large", "json", … */
  GStrv arguments; /* (nullable) */
  gint64 expect;   /* of "sequence", else 0 */
} MadangProblem;

#define MADANG_WIRE_TYPE(Name, name)                                                               \
  Name *name##_new (void);                                                                         \
  void name##_free (Name *self);                                                                   \
  GBytes *name##_to_bytes (const Name *self);                                                      \
  Name *name##_from_bytes (GBytes *bytes, GError **error);                                         \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Name, name##_free)

MADANG_WIRE_TYPE (MadangSignInRequest, madang_sign_in_request)
MADANG_WIRE_TYPE (MadangSignInReply, madang_sign_in_reply)
MADANG_WIRE_TYPE (MadangHello, madang_hello)
MADANG_WIRE_TYPE (MadangPullRequest, madang_pull_request)
MADANG_WIRE_TYPE (MadangPullLine, madang_pull_line) /* one line, with its ending LF on writing */
MADANG_WIRE_TYPE (MadangPushRequest, madang_push_request) /* NDJSON, see README.md */
MADANG_WIRE_TYPE (MadangPushReply, madang_push_reply)
MADANG_WIRE_TYPE (MadangHistoryRequest, madang_history_request)
MADANG_WIRE_TYPE (MadangHistoryChange, madang_history_change) /* alone, as a cache keeps it */
MADANG_WIRE_TYPE (MadangHistoryReply, madang_history_reply)
MADANG_WIRE_TYPE (MadangProblem, madang_problem)

MadangWireGrant *madang_wire_grant_new (void);
void madang_wire_grant_free (MadangWireGrant *self);
MadangPushItem *madang_push_item_new (gint64 number, const char *signature, GBytes *body);
void madang_push_item_free (MadangPushItem *self);
MadangPushResult *madang_push_result_new (void);
void madang_push_result_free (MadangPushResult *self);
/* One result alone, as the server keeps it for a repeated push. */
GBytes *madang_push_result_to_bytes (const MadangPushResult *self);
MadangPushResult *madang_push_result_from_bytes (GBytes *bytes, GError **error);

const char *madang_outcome_get_name (MadangOutcome outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangWireGrant, madang_wire_grant_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangPushItem, madang_push_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadangPushResult, madang_push_result_free)

G_END_DECLS
