/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-verdict.h"

#include "madang-day.h"
#include "madang-kind.h"
#include "madang-rule-texts.h"
#include "madang-text.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

struct _MadangVerdict
{
  MadangVerdictAnswer answer;
  char *code;      /* (owned) (nullable) */
  GStrv arguments; /* (owned): empty rather than NULL */
};

static MadangVerdict *
create (MadangVerdictAnswer answer, const char *code, GStrv arguments)
{
  MadangVerdict *self = g_new0 (MadangVerdict, 1);

  self->answer = answer;
  self->code = g_strdup (code);
  self->arguments = arguments != NULL ? arguments : g_new0 (char *, 1);
  return self;
}

MadangVerdict *
madang_verdict_new_yes (void)
{
  return create (MADANG_VERDICT_YES, NULL, NULL);
}

MadangVerdict *
madang_verdict_new_no (const char *code, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *argument;
  va_list arguments;

  g_return_val_if_fail (code != NULL, NULL);

  va_start (arguments, code);
  while ((argument = va_arg (arguments, const char *)) != NULL)
    g_strv_builder_add (builder, argument);
  va_end (arguments);

  return create (MADANG_VERDICT_NO, code, g_strv_builder_end (builder));
}

MadangVerdict *
madang_verdict_new_no_strv (const char *code, const char *const *arguments)
{
  g_return_val_if_fail (code != NULL, NULL);

  return create (MADANG_VERDICT_NO, code, g_strdupv ((GStrv)arguments));
}

MadangVerdict *
madang_verdict_new_unknown (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  return create (MADANG_VERDICT_UNKNOWN, code, NULL);
}

void
madang_verdict_free (MadangVerdict *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->arguments, g_strfreev);
  g_free (self);
}

MadangVerdictAnswer
madang_verdict_get_answer (const MadangVerdict *self)
{
  g_return_val_if_fail (self != NULL, MADANG_VERDICT_UNKNOWN);

  return self->answer;
}

gboolean
madang_verdict_is_yes (const MadangVerdict *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->answer == MADANG_VERDICT_YES;
}

gboolean
madang_verdict_is_no (const MadangVerdict *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->answer == MADANG_VERDICT_NO;
}

const char *
madang_verdict_get_code (const MadangVerdict *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->code;
}

const char *const *
madang_verdict_get_arguments (const MadangVerdict *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->arguments;
}

/* --- sentences ----------------------------------------------------------------------------- */

/* A field of the kind, or a member of one of its lists. */
static const MadangField *
find_named (const MadangKind *kind, const char *name)
{
  const MadangField *named = madang_kind_find_path (kind, name, NULL);

  for (const MadangField *field = kind->fields; named == NULL && field->name != NULL; field++)
    for (const MadangField *member = field->members; member != NULL && member->name != NULL;
         member++)
      if (g_str_equal (member->name, name))
        named = member;

  return named;
}

static const char *
get_field_label (const MadangKind *kind, const char *name)
{
  const MadangField *field = kind != NULL ? find_named (kind, name) : NULL;

  return field != NULL ? madang_field_get_label (field) : name;
}

static const char *
get_pattern_help (const MadangKind *kind, const char *name)
{
  const MadangField *field = kind != NULL ? find_named (kind, name) : NULL;

  return field != NULL && field->pattern_help != NULL
             ? g_dgettext (GETTEXT_PACKAGE, field->pattern_help)
             : "";
}

static const char *
get_event_label (const MadangKind *kind, const char *name)
{
  const MadangEvent *event = kind != NULL ? madang_kind_find_event (kind, name) : NULL;

  return event != NULL ? madang_event_get_label (event) : name;
}

static const char *
get_kind_label (const char *name)
{
  const MadangKind *kind = madang_kind_find (name);

  return kind != NULL ? madang_kind_get_label (kind) : name;
}

static char *
format_number (const char *argument)
{
  const MadangField plain = { .name = "number", .type = MADANG_FIELD_INTEGER };
  g_autoptr (GVariant) value = NULL;
  gint64 number;

  if (!g_ascii_string_to_signed (argument, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return g_strdup (argument);

  value = g_variant_ref_sink (g_variant_new_int64 (number));
  return madang_field_format (&plain, value);
}

/* The arguments come over the wire, so none of them is taken to be what it should be. */
static char *
format_argument (char shape, const char *argument, const MadangKind *kind)
{
  MadangRole role;

  switch (shape)
    {
    case MADANG_SHAPE_FIELD:
      return g_strdup (get_field_label (kind, argument));
    case MADANG_SHAPE_PATTERN:
      return g_strdup (get_pattern_help (kind, argument));
    case MADANG_SHAPE_DAY:
      return madang_day_is_valid (argument) ? madang_day_format (argument) : g_strdup (argument);
    case MADANG_SHAPE_DEADLINE:
      return madang_day_is_valid (argument) ? madang_deadline_format (argument)
                                            : g_strdup (argument);
    case MADANG_SHAPE_INSTANT:
      return madang_instant_format (g_ascii_strtoll (argument, NULL, 10));
    case MADANG_SHAPE_STATE:
      return g_strdup (kind != NULL ? madang_kind_get_state_label (kind, argument) : argument);
    case MADANG_SHAPE_EVENT:
      return g_strdup (get_event_label (kind, argument));
    case MADANG_SHAPE_KIND:
      return g_strdup (get_kind_label (argument));
    case MADANG_SHAPE_ROLE:
      role = madang_role_from_name (argument);
      return g_strdup (role != 0 ? madang_role_get_label (role) : argument);
    case MADANG_SHAPE_NUMBER:
      return format_number (argument);
    default:
      return g_strdup (argument);
    }
}

static char *
format_field_list (const char *const *names, const MadangKind *kind)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (labels, (gpointer)get_field_label (kind, names[i]));
  g_ptr_array_add (labels, NULL);
  return g_strjoinv (", ", (char **)labels->pdata);
}

/* Every shape gets a text, the empty one when the argument is missing. */
static GStrv
format_arguments (const char *shapes, const char *const *arguments, const MadangKind *kind)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_arguments = g_strv_length ((GStrv)arguments);

  for (guint i = 0; shapes[i] != '\0'; i++)
    {
      const char *const *rest = arguments + MIN (i, n_arguments);
      g_autofree char *text = NULL;

      if (shapes[i] == MADANG_SHAPE_FIELDS)
        text = format_field_list (rest, kind);
      else if (shapes[i] == MADANG_SHAPE_PATTERN)
        text = n_arguments > 0 ? format_argument (shapes[i], arguments[0], kind) : g_strdup ("");
      else
        text = *rest != NULL ? format_argument (shapes[i], *rest, kind) : g_strdup ("");
      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

/* Puts texts in the places %1$s … %9$s. Not printf: a mistake in a translation must not crash. */
static char *
fill_places (const char *sentence, const char *const *texts)
{
  guint n_texts = g_strv_length ((GStrv)texts);
  GString *filled = g_string_new (NULL);

  for (const char *at = sentence; *at != '\0'; at++)
    {
      if (at[0] == '%' && g_ascii_isdigit (at[1]) && at[2] == '$' && at[3] == 's')
        {
          guint place = at[1] - '1';

          g_string_append (filled, place < n_texts ? texts[place] : "");
          at += 3;
        }
      else
        {
          g_string_append_c (filled, *at);
        }
    }
  return g_string_free (filled, FALSE);
}

char *
madang_verdict_dup_text (const MadangVerdict *self, const char *kind_name)
{
  const MadangRuleText *rule;
  const MadangKind *kind;
  g_auto (GStrv) texts = NULL;
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->answer == MADANG_VERDICT_YES)
    return g_strdup ("");
  if (self->answer == MADANG_VERDICT_UNKNOWN)
    return g_strdup (_ ("This device does not hold all that decides this. "
                        "The server will check it."));

  rule = madang_rule_text_find (self->code);
  if (rule == NULL)
    return g_strdup (_ ("A newer rule of the server refused this. Update the program."));

  kind = kind_name != NULL ? madang_kind_find (kind_name) : NULL;
  texts = format_arguments (rule->shapes, (const char *const *)self->arguments, kind);
  sentence = fill_places (g_dgettext (GETTEXT_PACKAGE, rule->sentence), (const char *const *)texts);
  return madang_text_settle_particles (sentence);
}
