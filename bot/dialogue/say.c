#include "dialogue/say.h"

static const char *const sentences[SAY_COUNT][LANG_COUNT] = {
    [SAY_EMPTY] =
        {"Ik zie nog geen vraag. Waar kan ik je mee helpen? Je kunt het gewoon in "
         "je eigen woorden vragen.",
         "I don't see a question yet. What can I help you with? Just ask in your "
         "own words."},
    [SAY_YES_TO_NOTHING] = {"Waar kan ik je mee helpen?", "What can I help you with?"},
    [SAY_NO_TO_NOTHING] = {"Prima. Als er iets is, vraag het gerust.",
                           "That's fine. If there is anything, just ask."},
    [SAY_NOTHING_RUNS] =
        {"Er loopt nu niets, en er is niets verstuurd. Waar kan ik je "
         "mee helpen?",
         "Nothing is running right now, and nothing was sent. What can I "
         "help you with?"},
    [SAY_CHOICE] = {"Ik weet niet zeker wat je bedoelt. Is het een van deze onderwerpen?",
                    "I'm not sure what you mean. Is it one of these?"},
    [SAY_CHOICE_ONE] = {"Bedoel je dit?", "Do you mean this?"},
    [SAY_CHOICE_TOPIC] =
        {"Ik denk dat je vraag gaat over **{topic}**, maar ik weet niet of "
         "mijn antwoord daarover precies zegt wat je wilt weten. Wil je "
         "het zien?",
         "I think your question is about **{topic}**, but I'm not sure "
         "that my answer about it says exactly what you want to know. "
         "Would you like to see it?"},
    [SAY_CHOICE_WHICH] = {"Welke van deze bedoel je?", "Which of these do you mean?"},
    [SAY_NONE_OF_THESE] = {"Geen van deze", "None of these"},
    [SAY_DECLINE] =
        {"Daar heb ik geen goed antwoord op. Zal ik je vraag doorzetten naar een "
         "collega van HR? Je kunt hem ook anders stellen.",
         "I don't have a good answer to that. Shall I pass your question on to a "
         "colleague at HR? You can also put it differently."},
    [SAY_DECLINE_AGAIN] = {"Ook hier heb ik geen antwoord op. Een collega van HR kan je "
                           "verder helpen. Zal ik je vraag doorzetten?",
                           "I don't have an answer to this either. A colleague at HR can "
                           "help you further. Shall I pass your question on?"},
    [SAY_NOT_OFFERED] = {"Die keuze ken ik niet (meer). Stel je vraag gerust opnieuw.",
                         "I don't know that choice (any more). Please ask your question "
                         "again."},
    [SAY_HANDOFF_ASK] =
        {"Zal ik dit doorzetten naar een collega van HR? Ik stuur mee wat je "
         "hier hebt gevraagd, dan hoef je het niet opnieuw uit te leggen.",
         "Shall I pass this on to a colleague at HR? I'll include what you "
         "asked here, so you won't have to explain it again."},
    [SAY_HANDOFF_NOTED] =
        {"Dat neem ik erbij op. Zal ik het zo doorzetten naar een collega van HR?",
         "I'll include that. Shall I pass it on to a colleague at HR like this?"},
    [SAY_ABOUT_SOMEBODY] =
        {"Over iemand anders zoek ik hier niets op en vertel ik niets. Heb je er voor je "
         "werk iets over nodig, dan kan een collega van HR meekijken. Zal ik je vraag "
         "doorzetten?",
         "I don't look up or tell anything here about somebody else. If you need "
         "something for your work, a colleague at HR can look into it. Shall I pass your "
         "question on?"},
    [SAY_ABOUT_TEAM] =
        {"Over iemand in je team kan ik hier niets inzien. Je HR-partner denkt met je "
         "mee. Zal ik je vraag aan je HR-partner doorgeven?",
         "I can't see anything here about somebody in your team. Your HR partner will "
         "think along with you. Shall I pass your question on to your HR partner?"},
    [SAY_ANNOYED] =
        {"Wat vervelend, ik begrijp dat je daar genoeg van hebt.",
         "I'm sorry about that. I understand that you have had enough of it."},
    [SAY_HANDOFF_TOPIC] =
        {"Waar gaat het over? Typ het hier in een paar woorden, "
         "dan weet de collega van HR meteen waar het om gaat. Liever niet? "
         "Dan zet ik alleen door dat je iemand wilt spreken.",
         "What is it about? Type it here in a few words, so the "
         "colleague at HR knows straight away. Rather not? Then I'll just "
         "pass on that you'd like to speak to someone."},
    [SAY_HANDOFF_QUESTION] = {"Ik wil graag iemand van HR spreken",
                              "I would like to speak to someone at HR"},
    [SAY_HANDOFF_YES] = {"Ja, zet maar door", "Yes, pass it on"},
    [SAY_HANDOFF_NO] = {"Nee, dank je", "No, thank you"},
    [SAY_HANDOFF_DONE] =
        {"Ik heb het doorgezet naar HR. Je ontvangstnummer is "
         "**{receipt}**. Het antwoord van de collega komt hier in de chat.",
         "I've passed it on to HR. Your receipt is **{receipt}**. Your "
         "colleague's answer will come here in the chat."},
    [SAY_HANDOFF_LEFT] = {"Goed, dan zet ik niets door. Heb je nog een andere vraag?",
                          "All right, I won't pass anything on. Do you have another "
                          "question?"},
    [SAY_TICKET_NUMBER] =
        {"Je vraag ({receipt}) staat bij HR onder nummer **{number}**.",
         "Your question ({receipt}) is with HR under number **{number}**."},
    [SAY_TICKET_FAILED] =
        {"Het is niet gelukt om je vraag ({receipt}) af te leveren bij HR. "
         "De beheerder is gewaarschuwd. Bel of mail HR als het haast heeft.",
         "We could not deliver your question ({receipt}) to HR. The "
         "administrator has been warned. Call or mail HR if it is urgent."},
    [SAY_SENSITIVE_ASK] =
        {"Wil je dat iemand contact met je opneemt? Alleen als je daar zelf "
         "ja op zegt, geef ik door dat je gesproken wilt worden; niet wat "
         "je hier schrijft. Van dit gesprek wordt niets bewaard.",
         "Would you like someone to contact you? Only if you say yes will "
         "I pass on that you'd like to be contacted; not what you write "
         "here. Nothing of this conversation is kept."},
    [SAY_SENSITIVE_YES] = {"Ja, laat iemand contact opnemen",
                           "Yes, let someone contact me"},
    [SAY_SENSITIVE_NO] = {"Nee, nu niet", "No, not now"},
    [SAY_SENSITIVE_LEFT] =
        {"Dat is goed. Je kunt altijd bellen met de mensen hierboven, ook "
         "later.",
         "That's fine. You can always call the people above, later too."},
    [SAY_SENSITIVE_OTHER] = {"Ik bedoel iets anders", "I mean something else"},
    [SAY_SENSITIVE_MISREAD] =
        {"Dan heb ik je verkeerd begrepen. Stel je vraag gerust nog een keer, dan zoek "
         "ik het antwoord.",
         "Then I misunderstood you. Please ask your question once more and I'll look for "
         "the answer."},
    [SAY_SENSITIVE_DONE] =
        {"Ik heb vertrouwelijk doorgegeven dat je contact wilt, zonder wat "
         "je hier schreef. Je ontvangstnummer is **{receipt}**.",
         "I have passed on in confidence that you'd like to be contacted, "
         "without what you wrote here. Your receipt is **{receipt}**."},
    [SAY_NO_MORE] =
        {"Wat ik over dit onderwerp weet ({name}), staat hierboven. Staat je antwoord er "
         "niet bij? Dan zet ik je vraag graag door naar een collega van HR.",
         "What I know about this ({name}) is above. Is your answer not there? Then I'll "
         "gladly pass your question on to a colleague at HR."},
    [SAY_OF_YEAR] = {"Over {year}, volgens de teksten die ik daar nu voor heb:",
                     "About {year}, by the texts I have for it now:"},
    [SAY_NOT_OF_YEAR] =
        {"Over {name} in {year} heb ik nog geen tekst. Zal ik je vraag doorzetten naar "
         "een collega van HR?",
         "I have no text about {name} in {year} yet. Shall I pass your question on to a "
         "colleague at HR?"},
    [SAY_LOGIN] =
        {"Dit gaat over je eigen gegevens. Daarvoor moet ik weten wie je bent: log "
         "in en stel je vraag opnieuw.",
         "This is about your own data. For that I need to know who you are: log in "
         "and ask again."},
    [SAY_LOGIN_ADDS] = {"Als je inlogt, kan ik je ook vertellen wat er speciaal voor jou "
                        "geldt.",
                        "If you log in, I can also tell you what applies to you in "
                        "particular."},
    [SAY_LOOKUP_WAIT] = {"Ik zoek het voor je op in het HR-systeem, een ogenblik.",
                         "I'm looking it up in the HR system for you, one moment."},
    [SAY_LOGIN_ANSWERS] =
        {"Ik heb hier wel iets over, maar dat hangt af van je land of contract. Log in, "
         "dan kan ik het je vertellen.",
         "I do have something on this, but it depends on your country or contract. Log "
         "in, and I can tell you."},
    [SAY_LOGIN_FORM] =
        {"Om dit voor je door te geven, moet HR weten wie je bent. Log in en vraag het "
         "opnieuw, dan regelen we het hier. Of zal ik je vraag zonder naam doorzetten "
         "naar een collega van HR?",
         "To pass this on for you, HR needs to know who you are. Log in and ask again, "
         "and we'll arrange it here. Or shall I pass your question on to a colleague at "
         "HR without a name?"},
    [SAY_LOOKUP_FAILED] =
        {"Ik kan je gegevens nu niet opvragen: het HR-systeem antwoordt "
         "niet goed. Probeer het later nog eens, of laat mij je vraag "
         "doorzetten naar HR.",
         "I can't look up your data right now: the HR system does not "
         "answer properly. Try again later, or let me pass your question "
         "on to HR."},
    [SAY_LOOKUP_EMPTY] =
        {"Ik vind hier geen gegevens van jou over. Zal ik het navragen bij "
         "HR?",
         "I can't find any data of yours on this. Shall I ask HR?"},
    [SAY_OTHER_LANGUAGE] =
        {"Hier heb ik alleen een Engelse tekst over. Wil je die zien?",
         "I only have a Dutch text on this. Would you like to see it?"},
    [SAY_SHOW_ANYWAY] = {"Ja, laat zien in het Engels", "Yes, show it in Dutch"},
    [SAY_LANGUAGE_SET] =
        {"Prima, ik ga verder in het Nederlands. Waar kan ik je mee helpen?",
         "Fine, I'll continue in English. What can I help you with?"},
    [SAY_GERMAN] =
        {"Ich verstehe leider nur Niederländisch und Englisch. Können Sie Ihre Frage in "
         "einer dieser Sprachen stellen? Oder soll ich sie an eine Kollegin oder einen "
         "Kollegen von HR weitergeben?\n\n(Ik spreek Nederlands en Engels. Zal ik je "
         "vraag doorzetten naar een collega van HR?)",
         "Ich verstehe leider nur Niederländisch und Englisch. Können Sie Ihre Frage in "
         "einer dieser Sprachen stellen? Oder soll ich sie an eine Kollegin oder einen "
         "Kollegen von HR weitergeben?\n\n(I speak Dutch and English. Shall I pass your "
         "question on to a colleague at HR?)"},
    [SAY_FRENCH] =
        {"Je ne comprends que le néerlandais et l'anglais. Pouvez-vous poser votre "
         "question dans l'une de ces langues ? Ou voulez-vous que je la transmette à une "
         "personne du service RH ?\n\n(Ik spreek Nederlands en Engels. Zal ik je vraag "
         "doorzetten naar een collega van HR?)",
         "Je ne comprends que le néerlandais et l'anglais. Pouvez-vous poser votre "
         "question dans l'une de ces langues ? Ou voulez-vous que je la transmette à une "
         "personne du service RH ?\n\n(I speak Dutch and English. Shall I pass your "
         "question on to a colleague at HR?)"},
    [SAY_LONG_ONE] = {"Een lang bericht. Ik lees er deze vraag in: {name}.",
                      "A long message. This is the question I read in it: {name}."},
    [SAY_LONG_NONE] =
        {"Dat is een lang bericht, en ik weet niet zeker wat de vraag is. Kun je hem in "
         "één zin stellen? Of zal ik het zo doorzetten naar een collega van HR?",
         "That is a long message, and I'm not sure what the question is. Can you put it "
         "in one sentence? Or shall I pass it on as it is to a colleague at HR?"},
    [SAY_NOT_REVIEWED] = {"Let op: deze tekst had vóór {date} nagekeken moeten worden.",
                          "Please note: this text was due for review before {date}."},
    [SAY_SEE_ALSO] = {"Zie ook", "See also"},
    [SAY_FEEDBACK_THANKS] = {"Fijn, dank je.", "Great, thank you."},
    [SAY_FEEDBACK_SORRY] =
        {"Jammer dat dit niet hielp. Bedoelde je een van deze onderwerpen, "
         "of zal ik je vraag doorzetten naar HR?",
         "Sorry that this didn't help. Did you mean one of these, or "
         "shall I pass your question on to HR?"},
    [SAY_FEEDBACK_SORRY_ASK] =
        {"Jammer dat dit niet hielp. Wil je het anders vragen, of zal ik je vraag "
         "doorzetten naar HR?",
         "Sorry that this didn't help. Would you like to put it differently, or shall I "
         "pass your question on to HR?"},
    [SAY_FORM_STOPPED] = {"Goed, ik ben gestopt. Er is niets verstuurd.",
                          "All right, I've stopped. Nothing was sent."},
    [SAY_FORM_RESUMED] = {"We waren bezig met: {name}.", "We were busy with: {name}."},
    [SAY_FORM_GONE] =
        {"Het formulier waar je mee bezig was, is intussen gewijzigd of "
         "weggehaald. Er is niets verstuurd. Zal ik je vraag doorzetten naar HR?",
         "The form you were filling in has been changed or removed in the "
         "meantime. Nothing was sent. Shall I pass your question on to HR?"},
    [SAY_FORM_RECAP] = {"Dit heb ik genoteerd:", "This is what I have:"},
    [SAY_FORM_RIGHT] = {"Klopt, verstuur maar", "That's right, send it"},
    [SAY_FORM_CHANGE] = {"Iets wijzigen", "Change something"},
    [SAY_FORM_STOP] = {"Stoppen", "Stop"},
    [SAY_FORM_WHAT_CHANGE] = {"Wat wil je wijzigen?", "What would you like to change?"},
    [SAY_FORM_BACK_TO] = {"Terug naar: {name}.", "Back to: {name}."},
    [SAY_FORM_SKIP] = {"Overslaan", "Skip"},
    [SAY_FORM_NEEDED] = {"Dit heb ik echt nodig om je aanvraag door te geven.",
                         "I do need this to pass on your request."},
    [SAY_FORM_CHANGED] = {"Goed, dat heb ik aangepast.", "All right, I've changed that."},
    [SAY_FORM_STILL] =
        {"We waren nog bezig met: {name}. Er is nog niets verstuurd. We gaan verder waar "
         "je was; typ *stop* als het niet meer hoeft.",
         "We were still busy with: {name}. Nothing was sent yet. We continue where you "
         "were; type *stop* if it is no longer needed."},
    [SAY_FORM_STUCK] =
        {"We komen er zo niet uit. Wil je stoppen, of zal ik het doorzetten naar een "
         "collega van HR?",
         "This isn't working. Would you like to stop, or shall I pass it on to a "
         "colleague at HR?"},
    [SAY_FORM_RECAP_HINT] =
        {"Klopt het zo? Zeg *ja* om het te versturen, of zeg wat er anders moet.",
         "Is this right? Say *yes* to send it, or say what should be different."},
    [SAY_FORM_NO_ANSWER] =
        {"Daar heb ik geen goed antwoord op. Typ *mens*, dan zet ik je vraag door naar "
         "een collega van HR; wat je hier hebt ingevuld, blijft staan.",
         "I don't have a good answer to that. Type *human* and I'll pass your question "
         "on "
         "to a colleague at HR; what you filled in here is kept."},
    [SAY_SAME_DAY] = {"Alleen die dag", "Just that day"},
    [SAY_FORM_SENT] = {"Het is verstuurd. Je ontvangstnummer is **{receipt}**.",
                       "It has been sent. Your receipt is **{receipt}**."},
    [SAY_BAD_DATE] =
        {"Ik haal daar geen datum uit. Schrijf bijvoorbeeld *3 mei*, *komende "
         "vrijdag* of *12-05-2027*.",
         "I can't find a date in that. Write for example *3 May*, *next Friday* "
         "or *12-05-2027*."},
    [SAY_BAD_DAY] = {"Die dag staat niet op de kalender. Welke dag bedoel je?",
                     "There is no such day in the calendar. Which day do you mean?"},
    [SAY_BAD_FUTURE] = {"Die datum ligt in het verleden. Welke dag bedoel je?",
                        "That date is in the past. Which day do you mean?"},
    [SAY_BAD_PAST] = {"Die datum moet nog komen. Welke dag bedoel je?",
                      "That date is still to come. Which day do you mean?"},
    [SAY_BAD_ORDER] = {"Dat is eerder dan de begindatum. Welke dag bedoel je?",
                       "That is before the first day. Which day do you mean?"},
    [SAY_BAD_DURATION] =
        {"Hoe lang? Schrijf bijvoorbeeld *anderhalve dag*, *4 uur* of *2 "
         "weken*.",
         "How long? Write for example *a day and a half*, *4 hours* or *2 "
         "weeks*."},
    [SAY_BAD_AMOUNT] = {"Welk bedrag of aantal? Schrijf bijvoorbeeld *12,50*.",
                        "What amount? Write for example *12.50*."},
    [SAY_BAD_RANGE] =
        {"Dat lijkt me niet te kunnen: het moet van {least} tot en met {most} "
         "zijn.",
         "That doesn't look right: it has to be from {least} to {most}."},
    [SAY_BAD_CHOICE] = {"Kies een van deze mogelijkheden.",
                        "Please choose one of these."},
    [SAY_BAD_YESNO] = {"Graag ja of nee.", "Yes or no, please."},
    [SAY_BAD_TEXT] =
        {"Dat is erg lang. Kan het korter, in hooguit 500 tekens?",
         "That is very long. Could you make it shorter, 500 characters at most?"},
    [SAY_WHICH_DATE] = {"Bedoel je {one} of {other}?", "Do you mean {one} or {other}?"},
    [SAY_NO_DIAGNOSIS] =
        {"Je hoeft niet te vertellen wat je hebt, en wij mogen het ook niet "
         "vastleggen. Dat heb ik dus weggelaten.",
         "You need not tell us what is wrong with you, and we may not "
         "record it. So I left that out."},
    [SAY_YES] = {"Ja", "Yes"},
    [SAY_NO] = {"Nee", "No"},
    [SAY_HOURS] = {"uur", "hours"},
    [SAY_DAYS] = {"dagen", "days"},
    [SAY_AND] = {"en", "and"},
    [SAY_KIND] = {"Soort", "Kind"},
    [SAY_BALANCE] = {"Saldo", "Balance"},
    [SAY_EXPIRES] = {"Vervalt op", "Expires on"},
    [SAY_NO_UNIT] = {"(eenheid onbekend)", "(unit unknown)"},
    [SAY_PAY_DAY] = {"Betaaldag", "Pay day"},
    [SAY_PAY_WHAT] = {"Wat je krijgt", "What you get"},
    [SAY_UP_TO] = {"t/m", "to"},
    [SAY_REQUEST] = {"Aanvraag", "Request"},
    [SAY_REQUEST_PERIOD] = {"Waarover", "For"},
    [SAY_REQUEST_STATUS] = {"Stand", "Status"},
    [SAY_REQUEST_PENDING] = {"wacht op akkoord", "waiting for approval"},
    [SAY_REQUEST_APPROVED] = {"akkoord, nog niet verwerkt",
                              "approved, not processed yet"},
    [SAY_REQUEST_INFO] = {"er wordt nog iets van je gevraagd",
                          "something is still needed from you"},
    [SAY_REQUESTS_NONE] = {"Je hebt nu geen aanvragen openstaan in het HR-systeem.",
                           "You have no open requests in the HR system right now."},
    [SAY_DOCUMENT] = {"Document", "Document"},
    [SAY_DOCUMENT_DATE] = {"Datum", "Date"},
    [SAY_DOCUMENTS_MORE] = {"Oudere documenten vind je in het HR-portaal",
                            "Older documents are in the HR portal"},
    [SAY_TRIED_CHOICE] = {"een keuze uit onderwerpen aangeboden",
                          "offered a choice of topics"},
    [SAY_TRIED_NONE_OF] = {"geen van de aangeboden onderwerpen was het",
                           "none of the topics offered was it"},
    [SAY_TRIED_NEAREST] = {"het onderwerp dat het dichtst kwam, niet zeker genoeg:",
                           "nearest topic, not sure enough:"},
    [SAY_TRIED_NOTHING] = {"niets dat erop leek", "nothing that resembled it"},
    [SAY_TRIED_ANSWER] = {"dit antwoord hielp niet:", "this answer did not help:"},
    [SAY_PROMISE] = {"Een collega antwoordt **{due}**.",
                     "A colleague will answer **{due}**."},
    [SAY_PROMISE_CLOSED] =
        {"HR is nu dicht en gaat {opens} weer open. Een collega antwoordt **{due}**.",
         "HR is closed now and opens {opens}. A colleague will answer **{due}**."},
    [SAY_PROMISE_MOVED] =
        {"Ik had je voor je vraag {receipt} een antwoord beloofd {was}. Dat gaat niet "
         "lukken. De nieuwe afspraak is **{due}**; de collega's van HR zijn "
         "gewaarschuwd.",
         "I promised you an answer to your question {receipt} {was}. That will not be "
         "met. The new date is **{due}**; the colleagues at HR have been warned."},
    [SAY_PROMISE_BROKEN] =
        {"Je had al antwoord moeten hebben op je vraag {receipt}; dat is niet gelukt. De "
         "nieuwe afspraak is **{due}**; de collega's van HR zijn gewaarschuwd.",
         "You should have had an answer to your question {receipt} by now; that was not "
         "met. The new date is **{due}**; the colleagues at HR have been warned."},
    [SAY_HUMAN_PASSED] =
        {"Wat je hier typt, gaat naar {name} van HR. Typ *stop* als je weer met mij wilt "
         "praten.",
         "What you type here goes to {name} at HR. Type *stop* to talk to me again."},
    [SAY_HUMAN_PASSED_NOBODY] =
        {"Wat je hier typt, gaat naar je collega bij HR. Typ *stop* als je weer met mij "
         "wilt praten.",
         "What you type here goes to your colleague at HR. Type *stop* to talk to me "
         "again."},
    [SAY_HUMAN_STOPPED] =
        {"Goed, je praat weer met mij. Je vraag {receipt} blijft bij HR staan; een "
         "antwoord komt hier in de chat.",
         "All right, you are talking to me again. Your question {receipt} stays with "
         "HR; an answer will come here in the chat."},
    [SAY_HUMAN_BACK] = {"Je praat weer met mij. Waar kan ik je nog mee helpen?",
                        "You are talking to me again. What else can I help you with?"},
    [SAY_STATUS_RESOLVED] =
        {"HR heeft je vraag {receipt} afgerond. Is het nog niet opgelost? Dan kun je "
         "hem weer openen.",
         "HR has closed your question {receipt}. Not solved yet? Then you can open it "
         "again."},
    [SAY_STATUS_WITHDRAWN] = {"Je vraag {receipt} is ingetrokken.",
                              "Your question {receipt} has been withdrawn."},
    [SAY_STATUS_REOPENED] = {"Je vraag {receipt} is weer in behandeling.",
                             "Your question {receipt} is being worked on again."},
    [SAY_STATUS_WAITING] = {"Je vraag {receipt} wacht nu op iets of iemand; dat zie je "
                            "ook bij HR zo staan.",
                            "Your question {receipt} is waiting for something or "
                            "someone now; that is what it says at HR."},
    [SAY_TICKETS_NONE] = {"Je hebt geen vragen bij HR staan.",
                          "You have no questions with HR."},
    [SAY_TICKETS_NONE_OPEN] = {"Je hebt geen vragen bij HR openstaan. Het laatst:",
                               "You have no open questions with HR. The latest:"},
    [SAY_TICKETS_SHOWN] = {"Dit staat er van jou bij HR:",
                           "This is what you have with HR:"},
    [SAY_TICKETS_WHICH_ADD] = {"Aan welke vraag wil je iets toevoegen?",
                               "Which question would you like to add to?"},
    [SAY_TICKETS_WHICH_WITHDRAW] = {"Welke vraag wil je intrekken?",
                                    "Which question would you like to withdraw?"},
    [SAY_TICKETS_WHICH_REOPEN] = {"Welke vraag wil je weer openen?",
                                  "Which question would you like to open again?"},
    [SAY_TICKETS_NONE_TO_REOPEN] = {"Je hebt geen afgeronde vragen die weer open kunnen.",
                                    "You have no closed questions that can be opened "
                                    "again."},
    [SAY_TICKET_ADD] = {"Iets toevoegen aan {receipt}", "Add to {receipt}"},
    [SAY_TICKET_WITHDRAW] = {"{receipt} intrekken", "Withdraw {receipt}"},
    [SAY_TICKET_REOPEN] = {"{receipt} weer openen", "Open {receipt} again"},
    [SAY_TICKET_ADD_WHAT] = {"Wat wil je toevoegen aan {receipt}? Typ het hier, dan "
                             "stuur ik het door.",
                             "What would you like to add to {receipt}? Type it here and "
                             "I'll pass it on."},
    [SAY_TICKET_ADDED] = {"Ik heb het bij je vraag {receipt} gezet.",
                          "I have added it to your question {receipt}."},
    [SAY_TICKET_WITHDRAWING] = {"Ik geef aan HR door dat je {receipt} intrekt.",
                                "I am telling HR that you withdraw {receipt}."},
    [SAY_TICKET_REOPENING] = {"Ik geef aan HR door dat {receipt} nog niet is opgelost.",
                              "I am telling HR that {receipt} is not solved yet."},
    [SAY_NOT_TOLD_COMMENT] =
        {"Je bericht bij {receipt} is niet aangekomen bij HR. De beheerder is "
         "gewaarschuwd. Bel of mail HR als het haast heeft.",
         "Your message for {receipt} did not reach HR. The administrator has been "
         "warned. Call or mail HR if it is urgent."},
    [SAY_NOT_TOLD_WITHDRAW] = {"Het intrekken van {receipt} is niet gelukt; hij staat "
                               "nog bij HR. De beheerder is gewaarschuwd.",
                               "Withdrawing {receipt} did not work; it is still with "
                               "HR. The administrator has been warned."},
    [SAY_NOT_TOLD_REOPEN] = {"Het weer openen van {receipt} is niet gelukt. Stel je "
                             "vraag gerust opnieuw, dan zet ik hem door.",
                             "Opening {receipt} again did not work. Please ask your "
                             "question again and I'll pass it on."},
    [SAY_NOT_TOLD_FILE] =
        {"Je bestand **{name}** bij {receipt} is niet aangekomen bij HR; je vraag zelf "
         "wel. "
         "De beheerder is gewaarschuwd. Mail het bestand naar HR als het haast heeft.",
         "Your file **{name}** for {receipt} did not reach HR; your question did. The "
         "administrator has been warned. Mail the file to HR if it is urgent."},
    [SAY_FILE_KEPT] = {"Ik heb **{name}** ontvangen. Ik kan bestanden niet lezen; het "
                       "gaat mee als ik je "
                       "vraag doorzet naar een collega van HR.",
                       "I have received **{name}**. I cannot read files; it goes along "
                       "when I pass your "
                       "question on to a colleague at HR."},
    [SAY_FILE_KEPT_FORM] = {"Ik heb **{name}** ontvangen en stuur het mee als je klaar "
                            "bent.",
                            "I have received **{name}** and will send it along when you "
                            "are done."},
    [SAY_FILE_ADDED] = {"Ik zet **{name}** bij je vraag {receipt}.",
                        "I am adding **{name}** to your question {receipt}."},
    [SAY_FILE_ALONG] = {"Je bestand gaat mee.", "Your file goes along."},
    [SAY_FILE_ABSENCE] =
        {"Bij een ziekmelding neem ik geen bestanden aan, en ik heb **{name}** niet "
         "bewaard. Wat je hebt en wat een arts daarover schrijft, mag HR niet "
         "vastleggen. "
         "Zulke stukken zijn alleen voor de bedrijfsarts.",
         "I take no files with a sick report, and did not keep **{name}**. HR may not "
         "record what is wrong with you, or what a doctor writes about it. Such papers "
         "are for the company doctor only."},
    [SAY_FILE_ABSENCE_LEFT] =
        {"Het bestand dat je eerder gaf, heb ik niet meegestuurd maar verwijderd: bij "
         "een "
         "ziekmelding mag HR geen medische stukken vastleggen. Die zijn alleen voor de "
         "bedrijfsarts.",
         "I did not send the file you gave earlier but deleted it: HR may not record "
         "medical papers with a sick report. They are for the company doctor only."},
    [SAY_FILE_PRIVATE] =
        {"Van dit gesprek bewaar ik niets, dus ook geen bestanden. Geef wat je hebt "
         "rechtstreeks aan de persoon met wie je erover praat.",
         "I keep nothing of this conversation, and so no files either. Please give what "
         "you have directly to the person you talk to about it."},
    [SAY_FILE_CANNOT] =
        {"Ik kan geen bestanden doorgeven aan HR: hun systeem neemt ze van mij niet aan. "
         "Ik heb **{name}** niet bewaard. Wil je het mailen?",
         "I cannot pass files on to HR: their system does not take them from me. I did "
         "not keep **{name}**. Would you mail it?"},
    [SAY_FILE_TOO_MANY] =
        {"Er wachten al {n} bestanden; meer kunnen er niet mee. Ik heb **{name}** niet "
         "bewaard.",
         "{n} files are waiting already; no more can go along. I did not keep "
         "**{name}**."},
    [SAY_FILE_DROPPED] = {"Het bestand dat je gaf, heb ik verwijderd.",
                          "I have deleted the file you gave."},
    [SAY_FILE_TOO_BIG] = {"Dit bestand is te groot: er past hooguit {n} MB.",
                          "This file is too large: at most {n} MB will fit."},
    [SAY_FILE_TYPE] =
        {"Dit soort bestand neem ik niet aan. Wel: {types}. Ik kijk naar de inhoud, niet "
         "naar de naam.",
         "I do not take this kind of file. I do take: {types}. I look at the content, "
         "not "
         "at the name."},
    [SAY_FILE_EMPTY] = {"Dit bestand is leeg.", "This file is empty."},
    [SAY_FILE_OFF] = {"Bestanden kunnen hier niet worden gegeven.",
                      "Files cannot be given here."},
    [SAY_FILE_NO_ROOM] =
        {"Er is nu geen plaats voor bestanden. Probeer het later nog "
         "eens.",
         "There is no room for files right now. Please try again later."},
    [SAY_FILE_STORAGE] = {"Het bestand kon niet worden bewaard. Probeer het nog eens.",
                          "The file could not be stored. Please try again."},
    [SAY_FILE_TOKEN] = {"Je bent niet aangemeld.", "You are not logged in."},
    [SAY_FILE_CONVERSATION] = {"Dit gesprek ken ik niet. Begin het opnieuw.",
                               "I do not know this conversation. Please start it again."},
    [SAY_FILE_CONFLICT] = {"Dit nummer is al voor een ander bestand gebruikt.",
                           "This id was used for another file."},
    [SAY_FILE_BUSY] = {"Even geduld; probeer het zo nog eens.",
                       "One moment; please try again shortly."},
    [SAY_FILE_CAME] = {"Er is een bestand bij: {name}", "A file came with it: {name}"},
    [SAY_FILE_WHERE] = {"Je opent het in de chat in je browser{where}.",
                        "You can open it in the chat in your browser{where}."},
    [SAY_FILE_LOST] = {"Het bestand {name} kon ik niet ophalen. Vraag HR om het op een "
                       "andere manier te sturen.",
                       "I could not fetch the file {name}. Please ask HR to send it "
                       "another way."},
    [SAY_FILE_LOST_BIG] =
        {"Het bestand {name} is te groot voor deze chat. Vraag HR om het "
         "op een andere manier te sturen.",
         "The file {name} is too large for this chat. Please ask HR to "
         "send it another way."},
    [SAY_FILE_LOST_TYPE] = {"Het bestand {name} is van een soort die ik niet doorgeef. "
                            "Vraag HR om het op een andere manier te sturen.",
                            "The file {name} is of a kind that I do not pass on. Please "
                            "ask HR to send it another way."},
    [SAY_FILE_LOST_PRIVATE] =
        {"Er is een bestand voor je: {name}. Van dit gesprek bewaar "
         "ik niets; vraag je adviseur om het zelf te geven.",
         "There is a file for you: {name}. I keep nothing of this "
         "conversation; please ask your adviser to give it to you."},
    [SAY_TRIED_LOOKUP] = {"de gegevens konden niet worden opgevraagd",
                          "the data could not be looked up"},
    [SAY_SHARED_NOTICE] =
        {"Ik ben balie, een programma van HR. Let op: hier lezen anderen "
         "mee. Vragen over jezelf stel je beter in een privébericht.",
         "I am balie, a program of HR. Mind that others read along here. "
         "Questions about yourself are best asked in a direct message."},
    [SAY_PRIVATE_OFFER] =
        {"Dit bespreek ik liever alleen met jou: hier lezen anderen mee. Zullen we "
         "verdergaan in een privébericht?",
         "I would rather discuss this with you alone: others read along here. Shall we "
         "go on in a direct message?"},
    [SAY_PRIVATE_YES] = {"Verder in privébericht", "Continue in a direct message"},
    [SAY_PRIVATE_HERE] = {"Hier leest niemand mee. Wat wil je weten?",
                          "Nobody reads along here. What would you like to know?"},
    [SAY_UNKNOWN_PERSON] =
        {"Dit gaat over je eigen gegevens, en ik kan niet vaststellen bij welke "
         "medewerker dit account hoort. Algemene vragen beantwoord ik wel. Klopt dit "
         "niet? Meld het dan bij HR.",
         "This is about your own data, and I cannot tell which employee this account "
         "belongs to. I do answer general questions. If this is wrong, please tell HR."},
    [SAY_UNKNOWN_FORM] =
        {"Om dit voor je door te geven, moet HR weten wie je bent, en ik kan niet "
         "vaststellen bij welke medewerker dit account hoort. Zal ik je vraag zonder "
         "naam "
         "doorzetten naar een collega van HR?",
         "To pass this on for you, HR needs to know who you are, and I cannot tell which "
         "employee this account belongs to. Shall I pass your question on to a colleague "
         "at HR without a name?"},
    [SAY_CONTINUE_OFFER] = {"Verder met ons eerdere gesprek",
                            "Continue our earlier chat"},
    [SAY_CONTINUED] = {"We gaan hier verder. Dit was het laatste:",
                       "Let's continue here. This was the last of it:"},
    [SAY_CONTINUE_NONE] = {"Ik heb elders geen gesprek met je dat hier verder kan. Stel "
                           "gerust je vraag.",
                           "I have no chat with you elsewhere to continue. Go ahead and "
                           "ask your question."},
    [SAY_INTERRUPTED] =
        {"Ik werd onderbroken voordat ik kon antwoorden, en heb je bericht "
         "niet bewaard. Wil je het nog eens sturen?",
         "I was interrupted before I could answer, and did not keep your "
         "message. Would you send it once more?"},
    [SAY_TOO_LONG] = {"Dat bericht is te lang voor mij. Kan het in hooguit 4000 tekens?",
                      "That message is too long for me. Could you keep it under 4000 "
                      "characters?"},
};

str say(enum say what, enum lang l)
{
    return str_c(sentences[what][l == LANG_NONE ? LANG_NL : l]);
}
