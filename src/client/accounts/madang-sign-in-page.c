/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-sign-in-page.h"

#include <glib/gi18n.h>

#include "madang-error-text.h"
#include "madang-error.h"
#include "madang-text.h"

struct _MadangSignInPage
{
  AdwBin parent_instance;

  MadangSession *session; /* (owned) (nullable) */
  gboolean working;
  GtkWidget *dismiss_button;
  GtkLabel *heading;
  GtkLabel *message;
  GtkEditable *server_row;
  GtkEditable *login_row;
  GtkEditable *password_row;
  GtkButton *sign_in_button;
};

enum
{
  SIGNAL_SIGNED_IN,
  SIGNAL_DISMISSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MadangSignInPage, madang_sign_in_page, ADW_TYPE_BIN)

static void
show_message (MadangSignInPage *self, const char *message, gboolean problem)
{
  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
  if (problem)
    gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
}

static char *
dup_line (GtkEditable *row)
{
  return madang_text_clean (gtk_editable_get_text (row), -1, MADANG_TEXT_LINE);
}

/* People write a server as "madang.seoul.go.kr"; a name alone means TLS. */
static char *
dup_server (MadangSignInPage *self)
{
  g_autofree char *line = dup_line (self->server_row);
  gsize length;

  if (*line != '\0' && strstr (line, "://") == NULL)
    {
      g_autofree char *bare = g_steal_pointer (&line);

      line = g_strconcat ("https://", bare, NULL);
    }
  length = strlen (line);
  while (length > 0 && line[length - 1] == '/')
    line[--length] = '\0';
  return g_steal_pointer (&line);
}

static void
update_sensitive (MadangSignInPage *self)
{
  g_autofree char *server = dup_line (self->server_row);
  g_autofree char *login = dup_line (self->login_row);

  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in_button),
                            !self->working && *server != '\0' && *login != '\0'
                                && *gtk_editable_get_text (self->password_row) != '\0');
}

static void
set_working (MadangSignInPage *self, gboolean working)
{
  self->working = working;
  gtk_button_set_label (self->sign_in_button, working ? _ ("Signing In…") : _ ("Sign In"));
  update_sensitive (self);
}

static char *
dup_problem (const GError *error)
{
  if (g_error_matches (error, MADANG_ERROR, MADANG_ERROR_FORBIDDEN))
    return g_strdup (_ ("The sign-in name or the password is wrong. Try again."));
  if (g_error_matches (error, MADANG_ERROR, MADANG_ERROR_OFFLINE))
    return g_strdup (_ ("The server does not answer. Check the address and the network; the first "
                        "sign-in on a computer needs the network."));
  if (g_error_matches (error, MADANG_ERROR, MADANG_ERROR_INVALID))
    return g_strdup (_ ("This is not the address of a server. Write it as "
                        "https://madang.example.go.kr."));
  return madang_error_dup_text (error);
}

static void
focus_first_empty (MadangSignInPage *self)
{
  GtkEditable *rows[] = { self->server_row, self->login_row, self->password_row };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (*gtk_editable_get_text (rows[i]) == '\0')
      {
        gtk_widget_grab_focus (GTK_WIDGET (rows[i]));
        return;
      }
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MadangSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  set_working (self, FALSE);
  if (madang_session_finish (MADANG_SESSION (source), result, &error))
    {
      gtk_editable_set_text (self->password_row, "");
      show_message (self, NULL, FALSE);
      g_signal_emit (self, signals[SIGNAL_SIGNED_IN], 0);
      return;
    }
  problem = dup_problem (error);
  show_message (self, problem, TRUE);
  if (g_error_matches (error, MADANG_ERROR, MADANG_ERROR_FORBIDDEN))
    {
      gtk_editable_select_region (self->password_row, 0, -1);
      gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
    }
}

static void
sign_in_cb (MadangSignInPage *self)
{
  g_autofree char *server = NULL;
  g_autofree char *login = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->sign_in_button)))
    {
      focus_first_empty (self);
      return;
    }
  server = dup_server (self);
  login = dup_line (self->login_row);
  show_message (self, NULL, FALSE);
  set_working (self, TRUE);
  madang_session_sign_in_async (self->session, server, login,
                                gtk_editable_get_text (self->password_row), signed_in_cb,
                                g_object_ref (self));
}

static void
entry_changed_cb (MadangSignInPage *self)
{
  update_sensitive (self);
}

static void
dismiss_clicked_cb (MadangSignInPage *self)
{
  g_signal_emit (self, signals[SIGNAL_DISMISSED], 0);
}

static void
prepare (MadangSignInPage *self, gboolean again)
{
  gtk_editable_set_text (self->server_row, madang_session_get_server (self->session));
  gtk_editable_set_text (self->login_row, madang_session_get_login (self->session));
  gtk_editable_set_text (self->password_row, "");
  gtk_editable_set_editable (self->server_row, !again);
  gtk_editable_set_editable (self->login_row, !again);
  gtk_widget_set_visible (self->dismiss_button, again);
  update_sensitive (self);
  focus_first_empty (self);
}

static void
madang_sign_in_page_dispose (GObject *object)
{
  g_clear_object (&MADANG_SIGN_IN_PAGE (object)->session);

  G_OBJECT_CLASS (madang_sign_in_page_parent_class)->dispose (object);
}

static void
madang_sign_in_page_class_init (MadangSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = madang_sign_in_page_dispose;

  signals[SIGNAL_SIGNED_IN]
      = g_signal_new ("signed-in", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DISMISSED]
      = g_signal_new ("dismissed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kr/madang/Madang/accounts/madang-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MadangSignInPage, dismiss_button);
  gtk_widget_class_bind_template_child (widget_class, MadangSignInPage, heading);
  gtk_widget_class_bind_template_child (widget_class, MadangSignInPage, message);
  gtk_widget_class_bind_template_child (widget_class, MadangSignInPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, MadangSignInPage, login_row);
  gtk_widget_class_bind_template_child (widget_class, MadangSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, MadangSignInPage, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_clicked_cb);
}

static void
madang_sign_in_page_init (MadangSignInPage *self)
{
  GtkWidget *list;

  gtk_widget_init_template (GTK_WIDGET (self));
  /* A group without a title leaves the list inside it without a name. */
  list = gtk_widget_get_ancestor (GTK_WIDGET (self->server_row), GTK_TYPE_LIST_BOX);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sign In to Madang"), -1);
}

void
madang_sign_in_page_set_session (MadangSignInPage *self, MadangSession *session)
{
  g_return_if_fail (MADANG_IS_SIGN_IN_PAGE (self));
  g_set_object (&self->session, session);
}

void
madang_sign_in_page_ask (MadangSignInPage *self, const char *message)
{
  g_return_if_fail (MADANG_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (self->session != NULL);

  gtk_label_set_label (self->heading, _ ("Sign In to Madang"));
  show_message (self, message, message != NULL);
  prepare (self, FALSE);
}

void
madang_sign_in_page_ask_again (MadangSignInPage *self)
{
  g_return_if_fail (MADANG_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (self->session != NULL);

  gtk_label_set_label (self->heading, _ ("Sign In Again"));
  show_message (self,
                _ ("Your work is kept on this computer. Changes are sent as soon as you have "
                   "signed in."),
                FALSE);
  prepare (self, TRUE);
}
