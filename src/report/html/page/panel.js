// The panel: everything about one answer, or about one student.

// Rounds as the table does: 0% and 100% are shown only for exactly these values.
function percent(thousandths) {
  if (thousandths <= 0 || thousandths >= 1000) return `${thousandths / 10}%`;
  return `${Math.min(99, Math.max(1, Math.round(thousandths / 10)))}%`;
}

const panel = document.getElementById('panel');
let opener = null;

function open(from, wide, title, buttons, ...content) {
  if (!panel.open) opener = from || document.activeElement;
  const close = make('button', { type: 'button', onclick: () => panel.close() }, 'Close');
  const heading = make('h2', { id: 'panel-title', tabIndex: -1 }, ...title);
  panel.className = wide ? 'wide' : '';
  panel.replaceChildren(
    make('div', { className: 'bar-top' }, heading, make('div', {}, ...buttons, close)),
    ...content.filter(Boolean),
  );
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  heading.focus({ preventScroll: true });
}

panel.addEventListener('close', () => {
  panel.replaceChildren();
  if (opener && opener.isConnected) opener.focus();
  opener = null;
});
// A click outside the panel closes it.
panel.addEventListener('click', (event) => {
  if (event.target !== panel) return;
  const box = panel.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!inside) panel.close();
});

function heading(words) {
  return make('h3', {}, words);
}

function code(source, name, content) {
  const lines = source.replace(/\n$/, '').split('\n').length;
  const numbers = Array.from({ length: lines }, (_, index) => index + 1).join('\n');
  return make('div', { className: 'code', tabIndex: 0, role: 'region', 'aria-label': name },
    make('pre', { className: 'numbers', 'aria-hidden': 'true' }, numbers),
    make('pre', {}, ...(content || [source])));
}

function classOf(letter, share) {
  if (letter === 'm') return 'none';
  if (letter === 'r') return 'error';
  if (letter === 'u') return 'open';
  return letter === 'p' ? 'h10' : `h${Math.min(9, Math.floor(share / 100))}`;
}

function chip(student, kata) {
  const letter = known.letters[student][kata];
  return make('span', { className: `chip ${classOf(letter, known.shares[student][kata])}` }, words[letter]);
}

function person(student) {
  return make('bdi', {}, label(student));
}

function showCell(student, kata, from) {
  const about = known.katas[kata];
  const store = read(`store-${kata}`);
  const place = store.cells[student];
  const result = place === null ? null : store.results[place];
  const visible = rows.filter((row) => !row.hidden).map((row) => row.student);
  const at = visible.indexOf(student);
  const step = (words, to) => make('button', {
    type: 'button', disabled: to === undefined, onclick: () => showCell(to, kata),
  }, words);
  const buttons = at < 0 ? [] : [step('Previous student', visible[at - 1]), step('Next student', visible[at + 1])];
  const given = result ? result.given : '0';
  const content = [make('p', {}, chip(student, kata), ` ${given} of ${count(about.most, 'point')} · ${about.title}`)];
  if (result) content.push(...details(store, result, about));
  else content.push(make('p', {}, 'No answer was submitted.'));
  open(from, false, [person(student), ' · ', make('code', {}, about.id)], buttons, ...content);
}

// The headline without its first word, which the chip next to it already shows.
function sentence(headline) {
  const rest = headline.replace(/^(not yet|passed)\. /, '');
  return rest.slice(0, 1).toUpperCase() + rest.slice(1);
}

function details(store, result, about) {
  const parts = [make('p', { className: 'headline' }, ...marked(sentence(text(store, result.headline))))];
  for (const place of result.causes) {
    const [, , certain, lead, why] = store.causes[place];
    parts.push(make('div', { className: 'cause' },
      make('strong', {}, ...marked(lead)), ' ', ...marked(why),
      certain ? null : make('span', { className: 'quiet' }, ' (likely, not proved)')));
  }
  for (const [title, messages] of [['Errors', result.errors], ['Warnings', result.warnings]]) {
    if (messages.length === 0) continue;
    const items = messages.map(([number, said, line]) => make('li', {},
      number ? make('code', {}, number) : '', number ? ' ' : '', ...marked(said), line ? `, line ${line}` : ''));
    parts.push(heading(title), make('ul', {}, ...items));
  }
  if (result.cases.length > 0) parts.push(heading('Cases'), cases(store, result, about));
  parts.push(heading('Terminal output'), make('pre', { tabIndex: 0 }, text(store, result.screen)));
  if (result.source !== null) {
    parts.push(make('h3', {}, 'The answer, ', make('code', {}, result.file)),
      code(text(store, result.source), 'The answer'));
  }
  return parts;
}

function cases(store, result, about) {
  const lines = result.cases.map(([letter, said, printed], place) => {
    const [name, kind] = about.cases[place] || ['', 'shown'];
    const output = text(store, printed);
    return make('tr', {},
      make('th', { scope: 'row' }, `${place + 1} ${name}`, kind === 'shown' ? '' : ' ',
        kind === 'shown' ? '' : make('span', { className: 'tag' }, kind)),
      make('td', {}, make('span', { className: `mark ${letter}` }, caseWords[letter])),
      make('td', {}, text(store, said),
        output === '' ? '' : make('pre', { tabIndex: 0, 'aria-label': 'What it printed' }, output)));
  });
  const titles = ['Case', 'Result', 'What happened'].map((title) => make('th', { scope: 'col' }, title));
  return make('table', { className: 'list' },
    make('thead', {}, make('tr', {}, ...titles)), make('tbody', {}, ...lines));
}

function showStudent(student, from) {
  const [name, id, ...more] = known.students[student];
  const lines = known.katas.map((about, kata) => make('tr', {},
    make('th', { scope: 'row' },
      make('button', { type: 'button', onclick: () => showCell(student, kata) }, about.id), ` ${about.title}`),
    make('td', {}, chip(student, kata)),
    make('td', { className: 'number' }, percent(known.shares[student][kata]))));
  const titles = ['Kata', 'Result', 'Points'].map((title) => make('th', { scope: 'col' }, title));
  const who = [id === name ? '' : id, ...more].filter(Boolean).join(' · ');
  const problems = known.problems[student].map((problem) => make('li', {}, problem));
  open(from, false, [person(student)], [],
    who ? make('p', { className: 'quiet' }, make('bdi', {}, who)) : null,
    make('p', { className: 'headline' }, `${known.given[student]} points`),
    problems.length ? make('div', { className: 'warning' }, make('ul', {}, ...problems)) : null,
    make('table', { className: 'list' }, make('thead', {}, make('tr', {}, ...titles)), make('tbody', {}, ...lines)));
}
