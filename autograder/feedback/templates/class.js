
// Sorts and filters the table of students. The page is complete without it; nothing is sent or kept anywhere.
(() => {
  "use strict";
  const table = document.getElementById("students");
  const tools = document.getElementById("tools");
  if (!table || !tools) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const search = document.getElementById("search");
  const trait = document.getElementById("trait");
  const told = document.getElementById("told");
  const section = document.getElementById("section");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map(rows.map((row) => [row, plain(row.cells[0].textContent)]));
  const traits = new Map(rows.map((row) => [row, new Set(row.dataset.traits.split(" "))]));

  const filter = () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits = words.every((word) => texts.get(row).includes(word))
        && [trait, section].every((chosen) => !chosen || chosen.value === "" || traits.get(row).has(chosen.value));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    told.textContent = told.dataset.words.replace("##", rows.length).replace("#", shown);
  };

  const value = (row, column) => {
    const cell = row.cells[column];
    if (column === 0) return cell.textContent.trim();
    const number = parseFloat(cell.dataset.value ?? cell.textContent);
    return Number.isNaN(number) ? -1 : number; // a dash: nothing was handed in
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, undefined, { numeric: true }));
  const sort = (header, column) => {
    const down = header.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const sign = down ? -1 : 1;
    rows.sort((a, b) => sign * compare(value(a, column), value(b, column)));
    body.append(...rows);
  };
  Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
    if (header.dataset.fixed !== undefined) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sort(header, column));
    header.append(button);
  });

  search.addEventListener("input", filter);
  trait.addEventListener("change", filter);
  if (section) section.addEventListener("change", filter);
  for (const link of document.querySelectorAll("[data-shows]")) {
    link.hidden = false;
    link.addEventListener("click", () => {
      trait.value = link.dataset.shows;
      filter();
    });
  }
  tools.hidden = false;
  filter();
})();
