/*
 * rest_login - how a REST profile's other side knows us: the secrets in the files that a
 * rest_section names, and the Authorization header made of them.
 */
#ifndef APP_REST_LOGIN_H
#define APP_REST_LOGIN_H

#include "app/rest_section.h"

/* token, password: empty where the section names no file. Texts in a. RC_NOT_FOUND when
 * a file is missing or empty. */
MUST_USE enum rc rest_login_read(struct arena *a, const struct rest_section *s,
                                 str *token, str *password);
/* What {{credential}} stands for: the profile's `login`, "SCHEME token", or user and
 * password (RFC 7617). Empty: it cannot stand in a header. */
str rest_login_credential(struct arena *a, const struct rest_section *s, str token,
                          str password);

#endif
