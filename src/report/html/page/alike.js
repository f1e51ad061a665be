// Shows two answers side by side, with their common sequences marked.
function pieces(source, runs) {
  const parts = [];
  let at = 0;
  for (const [start, end, number] of [...runs].sort((one, other) => one[0] - other[0])) {
    parts.push(source.slice(at, start));
    const title = `common sequence ${number + 1}`;
    const className = number % 2 ? 'odd' : '';
    // Marks each line separately, without its indentation.
    source.slice(start, end).split(/(\n\s*)/).forEach((piece, index) => {
      parts.push(index % 2 ? piece : make('mark', { className, title }, piece));
    });
    at = end;
  }
  parts.push(source.slice(at));
  return parts;
}

function showPair(kata, number, from) {
  const store = read(`store-${kata}`);
  const pair = read(`marks-${kata}`)[number];
  const sides = [0, 1].map((side) => {
    const source = text(store, pair.texts[side]);
    const runs = pair.regions.map((run, index) => [run[2 * side], run[2 * side + 1], index]);
    const student = pair.students[side];
    const whole = runs.length === 1 && runs[0][0] === 0 && runs[0][1] === source.length;
    return make('div', {}, make('h3', {}, person(student)),
      code(source, `The answer of ${label(student)}`, whole ? null : pieces(source, runs)));
  });
  const id = make('code', {}, known.katas[kata].id);
  open(from, true, ['Side by side · ', id, ` · ${pair.score}% alike`], [],
    make('p', { className: 'quiet' }, 'A reason to look, not an accusation: short katas have few right solutions. Common sequences are marked, in two alternating colors.'),
    make('div', { className: 'side' }, ...sides));
}
