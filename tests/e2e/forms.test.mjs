// The starter forms as HR wrote them, from the first sentence to the ticket, in both languages;
// and what is kept of people's judgements.
import assert from 'node:assert/strict';
import { confirmed, receiptIn, row } from './desk.mjs';
import { rows, suite } from './harness.mjs';

// an answer to a question, by words of the question: the order is HR's
const answers = {
  nl: [[/eerste ziektedag/i, 'vandaag'], [/hoe lang denk je/i, 'overslaan'], [/bereiken/i, '06-12345678'],
    [/taken|overnemen/i, 'nee'], [/vangnet|ongeluk|intentieverklaring/i, 'nee'], [/tot en met welke dag/i, 'dezelfde dag'],
    [/welke dagen/i, 'ma, di en do'], [/welke (dag|datum)|wanneer heb je|vanaf wanneer/i, 'over drie maanden'], [/dag of dagen|periode/i, '7 t/m 9 december'],
    [/ochtend of/i, 'heel'], [/helemaal of/i, 'deels'], [/uur per week|hoeveel uur/i, '24'], [/bedrag/i, '34,50'],
    [/waarvoor/i, 'hypotheek'], [/welk(e soort)? verlof|soort verlof/i, 'zorgverlof'], [/intrekken/i, 'intrekken'],
    [/ja of nee/i, 'nee'], [/./, 'Dat overleg ik met Jan']],
  en: [[/first day of illness/i, 'today'], [/how long do you think/i, 'skip'], [/reach you/i, '06-12345678'],
    [/tasks|take over/i, 'no'], [/safety net|accident|letter of intent/i, 'no'], [/including which day/i, 'the same day'],
    [/which days would/i, 'Mon, Tue and Thu'], [/which (day|date)|when do you need/i, 'in three months'], [/day or days|period/i, '7 to 9 December'],
    [/morning or/i, 'whole'], [/fully or/i, 'partly'], [/hours a week|how many hours/i, '24'], [/amount/i, '34.50'],
    [/what is the statement/i, 'mortgage'], [/kind of leave/i, 'care'], [/cancel the/i, 'cancel'],
    [/./, 'I will talk to Jan about it']],
};
const recap = { nl: /Dit heb ik genoteerd/, en: /This is what I have/ };
const done = { nl: /verstuurd.*ontvangstnummer/s, en: /sent.*receipt/s };

const forms = [
  ['nl', 'leave', 'ik wil verlof aanvragen'], ['en', 'leave', 'I want to request leave'],
  ['nl', 'sick report', 'ik wil me ziek melden'], ['en', 'sick report', 'I want to report sick'],
  ['nl', 'recovery', 'ik ben weer beter'], ['en', 'recovery', 'I am better again'],
  ['nl', "employer's statement", 'ik heb een werkgeversverklaring nodig'],
  ['en', "employer's statement", "I need an employer's statement"],
  ['nl', 'change of hours', 'ik wil minder uren gaan werken'], ['en', 'change of hours', 'I want to work fewer hours'],
  ['nl', 'kinds of leave', 'ik wil zorgverlof aanvragen'], ['en', 'kinds of leave', 'I want to apply for care leave'],
  ['nl', 'expense question', 'ik heb een vraag over mijn declaratie'],
  ['en', 'expense question', 'I have a question about my expense claim'],
];

const answerTo = (lang, text) => {
  const question = text.trim().split('\n').at(-1);
  return answers[lang].find(([is]) => is.test(question))[1];
};

suite('the starter forms', { content: 'repository' }, (balie, test) => {
  for (const [lang, name, first] of forms)
    test(`${name} (${lang}) from the first sentence to the ticket`, async () => {
      const c = await balie.client();
      let r = await c.ask(first), asked = 0;
      for (; !recap[lang].test(r.text); asked++) {
        assert.ok(asked < 12, `no end to it: ${r.text}`);
        r = await c.ask(answerTo(lang, r.text));
      }
      assert.ok(asked > 0, r.text);
      assert.deepEqual(await rows(balie, `SELECT id FROM effect WHERE conversation = ${parseInt(c.conversation, 16) || 0}`), []);
      r = await c.ask(lang === 'nl' ? 'ja, klopt' : "yes, that's right");
      assert.match(r.text, done[lang]);
      const receipt = receiptIn(r.text);
      await confirmed(c, receipt);
      assert.ok((await row(balie, receipt)).queue);
    });

  for (const [lang, first] of [['nl', 'mijn rekeningnummer is gewijzigd'], ['en', 'my bank account number changed'],
    ['nl', 'ik ben verhuisd, waar geef ik mijn nieuwe adres door'], ['en', 'how do I change my address']])
    test(`"${first}" asks for no number and no address (${lang})`, async () => {
      const r = await (await balie.client()).ask(first);
      assert.doesNotMatch(r.text, /\?\s*$/, 'nothing is asked in the chat');
      assert.match(r.text, /portaal|portal/);
    });

  test('judgements are about one version in one language, and what helped names nobody', async () => {
    const c = await balie.client();
    const r = await c.ask('wat is de reiskostenvergoeding');
    assert.ok(r.sources.length);
    c.send({ type: 'feedback', turn: r.turn, helpful: true });
    await c.settle();
    const no = await c.ask('dat bedoel ik niet');
    assert.match(no.text, /Jammer/);
    assert.ok(no.choices.some((x) => x.label.startsWith('Ja, zet')), 'a person is offered');
    const kept = await rows(balie, 'SELECT helpful, intent, lang, version FROM feedback ORDER BY id');
    assert.equal(kept.length, 2);
    for (const k of kept) {
      assert.match(k.version, /^[0-9a-f]{8}$/);
      assert.equal(k.lang, 'nl');
      assert.equal(k.intent, kept[0].intent);
    }
    assert.deepEqual(kept.map((k) => k.helpful), [1, 0]);
    const helped = await rows(balie, "SELECT how, what, version FROM helped WHERE how <> 'chosen' ORDER BY how");
    assert.deepEqual(helped.map((h) => h.how), ['down', 'up']);
    assert.equal(helped[0].version, kept[0].version);
  });
});
