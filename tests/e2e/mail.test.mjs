// Notices of the built-in inbox by SMTP: to a small server that takes the protocol at its word,
// and one that fails at first.
import assert from 'node:assert/strict';
import net from 'node:net';
import { test as nodeTest } from 'node:test';
import { confirmed, handOff } from './desk.mjs';
import { Balie, rows, until } from './harness.mjs';

/** RFC 5321, as much as a client must do right: order, dots, line ends. */
class Smtp {
  constructor() {
    this.mails = [];
    this.refuse = 0; // so many connections are told to come later
    this.sockets = new Set();
  }

  async listen() {
    this.server = net.createServer((s) => this.serve(s));
    await new Promise((go) => this.server.listen(0, '127.0.0.1', go));
    return this.server.address().port;
  }

  serve(s) {
    this.sockets.add(s);
    s.setEncoding('utf8').on('error', () => {}).on('close', () => this.sockets.delete(s));
    const say = (line) => s.write(`${line}\r\n`);
    let text = '', mail = null, data = false;
    if (this.refuse > 0) {
      this.refuse--;
      say('421 later');
      s.end();
      return;
    }
    say('220 test');
    s.on('data', (d) => {
      text += d;
      for (let at; (at = text.indexOf('\r\n')) >= 0;) {
        const line = text.slice(0, at);
        text = text.slice(at + 2);
        if (data) {
          if (line !== '.') mail.lines.push(line.replace(/^\./, ''));
          else {
            data = false;
            this.mails.push(mail);
            say('250 taken');
          }
        } else if (/^(EHLO|HELO) /.test(line)) say('250 test');
        else if (/^MAIL FROM:<[^>]+>/.test(line)) { mail = { from: /<(.*)>/.exec(line)[1], to: [], lines: [] }; say('250 ok'); }
        else if (/^RCPT TO:<[^>]+>/.test(line) && mail) { mail.to.push(/<(.*)>/.exec(line)[1]); say('250 ok'); }
        else if (line === 'DATA' && mail?.to.length) { data = true; say('354 go on'); }
        else if (line === 'QUIT') { say('221 bye'); s.end(); }
        else say('503 bad sequence');
      }
    });
  }

  async close() {
    for (const s of this.sockets) s.destroy();
    await new Promise((go) => this.server.close(go));
  }
}

nodeTest('what comes into the inbox is told by mail: once, without what was asked, and later when the server fails', async () => {
  const smtp = new Smtp(), port = await smtp.listen();
  const balie = await Balie.prepare({ settings: { mail: { server: `smtp://127.0.0.1:${port}`, from: 'balie@example.org', to: 'hr@example.org' } } });
  try {
    await balie.start();
    const c = await balie.client(), { receipt } = await handOff(c, 'mijn geheime zaak');
    await confirmed(c, receipt);
    await until('the mail', () => smtp.mails.length === 1);
    const [m] = smtp.mails, gap = m.lines.indexOf('');
    const head = m.lines.slice(0, gap).join('\n'), body = Buffer.from(m.lines.slice(gap).join(''), 'base64').toString();
    assert.deepEqual([m.from, m.to], ['balie@example.org', ['hr@example.org']]);
    const subject = head.match(/^Subject: =\?UTF-8\?B\?(.*)\?=$/m)[1];
    assert.equal(Buffer.from(subject, 'base64').toString(), `balie: nieuwe vraag ${receipt}, HR`);
    assert.match(head, /^Date: \w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/m);
    assert.match(head, /^Message-ID: <[0-9A-Z]{20}@example\.org>$/m);
    assert.match(body, new RegExp(`nieuwe vraag binnen: ${receipt}\\.`));
    assert.doesNotMatch(head + body, /geheim|Sanne/);

    smtp.refuse = 2;
    const second = await handOff(c, 'nog een zaak');
    await confirmed(c, second.receipt); // the number does not wait for the mail
    await until('the mail after all', () => smtp.mails.length === 2, 30_000);
    await until('the rows to be done', async () => (await rows(balie, 'SELECT count(*) n FROM effect WHERE state < 3'))[0].n === 0);
    assert.equal(smtp.mails.length, 2);
    await balie.stop();
  } catch (e) {
    process.stdout.write(balie.log.split('\n').slice(-40).join('\n'));
    throw e;
  } finally {
    await balie.discard();
    await smtp.close();
  }
});

nodeTest('mail settings that cannot be are told at start', async () => {
  const balie = await Balie.prepare({ settings: { mail: { server: 'mail.example.org', from: 'balie', to: 'hr@example.org' } } });
  try {
    await assert.rejects(balie.start());
    assert.match(balie.log, /mail: server is smtp:\/\/HOST:PORT/);
  } finally {
    await balie.discard();
  }
});
