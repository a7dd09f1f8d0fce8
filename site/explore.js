// For explore.html alone: draws the chosen figure with Vega, from the site's own files.
// Every number it draws is also in a table to download.
"use strict";

const at = (id) => document.getElementById(id);
const names = [...at("which").options].map((option) => option.value);
let drawn = null;

async function draw(name) {
  const answer = await fetch(`explore/${name}.json`);
  if (!answer.ok) throw new Error(`explore/${name}.json: ${answer.status}`);
  const spec = await answer.json();
  if (drawn) drawn.finalize();
  // `ast`: expressions are read, not run as code, as the policy demands. `logLevel`: errors alone.
  drawn = await vegaEmbed("#chart", spec, { ast: true, actions: false, bind: "#controls", defaultStyle: false, logLevel: 1, renderer: "svg", tooltip: tell });
  at("title").textContent = spec.usermeta.title;
  const list = () => numbers(spec, drawn.view.signal("show"), drawn.view.signal("beside"));
  for (const signal of ["show", "beside"]) drawn.view.addSignalListener(signal, list);
  list();
}

function tell(handler, event, item, value) {
  at("said").textContent = value ? `${value.when}: ${value.said}` : "";
}

function numbers(spec, ...codes) {
  const { period, none, names } = spec.usermeta;
  const shown = [...new Set(codes)].filter((code) => code !== none);
  const rows = new Map();
  for (const cell of spec.datasets[spec.data.name]) {
    if (!rows.has(cell.when)) rows.set(cell.when, {});
    rows.get(cell.when)[cell.code] = cell.said;
  }
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const text of [period, ...shown.map((code) => names[code])]) head.append(element("th", text, "col"));
  const body = table.createTBody();
  for (const [when, cells] of [...rows].reverse()) {
    const row = body.insertRow();
    row.append(element("th", when, "row"), ...shown.map((code) => element("td", cells[code] ?? "")));
  }
  at("numbers").replaceChildren(...table.children);
}

function element(kind, text, scope) {
  const made = document.createElement(kind);
  made.textContent = text;
  if (scope) made.scope = scope;
  return made;
}

function choose() {
  const asked = decodeURIComponent(location.hash.slice(1));
  const name = names.includes(asked) ? asked : names[0];
  at("which").value = name;
  draw(name).then(
    () => {
      if (name !== asked) return;
      at("explore").scrollIntoView(); // the browser went to the entry of the list that stands there for whoever has no scripts
      at("which").focus();
    },
    (error) => { at("said").textContent = error.message; });
}

at("which").addEventListener("change", () => { location.hash = at("which").value; });
window.addEventListener("hashchange", choose);
at("explore").hidden = false;
choose();
