// Files from the person and to the person, with the built-in inbox: what is taken, what is
// not and why, who may fetch what, and what is left on the disk.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { bomb, disposition, docx, download, exe, kept, macros, modes, pdf, png, upload } from './attachments.mjs';
import { Desk, back, confirmed, handOff, isTicket, offered, saidYes } from './desk.mjs';
import { Balie, program, repository, rows, run, story, suite, until } from './harness.mjs';

const desk = (balie, ...words) => run(program, ['desk', ...words, '--config', balie.path('balie.yaml')], { cwd: balie.folder });
const isAgent = (f) => f.type === 'agent';
const answers = (c, from = 0) => c.frames.slice(from).filter((f) => f.type === 'answer').map((f) => f.text).join('\n');
const said = (c) => c.frames.filter((f) => f.type === 'said' && f.attachments);
const files = (balie) => rows(balie, 'SELECT * FROM file ORDER BY id');

suite('what is taken', { settings: { attachment_mb: 1 } }, (balie, test) => {
  test('a file waits for the hand-off, goes with it, and HR finds it below the state', async () => {
    const c = await balie.client();
    const r = await upload(balie, c, 'verklaring € é.pdf', pdf());
    assert.equal(r.status, 201);
    assert.deepEqual({ ...r.json, text: '' }, { name: 'verklaring € é.pdf', type: 'application/pdf', size: pdf().length, text: '' });
    await c.waitFor('what it says', (f) => f.type === 'answer' && /gaat mee als ik je vraag doorzet/.test(f.text));
    assert.deepEqual(said(c)[0].attachments, [{ name: 'verklaring € é.pdf', type: 'application/pdf', size: pdf().length }]);
    assert.deepEqual(modes(balie), [0o600]);
    assert.equal(fs.statSync(balie.path('state/files')).mode & 0o777, 0o700);
    const asked = await c.ask('mijn contract loopt af');
    const { receipt } = await saidYes(c, asked);
    assert.match(answers(c), /Je bestand gaat mee/);
    await confirmed(c, receipt);
    const list = await until('the file at the desk', async () => (await desk(balie, 'files', receipt)).stdout);
    const [where, size, type, ...name] = list.trim().split(/ +/);
    assert.deepEqual([Number(size), type, name.join(' ')], [pdf().length, 'application/pdf', 'verklaring € é.pdf']);
    assert.deepEqual(fs.readFileSync(balie.path('state', where)), pdf());
    const [effect] = await rows(balie, "SELECT state FROM effect WHERE kind = 'file'");
    assert.equal(effect.state, 3);
  });

  test('with an open ticket it goes there at once; the transcript names it', async () => {
    const c = await balie.client({ token: 'p002' });
    const { receipt } = await handOff(c, 'mijn reiskosten');
    await confirmed(c, receipt);
    const r = await upload(balie, c, 'bon.png', png, { token: 'p002' });
    assert.equal(r.status, 201);
    assert.match(r.json.text, new RegExp(`bij je vraag ${receipt}`));
    await until('it', async () => (await desk(balie, 'files', receipt)).stdout.includes('bon.png'));
    const [turn] = await rows(balie, 'SELECT said FROM turn ORDER BY id DESC LIMIT 1');
    assert.equal(turn.said, '(bestand: bon.png)');
  });

  const kinds = [['a.docx', docx, 201, 'a.docx'], ['foto.exe', png, 201, 'foto.exe.png'], ['../../x/uren.csv', Buffer.from('a;b\n1;2\n'), 201, 'uren.csv'],
    ['cv.pdf', exe, 415], ['cv.docx', macros, 415], ['cv.docx', bomb, 415], ['logo.png', Buffer.from('<svg onload="x()"/>'), 415],
    ['a.txt', Buffer.from('<html><script>1</script>'), 415], ['a.txt', Buffer.from('#!/bin/sh\n'), 415], ['leeg.pdf', Buffer.alloc(0), 422],
    ['groot.pdf', Buffer.concat([pdf(), Buffer.alloc(1 << 20)]), 413]];
  test('the content decides, not the name; what is not taken leaves nothing behind', async () => {
    for (const [name, bytes, status, shown] of kinds) {
      const c = await balie.client({ token: 'p003' });
      const before = kept(balie).length;
      const r = await upload(balie, c, name, bytes, { token: 'p003' });
      assert.equal(r.status, status, `${name}: ${r.bytes}`);
      if (status === 201) assert.equal(r.json.name, shown);
      else assert.equal(kept(balie).length, before, name);
      if (status === 415) assert.match(r.json.text, /Wel: pdf, png, jpeg, docx/);
      await c.settle();
      assert.equal(said(c).length, status === 201 ? 1 : 0, name);
      await c.close();
    }
  });

  test('the same id again is the same file; with another file it is a conflict', async () => {
    const c = await balie.client({ token: 'p004' });
    const id = c.newId();
    assert.equal((await upload(balie, c, 'a.pdf', pdf('x'), { token: 'p004', id })).status, 201);
    const n = kept(balie).length;
    assert.equal((await upload(balie, c, 'a.pdf', pdf('x'), { token: 'p004', id })).status, 200);
    const other = await upload(balie, c, 'a.pdf', pdf('y'), { token: 'p004', id });
    assert.deepEqual([other.status, other.json.code], [409, 'conflict']);
    await c.settle();
    assert.equal(said(c).length, 1);
    assert.equal(kept(balie).length, n);
  });

  test('so many and no more; no hand-off, no file', async () => {
    const c = await balie.client({ token: 'p005' });
    const n = kept(balie).length;
    for (let i = 0; i < 5; i++) assert.equal((await upload(balie, c, `${i}.pdf`, pdf(String(i)), { token: 'p005' })).status, 201);
    const more = await upload(balie, c, '6.pdf', pdf('6'), { token: 'p005' });
    assert.deepEqual([more.status, more.json.code], [409, 'refused']);
    assert.match(more.json.text, /wachten al 5 bestanden/);
    const r = await c.ask('laat maar, nee');
    assert.match(r.text + answers(c), /heb ik verwijderd/);
    await until('they are gone', () => kept(balie).length === n);
    assert.equal((await files(balie)).filter((f) => f.person === 'p005').length, 0);
  });

  test('not without a login, not into somebody else\'s conversation, not from another site', async () => {
    const c = await balie.client();
    const status = async (options) => (await upload(balie, c, 'a.pdf', pdf(), options)).status;
    assert.equal(await status({ token: 'nobody' }), 401);
    assert.equal(await status({ token: 'p002' }), 404);
    assert.equal(await status({ conversation: `${c.conversation.slice(0, -1)}x` }), 404);
    assert.equal(await status({ id: '' }), 400);
    assert.equal(await status({ headers: { Origin: 'https://evil.example' } }), 403);
    assert.equal(await status({ headers: { 'X-Forwarded-For': '10.0.0.1' } }), 403);
  });

  test('an upload that breaks off leaves nothing', async () => {
    const c = await balie.client();
    const n = kept(balie).length, { port } = new URL(balie.url);
    const socket = net.connect(Number(port), '127.0.0.1');
    await new Promise((go) => socket.write(`POST /chat/attachments?conversation=${c.conversation}&id=half HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer demo\r\n`
      + `Content-Disposition: ${disposition('a.pdf')}\r\nContent-Length: 5000\r\n\r\n%PDF-1.4 half of it`, go));
    await until('it to begin', () => kept(balie).length === n + 1);
    socket.destroy();
    await until('it to be gone', () => kept(balie).length === n);
    await c.settle();
    assert.equal(said(c).length, 0);
  });
});

suite('what is never taken', { content: 'repository' }, (balie, test) => {
  const refused = async (c, why, token) => {
    const n = kept(balie).length;
    const r = await upload(balie, c, 'doktersbriefje.png', png, { token });
    assert.deepEqual([r.status, r.json.code], [409, 'refused'], r.json.text);
    assert.match(r.json.text, why);
    assert.equal(kept(balie).length, n);
    await c.waitFor('the same in the chat', (f) => f.type === 'answer' && why.test(f.text));
    assert.equal(said(c).length, 0);
  };

  test('a doctor\'s note with a sick report: while it is filled in, and after', async () => {
    const c = await balie.client();
    await c.ask('ik wil me ziek melden');
    await refused(c, /alleen voor de bedrijfsarts/);
    const dump = await rows(balie, 'SELECT * FROM turn');
    assert.ok(!JSON.stringify(dump).includes('base64'));
    assert.equal((await files(balie)).length, 0);
  });

  test('given first, and nothing comes of it: it is thrown away', async () => {
    const c = await balie.client({ token: 'p002' });
    assert.equal((await upload(balie, c, 'briefje.png', png, { token: 'p002' })).status, 201);
    assert.match((await c.ask('stop')).text, /Het bestand dat je gaf, heb ik verwijderd/);
    await until('it is gone', () => kept(balie).length === 0);
  });

  test('given first, and then the sick report: it does not go along', async () => {
    const c = await balie.client({ token: 'p002' });
    await c.ask('ik wil verlof aanvragen');
    assert.equal((await upload(balie, c, 'briefje.png', png, { token: 'p002' })).status, 201);
    let r = await c.ask('ik wil me ziek melden');
    for (let i = 0; i < 12 && !/verwijderd/.test(r.text) && !r.frames.some((f) => f.type === 'ticket'); i++) {
      const yes = r.choices.find((x) => /^(Ja|Klopt|Versturen|Verstuur|Overslaan)/.test(x.label));
      r = yes ? await c.choose(yes) : await c.ask('vandaag');
    }
    const ticket = c.frames.find(isTicket('received'));
    assert.ok(ticket, r.text);
    assert.match(answers(c), /niet meegestuurd maar verwijderd/);
    await until('it is gone', () => kept(balie).length === 0);
    const [row] = await rows(balie, `SELECT no_files FROM ticket WHERE receipt = '${ticket.receipt}'`);
    assert.equal(row.no_files, 1);
    assert.equal((await rows(balie, "SELECT * FROM effect WHERE kind = 'file'")).length, 0);
  });

  test('in a confidential conversation', async () => {
    const c = await balie.client({ token: 'p003' });
    await c.ask('ik word gepest door mijn leidinggevende');
    const before = (await rows(balie, 'SELECT max(id) AS id FROM turn'))[0].id;
    await refused(c, /bewaar ik niets/, 'p003');
    const [turn] = await rows(balie, `SELECT said, answered, frames FROM turn WHERE id > ${before}`);
    assert.deepEqual(turn, { said: '', answered: '', frames: '[]' });
  });
});

suite('what HR sends', { settings: { attachment_types: 'pdf txt' } }, (balie, test) => {
  const ticket = async (topic, token) => {
    const c = await balie.client({ token });
    const { receipt } = await handOff(c, topic);
    await confirmed(c, receipt);
    return { c, receipt };
  };
  const write = (name, bytes) => { fs.writeFileSync(balie.path(name), bytes); return balie.path(name); };

  test('a file with an answer reaches the chat, and that person alone; also after a restart', async () => {
    const { c, receipt } = await ticket('mijn contract', 'demo');
    const sent = await desk(balie, 'answer', receipt, 'Hanna', 'Hier is het.', '--file', write('contract é.pdf', pdf('hr')));
    assert.equal(sent.stdout, 'done\n', sent.stderr);
    const f = await c.waitFor('it', isAgent);
    assert.equal(f.text, 'Hier is het.');
    const [file] = f.attachments;
    assert.deepEqual({ ...file, url: '' }, { name: 'contract é.pdf', type: 'application/pdf', size: pdf('hr').length, url: '' });
    const got = await download(balie, file.url);
    assert.deepEqual([got.status, got.bytes], [200, pdf('hr')]);
    assert.equal(got.headers['content-disposition'], "attachment; filename=\"contract _.pdf\"; filename*=UTF-8''contract%20%C3%A9.pdf");
    assert.equal(got.headers['x-content-type-options'], 'nosniff');
    assert.match(got.headers['content-security-policy'], /sandbox/);
    for (const token of ['p002', null]) assert.equal((await download(balie, file.url, token)).status, 404, token);
    assert.equal((await download(balie, file.url, 'nobody')).status, 401);
    assert.equal((await download(balie, '/chat/attachments/00000000000000000000000000')).status, 404);
    assert.equal((await download(balie, '/chat/attachments/../../balie.db')).status, 404);
    await balie.kill();
    await balie.start();
    assert.deepEqual((await download(balie, file.url)).bytes, pdf('hr'));
    const again = await back(balie, c);
    assert.deepEqual((await again.waitFor('it', isAgent)).attachments, [file]);
  });

  test('what HR may not send is said to HR', async () => {
    const { receipt } = await ticket('mijn pensioen', 'p002');
    const told = async (file) => (await desk(balie, 'answer', receipt, 'Hanna', 'x', '--file', file)).stderr;
    assert.match(await told(write('a.png', png)), /kind of file/);
    assert.match(await told(balie.path('none.pdf')), /no such file/);
    assert.match(await told(balie.folder), /no such file/);
    assert.equal((await desk(balie, 'answer', receipt, 'Hanna', '', '--file', write('b.pdf', pdf('b')))).stdout, 'done\n', 'nothing but a file');
  });
});

story('killed at any moment: no file without an owner, none lost', {}, async (balie) => {
  const c = await balie.client();
  await upload(balie, c, 'blijft.pdf', pdf('blijft'));
  fs.writeFileSync(balie.path('state/files/0123456789ABCDEFGHJKMNPQRS'), 'half an upload');
  await balie.kill();
  await balie.start();
  assert.equal(kept(balie).length, 1);
  const again = await back(balie, c);
  const { receipt } = await saidYes(again, await again.ask('mijn contract'));
  await until('it', async () => (await desk(balie, 'files', receipt)).stdout.includes('blijft.pdf'));
});

story('a row whose file is gone: the ticket opens all the same', {}, async (balie) => {
  const c = await balie.client();
  await upload(balie, c, 'weg.pdf', pdf('weg'));
  for (const f of kept(balie)) fs.unlinkSync(path.join(balie.path('state/files'), f));
  const { receipt } = await saidYes(c, await c.ask('mijn contract'));
  await confirmed(c, receipt);
});

story('its time is over: it is deleted, and does not go along', {}, async (balie) => {
  const c = await balie.client();
  await upload(balie, c, 'oud.pdf', pdf('oud'));
  await balie.stop();
  await rows(balie, 'UPDATE file SET expires_ms = 1');
  await balie.start();
  await until('it is gone', () => kept(balie).length === 0);
  await until('its row too', async () => (await files(balie)).length === 0);
});

story('no room: said, and the chat goes on', { settings: { attachments_mb: 1, attachment_mb: 2 } }, async (balie) => {
  const c = await balie.client();
  assert.equal((await upload(balie, c, 'a.pdf', Buffer.concat([pdf(), Buffer.alloc(1 << 20, 32)]))).status, 201);
  const r = await upload(balie, c, 'b.pdf', pdf());
  assert.deepEqual([r.status, r.json.code], [507, 'no_room']);
  const other = await balie.client({ token: 'p002' });
  assert.match((await other.ask('wat is mijn opzegtermijn')).text, /1 maand/);
});

story('switched off', { settings: { attachment_mb: 0 } }, async (balie) => {
  const c = await balie.client();
  const r = await upload(balie, c, 'a.pdf', pdf());
  assert.deepEqual([r.status, r.json.code], [403, 'off']);
});

test('a desk that refuses the file: the ticket is opened all the same, and the person is told', async () => {
  const desk = await Desk.start(); // it knows no comments
  const balie = await desk.balie();
  try {
    await balie.start();
    const c = await balie.client();
    await upload(balie, c, 'verklaring.pdf', pdf());
    const { receipt } = await saidYes(c, await c.ask('mijn contract'));
    await confirmed(c, receipt);
    const told = await c.waitFor('it', (f) => f.type === 'answer' && /niet aangekomen/.test(f.text));
    assert.match(told.text, /Je bestand \*\*verklaring.pdf\*\* .* je vraag zelf wel/);
    assert.equal(kept(balie).length, 1, 'a dead letter keeps its file');
    const [dead] = await rows(balie, "SELECT id, state FROM effect WHERE kind = 'file'");
    assert.equal(dead.state, 4);
    await run(program, ['desk', 'drop', String(dead.id), '--config', balie.path('balie.yaml')], { cwd: balie.folder });
    await balie.stop();
    await balie.start();
    await until('given up: gone', () => kept(balie).length === 0);
    await balie.stop();
  } finally {
    await balie.discard();
    await desk.down();
  }
});

test('a desk without files: said at once, nothing is kept', async () => {
  const desk = await Desk.start();
  const balie = await desk.balie({ desk: { profile: 'plain.yaml' } });
  const profile = fs.readFileSync(path.join(repository, 'adapters/servicedesk/rt.yaml'), 'utf8');
  balie.write('plain.yaml', profile.replace(/^ {2}attach:\n(?: {4}.*\n)+/m, ''));
  try {
    await balie.start();
    const c = await balie.client();
    const r = await upload(balie, c, 'verklaring.pdf', pdf());
    assert.deepEqual([r.status, r.json.code], [409, 'refused']);
    assert.match(r.json.text, /geen bestanden doorgeven/);
    assert.deepEqual(kept(balie), []);
    await balie.stop();
  } finally {
    await balie.discard();
    await desk.down();
  }
});

test('a full disk: said, nothing is left of it, and the same upload works when there is room', async () => {
  const balie = await Balie.prepare();
  const limit = (bytes) => run('prlimit', ['--pid', String(balie.child.pid), `--fsize=${bytes}:unlimited`]);
  const bytes = Buffer.concat([pdf(), Buffer.alloc(100_000, 32)]);
  try {
    await balie.start("trap '' XFSZ; exec \"$@\"");
    const c = await balie.client(), id = c.newId();
    await limit(4096);
    const full = await upload(balie, c, 'a.pdf', bytes, { id });
    assert.deepEqual([full.status, full.json.code], [503, 'storage']);
    assert.match(full.json.text, /kon niet worden bewaard/);
    assert.deepEqual(kept(balie), []);
    await limit('unlimited');
    await until('room', async () => (await upload(balie, c, 'a.pdf', bytes, { id })).status === 201);
    assert.equal(kept(balie).length, 1);
    await balie.stop();
  } finally {
    await balie.discard();
  }
});

test('on a channel that shows no files a line says what came and where it is read', async () => {
  const got = [];
  const portal = http.createServer((q, r) => {
    let body = '';
    q.on('data', (d) => { body += d; }).on('end', () => { got.push(JSON.parse(body)); r.end(); });
  });
  await new Promise((ok) => portal.listen(0, '127.0.0.1', ok));
  process.env.ATTACHMENTS_SECRET = 'secret';
  const balie = await Balie.prepare({ settings: { chat_url: 'https://hr.example/balie', attachment_types: 'pdf',
    channels: { webhook: { url: `http://127.0.0.1:${portal.address().port}/r`, secret_env: 'ATTACHMENTS_SECRET' } } } });
  const post = (o) => {
    const body = JSON.stringify({ place: 't1', email: 'sanne.devries@noorderlicht.example', ...o }), time = Math.floor(Date.now() / 1000);
    const sign = 'v0=' + crypto.createHmac('sha256', 'secret').update(`v0:${time}:${body}`).digest('hex');
    return balie.request('POST', '/webhook/messages', { body, headers: { 'x-balie-time': String(time), 'x-balie-signature': sign } });
  };
  const heard = (test) => until('it', () => got.find((g) => test.test(g.frame.text)));
  try {
    await balie.start();
    await post({ id: 'm1', text: 'ik wil iemand spreken' });
    await heard(/Waar gaat het over/);
    await post({ id: 'm2', text: 'mijn contract_2' });
    const asked = await heard(/Zal ik dit doorzetten/);
    await post({ id: 'm3', choice: asked.frame.choices[0].id });
    const receipt = /B-[0-9A-Z]{5}/.exec((await heard(/ontvangstnummer/)).frame.text)[0];
    await until('the number', async () => (await desk(balie, 'tickets')).stdout.includes(`${receipt}  HR-`));
    fs.writeFileSync(balie.path('mijn_contract.pdf'), pdf());
    const sent = await until('HR may answer', async () => {
      const r = await desk(balie, 'answer', receipt, 'Hanna', 'Hierbij.', '--file', balie.path('mijn_contract.pdf'));
      return r.code === 0 && r;
    });
    assert.equal(sent.stdout, 'done\n');
    const told = await heard(/Hierbij/);
    assert.equal(told.frame.text, 'Hierbij.\nEr is een bestand bij: mijn_contract.pdf\nJe opent het in de chat in je browser: https://hr.example/balie.');
    assert.equal(told.frame.attachments[0].name, 'mijn_contract.pdf');
    await balie.stop();
  } finally {
    portal.closeAllConnections();
    portal.close();
    await balie.discard();
  }
});
