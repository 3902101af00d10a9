/*
 * mail - one plain-text mail by SMTP (RFC 5321), on the HTTP client's loop and limits.
 *
 * smtps:// is TLS from the first byte, smtp:// becomes TLS by STARTTLS; without TLS only
 * to a loopback address. Texts are UTF-8; the subject is encoded as RFC 2047 says.
 */
#ifndef NET_MAIL_H
#define NET_MAIL_H

#include "net/http.h"

struct mail {
    str url;            /* smtp://HOST:PORT or smtps://HOST:PORT */
    str user, password; /* empty: none */
    str from, to;       /* addresses, nothing else: mail_is_address */
    str subject, text;  /* subject: one line */
    str id;             /* of our own alphabet: the same mail has the same Message-ID */
    int64_t at_ms;
};

bool mail_is_address(str s);
/* As http_send: HTTP_DONE with the server's last code, or what is known instead. */
struct http_call *mail_send(struct http *h, const struct mail *m,
                            void (*done)(void *ctx, const struct http_reply *reply),
                            void *ctx);

#endif
