// North Carolina's 100 counties as SVG paths, from the Census shapes in the npm package us-atlas.
import { readFileSync } from "node:fs";
import { feature } from "topojson-client";

const STATE = "37";
const WIDTH = 960;
// Latitude of the state's middle: one degree of longitude is that much shorter than one of latitude.
const SHRINK = Math.cos((35.4 * Math.PI) / 180);

export function countyShapes() {
  const atlas = JSON.parse(readFileSync("node_modules/us-atlas/counties-10m.json", "utf8"));
  const counties = feature(atlas, atlas.objects.counties).features.filter((county) => county.id.startsWith(STATE));
  const frame = frameOf(counties.flatMap((county) => rings(county).flat()));
  const shapes = counties
    .map((county) => shapeOf(county, frame))
    .sort((one, other) => one.name.localeCompare(other.name));
  const rows = shapes.map((shape) => JSON.stringify(shape)).join(",\n");
  return `{"width": ${WIDTH}, "height": ${frame.height}, "counties": [\n${rows}\n]}\n`;
}

function rings(county) {
  const { type, coordinates } = county.geometry;
  return type === "Polygon" ? coordinates : coordinates.flat();
}

function frameOf(points) {
  const xs = points.map(([longitude]) => longitude * SHRINK);
  const ys = points.map(([, latitude]) => -latitude);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  const scale = WIDTH / (Math.max(...xs) - left);
  return { left, top, scale, height: Math.ceil((Math.max(...ys) - top) * scale) };
}

function place([longitude, latitude], { left, top, scale }) {
  return [Math.round((longitude * SHRINK - left) * scale), Math.round((-latitude - top) * scale)];
}

function shapeOf(county, frame) {
  const placed = rings(county).map((ring) => ring.map((point) => place(point, frame)));
  const [x, y] = middleOf(placed.reduce((one, other) => (other.length > one.length ? other : one)));
  return { fips: county.id, name: county.properties.name, x, y, path: placed.map(pathOf).join("") };
}

function middleOf(ring) {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [xs, ys].map((values) => Math.round((Math.min(...values) + Math.max(...values)) / 2));
}

function pathOf(ring) {
  const distinct = ring.filter(([x, y], at) => at === 0 || x !== ring[at - 1][0] || y !== ring[at - 1][1]);
  if (distinct.length < 4) return "";
  const steps = distinct.slice(1, -1).map(([x, y], at) => `${x - distinct[at][0]},${y - distinct[at][1]}`);
  return `M${distinct[0].join(",")}l${steps.join(" ")}z`;
}
