/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-keyring.h"

G_BEGIN_DECLS

/**
 * FakeKeyring:
 *
 * A keyring in memory. While it is broken it keeps nothing and finds nothing.
 */
#define FAKE_TYPE_KEYRING (fake_keyring_get_type ())
G_DECLARE_FINAL_TYPE (FakeKeyring, fake_keyring, FAKE, KEYRING, GObject)

FakeKeyring *fake_keyring_new (void);
void fake_keyring_set_broken (FakeKeyring *self, gboolean broken);

G_END_DECLS
