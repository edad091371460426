/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-kind.h"

G_BEGIN_DECLS

/* What the tests and fuzzers of the wire share: a kind with every type of field, and files. */

#define WIRE_ID "01707c5a-1800-7000-8000-000000000001"
#define WIRE_OTHER_ID "01707c5a-1800-7000-8000-000000000002"
#define WIRE_DEVICE "01707c5a-1800-7000-8000-00000000000d"

/* Declares the kind "sample" to the model; once. */
const MadangKind *wire_fixture_get_kind (void);
/* A file under tests/fixtures; the test fails when it is not there. */
char *wire_fixture_read (const char *folder, const char *name, gsize *length);
/* A line of the tables in fixtures/json: "%XX" is a byte. */
GBytes *wire_fixture_unescape (const char *text);
GBytes *wire_fixture_bytes (const char *text);
char *wire_fixture_text (GBytes *bytes);

G_END_DECLS
