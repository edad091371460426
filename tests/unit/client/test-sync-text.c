/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-day.h"
#include "madang-sync-text.h"

#include <string.h>

#define DAY G_GINT64_CONSTANT (86400000) /* milliseconds */
#define LEASE (7 * 24 * 60 * 60)         /* seconds */
#define CONTACT G_GINT64_CONSTANT (1583715600000)

static void
assert_silent (gint64 contact, gint64 lease, gint64 now)
{
  g_autofree char *text = madang_sync_dup_lease_text (contact, lease, now);

  g_assert_null (text);
}

/* Both days are told; without a translation the sentence is the source's. */
static void
assert_says (gint64 now, const char *what)
{
  g_autofree char *text = madang_sync_dup_lease_text (CONTACT, LEASE, now);
  g_autofree char *last = madang_instant_format (CONTACT);
  g_autofree char *until = madang_instant_format (CONTACT + 7 * DAY);

  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, what));
  g_assert_nonnull (strstr (text, last));
  g_assert_nonnull (strstr (text, until));
}

static void
test_silent (void)
{
  assert_silent (CONTACT, LEASE, CONTACT);
  assert_silent (CONTACT, LEASE, CONTACT + 5 * DAY - 1);
  assert_silent (CONTACT, LEASE, CONTACT - DAY); /* the clock was set back */
  assert_silent (CONTACT, 0, CONTACT + 30 * DAY);
  assert_silent (0, LEASE, CONTACT + 30 * DAY);
}

static void
test_last_days (void)
{
  assert_says (CONTACT + 5 * DAY, "Connect it by");
  assert_says (CONTACT + 7 * DAY - 1, "Connect it by");
}

static void
test_over (void)
{
  assert_says (CONTACT + 7 * DAY, "and had until");
  assert_says (CONTACT + 90 * DAY, "and had until");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-text/lease/silent", test_silent);
  g_test_add_func ("/sync-text/lease/last-days", test_last_days);
  g_test_add_func ("/sync-text/lease/over", test_over);
  return g_test_run ();
}
