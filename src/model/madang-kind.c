/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-kind.h"

#include "madang-accounts.h"
#include "madang-agencies.h"
#include "madang-applications.h"
#include "madang-calls.h"
#include "madang-kind-private.h"
#include "madang-notices.h"
#include "madang-path.h"
#include "madang-programme.h"
#include "madang-proposal-systems.h"
#include "madang-record.h"
#include "madang-supplements.h"
#include "madang-system.h"

#include <glib/gi18n-lib.h>

static const MadangKind *const product_kinds[] = {
  &madang_programme_kind,       &madang_milestone_kind,
  &madang_agency_kind,          &madang_person_kind,
  &madang_account_kind,         &madang_role_grant_kind,
  &madang_application_kind,     &madang_conflict_kind,
  &madang_proposal_system_kind, &madang_system_observation_kind,
  &madang_call_extension_kind,  &madang_supplement_request_kind,
  &madang_notice_kind,
};

/* A NULL-terminated array of const MadangKind *. */
static GPtrArray *
get_registry (void)
{
  static GPtrArray *registry; /* (owned), for the life of the program */

  if (g_once_init_enter (&registry))
    {
      GPtrArray *kinds = g_ptr_array_new ();

      for (gsize i = 0; i < G_N_ELEMENTS (product_kinds); i++)
        g_ptr_array_add (kinds, (gpointer)product_kinds[i]);
      g_ptr_array_add (kinds, NULL);
      g_once_init_leave (&registry, kinds);
    }
  return registry;
}

const char *
madang_label_translate (const char *msgid)
{
  return msgid != NULL && *msgid != '\0' ? g_dgettext (GETTEXT_PACKAGE, msgid) : "";
}

const MadangKind *
madang_kind_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (const MadangKind *const *kind = madang_kind_list (); *kind != NULL; kind++)
    if (g_str_equal ((*kind)->name, name))
      return *kind;

  return NULL;
}

const MadangKind *const *
madang_kind_list (void)
{
  return (const MadangKind *const *)get_registry ()->pdata;
}

void
madang_kind_register (const MadangKind *kind)
{
  GPtrArray *registry = get_registry ();

  g_return_if_fail (kind != NULL && kind->states != NULL && kind->fields != NULL);
  g_return_if_fail (madang_kind_find (kind->name) == NULL);

  g_ptr_array_insert (registry, registry->len - 1, (gpointer)kind);
}

const MadangField *
madang_kind_find_field (const MadangKind *kind, const char *name)
{
  g_return_val_if_fail (kind != NULL && name != NULL, NULL);

  for (const MadangField *field = kind->fields; field->name != NULL; field++)
    if (g_str_equal (field->name, name))
      return field;

  return NULL;
}

const MadangField *
madang_kind_find_path (const MadangKind *kind, const char *path, const MadangField **top)
{
  MadangPath parsed;

  g_return_val_if_fail (kind != NULL && path != NULL, NULL);

  if (!madang_path_parse (kind, path, &parsed))
    return NULL;
  if (top != NULL)
    *top = parsed.field;
  return madang_path_get_innermost (&parsed);
}

/* A row as the list that has only it. (transfer full) (nullable): it is no row */
static GVariant *
list_row (GVariant *row)
{
  GVariantBuilder rows;

  if (!g_variant_is_of_type (row, G_VARIANT_TYPE_VARDICT))
    return NULL;
  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a{sa{sv}}"));
  g_variant_builder_add (&rows, "{s@a{sv}}", "", row);
  return g_variant_ref_sink (g_variant_builder_end (&rows));
}

MadangVerdict *
madang_kind_check_value (const MadangKind *kind, const char *path, GVariant *value)
{
  g_autoptr (GVariant) rows = NULL;
  MadangPath parsed;

  g_return_val_if_fail (kind != NULL && path != NULL, NULL);

  if (!madang_path_parse (kind, path, &parsed))
    return madang_verdict_new_no ("field.unknown", path, NULL);
  if (value == NULL || !madang_path_is_row (&parsed))
    return madang_field_check (madang_path_get_innermost (&parsed), value);
  rows = list_row (value);
  return rows != NULL ? madang_field_check (parsed.field, rows)
                      : madang_verdict_new_no ("field.type", parsed.field->name, NULL);
}

guint
madang_kind_count_fields (const MadangKind *kind)
{
  guint n_fields = 0;

  g_return_val_if_fail (kind != NULL, 0);

  while (kind->fields[n_fields].name != NULL)
    n_fields++;
  return n_fields;
}

const MadangState *
madang_kind_find_state (const MadangKind *kind, const char *name)
{
  g_return_val_if_fail (kind != NULL && name != NULL, NULL);

  for (const MadangState *state = kind->states; state->name != NULL; state++)
    if (g_str_equal (state->name, name))
      return state;

  return NULL;
}

const MadangEvent *
madang_kind_find_event (const MadangKind *kind, const char *name)
{
  g_return_val_if_fail (kind != NULL && name != NULL, NULL);

  for (const MadangEvent *event = kind->events; event != NULL && event->name != NULL; event++)
    if (g_str_equal (event->name, name))
      return event;

  return NULL;
}

const char *
madang_kind_get_initial_state (const MadangKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return kind->states[0].name;
}

const char *
madang_kind_get_label (const MadangKind *kind)
{
  g_return_val_if_fail (kind != NULL, "");

  return madang_label_translate (kind->label);
}

const char *
madang_kind_get_state_label (const MadangKind *kind, const char *name)
{
  const MadangState *state = madang_kind_find_state (kind, name);

  /* A state that only a newer program knows is shown by its name. */
  return state != NULL ? madang_label_translate (state->label) : name;
}

const char *
madang_event_get_label (const MadangEvent *event)
{
  g_return_val_if_fail (event != NULL, "");

  return madang_label_translate (event->label);
}

const char *
madang_event_get_past (const MadangEvent *event)
{
  g_return_val_if_fail (event != NULL, "");

  return madang_label_translate (event->past);
}

const char *
madang_deadline_get_label (const MadangDeadline *deadline)
{
  g_return_val_if_fail (deadline != NULL, "");

  return madang_label_translate (deadline->label);
}

const char *
madang_task_get_label (const MadangTask *task)
{
  g_return_val_if_fail (task != NULL, "");

  return madang_label_translate (task->label);
}
