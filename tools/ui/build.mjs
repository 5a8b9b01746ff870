// Builds everything under src/cecto/foundation/ui/static/ui that comes from npm packages, and the county shapes.
// Run it through tools/ui/build, which also subsets the fonts.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import * as sass from "sass";
import { transform } from "lightningcss";
import { countyShapes } from "./counties.mjs";

const USWDS = "node_modules/@uswds/uswds";
const UI = "../../src/cecto/foundation/ui";
const STATIC = join(UI, "static/ui");
// The oldest browsers that get everything: phones and tablets that districts still hand out.
const OLDEST = { chrome: 100 << 16, firefox: 100 << 16, safari: (15 << 16) | (4 << 8) };

function styleSheet() {
  const { css } = sass.compile("styles/ui.scss", {
    loadPaths: [join(USWDS, "packages")],
    quietDeps: true,
  });
  const { code } = transform({
    filename: "ui.css",
    code: Buffer.from(css),
    minify: true,
    targets: OLDEST,
    visitor: { Rule: { "font-face": dropFullFonts } },
  });
  return code;
}

// The design system names its whole font files; styles/_fonts.scss names our subsets instead.
function dropFullFonts(rule) {
  const source = rule.value.properties.find((property) => property.type === "source");
  const whole = source.value.some((part) => part.value.url?.url.startsWith("../fonts/"));
  return whole ? [] : undefined;
}

function copyPictures(css) {
  rmSync(join(STATIC, "img"), { recursive: true, force: true });
  for (const [, path] of css.toString().matchAll(/url\(["']?(img\/[^"')]+)/g)) {
    mkdirSync(dirname(join(STATIC, path)), { recursive: true });
    cpSync(join(USWDS, "dist", path), join(STATIC, path));
  }
}

function sprite() {
  const names = readFileSync("icons.txt", "utf8").split("\n").filter(Boolean);
  const symbols = names.map((name) => {
    const svg = readFileSync(join(USWDS, "dist/img/usa-icons", `${name}.svg`), "utf8");
    const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.trim()}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

mkdirSync(STATIC, { recursive: true });
const css = styleSheet();
writeFileSync(join(STATIC, "ui.css"), css);
copyPictures(css);
writeFileSync(join(STATIC, "icons.svg"), sprite());
writeFileSync(join(UI, "pictures/nc_counties.json"), countyShapes());
console.log(`${basename(STATIC)}: ui.css ${css.length} bytes`);
