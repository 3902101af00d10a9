// From "I'd like to talk to someone" to a ticket: what is offered, what the ticket says, and a
// servicedesk that fails in every way it can: one ticket in the end, and no number before that.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test as nodeTest } from 'node:test';
import { Desk, GRACE_MS, TIMEOUT_MS, back, confirmed, handOff, isTicket, offered, oneTicket, receiptIn, row, saidYes, yesOf } from './desk.mjs';
import { Balie, lockState, program, repository, rows, run, suite, until } from './harness.mjs';

const payload = async (balie, receipt) => JSON.parse((await row(balie, receipt)).payload);
const NO = 'Nee, dank je';
const tickets = (c) => c.frames.filter((f) => f.type === 'ticket');

// --- what leads to a ticket, with the built-in inbox ---

suite('hand-off to the built-in inbox', {}, (balie, test) => {
  test('a question nobody answers: offered, yes, receipt, ticket, number', async () => {
    const c = await balie.client();
    const r = await c.ask('hoe kook ik rijst');
    assert.match(r.text, /geen goed antwoord/);
    assert.deepEqual(tickets(c), [], 'not before the yes');
    const { receipt } = await saidYes(c, r);
    assert.match(await confirmed(c, receipt), /^HR-\d+$/);
    const p = await payload(balie, receipt);
    assert.equal(p.receipt, receipt);
    assert.equal(p.queue, 'HR');
    assert.equal(p.subject, 'hoe kook ik rijst');
    assert.match(p.body, /Vraag: hoe kook ik rijst/);
    assert.match(p.body, /Geprobeerd: \S/);
    assert.match(p.body, /Medewerker: hoe kook ik rijst\n\nbalie: Daar heb ik geen goed antwoord/);
    assert.equal(p.person_id, 'demo');
    assert.equal(p.person_name, 'Sanne de Vries');
    assert.equal(p.person_email, 'sanne.devries@noorderlicht.example');
    assert.equal(p.unit, 'Operations');
    assert.equal(p.lang, 'nl');
    assert.equal(p.conversation, c.conversation);
  });

  test('in English all the same', async () => {
    const c = await balie.client({ language: 'en' });
    const r = await c.press(await c.ask('how do i cook rice'), 'Yes, pass it on');
    const receipt = receiptIn(r.text);
    await c.waitFor('the number', isTicket('open', receipt));
    assert.match(c.frames.at(-1).type === 'answer' ? c.frames.at(-1).text : c.frames.at(-2).text, /under number \*\*HR-\d+/);
    const p = await payload(balie, receipt);
    assert.equal(p.lang, 'en');
    assert.match(p.body, /Question: how do i cook rice/);
    assert.match(p.body, /Unit: Operations/);
  });

  test('no: no ticket', async () => {
    for (const no of [(c, r) => c.press(r, NO), (c) => c.ask('nee')]) {
      const c = await balie.client(), r = await c.ask('hoe kook ik rijst');
      assert.match((await no(c, r)).text, /zet ik niets door/);
      assert.match((await c.ask('wat is mijn opzegtermijn')).text, /1 maand/);
      assert.deepEqual(tickets(c), []);
      const kept = await rows(balie, `SELECT count(*) n FROM effect WHERE conversation = ${parseInt(c.conversation, 16)}`);
      assert.equal(kept[0].n, 0);
    }
  });

  test('"ik wil iemand spreken", with and without a topic', async () => {
    const c = await balie.client();
    const asked = await c.ask('ik wil iemand spreken');
    assert.match(asked.text, /Waar gaat het over/);
    const plain = await saidYes(c, asked);
    await confirmed(c, plain.receipt);
    const { receipt } = await saidYes(c, await offered(c, 'mijn rooster klopt niet'));
    await confirmed(c, receipt);
    assert.equal((await payload(balie, receipt)).subject, 'mijn rooster klopt niet');
  });

  test('the hand-off button, and a yes in words', async () => {
    const c = await balie.client();
    await c.handoff();
    await c.ask('ik snap mijn loonstrook niet');
    const r = await c.ask('ja graag');
    const receipt = receiptIn(r.text);
    assert.ok(receipt, r.text);
    await confirmed(c, receipt);
    assert.match((await payload(balie, receipt)).body, /Vraag: ik snap mijn loonstrook niet/);
  });

  test('thumbs down: the ticket says which answer did not help', async () => {
    const c = await balie.client();
    const answer = await c.ask('wat is mijn opzegtermijn');
    c.send({ type: 'feedback', turn: answer.turn, helpful: false, text: 'dit klopt niet voor mij' });
    const r = await c.waitFor('an offer', (f) => f.type === 'answer' && f.turn > answer.turn);
    assert.match(r.text, /Jammer/);
    assert.deepEqual(tickets(c), []);
    const { receipt } = await saidYes(c, r);
    await confirmed(c, receipt);
    const p = await payload(balie, receipt);
    assert.match(p.body, /Geprobeerd: dit antwoord hielp niet: Opzegtermijn/);
    assert.match(p.body, /Je opzegtermijn is \*\*1 maand\*\*/);
  });

  test('thumbs down: the question that was asked is the subject', async () => {
    const c = await balie.client();
    const answer = await c.ask('wat is mijn opzegtermijn');
    c.send({ type: 'feedback', turn: answer.turn, helpful: false });
    const { receipt } = await saidYes(c, await c.waitFor('an offer', (f) => f.type === 'answer' && f.turn > answer.turn));
    assert.match((await payload(balie, receipt)).subject, /opzegtermijn/);
  });

  test('the colleague reads who asks', async () => {
    const c = await balie.client(), { receipt } = await handOff(c, 'mijn pasje werkt niet');
    assert.match((await payload(balie, receipt)).body, /Medewerker: Sanne de Vries/);
  });

  test('the transcript is redacted', async () => {
    const c = await balie.client();
    const secrets = { bsn: '111222333', iban: 'NL91ABNA0417164300', phone: '06-12345678', email: 'jan.jansen@example.org' };
    let r;
    for (const secret of Object.values(secrets)) r = await c.ask(`hoe kook ik rijst met ${secret}`);
    const { receipt } = await saidYes(c, r);
    const { body, subject } = await payload(balie, receipt);
    for (const [kind, secret] of Object.entries(secrets)) {
      assert.ok(!(body + subject).includes(secret), kind);
      assert.ok(body.includes(`[${kind}]`), kind);
    }
  });

  test('who is not logged in can be passed on too', async () => {
    const c = await balie.client({ token: '' }), { receipt } = await handOff(c, 'ik kan niet inloggen');
    await confirmed(c, receipt);
    const p = await payload(balie, receipt);
    assert.equal(p.person_id, '');
    assert.match(p.body, /Medewerker: niet ingelogd/);
  });

  for (const [title, ids] of [['once more with the same id', ['yes-1', 'yes-1']], ['by a second click', ['yes-1', 'yes-2']]])
    test(`a yes that is sent ${title} makes no second ticket`, async () => {
      const c = await balie.client(), r = await offered(c, 'mijn laptoptas is zoek');
      const choice = yesOf(r);
      c.sendTogether(ids.map((id) => ({ type: 'choose', id, choice })));
      await c.waitFor('the number', isTicket('open'));
      await c.ask('wat is mijn opzegtermijn'); // whatever was in hand is done
      const seen = new Set(tickets(c).map((f) => f.receipt));
      assert.equal(seen.size, 1, `${seen.size} receipts`);
    });

  test('both sockets of one conversation are told, and who comes back later too', async () => {
    const c = await balie.client(), other = await balie.client({ conversation: c.conversation, after: 0 });
    const { receipt } = await handOff(c, 'mijn naambordje is fout');
    const number = await confirmed(c, receipt);
    assert.equal(await confirmed(other, receipt), number);
    const later = await balie.client({ conversation: c.conversation, after: 0 });
    assert.equal(await confirmed(later, receipt), number);
  });
});

// --- a servicedesk that fails ---

const after500 = (call) => { call.make(); call.send(500, { message: 'Internal error' }); };
const before500 = (call) => call.send(500, { message: 'Internal error' });
const afterReset = (call) => { call.make(); call.reset(); };
const beforeReset = (call) => call.reset();
const afterHang = (call) => { call.make(); };
const hang = () => {};
const garbage = (call) => { call.make(); call.send(201, '<html>proxy error</html>'); };
const half = (call) => {
  const text = JSON.stringify(call.make());
  call.response.writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': text.length + 100 });
  call.response.write(text.slice(0, 8), () => call.response.destroy());
};
const noId = (call) => { call.make(); call.send(201, { type: 'ticket' }); };
const empty = (call) => { call.make(); call.send(201, ''); };
const otherwise = (call) => { call.make(); call.send(200, { id: '1' }); };
const late = (ms) => (call) => { setTimeout(() => call.make(), ms); };
const tooMany = (seconds) => (call) => call.send(429, { message: 'slow down' }, { 'Retry-After': String(seconds) });
const unavailable = (call) => call.send(503, 'maintenance');
const gateway = (call) => { call.make(); call.send(504, '<html>'); };

// [title, faults of the POSTs, how many POSTs there must be, faults of the searches]
const faults = [
  ['all is well', [], 1],
  ['500 after it was made', [after500], 1],
  ['500 before it was made', [before500], 2],
  ['500 twice, made the second time', [before500, after500], 2],
  ['the connection is reset after it was made', [afterReset], 1],
  ['the connection is reset before it was made', [beforeReset], 2],
  ['no reply, but it was made', [afterHang], 1],
  ['no reply, and it was not made', [hang], 2],
  ['it was made well after we stopped waiting', [late(TIMEOUT_MS + GRACE_MS / 2)], 1],
  ['an HTML page instead of a reply', [garbage], 1],
  ['half a reply', [half], 1],
  ['201 without an id', [noId], 1],
  ['201 without anything', [empty], 1],
  ['200 where 201 belongs', [otherwise], 1],
  ['504 of a gateway, but it was made', [gateway], 1],
  ['429 with Retry-After', [tooMany(1)], 2],
  ['503 for a while', [unavailable, unavailable], 3],
  ['the search fails too', [after500], 1, [(call) => call.send(500, 'no'), (call) => call.reset(), (call) => call.send(200, '<html>')]],
  ['the search says 401 for a moment', [after500], 1, [(call) => call.send(401, { message: 'Unauthorized' })]],
];

let desk;
before(async () => { desk = await Desk.start(); });
after(() => desk.down());

nodeTest('a servicedesk that fails', async (t) => {
  const balie = await desk.balie();
  try {
    await balie.start();
    for (const [i, [title, posts, wanted, finds = []]] of faults.entries())
      await t.test(`${title}: one ticket, after ${wanted} POST${wanted > 1 ? 's' : ''}`, async () => {
        const c = await balie.client(), began = Date.now();
        desk.next(...posts);
        desk.findFaults.push(...finds);
        const { receipt } = await handOff(c, `mijn rooster klopt niet, zaak ${i}`);
        assert.ok(Date.now() - began < 1000, 'the receipt does not wait for the servicedesk');
        const end = await oneTicket(balie, desk, c, receipt);
        assert.equal(end.posts.length, wanted);
        assert.equal((await row(balie, receipt)).payload, '{}', 'delivered: it is the servicedesk\'s now');
        desk.faults.length = desk.findFaults.length = 0;
      });

    await t.test('what the servicedesk gets', async () => {
      const c = await balie.client(), { receipt } = await handOff(c, 'mijn bureau is te laag');
      const { posts: [{ body, key }], number } = await oneTicket(balie, desk, c, receipt);
      assert.equal(body.Queue, 'HR');
      assert.equal(body.Subject, 'mijn bureau is te laag');
      assert.equal(body.Requestor, 'sanne.devries@noorderlicht.example');
      assert.equal(body.ContentType, 'text/plain');
      assert.match(body.Content, /Vraag: mijn bureau is te laag[^]*Taal: nl[^]*Afdeling: Operations[^]*Medewerker: ik wil iemand spreken/);
      assert.deepEqual(body.CustomFields, { IdempotencyKey: key, ConversationId: c.conversation, EmployeeId: 'demo' });
      assert.match(number, /^\d+$/);
    });

    await t.test('between an unclear end and the next POST it was searched for the whole grace period', async () => {
      const c = await balie.client();
      desk.next(beforeReset);
      const { receipt } = await handOff(c, 'zoek eerst');
      const { posts, finds } = await oneTicket(balie, desk, c, receipt);
      const between = finds.filter((f) => f.at >= posts[0].at && f.at <= posts[1].at);
      assert.ok(between.length >= 2, `${between.length} searches`);
      assert.ok(posts[1].at - between[0].at >= GRACE_MS, `${posts[1].at - between[0].at} ms`);
    });

    await t.test('Retry-After is kept', async () => {
      const c = await balie.client();
      desk.next(tooMany(3));
      const { receipt } = await handOff(c, 'rustig aan');
      const { posts } = await oneTicket(balie, desk, c, receipt);
      assert.ok(posts[1].at - posts[0].at >= 2900, `${posts[1].at - posts[0].at} ms`);
    });

    await t.test('frozen for longer than the grace period: that counts from its first answer', async () => {
      const c = await balie.client();
      desk.next(late(GRACE_MS / 2)); // made half a grace period after the thaw
      const reply = await offered(c, 'bevroren');
      desk.freeze();
      const { receipt } = await saidYes(c, reply);
      await until('the POST to wait', () => desk.held.length > 0);
      await new Promise((go) => setTimeout(go, TIMEOUT_MS + 2 * GRACE_MS));
      assert.deepEqual(tickets(c).map((f) => f.status), ['received']);
      desk.thaw();
      const { posts } = await oneTicket(balie, desk, c, receipt);
      assert.equal(posts.length, 1);
    });

    await t.test('made twice by the desk itself: the lowest number is told', async () => {
      const c = await balie.client();
      let twin;
      desk.next((call) => { twin = call.make(); call.make(); call.send(500, {}); });
      const { receipt } = await handOff(c, 'tweeling');
      assert.equal(await confirmed(c, receipt), twin.id);
    });

    await t.test('ten people at once, every second one with a fault', async () => {
      const kinds = [after500, afterReset, garbage, tooMany(1), beforeReset];
      const clients = await Promise.all(Array.from({ length: 10 }, () => balie.client()));
      const offers = await Promise.all(clients.map((c, i) => offered(c, `samen met ${i} anderen`)));
      desk.next(...kinds.flatMap((k) => [k, (call) => call.send(201, call.make())]));
      const receipts = await Promise.all(clients.map(async (c, i) => (await saidYes(c, offers[i])).receipt));
      const ends = await Promise.all(clients.map((c, i) => oneTicket(balie, desk, c, receipts[i])));
      assert.equal(new Set(ends.map((e) => e.number)).size, 10);
      desk.faults.length = 0;
    });

    await balie.stop();
  } catch (e) {
    process.stdout.write(balie.log.split('\n').slice(-40).join('\n'));
    throw e;
  } finally {
    await balie.discard();
  }
});

/** A test with a desk and a daemon of its own. */
function deskStory(title, options, body) {
  nodeTest(title, async (t) => {
    const own = await Desk.start(), balie = await own.balie(options);
    try {
      if (options.down) await own.down();
      await balie.start();
      await body(balie, own, t);
      await balie.stop();
    } catch (e) {
      process.stdout.write(`--- the log of "${title}" ---\n${balie.log.split('\n').slice(-40).join('\n')}\n`);
      throw e;
    } finally {
      await balie.discard();
      if (own.server.listening) await own.down();
    }
  });
}

deskStory('down at first: the receipt at once, the number when it is there', { down: true }, async (balie, own) => {
  const c = await balie.client(), { receipt } = await handOff(c, 'niemand thuis');
  await until('some attempts', async () => (await balie.figure('outbox_retries_total')) >= 2);
  assert.deepEqual(tickets(c).map((f) => f.status), ['received']);
  await own.listen();
  const { posts } = await oneTicket(balie, own, c, receipt);
  assert.equal(posts.length, 1);
});

deskStory('a token that is not accepted: never a number; accepted later: one ticket', {}, async (balie, own) => {
  own.token = 'another';
  const c = await balie.client(), { receipt } = await handOff(c, 'dicht');
  await until('some attempts', () => own.unauthorised >= 2);
  assert.equal(own.tickets.length, 0);
  assert.ok(tickets(c).every((f) => f.number === undefined && f.status !== 'open'));
  assert.doesNotMatch(balie.log, /1-2-secret/);
  balie.write('token', 'token another\n');
  await oneTicket(balie, own, c, receipt);
});

deskStory('a token that is revoked between two tickets: never a number, and the hand-off is not lost',
  {}, async (balie, own) => {
  const c = await balie.client();
  await oneTicket(balie, own, c, (await handOff(c, 'eerst goed')).receipt);
  own.token = 'another';
  const { receipt } = await handOff(c, 'dan dicht');
  await until('an attempt', () => own.unauthorised >= 1);
  await until('another attempt', () => own.unauthorised >= 2, 5000);
  assert.ok(tickets(c).filter((f) => f.receipt === receipt).every((f) => f.status === 'received'), 'it waits for a good token');
  balie.write('token', 'token another\n');
  await oneTicket(balie, own, c, receipt);
});

deskStory('a ticket that the desk refuses: told as failed, never with a number, and the next one goes', {}, async (balie, own) => {
  const c = await balie.client();
  own.next((call) => call.send(400, { message: 'Subject is not acceptable' }));
  const { receipt } = await handOff(c, 'geweigerd');
  await c.waitFor('the failure', isTicket('failed', receipt));
  assert.deepEqual(tickets(c).map((f) => [f.status, f.number]), [['received', undefined], ['failed', undefined]]);
  assert.match(c.frames.filter((f) => f.type === 'answer').at(-1).text, /niet gelukt/);
  assert.match(balie.log, new RegExp(`${receipt} could not be delivered`));
  await oneTicket(balie, own, c, (await handOff(c, 'mijn lamp is stuk')).receipt);
});

// --- a crash in the middle ---

for (const [title, fault, wanted] of [['and had made it', afterHang, 1], ['and had not made it', hang, 2]])
  deskStory(`killed while the desk hangs ${title}: one ticket after the restart`, {}, async (balie, own) => {
    const c = await balie.client();
    own.next(fault);
    const { receipt } = await handOff(c, 'stekker eruit');
    await until('the POST', () => own.posts.length === 1);
    await balie.kill();
    await balie.start();
    const again = await back(balie, c);
    const { posts } = await oneTicket(balie, own, again, receipt);
    assert.equal(posts.length, wanted);
  });

deskStory('killed between the yes and the first byte to the desk: one ticket', { down: true }, async (balie, own) => {
  const c = await balie.client(), { receipt } = await handOff(c, 'nog niets verstuurd');
  await balie.kill();
  await own.listen();
  await balie.start();
  const { posts } = await oneTicket(balie, own, await back(balie, c), receipt);
  assert.equal(posts.length, 1);
});

deskStory('killed three times while the desk is frozen: one ticket', {}, async (balie, own) => {
  const c = await balie.client(), reply = await offered(c, 'steeds weer');
  own.freeze();
  const { receipt } = await saidYes(c, reply);
  await until('the POST to wait', () => own.held.length > 0);
  for (let i = 0; i < 3; i++) {
    await balie.kill();
    await balie.start();
    await until('a search', () => own.held.length > 1 + i);
  }
  own.thaw();
  const { posts } = await oneTicket(balie, own, await back(balie, c), receipt);
  assert.equal(posts.length, 1);
});

deskStory('ended with SIGTERM while the desk hangs: at once, and one ticket after the restart', {}, async (balie, own) => {
  const c = await balie.client();
  own.next(afterHang);
  const { receipt } = await handOff(c, 'rustig uitgezet');
  await until('the POST', () => own.posts.length === 1);
  await balie.stop();
  const listed = await run(program, ['desk', 'list', '--config', balie.path('balie.yaml')], { cwd: balie.folder });
  assert.equal(listed.code, 0, listed.stderr);
  assert.match(listed.stdout, new RegExp(`${receipt} +(sending|unclear) +HR +number= `));
  await balie.start();
  const { posts, number } = await oneTicket(balie, own, await back(balie, c), receipt);
  assert.equal(posts.length, 1);
  await balie.stop();
  const after = await run(program, ['desk', 'list', '--config', balie.path('balie.yaml')], { cwd: balie.folder });
  assert.match(after.stdout, new RegExp(`${receipt} +done +HR +number=${number} `));
  await balie.start();
});

/** Ends the daemon in the instant in which it writes to its state next, or a little after it. */
function killAtNextWrite(balie, afterMs) {
  const wal = balie.path('state/balie.db-wal'), now = () => fs.statSync(wal, { bigint: true }).mtimeNs;
  const before = now(), end = Date.now() + 2000;
  while (now() === before && Date.now() < end);
  const written = performance.now();
  while (performance.now() < written + afterMs); // no timer is that fine
  balie.child.kill('SIGKILL');
}

deskStory('killed in the instant in which the number is stored: it is told after the restart', {}, async (balie, own) => {
  for (let i = 0; i < 6; i++) {
    const c = await balie.client();
    let sent;
    const killed = new Promise((done) => { sent = done; });
    own.findFaults.push((call) => {
      own.finds.pop();
      call.response.on('finish', () => { killAtNextWrite(balie, i / 4); sent(); });
      own.find(call, `'CF.{IdempotencyKey}'='${own.tickets.at(-1).key}'`);
    });
    const { receipt } = await handOff(c, `net op tijd ${i}`);
    await killed;
    await balie.kill();
    await balie.start();
    await oneTicket(balie, own, await back(balie, c), receipt, 4000);
  }
});

// --- a state that cannot be written ---

deskStory('the state is locked while the number arrives: it is told when there is room again', {}, async (balie, own) => {
  const c = await balie.client();
  let reply;
  own.next((call) => { reply = () => call.send(201, call.make()); });
  const { receipt } = await handOff(c, 'even vol');
  await until('the POST', () => reply);
  const release = await lockState(balie);
  reply();
  await until('the store to give up', () => /commit failed/.test(balie.log));
  await release();
  await oneTicket(balie, own, c, receipt, 6000);
});

// --- who of HR gets it ---

nodeTest('a manager\'s question goes to the HR partner of their unit; an employee\'s to the queue alone', async () => {
  const balie = await Balie.prepare();
  fs.copyFileSync(path.join(repository, 'intents/routing.csv'), balie.path('intents/routing.csv'));
  await balie.start();
  const ticketOf = async (token, text, options = {}) => {
    const c = await balie.client({ token, ...options });
    const r = await c.ask(text);
    const yes = await c.press(r, options.language === 'en' ? 'Yes, pass it on' : 'Ja');
    return payload(balie, receiptIn(yes.text));
  };
  try {
    const manager = await ticketOf('p022', 'hoe kook ik rijst voor mijn team');
    assert.equal(manager.queue, 'HR');
    assert.match(manager.body, /^Voor de HR-partner: Mark Hoekstra\n/);
    const english = await ticketOf('p022', 'how do i cook rice', { language: 'en' });
    assert.match(english.body, /^For the HR partner: Mark Hoekstra\n/);
    const other = await ticketOf('p002', 'hoe kook ik rijst voor mijn team');
    assert.match(other.body, /^Voor de HR-partner: (?!Mark)\S/, 'another unit, another partner');
    const employee = await ticketOf('demo', 'hoe kook ik rijst');
    assert.doesNotMatch(employee.body, /HR-partner/);
    const c = await balie.client({ token: 'p022' });
    const sensitive = await c.press(await c.ask('ik word gepest'), 'Ja');
    const closed = await payload(balie, receiptIn(sensitive.text));
    assert.equal(closed.queue, 'Confidential');
    assert.doesNotMatch(closed.body, /HR-partner|Mark Hoekstra/, 'what is sensitive is the adviser\'s alone');
  } finally {
    await balie.stop();
    await balie.discard();
  }
});
