/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-json-reader.h"
#include "madang-json-text.h"
#include "madang-wire-forms.h"
#include "madang-wire-messages.h"

#include "madang-id.h"

MadangSignInRequest *
madang_sign_in_request_new (void)
{
  return g_new0 (MadangSignInRequest, 1);
}

void
madang_sign_in_request_free (MadangSignInRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->login);
  g_free (self->password);
  g_free (self->device);
  g_free (self->public_key);
  g_free (self);
}

GBytes *
madang_sign_in_request_to_bytes (const MadangSignInRequest *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  json = g_string_new (NULL);
  madang_json_begin (json, '{');
  madang_json_add_text (json, "login", self->login);
  madang_json_add_text (json, "password", self->password);
  madang_json_add_text (json, "device", self->device);
  madang_json_add_text (json, "public_key", self->public_key);
  madang_json_end (json, '}');
  return g_string_free_to_bytes (json);
}

MadangSignInRequest *
madang_sign_in_request_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (MadangSignInRequest) self = NULL;
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;

  g_return_val_if_fail (bytes != NULL, NULL);

  madang_json_reader_open_bytes (&reader, bytes);
  self = madang_sign_in_request_new ();
  self->login = madang_json_read_text (&reader, "login", madang_wire_is_short);
  self->password = madang_json_read_text (&reader, "password", madang_wire_is_short);
  self->device = madang_json_read_text (&reader, "device", madang_id_is_valid);
  self->public_key = madang_json_read_text (&reader, "public_key", madang_wire_is_opaque);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}

MadangSignInReply *
madang_sign_in_reply_new (void)
{
  return g_new0 (MadangSignInReply, 1);
}

void
madang_sign_in_reply_free (MadangSignInReply *self)
{
  if (self == NULL)
    return;
  g_free (self->token);
  g_free (self->account);
  g_free (self->login);
  g_free (self->name);
  g_free (self);
}

GBytes *
madang_sign_in_reply_to_bytes (const MadangSignInReply *self)
{
  GString *json;

  g_return_val_if_fail (self != NULL, NULL);

  json = g_string_new (NULL);
  madang_json_begin (json, '{');
  madang_json_add_text (json, "token", self->token);
  madang_json_add_text (json, "account", self->account);
  madang_json_add_text (json, "login", self->login);
  madang_json_add_text (json, "name", self->name);
  madang_json_add_integer (json, "expires", self->expires);
  madang_json_end (json, '}');
  return g_string_free_to_bytes (json);
}

MadangSignInReply *
madang_sign_in_reply_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (MadangSignInReply) self = NULL;
  g_auto (MadangJsonReader) reader = MADANG_JSON_READER_INIT;

  g_return_val_if_fail (bytes != NULL, NULL);

  madang_json_reader_open_bytes (&reader, bytes);
  self = madang_sign_in_reply_new ();
  self->token = madang_json_read_text (&reader, "token", madang_wire_is_opaque);
  self->account = madang_json_read_text (&reader, "account", madang_id_is_valid);
  self->login = madang_json_read_text (&reader, "login", madang_wire_is_short);
  self->name = madang_json_read_text (&reader, "name", madang_wire_is_short);
  self->expires = madang_json_read_integer (&reader, "expires", 0, G_MAXINT64);
  return madang_json_reader_finish (&reader, error) ? g_steal_pointer (&self) : NULL;
}
