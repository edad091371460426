/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-autosave.h"

#include "madang-error-text.h"

/* Counted from the first unsaved key, so that steady typing is saved every second as well. */
#define SAVE_AFTER 1000
#define RETRY_AFTER 5000

struct _MadangAutosave
{
  GObject parent_instance;

  MadangForm *form; /* (owned) */
  MadangSync *sync; /* (owned) */
  guint timer;
  guint n_writes; /* under way */
  gboolean stale; /* the cache holds something newer than the form */
  gboolean saving;
  char *failure; /* (owned) (nullable) */
};

typedef enum
{
  PROP_SAVING = 1,
  PROP_FAILURE,
} MadangAutosaveProperty;

static GParamSpec *properties[PROP_FAILURE + 1];

G_DEFINE_FINAL_TYPE (MadangAutosave, madang_autosave, G_TYPE_OBJECT)

typedef struct
{
  MadangAutosave *autosave; /* (owned) */
  GPtrArray *edits;         /* (owned) */
  char *record;             /* (owned): id */
} Write;

static void
write_free (Write *write)
{
  g_object_unref (write->autosave);
  g_ptr_array_unref (write->edits);
  g_free (write->record);
  g_free (write);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Write, write_free)

static void
update_saving (MadangAutosave *self)
{
  const gboolean saving = self->n_writes > 0 || self->timer != 0;

  if (saving == self->saving)
    return;
  self->saving = saving;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVING]);
}

static void
set_failure (MadangAutosave *self, const GError *error)
{
  g_autofree char *failure = error != NULL ? madang_error_dup_text (error) : NULL;

  if (g_strcmp0 (failure, self->failure) == 0)
    return;
  g_free (self->failure);
  self->failure = g_steal_pointer (&failure);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILURE]);
}

static gboolean
timer_cb (gpointer user_data)
{
  MadangAutosave *self = user_data;

  self->timer = 0;
  madang_autosave_flush (self);
  return G_SOURCE_REMOVE;
}

static void
start_timer (MadangAutosave *self, guint milliseconds)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (milliseconds, timer_cb, self);
  update_saving (self);
}

static void
form_edited_cb (MadangAutosave *self)
{
  start_timer (self, SAVE_AFTER);
}

static void
field_focused_cb (MadangAutosave *self, const char *field)
{
  if (field == NULL && self->timer != 0)
    madang_autosave_flush (self);
}

static gboolean
shows_record (MadangAutosave *self, const char *id)
{
  MadangRecord *record = madang_form_get_record (self->form);

  return record != NULL && g_str_equal (madang_record_get_id (record), id);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Write) write = user_data;
  MadangAutosave *self = write->autosave;
  g_autoptr (GError) error = NULL;

  self->n_writes--;
  if (self->form == NULL)
    return;
  if (madang_sync_write_finish (MADANG_SYNC (source), result, &error))
    set_failure (self, NULL);
  else if (shows_record (self, write->record))
    {
      madang_form_mark_stored (self->form, write->edits, FALSE);
      set_failure (self, error);
      start_timer (self, RETRY_AFTER);
    }
  update_saving (self);
  if (self->n_writes == 0 && self->stale)
    madang_autosave_reload (self);
}

static void
madang_autosave_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  MadangAutosave *self = MADANG_AUTOSAVE (object);

  switch ((MadangAutosaveProperty)property_id)
    {
    case PROP_SAVING:
      g_value_set_boolean (value, self->saving);
      break;
    case PROP_FAILURE:
      g_value_set_string (value, self->failure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
madang_autosave_dispose (GObject *object)
{
  MadangAutosave *self = MADANG_AUTOSAVE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->form);
  g_clear_object (&self->sync);
  g_clear_pointer (&self->failure, g_free);

  G_OBJECT_CLASS (madang_autosave_parent_class)->dispose (object);
}

static void
madang_autosave_class_init (MadangAutosaveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = madang_autosave_get_property;
  object_class->dispose = madang_autosave_dispose;

  properties[PROP_SAVING] = g_param_spec_boolean ("saving", NULL, NULL, FALSE, flags);
  properties[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
madang_autosave_init (MadangAutosave *self)
{
}

MadangAutosave *
madang_autosave_new (MadangForm *form, MadangSync *sync)
{
  MadangAutosave *self;

  g_return_val_if_fail (MADANG_IS_FORM (form), NULL);
  g_return_val_if_fail (MADANG_IS_SYNC (sync), NULL);

  self = g_object_new (MADANG_TYPE_AUTOSAVE, NULL);
  self->form = g_object_ref (form);
  self->sync = g_object_ref (sync);
  g_signal_connect_object (form, "edited", G_CALLBACK (form_edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "field-focused", G_CALLBACK (field_focused_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
madang_autosave_flush (MadangAutosave *self)
{
  g_autoptr (GPtrArray) edits = NULL;
  MadangRecord *record;
  Write *write;

  g_return_if_fail (MADANG_IS_AUTOSAVE (self));

  edits = madang_form_dup_edits (self->form);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (edits->len > 0)
    {
      record = madang_form_get_record (self->form);
      write = g_new0 (Write, 1);
      write->autosave = g_object_ref (self);
      write->edits = g_ptr_array_ref (edits);
      write->record = g_strdup (madang_record_get_id (record));
      self->n_writes++;
      /* A later write must not repeat these edits; a failure takes it back. */
      madang_form_mark_stored (self->form, edits, TRUE);
      madang_sync_edit_async (self->sync, record, edits, written_cb, write);
    }
  update_saving (self);
}

void
madang_autosave_reload (MadangAutosave *self)
{
  g_autoptr (MadangRecord) stored = NULL;
  MadangRecordStore *records;
  MadangRecord *record;

  g_return_if_fail (MADANG_IS_AUTOSAVE (self));

  record = madang_form_get_record (self->form);
  records = madang_sync_get_records (self->sync);
  self->stale = self->n_writes > 0;
  if (self->stale || record == NULL || records == NULL)
    return;
  stored = madang_record_store_get (records, madang_record_get_id (record), NULL);
  if (stored != NULL)
    madang_form_set_record (self->form, stored);
}

gboolean
madang_autosave_get_saving (MadangAutosave *self)
{
  g_return_val_if_fail (MADANG_IS_AUTOSAVE (self), FALSE);
  return self->saving;
}

const char *
madang_autosave_get_failure (MadangAutosave *self)
{
  g_return_val_if_fail (MADANG_IS_AUTOSAVE (self), NULL);
  return self->failure;
}
