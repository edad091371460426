/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "madang-wire-messages.h"

/* Every other message: whatever is read is written in a form that is read as the same. */
#define DEFINE_CHECK(Name, name)                                                                   \
  static void check_##name (GBytes *bytes)                                                         \
  {                                                                                                \
    g_autoptr (GError) error = NULL;                                                               \
    g_autoptr (Name) message = madang_##name##_from_bytes (bytes, &error);                         \
    g_autoptr (Name) again = NULL;                                                                 \
    g_autoptr (GBytes) written = NULL;                                                             \
    g_autoptr (GBytes) written_again = NULL;                                                       \
                                                                                                   \
    g_assert_true ((message != NULL) == (error == NULL));                                          \
    if (message == NULL)                                                                           \
      return;                                                                                      \
    written = madang_##name##_to_bytes (message);                                                  \
    again = madang_##name##_from_bytes (written, &error);                                          \
    g_assert_no_error (error);                                                                     \
    written_again = madang_##name##_to_bytes (again);                                              \
    g_assert_true (g_bytes_equal (written, written_again));                                        \
  }

DEFINE_CHECK (MadangSignInRequest, sign_in_request)
DEFINE_CHECK (MadangSignInReply, sign_in_reply)
DEFINE_CHECK (MadangHello, hello)
DEFINE_CHECK (MadangPullRequest, pull_request)
DEFINE_CHECK (MadangPushReply, push_reply)
DEFINE_CHECK (MadangPushResult, push_result)
DEFINE_CHECK (MadangHistoryRequest, history_request)
DEFINE_CHECK (MadangHistoryChange, history_change)
DEFINE_CHECK (MadangHistoryReply, history_reply)
DEFINE_CHECK (MadangProblem, problem)

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);

  check_sign_in_request (bytes);
  check_sign_in_reply (bytes);
  check_hello (bytes);
  check_pull_request (bytes);
  check_push_reply (bytes);
  check_push_result (bytes);
  check_history_request (bytes);
  check_history_change (bytes);
  check_history_reply (bytes);
  check_problem (bytes);
  return 0;
}
