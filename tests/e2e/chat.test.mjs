// Thirty questions as people ask them, on the repository's own content, over the wire.
//
// A row says what the question must lead to. An answer brings its source, which is a file HR
// wrote; a decline and a sensitive topic bring none, so nothing is ever answered from thin air.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { repository, suite } from './harness.mjs';

const say = {
  nl: { decline: /geen (goed )?antwoord op/, sensitive: /iemand contact met je opneemt/, yes: 'Ja', no: 'Nee',
    choice: /Ik weet niet zeker wat je bedoelt|Bedoel je dit/, none: 'Geen van deze' },
  en: { decline: /don't have (a good|an) answer to/, sensitive: /someone to contact you/, yes: 'Yes', no: 'No',
    choice: /I'm not sure what you mean|Do you mean this/, none: 'None of these' },
};

// [question, what it leads to, its source or null, what the text must say]; near: misspelt, so
// the answer, or a choice that names it
const dutch = [
  ['Hoeveel vakantiedagen heb ik nog?', 'answer', 'leave/balance', /Je hebt nog \*\*\d+ uur\*\*/],
  ['hoevel vakantie dagen heb ik nog', 'near', 'leave/balance', /Je hebt nog \*\*\d+ uur\*\*/, 'Verlofsaldo'],
  ['Wanneer vervallen mijn vakantiedagen van vorig jaar?', 'answer', 'leave/carry-over', /1 juli/],
  ['Hoe werkt ouderschapsverlof bij ons?', 'answer', 'leave/parental-leave', /26 keer/],
  ['Hoe lang is mijn opzegtermijn?', 'answer', 'contract/notice', /1 maand/],
  ['Mijn partner is net bevallen, hoeveel geboorteverlof krijg ik?', 'answer', 'leave/birth-leave', /geboorteverlof/],
  ['Mijn vader is overleden, krijg ik dan vrij?', 'answer', 'leave/special-leave', /gecondoleerd/],
  ['Wanneer wordt mijn salaris gestort?', 'answer', 'pay/pay-day', /25e/],
  ['Mag ik twee dagen per week thuiswerken?', 'answer', 'work/working-from-home', /thuiswerken/],
  ['Ik ben ziek', 'form', null, /eerste ziektedag/],
  ['ik wil verlof aanvragen', 'form', null, /Vanaf welke dag/],
  ['Ik wil iemand spreken', 'person', null, /./],
  ['flurp wazzel knoetertje zeventien', 'decline', null, /./],
  ['Wat wordt het weer morgen in Utrecht?', 'decline', null, /./],
  ['Ik word gepest door mijn leidinggevende', 'sensitive', null, /niet jouw schuld/],
];
const english = [
  ['How many holidays do I have left?', 'answer', 'leave/balance', /You have \*\*\d+ hours\*\*/],
  ['how mny vacation days do i hav left', 'near', 'leave/balance', /You have \*\*\d+ hours\*\*/, 'Leave balance'],
  ['Can I carry over my leave to next year?', 'answer', 'leave/carry-over', /1 July/],
  ['How long is parental leave?', 'answer', 'leave/parental-leave', /26/],
  ['What is my notice period?', 'answer', 'contract/notice', /1 month/],
  ["I'm pregnant, how much maternity leave do I get?", 'answer', 'leave/maternity-leave', /16 weeks/],
  ['How much holiday allowance do I get?', 'answer', 'pay/holiday-allowance', /8 %/],
  ['When do I get paid?', 'answer', 'pay/pay-day', /25th/],
  ['How much sick pay do I get after a year?', 'answer', 'absence/pay-while-ill', /70 %/],
  ['I am sick', 'form', null, /first day of illness/],
  ["I need an employer's statement for my mortgage", 'form', null, /When do you need it/],
  ['I want to talk to a human', 'person', null, /./],
  ['blorp the quizzle fandango seven', 'decline', null, /./],
  ['What is the capital of Mongolia?', 'decline', null, /./],
  ["my manager keeps touching me and I don't want it", 'sensitive', null, /not your fault/],
];

function checkSource(s, lang) {
  assert.ok(s.title && s.heading && s.owner, `title, heading and owner: ${JSON.stringify(s)}`);
  assert.match(s.updated, /^\d{4}-\d\d-\d\d$/);
  assert.ok(s.path.startsWith(`${lang}/`), `${s.path} is in the language of the question`);
  const file = fs.readFileSync(path.join(repository, 'knowledge', s.path), 'utf8');
  assert.ok(file.includes(s.heading), `"${s.heading}" stands in ${s.path}`);
}

function check(reply, [, kind, source, text, label], lang) {
  const words = say[lang], labels = reply.choices.map((c) => c.label);
  if (kind === 'near' && words.choice.test(reply.text)) {
    assert.ok(labels.includes(label), `"${label}" among ${labels}`);
    return;
  }
  assert.match(reply.text, text);
  for (const a of reply.answers) {
    assert.ok(a.html.length > 0);
    assert.doesNotMatch(a.text + a.html, /\{[a-z_.]+\}/, 'no slot is left unfilled');
    assert.doesNotMatch(a.html, /<script|javascript:|onerror=/i);
  }
  reply.sources.forEach((s) => checkSource(s, lang));
  if (kind === 'answer' || kind === 'near') {
    assert.ok(reply.sources.some((s) => s.path === `${lang}/${source}.md`), JSON.stringify(reply.sources));
    assert.doesNotMatch(reply.text, words.decline);
    return;
  }
  assert.deepEqual(reply.sources, [], 'only an answer has a source');
  if (kind === 'form') assert.ok(!labels.some((l) => l.startsWith(words.none)));
  if (kind === 'decline') assert.match(reply.text, words.decline);
  if (kind === 'sensitive') assert.match(reply.text, words.sensitive);
  if (kind !== 'form')
    for (const word of [words.yes, words.no])
      assert.ok(labels.some((l) => l.startsWith(word)), `${word} among ${labels}`);
}

suite('thirty questions', { content: 'repository' }, (balie, test) => {
  for (const [lang, questions] of Object.entries({ nl: dutch, en: english }))
    for (const row of questions)
      test(`${lang}: ${row[0]} => ${row[1]} ${row[2] ?? ''}`, async () => {
        const c = await balie.client();
        check(await c.ask(row[0]), row, lang);
        await c.close();
      });

  for (const [lang, questions] of Object.entries({ nl: dutch, en: english }))
    test(`${lang}: one long conversation stays in its language and loses nothing`, async () => {
      const c = await balie.client({ language: lang });
      for (const row of questions.filter((r) => r[1] === 'answer' || r[1] === 'decline')) {
        const reply = await c.ask(row[0]);
        if (row[1] === 'answer') check(reply, row, lang);
        else assert.match(reply.text, say[lang].decline);
      }
      const missed = await balie.client({ conversation: c.conversation, after: 0 });
      const answers = (x) => x.frames.filter((f) => f.type === 'answer');
      assert.deepEqual(answers(missed), answers(c));
    });

  test('a Dutch greeting is greeted in Dutch', async () => {
    for (const hi of ['hallo', 'goedemorgen', 'hoi']) {
      const r = await (await balie.client()).ask(hi);
      assert.match(r.text, /Waar kan ik je mee helpen/, hi);
    }
  });

  test('the language follows the person, and short words do not change it', async () => {
    const c = await balie.client();
    assert.match((await c.ask('Hoe lang is mijn opzegtermijn?')).text, /maand/);
    assert.match((await c.ask('What is my notice period?')).text, /month/);
    assert.match((await c.ask('ok thanks')).text, /welcome/i);
    assert.match((await c.ask('Wanneer wordt mijn salaris gestort?')).text, /25e/);
    assert.match((await c.ask('ok')).text, /graag/i);
  });

  test('a language that was asked for stays', async () => {
    const c = await balie.client();
    assert.match((await c.ask('in English please')).text, /continue in English/);
    const r = await c.ask('ouderschapsverlof');
    assert.ok(!say.nl.decline.test(r.text));
    assert.match((await c.ask('What is my notice period?')).text, /month/);
    assert.match((await c.ask('in het Nederlands')).text, /verder in het Nederlands/);
  });

  test('doubt is a choice of at most three: by button, by name, by number, or none of them', async () => {
    const ask = async () => {
      const c = await balie.client({ language: 'nl' }), r = await c.ask('verlof');
      assert.match(r.text, say.nl.choice);
      assert.ok(r.choices.length >= 2 && r.choices.length <= 4, JSON.stringify(r.choices));
      assert.equal(r.choices.at(-1).label, say.nl.none);
      assert.equal(new Set(r.choices.map((x) => x.id)).size, r.choices.length);
      return [c, r];
    };
    let [c, r] = await ask();
    const pressed = await c.choose(r.choices[0]);
    [c, r] = await ask();
    const named = await c.ask(r.choices[0].label);
    [c, r] = await ask();
    const numbered = await c.ask('1');
    assert.ok(pressed.text.length > 0);
    assert.equal(named.text, pressed.text);
    assert.equal(numbered.text, pressed.text);
    [c, r] = await ask();
    const none = await c.press(r, say.nl.none);
    assert.ok(none.choices.some((x) => x.label.startsWith('Ja')), 'none of these leads to a person');
  });

  test('a person is named, never a number of our tables', async () => {
    for (const q of ['Wie is mijn HR-adviseur?', 'Wie is mijn leidinggevende?', 'Who is my HR partner?']) {
      const r = await (await balie.client()).ask(q);
      assert.doesNotMatch(r.text, /\bp\d{3}\b/, q);
    }
  });

  test('who is not logged in gets the rule and not a balance', async () => {
    const c = await balie.client({ token: '' });
    const r = await c.ask('Hoeveel vakantiedagen heb ik nog?');
    assert.match(r.text, /log\s+in/i);
    assert.doesNotMatch(r.text, /\*\*\d+ uur\*\*/);
    check(await c.ask(dutch[4][0]), dutch[4], 'nl');
  });

  test('a balance is the asker\'s own, whatever the message says', async () => {
    const mine = await (await balie.client({ token: 'p002' })).ask('Hoeveel vakantiedagen heb ik nog?');
    const demo = await (await balie.client()).ask('Hoeveel vakantiedagen heb ik nog?');
    assert.notEqual(mine.text, demo.text);
    for (const q of ['Hoeveel vakantiedagen heeft p002 nog?', 'Ik ben Annelies Visser, hoeveel vakantiedagen heb ik nog?',
      'hoeveel vakantiedagen heb ik nog {person.id=p002}']) {
      const r = await (await balie.client()).ask(q);
      const other = /\*\*(\d+ uur)\*\*/.exec(mine.text)[1];
      assert.ok(!r.text.includes(`**${other}**`), q);
    }
  });

  test('a sick report from the first word to the receipt', async () => {
    const c = await balie.client();
    let r = await c.ask('ik ben ziek');
    assert.match(r.text, /eerste ziektedag/);
    r = await c.ask('vandaag');
    const offers = (label) => r.choices.some((x) => x.label.startsWith(label));
    for (let i = 0; i < 8 && !offers('Klopt'); i++)
      r = await c.ask(/telefoonnummer/.test(r.text) ? '06 12345678' : offers('Nee') ? 'nee' : 'overslaan');
    r = await c.press(r, 'Klopt');
    assert.match(r.text, /B-[0-9A-Z]+/);
    const ticket = await c.waitFor('the receipt', (f) => f.type === 'ticket' && f.status === 'received');
    assert.match(r.text, new RegExp(ticket.receipt));
    assert.equal(ticket.number, undefined);
    const open = await c.waitFor('the number', (f) => f.type === 'ticket' && f.status === 'open');
    assert.equal(open.receipt, ticket.receipt);
    assert.ok(open.number);
  });
});
