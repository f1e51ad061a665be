// Ties everything to the page.
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
// A cell is where a person goes; its row says who, its column which kata.
function openCell(cell) {
  stopAt(cell);
  const student = cell.parentElement.student;
  if (cell.cellIndex < 2) showStudent(student, cell);
  else showCell(student, cell.cellIndex - 2, cell);
}
body.addEventListener('click', (event) => {
  const cell = event.target.closest('th, td');
  // Whoever selects text wants the text.
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

// A group's names become links to its cells when it is opened.
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
      // Where the clipboard may not be written to, the words are at least selected.
      getSelection().selectAllChildren(words);
      button.textContent = 'Selected';
    }
  } }, 'Copy');
  command.append(button);
}
