// For data.html alone: the heading of a column becomes a button that sorts the rows of its table.
// Numbers are sorted as numbers; what has no value, such as a withheld figure, stands last in both directions.
"use strict";

const said = document.createElement("p");
said.setAttribute("role", "status");
said.className = "hidden";
document.querySelector("main").append(said);

function key(cell) {
  const number = cell.querySelector("data"), day = cell.querySelector("time");
  if (number) return Number(number.value);
  if (day) return day.dateTime;
  return cell.querySelector(".status") ? null : cell.textContent.trim() || null;
}

function order(a, b, turn) {
  if (a === null || b === null) return (a === null) - (b === null);
  return turn * (typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true }));
}

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells], rows = [...table.tBodies[0].rows];
  heads.forEach((head, column) => {
    const button = document.createElement("button"), name = head.textContent;
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", direction);
      const turn = direction === "ascending" ? 1 : -1;
      table.tBodies[0].append(...[...rows].sort((a, b) => order(key(a.cells[column]), key(b.cells[column]), turn)));
      said.textContent = `Sorted by ${name}, ${direction}. What has no value stands last.`;
    });
  });
}

document.querySelectorAll("table.preview").forEach(sortable);
