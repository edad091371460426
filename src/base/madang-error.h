/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MadangErrorCode:
 * @MADANG_ERROR_OFFLINE: no answer from the network
 * @MADANG_ERROR_NOT_OUR_SERVER: something answered, but it does not speak our protocol
 * @MADANG_ERROR_SIGN_IN_REQUIRED: no token, or the token has ended
 * @MADANG_ERROR_FORBIDDEN: the right is missing
 * @MADANG_ERROR_NOT_FOUND: no such thing, or none that the caller may see
 * @MADANG_ERROR_CONFLICT: another change came first
 * @MADANG_ERROR_INVALID: the input breaks a declared limit or form
 * @MADANG_ERROR_TOO_LARGE: the input passes a size limit
 * @MADANG_ERROR_NEWER_SCHEMA: written by a newer program
 * @MADANG_ERROR_NO_SPACE: the disk is full
 * @MADANG_ERROR_DAMAGED: a file is not what it should be
 * @MADANG_ERROR_TRY_LATER: the server asks to wait
 * @MADANG_ERROR_UPGRADE_REQUIRED: the server refuses this old program
 * @MADANG_ERROR_SERVER: the server failed
 * @MADANG_ERROR_FAILED: anything else
 *
 * What an error means to the person in front of the screen. Lower domains (SQLite, GIO,
 * libsoup, json-glib) are translated to this one at the edge of each library.
 */
typedef enum
{
  MADANG_ERROR_OFFLINE,
  MADANG_ERROR_NOT_OUR_SERVER,
  MADANG_ERROR_SIGN_IN_REQUIRED,
  MADANG_ERROR_FORBIDDEN,
  MADANG_ERROR_NOT_FOUND,
  MADANG_ERROR_CONFLICT,
  MADANG_ERROR_INVALID,
  MADANG_ERROR_TOO_LARGE,
  MADANG_ERROR_NEWER_SCHEMA,
  MADANG_ERROR_NO_SPACE,
  MADANG_ERROR_DAMAGED,
  MADANG_ERROR_TRY_LATER,
  MADANG_ERROR_UPGRADE_REQUIRED,
  MADANG_ERROR_SERVER,
  MADANG_ERROR_FAILED,
} MadangErrorCode;

#define MADANG_ERROR (madang_error_quark ())
GQuark madang_error_quark (void);

G_END_DECLS
