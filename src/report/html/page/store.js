// The data of the page: that of the class is parsed at once, the answers to a kata on first use. All of it is text.
const known = JSON.parse(document.getElementById('known').textContent);
const stores = new Map();

function read(id) {
  if (!stores.has(id)) {
    const place = document.getElementById(id);
    stores.set(id, place ? JSON.parse(place.textContent) : null);
  }
  return stores.get(id);
}

function text(store, place) {
  return store.texts[place].map((line) => store.lines[line]).join('\n');
}

const words = { p: 'passed', f: 'not yet', r: 'cannot be run', m: 'no answer', u: 'not judged' };
const caseWords = { p: 'passed', d: 'differs', f: 'failed', w: 'not run', o: 'not judged' };

function label(student) {
  return known.students[student][0];
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

// Creates an element. Children are elements or text; nothing is ever parsed as markup.
function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key in element && !key.includes('-')) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// Turns text between backticks into code elements.
function marked(sentence) {
  const parts = sentence.split('`');
  const last = parts.length - 1;
  return parts.map((part, index) => {
    if (index % 2 === 0) return part;
    return index < last ? make('code', {}, part) : '`' + part;
  });
}
