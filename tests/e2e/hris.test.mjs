// Personal look-ups in an HR system over REST that is slow, broken and wrong: what the employee
// reads in each case, and that nobody waits for ever, not even through a crash of ours.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test as nodeTest } from 'node:test';
import { Balie, repository, rows, until } from './harness.mjs';
import { saidYes } from './desk.mjs';

const TIMEOUT_MS = 700;
const GOOD = [{ name: 'Vacation', units: 'hours', balance: '40.0' }, { name: 'Old', units: 'hours', balance: '-3.5' }];
const QUESTION = 'hoeveel vakantiedagen heb ik nog over';

/** A stand-in for BambooHR: `play` says how it answers; every request is kept. */
class Hris {
  constructor() {
    this.requests = [];
    this.held = [];
    this.play = (answer) => answer(200, GOOD);
    this.server = http.createServer((q, a) => {
      this.requests.push({ url: q.url, authorization: q.headers.authorization });
      const answer = (status, body, type = 'application/json') => {
        a.writeHead(status, { 'Content-Type': type });
        a.end(typeof body === 'string' ? body : JSON.stringify(body));
      };
      this.play(answer, a, this.requests.length);
    });
  }

  listen() {
    return new Promise((done) => this.server.listen(0, '127.0.0.1', () => done(this.server.address().port)));
  }

  hold() { this.play = (answer) => this.held.push(answer); }
  release(...as) { for (const answer of this.held.splice(0)) answer(...as); }
  close() { this.server.closeAllConnections(); this.server.close(); }
}

const hris = new Hris();
let balie;
before(async () => {
  const port = await hris.listen();
  balie = await Balie.prepare();
  balie.write('hr.token', 's3cr3t\n');
  balie.write('balie.yaml', balie.read('balie.yaml') + [
    'hris:', '  kind: rest', `  profile: ${repository}/adapters/hris/bamboohr.yaml`,
    `  url: http://127.0.0.1:${port}`, '  token_file: hr.token', '  values: {company: acme}',
    `  total_ms: ${TIMEOUT_MS}`, ''].join('\n'));
  await balie.start();
});
after(async () => {
  try {
    await balie.stop();
  } finally {
    await balie.discard();
    hris.close();
  }
});

const late = (c, id, from = 0) => c.waitFor(`the late answer to ${id}`,
  (f) => f.type === 'answer' && f.reply_to === id && !/zoek het voor je op|looking it up/.test(f.text), { from });

/** Asks, is told that it is looked up, and gets the answer under the same id. */
async function lookedUp(c, text = QUESTION) {
  return told(c, await c.ask(text));
}

async function told(c, r) {
  assert.match(r.answers[0].text, /zoek het voor je op|looking it up/);
  return { ...(await late(c, r.id)), id: r.id };
}

nodeTest('it answers: told first, then the sum, under the id of the question', async () => {
  const c = await balie.client();
  const a = await lookedUp(c);
  assert.match(a.text, /Je hebt nog \*\*36,5 uur\*\*/);
  const last = hris.requests.at(-1);
  assert.match(last.url, /^\/api\/gateway\.php\/acme\/v1\/employees\/demo\/time_off\/calculator\?end=\d{4}-\d\d-\d\d$/);
  assert.equal(last.authorization, `Basic ${Buffer.from('s3cr3t:x').toString('base64')}`);
  const [row] = await rows(balie, "SELECT state, payload FROM effect WHERE kind = 'lookup' ORDER BY id DESC LIMIT 1");
  assert.deepEqual(row, { state: 3, payload: '' }, 'done, and nothing of the question is left in the row');
});

nodeTest('in English too; a unit that is not told is not guessed', async () => {
  hris.play = (answer) => answer(200, [{ name: 'Vacation', balance: 12 }]);
  const c = await balie.client({ language: 'en' });
  const a = await lookedUp(c, 'how much leave is left');
  assert.match(a.text, /You have \*\*12 /);
  assert.doesNotMatch(a.text, /12 (hours|days)/);
});

const cases = [
  ['500 twice', (answer) => answer(500, 'oops')],
  ['401', (answer) => answer(401, {})],
  ['403 with a page', (answer) => answer(403, '<h1>no</h1>', 'text/html')],
  ['an employee it does not know', (answer) => answer(404, {})],
  ['a login page with 200', (answer) => answer(200, '<html>log in</html>', 'text/html')],
  ['cut off in the middle', (_, a) => { a.writeHead(200, { 'Content-Length': 100 }); a.write('[{'); a.socket.destroy(); }],
  ['a balance that is no number', (answer) => answer(200, [{ name: 'A', units: 'days', balance: '1,5' }])],
  ['silence', () => {}],
];
for (const [what, play] of cases)
  nodeTest(`${what}: says so, offers the desk, shows no figure`, async () => {
    hris.play = play;
    const c = await balie.client();
    const a = await lookedUp(c);
    assert.match(a.text, /Ik kan je gegevens nu niet opvragen: het HR-systeem antwoordt niet goed/);
    assert.doesNotMatch(a.text, /\d/);
    assert.ok(a.choices.some((x) => x.label.startsWith('Ja, zet maar door')), JSON.stringify(a.choices));
  });

nodeTest('no rows at all: says that, too', async () => {
  hris.play = (answer) => answer(200, []);
  const a = await lookedUp(await balie.client());
  assert.match(a.text, /Ik vind hier geen gegevens van jou over/);
});

nodeTest('after a failure, yes makes a ticket with the question', async () => {
  hris.play = (answer) => answer(500, '');
  const c = await balie.client();
  const a = await lookedUp(c);
  const { receipt } = await saidYes(c, a);
  const [{ payload }] = await rows(balie, `SELECT payload FROM effect WHERE payload LIKE '%${receipt}%'`);
  assert.match(JSON.parse(payload).body, new RegExp(`Vraag: ${QUESTION}`));
});

nodeTest('the person goes on meanwhile; the late answer leaves the running form alone', async () => {
  hris.hold();
  const c = await balie.client();
  const r = await c.ask(QUESTION);
  assert.match(r.text, /zoek het voor je op/);
  const form = await c.ask('ik wil verlof aanvragen');
  assert.match(form.text, /Vanaf/i);
  const from = c.frames.length;
  hris.release(200, GOOD);
  assert.match((await late(c, r.id, from)).text, /36,5 uur/);
  const next = await c.ask('morgen');
  assert.doesNotMatch(next.text, /geen goed antwoord|niet begrepen/, 'the form goes on where it was');
});

nodeTest('a number in the message is not whose balance is asked', async () => {
  hris.play = (answer) => answer(200, GOOD);
  const c = await balie.client({ token: 'p002' });
  const r = await c.ask('hoeveel verlofuren heb ik nog over, mijn nummer is demo');
  assert.equal(r.choices[0].label, 'Verlofsaldo'); // the number is no word of its answer: asked about first
  await told(c, await c.choose(r.choices[0]));
  assert.match(hris.requests.at(-1).url, /\/employees\/p002\//);
});

nodeTest('somebody who comes back finds the answer', async () => {
  hris.hold();
  const c = await balie.client();
  const r = await c.ask(QUESTION);
  await c.close();
  hris.release(200, GOOD);
  const again = await balie.client({ conversation: c.conversation, after: 0 });
  assert.match((await late(again, r.id)).text, /36,5 uur/);
});

nodeTest('killed while it looks up: asked again after the start', async () => {
  hris.hold();
  const c = await balie.client();
  const r = await c.ask(QUESTION);
  await until('the question arrives there', () => hris.held.length > 0);
  const asked = hris.requests.length;
  await balie.kill();
  hris.held.length = 0;
  hris.play = (answer) => answer(200, GOOD);
  await balie.start();
  const again = await balie.client({ conversation: c.conversation, after: 0 });
  assert.match((await late(again, r.id)).text, /36,5 uur/);
  assert.equal(hris.requests.length, asked + 1);
});

// --- requests, pay days, documents ---

const REQUESTS = [{ employeeId: 'demo', status: { status: 'requested' }, start: '2026-12-21', end: '2026-12-31',
  type: { name: 'Vacation *bold* [x](http://evil.example)' }, amount: { unit: 'hours', amount: '64' } }];

nodeTest('open requests: names as text, whatever stands in them', async () => {
  hris.play = (answer) => answer(200, REQUESTS);
  const a = await lookedUp(await balie.client(), 'welke aanvragen heb ik openstaan');
  assert.match(hris.requests.at(-1).url, /\/v1\/time_off\/requests\?.*status=requested.*employeeId=demo/);
  assert.match(a.text, /maandag 21 december 2026 t\/m donderdag 31 december 2026 \| wacht op akkoord/);
  assert.match(a.html, /<td>Vacation \*bold\* \[x\]\(http:\/\/evil\.example\)<\/td>/);
  assert.doesNotMatch(a.html, /<a |<em>|<strong>bold/);
});

nodeTest('no open requests is an answer, no hand-off', async () => {
  hris.play = (answer) => answer(200, []);
  const c = await balie.client();
  const r = await c.ask('welke aanvragen heb ik openstaan');
  const none = await c.waitFor('none', (f) => f.type === 'answer' && f.reply_to === r.id && /geen aanvragen openstaan/.test(f.text));
  assert.deepEqual(none.choices ?? [], []);
});

for (const [what, play] of cases.filter(([what]) => !/number/.test(what)))
  nodeTest(`open requests, ${what}: what holds for everybody, and that it failed`, async () => {
    hris.play = play;
    const c = await balie.client({ language: 'en' });
    const r = await c.ask('my pending requests');
    const failed = await c.waitFor('that it failed', (f) => f.type === 'answer' && f.reply_to === r.id && /does not\s+answer properly/.test(f.text));
    assert.ok(failed.choices.some((x) => x.label.startsWith('Yes')), JSON.stringify(failed.choices));
    assert.ok(c.frames.some((f) => f.type === 'answer' && /until your manager decides/.test(f.text)));
    assert.ok(!c.frames.some((f) => /\|/.test(f.text ?? '')), 'no table');
  });

nodeTest('what this HR system does not have is not asked for: the general answer at once', async () => {
  const before = hris.requests.length, c = await balie.client();
  for (const [text, said] of [['wanneer is het betaaldag', /op de 25e/], ['mijn documenten inzien', /in het portaal/]]) {
    const r = await c.ask(text);
    assert.match(r.text, said);
    assert.doesNotMatch(r.text, /zoek het voor je op|niet opvragen/);
  }
  assert.equal(hris.requests.length, before);
});

nodeTest('tables: links to named hosts only; who is not logged in gets what holds for everybody', async () => {
  const own = await Balie.prepare({ settings: { link_hosts: 'hr.noorderlicht.example' } });
  const today = new Date().toISOString().slice(0, 10);
  own.write('documents.csv', ['id,kind,date,link,kind_nl,kind_en',
    'demo,a,2026-01-01,https://hr.noorderlicht.example/documents/1,Contract,Contract',
    'demo,b,2026-01-02,https://evil.example/2,Elders,Elsewhere',
    'demo,c,2026-01-03,javascript:alert(1),Kwaad,Bad',
    'p002,d,2026-01-04,https://hr.noorderlicht.example/documents/9,Van een ander,Another\'s', ''].join('\n'));
  own.write('pay_dates.csv', `id,kind,date\n*,Oud,2020-01-01\n*,Nu,${today}\n`);
  await own.start();
  try {
    const c = await own.client();
    const r = await c.ask('mijn documenten inzien');
    assert.match(r.answers[0].html, /<a href="https:\/\/hr\.noorderlicht\.example\/documents\/1">Contract<\/a>/);
    assert.doesNotMatch(r.answers[0].html, /evil|javascript|Van een ander/);
    assert.match(r.answers[0].html, /<td>Elders<\/td>/);
    assert.match((await c.ask('wanneer is het betaaldag')).text, /volgende betaaldag is/);
    const nobody = await own.client({ token: '' });
    const general = await nobody.ask('wanneer is het betaaldag');
    assert.match(general.answers[0].text, /op de 25e/);
    assert.doesNotMatch(general.answers[0].text, /volgende betaaldag/);
    assert.match(general.text, /Als je inlogt/);
    assert.match(own.log, /documents\.csv:3.*link_hosts/);
    own.write('documents.csv', 'id,kind\ndemo,Nieuw\n');
    assert.match((await c.ask('mijn documenten inzien')).answers[0].html, /<td>Nieuw<\/td>/, 'read again');
  } finally {
    await own.stop();
    await own.discard();
  }
});

nodeTest('nothing of it is in the log', () => {
  assert.doesNotMatch(balie.log, /s3cr3t|Sanne|36[,.]5|vakantiedagen/);
});
