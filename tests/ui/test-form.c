/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "madang-field-row-factory.h"
#include "madang-form.h"
#include "madang-id.h"
#include "madang-merge.h"

static const char *const fields[]
    = { "dept_name", "phone",        "direction",        "page_request", "page_no_reason",
        "signed_on", "planned_open", "requested_amount", "agency",       NULL };

typedef struct
{
  MadangDatabase *database;
  MadangRecordStore *store;
  MadangActor *actor;
  MadangForm *form;
  MadangRecord *record;
  char *agency;
} Fixture;

static const MadangKind *
get_kind (void)
{
  return madang_kind_find ("application");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = madang_id_new ();
  g_autofree char *scope = NULL;

  fixture->agency = madang_id_new ();
  scope = g_strconcat ("agency:", fixture->agency, NULL);
  fixture->database
      = madang_database_open (":memory:", MADANG_DATABASE_CLIENT, MADANG_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  fixture->store = madang_record_store_new (fixture->database, &error);
  g_assert_no_error (error);
  fixture->actor = madang_actor_new ("0190a000-0000-7000-8000-000000000001");
  madang_actor_add_grant (fixture->actor, MADANG_ROLE_AGENCY_OFFICER, scope, fixture->agency);

  fixture->form = g_object_ref_sink (g_object_new (MADANG_TYPE_FORM, "event", "submit", NULL));
  for (const char *const *field = fields; *field != NULL; field++)
    gtk_box_append (GTK_BOX (box),
                    madang_field_row_new_for (madang_kind_find_field (get_kind (), *field)));
  adw_bin_set_child (ADW_BIN (fixture->form), box);
  madang_form_set_up (fixture->form, get_kind (), fixture->store, fixture->actor);

  fixture->record = madang_record_new (get_kind (), id);
  g_assert_true (
      madang_record_set (fixture->record, "agency", g_variant_new_string (fixture->agency), NULL));
  madang_record_set_scope (fixture->record, scope);
  madang_form_set_record (fixture->form, fixture->record);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->record);
  g_assert_finalize_object (fixture->form);
  g_clear_pointer (&fixture->actor, madang_actor_unref);
  g_clear_object (&fixture->store);
  madang_database_close (fixture->database);
  g_clear_object (&fixture->database);
  g_free (fixture->agency);
}

static GtkWidget *
find_descendant (GtkWidget *widget, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found
          = G_TYPE_CHECK_INSTANCE_TYPE (child, type) ? child : find_descendant (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static MadangFieldRow *
get_row (Fixture *fixture, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (adw_bin_get_child (ADW_BIN (fixture->form)));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (madang_field_row_get_field (MADANG_FIELD_ROW (child)), name))
      return MADANG_FIELD_ROW (child);
  g_assert_not_reached ();
}

static void
type_into (Fixture *fixture, const char *name, const char *text)
{
  GtkWidget *row = GTK_WIDGET (get_row (fixture, name));
  GtkWidget *view = find_descendant (row, GTK_TYPE_TEXT_VIEW);

  if (view != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (find_descendant (row, GTK_TYPE_ENTRY)), text);
}

static char *
dup_shown (Fixture *fixture, const char *name)
{
  GtkWidget *row = GTK_WIDGET (get_row (fixture, name));
  GtkWidget *view = find_descendant (row, GTK_TYPE_TEXT_VIEW);
  char *text;

  if (view == NULL)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (find_descendant (row, GTK_TYPE_ENTRY))));
  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "text", &text, NULL);
  return text;
}

/* The working record, with what was typed last. */
static MadangRecord *
get_working (Fixture *fixture)
{
  g_ptr_array_unref (madang_form_dup_edits (fixture->form));
  return madang_form_get_record (fixture->form);
}

static const MadangEdit *
assert_one_edit (GPtrArray *edits, const char *path)
{
  const MadangEdit *edit;

  g_assert_cmpuint (edits->len, ==, 1);
  edit = edits->pdata[0];
  g_assert_cmpstr (edit->path, ==, path);
  return edit;
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) edits = NULL;
  g_autoptr (GPtrArray) after = NULL;
  const MadangEdit *edit;

  type_into (fixture, "dept_name", "  마을자치과\xe2\x80\xae ");
  edits = madang_form_dup_edits (fixture->form);
  edit = assert_one_edit (edits, "dept_name");
  g_assert_null (edit->from);
  g_assert_cmpstr (g_variant_get_string (edit->to, NULL), ==, "마을자치과");

  madang_form_mark_stored (fixture->form, edits, TRUE);
  after = madang_form_dup_edits (fixture->form);
  g_assert_cmpuint (after->len, ==, 0);
}

static void
test_failed_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) edits = NULL;
  g_autoptr (GPtrArray) again = NULL;

  type_into (fixture, "dept_name", "기획과");
  edits = madang_form_dup_edits (fixture->form);
  madang_form_mark_stored (fixture->form, edits, TRUE);
  madang_form_mark_stored (fixture->form, edits, FALSE);
  again = madang_form_dup_edits (fixture->form);
  assert_one_edit (again, "dept_name");
}

/* What is too long stays on the screen, is marked, and does not replace what was valid. */
static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (2001, 'x');
  g_autofree char *shown = NULL;
  g_autoptr (GPtrArray) edits = NULL;
  g_auto (GStrv) problems = NULL;

  type_into (fixture, "direction", "짧은 글");
  edits = madang_form_dup_edits (fixture->form);
  madang_form_mark_stored (fixture->form, edits, TRUE);
  g_clear_pointer (&edits, g_ptr_array_unref);

  type_into (fixture, "direction", long_text);
  edits = madang_form_dup_edits (fixture->form);
  g_assert_cmpuint (edits->len, ==, 0);
  problems = madang_form_dup_problems (fixture->form);
  g_assert_cmpuint (g_strv_length (problems), ==, 1);
  shown = dup_shown (fixture, "direction");
  g_assert_cmpstr (shown, ==, long_text);
  g_assert_cmpstr (madang_record_get_text (get_working (fixture), "direction"), ==, "짧은 글");
}

/* What contradicts another field stays on the form until it does no more, also when the record
 * comes back from the cache; the rest goes. */
static void
test_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) edits = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *shown = NULL;

  type_into (fixture, "signed_on", "2020. 3. 9.");
  type_into (fixture, "dept_name", "기획과");
  madang_form_hold (fixture->form, (const char *const[]){ "signed_on", NULL });
  edits = madang_form_dup_edits (fixture->form);
  assert_one_edit (edits, "dept_name");
  madang_form_mark_stored (fixture->form, edits, TRUE);
  madang_form_set_record (fixture->form, fixture->record);
  shown = dup_shown (fixture, "signed_on");
  g_assert_true (g_str_has_prefix (shown, "2020. 3. 9."));

  madang_form_hold (fixture->form, NULL);
  after = madang_form_dup_edits (fixture->form);
  assert_one_edit (after, "signed_on");
}

static void
test_bad_day (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) edits = NULL;
  g_auto (GStrv) problems = NULL;

  type_into (fixture, "signed_on", "2020-02-30");
  problems = madang_form_dup_problems (fixture->form);
  g_assert_cmpuint (g_strv_length (problems), ==, 1);

  type_into (fixture, "signed_on", "2020. 3. 9.");
  g_assert_null (madang_form_dup_problems (fixture->form));
  edits = madang_form_dup_edits (fixture->form);
  g_assert_cmpstr (g_variant_get_string (assert_one_edit (edits, "signed_on")->to, NULL), ==,
                   "2020-03-09");
}

static void
assert_month (Fixture *fixture, const char *text, const char *expected)
{
  type_into (fixture, "planned_open", text);
  g_assert_cmpstr (madang_record_get_text (get_working (fixture), "planned_open"), ==, expected);
}

static void
test_month (Fixture *fixture, gconstpointer data)
{
  assert_month (fixture, "2020. 8.", "2020-08");
  assert_month (fixture, "'20.9월", "2020-09");
  assert_month (fixture, "2020-10", "2020-10");
  /* No month; the last good one stays. */
  assert_month (fixture, "2020-13", "2020-10");
  assert_month (fixture, "2020-11-02", "2020-10");
  assert_month (fixture, "", "");
}

static void
test_won (Fixture *fixture, gconstpointer data)
{
  type_into (fixture, "requested_amount", "20,000,000");
  g_assert_cmpint (madang_record_get_number (get_working (fixture), "requested_amount", 0), ==,
                   20000000);
  type_into (fixture, "requested_amount", "2천만");
  g_assert_cmpint (madang_record_get_number (get_working (fixture), "requested_amount", 0), ==,
                   20000000);
}

/* Someone else's change arrives while this person is writing. */
static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dept_name = NULL;
  g_autofree char *phone = NULL;
  g_autoptr (GPtrArray) edits = NULL;

  type_into (fixture, "dept_name", "내가 쓴 과");
  madang_record_set (fixture->record, "dept_name", g_variant_new_string ("남이 쓴 과"), NULL);
  madang_record_set (fixture->record, "phone", g_variant_new_string ("02-120"), NULL);
  madang_form_set_record (fixture->form, fixture->record);

  dept_name = dup_shown (fixture, "dept_name");
  phone = dup_shown (fixture, "phone");
  g_assert_cmpstr (dept_name, ==, "내가 쓴 과");
  g_assert_cmpstr (phone, ==, "02-120");
  edits = madang_form_dup_edits (fixture->form);
  g_assert_cmpstr (g_variant_get_string (assert_one_edit (edits, "dept_name")->from, NULL), ==,
                   "남이 쓴 과");
}

static void
test_rights (Fixture *fixture, gconstpointer data)
{
  g_assert_true (madang_field_row_get_editable (get_row (fixture, "phone")));
  g_assert_false (madang_field_row_get_editable (get_row (fixture, "agency")));
  g_assert_true (madang_form_may_write (fixture->form, "phone"));
  g_assert_false (madang_form_may_write (fixture->form, "agency"));

  madang_record_set_state (fixture->record, "submitted");
  madang_form_set_record (fixture->form, fixture->record);
  g_assert_false (madang_field_row_get_editable (get_row (fixture, "phone")));
  g_assert_false (madang_field_row_get_editable (get_row (fixture, "direction")));
  g_assert_false (madang_form_may_write (fixture->form, "phone"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/client/form/edit", Fixture, NULL, set_up, test_edit, tear_down);
  g_test_add ("/client/form/failed-write", Fixture, NULL, set_up, test_failed_write, tear_down);
  g_test_add ("/client/form/too-long", Fixture, NULL, set_up, test_too_long, tear_down);
  g_test_add ("/client/form/held", Fixture, NULL, set_up, test_held, tear_down);
  g_test_add ("/client/form/bad-day", Fixture, NULL, set_up, test_bad_day, tear_down);
  g_test_add ("/client/form/month", Fixture, NULL, set_up, test_month, tear_down);
  g_test_add ("/client/form/won", Fixture, NULL, set_up, test_won, tear_down);
  g_test_add ("/client/form/refresh", Fixture, NULL, set_up, test_refresh, tear_down);
  g_test_add ("/client/form/rights", Fixture, NULL, set_up, test_rights, tear_down);
  return g_test_run ();
}
