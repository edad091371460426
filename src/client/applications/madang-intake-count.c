/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-intake-count.h"

#include "madang-calls.h"
#include "madang-intake-filters.h"

typedef struct
{
  MadangRecord *programme; /* (owned) (nullable) */
  gboolean alone;
} Question;

static void
free_question (Question *question)
{
  g_clear_object (&question->programme);
  g_free (question);
}

void
madang_intake_count_free (MadangIntakeCount *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->numbers, g_array_unref);
  g_clear_pointer (&self->agencies, g_ptr_array_unref);
  g_free (self);
}

static gpointer
count (MadangRecordStore *records, gpointer argument, GError **error)
{
  const Question *question = argument;
  MadangIntakeCount *self = g_new0 (MadangIntakeCount, 1);

  self->numbers
      = madang_intake_filters_count (records, question->alone || question->programme == NULL
                                                  ? NULL
                                                  : madang_record_get_id (question->programme));
  if (question->programme != NULL)
    self->agencies = madang_call_find_unanswered (MADANG_LOOKUP (records), question->programme);
  return self;
}

void
madang_intake_count_async (MadangSync *sync,
                           MadangRecord *programme,
                           gboolean alone,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Question *question;
  MadangReading reading = {
    .read = count,
    .argument_free = (GDestroyNotify)free_question,
    .result_free = (GDestroyNotify)madang_intake_count_free,
  };

  g_return_if_fail (MADANG_IS_SYNC (sync));

  question = g_new0 (Question, 1);
  g_set_object (&question->programme, programme);
  question->alone = alone;
  reading.argument = question;
  madang_sync_read_async (sync, &reading, callback, user_data);
}

MadangIntakeCount *
madang_intake_count_finish (MadangSync *sync, GAsyncResult *result, GError **error)
{
  return madang_sync_read_finish (sync, result, error);
}
