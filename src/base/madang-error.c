/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-error.h"

G_DEFINE_QUARK (madang - error - quark, madang_error)
