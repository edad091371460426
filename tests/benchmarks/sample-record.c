/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-record.h"

#include "madang-id.h"
#include "sample-application.h"

/* 2020-03-09 in Seoul. */
#define FIRST_DAY G_GINT64_CONSTANT (1583679600000)

static void
set_value (MadangRecord *record, const char *field, GVariant *value)
{
  g_autoptr (GError) error = NULL;

  if (!madang_record_set (record, field, value, &error))
    g_error ("%s: %s", field, error->message);
}

MadangRecord *
sample_record_new (
    guint number, SampleLength length, const char *state, const char *agency, const char *programme)
{
  g_autoptr (MadangRecord) typical = sample_application_new_typical ();
  const MadangKind *kind = madang_record_get_kind (typical);
  g_autofree char *id = madang_id_new ();
  g_autofree char *department = g_strdup_printf ("견본 부서 %u", number);
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);
  MadangRecord *record = madang_record_new (kind, id);

  for (const MadangField *field = kind->fields; field->name != NULL; field++)
    if (madang_record_is_set (typical, field->name)
        && (length == SAMPLE_TYPICAL || field->type != MADANG_FIELD_TEXT))
      set_value (record, field->name, madang_record_get (typical, field->name));
  madang_record_set_state (record, state);
  madang_record_set_scope (record, scope);
  sample_application_set (record, "agency", agency);
  sample_application_set (record, "programme", programme);
  sample_application_set (record, "dept_name", department);
  if (g_str_equal (state, "draft"))
    return record;
  set_value (record, "submitted_at", g_variant_new_int64 (FIRST_DAY + number));
  if (g_str_equal (state, "received"))
    {
      g_autofree char *receipt = g_strdup_printf ("접수-2020-%06u", number);

      sample_application_set (record, "receipt_number", receipt);
    }
  return record;
}
