/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "madang-rule-texts.h"

#include <glib/gi18n-lib.h>

static const MadangRuleText texts[] = {
  /* --- fields ------------------------------------------------------------------------------ */
  /* Translators: in the sentences of this list %1$s, %2$s … stand for names of fields, days and
   * numbers that are filled in. Each is a short fact, then what to do. */
  { "field.missing", "F", N_ ("Still empty: %1$s. Please fill it in.") },
  { "field.too-long", "fnn",
    N_ ("“%1$s” takes at most %2$s characters and has %3$s. Please shorten it.") },
  { "field.too-short", "fnn",
    N_ ("“%1$s” takes at least %2$s characters and has %3$s. Please write more.") },
  { "field.control", "f",
    N_ ("“%1$s” contains control characters. Please type it again or paste it as plain text.") },
  { "field.not-clean", "f",
    N_ ("“%1$s” contains signs or spaces that are not kept. Please type it again.") },
  /* Translators: %2$s shows what a good entry looks like */
  { "field.pattern", "fp",
    N_ ("“%1$s” does not have the right form. Please write it like this: "
        "%2$s") },
  { "field.too-small", "fnn", N_ ("“%1$s” is %3$s, the least is %2$s. Please correct it.") },
  { "field.too-large", "fnn", N_ ("“%1$s” is %3$s, the most is %2$s. Please correct it.") },
  { "field.step", "fnn", N_ ("“%1$s” is %3$s and must be a multiple of %2$s. Please correct it.") },
  { "field.too-many", "fnn",
    N_ ("“%1$s” takes at most %2$s rows and has %3$s. Please remove some.") },
  { "field.choice", "f", N_ ("“%1$s” has a choice that does not exist. Please choose again.") },
  { "field.day", "f",
    N_ ("“%1$s” is not a day of the calendar. Please write it like 2020. 3. 13.") },
  { "field.month", "f", N_ ("“%1$s” is not a month. Please write it like 2020. 8.") },
  { "field.reference", "f", N_ ("“%1$s” points to nothing. Please choose again.") },
  { "field.attachment", "f", N_ ("The file of “%1$s” is not complete. Please attach it again.") },
  { "field.type", "f", N_ ("“%1$s” has a value of another kind. Please enter it again.") },
  { "field.unknown", "t", N_ ("The field “%1$s” is not known here. Update the program.") },
  { "field.server", "f", N_ ("“%1$s” is filled in by the server. Leave it as it is.") },
  { "field.fixed", "f", N_ ("“%1$s” cannot be changed any more. Make a new entry instead.") },
  { "field.unique", "f", N_ ("Another entry has the same “%1$s”. Please choose another.") },

  /* --- rights, states, events -------------------------------------------------------------- */
  { "right.none", "", N_ ("Your role does not allow this. Ask the city coordinator.") },
  { "right.ended", "",
    N_ ("Your role for this has ended, so the server did not take the change. It is kept on this "
        "computer; please tell whoever took over.") },
  /* Translators: %1$s is a state such as "Submitted" */
  { "right.state", "s",
    N_ ("Your role does not allow this while the state is “%1$s”. Reload to see "
        "what can be done now.") },
  /* Translators: %1$s is the label of a button, %2$s is a state */
  { "state.event", "es",
    N_ ("“%1$s” is not possible while the state is “%2$s”. Reload to see what "
        "can be done now.") },
  { "state.unknown", "",
    N_ ("The state was set by a newer program. Update this one to change it.") },
  { "event.unknown", "t", N_ ("The step “%1$s” is not known here. Update the program.") },
  { "event.reason", "", N_ ("A reason is needed, 500 characters at most. Please write it.") },
  { "event.argument", "t", N_ ("The entry “%1$s” is missing or wrong. Please try again.") },

  /* --- records and references -------------------------------------------------------------- */
  { "kind.unknown", "t", N_ ("The kind “%1$s” is not known here. Update the program.") },
  { "record.missing", "k",
    N_ ("This entry of “%1$s” does not exist. It may have been removed; "
        "reload the list.") },
  { "record.exists", "k", N_ ("This entry of “%1$s” exists already. Reload the list.") },
  { "record.deleted", "", N_ ("This entry was deleted. Reload the list.") },
  { "reference.missing", "f", N_ ("What “%1$s” points to does not exist. Please choose again.") },
  { "conflict", "F", N_ ("Someone else changed this too: %1$s. Compare both and choose.") },
  { "merge.conflict", "F", N_ ("Someone else changed this too: %1$s. Compare both and choose.") },
  { "merge.refused", "F", N_ ("These values were not taken: %1$s. Please enter them again.") },
  { "merge.deleted", "", N_ ("Someone else deleted this entry. Your change is kept beside it.") },
  { "seen.changed", "e",
    N_ ("The content changed before “%1$s” arrived. Please read it again and "
        "repeat the step.") },

  /* --- R-A: call and selection -------------------------------------------------------------- */
  { "R-A1.early", "d", N_ ("Applications open on %1$s. Please submit from that day on.") },
  { "R-A1.late", "D",
    N_ ("Applications closed on %1$s. Please ask the city coordinator whether a "
        "paper form that arrived in time can be entered.") },
  { "R-A1.closed", "",
    N_ ("The programme takes no applications at present. Please ask the city "
        "coordinator.") },
  { "R-A1.unknown", "", N_ ("The programme is not held here. The server will check it.") },
  { "R-A2.kind", "",
    N_ ("Only districts and institutions that the city invests in or funds may "
        "apply. Please ask the city coordinator.") },
  { "R-A2.duplicate", "",
    N_ ("The agency already has an application in this programme. Open that "
        "one, or withdraw it first.") },
  { "R-A3.missing", "F", N_ ("The form is not complete: %1$s. Please fill it in.") },
  { "R-A3.signed-on", "fdd",
    N_ ("“%1$s” must lie between %2$s and %3$s. Please correct the day.") },

  { "call.over", "D",
    N_ ("The call closed on %1$s and cannot be extended any more. A paper form that arrived in "
        "time can be entered late.") },
  { "call.closed", "",
    N_ ("The call was closed before its last day and cannot be extended any more. A paper form "
        "that arrived in time can be entered late.") },
  { "call.reminded", "i",
    N_ ("The last reminder went out on %1$s. The next one can be sent tomorrow at the earliest.") },
  { "call.past", "D",
    N_ ("By its days the call has closed on %1$s already. Please have the last day corrected.") },
  { "call.day", "dd",
    N_ ("The new last day must lie after %1$s and not after %2$s. Please choose another day.") },
  { "call.agency", "",
    N_ ("Only an agency that may apply can be given more time. Please choose another.") },
  { "late.not-yours", "",
    N_ ("Only the city coordinator enters paper forms. Please begin an application of your own.") },
  { "late.not-paper", "", N_ ("This is no paper form. The agency submits it itself.") },
  { "late.arrival", "dd",
    N_ ("The paper must have arrived between %1$s and %2$s. Please correct the day.") },
  { "late.same-person", "",
    N_ ("Whoever entered the paper form cannot decide on it. Please ask another approver.") },
  { "supplement.items", "",
    N_ ("What is to be supplemented is missing or longer than 1,000 characters. Please write "
        "it.") },
  { "supplement.day", "d", N_ ("The day must lie after %1$s. Please choose another day.") },
  { "supplement.selection", "d",
    N_ ("The selection is due on %1$s, so a supplement must be in by then. Please choose an "
        "earlier day.") },
  { "supplement.far", "d",
    N_ ("The day must not lie after %1$s, 60 days from today. Please choose an earlier day.") },
  { "supplement.over", "D",
    N_ ("The supplement was due on %1$s. The application is judged as it stands; please ask the "
        "city coordinator.") },
  { "supplement.answered", "",
    N_ ("The supplement has been handed in already, by a colleague or on another device. Please "
        "look at the application and tell the city coordinator what is still to be added.") },

  /* --- programme, accounts, conflicts ------------------------------------------------------- */
  { "programme.order", "ff", N_ ("“%2$s” lies before “%1$s”. Please correct the days.") },
  { "programme.outside", "ff", N_ ("“%1$s” lies after “%2$s”. Please correct the days.") },
  { "programme.far", "fdd",
    N_ ("“%1$s” must lie between %2$s and %3$s. Please correct the year.") },
  { "milestone.order", "ff", N_ ("“%2$s” lies before “%1$s”. Please correct the days.") },
  { "grant.scope", "rt",
    N_ ("The role “%1$s” cannot be held over “%2$s”. Please choose another "
        "scope.") },
  { "grant.agency", "r", N_ ("The role “%1$s” needs an agency. Please choose one.") },
  { "grant.period", "ff", N_ ("“%2$s” lies before “%1$s”. Please correct the days.") },
  { "hand-over.period", "dd",
    N_ ("The role runs from %1$s to %2$s and is not in force today. Only a role in force can be "
        "handed over.") },
  { "hand-over.same", "", N_ ("This account holds the role itself. Please choose another.") },
  { "hand-over.successor", "",
    N_ ("The account does not exist or is closed. Please choose another.") },
  { "hand-over.locked", "",
    N_ ("The account is locked, so nobody can sign in with it. Please have it unlocked first, or "
        "choose another.") },
  { "hand-over.held", "r",
    N_ ("This account already is “%1$s” there. Please choose another, or revoke this role.") },

  /* --- agencies and their systems ------------------------------------------------------------ */
  { "system.order", "ff", N_ ("“%2$s” lies before “%1$s”. Please correct the days.") },
  { "observation.future", "f", N_ ("“%1$s” lies in the future. Please correct the day.") },
  { "observation.source", "f",
    N_ ("“%1$s” is for the city to give. Please choose a source of your own.") },
  { "observation.system", "",
    N_ ("The system belongs to another agency. Please choose one of this agency.") },
  { NULL },
};

const MadangRuleText *
madang_rule_text_find (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  for (const MadangRuleText *text = texts; text->code != NULL; text++)
    if (g_str_equal (text->code, code))
      return text;

  return NULL;
}

const MadangRuleText *
madang_rule_text_list (void)
{
  return texts;
}
