/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-rates.h"

/* A bucket of tokens that fills by itself. */
typedef struct
{
  double tokens;
  gint64 at; /* monotonic, microseconds */
} MadangBucket;

struct _MadangRates
{
  GMutex lock;
  GHashTable *buckets; /* (owned): account -> MadangBucket; accounts are few */
};

MadangRates *
madang_rates_new (void)
{
  MadangRates *self = g_new0 (MadangRates, 1);

  g_mutex_init (&self->lock);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
madang_rates_free (MadangRates *self)
{
  g_hash_table_unref (self->buckets);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static MadangBucket *
get_bucket (MadangRates *self, const char *account, gint64 now)
{
  MadangBucket *bucket = g_hash_table_lookup (self->buckets, account);

  if (bucket == NULL)
    {
      bucket = g_new (MadangBucket, 1);
      *bucket = (MadangBucket){ .tokens = MADANG_RATES_BURST, .at = now };
      g_hash_table_insert (self->buckets, g_strdup (account), bucket);
    }
  return bucket;
}

gboolean
madang_rates_take (MadangRates *self, const char *account, gint64 now)
{
  g_autoptr (GMutexLocker) locker = NULL;
  MadangBucket *bucket;

  g_return_val_if_fail (self != NULL && account != NULL, FALSE);

  locker = g_mutex_locker_new (&self->lock);
  bucket = get_bucket (self, account, now);
  /* Threads may come in another order than they looked at the clock. */
  if (now > bucket->at)
    {
      double filled = (double)(now - bucket->at) / G_USEC_PER_SEC * MADANG_RATES_PER_SECOND;

      bucket->tokens = MIN (bucket->tokens + filled, MADANG_RATES_BURST);
      bucket->at = now;
    }
  if (bucket->tokens < 1)
    return FALSE;
  bucket->tokens--;
  return TRUE;
}
