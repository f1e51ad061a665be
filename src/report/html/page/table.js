// The heat map: sorting, filtering, and moving between cells with the keyboard.
const heat = document.getElementById('heat');
const body = heat.tBodies[0];
const rows = [...body.rows];
rows.forEach((row, student) => { row.student = student; });
const sorted = { by: null, down: false };
// The group that the table is filtered by: a mistake, or a group chosen elsewhere on the page.
let group = null;

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const byName = (one, other) => names.compare(label(one.student), label(other.student)) || one.student - other.student;

function order(by) {
  if (by === 'name') return byName;
  if (by === 'total') return (one, other) => known.totals[one.student] - known.totals[other.student];
  const kata = Number(by);
  // Among equal shares, answers that ran come before those that did not.
  const ranks = { p: 4, f: 3, r: 2, u: 1, m: 0 };
  const value = (row) => known.shares[row.student][kata] * 10 + ranks[known.letters[row.student][kata]];
  return (one, other) => value(one) - value(other);
}

// Reorders the rows. The first ones are inserted at once and the others in later tasks, because the browser takes
// noticeably long to lay out thousands of cells.
let waiting = [];
const atOnce = 150;

function place() {
  waiting = rows.slice(atOnce);
  body.replaceChildren(...rows.slice(0, atOnce));
  if (waiting.length > 0) setTimeout(placeMore);
}

function placeMore() {
  body.append(...waiting.splice(0, atOnce));
  if (waiting.length > 0) setTimeout(placeMore);
}

function placeAll() {
  body.append(...waiting.splice(0));
}

function sort(by) {
  sorted.down = sorted.by === by ? !sorted.down : by !== 'name';
  sorted.by = by;
  const compare = order(by);
  const sign = sorted.down ? -1 : 1;
  rows.sort((one, other) => sign * compare(one, other) || byName(one, other));
  place();
  for (const button of heat.tHead.querySelectorAll('button')) {
    const chosen = button.dataset.sort === by;
    const way = sorted.down ? 'descending' : 'ascending';
    button.closest('th').setAttribute('aria-sort', chosen ? way : 'none');
  }
}

const find = document.getElementById('find');
const byKata = document.getElementById('by-kata');
const byStatus = document.getElementById('by-status');
const byGroup = document.getElementById('by-group');
const shown = document.getElementById('shown');
const sought = known.students.map((student) => student.join('\n').toLowerCase());

function filter() {
  const wanted = find.value.trim().toLowerCase();
  const status = byStatus.value;
  const kata = byKata.value;
  const chosen = group === null ? null : new Set(known.groups[group].members);
  const has = (letters) => (kata === '' ? letters.includes(status) : letters[Number(kata)] === status);
  let left = 0;
  for (const row of rows) {
    const student = row.student;
    const fits = (wanted === '' || sought[student].includes(wanted))
      && (status === '' || has(known.letters[student]))
      && (chosen === null || chosen.has(student));
    row.hidden = !fits;
    if (fits) left += 1;
  }
  const all = known.students.length;
  let said = left === all ? count(all, 'student') : `${left} of ${count(all, 'student')}`;
  if (group !== null) {
    const { kata: of, title, mistake } = known.groups[group];
    said += mistake ? '' : `: ${known.katas[of].id}, ${title}`;
  }
  shown.textContent = said;
}

function showGroup(number) {
  find.value = byKata.value = byStatus.value = '';
  group = number;
  byGroup.value = number === null || !known.groups[number].mistake ? '' : String(number);
  filter();
}

function fillMistakes() {
  const lists = new Map();
  known.groups.forEach((one, number) => {
    if (!one.mistake) return;
    if (!lists.has(one.kata)) lists.set(one.kata, make('optgroup', { label: known.katas[one.kata].id }));
    lists.get(one.kata).append(make('option', { value: String(number) }, `${one.title} (${one.members.length})`));
  });
  byGroup.append(...lists.values());
}

// The Tab key stops at a single cell; the arrow keys move from cell to cell.
let current = null;

function stopAt(cell) {
  if (current) current.removeAttribute('tabindex');
  current = cell;
  if (current) current.tabIndex = 0;
}

function firstCell() {
  const row = rows.find((one) => !one.hidden);
  return row ? row.cells[2] || row.cells[0] : null;
}

function near(cell, key, far) {
  placeAll();
  const row = cell.parentElement;
  const visible = rows.filter((one) => !one.hidden);
  const at = visible.indexOf(row);
  const place = cell.cellIndex;
  const last = visible.length - 1;
  const below = (other) => (other ? other.cells[place] : null);
  switch (key) {
    case 'ArrowLeft': return row.cells[place - 1];
    case 'ArrowRight': return row.cells[place + 1];
    case 'ArrowUp': return below(visible[at - 1]);
    case 'ArrowDown': return below(visible[at + 1]);
    case 'PageUp': return below(visible[Math.max(0, at - 10)]);
    case 'PageDown': return below(visible[Math.min(last, at + 10)]);
    case 'Home': return far ? below(visible[0]) : row.cells[0];
    case 'End': return far ? below(visible[last]) : row.cells[row.cells.length - 1];
    default: return null;
  }
}
