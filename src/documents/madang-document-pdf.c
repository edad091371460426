/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-document-pdf.h"

#include <cairo-pdf.h>

#include "madang-document-layout.h"
#include "madang-document-private.h"
#include "madang-error.h"
#include "madang-replace-file.h"

#define CREATOR "Madang " PACKAGE_VERSION

static cairo_status_t
append_cb (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static char *
describe_origin (MadangDocument *document)
{
  const char *record = madang_document_get_origin_record (document);
  const char *digest = madang_document_get_origin_digest (document);

  if (record == NULL)
    return NULL;
  return g_strdup_printf ("madang-record:%s madang-version:%" G_GINT64_FORMAT " madang-digest:%s",
                          record, madang_document_get_origin_version (document),
                          digest != NULL ? digest : "");
}

static void
set_metadata (cairo_surface_t *surface, MadangDocument *document)
{
  g_autofree char *origin = describe_origin (document);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  madang_document_get_title (document));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, CREATOR);
  if (origin != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_KEYWORDS, origin);
}

static gboolean
draw_pages (cairo_surface_t *surface,
            MadangDocumentLayout *layout,
            GCancellable *cancellable,
            GError **error)
{
  cairo_t *cr = cairo_create (surface);
  guint n_pages = madang_document_layout_get_n_pages (layout);
  gboolean cancelled = FALSE;

  for (guint i = 0; i < n_pages && !cancelled; i++)
    {
      madang_document_layout_draw (layout, cr, i);
      cairo_show_page (cr);
      cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  cairo_destroy (cr);
  return !cancelled;
}

static GByteArray *
render (MadangDocument *document, GCancellable *cancellable, GError **error)
{
  g_autoptr (MadangDocumentLayout) layout = madang_document_layout_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;
  gboolean drawn;
  double width;
  double height;

  madang_document_layout_get_page_size (layout, &width, &height);
  madang_document_layout_set_document (layout, document);
  surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, width, height);
  set_metadata (surface, document);
  drawn = draw_pages (surface, layout, cancellable, error);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!drawn)
    return NULL;
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, MADANG_ERROR, MADANG_ERROR_FAILED, "Cannot draw the paper: %s",
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

gboolean
madang_document_write_pdf (MadangDocument *document,
                           GFile *file,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GByteArray) pdf = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (MADANG_IS_DOCUMENT (document) && G_IS_FILE (file), FALSE);
  g_return_val_if_fail (madang_document_is_closed (document), FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  pdf = render (document, cancellable, error);
  if (pdf == NULL)
    return FALSE;
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&pdf));
  return madang_replace_file (file, bytes, cancellable, error);
}
