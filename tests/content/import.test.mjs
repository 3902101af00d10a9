// Cards from other people's formats, and cards as a table and back.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const root = new URL('../../', import.meta.url).pathname;
const balie = process.env.BALIE_RELEASE ?? join(root, 'build/balie');
const folder = mkdtempSync(join(tmpdir(), 'balie-import-'));
after(() => rmSync(folder, { recursive: true }));

function run(...args) {
  const r = spawnSync(balie, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return { status: r.status, out: r.stdout, err: r.stderr };
}
const bring = (kind, ...files) => run('import', kind, ...files.map((f) => `tests/content/import/${f}`));

/** The sections of one card, by heading. */
function card(markdown, id) {
  const text = markdown.split(/^(?=# )/m).find((c) => c.startsWith(`# ${id}\n`));
  assert.ok(text, `no card ${id} in\n${markdown}`);
  const [keys, ...sections] = text.split(/^## /m);
  return Object.fromEntries([['', keys.split('\n').slice(1).join('\n').trim()],
    ...sections.map((s) => [s.split('\n')[0], s.split('\n').slice(1).join('\n').trim()])]);
}

test('Rasa: examples, entities, responses by name and by rule', () => {
  const r = bring('rasa', 'nlu.yml', 'domain.yml', 'rules.yml');
  assert.equal(r.status, 0, r.err);
  assert.deepEqual(card(r.out, 'leave.ask_balance'), { '': '',
    'Say nl': '- hoeveel vrije dagen heb ik nog\n- wat is mijn saldo in maart\n- is er nog verlof over',
    'Answer nl': 'Je saldo staat in het portaal.' });
  assert.equal(card(r.out, 'report_sick')['Answer nl'], 'Beterschap!\n\nBel je leidinggevende voor half tien.');
  assert.equal(card(r.out, 'none')['Say nl'], '- wat wordt het weer', 'out_of_scope is what is not for HR');
  assert.match(r.err, /nlu\.yml:14:1: warning: `goodbye` has no answer in these files/);
  assert.match(r.err, /nlu\.yml:19:3: warning: the synonym `loon` belongs in words\.md/);
});

test('hassil: rules and lists are written out, what cannot be is told', () => {
  const r = bring('hassil', 'sentences.yaml', 'responses.yaml', 'hassil-tests.yaml');
  assert.equal(r.status, 0, r.err);
  const c = card(r.out, 'LeaveBalance');
  assert.equal(c['Patterns nl'], '- hoeveel (verlof|vakantie[dagen]) heb ik [nog] [over]\n'
    + '- (verlof|vakantie[dagen]) op ((maandag|ma)|dinsdag)\n- [toon] (mijn verlof|verlof mijn)');
  assert.match(c['Say nl'], /^- mijn verlofsaldo$/m);
  assert.equal(c['Answer nl'], 'Je saldo staat in het portaal.');
  assert.equal(c['Tests nl'], '- hoeveel vakantiedagen heb ik nog');
  assert.match(r.err, /sentences\.yaml:10:13: warning: sentence left out: it uses a <rule> that none of these files has/);
  assert.match(r.err, /responses\.yaml:6:1: warning: the response of `LeaveRequest` is computed/);
});

test('QnABot: questions and the Markdown answer', () => {
  const r = bring('qnabot', 'qnabot.json');
  assert.equal(r.status, 0, r.err);
  assert.deepEqual(card(r.out, 'Pay.001'), { '': '', 'Say en': '- When do we get paid?\n- What is pay day',
    'Answer en': '### Pay day\n\nOn the **24th**.' });
  assert.equal(card(r.out, 'Leave-help')['Answer en'], 'Ask your manager.');
  assert.match(r.err, /qnabot\.json:11:1: warning: `Survey` is a "quiz"/);
});

test('a spreadsheet: keys, sections in either language, several lines in a cell', () => {
  const r = bring('csv', 'cards.csv');
  assert.equal(r.status, 0, r.err);
  assert.deepEqual(card(r.out, 'leave.buy'), { '': '- name: en Buy leave | nl Verlof kopen\n- eigenaar: hr-services',
    'Say nl': '- ik wil verlof kopen\n- extra uren kopen, kan dat', 'Say en': '- can I buy leave',
    'Patterns nl': '- [ik] [wil] verlof kopen',
    'Answer nl': 'Dat kan.\n\n- tot 1 december\n- ten hoogste 40 uur',
    'Answer en country=BE': 'You cannot.', 'Answer en': 'You can.', 'Tests nl': '- koop verlof' });
});

test('mistakes are told with file and line', () => {
  const wrong = (kind, file, ...wanted) => {
    const r = bring(kind, file);
    assert.equal(r.status, 1);
    for (const w of wanted) assert.ok(r.err.includes(`tests/content/import/${file}${w}`), `${w} in\n${r.err}`);
  };
  wrong('csv', 'bad.csv', ':2:1: error: this row lacks its `id`', ':3:1: error: unknown language `de`',
    ':4:1: error: unknown kind `sya`; probably meant `Say`?');
  wrong('qnabot', 'bad.json', ':3:1: error: this is no JSON');
  wrong('rasa', 'bad.yml', ':5:1: error: found a tab');
  wrong('hassil', 'nlu.yml', ': error: no sentences');
  wrong('csv', 'gone.csv', ': error: the file cannot be read');
});

test('the starter set survives a table and back: the same rows, the same cards, the same tests', () => {
  const table = run('export', 'csv');
  assert.equal(table.status, 0, table.err);
  assert.ok(table.out.split('\r\n').length > 5000);
  writeFileSync(join(folder, 'cards.csv'), table.out);
  const cards = run('import', 'csv', join(folder, 'cards.csv'));
  assert.equal(cards.status, 0, cards.err);
  mkdirSync(join(folder, 'intents'));
  for (const list of ['words.md', 'contacts.md', 'notice.md', 'routing.csv', 'signs.md', 'sensitive.md'])
    cpSync(join(root, 'intents', list), join(folder, 'intents', list));
  writeFileSync(join(folder, 'intents/cards.md'), cards.out);

  const again = run('export', 'csv', '--intents', join(folder, 'intents'));
  const rows = (csv) => csv.split('\r\n').sort();
  assert.deepEqual(rows(again.out), rows(table.out));
  writeFileSync(join(folder, 'again.csv'), again.out);
  assert.equal(run('import', 'csv', join(folder, 'again.csv')).out, cards.out);

  const counts = (...args) => /^(\d+ cards), .* (\d+ tests)/m.exec(run('check', '--state', 'build/test-state', ...args).out).slice(1);
  assert.deepEqual(counts('--intents', join(folder, 'intents')), counts());
});
