// Creates the record of a fictional class: `node records.mjs STUDENTS KATAS > record.json`.
//
// Answers are the repository's solutions and wrong answers, written as different people would. The same numbers give the
// same record. It has what a page must handle: names that are markup, long, or written from right to left; copies; and
// answers that print, that do not compile, that are missing, or that have no explanation.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const [students, katas] = process.argv.slice(2).map(Number);
let seed = 20031;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const one = (list) => list[Math.floor(random() * list.length)];
const digest = (text) => createHash('sha256').update(text).digest('hex');
const read = (...path) => readFileSync(join(root, ...path), 'utf8');

const real = ['hf_load', 'split_merge', 'state_translation'].map((id) => ({
  id,
  starter: read('katas', id, 'starter.rs'),
  solution: read('solutions', id, 'solution.rs'),
  wrong: readdirSync(join(root, 'solutions', id, 'wrong')).filter((file) => file.endsWith('.rs')).sort()
    .map((file) => [file.replace('.rs', ''), read('solutions', id, 'wrong', file)]),
  learners: readdirSync(join(root, 'tests/fixtures/diagnose', id)).sort()
    .map((file) => read('tests/fixtures/diagnose', id, file)),
}));
const titles = ['Load Hugging Face weights into NNX', 'Split a model and merge it again', 'Translate a state from Linen to NNX'];
const more = ['attention_heads', 'batch_stats', 'bf16_rounding', 'conv_kernels', 'embedding_tied', 'eval_shape', 'gelu_or_tanh', 'group_norm', 'layer_norm_epsilon', 'lora_merge', 'mask_padding', 'optimizer_state', 'position_offsets', 'qkv_fused', 'rms_norm', 'rotary_halves', 'safetensors_header'];
const named = ['identity selector', 'all ones', 'cycle', 'decimal digits', 'symmetric', '45° rotation', 'shear', 'eight by eight'];
const kinds = ['shown', 'shown', 'shown', 'shown', 'shown', 'hidden', 'hidden', 'sealed'];
const abouts = Array.from({ length: katas }, (_, place) => ({
  id: place < 3 ? real[place].id : more[place - 3],
  title: titles[place] || `Port ${more[place - 3].replaceAll('_', ' ')}`,
  points: [4, 3, 3, 2, 5][place % 5],
  digest: digest(`kata ${place}`),
  cases: named.map((name, at) => ({ name, kind: kinds[at] })),
  starters: { rust: real[place % 3].starter },
}));

const first = ['Ada', 'Grace', 'Alan', 'Barbara', 'Edsger', 'Frances', 'John', 'Katherine', 'Leslie', 'Margaret', 'Niklaus', 'Radia', 'Tony', 'Sophie', 'Zoë', 'Łukasz', 'Nguyễn', 'Søren', 'Ümit', 'Chloé'];
const last = ['Lovelace', 'Hopper', 'Turing', 'Liskov', 'Dijkstra', 'Allen', 'McCarthy', 'Johnson', 'Lamport', 'Hamilton', 'Wirth', 'Perlman', 'Hoare', 'Wilson', 'Kowalski', 'Văn', 'Østergård', 'Yılmaz', 'Dubois', 'Okafor'];
const odd = [
  'محمد بن موسى الخوارزمي',
  'Maria-Magdalena Wolfeschlegelsteinhausen von und zu Hohenburg',
  '<img src=x onerror="document.title=\'pwned\'">',
  '</script><script>document.title="pwned"</script>',
  'O\'Brien "Bobby" & Söhne `tables`',
  '渡辺 麻衣子',
];
const label = (at) => odd[at - 3] || `${first[at % 20]} ${last[(at * 7 + Math.floor(at / 20)) % 20]}`;

const styles = [
  ['model', 'weight', 'sum'], ['net', 'w', 'total'], ['layer', 'kernel_2d', 'acc'], ['linear', 'matrix', 'result'], ['m', 'reshaped', 's'],
];
const extra = [
  (v) => `    let ${v} = x.len();\n    assert!(${v} > 0);\n`,
  (v) => `    if x.is_empty() {\n        return Array1::zeros(features);\n    }\n    let ${v} = 0;\n`,
  (v) => `    let ${v}: Vec<f32> = x.iter().copied().filter(|value| value.is_finite()).collect();\n`,
  (v) => `    for (index, value) in x.iter().enumerate() {\n        println!("{index}: {value} ${v}");\n    }\n`,
  (v) => `    let ${v} = x.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));\n`,
  (v) => `    let ${v} = match x.len() {\n        0 => "none",\n        1 => "one",\n        _ => "many",\n    };\n`,
];

// The same program as another person would write it.
function written(source, at) {
  const style = one(styles);
  let text = source;
  if (random() < 0.6) text = text.split('\n').filter((line) => !line.trim().startsWith('// ')).join('\n');
  ['model', 'weight', 'sum'].forEach((name, index) => {
    text = text.replaceAll(new RegExp(`\\b${name}\\b(?!\\()`, 'g'), style[index]);
  });
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => line.startsWith('pub fn'));
  let body = begin + lines.slice(begin).findIndex((line) => line.endsWith('{'));
  for (let index = Math.floor(random() * 4); index > 0; index -= 1) {
    const own = one(extra)(`${one(['n', 'check', 'seen', 'tmp', 'k'])}${index}`).trimEnd();
    lines.splice(body + 1, 0, ...own.split('\n'));
    body += own.split('\n').length;
  }
  if (random() < 0.5) lines.splice(body + 1, 0, `    // ${one(['my attempt', 'TODO: ask why', 'works now', 'see the notes of week'])} ${at}`);
  return lines.join('\n');
}

const nothing = { answer: null, cases: [], causes: [], errors: [], warnings: [], outputs: null, took: null, students: null };
const tail = (id) => `\n  katas hint ${id}  one step of help, a stronger one each time\n  katas show ${id}  read what it asks\n`;

function record(place, at, earlier) {
  const about = abouts[place];
  const { solution, wrong, learners } = real[place % 3];
  const base = { kata: about.id, ...nothing, points: { given: 0, most: about.points } };
  const answer = (source) => ({ track: 'rust', file: `katas/${about.id}/${about.id}.rs`, digest: digest(source), source });
  const chance = random() - (at % 17 === 0 ? 0.35 : 0);
  if (at === 7 || chance > 0.94) {
    return { ...base, status: 'missing', headline: 'there is no answer.', screen: `${about.id}: there is no answer.\n` };
  }
  if (chance > 0.93) {
    return { ...base, status: 'unjudged', answer: answer(solution), headline: 'not judged: the machine ran out of disk.', screen: `${about.id}: not judged.\n` };
  }
  if (chance > 0.86) {
    const [code, text] = one([['E0308', 'mismatched types'], ['E0599', 'no method named `transpose` found for reference `&ArrayBase<OwnedRepr<f32>, Dim<[usize; 1]>>`'], ['E0382', 'use of moved value: `model`'], ['', 'expected `;`, found `}`']]);
    const broken = written(solution, at).replace(/;\n/, '\n');
    const headline = 'not yet. It does not compile: 1 error.';
    return {
      ...base, status: 'refused', answer: answer(broken), headline, errors: [{ text, code, line: 15, column: 23 }],
      screen: `${about.id}: ${headline}\n\nerror[${code}]: ${text}\n  --> ${about.id}.rs:15:23\n   |\n15 |     let inputs: i64 = x.len();\n   |                 ---   ^^^^^^^ expected \`i64\`, found \`usize\`\n${tail(about.id)}`,
    };
  }
  const copied = earlier.length > 2 && random() < 0.04 ? one(earlier.slice(-40)) : null;
  if (copied) return { ...copied };
  if (chance < 0.5) {
    const headline = 'passed. All 8 cases, every bit.';
    return {
      ...base, status: 'passed', answer: answer(written(solution, at)), headline, points: { given: about.points, most: about.points },
      cases: named.map((name, index) => ({ number: index + 1, name, kind: kinds[index], status: 'passed', said: '', printed: '' })),
      screen: `${about.id}: ${headline}\n\n  passed  ${named.map((name, index) => `${index + 1} ${name}`).join(', ')}\n\n  katas solution ${about.id}  the reference answer, to compare\n`,
    };
  }
  const mistake = Math.floor(random() * (wrong.length + 3));
  const known = wrong[mistake];
  const source = written(known ? known[1] : learners[mistake % learners.length], at);
  const right = known ? Math.floor(random() * 5) : 1;
  const cases = named.map((name, index) => ({
    number: index + 1, name, kind: kinds[index],
    status: index < right ? 'passed' : index < 5 ? 'differs' : 'waits',
    said: index < right ? '' : index < 5 ? `${(mistake + index) % 3 + 1} of 4 values differ, the first at [${(mistake + index) % 3}].` : 'It waits until the shown cases pass.',
    printed: index === 0 && at % 9 === 0 ? 'seen: [1.0, 2.0]\u001b[31m </pre><script>document.title="pwned"</script>\n' : '',
  }));
  const causes = [];
  const texts = 'Your kernel still lies as PyTorch stored it, `(out, in)`. With a square weight Flax cannot notice, with any other it refuses.';
  if (known) causes.push({ kind: 'pitfall', id: known[0], certain: true, lead: 'This is a known mistake.', text: texts });
  else if (mistake === wrong.length) causes.push({ kind: 'cause', id: 'scaled', certain: random() < 0.5, lead: 'This looks like the correct output divided by `features`.', text: 'A mean where a sum was asked, or a division too many.' });
  else if (random() < 0.3) causes.push({ kind: 'variant', id: 'sum_from_the_back', certain: true, lead: 'This adds in a different order.', text: 'The terms are right, and the last bit is not.' });
  const headline = `not yet. ${right} of 8 cases passed.`;
  return {
    ...base, status: 'failed', answer: answer(source), headline, cases, causes,
    points: { given: about.points * right / 8, most: about.points },
    outputs: digest(`${place} ${mistake} ${right} ${known ? '' : Math.floor(random() * 2)}`).slice(0, 16),
    screen: `${about.id}: ${headline}\n\nCase ${right + 1}, ${named[right]}: ${cases[right].said}\n  seed = 0, x = [1, 2, 3],\n  hf_kernel_flat = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, …12 in all],\n\n     index  expected   got  apart  expected bits  got bits\n  >  [0]           1  0.25  far    0x3f800000     0x3e800000\n     [1]           2   0.${at}  far    0x40000000     0x3f000000\n\n${causes.map((cause) => `${cause.lead} ${cause.text}\n`).join('')}${tail(about.id)}`,
  };
}

const earlier = abouts.map(() => []);
const submissions = Array.from({ length: students }, (_, at) => ({
  id: `submission-${String(at + 1).padStart(4, '0')}`,
  student: { name: at % 11 === 10 ? null : label(at), email: at % 3 === 0 ? `student${at}@school.example` : null, sis_id: at % 2 ? String(70000 + at) : null },
  katas: abouts.map((_, place) => {
    const made = record(place, at, earlier[place]);
    if (made.status === 'failed' || made.status === 'passed') earlier[place].push(made);
    return made;
  }),
  problems: at === 9 ? ['two files for `hf_load`: hf_load.rs and hf_load (1).rs; the first was judged'] : [],
}));
const layers = ['a network namespace', 'Landlock', 'a list of system calls', 'limits of memory and time'];
const confined = process.argv[4] !== 'unconfined';
process.stdout.write(JSON.stringify({
  format: 'katas/record/v2',
  judge: {
    katas: '0.1.0', digest: 'b111d0fca7a50001', tools: { rust: 'rustc 1.95.0 (59807616e 2026-04-14)' }, confined: confined ? layers : [],
    not_confined: confined ? [] : ['this machine has no Landlock', 'programs may use the network'],
    key: confined ? digest('key').slice(0, 16) : null, seconds: 10,
  },
  course: { title: 'From PyTorch to JAX, one weight at a time', credit: 'cases', sealed: 'count', katas: abouts },
  part: null,
  submissions,
}));
