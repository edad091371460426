/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-rates.h"
#include "server-fixture.h"

static void
test_bucket (void)
{
  g_autoptr (MadangRates) rates = madang_rates_new ();

  for (guint i = 0; i < MADANG_RATES_BURST; i++)
    g_assert_true (madang_rates_take (rates, "a", 0));
  g_assert_false (madang_rates_take (rates, "a", 0));
  /* Nobody pays for another. */
  g_assert_true (madang_rates_take (rates, "b", 0));

  for (guint i = 0; i < MADANG_RATES_PER_SECOND; i++)
    g_assert_true (madang_rates_take (rates, "a", G_USEC_PER_SEC));
  g_assert_false (madang_rates_take (rates, "a", G_USEC_PER_SEC));
  /* A clock that was read earlier gives nothing back. */
  g_assert_false (madang_rates_take (rates, "a", 0));

  /* It fills to its rim and no further. */
  for (guint i = 0; i < MADANG_RATES_BURST; i++)
    g_assert_true (madang_rates_take (rates, "a", G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC));
  g_assert_false (madang_rates_take (rates, "a", G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC));
}

static void
test_request_too_many (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (MadangRates) rates = madang_rates_new ();
  g_autoptr (Person) officer = person_new (fixture, "geumcheon");
  g_autoptr (Person) other = person_new (fixture, "eunpyeong");
  gint64 later = g_get_monotonic_time () + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  g_autoptr (MadangReply) busy = NULL;
  g_autoptr (MadangReply) fine = NULL;

  fixture->service.rates = rates;
  while (madang_rates_take (rates, officer->account, later))
    continue;
  busy = person_ask (officer, "GET", "/sync/v1/hello", NULL);
  fine = person_ask (other, "GET", "/sync/v1/hello", NULL);
  fixture->service.rates = NULL;

  assert_problem (busy, 429, "busy");
  g_assert_cmpuint (busy->retry_after, >, 0);
  g_assert_cmpuint (fine->status, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rates/bucket", test_bucket);
  FIXTURE_TEST ("/rates/request", test_request_too_many);

  return g_test_run ();
}
