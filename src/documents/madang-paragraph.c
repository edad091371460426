/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-document-private.h"

static void
clear_span (gpointer data)
{
  MadangDocumentSpan *span = data;

  g_clear_pointer (&span->anchor, g_free);
}

static guint
mix (guint hash, guint value)
{
  return hash * 33u + value;
}

static guint
mix_double (guint hash, double value)
{
  return mix (hash, g_double_hash (&value));
}

static guint
hash_paragraph (const MadangParagraph *self)
{
  guint hash = g_str_hash (self->text);

  hash = mix_double (hash, self->style.size);
  hash = mix (hash, (self->style.bold ? 1 : 0) | (self->style.sans ? 2 : 0)
                        | (self->style.faint ? 4 : 0) | ((guint)self->style.align << 3));
  hash = mix_double (hash, self->style.indent);
  hash = mix_double (hash, self->style.hanging);
  for (guint i = 0; i < self->spans->len; i++)
    {
      const MadangDocumentSpan *span = &g_array_index (self->spans, MadangDocumentSpan, i);

      hash = mix (hash, (guint)span->end);
      hash = mix (hash, (span->bold ? 1 : 0) | (span->hint ? 2 : 0) | (span->marker ? 4 : 0));
    }
  return hash;
}

static gboolean
styles_look_alike (const MadangParagraphStyle *one, const MadangParagraphStyle *other)
{
  return one->size == other->size && !one->bold == !other->bold && !one->sans == !other->sans
         && !one->faint == !other->faint && one->align == other->align
         && one->indent == other->indent && one->hanging == other->hanging
         && one->spacing == other->spacing;
}

MadangParagraph *
madang_paragraph_new (const MadangSpan *spans,
                      guint n_spans,
                      const MadangParagraphStyle *style,
                      const char *anchor)
{
  MadangParagraph *self = g_atomic_rc_box_new0 (MadangParagraph);
  g_autoptr (GString) text = g_string_new (NULL);

  self->style = *style;
  self->anchor = g_strdup (anchor);
  self->spans = g_array_sized_new (FALSE, TRUE, sizeof (MadangDocumentSpan), n_spans);
  g_array_set_clear_func (self->spans, clear_span);
  for (guint i = 0; i < n_spans; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (spans[i].text != NULL ? spans[i].text : "", -1);
      MadangDocumentSpan span = {
        .start = text->len,
        .end = text->len + strlen (valid),
        .anchor = g_strdup (spans[i].anchor),
        .bold = spans[i].bold,
        .hint = spans[i].hint,
        .marker = spans[i].marker,
        .seal = spans[i].seal,
      };

      g_string_append (text, valid);
      g_array_append_val (self->spans, span);
    }
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
  self->hash = hash_paragraph (self);
  return self;
}

MadangParagraph *
madang_paragraph_ref (MadangParagraph *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_paragraph (MadangParagraph *self)
{
  g_free (self->text);
  g_free (self->anchor);
  g_array_unref (self->spans);
}

void
madang_paragraph_unref (MadangParagraph *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify)clear_paragraph);
}

gboolean
madang_paragraph_looks_like (const MadangParagraph *self, const MadangParagraph *other)
{
  if (self == other)
    return TRUE;
  if (self->hash != other->hash || self->spans->len != other->spans->len
      || !styles_look_alike (&self->style, &other->style) || strcmp (self->text, other->text) != 0)
    return FALSE;
  for (guint i = 0; i < self->spans->len; i++)
    {
      const MadangDocumentSpan *mine = &g_array_index (self->spans, MadangDocumentSpan, i);
      const MadangDocumentSpan *theirs = &g_array_index (other->spans, MadangDocumentSpan, i);

      if (mine->end != theirs->end || !mine->bold != !theirs->bold || !mine->hint != !theirs->hint
          || !mine->marker != !theirs->marker || mine->seal != theirs->seal)
        return FALSE;
    }
  return TRUE;
}
