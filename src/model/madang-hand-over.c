/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-hand-over.h"

#include "madang-accounts.h"
#include "madang-day.h"
#include "madang-kind-private.h"
#include "madang-notices.h"
#include "madang-open-work.h"
#include "madang-rights.h"
#include "madang-scope.h"

#include <string.h>

/* (nullable) borrowed from the arguments */
static const char *
get_successor (const MadangEventContext *context)
{
  const char *successor = NULL;

  if (context->arguments != NULL)
    g_variant_lookup (context->arguments, "successor", "&s", &successor);
  return successor;
}

/* --- whether it may be ----------------------------------------------------------------------- */

static MadangVerdict *
check_period (const MadangEventContext *context)
{
  g_autofree char *today = madang_day_from_instant (context->now);
  const char *from = madang_record_get_text (context->record, "valid_from");
  const char *to = madang_record_get_text (context->record, "valid_to");

  if (strcmp (today, from) < 0 || strcmp (today, to) > 0)
    return madang_verdict_new_no ("hand-over.period", from, to, NULL);
  return madang_verdict_new_yes ();
}

static MadangVerdict *
check_account (const MadangEventContext *context, const char *successor)
{
  g_autoptr (MadangRecord) account = NULL;

  if (g_str_equal (successor, madang_record_get_text (context->record, "account")))
    return madang_verdict_new_no ("hand-over.same", NULL);
  account = madang_lookup_get (context->lookup, madang_account_kind.name, successor);
  if (account == NULL || g_str_equal (madang_record_get_state (account), "closed"))
    return madang_verdict_new_no ("hand-over.successor", NULL);
  if (g_str_equal (madang_record_get_state (account), "locked"))
    return madang_verdict_new_no ("hand-over.locked", NULL);
  return madang_verdict_new_yes ();
}

typedef struct
{
  MadangRecord *grant;
  const char *today;
  gboolean held;
} Holding;

/* One that has not begun yet is held too: two would overlap. */
static gboolean
compare_grant (MadangRecord *other, gpointer user_data)
{
  Holding *holding = user_data;

  holding->held = g_str_equal (madang_record_get_state (other), "active")
                  && g_str_equal (madang_record_get_text (other, "role"),
                                  madang_record_get_text (holding->grant, "role"))
                  && g_str_equal (madang_record_get_text (other, "scope"),
                                  madang_record_get_text (holding->grant, "scope"))
                  && strcmp (madang_record_get_text (other, "valid_to"), holding->today) >= 0;
  return !holding->held;
}

static MadangVerdict *
check_not_held (const MadangEventContext *context, const char *successor)
{
  g_autofree char *today = madang_day_from_instant (context->now);
  Holding holding = { .grant = context->record, .today = today };

  if (!madang_lookup_each (context->lookup, madang_role_grant_kind.name, "account",
                           g_variant_new_string (successor), MADANG_SCOPE_SERVER, compare_grant,
                           &holding))
    return madang_verdict_new_unknown ("hand-over.held");
  return holding.held
             ? madang_verdict_new_no ("hand-over.held",
                                      madang_record_get_text (context->record, "role"), NULL)
             : madang_verdict_new_yes ();
}

MadangVerdict *
madang_hand_over_check (const MadangEventContext *context)
{
  const char *successor = get_successor (context);
  g_autoptr (MadangVerdict) verdict = check_period (context);

  /* Who only asks whether a button is on has not chosen anybody yet. */
  if (!madang_verdict_is_yes (verdict) || madang_event_context_only_asks (context))
    return g_steal_pointer (&verdict);
  if (successor == NULL)
    return madang_verdict_new_no ("event.argument", "successor", NULL);
  g_clear_pointer (&verdict, madang_verdict_free);
  verdict = check_account (context, successor);
  return madang_verdict_is_yes (verdict) ? check_not_held (context, successor)
                                         : g_steal_pointer (&verdict);
}

/* --- what follows ---------------------------------------------------------------------------- */

/* Somebody with this one role, as the predecessor had it. */
static MadangActor *
new_holder (MadangRecord *grant)
{
  MadangActor *holder = madang_actor_new (madang_record_get_text (grant, "account"));
  MadangRole role = madang_role_from_name (madang_record_get_text (grant, "role"));

  if (role != 0)
    madang_actor_add_grant (holder, role, madang_record_get_text (grant, "scope"),
                            madang_record_peek_text (grant, "agency"));
  return holder;
}

static void
set_text (MadangRecord *record, const char *path, const char *text)
{
  if (text != NULL)
    madang_record_set (record, path, g_variant_new_string (text), NULL);
}

static MadangRecord *
create_grant (const MadangEventContext *context, MadangEffects *effects, const char *today)
{
  static const char *const kept[] = { "role", "scope", "scope_name", "agency", "valid_to" };
  MadangRecord *grant = madang_effects_create (effects, context, &madang_role_grant_kind);

  set_text (grant, "account", get_successor (context));
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    set_text (grant, kept[i], madang_record_peek_text (context->record, kept[i]));
  set_text (grant, "valid_from", today);
  return grant;
}

static void
add_row (MadangRecord *notice, guint number, const MadangOpenWork *work)
{
  g_autofree char *row = g_strdup_printf ("%03u", number);
  g_autofree char *path = g_strconcat ("items/", row, NULL);
  const struct
  {
    const char *member;
    const char *text;
  } members[] = {
    { "record_kind", work->kind->name },
    { "record", work->record },
    { "state", work->state },
    { "day", work->day },
    { "pos", row },
  };

  madang_record_set (notice, path, g_variant_new ("a{sv}", NULL), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *inner = g_strconcat (path, "/", members[i].member, NULL);

      set_text (notice, inner, members[i].text);
    }
}

static void
tell_open_work (MadangRecord *notice, const MadangEventContext *context, const MadangActor *holder)
{
  g_autoptr (GPtrArray) open
      = madang_open_work_list (context->lookup, holder,
                               madang_record_get_text (context->record, "scope"), MADANG_ROWS_MAX);

  for (guint i = 0; open != NULL && i < open->len; i++)
    add_row (notice, i, open->pdata[i]);
}

typedef struct
{
  const MadangEventContext *context;
  MadangEffects *effects;
  const MadangActor *holder;
} Passing;

/* An account may hold several roles: only what this one lets it read goes with it. */
static gboolean
pass_on (MadangRecord *notice, gpointer user_data)
{
  Passing *passing = user_data;
  const char *kind = madang_record_get_text (notice, "record_kind");
  g_autoptr (MadangRecord) about = NULL;
  GVariantDict arguments;

  if (g_str_equal (madang_record_get_state (notice), "sent") && madang_kind_find (kind) != NULL)
    about = madang_lookup_get (passing->context->lookup, kind,
                               madang_record_get_text (notice, "record"));
  if (about == NULL || madang_record_get_kind (about)->system
      || !madang_rights_may_read (passing->holder, about, MADANG_PART_MAIN))
    return TRUE;
  g_variant_dict_init (&arguments, NULL);
  g_variant_dict_insert (&arguments, "successor", "s", get_successor (passing->context));
  madang_effects_fire (passing->effects, notice, "pass_on", g_variant_dict_end (&arguments));
  return passing->effects->events->len < MADANG_ROWS_MAX;
}

void
madang_hand_over_apply (const MadangEventContext *context, MadangEffects *effects)
{
  g_autofree char *today = madang_day_from_instant (context->now);
  g_autoptr (MadangActor) holder = new_holder (context->record);
  Passing passing = { context, effects, holder };
  MadangRecord *grant;
  MadangRecord *notice;

  if (get_successor (context) == NULL)
    return;
  grant = create_grant (context, effects, today);
  notice = madang_notice_tell_account (context, effects, "handed_over", get_successor (context));
  /* It is opened as what it is: a list. */
  set_text (notice, "record_kind", madang_notice_kind.name);
  set_text (notice, "record", madang_record_get_id (notice));
  set_text (notice, "text", madang_record_peek_text (grant, "scope_name"));
  set_text (notice, "day", today);
  tell_open_work (notice, context, holder);
  madang_lookup_each (context->lookup, madang_notice_kind.name, "account",
                      g_variant_new_string (madang_record_get_text (context->record, "account")),
                      madang_record_get_text (context->record, "scope"), pass_on, &passing);
}
