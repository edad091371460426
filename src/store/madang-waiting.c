/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-waiting.h"

void
madang_waiting_free (MadangWaiting *self)
{
  if (self == NULL)
    return;

  g_free (self->mid);
  g_free (self->kind);
  g_free (self->id);
  g_free (self->operation);
  g_free (self->event);
  g_free (self->code);
  g_strfreev (self->arguments);
  g_clear_pointer (&self->written, g_ptr_array_unref);
  g_clear_pointer (&self->said, g_variant_unref);
  g_free (self);
}
