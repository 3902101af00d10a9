// What must never be kept: searched for in the raw bytes of the state, while balie runs, after it
// was killed and after a clean end, and in its log.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test as nodeTest } from 'node:test';
import { Desk, back, confirmed, isTicket, oneTicket, receiptIn, row, saidYes } from './desk.mjs';
import { Balie, rows, suite, until } from './harness.mjs';

const small = {}, repository = { content: 'repository', settings: { log: 'debug' } };
const quiet = { settings: { log: 'debug' } };

/** Every file of the state; content.db holds what HR wrote, its words are no secret. */
function stateFiles(balie, { content = true } = {}) {
  const all = fs.readdirSync(balie.path('state'), { recursive: true, withFileTypes: true });
  return all.filter((f) => f.isFile() && (content || !f.name.startsWith('content.db')))
    .map((f) => path.join(f.parentPath ?? f.path, f.name));
}

const PAGE = 4096;
const given = new Map(); // the models that a daemon began with, by file

/** Bytes of a file of the state; of content.db those pages that are not as they were given, as
 *  reading tens of megabytes of models again and again takes minutes. */
function bytesOf(balie, file) {
  const bytes = fs.readFileSync(file);
  if (path.basename(file) !== 'content.db' || !fs.existsSync(balie.models)) return bytes;
  if (!given.has(balie.models)) given.set(balie.models, fs.readFileSync(balie.models));
  const before = given.get(balie.models), changed = [];
  for (let at = 0; at < bytes.length; at += PAGE) {
    const page = bytes.subarray(at, at + PAGE);
    if (!page.equals(before.subarray(at, at + PAGE))) changed.push(page);
  }
  return Buffer.concat(changed);
}

/** "secret in file" for each secret that stands in the state or the log. */
function leaks(balie, secrets, options) {
  const found = [];
  for (const file of stateFiles(balie, options)) {
    const bytes = bytesOf(balie, file);
    for (const s of secrets)
      for (const encoding of ['utf8', 'utf16le'])
        if (bytes.includes(Buffer.from(s, encoding))) found.push(`${s} in ${path.basename(file)}`);
  }
  for (const s of secrets) if (balie.log.includes(s)) found.push(`${s} in the log`);
  return found;
}

/** Nowhere: running, killed and started, stopped. Only for a daemon of one's own. */
async function nowhere(balie, secrets, options) {
  assert.deepEqual(leaks(balie, secrets, options), [], 'while it runs');
  await balie.kill();
  assert.deepEqual(leaks(balie, secrets, options), [], 'killed');
  await balie.start();
  await balie.stop();
  assert.deepEqual(leaks(balie, secrets, options), [], 'stopped');
}

function story(title, options, body) {
  nodeTest(title, async (t) => {
    const balie = await Balie.start(options);
    try {
      await body(balie, t);
    } finally {
      await balie.discard();
    }
  });
}

// as written, and the part of it to look for
const personal = [
  ['BSN', '111222333', '111222333'], ['BSN with dots', '1112.22.333', '1112.22.333'],
  ['IBAN', 'NL91ABNA0417164300', '0417164300'], ['IBAN in groups', 'NL91 ABNA 0417 1643 00', '0417 1643'],
  ['telephone number', '06-12345678', '12345678'], ['telephone number abroad', '+31 6 8765 4321', '8765 4321'],
  ['e-mail address', 'kim.geheim@example.org', 'kim.geheim'],
  ['birth date', 'geboren op 17-05-1979', '17-05-1979'],
];
const allPersonal = personal.map((p) => p[2]);

// --- personal data in messages ---

story('personal data in answered questions is nowhere', quiet, async (balie) => {
  const c = await balie.client();
  for (const [, text] of personal) {
    const r = await c.ask(`wat is mijn opzegtermijn ${text}`);
    assert.ok(r.answers.length, 'it is a message like any other');
  }
  c.send({ type: 'feedback', turn: 1, helpful: true, text: personal.map((p) => p[1]).join(', ') });
  await c.ask('wat is mijn opzegtermijn');
  const kept = (await rows(balie, 'SELECT said FROM turn')).map((r) => r.said).join('\n');
  for (const mark of ['[bsn]', '[iban]', '[phone]', '[email]', '[birth date]']) assert.ok(kept.includes(mark), `${mark} in ${kept}`);
  await nowhere(balie, allPersonal);
});

story('a birth date in words is nowhere', quiet, async (balie) => {
  const c = await balie.client(), dates = ['23 april 1981', '3 mei 1990', 'June 14th, 1988'];
  await c.ask('wat is mijn opzegtermijn, mijn geboortedatum is 23 april 1981');
  await c.ask('wat is mijn opzegtermijn, ik ben geboren op 3 mei 1990');
  await c.ask('what is my notice period, I was born on June 14th, 1988');
  await nowhere(balie, dates);
});

const UNANSWERED = 'hoe kook ik rijst';

story('personal data in a question nobody answers is nowhere, also while a hand-off is offered',
  quiet, async (balie) => {
  const c = await balie.client();
  for (const [, text] of personal) await c.ask(`${UNANSWERED} ${text}`);
  await c.ask('nee');
  await nowhere(balie, allPersonal);
});

story('nor in the list of unanswered questions', quiet, async (balie) => {
  const c = await balie.client();
  for (const [, text] of personal) await c.ask(`${UNANSWERED} ${text}`);
  for (const kept of await rows(balie, 'SELECT text FROM unanswered'))
    for (const [kind, , secret] of personal) assert.ok(!kept.text.includes(secret), `${kind}: ${kept.text}`);
});

/** The sick report of the repository, to the end; answers by the question's first words. */
async function reportSick(c, first, { phone = '06-12345678', work = 'overslaan', stop = false } = {}) {
  let r = await c.ask(first);
  for (let i = 0; i < 12 && !r.choices.some((x) => x.label.startsWith('Klopt')); i++) {
    const last = r.answers.at(-1).text;
    const reply = /eerste ziektedag/.test(last) ? 'vandaag' : /bereiken/.test(last) ? phone
      : /overnemen/.test(last) ? work : /vangnet|ongeluk/.test(last) ? 'nee' : 'overslaan';
    r = await c.ask(reply);
    if (stop && reply === phone) return r;
  }
  return c.press(r, 'Klopt');
}

nodeTest('a telephone number in a form reaches the servicedesk and is then nowhere', async () => {
  const desk = await Desk.start(), balie = await desk.balie({ content: 'repository' });
  try {
    await balie.start();
    const c = await balie.client();
    const receipt = receiptIn((await reportSick(c, 'ik ben ziek', { phone: '06-24681357' })).text);
    const { posts } = await oneTicket(balie, desk, c, receipt);
    assert.match(posts[0].body.Content, /24681357/, 'HR must be able to call');
    // every turn of the form wiped the session of the one before it
    assert.deepEqual(await rows(balie, "SELECT id FROM turn WHERE session LIKE '%24681357%'"), []);
    await balie.stop(); // the log of SQLite, which still has the older pages, ends here
    assert.deepEqual(leaks(balie, ['24681357']), []);
  } finally {
    await balie.discard();
    await desk.down();
  }
});

// --- forms that are not finished ---

story('a form that is stopped leaves nothing of what was typed', { content: 'repository', settings: { log: 'debug' } }, async (balie) => {
  const c = await balie.client();
  await reportSick(c, 'ik ben ziek', { phone: '06-24681357', stop: true });
  await c.ask('stop');
  assert.deepEqual(await rows(balie, "SELECT id FROM turn WHERE session LIKE '%24681357%'"), []);
  await balie.stop(); // the log of SQLite, which still has the older pages, ends here
  assert.deepEqual(leaks(balie, ['24681357']), []);
});

story('a form that is left: kept to go on with, and gone after a week', { content: 'repository' }, async (balie) => {
  const c = await balie.client();
  await reportSick(c, 'ik ben ziek', { phone: '06-24681357', stop: true });
  const kept = () => rows(balie, "SELECT id FROM turn WHERE session LIKE '%24681357%'");
  assert.equal((await kept()).length, 1, 'in the newest session alone');
  await balie.kill();
  await rows(balie, 'UPDATE turn SET at_ms = at_ms - 6 * 86400000');
  await balie.start();
  await until('retention ran', () => /retention/.test(balie.log));
  assert.equal((await kept()).length, 1, 'six days are not long');
  await balie.kill();
  await rows(balie, 'UPDATE turn SET at_ms = at_ms - 2 * 86400000');
  await balie.start();
  await until('it is gone', async () => (await kept()).length === 0);
  assert.equal((await rows(balie, 'SELECT id FROM turn')).length > 0, true, 'the conversation is there');
  await balie.stop(); // the log of SQLite, which still has the older pages, ends here
  assert.deepEqual(leaks(balie, ['24681357']), []);
});

nodeTest('a delivered ticket is wiped from the state\'s bytes', async () => {
  const desk = await Desk.start(), balie = await desk.balie();
  try {
    await balie.start();
    const c = await balie.client();
    const { receipt } = await saidYes(c, await c.ask(UNANSWERED));
    await oneTicket(balie, desk, c, receipt);
    await c.ask('wat is mijn opzegtermijn');
    await balie.stop();
    // the name and the address were in the payload alone
    assert.deepEqual(leaks(balie, ['Sanne de Vries', 'sanne.devries@']), []);
  } finally {
    await balie.discard();
    await desk.down();
  }
});

// --- health ---

story('health words of a sick report are nowhere, and not in the ticket', repository, async (balie) => {
  const words = ['hernia', 'migraine', 'chemokuur', 'longontsteking', 'depressief', 'zwangerschapsdiabetes'];
  let c = await balie.client();
  const told = await reportSick(c, 'ik ben ziek, ik heb een hernia en migraine',
    { work: 'Jan neemt over, vrijdag chemokuur in het ziekenhuis' });
  const receipt = receiptIn(told.text);
  await confirmed(c, receipt);
  const { payload } = await row(balie, receipt);
  assert.match(payload, /Jan neemt over/);
  for (const w of [...words, 'ziekenhuis']) assert.ok(!payload.includes(w), w);
  c = await balie.client();
  await c.ask('ik meld me ziek');
  await c.ask('vandaag, want ik heb longontsteking');
  await c.ask('stop');
  c = await balie.client();
  await c.ask('ik heb me ziek gemeld met zwangerschapsdiabetes');
  await nowhere(balie, words, { content: false });
});

story('health words before and after a sick report, in a hand-off', repository, async (balie) => {
  const c = await balie.client();
  await c.ask('ik ben ziek met een hernia');
  await c.ask('stop');
  let r = await c.handoff();
  if (/Waar gaat het over/.test(r.text)) r = await c.ask('mijn hernia en wat dat voor mijn loon betekent');
  const { receipt } = await saidYes(c, r);
  await confirmed(c, receipt);
  assert.doesNotMatch((await row(balie, receipt)).payload, /hernia/);
  await nowhere(balie, ['hernia'], { content: false });
});

// --- sensitive topics ---

const told = ['ik word gepest door mijn leidinggevende Keeswillem', 'hij noemt me elke dag flapdrolletje',
  'gisteren gebeurde het weer bij de kopieermachine'];
const secret = ['Keeswillem', 'keeswillem', 'flapdrolletje', 'kopieermachine', 'gepest door mijn leidinggevende', ...told];

story('a sensitive topic of several turns is blank rows, and nothing else', repository, async (balie) => {
  const c = await balie.client();
  for (const text of told) assert.match((await c.ask(text)).text, /iemand contact met je opneemt/, text);
  const kept = await rows(balie, 'SELECT said, answered, frames, outcome, intent, client_hash FROM turn');
  assert.equal(kept.length, told.length);
  for (const k of kept)
    assert.deepEqual(k, { said: '', answered: '', frames: '[]', outcome: '', intent: '', client_hash: 0 });
  for (const table of ['effect', 'ticket', 'feedback', 'unanswered'])
    assert.deepEqual(await rows(balie, `SELECT * FROM ${table}`), [], table);
  const figures = await rows(balie, "SELECT * FROM figure WHERE outcome = 'sensitive'");
  assert.ok(figures.every((f) => f.intent === '' && f.unit === ''), 'no topic, no unit');
  c.send({ type: 'feedback', turn: 2, helpful: false, text: 'Keeswillem doet het nog steeds' });
  await c.settle();
  await nowhere(balie, secret);
  assert.doesNotMatch(balie.log, /sensitive\.harassment/);
});

story('the log does not tell which conversation was about a sensitive topic', quiet, async (balie) => {
  const c = await balie.client();
  await c.ask('ik word gepest');
  assert.doesNotMatch(balie.log, /conv=\w+.*sensitive/);
});

story('neither a crash nor a return brings a sensitive topic back', repository, async (balie) => {
  const c = await balie.client();
  await c.ask('hoe lang is mijn opzegtermijn');
  for (const text of told) await c.ask(text);
  const live = await back(balie, c);
  await balie.kill();
  await balie.start();
  for (const again of [live, await back(balie, c)])
    for (const s of secret) assert.ok(!JSON.stringify(again.frames).includes(s), s);
});

story('a ticket of a sensitive topic: only after a yes, closed, without what was said', repository, async (balie) => {
  for (const yes of [(c, r) => c.press(r, 'Ja, laat iemand'), (c) => c.ask('ja graag')]) {
    const c = await balie.client();
    let r;
    for (const text of told) r = await c.ask(text);
    assert.deepEqual(c.frames.filter((f) => f.type === 'ticket'), []);
    r = await yes(c, r);
    const receipt = receiptIn(r.text);
    assert.ok(receipt, r.text);
    assert.match(r.text, /vertrouwelijk/);
    await confirmed(c, receipt);
    const kept = await row(balie, receipt), p = JSON.parse(kept.payload);
    assert.equal(kept.queue, 'Confidential');
    assert.equal(kept.subject, '', 'not in the list of tickets');
    assert.equal(p.queue, 'Confidential');
    assert.equal(p.unit, '');
    assert.equal(p.intent, '');
    assert.equal(p.person_id, 'demo');
    assert.doesNotMatch(p.subject + p.body, /pest|leidinggevende|Keeswillem|flapdrol|kopieer|harass/i);
  }
  await nowhere(balie, secret);
});

story('no: no ticket, also not with the next hand-off, whose transcript is without it', repository, async (balie) => {
  const c = await balie.client();
  let r;
  for (const text of told) r = await c.ask(text);
  await c.press(r, 'Nee, nu niet');
  assert.deepEqual(await rows(balie, 'SELECT * FROM effect'), []);
  await c.ask('hoe lang is mijn opzegtermijn');
  r = await c.handoff();
  if (/Waar gaat het over/.test(r.text)) r = await c.ask('mijn rooster klopt niet');
  const { receipt } = await saidYes(c, r);
  await confirmed(c, receipt);
  const kept = await row(balie, receipt);
  assert.equal(kept.queue, 'HR');
  assert.doesNotMatch(kept.payload, /pest|Keeswillem|flapdrol|kopieer|harass|contact met je opneemt/i);
  await nowhere(balie, secret);
});

story('a sensitive topic in a form, or as the topic of a hand-off', repository, async (balie) => {
  let c = await balie.client();
  await c.ask('ik wil verlof aanvragen');
  assert.match((await c.ask(told[0])).text, /iemand contact met je opneemt/);
  c = await balie.client();
  await c.ask('ik wil iemand spreken');
  assert.match((await c.ask(told[0])).text, /iemand contact met je opneemt/);
  await nowhere(balie, secret);
});

story('a sensitive topic in the text of a thumbs down', repository, async (balie) => {
  const c = await balie.client(), r = await c.ask('hoe lang is mijn opzegtermijn');
  c.send({ type: 'feedback', turn: r.turn, helpful: false, text: told[0] });
  await c.waitFor('a reply', (f) => f.type === 'answer' && f.turn > r.turn);
  await c.settle();
  assert.deepEqual(leaks(balie, secret), []);
});

story('health words in the text of a thumbs down to a sick report',
  repository, async (balie) => {
  const c = await balie.client(), r = await c.ask('ik ben ziek');
  c.send({ type: 'feedback', turn: r.turn, helpful: false, text: 'mijn zwangerschapsdiabetes werd niet begrepen' });
  await c.ask('stop');
  assert.deepEqual(leaks(balie, ['zwangerschapsdiabetes'], { content: false }), []);
});

// --- the log ---

story('the log never holds what was written, at any level', repository, async (balie) => {
  const words = ['kwispelbroodje', 'zonderlingetje', 'rammelkastje'];
  const c = await balie.client();
  await c.ask(`hoeveel vakantiedagen heb ik nog ${words[0]}`);
  let r = await c.ask(`flurp ${words[1]} knoetertje`);
  for (let i = 0; i < 3 && !r.choices.some((x) => x.label.startsWith('Ja')); i++) r = await c.choose(r.choices.at(-1));
  const { receipt } = await saidYes(c, r);
  await confirmed(c, receipt);
  c.send({ type: 'feedback', turn: 1, helpful: false, text: words[2] });
  c.send({ type: 'message', id: words[0], text: words[1].repeat(400) });
  c.send(`{"type":"message","text":"${words[2]}`);
  await c.error('bad_json');
  await c.settle();
  await balie.kill();
  await balie.start();
  await (await back(balie, c)).ask(words[0]);
  await balie.stop();
  for (const w of words) assert.ok(!balie.log.includes(w), w);
  assert.doesNotMatch(balie.log, /Sanne|sanne\.devries/);
});

// --- whose conversation, whose numbers ---

suite('one person and another', small, (balie, test) => {
  test('another person\'s conversation is not resumed, and looks like one that is not there', async () => {
    const mine = await balie.client();
    await mine.ask('hoeveel vakantiedagen heb ik nog');
    const unknown = await balie.client({ token: 'p002', conversation: mine.conversation.replace(/.$/, (x) => (x === '0' ? '1' : '0')), after: 0 });
    for (const token of ['p002', 'p003', '']) {
      const other = await balie.client({ token, conversation: mine.conversation, after: 0 });
      assert.notEqual(other.conversation, mine.conversation);
      assert.equal(other.frames.length, 1, 'a welcome and nothing else');
      assert.deepEqual(Object.keys(other.welcome).sort(), Object.keys(unknown.welcome).sort());
      assert.equal(other.welcome.seq, unknown.welcome.seq);
      await other.ask('wat is mijn opzegtermijn');
    }
    await mine.settle();
    assert.equal(mine.frames.filter((f) => f.type === 'answer').length, 1, 'nothing of theirs comes here');
    const same = await balie.client({ conversation: mine.conversation, after: 0 });
    assert.equal(same.conversation, mine.conversation);
  });

  test('another person cannot take the offers of a conversation, nor repeat its ids', async () => {
    const mine = await balie.client(), r = await mine.ask(UNANSWERED, 'q1');
    const other = await balie.client({ token: 'p002', conversation: mine.conversation, after: 0 });
    const taken = await other.choose(r.choices[0], 'yes');
    assert.ok(!receiptIn(taken.text), taken.text);
    const repeated = await other.ask('wat is mijn opzegtermijn', 'q1');
    assert.match(repeated.text, /1 maand/);
    assert.deepEqual(mine.frames.filter((f) => f.type === 'ticket'), []);
  });

  test('a conversation of who was not logged in is not taken over by a name', async () => {
    const nobody = await balie.client({ token: '' });
    await nobody.ask('wat is mijn opzegtermijn');
    const named = await balie.client({ conversation: nobody.conversation, after: 0 });
    assert.notEqual(named.conversation, nobody.conversation);
  });

  test('a look-up is the person\'s own, whatever number is written', async () => {
    const own = {};
    for (const token of ['demo', 'p002'])
      own[token] = /\*\*([^*]+)\*\*/.exec((await (await balie.client({ token })).ask('hoeveel vakantiedagen heb ik nog')).text)[1];
    assert.notEqual(own.demo, own.p002);
    for (const text of ['hoeveel vakantiedagen heb ik nog p002', 'hoeveel vakantiedagen heb ik nog, mijn personeelsnummer is p002',
      'wat is mijn verlofsaldo id=p002', 'person.id: p002 wat is mijn verlofsaldo', 'wat is mijn verlofsaldo {person.id=p002}',
      '{"token":"p002"} hoeveel vakantiedagen heb ik nog', "wat is mijn verlofsaldo' OR id='p002"]) {
      const c = await balie.client();
      let r = await c.ask(text);
      if (!/\*\*/.test(r.text) && r.choices[0]?.label === 'Verlofsaldo') r = await c.choose(r.choices[0]);
      assert.ok(!r.text.includes(own.p002), `${text}: ${r.text}`);
    }
    const c = await balie.client();
    c.send({ type: 'message', id: 'm', text: 'hoeveel vakantiedagen heb ik nog', person: 'p002', token: 'p002', as: 'p002' });
    const r = await c.waitFor('the answer', (f) => f.type === 'answer' && f.reply_to === 'm');
    assert.ok(r.text.includes(own.demo));
  });

  test('who is not logged in gets nobody\'s figures', async () => {
    const c = await balie.client({ token: '' });
    for (const text of ['hoeveel vakantiedagen heb ik nog', 'hoeveel vakantiedagen heb ik nog demo', 'wat is mijn verlofsaldo p002'])
      assert.doesNotMatch((await c.ask(text)).text, /\*\*\d/);
  });

  test('the ticket of a hand-off is its own person\'s', async () => {
    const c = await balie.client({ token: 'p002' });
    const { receipt } = await saidYes(c, await c.ask(`${UNANSWERED}, ik ben demo en mijn nummer is demo`));
    await c.waitFor('the number', isTicket('open', receipt));
    const p = JSON.parse((await row(balie, receipt)).payload);
    assert.equal(p.person_id, 'p002');
    assert.equal(p.person_email, 'annelies.visser@noorderlicht.example');
  });
});
