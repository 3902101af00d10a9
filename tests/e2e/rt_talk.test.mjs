// Both ways with a real Request Tracker 5: what HR writes there reaches the chat, what the
// person writes reaches the ticket; status, resolve, reopen, withdraw; by webhook, and by
// polling when the webhook is dead.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { download, exe, kept, pdf, png, upload } from './attachments.mjs';
import { back, confirmed, handOff, isTicket, offered, saidYes } from './desk.mjs';
import { Balie, until } from './harness.mjs';
import { RequestTracker } from './rt.mjs';

const rt = new RequestTracker();
let balie, failed = false;

before(async () => {
  await rt.start();
  if (rt.skip) return;
  balie = await Balie.prepare({ settings: { grace_seconds: 2, poll_seconds: 1, webhook_secret: rt.file('webhook.secret'), log: 'debug',
    desk: { kind: 'rest', profile: 'rt', url: rt.url, token_file: rt.file('token'), queues: { HR: 'HR', Confidential: 'HR-closed' } } } });
  await balie.start();
});

after(async () => {
  try {
    if (!failed && balie?.child) await balie.stop();
  } finally {
    if (failed) process.stdout.write(`--- balie's log ---\n${balie?.log.split('\n').slice(-80).join('\n')}\n`);
    await balie?.discard();
    await rt.discard();
  }
});

const real = (title, body) => test(title, { timeout: 180_000 }, async (t) => {
  if (rt.skip) return t.skip(rt.skip);
  try {
    await body(t);
  } catch (e) {
    failed = true;
    throw e;
  }
});

const isAgent = (text) => (f) => f.type === 'agent' && (text instanceof RegExp ? text.test(f.text) : f.text === text);
const agents = (c) => [...new Map(c.frames.filter((f) => f.type === 'agent').map((f) => [f.seq, f])).values()];

/** A hand-off that has its number. */
async function ticket(topic, hello) {
  const c = await balie.client(hello);
  const { receipt } = await handOff(c, topic);
  return { c, receipt, id: await confirmed(c, receipt) };
}

/** The person types while a human has the conversation: stored, and not answered. */
async function says(c, text) {
  const from = c.frames.length, id = c.newId();
  c.send({ type: 'message', id, text });
  await c.waitFor(`${text} to be taken`, (f) => f.id === id || f.reply_to === id, { from });
  await c.settle();
  return c.frames.slice(from).filter((f) => f.type === 'answer');
}

real('what HR replies comes to the chat, by polling alone: plain, with a name, once; notes stay inside', async () => {
  rt.webhook = '';
  const { c, id, receipt } = await ticket('mijn contract loopt af');
  await rt.note(id, 'intern: niet voor de medewerker');
  await rt.reply(id, '<p>Beste Sanne,</p><p>Dat regel ik &amp; je hoort <b>maandag</b> van me.<br>Groet</p>', 'text/html');
  const first = await c.waitFor('the reply', isAgent(/maandag/));
  assert.equal(first.text, 'Beste Sanne,\n\nDat regel ik & je hoort maandag van me.\nGroet');
  assert.equal(first.name, 'Hanna Agent');
  await rt.reply(id, 'Nog iets: stuur je handtekening mee.');
  await c.waitFor('the second', isAgent(/handtekening/));
  await until('two polls more', async () => {
    const n = await balie.figure('desk_polls_total');
    return until('a poll', async () => (await balie.figure('desk_polls_total')) >= n + 2);
  });
  assert.deepEqual(agents(c).map((f) => f.text.slice(0, 8)), ['Beste Sa', 'Nog iets']);
  assert.ok(!JSON.stringify(c.frames).includes('intern'));
  assert.ok(receipt);
});

real('while a human has the conversation, what is typed goes to the ticket and the program is quiet; stop gives it back', async () => {
  const { c, id } = await ticket('mijn pensioen begrijp ik niet');
  await rt.reply(id, 'Welke regeling bedoel je?');
  await c.waitFor('the reply', isAgent(/Welke regeling/));
  const told = await says(c, 'de regeling van vóór 2020');
  assert.match(told[0].text, /gaat naar Hanna Agent van HR/);
  assert.deepEqual(await says(c, 'en ook die van daarna'), [], 'said once');
  const texts = await until('both on the ticket', async () => {
    const all = await rt.texts(id);
    return all.some((x) => x.includes('en ook die van daarna')) && all;
  });
  const mine = texts.filter((x) => x.startsWith('Sanne de Vries:'));
  assert.deepEqual(mine.map((x) => x.trim().split('\n').at(-1)), ['de regeling van vóór 2020', 'en ook die van daarna'], 'in order, once');
  const care = await says(c, 'ik word gepest door mijn chef');
  assert.match(care.map((f) => f.text).join(' '), /contact met je opneemt/);
  assert.ok(!(await rt.texts(id)).some((x) => x.includes('gepest')), 'not on the ticket');
  await c.ask('nee');
  assert.match((await c.ask('stop')).text, /praat weer met mij/);
  assert.match((await c.ask('wat is mijn opzegtermijn')).text, /1 maand/);
});

real('the human hands back with a word on a line of its own', async () => {
  const { c, id } = await ticket('waar vind ik de cao');
  await rt.reply(id, 'Die staat op intranet.');
  await c.waitFor('the reply', isAgent(/intranet/));
  await says(c, 'dank');
  await rt.reply(id, 'Graag gedaan.\n#balie');
  await c.waitFor('the farewell', isAgent(/Graag gedaan/));
  assert.ok(!agents(c).at(-1).text.includes('#balie'));
  await c.waitFor('the way back', (f) => f.type === 'answer' && /praat weer met mij/.test(f.text));
  assert.match((await c.ask('wat is mijn opzegtermijn')).text, /1 maand/);
});

real('status: waiting, resolved, reopened by the person, withdrawn; the list tells it', async () => {
  const { c, id, receipt } = await ticket('mijn reiskosten zijn fout', { token: 'p002' });
  await rt.set(id, { Owner: 'hragent' });
  await rt.set(id, { Status: 'stalled' });
  await c.waitFor('waiting', isTicket('waiting', receipt));
  await rt.reply(id, 'Ik wacht op de administratie.');
  await c.waitFor('the reply', isAgent(/administratie/));
  const list = await (async () => { await c.ask('stop'); return c.ask('hoe staat het met mijn melding'); })();
  assert.match(list.text, new RegExp(`${receipt}.*${id}.*mijn reiskosten zijn fout.*bij Hanna, laatste antwoord vandaag om`));
  assert.doesNotMatch(list.text, /Agent/, 'the first name only');
  await rt.set(id, { Status: 'resolved' });
  await c.waitFor('resolved', isTicket('resolved', receipt));
  const told = await c.waitFor('words', (f) => f.type === 'answer' && /afgerond/.test(f.text));
  assert.match((await c.press(told, `${receipt} weer openen`)).text, /nog niet is opgelost/);
  await c.waitFor('open again', (f) => isTicket('open', receipt)(f) && f.seq > told.seq);
  await until('open in RT', async () => (await rt.get(`ticket/${id}`)).Status === 'open');
  const which = await c.ask('ik wil mijn melding intrekken');
  await c.press(which, `${receipt} intrekken`);
  await c.waitFor('withdrawn', isTicket('withdrawn', receipt));
  await until('rejected in RT', async () => (await rt.get(`ticket/${id}`)).Status === 'rejected');
});

real('added to a ticket from another conversation of the same person, and from nobody else\'s', async () => {
  const { id, receipt } = await ticket('mijn rooster', { token: 'p003' });
  const other = await balie.client({ token: 'p003' });
  const which = await other.ask('ik wil iets toevoegen aan mijn melding');
  const adding = await other.press(which, `Iets toevoegen aan ${receipt}`);
  assert.match(adding.text, /Wat wil je toevoegen/);
  assert.match((await other.ask('het gaat om week 12')).text, /gezet/);
  await until('on the ticket', async () => (await rt.texts(id)).some((x) => x.includes('week 12')));
  const stranger = await balie.client({ token: 'p004' });
  assert.match((await stranger.ask('hoe staat het met mijn melding')).text, /geen vragen bij HR/);
});

real('away: it waits; the next visit has it, also after a restart; nothing twice', async () => {
  const { c, id } = await ticket('ik ben zo weg');
  await c.close();
  await rt.reply(id, 'Antwoord terwijl je weg was.');
  await until('it to be known', async () => (await balie.figure('desk_replies_total')) > 0
    && (await balie.figure('desk_polls_total')) > 0 && balie.log.includes('desk'));
  await balie.kill();
  await rt.reply(id, 'En nog een, terwijl balie uit stond.');
  await balie.start();
  const again = await back(balie, c);
  await again.waitFor('both', isAgent(/uit stond/));
  assert.deepEqual(agents(again).map((f) => f.text), ['Antwoord terwijl je weg was.', 'En nog een, terwijl balie uit stond.']);
});

const large = Buffer.concat([pdf('groot'), Buffer.alloc(3_000_000, 32)]);

real('files of the person go with the hand-off, and to the ticket that is open: whole, once, then gone here', async () => {
  const c = await balie.client({ token: 'p005' });
  await offered(c, 'mijn diploma erbij');
  for (const [name, bytes] of [['diploma € é.pdf', pdf('diploma')], ['groot.pdf', large]])
    assert.equal((await upload(balie, c, name, bytes, { token: 'p005' })).status, 201);
  const { receipt } = await saidYes(c, c.frames.filter((f) => f.type === 'answer' && f.choices.length).at(-1));
  const id = await confirmed(c, receipt);
  assert.equal((await upload(balie, c, 'later.png', png, { token: 'p005' })).status, 201);
  await until('nothing waits here', () => kept(balie).length === 0);
  const files = await rt.files(id);
  assert.deepEqual(files.map(([name]) => name), ['diploma € é.pdf', 'groot.pdf', 'later.png']);
  assert.deepEqual(files.map(([, bytes]) => bytes.length), [pdf('diploma').length, large.length, png.length]);
  assert.deepEqual(files[1][1], large);
  assert.ok((await rt.texts(id)).some((x) => x.includes('bestand later.png')));
  assert.ok(!c.frames.some(isAgent(/./)), 'our own comments do not come back');
});

real('RT frozen while it takes a file, and balie killed: the file is there once', async () => {
  const c = await balie.client({ token: 'p006' });
  const { receipt } = await handOff(c, 'bevroren bestand');
  const id = await confirmed(c, receipt);
  await rt.must('freeze');
  assert.equal((await upload(balie, c, 'bon.pdf', pdf('bon'), { token: 'p006' })).status, 201);
  await until('it is being sent', () => balie.log.includes('turn conv') && balie.figure('outbox_in_flight'));
  await balie.kill();
  await balie.start();
  await rt.must('thaw');
  await until('nothing waits here', () => kept(balie).length === 0, 60_000);
  assert.deepEqual((await rt.files(id)).map(([name]) => name), ['bon.pdf']);
});

real('files with HR\'s reply are judged here and fetched by the person alone; what is not passed on is named', async () => {
  const { c, id } = await ticket('stuur me mijn contract', { token: 'p007' });
  await rt.replyFiles(id, 'Hier is het.', [['contract € é.pdf', large, 'application/pdf'], ['salaris.pdf', exe, 'application/pdf'],
    ['uitleg.txt', Buffer.from('uitleg bij het contract\n'), 'text/plain']]);
  const f = await c.waitFor('the reply', isAgent('Hier is het.'), { ms: 30_000 });
  assert.deepEqual(f.attachments.map((x) => [x.name, x.type, x.problem, Boolean(x.url)]),
    [['contract € é.pdf', 'application/pdf', undefined, true], ['salaris.pdf', undefined, 'type', false], ['uitleg.txt', 'text/plain', undefined, true]]);
  const got = await download(balie, f.attachments[0].url, 'p007');
  assert.deepEqual([got.status, got.bytes.equals(large)], [200, true]);
  assert.equal((await download(balie, f.attachments[0].url, 'demo')).status, 404);
  assert.equal(kept(balie).length, 2);
  await rt.replyFiles(id, '', [['los.txt', Buffer.from('los'), 'text/plain']]);
  await c.waitFor('a reply that is nothing but a file', (x) => x.type === 'agent' && x.attachments?.[0].name === 'los.txt', { ms: 30_000 });
});

real('by webhook at once; a repeated and a forged call change nothing; dead, polling catches up', async (t) => {
  rt.webhook = `${balie.url}/desk/events`;
  await balie.stop();
  balie.write('balie.yaml', balie.read('balie.yaml').replace('poll_seconds: 1', 'poll_seconds: 30'));
  await balie.start();
  rt.webhook = `${balie.url}/desk/events`;
  const { c, id } = await ticket('snel graag');
  await until('the first poll to be over', async () => (await balie.figure('desk_polls_total')) >= 1);
  const began = Date.now();
  await rt.reply(id, 'Meteen antwoord.');
  await c.waitFor('the reply', isAgent('Meteen antwoord.'), { ms: 10_000 });
  t.diagnostic(`in the chat ${Date.now() - began} ms after HR sent it`);
  assert.ok(await balie.figure('desk_calls_total') >= 1);
  const forged = await balie.request('POST', '/desk/events', { body: JSON.stringify({ ticket: Number(id), transaction: 99999 }),
    headers: { 'X-RT-Signature': `sha256=${'0'.repeat(64)}` } });
  assert.equal(forged.status, 401);
  assert.equal(await balie.figure('desk_calls_refused_total'), 1);
  rt.webhook = 'http://127.0.0.1:9/dead';
  await rt.reply(id, 'Zonder webhook.');
  await c.waitFor('by polling', isAgent('Zonder webhook.'), { ms: 60_000 });
  assert.equal(agents(c).length, 2);
});

/** Takes what RT's scrips send, signature and all, and keeps it from balie. */
async function interceptor() {
  const calls = [];
  const server = http.createServer((q, r) => {
    let raw = '';
    q.setEncoding('utf8').on('data', (d) => { raw += d; }).on('end', () => {
      calls.push({ raw, signature: q.headers['x-rt-signature'], ...JSON.parse(raw) });
      r.end();
    });
  });
  await new Promise((ok) => server.listen(0, '127.0.0.1', ok));
  return { calls, url: `http://127.0.0.1:${server.address().port}/`, close: () => { server.closeAllConnections(); server.close(); } };
}

const signed = (raw, secret = rt.text('webhook.secret')) =>
  ({ raw, signature: `sha256=${crypto.createHmac('sha256', secret).update(raw).digest('hex')}` });

async function deliver({ raw, signature }) {
  const headers = signature ? { 'X-RT-Signature': signature } : {};
  const { status, text } = await balie.request('POST', '/desk/events', { body: raw, headers });
  return `${status} ${text.trim()}`;
}

real('RT\'s own signed calls, the newer first and each again: nothing twice and in order; forged, old and re-keyed ones change nothing', async () => {
  const on = await interceptor();
  try {
    rt.webhook = on.url;
    const { c, id } = await ticket('mijn toeslag ontbreekt');
    await rt.reply(id, 'Eerst dit.');
    await rt.reply(id, 'Dan dat.');
    const ours = () => on.calls.filter((x) => String(x.ticket) === id && x.event === 'Correspond' && x.creator === 'hragent');
    await until('RT to have called twice', () => ours().length === 2);
    const [older, newer] = ours().sort((x, y) => x.transaction - y.transaction);
    assert.equal(signed(newer.raw).signature, newer.signature, 'the secret is RT\'s');
    const dropped = await balie.figure('desk_calls_dropped_total'), refused = await balie.figure('desk_calls_refused_total');

    assert.equal(await deliver(newer), '200 ok');
    await c.waitFor('what the newer tells', isAgent('Dan dat.'), { ms: 10_000 });
    for (const again of [older, newer, older]) assert.equal(await deliver(again), '200 known');
    assert.equal(await balie.figure('desk_calls_dropped_total'), dropped + 3);

    const next = { ...JSON.parse(newer.raw), transaction: newer.transaction + 1000 };
    const long_ago = new Date(Date.now() - 10 * 60_000).toISOString();
    assert.equal(await deliver(signed(JSON.stringify({ ...next, created: long_ago }))), '200 known', 'replayed ten minutes later');
    assert.equal(await balie.figure('desk_calls_dropped_total'), dropped + 4);
    const forged = [{ ...newer, raw: JSON.stringify(next) }, { raw: newer.raw }, signed(newer.raw, 'another secret')];
    for (const call of forged) assert.equal(await deliver(call), '401 refused');

    const secret = rt.text('webhook.secret');
    fs.writeFileSync(rt.file('webhook.secret'), 'a newer secret\n');
    assert.equal(await deliver(signed(JSON.stringify(next), secret)), '401 refused', 'the secret of before');
    assert.equal(await deliver(signed(JSON.stringify(next))), '200 ok', 'the secret of now: balie looks, and finds nothing new');
    assert.equal(await balie.figure('desk_calls_refused_total'), refused + 4);
    fs.writeFileSync(rt.file('webhook.secret'), secret);

    await rt.reply(id, 'En tot slot dit.');
    await until('RT to have called again', () => ours().length === 3);
    const last = ours().find((x) => x.content === 'En tot slot dit.');
    const later = signed(JSON.stringify({ ...JSON.parse(last.raw), transaction: next.transaction + 1 }));
    assert.equal(await deliver(later), '200 ok');
    await c.waitFor('the last', isAgent('En tot slot dit.'), { ms: 10_000 });
    assert.deepEqual(agents(c).map((f) => f.text), ['Eerst dit.', 'Dan dat.', 'En tot slot dit.'], 'in order, once');
  } finally {
    on.close();
  }
});
