// A thousand deliveries as Slack makes them on a bad day: every tenth is repeated, every twentieth
// comes late, and balie is killed twenty times in between. A thousand turns, one each, and every
// reply said once, in the order of its conversation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Balie, rows, until } from './harness.mjs';
import { start } from './slackfault.mjs';

const ALL = 1000, KILLS = 20, PEOPLE = 25, AT_ONCE = 12;

test('a thousand deliveries, twenty kills', { timeout: 600_000 }, async () => {
  const rig = await start();
  const balie = await Balie.prepare({ settings: { log: 'warning', channels: { slack:
    { signing_secret_file: 'signing', bot_token_file: 'bot', api_url: rig.api } } } });
  balie.write('signing', 'rig-signing-secret\n');
  balie.write('bot', 'xoxb-rig\n');
  await balie.start();
  const event = (i) => ({ type: 'event_callback', team_id: 'T1', event_id: `Ev${i}`, authorizations: [{ user_id: 'UBOT' }],
    event: { type: 'message', channel_type: 'im', channel: `D9${i % PEOPLE}`, user: `U9${i % PEOPLE}`, ts: `170.${String(i).padStart(6, '0')}`,
      text: ['wat is mijn opzegtermijn', 'hoe kook ik rijst', 'hoeveel vakantiedagen heb ik nog'][i % 3] } });
  const plan = [];
  for (let i = 0; i < ALL; i++) {
    plan.push({ i, at: i % 20 === 7 ? i + 60 : i });
    if (i % 10 === 3) plan.push({ i, at: i + (i % 20 === 3 ? 0 : 150), again: true });
  }
  plan.sort((a, b) => a.at - b.at);

  let acks = 0, killed = 0, refused = 0, up = Promise.resolve();
  const restart = async () => {
    await balie.kill();
    await balie.start();
  };
  const kill = () => { killed++; up = up.then(restart); };
  /** As Slack does, only sooner: until it is acknowledged. */
  const deliver = async ({ i, again }) => {
    for (let attempt = again ? 1 : 0; ; attempt++) {
      await up;
      const r = await rig.post(`${balie.url}/slack/events`, 'json', event(i), attempt ? { attempt } : {});
      if (r.status === 200) break;
      assert.ok([0, 503].includes(r.status), JSON.stringify(r));
      refused++;
      await new Promise((go) => setTimeout(go, 20));
    }
    if (++acks % 50 === 0 && killed < KILLS) kill(); // with others under way
  };
  let next = 0;
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      while (next < plan.length) await deliver(plan[next++]);
    }));
    await up;
    assert.equal(killed, KILLS);
    assert.ok(refused > 0, 'kills met deliveries under way');
    const turns = await rows(balie, "SELECT client_id, count(*) n FROM turn WHERE client_id <> '' GROUP BY client_id");
    assert.equal(turns.length, ALL, 'every delivery has its turn');
    assert.deepEqual(turns.filter((t) => t.n !== 1), [], 'and one only');
    await until('every reply to be said', async () =>
      (await rows(balie, "SELECT count(*) n FROM effect WHERE kind = 'message' AND state < 3"))[0].n === 0, 120_000);
    const said = await rows(balie, "SELECT external, key, state, reply_to FROM effect WHERE kind = 'message' ORDER BY id");
    assert.deepEqual(said.filter((s) => s.state !== 3), []);
    assert.equal(new Set(said.map((s) => s.reply_to)).size, ALL, 'every delivery has its reply');
    for (let p = 0; p < PEOPLE; p++) {
      const promised = said.filter((s) => s.external === `slack:T1/U9${p}`).map((s) => s.key);
      const heard = rig.posts.filter((x) => x.channel === `D9${p}`).map((x) => x.metadata.event_payload.key);
      assert.deepEqual(heard, promised, `complete, once and in order for ${p}`);
    }
    console.log(`# ${plan.length} deliveries of ${ALL} events, ${killed} kills, ${refused} tries in vain, ${rig.posts.length} posts`);
    await balie.stop();
  } finally {
    rig.close();
    await balie.discard();
  }
});
