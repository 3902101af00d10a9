/*
 * inbox - the built-in servicedesk, for those who have none: HR reads the tickets here.
 *
 * A ticket is the effect's row, which is in the state before anyone is asked to deliver
 * it: so opening one is finding it, and its number (HR-1001) is the row's own. Nothing to
 * be lost, nothing to be made twice. The row's text must stay after delivery.
 */
#ifndef SERVICEDESK_INBOX_H
#define SERVICEDESK_INBOX_H

#include "app/desk.h"

enum { INBOX_FIRST_NUMBER = 1000 }; /* effect 1 is HR-1001 */

extern const struct desk desk_inbox;

#endif
