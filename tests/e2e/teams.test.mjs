// Microsoft Teams, as employees use it, and everyone who only says to be Teams.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as jwt from './botjwt.mjs';
import * as connector from './connector.mjs';
import { Balie, rows, run, program, until } from './harness.mjs';

const { activity, read } = connector;

async function connected(more = {}) {
  const login = await jwt.start(), rig = await connector.start();
  const balie = await Balie.prepare({ settings: { channels: { teams: { app_id: jwt.APP, secret_file: 'secret', tenant: connector.TENANT,
    openid_url: login.metadata, token_url: `${rig.url}/token`, ...more } } } });
  balie.write('secret', `${connector.SECRET}\n`);
  await balie.start();
  const deliver = (a, authorization = connector.bearer(a.serviceUrl)) => balie.request('POST', '/api/messages',
    { headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) }, body: typeof a === 'string' ? a : JSON.stringify(a) });
  const from = (user, m) => activity(rig.url, user, m);
  const quiet = () => until('all to be sent', async () =>
    (await rows(balie, "SELECT count(*) n FROM effect WHERE kind = 'message' AND state < 3"))[0].n === 0);
  const say = async (a, n = 1) => {
    await quiet();
    const before_ = rig.sent.length;
    const r = await deliver(a);
    assert.ok(r.status === 202 || r.status === 200, `${r.status} ${r.text}`);
    await until(`${n} messages`, () => rig.sent.length >= before_ + n);
    return rig.sent.slice(before_);
  };
  const end = async () => {
    try { await balie.stop(); } finally { rig.close(); login.close(); await balie.discard(); }
  };
  return { login, rig, balie, deliver, from, say, quiet, end, last: async (...x) => read((await say(...x)).at(-1)) };
}
const pressed = (label, m) => {
  const action = m.actions.find((x) => x.title.startsWith(label));
  assert.ok(action, `no button "${label}" among ${m.actions.map((x) => x.title)}`);
  return action;
};
const submit = (it, user, m, label) => it.from(user, { text: undefined, value: pressed(label, m).fallback.data, replyToId: '1' });
const execute = (it, user, m, label) => it.from(user, { type: 'invoke', name: 'adaptiveCard/action', replyToId: '1',
  value: { action: { type: 'Action.Execute', verb: 'balie', data: pressed(label, m).data } } });

describe('who may speak for Teams', () => {
  let it;
  before(async () => { it = await connected(); });
  after(() => it.end());
  const stricter = new Set(['missing_exp', 'endorsement_channel_blank']);

  for (const name of Object.keys(jwt.CASES))
    test(`token: ${name}`, async () => {
      const a = { ...it.from('sanne', { type: 'typing' }), serviceUrl: jwt.SU, ...jwt.own(name) };
      const r = await it.deliver(a, jwt.header(name));
      const theirs = await jwt.oracle(it.login, name);
      // the scheme's name has no case (RFC 9110); theirs wants a capital
      const ours = stricter.has(name) ? false : name === 'scheme_lowercase' ? true : theirs;
      assert.equal(r.status, ours ? 202 : 401, `theirs: ${theirs}`);
    });

  test('no token, no JSON, too much of it', async () => {
    assert.equal((await it.deliver(it.from('sanne'), '')).status, 401);
    assert.equal((await it.deliver('{"type":')).status, 401);
    assert.equal((await it.deliver('[]')).status, 401);
    assert.equal((await it.deliver(it.from('sanne'), `Bearer ${'x.'.repeat(3000)}`)).status, 401);
  });

  test('unknown keys are looked for once an hour at most', async () => {
    const asked = it.login.asked;
    for (let i = 0; i < 20; i++)
      assert.equal((await it.deliver({ ...it.from('sanne'), serviceUrl: jwt.SU }, jwt.header('unknown_kid'))).status, 401);
    assert.ok(it.login.asked <= Math.max(asked, 2), `${it.login.asked} after ${asked}`);
  });

  test('nothing of all this was answered, and no token went anywhere', () => {
    assert.deepEqual([it.rig.sent.length, it.rig.tokens.length, it.rig.unauthorised.length], [0, 0, 0]);
  });
});

test('balie does not start as Teams without an App ID, unless told it is a local test', async () => {
  for (const [teams, why] of [[{}, /needs app_id/], [{ local_test: 'yes', app_id: jwt.APP }, /one of them/],
    [{ app_id: jwt.APP }, /needs secret_file[\s\S]*needs tenant/], [{ appid: 'x' }, /did you mean "app_id"/],
    [{ app_id: jwt.APP, secret: 'x', tenant: 'x' }, /file of its own/]]) {
    const balie = await Balie.prepare({ settings: { channels: { teams } } });
    const r = await run(program, ['serve', '--config', balie.path('balie.yaml')], { cwd: balie.folder });
    assert.equal(r.code, 1);
    assert.match(r.stderr, why);
    await balie.discard();
  }
});

describe('Teams', () => {
  let it;
  before(async () => { it = await connected(); });
  after(() => it.end());

  test('greeted once, however often Teams says that balie is there', async () => {
    const added = it.from('sanne', { type: 'conversationUpdate', membersAdded: [{ id: '29:sanne' }, { id: `28:${jwt.APP}` }] });
    const installed = it.from('sanne', { type: 'installationUpdate', action: 'add' });
    const all = await Promise.all([it.deliver(installed), it.deliver(added), it.deliver(installed)]);
    assert.deepEqual(all.map((r) => r.status), [202, 202, 202]);
    await it.quiet();
    assert.equal(it.rig.sent.length, 1);
    assert.match(read(it.rig.sent[0]).text, /programma/);
    await it.deliver(it.from('sanne', { type: 'conversationUpdate', membersAdded: [{ id: '29:mark' }] }));
    await it.quiet();
    assert.equal(it.rig.sent.length, 1);
  });

  test('a message: typing, then the answer, for who the object id or UPN says it is', async () => {
    const answer = await it.last(it.from('sanne', { text: '<at>balie</at> hoeveel vakantiedagen heb ik nog' }));
    assert.match(answer.text, /Je hebt nog \d+ uur/);
    assert.match(answer.text, /📄 /);
    assert.equal(it.rig.typing.at(-1), 'a:sanne');
    assert.deepEqual(answer.actions.map((x) => [x.type, x.title, x.fallback.type]),
      [['Action.Execute', '👍', 'Action.Submit'], ['Action.Execute', '👎', 'Action.Submit']]);
    assert.equal(it.rig.members, 1, 'asked once');
    const stranger = await it.last(it.from('otto', { text: 'hoeveel vakantiedagen heb ik nog' }), 3);
    assert.match(stranger.text, /welke medewerker/);
    const elsewhere = it.from('mark', { text: 'hoeveel vakantiedagen heb ik nog', conversation: { id: 'a:x', conversationType: 'personal', tenantId: 'other' } });
    assert.match((await it.last(elsewhere, 3)).text, /welke medewerker/);
  });

  test('buttons by Submit and by Execute, feedback, and an edit', async () => {
    const asked = await it.last(it.from('sanne', { text: 'hoe kook ik rijst' }));
    const r = await it.deliver(execute(it, 'sanne', asked, 'Nee'));
    assert.equal(r.status, 200);
    assert.equal(JSON.parse(r.text).statusCode, 200);
    await it.quiet();
    assert.match(read(it.rig.sent.at(-1)).text, /zet ik niets door/);
    const answer = await it.last(it.from('sanne', { text: 'hoeveel vakantiedagen heb ik nog' }));
    await it.say(submit(it, 'sanne', answer, '👎'));
    assert.deepEqual(await rows(it.balie, 'SELECT helpful FROM feedback'), [{ helpful: 0 }]);
    const first = it.from('sanne', { text: 'wat is mijn opzegtemrijn' });
    await it.say(first);
    const edited = await it.last({ ...first, type: 'messageUpdate', text: 'wat is mijn opzegtermijn', timestamp: new Date().toISOString(), channelData: { eventType: 'editMessage', tenant: { id: connector.TENANT } } });
    assert.match(edited.text, /1 maand/);
    assert.equal((await it.deliver(it.from('sanne', { type: 'invoke', name: 'composeExtension/query', value: {} }))).status, 501);
    assert.equal((await it.deliver(it.from('sanne', { type: 'messageReaction' }))).status, 202);
  });

  test('a repeated activity is taken once', async () => {
    await it.quiet();
    const from = it.rig.sent.length, a = it.from('sanne', { text: 'wat is mijn opzegtermijn' });
    const all = await Promise.all([it.deliver(a), it.deliver(a)]);
    assert.deepEqual([...all, await it.deliver(a)].map((r) => r.status), [202, 202, 202]);
    await it.quiet();
    assert.equal(it.rig.sent.length, from + 1);
  });

  test('the desk\'s answer comes by itself, also after a restart', async () => {
    const asked = await it.last(it.from('sanne', { text: 'hoe was ik mijn auto' }));
    const [receipt, number] = await it.say(submit(it, 'sanne', asked, 'Ja'), 2);
    assert.match(read(receipt).text, /B-[0-9A-Z]+/);
    assert.match(read(number).text, /HR-\d+/);
    assert.equal(number.conversation, 'a:sanne');
    assert.equal(number.from.id, `28:${jwt.APP}`);
    assert.equal(number.recipient.id, '29:sanne');
    await it.quiet();
    await it.balie.stop();
    await it.balie.start();
    const from = it.rig.sent.length, which = /B-[0-9A-Z]+/.exec(read(receipt).text)[0];
    const r = await run(program, ['desk', 'answer', which, 'Annelies', 'Met water.', '--config', it.balie.path('balie.yaml')], { cwd: it.balie.folder });
    assert.equal(r.code, 0, r.stderr);
    await until('her words', () => it.rig.sent.length > from);
    assert.match(read(it.rig.sent.at(-1)).text, /Annelies:\s+Met water\./);
    assert.equal(it.rig.sent.at(-1).conversation, 'a:sanne');
    await it.last(it.from('sanne', { text: 'stop' })); // or she keeps the conversation
  });

  test('among others: nothing personal, on in a conversation of their own', async () => {
    const team = { id: '19:abc@thread.tacv2;messageid=1', conversationType: 'channel', isGroup: true, tenantId: connector.TENANT };
    const answer = await it.last(it.from('mark', { conversation: team, text: '<at>balie</at> hoeveel vakantiedagen heb ik nog' }), 3);
    assert.match(answer.text, /alleen met jou/);
    const press = execute(it, 'mark', answer, 'Verder in privé');
    const [notice, own] = await it.say({ ...press, conversation: team }, 2);
    assert.equal(own.conversation, 'a:own-29:mark');
    assert.match(read(notice).text, /programma/);
    assert.match(read(own).text, /Je hebt nog \d+/);
    assert.deepEqual(it.rig.opened[0].members, [{ id: '29:mark' }]);
  });

  test('429, 502, a lost connection, a token that is no longer accepted: said in the end, in order', async () => {
    await it.quiet();
    const from = it.rig.sent.length;
    it.rig.faults.push({ status: 429, headers: { 'retry-after': '1' } }, { status: 412 }, { status: 502 }, 'lost');
    await it.deliver(it.from('sanne', { text: 'wat is mijn opzegtermijn' }));
    await it.deliver(it.from('sanne', { text: 'hoeveel vakantiedagen heb ik nog' }));
    await it.quiet();
    assert.deepEqual(it.rig.sent.slice(from).map((m) => (/maand/.test(read(m).text) ? 1 : 2)), [1, 2]);
    const tokens = it.rig.tokens.length;
    it.rig.forgetToken();
    await it.last(it.from('sanne', { text: 'wat is mijn opzegtermijn' }));
    assert.equal(it.rig.tokens.length, tokens + 1, 'a new one, once');
  });

  test('a member who blocked balie costs one try, not the ones behind it', async () => {
    it.rig.faults.push({ status: 403 });
    await it.deliver(it.from('sanne', { text: 'wat is mijn opzegtermijn' }));
    const next = await it.last(it.from('sanne', { text: 'hoeveel vakantiedagen heb ik nog' }));
    assert.match(next.text, /uur/);
    const [row] = await rows(it.balie, "SELECT error, payload FROM effect WHERE kind = 'message' AND state = 4");
    assert.deepEqual(row, { error: '403 Fault', payload: '{}' });
  });
});
