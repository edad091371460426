/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-history-line.h"

MadangHistoryLine *
madang_history_line_new (void)
{
  return g_new0 (MadangHistoryLine, 1);
}

void
madang_history_line_free (MadangHistoryLine *self)
{
  if (self == NULL)
    return;
  g_free (self->who);
  g_free (self->event);
  g_free (self->path);
  g_clear_pointer (&self->before, g_variant_unref);
  g_clear_pointer (&self->after, g_variant_unref);
  g_free (self);
}

MadangHistory *
madang_history_new (void)
{
  MadangHistory *self = g_new0 (MadangHistory, 1);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)madang_history_line_free);
  return self;
}

void
madang_history_free (MadangHistory *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_free (self);
}
