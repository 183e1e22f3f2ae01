// Bundles the look into src/kompetanse/ui/static/ui: app.css, app.js, two fonts, one icon sprite, the licences.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const OUT = new URL("../src/kompetanse/ui/static/ui/", import.meta.url);
const MODULES = new URL("node_modules/", import.meta.url);
const BUDGET = 75_000; // bytes gzipped, stylesheet and script together

await mkdir(new URL("fonts/", OUT), { recursive: true });
await build({
  entryPoints: ["app.css", "app.js"],
  absWorkingDir: new URL(".", import.meta.url).pathname,
  outdir: OUT.pathname,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  external: ["*.woff2"],
  legalComments: "none",
});

for (const subset of ["latin", "latin-ext"]) {
  await copyFile(
    new URL(`@fontsource-variable/inter/files/inter-${subset}-wght-normal.woff2`, MODULES),
    new URL(`fonts/inter-${subset}.woff2`, OUT),
  );
}

const chosen = JSON.parse(await readFile(new URL("icons.json", import.meta.url), "utf8"));
const symbols = [];
for (const [name, file] of Object.entries(chosen)) {
  const svg = await readFile(new URL(`@navikt/aksel-icons/dist/svg/${file}.svg`, MODULES), "utf8");
  const paths = svg.replace(/^[^>]*>\s*/, "").replace(/\s*<\/svg>\s*$/, "").replace(/\d+\.\d{3,}/g, (n) => String(Math.round(n * 100) / 100));
  symbols.push(`<symbol id="${name}" viewBox="0 0 24 24" fill="none">${paths}</symbol>`);
}
await writeFile(
  new URL("icons.svg", OUT),
  `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`,
);

const licences = [
  ["@digdir/designsystemet-css", "LICENSE"],
  ["@fontsource-variable/inter", "LICENSE"],
  ["htmx.org", "LICENSE"],
  ["@navikt/aksel-icons", null],
];
const parts = [];
for (const [name, file] of licences) {
  const { version, license } = JSON.parse(await readFile(new URL(`${name}/package.json`, MODULES), "utf8"));
  const text = file ? await readFile(new URL(`${name}/${file}`, MODULES), "utf8") : MIT("NAV (Arbeids- og velferdsdirektoratet)");
  parts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
}
await writeFile(new URL("LICENCES.txt", OUT), parts.join("\n" + "-".repeat(80) + "\n\n"));

let total = 0;
for (const name of ["app.css", "app.js"]) {
  const size = gzipSync(await readFile(new URL(name, OUT)), { level: 9 }).length;
  total += size;
  console.log(`${name.padEnd(8)} ${size} bytes gzipped`);
}
console.log(`together ${total} of ${BUDGET}`);
if (total > BUDGET) process.exit(1);

function MIT(holder) {
  return `MIT License\n\nCopyright (c) ${holder}\n\nPermission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;
}
