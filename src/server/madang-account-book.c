/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-account-book.h"

#include "madang-accounts.h"
#include "madang-agencies.h"
#include "madang-crypto.h"
#include "madang-entry.h"
#include "madang-error.h"
#include "madang-id.h"
#include "madang-password-rules.h"
#include "madang-scope.h"

/* --- Finding ------------------------------------------------------------------------------- */

static MadangRecord *
find_by (MadangStorage *storage,
         const MadangKind *kind,
         const char *field,
         const char *text,
         GError **error)
{
  g_autoptr (MadangQuery) query = madang_query_new (kind->name);
  g_autoptr (GPtrArray) found = NULL;

  madang_query_add_equal (query, field, g_variant_new_string (text));
  madang_query_set_limit (query, 1);
  found = madang_record_store_find (madang_storage_get_records (storage), query, error);
  if (found == NULL)
    return NULL;
  if (found->len > 0)
    return g_object_ref (g_ptr_array_index (found, 0));
  g_set_error (error, MADANG_ERROR, MADANG_ERROR_NOT_FOUND, "no %s “%s”", kind->name, text);
  return NULL;
}

char *
madang_account_book_find_agency (MadangStorage *storage, const char *name, GError **error)
{
  g_autoptr (MadangRecord) agency
      = find_by (storage, &madang_agency_kind, madang_agency_kind.title_field, name, error);

  return agency != NULL ? g_strdup (madang_record_get_id (agency)) : NULL;
}

static gboolean
note_audit (const MadangSave *save,
            const char *action,
            const char *account,
            const char *detail,
            GError **error)
{
  MadangAudit audit = {
    .at = g_get_real_time () / 1000,
    .action = (char *)action,
    .target = (char *)account,
    .detail = (char *)detail,
  };

  return madang_storage_add_audit (save->write->storage, &audit, error);
}

/* --- Passwords ----------------------------------------------------------------------------- */

static gboolean
put_password (const MadangSave *save,
              const char *account,
              const char *login,
              const char *password,
              GError **error)
{
  g_autofree char *hash = NULL;
  MadangCredential credential = { .account = (char *)account, .login = (char *)login };

  if (!madang_password_check (login, password, error))
    return FALSE;
  hash = madang_password_hash (password, error);
  credential.password = hash;
  return hash != NULL && madang_storage_put_credential (save->write->storage, &credential, error);
}

/* --- Public -------------------------------------------------------------------------------- */

static char *
dup_scope (const MadangSave *save, const MadangNewAccount *account, GError **error)
{
  const char *scope = madang_role_get_scope (madang_role_from_name (account->role));
  g_autofree char *agency = NULL;

  if (scope != NULL && !madang_scope_is_beginning (scope))
    return g_strdup (scope);
  if (scope == NULL || madang_scope_get_agency (scope) == NULL)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_INVALID, "the role “%s” is not given here",
                   account->role);
      return NULL;
    }
  if (account->agency == NULL)
    {
      g_set_error_literal (error, MADANG_ERROR, MADANG_ERROR_INVALID, "this role needs an agency");
      return NULL;
    }
  agency = madang_account_book_find_agency (save->write->storage, account->agency, error);
  return agency != NULL ? madang_scope_complete (scope, agency) : NULL;
}

static gboolean
add_grant (const MadangSave *save, const char *id, const MadangNewAccount *account, GError **error)
{
  g_autofree char *grant_id = madang_id_new ();
  g_autoptr (MadangRecord) grant = madang_record_new (&madang_role_grant_kind, grant_id);
  g_autofree char *scope = dup_scope (save, account, error);

  return scope != NULL && madang_entry_set_text (grant, "account", id, error)
         && madang_entry_set_text (grant, "role", account->role, error)
         && madang_entry_set_text (grant, "scope", scope, error)
         && (madang_scope_get_agency (scope) == NULL
             || madang_entry_set_text (grant, "scope_name", account->agency, error))
         && madang_entry_set_text (grant, "valid_from", account->valid_from, error)
         && madang_entry_set_text (grant, "valid_to", account->valid_to, error)
         && madang_entry_create (save, grant, error);
}

gboolean
madang_account_book_add (const MadangSave *save, const MadangNewAccount *account, GError **error)
{
  g_autofree char *id = madang_id_new ();
  g_autoptr (MadangRecord) record = madang_record_new (&madang_account_kind, id);
  g_autoptr (MadangCredential) taken = NULL;
  g_autoptr (GError) local_error = NULL;

  taken = madang_storage_find_credential (save->write->storage, account->login, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (taken != NULL)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_CONFLICT, "“%s” is taken", account->login);
      return FALSE;
    }
  madang_record_set_state (record, "active");
  return madang_entry_set_text (record, "login", account->login, error)
         && madang_entry_set_text (record, "name", account->name, error)
         && madang_entry_create (save, record, error) && add_grant (save, id, account, error)
         && put_password (save, id, account->login, account->password, error)
         && note_audit (save, "account-add", id, account->role, error);
}

gboolean
madang_account_book_set_password (const MadangSave *save,
                                  const char *login,
                                  const char *password,
                                  GError **error)
{
  g_autoptr (MadangRecord) account
      = find_by (save->write->storage, &madang_account_kind, "login", login, error);
  const char *id;

  if (account == NULL)
    return FALSE;
  id = madang_record_get_id (account);
  return put_password (save, id, login, password, error)
         && madang_storage_end_sessions_of (save->write->storage, id, error)
         && note_audit (save, "account-password", id, NULL, error);
}

gboolean
madang_account_book_close (const MadangSave *save, const char *login, GError **error)
{
  g_autoptr (MadangRecord) account
      = find_by (save->write->storage, &madang_account_kind, "login", login, error);
  g_autoptr (MadangRecord) after = NULL;
  MadangSave closing = *save;
  const char *id;

  if (account == NULL)
    return FALSE;
  id = madang_record_get_id (account);
  after = madang_record_dup (account);
  madang_record_set_state (after, "closed");
  closing.event = "close";
  return madang_save_record (&closing, account, after, error)
         && note_audit (save, "account-close", id, NULL, error);
}

/* --- The list ------------------------------------------------------------------------------ */

static void
free_line (MadangAccountLine *line)
{
  g_free (line->login);
  g_free (line->name);
  g_free (line->state);
  g_free (line->roles);
  g_free (line);
}

static gboolean
append_role (MadangStorage *storage, MadangRecord *grant, GString *roles, GError **error)
{
  const char *id = madang_scope_get_agency (madang_record_get_text (grant, "scope"));
  g_autoptr (MadangRecord) agency = NULL;
  g_autoptr (GError) local_error = NULL;

  if (id != NULL)
    agency = madang_record_store_get (madang_storage_get_records (storage), id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (roles->len > 0)
    g_string_append (roles, ", ");
  g_string_append (roles, madang_record_get_text (grant, "role"));
  if (agency != NULL)
    g_string_append_printf (roles, " (%s)",
                            madang_record_get_text (agency,
                                                    madang_record_get_kind (agency)->title_field));
  return TRUE;
}

static char *
list_roles (MadangStorage *storage, const char *account, GError **error)
{
  static const char *const in_force[] = { "active", NULL };
  g_autoptr (MadangQuery) query = madang_query_new (madang_role_grant_kind.name);
  g_autoptr (GPtrArray) grants = NULL;
  g_autoptr (GString) roles = g_string_new (NULL);

  madang_query_add_equal (query, "account", g_variant_new_string (account));
  madang_query_add_states (query, in_force);
  grants = madang_record_store_find (madang_storage_get_records (storage), query, error);
  if (grants == NULL)
    return NULL;
  for (guint i = 0; i < grants->len; i++)
    {
      if (!append_role (storage, g_ptr_array_index (grants, i), roles, error))
        return NULL;
    }
  return g_strdup (roles->str);
}

GPtrArray *
madang_account_book_list (MadangStorage *storage, GError **error)
{
  g_autoptr (MadangQuery) query = madang_query_new (madang_account_kind.name);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)free_line);
  g_autoptr (GPtrArray) accounts = NULL;

  madang_query_set_order (query, "login", 0);
  accounts = madang_record_store_find (madang_storage_get_records (storage), query, error);
  if (accounts == NULL)
    return NULL;
  for (guint i = 0; i < accounts->len; i++)
    {
      MadangRecord *account = g_ptr_array_index (accounts, i);
      MadangAccountLine *line = g_new0 (MadangAccountLine, 1);

      g_ptr_array_add (lines, line);
      line->login = g_strdup (madang_record_get_text (account, "login"));
      line->name = g_strdup (madang_record_get_text (account, "name"));
      line->state = g_strdup (madang_record_get_state (account));
      line->roles = list_roles (storage, madang_record_get_id (account), error);
      if (line->roles == NULL)
        return NULL;
    }
  return g_steal_pointer (&lines);
}
