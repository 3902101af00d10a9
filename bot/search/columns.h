/*
 * columns - what of a section is indexed, in the order in which its words are kept.
 */
#ifndef SEARCH_COLUMNS_H
#define SEARCH_COLUMNS_H

enum column { COLUMN_TITLE, COLUMN_HEADING, COLUMN_ALSO, COLUMN_BODY, COLUMN_COUNT };

#endif
