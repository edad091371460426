/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "madang-wire-record.h"
#include "wire-fixture.h"

/* A part that was decoded is encoded in one form only, and nothing is lost on the way. */
static void
check_part (const char *json, MadangPart part)
{
  const MadangKind *kind = wire_fixture_get_kind ();
  g_autoptr (MadangRecord) record = madang_record_new (kind, WIRE_ID);
  g_autoptr (MadangRecord) again = madang_record_new (kind, WIRE_ID);
  g_autoptr (GError) error = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *canonical_again = NULL;

  if (!madang_wire_decode_part (record, part, json, &error))
    {
      g_assert_nonnull (error);
      return;
    }
  g_assert_no_error (error);
  canonical = madang_wire_encode_part (record, part);
  madang_wire_decode_part (again, part, canonical, &error);
  g_assert_no_error (error);
  canonical_again = madang_wire_encode_part (again, part);
  g_assert_cmpstr (canonical, ==, canonical_again);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *json = g_strndup (size > 0 ? (const char *)data : "", size);

  check_part (json, MADANG_PART_MAIN);
  check_part (json, MADANG_PART_PERSONAL);
  return 0;
}
