// Start, reload, stop, crash, full disk: nothing that was acknowledged is lost.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import { test } from 'node:test';
import { Balie, Client, deadline, lockState, program, rows, run, slowness, story, suite, until } from './harness.mjs';

const NOTICE = 'wat is mijn opzegtermijn';
const LIVE_MS = 2000 * slowness;

const edit = (balie, file, from, to) => {
  const text = balie.read(file);
  assert.ok(text.includes(from), `${from} in ${file}`);
  balie.write(file, text.replace(from, to));
};
const CARDS = 'intents/cards.md';

/** Asks one thing after another until told to end; every one must be answered. */
function stream(client, text = NOTICE) {
  const replies = [];
  let go = true;
  const done = (async () => {
    while (go) replies.push(await client.ask(text));
  })();
  return { replies, end: async () => { go = false; await done; return replies; } };
}

/** How long until the answer reads like this. */
async function live(client, question, wanted) {
  const began = Date.now();
  await until(`an answer like ${wanted}`, async () => wanted.test((await client.ask(question)).text), LIVE_MS);
  return Date.now() - began;
}

/** The text of our test article as asked for, by way of a choice if need be; '' when it is not there. */
async function flagpole(client) {
  const r = await client.ask('vlaggenmast op de zolder');
  const choice = r.choices.find((x) => x.label.startsWith('Vlaggenmast'));
  const { text } = choice ? await client.choose(choice) : r;
  return text.includes('zolder mag je') ? text : '';
}
const FLAGPOLE = 'knowledge/nl/zolder/vlaggenmast.md';
const flagpoleText = (days) => '---\ntitle: Vlaggenmast op de zolder\nowner: facilitair\nupdated: 2026-01-05\n---\n'
  + `# Vlaggenmast op de zolder\n\nDe vlaggenmast op de zolder mag je ${days} gebruiken.\n`;

/** A whole round of reload is behind us. */
const reloaded = (balie, than) => until('a reload', async () => await balie.figure('reloads_total') > than, LIVE_MS);

// --- start ---

test('a start that cannot be says why, with line and nearest key', async (t) => {
  const wrong = async (settings, ...wanted) => {
    const balie = await Balie.prepare({ settings });
    const r = await run(program, ['serve', '--config', balie.path('balie.yaml')], { timeout: 60_000 });
    assert.equal(r.code, 1, r.stderr);
    for (const w of wanted) assert.match(r.stderr, w);
    assert.doesNotMatch(r.stderr, /Sanitizer|runtime error/);
    await balie.discard();
  };
  await t.test('a misspelt setting', () => wrong({ retention_dys: 9 }, /balie\.yaml:\d+:\d+: error: .*retention_days/));
  await t.test('a value out of range', () => wrong({ grace_seconds: 0 }, /grace_seconds must be a whole number from 1/));
  await t.test('an address that others can reach', () => wrong({ listen: '0.0.0.0:0' }, /loopback/));
  await t.test('a desk that is not there', () => wrong({ desk: { kind: 'rset' } }, /no kind "rset"/));
  await t.test('content that is not there', () => wrong({ intents: 'nowhere' }, /nowhere/));
  await t.test('a port that is taken', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await new Promise((done) => other.once('listening', done));
    await wrong({ listen: `127.0.0.1:${other.address().port}` }, /in use/);
    other.close();
  });
  await t.test('a state that is no database of ours', async () => {
    const balie = await Balie.prepare();
    balie.write('state/balie.db', 'this is not a database'.repeat(400));
    const r = await run(program, ['serve', '--config', balie.path('balie.yaml')], { timeout: 60_000 });
    assert.equal(r.code, 1);
    assert.match(r.stderr, /balie\.db/);
    await balie.discard();
  });
});

story('a second daemon on the same state refuses, and the first does not notice', {}, async (balie) => {
  const c = await balie.client();
  const r = await run(program, ['serve', '--config', balie.path('balie.yaml')], { timeout: 60_000 });
  assert.equal(r.code, 1);
  assert.match(r.stderr, /in use by another balie/);
  assert.match((await c.ask(NOTICE)).text, /1 maand/);
  await balie.kill();
  await balie.start(); // the lock of the dead is no lock
  assert.match((await (await balie.client()).ask(NOTICE)).text, /1 maand/);
});

story('a daemon makes its state and learns by itself; the state is for its owner only', { learnt: false }, async (balie) => {
  await (await balie.client()).ask(NOTICE);
  assert.equal(fs.statSync(balie.path('state')).mode & 0o077, 0);
  for (const file of fs.readdirSync(balie.path('state')).filter((f) => f.startsWith('balie.db')))
    assert.equal(fs.statSync(balie.path('state', file)).mode & 0o077, 0, file);
});

// --- content ---

story('a changed card is live in two seconds, and no message of the stream is lost', {}, async (balie, t) => {
  const c = await balie.client(), s = stream(await balie.client());
  await c.ask(NOTICE);
  for (let i = 2; i <= 4; i++) {
    edit(balie, CARDS, `Je opzegtermijn is **${i - 1} maand**`, `Je opzegtermijn is **${i} maand**`);
    t.diagnostic(`live after ${await live(c, NOTICE, new RegExp(`\\*\\*${i} maand`))} ms`);
  }
  const replies = await s.end();
  assert.ok(replies.length > 20, `${replies.length} answers`);
  for (const r of replies) assert.match(r.text, /Je opzegtermijn is \*\*\d maand/);
  const numbers = replies.map((r) => Number(/\*\*(\d)/.exec(r.text)[1]));
  assert.deepEqual(numbers, [...numbers].sort(), 'never back to an older one');
});

story('a new, a changed and a deleted article are live in two seconds', {}, async (balie) => {
  const c = await balie.client(), s = stream(await balie.client());
  const shows = (what, test) => until(what, async () => test(await flagpole(c)), LIVE_MS);
  assert.equal(await flagpole(c), '');
  for (const days of ['11 dagen', '12 dagen']) {
    balie.write(FLAGPOLE, flagpoleText(days));
    await shows(`the article with ${days}`, (text) => text.includes(days));
  }
  fs.rmSync(balie.path(FLAGPOLE));
  await shows('the article to be gone', (text) => text === '');
  (await s.end()).forEach((r) => assert.match(r.text, /1 maand/));
});

story('SIGHUP reads content and people again under a stream of questions', {}, async (balie) => {
  const s = stream(await balie.client()), before = await balie.figure('reloads_total');
  const fresh = await Client.open(balie);
  fresh.send({ type: 'hello', token: 'p9001' });
  assert.equal((await fresh.closed).code, 4401);
  fs.appendFileSync(balie.path('people.csv'),
    'p9001,Nieuwe Nel,Nel,nel@example.org,Operations,employee,,,NL,permanent,,32,2026-01-01,6,1990-01-01\n');
  for (let i = 0; i < 5; i++) balie.child.kill('SIGHUP');
  await reloaded(balie, before);
  assert.ok(await until('the new person', () => balie.client({ token: 'p9001' }).catch(() => null)));
  (await s.end()).forEach((r) => assert.match(r.text, /1 maand/));
});

story('a broken card keeps its last good version, also after a restart; the rest goes on', {}, async (balie) => {
  const c = await balie.client(), good = balie.read(CARDS);
  const before = await balie.figure('reloads_total');
  edit(balie, CARDS, '## Answer nl\nJe opzegtermijn', '## Anwser nl\nJe opzegtermijn');
  edit(balie, CARDS, 'Je kunt een fiets leasen', 'Iedereen kan een fiets leasen');
  await reloaded(balie, before);
  await live(c, 'fietsplan', /Iedereen kan een fiets/);
  assert.match((await c.ask(NOTICE)).text, /Je opzegtermijn is \*\*1 maand/);
  assert.ok(await balie.figure('content_errors') > 0);
  assert.match(balie.log, /cards\.md:\d+:\d+: error: .*[Aa]nwser/);
  await balie.stop();
  await balie.start();
  const again = await balie.client();
  assert.match((await again.ask(NOTICE)).text, /Je opzegtermijn is \*\*1 maand/);
  assert.match((await again.ask('fietsplan')).text, /Iedereen kan een fiets/);
  balie.write(CARDS, good.replace('**1 maand**', '**9 maanden**'));
  await live(again, NOTICE, /9 maanden/);
  assert.equal(await balie.figure('content_errors'), 0);
});

story('a broken article keeps its last good version, also after a restart', {}, async (balie) => {
  const shows = async (c) => (await flagpole(c)).includes('11 dagen');
  balie.write(FLAGPOLE, flagpoleText('11 dagen'));
  const c = await balie.client();
  await until('the article', () => shows(c), LIVE_MS);
  const before = await balie.figure('reloads_total');
  // saved by an old program: Latin-1
  balie.write(FLAGPOLE, Buffer.from(flagpoleText('99 dagen, één voor één'), 'latin1'));
  await reloaded(balie, before);
  assert.match(balie.log, /vlaggenmast\.md:\d+:\d+: error/);
  assert.ok(await shows(c));
  await balie.stop();
  await balie.start();
  assert.ok(await shows(await balie.client()));
});

story('a deleted card file is gone, and a form that was running on it says so', {}, async (balie) => {
  const c = await balie.client(), other = await balie.client();
  const cards = await balie.figure('cards');
  balie.write('intents/extra.md', ['# extra.zolder', '- name: nl Zolder | en Attic', '- owner: hr', '## Say nl',
    '- vlaggenmast lenen', '## Say en', '- borrow the flagpole', '## Ask',
    '- day: date required | nl Welke dag? | en Which day?', '## Do', '- open ticket: HR', '## Answer nl', 'Geregeld.',
    '## Answer en', 'Done.', ''].join('\n'));
  await live(c, 'vlaggenmast lenen', /Welke dag/);
  await other.ask('vlaggenmast lenen');
  fs.rmSync(balie.path('intents/extra.md'));
  await until('the card to be gone', async () => await balie.figure('cards') === cards, LIVE_MS);
  const told = await other.ask('morgen');
  assert.match(told.text, /gewijzigd of\s+weggehaald/);
  assert.ok(told.choices.some((x) => x.label.startsWith('Ja')), 'a person is offered');
  assert.doesNotMatch((await (await balie.client()).ask('vlaggenmast lenen')).text, /Welke dag/);
});

story('what editors leave behind is not content', {}, async (balie) => {
  const cards = await balie.figure('cards');
  const stray = ['# stray.card', '- name: nl Zwerver | en Stray', '## Say nl', '- zwervende kaart', '## Say en',
    '- stray card', '## Answer nl', 'x', '## Answer en', 'y', ''].join('\n');
  for (const name of ['.cards.md.swp', 'cards.md~', '~cards.md', '_draft.md', 'README.md', '.hidden.md', '4913',
    'cards.md.tmp'])
    balie.write(`intents/${name}`, stray);
  const before = await balie.figure('reloads_total');
  balie.child.kill('SIGHUP');
  await reloaded(balie, before);
  assert.equal(await balie.figure('cards'), cards);
});

const STRICT = { settings: { publish: 'strict' } };
story('with publish: strict a failing card test keeps the whole previous set', STRICT, async (balie) => {
  const c = await balie.client();
  const text = balie.read(CARDS).replace('**1 maand**', '**7 maanden**');
  balie.write(CARDS, text.replace('# talk.human', '## Tests nl\n- fietsplan\n\n# talk.human'));
  await until('the refusal', () => /not published/.test(balie.log), LIVE_MS);
  assert.match((await c.ask(NOTICE)).text, /1 maand/);
  balie.write(CARDS, text);
  await live(c, NOTICE, /7 maanden/);
});

// --- stop ---

story('SIGTERM finishes what is in hand, says goodbye and exits 0', {}, async (balie) => {
  const c = await balie.client(), idle = await balie.client(), shy = await Client.open(balie);
  const release = await lockState(balie);
  const ids = Array.from({ length: 9 }, (_, i) => `q${i}`);
  c.sendTogether(ids.map((id) => ({ type: 'message', id, text: NOTICE })));
  await until('work in hand', async () => await balie.figure('store_waiting') > 0);
  balie.child.kill('SIGTERM');
  await until('the signal to be seen', () => /finishing/.test(balie.log));
  c.send({ type: 'message', id: 'late', text: NOTICE });
  await c.waitFor('busy', (f) => f.reply_to === 'late' && f.code === 'busy');
  await assert.rejects(Client.open(balie).then((x) => x.close()), 'no new connections');
  await release();
  for (const x of [c, idle, shy]) assert.equal((await deadline(10_000, 'the goodbye', x.closed)).code, 1001);
  assert.deepEqual(c.frames.filter((f) => f.type === 'answer').map((f) => f.reply_to), ids);
  await balie.ended();
  await balie.start();
  const again = await balie.client({ conversation: c.conversation, after: 0 });
  assert.equal(again.frames.filter((f) => f.type === 'answer').length, ids.length);
  assert.ok((await again.ask(NOTICE, 'late')).answers.length, 'what was told busy may come again');
});

story('SIGTERM in the middle of a reload, and twice, still ends well', {}, async (balie) => {
  const s = await balie.client();
  await s.ask(NOTICE);
  edit(balie, CARDS, '**1 maand**', '**2 maanden**');
  balie.child.kill('SIGHUP');
  balie.child.kill('SIGTERM');
  balie.child.kill('SIGTERM');
  await balie.ended();
});

// --- crash ---

story('after kill -9 everything acknowledged is there, and what was not may be sent again', {}, async (balie) => {
  const clients = await Promise.all(Array.from({ length: 5 }, () => balie.client()));
  const asked = clients.map(() => []);
  for (let round = 0; round < 3; round++) {
    // a stream from everyone; killed in the middle of it
    const streams = clients.map(async (c, k) => {
      for (let i = 0; ; i++) {
        const id = `r${round}-${i}`;
        asked[k].push(id);
        try { await c.ask(NOTICE, id); } catch { return; }
      }
    });
    await until('some answers', () => clients.every((c) => c.frames.length > 5));
    await balie.kill();
    await Promise.all(streams);
    await balie.start();
    for (const [k, old] of clients.entries()) {
      const had = old.frames.filter((f) => f.type === 'answer');
      const c = clients[k] = await balie.client({ conversation: old.conversation, after: 0 });
      assert.equal(c.conversation, old.conversation);
      const kept = c.frames.filter((f) => f.type === 'answer');
      for (const f of had) assert.deepEqual(kept.find((x) => x.seq === f.seq), f);
      assert.ok(kept.length <= had.length + 1, 'at most the one in hand besides');
      const last = asked[k].at(-1), turns = await balie.figure('turns_total');
      const r = await c.ask(NOTICE, last); // acknowledged or not, this is safe
      assert.equal(r.answers.length, 1);
      assert.equal(await balie.figure('turns_total') - turns, kept.some((f) => f.reply_to === last) ? 0 : 1);
    }
  }
  const twice = await rows(balie, 'SELECT conversation, client_id FROM turn GROUP BY 1, 2 HAVING count(*) > 1');
  assert.deepEqual(twice, []);
  assert.deepEqual(await rows(balie, 'PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
});

story('a client that is missed gets what was answered while it was away', {}, async (balie) => {
  const c = await balie.client();
  await c.ask(NOTICE);
  const release = await lockState(balie);
  c.send({ type: 'message', id: 'gone', text: 'fietsplan' });
  await until('work in hand', async () => await balie.figure('store_waiting') > 0);
  c.socket.terminate();
  await c.closed;
  await release();
  const again = await balie.client({ conversation: c.conversation, after: 2 });
  await again.waitFor('the missed answer', (f) => f.reply_to === 'gone' && /fiets/.test(f.text));
});

// --- a state that cannot be written ---

story('a state that is locked for seconds: told, and the same id works later', {}, async (balie) => {
  const c = await balie.client();
  await c.ask(NOTICE);
  const release = await lockState(balie);
  const r = await c.ask('fietsplan', 'mine');
  assert.equal(r.error?.code, 'storage');
  assert.ok(r.error.retry_ms > 0);
  assert.equal(r.answers.length, 0);
  await release();
  await until('an answer', async () => (await c.ask('fietsplan', 'mine')).answers.length);
  const kept = await rows(balie, "SELECT count(*) n FROM turn WHERE client_id = 'mine'");
  assert.equal(kept[0].n, 1);
});

// a limit on the size of files is a disk that is full, without needing to be root
const FULL = { wrap: "trap '' XFSZ; exec \"$@\"" };
const limit = (balie, bytes) => run('prlimit', ['--pid', String(balie.child.pid), `--fsize=${bytes}:unlimited`]);
const sizes = (balie) => Math.max(...['balie.db', 'balie.db-wal'].map((f) => fs.statSync(balie.path('state', f)).size));

story('a full disk: told, nothing half stored, and the same id works when there is room', FULL, async (balie) => {
  const c = await balie.client(), other = await balie.client();
  await c.ask('ik wil verlof aanvragen');
  await limit(balie, sizes(balie) + 20_000);
  let refused, asked = 0;
  const long = 'opzegtermijn '.repeat(300);
  while (!refused && asked++ < 60) {
    const r = await other.ask(long, `f${asked}`);
    if (r.error) refused = r;
  }
  assert.equal(refused?.error.code, 'storage');
  await limit(balie, 4096); // not even a short one fits
  const stays = await c.ask('7 december', 'mine');
  assert.equal(stays.error?.code, 'storage');
  assert.equal((await balie.get('/healthz')).status, 200);
  assert.ok(await balie.figure('storage_errors_total') >= 2);
  await limit(balie, 'unlimited');
  const went = await until('room', async () => {
    const r = await c.ask('7 december', 'mine');
    return r.answers.length && r;
  });
  assert.match(went.text, /Tot en met welke dag/, 'the form is where it was');
  assert.ok((await other.ask(long, refused.id)).answers.length);
  await balie.kill();
  await balie.start();
  const again = await balie.client({ conversation: c.conversation, after: 0 });
  assert.match((await again.ask('9 december')).text, /Wat voor verlof/);
  assert.deepEqual(await rows(balie, 'PRAGMA integrity_check'), [{ integrity_check: 'ok' }]);
});

story('a full disk ends with SIGTERM all the same', FULL, async (balie) => {
  const c = await balie.client();
  await c.ask(NOTICE);
  await limit(balie, sizes(balie));
  c.send({ type: 'message', id: 'x', text: 'opzegtermijn '.repeat(300) });
  await c.waitFor('any reply', (f) => f.reply_to === 'x');
});

suite('many at once', {}, (balie, test) => {
  test('two hundred people asking ten things each get ten answers each', async () => {
    const clients = await Promise.all(Array.from({ length: 200 }, () => balie.client()));
    await Promise.all(clients.map(async (c, k) => {
      for (let i = 0; i < 10; i++) assert.match((await c.ask(`${NOTICE} ${k} ${i}`)).text, /./);
    }));
    assert.equal((await rows(balie, 'SELECT count(*) n FROM turn'))[0].n, 2000);
    await Promise.all(clients.map((c) => c.close()));
    await until('the sockets to be gone', async () => await balie.figure('store_waiting') === 0);
  });
});
