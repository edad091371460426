/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-field-row-factory.h"

#include "madang-choice-row.h"
#include "madang-day-row.h"
#include "madang-line-row.h"
#include "madang-month-row.h"
#include "madang-reference-row.h"
#include "madang-set-row.h"
#include "madang-text-row.h"
#include "madang-won-row.h"

static GType
find_type (const MadangField *field)
{
  switch (field->type)
    {
    case MADANG_FIELD_LINE:
      return MADANG_TYPE_LINE_ROW;
    case MADANG_FIELD_TEXT:
      return MADANG_TYPE_TEXT_ROW;
    case MADANG_FIELD_DAY:
      return MADANG_TYPE_DAY_ROW;
    case MADANG_FIELD_MONTH:
      return MADANG_TYPE_MONTH_ROW;
    case MADANG_FIELD_WON:
    case MADANG_FIELD_INTEGER:
      return MADANG_TYPE_WON_ROW;
    case MADANG_FIELD_YES_NO:
    case MADANG_FIELD_ONE_OF:
      return MADANG_TYPE_CHOICE_ROW;
    case MADANG_FIELD_SET_OF:
      return MADANG_TYPE_SET_ROW;
    case MADANG_FIELD_REFERENCE:
      return MADANG_TYPE_REFERENCE_ROW;
    case MADANG_FIELD_TIME:
    case MADANG_FIELD_DECIMAL:
    case MADANG_FIELD_ROWS:
    case MADANG_FIELD_ATTACHMENT:
    default:
      return G_TYPE_INVALID;
    }
}

GtkWidget *
madang_field_row_new_for (const MadangField *field)
{
  GType type;

  g_return_val_if_fail (field != NULL, NULL);

  type = find_type (field);
  return type != G_TYPE_INVALID ? g_object_new (type, "field", field->name, NULL) : NULL;
}

void
madang_field_row_ensure_types (void)
{
  g_type_ensure (MADANG_TYPE_CHOICE_ROW);
  g_type_ensure (MADANG_TYPE_DAY_ROW);
  g_type_ensure (MADANG_TYPE_LINE_ROW);
  g_type_ensure (MADANG_TYPE_MONTH_ROW);
  g_type_ensure (MADANG_TYPE_REFERENCE_ROW);
  g_type_ensure (MADANG_TYPE_SET_ROW);
  g_type_ensure (MADANG_TYPE_TEXT_ROW);
  g_type_ensure (MADANG_TYPE_WON_ROW);
}
