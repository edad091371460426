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

  char *shown;       /* (owned) (nullable): id of the record on the form */
  GHashTable *rough; /* (owned): what is kept of it and cannot be saved, field -> text */
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
  GPtrArray *edits;         /* (owned) (nullable) */
  GVariant *rough;          /* (owned) (nullable) */
  char *record;             /* (owned): id */
} Write;

static void
write_free (Write *write)
{
  g_object_unref (write->autosave);
  g_clear_pointer (&write->edits, g_ptr_array_unref);
  g_clear_pointer (&write->rough, g_variant_unref);
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

/* What did not arrive differs from anything that can stand on the form. */
static void
forget_rough (MadangAutosave *self, GVariant *texts)
{
  GVariantIter iter;
  const char *field;

  g_variant_iter_init (&iter, texts);
  while (g_variant_iter_next (&iter, "{&sm&s}", &field, NULL))
    g_hash_table_replace (self->rough, g_strdup (field), g_strdup (""));
}

static void
take_back (MadangAutosave *self, Write *write)
{
  if (write->edits != NULL)
    madang_form_mark_stored (self->form, write->edits, FALSE);
  if (write->rough != NULL)
    forget_rough (self, write->rough);
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
      take_back (self, write);
      set_failure (self, error);
      start_timer (self, RETRY_AFTER);
    }
  update_saving (self);
  if (self->n_writes == 0 && self->stale)
    madang_autosave_reload (self);
}

static Write *
begin_write (MadangAutosave *self)
{
  Write *write = g_new0 (Write, 1);

  write->autosave = g_object_ref (self);
  write->record = g_strdup (madang_record_get_id (madang_form_get_record (self->form)));
  self->n_writes++;
  return write;
}

/* How now differs from what is kept; NULL: not at all. */
static GVariant *
dup_rough_changes (MadangAutosave *self, GHashTable *now)
{
  g_auto (GVariantBuilder) changes = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sms}"));
  g_autoptr (GVariant) value = NULL;
  GHashTableIter iter;
  gpointer field, text;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &field, &text))
    if (g_strcmp0 (g_hash_table_lookup (self->rough, field), text) != 0)
      g_variant_builder_add (&changes, "{sms}", field, text);
  g_hash_table_iter_init (&iter, self->rough);
  while (g_hash_table_iter_next (&iter, &field, NULL))
    if (!g_hash_table_contains (now, field))
      g_variant_builder_add (&changes, "{sms}", field, NULL);
  value = g_variant_ref_sink (g_variant_builder_end (&changes));
  return g_variant_n_children (value) > 0 ? g_steal_pointer (&value) : NULL;
}

static void
flush_rough (MadangAutosave *self)
{
  g_autoptr (GHashTable) now = madang_form_dup_rough (self->form);
  g_autoptr (GVariant) changes = dup_rough_changes (self, now);
  Write *write;

  if (changes == NULL || self->shown == NULL || !shows_record (self, self->shown))
    return;
  g_hash_table_unref (self->rough);
  self->rough = g_steal_pointer (&now);
  write = begin_write (self);
  write->rough = g_variant_ref (changes);
  madang_sync_keep_rough_async (self->sync, self->shown, changes, written_cb, write);
}

static void
put_rough (MadangAutosave *self)
{
  /* Whoever hears of the edit may have it saved at once. */
  g_autoptr (GHashTable) rough = g_hash_table_ref (self->rough);
  GHashTableIter iter;
  gpointer field, text;

  g_hash_table_iter_init (&iter, rough);
  while (g_hash_table_iter_next (&iter, &field, &text))
    madang_form_put_rough (self->form, field, text);
}

static void
form_shown_cb (MadangAutosave *self)
{
  const char *id = madang_record_get_id (madang_form_get_record (self->form));
  g_autoptr (GHashTable) now = NULL;
  g_autoptr (GVariant) changes = NULL;

  if (g_strcmp0 (self->shown, id) != 0)
    {
      g_free (self->shown);
      self->shown = g_strdup (id);
      g_hash_table_unref (self->rough);
      self->rough = madang_sync_load_rough (self->sync, id);
      put_rough (self);
    }
  /* What may not be written any more is not kept either. */
  now = madang_form_dup_rough (self->form);
  changes = dup_rough_changes (self, now);
  if (changes != NULL)
    start_timer (self, SAVE_AFTER);
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
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->rough, g_hash_table_unref);

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
  self->rough = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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
  g_signal_connect_object (form, "shown", G_CALLBACK (form_shown_cb), self, G_CONNECT_SWAPPED);
  if (madang_form_get_record (form) != NULL)
    form_shown_cb (self);
  return self;
}

void
madang_autosave_flush (MadangAutosave *self)
{
  g_autoptr (GPtrArray) edits = NULL;
  Write *write;

  g_return_if_fail (MADANG_IS_AUTOSAVE (self));

  edits = madang_form_dup_edits (self->form);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (edits->len > 0)
    {
      write = begin_write (self);
      write->edits = g_ptr_array_ref (edits);
      /* A later write must not repeat these edits; a failure takes it back. */
      madang_form_mark_stored (self->form, edits, TRUE);
      madang_sync_edit_async (self->sync, madang_form_get_record (self->form), edits, written_cb,
                              write);
    }
  flush_rough (self);
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
