/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-clock.h"
#include "madang-exchange.h"
#include "madang-rates.h"
#include "madang-writer.h"

G_BEGIN_DECLS

/**
 * MadangService:
 *
 * What every handler may use. Made before the threads and constant while they run; what it
 * points to may be used from any thread.
 */
struct _MadangService
{
  MadangClock *clock;   /* (owned) */
  MadangWriter *writer; /* (owned) */
  MadangRates *rates;   /* (owned) (nullable): nobody is held back */
  char *epoch;          /* (owned): of the database; another one after a restored backup */
  char *nobody;         /* (owned): a password hash that costs what a real one costs */
  gboolean demo;
  gboolean behind_proxy;
};

G_END_DECLS
