// What people see: every kind of text in one answer, as Adaptive Cards drawn by their own renderer in
// a browser, and as Block Kit held against its documented limits. The pictures are kept beside the
// logs, for a person to look at.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import * as jwt from './botjwt.mjs';
import * as connector from './connector.mjs';
import { Balie, repository, until } from './harness.mjs';
import * as slack from './slackfault.mjs';

const pictures = path.join(repository, 'build/test-logs');
const CARD = `# show.everything
- name: nl Alles | en Everything
- owner: hr
- source: leave/balance

## Say nl
- laat alles zien
## Answer nl
### Zo vraag je verlof aan
Eerst **kort**: *vrij* is vrij, ~~nooit~~ meestal. Zie [het beleid](https://hr.example.org/verlof?a=1&b=2) of \`verlof\`.

1. Kies een datum.
2. Overleg met je leidinggevende:
   - bij ziekte niet nodig
   - bij verhuizing wel
3. Vraag het aan.

| Soort | Uren | Vervalt |
| --- | --- | --- |
| Wettelijk | 160 | 1 juli |
| Bovenwettelijk | 40 | na 5 jaar |

> Een citaat <b>met</b> & tekens.

${'Een lange alinea die niet in één regel past. '.repeat(120)}
`;

/** The documented limits of what we use (docs.slack.dev, Block Kit). */
function checkBlocks(post) {
  assert.ok(post.text.length > 0 && post.text.length < 40_000, 'text for notifications');
  assert.ok(post.blocks.length >= 1 && post.blocks.length <= 50);
  const only = (o, ...keys) => assert.deepEqual(Object.keys(o).filter((k) => !keys.includes(k)), [], JSON.stringify(o));
  const text = (t, type, max) => {
    only(t, 'type', 'text');
    assert.equal(t.type, type);
    assert.ok(t.text.length >= 1 && t.text.length <= max, `${t.text.length} of ${max}`);
  };
  const seen = new Set();
  for (const b of post.blocks)
    switch (b.type) {
      case 'section':
        only(b, 'type', 'text');
        text(b.text, 'mrkdwn', 3000);
        break;
      case 'context':
        only(b, 'type', 'elements');
        assert.ok(b.elements.length >= 1 && b.elements.length <= 10);
        for (const e of b.elements) text(e, 'mrkdwn', 2000);
        break;
      case 'actions':
        only(b, 'type', 'elements');
        assert.ok(b.elements.length >= 1 && b.elements.length <= 25);
        for (const e of b.elements) {
          only(e, 'type', 'action_id', 'text', 'value', 'accessibility_label');
          assert.equal(e.type, 'button');
          text(e.text, 'plain_text', 75);
          assert.ok(e.value.length <= 2000 && e.action_id.length <= 255 && (e.accessibility_label ?? '').length <= 75);
          assert.ok(!seen.has(e.action_id), 'action ids are unique');
          seen.add(e.action_id);
        }
        break;
      default:
        assert.fail(`a block of type ${b.type}`);
    }
}

describe('what people see', () => {
  let login, teams, rig, balie, browser, page;
  before(async () => {
    login = await jwt.start();
    teams = await connector.start();
    rig = await slack.start();
    balie = await Balie.prepare({ settings: { channels: {
      slack: { signing_secret_file: 'signing', bot_token_file: 'bot', api_url: rig.api },
      teams: { app_id: jwt.APP, secret_file: 'secret', tenant: connector.TENANT, openid_url: login.metadata, token_url: `${teams.url}/token` } } } });
    for (const [file, text] of [['signing', slack.SECRET], ['bot', 'xoxb-rig'], ['secret', connector.SECRET], ['intents/everything.md', CARD]])
      balie.write(file, text);
    await balie.start();
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 720, height: 400 } });
    await page.setContent('<body style="font-family:sans-serif;margin:16px;background:#f5f5f5"><div id="card" style="background:#fff;padding:8px"></div>');
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js') });
    fs.mkdirSync(pictures, { recursive: true });
  });
  after(async () => {
    await browser?.close();
    try { await balie.stop(); } finally { rig.close(); teams.close(); login.close(); await balie.discard(); }
  });

  /** Draws it; what the renderer has to say against it, and the text that is to be seen. */
  const draw = async (card, name) => {
    const r = await page.evaluate((json) => {
      const c = new AdaptiveCards.AdaptiveCard(), context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
      c.parse(json, context);
      const found = c.validateProperties().validationEvents.map((e) => e.message);
      for (let i = 0; i < context.eventCount; i++) found.push(context.getEventAt(i).message);
      const to = document.getElementById('card');
      to.replaceChildren(c.render());
      return { found, text: to.innerText, buttons: [...to.querySelectorAll('button')].map((b) => b.innerText), cells: to.querySelectorAll('[role=cell],[role=columnheader]').length };
    }, card);
    await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
    return r;
  };
  const ask = async (text, n) => {
    const from = teams.sent.length, a = connector.activity(teams.url, 'sanne', { text });
    await balie.request('POST', '/api/messages', { headers: { authorization: connector.bearer(a.serviceUrl) }, body: JSON.stringify(a) });
    await until(`${n} messages`, () => teams.sent.length >= from + n);
    return teams.sent.slice(from);
  };

  test('an answer with everything, drawn by the Adaptive Cards renderer', async () => {
    const [, message] = await ask('laat alles zien', 2);
    const r = await draw(message.attachments[0].content, 'teams-everything');
    assert.deepEqual(r.found, []);
    for (const part of ['Zo vraag je verlof aan', 'kort', 'het beleid', '1. Kies een datum.', '• bij ziekte', 'Een citaat met & tekens.'])
      assert.ok(r.text.replaceAll('\u00a0', ' ').includes(part), part);
    assert.equal(r.cells, 9, 'the table is a table');
    assert.deepEqual(r.buttons, ['👍', '👎']);
    assert.match(message.summary, /^Zo vraag je verlof aan/);
  });

  test('a question with choices', async () => {
    const [message] = await ask('hoe kook ik rijst', 1);
    const r = await draw(message.attachments[0].content, 'teams-choices');
    assert.deepEqual(r.found, []);
    assert.equal(r.buttons.length, 2);
  });

  test('the same in Block Kit', async () => {
    const event = (text, i) => ({ type: 'event_callback', team_id: 'T1', event_id: `Ev${i}`, event: { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text, ts: `1.${i}` } });
    for (const [i, text] of ['laat alles zien', 'hoe kook ik rijst'].entries())
      assert.equal((await rig.post(`${balie.url}/slack/events`, 'json', event(text, i))).status, 200);
    await until('the posts', () => rig.posts.length >= 3);
    rig.posts.forEach(checkBlocks);
    const everything = rig.posts[1], text = everything.blocks.filter((b) => b.type === 'section').map((b) => b.text.text).join('\n\n');
    for (const part of ['*Zo vraag je verlof aan*', '*kort*', '_vrij_', '~nooit~', '<https://hr.example.org/verlof?a=1&amp;b=2|het beleid>', '`verlof`',
      '1. Kies een datum.', '    • bij ziekte', '```\nSoort           Uren  Vervalt\nWettelijk       160   1 juli', '> Een citaat met &amp; tekens.'])
      assert.ok(text.includes(part), `${part}\n${text}`);
    assert.ok(everything.blocks.filter((b) => b.type === 'section').length > 1, 'the long paragraph was split');
    fs.writeFileSync(path.join(pictures, 'slack-everything.json'), JSON.stringify(everything, null, 1));
  });
});
