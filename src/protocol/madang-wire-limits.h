/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The limits of the wire, once for both sides. */

#define MADANG_WIRE_PROTOCOL 1
#define MADANG_WIRE_SCHEMA 1     /* rises when a kind changes */
#define MADANG_WIRE_SCHEMA_MIN 1 /* the oldest that the server still accepts */

#define MADANG_WIRE_MAX_DEPTH 32
#define MADANG_WIRE_MAX_MEMBERS 10000
#define MADANG_WIRE_MAX_STRING (64 * 1024)
#define MADANG_WIRE_MAX_RECORD (256 * 1024)
#define MADANG_WIRE_MAX_LINE (1024 * 1024)
#define MADANG_WIRE_MAX_REQUEST (1024 * 1024)
#define MADANG_WIRE_MAX_MUTATIONS 200
#define MADANG_WIRE_PAGE 1000
#define MADANG_WIRE_MAX_WAIT 50 /* seconds of a long poll */
