// Hand-offs into a real Request Tracker while everything falls over: RT is frozen and thawed,
// killed and started, balie is killed with -9 and started on the same state, all at random.
// In the end: exactly one ticket for each hand-off, none twice, every transcript whole.
//
// HANDOFFS=200 (make soak-desk) is the long form; SEED makes the chaos repeatable in kind.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DONE, isTicket, receiptIn, yesOf } from './desk.mjs';
import { Balie, rows, until } from './harness.mjs';
import { RequestTracker, field } from './rt.mjs';

const N = Number(process.env.HANDOFFS ?? 10);
const AT_ONCE = Math.min(N, 8);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const sleep = (ms) => new Promise((go) => setTimeout(go, ms));

/** mulberry32: the same seed, the same dice. */
function dice(a) {
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const random = dice(seed);

const rt = new RequestTracker();
let balie, failed = true;
const done = { freezes: 0, rtKills: 0, balieKills: 0, repeats: 0 };

before(async () => {
  await rt.start();
  if (rt.skip) return;
  balie = await Balie.prepare({ settings: { grace_seconds: 2, poll_seconds: 30, outbox_in_flight: 3,
    desk: { kind: 'rest', profile: 'rt', url: rt.url, token_file: rt.file('token'), total_ms: 10000 } } });
  await balie.start();
}, { timeout: 900_000 });

after(async () => {
  try {
    if (!failed && balie?.child) await balie.stop();
  } finally {
    if (failed && balie) process.stdout.write(`--- seed ${seed}; balie's log ---\n${balie.log.split('\n').slice(-60).join('\n')}\n`);
    await balie?.discard();
    await rt.discard();
  }
});

// --- chaos: one thing at a time, until it is told to end; then everything runs again ---

let ending = false, up = Promise.resolve();

async function killBalie() {
  let there;
  up = new Promise((go) => { there = go; });
  try {
    done.balieKills++;
    await balie.kill();
    await sleep(random() * 300);
    await balie.start();
  } finally {
    there();
  }
}

async function freezeRt() {
  done.freezes++;
  await rt.must('freeze');
  await sleep(200 + random() * random() * 15000);
  await rt.must('thaw');
}

async function killRt() {
  done.rtKills++;
  await rt.must('kill');
  await sleep(random() * 2000);
  await rt.must('start');
}

async function chaos() {
  // each kind once at least, however fast the people are; of many, also while they are delivered
  const least = Math.max(3, Math.floor(N / 8)), kinds = [killBalie, freezeRt, killRt];
  for (let i = 0; !ending || i < least; i++) {
    await sleep(50 + random() * 1000);
    const r = random();
    await (i < kinds.length ? kinds[i]() : r < 0.5 ? killBalie() : r < 0.8 ? freezeRt() : killRt());
  }
}

// --- one person: does not give up, and sends the same id again ---

async function person(n) {
  let c, conversation;
  const connected = async () => {
    if (c && c.socket.readyState === 1) return c;
    await up;
    c = await balie.client({ conversation, after: 0 });
    ({ conversation } = c);
    return c;
  };
  const sure = async (frame) => {
    for (let tries = 0; ; tries++) {
      try {
        const reply = await (await connected()).act(frame);
        if (!reply.error) return reply;
        assert.match(reply.error.code, /busy|storage/);
      } catch (e) {
        if (tries > 200 || e.name === 'AssertionError') throw e;
        c?.socket.terminate();
      }
      done.repeats++;
      await sleep(50 + random() * 200);
    }
  };
  const message = (k, text) => sure({ type: 'message', id: `n${n}-${k}`, text });
  await message(1, `hoe kook ik rijst voor groep ${n}`);
  await message(2, 'nee');
  await message(3, 'ik wil iemand spreken');
  const offer = await message(4, `soakzaak nummer ${n} over mijn rooster`);
  const told = await sure({ type: 'choose', id: `n${n}-5`, choice: yesOf(offer) });
  const receipt = receiptIn(told.text);
  assert.ok(receipt, told.text);
  return { n, receipt, conversation };
}

test(`${N} hand-offs while RT and balie fall over at random: exactly ${N} tickets, none twice, transcripts whole`,
  { timeout: 300_000 + N * 15_000 }, async (t) => {
  if (rt.skip) return t.skip(rt.skip);
  const began = Date.now(), people = [];
  const trouble = chaos();
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < N) {
      people.push(await person(next++));
      await sleep(random() * 2500);
    }
  }));
  ending = true;
  await trouble;
  assert.equal(new Set(people.map((p) => p.receipt)).size, N, 'a receipt each');
  const all = () => rows(balie, 'SELECT t.receipt, t.status, e.key, e.state, e.number, e.attempts FROM ticket t JOIN effect e ON e.id = t.effect');
  const kept = await until('all to be delivered', async () => {
    const now = await all();
    return now.every((r) => r.state === DONE && r.status === 'open') && now;
  }, 120_000 + N * 5000);
  assert.deepEqual(kept.map((r) => r.receipt).sort(), people.map((p) => p.receipt).sort(), 'what was promised, and nothing else');

  const tickets = await rt.find("id > 0 AND Queue = 'HR'"), keys = tickets.flatMap((x) => field(x, 'IdempotencyKey'));
  assert.equal(tickets.length, N, `${tickets.length} tickets in RT`);
  assert.equal(new Set(keys).size, N, 'no key twice');
  assert.deepEqual([...keys].sort(), kept.map((r) => r.key).sort());
  for (const p of people) {
    const row = kept.find((r) => r.receipt === p.receipt), ticket = tickets.find((x) => field(x, 'IdempotencyKey')[0] === row.key);
    assert.equal(String(ticket.id), row.number, 'the number that is told');
    assert.deepEqual(field(ticket, 'ConversationId'), [p.conversation]);
    assert.equal(ticket.Subject, `soakzaak nummer ${p.n} over mijn rooster`);
    const text = (await rt.texts(ticket.id))[0];
    const wanted = [`Vraag: soakzaak nummer ${p.n} over`, 'Taal: nl', `Medewerker: hoe kook ik rijst voor groep ${p.n}`,
      'balie: Daar heb ik geen goed antwoord', 'Medewerker: nee', 'Medewerker: ik wil iemand spreken',
      `Medewerker: soakzaak nummer ${p.n} over`, 'balie: Zal ik dit doorzetten', 'Medewerker: Ja, zet maar door'];
    let at = -1;
    for (const part of wanted) {
      const found = text.indexOf(part, at + 1);
      assert.ok(found > at, `"${part}" in its place in\n${text}`);
      at = found;
    }
  }
  const p = people[Math.floor(random() * N)], c = await balie.client({ conversation: p.conversation, after: 0 });
  await c.waitFor('the number in the chat', isTicket('open', p.receipt));
  t.diagnostic(`seed ${seed}: ${N} hand-offs, ${tickets.length} tickets, ${keys.length - new Set(keys).size} twice, in `
    + `${Math.round((Date.now() - began) / 1000)} s; balie killed ${done.balieKills} times, RT frozen ${done.freezes} and killed `
    + `${done.rtKills} times; ${done.repeats} messages sent again; attempts per ticket at most ${Math.max(...kept.map((r) => r.attempts))}`);
  failed = false;
});
