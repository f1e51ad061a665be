// Connects the other scripts to the page: clicks, keys, filters.
document.documentElement.classList.add('scripted');
heat.setAttribute('role', 'grid');
fillMistakes();
stopAt(firstCell());

addEventListener('beforeprint', placeAll);
heat.tHead.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-sort]');
  if (!button) return;
  sort(button.dataset.sort);
  stopAt(firstCell());
});
// Opens the panel for a cell: its row gives the student, its column the kata.
function openCell(cell) {
  stopAt(cell);
  const student = cell.parentElement.student;
  if (cell.cellIndex < 2) showStudent(student, cell);
  else showCell(student, cell.cellIndex - 2, cell);
}
body.addEventListener('click', (event) => {
  const cell = event.target.closest('th, td');
  // A click that selects text must not open the panel.
  if (cell && getSelection().isCollapsed) openCell(cell);
});
body.addEventListener('keydown', (event) => {
  const cell = event.target.closest('th, td');
  if (!cell) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    openCell(cell);
    return;
  }
  const next = near(cell, event.key, event.ctrlKey);
  if (!next) return;
  event.preventDefault();
  stopAt(next);
  next.focus();
});
function changed() {
  filter();
  stopAt(firstCell());
}
find.addEventListener('input', changed);
byKata.addEventListener('change', changed);
byStatus.addEventListener('change', changed);
byGroup.addEventListener('change', () => {
  group = byGroup.value === '' ? null : Number(byGroup.value);
  changed();
});
document.getElementById('reset').addEventListener('click', () => { showGroup(null); changed(); });

// When a group is opened, its names become links to its cells.
document.addEventListener('toggle', (event) => {
  const details = event.target;
  if (!details.open || !details.matches('details.who') || details.filled) return;
  details.filled = true;
  const number = Number(details.dataset.group);
  const { kata, members } = known.groups[number];
  const show = make('button', { type: 'button', className: 'show', onclick: () => {
    showGroup(number);
    changed();
    document.getElementById('results').scrollIntoView();
    if (current) current.focus({ preventScroll: true });
  } }, 'Show in the table');
  const links = members.map((student) => make('button', {
    type: 'button', onclick: (click) => showCell(student, kata, click.currentTarget),
  }, person(student)));
  details.querySelector('.names').replaceChildren(show, ...links);
}, true);

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-mark]');
  if (button) showPair(Number(button.dataset.kata), Number(button.dataset.mark), button);
});

for (const command of document.querySelectorAll('.command')) {
  const button = make('button', { type: 'button', onclick: async () => {
    const words = command.querySelector('code');
    try {
      await navigator.clipboard.writeText(words.textContent);
      button.textContent = 'Copied';
    } catch {
      // If the clipboard cannot be written, select the text instead.
      getSelection().selectAllChildren(words);
      button.textContent = 'Selected';
    }
  } }, 'Copy');
  command.append(button);
}
