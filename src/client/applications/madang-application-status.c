/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-application-status.h"

#include <glib/gi18n.h>

#include "madang-day.h"

static gboolean
is_in (MadangRecord *application, const char *state)
{
  return g_str_equal (madang_record_get_state (application), state);
}

static char *
dup_time_left (const char *close_day, gint64 now)
{
  g_autofree char *span = NULL;

  if (close_day == NULL || now >= madang_day_get_end (close_day))
    return NULL;
  span = madang_duration_format (madang_day_get_end (close_day) - now);
  /* Translators: %s is a span of time such as "4 days 3 hours" */
  return g_strdup_printf (_ ("%s left"), span);
}

gboolean
madang_application_is_on_its_way (MadangRecord *application)
{
  g_return_val_if_fail (MADANG_IS_RECORD (application), FALSE);
  return is_in (application, "submitted") && madang_record_get_waiting (application) > 0;
}

char *
madang_application_dup_deadline (const char *close_day, gint64 now)
{
  g_autofree char *deadline = NULL;
  g_autofree char *left = NULL;

  if (close_day == NULL)
    return NULL;
  deadline = madang_deadline_format (close_day);
  left = dup_time_left (close_day, now);
  if (left == NULL)
    /* Translators: %s is a day with the hour, "2020. 3. 13.(금) 24:00" */
    return g_strdup_printf (_ ("The call closed on %s"), deadline);
  /* Translators: a day with the hour, then the time left: "Deadline 2020. 3. 13.(금) 24:00, 4
   * days left" */
  return g_strdup_printf (_ ("Deadline %s, %s"), deadline, left);
}

char *
madang_application_dup_supplement_deadline (const char *due, gint64 now)
{
  g_autofree char *deadline = NULL;
  g_autofree char *left = NULL;

  if (!madang_day_is_valid (due))
    return NULL;
  deadline = madang_deadline_format (due);
  left = dup_time_left (due, now);
  if (left == NULL)
    /* Translators: %s is a day with the hour */
    return g_strdup_printf (_ ("The supplement was due on %s"), deadline);
  /* Translators: a day with the hour, then the time left */
  return g_strdup_printf (_ ("Supplement due on %s, %s"), deadline, left);
}

/* After a supplement it is the supplement's day that counts. */
static char *
dup_own_deadline (MadangRecord *application, const char *close_day, gint64 now)
{
  if (madang_record_is_set (application, "supplement_due"))
    return madang_application_dup_supplement_deadline (
        madang_record_get_text (application, "supplement_due"), now);
  return madang_application_dup_deadline (close_day, now);
}

static char *
dup_on_its_way (MadangRecord *application, const char *close_day, gint64 now)
{
  g_autofree char *deadline = dup_own_deadline (application, close_day, now);

  if (deadline == NULL)
    return g_strdup (
        _ ("Not yet received: it waits for the network. What counts is when it arrives "
           "at the server."));
  /* Translators: %s is a sentence about the deadline and the time left until it */
  return g_strdup_printf (_ ("Not yet received: it waits for the network. What counts is when it "
                             "arrives at the server. %s. To be safe, save it as PDF and hand it in "
                             "another way."),
                          deadline);
}

/* The lead says until when. */
static char *
dup_supplement (MadangRecord *application)
{
  if (!madang_record_is_set (application, "receipt_number"))
    return g_strdup (_ ("The city asks for a supplement. Change the form and hand it in again."));
  /* Translators: %s is the receipt number */
  return g_strdup_printf (_ ("The city asks for a supplement. Change the form and hand it in "
                             "again; receipt number %s stays."),
                          madang_record_get_text (application, "receipt_number"));
}

static char *
dup_submitted (MadangRecord *application)
{
  g_autofree char *time = madang_record_dup_display (application, "submitted_at");

  if (madang_record_is_set (application, "receipt_number"))
    /* Translators: %s is the receipt number */
    return g_strdup_printf (_ ("The supplement was handed in. The city office will look at it; "
                               "receipt number %s stays."),
                            madang_record_get_text (application, "receipt_number"));
  /* Translators: %s is a time */
  return g_strdup_printf (_ ("Submitted on %s. The city office will receive it and give it a "
                             "number."),
                          time);
}

static char *
dup_received (MadangRecord *application)
{
  g_autofree char *time = madang_record_dup_display (application, "received_at");

  /* Translators: the first %s is a time, the second the receipt number */
  return g_strdup_printf (_ ("Received on %s. Receipt number %s."), time,
                          madang_record_get_text (application, "receipt_number"));
}

/* The reason goes with the event; the server writes it into the record. */
static char *
dup_declined (MadangRecord *application)
{
  if (madang_record_get_waiting (application) > 0)
    return g_strdup (_ ("Given up. It counts as soon as it reaches the server."));
  /* Translators: %s is the reason that the officer gave */
  return g_strdup_printf (_ ("Given up. Reason: %s"),
                          madang_record_get_text (application, "declined_reason"));
}

char *
madang_application_dup_status (MadangRecord *application, const char *close_day, gint64 now)
{
  g_return_val_if_fail (MADANG_IS_RECORD (application), NULL);

  if (madang_application_is_on_its_way (application))
    return dup_on_its_way (application, close_day, now);
  if (is_in (application, "submitted"))
    return dup_submitted (application);
  if (is_in (application, "supplement"))
    return dup_supplement (application);
  if (is_in (application, "declined"))
    return dup_declined (application);
  if (madang_record_is_set (application, "receipt_number") && !is_in (application, "withdrawn"))
    return dup_received (application);
  /* The reason goes with the event; the server writes it into the record. */
  if (is_in (application, "withdrawn") && madang_record_get_waiting (application) > 0)
    return g_strdup (_ ("Withdrawn. It counts as soon as it reaches the server."));
  if (is_in (application, "withdrawn"))
    /* Translators: %s is the reason that the officer gave */
    return g_strdup_printf (_ ("Withdrawn. Reason: %s"),
                            madang_record_get_text (application, "withdrawal_reason"));
  if (is_in (application, "expired"))
    return g_strdup (_ ("The call closed before this was submitted. Ask the city office about a "
                        "late application on paper."));
  return NULL;
}

char *
madang_application_dup_absence (MadangRecord *programme, const char *close_day, gint64 now)
{
  g_autofree char *deadline = NULL;

  if (programme == NULL)
    return g_strdup (_ ("The programme is still on its way from the server. The application is "
                        "written here as soon as it has arrived."));
  if (g_str_equal (madang_record_get_state (programme), "draft"))
    return g_strdup (_ ("This year’s programme is still being prepared. The application is "
                        "written here as soon as the call is open."));
  deadline = madang_application_dup_deadline (close_day, now);
  /* Translators: %s is a sentence about the deadline, or nothing */
  return g_strdup_printf (
      _ ("Here your agency’s application is written, submitted and followed. %s"),
      deadline != NULL ? deadline : "");
}
