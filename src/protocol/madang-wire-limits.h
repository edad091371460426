/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The limits of the wire, once for both sides. */

#define MADANG_WIRE_PROTOCOL 1
#define MADANG_WIRE_SCHEMA 1     /* rises when a kind changes */
#define MADANG_WIRE_SCHEMA_MIN 1 /* the oldest that the server still accepts */

#define MADANG_WIRE_MAX_DEPTH 32
#define MADANG_WIRE_MAX_MEMBERS 10000      /* of one object, elements of one array */
#define MADANG_WIRE_MAX_VALUES 100000      /* of every depth: a tree of them stays below 16 MiB */
#define MADANG_WIRE_MAX_STRING (64 * 1024) /* bytes, without escapes */
#define MADANG_WIRE_MAX_NUMBER 128         /* characters of a number that is not an integer */
#define MADANG_WIRE_MAX_RECORD (256 * 1024)
#define MADANG_WIRE_MAX_LINE (1024 * 1024)
#define MADANG_WIRE_MAX_REQUEST (1024 * 1024)
#define MADANG_WIRE_MAX_REPLY (64 * 1024 * 1024) /* of a push: 200 records of the largest size */
#define MADANG_WIRE_MAX_MUTATIONS 200
#define MADANG_WIRE_MAX_EDITS 1000
#define MADANG_WIRE_LONG_VALUE                                                                     \
  256 /* bytes of canonical JSON: above, what was seen goes as digest */
#define MADANG_WIRE_PAGE 1000
#define MADANG_WIRE_HISTORY_PAGE 200
#define MADANG_WIRE_MAX_HISTORY (4 * 1024 * 1024) /* of a page of it, whose changes may be long */
#define MADANG_WIRE_MAX_WAIT 50                   /* seconds of a long poll */
/* milliseconds: the end of the year 9999. Clocks add to what they are told. */
#define MADANG_WIRE_MAX_NOW G_GINT64_CONSTANT (253402300799999)
