/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-head-stream.h"

/* What the name of a header field is made of. */
#define TOKEN G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "!#$%&'*+-.^_`|~"

struct _MadangHeadStream
{
  GFilterInputStream parent_instance;

  GString *head; /* (owned) */
  gboolean complete;
  gboolean refused;           /* complete, and not well formed: nothing of it is passed on */
  MadangHeadRefusedFunc func; /* (nullable) */
  gpointer user_data;
};

static void madang_head_stream_init_pollable (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MadangHeadStream,
                               madang_head_stream,
                               G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      madang_head_stream_init_pollable))

/* The head ends with an empty line, whatever its lines end with. */
static gboolean
ends_head (const GString *head)
{
  return g_str_has_suffix (head->str, "\n\r\n") || g_str_has_suffix (head->str, "\n\n");
}

/* Each CR has its LF, each LF its CR, and there is no zero. */
static gboolean
has_clean_lines (const GString *head)
{
  for (gsize i = 0; i < head->len; i++)
    {
      if (head->str[i] == '\0' || (head->str[i] == '\r' && head->str[i + 1] != '\n')
          || (head->str[i] == '\n' && (i == 0 || head->str[i - 1] != '\r')))
        return FALSE;
    }
  return TRUE;
}

/* Steps that a reader may leave out or follow upwards. */
static gboolean
has_odd_steps (const char *target)
{
  g_auto (GStrv) steps = g_strsplit (target + 1, "/", -1);

  for (guint i = 0; steps[i] != NULL; i++)
    {
      gboolean is_last = steps[i + 1] == NULL;

      if ((steps[i][0] == '\0' && !is_last) || g_strcmp0 (steps[i], ".") == 0
          || g_strcmp0 (steps[i], "..") == 0)
        return TRUE;
    }
  return FALSE;
}

/* "GET /a/b HTTP/1.1": our paths need no escapes, no dots and no empty steps, so that one endpoint
 * has one spelling. */
static gboolean
has_plain_target (const GString *head)
{
  g_autofree char *line = g_strndup (head->str, strcspn (head->str, "\r"));
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  return g_strv_length (words) == 3 && words[1][0] == '/' && strpbrk (words[1], "%?#\\") == NULL
         && !has_odd_steps (words[1]) && g_strcmp0 (words[2], "HTTP/1.1") == 0;
}

/* "Name: value", with nothing before the colon that readers pass over in their own ways. */
static gboolean
is_field (const char *line)
{
  gsize name = strspn (line, TOKEN);

  if (name == 0 || line[name] != ':')
    return FALSE;
  for (const char *at = line + name + 1; *at != '\0'; at++)
    {
      if (g_ascii_iscntrl (*at) && *at != '\t')
        return FALSE;
    }
  return TRUE;
}

/* libsoup reads signs and spaces as parts of a length. */
static gboolean
is_plain_length (const char *line)
{
  static const char name[] = "Content-Length:";

  if (g_ascii_strncasecmp (line, name, strlen (name)) != 0)
    return TRUE;
  line += strlen (name);
  line += strspn (line, " \t");
  return g_ascii_string_to_unsigned (line, 10, 0, G_MAXINT64, NULL, NULL);
}

/* The lines between the first and the empty one at the end. */
static gboolean
has_plain_fields (const GString *head)
{
  g_auto (GStrv) lines = g_strsplit (head->str, "\r\n", -1);

  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      if (!is_field (lines[i]) || !is_plain_length (lines[i]))
        return FALSE;
    }
  return TRUE;
}

/* Whether the head is what RFC 9112 asks for in the parts that readers disagree on. */
static gboolean
is_well_formed (const GString *head)
{
  return head->len <= MADANG_HEAD_MOST && has_clean_lines (head) && has_plain_target (head)
         && has_plain_fields (head);
}

static void
refuse (MadangHeadStream *self)
{
  self->refused = TRUE;
  if (self->func != NULL)
    self->func (self->user_data);
}

/* Returns how many of the bytes are passed on: behind a refused head the stream is at its end. */
static gssize
keep (MadangHeadStream *self, const char *bytes, gssize size)
{
  gboolean was_complete = self->complete;

  for (gssize i = 0; i < size && !self->complete; i++)
    {
      g_string_append_c (self->head, bytes[i]);
      self->complete
          = self->head->len > MADANG_HEAD_MOST || (bytes[i] == '\n' && ends_head (self->head));
    }
  if (self->complete && !was_complete && !is_well_formed (self->head))
    refuse (self);
  return self->refused ? MIN (size, 0) : size;
}

static GInputStream *
get_base (gpointer stream)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
}

static gssize
madang_head_stream_read (
    GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  gssize size = g_input_stream_read (get_base (stream), buffer, count, cancellable, error);

  return keep (MADANG_HEAD_STREAM (stream), buffer, size);
}

static gboolean
madang_head_stream_can_poll (GPollableInputStream *stream)
{
  return TRUE;
}

static gboolean
madang_head_stream_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (get_base (stream)));
}

static GSource *
madang_head_stream_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) base
      = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (get_base (stream)), NULL);

  return g_pollable_source_new_full (stream, base, cancellable);
}

static gssize
madang_head_stream_read_nonblocking (GPollableInputStream *stream,
                                     void *buffer,
                                     gsize count,
                                     GError **error)
{
  gssize size
      = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (get_base (stream)),
                                                  buffer, count, NULL, error);

  return keep (MADANG_HEAD_STREAM (stream), buffer, size);
}

static void
madang_head_stream_finalize (GObject *object)
{
  MadangHeadStream *self = MADANG_HEAD_STREAM (object);

  g_string_free (self->head, TRUE);

  G_OBJECT_CLASS (madang_head_stream_parent_class)->finalize (object);
}

static void
madang_head_stream_init_pollable (GPollableInputStreamInterface *iface)
{
  iface->can_poll = madang_head_stream_can_poll;
  iface->is_readable = madang_head_stream_is_readable;
  iface->create_source = madang_head_stream_create_source;
  iface->read_nonblocking = madang_head_stream_read_nonblocking;
}

static void
madang_head_stream_class_init (MadangHeadStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = madang_head_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = madang_head_stream_read;
}

static void
madang_head_stream_init (MadangHeadStream *self)
{
  self->head = g_string_new (NULL);
}

MadangHeadStream *
madang_head_stream_new (GInputStream *base)
{
  return g_object_new (MADANG_TYPE_HEAD_STREAM, "base-stream", base, NULL);
}

void
madang_head_stream_set_refused_func (MadangHeadStream *self,
                                     MadangHeadRefusedFunc func,
                                     gpointer user_data)
{
  self->func = func;
  self->user_data = user_data;
}
