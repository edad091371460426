/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-account-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_GRANTS 200

char *
madang_account_words_dup_role (MadangRecord *grant)
{
  g_autofree char *role = madang_record_dup_display (grant, "role");

  if (!madang_record_is_set (grant, "scope_name"))
    return g_steal_pointer (&role);
  /* Translators: a role and where it is held: "Agency officer (금천구)" */
  return g_strdup_printf (_ ("%s (%s)"), role, madang_record_get_text (grant, "scope_name"));
}

char *
madang_account_words_dup_period (MadangRecord *grant)
{
  g_autofree char *from = madang_record_dup_display (grant, "valid_from");
  g_autofree char *to = madang_record_dup_display (grant, "valid_to");

  /* Translators: first and last day of a span of time */
  return g_strdup_printf (_ ("%s – %s"), from, to);
}

gboolean
madang_account_words_is_in_force (MadangRecord *grant, const char *today)
{
  return g_str_equal (madang_record_get_state (grant), "active")
         && strcmp (madang_record_get_text (grant, "valid_from"), today) <= 0
         && strcmp (madang_record_get_text (grant, "valid_to"), today) >= 0;
}

const char *
madang_account_words_get_state (MadangRecord *grant, const char *today)
{
  if (!g_str_equal (madang_record_get_state (grant), "active")
      || madang_account_words_is_in_force (grant, today))
    return madang_kind_get_state_label (madang_record_get_kind (grant),
                                        madang_record_get_state (grant));
  return strcmp (madang_record_get_text (grant, "valid_from"), today) > 0
             ? _ ("Not begun yet")
             /* Translators: of a role, its last day has passed */
             : _ ("Run out");
}

GPtrArray *
madang_account_words_find_grants (MadangRecordStore *records, const char *account)
{
  g_autoptr (MadangQuery) query = madang_query_new ("role_grant");

  madang_query_add_equal (query, "account", g_variant_new_string (account));
  madang_query_set_order (query, NULL, MADANG_QUERY_DESCENDING);
  madang_query_set_limit (query, MOST_GRANTS);
  return madang_record_store_find (records, query, NULL);
}

char *
madang_account_words_dup_roles (MadangRecordStore *records, const char *account, const char *today)
{
  g_autoptr (GPtrArray) grants = madang_account_words_find_grants (records, account);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; grants != NULL && i < grants->len; i++)
    {
      g_autofree char *role = NULL;

      if (!madang_account_words_is_in_force (grants->pdata[i], today))
        continue;
      role = madang_account_words_dup_role (grants->pdata[i]);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", role);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
madang_account_words_dup_name (MadangRecord *account)
{
  const char *login = madang_record_get_text (account, "login");

  if (!madang_record_is_set (account, "name"))
    return g_strdup (login);
  /* Translators: the name of a person and how they sign in */
  return g_strdup_printf (_ ("%s (%s)"), madang_record_get_text (account, "name"), login);
}
