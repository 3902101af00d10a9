// Hand-off into a real Request Tracker 5 (Debian's packages, SQLite, a folder of its own).
//
// balie is killed at random points of the hand-off and started again on the same state; RT is
// frozen, and killed, in mid-request. What RT holds is then counted by our key. SOAK=50 kills
// at fifty points instead of six.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DONE, back, confirmed, handOff, isTicket, offered, receiptIn, row, saidYes, yesOf } from './desk.mjs';
import { Balie, rows, until } from './harness.mjs';
import { RequestTracker, field } from './rt.mjs';

const POINTS = Number(process.env.SOAK ?? 6);
const DELIVERED_MS = 60_000;
const sleep = (ms) => new Promise((go) => setTimeout(go, ms));
const rt = new RequestTracker();

// --- the tests ---

let balie;
let failed = false;
const promised = new Map(); // receipt: key, of every hand-off that was acknowledged to a person
const untold = []; // receipts whose number did not come in the chat
const figures = { points: 0, acknowledged: 0, repeated: 0, forgotten: 0, found: 0, frozen: 0 };

before(async () => {
  await rt.start();
  if (rt.skip) return;
  balie = await Balie.prepare({ settings: { grace_seconds: 2, desk: { kind: 'rest', profile: 'rt', url: rt.url,
    token_file: rt.file('token'), queues: { HR: 'HR', Absence: 'HR', Confidential: 'HR-closed' }, total_ms: 2000 } } });
  await balie.start();
});

after(async () => {
  try {
    if (!failed && balie?.child) await balie.stop();
  } finally {
    if (failed) process.stdout.write(`--- balie's log ---\n${balie?.log.split('\n').slice(-60).join('\n')}\n`);
    await balie?.discard();
    await rt.discard();
  }
});

/** A test that needs RT; in order, on one state. */
const real = (title, options, body = options) => test(title, body === options ? {} : options, async (t) => {
  if (rt.skip) {
    t.skip(rt.skip);
    return;
  }
  try {
    await body(t);
  } catch (e) {
    failed = true;
    throw e;
  }
});

/** Exactly one ticket under the key of this receipt, and the state says its number. */
async function oneInRt(receipt) {
  const r = await until(`${receipt} to be delivered`, async () => {
    const now = await row(balie, receipt);
    return now?.state === DONE && now;
  }, DELIVERED_MS);
  promised.set(receipt, r.key);
  const made = await rt.byKey(r.key);
  assert.deepEqual(made.map((t) => String(t.id)), [r.number], `one ticket for ${receipt}`);
  assert.match(r.status, /^(confirmed|open)$/, 'confirmed until the chat knows it');
  return { row: r, ticket: made[0] };
}

/** It is delivered once, and the person was told its number, by now. */
async function oneAndTold(c, receipt) {
  const one = await oneInRt(receipt);
  const number = await confirmed(c, receipt, 3000).catch(() => untold.push(receipt) && null);
  if (number) assert.equal(number, one.row.number);
  return one;
}

real('a hand-off makes one ticket with subject, requestor, fields and transcript', async () => {
  const c = await balie.client();
  await c.ask('hoe kook ik rijst met 111222333');
  await c.ask('nee');
  const { receipt } = await handOff(c, 'mijn contract één dag korter, en € 5 erbij');
  const number = await confirmed(c, receipt);
  const { ticket, row: r } = await oneInRt(receipt);
  assert.equal(number, r.number);
  assert.equal(ticket.Subject, 'mijn contract één dag korter, en € 5 erbij');
  assert.equal(ticket.Status, 'new');
  assert.deepEqual(field(ticket, 'IdempotencyKey'), [r.key]);
  assert.deepEqual(field(ticket, 'ConversationId'), [c.conversation]);
  assert.deepEqual(field(ticket, 'EmployeeId'), ['demo']);
  const whole = await rt.get(`ticket/${ticket.id}`);
  assert.deepEqual(whole.Requestor.map((u) => u.id), ['sanne.devries@noorderlicht.example']);
  assert.equal((await rt.get(`queue/${whole.Queue.id}`)).Name, 'HR');
  const text = (await rt.texts(ticket.id)).join('\n');
  for (const wanted of [/Vraag: mijn contract één dag korter, en € 5 erbij/, /Taal: nl/, /Afdeling: Operations/,
    /Medewerker: hoe kook ik rijst met \[bsn\]/, /balie: Waar gaat het over/]) assert.match(text, wanted);
  assert.doesNotMatch(text, /111222333/);
});

real('what a person writes cannot widen a search or add a requestor', async () => {
  const c = await balie.client(), nasty = `mijn pas' OR id > 0 OR Subject='\\ {"Queue":"Bare"} <script>`;
  const { receipt } = await handOff(c, nasty);
  const { ticket } = await oneAndTold(c, receipt);
  assert.equal(ticket.Subject, nasty);
});

real('a sensitive topic goes to the closed queue, without what was said', async () => {
  const c = await balie.client();
  const r = await c.press(await c.ask('ik word gepest door mijn chef'), 'Ja, laat iemand');
  const receipt = receiptIn(r.text);
  await confirmed(c, receipt);
  const { ticket } = await oneInRt(receipt);
  const whole = await rt.get(`ticket/${ticket.id}`), text = (await rt.texts(ticket.id)).join('\n');
  assert.equal((await rt.get(`queue/${whole.Queue.id}`)).Name, 'HR-closed');
  assert.doesNotMatch(text + ticket.Subject, /gepest|chef/);
  assert.deepEqual(field(ticket, 'EmployeeId'), ['demo']);
});

/** How long the whole of it takes when nobody interferes. */
async function measure() {
  const took = [];
  for (let i = 0; i < 3; i++) {
    const c = await balie.client(), reply = await offered(c, `gemeten zaak ${i}`), began = Date.now();
    const { receipt } = await saidYes(c, reply);
    await confirmed(c, receipt);
    took.push(Date.now() - began);
    await oneInRt(receipt);
  }
  return Math.max(...took);
}

/** Says yes, is killed after so long, comes back; what was promised is delivered, once. */
async function killedAfter(ms, i) {
  const c = await balie.client(), reply = await offered(c, `zaak ${i} gaat mis`);
  const choice = yesOf(reply), id = c.newId();
  c.send({ type: 'choose', id, choice });
  if (ms < 8) for (const end = performance.now() + ms; performance.now() < end;); // no timer is that fine
  else await sleep(ms);
  await balie.kill();
  const told = c.frames.find((f) => f.type === 'answer' && f.reply_to === id);
  const number = c.frames.find(isTicket('open'))?.number;
  await balie.start();
  const again = await back(balie, c);
  figures.points++;
  let receipt = told && receiptIn(told.text);
  if (told) {
    figures.acknowledged++;
  } else if (i % 2 === 0) { // the page sends again what was not answered
    figures.repeated++;
    receipt = receiptIn((await again.choose(choice, id)).text);
  } else { // or the person gives up: stored and delivered, or neither
    figures.forgotten++;
    receipt = again.frames.find(isTicket('received'))?.receipt;
    if (!receipt) return;
    figures.found++;
  }
  const one = await oneAndTold(again, receipt);
  if (number) assert.equal(number, one.row.number, 'the number that was told before the crash');
}

real(`killed -9 at ${POINTS} random points between the yes and the confirmation: one ticket each`,
  { timeout: 120_000 + POINTS * 30_000 }, async (t) => {
  const window = await measure() * 1.1;
  for (let i = 0; i < POINTS; i++) // spread over it, every third about where the yes is stored
    await killedAfter(i % 3 === 1 ? Math.random() * 8 : (i + Math.random()) * window / POINTS, i);
  t.diagnostic(`window ${Math.round(window)} ms; ${JSON.stringify(figures)}`);
});

real('RT frozen in mid-request: one ticket, and the number when it thaws', { timeout: 300_000 }, async () => {
  for (const ms of [0, 60, 120, 200]) {
    const c = await balie.client(), reply = await offered(c, `bevroren na ${ms}`);
    const { receipt } = await saidYes(c, reply);
    await sleep(ms);
    await rt.must('freeze');
    await sleep(5000); // two time-outs of ours and more than the grace period
    const before = c.frames.some(isTicket('open', receipt));
    await rt.must('thaw');
    figures.frozen += !before;
    await oneAndTold(c, receipt);
  }
});

real('RT frozen in mid-request, and balie killed meanwhile: one ticket', { timeout: 120_000 }, async () => {
  const c = await balie.client(), reply = await offered(c, 'beide weg');
  const { receipt } = await saidYes(c, reply);
  await rt.must('freeze');
  await balie.kill();
  await balie.start();
  await sleep(3000);
  await rt.must('thaw');
  await oneAndTold(await back(balie, c), receipt);
});

real('RT killed in mid-request and started again: one ticket', { timeout: 180_000 }, async () => {
  for (const ms of [0, 80]) {
    const c = await balie.client(), reply = await offered(c, `stroom weg na ${ms}`);
    const { receipt } = await saidYes(c, reply);
    await sleep(ms);
    await rt.must('kill');
    await sleep(1500);
    await rt.must('start');
    await oneAndTold(c, receipt);
  }
});

real('afterwards: as many tickets in RT as were acknowledged, no key twice, nothing left over', async (t) => {
  const kept = await rows(balie, 'SELECT t.receipt, e.key, e.state, e.number FROM ticket t JOIN effect e ON e.id = t.effect');
  assert.deepEqual(kept.filter((r) => r.state !== DONE), []);
  for (const [receipt, key] of promised) assert.equal(kept.find((r) => r.receipt === receipt)?.key, key);
  const all = (await rt.find("id > 0 AND (Queue = 'HR' OR Queue = 'HR-closed')"));
  const keys = all.flatMap((x) => field(x, 'IdempotencyKey'));
  assert.equal(keys.length, all.length, 'every ticket has a key');
  assert.equal(new Set(keys).size, keys.length, 'no key twice');
  assert.deepEqual([...keys].sort(), kept.map((r) => r.key).sort());
  assert.deepEqual([...keys].sort(), [...promised.values()].sort());
  t.diagnostic(`tickets in RT ${all.length}, acknowledged hand-offs ${promised.size}, keys twice ${keys.length - new Set(keys).size}; `
    + `killed at ${figures.points} points: ${figures.acknowledged} acknowledged, ${figures.repeated} sent again, `
    + `${figures.forgotten} given up (${figures.found} of these stored and delivered); `
    + `frozen before the number ${figures.frozen} times; number not told ${untold.length} times`);
});

real('every number came in the chat', () => {
  assert.deepEqual(untold, []);
});
