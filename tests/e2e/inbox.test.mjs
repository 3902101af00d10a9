// The built-in inbox: HR answers with `balie desk answer`; promises with dates that are kept,
// moved and told; and dead letters, which an operator sends again or drops.
import assert from 'node:assert/strict';
import { test as nodeTest } from 'node:test';
import { Desk, back, confirmed, handOff, isTicket, oneTicket, row } from './desk.mjs';
import { Balie, program, rows, run, story, suite, until } from './harness.mjs';

const cli = (balie, ...words) => run(program, ['desk', '--config', balie.path('balie.yaml'), ...words], { cwd: balie.folder });
const isAgent = (text) => (f) => f.type === 'agent' && f.text.includes(text);
const agents = (c) => [...new Map(c.frames.filter((f) => f.type === 'agent').map((f) => [f.seq, f])).values()];

async function must(balie, ...words) {
  const r = await cli(balie, ...words);
  assert.equal(r.code, 0, r.stdout + r.stderr);
  return r.stdout;
}

suite('HR answers in the built-in inbox', {}, (balie, test) => {
  test('an answer reaches the chat while balie runs, and the person\'s reply reaches the row', async () => {
    const c = await balie.client(), { receipt } = await handOff(c, 'mijn tweede scherm'), number = await confirmed(c, receipt);
    assert.match(await must(balie, 'tickets'), new RegExp(`${receipt}  ${number}  open .*mijn tweede scherm`));
    await must(balie, 'answer', receipt, 'Hanna de Boer', 'Dat komt volgende week.');
    const f = await c.waitFor('the answer', isAgent('volgende week'));
    assert.equal(f.name, 'Hanna de Boer');
    const from = c.frames.length, id = c.newId();
    c.send({ type: 'message', id, text: 'fijn, dank je' });
    await c.waitFor('it to go to Hanna', (x) => x.reply_to === id && /gaat naar Hanna de Boer/.test(x.text), { from });
    await until('the comment to be there', async () => (await rows(balie,
      `SELECT payload FROM effect WHERE kind = 'comment' AND state = 3`)).some((r) => r.payload.includes('fijn, dank je')));
    await must(balie, 'status', number, 'resolved');
    await c.waitFor('resolved', isTicket('resolved', receipt));
    assert.doesNotMatch(await must(balie, 'tickets'), new RegExp(receipt));
    const told = c.frames.findLast((x) => x.type === 'answer' && /afgerond/.test(x.text));
    await c.press(told, `${receipt} weer openen`);
    await c.waitFor('open again', (x) => isTicket('open', receipt)(x) && x.seq > told.seq);
  });

  test('the ticket says that it cannot wait, when the person says so', async () => {
    const c = await balie.client(), { receipt } = await handOff(c, 'mijn pas werkt niet en ik heb haast');
    assert.match(JSON.parse((await row(balie, receipt)).payload).body, /^Spoed: haast$/m);
    const calm = await handOff(c, 'mijn pas is verkleurd');
    assert.doesNotMatch(JSON.parse((await row(balie, calm.receipt)).payload).body, /Spoed/);
  });

  test('from standard input; wrong use is told; nothing is answered twice', async () => {
    const c = await balie.client(), { receipt } = await handOff(c, 'mijn stoel');
    await confirmed(c, receipt);
    const r = await run(program, ['desk', '--config', balie.path('balie.yaml'), 'answer', receipt, 'Piet', '-'],
      { cwd: balie.folder, input: 'Regel één\n\nregel twee' });
    assert.equal(r.code, 0, r.stderr);
    await c.waitFor('the answer', isAgent('regel twee'));
    assert.equal(agents(c).length, 1);
    assert.equal((await cli(balie, 'answer', 'B-NONE', 'Piet', 'hallo')).code, 1);
    assert.equal((await cli(balie, 'answer', receipt)).code, 2);
    assert.equal((await cli(balie, 'status', receipt, 'gone')).code, 2);
  });

  test('away: the answer waits for the next visit, also over a crash', async () => {
    const c = await balie.client(), { receipt } = await handOff(c, 'mijn toetsenbord');
    await confirmed(c, receipt);
    await c.close();
    await must(balie, 'answer', receipt, 'Hanna', 'Je kunt het ophalen.');
    await until('it to be stored', async () => (await rows(balie, `SELECT seen FROM ticket WHERE receipt = '${receipt}'`))[0].seen);
    await balie.kill();
    await balie.start();
    const again = await back(balie, c);
    await again.waitFor('the answer', isAgent('ophalen'));
    assert.equal(agents(again).length, 1);
  });

  test('a confidential ticket: answered only while the person is there, and nothing of it is kept', async () => {
    const c = await balie.client();
    const r = await c.press(await c.ask('ik word gepest door mijn chef'), 'Ja, laat iemand');
    const receipt = /B-[0-9A-Z]+/.exec(r.text)[0];
    await confirmed(c, receipt);
    await must(balie, 'answer', receipt, 'Vera', 'Ik bel je vanmiddag.');
    await c.waitFor('the answer', isAgent('vanmiddag'));
    const id = c.newId(), from = c.frames.length;
    c.send({ type: 'message', id, text: 'hij pest me nog steeds' });
    await c.waitFor('it to be passed', (f) => f.reply_to === id, { from });
    await until('the comment', async () => (await rows(balie, "SELECT payload FROM effect WHERE kind = 'comment'")).some((x) => x.payload.includes('pest me nog')));
    assert.ok(!JSON.stringify(await rows(balie, 'SELECT frames, said, answered, session FROM turn')).match(/vanmiddag|pest me nog/));
    await c.close();
    await until('the leave', async () => (await cli(balie, 'answer', receipt, 'Vera', 'Nog iets.')).code === 1);
  });
});

const OPEN_ALWAYS = { open: 'mon-sun 00:00-24:00', holidays: 'none', response: { '*': '8h' } };

/** settings: one nested map; JSON is YAML. */
const promise = (p) => ({ settings: { promise: p } });

story('a due date is told at the hand-off, stands in the frames and in the list, and goes with the answer',
  promise(OPEN_ALWAYS), async (balie) => {
  const c = await balie.client(), began = Date.now(), { receipt } = await handOff(c, 'mijn laptop');
  const frame = c.frames.find(isTicket('received', receipt));
  assert.match(JSON.parse((await row(balie, receipt)).payload).body, /Antwoord beloofd: (vandaag|morgen) vóór \d\d:\d\d \(\d{4}-/);
  const hours = (Date.parse(frame.due) - began) / 3600e3;
  assert.ok(Math.abs(hours - 8) < 0.02, `${hours} hours`);
  assert.match(c.frames.map((f) => f.text ?? '').join('\n'), /Een collega antwoordt \*\*(vandaag|morgen) vóór \d\d:\d\d\*\*/);
  const number = await confirmed(c, receipt);
  assert.equal(c.frames.find(isTicket('open', receipt)).due, frame.due);
  assert.match((await c.ask('hoe staat het met mijn melding')).text, new RegExp(`${receipt}.*${number}.*antwoord (vandaag|morgen) vóór`));
  await must(balie, 'answer', receipt, 'Hanna', 'Alvast dit.');
  await c.waitFor('the answer', isAgent('Alvast'));
  assert.equal(await balie.figure('promises_kept_total'), 1);
  assert.equal((await rows(balie, `SELECT due_ms FROM ticket WHERE receipt = '${receipt}'`))[0].due_ms, 0);
});

story('out of hours: it says so, and when they open', promise({ open: 'mon 09:00-09:01', holidays: 'none', response: { '*': '30s' } }),
  async (balie) => {
  const c = await balie.client({ language: 'nl' });
  const now = new Date();
  if (now.getDay() === 1 && now.getHours() === 9) return; // the one minute in which it is open
  await handOff(c, 'mijn badge');
  assert.match(c.frames.map((f) => f.text ?? '').join('\n'),
    /HR is nu dicht en gaat (vandaag|morgen|maandag).* om 09:00 weer open\. Een collega antwoordt \*\*.*09:00/);
});

story('a due date that slips: the owner is warned, then the person is told the new date, before the old one has passed; both once',
  promise({ open: 'mon-sun 00:00-24:00', holidays: 'none', response: { '*': '8s' }, warn: '3s' }), async (balie, t) => {
  const c = await balie.client(), { receipt } = await handOff(c, 'mijn muis');
  const due = Date.parse(c.frames.find(isTicket('received', receipt)).due);
  const told = await c.waitFor('the new date', (f) => f.type === 'answer' && /Dat gaat niet lukken/.test(f.text));
  assert.ok(Date.now() < due + 1000, 'before it passes');
  assert.match(told.text, new RegExp(`voor je vraag ${receipt} een antwoord beloofd vandaag vóór .*nieuwe afspraak is \\*\\*vandaag vóór`));
  await c.waitFor('a frame with the new date', (f) => f.type === 'ticket' && f.receipt === receipt && Date.parse(f.due) > due);
  const warnings = await rows(balie, "SELECT payload FROM effect WHERE kind = 'comment'");
  assert.equal(warnings.length, 1);
  assert.match(warnings[0].payload, /een antwoord beloofd vandaag vóór/);
  assert.match(balie.log, new RegExp(`promise: receipt=${receipt} queue=HR is due`));
  assert.equal(await balie.figure('promises_moved_total'), 1);
  assert.equal(await balie.figure('promises_warned_total'), 1);
  t.diagnostic(`the person: ${told.text}`);
  t.diagnostic(`the owner: ${JSON.parse(warnings[0].payload).body.split('\n')[0]}`);
});

// --- dead letters ---

nodeTest('a dead letter: an alarm, then sent again by an operator; another one dropped; in a running balie and in a stopped one', async () => {
  const desk = await Desk.start(), balie = await desk.balie();
  try {
    await balie.start();
    const refuse = (call) => call.send(400, { message: 'Subject is not acceptable' });
    const dead = async (topic) => {
      const c = await balie.client();
      desk.next(refuse);
      const { receipt } = await handOff(c, topic);
      await c.waitFor('the failure', isTicket('failed', receipt));
      return { c, receipt, id: String((await row(balie, receipt)).id) };
    };
    const one = await dead('eerste'), two = await dead('tweede'), three = await dead('derde');
    assert.equal(await balie.figure('outbox_dead'), 3);
    assert.match(balie.log, /could not be delivered .*balie desk retry\|drop/);
    assert.match(await must(balie, 'list'), new RegExp(`^${one.id}  ${one.receipt}  failed .*not acceptable`, 'm'));
    await must(balie, 'retry', one.id);
    const frame = await one.c.waitFor('its number', isTicket('open', one.receipt));
    assert.deepEqual(desk.tickets.filter((t) => t.body.Subject === 'eerste').map((t) => t.id), [frame.number]);
    await must(balie, 'drop', two.id);
    await until('it to be dropped', async () => (await row(balie, two.receipt)).state === 5);
    assert.equal((await row(balie, two.receipt)).payload, '{}');
    assert.equal(two.c.frames.filter(isTicket('failed', two.receipt)).length, 1, 'told once');
    assert.equal((await cli(balie, 'retry', two.id)).code, 1);
    assert.equal((await cli(balie, 'retry', '99999')).code, 1);
    assert.equal(await balie.figure('outbox_dead'), 1);
    await balie.stop();
    await must(balie, 'retry', three.id);
    await balie.start();
    const again = await back(balie, three.c);
    await again.waitFor('its number', isTicket('open', three.receipt));
    assert.equal(desk.tickets.length, 2);
    assert.equal(await balie.figure('outbox_dead'), 0);
    await balie.stop();
  } catch (e) {
    process.stdout.write(balie.log.split('\n').slice(-40).join('\n'));
    throw e;
  } finally {
    await balie.discard();
    await desk.down();
  }
});

nodeTest('a desk that is down is left alone, and everything goes in order when it is back', async () => {
  const desk = await Desk.start(), balie = await desk.balie();
  try {
    await balie.start();
    const c = await balie.client();
    await confirmed(c, (await handOff(c, 'vooraf')).receipt);
    await desk.down();
    const clients = await Promise.all(Array.from({ length: 6 }, () => balie.client()));
    const receipts = [];
    for (const [i, x] of clients.entries()) receipts.push((await handOff(x, `wacht ${i}`)).receipt);
    const second = (await handOff(clients[0], 'daarna')).receipt;
    await until('the desk to be left alone', async () => (await balie.figure('desk_left_alone')) === 1);
    await desk.listen();
    for (const [i, x] of clients.entries()) await x.waitFor('the number', isTicket('open', receipts[i]), { ms: 60_000 });
    await clients[0].waitFor('the number', isTicket('open', second), { ms: 60_000 });
    assert.equal(await balie.figure('desk_left_alone'), 0);
    assert.equal(desk.tickets.length, 8);
    const mine = desk.tickets.filter((t) => /^(wacht 0|daarna)$/.test(t.body.Subject)).map((t) => t.body.Subject);
    assert.deepEqual(mine, ['wacht 0', 'daarna'], 'the order of a conversation');
    await balie.stop();
  } catch (e) {
    process.stdout.write(balie.log.split('\n').slice(-40).join('\n'));
    throw e;
  } finally {
    await balie.discard();
    await desk.down().catch(() => {});
  }
});

nodeTest('made twice by the desk: the second is told so and withdrawn', async () => {
  const desk = await Desk.start(), balie = await desk.balie();
  const calls = [];
  const handle = desk.handle.bind(desk);
  desk.handle = (request, text, response) => {
    const m = /^\/REST\/2\.0\/ticket\/(\d+)(\/comment)?$/.exec(request.url);
    if (!m) return handle(request, text, response);
    calls.push([m[1], m[2] ?? request.method, text]);
    response.writeHead(m[2] ? 201 : 200, { 'Content-Type': 'application/json' });
    response.end('["done"]');
  };
  try {
    await balie.start();
    const c = await balie.client();
    let made;
    desk.next((call) => { made = [call.make().id, call.make().id]; call.send(500, {}); });
    const { receipt } = await handOff(c, 'tweeling');
    assert.equal(await confirmed(c, receipt), made[0]);
    await until('both calls', () => calls.length === 2);
    assert.deepEqual(calls.map(([id, what]) => [id, what]), [[made[1], '/comment'], [made[1], 'PUT']]);
    assert.match(calls[0][2], new RegExp(`dubbel aangemaakt.*melding ${made[0]}`));
    assert.match(calls[1][2], /rejected/);
    assert.equal(await balie.figure('outbox_twins_total'), 1);
    await balie.stop();
  } catch (e) {
    process.stdout.write(balie.log.split('\n').slice(-40).join('\n'));
    throw e;
  } finally {
    await balie.discard();
    await desk.down();
  }
});
