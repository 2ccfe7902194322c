// Builds webapp/web/static: stylesheets with only the rules a page can use, the scripts and the
// icon, each under a name that holds its content's hash, with a .gz beside it and a manifest.json.
// Run by ./run; MACROS names the folder of the GOV.UK templates (from Python's package).

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import postcss from "postcss";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const web = dirname(here);
const out = join(web, "static");

// Classes that no template spells out: set by a script, or put together from a status's name.
const keep = ["js-enabled", "govuk-frontend-supported", "cyf-idle--cover", "govuk-character-count__message--disabled"];
const keepFamilies = ["cyf-attendees__group--", "cyf-deadline--", "cyf-depth-", "cyf-status--"];

const files = (dir, extensions) =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return ["assets", "static"].includes(entry.name) ? [] : files(path, extensions);
    return extensions.includes(extname(entry.name)) ? [path] : [];
  });

const words = (text) => text.match(/[\w!-]+/g) ?? [];
const read = (path) => readFileSync(path, "utf8");

// The GOV.UK components that our templates import, and those that these import in turn.
function macroTemplates(ours) {
  const macros = process.env.MACROS;
  if (!macros) return [];
  const found = new Map();
  const visit = (text) => {
    for (const [, name] of text.matchAll(/components\/([\w-]+)\//g)) {
      const dir = join(macros, "components", name);
      if (found.has(name) || !existsSync(dir)) continue;
      const texts = files(dir, [".html", ".jinja", ".njk"]).map(read);
      found.set(name, texts);
      texts.forEach(visit);
    }
  };
  ours.forEach(visit);
  return [...found.values()].flat();
}

function usedClasses() {
  const ours = files(web, [".html", ".jinja", ".py"]).map(read);
  // before the first template exists there is nothing to trim by
  if (!ours.length) return null;
  return new Set([...keep, ...[...ours, ...macroTemplates(ours)].flatMap(words)]);
}

// A selector stays if every class it needs is used; :not(.x) needs nothing.
function usable(selector, used) {
  const needed = selector.replace(/:not\([^)]*\)/g, "").match(/\.(?:[\w-]|\\.)+/g) ?? [];
  return needed.every((dotted) => {
    const name = dotted.slice(1).replaceAll("\\", "");
    return used.has(name) || keepFamilies.some((family) => name.startsWith(family));
  });
}

function trim(css, used) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name.endsWith("keyframes")) return;
    // the address of a page of this service says nothing on paper
    rule.selectors = rule.selectors.filter(
      (selector) => !selector.startsWith("[href^=") && (!used || usable(selector, used)),
    );
    if (!rule.selectors.some(Boolean)) rule.remove();
  });
  root.walkAtRules((at) => at.nodes && !at.nodes.length && at.remove());
  return root.toString();
}

function stylesheet(name) {
  const { css } = sass.compile(join(here, name), {
    loadPaths: [join(here, "node_modules")],
    style: "compressed",
    charset: false,
    quietDeps: true,
  });
  return trim(css, usedClasses());
}

function hashed(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const extension = extname(name);
  return `${basename(name, extension)}.${hash}${extension}`;
}

function compressed(content) {
  const zipped = gzipSync(content, { level: 9 });
  zipped[9] = 255; // the byte that names the operating system: the same everywhere
  return zipped;
}

function write(name, content) {
  const partial = join(out, `.${name}.partial`);
  writeFileSync(partial, content);
  renameSync(partial, join(out, name));
}

const script = read(join(here, "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js")).replace(
  /\n?\/\/# sourceMappingURL=.*\s*$/,
  "\n",
);
const scriptName = hashed("govuk-frontend.min.js", script);
const assets = {
  "main.css": stylesheet("main.scss"),
  "checking.css": stylesheet("checking.scss"),
  "typing.css": stylesheet("typing.scss"),
  "privacy.css": stylesheet("privacy.scss"),
  "govuk-frontend.min.js": script,
  "boot.js": ["boot.js", "days.js", "idle.js"]
    .map((name) => read(join(here, name)))
    .join("\n")
    .replace("govuk-frontend.min.js", scriptName),
  "favicon.svg": read(join(here, "favicon.svg")),
};

mkdirSync(out, { recursive: true });
const manifest = {};
const kept = new Set(["manifest.json"]);
for (const [name, content] of Object.entries(assets)) {
  const built = hashed(name, content);
  const zipped = compressed(content);
  write(built, content);
  write(`${built}.gz`, zipped);
  manifest[name] = built;
  kept.add(built).add(`${built}.gz`);
  console.log(`${name}: ${Buffer.byteLength(content)} bytes, ${zipped.length} compressed`);
}
write("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
for (const name of readdirSync(out)) if (!kept.has(name)) rmSync(join(out, name), { recursive: true });
