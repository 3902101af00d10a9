#include "net/mail.h"

#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/loopback.h"
#include "base/str.h"
#include "net/call.h"

enum { MAIL_MAX = 64 * 1024, CONNECT_LIMIT_MS = 5000, TOTAL_LIMIT_MS = 20000 };

bool mail_is_address(str s)
{
    size_t ats = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        ats += c == '@';
        if (c <= 0x20 || c >= 0x7f || strchr(",;<>()\"\\:", c))
            return false;
    }
    return ats == 1 && s.n > 2 && s.p[0] != '@' && s.p[s.n - 1] != '@';
}

/* --- the message --- */

static void put_base64(struct buf *b, str s)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < s.n; i += 3) {
        unsigned v = 0;
        for (size_t k = 0; k < 3; k++)
            v = v << 8 | (i + k < s.n ? (unsigned char)s.p[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            buf_char(b, i + k > s.n ? '=' : digits[v >> (18 - 6 * k) & 63]);
    }
}

/* Encoded words of at most 75 bytes, cut between characters. */
static void put_subject(struct buf *b, str s)
{
    enum { CHUNK = 42 };
    buf_put(b, STR("Subject:"));
    while (s.n > 0) {
        size_t n = MIN(s.n, (size_t)CHUNK);
        while (n < s.n && n > 1 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
            n--;
        buf_put(b, STR(" =?UTF-8?B?"));
        put_base64(b, str_sub(s, 0, n));
        buf_put(b, STR("?="));
        s = str_sub(s, n, s.n);
        if (s.n > 0)
            buf_put(b, STR("\r\n"));
    }
    buf_put(b, STR("\r\n"));
}

static void put_date(struct buf *b, int64_t at_ms)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t t = (time_t)(at_ms / 1000);
    struct tm tm;
    gmtime_r(&t, &tm);
    buf_fmt(b, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[tm.tm_wday],
            tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min,
            tm.tm_sec);
}

/* Base64 keeps lines short and needs no care for dots. */
static str message(struct arena *a, const struct mail *m)
{
    struct buf b = buf_new(a, MAIL_MAX);
    str host = m->from;
    str_cut(&host, '@');
    buf_fmt(&b, "From: <%.*s>\r\nTo: <%.*s>\r\n", STR_ARG(m->from), STR_ARG(m->to));
    put_subject(&b, m->subject);
    put_date(&b, m->at_ms);
    buf_fmt(&b, "Message-ID: <%.*s@%.*s>\r\n", STR_ARG(m->id), STR_ARG(host));
    buf_put(&b,
            STR("MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n"
                "Content-Type: text/plain; charset=utf-8\r\n"
                "Content-Transfer-Encoding: base64\r\n\r\n"));
    for (size_t i = 0; i < m->text.n; i += 57) {
        put_base64(&b, str_sub(m->text, i, i + 57));
        buf_put(&b, STR("\r\n"));
    }
    return buf_str(&b);
}

/* --- sending --- */

/* What curl still has to read: the call's body, from head_n on. */
static size_t on_wanted(char *to, size_t one, size_t n, void *ctx)
{
    struct http_call *c = ctx;
    (void)one; /* always 1 */
    size_t more = MIN(n, c->body_n - c->head_n);
    memcpy(to, c->body + c->head_n, more);
    c->head_n += more;
    return more;
}

static int on_ready(void *ctx, char *to, char *from, int to_port, int from_port)
{
    struct http_call *c = ctx;
    (void)to, (void)from, (void)to_port, (void)from_port;
    c->requests++;
    return CURL_PREREQFUNC_OK;
}

static void set_options(struct http_call *c, const struct mail *m, struct arena *a)
{
    CURL *e = c->easy;
    c->lines = curl_slist_append(NULL, arena_fmt(a, "<%.*s>", STR_ARG(m->to)).p);
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(e, CURLOPT_PROXY, "");
    curl_easy_setopt(e, CURLOPT_URL, arena_str(a, m->url).p);
    curl_easy_setopt(e, CURLOPT_USE_SSL,
                     (long)(loopback_url(m->url) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    curl_easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (m->user.n > 0) {
        curl_easy_setopt(e, CURLOPT_USERNAME, arena_str(a, m->user).p);
        curl_easy_setopt(e, CURLOPT_PASSWORD, arena_str(a, m->password).p);
    }
    curl_easy_setopt(e, CURLOPT_MAIL_FROM, arena_fmt(a, "<%.*s>", STR_ARG(m->from)).p);
    curl_easy_setopt(e, CURLOPT_MAIL_RCPT, c->lines);
    curl_easy_setopt(e, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(e, CURLOPT_READFUNCTION, on_wanted);
    curl_easy_setopt(e, CURLOPT_READDATA, c);
    curl_easy_setopt(e, CURLOPT_INFILESIZE_LARGE, (curl_off_t)c->body_n);
    curl_easy_setopt(e, CURLOPT_PRIVATE, c);
    curl_easy_setopt(e, CURLOPT_ERRORBUFFER, c->error);
    curl_easy_setopt(e, CURLOPT_PREREQFUNCTION, on_ready);
    curl_easy_setopt(e, CURLOPT_PREREQDATA, c);
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_LIMIT_MS);
    curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)TOTAL_LIMIT_MS);
    curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L);
}

struct http_call *mail_send(struct http *h, const struct mail *m,
                            void (*done)(void *ctx, const struct http_reply *reply),
                            void *ctx)
{
    struct arena *a = arena_new(); /* curl copies what it is told */
    struct http_call *c = must_alloc(sizeof *c);
    *c = (struct http_call){.http = h,
                            .done = done,
                            .ctx = ctx,
                            .started_ms = clock_mono_ms(),
                            .headers_done = true /* there are none to wait for */};
    str text = message(a, m);
    c->body = must_alloc(text.n + 1);
    memcpy(c->body, text.p, text.n);
    c->body_n = c->body_cap = text.n;
    c->easy = curl_easy_init();
    if (!c->easy)
        abort(); /* out of memory */
    set_options(c, m, a);
    arena_free(a);
    http_start(c);
    return c;
}
