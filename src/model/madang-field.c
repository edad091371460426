/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-kind.h"

#include "madang-day.h"
#include "madang-id.h"
#include "madang-kind-private.h"
#include "madang-path.h"
#include "madang-text.h"
#include "madang-value.h"

#include <string.h>

#define DIGEST_LENGTH 64 /* SHA-256 in hexadecimal */

MadangPart
madang_field_get_part (const MadangField *field)
{
  g_return_val_if_fail (field != NULL, MADANG_PART_MAIN);

  return field->personal ? MADANG_PART_PERSONAL : MADANG_PART_MAIN;
}

const GVariantType *
madang_field_get_variant_type (const MadangField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  switch (field->type)
    {
    case MADANG_FIELD_TIME:
    case MADANG_FIELD_WON:
    case MADANG_FIELD_INTEGER:
    case MADANG_FIELD_DECIMAL:
      return G_VARIANT_TYPE_INT64;
    case MADANG_FIELD_YES_NO:
      return G_VARIANT_TYPE_BOOLEAN;
    case MADANG_FIELD_SET_OF:
      return G_VARIANT_TYPE_STRING_ARRAY;
    case MADANG_FIELD_ROWS:
      return G_VARIANT_TYPE ("a{sa{sv}}");
    case MADANG_FIELD_LINE:
    case MADANG_FIELD_TEXT:
    case MADANG_FIELD_DAY:
    case MADANG_FIELD_MONTH:
    case MADANG_FIELD_ONE_OF:
    case MADANG_FIELD_REFERENCE:
    case MADANG_FIELD_ATTACHMENT:
    default:
      return G_VARIANT_TYPE_STRING;
    }
}

const MadangField *
madang_field_find_member (const MadangField *field, const char *name)
{
  g_return_val_if_fail (field != NULL && name != NULL, NULL);

  for (const MadangField *member = field->members; member != NULL && member->name != NULL; member++)
    if (g_str_equal (member->name, name))
      return member;

  return NULL;
}

/* --- labels -------------------------------------------------------------------------------- */

const char *
madang_field_get_label (const MadangField *field)
{
  g_return_val_if_fail (field != NULL, "");

  return madang_label_translate (field->label);
}

const char *
madang_field_get_help (const MadangField *field)
{
  g_return_val_if_fail (field != NULL, "");

  return madang_label_translate (field->help);
}

static const MadangChoice *
find_choice (const MadangField *field, const char *name)
{
  for (const MadangChoice *choice = field->choices; choice != NULL && choice->name != NULL;
       choice++)
    if (g_str_equal (choice->name, name))
      return choice;

  return NULL;
}

const char *
madang_field_get_choice_label (const MadangField *field, const char *name)
{
  const MadangChoice *choice;

  g_return_val_if_fail (field != NULL && name != NULL, "");

  choice = find_choice (field, name);
  /* A choice that only a newer program knows is shown by its name. */
  return choice != NULL ? madang_label_translate (choice->label) : name;
}

/* --- limits -------------------------------------------------------------------------------- */

static MadangVerdict *
refuse_number (const char *code, const MadangField *field, gint64 limit, gint64 number)
{
  g_autofree char *limit_text = g_strdup_printf ("%" G_GINT64_FORMAT, limit);
  g_autofree char *number_text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return madang_verdict_new_no (code, field->name, limit_text, number_text, NULL);
}

static gboolean
has_control (const char *text, MadangTextShape shape)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_iscntrl (character) && !(character == '\n' && shape == MADANG_TEXT_BLOCK))
        return TRUE;
    }
  return FALSE;
}

/* Compiled patterns live as long as the declarations that they come from. */
static gboolean
match_pattern (const char *pattern, const char *text)
{
  static GMutex mutex;
  static GHashTable *compiled; /* pattern -> GRegex (owned) */
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  GRegex *regex;

  if (compiled == NULL)
    compiled = g_hash_table_new (g_str_hash, g_str_equal);
  regex = g_hash_table_lookup (compiled, pattern);
  if (regex == NULL)
    {
      regex = g_regex_new (pattern, G_REGEX_DOLLAR_ENDONLY | G_REGEX_OPTIMIZE, 0, NULL);
      g_assert (regex != NULL);
      g_hash_table_insert (compiled, (gpointer)pattern, regex);
    }
  return g_regex_match (regex, text, 0, NULL);
}

static MadangVerdict *
check_text (const MadangField *field, const char *text, MadangTextShape shape)
{
  glong length = madang_text_count (text);

  if (has_control (text, shape))
    return madang_verdict_new_no ("field.control", field->name, NULL);
  if (!madang_text_is_clean (text, shape))
    return madang_verdict_new_no ("field.not-clean", field->name, NULL);
  if (field->max > 0 && length > field->max)
    return refuse_number ("field.too-long", field, field->max, length);
  if (length < field->min)
    return refuse_number ("field.too-short", field, field->min, length);
  if (field->pattern != NULL && !match_pattern (field->pattern, text))
    return madang_verdict_new_no ("field.pattern", field->name, NULL);

  return madang_verdict_new_yes ();
}

static MadangVerdict *
check_number (const MadangField *field, gint64 number)
{
  gboolean limited = field->min != 0 || field->max != 0;

  if (number < field->min && (limited || field->type == MADANG_FIELD_WON))
    return refuse_number ("field.too-small", field, field->min, number);
  if (limited && number > field->max)
    return refuse_number ("field.too-large", field, field->max, number);
  if (field->step != 0 && number % field->step != 0)
    return refuse_number ("field.step", field, field->step, number);

  return madang_verdict_new_yes ();
}

static MadangVerdict *
check_set (const MadangField *field, GVariant *value)
{
  g_autofree const char **names = g_variant_get_strv (value, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (find_choice (field, names[i]) == NULL)
        return madang_verdict_new_no ("field.choice", field->name, NULL);
      if (i > 0 && strcmp (names[i - 1], names[i]) >= 0)
        return madang_verdict_new_no ("field.not-clean", field->name, NULL);
    }
  return madang_verdict_new_yes ();
}

static MadangVerdict *
check_row (const MadangField *field, GVariant *row)
{
  for (const MadangField *member = field->members; member != NULL && member->name != NULL; member++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (row, member->name, NULL);
      g_autoptr (MadangVerdict) verdict = madang_field_check (member, value);

      if (!madang_verdict_is_yes (verdict))
        return g_steal_pointer (&verdict);
    }
  return madang_verdict_new_yes ();
}

static MadangVerdict *
check_rows (const MadangField *field, GVariant *value)
{
  gint64 limit = field->max > 0 ? MIN (field->max, MADANG_ROWS_MAX) : MADANG_ROWS_MAX;
  gint64 n_rows = g_variant_n_children (value);

  if (n_rows > limit)
    return refuse_number ("field.too-many", field, limit, n_rows);

  for (gint64 i = 0; i < n_rows; i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (value, i);
      g_autoptr (GVariant) row = g_variant_get_child_value (entry, 1);
      g_autoptr (MadangVerdict) verdict = check_row (field, row);

      if (!madang_verdict_is_yes (verdict))
        return g_steal_pointer (&verdict);
    }
  return madang_verdict_new_yes ();
}

static gboolean
is_digest (const char *text)
{
  return strlen (text) == DIGEST_LENGTH && strspn (text, "0123456789abcdef") == DIGEST_LENGTH;
}

static MadangVerdict *
answer (gboolean good, const char *code, const MadangField *field)
{
  return good ? madang_verdict_new_yes () : madang_verdict_new_no (code, field->name, NULL);
}

static MadangVerdict *
check_string (const MadangField *field, const char *text)
{
  switch (field->type)
    {
    case MADANG_FIELD_DAY:
      return answer (madang_day_is_valid (text), "field.day", field);
    case MADANG_FIELD_MONTH:
      return answer (madang_month_is_valid (text), "field.month", field);
    case MADANG_FIELD_ONE_OF:
      return answer (find_choice (field, text) != NULL, "field.choice", field);
    case MADANG_FIELD_REFERENCE:
      return answer (madang_id_is_valid (text), "field.reference", field);
    case MADANG_FIELD_ATTACHMENT:
      return answer (is_digest (text), "field.attachment", field);
    case MADANG_FIELD_TEXT:
      return check_text (field, text, MADANG_TEXT_BLOCK);
    default:
      return check_text (field, text, MADANG_TEXT_LINE);
    }
}

MadangVerdict *
madang_field_check (const MadangField *field, GVariant *value)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return madang_verdict_new_yes ();
  if (!madang_value_has_type (field, value))
    return madang_verdict_new_no ("field.type", field->name, NULL);

  switch (field->type)
    {
    case MADANG_FIELD_ROWS:
      return check_rows (field, value);
    case MADANG_FIELD_SET_OF:
      return check_set (field, value);
    case MADANG_FIELD_YES_NO:
      return madang_verdict_new_yes ();
    case MADANG_FIELD_TIME:
    case MADANG_FIELD_WON:
    case MADANG_FIELD_INTEGER:
    case MADANG_FIELD_DECIMAL:
      return check_number (field, g_variant_get_int64 (value));
    default:
      return check_string (field, g_variant_get_string (value, NULL));
    }
}
