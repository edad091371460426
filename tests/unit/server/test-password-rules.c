/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-error.h"
#include "madang-password-rules.h"

static void
test_refused (void)
{
  static const char *const refused[] = {
    "short words",
    "",
    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    "with geumcheon in it",
    "GEUMCHEON-and-more",
    "aaaaaaaaaaaa",
    "abababababab",
    "abcdefghijkl",
    "123456789012",
    "987654321098",
    "aabbccddeeffgg",
    "가나가나가나가나가나가나",
    "sunrise!sunrise!",
    "마당마을자리마당마을자리",
    "Password1234",
    "!!passw0rd!!",
    "1q2w3e4r5t6y",
    "Qwertyuiop12",
    "administrator",
    "dkssudgktpdy",
    "서울특별시 2020!!",
    "비밀번호1234!@#$",
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", i);
      g_assert_false (madang_password_check ("geumcheon", refused[i], &error));
      g_assert_error (error, MADANG_ERROR, MADANG_ERROR_INVALID);
    }
}

static void
test_taken (void)
{
  static const char *const taken[] = {
    "correct horse battery", "또 다른 긴 비밀번호입니다",  "a long password 1",
    "x7!kQ0#mZp2w",          "비 오는 날의 호수공원 산책", "password of my garden",
  };

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (madang_password_check ("geumcheon", taken[i], &error));
      g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/password-rules/refused", test_refused);
  g_test_add_func ("/password-rules/taken", test_taken);

  return g_test_run ();
}
